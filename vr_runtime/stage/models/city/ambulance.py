"""Owns an ambulance, its wheels on z = 0; knows no road. It looks along y.

Its blue lights are painted: lights that flash are nothing to show.
"""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.city.bodywork import HALF_W, Kind
from vr_runtime.stage.models.city.vehicles import vehicle
from vr_runtime.stage.models.contact import contact
from vr_runtime.stage.models.mesh import Colour, Mesh

_SHAPE = Kind(
    (-1.75, 1.68),
    (
        (-2.80, 0.90),
        (-2.78, 1.12),
        (0.45, 1.12),
        (1.40, 1.10),
        (2.05, 0.99),
        (2.50, 0.82),
        (2.60, 0.68),
    ),
    ((-2.79, 1.12), (-2.75, 2.32), (-2.55, 2.45), (0.50, 2.46), (0.95, 2.24), (1.62, 1.10)),
    (0.30,),
    half_roof=0.80,
    blind=True,
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
    vehicle(body, (0.0, 0.0, 0.0), 0.0, _SHAPE, _WHITE)
    for side in (-1.0, 1.0):
        _flank(body, side)
    for y in (0.42, -2.45):
        body.box((-0.58, y - 0.12, 2.42), (0.58, y + 0.12, 2.53), colour=(0.30, 0.31, 0.33))
        for side in (-1.0, 1.0):
            low, high = sorted((0.16 * side, 0.60 * side))
            body.box((low, y - 0.14, 2.52), (high, y + 0.14, 2.64), colour=_LAMP)
    body.nodes("body", "mover").reparentTo(root)
    contact(_SPOT_M, dark=0.6).reparentTo(root)
    return root


def _flank(mesh: Mesh, side: float) -> None:
    """A blue band over a row of yellow fields, and a blue cross of three bars behind."""

    def sheet(y0: float, y1: float, low: float, high: float, colour: Colour) -> None:
        # the wall leans in above the waist: what is painted lies just before it
        lean = (HALF_W - 0.80) / (2.32 - 1.12)
        below, above = (side * (0.825 - lean * 0.12 * max(0.0, z - 1.12)) for z in (low, high))
        face = [(below, y0, low), (below, y1, low), (above, y1, high), (above, y0, high)]
        mesh.add([face if side > 0 else face[::-1]], colour=colour, picture="steel")

    sheet(-2.70, 0.22, 1.22, 1.42, _BLUE)
    for k in range(6):
        sheet(-2.70 + 0.49 * k, -2.46 + 0.49 * k, 1.46, 1.58, _YELLOW)
    middle = -1.35
    for a, b, low, high in ((-0.07, 0.07, 1.68, 2.14), (-0.22, 0.22, 1.84, 1.98)):
        sheet(middle + a, middle + b, low, high, _BLUE)
