"""Owns the questions about levels and the session, from begin to end; draws and sends nothing."""

from __future__ import annotations

from dataclasses import dataclass

from controller.language import _, language, listed
from controller.session.now import Now
from controller.session.plans import at_work
from controller.ui.after_words import not_done
from controller.ui.asking import DOWN, ENTER, UP, Answer, InSession, Taken, dismiss
from controller.ui.keys import named
from controller.ui.possible import BEFORE_TRIAL, is_silent, phase_of
from vr_runtime.wire.acts import Phase


@dataclass(frozen=True)
class BeginAt:
    """A trial is to begin at a level that the runtime has been told; Enter begins it."""

    level: int

    def stands(self, now: Now) -> bool:
        """Only outside the scene."""
        return phase_of(now) in BEFORE_TRIAL

    def sentence(self, now: Now) -> str:
        """Names the level and what it is."""
        what = now.manifest.levels[self.level].get(language()) if now.manifest else ""
        if is_silent(now):
            told = _("Begin at level {level}? No sound: the patient hears nothing. {what}")
        else:
            told = _("Begin at level {level}? {what}")
        row = at_work.told(now, self.level)
        return "\n".join(filter(None, (told.format(level=self.level, what=what), row)))

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Begin, another level, leave."""
        return (
            Answer(ENTER, _("begin"), "⏎"),
            Answer(UP, _("higher"), "↑"),
            Answer(DOWN, _("lower"), "↓"),
            dismiss(),
        )

    def take(self, key: str, now: Now) -> Taken | None:
        """Enter begins; the arrows name another level, up to the ceiling."""
        if key == ENTER:
            return Taken(lambda lead: lead.begin_trial())
        if key not in (UP, DOWN):
            return None
        return self.choose(self.level + (1 if key == UP else -1), now)

    def choose(self, level: int, now: Now) -> Taken:
        """Name another level; refused above the ceiling and below 0."""
        ceiling = now.state.ceiling if now.state is not None else 0
        if level > ceiling:
            told = _("Level {level} is the patient's ceiling; {key} changes it.")
            return Taken(then=self, say=told.format(level=ceiling, key=named("ceiling")))
        if level < 0:
            return Taken(then=self, say=_("Level 0 is the lowest."))
        return Taken(lambda lead: lead.arm_trial(level), BeginAt(level))


@dataclass(frozen=True)
class ResumeHold:
    """A hold is to end; Enter ends it."""

    def stands(self, now: Now) -> bool:
        """Only in a hold."""
        return now.state is not None and now.state.phase is Phase.HOLD

    def sentence(self, now: Now) -> str:
        """Names the level at which it goes on."""
        level = now.state.reached if now.state is not None else 0
        if is_silent(now):
            told = _("Go on at level {level}? No sound: the patient hears nothing.")
        else:
            told = _("Go on at level {level}?")
        return told.format(level=level)

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Go on or leave."""
        return (Answer(ENTER, _("go on"), "⏎"), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """Enter goes on."""
        return Taken(lambda lead: lead.resume()) if key == ENTER else None


@dataclass(frozen=True)
class NewCeiling(InSession):
    """Another ceiling for this patient; Enter sets it."""

    level: int

    def sentence(self, now: Now) -> str:
        """Names the ceiling as it is and as it would be."""
        present = now.state.ceiling if now.state is not None else 0
        return _("Ceiling {level} instead of {present}?").format(level=self.level, present=present)

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Set it, another, leave."""
        return (
            Answer(ENTER, _("set"), "⏎"),
            Answer(UP, _("higher"), "↑"),
            Answer(DOWN, _("lower"), "↓"),
            dismiss(),
        )

    def take(self, key: str, now: Now) -> Taken | None:
        """The arrows choose, Enter sets."""
        if key == ENTER:
            return Taken(lambda lead: lead.set_ceiling(self.level))
        if key in (UP, DOWN):
            return Taken(then=NewCeiling(min(10, max(0, self.level + (1 if key == UP else -1)))))
        return None


@dataclass(frozen=True)
class EndSession(InSession):
    """The session is to end; Enter ends it."""

    def sentence(self, now: Now) -> str:
        """Says what ends, and what is left out by it."""
        told = _("End the session with {patient}? The record is closed and sealed.").format(
            patient=now.pseudonym
        )
        left = not_done(now)
        if not left:
            return told
        return f"{told}\n" + _("Not done, and recorded so: {parts}.").format(parts=listed(left))

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """End or leave."""
        after = (Answer("a", _("first: after the exposure")),) if now.trials else ()
        wrong = (Answer("w", _("wrong patient: undo it")),) if _nothing_yet(now) else ()
        return (*after, *wrong, Answer(ENTER, _("end"), "⏎"), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """Enter ends; A goes through what follows the last trial before, W undoes the opening."""
        if key == "a" and now.trials:
            return Taken(opens="after")
        if key == "w" and _nothing_yet(now):
            return Taken(then=UndoPatient())
        if key == "w":
            # Never to its usual work: Enter after it would let observers watch.
            told = _(
                "This session holds entries already: end it, and write in a note whose it was."
            )
            return Taken(then=self, say=told)
        return Taken(lambda lead: lead.close_session()) if key == ENTER else None


@dataclass(frozen=True)
class UndoPatient(InSession):
    """The session was opened for the wrong patient and is to be undone; Enter undoes it."""

    def sentence(self, now: Now) -> str:
        """Says what becomes of it."""
        told = _("Wrong patient? The session with {patient} is closed as opened by mistake.")
        return told.format(patient=now.pseudonym)

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Undo or leave."""
        return Answer(ENTER, _("close it"), "⏎"), dismiss()

    def take(self, key: str, now: Now) -> Taken | None:
        """Enter undoes; W, pressed twice, does nothing more."""
        if key == "w":
            return Taken(then=self)
        return Taken(lambda lead: lead.undo_patient()) if key == ENTER else None


def _nothing_yet(now: Now) -> bool:
    """Whether the session may still be undone, as far as is seen; the record knows best."""
    rated = any(each.rating.suds is not None for each in now.ratings)
    return not (now.trials or rated or now.notes or now.adverse)


@dataclass(frozen=True)
class TakeControl:
    """Control is to be taken from another console; Enter takes it."""

    def stands(self, now: Now) -> bool:
        """While another leads."""
        return not now.link.in_control

    def sentence(self, now: Now) -> str:
        """Names who leads."""
        holder = now.state.control.holder if now.state is not None else None
        return _("Take control from {holder}? It is recorded.").format(
            holder=holder or _("the other console")
        )

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Take it or leave."""
        return (Answer(ENTER, _("take control"), "⏎"), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """Enter takes control."""
        return Taken(lambda lead: lead.take_control()) if key == ENTER else None
