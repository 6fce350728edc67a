"""Hour, weather and what moves, as they are drawn: dusk, night, lamps, rain, water, shadows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from panda3d.core import (
    GeomEnums,
    GeomVertexAnimationSpec,
    GeomVertexArrayFormat,
    GeomVertexFormat,
    GeomVertexReader,
    GeomVertexWriter,
    InternalName,
    LMatrix4f,
    NodePath,
    SparseArray,
    TransformBlend,
    TransformBlendTable,
    UserVertexTransform,
)
from studio import Studio, share_that_changed

from vr_runtime.flash.governor import without_saturated_red
from vr_runtime.flash.light import light_of, redness
from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lighting import FAIR, Hour, Lit, Weather
from vr_runtime.stage.look.weather import CLEAR_DAY, at_hour, white_wall
from vr_runtime.stage.models.city.life import glow
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.boxes import box as plain_box

pytestmark = pytest.mark.render

RAIN = Hour(rain=1.0, wet=1.0)


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    opened = Studio()
    yield opened
    opened.engine.removeAllWindows()


def ground(studio: Studio, material: str = "asphalt") -> NodePath:
    node = studio.root.attachNewNode(plain_box((60.0, 60.0, 0.2)))
    node.setZ(-0.2)
    dress(node, material)
    return node


def test_light_goes_with_the_hour_and_never_comes_back_on_the_way_to_night() -> None:
    hours = [Hour(daylight=share / 50.0) for share in range(50, -1, -1)]
    bright = [at_hour(CLEAR_DAY, hour).bright() for hour in hours]
    assert all(later <= before + 1e-6 for before, later in pairwise(bright))
    assert bright[0] == 1.0 and bright[-1] < 0.12
    nights = [at_hour(CLEAR_DAY, hour).night for hour in hours]
    assert nights == sorted(nights) and (nights[0], nights[-1]) == (0.0, 1.0)
    assert at_hour(CLEAR_DAY, FAIR) == CLEAR_DAY


def test_no_hour_and_no_rain_has_light_of_a_saturated_red() -> None:
    for share in range(51):
        for rain in (0.0, 0.5, 1.0):
            told = at_hour(CLEAR_DAY, Hour(daylight=share / 50.0, rain=rain))
            for colour in (told.sun, told.zenith, told.horizon, told.ground, told.glow or told.sun):
                assert without_saturated_red(colour) == colour


def test_a_white_wall_grows_dark_with_the_hour_and_in_rain() -> None:
    walls = [white_wall(Hour(daylight=share / 50.0)) for share in range(50, -1, -1)]
    assert walls == sorted(walls, reverse=True)
    assert walls[0] > 0.8 and walls[-1] < 0.1
    assert white_wall(Hour(rain=1.0)) < walls[0] - 0.1


def test_a_lamp_of_a_saturated_red_shines_whitened(studio: Studio) -> None:
    weather = studio.begin(Weather(sky=False))
    ground(studio, "plain")
    weather.turn(Hour(daylight=0.0))
    weather.lamps([Lit((0.0, 0.0, 2.0), 5.0, (2.6, 0.0, 0.0), 1.0)])
    lit = studio.look((0, -6, 3), 0, -30)
    assert lit[..., 0].max() > 120 and redness(light_of(lit.astype(np.uint8)))[1].max() == 0.0


def test_noon_dusk_and_night_are_told_apart_and_all_are_seen(studio: Studio) -> None:
    weather = studio.begin()
    ground(studio)
    seen = []
    for share in (1.0, 0.5, 0.25, 0.0):
        weather.turn(Hour(daylight=share))
        seen.append(studio.look((0, 0, 1.6), 0, -5).mean())
    assert seen[0] > seen[1] + 5 > seen[2] + 20 > seen[3] + 40
    assert seen[3] > 4, "night is dark, not black"


def test_a_lamp_lights_what_is_near_it_and_nothing_beyond_its_reach(studio: Studio) -> None:
    weather = studio.begin(Weather(sky=False))
    ground(studio, "plain")
    weather.turn(Hour(daylight=0.0))
    dark = studio.look((0, -6, 3), 0, -30)
    weather.lamps([Lit((0.0, 0.0, 2.0), 5.0, (2.6, 1.9, 1.15), 1.0)])
    lit = studio.look((0, -6, 3), 0, -30)
    rise = (lit - dark).max(axis=2)
    assert rise.max() > 60
    far = np.abs(rise[10:24])
    assert np.median(far) == 0, "what lies beyond the reach stays as it was"
    weather.lamps([Lit((0.0, 0.0, 2.0), 5.0, (2.6, 1.9, 1.15), 0.5)])
    assert dark.mean() < studio.look((0, -6, 3), 0, -30).mean() < lit.mean()


def test_some_windows_are_lit_by_night_each_by_its_own_chance(studio: Studio) -> None:
    weather = studio.begin(Weather(sky=False))
    mesh = Mesh()
    wall = [(x, 6.0, z) for x, z in ((-12.8, 0.0), (12.8, 0.0), (12.8, 12.8), (-12.8, 12.8))]
    mesh.add([wall], picture="facade_plaster", uv=[[(0, 0), (2, 0), (2, 1), (0, 1)]])
    node = mesh.nodes("wall", "layered")
    dress(node, "layered")
    node.reparentTo(studio.root)
    weather.turn(Hour(daylight=0.3))
    early = studio.look((0, -4, 6), 0, 0)
    weather.turn(Hour(daylight=0.0))
    late = studio.look((0, -4, 6), 0, 0)
    assert 0.003 < float((late.max(axis=2) > 110).mean()) < 0.2
    assert (late.max(axis=2) > 110).sum() > (early.max(axis=2) > 190).sum()


def test_the_glow_of_a_lamp_is_seen_by_night_alone(studio: Studio) -> None:
    weather = studio.begin(Weather(sky=False))
    ground(studio, "black")
    mesh = Mesh()
    glow(mesh, (0.0, 8.0, 1.6), 0.4, (1.0, 0.8, 0.5))
    node = mesh.nodes("glow", "glow", moving=True)
    dress(node, "glow")
    node.reparentTo(studio.root)
    by_day = studio.look((0, 0, 1.6), 0, -4)
    node.hide()
    assert np.array_equal(by_day, studio.look((0, 0, 1.6), 0, -4))
    node.show()
    weather.turn(Hour(daylight=0.0))
    by_night = studio.look((0, 0, 1.6), 0, -4)
    node.hide()
    spot = (by_night - studio.look((0, 0, 1.6), 0, -4)).max(axis=2) > 60
    rows, columns = np.nonzero(spot)
    assert 2 <= spot.sum() < 400
    assert abs(columns.mean() - 80) < 4 and abs(rows.mean() - 38) < 6


def test_rain_falls_and_stands_still_with_time(studio: Studio) -> None:
    weather = studio.begin()
    ground(studio)
    wet = studio.look((0, 0, 1.6), 0, 5)
    weather.turn(Hour(rain=1.0))
    first = studio.look((0, 0, 1.6), 0, 5)
    assert np.array_equal(first, studio.look((0, 0, 1.6), 0, 5))
    weather.advance(0.1)
    second = studio.look((0, 0, 1.6), 0, 5)
    assert 0.004 < share_that_changed(first, second, by=4) < 0.6
    weather.turn(FAIR)
    assert studio.root.find("rain").isEmpty()
    assert np.abs(studio.look((0, 0, 1.6), 0, 5) - wet).mean() < 3


def test_more_rain_is_more_streaks(studio: Studio) -> None:
    weather = studio.begin()
    streaks = []
    for strength in (0.15, 1.0):
        weather.turn(Hour(rain=strength))
        weather.advance(0.03)
        one = studio.look((0, 0, 1.6), 0, 30)
        weather.advance(0.1)
        streaks.append(share_that_changed(one, studio.look((0, 0, 1.6), 0, 30), by=3))
    assert streaks[1] > 1.5 * streaks[0] > 0


def test_wet_ground_is_darker_below_and_mirrors_the_sky_far_away(studio: Studio) -> None:
    weather = studio.begin()
    ground(studio)
    dry = studio.look((0, 0, 1.6), 0, -20)
    weather.turn(Hour(wet=1.0))
    wet = studio.look((0, 0, 1.6), 0, -20)
    assert wet[70:].mean() < dry[70:].mean() - 5
    assert share_that_changed(dry, wet) > 0.4
    assert wet[30:60].std() > dry[30:60].std(), "puddles"


def water(studio: Studio, mirrors: float) -> None:
    mesh = Mesh()
    lake = [(x, y, 0.0) for x, y in ((-80, -5), (80, -5), (80, 160), (-80, 160))]
    mesh.add([lake], colour=(0.3, 0.4, 0.3), open_to_sky=mirrors)
    node = mesh.nodes("lake", "water")
    dress(node, "water")
    node.reparentTo(studio.root)


def test_water_mirrors_more_the_flatter_it_is_seen_and_its_waves_move(studio: Studio) -> None:
    weather = studio.begin()
    water(studio, 1.0)
    first = studio.look((0, 0, 1.6), 0, -12)
    sky, far, near = first[5].mean(), first[34].mean(), first[85].mean()
    assert far > near + 40 and abs(far - sky) < 60
    weather.wind(1.0)
    weather.advance(2.0)
    assert share_that_changed(first, studio.look((0, 0, 1.6), 0, -12), by=4) > 0.05


def test_painted_water_keeps_the_colours_it_was_given(studio: Studio) -> None:
    studio.begin(Weather(sky=False))
    water(studio, 0.0)
    shown = studio.look((0, 0, 1.6), 0, -20)[80].mean(axis=0)
    assert shown[1] > shown[0] + 5 and shown[1] > shown[2] + 5


def bar() -> tuple[NodePath, UserVertexTransform]:
    """An upright bar of 2 m whose upper half hangs on a joint at its middle."""
    node = plain_box((0.3, 0.3, 2.0))
    geom = node.modifyGeom(0)
    data = geom.modifyVertexData()
    array = GeomVertexArrayFormat()
    array.addColumn(
        InternalName.getTransformBlend(), 1, GeomEnums.NT_uint16, GeomEnums.C_index, 0, 2
    )
    form = GeomVertexFormat(data.getFormat())
    form.addArray(array)
    spec = GeomVertexAnimationSpec()
    spec.setPanda()
    form.setAnimation(spec)
    joint = UserVertexTransform("upper")
    joint.setMatrix(LMatrix4f.identMat())
    still = UserVertexTransform("lower")
    still.setMatrix(LMatrix4f.identMat())
    table = TransformBlendTable()
    below = table.addBlend(TransformBlend(still, 1.0))
    above = table.addBlend(TransformBlend(joint, 1.0))
    data.setFormat(GeomVertexFormat.registerFormat(form))
    table.setRows(SparseArray.lowerOn(data.getNumRows()))
    data.setTransformBlendTable(table)
    places = GeomVertexReader(data, "vertex")
    blends = GeomVertexWriter(data, InternalName.getTransformBlend())
    while not places.isAtEnd():
        blends.setData1i(above if places.getData3().z > 1.0 else below)
    return NodePath(node), joint


def test_what_bends_at_its_joints_is_bent_by_the_card(studio: Studio) -> None:
    studio.begin(Weather(sky=False))
    node, joint = bar()
    dress(node, "skin")
    node.setY(4)
    node.reparentTo(studio.root)
    straight = studio.look((0, 0, 1.0), 0, 0)
    body = (straight[:, :, 1] > 5).mean(axis=0)
    joint.setMatrix(LMatrix4f.translateMat(1.2, 0, 0))
    bent = studio.look((0, 0, 1.0), 0, 0)
    assert share_that_changed(straight, bent) > 0.02
    moved = np.nonzero(np.abs(bent - straight).max(axis=2) > 10)
    assert moved[1].max() > np.nonzero(body)[0].max() + 10, "its upper end went to the right"
    assert np.array_equal(straight[70:, 70:90], bent[70:, 70:90]), "its foot stands"
