"""Adverse events and feared outcomes are noted after a session, and told wherever it is told."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from store_samples import TestClock, write_small

from controller.cli import main
from controller.language import Language, use
from controller.report.clinical_tables import in_words
from controller.session.clinical import AdverseEvent, Expectancy
from controller.store.reader import Reader
from controller.store.verify import verify

Say = Callable[..., int]
ADVERSE = ("--type", "panic", "--severity", "moderate", "--text", "Heron was short of breath")
FEARED = ("--feared", "Heron will jump", "--about", "own_reaction")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    write_small(tmp_path / "x.db", TestClock())
    yield tmp_path / "x.db"
    use("en")


@pytest.fixture
def say(db: Path) -> Say:
    def said(*words: str) -> int:
        return main([*words, "--db", str(db)])

    return said


@pytest.fixture
def told(say: Say) -> Say:
    """A session with one of each."""
    more = ("--serious", "--related", "yes", "--outcome", "recovered", "--at", "0:25")
    assert say("sessions", "adverse", "s-1", *ADVERSE, *more) == 0
    before = ("--before", "80", "--came", "no", "--after", "30", "--surprise", "60")
    assert say("sessions", "expectancy", "s-1", *FEARED, *before) == 0
    return say


def test_both_stand_in_the_record_which_stays_whole(told: Say, db: Path) -> None:
    adverse, feared = Reader.open(db).entries("s-1")[-2:]
    assert (adverse.data.type, adverse.data.serious, adverse.data.at_s) == ("panic", True, 25.0)
    assert (feared.data.likelihood_before, feared.data.occurred) == (80, False)
    assert verify(db).ok


def test_the_report_tells_both_with_the_formulas(told: Say, tmp_path: Path) -> None:
    assert told("report", "s-1", "--out", str(tmp_path / "r.html")) == 0
    page = (tmp_path / "r.html").read_text()
    for text in ("panic, moderate, serious", "Heron was short of breath", "Heron will jump"):
        assert text in page
    assert "Violation: likelihood before" in page and "Change: likelihood before" in page


def test_an_adverse_event_is_told_with_where_it_befell_and_who_wrote_it(
    told: Say, tmp_path: Path
) -> None:
    assert told("report", "s-1", "--out", str(tmp_path / "r.html")) == 0
    page = (tmp_path / "r.html").read_text()
    assert "In the session" in page and "Written by" in page


def test_without_any_a_clinicians_report_has_no_empty_table(say: Say, tmp_path: Path) -> None:
    assert say("report", "s-1", "--out", str(tmp_path / "r.html")) == 0
    page = (tmp_path / "r.html").read_text()
    assert "Adverse events" not in page and "What was feared" not in page


def test_supervision_reads_them_without_the_pseudonym(told: Say, tmp_path: Path) -> None:
    out = tmp_path / "s.html"
    assert told("report", "s-1", "--for", "supervision", "--out", str(out)) == 0
    page = out.read_text()
    assert "was short of breath" in page and "will jump" in page
    assert "Heron" not in page


def test_exports_hold_them_and_research_leaves_the_words_out(told: Say, tmp_path: Path) -> None:
    assert told("export", "s-1", "--format", "csv", "--out", str(tmp_path / "csv")) == 0
    text = (tmp_path / "csv" / "expectancies.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    assert (row["violation"], row["belief_change"]) == ("80", "50")
    research = ("--format", "research", "--yes", "--out", str(tmp_path / "research"))
    assert told("export", "s-1", *research) == 0
    texts = [path.read_text() for path in (tmp_path / "research").glob("*.csv")]
    assert not any("short of breath" in text or "will jump" in text for text in texts)
    assert any("panic" in text for text in texts)


def test_fhir_holds_the_adverse_event_as_it_was_stated(told: Say, tmp_path: Path) -> None:
    assert told("export", "s-1", "--format", "fhir", "--out", str(tmp_path / "fhir")) == 0
    bundle = json.loads((tmp_path / "fhir" / "bundle.json").read_text())
    Bundle.model_validate(bundle)
    found = [e["resource"] for e in bundle["entry"] if "severity" in e["resource"]]
    (event,) = [one for one in found if one["resourceType"] == "AdverseEvent"]
    assert event["severity"]["coding"][0]["code"] == "moderate"
    assert event["seriousness"]["coding"][0]["code"] == "Serious"
    assert event["outcome"]["coding"][0]["code"] == "resolved"


EVENT = AdverseEvent(
    type="panic",
    severity="mild",
    serious=False,
    related="unclear",
    description="short of breath",
    action="sat down",
    outcome="recovering",
    follow_up="call on Monday",
    at_s=25.0,
)
FEAR = Expectancy(
    feared="the rail breaks",
    about="event",
    likelihood_before=80,
    severity_before=90,
    test="lean on it",
    occurred=False,
    likelihood_after=30,
    surprise=60,
    learned="it holds",
)
OTHERWISE: dict[str, list[object]] = {
    "type": ["faint"],
    "severity": ["severe"],
    "serious": [True, None],
    "related": ["yes", "no"],
    "description": ["dizzy"],
    "action": ["", "lay down"],
    "outcome": ["recovered"],
    "follow_up": ["", "call on Friday"],
    "at_s": [None, 25.4, 26.0],
    "feared": ["the floor breaks"],
    "about": ["judgement"],
    "likelihood_before": [None, 70],
    "severity_before": [None, 0, 80],
    "test": ["", "jump"],
    "occurred": [None, True],
    "unclear": [True],
    "likelihood_after": [None, 0],
    "surprise": [None, 50],
    "learned": ["", "it bends"],
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("said", [EVENT, FEAR], ids=["event", "fear"])
def test_two_words_that_differ_in_one_thing_never_read_the_same(
    said: AdverseEvent | Expectancy, language: Language
) -> None:
    use(language)
    fields = type(said).model_fields.keys() - {"kind"}
    assert fields <= OTHERWISE.keys()
    before = in_words(said)
    for name in fields:
        for value in OTHERWISE[name]:
            assert in_words(said.model_copy(update={name: value})) != before, (name, value)
    use("en")


def test_a_word_tells_all_that_is_set_and_nothing_that_is_not() -> None:
    use("en")
    assert in_words(EVENT) == (
        "0:25, panic, mild, recovering, unclear whether related: short of breath"
        " · What was done: sat down · Follow-up: call on Monday"
    )
    assert in_words(FEAR) == (
        "the rail breaks · About: something in the world · Likelihood before: 80%"
        " · How bad, before: 90 · Agreed on: lean on it · Came: no · Likelihood after: 30%"
        " · Surprise: 60 · Learned: it holds"
    )
    use("fr")
    assert "lien incertain : short of breath · Ce qui fut fait : sat down" in in_words(EVENT)
    use("en")
    bare = Expectancy(feared="the rail breaks", about="event")
    assert in_words(bare) == "the rail breaks · About: something in the world"


@pytest.mark.parametrize(
    "words",
    [
        ("adverse", "s-1", "--type", "panic", "--severity", "mild", "--text", "  "),
        ("adverse", "s-1", *ADVERSE, "--at", "later"),
        ("adverse", "s-3", *ADVERSE),
        ("expectancy", "s-1", *FEARED, "--before", "101"),
        ("expectancy", "s-1", "--feared", " ", "--about", "event"),
        ("expectancy", "s-3", *FEARED),
    ],
)
def test_what_cannot_be_noted_is_one_sentence_and_changes_nothing(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    before = Reader.open(db).heads()
    assert say("sessions", *words) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert Reader.open(db).heads() == before
