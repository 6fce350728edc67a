"""A scenario's own pictures, films, models and sounds as they are drawn, and what is refused."""

from __future__ import annotations

import os
import struct
import time
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from drawing import SIZE
from owning import block, encoded, equirect, even, film, glb, own_in, wav
from PIL import Image

from vr_runtime.engine.ports import DT
from vr_runtime.flash.watch import FlashWatch
from vr_runtime.wire.acts import FlashDimmed, LoadFailed, View

pytestmark = pytest.mark.render


def loaded(display, seconds: float = 60.0) -> list[str]:
    """Draw until all that was asked for is there, or something failed; gives what failed."""
    until = time.monotonic() + seconds
    while display.stage.loading() < 1.0:
        assert time.monotonic() < until, "the load neither ended nor failed"
        display.stage.tick(DT)
        display.draw(1.0)
        failed = [o.text for o in display.occurrences() if isinstance(o, LoadFailed)]
        if failed:
            return failed
    return []


def looked(display, yaw: float = 0.0, pitch: float = 0.0) -> np.ndarray:
    """What is seen with the head turned so, as (rows, columns, 3)."""
    # Nobody turns so fast: together these pictures would flash.
    display._flashes = FlashWatch()
    display.point(yaw, pitch)
    display.draw(1.0)
    wide, high = SIZE
    return np.frombuffer(display.pixels(SIZE), np.uint8).reshape(high, wide, 3).astype(int)


def enter(display) -> None:
    display.show(View.SCENE)
    for _tick in range(30):
        display.stage.tick(DT)
    while display._ease.brightness() < 1.0:
        display.draw(1.0)


@pytest.fixture
def around(drawn, tmp_path: Path):
    """The drawn display, with whatever is laid into the folder of its scenario."""

    def lay(**files: bytes) -> None:
        named = {f"own/{name.replace('_', '.')}": data for name, data in files.items()}
        drawn.stage.own_in(own_in(tmp_path / "quay", named))

    drawn.lay_own = lay
    yield drawn
    drawn.point(0.0, 0.0)
    drawn.stage.clear("scene")
    drawn.stage.own_in(None)
    drawn.occurrences()


def told_by(pixel: np.ndarray) -> tuple[float, float]:
    """Degrees to the right and up that this colour of `equirect` stands for."""
    return (pixel[0] / 255 - 0.5) * 360.0, (pixel[1] / 255 - 0.5) * 180.0


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize(("yaw", "pitch"), [(0, 0), (90, 0), (-90, 0), (45, 60), (-120, -50)])
def test_a_panorama_lies_where_it_should_in_every_direction(around, kind, yaw, pitch):
    around.lay_own(**{"harbour_png" if kind == "PNG" else "harbour_jpg": equirect(1024, kind=kind)})
    around.stage.world.panorama("own/harbour.png" if kind == "PNG" else "own/harbour.jpg")
    assert loaded(around) == []
    enter(around)
    middle = looked(around, yaw, pitch)[SIZE[1] // 2, SIZE[0] // 2]
    right, up = told_by(middle)
    assert right == pytest.approx(-yaw, abs=3.0)
    assert up == pytest.approx(pitch, abs=2.0)


def test_its_heading_turns_its_middle_to_the_left(around):
    around.lay_own(harbour_png=equirect(1024))
    around.stage.world.panorama("own/harbour.png", heading=90.0)
    assert loaded(around) == []
    enter(around)
    right, _up = told_by(looked(around, 90.0)[SIZE[1] // 2, SIZE[0] // 2])
    assert right == pytest.approx(0.0, abs=3.0)


def test_it_follows_whoever_stands_elsewhere(around):
    around.lay_own(harbour_png=equirect(1024))
    around.stage.world.panorama("own/harbour.png")
    assert loaded(around) == []
    enter(around)
    here = looked(around)
    around.stage.world.viewer.stand((400.0, -30.0, 50.0))
    for _tick in range(60):
        around.stage.tick(DT)
    assert np.abs(looked(around) - here).max() <= 1


def test_its_colours_are_those_of_the_file(around):
    around.lay_own(grey_png=even((118, 120, 122)))
    around.stage.world.panorama("own/grey.png")
    assert loaded(around) == []
    enter(around)
    assert np.abs(looked(around) - np.asarray((118, 120, 122))).max() <= 1


def test_no_seam_shows_behind_nor_between_its_tiles(around):
    """A picture without edges, seen where both its sides meet, and at both poles."""
    across = (np.arange(2048) + 0.5) / 2048 * 2 * np.pi
    up = (0.5 - (np.arange(1024) + 0.5) / 1024) * np.pi
    x = np.cos(up)[:, None] * np.sin(across)[None, :]
    z = np.sin(up)[:, None] * np.ones_like(x)
    smooth = np.stack([128 + 100 * x, 128 + 100 * z, 128 + 60 * x * z], -1).round().astype("u1")
    around.lay_own(smooth_png=encoded(smooth))
    around.stage.world.panorama("own/smooth.png")
    assert loaded(around) == []
    enter(around)
    for yaw, pitch in ((180, 0), (0, 0), (45, 45), (22.5, 0), (0, 90), (0, -90), (135, -45)):
        seen = looked(around, yaw, pitch)
        assert np.abs(np.diff(seen, axis=0)).max() <= 6
        assert np.abs(np.diff(seen, axis=1)).max() <= 6


def test_straight_things_stay_straight(around):
    """The edge of a wall ahead, reckoned into the picture, is a line on the screen."""
    across = ((np.arange(2048) + 0.5) / 2048 - 0.5) * 2 * np.pi
    up = (0.5 - (np.arange(1024) + 0.5) / 1024) * np.pi
    # a wall 1 m ahead whose top is 0.3 m above the eye
    height = np.tan(up)[:, None] / np.maximum(np.cos(across)[None, :], 1e-3)
    wall = (height < 0.3) & (np.cos(across)[None, :] > 0.02)
    pixels = np.where(wall[..., None], 40, 210).astype("u1").repeat(3, axis=-1)
    around.lay_own(wall_png=encoded(pixels))
    around.stage.world.panorama("own/wall.png")
    assert loaded(around) == []
    enter(around)
    seen = looked(around)[..., 0]
    tops = np.argmax(seen < 125, axis=0)
    assert np.ptp(tops) <= 1 and 0 < tops[0] < SIZE[1] / 2


def test_what_stands_in_the_scene_stands_before_it(around):
    around.lay_own(grey_png=even((118, 120, 122)))
    around.stage.world.panorama("own/grey.png")
    around.stage.world.box((4.0, 0.2, 4.0), material="black", at=(0.0, 900.0, 0.0))
    around.stage.world.box((3.0, 0.2, 4.0), material="black", at=(0.0, 4.0, 0.0))
    assert loaded(around) == []
    enter(around)
    seen = looked(around)
    assert seen[SIZE[1] // 2, SIZE[0] // 2].max() < 90
    assert np.abs(seen[3, 3] - np.asarray((118, 120, 122))).max() <= 1


def test_the_one_that_is_visible_is_seen(around):
    around.lay_own(a_png=even((200, 40, 40)), b_png=even((40, 40, 200)))
    first = around.stage.world.panorama("own/a.png")
    second = around.stage.world.panorama("own/b.png")
    second.visible = False
    assert loaded(around) == []
    enter(around)
    assert looked(around)[5, 5][0] > 150
    first.visible, second.visible = False, True
    for _tick in range(40):
        around.stage.tick(DT)
        around.draw(1.0)
    assert looked(around)[5, 5][2] > 150


def test_no_picture_waits_for_a_panorama(around):
    """Decoded beside the pictures, brought to the card a tile at a time: never all at once."""
    rng = np.random.default_rng(1)
    rows = np.kron(rng.integers(0, 255, (128, 256, 3)), np.ones((16, 16, 1))).astype("u1")
    around.lay_own(vast_jpg=encoded(rows, "JPEG"))
    around.stage.world.panorama("own/vast.jpg")
    brought = []
    prepared = around._output.gsg.getPreparedObjects()
    until = time.monotonic() + 60
    while around.stage.loading() < 1.0:
        assert time.monotonic() < until
        around.draw(1.0)
        brought.append(prepared.getNumPreparedTextures() + prepared.getNumQueuedTextures())
    assert max(b - a for a, b in pairwise(brought)) <= 8


def hostile_pictures() -> dict[str, bytes]:
    whole = equirect(512, kind="JPEG")
    vast = bytearray(equirect(64))
    vast[16:24] = struct.pack(">II", 30_000, 15_000)
    lying = bytearray(equirect(64))
    lying[16:24] = struct.pack(">II", 8_192, 4_096)
    return {
        "truncated_jpg": whole[: len(whole) // 2],
        "vast_png": bytes(vast),
        "lying_png": bytes(lying),
        "empty_jpg": b"",
        "text_png": b"no picture at all",
        "film_jpg": b"\0\0\0\x18ftypisom" + bytes(40),
        "square_png": equirect(256, 256),
        "flat_png": equirect(640, 480),
        "gif_png": _gif(),
    }


def _gif() -> bytes:
    out = BytesIO()
    Image.new("P", (128, 64)).save(out, "GIF")
    return out.getvalue()


@pytest.mark.parametrize("name", sorted(hostile_pictures()))
def test_a_picture_that_is_none_is_told_in_one_sentence(around, name):
    around.lay_own(**{name: hostile_pictures()[name]})
    around.stage.world.panorama(f"own/{name.replace('_', '.')}")
    (told,) = loaded(around)
    assert told.startswith(f"`own/{name.replace('_', '.')}`: ") and "\n" not in told
    assert "Error" not in told and " — " in told
    enter(around)


def test_bytes_that_are_not_the_credited_ones_are_refused(around, tmp_path):
    around.lay_own(harbour_png=equirect())
    around.stage.world.panorama("own/harbour.png")
    around.stage.clear("scene")
    (tmp_path / "quay/own/harbour.png").write_bytes(even((1, 1, 1)))
    around.stage.world.panorama("own/harbour.png")
    (told,) = loaded(around)
    assert "sha256 differs" in told


def steps(width: int, values: list[int]) -> list[np.ndarray]:
    return [np.full((width // 2, width, 3), value, dtype=np.uint8) for value in values]


def test_a_film_shows_the_moment_of_the_scene_and_loops(around, tmp_path):
    values = [20 + 9 * n for n in range(24)]
    around.lay_own(sea_mp4=film(tmp_path / "sea.mp4", steps(256, values)))
    sea = around.stage.world.panorama("own/sea.mp4")
    assert loaded(around) == []
    enter(around)
    for seconds in (0.25, 0.5, 0.75, 0.1, 1.5, 0.9):
        sea.film_s = seconds
        shade = looked(around)[5, 5].mean()
        assert shade == pytest.approx(values[int(seconds % 1.0 * 24)], abs=14)
    sea.film_s = 0.25
    first = looked(around)[5, 5].mean()
    sea.film_s = 0.75
    looked(around)
    sea.film_s = 0.25
    assert looked(around)[5, 5].mean() == first


@pytest.mark.parametrize(("codec", "ending"), [("libvpx-vp9", "webm"), ("libx264", "mov")])
def test_films_of_other_kinds_are_shown(around, tmp_path, codec, ending):
    data = film(tmp_path / f"sea.{ending}", steps(128, [120] * 12), codec=codec)
    around.lay_own(**{f"sea_{ending}": data})
    around.stage.world.panorama(f"own/sea.{ending}")
    assert loaded(around) == []
    enter(around)
    assert looked(around)[5, 5].mean() == pytest.approx(120, abs=6)


@pytest.mark.parametrize("what", ["cut", "none", "list", "flat", "still"])
def test_a_film_that_is_none_is_told_in_one_sentence(around, tmp_path, what):
    whole = film(tmp_path / "sea.mp4", steps(128, [120] * 12))
    data = {
        "cut": whole[: len(whole) // 3],
        "none": b"\0\0\0\x18ftypisom" + bytes(400),
        "list": b"#EXTM3U\nhttp://localhost/secret.ts\n",
        "flat": film(tmp_path / "flat.mp4", [np.zeros((128, 128, 3), np.uint8)] * 12),
        "still": film(tmp_path / "still.mp4", steps(128, [9])),
    }[what]
    around.lay_own(sea_mp4=data)
    around.stage.world.panorama("own/sea.mp4")
    (told,) = loaded(around)
    assert told.startswith("`own/sea.mp4`: ") and "Error" not in told and " — " in told


def test_a_flashing_film_is_dimmed_and_told(around, tmp_path):
    around.lay_own(strobe_mp4=film(tmp_path / "s.mp4", steps(128, [20, 20, 235, 235] * 12)))
    strobe = around.stage.world.panorama("own/strobe.mp4")
    assert loaded(around) == []
    clock = [0.0]
    around._clock, kept = (lambda: clock[0]), around._clock
    try:
        around._flashes = FlashWatch()
        around.show(View.SCENE)
        told = []
        for tick in range(90):
            clock[0] += DT
            around.stage.tick(DT)
            strobe.film_s = tick * DT
            around.draw(1.0)
            told += [o for o in around.occurrences() if isinstance(o, FlashDimmed)]
        assert told
    finally:
        around._clock = kept
        around._last = kept()


def test_a_model_of_ones_own_stands_where_it_was_put(around):
    document, data = block(2.0)
    around.lay_own(chair_glb=glb(document, data))
    around.stage.world.model("own/chair.glb", at=(0.0, 6.0, 1.65))
    assert loaded(around) == []
    enter(around)
    red = looked(around)[SIZE[1] // 2, SIZE[0] // 2]
    assert red[0] > 2 * red[1] and red[0] > 40
    assert looked(around, 90.0)[SIZE[1] // 2, SIZE[0] // 2][2] > red[2]


@pytest.mark.parametrize(("long_m", "casts"), [(2.0, True), (12.0, False)])
def test_a_model_of_ones_own_casts_a_shadow_unless_it_is_a_place(around, long_m, casts):
    document, data = block(long_m)
    around.lay_own(chair_glb=glb(document, data))
    around.stage.world.model("own/chair.glb", at=(0.0, 20.0, 0.0))
    assert loaded(around) == []
    enter(around)
    assert around._scenery.casting() is casts


def test_a_sound_of_ones_own_is_ready_with_all_else(around):
    tone = 0.5 * np.sin(np.arange(24_000) * 0.05)
    around.lay_own(bell_wav=wav(tone))
    bell = around.stage.world.sound("own/bell.wav")
    assert loaded(around) == []
    enter(around)
    bell.play()
    around.draw(1.0)
    around.draw(1.0)
    bell.remove()


def test_what_is_gone_before_it_was_read_never_comes(around):
    around.lay_own(harbour_png=equirect(2048), chair_glb=glb(*block()), bell_wav=wav(np.zeros(9)))
    world = around.stage.world
    things = [world.panorama("own/harbour.png"), world.model("own/chair.glb")]
    things.append(world.sound("own/bell.wav"))
    for thing in things:
        thing.remove()
    assert loaded(around) == []
    around.stage.clear("scene")
    assert loaded(around) == []


def test_leaving_is_seen_in_the_first_picture_while_a_panorama_is_read(around):
    around.lay_own(harbour_png=equirect(4096))
    around.stage.world.panorama("own/harbour.png")
    around.draw(1.0)
    around.show(View.SAFE_PLACE)
    around.draw(1.0)
    assert around.drawn is View.SAFE_PLACE
    assert os.name  # nothing waited for the reader: it goes on
    assert loaded(around) == []
