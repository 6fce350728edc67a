"""Owns how the grain of wood lies on small timber; knows nothing of what is built of it."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.mesh import Mesh, Rows


def grained(mesh: Mesh) -> Rows:
    """The faces of small timber, each with the grain of one board along it: they show no joints."""
    rows = mesh.packed()
    place = rows["v"].astype(float)
    spans = np.ptp(place, axis=1)
    longest = np.argmax(spans, axis=1)
    run = np.take_along_axis(place, longest[:, None, None].repeat(4, axis=1), axis=2)[..., 0]
    across = place.sum(axis=2) - run
    rows["t"][..., 0] = 0.1 + 0.3 * run
    rows["t"][..., 1] = 0.055 + 0.25 * np.clip(across - across.min(axis=1, keepdims=True), 0, 0.1)
    return rows
