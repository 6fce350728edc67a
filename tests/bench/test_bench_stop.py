"""`palier bench stop`: what it measures on a real runtime, and that a missed bound is a failure."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise

import pytest

from controller.bench.judging import Try, figures, judged
from controller.bench.stop import told

STOP = {"stop": 100, "phase": "exposure"}


def picture(begun: int, view: str) -> dict[str, object]:
    return {"picture": 1, "view": view, "begun": begun, "ended": begun + 5}


def tries(*told: dict[str, object]) -> list[Try]:
    return judged([json.dumps(one) for one in told], [90])


@pytest.mark.render
@pytest.mark.timeout(240)
def test_a_short_form_stops_in_every_phase_in_the_first_picture() -> None:
    command = [sys.executable, "-m", "controller", "bench", "stop", "--tries", "6", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=220, check=False)
    assert done.stdout.count("\n") == 1, done.stderr
    found = json.loads(done.stdout)
    assert done.returncode == (0 if found["holds"] else 1)
    assert found["display"] == "offscreen" and found["pictures_drawn"]
    assert found["stop"]["tries"] == 6 and len(found["stop"]["phases"]) >= 5
    for kind in ("stop", "key"):
        assert found[kind]["pictures_over_bound"] == 0
        assert found[kind]["pictures_most"] == 1
    assert found["times_the_bare_round_trip"] > 1


def test_the_first_safe_picture_is_counted_from_the_reading_of_the_stop() -> None:
    (one,) = tries(picture(95, "scene"), STOP, picture(101, "neutral"), picture(110, "neutral"))
    assert (one.pictures, one.on_the_way, one.drawn_ns, one.holds) == (1, 1, 106, True)


def test_a_picture_of_the_scene_after_the_reading_breaks_the_bound() -> None:
    late = tries(STOP, picture(101, "scene"), picture(110, "neutral"))
    never = tries(STOP, picture(101, "scene"))
    assert [one.pictures for one in (*late, *never)] == [2, None]
    for found in (late, never):
        assert figures(found, drawn=True)["pictures_over_bound"] == 1
        assert told(found, found, "offscreen", [1e-4])["holds"] is False


def test_a_stop_that_was_not_read_is_not_counted_as_one_that_was() -> None:
    with pytest.raises(ValueError, match="stop 2 was not read"):
        judged([json.dumps(STOP), json.dumps(picture(101, "neutral"))], [90, 200])


def test_without_pictures_it_says_so_instead_of_claiming_any() -> None:
    found = told(tries(STOP), tries(STOP), "null", [1e-4])
    assert found["pictures_drawn"] is False
    assert "pictures_most" not in str(found)


def test_each_try_is_judged_by_its_own_pictures() -> None:
    lines = [STOP, picture(101, "neutral"), {"stop": 200, "phase": "hold"}, picture(201, "neutral")]
    found = judged([json.dumps(one) for one in lines], [90, 190])
    assert [one.pictures for one in found] == [1, 1]
    assert all(a.read_ns < b.read_ns for a, b in pairwise(found))
