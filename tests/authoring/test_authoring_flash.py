"""`palier-scenario flash` on films and folders whose answer is known."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from flash_faults import fault_of
from PIL import Image

from vr_runtime.authoring import still
from vr_runtime.authoring.cli import main
from vr_runtime.authoring.frames import frames

PAGES = Path(__file__).parents[2] / "scenarios" / "guide"
GUIDES = [PAGES / f"flashes{of}.md" for of in ("", ".fr")]


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
    assert document["verdict"] == dict.fromkeys(document["broken_at_s"], "pass")


def test_json_tells_of_each_picture_all_that_the_guide_names(tmp_path, capsys):
    folder = folder_of(tmp_path / "strobe", flashing(5, 2, 30) + [128] * 60)
    assert main(["flash", str(folder), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    for guide in GUIDES:
        told = guide.read_text("utf-8")
        table = told[told.index("| `at_s` |") :].split("\n\n")[0]
        named = {
            name for line in table.splitlines() for name in line.split("|")[1].split("`")[1::2]
        }
        assert named == set(document["frames"][0])
    verdicts = [frame["verdict"]["wcag"] for frame in document["frames"]]
    assert verdicts[0] == verdicts[-1] == "pass"
    first = document["frames"][verdicts.index("fail")]
    assert first["at_s"] == document["broken_at_s"]["wcag"] and first["transitions"] == 7
    assert document["verdict"]["wcag"] == "fail"


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


@pytest.mark.parametrize("rate", ["0", "-1", "nan", "inf", "1001", "fast"])
def test_a_rate_that_is_none_is_wrong_usage(rate, tmp_path):
    with pytest.raises(SystemExit) as ended:
        main(["flash", str(tmp_path), "--rate", rate])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("times", "what"),
    [
        ("0 0.1 0.1", "do not rise, at 0.100 s"),
        ("0 0.2 0.1", "do not rise, at 0.100 s"),
        ("0 nan 0.1", "do not rise, at nan s"),
        ("0 0.1 inf", "do not rise, at inf s"),
        ("0 0.1 soon", "must hold a time in seconds for each picture"),
        ("\ud800", "must hold a time in seconds for each picture"),
    ],
)
def test_times_that_are_none_are_told(times, what, tmp_path, capsys):
    folder = folder_of(tmp_path / "pictures", [0, 255, 0])
    (folder / "times.txt").write_bytes(times.encode("utf-8", "surrogatepass"))
    assert what in fault_of(folder, capsys)


def test_a_folder_of_none_and_one_whose_pictures_change_their_shape_are_told(tmp_path, capsys):
    folder = folder_of(tmp_path / "pictures", [])
    assert "fewer than two pictures" in fault_of(folder, capsys)
    (folder / "0.png").mkdir()  # a folder named like a picture is none
    (folder / "1.png").mkdir()
    assert "fewer than two pictures" in fault_of(folder, capsys)
    for n, size in enumerate(((96, 54), (192, 108), (108, 192))):
        Image.new("RGB", size).save(folder / f"a{n}.png")
    assert "from 0.067 s on its pictures have another shape" in fault_of(folder, capsys)


def test_pictures_come_in_the_order_of_their_numbers(tmp_path):
    folder = folder_of(tmp_path / "pictures", [])
    for n in range(30, 0, -1):
        Image.new("RGB", (48, 27), (n,) * 3).save(folder / f"view {n} of 30.png")
    (folder / "._view 1 of 30.png").write_text("a Mac's notes about a file, no picture")
    assert [int(shown[0, 0, 0]) for _, shown in frames(folder, 30.0)] == list(range(1, 31))


def shown_by(image: Image.Image, folder: Path, name: str, **how) -> np.ndarray:
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    image.save(folder / name, **how)
    image.save(folder / f"1{name}", **how)
    return next(frames(folder, 30.0))[1]


def test_a_picture_is_taken_as_it_is_shown_whatever_its_kind(tmp_path):
    deep = Image.fromarray(np.full((27, 48), 32896, np.uint16))
    assert (shown_by(deep, tmp_path / "a", "0.png") == 128).all()
    for mode in ("1", "L", "P", "RGB"):
        assert (shown_by(Image.new(mode, (48, 27), 1), tmp_path / "a", "0.png") <= 255).all()
    clear = Image.new("RGBA", (48, 27), (255, 255, 255, 0))
    assert (shown_by(clear, tmp_path / "a", "0.png") == 0).all()
    half = Image.new("LA", (48, 27), (200, 128))
    assert (shown_by(half, tmp_path / "a", "0.png") == 100).all()
    inks = Image.new("CMYK", (48, 27), (0, 0, 0, 0))
    assert (shown_by(inks, tmp_path / "a", "0.jpg") == 255).all()
    lying = Image.new("RGB", (48, 27))
    lying.paste((255, 255, 255), (0, 0, 24, 27))
    turned = Image.Exif()
    turned[0x0112] = 6
    upright = shown_by(lying, tmp_path / "a", "0.jpg", exif=turned)
    assert upright.shape == (48, 27, 3) and upright[:20].min() > 200 > 50 > upright[28:].max()


def test_a_picture_of_more_points_than_memory_holds_is_told(tmp_path, capsys, monkeypatch):
    folder = folder_of(tmp_path / "pictures", [0, 255])
    for limit in (still.MOST_POINTS, 1000):
        monkeypatch.setattr(still, "MOST_POINTS", limit)
        if limit > 1000:
            vast = Image.new("1", (20_000, 20_000))
            vast.save(folder / "0001.png")
        assert "million points" in fault_of(folder, capsys)


@pytest.mark.parametrize("ending", ["gif", "png", "webp", "jpg"])
def test_no_damage_ends_in_more_than_one_sentence(ending, tmp_path, capsys):
    folder = folder_of(tmp_path / "pictures", [0, 128, 255])
    greys = [Image.new("RGB", (48, 27), (grey,) * 3) for grey in (0, 128, 255)]
    path = tmp_path / f"film.{ending}"
    if ending == "jpg":
        turned = Image.Exif()
        turned[0x0112] = 6
        greys[1].save(path, exif=turned)
    else:
        greys[0].save(path, save_all=True, append_images=greys[1:], duration=100)
    whole, chance = path.read_bytes(), random.Random(ending)
    if ending == "jpg":
        path = folder
    for n in range(60):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if n % 3 == 0 else whole)
        for _ in range(chance.choice((1, 4, 30))):
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (folder / "0000.jpg" if ending == "jpg" else path).write_bytes(damaged)
        code = main(["flash", str(path)])
        told = capsys.readouterr()
        assert code in (0, 1, 3) and bool(told.out) is (code != 3)
        assert told.err.count("\n") == (code == 3)


def test_who_reads_only_the_beginning_gets_no_traceback(tmp_path):
    folder = folder_of(tmp_path / "long", flashing(1, 20, 30))
    command = [sys.executable, "-m", "vr_runtime.authoring.cli", "flash", str(folder), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as told:
        assert told.stdout is not None and told.stderr is not None
        assert told.stdout.read(9) == b'{"path":"'
        told.stdout.close()
        assert told.stderr.read() == b""
    assert told.returncode == 141
