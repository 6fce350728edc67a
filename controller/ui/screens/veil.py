"""Owns the veil over an open session: what it hides, what it keeps, and how it is lifted.

Hidden: names, notes, the scenario and the patient's view. Kept: stop, phase, applied level with
its age, what is wrong; and the keys that only make it easier for the patient. It never asks for
anything before those act.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from controller.language import _
from controller.session.now import Now, Outcome
from controller.session.operators import Person, why_not_lead
from controller.session.tries import spoken
from controller.ui import possible
from controller.ui.bigtext import huge
from controller.ui.easing import call_of
from controller.ui.errands import Errand
from controller.ui.keys import EASES, act_for, named
from controller.ui.lettering import decimal
from controller.ui.ports import Desk
from controller.ui.screens.base import Foot, PalierScreen, Way
from controller.ui.screens.enter import LETS_GO_S, EnterScreen
from controller.ui.widgets.bottom import Tone
from controller.ui.widgets.panel import Panel, lines
from controller.ui.widgets.phase_bar import PhaseChip, warnings
from controller.ui.widgets.stop_control import StopControl


@dataclass(frozen=True)
class VeilFacts:
    """What is applied, and what is wrong."""

    level: int | None
    """None outside the scene."""
    asked: int | None
    age: str
    stale: bool
    wrong: tuple[str, ...]


class VeilFigure(Panel[VeilFacts]):
    """The applied level as a large figure, its age, and what is wrong under it."""

    def facts(self, now: Now) -> VeilFacts:
        """What is applied, never what was asked for."""
        state = now.state
        in_scene = state is not None and state.phase in possible.IN_SCENE
        # Who watches is somebody's name.
        quiet = now if state is None else _unnamed(now)
        return VeilFacts(
            level=state.reached if state is not None and in_scene else None,
            asked=state.asked if state is not None and in_scene and state.moving else None,
            age=f"{decimal(now.link.age_s)} s",
            stale=possible.is_stale(now),
            wrong=warnings(quiet, self.app.app_focus),
        )

    def draw(self, facts: VeilFacts) -> Content:
        """A dash where nothing of a scene is applied."""
        figure = huge("–" if facts.level is None else str(facts.level))
        word = _("LAST KNOWN LEVEL") if facts.stale else _("APPLIED LEVEL")
        seen = _("STALE {age}") if facts.stale else _("seen {age} ago")
        beside = [(word, "bold"), (seen.format(age=facts.age), "bold $alert" * facts.stale)]
        if facts.level is None:
            beside[0] = (_("Nothing of a scene is applied."), "bold")
        if facts.asked is not None:
            beside.append((_("on the way to {level}").format(level=facts.asked), "$quiet"))
        beside += [("", "")] * (len(figure) - len(beside))
        ink = "$quiet" if facts.stale or facts.level is None else "$level"
        rows = [Content("")]
        rows += [
            Content.assemble((f"  {row}   ", ink), (text, style))
            for row, (text, style) in zip(figure, beside, strict=False)
        ]
        rows.append(Content(""))
        rows += [Content.styled(f"  ▲ {told}", "bold $alert") for told in facts.wrong]
        return lines(rows, self.size.height)


def _unnamed(now: Now) -> Now:
    """The same without the names of those who watch."""
    state = now.state
    if state is None or not state.observers.present:
        return now
    watched = state.observers.model_copy(update={"present": ()})
    return replace(now, state=state.model_copy(update={"observers": watched}))


class VeilScreen(PalierScreen):
    """Over an open session: it runs on, and whoever sat here lifts the veil."""

    GUARDS: ClassVar[bool] = True
    AUTO_FOCUS = ""
    """Nothing: a focused line would take the letters that lead out."""

    def __init__(self, desk: Desk, before: Person) -> None:
        """`before` is who sat here."""
        super().__init__()
        self._desk, self._before = desk, before
        self._now: Now | None = None
        self._typed_at_s = 0.0
        self._checking = False

    def compose(self) -> ComposeResult:
        """Phase and stop in their places, the level below, the passphrase when it is wanted."""
        with Horizontal(id="phase"):
            yield PhaseChip(id="chip")
            told = _("Locked: the session goes on. {name} sat here.")
            yield Static(told.format(name=self._before.name), id="facts", markup=False)
            yield StopControl(id="stop")
        with Vertical(id="body", classes="-close"):
            yield VeilFigure(id="veil")
            yield Input(
                id="secret",
                password=True,
                max_length=200,
                compact=True,
                disabled=True,
                placeholder=_("Passphrase or PIN"),
            )
            yield Static(id="wait", markup=False)
        yield Foot(
            Way(named("lower"), _("lower"), "ease('lower')"),
            Way(named("hold"), _("hold"), "ease('hold')"),
            Way(named("pause"), _("pause"), "ease('pause')"),
            Way(named("safe_place"), _("safe place"), "ease('safe_place')"),
            Way(_("Enter"), _("go on"), "go_on"),
            Way("A", _("another"), "other"),
            Way(named("help"), _("help"), "palier('help')"),
        )

    def on_mount(self) -> None:
        """No line for a passphrase before it is wanted."""
        self._line().display = False

    def _line(self) -> Input:
        return self.query_one("#secret", Input)

    def show(self, now: Now) -> None:
        """What is applied now, and how long the next try has to wait."""
        self._now = now
        self.query_one(PhaseChip).show(now)
        self.query_one(VeilFigure).show(now)
        self.query_one(StopControl).asked = now.stop_asked
        rest_s = self._desk.rest_s(self._before.operator)
        told = _("The next try is possible in {time}.").format(time=spoken(rest_s))
        self.query_one("#wait", Static).update(told if rest_s > 0.0 else "")
        if self._line().display and self.palier.clock() - self._typed_at_s >= LETS_GO_S:
            self._let_go()

    # -- keys and mouse

    def on_key(self, event: events.Key) -> None:
        """What makes it easier first; then the ways to lift the veil."""
        self._typed_at_s = self.palier.clock()
        if event.time <= self.palier.stopped_at_s:
            event.stop()
            return
        act = act_for(event.key, event.character)
        typing = self._line().has_focus and event.is_printable
        if event.key == "escape" and self._line().display:
            self._let_go()
        elif act in EASES and not typing:
            self.action_ease(act or "")
        elif typing or self._line().has_focus:
            return
        elif event.key == "enter":
            self.action_go_on()
        elif (event.character or "").lower() == "a":
            self.action_other()
        else:
            return
        event.stop()
        event.prevent_default()

    def action_ease(self, act: str) -> None:
        """Lower, hold, pause or the safe place: at once, whoever sits here.

        Asked for on the screen that lies over it as well, and answered there.
        """
        if act not in EASES:
            return
        if (refused := possible.why_not(act, self.palier.lead.now())) is not None:
            self._say_on_top(refused)
            return
        self._say_on_top("", "info")
        call = call_of(act, self.palier.lead)
        self.palier.errands.send(Errand(call, "scene", eases=True, then=self._eased))

    def _eased(self, outcome: Outcome) -> None:
        """What was answered may name a scene: only that it was refused is said."""
        if not outcome.ok and self.is_attached:
            self._say_on_top(_("This was not carried out: look at phase and level."))

    def _say_on_top(self, text: str, tone: Tone = "refused") -> None:
        """Where it is read: on the question who goes on, while that lies over the veil."""
        top = self.app.screen
        (top if isinstance(top, EnterScreen) else self).say(text, tone)

    def action_go_on(self) -> None:
        """Whoever sat here: by the passphrase, or at once where there is none."""
        if self._checking:
            return
        line = self._line()
        if not self._before.asked:
            self._enter("")
        elif not line.display:
            line.display, line.disabled = True, False
            self._typed_at_s = self.palier.clock()
            self.set_focus(line)
            told = _("Type it, then Enter. {key} still lowers, Esc lets the other keys act again.")
            self.say(told.format(key=named("lower")), "info")
        elif line.value:
            self._enter(line.value)

    def action_other(self) -> None:
        """Somebody else goes on: by name and passphrase; Esc comes back to the veil."""
        if self._now is None:
            return
        simulated = self._now.simulated
        only = frozenset(
            one.operator
            for one in self._desk.people()
            if one == self._before or simulated or not why_not_lead(one.role)
        )
        self._let_go()
        asks = EnterScreen(self._desk, self._before, only=only, ease=self.action_ease)
        self.palier.put_over(asks, veil=self)

    def on_input_submitted(self) -> None:
        """Enter behind the passphrase."""
        self.action_go_on()

    def _let_go(self) -> None:
        """The passphrase's line goes, and what was typed with it."""
        line = self._line()
        line.value, line.display, line.disabled = "", False, True
        self.set_focus(None)
        self.say("", "info")

    def _enter(self, typed: str) -> None:
        self._line().value = ""
        self._checking = True
        self.say(_("One moment…"), "info")
        who, call = self._before.operator, self._desk.enter
        self.palier.errands.send(Errand(lambda: call(who, typed), "desk", then=self._answered))

    def _answered(self, outcome: Outcome) -> None:
        self._checking = False
        if outcome.ok:
            self.palier.entered(outcome)
        elif self.is_attached:
            self.say(outcome.text, "refused")
