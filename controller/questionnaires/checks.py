"""Owns what a questionnaire must hold beyond its shape; knows no file.

Each fault names the key it is about, as a path, and says in one sentence what to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from controller.clinic_files import reviewed
from controller.clinic_files.telling import Fault, twice
from controller.language import _
from controller.questionnaires.model import AnswerRange, Band, Questionnaire, Scale
from controller.questionnaires.ranges import Reach, reach
from scenarios.api.positions import Path


def faults(of: Questionnaire, today: date | None = None) -> tuple[Fault, ...]:
    """All faults, in the order of the model; where names are wrong, figures are not judged.

    `today` where a review may not be ahead of it.
    """
    names = [
        *reviewed.faults(of.reviewed, today),
        *_answers(of),
        *_items(of),
        *_names_of_scales(of),
    ]
    if names:
        return tuple(names)
    return (*_figures_of_scales(of), *_missing(of), *_alerts(of), *thresholds(of))


def _unknown(path: Path, name: str) -> Fault:
    text = _("{name} is not named in this file; check its spelling.")
    return Fault(path, text.format(name=name))


def _answers(of: Questionnaire) -> Iterator[Fault]:
    yield from twice(("answers",), [a.id for a in of.answers])
    for index, answer in enumerate(of.answers):
        here: Path = ("answers", index)
        if answer.lowest >= answer.highest:
            yield Fault((*here, "highest"), _("highest must be more than lowest."))
            continue
        values = [str(a.value) for a in answer.anchors]
        yield from twice((*here, "anchors"), values)
        for number, anchor in enumerate(answer.anchors):
            if not answer.lowest <= anchor.value <= answer.highest:
                text = _("{value} is not between {lowest} and {highest}.")
                told = text.format(value=anchor.value, lowest=answer.lowest, highest=answer.highest)
                yield Fault((*here, "anchors", number, "value"), told)


def _items(of: Questionnaire) -> Iterator[Fault]:
    yield from twice(("items",), [i.id for i in of.items])
    yield from twice(("languages",), list(of.languages))
    known = {a.id for a in of.answers}
    for index, item in enumerate(of.items):
        here: Path = ("items", index)
        if item.answer is not None and item.answer not in known:
            yield _unknown((*here, "answer"), item.answer)
        elif item.answer is None and len(of.answers) > 1:
            text = _("Say by answer = ... which of the ranges of answers {item} has.")
            yield Fault(here, text.format(item=item.id))
        for language, there in (("en", item.en), ("fr", item.fr)):
            if language in of.languages and there is None:
                text = _("{item} has no text in {language}, which languages names.")
                yield Fault(here, text.format(item=item.id, language=language))
            elif language not in of.languages and there is not None:
                text = _("{item} has a text in {language}, which languages does not name.")
                yield Fault((*here, language), text.format(item=item.id, language=language))


def _names_of_scales(of: Questionnaire) -> Iterator[Fault]:
    scales = of.scoring.scales
    yield from twice(("scoring", "scales"), [s.id for s in scales])
    items = {i.id for i in of.items}
    for index, scale in enumerate(scales):
        here: Path = ("scoring", "scales", index)
        before = {s.id for s in scales[:index]}
        if bool(scale.items) == bool(scale.scales):
            yield Fault(here, _("A scale is made of items or of scales: give one of the two."))
        yield from twice((*here, "items"), scale.items)
        yield from twice((*here, "scales"), scale.scales)
        yield from twice((*here, "reversed"), scale.reversed)
        for number, name in enumerate(scale.items):
            if name not in items:
                yield _unknown((*here, "items", number), name)
        for number, name in enumerate(scale.scales):
            if name not in before:
                text = _("{name} is no scale that is named before this one.")
                yield Fault((*here, "scales", number), text.format(name=name))
        for number, name in enumerate(scale.reversed):
            if name not in scale.items:
                text = _("{name} is reversed, but not among the items of this scale.")
                yield Fault((*here, "reversed", number), text.format(name=name))
        yield from _method(here, scale)


def _method(here: Path, scale: Scale) -> Iterator[Fault]:
    if (scale.method == "count") != (scale.counted_from is not None):
        yield Fault(here, _("counted_from belongs to the method count, and to it alone."))
    elif scale.method == "count" and scale.scales:
        yield Fault((*here, "method"), _("Only items can be counted."))
    for key in ("multiplier", "divisor"):
        if getattr(scale, key) <= 0:
            yield Fault((*here, key), _("{key} must be more than 0.").format(key=key))


def _figures_of_scales(of: Questionnaire) -> Iterator[Fault]:
    items = {i.id: of.range_of(i) for i in of.items}
    known: dict[str, Reach] = {}
    for index, scale in enumerate(of.scoring.scales):
        here: Path = ("scoring", "scales", index)
        known[scale.id] = reach(scale, items, known)
        score = known[scale.id].score
        for key, there, right in (
            ("lowest", scale.lowest, score.lowest),
            ("highest", scale.highest, score.highest),
        ):
            if Fraction(there) != right:
                text = _("{key} is {there}, but the items give {right}; one of them is wrong.")
                told = text.format(key=key, there=there, right=_shown(right))
                yield Fault((*here, key), told)
        if scale.counted_from is not None:
            yield from _countable(here, scale, [items[i] for i in scale.items])
        yield from _bands(here, scale, scale.bands)


def _shown(exact: Fraction) -> str:
    return f"{float(exact):.10g}"


def _countable(here: Path, scale: Scale, ranges: Sequence[AnswerRange]) -> Iterator[Fault]:
    if any(not r.lowest <= (scale.counted_from or 0) <= r.highest for r in ranges):
        yield Fault((*here, "counted_from"), _("This is no answer that all items have."))


def _bands(here: Path, scale: Scale, bands: Sequence[Band]) -> Iterator[Fault]:
    for index, band in enumerate(bands):
        if not scale.lowest <= band.at_least <= scale.highest:
            text = _("{value} is not between {lowest} and {highest}.")
            told = text.format(value=band.at_least, lowest=scale.lowest, highest=scale.highest)
            yield Fault((*here, "bands", index, "at_least"), told)
        elif index and band.at_least <= bands[index - 1].at_least:
            text = _("Name the bands from the lowest to the highest.")
            yield Fault((*here, "bands", index, "at_least"), text)


def _missing(of: Questionnaire) -> Iterator[Fault]:
    share = of.scoring.least_answered
    if (of.scoring.missing == "mean_of_answered") != (share is not None):
        text = _("least_answered belongs to missing = mean_of_answered, and to it alone.")
        yield Fault(("scoring", "missing"), text)
    elif share is not None and not 0 < share <= 1:
        yield Fault(("scoring", "least_answered"), _("This is a share: more than 0, at most 1."))


def _alerts(of: Questionnaire) -> Iterator[Fault]:
    for index, alert in enumerate(of.alerts):
        item = of.item(alert.item)
        if item is None:
            yield _unknown(("alerts", index, "item"), alert.item)
        elif not of.range_of(item).lowest <= alert.at_least <= of.range_of(item).highest:
            text = _("{item} cannot be answered with {value}.")
            told = text.format(item=item.id, value=alert.at_least)
            yield Fault(("alerts", index, "at_least"), told)


def thresholds(of: Questionnaire) -> Iterator[Fault]:
    """What is wrong with the thresholds of a questionnaire."""
    yield from twice(("thresholds",), [t.id for t in of.thresholds])
    for index, threshold in enumerate(of.thresholds):
        here: Path = ("thresholds", index)
        scale = of.scale(threshold.scale)
        if scale is None:
            yield _unknown((*here, "scale"), threshold.scale)
            continue
        rises = threshold.rise is not None and threshold.within_s is not None
        some = threshold.rise is not None or threshold.within_s is not None
        if (threshold.at_least is None) != rises or rises != some:
            yield Fault(here, _("Give at_least, or rise and within_s together."))
            continue
        for key in ("rise", "within_s"):
            if rises and getattr(threshold, key) <= 0:
                yield Fault((*here, key), _("{key} must be more than 0.").format(key=key))
        height = threshold.at_least
        if height is not None and not scale.lowest <= height <= scale.highest:
            text = _("{value} is not between {lowest} and {highest}.")
            told = text.format(value=height, lowest=scale.lowest, highest=scale.highest)
            yield Fault((*here, "at_least"), told)
