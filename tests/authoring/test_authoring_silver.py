"""What `new` makes reaches silver as it is made, by the measured check."""

from __future__ import annotations

from pathlib import Path

import pytest
from lot import PART_OR_WHOLE
from owning import even

from vr_runtime.authoring.check import check
from vr_runtime.authoring.cli import main
from vr_runtime.authoring.making.template import KINDS


@pytest.fixture(autouse=True)
def nobody_elses_scenarios(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ALSOFT_DRIVERS", "null")
    monkeypatch.setenv("PALIER_LANG", "en")


def grade(path: Path, lot: int | None = None) -> str | None:
    (checked,) = check([str(path)], {}, lambda _what: None, lot=lot)
    assert checked.diagnostics == ()
    return checked.grade


@pytest.mark.long
@pytest.mark.render
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_place_is_silver(kind, tmp_path):
    assert main(["new", "tried.place", "--kind", kind, "--folder", str(tmp_path)]) == 0
    assert grade(tmp_path / "tried_place.py") == "silver"


@pytest.mark.soak
@pytest.mark.render
@pytest.mark.timeout(600)
@pytest.mark.parametrize("lot", PART_OR_WHOLE)
def test_five_pictures_are_silver(lot, tmp_path):
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number in range(5):
        colour = (40 + 40 * number, 90, 200 - 30 * number)
        (pictures / f"{number + 1}_place.png").write_bytes(even(colour))
    origin = ["--licence", "own-work", "--author", "The tests", "--source", "own work"]
    arguments = ["tried.place", "--panorama", str(pictures), "--folder", str(tmp_path)]
    assert main(["new", *arguments, *origin]) == 0
    assert grade(tmp_path / "tried_place", lot) == "silver"
