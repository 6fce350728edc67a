"""Owns a pane of glass in a slim frame that stands on the floor, as against the wind."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.garden.laid import Laid
from vr_runtime.stage.panda.resting.furnisher import sheet

HALF_M, LOW_M, HIGH_M = 0.80, 0.08, 2.00
BARS_X, BAR_Z = (-0.40, 0.40), 1.02
_FRAME = (0.33, 0.35, 0.36)


def build() -> NodePath:
    """The pane as a node to be written: across x, its foot at the origin."""
    root = NodePath("screen")
    laid = Laid()
    pane = sheet((-HALF_M, 0.0, LOW_M), (2 * HALF_M, 0, 0), (0, 0, HIGH_M - LOW_M), 3.0)
    laid.clear.add(pane, open_to_sky=1.0)
    for x in (-HALF_M, HALF_M):
        laid.solid.box((x - 0.02, -0.02, 0.0), (x + 0.02, 0.02, HIGH_M + 0.02), colour=_FRAME,
                       picture="steel")  # fmt: skip
        laid.solid.box((x - 0.03, -0.22, 0.0), (x + 0.03, 0.22, 0.025), colour=_FRAME,
                       picture="steel")  # fmt: skip
        laid.shade((x, 0.0, 0.004), (0.10, 0.26), dark=0.4)
    for z in (LOW_M - 0.02, HIGH_M - 0.02):
        laid.solid.box((-HALF_M, -0.018, z), (HALF_M, 0.018, z + 0.04), colour=_FRAME,
                       picture="steel", bottom=True)  # fmt: skip
    # slim bars, so that one sees that there is a pane
    for x in BARS_X:
        laid.solid.box((x - 0.008, -0.012, LOW_M), (x + 0.008, 0.012, HIGH_M), colour=_FRAME,
                       picture="steel")  # fmt: skip
    laid.solid.box((-HALF_M, -0.012, BAR_Z), (HALF_M, 0.012, BAR_Z + 0.016), colour=_FRAME,
                   picture="steel", bottom=True)  # fmt: skip
    laid.nodes(root, moves=True)
    return root
