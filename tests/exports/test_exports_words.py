"""Every code that a program can meet in an export is explained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

import pytest

from controller.exports import words
from controller.session import clinical, documents
from controller.session.history import Ending
from vr_runtime.engine.ports import Display
from vr_runtime.wire.acts import Phase


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (words.PHASES, {phase.value for phase in Phase}),
        (words.RATINGS, set(get_args(documents.RatingKind))),
        (words.SCALES, set(get_args(documents.Scale))),
        (words.SOURCES, set(get_args(documents.Source))),
        (words.PROMPTS, set(get_args(documents.PromptMode))),
        (words.ENDINGS, set(get_args(Ending))),
        (words.DISPLAYS, set(get_args(get_type_hints(Display)["kind"]))),
        (words.ADVERSE, set(get_args(clinical.AdverseType))),
        (words.SEVERITIES, set(get_args(clinical.Severity))),
        (words.RELATED, set(get_args(clinical.Related))),
        (words.OUTCOMES, set(get_args(clinical.OutcomeOf))),
        (words.ABOUT, set(get_args(clinical.About))),
    ],
)
def test_every_code_has_its_words_and_no_words_are_left_over(
    told: Mapping[str, str], codes: set[Any]
) -> None:
    assert set(told) == codes
