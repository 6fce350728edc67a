"""Owns the bones of legs and palps as they look, and the shadows below them; no trunk."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.animals.spider.plan import LEGS, Limb, Skeleton
from vr_runtime.stage.models.animals.spider.skin import Skin
from vr_runtime.stage.models.animals.spider.trunk import grain
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import lattice

FIRST = 2
"""What a vertex of limb 0 belongs to."""
STRIP, SPOT, BELOW = 3.0, 4.0, 5.0
"""Shadows on the ground: below a limb, below its tip, below the trunk."""
ABOVE = 0.004
Wide = NDArray[np.float64]


def radii(bones: Skeleton, limb: int, skin: Skin) -> tuple[float, float, float, float]:
    """Radius of a limb at hip, knee, heel and tip."""
    hip, knee, heel, tip = bones.thick
    if skin.toy:
        even = 0.017 if limb < LEGS else 0.0
        return even, even, even, even
    if limb >= LEGS:
        return 0.72 * hip, 0.70 * knee, 0.82 * heel, 0.74 * tip
    return hip, knee, heel, tip


def profile(bones: Skeleton, limb: int, bone: int, skin: Skin, steps: int) -> tuple[Wide, Wide]:
    """Places along a bone and its radius there: it swells a little past each joint."""
    own = bones.limbs[limb]
    ends = radii(bones, limb, skin)
    long = own.bones[bone]
    t = np.linspace(0.0, 1.0, steps + 1)
    wide = ends[bone] + (ends[bone + 1] - ends[bone]) * t
    if skin.jointed:
        # a tube of horn: a narrow skin at the joint, widest soon after it
        wide = wide * (1.0 + 0.20 * np.exp(-(((t - 0.22) / 0.22) ** 2)))
        wide = wide * (1.0 - 0.26 * np.exp(-((t / 0.05) ** 2)))
        wide = wide * (1.0 - 0.20 * np.exp(-(((t - 1.0) / 0.05) ** 2)))
    return t * long, wide


def limbs(mesh: Mesh, bones: Skeleton, skin: Skin) -> None:
    """Add all limbs, each bone in its own space."""
    for number, limb in enumerate(bones.limbs):
        if skin.toy and number >= LEGS:
            continue
        for bone in range(3):
            _bone(mesh, bones, number, limb, bone, skin)


def _bone(mesh: Mesh, bones: Skeleton, number: int, limb: Limb, bone: int, skin: Skin) -> None:
    along, wide = profile(bones, number, bone, skin, skin.steps)
    joint = wide[-1]
    # round ends, so that a bent joint shows no gap
    along = np.concatenate([[-0.9 * wide[0], -0.6 * wide[0]], along, [along[-1] + 0.8 * joint]])
    wide = np.concatenate([[0.05 * wide[0], 0.75 * wide[0]], wide, [0.06 * joint]])
    turn = np.linspace(0.0, 2 * np.pi, skin.sides + 1)
    rings = np.stack(
        [
            wide[:, None] * np.cos(turn),
            np.broadcast_to(along[:, None], (len(along), len(turn))),
            -wide[:, None] * np.sin(turn),
        ],
        axis=-1,
    )
    faces, normals = lattice(rings.astype(np.float32))
    out = faces.copy()
    out[..., 1] = 0.0
    flip = np.where((out * normals).sum(axis=(1, 2)) < 0.0, -1.0, 1.0)[:, None, None]
    normals = np.asarray(normals * flip, dtype=np.float32)
    long = limb.bones[bone]
    t = np.clip(faces[..., 1] / long, 0.0, 1.0)
    colour = np.broadcast_to(np.asarray(skin.leg), (*t.shape, 3)).astype(np.float32)
    m = skin.patterned
    if m > 0.0:
        band = np.exp(-(((t - 0.06) / 0.10) ** 2)) + np.exp(-(((t - 0.97) / 0.12) ** 2))
        if bone < 2:
            band = band + 0.8 * np.exp(-(((t - 0.55) / 0.10) ** 2))
        band = np.clip(band, 0.0, 1.0)[..., None] * (0.75 * m)
        colour = colour * (1.0 - band) + np.asarray(skin.ring, dtype=np.float32) * band
        colour = colour * (1.0 + 0.18 * m * grain(faces + 0.1 * number, 45, 5.0))[..., None]
        if bone == 2:
            colour = colour * (1.0 - 0.25 * m * t[..., None])
    # less light where legs leave the trunk, and on their lower sides
    shade = 0.86 + 0.16 * normals[..., 2]
    if bone == 0:
        shade = shade * np.clip(0.55 + 1.6 * t, 0.0, 1.0)
    mesh.add(
        faces,
        normals=normals,
        colour=np.asarray(colour, dtype=np.float32),
        open_to_sky=np.clip(shade, 0.2, 1.0),
        uv=np.zeros((len(faces), 4, 2)),
        motion=(FIRST + number, bone, skin.gloss, 0.0),
    )


def shadows(mesh: Mesh, bones: Skeleton, skin: Skin) -> None:
    """What an animal takes of the light of what it stands on."""
    for number in range(LEGS):
        radius = radii(bones, number, skin)[1]
        steps = np.linspace(0.25, 3.0, 12)
        a, b = steps[:-1], steps[1:]
        # each a little above the one before, so that none hides another where they cross
        z = np.full(len(a), ABOVE * (1.0 + 0.08 * number))
        strip = np.stack(
            [
                np.stack([-np.ones_like(a), a, z], -1),
                np.stack([np.ones_like(a), a, z], -1),
                np.stack([np.ones_like(b), b, z], -1),
                np.stack([-np.ones_like(b), b, z], -1),
            ],
            axis=1,
        )
        _lay(mesh, strip, [(-1, 0), (1, 0), (1, 0), (-1, 0)], 0.62, number, STRIP, 2.1 * radius)
        r = 0.012 + 1.6 * radius
        _lay(mesh, _square(r, r, 2.0 * ABOVE), _CORNERS, 0.55, number, SPOT, 0.0)
    if skin.toy:
        r = 1.5 * bones.belly[1][1]
        _lay(mesh, _square(r, r, 1.8 * ABOVE), _CORNERS, 0.75, -FIRST, BELOW, 0.0)
        return
    for (_, y, _), (wide, deep, _) in (bones.head, bones.belly):
        spot = _square(2.1 * wide, 1.5 * deep, (1.8 + 0.04 * (y > 0.0)) * ABOVE)
        _lay(mesh, spot, _CORNERS, 0.80, -FIRST, BELOW, y)


_CORNERS = [(-1, -1), (1, -1), (1, 1), (-1, 1)]


def _square(a: float, b: float, z: float) -> list[list[tuple[float, float, float]]]:
    return [[(-a, -b, z), (a, -b, z), (a, b, z), (-a, b, z)]]


def _lay(
    mesh: Mesh,
    corners: object,
    uv: list[tuple[int, int]],
    dark: float,
    limb: int,
    kind: float,
    told: float,
) -> None:
    faces = np.asarray(corners, dtype=np.float32).reshape(-1, 4, 3)
    mesh.add(
        faces,
        uv=np.broadcast_to(np.asarray(uv, dtype=np.float32), (len(faces), 4, 2)),
        open_to_sky=dark,
        motion=(FIRST + limb, kind, told, 0.0),
    )
