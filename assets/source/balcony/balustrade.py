"""Owns the balustrade of the balcony: posts, clamps, panes, handrail, and the rail's shadow."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from vr_runtime.stage.look.lighting import SUN
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Array, Built, Colour, Mesh, Wear, floats
from vr_runtime.stage.models.shapes import lattice, rounded, tube

from balcony.plan import ARMS, DEPTH, HALF_W, REACH_M, STEEL
from parts import Part

HIGHEST_RAIL_M = 1.4
Spot = tuple[float, float]
"""x and y in metres."""
_CORNERS: tuple[Spot, ...] = (
    (-HALF_W - 0.03, -DEPTH),
    (-HALF_W - 0.03, REACH_M),
    (ARMS[0][1], REACH_M),
    (ARMS[0][1], 0.02),
    (ARMS[1][0], 0.02),
    (ARMS[1][0], REACH_M),
    (HALF_W + 0.03, REACH_M),
    (HALF_W + 0.03, -DEPTH),
)
"""The way of the rail, from the wall at the left to the wall at the right."""
_BEND_M, _SPAN_M = 0.10, 1.4
"""Radius of the rail's bends, and how far its posts stand from each other at most."""
_GAP_M = 0.030
"""From the middle of a post to the edge of the pane beside it."""
_PANE_M = 0.012
"""How thick a pane is."""
_WIDE_M, _HIGH_M = 0.032, 0.021
"""Half the handrail's width and height."""
_GRAIN_M = 1.2
"""Length of handrail after which the grain of its picture turns back."""
_BOARD, _CLEAR_OF_END = 2, 0.30
"""Which board of the picture the handrail shows, and where along it the board's end lies behind."""
_TIMBER: Colour = (0.78, 0.75, 0.73)
_POST: Built = {"picture": "steel", "colour": STEEL, "foot": 0.75}


_AROUND = np.linspace(-0.5 * np.pi, 1.5 * np.pi, 17, dtype=np.float32)
"""Angles around the handrail, once round from its underside."""


def balustrade() -> list[Part]:
    """Posts and panes grow with the rail, the handrail rides on top."""
    posts, panes, handrail = Mesh(), Mesh(), Mesh()
    for x, y in _corner_posts():
        posts.box((x - 0.02, y - 0.02, 0.0), (x + 0.02, y + 0.02, 0.995), **_POST)
        posts.box((x - 0.045, y - 0.045, 0.0), (x + 0.045, y + 0.045, 0.010), **_POST)
    for start, end in pairwise(_CORNERS):
        count = math.ceil(math.dist(start, end) / _SPAN_M)
        ways = _ways(start, end)
        for k in range(1, count):
            _post(posts, _between(start, end, k / count), ways)
        for k in range(count):
            near, far = _between(start, end, k / count), _between(start, end, (k + 1) / count)
            _clamps(posts, near, far)
            _upright_pane(panes, near, far)
    for end, inward in ((_CORNERS[0], _CORNERS[1]), (_CORNERS[-1], _CORNERS[-2])):
        _post(posts, (end[0], end[1] + 0.08), _ways(end, inward))
    _handrail(handrail)
    grows = driving("rail", "scale_z", 0.0, HIGHEST_RAIL_M)
    rides = driving("rail", "z", 0.0, HIGHEST_RAIL_M)
    return [
        Part("posts", posts, "layered", {DRIVE: grows}),
        Part("panes", panes, "glass", {DRIVE: grows}),
        Part("handrail", handrail, "layered", {DRIVE: rides}),
    ]


def rail_shadow() -> Part:
    """The soft shadow of the rail on the boards of the sunny side."""
    # a handrail's shadow wanders to the east as the rail grows: by sun east / sun up for each metre
    strip = Mesh()
    half, z = 0.055, 0.005
    band = [[[-1.0, -0.4], [1.0, -0.4], [1.0, 0.4], [-1.0, 0.4]]]
    for x, south in ((-HALF_W - 0.03, -DEPTH + 0.2), (ARMS[1][0], 0.06)):
        a, b, north = x - half, x + half, REACH_M - 0.06
        corners = [[(a, south, z), (b, south, z), (b, north, z), (a, north, z)]]
        strip.add(corners, uv=band, open_to_sky=0.5)
    wanders = driving("rail", "x", 0.0, -SUN[0] / SUN[2] * HIGHEST_RAIL_M)
    return Part("rail shadow", strip, "shade", {DRIVE: wanders}, moving=True)


def _between(start: Spot, end: Spot, part: float) -> Spot:
    return (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)


def _ways(start: Spot, end: Spot) -> tuple[Array, Array]:
    """Unit vectors along the rail, and level across it."""
    along = floats([end[0] - start[0], end[1] - start[1], 0.0])
    along = along / np.linalg.norm(along)
    return along, floats([-along[1], along[0], 0.0])


def _corner_posts() -> list[Spot]:
    """The arc of the rail leaves its corner free: a corner's post moves in below the wood."""
    places = []
    for before, corner, after in zip(_CORNERS, _CORNERS[1:], _CORNERS[2:], strict=False):
        toward = _BEND_M / 4
        x = corner[0] + toward * (np.sign(before[0] - corner[0]) + np.sign(after[0] - corner[0]))
        y = corner[1] + toward * (np.sign(before[1] - corner[1]) + np.sign(after[1] - corner[1]))
        places.append((float(x), float(y)))
    return places


def _post(mesh: Mesh, at: Spot, ways: tuple[Array, Array]) -> None:
    """One flat bar, its broad side across the rail, on a plate with two bolts."""
    along, across = ways

    def block(long: float, wide: float, low: float, high: float, beside: float = 0.0) -> None:
        half = np.abs(along) * long + np.abs(across) * wide
        x, y, _ = floats([*at, 0.0]) + across * beside
        mesh.box((x - half[0], y - half[1], low), (x + half[0], y + half[1], high), **_POST)

    block(0.007, 0.030, 0.0, 0.995)
    block(0.028, 0.060, 0.0, 0.010)
    for side in (-0.045, 0.045):
        block(0.009, 0.009, 0.010, 0.020, side)


def _clamps(mesh: Mesh, near: Spot, far: Spot) -> None:
    """Round clamps that hold a pane, two at each of its sides, each on a pin from its post."""
    along, across = _ways(near, far)
    for foot, out in ((near, along), (far, -along)):
        for z in (0.20, 0.80):
            middle = floats([*foot, z])
            disc = middle + out * (_GAP_M + 0.017)
            thick = across * 0.013
            path = [disc - thick, disc - 0.8 * thick, disc + 0.8 * thick, disc + thick]
            wear: Wear = {"picture": "steel", "colour": (0.66, 0.67, 0.68)}
            body, normals = tube(path, [0.012, 0.016, 0.016, 0.012], 8)
            mesh.add(body, normals=normals, **wear)
            for side in (-1.0, 1.0):
                _cap(mesh, disc + side * thick, along * -side, wear)
            pin, normals = tube([middle + out * 0.005, disc - out * 0.010], 0.007, 4)
            mesh.add(pin, normals=normals, **wear)


def _cap(mesh: Mesh, middle: Array, right: Array, wear: Wear) -> None:
    """The round face of a clamp."""
    turn = np.linspace(0.0, 2.0 * np.pi, 9)
    up = floats([0.0, 0.0, 1.0])
    rim = middle + 0.012 * (np.cos(turn)[:, None] * right + np.sin(turn)[:, None] * up)
    mesh.add([[middle, *rim[k : k + 3]] for k in range(0, 8, 2)], **wear)


def _upright_pane(mesh: Mesh, near: Spot, far: Spot) -> None:
    """A pane of unit height from post to post; light gathers green in its edges."""
    along, across = _ways(near, far)
    first, last = floats([*near, 0.0]) + along * _GAP_M, floats([*far, 0.0]) - along * _GAP_M
    low, high, rim = 0.07, 0.955, 0.010
    up = floats([0.0, 0.0, 1.0])
    a, b = first + along * rim, last - along * rim
    mesh.add([[a + up * low, b + up * low, b + up * (high - rim), a + up * (high - rim)]])
    green: Wear = {"colour": (0.84, 0.96, 0.92)}
    # the light fades into the pane, the edge itself is all but solid
    fading = [[0.35, 0.35, 1.0, 1.0]]
    top, under = up * high, up * (high - rim)
    mesh.add([[last + top, first + top, a + under, b + under]], open_to_sky=fading, **green)
    for outer, inner in ((first, a), (last, b)):
        side = [[outer + up * low, outer + top, inner + under, inner + up * low]]
        mesh.add(side, open_to_sky=fading, **green)
    half = across * (_PANE_M / 2)
    mesh.add(
        [
            [first - half + top, last - half + top, last + half + top, first + half + top],
            [first - half + up * low, first + half + up * low, first + half + top]
            + [first - half + top],
            [last - half + up * low, last + half + up * low, last + half + top, last - half + top],
        ],
        open_to_sky=0.0,
        **green,
    )


def _joints() -> list[tuple[Array, Array]]:
    """Where one length of the handrail is scarfed to the next, above a post; and its way there."""
    found = []
    for start, end in pairwise(_CORNERS):
        count = math.ceil(math.dist(start, end) / _SPAN_M)
        along, _ = _ways(start, end)
        for k in range(1, count):
            found.append((floats([*_between(start, end, k / count), 0.0]), along))
    return found


def _section(turn: Array) -> tuple[Array, Array]:
    """Across and up of a bar with well rounded edges, metres, for angles around it."""
    c, s = np.cos(turn), np.sin(turn)
    return (
        _WIDE_M * np.sign(c) * np.abs(c) ** 0.55,
        _HIGH_M * np.sign(s) * np.abs(s) ** 0.55,
    )


def _handrail(mesh: Mesh) -> None:
    """Lengths of wood, grain along them, on a flat bar of steel that the posts carry."""
    path = _with_folds(rounded([(x, y, 0.0) for x, y in _CORNERS], _BEND_M, steps=6))
    ways = np.diff(path, axis=0)
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    along = np.concatenate([ways[:1], ways[:-1] + ways[1:], ways[-1:]])
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    left = np.stack([-along[:, 1], along[:, 0], np.zeros(len(along))], axis=-1)
    turn = _AROUND
    across, up = _section(turn)
    rings = path[:, None] + left[:, None] * across[None, :, None]
    rings[..., 2] += up[None]
    corners, normals = lattice(rings.astype(np.float32))
    uv, tones = _grain(path, turn), _streaks(len(path), len(turn))
    mesh.add(corners, normals=normals, picture="wood", colour=tones, uv=uv)
    for middle, way in _joints():
        _scarf(mesh, middle, way)
    for before, after in pairwise(path):
        way = (after - before) / np.linalg.norm(after - before)
        side = floats([-way[1], way[0], 0.0]) * 0.020
        low, high = floats([0.0, 0.0, -0.031]), floats([0.0, 0.0, -0.020])
        a, b = floats(before), floats(after)
        mesh.add(
            [
                [b + side + low, b - side + low, a - side + low, a + side + low],
                [b - side + low, b - side + high, a - side + high, a - side + low],
                [a + side + low, a + side + high, b + side + high, b + side + low],
            ],
            picture="steel",
            colour=STEEL,
        )


def _length(path: Array) -> Array:
    """How far each point lies along the path, metres."""
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    return np.asarray(np.concatenate([[0.0], np.cumsum(steps)]))


def _with_folds(path: Array) -> Array:
    """The path with a point more wherever the grain turns back."""
    far = _length(path)
    at = np.union1d(far, np.arange(_GRAIN_M, far[-1], _GRAIN_M))
    at = at[np.concatenate([[True], np.diff(at) > 1e-4])]
    return np.stack([np.interp(at, far, path[:, axis]) for axis in range(3)], axis=-1)


def _grain(path: Array, turn: Array) -> Array:
    """Grain along the wood, to and fro within one board of the picture: no end of it is seen."""
    part = _length(path) / _GRAIN_M
    folded = 1.0 - np.abs(part % 2.0 - 1.0)
    around = _BOARD / 8 + 0.016 + 0.092 * np.abs((turn + np.pi / 2) / np.pi - 1.0)
    u = np.broadcast_to((_CLEAR_OF_END + 0.85 * folded)[:, None], (len(part), len(turn)))
    v = np.broadcast_to(around[None], u.shape)
    grid = np.stack([u, v], axis=-1)
    quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
    return np.asarray(quads.reshape(-1, 4, 2), dtype=np.float32)


def _streaks(rows: int, columns: int) -> Array:
    """Tones of the wood for each corner of its faces: streaks along it, each length its own."""
    random = np.random.default_rng(17)
    along = random.normal(0.0, 1.0, (rows, columns))
    tone = 0.95 + 0.11 * random.normal(0.0, 1.0, columns) + 0.05 * along
    tone[:, -1] = tone[:, 0]
    quads = [tone[:-1, :-1], tone[:-1, 1:], tone[1:, 1:], tone[1:, :-1]]
    each = np.clip(np.stack(quads, axis=2).reshape(-1, 4, 1), 0.70, 1.20)
    return np.asarray(each * floats(_TIMBER), dtype=np.float32)


def _scarf(mesh: Mesh, middle: Array, way: Array) -> None:
    """The slanting joint of two lengths, a plug over each screw, the saddle and its screws."""
    left, up = floats([-way[1], way[0], 0.0]), floats([0.0, 0.0, 1.0])
    turn = _AROUND
    across, high = _section(turn)
    slant = (across / _WIDE_M)[:, None] * way * 0.030
    ring = middle + slant + 1.008 * (across[:, None] * left + high[:, None] * up)
    seam = np.stack([ring - way * 0.0008, ring + way * 0.0008])
    corners, normals = lattice(seam.astype(np.float32))
    mesh.add(corners, normals=normals, colour=(0.33, 0.25, 0.20))
    angles = np.linspace(0.0, 2.0 * np.pi, 7)
    for side in (-0.075, 0.075):
        at = middle + way * side + up * (_HIGH_M + 0.0006)
        rim = at + 0.006 * (np.cos(angles)[:, None] * way + np.sin(angles)[:, None] * left)
        plugs = [[rim[0], rim[1], rim[2], rim[3]], [rim[3], rim[4], rim[5], rim[0]]]
        mesh.add(plugs, colour=(0.36, 0.26, 0.20))
    half = np.abs(way) * 0.055 + np.abs(left) * 0.024
    low, top = middle - half - up * 0.037, middle + half - up * 0.0205
    mesh.box(
        (float(low[0]), float(low[1]), float(low[2])),
        (float(top[0]), float(top[1]), float(top[2])),
        picture="steel",
        colour=STEEL,
        bottom=True,
    )
