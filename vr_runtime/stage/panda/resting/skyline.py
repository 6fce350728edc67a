"""Owns the hills across the bay: soft ridges, one behind the other in the haze of the evening."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.foliage import Wide

EYE_ABOVE_SEA_M = 2.45
HILL = np.asarray((0.33, 0.35, 0.42))
STEP_DEGREES = 0.3
FRINGE_DEGREES = 0.16
"""Above the crest so much fades into the sky: no edge has steps, whatever draws it."""


@dataclass(frozen=True)
class Ridge:
    """One layer of hills, as seen from where the patient stands."""

    left: float
    right: float
    """Degrees to the right of ahead at which it sinks into the sea."""
    high: float
    """Degrees of its crest above the horizon."""
    far_m: float
    hazy: float
    """How much of the sky is seen in its stead, 0 to 1."""
    seed: int

    def crest(self, degrees: Wide) -> Wide:
        """Degrees above the horizon; 0 beside it."""
        part = np.clip((degrees - self.left) / (self.right - self.left), 0.0, 1.0)
        random = np.random.default_rng(self.seed)
        whole = np.sin(np.pi * part) ** 1.5
        for waves, much in ((1.5, 0.34), (2.7, 0.22), (5.1, 0.10), (9.3, 0.045), (17.0, 0.02)):
            whole = whole * (1.0 + much * np.sin(2 * np.pi * (waves * part + random.random())))
        return np.asarray(self.high * whole)


RIDGES = (
    Ridge(-10.0, 21.0, 0.85, 5600.0, 0.86, 3),
    Ridge(-71.0, -33.0, 1.9, 4200.0, 0.76, 8),
    Ridge(14.0, 66.0, 2.7, 3000.0, 0.66, 5),
    Ridge(-96.0, -45.0, 2.2, 2300.0, 0.54, 12),
    Ridge(27.0, 88.0, 3.3, 1900.0, 0.46, 16),
)
"""From the farthest on."""


def darkened(turn: Wide) -> Wide:
    """How much of the low sky the hills hide at an angle (radians to the right), 0 to 1."""
    degrees = (np.degrees(turn) + 180.0) % 360.0 - 180.0
    hidden = [np.clip(r.crest(degrees) / 2.4, 0.0, 1.0) * (1.0 - r.hazy) for r in RIDGES]
    return np.asarray(np.clip(1.9 * np.max(hidden, axis=0), 0.0, 1.0))


def skyline(mesh: Mesh) -> None:
    """Add all ridges."""
    for number, ridge in enumerate(RIDGES):
        _upright(mesh, ridge, RIDGES[:number])


def _share(ridge: Ridge, degrees: Wide, up: Wide) -> Wide:
    """How much of the sky is seen in a ridge's stead at a height (degrees) above the horizon."""
    crest = np.maximum(ridge.crest(degrees), 1e-6)
    # mist lies on the water before each of them
    lost = 0.62 * (1.0 - np.clip(up / crest, 0.0, 1.0)) ** 2
    return np.asarray(ridge.hazy + (1.0 - ridge.hazy) * lost)


def _behind(farther: tuple[Ridge, ...], degrees: Wide, up: Wide) -> Wide:
    """The same for all that lies behind: 1 where that is the sky itself."""
    seen = np.ones_like(up)
    for ridge in farther:
        covers = np.clip((ridge.crest(degrees) - up) / FRINGE_DEGREES, 0.0, 1.0)
        seen = seen + (_share(ridge, degrees, up) - seen) * covers
    return seen


def _upright(mesh: Mesh, ridge: Ridge, farther: tuple[Ridge, ...]) -> None:
    degrees = np.arange(ridge.left, ridge.right + STEP_DEGREES, STEP_DEGREES)
    crest = ridge.crest(degrees)
    part = np.asarray((0.0, 0.12, 0.34, 0.66, 1.0))[:, None]
    heights = np.concatenate([part * crest, (crest + FRINGE_DEGREES)[None]])
    across = np.broadcast_to(degrees, heights.shape)
    behind = _behind(farther, across, heights)
    share = _share(ridge, across, heights)
    # its ends thin out, and so does its crest: there is only what lies behind
    thin = np.clip(crest / 0.35, 0.0, 1.0)[None] * np.append(np.ones(5), 0.0)[:, None]
    share = behind + (share - behind) * thin
    # what leans towards the light of the evening, to the left, is a little brighter
    leaning = np.tanh(2.0 * np.gradient(crest, degrees))
    folds = np.sin(degrees * 1.9 + ridge.seed) * np.sin(degrees * 0.73)
    tone = 1.0 + np.append(part, 1.0)[:, None] * (0.16 * leaning + 0.05 * folds)
    up = np.radians(heights)
    turn = np.broadcast_to(np.radians(degrees), up.shape)
    grid = np.stack(
        [
            ridge.far_m * np.sin(turn),
            ridge.far_m * np.cos(turn),
            ridge.far_m * np.tan(up) - EYE_ABOVE_SEA_M + 1.6,
        ],
        axis=-1,
    )

    def corners(lattice: Wide) -> Wide:
        return np.stack(
            [lattice[:-1, :-1], lattice[:-1, 1:], lattice[1:, 1:], lattice[1:, :-1]], axis=2
        ).reshape(-1, 4, lattice.shape[-1])

    quads = corners(grid)
    mesh.add(
        quads,
        colour=np.clip(HILL * corners(tone[..., None]), 0.0, 1.0),
        open_to_sky=corners(share[..., None])[..., 0],
        uv=np.zeros((len(quads), 4, 2)),
    )
