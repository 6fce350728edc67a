"""Owns the words of a patient's own copies: plain, and without judgement.

It knows neither history nor figures.
"""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import _, mark
from controller.report.document import Block, Prose, WriteIn
from controller.report.wording import given
from controller.session.documents import Scale

FORMULAS: Mapping[str, str] = {
    "in_scene": mark("Time in the scene: all of it together, without the times of standing still."),
    "sessions": mark("Sessions: all that were closed."),
    "in_scenes": mark("Time in scenes: all of it together, without the times of standing still."),
    "highest_of_all": mark("Highest level: the highest that you reached in any of the sessions."),
    "highest_level": mark("Highest level: the highest of the levels 0 to 10 that you reached."),
    "highest_number": mark("Highest number: the highest number you gave in the scene."),
    "last_number": mark("Last number: the last number you gave in the scene."),
    "level_time": mark(
        "Time: from the moment a level was reached until the next one was, without the times of "
        "standing still."
    ),
    "dash": mark("A dash stands where fewer than two numbers were given."),
}
KINDS: Mapping[str, str] = {
    "baseline": mark("before it began"),
    "anticipatory": mark("before going in"),
    "interval": mark("in the scene"),
    "peak": mark("the highest, asked afterwards"),
    "end": mark("at the end"),
    "recovery": mark("afterwards"),
    "spontaneous": mark("said by yourself"),
}
RESTS: Mapping[str, str] = {
    "hold": mark("Standing still: nothing new happened"),
    "pause": mark("Pause: an empty, quiet room"),
    "safe_place": mark("Safe place: a calm place"),
    "stopped": mark("Stop: the scene was ended"),
}


def of_top(suds: float | None, scale: Scale) -> str:
    """A number on the patient's own scale, with the scale's end; a dash for None."""
    if suds is None:
        return "—"
    return _("{value} of {top}").format(value=given(suds, scale), top=given(100, scale))


def what_words_mean(scale: Scale) -> Prose:
    """The few words that the copy uses."""
    return Prose(
        "words",
        _("What the words mean"),
        (
            _("Level: how much the scene asked of you, from 0, the least, to 10, the most."),
            _(
                "Your numbers: how strong your distress was, from 0, none, to {top}, the strongest "
                "that you can imagine."
            ).format(top=given(100, scale)),
            _("No answer: you were asked and no number was written down. Nothing is put there."),
        ),
    )


def where_to_ask() -> tuple[Block, ...]:
    """Whom to ask, with room to write it."""
    return (
        Prose(
            "ask",
            _("Where to ask"),
            (
                _("Ask the person who led the session, also about what is written down about you."),
                _("In an emergency, call the emergency number of the place where you are."),
            ),
        ),
        WriteIn(
            "contact", "", (_("Name"), _("Telephone"), _("Next time"), _("What I want to ask"))
        ),
    )


def caption() -> str:
    """How the picture is to be read."""
    return _(
        "Each sign is a number you gave. A line joins numbers given one after the other in the "
        "scene; it stays open where there was no answer. Below, the level."
    )
