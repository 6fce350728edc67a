from __future__ import annotations

from typing import get_args

import pytest

from controller.language import use
from controller.report.wording import ACTS, CAUSES, KINDS, LEADS_TO, PHASES, refusal, said
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
