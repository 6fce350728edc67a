"""The shipped questionnaires, answered as a table of figures says."""

from __future__ import annotations

from collections.abc import Sequence

from controller.questionnaires.library import shipped
from controller.questionnaires.model import Questionnaire, Scale

BY_ID = {q.id: q for q in shipped()}


def answered(questionnaire: Questionnaire, figures: Sequence[int]) -> dict[str, int]:
    """One figure for each item, in the order of the items."""
    return dict(zip([i.id for i in questionnaire.items], figures, strict=True))


def items_of(questionnaire: Questionnaire, scale: Scale) -> set[str]:
    """The items that a scale is made of, also through other scales."""
    found = set(scale.items)
    for name in scale.scales:
        inner = questionnaire.scale(name)
        assert inner is not None
        found |= items_of(questionnaire, inner)
    return found


def turned(questionnaire: Questionnaire) -> set[str]:
    """The items that are reversed."""
    return {name for scale in questionnaire.scoring.scales for name in scale.reversed}


def extreme(questionnaire: Questionnaire, *, highest: bool) -> dict[str, int]:
    """The answers that give the highest scores, or the lowest."""
    reverse = turned(questionnaire)
    return {
        item.id: questionnaire.range_of(item).highest
        if (item.id in reverse) != highest
        else questionnaire.range_of(item).lowest
        for item in questionnaire.items
    }
