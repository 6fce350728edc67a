"""Owns what people call the parts of what follows the last trial; knows no entry."""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import mark
from controller.session.after.entries import AfterPart, Answer, HowRecovered

PARTS: Mapping[AfterPart, str] = {
    "recovery": mark("recovery"),
    "questionnaires": mark("questionnaires afterwards"),
    "debrief": mark("debrief"),
    "homework": mark("homework"),
    "release": mark("release"),
    "note": mark("validated note"),
}
RECOVERED: Mapping[HowRecovered, str] = {
    "recovered": mark("distress came down far enough"),
    "time_out": mark("the time for it was over"),
    "left": mark("left before distress was low enough"),
}
ANSWERS: Mapping[Answer, str] = {
    "heeded": mark("the scene was left"),
    "left": mark("put aside by the therapist"),
    "unanswered": mark("not answered"),
}
"""What became of a piece of advice."""
