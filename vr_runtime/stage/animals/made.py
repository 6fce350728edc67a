"""Owns what is checked before there is an animal; knows neither world nor renderer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scenarios.api.animals import Solid
from scenarios.api.errors import ScenarioError
from scenarios.api.stage import Vec
from vr_runtime.language import mark
from vr_runtime.stage.animals.animal import Animal
from vr_runtime.stage.animals.dog.dog import Dog
from vr_runtime.stage.animals.insect import Insect
from vr_runtime.stage.animals.kinds import KINDS, DogKind
from vr_runtime.stage.animals.surfaces import solid_boxes
from vr_runtime.stage.checked import TooMany, known
from vr_runtime.stage.models.animals.spider.plan import GRADES
from vr_runtime.stage.placed import Placed

MOST_ANIMALS = 60


def animal(
    kind: str,
    *,
    realism: int,
    size: float | None,
    at: Vec,
    heading: float,
    up: Vec,
    coat: str | None,
    ground: Sequence[Solid],
    number_made: int,
    among: Sequence[Animal],
    parent: Placed | None,
    owner: str,
    forget: Callable[[Placed], None],
) -> Animal:
    """An animal of a kind; raises `ScenarioError` for what it cannot be.

    `number_made` tells it from its like: what little it does by itself follows from it.
    """
    known("animal", kind, KINDS)
    if len(among) >= MOST_ANIMALS:
        raise TooMany("more than {n} animals; remove some", n=MOST_ANIMALS)
    made = KINDS[kind]
    if isinstance(made, DogKind):
        if realism != GRADES:
            raise ScenarioError(mark("this kind of animal has no grades of realism"))
        return Dog(
            made,
            kind,
            at=at,
            heading=heading,
            up=up,
            size=size,
            coat=coat,
            boxes=solid_boxes(ground),
            number_made=number_made,
            parent=parent,
            owner=owner,
            forget=forget,
        )
    if coat is not None:
        raise ScenarioError(mark("only dogs have a `coat`"))
    lives = Insect if made.flies else Animal
    return lives(
        made,
        kind,
        at=at,
        heading=heading,
        up=up,
        size=size,
        realism=realism,
        boxes=solid_boxes(ground),
        number_made=number_made,
        parent=parent,
        owner=owner,
        forget=forget,
    )
