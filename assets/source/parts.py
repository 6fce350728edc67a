"""Owns what a place is made of before it is written: named parts with their material and tags.

Knows neither how light is baked nor how files are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from vr_runtime.stage.models.mesh import Mesh, Rows


@dataclass
class Part:
    """Faces that wear one material and move together."""

    name: str
    mesh: Mesh
    material: str
    tags: dict[str, str] = field(default_factory=dict)
    """What the runtime reads: "drive", "track"."""
    moving: bool = False
    """Whether its vertices say how they move."""
    hidden: bool = False
    """Whether it is not drawn until a value shows it."""
    tile_m: float | None = None
    """Size of the tiles it is cut into for culling, in metres."""
    lightmap: str | None = None
    """Which baked picture lights it."""
    lit: np.ndarray | None = None
    """Where each corner of each face lies in that picture, (K, 4, 2), 0 to 1."""

    @property
    def rows(self) -> Rows:
        return self.mesh.packed()


@dataclass
class Place:
    """Everything that one file holds."""

    name: str
    """As the scenarios call it, "city/tower"; also the folder and name of its files."""
    parts: list[Part]
    told: dict[str, Any] = field(default_factory=dict)
    """Facts that the runtime reads: where trees stand, how the map of shadows lies."""

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)
