"""What ships says where each figure comes from, and shows no text it may not show."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest
from pydantic import ValidationError
from shelf import BY_ID

from controller.protocol import reading as protocols
from controller.questionnaires.library import DATA, shipped
from controller.questionnaires.listing import availability, review
from controller.questionnaires.model import Questionnaire

EVERY = pytest.mark.parametrize("questionnaire", BY_ID.values(), ids=BY_ID)
WITH_TEXTS = {"fms": ("en", "fr"), "csq-vr": ("en",), "gad-7": ("en", "fr"), "phq-9": ("en", "fr")}
RANGES_OF_CLINICAL_PRACTICE = {
    "fms", "csq-vr", "ssq", "vrsq", "ipq", "vimssq-short", "gad-7", "phq-9", "fsq", "hiq", "prcs",
    "clq", "aq",
}  # fmt: skip


def test_the_instruments_of_the_clinic_are_there() -> None:
    assert set(BY_ID) >= RANGES_OF_CLINICAL_PRACTICE


def test_the_defaults_are_the_two_that_may_be_shipped_whole() -> None:
    assert {q.id for q in BY_ID.values() if q.default} == {"fms", "csq-vr"}


@EVERY
def test_a_file_is_named_as_its_questionnaire(questionnaire: Questionnaire) -> None:
    text = (DATA / f"{questionnaire.id}.toml").read_text("utf-8")
    assert text.startswith("# Not reviewed by a clinician.\n")
    assert tomllib.loads(text)["id"] == questionnaire.id


@EVERY
def test_texts_are_there_only_where_their_licence_allows_it(questionnaire: Questionnaire) -> None:
    assert questionnaire.languages == WITH_TEXTS.get(questionnaire.id, ())
    for item in questionnaire.items:
        assert (item.en is not None) == ("en" in questionnaire.languages)
        assert (item.fr is not None) == ("fr" in questionnaire.languages)
    anchors = [a for answer in questionnaire.answers for a in answer.anchors]
    if not questionnaire.languages:
        assert not anchors
        assert questionnaire.instructions.en is questionnaire.instructions.fr is None


@EVERY
def test_what_is_not_there_in_french_says_so(questionnaire: Questionnaire) -> None:
    there = "fr" in questionnaire.languages
    assert ("not available in French" in availability(questionnaire)) != there
    assert ("not available in French" in questionnaire.licence.en) != there
    assert ("non disponible en français" in questionnaire.licence.fr) != there


def test_what_is_shown_with_attribution_names_authors_and_licence() -> None:
    told = BY_ID["csq-vr"].attribution
    assert "Kourtesis" in told and "CC BY 4.0" in told and "unchanged" in told
    for name in ("gad-7", "phq-9"):
        assert "Spitzer" in BY_ID[name].attribution and "Pfizer" in BY_ID[name].attribution


def test_our_own_words_are_not_called_a_validated_translation() -> None:
    assert "our own words" in BY_ID["fms"].licence.en
    assert "neither the authors' text nor a validated translation" in BY_ID["fms"].licence.en


@EVERY
def test_nobody_has_reviewed_it_and_it_says_so(questionnaire: Questionnaire) -> None:
    assert questionnaire.reviewed is None
    assert review(questionnaire) == "not reviewed by a clinician"


@EVERY
def test_every_figure_names_its_source(questionnaire: Questionnaire) -> None:
    sourced = [
        *questionnaire.answers,
        *questionnaire.scoring.scales,
        *(band for scale in questionnaire.scoring.scales for band in scale.bands),
        *questionnaire.alerts,
        *questionnaire.thresholds,
    ]
    assert all(len(text) > 9 for part in sourced for text in (part.source.en, part.source.fr))
    assert questionnaire.scoring.missing_source
    assert len(questionnaire.citation) > 40


@EVERY
def test_it_is_known_when_it_is_given(questionnaire: Questionnaire) -> None:
    at_the_clinic = {"clinic"}
    if questionnaire.id in {"phq-9", "gad-7"}:
        assert set(questionnaire.used) == at_the_clinic
    if questionnaire.id in {"ssq", "vrsq", "csq-vr"}:
        assert {"baseline", "after"} <= set(questionnaire.used)
    assert ("in_session" in questionnaire.used) == (questionnaire.id == "fms")


@EVERY
def test_a_questionnaire_cannot_be_changed(questionnaire: Questionnaire) -> None:
    with pytest.raises(ValidationError):
        questionnaire.version = "0"


def test_nausea_loads_on_two_scales_of_the_ssq() -> None:
    holding = [s.id for s in BY_ID["ssq"].scoring.scales if "nausea" in s.items]
    assert holding == ["nausea", "disorientation"]


def test_no_questionnaire_has_thresholds_since_the_protocol_owns_them() -> None:
    assert [one.id for one in shipped() if one.thresholds] == []
    asked_by = protocols.shipped().protocol.sickness
    told = {t.id: (t.advice, t.at_least, t.rise, t.within_s) for t in asked_by.thresholds}
    assert told == {
        "caution": ("caution", Decimal(7), None, None),
        "recommend_stop": ("recommend_stop", Decimal(12), None, None),
        "rising": ("recommend_stop", None, Decimal(5), Decimal(120)),
        "stop": ("stop", Decimal(15), None, None),
    }


def test_the_items_that_are_reversed_are_those_published() -> None:
    def turned(name: str) -> list[str]:
        return [i for scale in BY_ID[name].scoring.scales for i in scale.reversed]

    assert turned("ipq") == ["sp2", "inv3", "real1"]
    assert len(turned("prcs")) == 15
    assert len(turned("prpsa")) == 12
    for name in set(BY_ID) - {"ipq", "prcs", "prpsa"}:
        assert turned(name) == []


def test_both_languages_of_an_item_are_different_texts() -> None:
    for name in ("gad-7", "phq-9"):
        for item in BY_ID[name].items:
            assert item.of("en") != item.of("fr")
    assert BY_ID["csq-vr"].items[0].of("fr") is None
