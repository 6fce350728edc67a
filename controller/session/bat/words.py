"""Owns the words for what became of a behavioural approach test and its steps; judges nothing."""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import mark
from controller.session.bat.entries import HowEnded, What

OUTCOMES: Mapping[What, str] = {
    "offered": mark("offered, not decided"),
    "gone": mark("not ended by the patient"),
    "arrived": mark("not ended by the patient"),
    "done": mark("done"),
    "refused": mark("refused"),
    "ended": mark("ended by the patient"),
    "interrupted": mark("interrupted: the scene was left"),
}
"""What became of a step."""
HOW: Mapping[HowEnded, str] = {
    "all_done": mark("all steps done"),
    "refused": mark("a step was refused"),
    "patient": mark("ended by the patient"),
    "therapist": mark("ended by the therapist"),
    "stopped": mark("ended by a stop"),
    "session": mark("the session was closed"),
}
"""How a test ended."""
