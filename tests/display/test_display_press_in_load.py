"""While a scenario loads, the patient leaves and stops by the mouse, and nothing falls silent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from desk import patients, pointer_into
from PIL import Image
from room import Room, room_of

from vr_runtime.display.panda import PandaDisplay
from vr_runtime.wire.acts import Phase, SafePlace, View
from vr_runtime.wire.state import State

pytestmark = [pytest.mark.render, pytest.mark.timeout(180)]

SCENARIO = "heights.balcony"
QUICKLY_MADE = ("balcony-terrace", "city-tower", "city-flag", "animals-pigeon")
"""Models of the scenario that are made in a second or two each."""


class Sights:
    """What the screen shows in the neutral room and in the safe place, and which one it is now."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.known: dict[View, np.ndarray] = {}

    def learn(self, view: View) -> None:
        """Remember the screen as it is once the view has been drawn and has brightened."""
        begun = self.room.until(lambda state: state.view is view, f"the view {view}")
        self.room.until(
            lambda state: (
                state.tick > begun.tick + 15 and state.display.pictures > begun.display.pictures + 8
            ),
            "the view to brighten",
        )
        self.known[view] = self._seen()

    def await_view(self, view: View) -> State:
        """Wait until the screen shows it; gives a state from then."""
        return self.room.until(lambda _: self._now() is view, f"{view} on the screen")

    def _now(self) -> View:
        seen = self._seen()
        return min(self.known, key=lambda view: float(np.abs(self.known[view] - seen).mean()))

    def _seen(self) -> np.ndarray:
        small = self.room.desk.picture().resize((40, 22), Image.Resampling.BOX)
        return np.asarray(small, dtype=np.float64)


@pytest.fixture(scope="module")
def sights(
    opened: PandaDisplay, cache_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sights]:
    """One runtime for all: each test leaves it without a session. `opened` has filled the cache."""
    with room_of(tmp_path_factory.mktemp("runtime"), cache_home) as room:
        patients(room.desk)
        pointer_into(room.desk)
        sights = Sights(room)
        sights.learn(View.NEUTRAL)
        # The first load of all makes every model.
        room.open(SCENARIO)
        room.phase(Phase.READY)
        room.console.must(SafePlace())
        sights.learn(View.SAFE_PLACE)
        room.close()
        yield sights


@pytest.fixture(params=["made", "kept"])
def models(request: pytest.FixtureRequest, cache_home: Path) -> str:
    """Whether models are still to be made or lie there, for the next load."""
    if request.param == "made":
        forget_models(cache_home)
    return str(request.param)


def forget_models(cache_home: Path) -> None:
    for name in QUICKLY_MADE:
        for path in (cache_home / "palier" / "models").glob(f"{name}-*"):
            path.unlink()


def press(room: Room) -> None:
    room.desk.ask("xdotool", "click", "3")


def hold(room: Room) -> None:
    room.desk.ask("xdotool", "mousedown", "3")


@pytest.mark.parametrize("again", [press, hold])
def test_a_press_at_any_moment_of_a_load_leads_to_the_safe_place_and_the_next_one_stops(
    sights, models, again
):
    room, chance = sights.room, Random(f"{models} {again.__name__}")
    in_load = 0
    for _ in range(3):
        room.open(SCENARIO)
        for _ in range(chance.randint(0, 12 if models == "made" else 3)):
            # One state comes at most 0.1 s after the one before.
            room.console.beat()
            room.console.next_state()
        press(room)
        left = room.phase(Phase.SAFE_PLACE)
        assert (left.cause, left.view) == ("patient_left", View.SAFE_PLACE)
        in_load += left.loading < 1.0
        sights.await_view(View.SAFE_PLACE)
        again(room)
        stopped = room.phase(Phase.STOPPED)
        assert (stopped.cause, stopped.view) == ("patient_stopped", View.NEUTRAL)
        room.desk.ask("xdotool", "mouseup", "3")
        sights.await_view(View.NEUTRAL)
        room.close()
    assert in_load, "no press was given while the scenario was loading"


def test_who_left_during_a_load_stays_in_the_safe_place_when_it_ends(sights, models):
    room = sights.room
    room.open(SCENARIO)
    press(room)
    room.phase(Phase.SAFE_PLACE)
    room.until(lambda state: state.loading == 1.0, "the end of the load")
    assert room.until(lambda state: True, "another state").phase is Phase.SAFE_PLACE
    sights.await_view(View.SAFE_PLACE)
    press(room)
    room.phase(Phase.STOPPED)
    room.close()


def told_in_a_load(room: Room) -> list[tuple[float, State]]:
    """Every state of one load and when it came, while heartbeats are sent with each."""
    room.open(SCENARIO)
    told: list[tuple[float, State]] = []
    while not told or told[-1][1].phase is not Phase.READY:
        room.console.beat()
        state = room.console.next_state()
        if state.session == room.console.session:
            told.append((time.monotonic(), state))
    room.console.must(SafePlace())
    room.close()
    return told


def longest_and_whole(told: list[tuple[float, State]]) -> tuple[float, float]:
    """Seconds of the longest silence, and from the first state to the last."""
    return max(b - a for (a, _), (b, _) in pairwise(told)), told[-1][0] - told[0][0]


def test_all_through_a_load_states_are_told_pictures_drawn_and_heartbeats_heard(
    sights, models, cache_home
):
    for _ in range(3):
        told = told_in_a_load(sights.room)
        longest, whole = longest_and_whole(told)
        states = [state for _, state in told]
        assert sum(s.phase is Phase.LOADING and s.loading < 1.0 for s in states) >= 3
        assert all(a.tick <= b.tick for a, b in pairwise(states))
        assert states[-1].display.pictures - states[0].display.pictures >= 10
        heard = [s.control.heard_s for s in states]
        # This process sends a heartbeat with each state it reads, and no other.
        assert all(h is not None and h < longest + 0.5 for h in heard)
        # A slow machine is slow in all of a load; what stands still does so in one piece.
        if longest < max(0.5, whole / 4):
            return
        # The machine may stand still once by itself; a load that does so does it every time.
        if models == "made":
            forget_models(cache_home)
    pytest.fail(f"nothing was told for {longest:.1f} s of a load of {whole:.1f} s, three times")
