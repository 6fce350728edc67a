"""`palier-scenario sheet` and `thumbnail`: every level and event is on one picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vr_runtime.authoring import sheet as sheets
from vr_runtime.authoring.cli import main

PIER = Path(__file__).parent / "pier.py"


@pytest.fixture(autouse=True)
def a_shelf_of_its_own(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ALSOFT_DRIVERS", "null")
    monkeypatch.setenv("PALIER_LANG", "en")
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "pier.py").write_bytes(PIER.read_bytes())


def draw(what: str, scenario: str, folder: Path, out: str) -> int:
    shelf = folder / "shelf"
    return main([what, scenario, "--scenario-dir", str(shelf), "--out", str(folder / out)])


@pytest.mark.render
@pytest.mark.timeout(180)
def test_a_sheet_shows_every_level_twice_and_each_event(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(sheets, "TILE", (96, 54))
    monkeypatch.setattr(sheets, "FINER", 1)
    assert draw("sheet", "heights.pier", tmp_path, "sheet.png") == 0
    pixels = np.asarray(Image.open(tmp_path / "sheet.png")).astype(int)
    high = 54 + sheets.LABEL_PX
    # 22 pictures of levels in rows of 4, and a row of events
    assert pixels.shape == (sheets.LABEL_PX + 7 * high, 4 * 96, 3)
    tiles = [
        pixels[sheets.LABEL_PX + row * high :][:54, column * 96 : column * 96 + 96]
        for row in range(6)
        for column in range(4)
    ][:22]
    assert all(tile.std() > 5 for tile in tiles), "no tile is empty"
    for ahead, down in zip(tiles[0::2], tiles[1::2], strict=True):
        assert np.abs(ahead - down).mean() > 5
    assert not np.array_equal(tiles[0], tiles[20]), "the highest level differs from the lowest"


@pytest.mark.render
@pytest.mark.timeout(120)
def test_a_thumbnail_is_one_picture_in_the_kind_its_name_says(tmp_path) -> None:
    file = tmp_path / "elsewhere.py"
    file.write_bytes(PIER.read_bytes())
    assert draw("thumbnail", str(file), tmp_path, "pier.jpg") == 0, "by its file as well"
    image = Image.open(tmp_path / "pier.jpg")
    assert (image.format, image.size) == ("JPEG", sheets.THUMBNAIL)
    assert np.asarray(image).std() > 5


def test_a_name_that_is_no_picture_and_a_scenario_that_is_not_there_are_told(
    tmp_path, capsys
) -> None:
    assert draw("sheet", "heights.pier", tmp_path, "sheet.pdf") == 2
    assert ".png" in capsys.readouterr().err
    assert draw("thumbnail", "heights.peer", tmp_path, "peer.png") == 2
    assert "heights.pier" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["sheet", "thumbnail"])
def test_a_file_that_is_no_scenario_is_told_by_line_and_no_picture_is_written(
    what, tmp_path, capsys
) -> None:
    file = tmp_path / "broken.py"
    file.write_text("from scenarios.api import Scenario\nclass Pier(Scenario:\n", "utf-8")
    assert draw(what, str(file), tmp_path, "pier.png") == 1
    assert capsys.readouterr().err.startswith(f"{file}:2:20: PS101 ")
    assert not (tmp_path / "pier.png").exists()
