"""Owns how scores are said, for people and for programs; prints nothing and gives no advice.

Every score comes with the range of its scale and the source of its formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from controller.language import _, language, listed, mark
from controller.questionnaires.scoring import Answers, Change, Score, Scores

WHEN: Mapping[str, str] = {
    "baseline": mark("before the exposure"),
    "in_session": mark("in the session"),
    "after": mark("right after the exposure"),
    "clinic": mark("at the clinic"),
}
NO_ADVICE = mark("Scores are no diagnosis and no advice.")
CHANGE = mark("Change: this score − the score before it of the same instrument and version.")


def figure(exact: Fraction | Decimal | int) -> str:
    """A score, with two decimals at most and the decimal mark of the language."""
    whole = Fraction(exact)
    rounded = (Decimal(whole.numerator) / Decimal(whole.denominator)).quantize(
        Decimal("0.01"), ROUND_HALF_UP
    )
    text = f"{rounded if rounded else abs(rounded):f}".rstrip("0").rstrip(".").replace("-", "−")
    return text.replace(".", ",") if language() == "fr" else text


def signed(change: Change) -> str:
    """A change with its sign; empty where it cannot be had."""
    if change.before.exact is None or change.after.exact is None:
        return ""
    exact = change.after.exact - change.before.exact
    return f"+{figure(exact)}" if exact > 0 else figure(exact)


def span(score: Score) -> str:
    """From the lowest to the highest score of the scale."""
    text = _("{lowest} to {highest}")
    return text.format(lowest=figure(score.scale.lowest), highest=figure(score.scale.highest))


def lines(scores: Scores, changes: Sequence[Change] = ()) -> list[str]:
    """One line for each score, its change where there is one, and where its formula is from."""
    by_scale = {one.after.scale.id: one for one in changes}
    told = []
    for score in scores.scores:
        title = score.scale.title.of(language())
        if score.exact is None:
            told.append(_("{scale}: {why}").format(scale=title, why=score.why))
        else:
            text = _("{scale}: {score} ({range})")
            line = text.format(scale=title, score=figure(score.exact), range=span(score))
            if score.band is not None:
                line += f", {score.band.of(language())}"
            since = signed(by_scale[score.scale.id]) if score.scale.id in by_scale else ""
            if since:
                line = listed((line, _("change {change}").format(change=since)))
            told.append(line)
        told.append("  " + _("formula: {source}").format(source=score.scale.source.of(language())))
    return told


def alerts(scores: Scores, answers: Answers) -> list[str]:
    """Which item reached what its therapist must see at once, and how it was answered."""
    text = _("item {item} answered with {answer}")
    return [text.format(item=one.item, answer=answers[one.item]) for one in scores.alerts]


def rows(scores: Scores, changes: Sequence[Change] = ()) -> list[dict[str, Any]]:
    """The same for `--json`; figures that cannot be had are null and say why."""
    by_scale = {one.after.scale.id: one.value for one in changes}
    return [
        {
            "scale": score.scale.id,
            "title": score.scale.title.model_dump(),
            "score": score.value,
            "lowest": float(score.scale.lowest),
            "highest": float(score.scale.highest),
            "band": None
            if score.band is None
            else {"en": score.band.en, "fr": score.band.fr, "source": score.band.source.en},
            "change": by_scale.get(score.scale.id),
            "why": score.why,
            "source": score.scale.source.en,
        }
        for score in scores.scores
    ]
