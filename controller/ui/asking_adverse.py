"""Owns the questions on what befell the patient: what it is, and how severe; knows not the record.

Two letters and it is saved. What else there is to say of it can wait until the patient is well.
While a question stands its letters are its own; none of them is the letter of an act that leads out
of the scene, writes, goes on, ends or acts at once. A kind's letter is never that of a severity, so
that one pressed too long saves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from controller.language import _
from controller.session.clinical import AdverseType, Severity
from controller.session.clinical_words import SEVERITIES, TYPES
from controller.session.now import Now
from controller.ui.asking import Answer, Taken, dismiss
from controller.ui.keys import kept_from_adverse, letters, named

LAPSES_S = 20.0
"""A question that is not answered for so long goes by itself: a forgotten one takes no letters."""


def lapsed() -> str:
    """Said when a question goes by itself."""
    return _("No answer for {seconds} s: nothing was written down; {key} asks again.").format(
        seconds=round(LAPSES_S), key=named("adverse")
    )


@dataclass(frozen=True)
class WhatBefell:
    """What befell the patient."""

    def stands(self, now: Now) -> bool:
        """While a session is open."""
        return now.session is not None

    def sentence(self, now: Now) -> str:
        """Asks what it is."""
        return _("What befell the patient? F12 stops first, if need be.")

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """One letter for each kind."""
        return (*(Answer(letter, text) for letter, _what, text in _kinds()), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """The letter leads on to how severe it is."""
        for letter, what, _text in _kinds():
            if letter == key:
                return Taken(then=HowSevere(what))
        return None


@dataclass(frozen=True)
class HowSevere:
    """How severe what befell the patient is."""

    what: AdverseType

    def stands(self, now: Now) -> bool:
        """While a session is open."""
        return now.session is not None

    def sentence(self, now: Now) -> str:
        """Names it, and asks."""
        return _("{what}: how severe? It is saved with the letter.").format(
            what=_(TYPES[self.what]).capitalize()
        )

    def answers(self, now: Now) -> tuple[Answer, ...]:
        """One letter for each severity."""
        return (*(Answer(letter, text) for letter, _how, text in _severities()), dismiss())

    def take(self, key: str, now: Now) -> Taken | None:
        """The letter saves it."""
        chosen = {letter: severity for letter, severity, _text in _severities()}.get(key)
        if chosen is None:
            return None
        return Taken(lambda lead: lead.bedside.befell(self.what, chosen))


def _kinds() -> tuple[tuple[str, AdverseType, str], ...]:
    texts = tuple(_(word) for word in TYPES.values())
    taken = kept_from_adverse() | {letter for letter, _how, _text in _severities()}
    return tuple(zip(letters(texts, taken), TYPES, texts, strict=True))


def _severities() -> tuple[tuple[str, Severity, str], ...]:
    texts = tuple(_(word) for word in SEVERITIES.values())
    return tuple(zip(letters(texts, kept_from_adverse()), SEVERITIES, texts, strict=True))
