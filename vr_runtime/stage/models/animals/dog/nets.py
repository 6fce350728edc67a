"""Owns how a body told by distances becomes faces: naive surface nets (Gibson 1998) on a grid.

Knows no animal. The grid may be finer where more is to be seen.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Wide = NDArray[Any]


class Field(Protocol):
    """A body: signed distances, below 0 within."""

    def __call__(self, p: Wide, /) -> Wide:
        """For places (N, 3)."""
        ...

    def on_grid(self, lines: tuple[Wide, Wide, Wide], /) -> Wide:
        """Where the lines of a grid cross."""
        ...


def spaced(*pieces: tuple[float, float, float]) -> Wide:
    """Lines of a grid along one axis, from pieces (from, to, step) that follow each other."""
    out: list[float] = []
    for start, end, step in pieces:
        count = max(1, round((end - start) / step))
        out.extend(np.linspace(start, end, count, endpoint=False))
    return np.asarray([*out, pieces[-1][1]])


def net(field: Field, lines: tuple[Wide, Wide, Wide]) -> tuple[Wide, NDArray[np.intp]]:
    """Places (N, 3) and four-cornered faces (K, 4) of where the field is 0, seen from outside."""
    x, y, z = lines
    grid = np.stack(np.meshgrid(x, y, z, indexing="ij"), axis=-1)
    d = field.on_grid(lines)
    inside = d < 0.0
    cells = tuple(n - 1 for n in d.shape)
    total = np.zeros((*cells, 3))
    count = np.zeros(cells)
    corner = [(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)]

    def part(array: Wide, c: tuple[int, int, int]) -> Wide:
        return array[tuple(slice(o, o + n) for o, n in zip(c, cells, strict=True))]

    for a in corner:
        for axis in range(3):
            if a[axis]:
                continue
            b = (a[0] + (axis == 0), a[1] + (axis == 1), a[2] + (axis == 2))
            da, db = part(d, a), part(d, b)
            cut = part(inside, a) != part(inside, b)
            span = np.where(cut, da - db, 1.0)
            t = np.where(cut, da / span, 0.0)[..., None]
            pa, pb = part(grid, a), part(grid, b)
            total += np.where(cut[..., None], pa + (pb - pa) * t, 0.0)
            count += cut
    used = count > 0
    number = np.full(cells, -1, dtype=np.intp)
    number[used] = np.arange(int(used.sum()))
    places = total[used] / count[used][:, None]
    faces = []
    for axis in range(3):
        here = inside[tuple(slice(0, -1) if k == axis else slice(1, -1) for k in range(3))]
        there = inside[tuple(slice(1, None) if k == axis else slice(1, -1) for k in range(3))]
        at = np.argwhere(here != there)
        out = here[tuple(at.T)]
        at = at + np.asarray([0 if k == axis else 1 for k in range(3)])
        u, v = ((axis + 1) % 3, (axis + 2) % 3)
        ring = []
        for du, dv in ((-1, -1), (0, -1), (0, 0), (-1, 0)):
            cell = at.copy()
            cell[:, u] += du
            cell[:, v] += dv
            ring.append(number[tuple(cell.T)])
        quads = np.stack(ring, axis=1)
        faces.append(np.where(out[:, None], quads, quads[:, ::-1]))
    return places, np.concatenate(faces)


def slope(field: Field, places: Wide, step: float = 2e-3) -> Wide:
    """Unit normals of the field at places."""
    out = np.empty_like(places)
    for axis in range(3):
        by = np.zeros(3)
        by[axis] = step
        out[:, axis] = field(places + by) - field(places - by)
    return np.asarray(out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9))


def openness(field: Field, places: Wide, normals: Wide, reach: float) -> Wide:
    """How much light from around arrives, 0 to 1, from distances along the normal (after Evans)."""
    dark = np.zeros(len(places))
    for k, share in ((1, 0.5), (2, 0.30), (4, 0.20)):
        step = reach * k / 4.0
        # what the ground takes stands in the height above it
        d = np.minimum(field(places + normals * step), (places + normals * step)[:, 2] + 0.01)
        dark += share * np.clip(1.0 - d / step, 0.0, 1.0)
    return np.clip(1.0 - dark, 0.0, 1.0)
