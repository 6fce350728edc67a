"""Owns what was said so far after the last trial, from entries in their order; writes nothing.

The last word of each part holds. It knows neither screen nor record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from controller.session.after.entries import (
    PARTS,
    AfterPart,
    Debriefed,
    HomeworkGiven,
    LeftOut,
    NoteDrafted,
    NoteValidated,
    RecoveryEnded,
    Released,
    SicknessAdvised,
)
from controller.session.document import Document


@dataclass(frozen=True)
class ValidatedNote:
    """A note somebody stands for."""

    seq: int
    """Number of its entry."""
    text: str


@dataclass(frozen=True)
class AfterSoFar:
    """What holds now of the time after the last trial."""

    recovery: RecoveryEnded | None = None
    debrief: Debriefed | None = None
    homework: HomeworkGiven | None = None
    release: Released | None = None
    draft: str = ""
    """The note as it was kept last; empty once it is validated."""
    note: ValidatedNote | None = None
    advised: tuple[SicknessAdvised, ...] = ()
    left_out: LeftOut | None = None

    def then(self, said: Document, seq: int) -> AfterSoFar:
        """The same once this entry, number `seq`, is durable."""
        match said:
            case RecoveryEnded():
                return replace(self, recovery=said)
            case Debriefed():
                return replace(self, debrief=said)
            case HomeworkGiven():
                return replace(self, homework=said)
            case Released():
                return replace(self, release=said)
            case NoteDrafted(text=text):
                return replace(self, draft=text)
            case NoteValidated(text=text):
                return replace(self, draft="", note=ValidatedNote(seq, text))
            case SicknessAdvised():
                return replace(self, advised=(*self.advised, said))
            case LeftOut():
                return replace(self, left_out=said)
        return self

    def not_done(self, *, asked: bool) -> tuple[AfterPart, ...]:
        """The parts that were not done, in their order.

        `asked` tells whether a questionnaire was answered after the exposure. A draft is no note.
        """
        done: dict[AfterPart, bool] = {
            "recovery": self.recovery is not None,
            "questionnaires": asked,
            "debrief": self.debrief is not None,
            "homework": self.homework is not None,
            "release": self.release is not None,
            "note": self.note is not None and not self.draft,
        }
        return tuple(part for part in PARTS if not done[part])
