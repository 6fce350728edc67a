"""Leaves: a spray keeps as much leaf however small it is seen, and no card shows its border."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from vr_runtime.stage.look.leaves import LEAVES
from vr_runtime.stage.look.sizes import EDGE, smaller
from vr_runtime.stage.models.catalogue import MODELS

SPRAY = np.rint(LEAVES["leaf"]() * 255.0).astype(np.uint8)
BLANK = np.full_like(SPRAY, 200)
MOST_LEAVES = 80_000
"""Triangles of all leaves of the district; what drives and walks needs the rest."""


def test_a_spray_neither_thins_nor_closes_in_its_smaller_sizes() -> None:
    whole = float((SPRAY[..., 3] > EDGE).mean())
    assert 0.3 < whole < 0.55
    plain = SPRAY.astype(float)
    strayed = []
    for size in smaller(np.stack([BLANK, SPRAY]), [1]):
        wide = size.shape[1]
        plain = plain.reshape(wide, 2, wide, 2, 4).mean(axis=(1, 3))
        if wide >= 8:
            assert (size[1, ..., 3] > EDGE).mean() == pytest.approx(whole, abs=0.02)
            strayed.append(abs((plain[..., 3] > EDGE).mean() - whole))
    assert max(strayed) > 0.03, "a driver's own sizes would have done"


def test_what_is_not_cut_out_is_only_averaged() -> None:
    sizes = list(smaller(np.stack([BLANK, SPRAY]), [1]))
    assert [size.shape[1] for size in sizes] == [128, 64, 32, 16, 8, 4, 2, 1]
    assert all((size[0] == 200).all() for size in sizes)
    mean = SPRAY[..., :3].astype(float).reshape(128, 2, 128, 2, 3).mean(axis=(1, 3))
    assert np.abs(sizes[0][1, ..., :3] - mean).max() <= 0.5


def test_no_leaf_touches_the_border_of_its_card() -> None:
    edge = SPRAY[..., 3]
    for border in (edge[:2], edge[-2:], edge[:, :2], edge[:, -2:]):
        assert (border < EDGE).all()


def test_the_edge_of_a_leaf_is_a_slope_that_stays_smooth_when_it_is_seen_large() -> None:
    near = (SPRAY[..., 3] > 0) & (SPRAY[..., 3] < 255)
    across = np.abs(np.diff(SPRAY[..., 3].astype(int), axis=1))[near[:, 1:] & near[:, :-1]]
    assert np.quantile(across, 0.95) < 64, "four pixels or more from nothing to leaf"


@pytest.mark.long
def test_the_leaves_of_the_district_keep_their_budget() -> None:
    root = import_module(MODELS["city/district"].module).build()
    geoms = [geom for path in root.find("leaves").getChildren() for geom in path.node().getGeoms()]
    assert 0 < sum(geom.getPrimitive(0).getNumFaces() for geom in geoms) <= MOST_LEAVES
