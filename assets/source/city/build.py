"""Owns the building of the city: district and tower in one light, written with their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from baking.light import Fineness, Lit, bake, lay
from baking.pictures import write_light
from city import district, tower
from city.plan import city
from glb import write

FINENESS = {
    "draft": {
        "ground": Fineness(1024, 8),
        "houses": Fineness(1024, 4),
        "tower": Fineness(512, 4),
    },
    "final": {
        "ground": Fineness(2048, 32),
        "houses": Fineness(2048, 24),
        "tower": Fineness(1024, 16),
    },
}


def build(out: Path, quality: str, light_of: Sequence[str] | None) -> None:
    """Write `places/city` below `out`; of its pictures of light only `light_of`, if given."""
    plan = city()
    whole, lit, casters = district.place(plan)
    high = tower.place()
    lit.append(Lit([high.parts[0]], eye=(0.0, 2.0, 40.0), finest=12.0))
    fineness = FINENESS[quality]
    lay(lit, fineness)
    light = {} if light_of == [] else bake(lit, casters, fineness, light_of)
    folder = out / "places" / "city"
    for name, picture in light.items():
        write_light(picture, folder / f"{name}.jpg")
    maps = district.site(plan).write(folder, "")
    whole.told["site"] = maps.told(first=2)
    lightmaps = {"ground": "ground.jpg", "houses": "houses.jpg"}
    print("   ", write(whole, lightmaps, maps.files, folder / "district.glb"))
    print("   ", write(high, {"tower": "tower.jpg"}, [], folder / "tower.glb"))
