"""Owns the question on safety behaviours: a letter changes one; draws nothing, knows no record.

Its list is made when it opens and keeps its order, so that a letter means the same behaviour for as
long as the question stands. None takes a letter of an act that leads out of the scene.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from controller.language import _
from controller.session.now import Now
from controller.session.safety.so_far import fitting
from controller.session.safety.words import sign, state
from controller.ui.asking import ENTER, Answer, InSession, Taken, dismiss
from controller.ui.keys import letters, named, not_asked, safe_letters

LAPSES_S = 30.0
"""A question that is not answered for so long goes by itself: a forgotten one takes no letters."""


def lapsed() -> str:
    """Said when a question goes by itself."""
    told = _("No answer for {seconds} s: what was saved stays; {key} asks again.")
    return told.format(seconds=round(LAPSES_S), key=named("safety"))


@dataclass(frozen=True)
class WhichSafety(InSession):
    """Which safety behaviour is taken up or dropped."""

    names: tuple[str, ...]
    most_rows: ClassVar[int] = 4
    """Rows that its answers may take."""

    def sentence(self, now: Now) -> str:
        """What the signs mean, and what a letter does."""
        return _("Safety behaviours: ● in use, ○ dropped, · not noted; a letter changes one.")

    def _chosen(self) -> tuple[tuple[str, str], ...]:
        """Letter and name, the one for another first: later names change no earlier letter."""
        names = (_("another"), *self.names)
        return tuple(zip(letters(names, not_asked() | safe_letters()), names, strict=True))

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """One letter for each, with how it stands; then another, and the way out."""
        (another, word), *chosen = self._chosen()
        found = [Answer(letter, _standing(name, now)) for letter, name in chosen]
        return (*found, Answer(another, word), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """The letter saves the change; the question stays for the next."""
        (another, _word), *chosen = self._chosen()
        if key == another:
            return Taken(then=SaySafety(self.names))
        name = dict(chosen).get(key)
        if name is None:
            return None
        return Taken(lambda lead: lead.bedside.safety(name, None), replace(self))


@dataclass(frozen=True)
class SaySafety(InSession):
    """A safety behaviour in the therapist's own words, written on the line."""

    names: tuple[str, ...]
    line: ClassVar[Literal["safety"]] = "safety"

    def sentence(self, now: Now) -> str:
        """Asks for it."""
        return _("Which other safety behaviour is in use?")

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """Enter saves it as in use."""
        return (Answer(ENTER, _("save as in use"), "⏎"), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """No key of its own: letters are the line's."""
        return None

    def written(self, text: str, now: Now) -> Taken:
        """It is saved as in use, and the list with it is asked again."""
        if not text:
            return Taken(then=self, say=_("Write it, then Enter; Esc leaves it."))
        names = fitting((*self.names, text), now.safety)
        return Taken(lambda lead: lead.bedside.safety(text, True), WhichSafety(names))


def _standing(name: str, now: Now) -> str:
    """The sign, the words where it was noted, and the name."""
    known = now.safety.known(name)
    if known is None:
        return f"{sign(None)} {name}"
    told = _("{name}: {told}").format(name=state(known.used), told=known.name)
    return f"{sign(known.used)} {told}"


Safety = WhichSafety | SaySafety
"""The questions on safety behaviours."""
