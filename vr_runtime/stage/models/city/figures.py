"""Owns passers-by: who they are, what they wear and carry; knows nothing of where they go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

import numpy as np

from vr_runtime.stage.look.gait import APART, ARM, LEG, STIFF_ARM, TRUNK
from vr_runtime.stage.look.weather import SUN
from vr_runtime.stage.models.city import bodies
from vr_runtime.stage.models.city.bodies import ACROSS, FAR, NEAR, Build, Grade, Part
from vr_runtime.stage.models.city.street import PAVEMENT_Z
from vr_runtime.stage.models.city.vehicles import blob
from vr_runtime.stage.models.mesh import Colour, Mesh, floats
from vr_runtime.stage.models.shapes import turned

__all__ = ["ACROSS", "FAR", "NEAR", "Grade", "Who", "cast_shadow", "figure"]

Who = Literal["woman", "man", "old", "child"]
Does = Literal["goes", "leads", "is led", "talks", "reads", "calls", "stands"]
"""What somebody's arms do: hang or swing, hold a child's hand or a grown-up's, go with the words,
hold a telephone before the eyes or at the ear, rest."""

_COATS: tuple[Colour, ...] = (
    (0.17, 0.19, 0.25),
    (0.30, 0.31, 0.33),
    (0.46, 0.40, 0.33),
    (0.58, 0.50, 0.40),
    (0.22, 0.30, 0.38),
    (0.33, 0.37, 0.30),
    (0.40, 0.25, 0.24),
    (0.13, 0.13, 0.14),
    (0.50, 0.50, 0.50),
)
_SHIRTS: tuple[Colour, ...] = (
    (0.80, 0.80, 0.78),
    (0.62, 0.70, 0.78),
    (0.55, 0.60, 0.62),
    (0.76, 0.70, 0.60),
    (0.36, 0.45, 0.53),
    (0.58, 0.38, 0.35),
    (0.46, 0.54, 0.44),
    (0.24, 0.26, 0.30),
    (0.72, 0.58, 0.40),
)
_TROUSERS: tuple[Colour, ...] = (
    (0.17, 0.22, 0.31),
    (0.24, 0.31, 0.42),
    (0.31, 0.39, 0.49),
    (0.15, 0.15, 0.17),
    (0.30, 0.30, 0.31),
    (0.47, 0.41, 0.32),
    (0.27, 0.27, 0.22),
)
_SKIRTS: tuple[Colour, ...] = (
    (0.20, 0.22, 0.28),
    (0.42, 0.33, 0.30),
    (0.50, 0.46, 0.40),
    (0.30, 0.40, 0.42),
    (0.56, 0.44, 0.42),
)
_SKINS: tuple[Colour, ...] = (
    (0.84, 0.67, 0.57),
    (0.78, 0.60, 0.49),
    (0.68, 0.50, 0.39),
    (0.52, 0.36, 0.27),
    (0.36, 0.25, 0.19),
)
_HAIRS: tuple[Colour, ...] = (
    (0.09, 0.08, 0.08),
    (0.20, 0.14, 0.10),
    (0.33, 0.23, 0.15),
    (0.45, 0.30, 0.18),
    (0.62, 0.50, 0.34),
)
_GREYS: tuple[Colour, ...] = ((0.55, 0.54, 0.53), (0.72, 0.71, 0.70), (0.40, 0.39, 0.38))
_SHOES: tuple[Colour, ...] = (
    (0.11, 0.10, 0.10),
    (0.22, 0.16, 0.12),
    (0.72, 0.71, 0.69),
    (0.26, 0.27, 0.30),
)
_TIGHTS: Colour = (0.16, 0.15, 0.16)
_WHO: tuple[Who, ...] = ("woman", "man", "old")
_CHILD_TALL = 0.68


@dataclass(frozen=True)
class Person:
    """Somebody, as drawn by lot from a seed."""

    who: Who
    build: Build
    tall: float
    skin: Colour
    hair: Colour


def figure(
    mesh: Mesh,
    x: float,
    y: float,
    heading: float,
    seed: int,
    *,
    motion: tuple[float, float, float] | None = None,
    does: Does = "stands",
    who: Who | None = None,
    hand: float = 1.0,
    grade: Grade = NEAR,
) -> None:
    """A person on the pavement.

    Args:
        mesh: where the faces go.
        x: in metres along the avenue.
        y: across it.
        heading: in degrees, as a node's.
        seed: settles everything else about them.
        motion: direction and speed (m/s), start on the way (m), of one who walks; none stand.
        does: what the arms do.
        who: drawn by lot if left out.
        hand: -1 left, 1 right: which hand leads, is led, holds a stick or a telephone.
        grade: how much of them is made out.
    """
    chance = Random(seed)
    person = _person(chance, who or chance.choices(_WHO, (45, 45, 10))[0])
    parts = [*_dressed(chance, person, grade, does, hand), *_headed(chance, person, grade)]
    base, tall = floats([x, y, PAVEMENT_Z]), np.float32(person.tall)
    feet = chance.uniform(-0.045, 0.045)
    for part in parts:
        faces = part.faces.copy()
        if motion is None and part.limb == LEG:
            # who stands has one foot a little before the other
            faces[..., 1] += np.asarray(part.side)[..., None] * feet * (1.0 - faces[..., 2] / 0.9)
        faces[..., 1] += person.build.stoop * np.maximum(faces[..., 2] - 0.95, 0.0)
        placed = turned(faces * tall, heading) + base
        normals = turned(part.normals, heading)
        dim = np.clip(0.55 + 0.3 * faces[..., 2], 0.5, 1.0)
        if motion is None:
            mesh.add(placed, normals=normals, colour=part.colour, open_to_sky=dim)
            continue
        moved = np.empty((len(faces), 4, 4), dtype=np.float32)
        moved[..., :3] = motion
        moved[..., 3] = APART * part.limb + np.asarray(part.side)
        mesh.add(
            placed,
            normals=normals,
            colour=part.colour,
            open_to_sky=dim,
            uv=faces[..., 1:],
            layers=np.full(len(faces), tall),
            motion=moved,
        )


def cast_shadow(mesh: Mesh, x: float, y: float, way: tuple[float, float, float]) -> None:
    """What somebody darkens on the pavement: always below the feet, and by the sun where it shines.

    Args:
        mesh: faces of the material "shade".
        x: in metres along the avenue.
        y: across it.
        way: as `figure` has it; of one who stands, no speed.
    """
    blob(mesh, x, y, (0.36, 0.36), (*way, 0.0), 0.42, ground=PAVEMENT_Z)
    away = -np.asarray(SUN[:2])
    long = bodies.TALL_M * float(np.hypot(*away)) / SUN[2]
    along = away / np.hypot(*away)
    across = np.asarray((-along[1], along[0]))
    spot = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    corners = [
        (*((x, y) + along * (-0.2 if u < 0 else long) + across * 0.34 * v), PAVEMENT_Z + 0.03)
        for u, v in spot
    ]
    # no red: it goes with the sun, see `look.chunks.soft`
    by_sun = (0.0, 1.0, 1.0)
    mesh.add([corners], uv=[spot], colour=by_sun, open_to_sky=0.68, motion=(*way, 0.0))


def _person(chance: Random, who: Who) -> Person:
    skin = chance.choice(_SKINS)
    dark = skin[0] < 0.6
    hair = chance.choice(_HAIRS[: 2 if dark else None])
    stout = chance.choice((0.92, 1.0, 1.0, 1.06, 1.18))
    tall = chance.uniform(0.97, 1.07)
    if who == "child":
        return Person(who, Build(0.92, 1.0, 0.92, 1.30), _CHILD_TALL, skin, hair)
    if who == "old":
        build = Build(0.93, 1.06 * stout, 1.02, 1.0, 0.13)
        return Person(who, build, 0.94 * tall, skin, chance.choice(_GREYS))
    if chance.random() < 0.18:
        hair = chance.choice(_GREYS)
    if who == "woman":
        build = Build(0.87, 0.88 * stout, 1.02 * (0.5 + 0.5 * stout), 0.97, 0.02)
        return Person(who, build, 0.94 * tall, skin, hair)
    build = Build(1.02, 1.04 * stout, 0.98 * (0.6 + 0.4 * stout), 1.0, 0.03)
    return Person(who, build, 1.01 * tall, skin, hair)


def _dressed(
    chance: Random, person: Person, grade: Grade, does: Does, hand: float
) -> Iterator[Part]:
    """Everything below the head."""
    build, who = person.build, person.who
    shirt, coat = chance.choice(_SHIRTS), chance.choice(_COATS)
    trousers, shoes = chance.choice(_TROUSERS), chance.choice(_SHOES)
    wears = chance.random()
    skirted = who in ("woman", "old") and chance.random() < (0.34 if who == "woman" else 0.25)
    long_coat = who != "child" and not skirted and chance.random() < 0.22
    jacket = long_coat or wears < 0.58
    over = coat if jacket else shirt
    opened = shirt if jacket and not long_coat and chance.random() < 0.7 else None
    short = not jacket and wears > 0.78
    wide = chance.uniform(0.35, 1.1)
    if skirted:
        legs = person.skin if chance.random() < 0.5 else _TIGHTS
        wide, cloth = 0.0, chance.choice(_SKIRTS)
        dress = chance.random() < 0.4 and not jacket
        hem, flare = chance.uniform(0.42, 0.56), chance.uniform(0.0, 0.07)
        yield bodies.skirt(build, grade, over if dress else cloth, hem, flare)
        shoes = shoes if legs == _TIGHTS else _SHOES[chance.choice((0, 1))]
    else:
        legs = trousers
    if long_coat:
        yield bodies.skirt(build, grade, over, chance.uniform(0.52, 0.66), 0.03)
    tucked = (skirted and not jacket) or long_coat
    hem, loose = (0.99, -0.03) if tucked else (0.85, 0.016) if jacket else (0.89, 0.004)
    yield bodies.trunk(build, grade, over, shirt=opened, hem=hem, loose=loose)
    for side in (-1.0, 1.0):
        yield bodies.leg(build, grade, legs, side, wide)
        yield bodies.shoe(build, grade, shoes, side)
    yield from _arms(chance, person, grade, does, hand, over, short)


def _arms(
    chance: Random,
    person: Person,
    grade: Grade,
    does: Does,
    hand: float,
    sleeve: Colour,
    short: bool,
) -> Iterator[Part]:
    """Arms, and what they carry."""
    build, skin = person.build, person.skin
    bare = 1.22 if short else None
    goes = does in ("goes", "leads", "is led", "reads", "calls")
    limb = dict.fromkeys((-1.0, 1.0), ARM if goes else TRUNK)
    bent: dict[float, tuple[bodies.Point, bodies.Point] | None] = {-1.0: None, 1.0: None}
    carried = chance.random()
    colour = chance.choice(_COATS)
    if does == "leads":
        bent[hand], limb[hand] = bodies.LEADING, TRUNK
    elif does == "is led":
        bent[hand], limb[hand] = bodies.LED, TRUNK
    elif does in ("reads", "calls"):
        at_ear = does == "calls"
        bent[hand], limb[hand] = (bodies.PHONE_EAR if at_ear else bodies.PHONE_READ), TRUNK
        yield bodies.telephone(hand, at_ear=at_ear)
    elif person.who == "old":
        bent[hand], limb[hand] = bodies.STICK_HAND, STIFF_ARM if goes else TRUNK
        cane = bodies.stick(hand)
        yield Part(cane.faces, cane.normals, cane.colour, limb[hand], hand)
    elif does == "talks":
        bent[hand] = bodies.TALKING
        if chance.random() < 0.5:
            bent[-hand] = bodies.IN_POCKET
    elif does == "stands":
        for side in (-1.0, 1.0):
            bent[side] = bodies.IN_POCKET if chance.random() < 0.5 else None
    thick = 1.0 if short else 1.08
    for side in (-1.0, 1.0):
        yield from bodies.arm(
            build, grade, sleeve, skin, side, bent[side],
            bare_below=bare, limb=limb[side], thick=thick,
        )  # fmt: skip
    free = -hand
    if person.who == "child" or (carried < 0.16 and person.who != "old"):
        yield from bodies.backpack(build, grade, colour)
    elif carried < 0.40:
        yield from bodies.shoulder_bag(build, grade, colour, free)
    elif carried < 0.52 and bent[free] is None and does != "leads":
        bag = bodies.carried_bag(build, grade, colour, free)
        yield Part(bag.faces, bag.normals, bag.colour, STIFF_ARM if goes else TRUNK, free)


def _headed(chance: Random, person: Person, grade: Grade) -> Iterator[Part]:
    """Head, hair and hat."""
    build, who, hair = person.build, person.who, person.hair
    beard = 0.0
    if who == "man" and chance.random() < 0.35:
        beard = chance.choice((0.35, 0.75))
    yield from bodies.head(build, grade, person.skin, hair, beard)
    long = chance.choice((0.25, 0.6, 1.0)) if who == "woman" else 0.0
    if who in ("child", "old"):
        long = chance.choice((0.0, 0.3))
    bun = who == "woman" and chance.random() < 0.35
    yield from bodies.hair_of(build, grade, hair, 0.0 if bun else long, bun=bun)
    if chance.random() < (0.4 if who == "old" else 0.12):
        brim = chance.choice((0.0, 0.05)) if who != "old" else 0.055
        yield bodies.hat(build, grade, chance.choice(_COATS), brim)
