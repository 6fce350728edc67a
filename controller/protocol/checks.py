"""Owns which limits a clinic's protocol keeps: it may be stricter than the engine, never laxer.

It knows no file. Each fault names the key it is about, and says in one sentence what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from controller.clinic_files import reviewed
from controller.clinic_files.telling import Fault, twice
from controller.language import _
from controller.protocol.model import AppliedTension, Protocol, Sickness, SoftRule
from controller.protocol.sickness import asked
from controller.questionnaires import checks
from scenarios.api.positions import Path

PATIENTS_STOP = "patient-stop"
"""The sign that no protocol may leave out."""

LIMITS: dict[tuple[str, str], tuple[int, int]] = {
    ("prompts", "every_s"): (30, 1800),
    ("prompts", "window_s"): (10, 600),
    ("grace", "seconds"): (0, 30),
    ("session", "limit_min"): (5, 180),
    ("session", "break_every_min"): (5, 60),
    ("session", "break_min"): (1, 120),
    ("session", "countdown_s"): (0, 10),
    ("figures", "peak_floor"): (0, 100),
    ("figures", "longest_between"): (1, 10),
    ("recovery", "above_baseline"): (0, 50),
    ("recovery", "time_out_min"): (1, 60),
    ("applied_tension", "times"): (1, 20),
}
"""Lowest and highest of each figure that stands alone."""

LONGEST_READY = 60
"""Characters of words that are ready to be chosen."""


def faults(of: Protocol, today: date | None = None) -> tuple[Fault, ...]:
    """All faults, in the order of the model; `today` where a review may not be ahead of it."""
    return (
        *reviewed.faults(of.reviewed, today),
        *_limits(of),
        *_prompts(of),
        *_sickness(of.sickness),
        *_stops(of),
        *_tension(of.applied_tension),
        *_bedside(of),
        *twice(("screening", "items"), [i.id for i in of.screening.items]),
        *twice(("after", "items"), [i.id for i in of.after.items]),
    )


def _between(path: Path, value: Decimal | int, lowest: int, highest: int) -> Iterator[Fault]:
    if not lowest <= value <= highest:
        text = _("{key} is {value}; it lies between {lowest} and {highest}.")
        key = next(part for part in reversed(path) if isinstance(part, str))
        told = text.format(key=key, value=value, lowest=lowest, highest=highest)
        yield Fault(path, told)


def _limits(of: Protocol) -> Iterator[Fault]:
    for (table, key), (lowest, highest) in LIMITS.items():
        yield from _between((table, key), getattr(getattr(of, table), key), lowest, highest)


def _prompts(of: Protocol) -> Iterator[Fault]:
    if of.prompts.mode == "interval" and of.prompts.window_s > of.prompts.every_s:
        text = _("The window is longer than the time from one rating to the next; shorten it.")
        yield Fault(("prompts", "window_s"), text)


def _sickness(of: Sickness) -> Iterator[Fault]:
    questionnaire = asked(of)
    if questionnaire is None:
        text = _("{name} is no questionnaire that ships with Palier.")
        yield Fault(("sickness", "questionnaire"), text.format(name=of.questionnaire))
        return
    if questionnaire.scale(of.scale) is None:
        text = _("{name} is no scale of this questionnaire.")
        yield Fault(("sickness", "scale"), text.format(name=of.scale))
        return
    for fault in checks.thresholds(questionnaire):
        yield Fault(("sickness", *fault.path), fault.text)
    high = [(t.advice, t.at_least) for t in of.thresholds if t.at_least is not None]
    heights = [
        (advice, [height for of_advice, height in high if of_advice == advice])
        for advice in ("caution", "recommend_stop", "stop")
    ]
    if not heights[-1][1]:
        text = _('Give one threshold with advice = "stop" and at_least.')
        yield Fault(("sickness", "thresholds"), text)
    known = [(advice, values) for advice, values in heights if values]
    for (_lower, before), (advice, after) in pairwise(known):
        if min(after) <= max(before):
            index = next(
                n
                for n, t in enumerate(of.thresholds)
                if t.advice == advice and t.at_least == min(after)
            )
            text = _("{advice} must come at a higher figure than what is milder.")
            path: Path = ("sickness", "thresholds", index, "at_least")
            yield Fault(path, text.format(advice=advice))


def _stops(of: Protocol) -> Iterator[Fault]:
    yield from twice(("stop", "signs"), [s.id for s in of.stop.signs])
    if all(sign.id != PATIENTS_STOP for sign in of.stop.signs):
        text = _('The patient\'s own stop always counts: keep the sign with id = "{name}".')
        yield Fault(("stop", "signs"), text.format(name=PATIENTS_STOP))
    yield from twice(("soft_stop", "rules"), [r.id for r in of.soft_stop.rules])
    for index, rule in enumerate(of.soft_stop.rules):
        yield from _soft(("soft_stop", "rules", index), rule)


def _soft(here: Path, rule: SoftRule) -> Iterator[Fault]:
    if rule.distress_at_least is not None:
        yield from _between((*here, "distress_at_least"), rule.distress_at_least, 0, 100)
    if rule.for_min is not None:
        yield from _between((*here, "for_min"), rule.for_min, 1, 60)
        if rule.distress_at_least is None:
            text = _("for_min belongs to distress_at_least; give both.")
            yield Fault((*here, "for_min"), text)


def _bedside(of: Protocol) -> Iterator[Fault]:
    for index, said in enumerate(of.bedside.remarks):
        if max(len(said.en), len(said.fr)) > LONGEST_READY:
            text = _("A ready remark has at most {most} characters.")
            yield Fault(("bedside", "remarks", index), text.format(most=LONGEST_READY))
    for index, said in enumerate(of.bedside.safety_behaviours):
        if max(len(said.en), len(said.fr)) > LONGEST_READY:
            text = _("A safety behaviour has at most {most} characters.")
            yield Fault(("bedside", "safety_behaviours", index), text.format(most=LONGEST_READY))


def _tension(of: AppliedTension) -> Iterator[Fault]:
    for key, least, most in (("tense", 5, 30), ("release", 10, 120)):
        span = getattr(of, key)
        here: Path = ("applied_tension", key)
        yield from _between((*here, "shortest_s"), span.shortest_s, least, most)
        yield from _between((*here, "longest_s"), span.longest_s, least, most)
        if span.shortest_s > span.longest_s:
            text = _("shortest_s is more than longest_s; one of them is wrong.")
            yield Fault((*here, "shortest_s"), text)
    if of.breath_holding:
        text = _("Holding the breath is never asked for; write breath_holding = false.")
        yield Fault(("applied_tension", "breath_holding"), text)
