"""Owns what tells whether two files score alike: a hash of what makes scores, and of no text."""

from __future__ import annotations

import hashlib
import json

from controller.questionnaires.model import Questionnaire, Scale

_COUNTS = {
    "id",
    "items",
    "scales",
    "taken",
    "reversed",
    "method",
    "counted_from",
    "multiplier",
    "divisor",
    "lowest",
    "highest",
}
"""The fields of a scale that make its score."""


def fingerprint(questionnaire: Questionnaire) -> str:
    """SHA-256, 64 hexadecimal digits, of ranges, items, scales, bands and alerts.

    Titles, wordings, sources, licence and review do not count: they change no score.
    """
    scoring = questionnaire.scoring
    told = {
        "ranges": {one.id: (one.lowest, one.highest) for one in questionnaire.answers},
        "items": [(one.id, one.answer) for one in questionnaire.items],
        "missing": (scoring.missing, str(scoring.least_answered)),
        "scales": [_scale(one) for one in scoring.scales],
        "alerts": [(one.item, one.at_least) for one in questionnaire.alerts],
    }
    plain = json.dumps(told, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def _scale(one: Scale) -> dict[str, object]:
    # Named one by one: a field that is added later, with a default, changes no score of before.
    # Numbers are told as they are read from a file, so that the hashes of before stay as well.
    kept = one.model_dump(mode="json", include=_COUNTS)
    return {**kept, "bands": [str(band.at_least) for band in one.bands]}
