"""Owns the questions on what befell the patient: what it is, and how severe; knows not the record.

Two letters and it is saved. What else there is to say of it can wait until the patient is well.
While a question stands its letters are its own; none of them is the letter of an act that leads out
of the scene, writes, goes on, ends or acts at once. A kind's letter is never that of a severity, so
that one pressed too long saves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.language import _
from controller.session.clinical import AdverseType, Severity
from controller.session.clinical_words import SEVERITIES, TYPES
from controller.session.now import Now
from controller.ui.asking import ByLetter, InSession, Taken
from controller.ui.keys import kept_from_adverse, letters, named

LAPSES_S = 20.0
"""A question that is not answered for so long goes by itself: a forgotten one takes no letters."""


def lapsed() -> str:
    """Said when a question goes by itself."""
    return _("No answer for {seconds} s: nothing was written down; {key} asks again.").format(
        seconds=round(LAPSES_S), key=named("adverse")
    )


@dataclass(frozen=True)
class WhatBefell(InSession, ByLetter[AdverseType]):
    """What befell the patient: the letter leads on to how severe it is."""

    def sentence(self, now: Now) -> str:
        """Asks what it is."""
        return _("What befell the patient? F12 stops first, if need be.")

    def listed(self) -> Mapping[AdverseType, str]:
        """Each kind."""
        return {kind: _(word) for kind, word in TYPES.items()}

    def kept_back(self) -> frozenset[str]:
        """Letters of the next question too: one pressed too long saves nothing."""
        severities = tuple(_(word) for word in SEVERITIES.values())
        return kept_from_adverse() | set(letters(severities, kept_from_adverse()))

    def chosen(self, what: AdverseType) -> Taken:
        """How severe it is comes next."""
        return Taken(then=HowSevere(what))


@dataclass(frozen=True)
class HowSevere(InSession, ByLetter[Severity]):
    """How severe what befell the patient is: the letter saves it."""

    what: AdverseType

    def sentence(self, now: Now) -> str:
        """Names it, and asks."""
        return _("{what}: how severe? It is saved with the letter.").format(
            what=_(TYPES[self.what]).capitalize()
        )

    def listed(self) -> Mapping[Severity, str]:
        """Each severity."""
        return {severity: _(word) for severity, word in SEVERITIES.items()}

    def kept_back(self) -> frozenset[str]:
        """What the question leaves to its usual work."""
        return kept_from_adverse()

    def chosen(self, what: Severity) -> Taken:
        """Now it is saved."""
        return Taken(lambda lead: lead.bedside.befell(self.what, what))
