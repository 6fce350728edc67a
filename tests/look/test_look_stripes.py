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
