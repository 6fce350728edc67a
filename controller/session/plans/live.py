"""Owns what of an open session goes into a row of the hierarchy: only what is applied.

It saves nothing and knows no screen. What is predicted and what is met are the patient's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from controller.session.now import Now
from controller.session.plans.entries import MOST_APART, MOST_EVENTS

DECIMALS = 3
"""Of a setting as it goes into a row: finer than any declared step."""


@dataclass(frozen=True)
class Applied:
    """The scene as it stands."""

    scenario: str
    """Id of the scenario."""
    level: int
    """The whole level that is applied, 0 to 10."""
    values: Mapping[str, float] = field(default_factory=dict)
    """What is set apart from the level, as it is applied."""
    events: tuple[str, ...] = ()
    """Events that were played in this trial and may come at this level, each once."""


def applied(now: Now) -> Applied | None:
    """The scene as the runtime told it last; None outside the scene."""
    state, scenario = now.state, now.manifest
    if state is None or scenario is None or not state.trial_open:
        return None
    apart: dict[str, float] = {}
    for value in state.values:
        spec = scenario.value(value.name)
        if value.apart and spec is not None and len(apart) < MOST_APART:
            told = round(value.applied, DECIMALS)
            apart[value.name] = min(max(told, spec.low), spec.high)
    since_s = now.trials[-1].opened_s if now.trials else 0.0
    played = dict.fromkeys(name for at_s, name in now.fired if at_s >= since_s)
    events = [
        name
        for name in played
        if (event := scenario.event(name)) is not None and event.min_level <= state.reached
    ]
    return Applied(scenario.id, state.reached, apart, tuple(events[-MOST_EVENTS:]))
