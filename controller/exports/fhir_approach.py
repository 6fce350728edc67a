"""Owns what approach tests (BAT) and rows of a hierarchy become as FHIR observations.

They are plain data. No code of LOINC or SNOMED CT is known to say the same, so all codes are ours
and say in words what they mean. It knows neither bundle nor database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from controller.exports import words
from controller.exports.columns import Cell
from controller.exports.fhir_parts import OURS, Part, absent, concept, moment, value_of
from controller.session.bat.told import ToldBat
from controller.session.history import SessionHistory
from controller.session.plans.met import FORMULAS, RowMet, rows_met
from controller.session.summary import Summary

Observed = Callable[..., Part]
"""How an observation on this session begins, given the names that tell it apart."""
_SCORE = (
    "Score: the highest step that was done. A step is done when the patient stayed for its time "
    "and did its task. Highest distress: the highest rating during any step. There are no norms."
)


def approach_parts(h: SessionHistory, summary: Summary, observed: Observed) -> Iterator[Part]:
    """An observation for each test, and one for each row that was worked on."""
    for bat in h.bats:
        yield observed("bat", bat.number) | _test(h, bat)
    for number, one in enumerate(rows_met(h, summary), 1):
        yield observed("row", number) | _row(h, one)


def _test(h: SessionHistory, bat: ToldBat) -> Part:
    opened = h.header.opened
    period = {"start": moment(opened, bat.begun_s)}
    if bat.ended_s is not None:
        period["end"] = moment(opened, bat.ended_s)
    open_still = "preliminary" if h.ending == "open" else "unknown"
    parts = [
        _component("steps", "Steps of its script", bat.steps),
        _component("highest", "Highest distress during a step", bat.highest, "SUDS"),
    ]
    if bat.how is not None:
        parts.append(_component("how", "How it ended", words.BAT_ENDED[bat.how]))
    return {
        "status": open_still if bat.how is None else "final",
        "code": concept(
            f"{OURS}bat", "score", "Behavioural approach test (BAT): steps done, of its script's"
        ),
        "effectivePeriod": period,
        "valueInteger": bat.score,
        "note": [{"text": _SCORE}],
        "component": parts,
    }


def _row(h: SessionHistory, one: RowMet) -> Part:
    parts = [
        _component("item", "What is met, in the patient's words", one.row.item),
        _component("level", "Level of the row, 0 to 10", one.row.level, "level"),
        _component("trials", "Trials that began while it was worked on", len(one.trials)),
        _component("met", "Distress met", one.met, "SUDS"),
    ]
    if one.row.feared:
        parts.append(_component("feared", "What is feared, in the patient's words", one.row.feared))
    return {
        "status": "preliminary" if h.ending == "open" else "final",
        "code": concept(
            f"{OURS}row", "predicted", "Distress predicted for a row of the hierarchy, 0 to 100"
        ),
        "effectiveDateTime": moment(h.header.opened, one.at_s),
        **value_of(one.row.distress, "SUDS"),
        "note": [{"text": f"{FORMULAS['predicted']} {FORMULAS['met']}"}],
        "component": parts,
    }


def _component(code: str, text: str, value: Cell, units: str = "") -> Part:
    part = {"code": concept(f"{OURS}approach-detail", code, text)}
    if value is None:
        return part | {"dataAbsentReason": absent("No rating of this stretch gives it.")}
    return part | value_of(value, units)
