"""In a baked picture every face has texels of its own; no light runs from one to the next."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.assets import assets_dir

SIZE = 64


def _atlas() -> ModuleType:
    path = assets_dir() / "source" / "baking" / "atlas.py"
    spec = importlib.util.spec_from_file_location("palier_atlas", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


atlas = _atlas()


def face(wide: float, high: float) -> list[tuple[float, float, float]]:
    return [(0.0, 0.0, 0.0), (wide, 0.0, 0.0), (wide, 0.0, high), (0.0, 0.0, high)]


faces = st.lists(st.tuples(st.floats(0.01, 9.0), st.floats(0.01, 9.0)), min_size=1, max_size=40)


@given(sides=faces)
@settings(max_examples=60, deadline=None)
def test_no_two_faces_share_a_texel_or_touch_the_edge(sides: list[tuple[float, float]]) -> None:
    corners = np.asarray([face(*each) for each in sides])
    laid = atlas.pack(corners, np.full(len(sides), 4.0), SIZE)
    taken = np.zeros((SIZE, SIZE), dtype=int)
    for x, y, w, h in laid.rects:
        assert x >= 1 and y >= 1 and x + w < SIZE and y + h < SIZE
        taken[y - 1 : y + h + 1, x - 1 : x + w + 1] += 1
    assert taken.max() == 1
    places = laid.corners()
    assert places.min() >= 0.0 and places.max() <= 1.0


def test_larger_faces_have_more_texels() -> None:
    corners = np.asarray([face(8.0, 4.0), face(2.0, 1.0)])
    laid = atlas.pack(corners, np.full(2, 4.0), SIZE)
    areas = laid.rects[:, 2] * laid.rects[:, 3]
    assert areas[0] > 8 * areas[1]


def test_more_faces_than_there_is_room_for_are_refused() -> None:
    corners = np.asarray([face(1.0, 1.0)] * 600)
    with pytest.raises(ValueError, match="600 faces do not fit"):
        atlas.pack(corners, np.full(600, 4.0), SIZE)


def test_the_light_at_the_rim_of_a_face_is_its_own() -> None:
    corners = np.asarray([face(4.0, 4.0), face(4.0, 4.0)])
    laid = atlas.pack(corners, np.full(2, 4.0), SIZE)
    light = np.zeros((SIZE, SIZE, 3))
    for value, (x, y, w, h) in zip((0.2, 1.5), laid.rects, strict=True):
        light[y : y + h, x : x + w] = value
    done = atlas.finish(light, laid, light)
    for value, (x, y, w, h) in zip((0.2, 1.5), laid.rects, strict=True):
        assert np.allclose(done[y - 1 : y + h + 1, x - 1 : x + w + 1], value)


def test_a_small_face_is_even_and_takes_nothing_from_what_a_denoiser_mixed_in() -> None:
    laid = atlas.Atlas(SIZE, np.asarray([[1, 1, 2, 2]]))
    raw = np.zeros((SIZE, SIZE, 3))
    raw[1:3, 1:3] = [[[0.1] * 3, [0.3] * 3], [[0.1] * 3, [0.3] * 3]]
    done = atlas.finish(raw + 1.0, laid, raw)
    assert np.allclose(done[1:3, 1:3], 0.2)
