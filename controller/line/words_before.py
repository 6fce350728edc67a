"""Owns the words on what is asked, noted and checked before the first trial, in both languages."""

from __future__ import annotations

from controller.language import mark
from controller.line.commands import Command, worded

BEFORE: tuple[Command, ...] = (
    worded(
        "before",
        "before",
        "avant",
        mark("before, or before PATIENT"),
        mark("What is missing before a session, or in a session before its first trial."),
        "before",
        writes=True,
    ),
    worded(
        "screening",
        "screening",
        "dépistage",
        mark("screening, or screening PATIENT, or screening anew"),
        mark("Asks the screening question by question; saved once every one is answered."),
        "before",
        writes=True,
    ),
    worded(
        "cleared",
        "cleared",
        "accord",
        mark("cleared WORDS"),
        mark("After a yes in the screening: who cleared it, and what was agreed."),
        "before",
        writes=True,
    ),
    worded(
        "despite",
        "despite",
        "malgré",
        mark("despite WORDS"),
        mark("After a yes in the screening: why it goes ahead all the same."),
        "before",
        writes=True,
    ),
    worded(
        "consent",
        "consent",
        "consentement",
        mark("consent VERSION signed, or consent pose VERSION verbal by guardian with assent"),
        mark("Notes a consent of the patient named last: to exposure, or to what you name."),
        "before",
        writes=True,
    ),
    worded(
        "withdraw",
        "withdraw",
        "révoquer",
        mark("withdraw session, or withdraw pose by guardian"),
        mark("Notes at once that something is not consented to any more."),
        "before",
        writes=True,
    ),
    worded(
        "today",
        "today",
        "aujourd'hui",
        mark("today, or today anew"),
        mark("Asks how the patient is today; after a yes, why it goes on."),
        "before",
        writes=True,
    ),
    worded(
        "checks",
        "checks",
        "vérifications",
        mark("checks"),
        mark("What is checked before the first trial, numbered, and how each stands."),
        "before",
        writes=True,
    ),
    worded(
        "check",
        "check",
        "vérifier",
        mark("check NAME or NUMBER done"),
        mark("Saves one check as done; a way out counts only once it was used."),
        "before",
        writes=True,
    ),
    worded(
        "leave_out",
        "leave out",
        "omettre",
        mark("leave out NAME or NUMBER REASON"),
        mark("Saves that one check is left out, and why."),
        "before",
        writes=True,
    ),
)
"""They only write down or tell: a stop that comes after them undoes none."""
