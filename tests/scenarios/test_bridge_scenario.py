"""The bridge: its ladder only gets harder, nobody is moved by it, and its events clean up."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from scenarios.api import Context, Pose
from scenarios.builtin import heights_bridge
from scenarios.builtin.heights_bridge import ROPE, STEEL, STONE, Bridge
from vr_runtime.authoring.cli import main
from vr_runtime.engine.sightline import Head, quantised
from vr_runtime.stage.models.gorge import plan, rope, stone
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

DT = 1.0 / 30.0
MANIFEST = Bridge.manifest()
LEAST_SEEN = {
    "kind": 1,
    "height": 1.0,
    "place": 1.0,
    "rail": 0.02,
    "gap": 2.0,
    "wind": 0.3,
    "water": 4,
}
"""A change of a value that a patient notices."""


class Running:
    """The bridge on a stage without pictures, at one level."""

    def __init__(self, level: int, seed: int = 5, **apart: float) -> None:
        self.stage = NullStage(shipped())
        self.stage.speak_for(MANIFEST)
        self.values = {v.name: v.by_level[level] for v in MANIFEST.graded} | apart
        self.scenario = Bridge(Context(self.stage.world, Random(seed), self.values))
        with self.stage.owner("scene"):
            self.scenario.build()
        self.tick()
        self.stage.inner.standing.settle()
        self.stage.inner.standing.seen = True

    def tick(self) -> None:
        self.scenario.update(DT)
        self.stage.tick(DT)

    def play(self, name: str, seconds: float = 60.0) -> int:
        """Play an event as the engine does; the ticks it took."""
        with self.stage.owner(name):
            steps = self.scenario.events()[name].start(self.scenario)
            next(steps)
            for tick in range(1, round(seconds / DT)):
                self.tick()
                try:
                    steps.send(DT)
                except StopIteration:
                    return tick
        raise AssertionError(f"{name} never ends")

    def feet(self) -> tuple[float, float, float]:
        return self.stage.inner.standing.footing.at

    def seen(self, name: str) -> list[str]:
        """Which of the models that begin so are shown."""
        shown = [p.made_of for p in self.stage.inner.placed if p.visible]
        return sorted(m.removeprefix("model ") for m in shown if name in m)


def test_what_the_script_knows_of_its_models_is_what_they_are() -> None:
    assert heights_bridge.SPAN_M == plan.SPAN and heights_bridge.SAG_M == plan.SAG_M
    assert heights_bridge.SLOPES_DEEP_M == plan.MADE_DEEP["slopes"]
    height = MANIFEST.value("height")
    assert height is not None and height.high < plan.MADE_DEEP["cliffs"]
    assert heights_bridge.SHADOW_ASIDE == plan.SUN_ASIDE
    assert heights_bridge.HIGHEST_RAIL_M == stone.HIGHEST_RAIL_M
    assert heights_bridge.LEAST_GAP_CM == pytest.approx(100.0 * rope.LEAST_GAP_M)
    assert heights_bridge.MOST_GAP_CM == pytest.approx(100.0 * rope.MOST_GAP_M)
    for y in (0.0, 9.0, 22.0, 44.0):
        assert heights_bridge._deck(ROPE, y) == pytest.approx(float(plan.sag(y)))


def test_it_speaks_both_languages_at_every_level() -> None:
    for sentence in MANIFEST.levels:
        assert sentence.fr != sentence.en
        for text in (sentence.fr, sentence.en):
            assert text[0].isupper() and text.endswith(".")
    for texts in ([s.fr for s in MANIFEST.levels], [s.en for s in MANIFEST.levels]):
        assert len({" ".join(text.split()[:3]) for text in texts}) == len(texts)


@pytest.mark.parametrize("level", range(10))
def test_each_level_differs_noticeably_from_the_next(level: int) -> None:
    changed = [
        value.name
        for value in MANIFEST.graded
        if value.name in LEAST_SEEN
        and abs(value.by_level[level + 1] - value.by_level[level]) >= LEAST_SEEN[value.name]
    ]
    assert len(changed) >= 2


def test_level_0_is_the_same_place_seen_from_the_bank() -> None:
    bank, ropes = Running(0), Running(10)
    assert bank.feet()[1] < 0.0 < ropes.feet()[1]
    assert len(bank.stage.inner.placed) == len(ropes.stage.inner.placed)


@pytest.mark.parametrize("level", range(11))
def test_the_patient_stands_on_the_deck_of_the_one_bridge_that_is_there(level: int) -> None:
    running = Running(level)
    kind, height = running.values["kind"], running.values["height"]
    x, y, z = running.feet()
    assert (x, y) == (0.0, running.values["place"])
    sag = float(plan.sag(y)) if kind == ROPE and y > 0.0 else 0.0
    assert z == pytest.approx(height + sag, abs=0.01)
    shown = running.seen("gorge/")
    assert {"gorge/banks", "gorge/floor"} <= set(shown)
    assert [n for n in ("stone", "steel", "rope") if f"gorge/{n}" in shown] == [
        ("stone", "steel", "rope")[round(kind)]
    ]
    assert ("gorge/cliffs" in shown) == (kind >= STEEL) == ("gorge/slopes" not in shown)
    for placed in running.stage.inner.placed:
        if placed.visible and placed.made_of == "model gorge/slopes":
            foot = placed.at[2] - plan.MADE_DEEP["slopes"] * placed.scale[2]
            assert foot == pytest.approx(0.0), "its foot is below"
        if placed.visible and placed.made_of == "model gorge/cliffs":
            assert placed.at[2] < plan.MADE_DEEP["cliffs"], "they reach the ground"
            assert placed.scale == (1.0, 1.0, 1.0), "no bed of rock is stretched"


def test_one_kind_becomes_another_behind_a_fade_and_never_in_view() -> None:
    running = Running(6)
    running.values["kind"] = float(ROPE)
    running.scenario.update(DT)
    assert running.stage.inner.standing.waiting
    steel, ropes = (
        next(p for p in running.stage.inner.placed if p.made_of == f"model gorge/{name}")
        for name in ("steel", "rope")
    )
    for _ in range(60):
        if not running.stage.inner.standing.waiting:
            break
        assert steel.drawn(1.0).visible and not ropes.drawn(1.0).visible
        running.stage.tick(DT)
    assert running.stage.inner.standing.dark
    assert ropes.drawn(1.0).visible and not steel.drawn(1.0).visible
    assert not running.stage.news(), "nothing had to be held back for comfort"


@pytest.mark.parametrize("level", [2, 6, 10])
def test_no_wind_moves_the_patient(level: int) -> None:
    running = Running(level)
    before = running.feet()
    running.play("gust")
    assert running.feet() == before and not running.stage.inner.standing.waiting


def test_rails_and_gaps_stay_within_what_the_models_can_show() -> None:
    rail, gap = MANIFEST.value("rail"), MANIFEST.value("gap")
    assert rail is not None and 0.5 < rail.low and rail.high <= heights_bridge.HIGHEST_RAIL_M
    assert gap is not None and gap.low >= heights_bridge.LEAST_GAP_CM
    assert gap.high <= heights_bridge.MOST_GAP_CM


def test_it_grows_windier_and_the_water_louder_and_ropes_hum_where_there_are_any() -> None:
    def volumes(level: int) -> list[float]:
        return [heard.volume for heard in Running(level).stage.inner.heard]

    all_levels = [volumes(level) for level in range(11)]
    for before, after in pairwise(all_levels):
        assert all(b >= a for a, b in zip(before, after, strict=True))
    assert all_levels[3][2] == 0.0 < all_levels[4][2]


@pytest.mark.parametrize("name", [event.name for event in MANIFEST.events])
def test_every_event_ends_by_itself_and_leaves_nothing(name: str) -> None:
    running = Running(10)
    before = len(running.stage.inner.placed)
    assert running.play(name) * DT > 1.0
    running.stage.clear(name)
    assert len(running.stage.inner.placed) == before


def test_a_stone_falls_as_stones_do() -> None:
    running = Running(10)
    took = running.play("stone") * DT
    free = (2.0 * running.values["height"] / heights_bridge.GRAVITY_M_S2) ** 0.5
    assert took == pytest.approx(0.7 + free + 2.0, abs=0.25)


def looks(level: int, name: str, *, pitch: float, heading: float = 0.0) -> bool:
    running = Running(level)
    return running.stage.meets(name, quantised(Head(heading=heading, pitch=pitch)))


@pytest.mark.parametrize("level", range(11))
def test_what_tasks_ask_to_look_at_is_met_by_looking_there_alone(level: int) -> None:
    downwards = [pitch for pitch in range(-90, 95, 5) if looks(level, "below", pitch=pitch)]
    assert downwards and -90 in downwards and -60 in downwards and max(downwards) <= -35
    assert looks(level, "ahead", pitch=0.0) and not looks(level, "ahead", pitch=-35.0)
    assert looks(level, "behind", pitch=0.0, heading=180.0)
    assert not looks(level, "behind", pitch=0.0, heading=90.0)


def test_its_kinds_are_bound_to_where_such_bridges_are_built() -> None:
    told = {(i.when.value, i.when.limit, i.other.value) for i in MANIFEST.interlocks if i.when}
    assert (("kind", STONE, "height") in told) and (("gap", 5.0, "kind") in told)
    assert not MANIFEST.allowed_at("board", 6) and MANIFEST.allowed_at("board", 7)


def test_at_every_level_the_way_is_open_at_least_as_far_as_the_patient_is_put() -> None:
    place, reach = MANIFEST.value("place"), MANIFEST.value("reach")
    assert place is not None and reach is not None and MANIFEST.walk is not None
    assert all(p <= r for p, r in zip(place.by_level, reach.by_level, strict=True))
    assert MANIFEST.walk.marks[0] <= reach.low and max(MANIFEST.walk.marks) <= heights_bridge.SPAN_M


@pytest.mark.parametrize(
    ("spoken", "told"),
    [
        ("en", ["Going by oneself", "how far the way is open  (reach)", "marks: -4.5 m · 0.0 m"]),
        (
            "fr",
            [
                "Avancer par soi-même",
                "jusqu'où la voie est ouverte  (reach)",
                "-4,5 m · 0,0 m · 4,0 m",
            ],
        ),
    ],
)
def test_the_way_to_go_alone_is_told_with_the_rest(
    spoken: str, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "heights.bridge", "--lang", spoken]) == 0
    page = capsys.readouterr().out
    assert all(words in page for words in told)
    assert page.count("40.0 m" if spoken == "en" else "40,0 m") >= 2, "its last mark, and its reach"


def test_rings_lie_on_the_deck_and_are_seen_where_it_is_open() -> None:
    running = Running(10)
    running.stage.open_ways(frozenset({4, 5, 6, 7}))
    running.tick()
    rings = [p for p in running.stage.inner.placed if p.made_of == "model walk/ring"]
    assert len(rings) == len(Bridge.walk.marks)
    for mark, ring in zip(Bridge.walk.marks, rings, strict=True):
        deck = running.values["height"] + (float(plan.sag(mark)) if 0.0 <= mark else 0.0)
        assert ring.at[1] == mark and ring.at[2] == pytest.approx(deck, abs=0.01)
    assert [n for n, ring in enumerate(rings) if ring.visible] == [4, 5, 6, 7]


def test_the_task_to_go_on_ends_on_the_last_open_mark_alone() -> None:
    running = Running(2)
    gone: list[float | None] = [None]
    context = Context(running.stage.world, Random(1), running.values, walking=lambda: gone[0])
    running.scenario.context = context
    steps = running.scenario.tasks()["walk_on"].start(running.scenario)
    next(steps)
    for mark in (None, 4.0):
        gone[0] = mark
        for _ in range(400):
            steps.send(DT)
    gone[0] = 8.0
    with pytest.raises(StopIteration):
        for _ in range(200):
            steps.send(DT)


def test_the_task_to_go_on_is_done_by_whoever_really_walks_there() -> None:
    class Walker:
        pose = Pose()

        def meets(self, target: str) -> bool:
            return False

    running, walker = Running(1), Walker()
    running.scenario.context = Context(running.stage.world, Random(1), running.values, walker)
    steps = running.scenario.tasks()["walk_on"].start(running.scenario)
    next(steps)
    for ahead in (0.0, 1.2):
        walker.pose = Pose(at=(0.0, ahead, 1.6))
        for _ in range(200):
            steps.send(DT)
    walker.pose = Pose(at=(0.1, 1.8, 1.6))
    with pytest.raises(StopIteration):
        for _ in range(200):
            steps.send(DT)
