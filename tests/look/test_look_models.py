"""Shipped models: the same each time, within their budget, and they obey their values."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from panda3d.core import Filename, Loader, LoaderOptions, NodePath

from scenarios.builtin.heights_balcony.street import FLAGS
from vr_runtime.stage.look.dress import TAG, dress
from vr_runtime.stage.look.materials import MATERIALS
from vr_runtime.stage.models.__main__ import main
from vr_runtime.stage.models.catalogue import MODELS, make
from vr_runtime.stage.models.city.bodywork import Grade
from vr_runtime.stage.models.city.greenery import tree
from vr_runtime.stage.models.city.street import Form, Tree
from vr_runtime.stage.models.city.traffic import drivers
from vr_runtime.stage.models.city.vehicles import ACROSS, FAR, NEAR, car, size_of
from vr_runtime.stage.models.driven import drive, ready
from vr_runtime.stage.models.glb import Glb, place_file
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball, rounded, tube

TOLD = Glb(place_file("city/district")).told
TREES = [Tree(*grown) for grown in TOLD["trees"]]
SMALL = [name for name in MODELS if name != "city/district"]
MOST_TRIANGLES = 430_000
"""Of the whole district around the patient, with all that lives in it."""
MOST_PARTS = 100


def built(name: str) -> NodePath:
    node: NodePath = import_module(MODELS[name].module).build()
    return node


def vertices(root: NodePath) -> list[bytes]:
    return [
        bytes(geom.getVertexData().getArray(0).getHandle().getData())
        for path in root.findAllMatches("**/+GeomNode")
        for geom in path.node().getGeoms()
    ]


def triangles(root: NodePath) -> int:
    return sum(
        geom.getPrimitive(0).getNumFaces()
        for path in root.findAllMatches("**/+GeomNode")
        for geom in path.node().getGeoms()
    )


def house_corners() -> np.ndarray:
    """The corners of all houses near by."""
    opened = Glb(place_file("city/district"))
    nodes = opened.document["nodes"]
    (top,) = (node for node in nodes if node["name"] == "houses")
    return np.concatenate(
        [opened.columns(nodes[child]["mesh"])["vertex"] for child in top["children"]]
    )


@pytest.fixture
def terrace() -> NodePath:
    return ready(built("balcony/terrace"), "balcony/terrace")


@pytest.mark.parametrize("name", SMALL)
def test_a_model_is_made_alike_twice(name: str) -> None:
    assert vertices(built(name)) == vertices(built(name))


def test_a_square_lies_open_straight_ahead_of_the_balcony() -> None:
    (west, south, east, north) = TOLD["squares"][0]
    assert west < 0.0 < east and 0.0 < south < 40.0 and north > south + 40.0
    houses = house_corners()
    inside = (houses[:, 0] > west + 2.0) & (houses[:, 0] < east - 2.0)
    inside &= (houses[:, 1] > south + 2.0) & (houses[:, 1] < north - 2.0)
    assert not inside.any()


def test_the_flags_hang_on_a_wall_across_the_avenue() -> None:
    houses = house_corners()
    for x, y, z in FLAGS:
        wall = houses[np.abs(houses[:, 1] - y - 0.1) < 0.3]
        beside = np.abs(wall[:, 0] - x) < 3.0
        assert (beside & (wall[:, 2] < z)).any() and (beside & (wall[:, 2] > z + 2.0)).any()


def test_trees_differ_in_form_and_no_two_near_ones_look_alike() -> None:
    assert {grown.form for grown in TREES} == set(get_args(Form))
    near = [grown for grown in TREES if np.hypot(grown.x, grown.y - 30.0) < 45.0]
    outlines = set()
    for grown in near:
        leaves, wood = Mesh(), Mesh()
        tree(leaves, wood, grown, away=100.0)
        places = leaves.packed()["v"].mean(axis=1) - np.asarray([grown.x, grown.y, 0.0])
        outlines.add(np.round(places, 1).tobytes())
    assert len(near) > 20 and len(outlines) == len(near)


@pytest.mark.parametrize("form", get_args(Form))
def test_a_crown_stays_within_the_height_of_its_tree_and_clear_of_heads(form: Form) -> None:
    for grown in [grown for grown in TREES if grown.form == form][:6]:
        leaves, wood = Mesh(), Mesh()
        tree(leaves, wood, grown, away=10.0)
        places = leaves.packed()["v"]
        assert 0.7 * grown.height < places[..., 2].max() < 1.2 * grown.height
        assert np.quantile(places[..., 2], 0.01) > 1.6
        away = np.hypot(places[..., 0] - grown.x, places[..., 1] - grown.y)
        assert away.max() < 2.2 * grown.crown


@pytest.mark.parametrize("grade", [NEAR, ACROSS, FAR])
@pytest.mark.parametrize("seed", range(8))
def test_a_car_is_closed_and_seen_from_outside(seed: int, grade: Grade) -> None:
    mesh = Mesh()
    car(mesh, 0.0, 0.0, 0.0, seed, grade=grade)
    rows = mesh.packed()
    normals = np.cross(rows["v"][:, 2] - rows["v"][:, 0], rows["v"][:, 3] - rows["v"][:, 1])
    middle = rows["v"].mean(axis=1) - np.asarray([0.0, 0.0, 0.4])
    flank = (np.abs(middle[:, 0]) > 0.75) & (middle[:, 2] < 0.35)  # below the mirrors
    assert flank.sum() > 8
    assert (normals[flank, 0] * middle[flank, 0] >= -1e-3).all()
    above = rows["v"][..., 2].min(axis=1) > 1.1
    assert above.any() and (normals[above, 2] >= -1e-3).all()


@pytest.mark.parametrize("seed", range(12))
def test_a_car_is_as_long_as_the_room_that_is_kept_for_it(seed: int) -> None:
    mesh = Mesh()
    car(mesh, 0.0, 0.0, 0.0, seed)
    reach = np.abs(mesh.packed()["v"][..., 1]).max()
    long, wide = size_of(seed)
    assert long / 2 - 0.06 < reach < long / 2 + 0.03
    assert 1.7 < wide < 1.8


@given(seconds=st.floats(0.0, 1e5))
@settings(max_examples=300, deadline=None)
def test_no_two_cars_ever_overlap_anywhere_along_the_avenue(seconds: float) -> None:
    rooms = []
    for driver in drivers():
        long, wide = size_of(driver.seed)
        rooms.append((driver.x(seconds), driver.y, long / 2, wide / 2))
    for x, y, heading, seed in TOLD["parked"]:
        long, wide = size_of(seed)
        along = abs(np.sin(np.radians(heading))) > 0.5
        rooms.append((x, y, *((long / 2, wide / 2) if along else (wide / 2, long / 2))))
    x, y, a, b = np.asarray(rooms).T
    beside = np.abs(x[:, None] - x) < a[:, None] + a + 0.3
    over = np.abs(y[:, None] - y) < b[:, None] + b + 0.3
    assert not np.triu(beside & over, 1).any()


@given(seconds=st.floats(0.0, 1e5))
@settings(max_examples=100, deadline=None)
def test_nobody_drives_beside_another(seconds: float) -> None:
    for east in (True, False):
        along = sorted(d.x(seconds) for d in drivers() if (d.speed > 0) == east)
        assert min(np.diff(along)) > 10.0


@pytest.mark.parametrize("name", SMALL)
def test_every_part_wears_a_material_that_exists(name: str) -> None:
    root = built(name)
    worn = [node.getTag(TAG) for node in root.findAllMatches(f"**/={TAG}")]
    assert worn and set(worn) <= set(MATERIALS)
    for path in root.findAllMatches("**/+GeomNode"):
        assert path.hasNetTag(TAG)


@pytest.mark.parametrize("name", ["balcony/terrace", "animals/pigeon"])
def test_every_declared_value_moves_something(name: str) -> None:
    for parameter in MODELS[name].parameters:
        assert any(
            line.split()[0] == parameter
            for node in built(name).findAllMatches("**/=drive")
            for line in node.getTag("drive").splitlines()
        )


@given(part=st.floats(0.1, 1.0))
@settings(max_examples=10, deadline=None)
def test_the_handrail_is_as_high_as_the_rail_was_set(part: float) -> None:
    root = ready(built("balcony/terrace"), "balcony/terrace")
    drive(root, "rail", part)
    assert root.find("handrail").getZ() == pytest.approx(1.4 * part, abs=1e-4)
    low, high = root.find("posts").getTightBounds()
    assert low.getZ() == pytest.approx(0.0, abs=1e-3)
    assert high.getZ() == pytest.approx(1.4 * part, abs=0.01)


def test_boards_give_way_to_glass_from_the_edge_inwards(terrace: NodePath) -> None:
    def kept() -> list[int]:
        boards = sorted(terrace.findAllMatches("boards*"), key=lambda n: int(n.getName()[6:]))
        return [k for k, node in enumerate(boards) if not node.isHidden()]

    drive(terrace, "glass", 0.0)
    assert kept() == list(range(12)) and terrace.find("glass floor").isHidden()
    shown = 12
    for share in np.linspace(0.05, 1.0, 20):
        drive(terrace, "glass", float(share))
        left = kept()
        assert left == list(range(12 - len(left), 12)), "the row at the edge goes first"
        assert len(left) <= shown
        shown = len(left)
        assert not terrace.find("glass floor").isHidden()
    assert shown == 0


@pytest.mark.parametrize("gone", range(1, 12))
def test_an_edge_of_glass_is_shown_where_the_boards_end_and_only_there(
    terrace: NodePath, gone: int
) -> None:
    drive(terrace, "glass", (gone - 0.5) / 12)
    shown = {node.getName() for node in terrace.findAllMatches("seam*") if not node.isHidden()}
    assert shown == {f"seam{gone}"}
    north = terrace.find(f"boards{gone}").getTightBounds()[1].getY()
    assert terrace.find(f"seam{gone}").getTightBounds()[0].getY() == pytest.approx(north, abs=0.01)


def test_a_pigeon_s_beat_ends_where_it_began() -> None:
    bird = ready(built("animals/pigeon"), "animals/pigeon")
    wing = bird.find("wing")
    turns = []
    for part in (0.0, 0.25, 0.5, 1.0):
        drive(bird, "flap", part)
        turns.append(wing.getR())
    assert turns[0] == pytest.approx(turns[3])
    assert abs(turns[2] - turns[0]) > 60.0


def test_a_perched_pigeon_folds_its_wings_and_shows_its_legs() -> None:
    bird = ready(built("animals/pigeon"), "animals/pigeon")
    drive(bird, "fold", 1.0)
    assert bird.find("wing").isHidden() and not bird.find("legs").isHidden()
    drive(bird, "fold", 0.0)
    assert not bird.find("wing").isHidden() and bird.find("legs").isHidden()


def test_an_unknown_material_is_answered_with_the_nearest() -> None:
    with pytest.raises(KeyError, match='nearest is "concrete"'):
        dress(NodePath("box"), "concret")


def test_the_command_writes_a_model_that_can_be_read(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "flag.bam"
    assert main(["city/flag", str(out)]) == 0
    options = LoaderOptions(LoaderOptions.LFNoCache)
    node = Loader.getGlobalPtr().loadSync(Filename.fromOsSpecific(str(out)), options)
    assert node is not None
    flag = ready(NodePath(node), "city/flag")
    assert triangles(flag) > 100


def test_the_command_says_when_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file where a folder should be", encoding="utf-8")
    assert main(["city/flag", str(taken / "flag.bam")]) == 3
    assert "could not be written" in capsys.readouterr().err


def test_faces_look_where_their_corners_run_anticlockwise() -> None:
    mesh = Mesh()
    mesh.add([[(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)]])
    assert mesh.packed()["n"][0, 0].tolist() == [0.0, 0.0, 1.0]
    mesh = Mesh()
    mesh.box((-1, -1, 0), (1, 1, 2), bottom=True)
    rows = mesh.packed()
    outwards = rows["v"].mean(axis=1) - np.asarray([0, 0, 1])
    assert ((rows["n"][:, 0] * outwards).sum(axis=1) > 0.9).all()


def test_a_vertex_that_faces_share_is_kept_once_and_all_faces_are_drawn_as_they_were() -> None:
    mesh = Mesh()
    corners, normals = ball((0, 0, 0), 1.0, 12, 8)
    mesh.add(corners, normals=normals, uv=np.zeros((len(corners), 4, 2)))
    node = mesh.nodes("ball", "layered").find("**/+GeomNode").node()
    data = node.getGeom(0).getVertexData()
    faces = node.getGeom(0).getPrimitive(0).decompose()
    rows = np.frombuffer(bytes(data.getArray(0).getHandle().getData()), dtype=np.float32)
    places = rows.reshape(data.getNumRows(), -1)[:, :3]
    index = np.asarray([faces.getVertex(k) for k in range(faces.getNumVertices())])
    drawn = places[index].reshape(-1, 3, 3)
    wanted = corners[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3, 3)
    wide = np.cross(wanted[:, 1] - wanted[:, 0], wanted[:, 2] - wanted[:, 0])
    wanted = wanted[np.linalg.norm(wide, axis=1) > 1e-6]

    def area(triangles: np.ndarray) -> np.ndarray:
        out = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
        return np.asarray(np.linalg.norm(out, axis=1))

    assert data.getNumRows() < len(corners) * 4 / 2
    assert area(drawn).sum() == pytest.approx(area(wanted).sum(), rel=1e-5)
    assert len(drawn) >= len(wanted)
    first = {triangle.tobytes() for triangle in wanted}
    assert first <= {triangle.tobytes() for triangle in drawn}


def test_a_ball_is_seen_from_outside() -> None:
    corners, normals = ball((1, 2, 3), (1, 2, 1))
    flat = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    assert ((flat * normals.mean(axis=1)).sum(axis=1) > 0).all()


@pytest.mark.long
def test_the_district_keeps_its_budget_and_is_made_alike_twice(tmp_path: Path) -> None:
    first = built("city/district")
    assert triangles(first) <= MOST_TRIANGLES
    assert len(first.findAllMatches("**/+GeomNode")) <= MOST_PARTS
    make("city/district", tmp_path / "district.bam")
    assert vertices(first) == vertices(built("city/district"))


def test_a_tube_is_as_thick_in_its_bends_as_between_them() -> None:
    path = [(0, 0, 0), (0, 3, 0), (0.3, 3, 0), (0.3, 1, 0)]
    radius = 0.03
    faces, _ = tube(rounded(path, 0.1), radius, 12)
    centres = rounded(path, 0.1)
    for corner in faces.reshape(-1, 3):
        a, b = centres[:-1], centres[1:]
        t = np.clip(((corner - a) * (b - a)).sum(-1) / ((b - a) ** 2).sum(-1), 0.0, 1.0)
        away = np.linalg.norm(corner - (a + t[:, None] * (b - a)), axis=-1).min()
        assert 0.9 * radius < away < 1.01 * radius


def test_corners_too_near_for_their_arcs_are_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        rounded([(0, 0, 0), (0, 0.1, 0), (1, 0.1, 0)], 0.1)
