"""What `new` makes reaches silver as it is made, by the measured check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from owning import even

from vr_runtime.authoring.cli import main
from vr_runtime.authoring.making.template import KINDS


@pytest.fixture(autouse=True)
def nobody_elses_scenarios(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ALSOFT_DRIVERS", "null")
    monkeypatch.setenv("PALIER_LANG", "en")


def grade(path: Path, capsys: pytest.CaptureFixture[str]) -> str | None:
    capsys.readouterr()
    main(["check", "--json", str(path)])
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["diagnostics"] == []
    found: str | None = file["grade"]
    return found


@pytest.mark.long
@pytest.mark.render
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_place_is_silver(kind, tmp_path, capsys):
    assert main(["new", "tried.place", "--kind", kind, "--folder", str(tmp_path)]) == 0
    assert grade(tmp_path / "tried_place.py", capsys) == "silver"


@pytest.mark.soak
@pytest.mark.render
@pytest.mark.timeout(600)
def test_five_pictures_are_silver(tmp_path, capsys):
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number in range(5):
        colour = (40 + 40 * number, 90, 200 - 30 * number)
        (pictures / f"{number + 1}_place.png").write_bytes(even(colour))
    origin = ["--licence", "own-work", "--author", "The tests", "--source", "own work"]
    arguments = ["tried.place", "--panorama", str(pictures), "--folder", str(tmp_path)]
    assert main(["new", *arguments, *origin]) == 0
    assert grade(tmp_path / "tried_place", capsys) == "silver"
