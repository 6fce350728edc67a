"""The sheet of paper: one page, all that is needed to lead by hand, nothing of anybody."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from io import BytesIO

import pytest
from papers import texts
from pypdf import PdfReader
from recording import balcony

from controller.language import use
from controller.protocol.reading import shipped
from controller.purpose import PURPOSE
from controller.report.document import Section
from controller.report.markup import html
from controller.report.paper import sheet
from controller.report.pdf import pdf
from scenarios.api.manifest import Words


def wordy(letters: int) -> object:
    """The balcony with sentences of this length."""
    text = ("un pas de plus vers le bord, " * 20)[:letters]
    levels = tuple(Words(fr=text, en=text) for _level in range(11))
    return balcony().model_copy(update={"levels": levels})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("scenario", [None, balcony(), wordy(200)], ids=["plain", "levels", "long"])
def test_the_sheet_is_one_page(scenario: object, language: str) -> None:
    use("fr" if language == "fr" else "en")
    assert len(PdfReader(BytesIO(pdf(sheet(scenario)))).pages) == 1


def test_it_has_room_for_time_level_distress_and_notes() -> None:
    use("en")
    (log,) = (b for b in sheet(None).blocks if isinstance(b, Section))
    assert [c.title for c in log.columns] == ["Clock", "Level 0–10", "SUDS 0–100", "Notes"]
    assert sum(c.share or 0 for c in log.columns) == pytest.approx(1)
    assert all(cell == "" for row in log.rows for cell in row.cells)


def test_it_asks_when_the_clinics_protocol_does_and_bears_its_signs() -> None:
    use("en")
    own = shipped()
    prompts = own.protocol.prompts.model_copy(update={"every_s": 300})
    sign = own.protocol.stop.signs[0].model_copy(update={"en": "The patient raises a hand."})
    stop = own.protocol.stop.model_copy(update={"signs": (sign,)})
    changed = own.protocol.model_copy(update={"prompts": prompts, "stop": stop, "id": "clinic-x"})
    (told,) = texts(sheet(None, replace(own, protocol=changed)))
    assert "every 5 min 00 s" in told and "The patient raises a hand." in told
    assert "clinic-x" in told and "not reviewed by a clinician" in told
    assert "every 2 min" not in told


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_says_when_to_stop_whom_to_call_and_how_to_rate(language: str) -> None:
    use("fr" if language == "fr" else "en")
    (told,) = texts(sheet(None))
    for words in {
        "en": ("Stop", "At once", "The sign agreed on", "Emergency number", "0 none", "a dash"),
        "fr": ("Arrêt", "Tout de suite", "Le signe convenu", "Numéro d'urgence", "0 aucune"),
    }[language]:
        assert words in told


def test_the_levels_of_the_scenario_are_on_it() -> None:
    use("fr")
    (told,) = texts(sheet(balcony()))
    assert "heights.balcony 1.2.0" in told
    for level, words in enumerate(balcony().levels):
        assert f"{level} {words.fr}" in told


def test_the_page_for_a_browser_says_the_same() -> None:
    use("en")
    told = html(sheet(balcony()))
    assert PURPOSE in told
    assert "://" not in told and "<script" not in told
    assert told.count('<tr style="height:') >= 7


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_body_names_the_protocol_and_that_nobody_reviewed_it(language: str) -> None:
    use("fr" if language == "fr" else "en")
    report = sheet(None)
    protocol = shipped().protocol
    body = unescape(html(report).partition("<body")[2])
    assert body.count(report.below) == 1
    assert f"{protocol.id} {protocol.version}" in body
    assert {"fr": "non relu", "en": "not reviewed"}[language] in body


def test_an_empty_sheet_claims_no_figures_and_no_day() -> None:
    use("en")
    report = sheet(None)
    assert (report.date, report.who, report.facts, report.figures) == ("", "", (), ())
    assert pdf(report) == pdf(sheet(None))
