"""No surface of ours, filling the view, is a pattern that may provoke a seizure."""

from __future__ import annotations

import numpy as np
import pytest

from vr_runtime.flash.light import in_cells, light_of, luminance
from vr_runtime.flash.measure import STRIPES_AREA
from vr_runtime.flash.patterns import striped_area
from vr_runtime.stage.look.layers import LAYERS
from vr_runtime.stage.look.materials import MATERIALS, material
from vr_runtime.stage.look.surfaces import surface_pixels


@pytest.fixture(scope="module")
def pixels():
    """Each picture, its colours red first."""
    made = surface_pixels()
    return {name: made[n, ..., 2::-1] for n, name in enumerate(LAYERS)}


@pytest.mark.parametrize("times", [1, 2, 4])
def test_no_material_of_a_box_fills_the_view_with_stripes(pixels, times):
    told = {}
    for name in MATERIALS:
        made = material(name)
        if made.kind != "surface":
            continue
        wall = np.tile(pixels[made.picture], (times, times, 1)) / 255.0 * np.array(made.tint)
        told[name] = striped_area(in_cells(luminance(light_of(wall)), 128, 72))
    assert {name for name, area in told.items() if area >= STRIPES_AREA} == set(), told


def test_two_dark_rails_before_a_meadow_are_no_pattern_though_one_wave_holds_them():
    picture = np.full((72, 128), 0.5)
    picture[:, 38:41] = picture[:, 76:79] = 0.05
    assert striped_area(picture) == 0.0


@pytest.mark.parametrize("angle", [0, 20, 45, 70, 90])
@pytest.mark.parametrize("pairs", [5.5, 7, 12])
def test_stripes_are_told_in_any_direction_from_more_than_five_pairs(pairs, angle):
    down, across = np.mgrid[0:72, 0:128]
    turned = np.deg2rad(angle)
    passed = pairs * (np.cos(turned) * across / 128 + np.sin(turned) * down / 72)
    stripes = 0.3 + 0.2 * np.sign(np.sin(2 * np.pi * passed + 0.3))
    assert striped_area(stripes) >= STRIPES_AREA
