"""Owns the words on what is written down at the patient's side beside ratings and notes."""

from __future__ import annotations

from controller.language import mark
from controller.line.commands import Command, worded

BEDSIDE: tuple[Command, ...] = (
    worded(
        "feared",
        "fear, feared",
        "crainte, craint",
        mark("fear own 70 80 WORDS, or fear event or fear others; - for a figure not asked"),
        mark(
            "What is feared, before it is tested: what it is about, how likely, how bad; alone, "
            "what waits and what the hierarchy says."
        ),
        "patient",
        writes=True,
    ),
    worded(
        "came",
        "came",
        "survenue, venue, venu",
        mark("came no 20 60 WORDS, or came yes or came unclear; - for a figure not asked"),
        mark(
            "What became of the last fear: whether it came, how likely it seems now, surprise, "
            "and what was learned."
        ),
        "patient",
        writes=True,
    ),
    worded(
        "safety",
        "safety",
        "sécurité",
        mark("safety NAME used, or safety NAME dropped"),
        mark(
            "Notes a safety behaviour as in use or dropped, with its moment; alone, how each "
            "stands."
        ),
        "patient",
        writes=True,
    ),
)
