"""Owns the shapes a passer-by is made of: trunk, limbs, head, hair, clothes, things carried.

All of a grown-up of 1.75 m who stands at the origin and looks along y. Knows neither who passes by
nor where. Each part says what it belongs to, so that it can walk: see `look.gait`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.look.gait import ARM, LEG, SKIRT, STIFF_ARM, TRUNK
from vr_runtime.stage.models.mesh import Array, Colour, floats
from vr_runtime.stage.models.shapes import lattice, tube


class Grade(NamedTuple):
    """How many sides trunk, limbs and head have, and how many of their ovals are made out."""

    trunk: int
    limb: int
    head: int
    ovals: int
    """2 all, 1 those that are seen from across the avenue, 0 those without which nothing is."""

    @property
    def small(self) -> bool:
        """Whether small things are made out: face, straps, telephones."""
        return self.ovals > 0


TALL_M = 1.75
"""Height of a grown-up, on which all measures are."""
NEAR = Grade(10, 7, 10, 2)
ACROSS = Grade(8, 5, 7, 1)
FAR = Grade(6, 4, 6, 0)


@dataclass(frozen=True)
class Part:
    """Faces with normals, their colour (one, or one per corner), what they belong to, and side."""

    faces: Array
    normals: Array
    colour: Colour | Array
    limb: int = TRUNK
    side: Array | float = 0.0


@dataclass(frozen=True)
class Build:
    """How somebody is built: widths as multiples of a grown man's."""

    shoulders: float = 1.0
    waist: float = 1.0
    hips: float = 1.0
    head: float = 1.0
    """Size of the head: a child's is large."""
    stoop: float = 0.0
    """How far forwards the trunk leans, m per m above the hips."""


Ring = tuple[float, float, float, float]
"""Height, half width, half depth, and how far before the axis its middle lies; metres."""
Point = tuple[float, float, float]
_SIDEWAYS: Point = (1.0, 0.0, 0.0)
_Oval = TypeVar("_Oval")


def rings(
    sections: ArrayLike, sides: int, x: float = 0.0, boxy: float = 1.0
) -> tuple[Array, Array]:
    """Faces and normals round level ovals, one above the other; a corner lies right ahead.

    Args:
        sections: a `Ring` for each oval, from below.
        sides: of each oval.
        x: where all their middles lie.
        boxy: 1 for ovals, less for corners that are less round.
    """
    # one column more at both ends, so that normals are soft over the seam
    turn = np.pi / 2 + 2.0 * np.pi / sides * np.arange(-1, sides + 2)
    told = np.asarray(sections, dtype=float)[:, :, None]
    c, s = np.cos(turn), np.sin(turn)
    across, ahead = np.sign(c) * np.abs(c) ** boxy, np.sign(s) * np.abs(s) ** boxy
    wide, deep = x + told[:, 1] * across, told[:, 3] + told[:, 2] * ahead
    points = np.stack([wide, deep, np.broadcast_to(told[:, 0], wide.shape)], axis=-1)
    faces, normals = lattice(floats(points))
    kept = np.tile([False, *([True] * sides), False], len(points) - 1)
    return faces[kept], normals[kept]


def _thin(sections: Sequence[_Oval], grade: Grade, across: str, far: str) -> list[_Oval]:
    """All ovals, or from across the avenue and from afar only those with these numbers."""
    if grade.ovals == NEAR.ovals:
        return list(sections)
    return [sections[int(k)] for k in (across if grade.small else far)]


def trunk(
    build: Build,
    grade: Grade,
    colour: Colour,
    *,
    shirt: Colour | None = None,
    hem: float = 0.88,
    loose: float = 0.0,
) -> Part:
    """Trunk from the hem to the neck.

    Args:
        build: of whose trunk.
        grade: how much of it is made out.
        colour: of the clothes.
        shirt: of what is worn below a jacket that is open; closed if left out.
        hem: height of the hem in metres, 0.8 to 1.0.
        loose: how far in metres it stands off the hips; negative for what is tucked in.
    """
    a, b, c = build.shoulders, build.waist, build.hips
    sections: list[Ring] = [
        (hem, 0.180 * c + loose, 0.130 * c + loose, -0.006),
        (max(0.98, hem + 0.02), 0.168 * c + 0.7 * loose, 0.122 * c + 0.7 * loose, -0.006),
        (1.09, 0.148 * b + max(0.0, 0.5 * loose), 0.106 * b, 0.0),
        (1.24, 0.166 * a, 0.118 * (a + b) / 2, 0.006),
        (1.34, 0.178 * a, 0.112 * a, -0.004),
        (1.405, 0.172 * a, 0.088 * a, -0.012),
        (1.447, 0.125 * a, 0.070, -0.014),
        (1.495, 0.059, 0.061, -0.008),
    ]
    faces, normals = rings(_thin(sections, grade, "0234567", "0257"), grade.trunk, boxy=0.86)
    if shirt is None:
        return Part(faces, normals, colour)
    middle = faces.mean(axis=1)
    open_front = (np.abs(middle[:, 0]) < 0.09) & (middle[:, 1] > 0.02)
    return Part(faces, normals, floats(np.where(open_front[:, None, None], shirt, colour)))


def skirt(build: Build, grade: Grade, colour: Colour, hem: float, flare: float) -> Part:
    """A skirt, or the tails of a coat, from the waist down to `hem`; it goes with the thighs."""
    a = build.hips
    low = (0.175 + flare) * a
    sections: list[Ring] = [
        (hem, low, 0.80 * low, -0.005),
        ((hem + 0.92) / 2, (low + 0.182 * a) / 2, 0.40 * low + 0.068 * a, -0.006),
        (0.92, 0.182 * a, 0.136 * a, -0.008),
        (1.05, 0.154 * build.waist, 0.112 * build.waist, -0.004),
    ]
    faces, normals = rings(_thin(sections, grade, "0123", "023"), grade.trunk, boxy=0.92)
    side = np.clip(faces[..., 0] / 0.09, -1.0, 1.0)
    return Part(faces, normals, colour, SKIRT, side)


def leg(build: Build, grade: Grade, colour: Colour, side: float, wide: float) -> Part:
    """A leg: bare or in a stocking where `wide` is 0, in trousers that are as wide as it says."""
    fat = 0.5 + 0.5 * build.hips
    bare: list[Ring] = [
        (0.05, 0.036, 0.044, -0.012),
        (0.13, 0.036, 0.044, -0.012),
        (0.32, 0.052, 0.058, -0.022),
        (0.46, 0.050, 0.054, 0.0),
        (0.54, 0.056, 0.062, 0.006),
        (0.74, 0.074, 0.084, 0.004),
        (0.93, 0.078, 0.102, -0.004),
    ]
    more = (0.019, 0.020, 0.012, 0.014, 0.013, 0.008, 0.003)
    sections = [
        (z, fat * (a + wide * m), fat * (b + wide * m), y)
        for (z, a, b, y), m in zip(bare, more, strict=True)
    ]
    kept = _thin(sections, grade, "023456", "036")
    faces, normals = rings(kept, grade.limb, x=0.088 * build.hips * side)
    return Part(faces, normals, colour, LEG, side)


def shoe(build: Build, grade: Grade, colour: Colour, side: float) -> Part:
    """A shoe, from the heel to the toes."""
    along: list[tuple[float, float, float]] = [
        (-0.082, 0.010, 0.030),
        (-0.070, 0.036, 0.105),
        (0.010, 0.040, 0.100),
        (0.100, 0.047, 0.060),
        (0.158, 0.042, 0.044),
        (0.178, 0.018, 0.022),
    ]
    along = _thin(along, grade, "01345", "135")
    sides = 5 if grade.ovals == NEAR.ovals else 4
    turn = np.pi / 4 + 2.0 * np.pi / sides * np.arange(sides + 1)
    y, half, high = (np.asarray(row)[:, None] for row in zip(*along, strict=True))
    c, s = np.cos(turn), np.sin(turn)
    x = 0.088 * build.hips * side + half * c + 0.10 * side * np.maximum(y, 0.0)
    z = np.maximum(high * (0.5 + 0.62 * s), 0.0)
    points = np.stack([x, np.broadcast_to(y, x.shape), z], axis=-1)
    faces, normals = lattice(floats(points[::-1]))
    return Part(faces, normals, colour, LEG, side)


def arm(
    build: Build,
    grade: Grade,
    sleeve: Colour,
    skin: Colour,
    side: float,
    bent_to: tuple[Point, Point] | None = None,
    *,
    bare_below: float | None = None,
    limb: int = ARM,
    thick: float = 1.0,
) -> list[Part]:
    """An arm and its hand.

    Args:
        build: of whose arm.
        grade: how much of it is made out.
        sleeve: colour of the clothes.
        skin: colour of the hand.
        side: -1 left, 1 right.
        bent_to: where elbow and wrist are, with x outwards; hanging if left out.
        bare_below: height below which the arm is bare, if it is.
        limb: `ARM` to swing, `STIFF_ARM`, or `TRUNK` to be still.
        thick: of the sleeve, as a multiple.
    """
    w = build.shoulders
    hanging = ((0.218 * w + 0.012, -0.012, 1.12), (0.222 * w + 0.022, 0.022, 0.875))
    elbow, wrist = (np.asarray(p, dtype=float) for p in bent_to or hanging)
    top, shoulder = np.asarray((0.148 * w, -0.012, 1.438)), np.asarray((0.170 * w, -0.012, 1.412))
    ahead = (wrist - elbow) / np.linalg.norm(wrist - elbow)
    along: list[tuple[NDArray[np.float64], float]] = [
        (top, 0.024),
        (shoulder, 0.046),
        (shoulder + 0.25 * (elbow - shoulder), 0.053),
        (elbow, 0.043),
        (elbow + 0.3 * (wrist - elbow), 0.042),
        (wrist, 0.033),
    ]
    kept = _thin(along, grade, "01235", "1235")
    path = np.asarray([point for point, _ in kept]) * (side, 1.0, 1.0)
    radii = np.asarray([radius for _, radius in kept]) * thick * (0.4 + 0.6 * w)
    faces, normals = tube(path, radii, max(4, grade.limb - 1), beside=_SIDEWAYS)
    bare = np.zeros(len(faces), dtype=bool)
    if bare_below is not None:
        bare = faces[..., 2].mean(axis=1) < bare_below
    cloth = floats(np.where(bare[:, None, None], skin, sleeve))
    start = wrist * (side, 1.0, 1.0)
    fist = _thin(
        [(-0.01, 0.027), (0.05, 0.043), (0.115, 0.041), (0.165, 0.016)], grade, "023", "03"
    )
    reach = start + np.outer([at for at, _ in fist], ahead * (side, 1.0, 1.0))
    hand, around = tube(reach, [r for _, r in fist], 5 if grade == NEAR else 4, beside=_SIDEWAYS)
    # a hand is flat, its palm towards the body
    hand[..., 0] = start[0] + (hand[..., 0] - start[0]) * 0.62
    return [Part(faces, normals, cloth, limb, side), Part(hand, around, skin, limb, side)]


_HEAD: tuple[Ring, ...] = (
    (1.512, 0.020, 0.024, 0.052),
    (1.530, 0.044, 0.058, 0.030),
    (1.572, 0.061, 0.080, 0.014),
    (1.610, 0.068, 0.090, 0.006),
    (1.640, 0.072, 0.093, 0.002),
    (1.685, 0.075, 0.098, -0.004),
    (1.720, 0.066, 0.085, -0.010),
    (1.742, 0.042, 0.055, -0.014),
    (1.750, 0.006, 0.008, -0.016),
)
"""From the chin to the crown."""


def _grown(faces: Array, build: Build) -> Array:
    """Head and hair in their size, from the neck up."""
    out = faces.copy()
    out[..., 2] = 1.50 + (faces[..., 2] - 1.50) * build.head
    out[..., :2] *= build.head
    return out


def head(build: Build, grade: Grade, skin: Colour, hair: Colour, beard: float) -> list[Part]:
    """Neck, head and face. `beard`: 0 none to 1 full."""
    neck, around = tube([(0, -0.012, 1.45), (0, 0.0, 1.56)], [0.056, 0.050], grade.limb)
    sections = _thin(_HEAD, grade, "0124568", "0258")
    faces, normals = rings(sections, grade.head)
    tone = np.broadcast_to(floats(skin), faces.shape).copy()
    parts = [Part(neck, around, _darker(skin, 0.92))]
    if grade.small:
        x, y, z = faces[..., 0], faces[..., 1], faces[..., 2]
        before = y > 0.03
        mouth = before & (np.abs(z - 1.572) < 0.01) & (np.abs(x) < 0.02)
        tone[mouth] *= (0.90, 0.78, 0.78)
        sockets = before & (np.abs(z - 1.640) < 0.01) & (np.abs(x) > 0.015)
        tone[sockets] *= 0.88
        shaved = (z < 1.60) & (y > 0.0) & ~mouth
        tone[shaved] = (1.0 - beard) * tone[shaved] + beard * floats(hair)
        bridge, tip = (0.0, 0.094, 1.650), (0.0, 0.122, 1.610)
        left, right = (-0.017, 0.090, 1.604), (0.017, 0.090, 1.604)
        nose = floats([[bridge, left, tip] * 2, [bridge, tip, right] * 2, [tip, left, right] * 2])
        nose = nose[:, :4]
        around = floats([[(-0.50, 0.84, 0.21)], [(0.50, 0.84, 0.21)], [(0.0, 0.51, -0.86)]])
        parts.append(Part(_grown(nose, build), np.repeat(around, 4, axis=1), skin))
        parts += [
            _spot(build, 1.637, 0.020, 0.043, 0.011, (0.16, 0.12, 0.10)),
            _spot(build, 1.660, 0.016, 0.050, 0.009, _between(hair, skin)),
        ]
    return [*parts, Part(_grown(faces, build), normals, floats(tone))]


def _spot(build: Build, z: float, near: float, far: float, high: float, colour: Colour) -> Part:
    """An eye or a brow on both sides of the face, from `near` to `far` m off its middle."""
    a, b, up = 0.101 - 0.38 * near, 0.101 - 0.38 * far, high / 2
    right = [(near, a, z - up), (near, a, z + up), (far, b, z + up), (far, b, z - up)]
    left = [(-x, y, up) for x, y, up in reversed(right)]
    normals = floats([[(0.312, 0.95, 0.0)] * 4, [(-0.312, 0.95, 0.0)] * 4])
    return Part(_grown(floats([right, left]), build), normals, colour)


def _between(one: Colour, other: Colour) -> Colour:
    (a, b, c), (d, e, f) = one, other
    return ((a + d) / 2, (b + e) / 2, (c + f) / 2)


def _darker(colour: Colour, by: float) -> Colour:
    r, g, b = colour
    return (r * by, g * by, b * by)


def hair_of(build: Build, grade: Grade, colour: Colour, long: float, *, bun: bool) -> list[Part]:
    """Hair round the head but the face; `long`: 0 short to 1 down to the shoulders."""
    out, low = 0.009 + 0.010 * long, 1.575 - 0.15 * long
    fall: list[Ring] = []
    if long > 0.2:
        fall = [(low, 0.070 + 0.02 * long, 0.052, -0.055), (1.56, 0.086, 0.088, -0.022)]
    sections: list[Ring] = [
        *fall,
        (1.600, 0.064 + out, 0.082 + out, -0.010),
        (1.645, 0.072 + out, 0.092 + out, -0.008),
        (1.698, 0.075 + out, 0.097 + out, -0.008),
        (1.728, 0.066 + out, 0.085 + out, -0.012),
        (1.756, 0.042 + out, 0.055 + out, -0.016),
        (1.768, 0.006, 0.008, -0.018),
    ]
    sections = [*fall[: 1 + grade.small], *_thin(sections[-6:], grade, "02345", "0245")]
    faces, normals = rings(sections, grade.head)
    middle = faces.mean(axis=1)
    # the face lies open below the line of the hair
    line = 1.698 if grade.small else 1.66
    face = (middle[:, 2] < line) & (middle[:, 1] > 0.035 - 0.05 * (long <= 0.2))
    parts = [Part(_grown(faces[~face], build), normals[~face], colour)]
    if bun and grade.small:
        knot, around = rings(
            [(1.64, 0.01, 0.01, -0.125), (1.66, 0.040, 0.036, -0.125), (1.70, 0.040, 0.036, -0.125),
             (1.72, 0.01, 0.01, -0.125)],
            6,
        )  # fmt: skip
        parts.append(Part(_grown(knot, build), around, colour))
    return parts


def hat(build: Build, grade: Grade, colour: Colour, brim: float) -> Part:
    """A hat with a brim that is `brim` m wide; a woollen one where it is 0."""
    sections: list[Ring] = [
        (1.690, 0.094, 0.116, -0.006),
        (1.730, 0.088, 0.108, -0.010),
        (1.782, 0.068 + 0.05 * brim, 0.086 + 0.05 * brim, -0.014),
        (1.802, 0.006, 0.008, -0.016),
    ]
    if brim:
        edge = (1.688, 0.094 + brim, 0.116 + brim, -0.006)
        sections = [edge, (1.700, 0.096, 0.118, -0.006), *sections[1:]]
    faces, normals = rings(sections, grade.head)
    return Part(_grown(faces, build), normals, colour)


def backpack(build: Build, grade: Grade, colour: Colour) -> list[Part]:
    """A bag on the back, with straps."""
    sections: list[Ring] = [
        (1.00, 0.06, 0.03, -0.175),
        (1.03, 0.145, 0.075, -0.185),
        (1.28, 0.145, 0.080, -0.190),
        (1.42, 0.110, 0.055, -0.165),
        (1.45, 0.03, 0.02, -0.150),
    ]
    faces, normals = rings(sections, 8 if grade.small else 6, boxy=0.55)
    parts = [Part(faces, normals, colour)]
    if grade.small:
        w = build.shoulders
        for side in (-1.0, 1.0):
            x = 0.105 * w * side
            path = [(x, -0.10, 1.42), (x, -0.02, 1.468), (x, 0.085, 1.38), (1.15 * x, 0.10, 1.18)]
            strap, around = tube(path, 0.020, 3)
            parts.append(Part(strap, around, _darker(colour, 0.7)))
    return parts


def shoulder_bag(build: Build, grade: Grade, colour: Colour, side: float) -> list[Part]:
    """A bag at the hip, with a strap across the chest."""
    a = build.hips
    sections: list[Ring] = [
        (0.80, 0.03, 0.10, 0.0),
        (0.82, 0.045, 0.14, 0.0),
        (0.98, 0.045, 0.13, 0.0),
        (1.01, 0.02, 0.10, 0.0),
    ]
    faces, normals = rings(sections, 6, x=0.225 * a * side, boxy=0.5)
    parts = [Part(faces, normals, colour)]
    if grade.small:
        path = [
            (0.20 * a * side, 0.02, 0.98),
            (0.02 * side, 0.128, 1.22),
            (-0.10 * side, 0.085, 1.40),
            (-0.12 * side, -0.01, 1.465),
            (-0.06 * side, -0.150, 1.32),
            (0.10 * side, -0.148, 1.14),
            (0.20 * a * side, -0.09, 0.99),
        ]
        strap, around = tube(path, 0.014, 3)
        parts.append(Part(strap, around, _darker(colour, 0.8)))
    return parts


def carried_bag(build: Build, grade: Grade, colour: Colour, side: float) -> Part:
    """A shopping bag in a hand that hangs."""
    x = (0.222 * build.shoulders + 0.03) * side
    sections: list[Ring] = [
        (0.36, 0.07, 0.14, 0.03),
        (0.37, 0.085, 0.165, 0.03),
        (0.60, 0.06, 0.165, 0.03),
        (0.76, 0.012, 0.03, 0.03),
    ]
    faces, normals = rings(sections, 6, x=x, boxy=0.5)
    return Part(faces, normals, colour, STIFF_ARM, side)


STICK_HAND: tuple[Point, Point] = ((0.25, -0.05, 1.13), (0.26, 0.12, 0.94))
PHONE_READ: tuple[Point, Point] = ((0.225, -0.03, 1.13), (0.11, 0.19, 1.20))
PHONE_EAR: tuple[Point, Point] = ((0.25, 0.19, 1.27), (0.135, 0.085, 1.475))
IN_POCKET: tuple[Point, Point] = ((0.285, -0.075, 1.14), (0.215, 0.045, 0.94))
LEADING: tuple[Point, Point] = ((0.245, 0.0, 1.12), (0.285, 0.03, 0.875))
LED: tuple[Point, Point] = ((0.235, -0.02, 1.13), (0.28, 0.10, 1.22))
TALKING: tuple[Point, Point] = ((0.235, -0.01, 1.13), (0.20, 0.20, 1.07))
"""Where elbow and wrist are, x outwards: for what the arms of passers-by do."""


def stick(side: float) -> Part:
    """A walking stick in a hand bent as in `STICK_HAND`."""
    path = [(0.27 * side, 0.19, 0.03), (0.262 * side, 0.165, 0.90), (0.262 * side, 0.10, 0.925)]
    faces, normals = tube(path, 0.014, 4)
    return Part(faces, normals, (0.26, 0.18, 0.12), STIFF_ARM, side)


def telephone(side: float, *, at_ear: bool) -> Part:
    """A telephone in a hand bent as in `PHONE_READ` or `PHONE_EAR`."""
    if at_ear:
        path, wide = [(0.100 * side, 0.04, 1.56), (0.092 * side, 0.01, 1.67)], 0.022
    else:
        path, wide = [(0.035 * side, 0.27, 1.20), (0.030 * side, 0.30, 1.31)], 0.030
    faces, normals = tube(path, wide, 4)
    return Part(faces, normals, (0.09, 0.09, 0.10))
