"""Owns the export in the manner of BIDS: events as TSV, each with a JSON file that explains it.

Names of files and fields follow the Brain Imaging Data Structure 1.10.0 for behavioural data
(`beh`). It knows no folder.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping

from controller.exports.bids_events import events
from controller.exports.columns import Cell, Column, Table, wall
from controller.exports.figures import figures, level_times
from controller.exports.material import Material, Told
from controller.exports.separated import TAB, written
from controller.exports.tables import tables

VERSION = "1.10.0"
TASK = "exposure"
_KEYS = ("patient", "session")
_PARTICIPANTS = (
    Column("participant_id", "code", "Label of the participant in this data set."),
    Column("pseudonym", "text", "Pseudonym of the patient in the record."),
    Column("sessions", "whole", "How many sessions are in this data set."),
    Column("simulated", "flag", "All sessions were led with a simulated patient."),
)
_FLAGS = {"true": "yes", "false": "no"}
_README = """\
Exposure sessions, exported by Palier in the manner of BIDS.

Each session has its events (ratings, phases, trials, levels, events of the
scenario, notes, what befell it and the patient, what was feared, and later
words on these) in a file _events.tsv, and the figures of its trials in a file
_beh.tsv. The JSON file beside each explains its columns.
Onsets are seconds from the opening of the session; "n/a" means that there is
no value. A rating that was not given is "n/a" and never an earlier one.
"""


def bids_files(material: Material) -> dict[str, bytes]:
    """Path and content of each file; the sessions belong to one patient."""
    pseudonym = material.sessions[-1].history.header.pseudonym
    subject = f"sub-{label(pseudonym)}"
    files = {
        "README": _README.encode("utf-8"),
        "dataset_description.json": _json(_dataset(material)),
    }
    files |= _with_sidecar("participants", _participants(material, subject, pseudonym))
    files |= _with_sidecar(f"{subject}/{subject}_sessions", _sessions(material))
    for session, told in zip(_session_labels(material), material.sessions, strict=True):
        stem = f"{subject}/{session}/beh/{subject}_{session}_task-{TASK}"
        presented = {"TaskName": TASK, "StimulusPresentation": _presented(told)}
        files |= _with_sidecar(f"{stem}_events", events(told), presented)
        files |= _with_sidecar(f"{stem}_beh", figures(told), {"TaskName": TASK, **_task(told)})
        files |= _with_sidecar(f"{stem}_acq-levels_beh", level_times(told), {"TaskName": TASK})
    return files


def label(name: str) -> str:
    """A name as a BIDS label: letters and digits alone, without accents; "01" when none is left."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^0-9A-Za-z]", "", bare) or "01"


def sidecar(table: Table) -> dict[str, object]:
    """What BIDS wants to be said of each column: description, unit, codes."""
    told: dict[str, object] = {}
    for column in table.columns:
        levels = _FLAGS if column.kind == "flag" else dict(column.levels)
        told[column.name] = {
            "Description": column.description,
            **({"Units": column.units} if column.units else {}),
            **({"Levels": levels} if levels else {}),
        }
    return told


def _with_sidecar(
    stem: str, table: Table, more: Mapping[str, object] | None = None
) -> dict[str, bytes]:
    said = {**(more or {}), **sidecar(table)}
    return {f"{stem}.tsv": written(table, TAB), f"{stem}.json": _json(said)}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _session_labels(material: Material) -> list[str]:
    """A label for each session; where bare names would be equal, a number tells them apart."""
    labels: list[str] = []
    for told in material.sessions:
        bare = one = f"ses-{label(told.history.header.session)}"
        again = 1
        while one in labels:
            again += 1
            one = f"{bare}x{again}"
        labels.append(one)
    return labels


def _dataset(material: Material) -> dict[str, object]:
    return {
        "Name": "Exposure sessions in virtual reality",
        "BIDSVersion": VERSION,
        "DatasetType": "raw",
        "GeneratedBy": [{"Name": "Palier", "Version": material.palier}],
    }


def _participants(material: Material, subject: str, pseudonym: str) -> Table:
    simulated = all(told.history.header.simulated for told in material.sessions)
    rows: tuple[tuple[Cell, ...], ...] = ((subject, pseudonym, len(material.sessions), simulated),)
    return Table("participants", "The participants.", _PARTICIPANTS, rows)


def _sessions(material: Material) -> Table:
    """The table of sessions, first with the label and the time that BIDS asks for."""
    bare = next(t for t in tables(material.sessions) if t.name == "sessions").where(
        lambda column: column.name not in (*_KEYS, "opened")
    )
    first = (
        Column("session_id", "code", "Label of the session in this data set."),
        Column("acq_time", "moment", "When the session was opened, UTC."),
    )
    rows = tuple(
        (session, wall(told.history.header.opened), *row)
        for session, told, row in zip(
            _session_labels(material), material.sessions, bare.rows, strict=True
        )
    )
    return Table(bare.name, bare.description, first + bare.columns, rows)


def _presented(told: Told) -> dict[str, str]:
    return {"SoftwareName": "Palier", "SoftwareVersion": told.history.header.palier}


def _task(told: Told) -> dict[str, str]:
    scenario = told.history.header.scenario
    return {
        "TaskDescription": f"Graded exposure in virtual reality: {scenario.title.en}. "
        f"{scenario.summary.en}",
    }
