"""A headset that is put down, or that no longer follows the head, is answered once and in time."""

from __future__ import annotations

import pytest
from engine_pier import at_level, make_engine
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.engine.headset import AWAY_AFTER_S, OFF_AFTER_S, HeadsetWatch
from vr_runtime.engine.ports import HeadsetFacts
from vr_runtime.wire.acts import HeadsetLost, Phase, Resume
from vr_runtime.wire.refusals import Code

WORN = HeadsetFacts(worn=True, session=True, tracked=True)
TABLE = HeadsetFacts(worn=False, session=True, tracked=False)
BLIND = HeadsetFacts(worn=True, session=True, tracked=False)
SEEING_TABLE = HeadsetFacts(worn=False, session=True, tracked=True)
GONE = HeadsetFacts(worn=False, session=False, tracked=False)


def told(*looks: tuple[float, HeadsetFacts | None]) -> list[tuple[float, str]]:
    watch = HeadsetWatch()
    return [(now, found.kind) for now, facts in looks for found in watch.see(facts, now)]


def test_a_headset_put_straight_is_not_taken_off() -> None:
    assert told((0.0, WORN), (1.0, TABLE), (2.9, TABLE), (2.95, WORN), (3.0, TABLE)) == []


def test_taken_off_for_two_seconds_is_told_once_and_putting_it_on_again_too() -> None:
    looks = [(0.0, TABLE), (1.9, TABLE), (2.0, TABLE), (9.0, TABLE), (10.0, WORN), (11.0, WORN)]
    assert told(*looks) == [(2.0, "headset_off"), (10.0, "headset_on")]


@pytest.mark.parametrize(("facts", "what"), [(BLIND, "tracking"), (GONE, "session")])
def test_lost_is_told_at_once_and_as_away_after_two_seconds(facts, what) -> None:
    watch = HeadsetWatch()
    assert watch.see(WORN, 0.0) == []
    assert watch.see(facts, 0.01) == [HeadsetLost(what=what)]
    assert watch.see(facts, 2.0) == []
    assert [a.kind for a in watch.see(facts, 2.02)] == ["headset_away"]
    assert watch.see(facts, 60.0) == []
    assert [a.kind for a in watch.see(WORN, 61.0)] == ["headset_back"]


def test_a_headset_on_the_table_is_taken_off_and_not_lost() -> None:
    assert told((0.0, WORN), (1.0, TABLE), (4.0, TABLE)) == [(4.0, "headset_off")]


@pytest.mark.parametrize("lost", [BLIND, GONE])
@pytest.mark.parametrize("off", [TABLE, SEEING_TABLE])
def test_what_was_lost_is_not_back_on_a_table(lost: HeadsetFacts, off: HeadsetFacts) -> None:
    looks = [(0.0, WORN), (1.0, lost), (1.5, off), (2.9, off), (3.0, off), (3.5, off), (9.0, off)]
    away, taken_off = (3.0, "headset_away"), (3.5, "headset_off")
    assert told(*looks) == [(1.0, "headset_lost"), away, taken_off]
    assert told(*looks, (9.5, WORN))[3:] == [(9.5, "headset_on")]
    assert told(*looks, (9.5, BLIND))[3:] == [(9.5, "headset_on"), (9.5, "headset_lost")]


def test_a_scene_that_was_lost_is_not_shown_again_to_a_headset_on_the_table() -> None:
    engine, watch = make_engine(), HeadsetWatch()
    at_level(engine, 3)
    codes = []
    looks = [(0.0, WORN), (1.0, BLIND), (1.5, TABLE), (1.6, SEEING_TABLE), (1.7, WORN)]
    for now, facts in looks:
        for found in watch.see(facts, now):
            engine.apply(found, "runtime")
        if engine.phase is Phase.HOLD:
            codes.append(engine.apply(Resume(), "t"))
    assert codes == [Code.HEADSET_AWAY] * 3 + [None]


def test_put_on_again_at_once_what_was_lost_is_back_with_its_tracking() -> None:
    looks = [(0.0, BLIND), (0.5, TABLE), (1.0, BLIND), (1.5, WORN)]
    assert told(*looks) == [(0.0, "headset_lost"), (1.5, "headset_back")]


def test_put_on_without_being_tracked_it_is_told_as_lost_last() -> None:
    watch = HeadsetWatch()
    for now in (0.0, 2.0):
        watch.see(TABLE, now)
    assert [found.kind for found in watch.see(BLIND, 3.0)] == ["headset_on", "headset_lost"]


def test_without_a_headset_nothing_is_told() -> None:
    assert told((0.0, None), (9.0, None)) == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([WORN, TABLE, SEEING_TABLE, BLIND, GONE]), st.floats(0.01, 3.0)),
        max_size=30,
    )
)
def test_nothing_is_told_twice_without_its_end_and_nothing_early(script) -> None:
    watch, now = HeadsetWatch(), 0.0
    off = lost = False
    off_since: float | None = None
    lost_since: float | None = None
    for facts, wait in script:
        now += wait
        unworn = facts.session and not facts.worn
        off_since = (now if off_since is None else off_since) if unworn else None
        blind = not facts.session or (facts.worn and not facts.tracked)
        if blind and lost_since is None:
            lost_since = now
        elif facts == WORN:
            lost_since = None
        for found in watch.see(facts, now):
            if found.kind == "headset_off":
                assert not off and off_since is not None and now - off_since >= OFF_AFTER_S
                # It is off now, and no longer lost.
                off, lost, lost_since = True, False, None
            elif found.kind == "headset_lost":
                assert not lost and lost_since == now
                # Without its session nobody knows whether it is worn: that is told anew.
                lost, off = True, off and facts.session
            elif found.kind == "headset_away":
                assert lost and lost_since is not None and now - lost_since >= AWAY_AFTER_S
            elif found.kind == "headset_back":
                assert lost and facts == WORN
                lost = False
            else:
                assert off and facts.worn
                off = False
        assert not lost or facts != WORN, "worn and tracked it is back at once"
