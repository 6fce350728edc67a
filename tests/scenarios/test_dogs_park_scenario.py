"""The park: as many dogs as said, as large as said; loose ones come where they were let loose."""

from __future__ import annotations

import math
from random import Random

import pytest

from scenarios.api import Context
from scenarios.builtin.dogs_park.plan import CLOSED, FREE, HOMES, LIES, TALL_M, WITHIN
from scenarios.builtin.dogs_park.scenario import Park
from vr_runtime.engine.ports import DT
from vr_runtime.stage.heard import Wanted
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

MANIFEST = Park.manifest()
BY_THE_PATIENT = ("look", "ears", "nearer", "stroke")
"""Tasks that only the patient's doing ends."""
PLAYED = [e.name for e in (*MANIFEST.events, *MANIFEST.tasks)]


class Running:
    """The park on a stage without pictures, at one level."""

    def __init__(self, level: int) -> None:
        self.stage = NullStage(shipped())
        self.stage.speak_for(MANIFEST)
        self.values = {v.name: v.by_level[level] for v in MANIFEST.graded}
        self.park = Park(Context(self.stage.world, Random(4), self.values))
        with self.stage.owner("scene"):
            self.park.build()
        self.tick()

    def tick(self) -> None:
        self.park.update(DT)
        self.stage.tick(DT)

    @property
    def feet(self):
        return (0.0, HOMES[round(self.values["fence"])][1] - self.values["distance"], 0.0)

    def seen(self):
        return [animal for animal in self.stage.inner.animals() if animal.visible]

    def play(self, name: str, seconds: float = 60.0) -> float:
        """Play an event or a task as the engine does; how near a dog comes to the feet."""
        played = {**Park.events(), **Park.tasks()}[name]
        nearest = math.inf
        with self.stage.owner(name):
            steps = played.start(self.park)
            next(steps)
            for _tick in range(round(seconds / DT)):
                self.tick()
                nearest = min(nearest, *(math.dist(a.at, self.feet) for a in self.seen()))
                try:
                    steps.send(DT)
                except StopIteration:
                    break
            else:
                raise AssertionError(f"{name} never ends")
        self.stage.clear(name)
        return nearest


@pytest.mark.parametrize("level", range(11))
def test_each_level_shows_as_many_dogs_as_it_says_of_the_size_it_says(level: int) -> None:
    running = Running(level)
    values, seen = running.values, running.seen()
    assert len(seen) == values["count"]
    first = min(seen, key=lambda dog: math.dist(dog.at, running.feet))
    assert first.size == TALL_M[round(values["size"])]
    assert math.dist(first.at, running.feet) == pytest.approx(values["distance"], abs=1e-6)
    if values["fence"] == CLOSED:
        assert running.feet[1] < -0.3 and all(dog.at[1] > 1.0 for dog in seen)


@pytest.mark.parametrize("level", [7, 9, 10])
def test_what_dogs_do_by_themselves_brings_none_nearer_than_the_distance(level: int) -> None:
    running = Running(level)
    for _tick in range(900):
        running.tick()
        nearest = min(math.dist(dog.at, running.feet) for dog in running.seen())
        assert nearest > running.values["distance"] - 0.05


@pytest.mark.parametrize("name", [n for n in PLAYED if n not in BY_THE_PATIENT])
def test_an_event_or_a_task_ends_with_the_park_as_it_was(name: str) -> None:
    running = Running(8)
    before, seen = len(running.stage.inner.placed), len(running.seen())
    nearest = running.play(name)
    assert nearest > 0.5
    assert len(running.stage.inner.placed) == before and len(running.seen()) == seen


def test_dogs_come_up_only_where_they_are_let_loose_in_the_meadow() -> None:
    for name in ("sniffs", "hand"):
        told = " ".join(repr(rule) for rule in MANIFEST.interlocks if name in repr(rule))
        assert f"'fence', side='at_least', limit={float(WITHIN)}" in told
        assert f"'leash', side='at_least', limit={float(FREE)}" in told


def bowed(running: Running) -> float:
    """How far the first dog's fore part is down."""
    first = min(running.seen(), key=lambda dog: math.dist(dog.at, running.feet))
    return first.dog_stance(1.0).bearing.bow


def played_by_ticks(running: Running, name: str, look) -> list[float]:
    """What `look` gives in each tick of an event."""
    seen = []
    with running.stage.owner(name):
        steps = Park.events()[name].start(running.park)
        next(steps)
        for _tick in range(round(30.0 / DT)):
            running.tick()
            seen.append(look(running))
            try:
                steps.send(DT)
            except StopIteration:
                break
    running.stage.clear(name)
    return seen


def test_an_invitation_to_play_is_a_bow_and_it_comes_no_nearer() -> None:
    running = Running(7)
    at = min(running.seen(), key=lambda dog: math.dist(dog.at, running.feet)).at
    assert max(played_by_ticks(running, "bows", bowed)) > 0.9
    assert min(running.seen(), key=lambda dog: math.dist(dog.at, running.feet)).at == at


def test_a_dog_that_lies_gets_up_on_its_place_and_lies_down_again() -> None:
    running = Running(1)

    def lies(run: Running) -> float:
        return run.seen()[0].dog_stance(1.0).bearing.lie

    def settles() -> None:
        for _tick in range(120):
            running.tick()
        assert lies(running) > 0.9

    settles()
    at = running.seen()[0].at
    assert min(played_by_ticks(running, "gets_up", lies)) < 0.1
    settles()
    assert running.seen()[0].at == at


def asked_to_play(running: Running, name: str) -> bool:
    sounds = [heard for heard in running.stage.inner.heard if name in heard.made_of]
    assert sounds
    return any(Wanted.PLAY in heard.wanted for heard in sounds)


def test_only_a_dog_that_is_tied_whines() -> None:
    told = [repr(rule) for rule in MANIFEST.interlocks if "whines" in repr(rule)]
    assert any("'leash', side='at_most'" in rule for rule in told)
    for level, whines in ((7, True), (8, False)):
        running = Running(level)
        ever = False
        for _tick in range(2400):
            running.tick()
            ever = ever or asked_to_play(running, "dogs/whine")
        assert ever is whines


def _voices(running: Running) -> list[float]:
    named = ("dogs/bark_small", "dogs/bark_medium", "dogs/bark_large", "dogs/whine")
    return [h.volume for h in running.stage.inner.heard if h.made_of in named]


def test_voice_and_breath_are_as_loud_as_they_are_set() -> None:
    running = Running(10)
    assert _voices(running) == [1.0] * 4
    pant = next(h for h in running.stage.inner.heard if h.made_of == "dogs/pant")
    running.values.update(voice=35.0, breath=100.0, behaviour=3.0)
    running.tick()
    assert _voices(running) == pytest.approx([0.35] * 4)
    loud = pant.volume
    running.values["breath"] = 20.0
    running.tick()
    assert pant.volume == pytest.approx(0.2 * loud) and loud > 0.0


def test_a_dog_that_roams_less_stays_nearer_to_its_place() -> None:
    def strays(roams: float) -> float:
        running = Running(8)
        running.values["roams"] = roams
        home = HOMES[round(running.values["fence"])]
        farthest = 0.0
        for _tick in range(1800):
            running.tick()
            first = next(a for a in running.seen() if a.size == TALL_M[2])
            farthest = max(farthest, abs(first.at[0] - home[0]))
        return farthest

    assert strays(0.0) < 0.15 < strays(100.0)


def at_level(running: Running, level: int) -> None:
    """Another level, as the engine applies it."""
    running.values.update({v.name: v.by_level[level] for v in MANIFEST.graded})


def led(running: Running, name: str, seconds: float):
    """An event or a task, led for so long."""
    steps = {**Park.events(), **Park.tasks()}[name].start(running.park)
    next(steps)
    assert goes_on(running, steps, seconds)
    return steps


def goes_on(running: Running, steps, seconds: float) -> bool:
    """Whether it is under way still after so long."""
    for _tick in range(round(seconds / DT)):
        running.tick()
        try:
            steps.send(DT)
        except StopIteration:
            return False
    return True


@pytest.mark.parametrize(("name", "level", "after_s"), [("gets_up", 3, 3.0), ("bows", 7, 1.5)])
def test_what_a_dog_does_ends_where_another_size_of_dog_takes_its_place(
    name: str, level: int, after_s: float
) -> None:
    running = Running(level)
    steps = led(running, name, after_s)
    at_level(running, level - 1)
    assert not goes_on(running, steps, 0.1)
    assert running.park._led == 0
    (seen,) = running.seen()
    assert seen.size == TALL_M[round(running.values["size"])]
    assert seen.values["lie"] == float(running.values["behaviour"] <= LIES)


def test_the_dog_that_took_the_place_of_a_led_one_does_things_by_itself() -> None:
    running = Running(7)
    steps = led(running, "bows", 1.5)
    running.values["size"] = 1.0
    assert not goes_on(running, steps, 0.1)
    bows = []
    for _tick in range(1800):
        running.tick()
        bows.append(bowed(running))
    assert max(bows) > 0.9


def test_a_led_dog_is_before_the_patient_who_is_put_elsewhere() -> None:
    running = Running(6)
    steps = led(running, "bows", 1.5)
    at_level(running, 5)
    assert not goes_on(running, steps, 0.1)
    (seen,) = running.seen()
    assert math.dist(seen.at, running.feet) == pytest.approx(running.values["distance"])


def test_a_dog_that_is_led_twice_is_led_until_the_later_end() -> None:
    running = Running(8)
    shakes, barks = led(running, "shakes", 0.1), led(running, "barks", 0.1)
    assert not goes_on(running, barks, 5.0)
    assert running.park._led == 1
    assert not goes_on(running, shakes, 8.0)
    assert running.park._led == 0
