"""Owns how a planned room is built of shipped materials: walls, skirting, frames, panes, a lamp.

Knows neither scene nor light. Corners darken softly, as they do where light comes from everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from panda3d.core import NodePath

from scenarios.api.opening import Opening
from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.materials import material
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.rooms import Plan

THICK_M = 0.16
SKIRTING_M, SKIRTING_OUT_M = 0.09, 0.014
CASING_M, CASING_OUT_M = 0.075, 0.018
SASH_M, SASH_DEEP_M = 0.05, 0.05
BOARD_OUT_M = 0.09
CELL_M = 0.3
"""Faces are at most so broad: light changes from corner to corner of each."""
CORNER, REACH_M = 0.34, 0.38
"""How much of the light a corner loses, and how far that reaches."""
TRIM = "white_paint"
PANEL_M, PANEL_HIGH_M = 0.62, 0.05
_SIDES = {
    "ahead": ((1.0, 0.0), (0.0, 1.0)),
    "left": ((0.0, 1.0), (-1.0, 0.0)),
    "behind": ((-1.0, 0.0), (0.0, -1.0)),
    "right": ((0.0, -1.0), (1.0, 0.0)),
}
"""Of each wall: what is to the right for whoever faces it, and outwards."""

Corners = NDArray[np.float64]


@dataclass
class Shell:
    """The faces of one room, on their way."""

    plan: Plan

    def __post_init__(self) -> None:
        self.solid = Mesh()
        self.panes = Mesh()

    def add(self, corners: Corners, worn: str, *, apart: int | None = None) -> None:
        """Faces (K, 4, 3) of a material; `apart` is the axis whose own plane dims nothing."""
        if not len(corners):
            return
        made = material(worn)
        self.solid.add(
            corners,
            picture=made.picture,
            colour=made.tint,
            open_to_sky=self._open(corners, apart),
        )

    def _open(self, corners: Corners, apart: int | None) -> Corners:
        x, y, z = self.plan.size
        away = [x / 2 - np.abs(corners[..., 0]), y / 2 - np.abs(corners[..., 1])]
        away.append(np.minimum(corners[..., 2], z - corners[..., 2]))
        kept = np.ones(corners.shape[:2])
        for axis, distance in enumerate(away):
            if axis != apart:
                near = np.maximum(distance, 0.0)
                kept = kept * (1.0 - CORNER * np.exp(-near / REACH_M))
        return kept

    def rectangle(
        self, wall: str, s: tuple[float, float], z: tuple[float, float], worn: str
    ) -> None:
        """A piece of a wall, seen from inside and from outside."""
        if s[1] - s[0] < 1e-6 or z[1] - z[0] < 1e-6:
            return
        flat = _grid(s, z)
        axis = 1 if wall in ("ahead", "behind") else 0
        self.add(self.there(wall, flat, 0.0), worn, apart=axis)
        self.add(self.there(wall, flat, THICK_M)[:, ::-1], worn, apart=axis)

    def there(self, wall: str, flat: Corners, out: float) -> Corners:
        """Places along and up a wall (..., 2) as places in the room."""
        (rx, ry), (ox, oy) = _SIDES[wall]
        half = self.plan.size[1 if wall in ("ahead", "behind") else 0] / 2 + out
        along, up = flat[..., 0], flat[..., 1]
        return np.stack([ox * half + rx * along, oy * half + ry * along, up], axis=-1)

    def slab(
        self,
        wall: str,
        s: tuple[float, float],
        z: tuple[float, float],
        out: tuple[float, float],
        worn: str = TRIM,
    ) -> None:
        """A bar at a wall, from `out[0]` (towards the room, below 0) to `out[1]`."""
        (s0, s1), (z0, z1), (near, far) = s, z, out
        face = np.asarray([[(s0, z0), (s1, z0), (s1, z1), (s0, z1)]])
        front, back = self.there(wall, face, near)[0], self.there(wall, face, far)[0]
        a, b, c, d = front
        e, f, g, h = back
        faces = [(a, b, c, d), (d, c, g, h), (e, f, b, a), (e, a, d, h), (b, f, g, c)]
        self.add(np.asarray(faces), worn)


def _grid(s: tuple[float, float], z: tuple[float, float]) -> Corners:
    """A rectangle as faces no broader than `CELL_M`, (K, 4, 2)."""
    across = np.linspace(*s, 1 + int(np.ceil((s[1] - s[0]) / CELL_M)))
    up = np.linspace(*z, 1 + int(np.ceil((z[1] - z[0]) / CELL_M)))
    left, low = np.meshgrid(across[:-1], up[:-1])
    right, high = np.meshgrid(across[1:], up[1:])
    corners = [(left, low), (right, low), (right, high), (left, high)]
    return np.stack([np.stack(pair, axis=-1).reshape(-1, 2) for pair in corners], axis=1)


def built(plan: Plan) -> NodePath:
    """The room, dressed; its middle is the middle of its floor."""
    shell = Shell(plan)
    x, y, z = plan.size
    level = _grid((-x / 2, x / 2), (-y / 2, y / 2))
    floor = np.concatenate([level, np.zeros((*level.shape[:2], 1))], axis=-1)
    shell.add(floor, plan.floor, apart=2)
    above = floor + np.asarray((0.0, 0.0, z))
    shell.add(above[:, ::-1], plan.ceiling, apart=2)
    for wall in _SIDES:
        _wall(shell, wall)
    _panel(shell)
    root = NodePath("room")
    solid = shell.solid.nodes("shell", "layered")
    dress(solid, "layered")
    solid.reparentTo(root)
    if len(shell.panes):
        panes = shell.panes.nodes("panes", "glass")
        dress(panes, "glass")
        panes.reparentTo(root)
    return root


def _wall(shell: Shell, wall: str) -> None:
    plan = shell.plan
    half, top = plan.length(wall) / 2, plan.size[2]
    openings = sorted((o for o in plan.openings if o.wall == wall), key=lambda o: o.at)
    for s in _between(openings, half):
        shell.rectangle(wall, s, (0.0, top), plan.wall)
        shell.slab(wall, s, (0.0, SKIRTING_M), (-SKIRTING_OUT_M, 0.0))
    for opening in openings:
        s = opening.at - opening.width / 2, opening.at + opening.width / 2
        low, high = opening.sill, opening.sill + opening.height
        shell.rectangle(wall, s, (high, top), plan.wall)
        shell.rectangle(wall, s, (0.0, low), plan.wall)
        if low > SKIRTING_M:
            shell.slab(wall, s, (0.0, SKIRTING_M), (-SKIRTING_OUT_M, 0.0))
        _frame(shell, opening, s, (low, high))


def _between(openings: list[Opening], half: float) -> Iterator[tuple[float, float]]:
    """The parts of a wall that reach from floor to ceiling."""
    at = -half
    for opening in openings:
        yield at, opening.at - opening.width / 2
        at = opening.at + opening.width / 2
    yield at, half


def _frame(shell: Shell, opening: Opening, s: tuple[float, float], z: tuple[float, float]) -> None:
    """Lining, casing, and of a window its sash, pane and board."""
    wall, (s0, s1), (z0, z1) = opening.wall, s, z
    lining = 0.02
    through = -CASING_OUT_M, THICK_M + 0.002
    shell.slab(wall, (s0, s0 + lining), (z0, z1), through)
    shell.slab(wall, (s1 - lining, s1), (z0, z1), through)
    shell.slab(wall, (s0, s1), (z1 - lining, z1), through)
    out = -CASING_OUT_M, 0.0
    shell.slab(wall, (s0 - CASING_M, s0), (z0, z1 + CASING_M), out)
    shell.slab(wall, (s1, s1 + CASING_M), (z0, z1 + CASING_M), out)
    shell.slab(wall, (s0, s1), (z1, z1 + CASING_M), out)
    if opening.kind == "door":
        shell.slab(wall, (s0, s1), (-0.02, 0.003), (0.0, THICK_M), "dark_wood")
        return
    shell.slab(wall, (s0 - CASING_M, s1 + CASING_M), (z0 - 0.03, z0), (-BOARD_OUT_M, 0.06))
    shell.slab(wall, (s0, s1), (z0, z0 + lining), (0.0, THICK_M + 0.002))
    deep = THICK_M * 0.55, THICK_M * 0.55 + SASH_DEEP_M
    inner = s0 + lining, s1 - lining
    low, high = z0 + lining, z1 - lining
    shell.slab(wall, inner, (low, low + SASH_M), deep)
    shell.slab(wall, inner, (high - SASH_M, high), deep)
    uprights = [inner[0], inner[1] - SASH_M]
    if opening.width > 1.0:
        uprights.append((inner[0] + inner[1] - SASH_M) / 2)
    for left in uprights:
        shell.slab(wall, (left, left + SASH_M), (low, high), deep)
    pane = np.asarray([[(inner[0], low), (inner[1], low), (inner[1], high), (inner[0], high)]])
    shell.panes.add(shell.there(wall, pane, deep[0] + SASH_DEEP_M / 2), picture="smudge")


def _panel(shell: Shell) -> None:
    """The housing of the lamp in the middle of the ceiling."""
    side = min(PANEL_M, shell.plan.size[0] / 3, shell.plan.size[1] / 3)
    top = shell.plan.size[2]
    low = top - PANEL_HIGH_M
    shell.solid.box(
        (-side / 2, -side / 2, low),
        (side / 2, side / 2, top),
        picture="plain",
        colour=(1.0, 1.0, 1.0),
        open_to_sky=1.0,
    )
