"""Cars are whole, in proportion, smooth, and lit by night when somebody drives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from panda3d.core import NodePath
from studio import Studio

from vr_runtime.stage.look.chunks.coat import PANE
from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.weather import Hour
from vr_runtime.stage.models.city import kinds
from vr_runtime.stage.models.city.bodywork import ACROSS, COVERS, FAR, NEAR, Grade, shell
from vr_runtime.stage.models.city.fittings import Piece, extras, joints, lamps
from vr_runtime.stage.models.city.kinds import WHEEL_M, Kind
from vr_runtime.stage.models.city.vehicles import vehicle
from vr_runtime.stage.models.mesh import Array, Mesh

KINDS = {
    name: getattr(kinds, name) for name in ("HATCHBACK", "SALOON", "ESTATE", "TALL", "SMALL", "VAN")
}
GRADES = {"near": NEAR, "across": ACROSS, "far": FAR}
MOST = {"near": 4_500, "across": 1_700, "far": 250}
"""Triangles of one car."""
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
each_grade = pytest.mark.parametrize("grade", GRADES.values(), ids=GRADES)


def whole(kind: Kind, grade: Grade, *, drives: bool = False) -> Mesh:
    mesh = Mesh()
    vehicle(mesh, (0.0, 0.0, 0.0), 0.0, kind, (0.5, 0.5, 0.5), grade=grade, drives=drives)
    return mesh


def out_of(faces: Array, points: Array) -> Array:
    """How far each point lies before the plane of the face whose middle is nearest, in metres."""
    middles = faces.mean(axis=1)
    normals = np.cross(faces[:, 2] - faces[:, 0], faces[:, 3] - faces[:, 1])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    near = np.linalg.norm(points[:, None] - middles, axis=2).argmin(axis=1)
    return np.asarray(((points - middles[near]) * normals[near]).sum(axis=1))


def beside(faces: Array, points: Array) -> Array:
    """How far to the right the shell reaches at each point's y and z; nan where it is cut out."""
    corners = np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])
    a, b, c = (corners[corners[..., 0].min(axis=1) > 0.5].transpose(1, 0, 2)).astype(float)
    u, v = b - a, c - a
    area = u[:, 1] * v[:, 2] - u[:, 2] * v[:, 1]
    seen = np.abs(area) > 1e-7
    a, u, v, area = a[seen], u[seen], v[seen], area[seen]
    w = points[:, None] - a
    s = (w[..., 1] * v[:, 2] - w[..., 2] * v[:, 1]) / area
    t = (u[:, 1] * w[..., 2] - u[:, 2] * w[..., 1]) / area
    inside = (s > -1e-6) & (t > -1e-6) & (s + t < 1.0 + 1e-6)
    x = np.where(inside, a[:, 0] + s * u[:, 0] + t * v[:, 0], -np.inf).max(axis=1)
    return np.where(np.isfinite(x), x, np.nan)


@each_kind
def test_a_car_has_the_proportions_of_its_kind(kind: Kind) -> None:
    rows = whole(kind, NEAR).packed()["v"]
    long = np.ptp(rows[..., 1])
    base = kind.axles[1] - kind.axles[0]
    assert 3.2 < long < 4.8 and 0.55 < base / long < 0.66
    assert rows[..., 2].min() == pytest.approx(0.0, abs=0.02), "its wheels stand on the road"
    assert 1.35 < rows[..., 2].max() < 2.0
    over = kind.ends[1] - kind.axles[1], kind.axles[0] - kind.ends[0]
    assert min(over) > WHEEL_M + 0.15, "nose and tail reach past the wheels"


@each_kind
@pytest.mark.parametrize("name", GRADES)
def test_a_car_costs_no_more_than_its_grade_allows(kind: Kind, name: str) -> None:
    assert 2 * len(whole(kind, GRADES[name], drives=True)) <= MOST[name]


@each_kind
@each_grade
def test_the_shell_is_open_nowhere_but_along_its_sills(kind: Kind, grade: Grade) -> None:
    faces, _, _ = shell(kind, grade)
    places = np.round(faces * 5e3).astype(int)
    met: Counter[tuple[tuple[int, ...], ...]] = Counter()
    for face in places.tolist():
        corners = [tuple(corner) for corner in face]
        for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
            if a != b:
                met[min((a, b), (b, a))] += 1
    lone = np.asarray([edge for edge, times in met.items() if times == 1]) / 5e3
    # what closes the tail is cut into more faces than what it meets
    across = np.abs(np.diff(lone[..., 0], axis=1)[:, 0]) > 1e-3
    sides = lone[~across]
    assert sides[..., 2].max() < 2 * WHEEL_M + 0.12


@each_kind
@each_grade
def test_the_shading_of_the_shell_flows_but_follows_its_faces(kind: Kind, grade: Grade) -> None:
    faces, normals, covers = shell(kind, grade)
    flat = np.cross(faces[:, 2] - faces[:, 0], faces[:, 3] - faces[:, 1])
    flat /= np.linalg.norm(flat, axis=1, keepdims=True)
    assert np.linalg.norm(normals, axis=-1) == pytest.approx(1.0, abs=1e-4)
    assert ((normals * flat[:, None]).sum(axis=-1) > 0.2).all()
    roof = faces[..., 2].min(axis=1) > 1.28
    panes = covers > COVERS.index("post")
    for part in (roof, panes):
        if grade is not FAR:
            bent = np.abs(normals[part] - normals[part][:, :1]).max(axis=(1, 2))
            assert (bent > 1e-3).mean() > 0.5, "neither roof nor glass is made of flat faces"


def test_a_driver_never_stands_before_a_pane() -> None:
    for grade in GRADES.values():
        driven, empty = (whole(kinds.SALOON, grade, drives=d).packed() for d in (True, False))
        panes = [rows[rows["t"][:, 0, 2] > PANE - 0.01] for rows in (driven, empty)]
        assert np.array_equal(panes[0]["v"], panes[1]["v"]) and len(panes[0]) > 3
        assert not np.array_equal(panes[0]["c"], panes[1]["c"]), "the panes themselves show them"


@each_kind
def test_what_lies_on_the_shell_is_neither_in_it_nor_far_from_it(kind: Kind) -> None:
    faces, _, covers = shell(kind, NEAR)
    ahead = faces[covers == COVERS.index("ahead")]
    wipers = [p for p in extras(kind, NEAR) if p.sky == 0.8]
    assert len(wipers) == 2
    for piece in wipers:
        away = out_of(ahead, piece.faces.reshape(-1, 3))
        assert away.min() > 0.0 and away.max() < 0.06
    gaps = joints(kind, NEAR)[0].faces.reshape(-1, 3)
    right = gaps[gaps[:, 0] > 0.0]
    away = right[:, 0] - beside(faces, right)
    assert np.nanmin(away) > 0.001 and np.nanmax(away) < 0.02
    assert np.isfinite(away).mean() > 0.9


@each_kind
def test_lamps_are_seen_from_before_and_from_behind(kind: Kind) -> None:
    lit: list[Piece] = [piece for piece in lamps(kind, NEAR) if piece.finish == "lamp"]
    ways = {float(np.sign(piece.faces[..., 1].mean())) for piece in lit}
    assert ways == {-1.0, 1.0}
    for piece in lit:
        assert {-1.0, 1.0} == set(np.sign(piece.faces[..., 0].mean(axis=1)).tolist())


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    opened = Studio()
    yield opened
    opened.engine.removeAllWindows()


@pytest.mark.render
def test_by_night_the_lamps_of_a_car_shine_only_while_somebody_drives(studio: Studio) -> None:
    brightest = {}
    for drives in (True, False):
        weather = studio.begin()
        weather.turn(Hour(daylight=0.0))
        node = whole(kinds.HATCHBACK, NEAR, drives=drives).nodes("car", "vehicle")
        dress(node, "vehicle")
        NodePath(node).reparentTo(studio.root)
        shown = studio.look((0.0, 5.0, 1.0), 180, -6)
        brightest[drives] = float(shown[45:].max())
    assert brightest[True] > 200 > 1.5 * brightest[False]
