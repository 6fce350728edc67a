"""Owns the building of the balcony: its light under the tower, written with its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from vr_runtime.stage.models.mesh import Mesh

from baking.light import Caster, Fineness, Lit, bake, lay
from baking.pictures import write_light
from balcony import terrace
from city import tower
from city.plan import TOWER, TOWER_TOP
from city.shadows import Site
from city.trees import leaves_of
from glb import write

FINENESS = {
    "draft": {terrace.LIGHT: Fineness(512, 16), terrace.BELOW: Fineness(256, 16)},
    "final": {terrace.LIGHT: Fineness(1024, 64), terrace.BELOW: Fineness(512, 48)},
}
HEIGHT_M = 30.0
"""Where on the tower the balcony hangs while its light is baked: within a stairs' height the light
is much the same from the first floor to the last."""


def build(out: Path, quality: str, light_of: Sequence[str] | None) -> None:
    """Write `places/balcony` below `out`; of its pictures of light only `light_of`, if given."""
    made = terrace.place()
    above = [part for part in made.parts if part.lightmap == terrace.LIGHT]
    below = [part for part in made.parts if part.lightmap == terrace.BELOW]
    eye = (0.0, -1.0, 1.6)
    walls = tower.place().parts[0].rows.copy()
    walls["v"][..., 2] -= HEIGHT_M
    # the flat is behind the balcony's own wall; the tower's stands just where it does
    walls["v"][..., 1] -= 0.03
    near = (np.abs(walls["v"].mean(axis=1)[:, 2]) < 4.0) & (walls["v"].max(axis=1)[:, 1] > -4.1)
    plants = Mesh(made.part("plants").rows)
    casters = [Caster("walls", walls[~near]), Caster("leaves", leaves_of(plants))]
    fineness = FINENESS[quality]
    hidden = [Caster(part.name, part.rows) for part in below]
    lit = Lit(above, eye=eye, finest=64.0, all_round=True)
    # where the boards gave way to glass, light comes through it
    under = Lit(below, eye=eye, finest=24.0, all_round=True)
    kept = [Caster(p.name, p.rows) for p in above if not p.name.startswith("boards")]
    lay([lit, under], fineness)
    light = {}
    if light_of is None or terrace.LIGHT in light_of:
        light |= bake([lit], [*casters, *hidden], fineness)
    if light_of is None or terrace.BELOW in light_of:
        light |= bake([under], [*casters, *kept], fineness)
    folder = out / "places" / "balcony"
    for name, picture in light.items():
        write_light(picture, folder / f"{name}.jpg")
    site = Site.bare(-8.0, -8.0, 16.0, 256)
    west, _, east, south = TOWER
    site.raise_box(west, -8.0, east, south + 0.02, TOWER_TOP)
    maps = site.write(folder, "")
    made.told["site"] = maps.told(first=2)
    lightmaps = {terrace.LIGHT: "terrace.jpg", terrace.BELOW: "below.jpg"}
    print("   ", write(made, lightmaps, maps.files, folder / "terrace.glb"))
