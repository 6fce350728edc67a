"""Owns legs and feelers of an insect as they look, and its shadow on what it stands on."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.animals.insect.plan import DRAWN, FEELERS, Build
from vr_runtime.stage.models.animals.insect.skin import Skin
from vr_runtime.stage.models.animals.spider.legs import ABOVE, BELOW, FIRST, SPOT, STRIP
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import lattice

_CORNERS = np.asarray([(-1, -1), (1, -1), (1, 1), (-1, 1)], dtype=np.float32)


def limbs(mesh: Mesh, kind: str, build: Build, skin: Skin) -> None:
    """Add all limbs, each bone in its own space."""
    for number in (*DRAWN, *FEELERS):
        for bone in range(3):
            _bone(mesh, kind, build, skin, number, bone)


def _radii(kind: str, build: Build, skin: Skin, number: int) -> tuple[float, ...]:
    thick = build.skeleton.thick
    if skin.swollen > 1.3:
        return (0.020,) * 4 if number not in FEELERS else (0.013,) * 4
    if number in FEELERS:
        return (0.0085, 0.0095, 0.0105, 0.0080)
    hip, knee, heel, tip = thick
    if kind == "bee" and number in (2, 6):
        # the basket in which pollen is carried
        return (hip, 1.15 * knee, 1.9 * heel, tip)
    return (1.25 * hip, knee, heel, tip)


def _bone(mesh: Mesh, kind: str, build: Build, skin: Skin, number: int, bone: int) -> None:
    ends = _radii(kind, build, skin, number)
    long = build.skeleton.limbs[number].bones[bone]
    t = np.linspace(0.0, 1.0, 7)
    wide = ends[bone] + (ends[bone + 1] - ends[bone]) * t
    if skin.swollen < 1.3:
        # a thigh swells in its middle, a shin towards its end; a foot has five short parts
        wide = wide * (1.0 + (0.32, 0.10, 0.0)[bone] * np.sin(np.pi * t))
        if bone == 2 and number not in FEELERS:
            wide = wide * (1.0 + 0.16 * np.sin(2 * np.pi * 4.5 * t))
    along = np.concatenate([[-0.8 * wide[0]], t * long, [long + 0.7 * wide[-1]]])
    wide = np.concatenate([[0.2 * wide[0]], wide, [0.08 * wide[-1]]])
    turn = np.linspace(0.0, 2 * np.pi, skin.leg_sides + 1)
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
    part = np.clip(faces[..., 1] / long, 0.0, 1.0)[..., None]
    if number in FEELERS:
        # a wasp's are black, a hornet's reddish
        base = skin.thigh if kind != "hornet" else skin.leg
        colour = np.broadcast_to(np.asarray(base), (*part.shape[:2], 3))
    elif bone == 0:
        knee = np.clip((part - 0.62) / 0.10, 0.0, 1.0)
        colour = np.asarray(skin.thigh) * (1.0 - knee) + np.asarray(skin.leg) * knee
    else:
        colour = np.asarray(skin.leg) * (1.0 - (0.18 if bone == 2 else 0.06) * part)
    mesh.add(
        faces,
        normals=normals,
        colour=np.asarray(colour, dtype=np.float32),
        open_to_sky=np.clip(0.84 + 0.16 * normals[..., 2], 0.2, 1.0),
        uv=np.zeros((len(faces), 4, 2)),
        motion=(FIRST + number, bone, 0.7 * skin.gloss, 0.0),
    )


def shadows(mesh: Mesh, build: Build) -> None:
    """What an insect takes of the light of what it stands on."""
    steps = np.linspace(0.25, 3.0, 9)
    a, b = steps[:-1], steps[1:]
    for order, number in enumerate(DRAWN):
        z = np.full(len(a), ABOVE * (1.0 + 0.08 * order))
        strip = np.stack(
            [
                np.stack([-np.ones_like(a), a, z], -1),
                np.stack([np.ones_like(a), a, z], -1),
                np.stack([np.ones_like(b), b, z], -1),
                np.stack([-np.ones_like(b), b, z], -1),
            ],
            axis=1,
        )
        sides = np.asarray([(-1, 0), (1, 0), (1, 0), (-1, 0)], dtype=np.float32)
        _lay(mesh, strip, sides, 0.60, FIRST + number, STRIP, 2.0 * build.skeleton.thick[1])
        _lay(mesh, _square(0.030, 0.030, 2.0 * ABOVE), _CORNERS, 0.5, FIRST + number, SPOT, 0.0)
    for order, (y, wide, deep) in enumerate(((0.20, 0.155, 0.24), (-0.29, 0.165, 0.33))):
        spot = _square(1.25 * wide, 1.15 * deep, (1.8 + 0.04 * order) * ABOVE)
        _lay(mesh, spot, _CORNERS, 0.80, 0.0, BELOW, y)


def _square(a: float, b: float, z: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.asarray([[(-a, -b, z), (a, -b, z), (a, b, z), (-a, b, z)]], dtype=np.float32)


def _lay(
    mesh: Mesh, faces: object, uv: object, dark: float, belongs: float, kind: float, told: float
) -> None:
    corners = np.asarray(faces, dtype=np.float32).reshape(-1, 4, 3)
    mesh.add(
        corners,
        uv=np.broadcast_to(np.asarray(uv, dtype=np.float32), (len(corners), 4, 2)),
        open_to_sky=dark,
        motion=(belongs, kind, told, 0.0),
    )
