"""Owns which cards a patient is shown and what stands on each; draws none.

A card is what one thing to be read is written on. The same sight gives the same cards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scenarios.api.manifest import Words
from vr_runtime.display.controls import Device, answers, way_out
from vr_runtime.display.sight import words
from vr_runtime.wire.sight import RatingScale, Sight

Language = Literal["fr", "en"]
Kind = Literal["way_out", "text", "announcement", "countdown", "dial", "task", "caption", "notice"]


@dataclass(frozen=True)
class Line:
    """Some words."""

    kind: Literal["way_out", "text", "announcement", "task", "caption", "notice"]
    text: str


@dataclass(frozen=True)
class Count:
    """Seconds until the place is shown."""

    text: str
    number: int
    kind: Literal["countdown"] = "countdown"


@dataclass(frozen=True)
class Dial:
    """The distress dial."""

    question: str
    hint: str
    scale: RatingScale
    anchors: tuple[tuple[int, str], ...]
    """(canonical value, word)."""
    value: int | None
    """Canonical, 0 to 100; None before anything was chosen."""
    looked: float = 0.0
    """How much of the time is over for which a value is to be looked at, 0 to 1."""
    kind: Literal["dial"] = "dial"


Card = Line | Count | Dial


def cards_of(
    sight: Sight,
    language: Language,
    devices: Iterable[Device],
    *,
    watched: bool = False,
    announced: Words | None = None,
    leaves_by: Words | None = None,
    value: int | None = None,
    looked: float = 0.0,
) -> dict[Kind, Card]:
    """What is to be read now, from the top to the bottom.

    Args:
        sight: what the engine says.
        language: of this machine; the patient's own goes before it.
        devices: what this patient has in hand, the one to be named first before the others.
        watched: whether somebody looks on.
        announced: what is about to happen in the scene, as that a vehicle will move.
        leaves_by: what the patient does to leave, where a thing in the scene stands for the way
            out, as "squeeze the ball".
        value: what is chosen on the dial and not yet given, 0 to 100.
        looked: as `Dial.looked`.
    """
    spoken = sight.patient.language or language
    devices = tuple(devices)
    found: dict[Kind, Card] = {}
    if sight.way_out:
        found["way_out"] = Line("way_out", _way_out(sight, spoken, devices, leaves_by))
    if sight.text is not None:
        found["text"] = Line("text", sight.text)
    if announced is not None:
        found["announcement"] = Line("announcement", announced.get(spoken))
    if sight.countdown:
        found["countdown"] = Count(words.COUNTED.get(spoken), sight.countdown)
    if sight.dial is not None:
        found["dial"] = _dial(sight, spoken, devices, value, looked)
    if sight.task is not None:
        found["task"] = Line("task", sight.task)
    elif sight.task_done:
        found["task"] = Line("task", words.TASK_DONE.get(spoken))
    if sight.caption is not None:
        found["caption"] = Line("caption", sight.caption)
    if watched:
        found["notice"] = Line("notice", words.WATCHED.get(spoken))
    return found


def _way_out(
    sight: Sight, language: Language, devices: tuple[Device, ...], by: Words | None
) -> str:
    if sight.patient.gaze:
        return words.WAY_OUT_ALOUD.get(language)
    named = [w.get(language) for w in way_out(devices, sight.patient)]
    joined = f" {words.OR.get(language)} ".join(named)
    if by is not None:
        return words.WAY_OUT_BY.get(language).format(act=by.get(language), controls=joined)
    return words.WAY_OUT.get(language).format(controls=joined)


def _dial(
    sight: Sight,
    language: Language,
    devices: tuple[Device, ...],
    value: int | None,
    looked: float,
) -> Dial:
    scale = sight.patient.scale
    question, hint = words.QUESTION.get(language), ""
    if sight.dial == "answered" and sight.given is not None:
        value, looked = sight.given, 0.0
        question = words.NOTED.get(language).format(value=shown(sight.given, scale))
    elif sight.patient.gaze:
        hint = words.HINT_GAZE.get(language)
    elif devices:
        choose, answer = (w.get(language) for w in answers(devices[0], sight.patient))
        hint = words.HINT.get(language).format(choose=choose, answer=answer)
        hint = hint[0].upper() + hint[1:]
    anchors = tuple((at, word.get(language)) for at, word in words.ANCHORS)
    return Dial(question, hint, scale, anchors, value, round(looked, 2))


def shown(suds: int, scale: RatingScale) -> str:
    """A canonical value in the figures of the patient's scale."""
    return str(suds) if scale == "0-100" else f"{suds / 10:g}"
