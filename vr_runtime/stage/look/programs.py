"""Owns the programs that the materials of this process are drawn with, each made once.

Knows no node. How good they are is chosen once, before the first of them is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial

from panda3d.core import Shader

from vr_runtime.stage.look import glsl
from vr_runtime.stage.look.glsl import Grade, Texts
from vr_runtime.stage.look.materials import Kind

_CUTS: Mapping[Kind, tuple[str, ...]] = {
    "surface": (),
    "layered": ("LAYERED",),
    "foliage": ("LAYERED", "FOLIAGE"),
    "cloth": ("LAYERED", "CLOTH"),
    "rope": ("LAYERED", "SWAY"),
    "walker": ("LAYERED", "TRAFFIC", "WALKING"),
    "mover": ("LAYERED", "MOVER"),
    "vehicle": ("LAYERED", "COAT"),
    "driving": ("LAYERED", "TRAFFIC", "COAT"),
    "falling": ("LAYERED", "FALLING"),
    "vehicle_mover": ("LAYERED", "MOVER", "COAT"),
    "limbed": ("LAYERED", "MOVER", "LIMBED"),
    "boned": ("LAYERED", "MOVER", "BONED"),
    "baked": ("LAYERED", "BAKED"),
    "dimmed": ("LAYERED", "DIMMED"),
    "skinned": ("SKINNED", "MOVER"),
    "own": ("OWN", "MOVER"),
}
_OTHERS: Mapping[str, Callable[[Grade], Texts]] = {
    "glass": glsl.glass,
    "water": glsl.water,
    "stream": glsl.stream,
    "grating": glsl.grating,
    "shade": glsl.shade,
    "limbed_shade": glsl.limbed_shade,
    "boned_shade": glsl.boned_shade,
    "glow": glsl.glow,
    "sky": glsl.dome,
    "rain": glsl.streaks,
    "panorama": glsl.panorama,
    "film around": glsl.film_around,
}


class Programs:
    """Programs by kind."""

    def __init__(self) -> None:
        self.grade = Grade()
        self._made: dict[str, Shader] = {}

    def choose(self, grade: Grade) -> None:
        """How the programs made from now on are drawn; call it before any place is dressed."""
        if grade != self.grade:
            self.grade = grade
            self._made.clear()

    def of(self, kind: Kind) -> Shader:
        """The program of a kind of material."""
        cuts = _CUTS.get(kind)
        if cuts is None:
            return self.named(kind)
        return self._one(kind, partial(glsl.surface, self.grade, *cuts))

    def named(self, name: str) -> Shader:
        """A program that is no opaque surface's, as `sky`, `glass` or `panorama`."""
        return self._one(name, partial(_OTHERS[name], self.grade))

    def _one(self, name: str, texts: Callable[[], Texts]) -> Shader:
        if name not in self._made:
            vertex, fragment = texts()
            self._made[name] = Shader.make(Shader.SL_GLSL, vertex, fragment)
        return self._made[name]


@cache
def programs() -> Programs:
    """Those of this process: a driver makes each but once."""
    return Programs()
