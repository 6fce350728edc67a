"""Hair and grass in strands: as thick from afar as near by, and no card shows its border."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tests.look.studio import Studio, share_that_changed
from vr_runtime.stage.look.boned import at_rest
from vr_runtime.stage.look.dress import dress, unshaded
from vr_runtime.stage.look.sizes import EDGE, smaller
from vr_runtime.stage.look.strands import CUT_OUT, STRANDS
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.park.turf import on_path, tones, worn

PIXELS = {name: np.rint(STRANDS[name]() * 255.0).astype(np.uint8) for name in CUT_OUT}


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    studio = Studio()
    yield studio
    studio.engine.removeAllWindows()


@pytest.mark.parametrize("name", CUT_OUT)
def test_strands_neither_thin_nor_close_in_their_smaller_sizes(name: str) -> None:
    whole = float((PIXELS[name][..., 3] > EDGE).mean())
    assert 0.25 < whole < 0.85
    for size in smaller(PIXELS[name][None], [0]):
        if size.shape[1] >= 8:
            assert (size[0, ..., 3] > EDGE).mean() == pytest.approx(whole, abs=0.02)


@pytest.mark.parametrize("name", CUT_OUT)
def test_strands_touch_their_card_at_the_foot_alone(name: str) -> None:
    edge = PIXELS[name][..., 3]
    assert (edge[0] > EDGE).mean() > 0.4
    for border in (edge[-1], edge[:, 0], edge[:, -1]):
        assert (border < EDGE).all()


def test_a_lock_parts_towards_its_tip() -> None:
    rows = (PIXELS["lock"][..., 3] > EDGE).mean(axis=1)
    assert rows[:40].mean() > rows[100:140].mean() > rows[200:240].mean() > 0.0


@pytest.mark.parametrize(("picture", "low", "high"), [("lock", 0.3, 0.9), ("pelt", 0.95, 1.0)])
def test_between_the_hairs_of_a_lock_one_sees_what_is_behind(
    studio: Studio, picture: str, low: float, high: float
) -> None:
    studio.begin()
    sky = studio.look((0.0, 0.0, 0.0), 0.0, 0.0)
    card = Mesh()
    card.add(
        [[(-6, 3, -4), (6, 3, -4), (6, 3, 4), (-6, 3, 4)]],
        picture=picture,
        uv=[[(0, 0), (1, 0), (1, 1), (0, 1)]],
        motion=(0.0, 0.0, 0.0, 0.0),
    )
    node = card.nodes("card", "boned", moving=True)
    dress(node, "boned")
    at_rest(node)
    node.reparentTo(studio.root)
    unshaded(studio.root)
    drawn = studio.look((0.0, 0.0, 0.0), 0.0, 0.0)
    assert low < share_that_changed(sky, drawn) <= high


def test_no_part_of_the_lawn_is_one_flat_colour_and_none_is_striped() -> None:
    x, y = np.meshgrid(np.arange(-8.0, 8.0, 0.25), np.arange(-10.0, 22.0, 0.25))
    value = tones(x, y).mean(axis=-1)
    for row in range(0, value.shape[0] - 16, 16):
        for column in range(0, value.shape[1] - 16, 16):
            assert value[row : row + 16, column : column + 16].std() > 0.008
    power = np.abs(np.fft.rfft2(value - value.mean())) ** 2
    assert power.max() < 0.35 * power.sum(), "one wave holds a third of all there is to see"


def test_dogs_wear_the_meadow_at_the_gate_and_no_grass_grows_on_gravel() -> None:
    at_gate = worn(np.zeros(9), np.linspace(0.4, 1.6, 9))
    outside = worn(np.linspace(-6.0, 6.0, 9), np.full(9, -4.0))
    assert at_gate.min() > 0.7 and outside.max() == 0.0
    assert on_path(np.zeros(3), np.asarray([-1.0, -6.0, -30.0])).all()
    assert not on_path(np.full(3, 3.0), np.asarray([-1.0, -6.0, -30.0])).any()
