"""`palier-scenario new --panorama`: pictures become a scenario, and nothing private goes along."""

from __future__ import annotations

import math
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from drop_in_led import led
from owning import equirect, even, film, wav
from PIL import Image

from scenarios.api.manifest import LEVELS
from vr_runtime.authoring.bringing.films import NoFilm, film_alone
from vr_runtime.authoring.bringing.pictures import WIDEST, NoPicture, cleaned
from vr_runtime.authoring.cli import main
from vr_runtime.authoring.making.panorama import NoPlan, brightness, first_level, planned
from vr_runtime.authoring.making.panorama_tasks import LOOK_S
from vr_runtime.authoring.preview.steering import Kept, Steering
from vr_runtime.engine.budget import IN_STEP
from vr_runtime.examination.examine import examine
from vr_runtime.loader import Found, found_at
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

NAMES = ("01_street", "02_stairs", "03_hall", "04_roof", "10_edge")
FLAGS = ("--licence", "CC0-1.0", "--author", "The tests", "--source", "own work")
TONE = wav(0.1 * np.sin(2 * math.pi * 220 * np.arange(24_000) / 48_000))


@pytest.fixture(autouse=True)
def nobody_elses_scenarios(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ALSOFT_DRIVERS", "null")
    monkeypatch.setenv("PALIER_LANG", "en")


@pytest.fixture
def pictures(tmp_path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / f"{name}.png").write_bytes(even((40 + 40 * number, 90, 200 - 30 * number)))
    return folder


def make(pictures: Path, shelf: Path, *more: str) -> int:
    arguments = ["new", "heights.tower", "--panorama", str(pictures), "--folder", str(shelf)]
    return main([*arguments, *(more or FLAGS)])


@pytest.mark.parametrize("count", range(1, LEVELS + 1))
def test_any_number_of_pictures_is_spread_over_all_levels_and_none_is_left_out(count):
    firsts = [first_level(number, count) for number in range(count)]
    assert firsts[0] == 0 and firsts == sorted(set(firsts)) and firsts[-1] < LEVELS
    spans = [b - a for a, b in zip(firsts, [*firsts[1:], LEVELS], strict=True)]
    assert max(spans) - min(spans) <= 1


def test_a_picture_becomes_brighter_with_each_level_and_whole_at_the_last():
    shares = [brightness(level) for level in range(LEVELS)]
    assert shares == sorted(set(shares)) and shares[-1] == 100


@pytest.mark.parametrize("count", [1, 2, 5, 11])
def test_pictures_become_a_scenario_that_is_in_order_and_runs(count, tmp_path):
    folder, shelf = tmp_path / "pictures", tmp_path / "shelf"
    folder.mkdir()
    for number in range(count):
        (folder / f"{number + 1}.png").write_bytes(even((10 * number, 90, 200)))
    assert make(folder, shelf) == 0
    report = examine("drop-in", str(shelf / "heights_tower"))
    assert report.diagnostics == () and report.manifest is not None
    manifest = report.manifest
    for level in range(1, LEVELS):
        assert any(v.by_level[level] != v.by_level[level - 1] for v in manifest.graded)
    assert len(manifest.events) == 2 and manifest.comfort is not None
    assert len({sentence.en for sentence in manifest.levels}) == LEVELS
    engine = led(shelf)
    assert engine.ramp is not None and engine.ramp.reached == 10


def test_pictures_come_in_the_order_of_their_numbers_and_are_named_to_the_therapist(
    pictures, tmp_path
):
    assert make(pictures, tmp_path / "shelf") == 0
    manifest = examine("drop-in", str(tmp_path / "shelf" / "heights_tower")).manifest
    assert manifest is not None
    place = manifest.value("place")
    assert place is not None
    assert [option.en for option in place.options] == ["street", "stairs", "hall", "roof", "edge"]
    assert place.by_level == (0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4)


def test_sounds_go_on_in_their_picture_or_happen_as_events(pictures, tmp_path):
    for name in ("03_hall.wav", "event-dog-barks.wav", "event-door.wav"):
        (pictures / name).write_bytes(TONE)
    assert make(pictures, tmp_path / "shelf") == 0
    folder = tmp_path / "shelf" / "heights_tower"
    text = (folder / "scenario.py").read_text("utf-8")
    assert '2: self.stage.sound("own/03_hall.wav", loop=True' in text
    manifest = examine("drop-in", str(folder)).manifest
    assert manifest is not None
    assert [event.name for event in manifest.events] == ["dog_barks", "door"]
    assert "self.wait(0.5)" in text, "an event lasts as long as its sound"
    assert manifest.value("loudness") is not None


def test_what_an_author_says_is_kept_and_what_is_proposed_is_marked(pictures, tmp_path):
    (pictures / "event-bell.wav").write_bytes(TONE)
    (pictures / "levels.toml").write_text(
        'title = { fr = "La tour", en = "The tower" }\n'
        '[levels]\n0 = { fr = "Dans la rue.", en = "In the street." }\n'
        '[pictures."02_stairs.png"]\nheading = 90\n'
        '[events.bell]\nfr = "Une cloche"\nen = "A bell"\nmin_level = 4\n',
        "utf-8",
    )
    assert make(pictures, tmp_path / "shelf") == 0
    folder = tmp_path / "shelf" / "heights_tower"
    text = (folder / "scenario.py").read_text("utf-8")
    assert text.count("proposed from the names of the files") == 1
    assert 'panorama("own/02_stairs.png", heading=90)' in text
    manifest = examine("drop-in", str(folder)).manifest
    assert manifest is not None
    assert manifest.title.fr == "La tour" and manifest.levels[0].en == "In the street."
    bell = manifest.event("bell")
    assert bell is not None and (bell.label.en, bell.min_level) == ("A bell", 4)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("levels = 3", "levels"),
        ('[levels]\n12 = { fr = "a", en = "a" }', "no level and no picture `12`"),
        ('[levels]\nx = { fr = "a", en = "a" }', "levels.toml"),
        ('[levels]\n1 = { fr = "a" }', "levels.1.en"),
        ('[pictures."x.png"]\nheading = 3', "no level and no picture `x.png`"),
        ('[targets.a]\nfr = "a"\nen = "a"\npicture = "x.png"', "no picture `x.png`"),
        ('[targets.a]\nfr = "a"\nen = "a"', "targets.a.picture"),
        ('[targets."A b"]\nfr = "a"\nen = "a"\npicture = "x.png"', "targets"),
        ("[", "levels.toml"),
    ],
)
def test_a_slip_in_levels_toml_is_told_and_nothing_is_made(said, told, pictures, tmp_path, capsys):
    (pictures / "levels.toml").write_text(said, "utf-8")
    assert make(pictures, tmp_path / "shelf") == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "shelf" / "heights_tower").exists()


def test_two_tasks_are_proposed_and_there_is_nothing_to_look_at_unless_its_author_says_so(
    pictures, tmp_path
):
    assert make(pictures, tmp_path / "shelf") == 0
    manifest = examine("drop-in", str(tmp_path / "shelf" / "heights_tower")).manifest
    assert manifest is not None
    assert [(task.name, task.by_therapist) for task in manifest.tasks] == [
        ("look_round", True),
        ("stay", False),
    ]
    assert manifest.targets == ()


DOOR = """[targets.door]
fr = "la porte"
en = "the door"
picture = "01_street.png"
"""


@pytest.mark.parametrize(("turned", "seen"), [(-42.0, True), (0.0, False), (42.0, False)])
def test_who_looks_where_a_target_is_in_its_picture_has_done_the_task(
    turned, seen, pictures, tmp_path
):
    # 42 degrees to the left of a picture that is turned 42 to the right lies straight ahead.
    told = f'[pictures."01_street.png"]\nheading = {turned}\n{DOOR}heading = 42\n'
    (pictures / "levels.toml").write_text(told, "utf-8")
    assert make(pictures, tmp_path / "shelf") == 0
    path = tmp_path / "shelf" / "heights_tower"
    found = found_at(path, examine("drop-in", str(path)))
    assert isinstance(found, Found), found
    assert [target.label.en for target in found.manifest.targets] == ["the door"]
    steering = Steering(NullStage(shipped()), IN_STEP, interrupts=False)
    steering.open(found, Kept(1))
    steering.look_after_load()
    steering.give("look_door")
    while steering.hurries:
        steering.tick()
    assert steering.refused is None
    for _tick in range(30 * (LOOK_S + 1)):
        steering.tick()
    playing = steering.engine.playing
    assert playing is not None
    (task,) = (each for each in playing.tasks() if each.name == "look_door")
    assert (task.last == "completed", task.running) == (seen, not seen)


def test_a_target_can_be_looked_at_in_its_own_picture_alone(pictures, tmp_path):
    (pictures / "levels.toml").write_text(DOOR.replace("01_street", "03_hall"), "utf-8")
    assert make(pictures, tmp_path / "shelf") == 0
    manifest = examine("drop-in", str(tmp_path / "shelf" / "heights_tower")).manifest
    assert manifest is not None
    bounds = [each for each in manifest.interlocks if each.event == "look_door"]
    place = manifest.value("place")
    assert place is not None
    allowed = [
        level
        for level in range(LEVELS)
        if all(each.allows(place.by_level[level]) for each in bounds)
    ]
    (task,) = (each for each in manifest.tasks if each.name == "look_door")
    assert allowed == [5, 6] and task.min_level == 5


def test_names_that_events_have_are_not_taken_by_tasks(pictures, tmp_path):
    (pictures / "event-stay.wav").write_bytes(TONE)
    (pictures / "levels.toml").write_text(DOOR.replace("targets.door", "targets.round"), "utf-8")
    assert make(pictures, tmp_path / "shelf") == 0
    manifest = examine("drop-in", str(tmp_path / "shelf" / "heights_tower")).manifest
    assert manifest is not None
    names = [each.name for each in (*manifest.events, *manifest.tasks)]
    assert len(set(names)) == len(names) == 2 + 3


def test_a_folder_without_pictures_or_with_too_many_or_two_beds_is_told(tmp_path, pictures):
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NoPlan, match="holds 0 pictures"):
        planned(empty)
    for name in ("wind.wav", "rain.wav"):
        (pictures / name).write_bytes(TONE)
    with pytest.raises(NoPlan, match=r"rain\.wav, wind\.wav"):
        planned(pictures)
    for number in range(8):
        (pictures / f"more{number}.png").write_bytes(b"")
    with pytest.raises(NoPlan, match="holds 13 pictures"):
        planned(pictures)


def test_a_picture_that_cannot_be_shown_leaves_nothing_behind(pictures, tmp_path, capsys):
    (pictures / "05_flat.png").write_bytes(equirect(256, 200))
    assert make(pictures, tmp_path / "shelf") == 2
    assert "twice as wide as high" in capsys.readouterr().err
    assert not (tmp_path / "shelf" / "heights_tower").exists()


def test_without_a_terminal_the_origin_must_be_said(pictures, tmp_path, capsys):
    assert make(pictures, tmp_path / "shelf", "--licence", "CC0-1.0") == 2
    assert "--author" in capsys.readouterr().err
    assert make(pictures, tmp_path / "shelf", "--licence", "none") == 2
    assert not (tmp_path / "shelf").exists()


def test_what_is_there_already_stays(pictures, tmp_path, capsys):
    mine = tmp_path / "shelf" / "heights_tower"
    mine.mkdir(parents=True)
    (mine / "mine.txt").write_text("mine", "utf-8")
    assert make(pictures, tmp_path / "shelf") == 2
    assert [file.name for file in mine.iterdir()] == ["mine.txt"]


# -- pictures


def taken(size: tuple[int, int], kind: str, orientation: int = 1) -> bytes:
    """A picture as a camera writes it: with where, when and with what it was taken."""
    image = Image.new("RGB", size, (40, 90, 160))
    image.paste((220, 30, 30), (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SecretCamera", orientation
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = "2026:05:02"
    out = BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp")])
def test_nothing_that_tells_where_or_with_what_goes_along(kind, ending, tmp_path):
    file = tmp_path / f"a{ending}"
    file.write_bytes(taken((512, 256), kind))
    assert b"SecretCamera" in file.read_bytes()
    data, made = cleaned(file)
    assert made == ending
    assert b"SecretCamera" not in data and b"2026:05:02" not in data and b"Exif" not in data
    with Image.open(BytesIO(data)) as image:
        assert image.size == (512, 256) and not image.getexif()


def test_a_picture_is_turned_upright_as_its_camera_says(tmp_path):
    file = tmp_path / "a.jpg"
    file.write_bytes(taken((256, 512), "JPEG", orientation=6))
    with Image.open(BytesIO(cleaned(file)[0])) as image:
        assert image.size == (512, 256)
        # What lay in the upper left corner lies in the upper right one.
        assert np.asarray(image)[10, -10].argmax() == 0


def test_a_picture_finer_than_any_headset_is_made_smaller(tmp_path):
    file = tmp_path / "a.png"
    Image.new("RGB", (WIDEST + 400, WIDEST // 2 + 200)).save(file, compress_level=1)
    with Image.open(BytesIO(cleaned(file)[0])) as image:
        assert image.size == (WIDEST, WIDEST // 2)


@pytest.mark.parametrize("data", [b"", b"no picture", taken((512, 256), "PNG")[:60]])
def test_a_damaged_picture_is_told(data, tmp_path):
    file = tmp_path / "a.png"
    file.write_bytes(data)
    with pytest.raises(NoPicture, match=r"a\.png: it is damaged"):
        cleaned(file)


def test_a_film_keeps_its_pictures_and_nothing_that_tells_of_it(tmp_path):
    import av

    frames = [np.full((128, 256, 3), 40 * number, dtype=np.uint8) for number in range(5)]
    plain = tmp_path / "plain.mp4"
    film(plain, frames)
    file = tmp_path / "film.mp4"
    with av.open(str(plain)) as source, av.open(str(file), "w") as out:
        out.metadata["comment"] = "SecretPlace"
        copied = out.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = copied
                out.mux(packet)
    assert b"SecretPlace" in file.read_bytes()
    data, _told = film_alone(file)
    assert b"SecretPlace" not in data
    kept = tmp_path / "kept.mp4"
    kept.write_bytes(data)
    with av.open(str(kept)) as shown:
        assert sum(1 for _frame in shown.decode(video=0)) == 5


@pytest.mark.render
@pytest.mark.timeout(120)
def test_five_pictures_are_seen_level_by_level(pictures, tmp_path):
    assert make(pictures, tmp_path / "shelf") == 0
    seen = []
    for level in (0, 4, 10):
        out = tmp_path / f"{level}.png"
        arguments = ["--display", "offscreen", "--out", str(out), "--size", "900x500"]
        folder = str(tmp_path / "shelf" / "heights_tower")
        assert main(["preview", folder, "--level", str(level), "--no-panel", *arguments]) == 0
        seen.append(np.asarray(Image.open(out))[250, 450].astype(int))
    # The picture of each level, at the brightness that its sentence tells.
    for level, shown, picture in zip((0, 4, 10), seen, (0, 1, 4), strict=True):
        whole = np.asarray((40 + 40 * picture, 90, 200 - 30 * picture))
        assert np.abs(shown - whole * brightness(level) / 100).max() < 6


@pytest.mark.parametrize("data", [b"", b"no film at all" * 100], ids=["empty", "text"])
def test_a_film_without_pictures_does_not_come_in(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sea.mp4"
    file.write_bytes(data)
    with pytest.raises(NoFilm, match="no film of a kind"):
        film_alone(file)


def test_a_picture_that_says_it_is_vast_is_told_as_too_fine(tmp_path: Path) -> None:
    file = tmp_path / "vast.png"
    Image.new("1", (64, 32)).save(file)
    data = bytearray(file.read_bytes())
    data[16:24] = (60_000).to_bytes(4, "big") + (30_000).to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    file.write_bytes(data)
    with pytest.raises(NoPicture, match="million points"):
        cleaned(file)
