"""Scanner and cellar: nobody is in the tube who does not lie, what shuts opens, nothing stays."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from random import Random

import pytest

from scenarios.api import Context, Scenario
from scenarios.api.pose import EYES_M
from scenarios.builtin.enclosed_scanner import scenario as enclosed_scanner
from scenarios.builtin.enclosed_scanner import sequences, table
from scenarios.builtin.enclosed_scanner.scenario import CLOSED, EYES_Z, LYING, Scanner
from scenarios.builtin.enclosed_tunnel_cellar import drops, passage
from scenarios.builtin.enclosed_tunnel_cellar import scenario as enclosed_tunnel_cellar
from scenarios.builtin.enclosed_tunnel_cellar.scenario import CELLAR, LOCKED, PASSAGE, TunnelCellar
from vr_runtime.engine.ports import DT
from vr_runtime.measuring.limits import MOST_DRAWS, MOST_TRIANGLES
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.models.cellar import plan as cellar_plan
from vr_runtime.stage.models.scanner import plan as scanner_plan
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

EVENTS = [(Scanner, name) for name in Scanner.events()]
EVENTS += [(TunnelCellar, name) for name in TunnelCellar.events()]


class Running:
    """A scenario on a stage without pictures, at one level."""

    def __init__(self, made: type[Scenario], level: int) -> None:
        manifest = made.manifest()
        self.stage = NullStage(shipped())
        self.stage.speak_for(manifest)
        self.values = {v.name: v.by_level[level] for v in manifest.graded}
        self.scene = made(Context(self.stage.world, Random(3), self.values))
        with self.stage.owner("scene"):
            self.scene.build()
        self.tick()

    def tick(self) -> None:
        self.scene.update(DT)
        self.stage.tick(DT)

    def pass_s(self, seconds: float) -> None:
        for _tick in range(round(seconds / DT)):
            self.tick()

    def begin(self, name: str):
        """An event under way, and how to let it go on for some seconds."""
        steps = type(self.scene).events()[name].start(self.scene)

        def go_on(seconds: float) -> bool:
            with self.stage.owner(name):
                for _tick in range(round(seconds / DT)):
                    self.tick()
                    try:
                        steps.send(DT)
                    except StopIteration:
                        return False
            return True

        with self.stage.owner(name):
            next(steps)
        return steps, go_on

    @property
    def eyes(self) -> tuple[float, float, float]:
        """Where the eyes of whoever lies are."""
        footing = self.stage.inner.standing.footing
        assert footing.lying
        x, y, z = footing.at
        return x, y, z + EYES_M

    def look(self) -> object:
        """All that stands and sounds, as it is asked for."""
        inner = self.stage.inner
        placed = [
            (p.made_of, p.at, p.heading, p.scale, p.visible, dict(p.values)) for p in inner.placed
        ]
        return placed, [round(s.volume, 4) for s in inner.heard]


@pytest.mark.parametrize("level", range(2, 11))
def test_who_lies_has_the_eyes_below_the_roof_and_above_the_table(level: int) -> None:
    running = Running(Scanner, level)
    x, y, z = running.eyes
    roof = scanner_plan.AXIS_Z + 0.005 * running.values["width"]
    assert x == 0.0 and scanner_plan.TABLE_TOP + 0.15 < z < roof - 0.15
    inside = running.values["depth"]
    assert y == (pytest.approx(-0.01 * inside) if inside else table.OUTSIDE_Y)


def test_the_head_goes_farther_in_from_level_to_level_and_the_coil_shuts_on_the_way() -> None:
    by_level = {v.name: v.by_level for v in Scanner.manifest().graded}
    assert list(by_level["depth"]) == sorted(by_level["depth"])
    assert len(set(by_level["depth"][2:])) == 9
    assert by_level["coil"].index(CLOSED) > by_level["place"].index(LYING)
    assert EYES_Z > scanner_plan.TABLE_TOP


def test_the_table_stays_outside_while_nobody_lies_on_it() -> None:
    running = Running(Scanner, 5)
    running.values["place"] = LYING - 1
    running.tick()
    couch = next(p for p in running.stage.inner.placed if p.made_of == "model scanner/couch")
    assert couch.at == (0.0, table.OUTSIDE_Y, 0.0)


def test_the_coil_slides_slowly_over_the_face_and_never_at_once() -> None:
    running = Running(Scanner, 5)
    running.values["coil"] = CLOSED
    coil = next(p for p in running.stage.inner.placed if p.made_of == "model scanner/coil")
    running.tick()
    assert 0.0 < coil.values["front"] < 0.05
    running.pass_s(11.0)
    assert coil.values["front"] == 1.0


def noise(running: Running) -> float:
    """How loud the loudest sequence is asked to be."""
    return max(s.volume for s in running.stage.inner.heard if s.made_of in sequences.NAMES)


def sounding(running: Running, seconds: float) -> list[tuple[float, float]]:
    """When sequences were heard in so many seconds, from their first sound to their last."""
    spans: list[tuple[float, float]] = []
    began: float | None = None
    for tick in range(round(seconds / DT)):
        running.tick()
        now = tick * DT
        if noise(running) > 0.0 and began is None:
            began = now
        if noise(running) == 0.0 and began is not None:
            spans.append((began, now))
            began = None
    return spans


@pytest.mark.parametrize("level", (4, 6, 8))
def test_sequences_take_turns_with_pauses_each_as_long_as_is_set(level: int) -> None:
    running = Running(Scanner, level)
    lasts = enclosed_scanner.LASTS_S[round(running.values["length"])]
    spans = sounding(running, 2.5 * (lasts + sequences.PAUSE_S))
    assert len(spans) >= 2 and spans[0][0] == pytest.approx(sequences.FIRST_S, abs=0.2)
    for began, ended in spans:
        assert ended - began == pytest.approx(lasts + sequences.ENDS_S, abs=0.2)
    for (_began, ended), (again, _ends) in pairwise(spans):
        assert again - ended == pytest.approx(sequences.PAUSE_S - sequences.ENDS_S, abs=0.2)


@pytest.mark.parametrize("level", range(4))
def test_no_sequence_runs_by_itself_before_level_four(level: int) -> None:
    assert sounding(Running(Scanner, level), 60.0) == []


def test_a_sequence_that_is_set_to_none_ends_within_a_second() -> None:
    running = Running(Scanner, 5)
    running.pass_s(8.0)
    assert noise(running) > 0.0
    running.values["sequence"] = sequences.SILENT
    running.pass_s(1.2)
    assert noise(running) == 0.0


@pytest.mark.parametrize("level", range(2, 11))
@pytest.mark.parametrize("name", ["begins", "still"])
def test_a_sequence_swells_lasts_and_ends_as_announced(name: str, level: int) -> None:
    running = Running(Scanner, level)
    running.pass_s(6.0)
    played = {**Scanner.events(), **Scanner.tasks()}[name]
    steps, told, heard, ended = played.start(running.scene), dict[str, float](), [], 0.0
    next(steps)
    for tick in range(round(90.0 / DT)):
        running.tick()
        for line in running.stage.said():
            told[line] = tick * DT
        heard.append(noise(running))
        try:
            steps.send(DT)
        except StopIteration:
            ended = tick * DT
            break
    announced, over = told[enclosed_scanner.SAID[round(running.values["length"])]], told["ended"]
    running.pass_s(2.0)
    assert noise(running) == 0.0, "nothing goes on once it is said to be over"
    loud = [tick * DT for tick, volume in enumerate(heard) if volume > 0.0 and tick * DT > 2.0]
    lasts = enclosed_scanner.LASTS_S[round(running.values["length"])]
    assert announced < loud[0] and loud[-1] - loud[0] == pytest.approx(
        lasts + sequences.ENDS_S, abs=0.3
    )
    assert loud[-1] <= over < ended
    rises = [b - a for a, b in pairwise(heard)]
    assert max(rises) <= DT / sequences.SWELLS_S + 1e-9


def test_who_keeps_still_while_an_event_runs_one_waits_for_the_end_of_that() -> None:
    running = Running(Scanner, 5)
    _steps, go_on = running.begin("begins")
    go_on(8.0)
    task = Scanner.tasks()["still"].start(running.scene)
    next(task)
    while go_on(1.0):
        task.send(DT)
    with pytest.raises(StopIteration):
        task.send(DT)


@pytest.mark.parametrize("level", range(11))
def test_the_ball_is_the_way_out_and_in_the_hand_of_whoever_lies(level: int) -> None:
    running = Running(Scanner, level)
    leaves = running.stage.inner.exit
    assert leaves is not None and leaves.thing.made_of == "model scanner/ball"
    assert (leaves.words.fr, leaves.words.en) == ("pressez la poire", "squeeze the ball")
    assert leaves.seen is (running.values["place"] == LYING)
    words = Scanner.lines["ball"]
    assert "pressez-la avec votre commande de sortie" in words["fr"]
    assert "squeeze it with your leave control" in words["en"]


def test_nobody_is_told_of_the_ball_in_their_hand_before_they_lie() -> None:
    told = Scanner.manifest()
    for name in ("way_out", "find_ball"):
        (rule,) = (each for each in told.interlocks if each.of == name)
        assert (rule.rule, rule.other) == ("requires", Scanner.place.at_least(LYING).spec())


@pytest.mark.parametrize("level", range(5, 11))
def test_the_bolt_is_across_where_the_door_is_locked(level: int) -> None:
    running = Running(TunnelCellar, level)
    running.pass_s(4.0)
    door = next(p for p in running.stage.inner.placed if p.made_of == "model cellar/door")
    assert running.values["place"] == CELLAR
    assert (door.values["bolt"] == 1.0) is (running.values["door"] == LOCKED)
    assert door.heading == enclosed_tunnel_cellar.SWUNG[round(running.values["door"])]


def test_the_passage_is_seen_to_narrow_ahead_and_the_more_so_from_level_to_level() -> None:
    wide = []
    for level in range(5):
        running = Running(TunnelCellar, level)
        assert running.values["place"] == PASSAGE
        near, rest = (p for p in running.stage.inner.placed if p.made_of == "model cellar/passage")
        (face,) = (p for p in running.stage.inner.placed if p.made_of == "model cellar/narrows")
        assert face.visible is rest.visible is (level >= 2)
        assert face.at[1] == rest.at[1] + passage.WALL_M > enclosed_tunnel_cellar.START_Y + 2.0
        assert face.scale == rest.scale and rest.scale[2] <= near.scale[2]
        wide.append(rest.scale[0] / near.scale[0])
    assert wide == sorted(wide, reverse=True) and wide[0] == 1.0 and wide[-1] < 0.65


@pytest.mark.parametrize("level", (0, 5, 10))
def test_as_many_drops_fall_as_the_value_says(level: int) -> None:
    running = Running(TunnelCellar, level)
    before = running.scene._water.fallen
    running.pass_s(120.0)
    fallen = running.scene._water.fallen - before
    assert fallen == pytest.approx(2.0 * running.values["drops"], abs=3)
    assert 60.0 / max(TunnelCellar.manifest().value("drops").by_level) > drops.ONE_S


def test_four_values_of_each_place_move_smoothly_and_have_a_unit() -> None:
    for made in (Scanner, TunnelCellar):
        smooth = [v for v in made.manifest().graded if v.kind == "points" and v.unit]
        assert len(smooth) >= 4 and all(v.rate > 0.0 for v in smooth), made.id


def test_a_light_that_fails_by_half_falls_by_half() -> None:
    running = Running(TunnelCellar, 4)
    running.pass_s(4.0)
    bright = [lamp.values["light"] for lamp in running.stage.inner.lamps()]
    _steps, go_on = running.begin("falters")
    darkest = list(bright)
    while go_on(DT):
        now = [lamp.values["light"] for lamp in running.stage.inner.lamps()]
        darkest = [min(a, b) for a, b in zip(darkest, now, strict=True)]
    strongest = max(range(len(bright)), key=lambda k: bright[k] if k < 4 else 0.0)
    assert darkest[strongest] == pytest.approx(0.5 * bright[strongest], abs=0.02)


def test_a_door_that_an_event_shuts_opens_again() -> None:
    running = Running(TunnelCellar, 5)
    door = next(p for p in running.stage.inner.placed if p.made_of == "model cellar/door")
    _steps, go_on = running.begin("shuts")
    go_on(6.0)
    assert door.heading == 0.0
    while go_on(1.0):
        pass
    running.pass_s(4.0)
    assert door.heading == enclosed_tunnel_cellar.SWUNG[0]


def test_a_light_that_is_back_leaves_the_door_shut_that_another_event_shuts() -> None:
    running = Running(TunnelCellar, 5)
    door = next(p for p in running.stage.inner.placed if p.made_of == "model cellar/door")
    _steps, light_on = running.begin("goes_out")
    light_on(8.0)
    _steps, door_on = running.begin("shuts")
    door_on(6.0)
    while light_on(DT):
        assert door.heading == 0.0
    running.pass_s(2.0)
    assert door.heading == 0.0
    while door_on(1.0):
        pass
    assert door.heading == enclosed_tunnel_cellar.SWUNG[0]


def test_a_key_that_has_turned_leaves_the_light_out_that_another_event_takes() -> None:
    running = Running(TunnelCellar, 8)
    _steps, key_on = running.begin("key")
    key_on(12.0)
    _steps, light_on = running.begin("goes_out")
    light_on(6.0)
    dark = max(lamp.values["light"] for lamp in running.stage.inner.lamps()[:-2])
    while key_on(DT):
        pass
    running.pass_s(1.0)
    assert max(lamp.values["light"] for lamp in running.stage.inner.lamps()[:-2]) <= dark


@pytest.mark.parametrize(("made", "name"), EVENTS)
def test_leaving_in_the_middle_of_an_event_puts_all_back(made: type[Scenario], name: str) -> None:
    running, fresh = Running(made, 0), Running(made, 0)
    steps, go_on = running.begin(name)
    go_on(7.0)
    steps.close()
    running.stage.clear(name)
    for each in (running, fresh):
        each.scene.safe()
        each.scene.update(0.0)
    assert running.look() == fresh.look()


def test_what_scenes_reckon_with_is_how_the_models_are_made() -> None:
    assert scanner_plan.AXIS_Z == enclosed_scanner.AXIS_Z
    assert 200.0 * scanner_plan.TUBE_M == enclosed_scanner.TUBE_CM
    made = (100.0 * cellar_plan.WIDE, 100.0 * cellar_plan.HIGH)
    assert made == passage.MADE_CM
    assert 100.0 * cellar_plan.ROOM_WIDE == enclosed_tunnel_cellar.ROOM_CM
    assert cellar_plan.WALL_M == passage.WALL_M


@pytest.mark.parametrize(
    "names",
    [
        (
            "scanner/room",
            "scanner/tube",
            "scanner/couch",
            "scanner/patient",
            "scanner/coil",
            "scanner/ball",
        ),
        (
            *("cellar/passage",) * 2,
            "cellar/narrows",
            "cellar/exit",
            "cellar/wall",
            "cellar/room",
            "cellar/door",
            *("cellar/shelf",) * 3,
            "cellar/torch",
            "cellar/bulb",
        ),
    ],
)
def test_a_whole_place_may_be_drawn_in_time(names: tuple[str, ...]) -> None:
    triangles = draws = 0
    for name in names:
        node = import_module(MODELS[name].module).build()
        geoms = [g for p in node.findAllMatches("**/+GeomNode") for g in p.node().getGeoms()]
        triangles += sum(g.getPrimitive(0).getNumFaces() for g in geoms)
        draws += len(geoms)
    assert triangles <= MOST_TRIANGLES / 4 and draws <= MOST_DRAWS / 4
