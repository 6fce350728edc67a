"""Owns the glass lift that carries people up a facade or an atrium: floor, panes, rail, doors.

The middle of its floor is the origin; it looks along y, its back with the mast is at y = -0.9 m.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.lift.digits import Plane, arrow, number, ring
from vr_runtime.stage.models.lift.numerals import bell, figures
from vr_runtime.stage.models.lift.plan import BLACK
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube

TOP_FLOOR = 55
"""The highest floor whose number it shows."""
HALF_M, DEEP_M, HIGH_M = 0.95, 0.90, 2.35
"""Half its breadth, half its depth, and its height inside, in metres."""
HIGHEST_RAIL_M = 1.2
DOOR_M = 0.62
"""Half the clear width of its doors, in the front."""
FLOOR_M = 0.06
POST_M = 0.035
FRAME = (0.58, 0.60, 0.62)
PALE = (0.76, 0.77, 0.78)
INK = (0.10, 0.105, 0.115)
MARKED = (None, 0, 1, 2, 3, 5, 8, 12, 16, 24, 36, 49)
"""What stands on its buttons, from the left below: the alarm, and floors."""


def build() -> NodePath:
    """The lift as a node to be written.

    Its values: "rail" (height of the handrail), "clear" (how clear its panes are), "glass" (how
    clear its floor is), "doors" (1 open), "walls" (0 an open lift, 1 with panes and a roof),
    "floor" (the number that is lit, a part of `TOP_FLOOR`) and "way" (0.5 up, 1 down).
    """
    root = NodePath("gondola")
    frame, hood = Mesh(), Mesh()
    _base(frame)
    _back(frame)
    _hood(hood)
    frame.nodes("frame", "mover").reparentTo(root)
    roof = hood.nodes("hood", "mover")
    roof.setTag(DRIVE, driving("walls", "show", 0.5, 1.0))
    roof.reparentTo(root)
    _floor(root)
    _rail(root)
    _panes(root)
    _shown(root)
    return root


def _base(frame: Mesh) -> None:
    """The frame of the floor: beams around and two across, a sill at the front."""
    x, y = HALF_M + 0.05, DEEP_M + 0.05
    for low, high in (
        ((-x, y - 0.09, -0.16), (x, y, 0.004)),
        ((-x, -y, -0.16), (x, -y + 0.09, 0.004)),
        ((-x, -y, -0.16), (-x + 0.09, y, 0.004)),
        ((x - 0.09, -y, -0.16), (x, y, 0.004)),
        ((-0.03, -y, -0.16), (0.03, y, -FLOOR_M)),
    ):
        frame.box(low, high, picture="steel", colour=FRAME, bottom=True)
    for low, high in (((-x, -0.02, -0.14), (x, 0.02, -FLOOR_M)),):
        frame.box(low, high, picture="steel", colour=FRAME, bottom=True)
    # a toe board all around but for the doors
    for low, high in (
        ((-x, -y, 0.0), (-x + 0.02, y, 0.10)),
        ((x - 0.02, -y, 0.0), (x, y, 0.10)),
        ((-x, y - 0.02, 0.0), (-DOOR_M, y, 0.10)),
        ((DOOR_M, y - 0.02, 0.0), (x, y, 0.10)),
    ):
        frame.box(low, high, picture="steel", colour=PALE)


def _back(frame: Mesh) -> None:
    """The wall towards the mast: steel, with the panel of buttons, and the guides behind it."""
    x, y = HALF_M + 0.05, -DEEP_M
    for k in range(3):
        a = -x + 2 * x * k / 3
        frame.box(
            (a + 0.004, y - 0.04, 0.0),
            (a + 2 * x / 3 - 0.004, y, 1.15),
            picture="steel",
            colour=PALE,
        )
    for side in (-1.0, 1.0):
        frame.box(
            (side * 0.62 - 0.06, y - 0.16, -0.4),
            (side * 0.62 + 0.06, y - 0.04, 2.5),
            picture="steel",
            colour=FRAME,
            bottom=True,
        )
        for z in (-0.25, 1.1, 2.3):
            faces, normals = tube(
                [(side * 0.62 - 0.09, y - 0.20, z), (side * 0.62 + 0.09, y - 0.20, z)], 0.07, 14
            )
            frame.add(faces, normals=normals, picture="plain", colour=(0.16, 0.16, 0.17))
    # the panel stands at the front right, in sight of whoever looks out
    frame.box(
        (HALF_M - 0.07, 0.50, 0.98), (HALF_M - 0.045, 0.78, 1.46), picture="steel", colour=PALE
    )
    frame.box(
        (HALF_M - 0.06, 0.61, 0.0), (HALF_M - 0.03, 0.67, 0.98), picture="steel", colour=FRAME
    )
    face = HALF_M - 0.072
    frame.box((face, 0.55, 1.33), (face + 0.004, 0.73, 1.43), colour=BLACK)
    knobs = Mesh()
    axes = ((0.0, -1.0, 0.0), (0.0, 0.0, 1.0))
    for place, floor in enumerate(MARKED):
        row, column = divmod(place, 3)
        y, z = 0.64 - (column - 1) * 0.07, 1.04 + row * 0.068
        ring(knobs, ((face - 0.001, y, z), *axes), 0.0, 0.022, (0.34, 0.35, 0.36))
        colour = (0.96, 0.80, 0.22) if floor is None else (0.90, 0.905, 0.91)
        ring(knobs, ((face - 0.002, y, z), *axes), 0.0, 0.019, colour)
        plane: Plane = ((face - 0.003, y, z), *axes)
        if floor is None:
            bell(knobs, plane, 0.024, INK)
        else:
            figures(knobs, floor, plane, 0.017 if floor < 10 else 0.0145, INK)
    rows = knobs.packed()
    frame.add(rows["v"], normals=rows["n"], colour=rows["c"][..., :3].astype(np.float32) / 255.0)


def _hood(hood: Mesh) -> None:
    """Posts at the corners and a roof with a rim: what an open lift lacks."""
    x, y = HALF_M + 0.05, DEEP_M + 0.05
    for a in (-1.0, 1.0):
        for b in (-1.0, 1.0):
            cx, cy = a * (x - POST_M), b * (y - POST_M)
            hood.box(
                (cx - POST_M, cy - POST_M, 0.0),
                (cx + POST_M, cy + POST_M, HIGH_M),
                picture="steel",
                colour=FRAME,
            )
    for low, high in (
        ((-x, y - 0.10, HIGH_M - 0.10), (x, y, HIGH_M + 0.05)),
        ((-x, -y, HIGH_M - 0.10), (x, -y + 0.10, HIGH_M + 0.05)),
        ((-x, -y, HIGH_M - 0.10), (-x + 0.10, y, HIGH_M + 0.05)),
        ((x - 0.10, -y, HIGH_M - 0.10), (x, y, HIGH_M + 0.05)),
    ):
        hood.box(low, high, picture="steel", colour=FRAME, bottom=True)
    hood.box((-x, -y, HIGH_M), (x, y, HIGH_M + 0.06), colour=(0.82, 0.83, 0.84), bottom=True)
    for side in (-1.0, 1.0):
        hood.box(
            (side * 0.45 - 0.16, -0.16, HIGH_M - 0.012),
            (side * 0.45 + 0.16, 0.16, HIGH_M),
            colour=(1.0, 0.99, 0.96),
            bottom=True,
        )


def _floor(root: NodePath) -> None:
    """A plate of glass, and on it rubber that goes as the floor gets clear."""
    x, y = HALF_M, DEEP_M
    glass, rubber = Mesh(), Mesh()
    glass.add(
        [[(-x, -y, -0.012), (x, -y, -0.012), (x, y, -0.012), (-x, y, -0.012)]],
        picture="smudge",
        colour=(0.9, 0.95, 0.95),
    )
    glass.nodes("floor glass", "glass").reparentTo(root)
    rubber.box((-x, -y, -0.010), (x, y, 0.0), colour=(0.30, 0.31, 0.33), bottom=True)
    for a in np.arange(-x + 0.06, x - 0.03, 0.075):
        for b in np.arange(-y + 0.06, y - 0.03, 0.075):
            plane: Plane = ((a, b, 0.002), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
            ring(rubber, plane, 0.0, 0.017, (0.37, 0.38, 0.40))
    node = rubber.nodes("floor rubber", "mover")
    node.setTag(DRIVE, driving("glass", "alpha", 1.0, 0.0))
    node.reparentTo(root)


def _rail(root: NodePath) -> None:
    """A handrail all around but for the doors, which have their own bar, on uprights."""
    x, y = HALF_M - 0.05, DEEP_M - 0.05
    rail, posts, bars = Mesh(), Mesh(), Mesh()
    ways = (
        [(-DOOR_M, y, 0.0), (-x, y, 0.0), (-x, -y, 0.0)],
        [(DOOR_M, y, 0.0), (x, y, 0.0), (x, -y, 0.0)],
    )
    for way in ways:
        for a, b in pairwise(way):
            faces, normals = tube([a, b], 0.021, 12)
            rail.add(faces, normals=normals, picture="steel", colour=(0.92, 0.92, 0.93))
            for part in (0.35, 0.68):
                low, high = (a[0], a[1], part), (b[0], b[1], part)
                faces, normals = tube([low, high], 0.009, 8)
                bars.add(faces, normals=normals, picture="steel", colour=PALE)
        for px, py, _z in way:
            posts.box(
                (px - 0.016, py - 0.016, 0.0),
                (px + 0.016, py + 0.016, 1.0),
                picture="steel",
                colour=PALE,
            )
    for name, mesh, what in (
        ("rail", rail, "z"),
        ("posts", posts, "scale_z"),
        ("bars", bars, "scale_z"),
    ):
        node = mesh.nodes(name, "mover")
        node.setTag(DRIVE, driving("rail", what, 0.0, HIGHEST_RAIL_M))
        node.reparentTo(root)


def _panes(root: NodePath) -> None:
    """Panes at both sides and beside the doors, two leaves, and the film that makes them blind."""
    x, y, top = HALF_M + 0.02, DEEP_M + 0.02, HIGH_M - 0.10
    panes, film = Mesh(), Mesh()
    sheets = (
        [(-x, -y, 0.1), (-x, y, 0.1), (-x, y, top), (-x, -y, top)],
        [(x, y, 0.1), (x, -y, 0.1), (x, -y, top), (x, y, top)],
        [(-x, y, 0.1), (-DOOR_M, y, 0.1), (-DOOR_M, y, top), (-x, y, top)],
        [(DOOR_M, y, 0.1), (x, y, 0.1), (x, y, top), (DOOR_M, y, top)],
        [(x, -y + 0.02, 1.15), (-x, -y + 0.02, 1.15), (-x, -y + 0.02, top), (x, -y + 0.02, top)],
    )
    for each in sheets:
        panes.add([each], picture="smudge")
        for way in (each, each[::-1]):
            film.add([way], picture="plain", colour=(0.86, 0.89, 0.90))
    whole = root.attachNewNode("walls")
    whole.setTag(DRIVE, driving("walls", "show", 0.5, 1.0))
    panes.nodes("panes", "glass").reparentTo(whole)
    blind = film.nodes("film", "mover")
    blind.setTag(DRIVE, driving("clear", "alpha", 0.96, 0.0))
    blind.reparentTo(whole)
    for side in (-1.0, 1.0):
        leaf = root.attachNewNode("left" if side < 0 else "right")
        leaf.setTag(DRIVE, driving("doors", "x", 0.0, side * (DOOR_M - 0.05)))
        pane, edge, cover = Mesh(), Mesh(), Mesh()
        a, b = sorted((0.0, side * DOOR_M))
        face = [(a, y, 0.03), (b, y, 0.03), (b, y, top), (a, y, top)]
        pane.add([face], picture="smudge")
        for way in (face, face[::-1]):
            cover.add([way], picture="plain", colour=(0.86, 0.89, 0.90))
        for low, high in (
            ((a, y - 0.015, 0.005), (b, y + 0.015, 0.06)),
            ((a, y - 0.015, top - 0.05), (b, y + 0.015, top)),
            ((side * 0.004 - 0.004, y - 0.015, 0.005), (side * 0.004 + 0.004, y + 0.015, top)),
        ):
            edge.box(low, high, picture="steel", colour=FRAME, bottom=True)
        bar = [(side * 0.07, y - 0.05, 1.02), (side * (DOOR_M - 0.05), y - 0.05, 1.02)]
        faces, normals = tube(bar, 0.016, 10)
        edge.add(faces, normals=normals, picture="steel", colour=(0.92, 0.92, 0.93))
        edge.nodes("edge", "mover").reparentTo(leaf)
        glazed = leaf.attachNewNode("glazed")
        glazed.setTag(DRIVE, driving("walls", "show", 0.5, 1.0))
        pane.nodes("pane", "glass").reparentTo(glazed)
        blind = cover.nodes("cover", "mover")
        blind.setTag(DRIVE, driving("clear", "alpha", 0.96, 0.0))
        blind.reparentTo(glazed)


def _shown(root: NodePath) -> None:
    """The number of the floor and an arrow, on the panel."""
    face = HALF_M - 0.074
    plane: Plane = ((face, 0.625, 1.38), (0.0, -1.0, 0.0), (0.0, 0.0, 1.0))
    for floor in range(TOP_FLOOR + 1):
        mesh, part = Mesh(), 0.5 / TOP_FLOOR
        number(mesh, floor, plane, 0.062)
        _in_turn(root, mesh, "floor", floor / TOP_FLOOR - part, floor / TOP_FLOOR + part - 1e-6)
    for up, low, high in ((True, 0.25, 0.75), (False, 0.76, 1.0)):
        mesh = Mesh()
        arrow(mesh, ((face, 0.705, 1.38), *plane[1:]), 0.036, up=up)
        _in_turn(root, mesh, "way", low, high)


def _in_turn(root: NodePath, mesh: Mesh, value: str, low: float, high: float) -> None:
    node = mesh.nodes("lit", "mover")
    node.setTag(DRIVE, driving(value, "show", low, high))
    node.reparentTo(root)
