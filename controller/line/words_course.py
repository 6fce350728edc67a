"""Owns the words on a patient between sessions, in both languages."""

from __future__ import annotations

from controller.language import mark
from controller.line.commands import Command, worded

COURSE: tuple[Command, ...] = (
    worded(
        "course",
        "course",
        "parcours",
        mark("course, or course PATIENT"),
        mark("A patient's course at a glance: sessions, peaks, adverse events, what is due."),
        "session",
        writes=True,
    ),
    worded(
        "appointment",
        "appointment",
        "rendez-vous",
        mark("appointment PATIENT 2026-12-24 14:30, or appointment PATIENT none"),
        mark("When this patient comes next; without a day it is told."),
        "session",
        writes=True,
    ),
)
"""They only write down or tell: a stop that comes after them undoes none."""
