"""`palier-scenario flash` on films and folders whose answer is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from vr_runtime.authoring.cli import main


@pytest.fixture(autouse=True)
def english(monkeypatch) -> None:
    monkeypatch.setenv("PALIER_LANG", "en")


def folder_of(where: Path, greys: list[int]) -> Path:
    where.mkdir()
    for n, grey in enumerate(greys):
        Image.new("RGB", (48, 27), (grey, grey, grey)).save(where / f"{n:04}.png")
    return where


def flashing(hertz: float, seconds: float, rate: float) -> list[int]:
    return [255 if int(2 * hertz * n / rate + 1e-9) % 2 else 0 for n in range(int(seconds * rate))]


def test_a_folder_that_flashes_five_times_a_second_ends_with_1_and_says_when(tmp_path, capsys):
    folder = folder_of(tmp_path / "strobe", flashing(5, 2, 30))
    assert main(["flash", str(folder)]) == 1
    told = capsys.readouterr().out
    assert "WCAG 2.3.1, small areas exempt: broken after 0.70 s" in told
    assert "regular stripes: kept" in told


def test_json_is_one_document_with_every_picture(tmp_path, capsys):
    folder = folder_of(tmp_path / "calm", flashing(1, 2, 30))
    assert main(["flash", str(folder), "--json"]) == 0
    told = capsys.readouterr().out
    assert told.count("\n") == 1
    document = json.loads(told)
    assert document["ok"] and document["pictures"] == 60 == len(document["frames"])
    assert document["broken_at_s"] == dict.fromkeys(
        ("own", "wcag", "wcag_no_exemption", "extended", "stripes")
    )
    assert document["most_transitions"] == 2


def test_the_rate_of_a_folder_is_what_is_said_or_what_its_times_say(tmp_path, capsys):
    folder = folder_of(tmp_path / "pictures", [0, 255] * 10)
    assert main(["flash", str(folder), "--rate", "1"]) == 0
    assert main(["flash", str(folder), "--rate", "30"]) == 1
    (folder / "times.txt").write_text("\n".join(str(n * 1.5) for n in range(20)))
    assert main(["flash", str(folder), "--rate", "30"]) == 0
    (folder / "times.txt").write_text("0 1 2")
    assert main(["flash", str(folder)]) == 3
    assert "3 times for 20 pictures" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["gif", "png", "webp"])
def test_a_film_tells_the_time_of_its_pictures_itself(tmp_path, ending):
    greys = [Image.new("RGB", (48, 27), (g, g, g)) for g in (0, 255) * 8]
    for milliseconds, code in ((60, 1), (600, 0)):
        film = tmp_path / f"{milliseconds}.{ending}"
        greys[0].save(film, save_all=True, append_images=greys[1:], duration=milliseconds, loop=0)
        assert main(["flash", str(film)]) == code


def test_what_holds_no_film_is_told_in_one_line_with_code_3(tmp_path, capsys):
    (tmp_path / "text.gif").write_text("no film")
    Image.new("RGB", (4, 4)).save(tmp_path / "still.png")
    folder_of(tmp_path / "one", [0])
    for name in ("text.gif", "still.png", "one", "nothing.webp"):
        assert main(["flash", str(tmp_path / name)]) == 3
        told = capsys.readouterr().err
        assert told.startswith("Nothing was measured: ") and told.count("\n") == 1


def test_a_rate_that_is_none_is_wrong_usage(tmp_path):
    with pytest.raises(SystemExit) as ended:
        main(["flash", str(tmp_path), "--rate", "0"])
    assert ended.value.code == 2
