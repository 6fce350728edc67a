"""Owns what a question of the live screen is: it names keys and says what each would do.

A question never covers anything and is never waited for. It takes the keys it names and leaves all
others to their usual work. It draws nothing and sends nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from controller.language import _
from controller.session.now import Now, Outcome
from controller.ui.keys import letters
from controller.ui.ports import Lead

T = TypeVar("T")
Act = Callable[[Lead], Awaitable[Outcome]]


@dataclass(frozen=True)
class Answer:
    """One way to answer: the key, and what it does."""

    key: str
    text: str
    label: str = ""

    @property
    def name(self) -> str:
        """The key as it is shown."""
        return self.label or self.key.upper()


@dataclass(frozen=True)
class Taken:
    """What came of a key: an act to send, the question that follows, a sentence to say."""

    act: Act | None = None
    then: Asking | None = None
    say: str = ""
    raises: bool = False
    """The act makes it harder: a held key may not repeat it."""
    record: bool = False
    """The act only writes down: a stop that comes after it does not undo it."""
    opens: str = ""
    """An act of the table of keys that opens another screen."""


class Asking(Protocol):
    """One open question."""

    def stands(self, now: Now) -> bool:
        """Whether it still has a meaning."""
        ...

    def sentence(self, now: Now) -> str:
        """The question."""
        ...

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """What may be answered."""
        ...

    def take(self, key: str, now: Now) -> Taken | None:
        """What this key answers; None where it is not its key. Letters are lower case."""
        ...


class InSession:
    """A question that has a meaning for as long as a session is open."""

    def stands(self, now: Now) -> bool:
        """While a session is open."""
        return now.session is not None


class ByLetter(Generic[T]):
    """A question that is answered by one letter of its list, or not at all."""

    def listed(self) -> Mapping[T, str]:
        """What may be chosen, each with its text in the language that is spoken."""
        raise NotImplementedError

    def kept_back(self) -> frozenset[str]:
        """Letters that it leaves to their usual work."""
        raise NotImplementedError

    def chosen(self, what: T) -> Taken:
        """What comes of a choice."""
        raise NotImplementedError

    def _lettered(self) -> tuple[tuple[str, T, str], ...]:
        found = self.listed()
        texts = tuple(found.values())
        return tuple(zip(letters(texts, self.kept_back()), found, texts, strict=True))

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """One letter for each, and the way out."""
        return (*(Answer(letter, text) for letter, _what, text in self._lettered()), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """The letter chooses."""
        found = [what for letter, what, _text in self._lettered() if letter == key]
        return self.chosen(found[0]) if found else None


UP, DOWN, ENTER = "up", "down", "enter"


def dismiss() -> Answer:
    """To leave a question unanswered."""
    return Answer("escape", _("leave it"), _("Esc"))
