"""Owns the words of the plain console on a patient's fear hierarchy; knows not what they do."""

from __future__ import annotations

from controller.language import mark
from controller.line.commands import Command, worded

PLANS: tuple[Command, ...] = (
    worded(
        "hierarchy",
        "hierarchy, rows",
        "hiérarchie, lignes",
        mark("hierarchy, or hierarchy PATIENT"),
        mark("The rows of the patient's hierarchy, numbered, and which is worked on."),
        "before",
        writes=True,
    ),
    worded(
        "row",
        "row",
        "ligne",
        mark("row NUMBER"),
        mark("Takes this row: its level is offered for the next trial, and nothing begins by it."),
        "before",
    ),
)
