"""What a patient sees in a headset: two eyes, at the depth of the scene, gone at a stop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from desk import desk_of

from vr_runtime.display import choose
from vr_runtime.display.choose import DisplayUnavailable, open_display
from vr_runtime.display.headset.port import Cause, HeadsetUnavailable
from vr_runtime.display.headset.sentences import SENTENCES

pytestmark = pytest.mark.timeout(180)

HERE = Path(__file__).parent


def worn(*arguments: str, cache: Path, **environment: str) -> dict[str, Any]:
    paths = os.pathsep.join([str(HERE), str(HERE.parent / "ground")])
    given = {**os.environ, "PYTHONPATH": paths, "ALSOFT_DRIVERS": "null", **environment}
    given["XDG_CACHE_HOME"] = str(cache)
    if environment.get("DISPLAY") == "":
        del given["DISPLAY"]
    command = [sys.executable, "-X", "faulthandler", str(HERE / "headset_worn.py"), *arguments]
    done = subprocess.run(command, env=given, capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.fixture(scope="module")
def seen(cache_home: Path) -> dict[str, Any]:
    return worn("fake", cache=cache_home, DISPLAY="")


@pytest.mark.render
def test_both_eyes_are_copied_whole_into_the_headsets_own_images(seen):
    (left, *_), (right, *_) = seen["copies"]
    assert left > 0 and right > 0 and left != right
    assert [copy[1:] for copy in seen["copies"]] == 2 * [[[96, 96], 12, [96, 96]]]


@pytest.mark.render
def test_at_first_sight_the_patient_stands_in_the_middle_at_their_own_height(seen):
    assert seen["head"] == pytest.approx([0.0, 0.0, 1.6], abs=0.01)


@pytest.mark.render
def test_what_is_near_lies_further_right_for_the_left_eye_and_level_for_both(seen):
    (left_x, left_y), (right_x, right_y) = seen["brick"]
    assert 0.01 < left_x - right_x < 0.1
    assert left_y == pytest.approx(right_y, abs=0.01)
    assert 0.3 < left_x < 0.8


@pytest.mark.render
def test_a_head_turned_to_the_left_sees_it_further_right(seen):
    assert seen["turned"][0] - seen["brick"][0][0] > 0.08


@pytest.mark.render
def test_what_the_glass_never_shows_is_not_drawn(seen):
    assert seen["top"] == [0, 0]


@pytest.mark.render
def test_the_mirror_shows_the_left_eye_without_stretching_it(seen):
    height, width, _, share = seen["mirror"]
    assert (width, height) == (160, 90)
    assert share > 0.005
    (eye_across, eye_along), (across, along) = seen["square"]
    assert eye_across > 1.1 * eye_along, "the eye's own points are higher than broad"
    assert along > 50, "large enough to be measured"
    assert across / along == pytest.approx(1.0, abs=0.05), "it is a square board"


@pytest.mark.render
def test_the_look_for_flashes_sees_the_whole_left_eye_however_finely_it_is_drawn(seen):
    assert max(seen["looked at"]) < 0.02


@pytest.mark.render
def test_all_that_the_left_eye_sees_is_looked_at_for_flashes(seen):
    apart, varies = seen["sampled"]
    assert apart < 0.15 * varies, "the window shows the middle of it alone"


@pytest.mark.render
def test_lowered_both_eyes_have_half_of_their_points(seen):
    assert seen["lowered"] == [[67, 67], [67, 67]]
    assert seen["state"] == "lowered"


@pytest.mark.render
def test_at_a_stop_the_scene_is_gone_from_both_eyes_in_the_next_picture(seen):
    assert max(seen["after_stop"]) < 1.0, "it is the neutral room already, and nothing else"


@pytest.mark.render
def test_that_someone_watches_is_read_below_the_gaze_by_both_eyes_at_one_depth(seen):
    (left_x, left_y), (right_x, right_y) = seen["notice"]
    assert left_y > 0.5 and left_y == pytest.approx(right_y, abs=0.02)
    assert 0.0 < left_x - right_x < 0.1


@pytest.mark.render
def test_it_ends_in_order(seen):
    assert seen["breaches"] == []
    assert seen["calls"] == ["end_session", "destroy_session", "destroy_instance"]


@pytest.mark.headset
@pytest.mark.skipif(
    not os.environ.get("XR_RUNTIME_JSON") or find_spec("xr") is None,
    reason="no OpenXR runtime: XR_RUNTIME_JSON names none, or the extra headset is not installed",
)
@pytest.mark.parametrize("graphics", ["glx", "egl"])
def test_a_real_driver_shows_both_eyes_reaches_the_focus_and_ends(graphics, cache_home):
    if graphics == "egl":
        told = worn("real", "2", cache=cache_home, DISPLAY="")
    else:
        with desk_of((1024, 600)) as desk:
            told = worn("real", "2", cache=cache_home, DISPLAY=str(desk.environment["DISPLAY"]))
    print(told)
    assert "focused" in told["states"]
    assert all(mean > 20 and spread > 5 for mean, spread in told["spread"])
    assert told["facts"] == [True, True, True]
    assert told["after"] == "gone"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("cause", list(Cause))
def test_why_there_is_no_headset_is_one_sentence_of_its_own(monkeypatch, cause, language):
    monkeypatch.setattr(choose, "screen_is_there", lambda: True)
    monkeypatch.setattr(choose, "headset_works", lambda *, egl: cause)
    with pytest.raises(DisplayUnavailable) as refused:
        open_display("headset", language=language)
    assert str(refused.value) == SENTENCES[cause].get(language)
    assert len({words.get(language) for words in SENTENCES.values()}) == len(Cause)


def test_auto_never_looks_for_a_headset(monkeypatch):
    monkeypatch.setattr(choose, "headset_works", lambda **_: pytest.fail("it starts a driver"))
    monkeypatch.setattr(choose, "works", lambda kind: False)
    assert open_display("auto")[0].kind == "null"


def test_without_an_openxr_runtime_the_trial_says_so_and_harms_nothing(monkeypatch):
    monkeypatch.setenv("XR_RUNTIME_JSON", "/nowhere/at/all.json")
    expected = Cause.NO_EXTRA if find_spec("xr") is None else Cause.NO_DRIVER
    assert choose.headset_works(egl=True) is expected


@pytest.mark.parametrize("end", ["crash", "hang"])
def test_a_driver_that_crashes_or_hangs_is_told_as_that(monkeypatch, end):
    def run(command: list[str], **how: object) -> subprocess.CompletedProcess[bytes]:
        if end == "hang":
            raise subprocess.TimeoutExpired(command, 30.0)
        return subprocess.CompletedProcess(command, -11, b"")

    monkeypatch.setattr(subprocess, "run", run)
    assert choose.headset_works(egl=False) is Cause.HANGS


def test_every_refusal_of_a_session_ends_in_a_cause():
    assert HeadsetUnavailable(Cause.NOT_OPENED, "word").cause is Cause.NOT_OPENED


def test_without_a_driver_the_runtime_ends_with_3_and_one_sentence():
    missing = {**os.environ, "XR_RUNTIME_JSON": "/nowhere/at/all.json"}
    done = subprocess.run(
        [sys.executable, "-m", "vr_runtime", "--display", "headset", "--lang", "en"],
        env=missing,
        capture_output=True,
        text=True,
    )
    sentences = {f"palier-runtime: {words.en}" for words in SENTENCES.values()}
    assert done.returncode == 3 and done.stdout == ""
    assert [line for line in done.stderr.splitlines() if line in sentences]
    assert len(done.stderr.splitlines()) == 1, done.stderr
