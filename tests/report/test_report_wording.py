from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, replace
from typing import get_args

import pytest
from answering import SICKNESS, entry
from course_of import session

from controller.language import listed, use
from controller.questionnaires.library import known
from controller.report.course_report import course_report
from controller.report.page import session_report
from controller.report.wording import ACTS, CAUSES, KINDS, LEADS_TO, PHASES, refusal, said
from controller.session.answered import answered
from controller.session.clinical import AdverseEvent
from controller.session.documents import RatingKind
from vr_runtime.engine import phases
from vr_runtime.wire.acts import Occurrence, Phase, TherapistAct
from vr_runtime.wire.refusals import Code

LEADING = {act for _before, act in phases.TABLE}


def kinds(union: object) -> list[str]:
    return [act.model_fields["kind"].default for act in get_args(union)]


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_its_word(phase: Phase) -> None:
    assert said(PHASES, phase) not in ("", phase.value)


@pytest.mark.parametrize("kind", get_args(RatingKind))
def test_every_kind_of_rating_has_its_word(kind: str) -> None:
    assert kind in KINDS


@pytest.mark.parametrize("kind", kinds(TherapistAct))
def test_every_act_of_the_therapist_has_its_word(kind: str) -> None:
    assert kind in ACTS


@pytest.mark.parametrize("kind", sorted((set(kinds(Occurrence)) & LEADING) - {"loaded"}))
def test_everything_that_changes_the_phase_by_itself_has_its_word(kind: str) -> None:
    assert kind in CAUSES


def test_where_the_scene_is_left_for_is_said_only_of_known_causes() -> None:
    assert set(LEADS_TO) <= set(CAUSES)
    assert set(LEADS_TO.values()) <= set(PHASES)


@pytest.mark.parametrize("code", list(Code))
def test_every_refusal_is_said_in_a_sentence(code: Code) -> None:
    assert refusal(code.value).endswith(".")


def test_a_code_nobody_knows_is_shown_as_it_is() -> None:
    assert refusal("from_a_newer_version") == "from_a_newer_version"
    assert said(ACTS, "from_a_newer_version") == "from_a_newer_version"


def strings(part: object) -> Iterator[str]:
    """Every text of a report."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for inside in part:
            yield from strings(inside)


def test_french_lists_have_a_space_before_each_semicolon_that_ends_no_line() -> None:
    use("fr")
    assert listed(["un", "", "deux"]) == "un\u00a0; deux"
    told = replace(session(9, simulated=True), ending="interrupted")
    # Two remarks on one rating: given on the dial, and corrected.
    ratings = tuple(replace(r, source="patient") for r in told.ratings)
    fell = AdverseEvent(
        type="fall",
        severity="mild",
        serious=False,
        related="no",
        description="x",
        outcome="recovered",
        follow_up="lundi",
    )
    told = replace(told, ratings=ratings, adverse=((90, fell),), notes=())
    answers = answered([entry("ssq", SICKNESS, seq=1, session="s-2026-0309")], known)
    for report in (
        session_report(told, None, "clinician", answers),
        course_report([told], 0, None, "clinician", answers),
    ):
        lists = [text for text in strings(astuple(report)) if ";" in text]
        assert [text for text in lists if re.search(r"(?<![\s\u00a0\u202f]);", text)] == []
        assert any("\u00a0; lundi" in text for text in lists)
