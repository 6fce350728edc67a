"""Owns the questions that lead through a behavioural approach test; draws and sends nothing.

Nothing here encourages: a question names the step and what each key does, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass

from controller.language import _, language
from controller.session.bat.rules import LEADS
from controller.session.bat.run import BatNow
from controller.session.now import Now
from controller.ui.asking import ENTER, Answer, Taken, dismiss
from controller.ui.keys import letters, named, reserved
from controller.ui.possible import phase_of
from vr_runtime.wire.acts import Phase

GO, END = "g", "x"
"""The patient goes; the test is ended. None of them is Enter, which raises nothing: pressed twice
it leads nobody on."""


def no_further() -> str:
    """The letter of the patient's no. It is no act's: N writes a note within a test too, and a
    hand that goes for one must not put a refusal into the record."""
    return letters(("h",), reserved())[0]


def bat_question(now: Now) -> BeginBat | LeadBat:
    """The question that is open to the therapist now."""
    return BeginBat() if now.bat is None else LeadBat()


def at_step(bat: BatNow) -> str:
    """Which step it is, in as few words as a narrow screen has room for."""
    return _("BAT {number}/{steps}").format(number=bat.so_far.number, steps=bat.so_far.steps)


@dataclass(frozen=True)
class BeginBat:
    """A test is to begin; Enter begins it."""

    def stands(self, now: Now) -> bool:
        """Outside the scene, while none is under way."""
        outside = phase_of(now) in (Phase.READY, Phase.PAUSE, Phase.SAFE_PLACE, Phase.STOPPED)
        return now.bat is None and outside

    def sentence(self, now: Now) -> str:
        """What is locked by it, and what is read aloud."""
        spec = None if now.manifest is None else now.manifest.bat
        if spec is None:
            return ""
        text = _("Begin the BAT of {count} steps? Nothing else is offered until it ends.")
        aloud = _("Read aloud: {instruction}").format(instruction=spec.instruction.get(language()))
        return text.format(count=len(spec.steps)) + "\n" + aloud

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Begin or leave."""
        return (Answer(ENTER, _("begin"), "⏎"), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """Enter begins; what comes next is asked at once."""
        if key != ENTER:
            return None
        return Taken(lambda lead: lead.bat.begin(), LeadBat(), raises=True, record=True)


@dataclass(frozen=True)
class LeadBat:
    """Where the test stands, and what comes next."""

    def stands(self, now: Now) -> bool:
        """While the test is under way, and in the moment before it is."""
        return now.bat is not None or BeginBat().stands(now)

    def sentence(self, now: Now) -> str:
        """The step, and what the therapist does now."""
        bat = now.bat
        if bat is None:
            return _("The BAT begins.")
        step, at = bat.step, at_step(bat)
        item = step.item.get(language())
        if bat.next == "end":
            text = _("{at}. Over: {score} of {steps} steps done. Ask for the distress, then end.")
            return text.format(at=at, score=bat.so_far.score, steps=bat.so_far.steps)
        head = _("{at}, level {level}: {item}").format(at=at, level=step.level, item=item)
        return f"{head}\n{_doing(bat, now)}"

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """What acts now alone."""
        bat = now.bat
        if bat is None:
            return (dismiss(),)
        found: list[Answer] = []
        if bat.next == "offer":
            found.append(Answer(ENTER, _("offer it"), "⏎"))
        elif bat.next == "done":
            found.append(Answer(ENTER, _("done"), "⏎"))
        elif bat.next in LEADS:
            found.append(Answer(GO, _led(bat, now)))
        if bat.so_far.stage == "offered":
            found.append(Answer(no_further(), _("refused")))
        elif bat.so_far.stage == "gone":
            found.append(Answer(no_further(), _("the patient ends it")))
        if bat.next == "end":
            found.append(Answer(ENTER, _("end the BAT"), "⏎"))
        else:
            found.append(Answer(END, _("end the BAT")))
        return (*found, dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """Enter writes down, G leads on, one letter is the patient's no, X asks whether to end."""
        bat = now.bat
        if bat is None:
            return None
        if key == ENTER and bat.next == "offer":
            return Taken(lambda lead: lead.bat.offer(), self, raises=True, record=True)
        if key == ENTER and bat.next == "end":
            return Taken(lambda lead: lead.bat.end(), raises=True, record=True)
        if key == ENTER:
            # Too early, it is refused with what is still to be waited for.
            return Taken(lambda lead: lead.bat.done(), self, raises=True, record=True)
        if key == GO:
            return Taken(lambda lead: lead.bat.go(), self, raises=True)
        if key == no_further() and bat.so_far.stage in ("offered", "gone"):
            return Taken(lambda lead: lead.bat.no_further(), self, raises=True, record=True)
        return Taken(then=EndBat()) if key == END else None


@dataclass(frozen=True)
class EndBat:
    """The test is to end before its own end; Enter ends it."""

    def stands(self, now: Now) -> bool:
        """While one is under way."""
        return now.bat is not None

    def sentence(self, now: Now) -> str:
        """What it ends with."""
        done = 0 if now.bat is None else now.bat.so_far.score
        text = _("End the BAT now? {score} steps are done; it is recorded as ended by you.")
        return text.format(score=done)

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """End or go on."""
        return (Answer(ENTER, _("end the BAT"), "⏎"), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """Enter ends."""
        return Taken(lambda lead: lead.bat.end(), record=True) if key == ENTER else None


def _led(bat: BatNow, now: Now) -> str:
    """What the one key that leads on would do."""
    asked = 0 if now.state is None else now.state.asked
    match bat.next:
        case "begin":
            return _("goes: level {level}").format(level=bat.step.level)
        case "raise":
            return _("goes: level {level}").format(level=asked + 1)
        case "task":
            return _("goes: give the task")
        case "set":
            return _("goes: one step of the setting")
    return _("goes: stays as it is")


def _doing(bat: BatNow, now: Now) -> str:
    """What there is to do or to wait for, in one sentence."""
    match bat.next:
        case "offer":
            return _("Not offered yet; once it is, read the step aloud.")
        case "hold":
            return _("A hold is on: {key} ends it first.").format(key=named("resume"))
        case "done":
            return _("There for the step's {seconds} s.").format(seconds=bat.step.seconds)
        case "wait" if bat.so_far.arrived is not None and bat.left_s > 0:
            return _("There: {seconds} s still to stay.").format(seconds=int(bat.left_s + 0.999))
        case "wait" if bat.so_far.arrived is not None:
            return _("There: {key} marks the task done.").format(key=named("task_done"))
        case "wait":
            return _("On the way.")
    if bat.so_far.stage == "offered":
        return _("Offered: ask for the distress expected. Will the patient go?")
    return _("Going.")
