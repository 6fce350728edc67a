"""Owns the order of a bake: what is lit, what only stands in the light, at which fineness.

Knows neither Cycles nor files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vr_runtime.stage.look.layers import LAYERS
from vr_runtime.stage.look.surfaces import picture
from vr_runtime.stage.models.city.street import Rect
from vr_runtime.stage.models.mesh import Rows

from baking.atlas import Atlas, finish, pack
from baking.studio import Solid, Studio, denoised
from parts import Part

GROUND_Z = 0.0
"""Where the ground catches its light: just above every kerb."""
GROUND_BACK = 0.20
"""How much of its light the ground throws back."""


@dataclass(frozen=True)
class Caster:
    """Faces that stand in the light and are lit by no picture."""

    name: str
    rows: Rows


@dataclass
class Lit:
    """Parts whose light is baked into one picture."""

    parts: list[Part]
    over: Rect | None = None
    """Level ground: all that lies in this rectangle is lit from one plane, seen from above."""
    eye: tuple[float, float, float] = (0.0, -2.0, 20.0)
    """Whence it is seen: what is nearer is baked more finely."""
    finest: float = 14.0
    """Texels for each metre, near the eye."""
    near: float = 25.0
    """Up to how many metres from the eye they are as fine as that."""
    all_round: bool = False
    """Whether the eye may go round it."""

    @property
    def name(self) -> str:
        """Of the picture."""
        name = self.parts[0].lightmap
        assert name is not None
        return name

    @property
    def rows(self) -> Rows:
        """All faces of its parts, one part after the other."""
        return np.concatenate([part.rows for part in self.parts])


@dataclass(frozen=True)
class Fineness:
    """How much is spent."""

    size: int
    samples: int


_HUES = {}


def _hue(layer: int) -> np.ndarray:
    """The mean colour of a tiled picture, as displayed."""
    if layer not in _HUES:
        _HUES[layer] = picture(LAYERS[layer])[..., :3].mean(axis=(0, 1))
    return _HUES[layer]


def solid(rows: Rows) -> Solid:
    """Faces as Cycles takes them, each with the mean colour it shows."""
    paint = rows["c"][..., :3].mean(axis=1) / 255.0
    layers = np.round(rows["t"][:, 0, 2]).astype(int)
    hues = np.stack([_hue(number) for number in range(len(LAYERS))])
    # as displayed is the root of linear, in the shaders as here
    return Solid(rows["v"], np.clip(paint * hues[layers], 0.0, 0.9) ** 2)


def lay(lit: list[Lit], fineness: dict[str, Fineness]) -> dict[str, Atlas]:
    """Tell each part where it lies in its picture; gives the atlases of those that have one."""
    atlases: dict[str, Atlas] = {}
    for each in lit:
        rows = each.rows
        if each.over is not None:
            west, south, east, north = each.over
            (part,) = each.parts
            part.lit = (rows["v"][..., :2] - (west, south)) / (east - west, north - south)
            continue
        middle = rows["v"].mean(axis=1)
        towards = np.asarray(each.eye) - middle
        away = np.linalg.norm(towards, axis=1)
        dense = np.clip(each.finest * each.near / np.maximum(away, each.near), 1.5, each.finest)
        # faces that look away from the eye are seen by nobody, yet lit
        turned = (rows["n"][:, 0] * towards).sum(axis=1) < 0.0
        dense = np.where(turned & ~each.all_round, 0.5, dense)
        atlas = atlases[each.name] = pack(rows["v"], dense, fineness[each.name].size)
        corners = atlas.corners()
        start = 0
        for part in each.parts:
            part.lit = corners[start : start + len(part.rows)]
            start += len(part.rows)
    return atlases


def bake(
    lit: list[Lit],
    casters: list[Caster],
    fineness: dict[str, Fineness],
    only: Sequence[str] | None = None,
) -> dict[str, np.ndarray]:
    """The light of each part by the name of its picture; tells the parts where they lie in it.

    With `only`, nothing but these pictures is baked: all else still stands in the light.
    """
    atlases = lay(lit, fineness)
    studio = Studio()
    for caster in casters:
        if len(caster.rows):
            studio.stand(caster.name, solid(caster.rows))
    for each in lit:
        if each.over is None:
            studio.stand(each.name, solid(each.rows), atlases[each.name].corners())
            continue
        west, south, east, north = each.over
        z = GROUND_Z
        plane = [[(west, south, z), (east, south, z), (east, north, z), (west, north, z)]]
        whole = np.asarray([[[0, 0], [1, 0], [1, 1], [0, 1]]], dtype=float)
        studio.stand(each.name, Solid(np.asarray(plane), np.full((1, 3), GROUND_BACK)), whole)
    made = {}
    for each in lit:
        name, fine = each.name, fineness[each.name]
        if only is not None and name not in only:
            continue
        raw = _filled(studio.bake(name, fine.size, fine.samples))
        clean = denoised(raw)
        made[name] = finish(clean, atlases[name], raw) if name in atlases else clean
    return made


def _filled(light: np.ndarray) -> np.ndarray:
    """Texels that no ray began from, next to ones that were lit, take their light."""
    out = light.copy()
    for _ in range(3):
        empty = out.max(axis=-1) <= 0.0
        if not empty.any():
            break
        total = np.zeros_like(out)
        count = np.zeros(out.shape[:2], dtype=np.float32)
        for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
            beside = np.roll(out, step, axis=axis)
            known = beside.max(axis=-1) > 0.0
            total += beside * known[..., None]
            count += known
        fill = empty & (count > 0)
        out[fill] = total[fill] / count[fill][:, None]
    return out
