"""Owns how a file of answers becomes answers; knows no record and no screen.

A file is for programs and for what was answered on paper: one JSON object, a whole number or null
for each item by its id. An item that it leaves out was not answered.
"""

from __future__ import annotations

import json
from pathlib import Path

from controller.clinic_files.files import text_of
from controller.clinic_files.telling import NotUsable
from controller.language import _
from controller.questionnaires.model import Questionnaire
from controller.questionnaires.scoring import WrongAnswer, score

LARGEST = 1_000_000
"""Bytes."""


def answers_in(file: Path, questionnaire: Questionnaire) -> dict[str, int | None]:
    """The answer to each item of `questionnaire`, in its order.

    Raises:
        WrongAnswer: the file holds something else; says what in one sentence.
        OSError: it cannot be read.
    """
    try:
        text = text_of(file, LARGEST, _("This file is too large for answers."))
    except NotUsable as error:
        raise WrongAnswer(error.problems[0].text) from None
    try:
        given = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_once_each)
    except (ValueError, RecursionError) as error:
        if isinstance(error, WrongAnswer):
            raise
        text = _('{file} is not JSON such as {{"item": 2, "other": null}}.')
        raise WrongAnswer(text.format(file=file.name)) from None
    if not isinstance(given, dict):
        text = _('{file} is not JSON such as {{"item": 2, "other": null}}.')
        raise WrongAnswer(text.format(file=file.name))
    score(questionnaire, given)
    return {item.id: given.get(item.id) for item in questionnaire.items}


def require_some(answers: dict[str, int | None]) -> None:
    """Raise `WrongAnswer` where not one item was answered: that is no questionnaire answered."""
    if all(value is None for value in answers.values()):
        raise WrongAnswer(_("No item was answered; nothing was saved."))


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _value in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise WrongAnswer(_("{item} is answered twice in this file.").format(item=twice))
    return dict(pairs)
