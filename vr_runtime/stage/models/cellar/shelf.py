"""Owns a shelf of the cellar with jars, bottles and boxes: against a wall at its left (x below 0).

Its origin is on the floor in the middle of the wall's foot; it is 1.3 m long along y.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.kitchen.things import wheel
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.furnisher import sheet

LONG_M, DEEP_M, HIGH_M = 1.30, 0.30, 1.44
BOARDS_Z = (0.12, 0.50, 0.90, 1.26)
LIGHT = 0.85


def build() -> NodePath:
    """The shelf as a node to be written."""
    mesh, chance = Mesh(), np.random.default_rng(2230)
    wood = np.asarray((0.66, 0.58, 0.50))
    for y in (-LONG_M / 2, LONG_M / 2 - 0.045):
        for x in (0.0, DEEP_M - 0.045):
            mesh.box(
                (x, y, 0.0),
                (x + 0.045, y + 0.045, HIGH_M),
                picture="wood",
                colour=wood * 0.9,
                open_to_sky=LIGHT,
                foot=0.5,
            )
    for z in BOARDS_Z:
        low, high = (0.0, -LONG_M / 2, z), (DEEP_M, LONG_M / 2, z + 0.025)
        mesh.box(low, high, picture="wood", colour=wood, open_to_sky=LIGHT, bottom=True)
        # what stands close above keeps a board's back dark
        back = sheet((0.002, LONG_M / 2, z + 0.026), (0, -LONG_M, 0), (0, 0, 0.30), 0.3)
        mesh.add(back, picture="wood", colour=wood * 0.35, open_to_sky=0.4)
    _jars(mesh, chance, BOARDS_Z[2] + 0.026)
    _bottles(mesh, chance, BOARDS_Z[1] + 0.026)
    _boxes(mesh, chance)
    root = NodePath("shelf")
    mesh.nodes("shelf", "layered").reparentTo(root)
    return root


def _turned(
    mesh: Mesh,
    at: tuple[float, float, float],
    profile: list[tuple[float, float]],
    colour: object,
    around: int = 16,
) -> None:
    faces, normals = wheel(at, profile, around)
    mesh.add(faces, normals=normals, colour=colour, open_to_sky=LIGHT)  # type: ignore[arg-type]


def _jars(mesh: Mesh, chance: np.random.Generator, z: float) -> None:
    tones = ((0.46, 0.31, 0.25), (0.56, 0.47, 0.32), (0.38, 0.40, 0.29), (0.42, 0.30, 0.31))
    y = -LONG_M / 2 + 0.12
    while y < LONG_M / 2 - 0.08:
        x, tall = chance.uniform(0.11, 0.19), chance.uniform(0.13, 0.19)
        tone = np.asarray(tones[chance.integers(4)])
        body = [(0.040, 0.0), (0.048, 0.012), (0.048, tall - 0.03), (0.038, tall)]
        _turned(mesh, (x, y, z), body, tone)
        lid = [(0.040, tall - 0.004), (0.041, tall + 0.014), (0.0, tall + 0.016)]
        _turned(mesh, (x, y, z), lid, (0.62, 0.58, 0.48))
        y += chance.uniform(0.105, 0.16)


def _bottles(mesh: Mesh, chance: np.random.Generator, z: float) -> None:
    y = -LONG_M / 2 + 0.10
    while y < LONG_M / 2 - 0.08:
        tone = np.asarray((0.16, 0.24, 0.17)) * chance.uniform(0.7, 1.3)
        body = [
            (0.036, 0.0),
            (0.038, 0.01),
            (0.038, 0.19),
            (0.014, 0.235),
            (0.013, 0.29),
            (0.0, 0.29),
        ]
        _turned(mesh, (chance.uniform(0.10, 0.20), y, z), body, tone)
        y += chance.uniform(0.085, 0.125)


def _boxes(mesh: Mesh, chance: np.random.Generator) -> None:
    """Boxes above and below, their lids a little apart."""
    for z, tall in ((BOARDS_Z[0] + 0.026, 0.30), (BOARDS_Z[3] + 0.026, 0.22)):
        y = -LONG_M / 2 + 0.06
        while y < LONG_M / 2 - 0.30:
            long, high = chance.uniform(0.26, 0.36), tall * chance.uniform(0.75, 1.0)
            tone = np.asarray((0.78, 0.70, 0.60)) * chance.uniform(0.75, 1.0)
            boards = 3
            for k in range(boards):
                low, top = z + k * high / boards + 0.003, z + (k + 1) * high / boards - 0.003
                mesh.box(
                    (0.02, y, low),
                    (0.26, y + long, top),
                    picture="wood",
                    colour=tone * chance.uniform(0.88, 1.0),
                    open_to_sky=LIGHT,
                )
            for end in (y + 0.01, y + long - 0.04):
                mesh.box(
                    (0.25, end, z),
                    (0.268, end + 0.03, z + high),
                    picture="wood",
                    colour=tone * 0.8,
                    open_to_sky=LIGHT,
                )
            y += long + chance.uniform(0.02, 0.06)
