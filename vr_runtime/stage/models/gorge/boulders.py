"""Owns one boulder; knows neither the river nor the slope it lies on."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.gorge.plan import eased, noise
from vr_runtime.stage.models.mesh import Mesh, floats
from vr_runtime.stage.models.shapes import ball


def boulder(
    stones: Mesh,
    random: np.random.Generator,
    foot: tuple[float, float, float],
    size: float,
    number: int,
    *,
    water_z: float | None = None,
) -> None:
    """Add a boulder of about `size` metres that stands at `foot`; wet up to `water_z`."""
    fine = (8, 5) if size > 0.5 else (6, 4)
    faces, normals = ball((0.0, 0.0, 0.0), (1.0, 0.8, 0.62), *fine)
    bumps = 1.0 + 0.16 * noise(
        faces[..., 0] * 2.1 + 7.7 * number, faces[..., 1:].sum(-1) * 2.1, 118
    )
    turn = float(random.uniform(0, 6.28))
    spun = faces * bumps[..., None] * size
    c, s = np.cos(turn), np.sin(turn)
    spun = np.stack(
        [
            c * spun[..., 0] - s * spun[..., 1],
            s * spun[..., 0] + c * spun[..., 1],
            spun[..., 2],
        ],
        -1,
    )
    x, y, z = foot
    up = normals[..., 2]
    tone = float(random.uniform(0.78, 1.06))
    colour = np.asarray((1.22, 1.18, 1.10)) * tone * (0.86 + 0.14 * up)[..., None]
    if water_z is not None:
        # what the water reaches is dark
        low = eased(0.25, -0.1, spun[..., 2] + z - water_z)[..., None]
        colour = colour * (1 - 0.45 * low)
    # where it stands little light arrives
    foot_dark = eased(-0.35, 0.25, spun[..., 2] / size)
    stones.add(
        floats(spun + np.asarray((x, y, z + 0.12 * size))),
        normals=floats(normals),
        colour=colour * (0.55 + 0.45 * foot_dark)[..., None],
        open_to_sky=0.45 + 0.3 * np.clip(up, 0, 1),
        picture="gravel",
    )
