"""`palier-scenario flash` on real films: the answer is known, the coding is not to change it."""

from __future__ import annotations

import json
import math
import random
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from filming import CODECS, film_of
from flash_faults import fault_of
from signals import RATES, UNEVEN, flashing, grey, part_flashing, run, stripes, times

from vr_runtime.authoring import film as film_module
from vr_runtime.authoring.cli import main
from vr_runtime.authoring.film import film
from vr_runtime.authoring.flash import measured
from vr_runtime.authoring.still import NoPictures
from vr_runtime.flash.measure import measure

av = pytest.importorskip("av", reason="the extra `author` is not installed")

FULL, LIMITED = 2, 1
"""Colour ranges as films name them."""


@pytest.fixture(autouse=True)
def english(monkeypatch) -> None:
    monkeypatch.setenv("PALIER_LANG", "en")


def larger(picture):
    """Codecs need some points; cells stay what they are."""
    times_ = 128 // picture.shape[1]
    return np.repeat(np.repeat(picture, times_, axis=0), times_, axis=1)


def filmed(folder: Path, of, seconds: float, fps: float = 30, ending: str = ".mp4", **how) -> Path:
    signal = ((at_s, larger(picture)) for at_s, picture in run(of, times(fps, seconds)))
    return film_of(folder / f"film{ending}", signal, rate=round(fps) or 90, **how)


def halves(at_s: float):
    picture = grey(0.0)
    picture[:, slice(0, 32) if math.floor(10 * at_s + 1e-9) % 2 else slice(32, 64)] = 1.0
    return picture


def red(at_s: float):
    picture = grey(0.2126)
    if math.floor(10 * at_s + 1e-9) % 2:
        picture[:] = (1.0, 0.0, 0.0)
    return picture


def wave(at_s: float):
    return grey(0.5 + 0.45 * math.sin(2 * math.pi * 5.0 * at_s))


ALL = ("own", "wcag", "wcag_no_exemption")
KNOWN = {
    "one flash a second": (flashing(1.0), 3.0, ()),
    "two and a half": (flashing(2.5), 3.0, ("own",)),
    "two and a half, kept up": (flashing(2.5), 6.5, ("own", "extended")),
    "four": (flashing(4.0), 2.0, ALL),
    "steps of 9 %": (flashing(5.0, 0.3, 0.39), 2.0, ()),
    "steps of 11 %": (flashing(5.0, 0.3, 0.41), 2.0, ALL),
    "both states bright": (flashing(5.0, 0.82, 1.0), 2.0, ()),
    "a quarter of the picture": (part_flashing(5.0, 0.25), 2.0, ALL),
    "a fifth of it": (part_flashing(5.0, 0.20), 2.0, ("own", "wcag_no_exemption")),
    "two halves in turn": (halves, 2.0, ALL),
    "red and a grey as bright": (red, 2.0, ALL),
    "a sine": (wave, 2.0, ALL),
    "a ramp": (lambda at_s: grey(min(1.0, at_s / 2.0)), 2.0, ()),
    "stripes": (stripes(12, 0.0, 1.0), 1.5, ("own", "stripes")),
    "faint stripes": (stripes(12, 0.30, 0.38), 1.5, ()),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_film_of_a_known_signal_has_the_known_verdict(name, tmp_path, capsys):
    of, seconds, broken = KNOWN[name]
    file = filmed(tmp_path, of, seconds)
    assert main(["flash", str(file), "--json"]) == (1 if broken else 0)
    document = json.loads(capsys.readouterr().out)
    assert {rule for rule, told in document["verdict"].items() if told == "fail"} == set(broken)
    assert document["pictures"] == len(document["frames"]) == len(times(30, seconds))


@pytest.mark.parametrize("fps", RATES)
def test_the_time_stamps_of_a_film_count_at_every_rate(fps, tmp_path):
    told = measured(filmed(tmp_path, flashing(4.0), 2.0, fps), 30.0)
    assert told.wcag_s == pytest.approx(measured_plainly(flashing(4.0), 2.0, fps), abs=1e-3)
    assert measured(filmed(tmp_path, flashing(1.0), 2.0, fps), 30.0).passes


def measured_plainly(of, seconds: float, fps: float) -> float | None:
    return measure(run(of, times(fps, seconds))).wcag_s


@pytest.mark.parametrize("ending", CODECS)
def test_every_kind_of_film_is_read(ending, tmp_path):
    fps = 30 if ending == ".avi" else UNEVEN
    told = measured(filmed(tmp_path, flashing(4.0), 2.0, fps, ending), 30.0)
    assert told.wcag_s == pytest.approx(measured_plainly(flashing(4.0), 2.0, fps), abs=2e-3)
    assert [f.luminance for f in told.frames[:1]] == pytest.approx([1.0], abs=0.02)
    assert measured(filmed(tmp_path, flashing(1.0), 2.0, fps, ending), 30.0).passes


@pytest.mark.parametrize("said", [FULL, LIMITED])
def test_the_range_of_values_that_a_film_says_it_has_is_minded(said, tmp_path):
    """Steps of 11 % in the one are steps of more in the other."""
    levels = {FULL: (119, 153), LIMITED: (16 + 119 * 219 // 255, 16 + 153 * 219 // 255)}[said]

    def of(at_s: float):
        picture = np.full((108, 128), 128, np.uint8)  # 72 lines of luminance, then the colours
        picture[:72] = levels[math.floor(10 * at_s + 1e-9) % 2]
        return picture

    file = film_of(
        tmp_path / "film.mp4", run(of, times(30, 1.0)), source="yuv420p", color_range=said
    )
    seen = sorted({round(f.luminance, 1) for f in measured(file, 30.0).frames})
    assert seen == [0.2, 0.3]
    brightest = max(f.luminance for f in measured(file, 30.0).frames)
    assert brightest == pytest.approx(0.319, abs=0.015)


def test_a_large_film_that_names_no_colours_has_those_of_players(tmp_path):
    colour = np.full((720, 1280, 3), (200, 30, 60), np.uint8)
    frame = av.VideoFrame.from_ndarray(colour, format="rgb24")
    points = frame.reformat(format="yuv420p", dst_colorspace="ITU709").to_ndarray()
    file = film_of(tmp_path / "f.mp4", [(0.0, points), (0.1, points)], source="yuv420p")
    picture = next(film(file))[1]
    assert np.abs(picture.reshape(-1, 3).mean(axis=0) - (200, 30, 60)).max() < 4


def test_a_film_is_turned_as_it_says(tmp_path):
    upright = np.zeros((64, 128, 3), np.uint8)
    upright[:, :64] = 255  # its left is bright
    for turned, bright in ((90, "below"), (-90, "above"), (180, "right")):
        signal = [(0.0, upright), (0.1, upright)]
        file = film_of(tmp_path / f"{turned}.mp4", signal, turned=turned)
        picture = next(film(file))[1].astype(float)
        high, wide = picture.shape[:2]
        parts = {
            "above": picture[: high // 2],
            "below": picture[high // 2 :],
            "right": picture[:, wide // 2 :],
        }
        assert (high, wide) == ((64, 128) if turned == 180 else (128, 64))
        assert parts[bright].mean() > 250


def test_both_fields_of_an_interlaced_picture_are_seen(tmp_path):
    """Its lines shine in turn: 25 flashes a second that the mean of a picture does not know."""
    lines = np.zeros((144, 176, 3), np.uint8)
    lines[::2] = 255
    signal = [(n / 25, lines) for n in range(25)]
    for order, first in (("tff=1", 1.0), ("bff=1", 0.0)):
        woven = ("libx264", "yuv444p", {"crf": "1", "x264-params": order})
        told = measured(film_of(tmp_path / "woven.mp4", signal, as_=woven, rate=25), 30.0)
        assert told.pictures == 50 and told.wcag_s is not None
        assert [f.at_s for f in told.frames[:3]] == pytest.approx([0.0, 0.02, 0.04], abs=1e-3)
        assert told.frames[0].luminance == pytest.approx(first, abs=0.05)
    plain = ("libx264", "yuv444p", {"crf": "1"})
    assert measured(film_of(tmp_path / "plain.mp4", signal, as_=plain, rate=25), 30.0).passes


def test_what_is_transparent_in_a_film_is_black(tmp_path):
    def of(at_s: float):
        picture = np.full((72, 128, 4), 255, np.uint8)
        picture[..., 3] = 255 * (math.floor(10 * at_s + 1e-9) % 2)
        return picture

    clear = ("qtrle", "argb", {})
    file = film_of(tmp_path / "f.mov", run(of, times(30, 2.0)), as_=clear, source="rgba")
    assert measured(file, 30.0).wcag_s is not None


def test_a_film_of_absolute_light_is_told(tmp_path):
    signal = list(run(flashing(1.0), times(30, 0.2)))
    lossless = ("ffv1", "yuv444p", {})
    file = film_of(tmp_path / "f.mkv", signal, as_=lossless, color_trc=film_module.ABSOLUTE)
    with pytest.raises(NoPictures, match="high dynamic range"):
        measured(file, 30.0)


def test_without_its_library_one_sentence_says_what_to_install(tmp_path, capsys, monkeypatch):
    file = filmed(tmp_path, flashing(1.0), 0.5)
    monkeypatch.setitem(sys.modules, "av", None)
    assert main(["flash", str(file)]) == 3
    assert "pip install 'palier[author]'" in capsys.readouterr().err


def test_a_film_that_was_cut_off_is_no_film_that_passes(tmp_path, capsys):
    for ending in (".mp4", ".mkv", ".webm", ".avi"):
        whole = filmed(tmp_path, flashing(1.0), 3.0, 30, ending).read_bytes()
        for part in (0.0, 0.05, 0.3, 0.6):
            file = tmp_path / f"cut{ending}"
            file.write_bytes(whole[: int(len(whole) * part)])
            fault_of(file, capsys)


@pytest.mark.parametrize("ending", [".mp4", ".mkv", ".webm", ".avi", ".mov"])
def test_no_damage_ends_in_more_than_one_sentence(ending, tmp_path, capsys):
    whole = filmed(tmp_path, flashing(1.0), 0.6, 30, ending).read_bytes()
    chance = random.Random(ending)
    file = tmp_path / f"damaged{ending}"
    for _ in range(40):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 4, 30))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        file.write_bytes(damaged)
        code = main(["flash", str(file)])
        told = capsys.readouterr()
        assert code in (0, 1, 3) and bool(told.out) is (code != 3)
        assert told.err.count("\n") == (code == 3)


def test_what_calls_itself_a_film_and_is_none_is_told(tmp_path, capsys):
    secret = tmp_path / "secret.mp4"
    filmed(tmp_path, flashing(1.0), 0.5).rename(secret)
    plays = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n"
    for name, text in (
        ("list.mp4", plays),
        ("list.mkv", f"ffconcat version 1.0\nfile {secret}\n"),
        ("text.avi", "no film"),
        ("empty.webm", ""),
    ):
        (tmp_path / name).write_text(text)
        assert "damaged, or no film" in fault_of(tmp_path / name, capsys)
    (tmp_path / "film.mpg").write_text("")
    assert "films end in" in fault_of(tmp_path / "film.mpg", capsys)
    assert "no such file" in fault_of(tmp_path / "none.mp4", capsys)
    fault_of(tmp_path / ("long" * 100 + ".mp4"), capsys)
    (tmp_path / "folder.mp4").mkdir()
    assert "fewer than two pictures (" in fault_of(tmp_path / "folder.mp4", capsys)


def test_a_film_of_a_single_picture_is_told(tmp_path, capsys):
    file = film_of(tmp_path / "one.mp4", [(0.0, larger(grey(0.5)))])
    assert "fewer than two pictures" in fault_of(file, capsys)


def test_sound_alone_is_no_film(tmp_path, capsys):
    file = tmp_path / "sound.mp4"
    with av.open(file, "w") as container:
        stream = container.add_stream("aac", rate=44100)
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        silence.sample_rate = 44100
        container.mux(stream.encode(silence))
        container.mux(stream.encode())
    assert "no moving picture" in fault_of(file, capsys)


def test_a_film_of_too_many_points_is_told_before_it_is_decoded(tmp_path, capsys, monkeypatch):
    file = filmed(tmp_path, flashing(1.0), 0.5)
    monkeypatch.setattr(film_module, "MOST_POINTS", 1000)
    fault_of(file, capsys)


def resized(file: Path, second: tuple[int, int]) -> Path:
    """A film that flashes five times a second, and goes on in another size after half of one."""
    with av.open(file, "w") as container:
        stream = container.add_stream("mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = 128, 72, "yuvj420p"
        other = av.CodecContext.create("mjpeg", "w")
        (other.width, other.height), other.pix_fmt = second, "yuvj420p"
        other.time_base = Fraction(1, 30)
        for n in range(30):
            coder, (wide, high) = (stream, (128, 72)) if n < 15 else (other, second)
            picture = np.full((high, wide, 3), 255 * (n // 3 % 2), np.uint8)
            frame = av.VideoFrame.from_ndarray(picture)
            frame.pts, frame.time_base = n, Fraction(1, 30)
            for packet in coder.encode(frame):
                packet.stream, packet.time_base = stream, Fraction(1, 30)
                packet.pts = packet.dts = n
                container.mux(packet)
    return file


def test_a_film_may_change_its_size_but_not_its_shape(tmp_path, capsys):
    assert measured(resized(tmp_path / "f.avi", (256, 144)), 30.0).wcag_s == pytest.approx(0.7)
    for shape in ((128, 96), (72, 128)):
        told = fault_of(resized(tmp_path / "f.avi", shape), capsys)
        assert "from 0.500 s on its pictures have another shape" in told


def test_times_that_go_back_are_told_with_the_moment(tmp_path, capsys, monkeypatch):
    pictures = [(at_s, larger(grey(0.5))) for at_s in (0.0, 0.1, 0.2, 0.1)]
    monkeypatch.setattr("vr_runtime.authoring.frames.film", lambda file: iter(pictures))
    file = tmp_path / "film.mp4"
    file.touch()
    assert "do not rise, at 0.100 s" in fault_of(file, capsys)


def test_a_film_is_read_as_it_is_measured_and_never_held_whole(tmp_path):
    pictures = film(filmed(tmp_path, flashing(1.0), 2.0))
    at_s, picture = next(pictures)
    assert at_s == 0.0 and picture.shape == (72, 128, 3)
    pictures.close()
    large = np.zeros((64, 2400, 3), np.uint8)
    file = film_of(tmp_path / "large.mp4", [(0.0, large), (0.1, large)])
    assert next(film(file))[1].shape == (51, 1920, 3)
