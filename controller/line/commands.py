"""Owns what a command of the plain console is; the words of each are told elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from controller.language import Language, language


@dataclass(frozen=True)
class Command:
    """One command and how it is typed."""

    name: str
    """Its identifier."""
    english: tuple[str, ...]
    """The word that is shown, then others."""
    french: tuple[str, ...]
    usage: str
    """What is typed, marked for translation."""
    sentence: str
    """What it does, marked for translation."""
    group: str
    eases: bool = False
    """It only makes it easier for the patient: it goes past what waits."""
    writes: bool = False
    """It only writes down or tells: a stop that comes after it does not undo it."""

    def word(self) -> str:
        """What is typed in the language that is spoken."""
        return (self.french if language() == "fr" else self.english)[0]

    def known(self, spoken: Language) -> tuple[str, ...]:
        """Every form that works in this language."""
        if spoken == "en":
            return self.english
        return (*self.french, *(word for word in self.english if len(word) > 1))


def worded(
    name: str,
    english: str,
    french: str,
    usage: str,
    sentence: str,
    group: str,
    *,
    eases: bool = False,
    writes: bool = False,
) -> Command:
    """A command; its forms are parted by a comma, the one that is shown first."""
    return Command(
        name,
        tuple(english.split(", ")),
        tuple(french.split(", ")),
        usage,
        sentence,
        group,
        eases,
        writes,
    )
