"""Owns between which figures a scale can lie; knows no answers and no texts.

A declared range is compared with this one, so a wrong weight or a forgotten item is seen when the
file is read, and not in a report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from controller.questionnaires.model import AnswerRange, Scale


@dataclass(frozen=True)
class Span:
    """From lowest to highest, exactly."""

    lowest: Fraction
    highest: Fraction

    def times(self, factor: Fraction) -> Span:
        """The same for a factor above 0."""
        return Span(self.lowest * factor, self.highest * factor)


@dataclass(frozen=True)
class Reach:
    """What a scale can reach before and after its factor."""

    raw: Span
    score: Span


def reach(scale: Scale, items: Mapping[str, AnswerRange], before: Mapping[str, Reach]) -> Reach:
    """What `scale` can reach.

    Args:
        scale: whose names are all known.
        items: the range of answers of each item.
        before: the reach of each scale named before this one.
    """
    if scale.scales:
        parts = [before[s].raw if scale.taken == "raw" else before[s].score for s in scale.scales]
    elif scale.method == "count":
        parts = [Span(Fraction(0), Fraction(1)) for _item in scale.items]
    else:
        parts = [Span(Fraction(items[i].lowest), Fraction(items[i].highest)) for i in scale.items]
    raw = _added(parts)
    if scale.method == "mean":
        raw = raw.times(Fraction(1, len(parts)))
    return Reach(raw, raw.times(scale.factor))


def _added(parts: Sequence[Span]) -> Span:
    return Span(
        sum((p.lowest for p in parts), Fraction(0)), sum((p.highest for p in parts), Fraction(0))
    )
