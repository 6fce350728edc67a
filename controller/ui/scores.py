"""Owns which scores of a session a screen compares: the last before with the last after.

A change is there only where both are; a missing one is missing. It scores by the declared scoring
alone and keeps nothing.
"""

from __future__ import annotations

from controller.language import _
from controller.questionnaires import telling
from controller.questionnaires.library import known
from controller.questionnaires.model import Questionnaire, Used
from controller.questionnaires.scoring import Change, Scores, WrongAnswer, change, score
from controller.session.now import Now


def last(now: Now, of: str, version: str, when: Used) -> Scores | None:
    """The scores of what was answered last then in this session; None where there is nothing."""
    found = [
        said
        for said in now.forms
        if (said.questionnaire, said.version, said.when) == (of, version, when)
    ]
    questionnaire = known(of, version)
    if not found or questionnaire is None:
        return None
    try:
        return score(questionnaire, dict(found[-1].answers))
    except WrongAnswer:
        return None


def changes(now: Now, of: Questionnaire, when: Used, scores: Scores) -> tuple[Change, ...]:
    """Each scale's change from before the exposure to these `scores`, given `when`."""
    before = last(now, of.id, of.version, "baseline")
    return () if when != "after" or before is None else change(before, scores)


def around(now: Now, of: Questionnaire) -> tuple[Scores | None, Scores | None, tuple[Change, ...]]:
    """Before, after, and the change between them, empty unless both are there."""
    before = last(now, of.id, of.version, "baseline")
    after = last(now, of.id, of.version, "after")
    return before, after, () if before is None or after is None else change(before, after)


def told_change(now: Now) -> list[str]:
    """Each questionnaire answered after the exposure: its last scale, and its change."""
    told = []
    ids = dict.fromkeys(
        (one.questionnaire, one.version) for one in now.forms if one.when == "after"
    )
    for name, version in ids:
        of = known(name, version)
        if of is None:
            continue
        _before, after, found = around(now, of)
        exact = None if after is None else after.scores[-1].exact
        figure = "–" if exact is None else telling.figure(exact)
        since = telling.signed(found[-1]) if found else ""
        line = f"{name} {figure}"
        told.append(_("{score} (change {change})").format(score=line, change=since or "–"))
    return told
