"""Names can be read without a renderer; pictures have no seams."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.stage.look.layers import LAYERS, METRES
from vr_runtime.stage.look.materials import MATERIALS, material
from vr_runtime.stage.look.noise import clouded
from vr_runtime.stage.look.surfaces import picture


def test_names_are_read_without_any_renderer() -> None:
    told = (
        "import sys\n"
        "from vr_runtime.stage.look.materials import MATERIALS\n"
        "from vr_runtime.stage.models.catalogue import MODELS\n"
        "assert MATERIALS and MODELS\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('panda3d', 'direct')))"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", MATERIALS)
def test_every_material_shows_a_picture_that_exists(name: str) -> None:
    assert material(name).picture in LAYERS


@pytest.mark.parametrize("name", LAYERS)
def test_every_picture_is_made_alike_twice_and_lies_within_what_can_be_shown(name: str) -> None:
    first = picture(name)
    assert first.shape == (256, 256, 4)
    assert float(first.min()) >= 0.0 and float(first.max()) <= 1.0
    if name not in ("leaf", "hedge"):  # slow ones; they take their chance from the same source
        assert np.array_equal(first, picture(name))


@pytest.mark.parametrize("name", ["concrete", "plaster", "asphalt", "grass", "gravel", "soil"])
def test_a_picture_repeats_without_a_seam(name: str) -> None:
    colour = picture(name)[..., :3]
    inside = np.abs(np.diff(colour, axis=0)).mean()
    seam = np.abs(colour[0] - colour[-1]).mean()
    frame = 4.0 if name == "concrete" else 1.6  # cast concrete has a joint where plates meet
    assert seam < frame * inside + 0.02


@given(slope=st.floats(0.0, 2.5), seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_noise_has_mean_0_and_deviation_1(slope: float, seed: int) -> None:
    plane = clouded(64, slope, seed)
    assert abs(float(plane.mean())) < 1e-3
    assert float(plane.std()) == pytest.approx(1.0, abs=1e-3)


def test_metres_of_a_picture_are_positive() -> None:
    assert all(metres > 0 for metres in METRES.values())
