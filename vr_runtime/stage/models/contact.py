"""Owns the soft dark spot where something that goes about touches the ground; knows no animal.

It is there at every quality: without it feet and paws seem to float.
"""

from __future__ import annotations

from itertools import product

from panda3d.core import NodePath

from vr_runtime.stage.models.mesh import Mesh

ABOVE_M = 0.004
"""Metres above what it stands on, so that the two never fight for a pixel."""


def contact(
    half: tuple[float, float],
    *,
    dark: float = 0.5,
    aside: tuple[float, float] = (0.0, 0.0),
    above: float = ABOVE_M,
) -> NodePath:
    """A spot to be put below a model, its middle at the model's origin.

    Args:
        half: half its width and half its length, in metres; it fades from 45 % outwards.
        dark: how much light it takes in its middle, 0 to 1.
        aside: how far its middle lies to the right of and ahead of the origin, in metres: away
            from where most of the light comes.
        above: metres above what it stands on; less than `ABOVE_M` below what is walked on itself.
    """
    (a, b), (x, y), z = half, aside, above
    spot = Mesh()
    sheet = [[(x - a, y - b, z), (x + a, y - b, z), (x + a, y + b, z), (x - a, y + b, z)]]
    spot.add(
        sheet,
        uv=[[(-1, -1), (1, -1), (1, 1), (-1, 1)]],
        open_to_sky=dark,
        motion=(0.0, 0.0, 0.0, 0.0),
    )
    return spot.nodes("contact", "shade", moving=True)


def framed(
    mesh: Mesh,
    middle: tuple[float, float],
    half: tuple[float, float],
    *,
    z: float,
    wide: float,
    dark: float = 0.5,
) -> None:
    """Add to what is worn as "shade" a shadow around something flat, and none upon it.

    Args:
        mesh: where it is added.
        middle: of the thing, in metres.
        half: half the thing's width and half its depth; at its edge the shadow is darkest.
        z: height in metres at which it lies.
        wide: how far it reaches beyond the edge, in metres.
        dark: how much light it takes at the edge, 0 to 1.
    """
    (x, y), (a, b) = middle, half
    # the shadow fades from 0.45 outwards, see `chunks.soft`: at the edge it is whole
    columns, rows = (
        ((m - h - wide, -1.0), (m - h, -0.45), (m + h, 0.45), (m + h + wide, 1.0))
        for m, h in ((x, a), (y, b))
    )
    for column, row in product(range(3), range(3)):
        if column == row == 1:
            continue
        (x0, u0), (x1, u1) = columns[column : column + 2]
        (y0, v0), (y1, v1) = rows[row : row + 2]
        mesh.add(
            [[(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)]],
            uv=[[(u0, v0), (u1, v0), (u1, v1), (u0, v1)]],
            open_to_sky=dark,
            motion=(0.0, 0.0, 0.0, 0.0),
        )
