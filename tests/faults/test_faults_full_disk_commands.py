"""A command whose disk is full says so, says where, and leaves nothing half written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from store_samples import copy
from test_faults_store import mounting_is_allowed

CHILD = Path(__file__).parents[1] / "ground" / "on_a_full_disk.py"
OLDER = Path(__file__).parents[1] / "fixtures" / "record-0.1.0-schema-1" / "record.db"
ON_A_SMALL_DISK = 'mount -t tmpfs -o size=1m tmpfs "$1" && shift && exec "$@"'
SAYS = {
    "en": "The disk is full: free space on {folder}, then try again.",
    "fr": "Le disque est plein : libérez de la place sur {folder}, puis réessayez.",
}


class Told(NamedTuple):
    """What became of one command."""

    code: int
    out: str
    err: str
    left: list[str]
    """Names that were not there before."""


def on_a_full_disk(
    folder: Path, language: str, *commands: list[str], record: Path | None = None, leave: int = 0
) -> list[Told]:
    """Carry out the commands where `folder` is a small disk with so many bytes of room."""
    if not mounting_is_allowed():
        pytest.skip("mounting a small disk is refused here")
    folder.mkdir(exist_ok=True)
    around = ["unshare", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh", str(folder)]
    here = [str(CHILD.parent), str(CHILD.parents[2])]
    done = subprocess.run(
        [*around, sys.executable, str(CHILD), str(folder)],
        input=json.dumps(
            {
                "record": None if record is None else str(record),
                "leave": leave,
                "commands": commands,
            }
        )
        + "\n",
        text=True,
        capture_output=True,
        check=True,
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join(here),
            "PALIER_LANG": language,
            "XDG_DATA_HOME": str(folder.parent / "home"),
        },
    )
    return [Told(*json.loads(line)) for line in done.stdout.splitlines()]


@pytest.mark.fault("F20")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_written_to_a_full_disk_is_refused_in_one_sentence_and_leaves_nothing(
    small: Path, tmp_path: Path, language: str
) -> None:
    disk = tmp_path / "disk"
    path = copy(small, tmp_path / "here" / "x.db")
    db = ["--db", str(path)]
    commands = {
        "backup": ["db", "backup", "--out", str(disk / "b.db"), *db],
        "recovery": ["db", "recovery", "--out", str(disk / "sheet.html"), *db],
        "export": ["export", "s-1", "--format", "csv", "--out", str(disk / "out"), *db],
        "copy": ["patients", "copy", "Heron 0", "--out", str(disk / "copy"), *db],
        "report": ["report", "s-1", "--out", str(disk / "r.html"), *db],
        "paper": ["report", "--paper", "--out", str(disk / "p.pdf"), *db],
        "protocol": ["protocol", "--out", str(disk / "p.html"), *db],
    }
    told = on_a_full_disk(disk, language, *commands.values())
    wanted = f"palier: {SAYS[language].format(folder=disk)}\n"
    assert {name: one.err for name, one in zip(commands, told, strict=True)} == dict.fromkeys(
        commands, wanted
    )
    assert all((one.code, one.out, one.left) == (3, "", []) for one in told)
    assert not path.with_name("x.db.recovery").exists(), "no older sheet was made worthless"


@pytest.mark.fault("F20")
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("record", "words", "leave"),
    [
        (None, ["db", "recovery"], 0),
        (None, ["db", "rekey"], 0),
        (None, ["db", "rekey"], 40_000),
        (OLDER, ["db", "upgrade"], 0),
        (OLDER, ["db", "upgrade"], 40_000),
        (OLDER, ["open"], 0),
        (OLDER, ["open"], 40_000),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else None,
)
def test_a_record_on_a_full_disk_stays_as_it_was_and_that_is_what_is_said(
    small: Path, tmp_path: Path, language: str, record: Path | None, words: list[str], leave: int
) -> None:
    disk = tmp_path / "disk"
    place = copy(record or small, tmp_path / "here" / "x.db")
    there = str(disk / "x.db")
    words = [*words, there] if words == ["open"] else [*words, "--db", there]
    free, check = ["free", str(disk / "filling")], ["verify", "--db", there]
    told, _freed, checked = on_a_full_disk(
        disk, language, words, free, check, record=place, leave=leave
    )
    assert told.err.removeprefix("palier: ") == SAYS[language].format(folder=disk) + "\n"
    assert (told.code, told.out) == (3, "")
    assert {*told.left} <= {"x.db.lock", "x.db-wal", "x.db-shm"}, "no copy that is not whole"
    assert checked.code == 0, checked.err
