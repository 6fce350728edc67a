"""Outside the scene: three safe places one picture away, a practice room, guides that go calmly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_display_pictures import FIRST, on_screen, settled

from vr_runtime.display.repose import words
from vr_runtime.display.repose.guiding import LARGE_M, SMALL_M, radius
from vr_runtime.display.repose.lettering import _font, written
from vr_runtime.display.repose.practice import AHEAD, BEHIND, DWELL_S
from vr_runtime.engine.guide import BEGIN_TICKS, Guide, cycle_of
from vr_runtime.stage.look.lighting import SUN
from vr_runtime.stage.panda.shore import SUN_DOWN
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Practised, View
from vr_runtime.wire.sight import PatientSettings, Sight

PLACES = ("meadow", "shore", "room")


@pytest.fixture
def resting(drawn):
    """The drawn display, left in the meadow, without guide or practice."""
    yield drawn
    drawn.accompany("meadow", None, ())
    look_to(drawn, 0.0, 0.0)
    drawn.draw(1.0)


def look_to(display, yaw: float, pitch: float) -> None:
    look = display._hand.look
    look.yaw = look._yaw_wanted = yaw
    look.pitch = look._pitch_wanted = pitch


@pytest.mark.render
@pytest.mark.parametrize("place", PLACES)
def test_each_safe_place_is_there_in_the_first_picture(resting, place):
    resting.accompany(place, None, ())
    whole = settled(resting, View.SAFE_PLACE)
    settled(resting, View.NEUTRAL)
    resting.show(View.SAFE_PLACE)
    resting.draw(1.0)
    assert np.abs(on_screen(resting) - FIRST * whole).mean() < 0.03
    assert whole.std() > 0.05


@pytest.mark.render
def test_the_three_safe_places_and_the_neutral_room_are_told_apart_at_a_glance(resting):
    seen = [settled(resting, View.NEUTRAL)]
    for place in PLACES:
        resting.accompany(place, None, ())
        seen.append(settled(resting, View.SAFE_PLACE))
    for number, one in enumerate(seen):
        for other in seen[number + 1 :]:
            assert np.abs(one - other).mean() > 0.08


@pytest.mark.render
@pytest.mark.parametrize("place", PLACES)
def test_the_head_turns_in_every_safe_place_from_picture_to_picture(resting, place):
    resting.accompany(place, None, ())
    ahead = settled(resting, View.SAFE_PLACE)
    look_to(resting, 35.0, 0.0)
    resting.draw(1.0)
    assert np.abs(on_screen(resting) - ahead).mean() > 0.03


@pytest.mark.render
def test_sea_lies_below_the_sky_and_sand_below_the_sea(resting):
    resting.accompany("shore", None, ())
    picture = settled(resting, View.SAFE_PLACE)
    sea, sand = picture[48:57, 20:140], picture[70:88, 10:80]
    assert sea[..., 2].mean() > sea[..., 0].mean()
    assert sand[..., 0].mean() > sand[..., 2].mean()
    assert picture[5:20].mean() > sea.mean()


@pytest.mark.render
@pytest.mark.parametrize("view", [View.NEUTRAL, View.SAFE_PLACE, View.FAMILIARISATION])
def test_a_guide_stands_ahead_in_every_resting_place_and_is_gone_with_the_next_picture(
    resting, view
):
    resting.accompany("room", None, ())
    without = settled(resting, view)
    guide = Guide(cycle_of(acts.GuideBreathing()), BEGIN_TICKS + 110)
    resting.accompany("room", guide, ())
    resting.draw(0.0)
    within = on_screen(resting)
    changed = np.abs(within - without).max(axis=2) > 0.04
    rows, columns = changed.any(axis=1).nonzero()[0], changed.any(axis=0).nonzero()[0]
    assert changed.mean() > 0.01
    assert 35 < rows.min() and abs(float(columns.min() + columns.max()) - 160) < 24
    resting.accompany("room", None, ())
    resting.draw(0.0)
    assert np.abs(on_screen(resting) - without).mean() < 0.01


@pytest.mark.render
def test_the_breathing_guide_is_heard_unless_this_patient_has_it_silent(resting, monkeypatch):
    heard: list[str | None] = []
    monkeypatch.setattr(
        resting._sounds, "breathe", lambda guide, _loud: heard.append(guide and guide.step)
    )
    guide = Guide(cycle_of(acts.GuideBreathing()), passed=BEGIN_TICKS + 30)
    for shown, sound in ((guide, True), (guide, False), (guide, True), (None, True)):
        resting.accompany("meadow", shown, ())
        resting.lay(Sight(patient=PatientSettings(guide_sound=sound)))
        resting.draw(1.0)
    assert heard == ["in", None, "in", None]


@pytest.mark.render
def test_looking_at_the_lanterns_ahead_and_behind_is_told_once_each(resting):
    resting.accompany("meadow", None, ())
    resting.show(View.FAMILIARISATION)
    practice, eyes = resting._practice, resting._eyes
    told = []
    for lanterns, skill in ((AHEAD, "look"), (BEHIND, "move")):
        for x, y, z in lanterns:
            yaw = float(np.degrees(np.arctan2(-x, y)))
            pitch = float(np.degrees(np.arctan2(z - 1.65, np.hypot(x, y))))
            look_to(resting, yaw, pitch)
            resting.draw(1.0)
            for _ in range(4):
                practice.look(DWELL_S / 3, eyes.camera)
        told += resting.occurrences()
        assert told[-1] == Practised(what=skill)
    assert [one.what for one in told] == ["look", "move"]
    resting.accompany("meadow", None, ("look", "move"))
    practice.look(1.0, eyes.camera)
    assert resting.occurrences() == []
    resting.accompany("meadow", None, ())
    assert all(one.lit == 0.0 for one in (*practice._ahead, *practice._behind)), "as new"


@pytest.mark.render
def test_a_glance_does_not_light_a_lantern(resting):
    resting.show(View.FAMILIARISATION)
    lantern = resting._practice._ahead[0]
    for looked in (True, False, False):
        lantern.advance(DWELL_S / 2, looked_at=looked)
    assert lantern.lit == 0.0


@given(
    act=st.one_of(
        st.builds(acts.GuideBreathing, per_minute=st.floats(4, 8), in_share=st.floats(0.3, 0.5)),
        st.builds(acts.GuideTension, tense_s=st.floats(5, 30), release_s=st.floats(10, 120)),
    ),
    tick=st.integers(0, 9000),
)
@settings(derandomize=True, deadline=None, max_examples=300)
def test_the_shape_never_jumps_and_keeps_within_its_ring(act, tick):
    cycle = cycle_of(act)
    if cycle.rounds is not None and tick + 1 >= BEGIN_TICKS + cycle.rounds * cycle.ticks:
        return
    here, there = (radius(Guide(cycle, t).state()) for t in (tick, tick + 1))
    assert SMALL_M - 1e-9 <= here <= LARGE_M + 1e-9
    assert abs(there - here) < 0.006, "metres in one tick"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_letter_of_what_guides_and_practice_say_is_in_the_typeface(language):
    spoken = [*words.GUIDE.values(), words.LOOK, words.MOVE, words.RATE, words.LEAVE, words.DONE]
    missing = bytes(_font(40).getmask("\U0010fffd"))
    for pair in spoken:
        for text in (one.get(language) for one in pair):
            for letter in set(text) - {" "}:
                assert bytes(_font(40).getmask(letter)) != missing
        image = written(*(one.get(language) for one in pair))
        assert image.width < 1600, "it fits before the eyes"


def test_nothing_that_guides_say_asks_for_a_held_breath():
    for (_kind, _step), pair in words.GUIDE.items():
        for text in pair:
            for language in ("fr", "en"):
                said = text.get(language).casefold()
                assert not {"hold", "retenez", "bloquez", "apnée"} & set(said.split())


def test_the_sun_of_the_shore_is_its_own():
    assert SUN_DOWN != SUN and -0.1 < SUN_DOWN[2] < 0.0
