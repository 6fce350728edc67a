"""Owns what stands on pavements: lamps, benches, bins, traffic lights; knows nothing of roads."""

from __future__ import annotations

import math
from random import Random

from vr_runtime.stage.models.city.street import KERB_NORTH, KERB_SOUTH, PAVEMENT_Z
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube

from city.plan import CROSS_W, FIRST_CROSS_X, block_x

_IRON = (0.20, 0.22, 0.22)


def lamp(mesh: Mesh, x: float, y: float, heading: float) -> None:
    """A street lamp with one arm over the road."""
    a = math.radians(heading)
    dx, dy = math.cos(a), math.sin(a)
    z = PAVEMENT_Z
    path = [
        (x, y, z),
        (x, y, z + 6.4),
        (x + 0.35 * dx, y + 0.35 * dy, z + 7.1),
        (x + 1.7 * dx, y + 1.7 * dy, z + 7.35),
    ]
    pole, normals = tube(path, [0.09, 0.06, 0.05, 0.045], 6)
    mesh.add(pole, normals=normals, colour=_IRON)
    hx, hy, hz = x + 1.9 * dx, y + 1.9 * dy, z + 7.3
    mesh.box((hx - 0.3, hy - 0.3, hz), (hx + 0.3, hy + 0.3, hz + 0.11), colour=_IRON, bottom=True)
    foot, normals = tube([(x, y, z), (x, y, z + 0.7)], [0.14, 0.11], 6)
    mesh.add(foot, normals=normals, colour=_IRON, open_to_sky=0.7)


def lamp_head(x: float, y: float, heading: float) -> tuple[float, float, float]:
    """Where the light of such a lamp comes from."""
    a = math.radians(heading)
    return (x + 1.9 * math.cos(a), y + 1.9 * math.sin(a), PAVEMENT_Z + 7.25)


def _bench(mesh: Mesh, x: float, y: float) -> None:
    z = PAVEMENT_Z
    for k in range(3):
        low = y - 0.22 + k * 0.16
        mesh.box((x - 0.9, low, z + 0.42), (x + 0.9, low + 0.13, z + 0.46), picture="wood")
    for side in (-0.7, 0.7):
        mesh.box((x + side - 0.04, y - 0.2, z), (x + side + 0.04, y + 0.22, z + 0.42), colour=_IRON)


def _signal(mesh: Mesh, x: float, y: float) -> None:
    z = PAVEMENT_Z
    pole, normals = tube([(x, y, z), (x, y, z + 3.2)], 0.06, 6)
    mesh.add(pole, normals=normals, colour=_IRON)
    mesh.box((x - 0.15, y - 0.15, z + 2.3), (x + 0.15, y + 0.15, z + 3.2), colour=(0.1, 0.1, 0.1))
    for k, colour in enumerate(((0.2, 0.75, 0.35), (0.25, 0.2, 0.08), (0.25, 0.07, 0.06))):
        low = z + 2.4 + 0.26 * k
        for side in (-0.16, 0.15):
            mesh.box(
                (x + side, y - 0.09, low), (x + side + 0.01, y + 0.09, low + 0.18), colour=colour
            )


def street_furniture(mesh: Mesh) -> None:
    """Benches, bins and traffic lights along the avenue."""
    chance = Random(61)
    for i in range(-3, 4):
        west, _ = block_x(i)
        for k in range(4):
            x = west + 9.0 + k * 15.0
            for y in (KERB_SOUTH - 1.5, KERB_NORTH + 1.5):
                if chance.random() < 0.5 and not (y < 10 and -5 < x < 5):
                    _bench(mesh, x, y)
                elif chance.random() < 0.4:
                    barrel, n = tube([(x, y, PAVEMENT_Z), (x, y, PAVEMENT_Z + 0.95)], 0.25, 8)
                    mesh.add(barrel, normals=n, colour=(0.25, 0.32, 0.28), open_to_sky=0.8)
        middle = FIRST_CROSS_X + i * (64.0 + CROSS_W)
        for x in (middle - 5.0, middle + 5.0):
            for y in (KERB_SOUTH - 0.8, KERB_NORTH + 0.8):
                _signal(mesh, x, y)
