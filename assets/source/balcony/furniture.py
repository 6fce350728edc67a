"""Owns what stands on the balcony: a planter, a table, two chairs; knows nothing of its floor."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.look.layers import layer
from vr_runtime.stage.models.city.greenery import cards
from vr_runtime.stage.models.mesh import Colour, Mesh, Wear
from vr_runtime.stage.models.shapes import tube

_METAL: Colour = (0.33, 0.36, 0.36)


def furniture(mesh: Mesh) -> None:
    """A round table with two folding chairs, at the right of the door."""
    _table(mesh, 2.15, -2.75)
    _chair(mesh, 2.2, -1.95, facing_north=False)
    _chair(mesh, 1.45, -3.3, facing_north=True)
    for x in (-2.62, 2.62):
        _pot(mesh, x, -3.8)


def _table(mesh: Mesh, x: float, y: float) -> None:
    height, radius, sides = 0.72, 0.34, 20
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    rim = np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], -1)
    for k in range(0, sides, 2):
        top = [(x, y, height), (*rim[k], height), (*rim[k + 1], height), (*rim[k + 2], height)]
        mesh.add([top], picture="steel", colour=(0.85, 0.86, 0.85))
    side = [
        [
            (*rim[k], height - 0.03),
            (*rim[k + 1], height - 0.03),
            (*rim[k + 1], height),
            (*rim[k], height),
        ]
        for k in range(sides)
    ]
    mesh.add(side, picture="steel", colour=_METAL)
    leg, normals = tube([(x, y, 0.02), (x, y, height - 0.03)], 0.028, 8)
    mesh.add(leg, normals=normals, picture="steel", colour=_METAL, open_to_sky=0.7)
    for a in (0.3, 2.4, 4.5):
        end = (x + 0.27 * np.cos(a), y + 0.27 * np.sin(a), 0.012)
        foot, normals = tube([(x, y, 0.09), end], [0.02, 0.014], 6)
        mesh.add(foot, normals=normals, colour=_METAL, open_to_sky=0.6)


def _chair(mesh: Mesh, x: float, y: float, *, facing_north: bool) -> None:
    s = 1.0 if facing_north else -1.0
    wood: Wear = {"picture": "wood", "colour": (0.95, 0.90, 0.82)}
    for k in range(5):
        low = y + s * (-0.18 + k * 0.09) - 0.035
        mesh.box((x - 0.2, low, 0.44), (x + 0.2, low + 0.07, 0.46), **wood, bottom=True)
    for k in range(3):
        z = 0.60 + k * 0.10
        back = y - s * (0.24 + 0.02 * k)
        mesh.box((x - 0.2, back - 0.012, z), (x + 0.2, back + 0.012, z + 0.07), **wood, bottom=True)
    for side in (-0.19, 0.19):
        for path in (
            [
                (x + side, y - s * 0.29, 0.86),
                (x + side, y - s * 0.20, 0.44),
                (x + side, y + s * 0.24, 0.0),
            ],
            [(x + side, y + s * 0.22, 0.44), (x + side, y - s * 0.24, 0.0)],
        ):
            leg, normals = tube(path, 0.012, 6)
            mesh.add(leg, normals=normals, colour=_METAL, open_to_sky=0.8)


def _pot(mesh: Mesh, x: float, y: float) -> None:
    pot, normals = tube([(x, y, 0.0), (x, y, 0.18), (x, y, 0.4)], [0.15, 0.19, 0.21], 14)
    mesh.add(pot, normals=normals, picture="concrete", colour=(0.72, 0.46, 0.36), open_to_sky=0.75)
    turn = np.linspace(0, 2 * np.pi, 15)
    for k in range(0, 14, 2):
        ring = [(x + 0.19 * np.cos(t), y + 0.19 * np.sin(t), 0.37) for t in turn[k : k + 3]]
        mesh.add([[(x, y, 0.37), *ring]], picture="soil", open_to_sky=0.6)


def planters(box: Mesh) -> None:
    """Three planters by the rail."""
    _trough(box, (-2.88, -2.2), (-2.48, -0.42))
    _trough(box, (-2.90, 2.26), (-1.72, 2.62))
    _trough(box, (2.30, 2.20), (2.90, 2.56))


def _trough(box: Mesh, low: tuple[float, float], high: tuple[float, float]) -> None:
    """A box of steel filled with soil, 46 cm high, between two corners."""
    (x0, y0), (x1, y1) = low, high
    box.box((x0, y0, 0.0), (x1, y1, 0.46), picture="steel", colour=(0.34, 0.37, 0.37), foot=0.7)
    box.add(
        [
            [
                (x0 + 0.03, y0 + 0.03, 0.462),
                (x1 - 0.03, y0 + 0.03, 0.462),
                (x1 - 0.03, y1 - 0.03, 0.462),
                (x0 + 0.03, y1 - 0.03, 0.462),
            ]
        ],
        picture="soil",
        open_to_sky=0.5,
    )


def plants(leaves: Mesh) -> None:
    """Tufts of leaves in troughs and pots; they move in the wind."""
    random = np.random.default_rng(5)
    tufts = [(-2.68, -2.0 + 0.28 * k, 0.62, 0.26) for k in range(6)]
    tufts += [(-2.78 + 0.235 * k, 2.44, 0.60 + 0.05 * (k % 2), 0.20) for k in range(5)]
    tufts += [(2.44 + 0.16 * k, 2.38, 0.62 + 0.07 * (k % 2), 0.19) for k in range(3)]
    tufts += [(s * 2.62, -3.8, 0.75 + 0.25 * n, 0.30) for s in (-1, 1) for n in range(2)]
    for number, (x, y, z, size) in enumerate(tufts):
        centre = np.asarray([x, y, z])
        radii = np.asarray([size * 0.8, size * 0.8, size])
        corners, normals, openness = cards(random, centre, radii, 30, 0.075)
        motion = np.zeros((len(corners), 4, 4), dtype=np.float32)
        motion[..., 0] = 0.10 * np.clip(corners[..., 2] - 0.45, 0.0, 1.0)
        motion[..., 1] = number * 1.3
        motion[..., 2] = 0.018
        tone = 0.75 + 0.3 * random.random((len(corners), 1, 1))
        leaves.add(
            corners,
            normals=normals,
            layers=np.full(len(corners), layer("leaf")),
            uv=np.tile([[0, 0], [1, 0], [1, 1], [0, 1]], (len(corners), 1, 1)),
            colour=np.clip(np.asarray([0.9, 1.0, 0.9]) * tone, 0, 1),
            open_to_sky=openness,
            motion=motion,
        )
