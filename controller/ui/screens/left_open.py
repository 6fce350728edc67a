"""Owns the question about a session that is open at the patient's side: continue, or close.

Nothing is led and nothing changes until it is answered: the patient's side holds and goes to the
safe place by itself. It changes nothing itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from controller.language import _, language, mark
from controller.session.now import LeftOpen, Now, Outcome
from controller.ui.errands import Errand
from controller.ui.possible import is_stale, phase_of
from controller.ui.screens.base import Choice, Foot, PalierScreen, TopBar, Way
from vr_runtime.wire.acts import Phase

WHERE = {
    Phase.IDLE: mark("The patient is in the neutral room."),
    Phase.LOADING: mark("The scenario is being loaded; the patient is in the neutral room."),
    Phase.READY: mark("The patient is in the neutral room, before a trial."),
    Phase.EXPOSURE: mark("The patient is in the scene, at level {level}."),
    Phase.HOLD: mark("The patient is in the scene, on hold at level {level}."),
    Phase.PAUSE: mark("The patient is in the neutral room, on pause."),
    Phase.SAFE_PLACE: mark("The patient is in the safe place."),
    Phase.STOPPED: mark("The session is stopped: neutral view, no sound."),
    Phase.FAMILIARISATION: mark("The patient is in the practice room."),
}


def opened_at(wall: str, now: datetime) -> str:
    """The time of day of a UTC stamp where this console is; with its date on another day."""
    moment = datetime.fromisoformat(wall).astimezone()
    same = moment.date() == now.astimezone().date()
    return f"{moment:%H:%M}" if same else f"{moment:%Y-%m-%d %H:%M}"


class LeftOpenScreen(PalierScreen):
    """What was found, where the patient is now, and the ways on."""

    def __init__(self, left: LeftOpen) -> None:
        super().__init__()
        self._left = left
        self._told: object = None

    @property
    def left(self) -> LeftOpen:
        """The session that is asked about, as it was seen last."""
        return self._left

    def compose(self) -> ComposeResult:
        """Title, where the patient is, who leads, and the ways."""
        left = self._left
        if left.opened is None:
            title, below = _("A session is open at the patient's side"), ""
        else:
            time = opened_at(left.opened, datetime.now().astimezone())
            title = _("Session open since {time}").format(time=time)
            named = "" if left.title is None else left.title.get(language())
            below = f"{left.pseudonym} · {named}"
        yield TopBar(title, below)
        with Vertical(id="body"):
            yield Static(id="found", markup=False)
            yield Static("")
            yield OptionList(id="ways")
        yield Foot(
            Way("↑ ↓", _("choose")),
            Way(_("Enter"), _("do it"), "choose"),
            Way("F1", _("help"), "palier('help')"),
            Way(_("Ctrl+Q"), _("leave"), "palier('quit')"),
        )

    def on_mount(self) -> None:
        """The first way is what Enter does: it never ends anything."""
        self._offer()
        self.query_one("#ways").focus()

    def _offer(self) -> None:
        box = self.query_one("#ways", OptionList)
        box.clear_options()
        box.add_options([Option(text, id=name) for name, text in self._ways()])
        box.highlighted = 0

    def _ways(self) -> tuple[tuple[str, str], ...]:
        who, ours = self._left.led_by, self._left.opened is not None
        if who is None:
            if ours:
                return (
                    ("continue", _("Continue this session")),
                    ("close", _("Close it as interrupted")),
                )
            return (
                ("leave", _("Leave it as it is")),
                ("close", _("End it: out of the scene, then the neutral room")),
            )
        leave = ("leave", _("Leave it to {who}").format(who=who))
        if ours:
            take = _("Take control from {who} and continue").format(who=who)
            close = _("Take control from {who} and close it as interrupted").format(who=who)
            return leave, ("continue", take), ("close", close)
        return leave, ("close", _("Take control from {who} and end it").format(who=who))

    def show(self, now: Now) -> None:
        """Where the patient is now; the ways change when who leads does."""
        left = now.left
        if left is not None and left != self._left:
            self._left = left
            self._offer()
        facts = (phase_of(now), is_stale(now), now.state and now.state.reached, self._left)
        if facts != self._told:
            self._told = facts
            self.query_one("#found", Static).update(self._found(now))

    def _found(self, now: Now) -> Content:
        level = 0 if now.state is None else now.state.reached
        where = _(WHERE[phase_of(now)]).format(level=level)
        if is_stale(now):
            where = _("The runtime is not heard. Last known: {what}").format(what=where)
        who = self._left.led_by
        rows = [Content.styled(where, "bold")]
        if who is not None:
            rows.append(Content(_("{who} leads it now.").format(who=who)))
        elif self._left.opened is None:
            rows.append(Content(_("This record does not hold it, and nobody leads it.")))
        else:
            rows.append(Content(_("Nobody leads it. Continuing changes nothing in the scene.")))
        return Content("\n").join(rows)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do as chosen."""
        self._choose(event.option_id or "")

    def action_choose(self) -> None:
        """As Enter: the way that is highlighted."""
        box = self.query_one("#ways", OptionList)
        if box.highlighted is not None:
            self._choose(box.get_option_at_index(box.highlighted).id or "")

    def _choose(self, way: str) -> None:
        lead, takeover = self.palier.lead, self._left.led_by is not None
        if way == "leave":
            lead.leave_left()
            self.palier.look()
            return
        calls: dict[str, Callable[[], Awaitable[Outcome]]] = {
            "continue": partial(lead.continue_left, takeover=takeover),
            "close": partial(lead.close_left, takeover=takeover),
        }
        self.say(_("One moment…"), "info")
        self.palier.errands.send(Errand(calls[way], "scene"))

    def choices(self) -> Iterable[Choice]:
        """The ways, and what every screen can."""
        for name, text in self._ways():
            yield Choice(text, "", partial(self._choose, name))
        for act, word in (("help", _("Help")), ("quit", _("Leave the console"))):
            yield Choice(word, "", partial(self.palier.act, act))
