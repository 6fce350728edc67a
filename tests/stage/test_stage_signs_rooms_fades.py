"""Signs, rooms and fades: what may be asked, and what holds whatever is asked."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import Opening, ScenarioError
from vr_runtime.engine.ports import DT
from vr_runtime.flash.governor import Governor
from vr_runtime.stage.fading import MOST, WHOLE_S, Fading
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

BOTH = {"fr": "Sortie", "en": "Way out"}


@pytest.fixture
def stage() -> NullStage:
    return NullStage(shipped())


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda w: w.text("Sortie", at=(0, 0, 0)), '{"fr": "...", "en": "..."}'),
        (lambda w: w.text({"fr": "Sortie"}, at=(0, 0, 0)), '{"fr": "...", "en": "..."}'),
        (lambda w: w.text({"fr": " ", "en": "a"}, at=(0, 0, 0)), "letters in each language"),
        (lambda w: w.text({"fr": "a" * 301, "en": "a"}, at=(0, 0, 0)), "1 to 300 letters"),
        (lambda w: w.text(BOTH, at=(0, 0, 0), plate="wod"), 'the nearest is "wood"'),
        (lambda w: w.text(BOTH, at=(0, 0, 0), height="tall"), "must be a number"),
        (lambda w: w.room((0.5, 4, 2.5)), "a room measures"),
        (lambda w: w.room((4, 4, 99)), "a room measures"),
        (lambda w: w.room((4, 4)), "three numbers"),
        (lambda w: w.room((4, 4, 2.5), wall="plastr"), 'the nearest is "plaster"'),
        (lambda w: w.room((4, 4, 2.5), openings=("door",)), "`Opening(...)`"),
        (lambda w: w.room((4, 4, 2.5), openings=(Opening("up"),)), 'no wall "up"'),
        (lambda w: w.room((4, 4, 2.5), openings=(Opening("left", at=1.9),)), "does not fit"),
        (lambda w: w.room((4, 4, 2.0), openings=(Opening("left"),)), "does not fit"),
        (lambda w: w.room((4, 4, 2.5), openings=(Opening("left", sill=0.2),)), "only a window"),
        (lambda w: w.room((4, 4, 2.5), openings=(Opening("left", width=0.1),)), "at least 0.3 m"),
        (lambda w: w.room((4, 4, 2.5), openings=(Opening("left"), Opening("left", at=0.9))),
         "less than 0.1 m apart"),
        (lambda w: w.fade("dark"), "must be a number"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_with_what_to_write(stage, ask, told):
    with pytest.raises(ScenarioError, match=re.escape(told)):
        ask(stage.world)


def test_a_room_is_a_place_and_goes_with_its_lamp(stage):
    room = stage.world.room((5.0, 6.0, 2.6), openings=(Opening("left"), Opening("left", at=1.5)))
    (lamp,) = stage.inner.lamps()
    assert room.is_place and lamp.parent is room and lamp.soft
    room.remove()
    assert stage.inner.placed == []


def test_a_scenario_learns_nothing_of_the_language_from_a_sign(stage):
    board = stage.world.text(BOTH, at=(0.0, 3.0, 1.0))
    public = [name for name in dir(board) if not name.startswith("_")]
    told = repr([getattr(board, name) for name in public])
    assert "Sortie" not in told and "Way out" not in told


def test_more_signs_than_anybody_reads_are_refused(stage):
    for _n in range(64):
        stage.world.text(BOTH, at=(0.0, 3.0, 1.0))
    with pytest.raises(ScenarioError, match="64 signs"):
        stage.world.text(BOTH, at=(0.0, 3.0, 1.0))


def test_a_fade_takes_its_time_and_leaves_a_little_to_be_seen():
    fading = Fading(Governor())
    fading.advance(DT, seen=True)
    fading.ask(1.0)
    ticks = 0
    while fading.share(1.0) < MOST - 1e-6:
        fading.advance(DT, seen=True)
        ticks += 1
        assert ticks < 200
    assert ticks * DT >= WHOLE_S - DT
    for _tick in range(60):
        fading.advance(DT, seen=True)
    assert fading.share(1.0) == pytest.approx(MOST, abs=1e-6)


def test_nothing_of_a_fade_stays_once_the_scene_is_left(stage):
    viewer = stage.inner.standing
    viewer.seen = True
    stage.world.fade(1.0)
    for _tick in range(90):
        stage.tick(DT)
    assert stage.inner.fading.share(1.0) > 0.9
    viewer.seen = False
    stage.tick(DT)
    assert stage.inner.fading.share(0.0) == stage.inner.fading.share(1.0) == 0.0
    viewer.seen = True
    stage.tick(DT)
    assert stage.inner.fading.share(1.0) == pytest.approx(0.0, abs=1e-9)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=120))
@settings(max_examples=60)
def test_no_wishes_make_a_fade_flash(wishes):
    governor = Governor()
    fading = Fading(governor)
    fading.advance(DT, seen=True)
    shares = []
    for wish in wishes:
        fading.ask(wish)
        for _tick in range(5):
            governor.advance(DT)
            fading.advance(DT, seen=True)
            shares.append(fading.share(1.0))
    assert all(0.0 <= share <= MOST for share in shares)
    most = MOST * DT / WHOLE_S
    assert all(abs(b - a) <= most + 1e-6 for a, b in pairwise(shares))
