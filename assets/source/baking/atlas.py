"""Owns where each face lies in a baked picture; knows no light.

Every face has a rectangle of whole texels for itself, so that its light never runs into its
neighbour's; around each is a rim of one texel, filled with the light at its edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RIM = 1


@dataclass
class Atlas:
    """A square picture of `size` texels and the rectangle of each face in it."""

    size: int
    rects: np.ndarray
    """(K, 4) west, south, wide, high in texels, without their rims."""

    def corners(self) -> np.ndarray:
        """Where the corners of each face lie, (K, 4, 2), 0 to 1 from the lower left."""
        x, y, w, h = self.rects.T.astype(float)
        points = np.stack(
            [
                np.stack([x, y], -1),
                np.stack([x + w, y], -1),
                np.stack([x + w, y + h], -1),
                np.stack([x, y + h], -1),
            ],
            axis=1,
        )
        return points / self.size


def lengths(corners: np.ndarray) -> np.ndarray:
    """Width and height in metres of faces (K, 4, 3), as (K, 2)."""
    a, b, c, d = (corners[:, k].astype(float) for k in range(4))
    wide = np.maximum(np.linalg.norm(b - a, axis=1), np.linalg.norm(c - d, axis=1))
    high = np.maximum(np.linalg.norm(d - a, axis=1), np.linalg.norm(c - b, axis=1))
    return np.stack([wide, high], -1)


def pack(corners: np.ndarray, dense: np.ndarray, size: int) -> Atlas:
    """Lay out faces with `dense` texels for each metre, or as many fewer as must be to fit.

    Raises:
        ValueError: there are more faces than the picture has room for.
    """
    metres = lengths(corners)
    low, high = 0.02, 1.5
    best: Atlas | None = None
    for _ in range(14):
        share = (low + high) / 2
        rects = _laid(metres * (dense * share)[:, None], size)
        if rects is None:
            high = share
        else:
            best, low = Atlas(size, rects), share
    if best is None:
        raise ValueError(f"{len(corners)} faces do not fit into {size} texels squared")
    return best


def _laid(wanted: np.ndarray, size: int) -> np.ndarray | None:
    """Rectangles on shelves, the high ones first; None when they do not fit."""
    cells = np.clip(np.round(wanted), 1, size // 2).astype(int)
    order = np.lexsort((-cells[:, 0], -cells[:, 1]))
    rects = np.zeros((len(cells), 4), dtype=int)
    x = y = shelf = 0
    for k in order:
        w, h = int(cells[k, 0]), int(cells[k, 1])
        if x + w + 2 * RIM > size:
            x, y, shelf = 0, y + shelf, 0
        if shelf == 0:
            shelf = h + 2 * RIM
            if y + shelf > size:
                return None
        rects[k] = (x + RIM, y + RIM, w, h)
        x += w + 2 * RIM
    return rects


def finish(picture: np.ndarray, atlas: Atlas, raw: np.ndarray) -> np.ndarray:
    """A baked picture whose small faces are even and whose rims are filled.

    Args:
        picture: the denoised light, (size, size, 3), the first row the lowest.
        atlas: where the faces lie.
        raw: the light before it was denoised: a small face is taken from there, for a denoiser
            mixes neighbours in the picture that are none in the world.
    """
    out = picture.copy()
    for x, y, w, h in atlas.rects:
        if min(w, h) < 4:
            part = raw[y : y + h, x : x + w]
            lit = part.max(axis=-1) > 0.0
            if not lit.any():
                continue
            if max(w, h) < 6:
                out[y : y + h, x : x + w] = part[lit].mean(axis=0)
            else:  # long and thin: even across, alive along
                axis = 1 if w < h else 0
                count = np.maximum(lit.sum(axis=axis, keepdims=True), 1)[..., None]
                line = (part * lit[..., None]).sum(axis=axis, keepdims=True) / count
                soft = _softened(np.squeeze(line, axis))
                out[y : y + h, x : x + w] = np.expand_dims(soft, axis)
        out[y - 1, x : x + w] = out[y, x : x + w]
        out[y + h, x : x + w] = out[y + h - 1, x : x + w]
        out[y - 1 : y + h + 1, x - 1] = out[y - 1 : y + h + 1, x]
        out[y - 1 : y + h + 1, x + w] = out[y - 1 : y + h + 1, x + w - 1]
    return out


def _softened(line: np.ndarray) -> np.ndarray:
    padded = np.pad(line, ((2, 2), (0, 0)), mode="edge")
    weights = (0.1, 0.24, 0.32, 0.24, 0.1)
    return sum(w * padded[k : k + len(line)] for k, w in enumerate(weights))
