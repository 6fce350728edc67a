"""The CSV files, read back by pandas as whoever gets them would."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import exporting
import pandas as pd
import pytest
from exporting import PSEUDONYM, SECRETS
from recording import corrected_in_may

from controller.exports.bids_events import events
from controller.exports.columns import Column, Table
from controller.exports.material import End, Material, tell
from controller.exports.separated import as_written
from controller.exports.spreadsheets import csv_files, tables_of
from controller.exports.tables import tables
from controller.session.summary import FORMULAS


@pytest.fixture(scope="module")
def material() -> Material:
    return exporting.material()


def frame(content: bytes, *, decimal_comma: bool = False) -> pd.DataFrame:
    separator, decimal = (";", ",") if decimal_comma else (",", ".")
    return pd.read_csv(
        BytesIO(content), sep=separator, decimal=decimal, encoding="utf-8-sig",
        keep_default_na=False, na_values=[""], quotechar='"',
        dtype={"raw": str, "session": str, "before": str, "after": str},
    )  # fmt: skip


def same(found: Any, kind: str, wanted: Any) -> bool:
    """Whether a cell that pandas read is the value that was in the table."""
    if wanted is None or wanted == "":
        return bool(pd.isna(found))
    if kind in ("text", "code", "moment"):
        # A line break that is CR LF or CR alone in a quoted cell is a line break.
        return as_written(str(found)).splitlines() == wanted.splitlines()
    if kind == "flag":
        return str(found) == str(wanted)
    return float(found) == float(wanted)


@pytest.mark.parametrize("decimal_comma", [False, True], ids=["comma", "semicolon"])
def test_pandas_reads_every_value_that_was_written(material: Material, decimal_comma: bool) -> None:
    files = csv_files(material, decimal_comma=decimal_comma)
    every = {f"{table.name}.csv": table for table in tables_of(material)}
    assert set(files) == {*every, "dictionary.csv"}
    for name, table in every.items():
        read = frame(files[name], decimal_comma=decimal_comma)
        assert list(read.columns) == [c.name for c in table.columns]
        assert len(read) == len(table.rows) > 0, name
        for row, wanted in zip(read.itertuples(index=False), table.rows, strict=True):
            for column, found, value in zip(table.columns, row, wanted, strict=True):
                assert same(found, column.kind, value), (name, column.name, found, value)


def test_columns_of_figures_are_figures_for_pandas(material: Material) -> None:
    files = csv_files(material, decimal_comma=True)
    read = frame(files["figures.csv"], decimal_comma=True)
    for column in ("peak", "area", "mean", "habituation_share", "duration_s"):
        assert read[column].dtype == float, column
    first = read.iloc[0]
    assert (first.baseline, first.peak, first.end, first.activation) == (15, 70, 45, 55)
    assert first.area == pytest.approx(292.083, abs=0.001)


def test_a_missing_rating_is_empty_and_a_corrected_one_tells_both(material: Material) -> None:
    read = frame(csv_files(material, decimal_comma=False)["ratings.csv"])
    missing = read[read.suds.isna()]
    assert "did not hear the question" in set(missing.reason)
    (corrected,) = read[read.corrected & (read.session == "s-2026-0309")].itertuples()
    assert (corrected.first_suds, corrected.suds, corrected.raw) == (45, 60, "45")


def test_a_correction_tells_its_day_and_hand_and_a_moment_of_the_session_only_where_it_has_one():
    names = {"op-1": "Dr Solène Quérard", "op-2": "Bruno"}
    told = tell(corrected_in_may().entries, names, End(1, "0" * 64))
    (table,) = [t for t in tables((told,)) if t.name == "corrections"]
    rows = [(r["onset_s"], r["written"], r["by"]) for r in table.records()]
    may = "2026-05-12T09:14:30.000000Z"
    assert rows == [
        (220.0, "2026-03-09T13:33:52.000000Z", "Dr Solène Quérard"),
        (None, may, "Bruno"),
        (None, may, "Bruno"),
    ]
    # For research neither a day nor a name is left, should the table ever be.
    kept = [c.name for c in table.columns if c.research]
    assert {"written", "by"}.isdisjoint(kept)
    onsets = [
        (e["onset"], e["onset_is"], e["by"])
        for e in events(told).records()
        if e["trial_type"] == "correction"
    ]
    opened = datetime(2026, 3, 9, 13, 30, 12, tzinfo=UTC)
    days = (datetime.fromisoformat(may) - opened).total_seconds()
    assert onsets == [
        (220.0, "written", "Dr Solène Quérard"),
        (days, "written", "Bruno"),
        (days, "written", "Bruno"),
    ]


def test_a_note_that_looks_like_a_formula_is_defused_and_comes_back(material: Material) -> None:
    read = frame(csv_files(material, decimal_comma=True)["notes.csv"], decimal_comma=True)
    texts = list(read.text)
    assert f"'{SECRETS[2]}" in texts
    assert "'-5 is what she said" in texts
    assert SECRETS[2] in [as_written(text) for text in texts]


def test_all_that_happened_is_in_the_events_in_order(material: Material) -> None:
    read = frame(csv_files(material, decimal_comma=False)["events.csv"])
    of_first = read[read.session == "s-2026-0309"]
    assert set(of_first.kind) == {
        "event", "mark", "incident", "refusal", "link", "missing_news", "row", "bat",
    }  # fmt: skip
    assert list(of_first.onset_s) == sorted(of_first.onset_s)
    assert {"scenario_failed", "sound_lost", "control_taken"} <= set(of_first.name)


def test_sessions_of_a_patient_stand_below_each_other(material: Material) -> None:
    read = frame(csv_files(material, decimal_comma=False)["sessions.csv"])
    assert list(read.session) == ["s-2026-0309", "s-2026-0316"]
    assert set(read.patient) == {PSEUDONYM}
    assert list(read.ending) == ["closed", "open"]
    assert list(read.opened) == ["2026-03-09T13:30:12.000000Z", "2026-03-16T13:30:12.000000Z"]
    assert pd.isna(read.closed[1])


def test_the_level_is_a_line_without_points_told_twice(material: Material) -> None:
    for told in material.sessions:
        (levels,) = [t for t in tables((told,)) if t.name == "levels"]
        assert all(a != b for a, b in zip(levels.rows, levels.rows[1:], strict=False))
        assert levels.rows[0][2:] == (0.0, 0.0)


def test_the_dictionary_tells_every_column_and_the_formula_of_every_figure(
    material: Material,
) -> None:
    read = frame(csv_files(material, decimal_comma=False)["dictionary.csv"])
    told = set(zip(read.file, read.column, strict=True))
    wanted = {(f"{t.name}.csv", c.name) for t in tables_of(material) for c in t.columns}
    assert told == wanted
    assert read.description.notna().all()
    # Those of a whole session say the same as those of its trials.
    apart = {"level_time", "peak_session", "end_session", "highest_session", "duration"}
    formulas = [text for key, text in FORMULAS.items() if key not in apart]
    assert set(formulas) <= set(read.description)


def test_a_code_that_is_written_is_one_that_is_explained(material: Material) -> None:
    def unexplained(table: Table, column: Column, place: int) -> set[Any]:
        used = {row[place] for row in table.rows} - {None, ""}
        return used - set(column.levels) if column.levels else set()

    for table in tables_of(material):
        for place, column in enumerate(table.columns):
            assert not unexplained(table, column, place), (table.name, column.name)
