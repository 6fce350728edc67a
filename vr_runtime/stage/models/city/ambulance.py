"""Owns an ambulance, its wheels on z = 0; knows no road. It looks along y.

Its blue lights are painted: lights that flash are nothing to show.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.city.bodywork import flank
from vr_runtime.stage.models.city.kinds import Kind
from vr_runtime.stage.models.city.vehicles import vehicle
from vr_runtime.stage.models.contact import contact
from vr_runtime.stage.models.mesh import Colour, Mesh, floats

_SHAPE = Kind(
    axles=(-1.75, 1.68),
    belt=(
        (-2.80, 1.08),
        (-2.75, 1.11),
        (0.45, 1.12),
        (1.40, 1.10),
        (2.05, 1.03),
        (2.42, 0.95),
        (2.54, 0.88),
        (2.60, 0.81),
    ),
    ridge=(
        (-2.80, 2.38),
        (-2.70, 2.43),
        (-1.0, 2.46),
        (0.50, 2.46),
        (0.80, 2.38),
        (0.95, 2.26),
        (1.62, 1.16),
        (1.70, 1.13),
        (2.05, 1.08),
        (2.42, 1.0),
        (2.54, 0.92),
        (2.60, 0.83),
    ),
    windows=((0.34, 1.32),),
    front=(0.95, 1.62),
    rear=None,
    half_roof=0.78,
)
_WHITE: Colour = (0.93, 0.93, 0.92)
_BLUE: Colour = (0.13, 0.27, 0.62)
_LAMP: Colour = (0.22, 0.46, 0.95)
_YELLOW: Colour = (0.90, 0.78, 0.20)
_SPOT_M = (1.05, 2.9)


def build() -> NodePath:
    """The ambulance as a node to be written."""
    root = NodePath("ambulance")
    body = Mesh()
    vehicle(body, (0.0, 0.0, 0.0), 0.0, _SHAPE, _WHITE, drives=True)
    for side in (-1.0, 1.0):
        _flank(body, side)
    for y in (0.42, -2.45):
        body.box((-0.58, y - 0.12, 2.42), (0.58, y + 0.12, 2.53), colour=(0.30, 0.31, 0.33))
        for side in (-1.0, 1.0):
            low, high = sorted((0.16 * side, 0.60 * side))
            body.box((low, y - 0.14, 2.52), (high, y + 0.14, 2.64), colour=_LAMP)
    body.nodes("body", "vehicle_mover").reparentTo(root)
    contact(_SPOT_M, dark=0.6).reparentTo(root)
    return root


def _flank(mesh: Mesh, side: float) -> None:
    """A blue band over a row of yellow fields, and a blue cross of three bars behind."""

    def sheet(y0: float, y1: float, low: float, high: float, colour: Colour) -> None:
        # the wall bends a little: what is painted on it bends with it
        along = np.linspace(y0, y1, 2 + int((y1 - y0) / 0.6))
        grid = flank(_SHAPE, np.stack([along] * 2, 1), [[low, high]] * len(along), 0.012)
        faces = np.stack([grid[:-1, 0], grid[1:, 0], grid[1:, 1], grid[:-1, 1]], axis=1)
        if side < 0:
            faces = (faces * floats([-1.0, 1.0, 1.0]))[:, ::-1]
        mesh.add(faces, colour=colour)

    sheet(-2.38, 0.22, 1.22, 1.42, _BLUE)
    for k in range(6):
        sheet(-2.38 + 0.44 * k, -2.14 + 0.44 * k, 1.46, 1.58, _YELLOW)
    middle = -1.35
    for a, b, low, high in ((-0.07, 0.07, 1.68, 2.14), (-0.22, 0.22, 1.84, 1.98)):
        sheet(middle + a, middle + b, low, high, _BLUE)
