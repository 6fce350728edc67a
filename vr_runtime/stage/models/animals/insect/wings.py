"""Owns the wings of an insect: laid over its back, and as they are seen while they beat.

Wings beat a hundred times a second and more: nobody sees them, only the fan that they blur to, once
near the upper turn and once near the lower one, where a wing is slowest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.animals.insect.plan import Build
from vr_runtime.stage.models.animals.insect.skin import Skin
from vr_runtime.stage.models.animals.insect.trunk import FORE
from vr_runtime.stage.models.mesh import Mesh, floats

Wide = NDArray[np.float64]
FOLDED_ALPHA, BEATING_ALPHA = 0.55, 0.15
HINGE = (0.085, 0.205, 0.085)
"""Of a fore wing at the right, from the waist."""
STROKES = (-42.0, -34.0, -18.0, 6.0, 30.0, 50.0, 62.0, 68.0)
"""Degrees above level at which a beating wing is drawn: closest where it turns."""
_CHORDS = 14


def _outline(long: float, broad: float) -> Wide:
    """A wing along x from its hinge: rows of leading and trailing edge, (rows, 5, 2)."""
    t = np.linspace(0.0, 1.0, _CHORDS)
    chord = broad * (np.sin(np.pi * np.clip(0.10 + 0.88 * t, 0, 1)) ** 0.62)
    chord *= 0.45 + 0.55 * np.clip(t / 0.55, 0.0, 1.0)
    chord[-1] = 0.02 * broad
    lead = 0.22 * broad * np.sin(np.pi * t * 0.9) ** 1.4 - 0.22 * broad * t**3
    across = np.linspace(0.0, 1.0, 5)
    y = lead[:, None] - chord[:, None] * across[None]
    return np.stack([np.broadcast_to(long * t[:, None], y.shape), y], axis=-1)


def _quads(grid: Wide) -> Wide:
    cells = np.stack([grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], axis=2)
    return np.asarray(cells.reshape(-1, 4, grid.shape[-1]))


def _veins(grid: Wide, wide: float) -> Wide:
    """Dark lines on a wing: its leading edge, three along it, four across."""
    lines = [grid[:, 0], grid[: _CHORDS - 2, 1], grid[: _CHORDS - 4, 2], grid[: _CHORDS - 6, 3]]
    lines += [grid[k, 0:4] for k in (3, 6, 8, 10)]
    out = []
    for number, line in enumerate(lines):
        half = wide * (1.6 if number == 0 else 0.55)
        way = np.gradient(line, axis=0)
        side = np.stack([-way[:, 1], way[:, 0]], axis=-1)
        side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
        a, b = line + half * side, line - half * side
        out.append(np.stack([a[:-1], b[:-1], b[1:], a[1:]], axis=1))
    return np.concatenate(out)


def _add(mesh: Mesh, corners: Wide, colour: object, shine: float) -> None:
    mesh.add(
        floats(corners),
        colour=np.asarray(colour, dtype=np.float32),
        open_to_sky=1.0,
        uv=np.zeros((len(corners), 4, 2)),
        motion=(FORE, 0.0, shine, 0.0),
    )


def folded(mesh: Mesh, build: Build, skin: Skin) -> None:
    """Wings laid back over the abdomen: the fore wing above the hind wing."""
    share, aside = build.folded
    long, broad = build.wing
    for side in (1.0, -1.0):
        for number, (scale, turn, lift) in enumerate(
            ((0.72, aside + 7.0, 0.0), (1.0, aside, 0.012))
        ):
            flat = _outline(scale * long, share * broad * (0.85 if number == 0 else 1.0))
            _lay(mesh, flat, skin, side, -90.0 + turn, 3.0, HINGE[2] + lift + 0.012 * (side > 0))
            if skin.veins:
                lines = _veins(flat, 0.0042)
                grid = _stood(lines, side, -90.0 + turn, 3.0, HINGE[2] + lift + 0.0135 * (side > 0))
                grid[..., 2] += 0.002
                _add(mesh, grid, (0.30, 0.19, 0.10), 0.3)


def beating(mesh: Mesh, build: Build, skin: Skin) -> None:
    """The fan to which beating wings blur."""
    long, broad = build.wing
    for side in (1.0, -1.0):
        for stroke in STROKES:
            fore = _outline(long, 1.15 * broad)
            swept = 12.0 - 0.22 * stroke
            _lay(mesh, fore, skin, side, swept, stroke, HINGE[2])
            hind = _outline(0.70 * long, 0.95 * broad)
            _lay(mesh, hind, skin, side, swept - 34.0, 0.9 * stroke, HINGE[2] - 0.02)


def _stood(flat: Wide, side: float, turn: float, raised: float, z: float) -> Wide:
    """A flat wing at its hinge, turned forwards and raised, in degrees; for one side."""
    a, r = np.radians(turn), np.radians(raised)
    x, y = flat[..., 0], flat[..., 1]
    # on its back a wing that is laid down turns its leading edge outwards
    ahead = x * np.sin(a) + y * np.cos(a)
    out = x * np.cos(a) - y * np.sin(a)
    up = z + out * np.sin(r)
    if turn < -45.0:
        # at rest the tips sink towards the end of the abdomen
        up = up - 0.10 * np.clip(-ahead / 0.7, 0.0, 1.2)
    return np.stack([side * (HINGE[0] + out * np.cos(r)), HINGE[1] + ahead, up], axis=-1)


def _lay(
    mesh: Mesh, flat: Wide, skin: Skin, side: float, turn: float, raised: float, z: float
) -> None:
    grid = _stood(flat, side, turn, raised, z)
    _add(mesh, _quads(grid), skin.wing, 0.35)
