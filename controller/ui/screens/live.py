"""Owns the flow of the live screen, from keys to acts and from the truth to the panels.

It must not know link, record or renderer, and it never shows as applied what was only asked for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input, Static

from controller.language import _, language
from controller.session.after.entries import Answer
from controller.session.at_play import under_way
from controller.session.now import Now, Outcome
from controller.session.plans.at_work import offered
from controller.ui import asking_expected, asking_safety, asking_sickness, possible
from controller.ui.areas import Board
from controller.ui.asking import Act, Asking, Taken
from controller.ui.asking_adverse import LAPSES_S, HowSevere, WhatBefell, lapsed
from controller.ui.asking_bat import LeadBat
from controller.ui.asking_expected import Expecting, Figure
from controller.ui.asking_level import BeginAt, NewCeiling, ResumeHold
from controller.ui.asking_reason import Amend, WhyNoAnswer, WhyStopped
from controller.ui.asking_remark import ReadyRemarks
from controller.ui.asking_safety import Safety, SaySafety
from controller.ui.asking_scene import PickEvent, PickTask, PickValue, SetApart
from controller.ui.asking_sickness import HowSick, SicknessAdvice
from controller.ui.errands import Errand
from controller.ui.eyes_choices import eyes_choices
from controller.ui.hearing import hearing
from controller.ui.keys import KEYS, act_for, row
from controller.ui.line_offers import line_choices
from controller.ui.live_help import about_live
from controller.ui.maps import Holds, Shown, area_map, breadth, too_small
from controller.ui.ports import Lead
from controller.ui.questions import question
from controller.ui.rest_choices import RestChoice, rest_choices
from controller.ui.screens.aftercare import SCREENS
from controller.ui.screens.base import Choice
from controller.ui.screens.live_lines import Written
from controller.ui.screens.live_rows import RowsLive
from controller.ui.screens.preflight import PreflightScreen
from controller.ui.stop_keys import DoubledKey, HeldKey
from controller.ui.widgets.ask_line import AskLine
from controller.ui.widgets.bottom import KeyLine, MessageLine, Tone
from controller.ui.widgets.ladder import LadderView
from controller.ui.widgets.learning import Learning
from controller.ui.widgets.mirror import Mirror
from controller.ui.widgets.notes import Notes
from controller.ui.widgets.panel import Panel
from controller.ui.widgets.phase_bar import PhaseBar, warnings
from controller.ui.widgets.scene_panels import Events, Settings, holds
from controller.ui.widgets.suds_pad import SudsPad
from controller.ui.widgets.timeline import Timeline
from vr_runtime.wire.acts import Phase, Quality

VIEWS: tuple[Shown, ...] = ("settings", "mirror", "events", "notes", "learning")
"""What the view key shows in turn on a small screen."""
NEEDS_SIGHT = frozenset({"raise", "resume", "begin", "event", "task", "value"})
NEEDS_SIGHT |= {"expect", "safety", "rows"}
"""Acts refused while the terminal is too small to show what is applied, or what is asked."""
ADVERSE = WhatBefell | HowSevere
"""Questions on what befell the patient."""
STAYS = ADVERSE | HowSick | Expecting | Safety
"""Nothing comes in their place by itself: a key on its way to them would answer something else."""
WRITES_DOWN = ADVERSE | WhyStopped | WhyNoAnswer | Expecting | Safety
"""Questions whose letters end in the record: a letter that is held or doubled answers none."""

RECORDED = WhyStopped | WhyNoAnswer | Amend | HowSevere | HowSick | Expecting | Safety
"""Questions whose answer goes to the record and waits for no act on the scene."""


def ask_dial(lead: Lead) -> Awaitable[Outcome]:
    """Have the patient asked for distress."""
    return lead.eyes.ask_rating()


def take_dial(lead: Lead) -> Awaitable[Outcome]:
    """Take the dial away."""
    return lead.eyes.take_away("dial")


class LiveScreen(RowsLive):
    """The session as it is, and every act of the therapist by one key."""

    AUTO_FOCUS = ""
    """Nothing: a focused line would take the keys of the session."""

    def __init__(self, now: Now) -> None:
        super().__init__()
        self._now = now
        self._asking: Asking | None = None
        self._asked_at_s = 0.0
        self._asked_rows, self._held_rows = 0, Holds()
        self._why_waits = False
        """Why it was stopped is asked once what befell the patient is answered or left."""
        self._advice_answer: Answer = "unanswered"
        self._answered_by = ""
        """The letter that answered a question last, until another key has come."""
        self._view: Shown = "settings"
        self._held, self._doubled = HeldKey(), DoubledKey()
        self._mirrored: tuple[int, int] | None = None
        self._phase = possible.phase_of(now)

    def compose(self) -> ComposeResult:
        """Every panel once; the map decides who is seen and where."""
        with Board(area_map(self.app.size, 0, False, self._view), id="board"):
            yield PhaseBar(id="phase")
            yield AskLine(id="asking")
            yield LadderView(id="ladder").add_class("panel")
            yield Mirror(id="mirror", graphics=self.palier.graphics).add_class("panel")
            yield SudsPad(id="suds").add_class("panel")
            yield Settings(id="settings").add_class("panel")
            yield Events(id="events").add_class("panel")
            yield Notes(id="notes").add_class("panel")
            yield Learning(id="learning").add_class("panel")
            yield Timeline(id="timeline").add_class("panel")
            yield Input(id="writing", compact=True, max_length=4000, disabled=True)
            yield MessageLine(id="message")
            yield KeyLine(id="keys")
            yield Static(id="tiny", markup=False)

    def on_mount(self) -> None:
        """The panels that this size has room for."""
        self._arrange()

    def on_resize(self) -> None:
        """Another size may be another arrangement."""
        super().on_resize()
        self._arrange()

    def on_screen_resume(self) -> None:
        """Back from another screen: look again."""
        if self.ready:
            self.show(self._now)

    def on_screen_suspend(self) -> None:
        """Out of sight: no pictures are needed."""
        self._ask_pictures(None)

    def on_unmount(self) -> None:
        """The session has ended: no pictures are needed."""
        self._ask_pictures(None)

    # -- what is shown

    def show(self, now: Now) -> None:
        """Pass the newest truth to every panel."""
        self._now = now
        phase = possible.phase_of(now)
        if phase is Phase.STOPPED and self._phase is not Phase.STOPPED and not now.observing:
            self._advice_answer = "heeded"
            self._ask(WhyStopped())
        self._phase = phase
        if self._asking is not None and not self._asking.stands(now):
            self._ask(None)
        self._let_lapse()
        self.query_one(PhaseBar).show(now)
        for panel in self.query(Panel):
            if panel.display:
                panel.show(now)
        if too_small(self.app.size):
            told = [
                _("Needs 60x20 to show the level. Stop works."),
                *warnings(now, self.app.app_focus),
            ]
            self.query_one("#tiny", Static).update("\n".join(told))
        for other in (self.query_one(Mirror), self.query_one(Timeline)):
            if other.display:
                other.show(now)
        self._ask_pictures(self.query_one(Mirror).wanted())
        line, asks = self.query_one(AskLine), self._asking is not None
        asked = line.rows(now, self.app.size.width) if asks else self._asked_rows
        if asked != self._asked_rows or holds(now) != self._held_rows:
            # A question that goes on asks in more words, or in fewer; another scenario holds more.
            self._arrange()

    def speak_anew(self) -> None:
        """Every panel in the language that is spoken now, at once; what is typed stays."""
        for widget in self.walk_children():
            widget.refresh()
        self._label_line()
        self._arrange()

    def say(self, text: str, tone: Tone) -> None:
        """On the line for it."""
        self.query_one(MessageLine).say(text, tone)

    def _ask_pictures(self, size: tuple[int, int] | None) -> None:
        if size == self._mirrored:
            return
        self._mirrored = size
        width, height = size or (16, 16)
        self.palier.lead.mirror(self.query_one(Mirror).hz if size else 0.0, width, height)

    def _ask(self, asking: Asking | None) -> None:
        """Open this question in place of the present one.

        Why it was stopped comes only after what befell the patient, or how sick they are: a letter
        that is on its way to the one never answers the other, and no digit becomes distress.
        """
        before = self._asking
        if isinstance(before, SicknessAdvice) and asking != before:
            self._advised(before)
        if isinstance(before, STAYS) and isinstance(asking, WhyStopped):
            self._why_waits = True
            return
        if asking is None and self._why_waits and WhyStopped().stands(self._now):
            asking = WhyStopped()
        asked_before = isinstance(before, WhyStopped) or self._why_waits
        self._why_waits = asked_before and isinstance(asking, STAYS)
        self._asking, self._asked_at_s = asking, self.palier.clock()
        self._keep_expected(asking)
        line = self.query_one(AskLine)
        line.asking = asking
        line.show(self._now)
        asked_of = {PickEvent: "events", PickTask: "tasks"}
        self.query_one(Events).asked_of = asked_of.get(type(asking), "")
        self.query_one(Settings).chosen = asking.name if isinstance(asking, SetApart) else ""
        self._arrange()
        if isinstance(asking, Written):
            self._write(asking.line)
            self._unseen = self._drafts[asking.line] if isinstance(before, Figure) else None
        elif isinstance(before, Written) and self._writing == before.line:
            self._write(None)

    def _let_lapse(self) -> None:
        """A question on what befell the patient that is not answered goes, and it is said."""
        waited_s = self.palier.clock() - self._asked_at_s
        if isinstance(self._asking, ADVERSE) and waited_s >= LAPSES_S:
            self._ask(None)
            self.say(lapsed(), "info")
        elif isinstance(self._asking, HowSick) and waited_s >= asking_sickness.LAPSES_S:
            self._ask(None)
            self.say(asking_sickness.lapsed(), "info")
        elif self._expected_lapsed(waited_s):
            self._ask(None)
            self.say(asking_expected.lapsed(), "info")
        elif self._safety_lapsed(waited_s):
            self._ask(None)
            self.say(asking_safety.lapsed(), "info")

    def _arrange(self) -> None:
        """Choose the map for this size, question and note."""
        if not self.query("#writing") or not self.query("#asking"):
            return  # It is being taken away, piece by piece: nothing is left to arrange.
        size = self.app.size
        shown = self._view
        if isinstance(self._asking, PickEvent | PickTask):
            shown = "events"
        elif isinstance(self._asking, PickValue | SetApart):
            shown = "settings"
        asked = self.query_one(AskLine).rows(self._now, size.width) if self._asking else 0
        self._asked_rows = asked
        self._held_rows = holds(self._now)
        chosen = area_map(size, asked, self._writing is not None, shown, self._held_rows)
        self.query_one(Board).arrange_by(chosen)
        self.query_one("#writing").display &= self._writing is not None
        self.query_one("#asking").display &= self._asking is not None
        self.query_one(KeyLine).narrow = breadth(size) == "narrow"
        # Behind it panels that have just come into sight are filled.
        self.call_after_refresh(
            lambda: self.show(self._now) if self.ready and self.is_current else None
        )

    # -- keys and mouse

    def on_key(self, event: events.Key) -> None:
        """The pad first, then the open question, then the table of keys."""
        repeated = self._held.is_repeat(event.key, event.time)
        doubled = self._doubled.is_repeat(event.key, event.time)
        self._let_lapse()
        if self._writing is not None:
            self._typed_on_line(event.key)
            return
        character = event.character
        letter = character.lower() if character is not None and character.isprintable() else ""
        key = event.key if event.key in ("up", "down", "enter", "space") else letter or event.key
        late = event.time <= self.palier.stopped_at_s
        figure = isinstance(self._asking, HowSick | Figure)
        again = doubled and key == "enter" and isinstance(self._asking, Figure)
        if figure and not late and self._answered(key, again):
            event.stop()
        elif self.query_one(SudsPad).type_key(event.key, character, self._now.scale):
            event.stop()
        elif late:
            return
        elif event.key in ("escape", "backspace"):
            self._advice_answer = "left"
            self._ask(None)
        elif self._answered(key, repeated):
            event.stop()
        else:
            act = act_for(event.key, character)
            if act is not None and not (act == "raise" and repeated):
                event.stop()
                self.action_act(act)

    def _answered(self, key: str, repeated: bool) -> bool:
        """Give a key to the open question; False where it is not one of its keys.

        A letter that has answered does nothing more for as long as it is held.
        """
        if repeated and key == self._answered_by:
            return True
        self._answered_by = ""
        taken = None if self._asking is None else self._asking.take(key, self._now)
        if taken is None:
            return False
        if not (repeated and (taken.raises or isinstance(self._asking, WRITES_DOWN))):
            self._answered_by = key if len(key) == 1 else ""
            self._follow(taken)
        return True

    def _follow(self, taken: Taken) -> None:
        """Do what an answer says: send its act, ask what follows, say its sentence."""
        if taken.act is not None and too_small(self.app.size):
            taken = Taken(say=_("The terminal is too small to show what is applied."))
        before = self._asking
        if taken.then is not before:
            self._ask(taken.then)
        if taken.say:
            self.say(taken.say, "refused")
        if taken.opens:
            self.action_act(taken.opens)
        if taken.act is not None:
            writes = isinstance(before, RECORDED)
            begins = isinstance(taken.then, BeginAt | LeadBat)
            then = self._close_if_refused if begins else None
            self._send(
                taken.act,
                record=taken.record or writes,
                only_after_done=isinstance(before, BeginAt) and taken.then is None,
                then=self._after_answer(before) or then,
            )

    def _after_answer(self, asked: Asking | None) -> Callable[[Outcome], None] | None:
        """What follows once an answer is durable, or refused."""
        if isinstance(asked, Expecting):
            self._saving_expected = True
            return self._expected_kept
        if isinstance(asked, SaySafety):
            return self._safety_kept
        return self._advise if isinstance(asked, HowSick) else None

    def _advise(self, outcome: Outcome) -> None:
        """Show what the protocol says of this sickness; it waits for nobody and does nothing."""
        shown = self.palier.lead.forms.advice() if outcome.ok else None
        if shown is None or not self.is_mounted:
            return
        self._advice_answer = "unanswered"
        if self._asking is None or isinstance(self._asking, SicknessAdvice):
            self._ask(SicknessAdvice(shown))
        else:
            self._advised(SicknessAdvice(shown))
            self.say(SicknessAdvice(shown).sentence(self._now).replace("\n", " "), "alarm")

    def _advised(self, asked: SicknessAdvice) -> None:
        """Record what became of a piece of advice."""
        answer = self._advice_answer
        self._send(lambda lead: lead.forms.advised(asked.shown, answer), record=True)
        self._advice_answer = "unanswered"

    def _close_if_refused(self, outcome: Outcome) -> None:
        """A level that could not be named, or a BAT that did not begin, is not offered longer."""
        asked = self._asking
        gone = isinstance(asked, BeginAt) or (isinstance(asked, LeadBat) and self._now.bat is None)
        if not outcome.ok and gone and self.is_mounted:
            self._ask(None)

    def _send(
        self,
        act: Act,
        *,
        record: bool = False,
        only_after_done: bool = False,
        eases: bool = False,
        then: Callable[[Outcome], None] | None = None,
    ) -> None:
        call = partial(act, self.palier.lead)
        kind: Literal["record", "scene"] = "record" if record else "scene"
        self.palier.errands.send(Errand(call, kind, only_after_done, eases, then))

    def action_answer(self, key: str) -> None:
        """An answer was clicked."""
        again = self._held.is_repeat("click", self.palier.clock())
        if isinstance(self._asking, Written | ReadyRemarks):
            self._click_line(key)
        elif key == "escape":
            self._advice_answer = "left"
            self._ask(None)
        elif key == row("safe_place").letter() and isinstance(self._asking, SicknessAdvice):
            self.action_act("safe_place")
        elif not (again and isinstance(self._asking, WRITES_DOWN)):
            self._answered(key, False)

    def action_level(self, level: int) -> None:
        """A level was clicked: name it, lower to it, or raise where it is the next one."""
        state = self._now.state
        if state is None:
            return
        if isinstance(self._asking, BeginAt):
            self._follow(self._asking.choose(level, self._now))
        elif isinstance(self._asking, NewCeiling):
            self._ask(NewCeiling(level))
        elif state.phase not in possible.IN_SCENE:
            self.action_act("begin" if state.phase is Phase.READY else "resume")
        elif level < max(state.asked, state.reached):
            if (refused := possible.why_not("lower", self._now)) is not None:
                self.say(refused, "refused")
            else:
                self._send(lambda lead: lead.lower_level(level), eases=True)
        elif level == state.asked + 1:
            self.action_act("raise")
        elif level > state.asked:
            self.say(_("A raise is one level for one press."), "refused")

    def action_event(self, name: str) -> None:
        """An event was clicked."""
        if self._may("event"):
            self._send(lambda lead: lead.trigger(name))

    def action_task(self, name: str) -> None:
        """A task was clicked."""
        if self._may("task"):
            self._send(lambda lead: lead.give_task(name))

    def action_setting(self, name: str) -> None:
        """A setting was clicked."""
        if self._may("value"):
            self._ask(SetApart(name))

    def _may(self, act: str) -> bool:
        """Whether this is possible now; says why not."""
        refused = possible.why_not(act, self._now)
        if refused is not None:
            self.query_one(MessageLine).say(refused, "refused", act)
            return False
        if act in NEEDS_SIGHT and too_small(self.app.size):
            self.say(_("The terminal is too small to show what is applied."), "refused")
            return False
        return True

    def action_act(self, act: str) -> None:
        """Do one act of the table, by key, mouse or palette."""
        if not self._may(act):
            return
        direct: dict[str, Act] = {
            "raise": lambda lead: lead.raise_level(),
            "lower": lambda lead: lead.lower_level(),
            "hold": lambda lead: lead.hold(),
            "pause": lambda lead: lead.pause(),
            "break": lambda lead: lead.pace.begin_break(),
            "safe_place": lambda lead: lead.safe_place(),
        }
        if act in direct:
            if act in ("safe_place", "pause", "break"):
                self._advice_answer = "heeded"
            self._ask(None)
            # A break waits for the record once it has paused; nothing else may wait for that.
            self._send(direct[act], record=act == "break", eases=act != "raise")
        elif act in ("begin", "resume"):
            self._come_back()
        elif act == "view":
            self._next_view()
        elif act == "note":
            self._write_note()
        elif act == "text":
            self._write("text")
        elif act == "expect":
            self._open_expected()
        elif act == "safety":
            self._open_safety()
        elif act == "rows":
            self._open_rows()
        elif act == "dial":
            self._send(take_dial if self._dial_waits() else ask_dial)
        elif act in ("task_done", "take_back"):
            self._end_task(done=act == "task_done")
        elif act == "observers" and self._watching_allowed():
            self._send(lambda lead: lead.set_observers(False))
        elif act in ("help", "theme", "language", "palette", "lock", "quit"):
            self.palier.act(act)
        elif act in SCREENS:
            self._ask(None)
            self.palier.put_over(SCREENS[act]())
        else:
            self._ask(question(act, self._now))

    def _next_view(self) -> None:
        """The next panel of a small screen; on others, what the trial shows or the notes."""
        if breadth(self.app.size) == "narrow":
            self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        else:
            self._view = "settings" if self._view == "learning" else "learning"
        if self._view == "learning":
            self._read_course(self.query_one(Learning))
        self._arrange()

    def _end_task(self, *, done: bool) -> None:
        """Of the task that is shown as under way, by its name: no other is ended by a late key."""
        task = under_way(self._now.state)
        if task is not None:
            name = task.name
            self._send(lambda lead: lead.task_done(name) if done else lead.take_back_task(name))

    def _watching_allowed(self) -> bool:
        """Whether the patient's consent to being watched stands: its withdrawal asks nothing."""
        return self._now.state is not None and self._now.state.observers.allowed

    def _dial_waits(self) -> bool:
        """Whether the patient has a dial before their eyes that waits for an answer."""
        state = self._now.state
        return state is not None and state.sight.dial in ("asked", "raised")

    def _come_back(self) -> None:
        """Ask for the second key: end a hold, or begin at a named level."""
        if self._now.state is None:
            return
        if possible.phase_of(self._now) is Phase.HOLD:
            self._ask(ResumeHold())
            return
        if self._now.before is not None and self._now.before.missing:
            self._ask(None)
            self.palier.put_over(PreflightScreen(self._now, self._begin_first))
            return
        level = offered(self._now) or 0
        self._ask(BeginAt(level))
        self._send(lambda lead: lead.arm_trial(level), then=self._close_if_refused)

    def _begin_first(self) -> None:
        """The checklist is done: name the level, by what is known now and not before it."""
        self._now = self.palier.lead.now()
        self._come_back()

    def _rest(self, choice: RestChoice) -> None:
        """Do what was chosen for outside the scene, if it is possible now."""
        if self._may(choice.act):
            self._send(choice.send)

    # -- ratings and notes

    def on_suds_pad_rated(self, message: SudsPad.Rated) -> None:
        """A rating was entered, or the right value for an earlier one."""
        if isinstance(self._asking, Amend):
            self._follow(self._asking.typed(message.typed, self._now))
        else:
            typed = message.typed
            self._send(lambda lead: lead.rate(typed), record=True)

    # -- help and the command palette

    def about(self) -> str:
        """The open question, the phase, and the keys that act now."""
        return about_live(self._now, self._asking, self.palier.lead.after.protocol)

    def choices(self) -> Iterable[Choice]:
        """Every act that has a meaning now, every event, every setting."""
        now = self._now
        for each in KEYS:
            if possible.standing(each.act, now) != "hidden" and each.act != "palette":
                told = possible.why_not(each.act, now) or _(each.sentence)
                title = f"{_(each.word).capitalize()}  ({each.name()})"
                yield Choice(title, told, partial(self.action_act, each.act))
        if now.session is not None and now.state is not None:
            lowered = now.state.display.quality == "lowered"
            title = _("Picture: all points") if lowered else _("Picture: fewer points")
            told = _("Fewer points give more pictures a second where the picture is slow.")
            quality: Quality = "full" if lowered else "lowered"
            call = partial(self._send, lambda lead: lead.set_quality(quality))
            yield Choice(title, told, call)
            yield from hearing(now.state, self._send)
        for rest in rest_choices(now):
            yield Choice(rest.title, rest.help, partial(self._rest, rest))
        yield from eyes_choices(now, self._send)
        for title, told, act in line_choices(now, self.palier.lead.lines.there):
            yield Choice(title, possible.why_not("text", now) or told, partial(self._send, act))
        for event in now.manifest.events if now.manifest is not None else ():
            label = event.label.get(language())
            title = _("Event: {name}").format(name=label)
            told = possible.why_not("event", now) or _("Let this event happen.")
            yield Choice(title, told, partial(self.action_event, event.name))
        for task in now.manifest.tasks if now.manifest is not None else ():
            title = _("Task: {name}").format(name=task.label.get(language()))
            told = possible.why_not("task", now) or _("Give the patient this task.")
            yield Choice(title, told, partial(self.action_task, task.name))
        for spec in now.manifest.graded if now.manifest is not None else ():
            title = _("Setting: {name}").format(name=spec.label.get(language()))
            told = possible.why_not("value", now) or _("Set this value apart from the level.")
            yield Choice(title, told, partial(self.action_setting, spec.name))
