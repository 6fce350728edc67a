"""Owns what grows on the park's ground: where it is green, dry or worn; tufts, clover, leaves.

The patient stands on x = 0 m, from the path to the middle of the meadow: there grass is dense, and
it thins out to the sides, where the picture of the ground alone is seen. Knows no tree, no fence.
"""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.gorge.plan import Wide, eased, noise
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.park.plan import GATE_M, HALF_M, LONG_M
from vr_runtime.stage.panda.resting.foliage import one_green, turned_cards

PATH_M, CROSSING_Y = 1.45, -9.6
"""Half the breadth of the paths, and where the one that crosses lies."""
_GREEN = np.asarray((0.72, 0.79, 0.86))
_EARTH = np.asarray((1.0, 0.64, 0.94))
TUFTS, EDGE_TUFTS, FOOT_TUFTS, CLOVER, DAISIES, FALLEN = 34000, 2600, 2000, 900, 170, 260
_CARD = np.asarray([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)
_FADES_M = (7.0, 24.0)
"""From here tufts grow lower, until at the second nothing is left: none appears at an edge."""


def half_path(along: Wide, *, across: bool) -> Wide:
    """Half the breadth of a path, whose edges are trodden here, grown over there."""
    wide = 0.09 * noise(along / 1.3, along * 0 + across, 207)
    return np.asarray(PATH_M + wide + 0.05 * noise(along / 0.35, along * 0 + 3 + across, 208))


def worn(x: Wide, y: Wide) -> Wide:
    """How far the grass is worn away, 0 to 1: at the gate, along the fence, where dogs dig."""
    inside = (np.abs(x) < HALF_M) & (y > 0.0) & (y < LONG_M)
    edge = np.minimum(HALF_M - np.abs(x), np.minimum(y, LONG_M - y))
    gate = np.hypot(x / 1.3, y - 1.0)
    most = np.maximum(
        eased(4.2, 0.8, gate + 1.3 * noise(x / 1.1, y / 1.1, 205)),
        0.6 * eased(2.2, 0.5, np.abs(edge - 1.4) + 0.8 * noise(x / 1.6, y / 1.6, 206)),
    )
    patches = 0.8 * eased(1.25, 2.0, noise(x / 2.7, y / 2.7, 210) + 0.3 * noise(x, y, 211))
    return np.asarray(np.maximum(most, patches) * inside)


def tones(x: Wide, y: Wide) -> Wide:
    """Colour of the ground for the picture of grass, (..., 3): no two places quite alike."""
    tone = 1.0 + 0.08 * noise(x / 2.2, y / 2.2, 202) + 0.11 * noise(x / 9.0, y / 9.0, 203)
    tone = tone + 0.06 * noise(x / 0.6, y / 0.6, 212, slope=0.7)
    dry = np.clip(0.20 + 0.32 * noise(x / 6.0, y / 6.0, 204), 0.0, 1.0)[..., None]
    lush = eased(0.8, 1.6, noise(x / 3.3, y / 3.3, 213))[..., None]
    green = _GREEN * tone[..., None] * (1.0 + dry * (0.20, 0.04, -0.10)) * (1.0 - 0.16 * lush)
    bare = 0.85 * worn(x, y)[..., None]
    return np.asarray(green * (1 - bare) + bare * _EARTH * (0.86 + 0.14 * tone[..., None]))


def on_path(x: Wide, y: Wide, by: float = 0.0) -> Wide:
    """Whether a place lies on gravel, or nearer to it than `by` metres."""
    to_gate = (y < 0.3) & (np.abs(x) < half_path(y, across=False) + by)
    return np.asarray(to_gate | (np.abs(y - CROSSING_Y) < half_path(x, across=True) + by))


def grow(leaves: Mesh, things: Mesh) -> None:
    """Add all of it."""
    chance = np.random.default_rng(41)
    _lawn(leaves, chance)
    _edges(leaves, chance)
    _feet(leaves, chance)
    _clover(leaves, things, chance)
    _fallen(leaves, chance)


def _lawn(leaves: Mesh, chance: np.random.Generator) -> None:
    side = chance.choice((-1.0, 1.0), TUFTS)
    x = side * np.minimum(chance.exponential(3.4, TUFTS), 24.0)
    y = -11.0 + 36.0 * chance.random(TUFTS) ** 1.15
    bare = worn(x, y)
    kept = ~on_path(x, y, 0.02) & (chance.random(TUFTS) > 0.85 * bare)
    x, y, bare = x[kept], y[kept], bare[kept]
    low = eased(*_FADES_M[::-1], np.abs(x))
    # outside it is mown, in the meadow dogs leave it longer
    tall = np.where(y < 0.0, 0.055, 0.072) * chance.uniform(0.7, 1.5, len(x)) * low
    tall = tall * (1.0 - 0.5 * bare)
    _tufts(leaves, x, y, tall, chance)


def _edges(leaves: Mesh, chance: np.random.Generator) -> None:
    """Along the gravel, where no mower comes: blades that hang over its edge."""
    along = chance.uniform(-11.0, 0.1, EDGE_TUFTS)
    side = chance.choice((-1.0, 1.0), EDGE_TUFTS)
    out = np.abs(chance.normal(0.0, 0.10, EDGE_TUFTS)) - 0.05
    x, y = side * (half_path(along, across=False) + out), along
    cross = chance.random(EDGE_TUFTS) < 0.35
    far = chance.uniform(-9.0, 9.0, EDGE_TUFTS)
    over = CROSSING_Y + side * (half_path(far, across=True) + out)
    x, y = np.where(cross, far, x), np.where(cross, over, y)
    kept = ~on_path(x, y, -0.06)
    _tufts(leaves, x[kept], y[kept], chance.uniform(0.06, 0.13, int(kept.sum())), chance)


def _feet(leaves: Mesh, chance: np.random.Generator) -> None:
    """Long grass below the fence, thick about its posts."""
    x = chance.uniform(-HALF_M, HALF_M, FOOT_TUFTS)
    x = np.where(chance.random(FOOT_TUFTS) < 0.5, np.clip(x / 2.2, -7.0, 7.0), x)
    y = chance.normal(0.0, 0.10, FOOT_TUFTS)
    kept = np.abs(x) > GATE_M + 0.05
    tall = chance.uniform(0.10, 0.26, FOOT_TUFTS)
    _tufts(leaves, x[kept], y[kept], tall[kept], chance)


def _tufts(leaves: Mesh, x: Wide, y: Wide, tall: Wide, chance: np.random.Generator) -> None:
    """Cards that stand, each turned as chance will, in the green of their place."""
    count = len(x)
    turn = chance.uniform(0.0, np.pi, count)
    wide = (0.5 * 1.3) * np.maximum(tall, 0.05) * chance.uniform(0.9, 1.3, count)
    half = np.stack([np.cos(turn), np.sin(turn), np.zeros(count)], axis=-1) * wide[:, None]
    foot = np.stack([x, y, np.full(count, -0.006)], axis=-1)
    lean = chance.normal(0.0, 0.22, (count, 2)) * tall[:, None]
    top = foot + np.concatenate([lean, tall[:, None]], axis=1)
    corners = np.stack([foot - half, foot + half, top + half, top - half], axis=1)
    tint = 1.16 * tones(x, y) * chance.uniform(0.88, 1.10, (count, 1))
    up = np.zeros((count, 4, 3), dtype=np.float32)
    up[..., 2] = 1.0
    motion = np.zeros((count, 4, 4), dtype=np.float32)
    motion[:, 2:, 0] = (0.22 * tall)[:, None]
    motion[:, 2:, 2] = (0.03 * tall)[:, None]
    motion[..., 1] = (0.6 * x + 0.4 * y + chance.uniform(0.0, 0.9, count))[:, None]
    uv = np.broadcast_to(_CARD, (count, 4, 2)).copy()
    mirrored = chance.random(count) < 0.5
    uv[mirrored, :, 0] = 1.0 - uv[mirrored, :, 0]
    leaves.add(
        corners,
        picture="turf",
        colour=np.clip(tint[:, None] * np.asarray((0.92, 0.92, 1.0, 1.0))[:, None], 0.0, 1.0),
        open_to_sky=np.broadcast_to(np.asarray((0.78, 0.78, 1.0, 1.0)), (count, 4)),
        normals=up,
        uv=uv,
        motion=motion,
    )


def _flat(at: Wide, half: Wide, turn: Wide, tilt: Wide) -> Wide:
    """Corners of small squares (K, 4, 3) that lie on the ground, one of their edges raised."""
    c, s = np.cos(turn) * half, np.sin(turn) * half
    u = np.stack([c, s, np.zeros(len(at))], axis=-1)
    w = np.stack([-s, c, tilt * half], axis=-1)
    return np.stack([at - u - w, at + u - w, at + u + w, at - u + w], axis=1)


def _clover(leaves: Mesh, things: Mesh, chance: np.random.Generator) -> None:
    """Clover in patches, and daisies, which the mower spares."""
    middles = np.stack([chance.uniform(-4.5, 4.5, 26), chance.uniform(-9.0, 18.0, 26)], axis=-1)
    which = chance.integers(0, len(middles), CLOVER)
    x, y = (middles[which] + chance.normal(0.0, 0.24, (CLOVER, 2))).T
    kept = ~on_path(x, y, 0.02) & (worn(x, y) < 0.35)
    x, y = x[kept], y[kept]
    count = len(x)
    foot = np.stack([x, y, chance.uniform(0.018, 0.045, count)], axis=-1)
    first = chance.uniform(0.0, 2.0, count)
    up = np.zeros((count, 4, 3), dtype=np.float32)
    up[..., 2] = 1.0
    for third in range(3):
        turn = first + third * 2.0 * np.pi / 3.0
        out = 0.011 * np.stack([np.cos(turn), np.sin(turn), np.zeros(count)], axis=-1)
        half = chance.uniform(0.008, 0.011, count)
        leaves.add(
            _flat(foot + out, half, turn, chance.normal(0.0, 0.5, count)),
            picture="leaf",
            uv=one_green(count),
            colour=np.asarray((0.46, 0.60, 0.52)) * chance.uniform(0.8, 1.0, (count, 1, 1)),
            open_to_sky=0.8,
            normals=up,
            motion=(0.0, 0.0, 0.0, 0.0),
        )
    x, y = (middles[chance.integers(0, 26, DAISIES)] + chance.normal(0.0, 0.9, (DAISIES, 2))).T
    kept = ~on_path(x, y, 0.05) & (worn(x, y) < 0.3)
    x, y = x[kept], y[kept]
    head = np.stack([x, y, chance.uniform(0.045, 0.075, len(x))], axis=-1)
    up = np.zeros((len(x), 4, 3), dtype=np.float32)
    up[..., 2] = 1.0
    for eighth in (0.0, 0.785):
        turned = np.full(len(x), eighth)
        petals = _flat(head, np.full(len(x), 0.0085), turned, np.full(len(x), 0.2))
        things.add(petals, colour=(0.95, 0.94, 0.91), normals=up, uv=np.zeros((len(x), 4, 2)))
    yolk = _flat(
        head + np.asarray((0.0, 0.0, 0.003)),
        np.full(len(x), 0.0034),
        np.zeros(len(x)),
        np.full(len(x), 0.2),
    )
    things.add(yolk, colour=(0.95, 0.78, 0.20), normals=up, uv=np.zeros((len(x), 4, 2)))


def _fallen(leaves: Mesh, chance: np.random.Generator) -> None:
    """Last year's leaves, on the gravel's edges and in the grass."""
    x = chance.normal(0.0, 2.4, FALLEN)
    y = chance.uniform(-11.0, 16.0, FALLEN)
    trodden = on_path(x, y, -0.35)
    x, y = x[~trodden], y[~trodden]
    count = len(x)
    at = np.stack([x, y, np.where(on_path(x, y), 0.036, chance.uniform(0.02, 0.05, count))], -1)
    brown = np.asarray((1.0, 0.72, 0.48)) * chance.uniform(0.62, 1.0, (count, 1, 1))
    up = np.zeros((count, 4, 3), dtype=np.float32)
    up[..., 2] = 1.0
    turn = chance.uniform(0.0, 6.28, count)
    half = chance.uniform(0.014, 0.030, count)
    leaves.add(
        _flat(at, half, turn, chance.normal(0.0, 0.35, count)),
        picture="leaf",
        uv=0.30 + 0.16 * turned_cards(count, chance),
        colour=brown,
        open_to_sky=0.85,
        normals=up,
        motion=(0.0, 0.0, 0.0, 0.0),
    )
