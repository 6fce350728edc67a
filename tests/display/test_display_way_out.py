"""What stands for the way out shows what the patient's control does, and nothing waits for it."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from drawing import SIZE, load
from panda3d.core import PerspectiveLens

from scenarios.api.manifest import Words
from vr_runtime.display.headset.sight import HeadSight
from vr_runtime.display.pressing import BEFORE_S, EACH_S, TIMES, Pressing
from vr_runtime.display.sight.in_sight import InSight
from vr_runtime.engine.ports import DT
from vr_runtime.wire.acts import PatientLeft, View
from vr_runtime.wire.sight import PatientSettings, Sight


def run(pressing: Pressing, seconds: float, *, named: bool) -> list[float]:
    return [
        pressing.advance(DT, named=named, in_scene=True) for _picture in range(round(seconds / DT))
    ]


def test_while_the_way_out_is_named_the_thing_slowly_shows_how_it_is_pressed() -> None:
    pressing = Pressing()
    assert max(run(pressing, 3.0, named=False)) == 0.0
    shown = run(pressing, BEFORE_S + TIMES * EACH_S + 1.0, named=True)
    assert max(shown) > 0.99 and shown[-1] == 0.0
    assert max(np.abs(np.diff(shown))) < 0.08, "nothing of it is sudden"
    assert sum(a < 0.5 <= b for a, b in pairwise(shown)) == TIMES
    assert max(run(pressing, 20.0, named=True)) == 0.0, "once each time, also where it stays named"


def test_a_press_is_shown_at_once_and_let_go_with_the_scene() -> None:
    pressing = Pressing()
    pressing.press()
    assert pressing.advance(0.0, named=False, in_scene=True) == 1.0
    assert pressing.advance(DT, named=True, in_scene=False) == 0.0
    assert pressing.advance(DT, named=False, in_scene=True) == 0.0


class Written:
    """What cards come to be written on."""

    dial = None

    def write(self, cards: dict[str, Any], *_rest: object) -> None:
        self.told = cards["way_out"].text


@pytest.mark.parametrize("headset", [False, True])
def test_a_headset_and_a_screen_tell_the_same_words_before_the_control(headset: bool) -> None:
    answering = SimpleNamespace(open=False, value=None, looked_s=0.0)
    look = SimpleNamespace(yaw=0.0, pitch=0.0)
    hand: Any = SimpleNamespace(answering=answering, look=look, devices=lambda: ("mouse",))
    written: Any = Written()
    in_sight: HeadSight | InSight
    if headset:
        eyes: Any = SimpleNamespace(gaze=(0.0, 0.0), board=written)
        in_sight = HeadSight(eyes, hand, "en")
    else:
        in_sight = InSight(PerspectiveLens(), hand, "en")
        in_sight._flat = written
    in_sight.sight = Sight(way_out=True)
    in_sight.leaves_by = Words(fr="pressez la poire", en="squeeze the ball")
    in_sight.advance(SIZE, 0.0, DT)
    assert written.told == "To leave, squeeze the ball: right mouse button"
    in_sight.leaves_by = None
    in_sight.advance(SIZE, 0.0, DT)
    assert written.told == "Way out: right mouse button"


def pixels(display) -> np.ndarray:
    wide, high = SIZE
    return np.frombuffer(display.pixels(SIZE), np.uint8).reshape(high, wide, 3).astype(int)


@pytest.mark.render
def test_a_press_squeezes_the_ball_that_is_still_drawn_and_leads_out_at_once(drawn) -> None:
    world = drawn.stage.world
    ball = world.model("scanner/ball", at=(0.0, 0.0, 0.55))
    world.way_out(ball, "pressed", fr="pressez la poire", en="squeeze the ball")
    load(drawn)
    drawn.show(View.SCENE)
    for _picture in range(3):
        drawn.stage.tick(DT)
        drawn.draw(1.0)
    drawn._ease.advance(1.0)  # however long the pictures took, it has brightened
    drawn.draw(1.0)
    rest = pixels(drawn)
    news = drawn._hand.occurrences
    drawn._hand.occurrences = lambda: [*news(), PatientLeft()]
    try:
        assert PatientLeft() in drawn.occurrences(), "the press goes on to the engine in this round"
    finally:
        drawn._hand.occurrences = news
    drawn.draw(1.0)
    assert (np.abs(pixels(drawn) - rest).max(axis=2) > 12).mean() > 0.0004, "the hand closes"
    drawn.show(View.SAFE_PLACE)
    drawn.draw(1.0)
    assert drawn.drawn is View.SAFE_PLACE, "in the picture after it the scene is gone"
    drawn.show(View.SCENE)
    drawn.stage.tick(DT)
    drawn._ease.advance(1.0)
    drawn.draw(1.0)
    assert (np.abs(pixels(drawn) - rest).max(axis=2) > 12).mean() < 0.0004, "it is let go"


@pytest.mark.render
def test_its_words_are_read_outside_the_scene_and_where_it_is_seen(drawn) -> None:
    world = drawn.stage.world
    ball = world.model("scanner/ball")
    world.way_out(ball, "pressed", fr="pressez la poire", en="squeeze the ball")
    load(drawn)
    drawn.lay(Sight(way_out=True))
    for view, visible, named in (
        (View.FAMILIARISATION, False, True),
        (View.SCENE, True, True),
        (View.SCENE, False, False),
    ):
        drawn.show(view)
        ball.visible = visible
        drawn.draw(1.0)
        assert (drawn._in_sight.leaves_by is not None) is named
    drawn.stage.clear("scene")
    drawn.draw(1.0)
    assert drawn._in_sight.leaves_by is None, "without the scenario the control alone is named"
    drawn.lay(Sight())


class Asked(Pressing):
    """Knows what it was last asked."""

    named = pressed = False

    def press(self) -> None:
        self.pressed = True

    def advance(self, dt: float, *, named: bool, in_scene: bool) -> float:
        self.named = named
        return super().advance(dt, named=named, in_scene=in_scene)


@pytest.mark.render
def test_no_press_is_shown_to_who_is_told_to_say_it(drawn, monkeypatch) -> None:
    monkeypatch.setattr(drawn, "_pressing", Asked())
    drawn.show(View.SCENE)
    for gaze in (False, True):
        drawn.lay(Sight(way_out=True, patient=PatientSettings(gaze=gaze)))
        drawn.draw(1.0)
        assert drawn._pressing.named is not gaze
    drawn.lay(Sight())


@pytest.mark.render
@pytest.mark.parametrize("view", [View.NEUTRAL, View.SCENE])
def test_a_press_before_the_scene_is_shown_is_not_shown_in_it(drawn, monkeypatch, view) -> None:
    monkeypatch.setattr(drawn, "_pressing", Asked())
    news = drawn._hand.occurrences
    monkeypatch.setattr(drawn._hand, "occurrences", lambda: [*news(), PatientLeft()])
    drawn.show(view)
    assert PatientLeft() in drawn.occurrences(), "the engine hears of it in every view"
    assert drawn._pressing.pressed is (view is View.SCENE)
