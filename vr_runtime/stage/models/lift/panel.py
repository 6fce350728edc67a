"""Owns the panel of buttons in a cabin: figures, display, speaker, alarm; not the cabin."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.lift.digits import Plane, ring
from vr_runtime.stage.models.lift.fitted import OPEN, Fitted, shaded
from vr_runtime.stage.models.lift.numerals import bell, doors, figures
from vr_runtime.stage.models.lift.plan import BLACK, BUTTONS, FRONT_Y, Cabin
from vr_runtime.stage.models.lift.steel import polished, polished_dark
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.furnisher import sheet

PANEL_Y = (0.10, 0.34)
"""How far behind the front wall the panel with the buttons begins and ends."""
PANEL_Z = (0.86, 1.86)
PANEL_OUT_M = 0.014
BUTTON_M, ROW_M, COLUMN_M, FIRST_Z = 0.0195, 0.070, 0.085, 1.055
DOORS_M = 0.078
"""How far beside the alarm the buttons are that open and shut the doors."""
ALARM_Z, DISPLAY_Z, SPEAKER_Z = 0.95, 1.715, 1.60
INK = (0.10, 0.105, 0.115)
FACE = (0.90, 0.905, 0.91)
LIT_THROUGH, WARM = 0.42, np.asarray((1.0, 0.80, 0.52))
"""How much light comes through the buttons, which is seen in the dark, and its hue; linear."""


def panel_plane(size: Cabin, along: float, z: float, out: float = PANEL_OUT_M + 0.001) -> Plane:
    """A place on the panel: `along` metres to the right of its middle, for whoever faces it."""
    y = FRONT_Y[1] + (PANEL_Y[0] + PANEL_Y[1]) / 2 + along
    return ((-size.wide / 2 + out, y, z), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def button_place(floor: int) -> tuple[float, float]:
    """Along and up on the panel: where the button of a floor is."""
    column, row = floor % 2, floor // 2
    return ((column - 0.5) * COLUMN_M, FIRST_Z + row * ROW_M)


def panel(room: Fitted, size: Cabin) -> None:
    """Add the panel beside the doors: display, speaker, buttons, the alarm."""
    x, y0, y1 = -size.wide / 2, FRONT_Y[1] + PANEL_Y[0], FRONT_Y[1] + PANEL_Y[1]
    low, high = PANEL_Z
    room.block(((x, y0, low), (x + PANEL_OUT_M, y1, high)), "steel", (0.60, 0.61, 0.63), 0.1)
    face = sheet((x + PANEL_OUT_M + 0.0004, y0, low), (0, y1 - y0, 0), (0, 0, high - low), 0.05)
    uv = np.stack([face[..., 1] / 0.2, face[..., 2] / 1.6], axis=-1)
    told = polished(face, (1.0, 0.0, 0.0), size) * np.asarray((0.72, 0.73, 0.75))
    dim = 0.85 * polished_dark(face, (1.0, 0.0, 0.0), size, room.emergency)
    room.add(face, "brushed", told * size.tone, uv=uv, dim=dim)
    middle = (y0 + y1) / 2
    room.mesh.box(
        (x, middle - 0.09, DISPLAY_Z - 0.055),
        (x + PANEL_OUT_M + 0.002, middle + 0.09, DISPLAY_Z + 0.055),
        colour=BLACK,
        motion=(*BLACK, OPEN),
    )
    parts, caps = Mesh(), Mesh()
    for row in range(4):
        for k in range(7):
            at = panel_plane(size, (k - 3) * 0.014, SPEAKER_Z - 0.02 + row * 0.013)
            ring(parts, at, 0.0, 0.0035, (0.12, 0.12, 0.13))
    for along in (-0.104, 0.104):
        for z in (low + 0.016, high - 0.016):
            _screw(parts, size, along, z)
    for floor in range(BUTTONS):
        along, z = button_place(floor)
        _button(parts, caps, size, along, z, FACE)
        plane = panel_plane(size, along, z, PANEL_OUT_M + 0.0045)
        figures(parts, floor, plane, 0.0185 if floor < 10 else 0.0155, INK)
    for along, opens in ((-DOORS_M, True), (DOORS_M, False)):
        _button(parts, caps, size, along, ALARM_Z, FACE)
        plane = panel_plane(size, along, ALARM_Z, PANEL_OUT_M + 0.0045)
        doors(parts, plane, 0.0155, INK, opens=opens)
    _button(parts, caps, size, 0.0, ALARM_Z, (0.96, 0.80, 0.22), 0.005)
    bell(parts, panel_plane(size, 0.0, ALARM_Z, PANEL_OUT_M + 0.0045), 0.026, INK)
    for some, glows in ((parts, 0.0), (caps, LIT_THROUGH)):
        rows = some.packed()
        corners, normals = rows["v"], rows["n"]
        colour = rows["c"][..., :3].astype(np.float32) / 255.0
        dim = np.sqrt(room.emergency.colours(corners, normals) ** 2 + glows * WARM) * colour
        light = room.light.colours(corners, normals)
        room.mesh.add(corners, normals=normals, colour=light * colour, motion=shaded(dim, corners))


def _button(
    parts: Mesh,
    caps: Mesh,
    size: Cabin,
    along: float,
    z: float,
    colour: tuple[float, float, float],
    larger: float = 0.0,
) -> None:
    """A round button in its rim: darker below, where it turns away from the light."""
    radius = BUTTON_M + larger
    plane = panel_plane(size, along, z)
    ring(parts, plane, 0.0, radius + 0.0060, (0.30, 0.305, 0.315))
    lower = panel_plane(size, along, z - 0.0012, PANEL_OUT_M + 0.0020)
    ring(parts, lower, 0.0, radius + 0.0016, (0.46, 0.465, 0.475))
    ring(caps, panel_plane(size, along, z, PANEL_OUT_M + 0.0030), 0.0, radius, colour)
    dim = np.asarray(colour) * 0.90
    ring(caps, panel_plane(size, along, z, PANEL_OUT_M + 0.0036), 0.80 * radius, radius, dim)


def _screw(parts: Mesh, size: Cabin, along: float, z: float) -> None:
    ring(parts, panel_plane(size, along, z), 0.0, 0.0062, (0.42, 0.425, 0.435))
    ring(parts, panel_plane(size, along, z, PANEL_OUT_M + 0.0020), 0.0, 0.0048, (0.70, 0.705, 0.71))
    ring(parts, panel_plane(size, along, z, PANEL_OUT_M + 0.0026), 0.0, 0.0016, (0.14, 0.14, 0.15))
