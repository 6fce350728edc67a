"""What goes about: its shadow on the ground, and the shade of the place that falls on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from owning import block, glb
from panda3d.core import (
    FrameBufferProperties,
    GraphicsOutput,
    GraphicsPipe,
    NodePath,
    Texture,
    WindowProperties,
)
from studio import Picture, Studio

from vr_runtime.stage.look.casting import Sun, casts, shadow_picture
from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.glsl import Grade
from vr_runtime.stage.look.lighting import Weather
from vr_runtime.stage.look.programs import programs
from vr_runtime.stage.look.weather import SUN
from vr_runtime.stage.models.contact import contact
from vr_runtime.stage.models.driven import SITE_PLACE, drive
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.own import OwnFile
from vr_runtime.stage.panda.boxes import box
from vr_runtime.stage.panda.ground import Ground
from vr_runtime.stage.panda.own_models import own_model

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    before = programs().grade
    opened = Studio(Grade(film=True, cast=True))
    yield opened
    opened.engine.removeAllWindows()
    programs().choose(before)


def ground(studio: Studio) -> NodePath:
    node = studio.root.attachNewNode(box((40.0, 40.0, 0.2)))
    node.setZ(-0.2)
    dress(node, "plain")
    return node


def mover(studio: Studio) -> NodePath:
    mesh = Mesh()
    mesh.box((-0.4, -0.4, 0.0), (0.4, 0.4, 0.8), bottom=True)
    node = mesh.nodes("mover", "mover")
    dress(node, "mover")
    node.reparentTo(studio.root)
    return node


def sun_over(studio: Studio) -> Sun:
    """The sun's own picture, drawn before each of the studio's."""
    picture = shadow_picture(512)
    form = FrameBufferProperties()
    form.setDepthBits(24)
    buffer = studio.engine.makeOutput(
        studio.output.getPipe(),
        "sun",
        -2,
        form,
        WindowProperties(size=(512, 512)),
        GraphicsPipe.BFRefuseWindow | GraphicsPipe.BFFbPropsOptional,
        studio.output.getGsg(),
        studio.output,
    )
    assert buffer is not None
    buffer.setClearColorActive(False)
    buffer.addRenderTexture(picture, GraphicsOutput.RTMBindOrCopy, GraphicsOutput.RTPDepth)
    sun = Sun(studio.root, picture)
    buffer.makeDisplayRegion().setCamera(sun.camera)
    sun.on(True)
    sun.look((0.0, 0.0, 0.0))
    return sun


def middle_of(dark: Picture) -> tuple[float, float]:
    rows, columns = np.nonzero(dark)
    return float(columns.mean()), float(rows.mean())


def test_what_moves_casts_a_shadow_away_from_the_sun_and_it_goes_along(studio: Studio) -> None:
    studio.begin(Weather(sky=False))
    ground(studio)
    node = mover(studio)
    casts(node)
    above = (0.0, 0.0, 9.0)
    alone = studio.look(above, 0, -90)
    sun = sun_over(studio)
    cast = studio.look(above, 0, -90)
    dark = (alone - cast).max(axis=2) > 25
    assert 20 < dark.sum() < 0.2 * dark.size
    x, y = middle_of(dark)
    # seen from straight above, y ahead is up: the shadow lies on the far side from the sun
    assert (x - 80) * -SUN[0] > 1 and (45 - y) * -SUN[1] > 1
    node.setX(1.5)
    moved = (alone - studio.look(above, 0, -90)).max(axis=2) > 25
    moved &= (alone - cast).max(axis=2) < 10
    assert moved.sum() > 20
    sun.on(False)
    node.setX(0.0)
    assert np.array_equal(studio.look(above, 0, -90), alone)


def test_what_does_not_cast_leaves_no_shadow(studio: Studio) -> None:
    studio.begin(Weather(sky=False))
    ground(studio)
    mover(studio)
    alone = studio.look((0.0, 0.0, 9.0), 0, -90)
    sun_over(studio)
    assert np.abs(studio.look((0.0, 0.0, 9.0), 0, -90) - alone).max() <= 2


@pytest.mark.parametrize(("alpha", "least", "most"), [("OPAQUE", 20, 3000), ("MASK", 0, 0)])
def test_a_pane_or_leaf_of_ones_own_casts_no_slab_of_shadow(
    studio: Studio, alpha: str, least: int, most: int
) -> None:
    studio.begin(Weather(sky=False))
    ground(studio)
    document, data = block(1.0)
    document["materials"][0]["alphaMode"] = alpha
    file = OwnFile("own/chair.glb", Path("chair.glb"), "model", "")
    node = own_model(file, glb(document, data), 1, lambda: True)
    node.setZ(1.0)
    node.reparentTo(studio.root)
    casts(node)
    above = (0.0, 0.0, 9.0)
    alone = studio.look(above, 0, -90)
    sun_over(studio)
    dark = (alone - studio.look(above, 0, -90)).max(axis=2) > 25
    assert least <= dark.sum() <= most


def shaded_west() -> Texture:
    """A map of shadows: the sun is hidden everywhere west of its middle."""
    texture = Texture("half")
    texture.setup2dTexture(2, 1, Texture.TUnsignedByte, Texture.FRgb)
    # blue, green, red
    texture.setRamImage(bytes((0, 255, 255, 0, 255, 0)))
    texture.setMagfilter(Texture.FTNearest)
    return texture


def test_what_moves_is_darkened_where_the_place_is_in_shade(studio: Studio) -> None:
    studio.begin(Weather(sky=False))
    place = studio.root.attachNewNode("place")
    place.setShaderInput("site", shaded_west())
    place.setTag(SITE_PLACE, "-10 -10 0.05 0.05 0 50")
    node = mover(studio)

    def top(x: float) -> float:
        node.setX(x)
        return float(studio.look((x, 0.0, 5.0), 0, -90)[40:50, 75:85].mean())

    assert top(-4.0) == pytest.approx(top(4.0), abs=3), "no map is known yet"
    ground_of = Ground(studio.root)
    ground_of.take(place)
    assert top(-4.0) < top(4.0) - 30
    ground_of.forget()
    assert top(-4.0) == pytest.approx(top(4.0), abs=3)


def test_what_stands_darkens_the_ground_where_it_touches_it(studio: Studio) -> None:
    studio.begin(Weather(sky=False))
    ground(studio)
    alone = studio.look((0.0, 0.0, 4.0), 0, -90)
    spot = contact((0.5, 0.25), dark=0.6)
    dress(spot, "shade")
    spot.setShaderInput("track", 1.0)
    spot.reparentTo(studio.root)
    dark = (alone - studio.look((0.0, 0.0, 4.0), 0, -90)).max(axis=2)
    rows, columns = np.nonzero(dark > 20)
    assert np.ptp(columns) > 1.5 * np.ptp(rows) > 0
    assert dark[44, 79] > 60 and dark[44, 79] > 2 * dark[44, columns.min()]
    assert dark[5:10].max() <= 2


@pytest.mark.parametrize("fold", [0.0, 1.0])
def test_a_pigeon_that_flies_leaves_no_spot(studio: Studio, fold: float) -> None:
    studio.begin(Weather(sky=False))
    bird = studio.add("animals/pigeon")
    drive(bird, "fold", fold)
    assert bird.find("contact").isHidden() == (fold < 0.5)
