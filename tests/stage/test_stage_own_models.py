"""An author's own models are read as numbers, and nothing a file says of itself is trusted."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from owning import block, glb

from vr_runtime.stage.models.gltf import READ, read
from vr_runtime.stage.own import Refused


def changed(path: str, value: object) -> bytes:
    """A cube's file with one number or text of it replaced, at a path as "accessors.0.count"."""
    document, data = block()
    place: object = document
    *way, last = path.split(".")
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]  # type: ignore[index]
    if isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value  # type: ignore[index]
    return glb(document, data)


def test_a_cube_is_twelve_triangles_with_its_colour():
    (part,) = read("own/chair.glb", glb(*block())).parts
    assert len(part.indices) == 36 and part.surface.colour[:3] == (0.8, 0.1, 0.1)
    assert np.abs(part.vertices).max() == 0.5
    assert np.allclose(np.linalg.norm(part.normals, axis=1), 1.0)
    corners = part.vertices[part.indices].reshape(-1, 3, 3)
    outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert (np.einsum("ij,ij->i", outward, corners.mean(1)) > 0).all()


def test_nodes_move_turn_and_scale_what_hangs_below_them():
    half = math.sqrt(0.5)
    nodes = [
        {"children": [1], "translation": [0.0, 3.0, 0.0]},
        {"mesh": 0, "rotation": [0.0, half, 0.0, half], "scale": [2.0, 1.0, 4.0],
         "translation": [1.0, 0.0, -5.0]},
    ]  # fmt: skip
    (part,) = read("own/chair.glb", glb(*block(nodes=nodes))).parts
    # y up becomes z up: 5 m "into" the screen is 5 m ahead
    assert part.vertices.min(0) == pytest.approx((-1.0, 4.0, 2.5), abs=1e-5)
    assert part.vertices.max(0) == pytest.approx((3.0, 6.0, 3.5), abs=1e-5)


def test_what_is_mirrored_is_still_seen_from_outside():
    nodes = [{"mesh": 0, "scale": [-1.0, 1.0, 1.0]}]
    (part,) = read("own/chair.glb", glb(*block(nodes=nodes))).parts
    corners = part.vertices[part.indices].reshape(-1, 3, 3)
    outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert (np.einsum("ij,ij->i", outward, corners.mean(1)) > 0).all()


def test_animations_are_left_aside_and_the_model_stands_still():
    assert read("own/chair.glb", glb(*block(animations=[{"channels": [], "samplers": []}]))).parts


@pytest.mark.parametrize("needed", sorted(READ))
def test_extensions_that_change_little_do_not_keep_a_model_out(needed):
    assert read("own/chair.glb", glb(*block(extensionsRequired=[needed]))).parts


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"extensionsRequired": ["KHR_draco_mesh_compression"]}, "KHR_draco_mesh_compression"),
        ({"extensionsRequired": ["EXT_meshopt_compression"]}, "EXT_meshopt_compression"),
        ({"skins": [{"joints": [0]}]}, "skeleton"),
        ({"nodes": [{}]}, "no faces"),
        ({"buffers": [{"byteLength": 9, "uri": "file:///etc/passwd"}]}, "other files"),
        ({"images": [{"uri": "../../secret.png"}]}, "other files"),
    ],
)
def test_what_is_not_read_is_told_with_what_to_do(changes, told):
    with pytest.raises(Refused, match=told):
        read("own/chair.glb", glb(*block(**changes)))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"glTF", b"no model at all, but long enough", glb(*block())[:200],
        changed("accessors.1.count", 2**40), changed("accessors.1.count", -3),
        changed("accessors.0.count", 9), changed("accessors.0.type", "VEC9"),
        changed("accessors.0.componentType", 1), changed("accessors.0.bufferView", 7),
        changed("accessors.0.byteOffset", 2**31), changed("bufferViews.0.byteStride", 1),
        changed("bufferViews.1.byteOffset", 10**9), changed("meshes.0.primitives", 3),
        changed("nodes.0", None), changed("nodes.0.mesh", 5), changed("scenes.0.nodes", [9]),
        changed("scene", 4), changed("meshes.0.primitives.0.material", 8),
        changed("meshes.0.primitives.0.attributes", {}),
        changed("materials.0.pbrMetallicRoughness", {"baseColorFactor": [1.0]}),
        changed("materials.0.pbrMetallicRoughness", {"baseColorTexture": {"index": 0}}),
        changed("materials.0.alphaMode", "MAYBE"),
        changed("nodes.0", {"mesh": 0, "scale": [1e300, 1e300, 1e300]}),
        changed("nodes.0", {"mesh": 0, "children": [0]}),
        changed("nodes.0", {"mesh": 0, "matrix": [1.0]}),
        struct.pack("<4sIII4s", b"glTF", 2, 30, 2**31, b"JSON") + b"{}",
        struct.pack("<4sIII4s", b"glTF", 2, 30, 2, b"JSON") + b"[]",
    ],
)  # fmt: skip
def test_a_file_that_says_what_cannot_be_is_refused_in_one_sentence(data):
    with pytest.raises(Refused) as caught:
        read("own/chair.glb", data)
    assert str(caught.value).startswith("`own/chair.glb`: ") and caught.value.hint


def test_numbers_of_corners_that_are_not_there_are_refused():
    document, data = block()
    wrong = bytearray(data)
    wrong[-2:] = struct.pack("<H", 8)
    with pytest.raises(Refused):
        read("own/chair.glb", glb(document, bytes(wrong)))


def test_corners_that_are_no_numbers_are_refused():
    document, data = block()
    wrong = bytearray(data)
    wrong[0:4] = struct.pack("<f", math.nan)
    with pytest.raises(Refused):
        read("own/chair.glb", glb(document, bytes(wrong)))


def test_a_mesh_hung_up_thousands_of_times_is_refused():
    nodes = [{"mesh": 0} for _n in range(6000)]
    scenes = [{"nodes": list(range(6000))}]
    with pytest.raises(Refused):
        read("own/chair.glb", glb(*block(nodes=nodes, scenes=scenes)))


@given(st.binary(max_size=64), st.integers(0, 1000), st.integers(0, 255))
@settings(max_examples=300)
def test_whatever_the_bytes_a_model_is_read_or_refused(more, at, value):
    data = bytearray(glb(*block()) + more)
    data[at % len(data)] = value
    try:
        model = read("own/chair.glb", bytes(data))
    except Refused:
        return
    for part in model.parts:
        assert part.indices.max() < len(part.vertices)
        assert np.isfinite(part.vertices).all() and np.isfinite(part.normals).all()
