from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import exporting
import pandas as pd
import pytest
from exporting import PSEUDONYM

from controller.exports.bids import bids_files, label
from controller.exports.bids_events import events
from controller.exports.material import End, Material, tell
from vr_runtime.wire.packs import PackRef

STEM = "sub-Mesange42/ses-s20260309/beh/sub-Mesange42_ses-s20260309_task-exposure"
NAME = re.compile(
    r"README|dataset_description\.json|participants\.(tsv|json)"
    r"|(sub-[0-9A-Za-z]+)/(?:\2_sessions\.(tsv|json)"
    r"|(ses-[0-9A-Za-z]+)/beh/\2_\4_task-exposure(_acq-levels)?_(events|beh)\.(tsv|json))"
)


@pytest.fixture(scope="module")
def material() -> Material:
    return exporting.material()


@pytest.fixture(scope="module")
def files(material: Material) -> dict[str, bytes]:
    return bids_files(material)


def frame(content: bytes, **more: Any) -> pd.DataFrame:
    return pd.read_csv(BytesIO(content), sep="\t", keep_default_na=False, na_values=["n/a"], **more)


def test_every_file_is_named_as_bids_names_it(files: dict[str, bytes]) -> None:
    assert all(NAME.fullmatch(name) for name in files), sorted(files)
    assert sum(name.endswith("_events.tsv") for name in files) == 2


def test_every_table_has_its_sidecar_and_every_column_is_described(
    files: dict[str, bytes],
) -> None:
    for name in [name for name in files if name.endswith(".tsv")]:
        told = json.loads(files[name.replace(".tsv", ".json")])
        for column in frame(files[name]).columns:
            assert told[column]["Description"], (name, column)


def test_where_levels_are_told_every_value_is_one_of_them(files: dict[str, bytes]) -> None:
    for name in [name for name in files if name.endswith(".tsv")]:
        told = json.loads(files[name.replace(".tsv", ".json")])
        read = frame(files[name], dtype=str)
        for column in read.columns:
            levels = told[column].get("Levels")
            if levels is not None:
                assert set(read[column].dropna()) <= set(levels), (name, column)


def test_events_have_onset_and_duration_in_seconds_and_are_in_order(
    files: dict[str, bytes],
) -> None:
    read = frame(files[f"{STEM}_events.tsv"])
    told = json.loads(files[f"{STEM}_events.json"])
    assert list(read.columns[:3]) == ["onset", "duration", "trial_type"]
    assert (told["onset"]["Units"], told["duration"]["Units"]) == ("s", "s")
    assert read.onset.dtype == float and read.onset.notna().all()
    assert (read.onset >= 0).all() and read.onset.is_monotonic_increasing
    assert (read.duration.dropna() >= 0).all()
    assert told["StimulusPresentation"]["SoftwareName"] == "Palier"


def test_pandas_reads_every_event_that_was_written(
    material: Material, files: dict[str, bytes]
) -> None:
    table = events(material.sessions[0])
    read = frame(files[f"{STEM}_events.tsv"])
    assert len(read) == len(table.rows)
    for row, wanted in zip(read.to_dict("records"), table.records(), strict=True):
        for column, value in wanted.items():
            found = row[column]
            if value is None or value == "":
                assert pd.isna(found), (column, found)
            elif isinstance(value, str):
                assert found == re.sub(r"[\t\r\n]+", " ", value)
            else:
                assert found == value, column


def test_adverse_events_fears_and_later_words_on_them_are_events(material: Material) -> None:
    entries = exporting.rectified().entries
    told = tell(entries, {}, End(len(entries), "0" * 64))
    files = bids_files(replace(material, sessions=(told,)))
    (name,) = [name for name in files if name.endswith("_events.tsv")]
    levels = json.loads(files[name.replace(".tsv", ".json")])["trial_type"]["Levels"]
    assert {"adverse_event", "expectancy", "rectification"} <= set(levels)
    read = frame(files[name])
    assert read.onset.notna().all() and read.onset.is_monotonic_increasing
    sudden, at_home = read[read.trial_type == "adverse_event"].to_dict("records")
    assert (sudden["onset"], sudden["name"], sudden["onset_is"]) == (300, "faint", "happened")
    assert sudden["trial"] == 1 and sudden["level"] > 0
    assert (at_home["onset"], at_home["name"], at_home["onset_is"]) == (960, "other", "written")
    assert pd.isna(at_home["level"]) and pd.isna(at_home["phase"])
    later = read[read.trial_type == "rectification"]
    assert list(later.outcome) == ["rectified", "mistaken", "mistaken"]
    assert list(later.name) == ["adverse_event", "adverse_event", "expectancy"]
    assert set(later.onset) == {960} and set(later.onset_is) == {"written"}
    assert "seen again on film" in list(later.text)


def test_what_was_feared_stands_where_it_was_written_down(files: dict[str, bytes]) -> None:
    read = frame(files[f"{STEM}_events.tsv"])
    (feared,) = read[read.trial_type == "expectancy"].to_dict("records")
    assert (feared["name"], feared["outcome"], feared["onset_is"]) == ("event", "no", "written")
    assert (feared["likelihood_before"], feared["likelihood_after"]) == (70, 20)


def test_a_rating_not_given_is_n_a(files: dict[str, bytes]) -> None:
    assert b"n/a" in files[f"{STEM}_events.tsv"]
    read = frame(files[f"{STEM}_events.tsv"])
    ratings = read[read.trial_type == "rating"]
    assert int(ratings.suds.isna().sum()) == 2
    gust = read[read.name == "gust"].iloc[0]
    assert (gust.onset, gust.duration, gust.trial_type) == (160, 6, "event")
    trials = read[read.trial_type == "trial"]
    assert list(trials.level) == [3, 4, 4]


def test_participants_and_sessions_lead_to_the_folders(files: dict[str, bytes]) -> None:
    participants = frame(files["participants.tsv"])
    assert list(participants.participant_id) == ["sub-Mesange42"]
    assert list(participants.pseudonym) == [PSEUDONYM]
    sessions = frame(files["sub-Mesange42/sub-Mesange42_sessions.tsv"])
    assert list(sessions.session_id) == ["ses-s20260309", "ses-s20260316"]
    for session in sessions.session_id:
        assert any(name.startswith(f"sub-Mesange42/{session}/") for name in files)
    assert json.loads(files["dataset_description.json"])["BIDSVersion"]


def test_sessions_whose_names_look_alike_keep_files_of_their_own(material: Material) -> None:
    def named(number: int, name: str) -> Any:
        told = material.sessions[number]
        head = replace(told.history.header, session=name)
        return replace(told, history=replace(told.history, header=head))

    alike = replace(material, sessions=(named(0, "s-1"), named(1, "s1")))
    found = [name for name in bids_files(alike) if name.endswith("_events.tsv")]
    assert len(found) == 2
    assert all(NAME.fullmatch(name) for name in found)


@pytest.mark.parametrize(
    ("name", "wanted"), [("LYNX-07", "LYNX07"), ("Mésange", "Mesange"), ("山 -", "01")]
)
def test_a_label_has_letters_and_digits_alone(name: str, wanted: str) -> None:
    assert label(name) == wanted


def test_the_table_of_sessions_names_the_hashes_of_what_was_shown_and_its_pack(
    material: Material,
) -> None:
    told = material.sessions[-1]
    pack = PackRef(name="lifts", version="1.2.0", sha256="ab" * 32)
    header = replace(told.history.header, pack=pack, scenario_sha256="cd" * 32)
    history = replace(told.history, header=header)
    files = bids_files(replace(material, sessions=(replace(told, history=history),)))
    (path,) = [path for path in files if path.endswith("_sessions.tsv")]
    (row,) = frame(files[path]).to_dict("records")
    assert (row["pack"], row["pack_version"]) == ("lifts", "1.2.0")
    assert (row["pack_sha256"], row["scenario_sha256"]) == ("ab" * 32, "cd" * 32)
