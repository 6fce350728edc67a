"""`palier bench stop`: what it measures on a real runtime, and that a missed bound is a failure."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from typing import Any

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
        assert found[kind]["scene_begun_unread_most"] <= 1
    assert set(found["kept"]) == set(found["bounds"]) and None not in found["kept"].values()
    assert found["holds"] is all(found["kept"].values())
    assert found["times_the_bare_round_trip"] > 1


def bench(display: str, **bounds: float) -> tuple[int, dict[str, Any], str]:
    """The command as it is, but for these bounds: exit code, document, what else it said."""
    told = "".join(f"judging.{name} = {value}; " for name, value in bounds.items())
    command = ["bench", "stop", "--tries", "6", "--json", "--display", display]
    program = f"import sys; from controller.bench import judging; {told}"
    program += f"from controller.cli import main; sys.exit(main({command}))"
    ran = [sys.executable, "-c", program]
    done = subprocess.run(ran, capture_output=True, text=True, timeout=100, check=False)
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.mark.render
@pytest.mark.timeout(120)
def test_a_bound_that_a_real_runtime_misses_is_an_exit_code_of_1() -> None:
    code, found, _ = bench("offscreen", MOST_SECONDS_EVER=1e-6)
    assert found["kept"]["key_to_safe_picture_max_s"] is False
    assert (code, found["holds"]) == (1, False)


@pytest.mark.timeout(120)
def test_where_no_picture_is_drawn_no_bound_of_pictures_is_called_kept() -> None:
    code, found, said = bench("null", MOST_UNREAD_S=60.0)
    judged_here = {name for name, kept in found["kept"].items() if kept is not None}
    assert judged_here == {"receipt_to_reading_max_s"}
    assert (code, found["holds"], found["pictures_drawn"]) == (3, None, False)
    assert "--display offscreen" in said
    code, found, _ = bench("null", MOST_UNREAD_S=-1.0)
    assert (code, found["holds"]) == (1, False), "what can be judged is judged"


def test_one_press_that_came_late_breaks_the_bound_though_the_middle_one_is_quick() -> None:
    def press(seconds: float) -> Try:
        drawn = round(seconds * 1e9)
        return Try(0, 0, 0, "exposure", 1, on_the_way=0, begun_unread=0, drawn_ns=drawn)

    quick = [press(0.1)] * 99
    assert told(quick, quick, "offscreen", [1e-4])["holds"] is True
    found = told(quick, [*quick, press(20.0)], "offscreen", [1e-4])
    missed = [name for name, kept in found["kept"].items() if kept is False]
    assert (found["holds"], missed) == (False, ["key_to_safe_picture_max_s"])


def test_a_loop_that_was_busy_when_a_stop_came_is_seen_in_the_figures() -> None:
    late = {"stop": 2_000_000_000, "came": 100, "phase": "exposure"}
    pictures = [picture(n, "scene") for n in (200, 300)]
    (one,) = tries(late, *pictures, picture(2_000_000_001, "neutral"))
    assert (one.came_ns, one.begun_unread, one.pictures) == (100, 2, 1)
    assert figures([one], drawn=True)["receipt_to_reading_ms"]["max"] == 2000.0
    kept = told([one], [one], "offscreen", [1e-4])["kept"]
    assert kept["receipt_to_reading_max_s"] is False and kept["scene_begun_unread"] is False


def test_a_stop_has_not_come_before_it_was_sent() -> None:
    (one,) = tries({**STOP, "came": 40}, picture(101, "neutral"))
    assert one.came_ns == 90


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
    assert found["holds"] is None


def test_each_try_is_judged_by_its_own_pictures() -> None:
    lines = [STOP, picture(101, "neutral"), {"stop": 200, "phase": "hold"}, picture(201, "neutral")]
    found = judged([json.dumps(one) for one in lines], [90, 190])
    assert [one.pictures for one in found] == [1, 1]
    assert all(a.read_ns < b.read_ns for a, b in pairwise(found))
