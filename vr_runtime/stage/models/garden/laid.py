"""Owns how things of a garden are added to meshes: solid, of glass, and their shadows; no things.

Shadows of what stands on the terrace and on the table are soft spots that lie where the sun of the
shipped places lets them fall.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import NodePath

from vr_runtime.stage.models.garden.plan import SHADOW_PER_M, Place
from vr_runtime.stage.models.kitchen.things import wheel
from vr_runtime.stage.models.mesh import Array, Mesh, floats
from vr_runtime.stage.models.shapes import ball, tube

Wide = NDArray[np.float64]
Rgb = tuple[float, float, float]


class Laid:
    """What stands in the garden, sorted by how it is drawn."""

    def __init__(self) -> None:
        self.solid, self.clear, self.milky = Mesh(), Mesh(), Mesh()
        self.leaves, self.below = Mesh(), Mesh()

    def add(
        self,
        corners: Array,
        colour: ArrayLike,
        *,
        normals: Array | None = None,
        picture: str = "plain",
        dim: float = 1.0,
        uv: ArrayLike | None = None,
    ) -> None:
        """Solid faces; `dim` is how much of the sky arrives."""
        openness: ArrayLike = dim
        if normals is not None:
            openness = dim * np.clip(0.74 + 0.28 * normals[..., 2], 0.3, 1.0)
        self.solid.add(
            corners, colour=colour, normals=normals, picture=picture, open_to_sky=openness, uv=uv
        )

    def round(
        self,
        at: Place,
        profile: list[tuple[float, float]],
        colour: Rgb,
        *,
        picture: str = "plain",
        around: int = 40,
        dim: float = 1.0,
    ) -> None:
        """A solid thing turned on a wheel, from its profile (radius, height)."""
        faces, normals = wheel(at, profile, around)
        self.add(faces, colour, normals=normals, picture=picture, dim=dim)

    def blown(
        self,
        at: Place,
        profile: list[tuple[float, float]],
        *,
        own: float = 1.0,
        around: int = 40,
        milky: bool = False,
        colour: Rgb = (1.0, 1.0, 1.0),
    ) -> None:
        """The same of glass, or with `milky` of what is in it; `own` 1 is thin, 0.3 an edge."""
        faces, normals = wheel(at, profile, around)
        mesh = self.milky if milky else self.clear
        mesh.add(faces, normals=normals, open_to_sky=own, colour=colour)

    def ball(
        self, at: Place, radii: ArrayLike, colour: ArrayLike, *, fine: int = 18, dim: float = 1.0
    ) -> None:
        """A round fruit or berry."""
        faces, normals = ball(at, radii, fine, max(6, fine * 2 // 3))
        self.add(faces, colour, normals=normals, dim=dim)

    def rod(
        self,
        path: ArrayLike,
        radii: ArrayLike,
        colour: Rgb,
        *,
        sides: int = 8,
        picture: str = "plain",
        beside: ArrayLike | None = None,
    ) -> None:
        """A tube along a path."""
        faces, normals = tube(path, radii, sides, beside=beside)
        self.add(faces, colour, normals=normals, picture=picture)

    def shade(
        self, at: Place, half: tuple[float, float], *, high: float = 0.0, dark: float = 0.45
    ) -> None:
        """A soft shadow at a place: of what is broad and deep, and `high` above it.

        It begins at its foot and is drawn out to where the sun lets its top fall.
        """
        x, y, z = at
        right, ahead = (high * each for each in SHADOW_PER_M)
        a = 1.25 * half[0] + 0.5 * abs(right)
        b = 1.25 * half[1] + 0.5 * abs(ahead)
        cx, cy = x + 0.5 * right, y + 0.5 * ahead
        # turned to where the shadow falls: a lozenge is longer along it
        if high > 0.0:
            way = np.asarray(SHADOW_PER_M) / np.hypot(*SHADOW_PER_M)
            long = max(half) * 1.2 + 0.5 * high * float(np.hypot(*SHADOW_PER_M))
            wide = 1.25 * float(np.mean(half))
            side = np.asarray((-way[1], way[0]))
            corners = [
                (cx, cy) + s * wide * side + t * long * way
                for s, t in ((1, -1), (-1, -1), (-1, 1), (1, 1))
            ]
            sheet = [[(*corner, z) for corner in corners]]
        else:
            sheet = [[(cx - a, cy - b, z), (cx + a, cy - b, z), (cx + a, cy + b, z),
                      (cx - a, cy + b, z)]]  # fmt: skip
        self.below.add(
            floats(sheet),
            uv=[[(-1, -1), (1, -1), (1, 1), (-1, 1)]],
            open_to_sky=dark,
            motion=(0.0, 0.0, 0.0, 0.0),
            normals=floats([[(0.0, 0.0, 1.0)] * 4]),
        )

    def nodes(self, root: NodePath, *, moves: bool = False) -> None:
        """Everything below `root`; what `moves` is lit as what goes about."""
        parts = (
            ("solid", self.solid, "mover" if moves else "layered", False),
            ("leaves", self.leaves, "foliage", True),
            ("below", self.below, "shade", True),
            ("milky", self.milky, "frosted_glass", False),
            ("clear", self.clear, "glass", False),
        )
        for name, mesh, material, moving in parts:
            if len(mesh):
                mesh.nodes(name, material, moving=moving).reparentTo(root)
