"""Owns the bridge of ropes: boards with gaps between, handlines that sway a little, netting.

The deck never moves: whoever stands on it is moved by nobody. Only what hangs free sways.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.gorge.plan import SPAN, SUN_ASIDE, Wide, sag
from vr_runtime.stage.models.gorge.stone import HIGHEST_RAIL_M
from vr_runtime.stage.models.mesh import Mesh, floats
from vr_runtime.stage.models.shapes import tube

HALF_WAY_M = 0.62
"""Half the length of a board."""
PITCH_M, LEAF_M = 0.36, 0.12
"""From board to board, and the width of each of the three leaves that make one: they lie side by
side, or slide one below the other, so that gaps open."""
LEAST_GAP_M, MOST_GAP_M = 0.02, PITCH_M - LEAF_M
"""Gap between boards when the value "gaps" is 0 and 1."""
_SWAY_M = 0.022
_HEMP = (0.60, 0.52, 0.41)
_POST_M = 2.1
_RAIL_SHOWN_M = 0.88
"""Height of the handlines at the levels that show this bridge: their shadows are painted for it."""


def build() -> NodePath:
    """The bridge as a node to be written; its ends are at z = 0, its middle hangs lower."""
    root = NodePath("rope")
    _boards(root)
    fixed, wood = Mesh(), Mesh()
    y = np.linspace(-0.8, SPAN + 0.8, 60)
    deck = _deck(y)
    for x in (-HALF_WAY_M + 0.08, 0.0, HALF_WAY_M - 0.08):
        path = np.stack([np.full(y.shape, x), y, deck - 0.075], -1)
        _rope(fixed, path, 0.018, 0.75)
    _ends(wood, fixed)
    fixed.nodes("carrying", "layered").reparentTo(root)
    wood.nodes("posts", "layered").reparentTo(root)
    hand = Mesh()
    _handlines(hand)
    node = hand.nodes("handlines", "rope", moving=True)
    node.setTag(DRIVE, driving("rail", "z", 0.0, HIGHEST_RAIL_M))
    node.reparentTo(root)
    return root


def _deck(y: Wide) -> Wide:
    return np.where((y < 0) | (y > SPAN), 0.0, sag(y))


def _boards(root: NodePath) -> None:
    """Three leaves of every board; the outer two slide over the middle one as gaps open."""
    random = np.random.default_rng(33)
    meshes = [Mesh(), Mesh(), Mesh()]
    middles = np.arange(PITCH_M / 2, SPAN, PITCH_M)
    for y in middles:
        tone = float(random.uniform(0.70, 1.05))
        askew = float(random.normal(0.0, 0.012))
        short = float(random.uniform(-0.05, 0.05))
        z = float(sag(np.asarray(y)))
        for k, mesh in enumerate(meshes):
            grey = tone * float(random.uniform(0.92, 1.08))
            colour = (grey * 0.80, grey * 0.90, grey * 1.0)
            top = z - (0.004, 0.0, 0.008)[k]
            low = (-HALF_WAY_M + short, y - LEAF_M / 2, top - 0.032)
            high = (HALF_WAY_M + short, y + LEAF_M / 2, top)
            own = Mesh()
            own.box(
                low, high, picture="wood", colour=colour, open_to_sky=0.95, foot=0.7, bottom=True
            )
            rows = own.packed()
            x = rows["v"][..., 0]
            rows["v"][..., 1] += askew * x
            # the grain runs along the board
            rows["t"][..., 0] = x / 0.96 + float(random.random())
            rows["t"][..., 1] = (rows["v"][..., 1] - y) / 0.96 + 0.125 * (
                0.5 + int(random.integers(8))
            )
            mesh.take(rows)
            _shaded(mesh, y, top, askew, colour)
    # side by side they cover all but the least gap
    out = (PITCH_M - LEAST_GAP_M - LEAF_M) / 2
    for mesh, towards in zip(meshes, (-1.0, 0.0, 1.0), strict=True):
        node = mesh.nodes("boards", "layered")
        if towards:
            node.setTag(DRIVE, driving("gaps", "y", towards * out, 0.0))
        node.reparentTo(root)


def _shaded(
    mesh: Mesh, y: float, top: float, askew: float, colour: tuple[float, float, float]
) -> None:
    """The shadows of the left handline and of the rope below it, across one leaf of a board."""
    dark = tuple(0.52 * c for c in colour)
    for foot, high, half in ((-0.74, _RAIL_SHOWN_M, 0.024), (-0.71, _RAIL_SHOWN_M - 0.46, 0.015)):
        x = foot + SUN_ASIDE * high
        a, b = y - LEAF_M / 2 + askew * x + 0.001, y + LEAF_M / 2 + askew * x - 0.001
        lean = 0.25 * LEAF_M * np.sin(0.7 * y)
        z = top + 0.003
        quad = [(x - half, a, z), (x + half, a, z), (x + half, b, z), (x - half, b, z)]
        quad[2], quad[3] = (x + half + 0.1 * lean, b, z), (x - half + 0.1 * lean, b, z)
        mesh.add([quad], picture="wood", colour=dark, open_to_sky=0.9)


def _rope(mesh: Mesh, path: Wide, radius: float, openness: float, sway: Wide | None = None) -> None:
    faces, normals = tube(path, radius, 6)
    motion = None
    if sway is not None:
        motion = np.zeros((len(faces), 4, 4), dtype=np.float32)
        row = np.arange(len(faces)) // 6
        motion[..., 0] = np.stack([sway[row], sway[row], sway[row + 1], sway[row + 1]], -1)
        motion[..., 1] = 0.5 + 0.055 * faces[..., 1]
    twist = 0.90 + 0.10 * np.sin(np.arange(len(faces)) * 2.4)
    colour = floats(np.asarray(_HEMP) * twist[:, None, None])
    mesh.add(
        faces, normals=normals, picture="fabric", colour=colour, open_to_sky=openness, motion=motion
    )


def _free(y: Wide) -> Wide:
    """How far a handline goes aside in a storm."""
    return np.asarray(_SWAY_M * np.sin(np.pi * np.clip(y / SPAN, 0.0, 1.0)) ** 0.7)


def _handlines(hand: Mesh) -> None:
    """Two handlines, a second rope below each, and netting down to the boards."""
    y = np.linspace(-0.8, SPAN + 0.8, 120)
    base = _deck(y)
    for x in (-HALF_WAY_M - 0.12, HALF_WAY_M + 0.12):
        _rope(hand, np.stack([np.full(y.shape, x), y, base], -1), 0.018, 0.95, _free(y))
        lean = 0.72 * x + 0.28 * np.sign(x) * HALF_WAY_M
        path = np.stack([np.full(y.shape, lean), y, base - 0.46], -1)
        _rope(hand, path, 0.012, 0.9, 0.6 * _free(y))
        for at in np.arange(0.54, SPAN - 0.4, 0.72):
            for towards in (-0.36, 0.36):
                ends = np.asarray((at, at + towards))
                z = _deck(ends)
                foot = np.sign(x) * (HALF_WAY_M - 0.03)
                line = np.asarray(
                    [(x, ends[0], z[0]), ((x + foot) / 2, ends.mean(), z.mean() - 0.5),
                     (foot, ends[1], z[1] - 1.06)]
                )  # fmt: skip
                swing = _free(np.repeat(ends[:1], 3)) * np.asarray((1.0, 0.5, 0.0))
                _rope(hand, line, 0.006, 0.85, swing)


def _ends(wood: Mesh, fixed: Mesh) -> None:
    """Posts that carry the handlines, the sill where boards begin, stays into the ground."""
    for y, back in ((-0.8, -1.0), (SPAN + 0.8, 1.0)):
        for x in (-HALF_WAY_M - 0.14, HALF_WAY_M + 0.14):
            faces, normals = tube([(x, y, -0.6), (x, y, _POST_M)], (0.13, 0.11), 10)
            wood.add(
                faces, normals=normals, picture="wood", colour=(0.72, 0.66, 0.60), open_to_sky=0.9
            )
            stay = np.asarray([(x, y, _POST_M - 0.25), (1.6 * x, y + back * 2.6, 0.0)])
            _rope(fixed, stay, 0.02, 0.9)
        wood.box(
            (-HALF_WAY_M - 0.2, y - 0.09, _POST_M - 0.22),
            (HALF_WAY_M + 0.2, y + 0.09, _POST_M - 0.04),
            picture="wood",
            colour=(0.7, 0.64, 0.58),
            bottom=True,
        )
        a, b = sorted((y - back * 0.82, y + back * 1.9))
        for k in range(9):
            step = (b - a) / 9
            wood.box(
                (-HALF_WAY_M - 0.05, a + k * step, -0.3),
                (HALF_WAY_M + 0.05, a + (k + 1) * step - 0.015, 0.0),
                picture="wood",
                colour=(0.8, 0.76, 0.72),
            )
