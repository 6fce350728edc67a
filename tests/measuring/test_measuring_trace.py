"""Whatever a scenario shows or plays is in the state that two walks are compared by."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vr_runtime.measuring.trace import Spread, Trace
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.world import World

NAMES = shipped()


def sign(world: World, words: str) -> object:
    """A sign, always at the same place."""
    return world.text({"fr": "Sortie", "en": words}, at=(0.0, 3.0, 1.0))


def box(world: World, material: str, size: float = 1.0) -> object:
    """A box, always at the same place."""
    return world.box((size, 1.0, 1.0), material=material, at=(0.0, 5.0, 0.0))


def instead(world: World, number: int, make: Callable[[], object], *, heard: bool = False) -> None:
    """Put another thing exactly where one stands, in the world and in the order of its things."""
    things: list = world.heard if heard else world.placed
    things[number].remove()
    make()
    things.insert(number, things.pop())


def lit_up(world: World) -> None:
    """Lightning in a scene that is seen: unseen there is none."""
    world.standing.seen = True
    world.lightning(0.5)


CHANGES: dict[str, Callable[[World], object]] = {
    "another box": lambda w: w.box((1, 1, 1), material="wood"),
    "a place": lambda w: setattr(w.placed[0], "at", (0.0, 0.0, 1e-6)),
    "a direction": lambda w: setattr(w.placed[0], "heading", 1e-6),
    "a size": lambda w: setattr(w.placed[0], "scale", (1.0, 1.0, 1.000001)),
    "what is seen": lambda w: setattr(w.placed[0], "visible", False),
    "a value of a model": lambda w: w.placed[1].set("flap", 0.5),
    "a lamp": lambda w: w.lamps()[0].set("light", 0.5),
    "a volume": lambda w: setattr(w.heard[0], "volume", 0.4),
    "a sound that stops": lambda w: w.heard[0].stop(),
    "wind": lambda w: w.wind(0.3),
    "clouds": lambda w: w.clouds(0.3),
    "daylight": lambda w: w.daylight(0.3),
    "rain": lambda w: w.rain(0.3),
    "lightning": lit_up,
    "darkness": lambda w: w.darken(0.3),
    "a fade": lambda w: w.fade(0.3),
    "where the patient stands": lambda w: w.standing.stand((0.0, 1.0, 0.0)),
    "where the patient looks": lambda w: w.standing.stand((0.0, 0.0, 0.0), heading=5.0),
    "what a new sign says": lambda w: instead(w, 2, lambda: sign(w, "Way in")),
    "what a new box is made of": lambda w: instead(w, 3, lambda: box(w, "steel")),
    "how large a new box is": lambda w: instead(w, 3, lambda: box(w, "wood", 1.001)),
    "which sound is heard": lambda w: instead(
        w, 0, lambda: w.sound("rain/heavy", loop=True, volume=0.5), heard=True
    ),
    "a mark": lambda w: w.mark("here"),
}


def traced(change: Callable[[World], object] | None) -> tuple[str, Spread]:
    """The last digest of a small stage, and its facts, with this change or none."""
    stage = NullStage(NAMES)
    world = stage.inner
    world.box((1, 1, 1), material="wood")
    world.model("animals/pigeon")
    sign(world, "Way out")
    box(world, "wood")
    world.lamp((0.0, 0.0, 2.0))
    world.sound("wind/steady", loop=True, volume=0.5)
    trace, spread = Trace(world), Spread()
    stage.tick(1.0 / 30.0)
    trace.take()
    if change is not None:
        change(world)
    stage.tick(1.0 / 30.0)
    trace.take()
    spread.take(trace.facts())
    return trace.digests[-1], spread


@pytest.mark.parametrize("what", CHANGES)
def test_each_change_of_the_stage_is_in_its_digest(what: str) -> None:
    assert traced(CHANGES[what])[0] != traced(None)[0]


@pytest.mark.parametrize("what", [w for w in CHANGES if w != "a mark"])
def test_each_change_of_the_stage_is_a_fact(what: str) -> None:
    assert traced(CHANGES[what])[1].differs(traced(None)[1])


def test_the_same_stage_gives_the_same_digest_and_facts() -> None:
    (one, first), (other, second) = traced(None), traced(None)
    assert one == other
    assert not first.differs(second)


def test_what_moves_by_itself_is_no_difference() -> None:
    one, other, away = Spread(), Spread(), Spread()
    for value in (0.1, 0.9):
        one.take({"wind": value})
    for value in (0.2, 0.7):
        other.take({"wind": value})
    for value in (1.2, 1.4):
        away.take({"wind": value})
    assert one.differs(other) == []
    assert one.differs(away) == ["wind"]
