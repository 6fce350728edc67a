"""What leaves for research tells how it went, and neither who nor when."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta
from io import StringIO
from random import Random, SystemRandom

import exporting
import pytest
from exporting import OPERATOR, PATIENT, PSEUDONYM, SECRETS
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.exports.material import Material
from controller.exports.research import LEAST_SHIFT, MOST_SHIFT, disguised
from controller.exports.spreadsheets import csv_files


@pytest.fixture(scope="module")
def material() -> Material:
    return exporting.material()


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8"))))


def opened(files: dict[str, bytes]) -> list[datetime]:
    return [datetime.fromisoformat(row["opened"]) for row in rows(files["sessions.csv"])]


@pytest.mark.parametrize("decimal_comma", [False, True])
def test_nothing_names_the_patient_the_therapist_or_the_day(
    material: Material, decimal_comma: bool
) -> None:
    files = disguised(material, Random(11)).files(decimal_comma=decimal_comma)
    whole = "\n".join(content.decode("utf-8-sig") for content in files.values())
    headers = [told.history.header for told in material.sessions]
    hidden = [
        PSEUDONYM, "Mésange", PATIENT, "p-1", *OPERATOR, "Quérard", "op-1", *SECRETS,
        "Hands gripping", "wants to go back up", "did not hear the question", "heard wrongly",
        "room-1", "2026-03-09", "2026-03-16", "2026-", "13:30:12", "2026-0309", "20260309",
        *(header.session for header in headers), *(header.opened for header in headers),
        "ab" * 32, "cd" * 32, "ef" * 32,
    ]  # fmt: skip
    found = [words for words in hidden if words in whole]
    assert not found


def test_the_ordinary_export_holds_what_that_search_looks_for(material: Material) -> None:
    files = csv_files(material, decimal_comma=False)
    # Quotes are doubled in CSV; what is searched for has none.
    whole = "\n".join(content.decode() for content in files.values())
    assert all(words in whole for words in (PSEUDONYM, *SECRETS, "2026-03-09"))


def test_ratings_figures_and_times_are_those_of_the_record(material: Material) -> None:
    plain = csv_files(material, decimal_comma=False)
    files = disguised(material, Random(3)).files(decimal_comma=False)
    for name in ("ratings.csv", "levels.csv", "phases.csv", "events.csv", "figures.csv"):
        hidden, known = rows(files[name]), rows(plain[name])
        kept = [column for column in hidden[0] if column not in ("patient", "session")]
        assert [[r[c] for c in kept] for r in hidden] == [[r[c] for c in kept] for r in known]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**64))
def test_order_and_distance_of_dates_are_kept_and_the_dates_are_not(seed: int) -> None:
    material = exporting.material()
    shifted = opened(disguised(material, Random(seed)).files(decimal_comma=False))
    real = [datetime.fromisoformat(t.history.header.opened) for t in material.sessions]
    assert shifted[1] - shifted[0] == real[1] - real[0] == timedelta(days=7)
    assert LEAST_SHIFT <= real[0] - shifted[0] <= MOST_SHIFT


def test_two_exports_share_neither_names_nor_dates(material: Material) -> None:
    one, two = (
        disguised(material, SystemRandom()).files(decimal_comma=False) for _again in range(2)
    )
    assert opened(one) != opened(two)
    names = [{row["patient"] for row in rows(files["ratings.csv"])} for files in (one, two)]
    assert len(names[0]) == len(names[1]) == 1
    assert names[0] != names[1]
    assert re.fullmatch(r"P-[A-Z2-9]{8}", names[0].pop())


def test_one_pseudonym_and_numbered_sessions_join_all_files(material: Material) -> None:
    files = disguised(material, Random(3)).files(decimal_comma=False)
    (patient,) = {row["patient"] for row in rows(files["sessions.csv"])}
    sessions = [row["session"] for row in rows(files["sessions.csv"])]
    assert sessions == [f"{patient}-01", f"{patient}-02"]
    for name in set(files) - {"README.txt", "dictionary.csv"}:
        # A questionnaire may belong to no session.
        none = {""} if name == "questionnaires.csv" else set()
        assert {row["session"] for row in rows(files[name])} <= {*sessions, *none}
        assert {row["patient"] for row in rows(files[name])} == {patient}


def test_what_is_listed_before_is_what_is_written(material: Material) -> None:
    hidden = disguised(material, Random(3))
    files = hidden.files(decimal_comma=False)
    written = {
        name: content.decode().splitlines()[0].split(",")
        for name, content in files.items()
        if name.endswith(".csv")
    }
    assert hidden.fields() == written
    told = {(row["file"], row["column"]) for row in rows(files["dictionary.csv"])}
    listed = {
        (name, column)
        for name, columns in written.items()
        for column in columns
        if name != "dictionary.csv"
    }
    assert told == listed


def test_no_column_holds_free_words(material: Material) -> None:
    for table in disguised(material, Random(3)).tables:
        assert all(column.kind != "text" for column in table.columns), table.name
        assert table.name not in ("notes", "corrections")
