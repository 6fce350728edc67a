"""Owns the balcony itself: floor of boards over glass, balustrade, the wall behind, what stands
there. Knows nothing of the city below or of levels.

Its edge is along y = 0, its floor at z = 0, the door of the flat behind at y = -4.2 m. At either
side an arm goes on past the edge, as far as a level gaze on a flat screen needs to meet its boards:
whoever stands at the edge and looks ahead sees boards and rail there, and so on what they stand.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from vr_runtime.stage.look.lighting import SUN
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Array, Built, Colour, Mesh, Wear, floats
from vr_runtime.stage.models.shapes import rounded, tube

from balcony.furniture import furniture, planters, plants
from parts import Part, Place

HALF_W = 3.0
DEPTH = 4.2
REACH_M = 2.8
"""How far the arms go on past the edge, in metres."""
ARMS = ((-HALF_W, -1.5), (1.75, HALF_W))
"""West and east side of each arm."""
HIGHEST_RAIL_M = 1.4
LIGHT, BELOW = "terrace", "below"
"""The pictures of the light on it, and on what is seen only through glass where boards gave way."""
ROWS = 12
"""Rows of boards that give way to glass one after the other, from the edge inwards."""
_STEEL: Colour = (0.50, 0.52, 0.54)
_DARK: Colour = (0.24, 0.25, 0.27)
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
_BEAMS = (-3.0, -1.8, -0.6, 0.6, 1.8, 3.0)


def place() -> Place:
    """The balcony; what stands still and is not seen through has its light baked."""
    fixed, boxes, leaves, frame = Mesh(), Mesh(), Mesh(), Mesh()
    _frame(frame)
    for west, east in ARMS:
        _arm(fixed, west, east)
    _wall(fixed)
    furniture(fixed)
    planters(boxes)
    plants(leaves)
    glass, joints = _floor_glass()
    parts = [
        Part("fixed", fixed, "baked", lightmap=LIGHT),
        *_boards(),
        Part("frame", frame, "baked", lightmap=BELOW),
        Part("joints", joints, "baked", lightmap=BELOW),
        Part(
            "glass floor",
            glass,
            "glass",
            {DRIVE: driving("glass", "show", 0.001, 1.0)},
            hidden=True,
        ),
        *_balustrade(),
        Part("planter", boxes, "baked", lightmap=LIGHT),
        Part("plants", leaves, "foliage", moving=True),
        _door_glass(),
        _rail_shadow(),
    ]
    return Place("balcony/terrace", parts, {"arms": [list(a) for a in ARMS], "reach": REACH_M})


def _wood(tone: float) -> Colour:
    """Boards that weather has turned a little grey."""
    return (0.84 * tone, 0.86 * tone, 0.90 * tone)


def _boards() -> list[Part]:
    """The boards; each row goes in its part of the value "glass".

    It fades within a quarter of that part, so that hardly any value leaves a row half there.
    """
    deep = DEPTH / ROWS
    rows = []
    for k in range(ROWS):
        mesh = Mesh()
        north, south = -k * deep, -(k + 1) * deep
        for n in range(3):
            b, a = north - n * deep / 3 - 0.004, north - (n + 1) * deep / 3 + 0.004
            shift = 0.37 * n + 0.61 * k
            u = 2 * HALF_W / 0.96
            v0 = ((3 * k + n) % 8) / 8
            top = [[(-HALF_W, a, 0), (HALF_W, a, 0), (HALF_W, b, 0), (-HALF_W, b, 0)]]
            uv = [
                [
                    [shift, v0 + 0.012],
                    [shift + u, v0 + 0.012],
                    [shift + u, v0 + 0.113],
                    [shift, v0 + 0.113],
                ]
            ]
            tone = 0.92 + 0.10 * ((7 * k + 3 * n) % 5) / 4
            mesh.add(top, picture="wood", uv=uv, colour=_wood(tone))
            front = [[(-HALF_W, a, -0.022), (HALF_W, a, -0.022), (HALF_W, a, 0), (-HALF_W, a, 0)]]
            mesh.add(front, picture="wood", uv=uv, colour=(0.6, 0.6, 0.6), open_to_sky=0.5)
        under = [
            [
                (-HALF_W, north, -0.022),
                (HALF_W, north, -0.022),
                (HALF_W, south, -0.022),
                (-HALF_W, south, -0.022),
            ]
        ]
        mesh.add(under, picture="wood", colour=(0.25, 0.23, 0.22), open_to_sky=0.3)
        mesh.add(
            np.asarray(under)[:, ::-1] + floats([0, 0, 0.004]),
            colour=(0.1, 0.09, 0.08),
            open_to_sky=0.3,
        )
        goes = driving("glass", "alpha", 1.0, 0.0, k / ROWS, (k + 0.25) / ROWS)
        rows.append(Part(f"boards{k}", mesh, "baked", {DRIVE: goes}, lightmap=LIGHT))
    return rows


def _floor_glass() -> tuple[Mesh, Mesh]:
    """Panes between the beams, with their solid green edges and dark joints."""
    glass, joints = Mesh(), Mesh()
    z, edge = -0.026, 0.018
    bounds_y = np.linspace(-DEPTH, 0.0, 7)
    for x0, x1 in pairwise(_BEAMS):
        for y0, y1 in pairwise(bounds_y):
            _pane(glass, (x0 + 0.02, y0 + 0.012), (x1 - 0.02, y1 - 0.012), z, edge)
    for y in bounds_y[1:-1]:
        joints.box(
            (-HALF_W, y - 0.013, z - 0.03),
            (HALF_W, y + 0.013, z + 0.002),
            colour=(0.10, 0.105, 0.11),
            bottom=True,
        )
    for x in _BEAMS:
        joints.box(
            (x - 0.022, -DEPTH, z - 0.03),
            (x + 0.022, 0, z + 0.002),
            colour=(0.10, 0.105, 0.11),
            bottom=True,
        )
    return glass, joints


def _pane(
    mesh: Mesh, low: tuple[float, float], high: tuple[float, float], z: float, edge: float
) -> None:
    """A level pane; its rim is painted as closed to the sky, which the shader shows as green."""
    (x0, y0), (x1, y1) = low, high
    a, b, c, d = x0 + edge, y0 + edge, x1 - edge, y1 - edge
    mesh.add([[(a, b, z), (c, b, z), (c, d, z), (a, d, z)]])
    for rim in (
        [(x0, y0, z), (x1, y0, z), (c, b, z), (a, b, z)],
        [(x1, y0, z), (x1, y1, z), (c, d, z), (c, b, z)],
        [(x1, y1, z), (x0, y1, z), (a, d, z), (c, d, z)],
        [(x0, y1, z), (x0, y0, z), (a, b, z), (a, d, z)],
    ):
        mesh.add([rim], open_to_sky=[[0.15, 0.15, 0.8, 0.8]], colour=(0.50, 0.55, 0.52))


def _frame(mesh: Mesh) -> None:
    """The steel that carries the floor, seen through the glass."""
    for x in _BEAMS:
        mesh.box(
            (x - 0.05, -DEPTH, -0.34),
            (x + 0.05, -0.02, -0.06),
            picture="steel",
            colour=_DARK,
            bottom=True,
        )
        mesh.box(
            (x - 0.09, -DEPTH, -0.36),
            (x + 0.09, -0.02, -0.335),
            picture="steel",
            colour=_DARK,
            bottom=True,
        )
    mesh.box(
        (-HALF_W, -1.46, -0.28), (HALF_W, -1.38, -0.06), picture="steel", colour=_DARK, bottom=True
    )
    mesh.box(
        (-HALF_W, -2.86, -0.28), (HALF_W, -2.78, -0.06), picture="steel", colour=_DARK, bottom=True
    )
    edge: Built = {"picture": "steel", "colour": _STEEL, "bottom": True}
    mesh.box((-HALF_W - 0.07, -0.02, -0.36), (HALF_W + 0.07, 0.06, 0.012), **edge)
    for x in (-HALF_W - 0.07, HALF_W - 0.01):
        mesh.box((x, -DEPTH, -0.36), (x + 0.08, -0.02, 0.012), **edge)


def _arm(mesh: Mesh, west: float, east: float) -> None:
    """Boards and steel of one arm; its floor is always solid."""
    count = 25
    deep = REACH_M / count
    for k in range(count):
        a, b = k * deep + 0.004, (k + 1) * deep - 0.004
        u, v, shift = (east - west) / 0.96, (k % 8) / 8, 0.37 * k + west
        low, high = v + 0.012, v + 0.113
        tone = 0.92 + 0.10 * (3 * k % 5) / 4
        top = [[(west, a, 0.0), (east, a, 0.0), (east, b, 0.0), (west, b, 0.0)]]
        uv = [[[shift, low], [shift + u, low], [shift + u, high], [shift, high]]]
        mesh.add(top, picture="wood", uv=uv, colour=_wood(tone))
    under = (0.10, 0.09, 0.08)
    mesh.box((west, 0.0, -0.03), (east, REACH_M, -0.014), colour=under, bottom=True)
    edge: Built = {"picture": "steel", "colour": _STEEL, "bottom": True}
    mesh.box((west - 0.07, REACH_M, -0.36), (east + 0.07, REACH_M + 0.08, 0.012), **edge)
    for x, inner in ((west, west > 0.0), (east, east < 0.0)):
        low, high = (x - 0.07, x + 0.01) if x == west else (x - 0.01, x + 0.07)
        mesh.box((low, 0.06 if inner else -0.02, -0.36), (high, REACH_M, 0.012), **edge)


def _between(start: Spot, end: Spot, part: float) -> Spot:
    return (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)


def _posts() -> list[Spot]:
    """Where the rail's posts stand: between its panes, and within its bends."""
    places = []
    for before, corner, after in zip(_CORNERS, _CORNERS[1:], _CORNERS[2:], strict=False):
        # the arc leaves the corner free: the post moves in below the wood
        toward = _BEND_M / 4
        x = corner[0] + toward * (np.sign(before[0] - corner[0]) + np.sign(after[0] - corner[0]))
        y = corner[1] + toward * (np.sign(before[1] - corner[1]) + np.sign(after[1] - corner[1]))
        places.append((float(x), float(y)))
    for start, end in pairwise(_CORNERS):
        count = math.ceil(math.dist(start, end) / _SPAN_M)
        places += [_between(start, end, k / count) for k in range(1, count)]
    ends = (_CORNERS[0], _CORNERS[-1])
    return [*places, *((x, y + 0.08) for x, y in ends)]


def _balustrade() -> list[Part]:
    """Posts and panes grow with the rail, the handrail rides on top."""
    posts, panes, handrail = Mesh(), Mesh(), Mesh()
    for x, y in _posts():
        posts.box(
            (x - 0.011, y - 0.03, 0.0),
            (x + 0.011, y + 0.03, 0.995),
            picture="steel",
            colour=_STEEL,
            foot=0.7,
        )
        posts.box(
            (x + 0.02, y - 0.022, 0.0),
            (x + 0.032, y + 0.022, 0.995),
            picture="steel",
            colour=_STEEL,
            foot=0.7,
        )
        posts.box(
            (x - 0.06, y - 0.05, 0.0), (x + 0.075, y + 0.05, 0.012), picture="steel", colour=_DARK
        )
    for start, end in pairwise(_CORNERS):
        count = math.ceil(math.dist(start, end) / _SPAN_M)
        for k in range(count):
            _clamps(posts, start, end, k / count, (k + 1) / count)
            near, far = _between(start, end, k / count), _between(start, end, (k + 1) / count)
            _upright_pane(panes, near, far)
    path = rounded([(x, y, 0.0) for x, y in _CORNERS], _BEND_M)
    bar, normals = tube(path, 0.030, 12)
    bar[..., 2] *= 0.72
    handrail.add(bar, normals=normals, picture="wood", colour=(0.60, 0.52, 0.47), uv=_along(bar))
    flat, normals = tube(path, 0.012, 6)
    handrail.add(flat - floats([0, 0, 0.034]), normals=normals, picture="steel", colour=_STEEL)
    grows = driving("rail", "scale_z", 0.0, HIGHEST_RAIL_M)
    rides = driving("rail", "z", 0.0, HIGHEST_RAIL_M)
    return [
        Part("posts", posts, "layered", {DRIVE: grows}),
        Part("panes", panes, "glass", {DRIVE: grows}),
        Part("handrail", handrail, "layered", {DRIVE: rides}),
    ]


def _clamps(mesh: Mesh, start: Spot, end: Spot, first: float, last: float) -> None:
    """The clamps of steel that hold a pane, two at each of its sides."""
    apart = 0.062 / math.dist(start, end)
    # flat plates: long across the pane's edge, thin through the pane
    across = abs(end[0] - start[0]) > abs(end[1] - start[1])
    a, b = (0.026, 0.009) if across else (0.009, 0.026)
    for part in (first + apart, last - apart):
        x, y = _between(start, end, part)
        for z in (0.20, 0.78):
            mesh.box(
                (x - a, y - b, z),
                (x + a, y + b, z + 0.036),
                picture="steel",
                colour=(0.62, 0.63, 0.64),
                bottom=True,
            )


def _along(bar: Array) -> Array:
    """Grain along the handrail."""
    far = (bar[..., 0] + bar[..., 1]) / 9.6 + 0.31
    return np.stack([far, 0.03 + bar[..., 2] * 1.2], axis=-1)


def _upright_pane(mesh: Mesh, start: Spot, end: Spot) -> None:
    """A pane of unit height from post to post, with green edges at its top and sides."""
    apart = 0.06 / math.dist(start, end)
    (x0, y0), (x1, y1) = _between(start, end, apart), _between(start, end, 1.0 - apart)
    low, high, rim = 0.07, 0.955, 0.012

    def at(part: float, z: float) -> tuple[float, float, float]:
        return (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part, z)

    long = float(np.hypot(x1 - x0, y1 - y0))
    e = rim / long
    mesh.add([[at(e, low), at(1 - e, low), at(1 - e, high - rim), at(e, high - rim)]])
    green: Wear = {"colour": (0.60, 0.74, 0.68)}
    shade = [[0.0, 0.0, 0.15, 0.15]]
    mesh.add(
        [[at(0, high - rim), at(1, high - rim), at(1, high), at(0, high)]],
        open_to_sky=shade,
        **green,
    )
    for a, b in ((0.0, e), (1 - e, 1.0)):
        mesh.add(
            [[at(a, low), at(b, low), at(b, high - rim), at(a, high - rim)]],
            open_to_sky=shade,
            **green,
        )


def _wall(mesh: Mesh) -> None:
    """The front of the flat behind the patient: wall, frames of a wide sliding door, a lamp."""
    back, front = -DEPTH + 0.02, -DEPTH + 0.20
    wall: Wear = {"picture": "plaster", "colour": (0.93, 0.90, 0.85)}
    for west, east in ((-3.2, -2.25), (2.25, 3.2)):
        mesh.box((west, back, -0.36), (east, front, 2.95), **wall, foot=0.7)
    mesh.box((-2.25, back, 2.4), (2.25, front, 2.95), **wall)
    mesh.box((-3.2, back, 2.95), (3.2, front + 0.05, 3.05), picture="zinc", bottom=True)
    frame: Wear = {"picture": "steel", "colour": _DARK}
    for x in (-2.25, -0.75, 0.75, 2.19):
        mesh.box((x, front - 0.09, 0.0), (x + 0.06, front - 0.02, 2.4), **frame)
    mesh.box((-2.25, front - 0.09, 2.34), (2.25, front - 0.02, 2.4), **frame, bottom=True)
    mesh.box((-2.25, front - 0.09, 0.0), (2.25, front - 0.02, 0.05), **frame)
    # behind the glass a room is seen dimly: floor and wall, a picture, a lamp that is lit
    y = back + 0.04
    for x0, x1, z0, z1, colour in (
        (-2.25, 2.25, 0.0, 0.34, (0.20, 0.16, 0.13)),
        (-2.25, 2.25, 0.34, 2.4, (0.30, 0.28, 0.26)),
        (-0.55, 0.45, 1.15, 1.85, (0.34, 0.33, 0.29)),
        (0.95, 1.30, 1.02, 1.34, (1.00, 0.90, 0.66)),
        (1.10, 1.15, 0.34, 1.02, (0.20, 0.19, 0.18)),
        (-1.50, 0.60, 0.34, 0.78, (0.20, 0.21, 0.24)),
    ):
        deep = y + 0.001 * (1 + (z1 - z0 < 2.0)) + 0.001 * (x1 - x0 < 1.5)
        mesh.add([[(x1, deep, z0), (x0, deep, z0), (x0, deep, z1), (x1, deep, z1)]], colour=colour)
    for west in (-2.2, 1.55):
        folds = np.linspace(west, west + 0.65, 14)
        deep = y + 0.02 + 0.018 * (np.arange(14) % 2)
        for k in range(13):
            a, b = folds[k + 1], folds[k]
            mesh.add(
                [
                    [
                        (a, deep[k + 1], 0.03),
                        (b, deep[k], 0.03),
                        (b, deep[k], 2.36),
                        (a, deep[k + 1], 2.36),
                    ]
                ],
                picture="fabric",
                colour=(0.80, 0.76, 0.68),
                open_to_sky=0.55,
            )
    mesh.box((2.55, front, 1.95), (2.68, front + 0.1, 2.2), colour=(0.95, 0.93, 0.86), bottom=True)


def _rail_shadow() -> Part:
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


def _door_glass() -> Part:
    mesh = Mesh()
    y = -DEPTH + 0.14
    for a, b in ((-2.19, -0.75), (-0.69, 0.75), (0.81, 2.19)):
        mesh.add([[(b, y, 0.05), (a, y, 0.05), (a, y, 2.34), (b, y, 2.34)]])
    return Part("door", mesh, "glass")
