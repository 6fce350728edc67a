"""Owns which thresholds of a questionnaire a score in the session has reached.

It says so and no more: it lowers nothing, stops nothing and knows no session.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from controller.questionnaires.model import Advice, Questionnaire, Threshold

_GRAVITY: dict[Advice, int] = {"caution": 0, "recommend_stop": 1, "stop": 2}


def reached(
    questionnaire: Questionnaire, scale: str, ratings: Sequence[tuple[float, float]]
) -> tuple[Threshold, ...]:
    """The thresholds that the newest rating has reached, the gravest first.

    A height is reached by the newest rating itself. A rise is reached when the newest rating is
    `rise` or more above the lowest rating of the `within_s` seconds before it. A missing rating is
    simply not among the ratings; nothing is carried on, and without ratings nothing is reached.

    Args:
        questionnaire: whose thresholds are asked for.
        scale: id of the scale that `ratings` are scores of.
        ratings: (second, score), in any order.
    """
    if not ratings:
        return ()
    ordered = sorted(ratings)
    newest_s, newest = ordered[-1]

    def holds(threshold: Threshold) -> bool:
        if threshold.at_least is not None:
            return Decimal(newest) >= threshold.at_least
        assert threshold.rise is not None and threshold.within_s is not None
        since_s = newest_s - float(threshold.within_s)
        lowest = min(value for at_s, value in ordered if at_s >= since_s)
        return Decimal(newest) - Decimal(lowest) >= threshold.rise

    found = [t for t in questionnaire.thresholds if t.scale == scale and holds(t)]
    return tuple(sorted(found, key=lambda t: _GRAVITY[t.advice], reverse=True))
