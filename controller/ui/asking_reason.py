"""Owns the questions that follow a stop, a missing rating and a wrong one; knows not the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.language import _, mark
from controller.session import suds
from controller.session.now import Now, TimedRating
from controller.ui.asking import Act, Answer, ByLetter, InSession, Taken, dismiss
from controller.ui.keys import reserved
from vr_runtime.wire.acts import Phase


@dataclass(frozen=True)
class _Reason(ByLetter[str]):
    """Why, by one letter, or not at all."""

    words: tuple[str, ...]
    meaningless: tuple[str, ...] = ()
    """Acts that can do nothing while it stands: their letters are free."""

    def listed(self) -> Mapping[str, str]:
        """Each word."""
        return {word: _(word) for word in self.words}

    def kept_back(self) -> frozenset[str]:
        """Every letter that does something now."""
        return reserved(self.meaningless)

    def chosen(self, what: str) -> Taken:
        """The letter sends its word."""
        return Taken(self.send(_(what)))

    def send(self, text: str) -> Act:
        """What is done with the word."""
        raise NotImplementedError


@dataclass(frozen=True)
class WhyStopped(_Reason):
    """After a stop: why. It may stay unanswered for ever."""

    words: tuple[str, ...] = (
        mark("distress"),
        mark("sickness"),
        mark("technical"),
        mark("finished"),
        mark("other reason"),
    )
    meaningless: tuple[str, ...] = ("value", "task", "take_back")

    def stands(self, now: Now) -> bool:
        """While the stop lasts."""
        return now.state is not None and now.state.phase is Phase.STOPPED

    def sentence(self, now: Now) -> str:
        """Asks without hurry."""
        return _("It has stopped. Why? No hurry.")

    def send(self, text: str) -> Act:
        """The reason is kept as a note."""
        note = _("Reason for the stop: {reason}.").format(reason=text)
        return lambda lead: lead.note(note)


@dataclass(frozen=True)
class WhyNoAnswer(_Reason):
    """A rating that is due is not given: why."""

    words: tuple[str, ...] = (
        mark("left undisturbed"),
        mark("silent"),
        mark("declined"),
    )

    def stands(self, now: Now) -> bool:
        """While a rating is due."""
        return now.due is not None and now.due.opens_in_s <= 0

    def sentence(self, now: Now) -> str:
        """Asks why."""
        return _("No rating this time. Why?")

    def send(self, text: str) -> Act:
        """The reason goes to the record."""
        return lambda lead: lead.skip_rating(text)


@dataclass(frozen=True)
class Amend(InSession):
    """The last saved rating is to be corrected by what is typed on the pad."""

    rating: TimedRating

    def sentence(self, now: Now) -> str:
        """Names the rating that is corrected."""
        value = self.rating.suds
        shown = "○" if value is None else suds.shown(value, now.scale)
        return _("Rating {value} should be: type it, then Enter. Both stay in the record.").format(
            value=shown
        )

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Leave it; the digits are the pad's."""
        return (dismiss(),)

    def take(self, key: str, now: Now) -> Taken | None:
        """No key of its own: the pad takes digits and Enter."""
        return None

    def typed(self, text: str, now: Now) -> Taken:
        """What the pad sent: a correction, or why it is none."""
        try:
            value = suds.parse(text, now.scale)
        except suds.NotARating as refused:
            return Taken(then=self, say=str(refused))
        seq = self.rating.saved_as
        if seq is None:
            return Taken(then=self, say=_("This rating is not saved yet; wait a moment."))
        return Taken(lambda lead: lead.correct(seq, value))
