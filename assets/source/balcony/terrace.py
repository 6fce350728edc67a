"""Owns the balcony itself: floor of boards over glass, arms, the wall behind.

Its edge is along y = 0, its floor at z = 0, the door of the flat behind at y = -4.2 m. At either
side an arm goes on past the edge, as far as a level gaze on a flat screen needs to meet its boards:
whoever stands at the edge and looks ahead sees boards and rail there, and so on what they stand.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Built, Colour, Mesh, Wear, floats
from vr_runtime.stage.models.shapes import tube

from balcony.balustrade import balustrade, rail_shadow
from balcony.furniture import furniture, planters, plants
from balcony.plan import ARMS, DEPTH, HALF_W, REACH_M, STEEL
from parts import Part, Place

LIGHT, BELOW = "terrace", "below"
"""The pictures of the light on it, and on what is seen only through glass where boards gave way."""
ROWS = 12
"""Rows of boards that give way to glass one after the other, from the edge inwards."""
_DARK: Colour = (0.24, 0.25, 0.27)
_PAINTED: Built = {"picture": "steel", "colour": STEEL, "bottom": True}
_BEAMS = (-3.0, -1.8, -0.6, 0.6, 1.8, 3.0)
"""Where panes of the floor meet from west to east; a beam lies below each but the outermost."""
_CROSS = (-DEPTH, -2.8, -1.4, 0.0)
"""Where they meet from south to north."""
_GLASS_Z, _GLASS_M = -0.026, 0.018
"""Upper face and thickness of the glass floor."""
_UNDER_Z = -0.165
"""The underside of the steel that carries the floor: slender, for it hides what lies below."""


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
        *_seams(),
        Part("frame", frame, "baked", lightmap=BELOW),
        Part("joints", joints, "baked", lightmap=BELOW),
        Part(
            "glass floor",
            glass,
            "glass",
            {DRIVE: driving("glass", "show", 0.001, 1.0)},
            hidden=True,
        ),
        *balustrade(),
        Part("planter", boxes, "baked", lightmap=LIGHT),
        Part("plants", leaves, "foliage", moving=True),
        _door_glass(),
        rail_shadow(),
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


def _seams() -> list[Part]:
    """Where the boards end on the glass: its lit edge and a border of printed dots.

    Each lies below the row of boards before it, and goes when its own row has gone.
    """
    parts = []
    for k in range(1, ROWS):
        mesh, y = Mesh(), -k * DEPTH / ROWS
        z = _GLASS_Z + 0.001
        edge = [[(-HALF_W, y, z), (HALF_W, y, z), (HALF_W, y + 0.014, z), (-HALF_W, y + 0.014, z)]]
        mesh.add(edge, colour=(0.52, 0.78, 0.70))
        _dots(mesh, y + 0.014, 1.0, (0.0095, 0.0070))
        shown = driving("glass", "show", (k - 0.95) / ROWS, (k + 0.25) / ROWS)
        parts.append(Part(f"seam{k}", mesh, "layered", {DRIVE: shown}, hidden=True))
    return parts


def _dots(mesh: Mesh, edge: float, inwards: float, radii: tuple[float, ...]) -> None:
    """Rows of printed dots from side to side, against slipping; smaller away from the edge."""
    apart, z = 0.05, _GLASS_Z + 0.001
    for row, radius in enumerate(radii):
        y = edge + inwards * (0.018 + 0.026 * row)
        for x in np.arange(-HALF_W + 0.06 + row % 2 * apart / 2, HALF_W - 0.06, apart):
            rim = [(x, y - radius, z), (x + radius, y, z), (x, y + radius, z), (x - radius, y, z)]
            mesh.add([rim], colour=(0.82, 0.84, 0.84))


def _floor_glass() -> tuple[Mesh, Mesh]:
    """Panes between the beams, with their lit edges, and the thin joints and discs between."""
    glass, joints = Mesh(), Mesh()
    for x0, x1 in pairwise(_BEAMS):
        for y0, y1 in pairwise(_CROSS):
            _pane(glass, (x0 + 0.008, y0 + 0.008), (x1 - 0.008, y1 - 0.008))
    turn = np.linspace(0.0, 2.0 * np.pi, 9)[:-1]
    around = np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    gasket: Wear = {"colour": (0.40, 0.41, 0.42)}
    z = _GLASS_Z - 0.002
    for y in _CROSS[1:-1]:
        seam = [(-HALF_W, y - 0.006, z), (HALF_W, y - 0.006, z)]
        back = [(HALF_W, y + 0.006, z), (-HALF_W, y + 0.006, z)]
        joints.add([[*seam, *back]], **gasket)
    for x in _BEAMS[1:-1]:
        corners = [(x - 0.006, -DEPTH), (x + 0.006, -DEPTH), (x + 0.006, 0.0), (x - 0.006, 0.0)]
        joints.add([[(*corner, z) for corner in corners]], **gasket)
        for y in (-DEPTH + 0.10, *_CROSS[1:-1], -0.11):
            rim = [(x + 0.026 * c, y + 0.026 * d, _GLASS_Z + 0.002) for c, d in around]
            disc = [rim[:4], [rim[3], rim[4], rim[7], rim[0]], rim[4:8]]
            joints.add(disc, picture="steel", colour=(0.76, 0.77, 0.78))
    _dots(joints, -0.045, -1.0, (0.0095, 0.0075, 0.0055))
    return glass, joints


def _pane(mesh: Mesh, low: tuple[float, float], high: tuple[float, float]) -> None:
    """A level pane; where its rim is painted as closed to the sky, light gathers green in it.

    The rim is broad towards the boards around, where it lies open to their light.
    """
    (x0, y0), (x1, y1) = low, high
    z = _GLASS_Z
    broad, thin = 0.034, 0.014
    a = x0 + (broad if x0 < _BEAMS[0] + 0.1 else thin)
    c = x1 - (broad if x1 > _BEAMS[-1] - 0.1 else thin)
    b = y0 + thin
    d = y1 - (broad if y1 > -0.1 else thin)
    mesh.add([[(a, b, z), (c, b, z), (c, d, z), (a, d, z)]])
    for rim in (
        [(x0, y0, z), (x1, y0, z), (c, b, z), (a, b, z)],
        [(x1, y0, z), (x1, y1, z), (c, d, z), (c, b, z)],
        [(x1, y1, z), (x0, y1, z), (a, d, z), (c, d, z)],
        [(x0, y1, z), (x0, y0, z), (a, b, z), (a, d, z)],
    ):
        mesh.add([rim], open_to_sky=[[0.10, 0.10, 1.0, 1.0]], colour=(0.84, 0.96, 0.92))


def _girder(mesh: Mesh, x: float) -> None:
    """A beam of rolled steel from the wall to the edge: two flanges and a thin web."""
    top = _GLASS_Z - _GLASS_M
    for half, low, high in (
        (0.030, top - 0.008, top),
        (0.004, _UNDER_Z + 0.008, top - 0.008),
        (0.030, _UNDER_Z, _UNDER_Z + 0.008),
    ):
        mesh.box((x - half, -DEPTH, low), (x + half, -0.02, high), **_PAINTED)


def _frame(mesh: Mesh) -> None:
    """The steel that carries the floor, seen through the glass: slender, and painted."""
    top = _GLASS_Z - _GLASS_M
    for x in _BEAMS[1:-1]:
        _girder(mesh, x)
    for y in _CROSS[1:-1]:
        for x0, x1 in pairwise(_BEAMS):
            low, high = (x0 + 0.004, y - 0.025), (x1 - 0.004, y + 0.025)
            mesh.box((*low, top - 0.008), (*high, top), **_PAINTED)
            mesh.box((low[0], y - 0.004, top - 0.07), (high[0], y + 0.004, top - 0.008), **_PAINTED)
    # channels round about, open inwards: a web and a lower flange
    mesh.box((-HALF_W - 0.07, 0.0, _UNDER_Z), (HALF_W + 0.07, 0.06, 0.012), **_PAINTED)
    mesh.box((-HALF_W, -0.022, _UNDER_Z), (HALF_W, 0.0, _UNDER_Z + 0.010), **_PAINTED)
    mesh.box((-HALF_W, -0.025, top - 0.010), (HALF_W, 0.0, top), **_PAINTED)
    for side in (-1.0, 1.0):
        outer, inner, flange = (side * (HALF_W + part) for part in (0.07, 0.0, -0.045))
        west, east = sorted((outer, inner))
        mesh.box((west, -DEPTH, _UNDER_Z), (east, 0.0, 0.012), **_PAINTED)
        west, east = sorted((inner, flange))
        mesh.box((west, -DEPTH, _UNDER_Z), (east, -0.045, _UNDER_Z + 0.010), **_PAINTED)
    for x in (ARMS[0][1] - 0.04, ARMS[1][0] + 0.04):
        _strut(mesh, x)


def _strut(mesh: Mesh, x: float) -> None:
    """What carries an arm: a tube that rises from the wall below, a plate at its head."""
    foot, head = (x, -DEPTH + 0.03, -2.35), (x, 1.90, _UNDER_Z - 0.06)
    body, normals = tube([foot, head], 0.030, 12)
    mesh.add(body, normals=normals, picture="steel", colour=STEEL)
    mesh.box((x - 0.006, 1.55, _UNDER_Z - 0.12), (x + 0.006, 2.10, _UNDER_Z), **_PAINTED)
    mesh.box((x - 0.09, -DEPTH + 0.02, -2.50), (x + 0.09, -DEPTH + 0.04, -2.20), **_PAINTED)


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
    mesh.box(
        (west - 0.07, REACH_M, _UNDER_Z), (east + 0.07, REACH_M + 0.08, 0.012), **_PAINTED
    )
    for x, inner in ((west, west > 0.0), (east, east < 0.0)):
        low, high = (x - 0.07, x + 0.01) if x == west else (x - 0.01, x + 0.07)
        mesh.box((low, 0.06 if inner else 0.0, _UNDER_Z), (high, REACH_M, 0.012), **_PAINTED)


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


def _door_glass() -> Part:
    mesh = Mesh()
    y = -DEPTH + 0.14
    for a, b in ((-2.19, -0.75), (-0.69, 0.75), (0.81, 2.19)):
        mesh.add([[(b, y, 0.05), (a, y, 0.05), (a, y, 2.34), (b, y, 2.34)]])
    return Part("door", mesh, "glass")
