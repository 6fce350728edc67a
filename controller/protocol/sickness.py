"""Owns with which thresholds a clinic's protocol asks about sickness; knows no session."""

from __future__ import annotations

from controller.protocol.model import Sickness
from controller.questionnaires.library import shipped
from controller.questionnaires.model import Questionnaire


def asked(of: Sickness) -> Questionnaire | None:
    """The questionnaire that is named, with the protocol's thresholds in place of its own.

    `controller.questionnaires.limits.reached` tells which of them ratings have reached. None when
    no such questionnaire ships.
    """
    found = next((q for q in shipped() if q.id == of.questionnaire), None)
    if found is None:
        return None
    own = tuple(t.of_scale(of.scale, of.source) for t in of.thresholds)
    return found.model_copy(update={"thresholds": own})
