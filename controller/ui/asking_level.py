"""Owns the questions about levels and the session, from begin to end; draws and sends nothing."""

from __future__ import annotations

from dataclasses import dataclass

from controller.language import _, language
from controller.session.now import Now
from controller.ui.asking import DOWN, ENTER, UP, Answer, Taken, dismiss
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
        return told.format(level=self.level, what=what)

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
            told = _("Level {level} is the patient's ceiling; M changes it.")
            return Taken(then=self, say=told.format(level=ceiling))
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
class NewCeiling:
    """Another ceiling for this patient; Enter sets it."""

    level: int

    def stands(self, now: Now) -> bool:
        """While a session is open."""
        return now.session is not None

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
class EndSession:
    """The session is to end; Enter ends it."""

    def stands(self, now: Now) -> bool:
        """While a session is open."""
        return now.session is not None

    def sentence(self, now: Now) -> str:
        """Says what ends."""
        return _("End the session with {patient}? The record is closed and sealed.").format(
            patient=now.pseudonym
        )

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """End or leave."""
        return (Answer(ENTER, _("end"), "⏎"), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """Enter ends."""
        return Taken(lambda lead: lead.close_session()) if key == ENTER else None


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
