"""Fewer points are fewer points: the same view, half as much drawn, and all of it again."""

from __future__ import annotations

import numpy as np
import pytest
from drawing import SIZE

from vr_runtime.display.fineness import LOWERED
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.display.quality import MEANS
from vr_runtime.wire.acts import View

pytestmark = pytest.mark.render


def picture(display: PandaDisplay) -> np.ndarray:
    """The main picture, red, green and blue."""
    display.draw(1.0)
    shot = display._output.main.getScreenshot()
    read = np.frombuffer(bytes(shot.getRamImageAs("RGB")), np.uint8)
    return read.reshape(SIZE[1], SIZE[0], 3).astype(float)


def edges(pixels: np.ndarray) -> float:
    return float(np.abs(np.diff(pixels, axis=1)).mean())


def settled(display: PandaDisplay, view: View) -> np.ndarray:
    display.show(view)
    for _ in range(8):
        display._ease.advance(0.1)
    return picture(display)


@pytest.mark.parametrize("view", [View.NEUTRAL, View.SAFE_PLACE])
def test_the_lowered_picture_shows_the_same_with_half_of_the_points(drawn, view):
    whole = settled(drawn, view)
    drawn.draw_with("lowered")
    assert drawn.state().quality == "lowered"
    lowered = picture(drawn)
    buffer = drawn._fineness._buffer
    scale = MEANS[drawn.state().richness].scale
    assert buffer.getXSize() * buffer.getYSize() <= 0.5 * scale**2 * SIZE[0] * SIZE[1]
    assert buffer.getXSize() == round(SIZE[0] * LOWERED * scale)
    assert abs(lowered.mean() - whole.mean()) < 3.5
    assert np.abs(lowered - whole).mean() < 12.0
    assert edges(lowered) < 0.95 * edges(whole)
    drawn.draw_with("full")
    again = picture(drawn)
    assert drawn.state().quality == "full"
    assert edges(again) > edges(lowered)


def test_a_view_swapped_in_while_lowered_is_there_in_the_first_picture(drawn):
    safe = settled(drawn, View.SAFE_PLACE)
    neutral = settled(drawn, View.NEUTRAL)
    drawn.draw_with("lowered")
    picture(drawn)
    drawn.show(View.SAFE_PLACE)
    drawn._ease.advance(1.0)
    first = picture(drawn)
    assert np.abs(first - safe).mean() < np.abs(first - neutral).mean() / 3
    drawn.draw_with("full")


def test_the_mirror_still_shows_the_view_while_lowered(drawn):
    settled(drawn, View.SAFE_PLACE)
    before = drawn._mirror.pixels((80, 45))
    drawn.draw_with("lowered")
    drawn.draw(1.0)
    after = drawn._mirror.pixels((80, 45))
    drawn.draw_with("full")
    assert abs(np.mean(list(before)) - np.mean(list(after))) < 2.0
    assert len(set(after)) > 20
