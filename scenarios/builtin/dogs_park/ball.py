"""Owns the ways of the ball, and of the dog that goes for it; knows no level."""

from __future__ import annotations

from scenarios.api import Animal, Node, Stage, Steps, Vec


def rolls(stage: Stage, dog: Animal, home: Vec, end: Vec, for_it: Vec | None) -> Steps:
    """It rolls from beside the dog to `end`; a dog that may goes `for_it` and takes it up."""
    rolled = stage.model("park/ball", at=(home[0] - 1.6, home[1] + 1.2, 0.0))
    yield from rolled.glide_to(end, seconds=2.8)
    dog.gaze_at(end)
    if for_it is None:
        yield from dog.stay(4.0)
        return
    yield from dog.walk_to(for_it, speed=1.0)
    yield from dog.act("sniff", seconds=2.0)
    rolled.visible = False


def flies(stage: Stage, thrown: Node, dog: Animal, home: Vec, *, free: bool) -> Steps:
    """It flies past the dog; a dog that is free runs after it and brings it home."""
    for x, y, z, seconds in ((1.4, 2.0, 1.9, 0.6), (2.4, 6.0, 0.0, 0.7), (2.7, 8.5, 0.0, 1.1)):
        yield from thrown.glide_to((x, home[1] + y, z), seconds=seconds)
    if not free:
        yield from dog.stay(3.0)
        return
    stage.sound("dogs/paws", parent=dog, at=(0.0, 0.0, 0.1)).play()
    yield from dog.run_to((2.6, home[1] + 7.8, 0.0), speed=3.2)
    yield from dog.act("sniff", seconds=1.4)
    thrown.visible = False
    yield from dog.run_to(home, speed=2.0)
