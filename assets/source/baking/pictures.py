"""Owns how baked pictures are written; knows no light and no place.

Light is kept as sqrt(light / 4) in a JPEG, so that deep shade keeps its steps and sun its strength.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

MOST = 4.0
QUALITY = 90


def write_light(light: np.ndarray, path: Path) -> None:
    """Write light (size, size, 3), the first row the lowest; without any stamp of time."""
    coded = np.sqrt(np.clip(light, 0.0, MOST) / MOST)
    picture = Image.fromarray((coded[::-1] * 255.0 + 0.5).astype(np.uint8))
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, subsampling=0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue())


def write_heights(heights: np.ndarray, path: Path) -> None:
    """Write 0 to 1 (size, size) in 16 bits, the first row the lowest."""
    steps = (np.clip(heights, 0.0, 1.0)[::-1] * 65535.0 + 0.5).astype(np.uint16)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(steps).save(path, "PNG", optimize=True)


def write_share(share: np.ndarray, path: Path) -> None:
    """Write 0 to 1 (size, size) in 8 bits, the first row the lowest."""
    steps = (np.clip(share, 0.0, 1.0)[::-1] * 255.0 + 0.5).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(steps).save(path, "JPEG", quality=QUALITY)
