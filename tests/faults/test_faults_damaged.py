"""A record that was harmed is told by its kind, by the command as its user calls it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from store_samples import bytes_of, copy, opened_raw

Measured = Callable[[str, object], None]


def palier(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "controller", *arguments]
    environment = {**os.environ, "PALIER_LANG": "en"}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)


def another_key(path: Path) -> None:
    path.with_name(path.name + ".key").write_text("0f" * 32 + "\n")


def flipped_bytes(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:200] = bytes(byte ^ 0xFF for byte in content[100:200])
    path.write_bytes(content)


def from_the_future(path: Path) -> None:
    with opened_raw(path) as database:
        database.execute("update alembic_version set version_num = 'v9999'")


@pytest.mark.fault("F23")
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (another_key, "does not open"),
        (flipped_bytes, "file damaged"),
        (from_the_future, "newer version"),
    ],
    ids=lambda case: getattr(case, "__name__", ""),
)
def test_a_wrong_key_damage_and_a_newer_schema_are_told_apart_and_nothing_is_touched(
    small: Path,
    tmp_path: Path,
    harm: Callable[[Path], None],
    said: str,
    record_property: Measured,
) -> None:
    path = copy(small, tmp_path / "x.db")
    harm(path)
    before = bytes_of(path)
    done = palier("sessions", "--db", str(path))
    assert done.returncode == 3 and said in done.stderr
    assert done.stderr.strip().count("\n") == 0 and "Traceback" not in done.stderr
    assert bytes_of(path) == before
    size = sum(map(len, before.values()))
    record_property("measured", f"“{said}”: code 3, {size} bytes as before")


def lose_the_tail(path: Path) -> str:
    with opened_raw(path) as database:
        (session, seq), *_ = database.execute(
            "select session, max(seq) from entries where session != 'clinic' group by session"
        ).fetchall()
        database.execute("delete from entries where session = ? and seq = ?", (session, seq))
    return str(seq)


def change_a_rating(path: Path) -> str:
    with opened_raw(path) as database:
        ((session, seq, body), *_) = database.execute(
            "select session, seq, body from entries where kind = 'rating'"
        ).fetchall()
        changed = body.replace('"suds":', '"suds":1')
        database.execute(
            "update entries set body = ? where session = ? and seq = ?", (changed, session, seq)
        )
    return str(seq)


@pytest.mark.fault("F33")
@pytest.mark.parametrize("harm", [lose_the_tail, change_a_rating])
def test_what_was_changed_or_cut_off_is_found_and_named(
    small: Path, tmp_path: Path, harm: Callable[[Path], str], record_property: Measured
) -> None:
    path = copy(small, tmp_path / "x.db")
    assert palier("verify", "--db", str(path)).returncode == 0
    named = harm(path)
    done = palier("verify", "--db", str(path))
    assert done.returncode == 1
    assert re.search(rf"\bentry {named}\b", done.stdout), done.stdout
    record_property("measured", f"{harm.__name__.replace('_', ' ')}: entry {named} named")
