"""Scenarios that are wrong on purpose are told by code and place, and harm nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from wrong_scenarios import RUN, STATIC, Wrong

from vr_runtime.authoring.check import check

FILE = Path("/tmp/palier-wrong-scenario")
SECONDS = 4.0
"""For reading a declaration: one of them never ends."""


def processes() -> set[int]:
    """All measuring processes there are on this machine that this process has started."""
    mine = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == os.getpid():
            mine.add(int(stat.parent.name))
    return mine


@pytest.mark.parametrize("wrong", [*STATIC, *RUN], ids=lambda w: w.name)
def test_a_wrong_scenario_is_told_where_it_is_wrong_and_harms_nobody(
    wrong: Wrong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PALIER_LANG", "en")
    file = tmp_path / "pier.py"
    file.write_text(wrong.text(), "utf-8")
    before = processes()
    (checked,) = check([str(file)], {}, lambda _what: None, SECONDS)
    errors = [d for d in checked.diagnostics if d.weight == "error"]
    assert {d.code for d in errors} == {wrong.code}
    assert {d.path for d in errors} == {str(file)}
    assert (errors[0].line, errors[0].column) == wrong.place()
    assert checked.grade in (None, "bronze")
    assert list(tmp_path.iterdir()) == [file]
    assert not FILE.exists()
    assert processes() <= before


def test_each_fault_is_another_one() -> None:
    names = [wrong.name for wrong in (*STATIC, *RUN)]
    assert len(names) == len(set(names)) >= 60
