"""What the patient sees: each view alone, stimuli gone at once, movement between ticks."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from drawing import SIZE, load
from numpy.typing import NDArray
from panda3d.core import (
    AntialiasAttrib,
    CardMaker,
    GraphicsOutput,
    GraphicsPipe,
    NodePath,
    PNMImage,
    Texture,
    WindowProperties,
)
from PIL import Image

from vr_runtime.display.brightness import FIRST
from vr_runtime.display.eyes import EYE_M, Eyes
from vr_runtime.display.graphics import SAMPLES, _colours
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.engine.ports import DT
from vr_runtime.stage.viewer import Footing
from vr_runtime.wire.acts import View

pytestmark = pytest.mark.render

Pixels = NDArray[np.float64]


def on_screen(display: PandaDisplay) -> Pixels:
    """What stands in the very output the patient sees, 0 to 1."""
    image = PNMImage()
    display._output.main.getScreenshot(image)
    rows = np.empty((SIZE[1], SIZE[0], 3))
    for y in range(SIZE[1]):
        for x in range(SIZE[0]):
            rows[y, x] = image.getXel(x, y)
    return rows


def settled(display: PandaDisplay, view: View) -> Pixels:
    display.show(view)
    display._ease.advance(1.0)
    display.draw(1.0)
    return on_screen(display)


def wall(display: PandaDisplay) -> None:
    """A brick wall that fills the view."""
    with display.stage.owner("scene"):
        display.stage.world.box((40, 1, 40), material="brick", at=(0, 3, -20))
    load(display)


def reddish(pixels: Pixels) -> float:
    """Share of the picture with the colour of brick."""
    return float(np.mean(pixels[..., 0] > 1.15 * pixels[..., 2]))


def greenish(pixels: Pixels) -> float:
    return float(np.mean((pixels[..., 1] > pixels[..., 0]) & (pixels[..., 1] > pixels[..., 2])))


def test_a_scene_may_lower_the_picture_and_the_head_still_turns_from_there():
    eyes = Eyes({View.SCENE: NodePath("scene"), View.SAFE_PLACE: NodePath("meadow")})
    for pitch, seen in ((0.0, -25.0), (30.0, 5.0), (-85.0, -90.0)):
        eyes.stand(Footing(looking_down=25.0), 10.0, pitch)
        eyes.view = View.SCENE
        assert eyes.camera.getHpr() == (10.0, seen, 0.0)
        eyes.view = View.SAFE_PLACE
        assert eyes.camera.getP() == pytest.approx(pitch), "the safe place is level"


def test_each_view_is_a_place_of_its_own(drawn):
    neutral = settled(drawn, View.NEUTRAL)
    meadow = settled(drawn, View.SAFE_PLACE)
    wall(drawn)
    scene = settled(drawn, View.SCENE)
    assert reddish(scene) > 0.9 > reddish(neutral)
    assert greenish(meadow[60:]) > 0.8 > greenish(neutral[60:])
    assert neutral[:40].mean() > 0.4 and neutral.std() > 0.05
    assert meadow[:20, :, 2].mean() > meadow[:20, :, 0].mean()


@pytest.mark.parametrize("view", [View.NEUTRAL, View.SAFE_PLACE])
def test_stimuli_are_gone_in_the_first_picture_after_leaving(drawn, view):
    place = settled(drawn, view)
    wall(drawn)
    assert reddish(settled(drawn, View.SCENE)) > 0.9
    drawn.show(view)
    drawn.draw(1.0)
    first = on_screen(drawn)
    assert np.abs(first - FIRST * place).mean() < 0.03
    assert reddish(first) == pytest.approx(reddish(place), abs=0.05)


def test_a_swapped_view_brightens_within_300_ms(drawn):
    place = settled(drawn, View.SAFE_PLACE)
    drawn.show(View.NEUTRAL)
    drawn.show(View.SAFE_PLACE)
    drawn.draw(1.0)
    assert on_screen(drawn).mean() < 0.8 * place.mean()
    drawn._ease.advance(0.3)
    drawn.draw(1.0)
    assert on_screen(drawn).mean() == pytest.approx(place.mean(), abs=0.02)


def test_the_mirror_shows_what_the_patient_sees_and_never_the_view_before(drawn):
    wall(drawn)
    settled(drawn, View.SCENE)
    jpeg = drawn.picture(80, 80)
    image = Image.open(BytesIO(jpeg))
    assert image.size == (80, 45)
    assert reddish(np.asarray(image) / 255.0) > 0.9
    settled(drawn, View.NEUTRAL)
    after = Image.open(BytesIO(drawn.picture(80, 80)))
    assert reddish(np.asarray(after) / 255.0) < 0.5


def middle(pixels: Pixels, empty: Pixels) -> float:
    """Where along the picture's width it differs from the empty one, 0 to 1."""
    changed = np.abs(pixels - empty).sum(axis=(0, 2))
    return float((changed * np.arange(SIZE[0])).sum() / changed.sum() / SIZE[0])


def test_a_moving_thing_is_drawn_between_ticks(drawn):
    stage = drawn.stage
    empty = settled(drawn, View.SCENE)
    with stage.owner("scene"):
        post = stage.world.box((0.2, 0.2, 3), material="black", at=(-0.2, 3, 0))
    load(drawn)
    stage.tick(DT)
    post.at = (0.2, 3, 0)
    stage.tick(DT)
    places = []
    for between in (0.0, 0.5, 1.0):
        drawn.draw(between)
        places.append(middle(on_screen(drawn), empty))
    assert places[0] < 0.5 < places[2]
    assert places[1] == pytest.approx((places[0] + places[2]) / 2, abs=0.01)


def test_hidden_and_removed_things_are_not_drawn(drawn):
    empty = settled(drawn, View.SCENE)
    with drawn.stage.owner("scene"):
        post = drawn.stage.world.box((2, 0.2, 3), material="black", at=(0, 3, 0))
    load(drawn)
    drawn.draw(1.0)
    assert np.abs(on_screen(drawn) - empty).mean() > 0.05
    post.visible = False
    drawn.stage.tick(DT)
    drawn.draw(1.0)
    hidden = np.abs(on_screen(drawn) - empty).mean()
    post.visible = True
    post.remove()
    drawn.draw(1.0)
    assert hidden < 0.01 and np.abs(on_screen(drawn) - empty).mean() < 0.01


def test_the_patient_is_put_elsewhere_only_in_a_dark_picture(drawn):
    wall(drawn)
    near = settled(drawn, View.SCENE)
    drawn.stage.world.viewer.stand((0, -200, 0))
    seen = []
    for _ in range(9):
        drawn.stage.tick(DT)
        drawn.draw(0.0)
        seen.append(on_screen(drawn))
    dark = [k for k, picture in enumerate(seen) if picture.max() < 0.02]
    assert len(dark) == 1
    for picture in seen[: dark[0]]:
        assert reddish(picture[40:50, 70:90]) > 0.9
    assert np.abs(seen[-1] - near).mean() > 0.1
    assert seen[-1].mean() > 0.3


def test_pictures_are_counted_and_the_next_is_due_soon(drawn):
    before = drawn.state().pictures
    drawn.draw(1.0)
    state = drawn.state()
    assert state.pictures == before + 1
    assert state.kind == "offscreen" and state.fps >= 1 and not state.focused
    assert 0.0 <= drawn.due_s() < 0.5
    assert drawn.occurrences() == []


def test_edges_are_smoothed_where_an_output_has_several_samples(drawn):
    world = NodePath("world")
    maker = CardMaker("card")
    maker.setFrame(-1, 1, -1, 1)
    card = world.attachNewNode(maker.generate())
    card.setPosHpr(0, 4, EYE_M, 0, 0, 20)
    shades = []
    for samples in (1, SAMPLES):
        pixels = Texture("smoothed")
        wanted = _colours(samples)
        output = drawn._output
        made = output._engine.makeOutput(
            output._pipe,
            "smoothed",
            -1,
            wanted,
            WindowProperties(size=SIZE),
            GraphicsPipe.BFRefuseWindow,
            output.gsg,
            output.main,
        )
        made.addRenderTexture(pixels, GraphicsOutput.RTMCopyRam)
        eyes = Eyes({View.NEUTRAL: world})
        renew = eyes.lay_into(made)
        eyes.shape(SIZE)
        eyes.stand(Footing(), 0.0, 0.0)
        renew()
        output.draw_only(made)
        shades.append(len(set(bytes(pixels.getRamImageAs("R")))))
        output.remove(made)
        # A card smooths only what asks for it; the processor, which draws here, does it unasked.
        asked = eyes.camera.node().getInitialState().getAttrib(AntialiasAttrib)
        assert asked.getMode() & AntialiasAttrib.MMultisample
    assert shades[0] == 2 < shades[1]
