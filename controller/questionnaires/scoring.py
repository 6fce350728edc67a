"""Owns how answers become scores, and how two times are compared; knows no file and no screen.

Pure functions. An answer that is missing is never filled in: a score that cannot be had is None
and says why. Sums are exact fractions, so that the highest score is the declared one to the last
digit; they become floating figures only where they are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from controller.language import _
from controller.questionnaires.model import Alert, Band, Item, Questionnaire, Scale

Answers = Mapping[str, int | None]
"""Answer of each item by its id; None, or nothing, for one that was not answered."""


class WrongAnswer(ValueError):
    """An answer that this questionnaire does not have; the message says which in one sentence."""


class NotComparable(ValueError):
    """Scores of two instruments or of two versions; the message says so in one sentence."""


@dataclass(frozen=True)
class Score:
    """One scale."""

    scale: Scale
    exact: Fraction | None
    """None where it cannot be had."""
    raw: Fraction | None
    """Before multiplier and divisor."""
    lacking: tuple[str, ...]
    """Items without an answer that this scale is made of."""

    @property
    def value(self) -> float | None:
        """The score, within the range that the scale declares; None where it cannot be had."""
        return None if self.exact is None else float(self.exact)

    @property
    def why(self) -> str:
        """Why there is no score, in one sentence; empty where there is one."""
        if self.exact is not None:
            return ""
        text = _("No score: {items} without an answer.")
        return text.format(items=", ".join(self.lacking))

    @property
    def band(self) -> Band | None:
        """The named range in which the score lies, if there is one."""
        if self.exact is None:
            return None
        reached = [b for b in self.scale.bands if Fraction(b.at_least) <= self.exact]
        return reached[-1] if reached else None


@dataclass(frozen=True)
class Scores:
    """All scores of one questionnaire answered once."""

    questionnaire: str
    version: str
    scores: tuple[Score, ...]
    """In the order of the scales."""
    alerts: tuple[Alert, ...]
    """To be shown to the therapist at once, also where scores cannot be had."""
    missing: tuple[str, ...]
    """Items without an answer."""

    def of(self, scale: str) -> Score:
        """The score of the scale with this id.

        Raises:
            KeyError: there is no such scale.
        """
        for score in self.scores:
            if score.scale.id == scale:
                return score
        raise KeyError(scale)


@dataclass(frozen=True)
class Change:
    """One scale at two times."""

    before: Score
    after: Score

    @property
    def value(self) -> float | None:
        """after - before, in points of the scale; None where either cannot be had."""
        if self.before.exact is None or self.after.exact is None:
            return None
        return float(self.after.exact - self.before.exact)

    @property
    def why(self) -> str:
        """Why there is no change, in one sentence; empty where there is one."""
        return self.before.why or self.after.why


def score(questionnaire: Questionnaire, answers: Answers) -> Scores:
    """All scores, by the declared scoring.

    Raises:
        WrongAnswer: an item that is not there, or an answer outside its range.
    """
    given = _checked(questionnaire, answers)
    done: dict[str, Score] = {}
    for scale in questionnaire.scoring.scales:
        done[scale.id] = (
            _of_scales(scale, [done[name] for name in scale.scales])
            if scale.scales
            else _of_items(questionnaire, scale, given)
        )
    return Scores(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        scores=tuple(done.values()),
        alerts=tuple(
            alert
            for alert in questionnaire.alerts
            if alert.item in given and given[alert.item] >= alert.at_least
        ),
        missing=tuple(i.id for i in questionnaire.items if i.id not in given),
    )


def change(before: Scores, after: Scores) -> tuple[Change, ...]:
    """Each scale's change from `before` to `after`.

    Raises:
        NotComparable: they are not of one instrument in one version.
    """
    if (before.questionnaire, before.version) != (after.questionnaire, after.version):
        text = _("{one} and {other} are not compared: they are not one version of one instrument.")
        one = f"{before.questionnaire} {before.version}"
        other = f"{after.questionnaire} {after.version}"
        raise NotComparable(text.format(one=one, other=other))
    return tuple(Change(b, after.of(b.scale.id)) for b in before.scores)


def _checked(questionnaire: Questionnaire, answers: Answers) -> dict[str, int]:
    given = {}
    for name, answer in answers.items():
        item = questionnaire.item(name)
        if item is None:
            text = _("{questionnaire} has no item {item}.")
            raise WrongAnswer(text.format(questionnaire=questionnaire.id, item=name))
        if answer is not None:
            given[name] = _within(questionnaire, item, answer)
    return given


def _within(questionnaire: Questionnaire, item: Item, answer: object) -> int:
    span = questionnaire.range_of(item)
    whole = isinstance(answer, int) and not isinstance(answer, bool)
    if not whole or not span.lowest <= answer <= span.highest:  # type: ignore[operator]
        text = _(
            "{item} of {questionnaire} is answered with a whole number, {lowest} to {highest}."
        )
        raise WrongAnswer(
            text.format(
                item=item.id,
                questionnaire=questionnaire.id,
                lowest=span.lowest,
                highest=span.highest,
            )
        )
    return int(answer)  # type: ignore[call-overload,no-any-return]


def _of_items(questionnaire: Questionnaire, scale: Scale, given: Mapping[str, int]) -> Score:
    lacking = tuple(name for name in scale.items if name not in given)
    if lacking and not _enough(questionnaire, scale, lacking):
        return Score(scale, None, None, lacking)
    values = []
    for name in scale.items:
        item = questionnaire.item(name)
        if name in given and item is not None:
            span = questionnaire.range_of(item)
            turned = span.lowest + span.highest - given[name]
            values.append(turned if name in scale.reversed else given[name])
    if scale.counted_from is not None:
        values = [int(value >= scale.counted_from) for value in values]
    raw = _together(scale, [Fraction(value) for value in values])
    return Score(scale, raw * scale.factor, raw, lacking)


def _enough(questionnaire: Questionnaire, scale: Scale, lacking: Sequence[str]) -> bool:
    """Whether a mean may be taken of what was answered."""
    least = questionnaire.scoring.least_answered
    if least is None or scale.method != "mean":
        return False
    answered = len(scale.items) - len(lacking)
    return answered > 0 and Fraction(answered, len(scale.items)) >= Fraction(least)


def _of_scales(scale: Scale, parts: Sequence[Score]) -> Score:
    values = [p.raw if scale.taken == "raw" else p.exact for p in parts]
    known = [v for v in values if v is not None]
    lacking = tuple(dict.fromkeys(name for p in parts for name in p.lacking))
    if len(known) < len(values):
        without = dict.fromkeys(n for p in parts if p.exact is None for n in p.lacking)
        return Score(scale, None, None, tuple(without))
    raw = _together(scale, known)
    return Score(scale, raw * scale.factor, raw, lacking)


def _together(scale: Scale, values: Sequence[Fraction]) -> Fraction:
    total = sum(values, Fraction(0))
    return total / len(values) if scale.method == "mean" else total
