"""A graphics card draws joints and feet where the formulas put them that walking is reckoned by."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from panda3d.core import LPoint2, LPoint3
from studio import HEIGHT, WIDTH, Studio

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lighting import Weather
from vr_runtime.stage.look.limbed import pose, take_skeleton, tell_skeleton
from vr_runtime.stage.look.limbs import bent
from vr_runtime.stage.models.animals.spider.plan import LEGS, SKELETONS
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball
from vr_runtime.stage.space import Vec, unit

pytestmark = pytest.mark.render
EVEN = Weather(
    sun=(0.0, 0.0, 0.0),
    zenith=(1.3, 1.3, 1.3),
    horizon=(1.3, 1.3, 1.3),
    ground=(1.3, 1.3, 1.3),
    haze_most=0.0,
    sky=False,
)
MARK_M = 0.016
RED, GREEN, BLUE = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
FROM: Vec = (0.0, 0.03, 1.15)
"""Whence it is looked down upon."""


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    opened = Studio()
    yield opened
    opened.engine.removeAllWindows()


def marked(mesh: Mesh, leg: int, bone: int, along: float, colour: Vec) -> None:
    """A ball on a bone of a leg, so far from its beginning."""
    faces, normals = ball((0.0, along, 0.0), MARK_M, 8, 6)
    mesh.add(
        faces,
        normals=normals,
        colour=colour,
        uv=np.zeros((len(faces), 4, 2)),
        motion=(2.0 + leg, bone, 0.0, 0.0),
    )


@pytest.mark.parametrize("kind", SKELETONS)
@pytest.mark.parametrize("shift", [(0.0, 0.0, 0.0), (0.05, -0.06, 0.04)])
def test_knee_heel_and_tip_are_drawn_where_the_formula_has_them(studio, kind, shift) -> None:
    bones = SKELETONS[kind]
    studio.begin(EVEN)
    mesh = Mesh()
    for leg in range(LEGS):
        for bone, colour in enumerate((RED, GREEN, BLUE)):
            marked(mesh, leg, bone, bones.limbs[leg].bones[bone], colour)
    node = mesh.nodes("marks", "limbed", moving=True)
    tell_skeleton(node, bones)
    dress(node, "limbed")
    take_skeleton(node)
    tips = [(*(a + b for a, b in zip(limb.rest, shift, strict=True)), 0.0) for limb in bones.limbs]
    pose(node, tips, (0.0, 0.0, bones.height, 0.0), (0.0, 0.0, 0.0, 0.0))
    node.reparentTo(studio.root)
    picture = studio.look(FROM, 0.0, -90.0)
    for leg, limb in enumerate(bones.limbs[:LEGS]):
        hip = (limb.hip[0], limb.hip[1], limb.hip[2] + bones.height)
        outwards = unit((limb.hip[0], limb.hip[1], 0.0))
        joints = bent(hip, tips[leg][:3], limb.bones, limb.bend, outwards)
        for channel, joint in enumerate(joints):
            red, green, blue = seen(studio, picture, joint)
            own = (red, green, blue)[channel]
            assert own > 100 and own > 1.5 * max(c for c in (red, green, blue) if c is not own), (
                leg,
                channel,
            )


def seen(studio: Studio, picture, place: Vec) -> tuple[int, int, int]:
    """The colour drawn at a place."""
    lens, flat = studio.camera.node().getLens(), LPoint2()
    assert lens.project(studio.camera.getRelativePoint(studio.root, LPoint3(*place)), flat)
    x = round((flat[0] + 1.0) / 2.0 * WIDTH - 0.5)
    y = round((1.0 - flat[1]) / 2.0 * HEIGHT - 0.5)
    r, g, b = (int(c) for c in picture[y, x])
    return r, g, b
