"""Every shipped place is whole, fresh, within its budget, and lit as the sun stands."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_from import maker
from numpy.typing import NDArray
from panda3d.core import Texture, TextureStage
from PIL import Image

from vr_runtime.assets import assets_dir
from vr_runtime.stage.look.layers import LAYERS
from vr_runtime.stage.look.lighting import SUN
from vr_runtime.stage.look.materials import MATERIALS
from vr_runtime.stage.models.driven import LIGHTMAP, SITE, ready
from vr_runtime.stage.models.glb import Glb, NotAPlace, place_file, read

ASSETS = assets_dir()
ENTRIES = tomllib.loads((ASSETS / "CREDITS.toml").read_text(encoding="utf-8"))["file"]
PLACES = ("city/district", "city/tower", "balcony/terrace")
SCENES = {"heights.balcony": PLACES}
MOST_TRIANGLES, MOST_DRAWS = 500_000, 150
MOST_FILE, MOST_SCENE, MOST_ALL = 20_000_000, 15_000_000, 90_000_000
MOST_LIGHT = 3 * 2048 * 2048
"""Texels of baked light of one scene."""
Light = NDArray[np.float64]


def listed(name: str) -> dict[str, Any]:
    (entry,) = (each for each in ENTRIES if each["path"] == f"places/{name}.glb")
    return dict(entry)


@pytest.mark.parametrize("folder", ["city", "balcony"])
def test_no_place_is_older_than_the_scripts_that_make_it(folder: str) -> None:
    made = maker(ASSETS)
    now = made.digest(made.sources(ASSETS, folder))
    for entry in ENTRIES:
        if entry["path"].startswith(f"places/{folder}/"):
            assert entry["made_from"] == now, (
                f"{entry['path']} is stale: run `uv run assets/source/build.py --only {folder}`"
            )


@pytest.mark.parametrize("name", PLACES)
def test_a_place_loads_with_every_part_dressed_and_every_picture_there(name: str) -> None:
    root, opened = read(name)
    assert opened.document["asset"]["version"] == "2.0"
    tops = root.getChildren()
    assert tops and {node.getTag("material") for node in tops} <= set(MATERIALS)
    for node in tops:
        lit = bool(node.findAllTextureStages(LIGHTMAP))
        assert lit == (node.getTag("material") == "baked"), node.getName()
    shown = ready(root, name)
    for node in shown.getChildren():
        if node.getTag("material") == "baked":
            light = node.getShaderInput("lightmap").getTexture()
            assert light.getXSize() == light.getYSize() >= 256
    assert not shown.findAllTextureStages(LIGHTMAP) and not shown.findAllTextureStages(SITE)


@pytest.mark.parametrize("name", PLACES)
def test_the_geometry_of_a_place_is_sound(name: str) -> None:
    opened = Glb(place_file(name))
    entry = listed(name)
    count = {"triangles": 0, "vertices": 0, "draws": 0}
    for number, mesh in enumerate(opened.document["meshes"]):
        columns = opened.columns(number)
        vertices = len(columns["vertex"])
        count["triangles"] += len(columns["indices"]) // 3
        count["vertices"] += vertices
        count["draws"] += 1
        assert columns["indices"].max() < vertices
        for column in ("vertex", "normal", "texcoord"):
            assert np.isfinite(columns[column]).all(), (mesh["name"], column)
        long = np.linalg.norm(columns["normal"], axis=1)
        assert ((long > 0.97) | (long < 0.01)).all() and (long > 0.97).mean() > 0.98
        assert columns["texcoord"][:, 2].max() < len(LAYERS)
        if "lightmap" in columns:
            assert columns["lightmap"].min() >= 0.0 and columns["lightmap"].max() <= 1.0
    assert {key: entry[key] for key in count} == count


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_keeps_its_budget(scene: str) -> None:
    entries = [listed(name) for name in SCENES[scene]]
    assert sum(entry["triangles"] for entry in entries) <= MOST_TRIANGLES // 2, (
        "the other half is for what lives there"
    )
    assert sum(entry["draws"] for entry in entries) <= MOST_DRAWS * 2 // 3
    folders = {name.partition("/")[0] for name in SCENES[scene]}
    files = [path for folder in folders for path in (ASSETS / "places" / folder).iterdir()]
    assert sum(path.stat().st_size for path in files) <= MOST_SCENE
    light = [pixels(path) for path in files if path.suffix == ".jpg" and path.stem != "open"]
    assert sum(picture.shape[0] * picture.shape[1] for picture in light) <= MOST_LIGHT


def test_all_that_ships_is_small_enough() -> None:
    sizes = [path.stat().st_size for path in ASSETS.rglob("*") if path.is_file()]
    assert max(sizes) <= MOST_FILE and sum(sizes) <= MOST_ALL


def test_no_picture_carries_a_stamp_of_time() -> None:
    for path in (ASSETS / "places").rglob("*.jpg"):
        with Image.open(path) as image:
            assert "comment" not in image.info and "exif" not in image.info


def pixels(path: Path) -> Light:
    """A picture as numbers from 0 to 1, rows from south to north."""
    with Image.open(path) as image:
        return np.asarray(image).astype(float)[::-1] / 255.0


def ground() -> Light:
    """The light on the ground, rows from south to north."""
    return 4.0 * pixels(ASSETS / "places/city/ground.jpg") ** 2


def at(light: Light, x: float, y: float) -> float:
    """The light at a spot of the ground, as a mean over three metres."""
    west, south, size = -128.0, -64.0, 256.0
    per = light.shape[0] / size
    row, column, half = round((y - south) * per), round((x - west) * per), round(1.5 * per)
    part = light[row - half : row + half, column - half : column + half]
    return float(part.mean())


def test_the_tower_s_shadow_falls_away_from_the_sun_and_the_square_lies_in_it() -> None:
    light = ground()
    away = np.asarray([-SUN[0], -SUN[1]]) / np.hypot(SUN[0], SUN[1])
    foot = np.asarray([8.0, -4.2])
    behind = foot + 22.0 * away
    towards = (-30.0, 12.4)
    assert at(light, *behind) < 0.5 * at(light, *towards)
    assert at(light, 40.0, 66.0) > 1.2, "the far side of the square lies in the sun"


def test_the_light_is_neither_black_nor_burnt_out() -> None:
    for name in ("city/houses", "city/tower", "balcony/terrace"):
        light = 4.0 * pixels(ASSETS / "places" / f"{name}.jpg") ** 2
        assert 0.02 < np.median(light) < 1.5, name
        assert (light > 3.8).mean() < 0.002, name


def test_many_kinds_of_facades_stand_around() -> None:
    opened = Glb(place_file("city/district"))
    layers = np.concatenate(
        [opened.columns(k)["texcoord"][:, 2] for k in range(len(opened.document["meshes"]))]
    )
    shown = {LAYERS[int(number)] for number in np.unique(np.round(layers))}
    assert len([name for name in shown if name.startswith("facade_")]) >= 10


def test_a_damaged_place_is_told_by_its_name(tmp_path: Path) -> None:
    broken = tmp_path / "street.glb"
    broken.write_bytes(b"no place at all, but long enough to look into it")
    with pytest.raises(NotAPlace, match=r"street\.glb"):
        Glb(broken)


def test_the_map_of_shadows_reaches_the_shaders() -> None:
    root, _ = read("city/district")
    stage = next(iter(root.findAllTextureStages(SITE)))
    texture = root.findTexture(stage)
    assert isinstance(stage, TextureStage) and texture.getFormat() == Texture.FRgb
    assert texture.getComponentWidth() == 2 and texture.getXSize() == 1024
