"""Owns a lift: its cabin, both doors, and the landing's wall around them, in the light of both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.lift.digits import AMBER, Plane, arrow, number, ring
from vr_runtime.stage.models.lift.fitted import OPEN, Fitted, shaded
from vr_runtime.stage.models.lift.fittings import emergency_lamp, hatch, scratched, warning
from vr_runtime.stage.models.lift.panel import (
    ALARM_Z,
    BUTTON_M,
    DISPLAY_Z,
    PANEL_OUT_M,
    PANEL_Y,
    button_place,
    panel,
    panel_plane,
)
from vr_runtime.stage.models.lift.plan import (
    BLACK,
    BUTTONS,
    CAR_DOOR_Y,
    DARK,
    FRONT_Y,
    GAP_Y,
    HALF_LANDING_M,
    LANDING_DOOR_Y,
    LANDING_HIGH_M,
    OAK,
    PLASTER,
    RUBBER,
    STEEL,
    TOP_FLOOR,
    WALL_M,
    WHITE,
    Cabin,
    landing_light,
)
from vr_runtime.stage.models.lift.steel import STRIP_Y, STRIP_Z, polished, polished_dark
from vr_runtime.stage.models.mesh import Array, Mesh, floats
from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.resting.furnisher import Furnisher, lattice, sheet

FOR_MOVERS = {
    "sun_colour": (0.0, 0.0, 0.0),
    "sky_zenith": (1.05, 1.03, 1.00),
    "sky_horizon": (0.80, 0.79, 0.77),
    "ground_colour": (0.62, 0.61, 0.60),
}
"""The light on whatever is put into a lift or onto its landing: from above."""
SEAM = (0.40, 0.405, 0.41)
SEAM_M = 0.009
ACROSS_M, GRAIN_M = 0.26, 1.9
"""Metres of wall across and along the grain that one picture of steel covers."""
Corner = tuple[float, float, float]
DIM = driving("light", "lit", 0.0, 1.0)
SCRATCHES_M2 = 7.0
FACING = {"west": (1.0, 0.0, 0.0), "east": (-1.0, 0.0, 0.0), "back": (0.0, -1.0, 0.0)}
HEIGHTS = (0.70, 0.76, 0.80, 0.825, 0.85, 0.875, 0.90, 0.96)
"""Where walls are cut besides, for the shadow that the handrail throws."""


def lift(size: Cabin) -> NodePath:
    """The lift as a node to be written.

    Its values: "doors" (0 shut, 1 open), "floor" (a part of `TOP_FLOOR`), "way" (0 none, 0.5 up,
    1 down), "lit" (a button: (number + 1) / (BUTTONS + 1)), "alarm", "call", "light" (0 its
    emergency lamp alone, 1 all its lamps).
    """
    root = NodePath("lift")
    inside = Fitted(size)
    _shell(inside, size)
    hatch(inside, size)
    _front(inside, size)
    _rails(inside, size)
    panel(inside, size)
    emergency_lamp(inside, size)
    _lines(inside, size)
    landing = Furnisher(landing_light())
    _wall(landing, size)
    cabin = inside.mesh.nodes("cabin", "dimmed", moving=True)
    cabin.setTag(DRIVE, DIM)
    cabin.reparentTo(root)
    landing.mesh.nodes("wall", "layered").reparentTo(root)
    for side in (-1.0, 1.0):
        leaves = _door(size, side)
        node = leaves.nodes("left" if side < 0 else "right", "dimmed", moving=True)
        slides = driving("doors", "x", 0.0, side * (size.door / 2 - 0.012))
        node.setTag(DRIVE, f"{slides}\n{DIM}")
        node.reparentTo(root)
    _shown(root, size)
    tell_light(root, FOR_MOVERS)
    return root


def level(corners: Array) -> Array:
    """Texture coordinates of brushed steel whose grain runs level: drawn out along it."""
    along = corners[..., 0] + corners[..., 1]
    return floats(np.stack([corners[..., 2] / ACROSS_M, along / GRAIN_M], axis=-1))


def sheen(along: Array, lamps: Sequence[float], wide: float = 0.16) -> Array:
    """How brushed steel brightens in upright bands below lamps, along a wall in metres."""
    bands = [np.exp(-(((along - lamp) / wide) ** 2)) for lamp in lamps]
    return np.asarray(0.88 + 0.17 * np.minimum(sum(bands), 1.0), dtype=np.float32)[..., None]


def _steel(
    room: Fitted,
    corners: Array,
    size: Cabin,
    normal: tuple[float, float, float],
    shade: Array | float = 1.0,
    seed: int = 0,
) -> None:
    """A wall of steel in both lights, and the scratches on it."""
    scratches, tones = scratched(corners, 1 if normal[0] else 0, seed, _count(corners, normal))
    for part, tone in ((corners, shade), (scratches, tones)):
        bright = polished(part, normal, size) * np.asarray(STEEL) * size.tone
        dim = polished_dark(part, normal, size, room.emergency)
        room.add(part, "brushed", bright * tone, uv=level(part), dim=dim * tone)


def _count(corners: Array, normal: tuple[float, float, float]) -> int:
    """How many scratches a wall of this size has."""
    wide, high = np.ptp(corners.reshape(-1, 3)[:, [1 if normal[0] else 0, 2]], axis=0)
    return round(float(wide * high) * SCRATCHES_M2) if high > 0.6 and wide > 0.2 else 0


def _shell(room: Fitted, size: Cabin) -> None:
    """Floor with studs, ceiling with lamps, three walls of panels with seams between them."""
    x, y0, y1, high = size.wide / 2, FRONT_Y[0] - 0.02, size.back_y, size.high
    # floor and ceiling go on below and above the walls: no corner lets the sky in
    out = 0.03
    floor = sheet((-x - out, y0, 0), (2 * (x + out), 0, 0), (0, y1 - y0 + out, 0), 0.10)
    room.add(floor, "plain", RUBBER)
    _studs(room, size)
    ceiling = sheet((-x - out, y1 + out, high), (2 * (x + out), 0, 0), (0, y0 - y1 - out, 0), 0.12)
    room.add(ceiling, "plain", np.asarray(WHITE) * min(1.0, size.tone + 0.02))
    for sx in (-1.0, 1.0):
        for y in size.lamps_y:
            across, along = 0.11 * size.wide, 0.14
            cx = sx * 0.22 * size.wide
            rim = (
                (cx - across - 0.012, y - along - 0.012, high - 0.008),
                (cx + across + 0.012, y + along + 0.012, high),
            )
            room.block(rim, "steel", STEEL, 0.3)
            lit = sheet(
                (cx - across, y + along, high - 0.009), (2 * across, 0, 0), (0, -2 * along, 0), 1
            )
            room.shine(lit, (1.0, 0.995, 0.97), (0.115, 0.12, 0.12))
    # walls: a dark base, then panels
    for wall in ("west", "east", "back"):
        _panels(room, size, wall)


def _panels(room: Fitted, size: Cabin, wall: str) -> None:
    x, y0, y1, high = size.wide / 2, FRONT_Y[1], size.back_y, size.high
    long = size.wide if wall == "back" else size.deep
    pieces = max(1, round(long / 0.58))
    base = 0.11

    def place(s: float, z: float, out: float) -> tuple[float, float, float]:
        """Along the wall from its left end for who looks at it, up, and out of it."""
        if wall == "west":
            return (-x + out, y0 + s, z)
        if wall == "east":
            return (x - out, y1 - s, z)
        return (-x + s, y1 - out, z)

    def panelled(s0: float, s1: float, z0: float, z1: float) -> Array:
        fine = 0.03 if size.wide < 1.0 else 0.05
        across = np.linspace(s0, s1, max(2, round((s1 - s0) / fine) + 1))
        rows = np.linspace(z0, z1, max(2, round((z1 - z0) / 0.09) + 1))
        rows = np.unique([*rows, *(z for z in HEIGHTS if z0 < z < z1)])
        return lattice(np.asarray([[place(s, z, 0.0) for s in across] for z in rows]))

    def flat(s0: float, s1: float, z0: float, z1: float, out: float, step: float = 0.12) -> Array:
        o, a, b = (np.asarray(place(*at, out)) for at in ((s0, z0), (s1, z0), (s0, z1)))
        return sheet(o, a - o, b - o, step)

    room.add(flat(-0.02, long + 0.02, 0.0, high, -0.003, 0.3), "plain", SEAM)
    room.add(flat(0.0, long, 0.0, base, 0.004), "plain", DARK)
    for k in range(pieces):
        s0 = long * k / pieces + (SEAM_M / 2 if k else 0.0)
        s1 = long * (k + 1) / pieces - (SEAM_M / 2 if k + 1 < pieces else 0.0)
        for z0, z1 in ((base, 0.90 * size.high - 0.25), (0.90 * size.high - 0.25 + SEAM_M, high)):
            face = panelled(s0, s1, z0, z1)
            if wall == "back" and size.back == "wood":
                u = (face[..., 0] + 0.9) * 0.36
                v = (3.22 + 0.56 * (face[..., 2] - z0) / (z1 - z0)) / 8.0
                told = np.asarray(OAK) * _below_rail(face, size)
                room.add(face, "wood", told, uv=np.stack([v * 0 + u, v], axis=-1))
            else:
                _steel(room, face, size, FACING[wall], _below_rail(face, size), 10 * k + len(wall))


def _below_rail(corners: Array, size: Cabin) -> Array:
    """The soft shadow of the handrail on the wall behind it, 0 to 1 (..., 1)."""
    z, y = corners[..., 2:], corners[..., 1:2]
    there = np.clip((y - FRONT_Y[1] - PANEL_Y[1]) / 0.10, 0.0, 1.0) if size.wide >= 0.8 else 1.0
    broad = 0.34 * np.exp(-(((z - 0.835) / 0.042) ** 2)) + 0.12 * np.exp(
        -(((z - 0.76) / 0.09) ** 2)
    )
    return np.asarray(1.0 - broad * there, dtype=np.float32)


def _lines(room: Fitted, size: Cabin) -> None:
    """A line of light in each front corner, in a frame of steel."""
    y0, y1 = FRONT_Y[1] + STRIP_Y[0], FRONT_Y[1] + STRIP_Y[1]
    z0, z1 = STRIP_Z[0], min(STRIP_Z[1], size.high - 0.12)
    for side in (-1.0, 1.0):
        x = side * size.wide / 2
        low, high = sorted((x, x - side * 0.007))
        room.block(
            ((low, y0 - 0.007, z0 - 0.01), (high, y1 + 0.007, z1 + 0.01)), "steel", SEAM, 0.3
        )
        face = x - side * 0.0075
        along = (0, y1 - y0, 0) if side < 0.0 else (0, y0 - y1, 0)
        start = (face, y0 if side < 0.0 else y1, z0)
        room.shine(
            sheet(start, along, (0, 0, z1 - z0), 3.0), (1.0, 0.99, 0.955), (0.10, 0.105, 0.105)
        )


def _studs(room: Fitted, size: Cabin) -> None:
    """Round studs of the rubber floor, paler on their upper face."""
    pitch, radius = 0.062, 0.015
    xs = np.arange(-size.wide / 2 + 0.05, size.wide / 2 - 0.04, pitch)
    ys = np.arange(FRONT_Y[1] + 0.05, size.back_y - 0.04, pitch)
    turn = np.linspace(0.0, 2 * np.pi, 9)[:-1]
    octagon = np.stack([np.cos(turn), np.sin(turn), np.zeros(8)], axis=-1) * radius
    quads = np.asarray(
        [[octagon[i] for i in four] for four in ((0, 1, 2, 3), (0, 3, 4, 7), (4, 5, 6, 7))]
    )
    middles = np.asarray([(x, y, 0.0025) for x in xs for y in ys])
    faces = (middles[:, None, None] + quads[None]).reshape(-1, 4, 3).astype(np.float32)
    room.add(faces, "plain", np.asarray(RUBBER) * 1.22)


def _front(room: Fitted, size: Cabin) -> None:
    """The wall beside and above the doors, the cabin's sill, and the gap below."""
    x, half, (y0, y1) = size.wide / 2, size.door / 2, FRONT_Y
    steel = [0.86 * size.tone * part for part in STEEL]
    for low, high in (
        ((-x, y0, 0.0), (-half, y1, size.high)),
        ((half, y0, 0.0), (x, y1, size.high)),
    ):
        if high[0] - low[0] > 0.004:
            room.block((low, high), "steel", steel, 0.14)
    room.block(
        ((-half, y0, size.door_high), (half, y1, size.high)),
        "steel",
        steel,
        0.14,
    )
    for left, right, foot, top in (
        (-x, -half, 0.0, size.high),
        (half, x, 0.0, size.high),
        (-half, half, size.door_high, size.high),
    ):
        if right - left > 0.004:
            start = (right, y1 + 0.0005, foot)
            face = sheet(start, (left - right, 0, 0), (0, 0, top - foot), 0.035)
            _steel(room, face, size, (0.0, 1.0, 0.0))
    shown = size.door_high + 0.03
    _black(room, (-0.11, y1, shown), (0.11, y1 + 0.006, shown + 0.10))
    # what is above and beside the doors between both walls, and the sills
    room.block(((-half - 0.9, GAP_Y[0], size.door_high), (half + 0.9, y0, 2.5)), "plain", DARK, 0.5)
    for sill in ((WALL_M, GAP_Y[0]), (GAP_Y[1], y0)):
        room.mesh.box(
            (-half, sill[0], -0.05),
            (half, sill[1], 0.001),
            picture="steel",
            colour=(0.55, 0.56, 0.57),
            motion=(0.16, 0.165, 0.165, OPEN),
        )
        middle = (sill[0] + sill[1]) / 2
        _black(room, (-half, middle - 0.007, 0.0), (half, middle + 0.007, 0.0015))
    _black(room, (-half, GAP_Y[0], -0.8), (half, GAP_Y[1], -0.3))


def _black(room: Fitted, low: Corner, high: Corner) -> None:
    """A box that is black in either light."""
    room.mesh.box(low, high, colour=BLACK, motion=(*BLACK, OPEN))


def _rails(room: Fitted, size: Cabin) -> None:
    """A handrail along both sides and the back, on brackets."""
    x, y0, y1, z = size.wide / 2 - 0.055, FRONT_Y[1] + PANEL_Y[1] + 0.08, size.back_y - 0.055, 0.90
    ways = [[(x, y0 - 0.2, z), (x, y1, z), (-x, y1, z), (-x, y0, z)]]
    if size.wide < 0.8:  # no room for arms beside a rail all round: one at the back
        ways = [[(-x, y1, z), (x, y1, z)]]
    for way in ways:
        for a, b in pairwise(way):
            faces, normals = tube(np.linspace(a, b, 9), 0.017, 12)
            room.add(faces, "steel", (0.93, 0.935, 0.94), normals)
            for part in (0.14, 0.86):
                at = np.asarray(a) + part * (np.asarray(b) - np.asarray(a))
                wall = at.copy()
                if abs(a[1] - b[1]) < 1e-6:
                    wall[1] = size.back_y
                else:
                    wall[0] = np.sign(at[0]) * size.wide / 2
                faces, normals = tube([at, wall], 0.008, 8)
                room.add(faces, "steel", (0.80, 0.81, 0.82), normals)


def _wall(room: Furnisher, size: Cabin) -> None:
    """The landing's wall: plaster, a surround of steel, the button to call, a display above."""
    x, half, top = HALF_LANDING_M, size.door / 2 + 0.07, size.door_high + 0.09
    # cut so that light changes softly: what looks towards the landing alone
    for x0, x1, z0, z1 in (
        (-x, -half, 0.0, LANDING_HIGH_M),
        (half, x, 0.0, LANDING_HIGH_M),
        (-half, half, top, LANDING_HIGH_M),
    ):
        room.add(sheet((x0, 0.0, z0), (x1 - x0, 0, 0), (0, 0, z1 - z0), 0.16), "plain", PLASTER)
    for x0, x1 in ((-x, -half), (half, x)):
        room.block(((x0, -0.014, 0.0), (x1, 0.0, 0.09)), "plain", (0.36, 0.37, 0.38), 0.2)
    frame = (0.62, 0.63, 0.65)
    inner = size.door / 2
    for low, high in (
        ((-half, -0.018, 0.0), (-inner, WALL_M, top)),
        ((inner, -0.018, 0.0), (half, WALL_M, top)),
        ((-inner, -0.018, size.door_high), (inner, WALL_M, top)),
    ):
        room.block((low, high), "steel", frame, 0.14)
    # below the lintel one would see past the frame: it is closed there
    under = sheet((-inner, -0.018, size.door_high), (0, WALL_M + 0.018, 0), (2 * inner, 0, 0), 0.3)
    room.add(under, "steel", frame)
    plate = half + 0.16
    room.block(
        ((plate, -0.010, 0.96), (plate + 0.085, 0.0, 1.18)), "steel", (0.78, 0.79, 0.80), 0.1
    )
    button = Mesh()
    facing = ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
    for z in (1.11, 1.03):
        ring(
            button,
            ((plate + 0.0425, -0.011, z), *facing),
            0.0,
            BUTTON_M + 0.003,
            (0.34, 0.34, 0.35),
        )
        ring(button, ((plate + 0.0425, -0.013, z), *facing), 0.0, BUTTON_M, (0.90, 0.90, 0.90))
    rows = button.packed()
    room.mesh.add(
        rows["v"], normals=rows["n"], colour=rows["c"][..., :3].astype(np.float32) / 255.0
    )
    room.mesh.box((-0.15, -0.020, top + 0.05), (0.15, 0.0, top + 0.19), colour=BLACK)


def _door(size: Cabin, side: float) -> Mesh:
    """One leaf of the cabin's doors and one of the landing's, as they are shut."""
    half, high = size.door / 2, size.door_high
    inner, outer = Fitted(size), landing_light()
    x0, x1 = sorted((0.0, side * (half + 0.015)))
    up = (0, 0, high - 0.006)
    for y0, y1 in (CAR_DOOR_Y, LANDING_DOOR_Y):
        # each leaf in the light of the side from which it is seen
        front = sheet((x0, y0, 0.006), (x1 - x0, 0, 0), up, 0.12)
        flat, n = front.copy(), np.zeros_like(front)
        flat[..., 1], n[..., 1] = -0.02, -1.0
        shine = sheen(front[..., 0], (-0.24 * size.wide, 0.24 * size.wide), 0.13)
        _landing_side(inner.mesh, front, outer.colours(flat, n) * shine * 0.97, n)
        edge = -side * 0.001
        low, far = sorted((edge, edge + side * 0.007))
        inner.mesh.box(
            (low, y0 - 0.001, 0.006),
            (far, y1 + 0.001, high),
            colour=(0.13, 0.13, 0.14),
            motion=(0.05, 0.05, 0.05, OPEN),
        )
    y1 = CAR_DOOR_Y[1]
    back = sheet((x1, y1, 0.006), (x0 - x1, 0, 0), up, 0.035)
    marks, tones = scratched(back, 0, 3 if side < 0.0 else 8, round(half * high * SCRATCHES_M2))
    for part, tone in ((back, 1.0), (marks, tones)):
        flat = part.copy()
        flat[..., 1] = FRONT_Y[1] + 0.02
        bright = polished(flat, (0.0, 1.0, 0.0), size) * size.tone * tone
        dim = polished_dark(flat, (0.0, 1.0, 0.0), size, inner.emergency) * tone
        n = np.zeros_like(part)
        n[..., 1] = 1.0
        paint = inner.light.colours(flat, n) * bright
        inner.mesh.add(
            part,
            picture="brushed",
            colour=paint,
            normals=n,
            uv=level(part),
            motion=shaded(dim, part),
        )
    # the folded edge beside the seam catches the light
    lip = sheet((side * 0.0105, y1 + 0.0008, 0.006), (-0.0032, 0, 0), up, 0.2)
    ahead = lip + np.asarray((0.0, 0.05, 0.0), dtype=np.float32)
    glint = polished_dark(ahead, (0.0, 1.0, 0.0), size, inner.emergency)
    inner.add(lip, "plain", (0.98, 0.98, 0.98), dim=np.clip(1.5 * glint, 0.0, 1.0))
    warning(inner, side, y1)
    return inner.mesh


def _landing_side(mesh: Mesh, face: Array, paint: Array, normals: Array) -> None:
    """What the landing's lamps light, whatever becomes of the cabin's."""
    told = np.ones((*face.shape[:-1], 4), dtype=np.float32)
    told[..., :3] = paint
    mesh.add(face, picture="brushed", colour=paint, normals=normals, uv=level(face), motion=told)


def _displays(size: Cabin) -> tuple[tuple[Plane, float], ...]:
    """The panel's display, the one above the doors, and the landing's; heights of figures."""
    low = size.door_high + 0.08
    return (
        (panel_plane(size, 0.022, DISPLAY_Z, PANEL_OUT_M + 0.004), 0.070),
        (((-0.022, FRONT_Y[1] + 0.009, low), (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0)), 0.062),
        (((0.03, -0.023, size.door_high + 0.21), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)), 0.090),
    )


def _shown(root: NodePath, size: Cabin) -> None:
    """What is lit in turn: figures, arrows, buttons."""
    for floor in range(TOP_FLOOR + 1):
        mesh = Mesh()
        for plane, high in _displays(size):
            number(mesh, floor, plane, high)
        part = 0.5 / TOP_FLOOR
        span = (floor / TOP_FLOOR - part, floor / TOP_FLOOR + part - 1e-6)
        _in_turn(root, mesh, f"floor {floor}", "floor", span)
    for way, span in (("up", (0.25, 0.75)), ("down", (0.76, 1.0))):
        mesh = Mesh()
        for (middle, right, up), high in _displays(size):
            moved = np.asarray(middle) - 0.95 * high * np.asarray(right)
            arrow(mesh, (moved, right, up), 0.62 * high, up=way == "up")
        _in_turn(root, mesh, way, "way", span)
    for floor in range(BUTTONS):
        mesh = Mesh()
        along, z = button_place(floor)
        plane = panel_plane(size, along, z, PANEL_OUT_M + 0.004)
        ring(mesh, plane, BUTTON_M - 0.002, BUTTON_M + 0.005, AMBER)
        step = 1.0 / (BUTTONS + 1)
        _in_turn(
            root, mesh, f"button {floor}", "lit", ((floor + 0.5) * step, (floor + 1.49) * step)
        )
    mesh = Mesh()
    ring(
        mesh,
        panel_plane(size, 0.0, ALARM_Z, PANEL_OUT_M + 0.004),
        BUTTON_M + 0.003,
        BUTTON_M + 0.012,
        (1.0, 0.95, 0.55),
    )
    _in_turn(root, mesh, "alarm", "alarm", (0.5, 1.0))
    mesh = Mesh()
    plane = ((size.door / 2 + 0.2725, -0.014, 1.11), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
    ring(mesh, plane, BUTTON_M - 0.002, BUTTON_M + 0.006, AMBER)
    _in_turn(root, mesh, "call", "call", (0.5, 1.0))


def _in_turn(root: NodePath, mesh: Mesh, name: str, value: str, span: tuple[float, float]) -> None:
    node = mesh.nodes(name, "layered")
    node.setTag(DRIVE, driving(value, "show", *span))
    node.reparentTo(root)
