"""Owns the shadows of trees; knows nothing of how trees look."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.city.greenery import crown
from vr_runtime.stage.models.city.street import Tree
from vr_runtime.stage.models.mesh import Mesh, Rows

from city.shadows import Site

_SHADOW_LUMPS = 9
_COVERED = 0.62
"""How much of a leaf card's side is leaf: light falls through the rest."""


def shade(site: Site, what: Tree) -> None:
    """Let the crown of `what` keep the sun off the ground of `site`."""
    for lump in crown(what, _SHADOW_LUMPS)[1]:
        x, y, z = map(float, lump.centre)
        site.raise_crown(x, y, 0.95 * float(lump.radii[0]), z + 0.7 * float(lump.radii[2]))


def leaves_of(cards: Mesh) -> Rows:
    """Cards of leaves as solid faces that throw as much shadow as the leaves on them."""
    rows = cards.packed().copy()
    middle = rows["v"].mean(axis=1, keepdims=True)
    rows["v"] = middle + (rows["v"] - middle) * np.float32(_COVERED)
    return rows
