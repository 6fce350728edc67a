"""Owns what the command palette offers for outside the scene: practice, safe place, guides.

It knows no screen; whether a choice is possible now is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import get_args

from controller.language import _
from controller.session.at_rest import REFUGES
from controller.session.now import Now, Outcome
from controller.ui import possible
from controller.ui.asking import Act
from controller.ui.ports import Lead
from vr_runtime.wire.acts import Refuge

RATES = (4.0, 5.0, 6.0, 8.0)
"""Breaths a minute that are offered."""


@dataclass(frozen=True)
class RestChoice:
    """One line of the palette and the act it sends."""

    act: str
    """Its name in `possible`."""
    title: str
    help: str
    send: Act


def rest_choices(now: Now) -> Iterator[RestChoice]:
    """All that can be offered in this session now."""
    if now.session is None or now.state is None:
        return
    for choice in _all(now):
        if possible.standing(choice.act, now) != "hidden":
            yield choice


def _all(now: Now) -> Iterator[RestChoice]:
    yield RestChoice(
        "familiarise",
        _("Practice room"),
        _("Before exposure: look, turn, rate and leave once. Nothing of the scene is shown."),
        lambda lead: lead.familiarise(),
    )
    yield RestChoice(
        "end_familiarisation",
        _("End the practice"),
        _("Back to the neutral room."),
        lambda lead: lead.end_familiarisation(),
    )
    yield RestChoice(
        "end_guide",
        _("Take the guide away"),
        _("The breathing or tension guide is gone with the next picture."),
        lambda lead: lead.end_guide(),
    )
    for rate in RATES:
        yield RestChoice(
            "breathing",
            _("Breathing guide: {rate} a minute").format(rate=f"{rate:g}"),
            _("A soft shape that grows and sinks, until it is taken away. The breath is not held."),
            partial(_breathe, rate),
        )
    yield _tension(now)
    for place in get_args(Refuge):
        if now.state is not None and place != now.state.safe_place:
            yield RestChoice(
                "refuge",
                _("Safe place: {place}").format(place=_(REFUGES[place])),
                _("This patient's safe place, now and in later sessions."),
                partial(_choose, place),
            )


def _tension(now: Now) -> RestChoice:
    tense_s, release_s, times = now.tension
    title = _("Applied tension: {tense} s, {release} s, {times} times")
    return RestChoice(
        "tension",
        title.format(tense=f"{tense_s:g}", release=f"{release_s:g}", times=times),
        _("As the clinic's protocol says. Against fainting; the breath is never held."),
        lambda lead: lead.guide_tension(tense_s, release_s, times),
    )


async def _breathe(rate: float, lead: Lead) -> Outcome:
    return await lead.guide_breathing(rate)


async def _choose(place: Refuge, lead: Lead) -> Outcome:
    return await lead.choose_refuge(place)
