"""Owns what stands below and around whoever is on a roof, or out over the street from it.

That is the taller tower, its roof with a parapet, and the ways that go out through a gap in it. It
knows neither levels nor events.
"""

from __future__ import annotations

from scenarios.api import Node, Stage, Vec

from .flight import BALL_M

BALCONY, ROOF, PLANK = 0, 1, 2
"""The places to stand, by their number in the choice."""
CONCRETE, GLASS, WOOD = 0, 1, 2
"""What one stands on out there, by its number in the choice: two broad walkways, a plank."""
TOWER_X, TOWER_W, TOWER_D, TOWER_H = 7.85, 22.0, 19.8, 215.0
"""Its middle, breadth, depth and height: it goes on below the ground where the roof is lower."""
STOREY_M = 3.0
BANDS = (*range(1, 25), *range(26, 72, 2))
"""Storeys below the top that have a band of concrete; far down every second one is enough."""
UPPER_STOREYS = 6
"""So many lie above a balcony on the taller tower."""
FLAT_M = 4.75
"""How far behind the balcony's edge the taller tower's front is: behind the wall of the flat."""
ROOF_M, PLANK_M = 0.03, 0.08
"""Height of gravel and of the upper face of what goes out, above the height of the floor."""
GAP_M, WALL_M, COPE_M = 1.2, 0.18, 0.04
"""Width of the opening in the parapet where the way goes out; thickness of the parapet and of the
slabs on it."""
OUT_LONG_M, OUT_Y, BROAD_M = 4.8, 0.9, 1.1
"""Length and middle of what goes out, and breadth of a walkway."""
THICK_M = (0.16, 0.03, 0.05)
"""How thick is what goes out."""
LEAST_PARAPET_M = 0.02
OUT_END_Y = 3.15
"""Where a bird sits on the end of what goes out."""
PERCH_X = 1.75
"""The inner rail of the terrace's right arm: a level gaze meets it at every level."""


def body_at(place: int, height: float) -> Vec:
    """Where the taller tower's foot is, below its roof or behind a balcony, in metres."""
    if place == BALCONY:
        return (TOWER_X, -TOWER_D / 2 - FLAT_M, height + UPPER_STOREYS * STOREY_M - TOWER_H)
    return (TOWER_X, -TOWER_D / 2, height - TOWER_H)


def perch(place: int, height: float, rail: float, side: float) -> Vec:
    """Where a bird sits now: the rail of the right arm, the parapet, or the end of what goes out.

    Args:
        place: where the patient is.
        height: of the floor, in metres.
        rail: height of rail or parapet, in metres.
        side: how far aside, in metres.
    """
    if place == PLANK:
        return (0.05, OUT_END_Y, height + ROOF_M + PLANK_M)
    if place == ROOF:
        return (side - 0.3, -0.15, height + ROOF_M + rail + 0.05)
    return (PERCH_X, side, height + rail + 0.02)


def edge(place: int, height: float, rail: float) -> Vec:
    """Where a ball lies: on the rail, on the parapet, or on the end of what goes out."""
    if place == PLANK:
        return (0.0, OUT_END_Y + BALL_M, height + ROOF_M + PLANK_M + BALL_M)
    if place == ROOF:
        return (0.25, -0.06, height + ROOF_M + rail + COPE_M + BALL_M)
    return (0.25, 0.02, height + rail + BALL_M)


class Rooftop:
    """The taller tower, its roof, and the ways out from it."""

    def __init__(self, stage: Stage) -> None:
        box = stage.box
        # at once where they are at level 0: ground that is moved before whoever stands is held back
        self.body = body = box(
            (TOWER_W, TOWER_D, TOWER_H), material="steel", at=body_at(BALCONY, 0.0)
        )
        for storey in BANDS:
            at = (0.0, 0.0, TOWER_H - STOREY_M * storey - 1.3)
            box((TOWER_W + 0.5, TOWER_D + 0.5, 1.3), material="concrete", at=at, parent=body)
        for number in range(12):
            at = (-10.5 + number * 21.0 / 11, TOWER_D / 2 + 0.15, 0.0)
            box((0.3, 0.3, TOWER_H), material="concrete", at=at, parent=body)
        # what stands on it: y runs from the edge, as for whoever stands there
        at = (TOWER_X, -TOWER_D / 2, 0.0)
        self.roof = roof = box((TOWER_W, TOWER_D, ROOF_M), material="gravel", at=at)
        self.parapet: list[tuple[Node, Node]] = []
        self._build_parapet(stage)
        house = box((5.0, 3.6, 2.7), material="plaster", at=(2.0, -6.0, ROOF_M), parent=roof)
        box((5.3, 3.9, 0.12), material="zinc", at=(0.0, 0.0, 2.7), parent=house)
        box((0.95, 0.05, 2.05), material="dark_metal", at=(-1.2, 1.8, 0.0), parent=house)
        for x, y in ((-4.0, -3.0), (6.5, 2.0)):
            box((1.2, 1.2, 0.9), material="zinc", at=(x, y, ROOF_M), parent=roof)
        broad = (_walkway(stage, "concrete", THICK_M[0]), _walkway(stage, "glass", THICK_M[1]))
        self.ways: tuple[Node, ...] = (*broad, _plank(stage))
        self._railed = -1.0

    def _build_parapet(self, stage: Stage) -> None:
        front, side = TOWER_D / 2 - WALL_M / 2, TOWER_W / 2 - WALL_M / 2
        west, east = -TOWER_X - GAP_M / 2, -TOWER_X + GAP_M / 2
        far = (TOWER_W / 2 + west, TOWER_W / 2 - east)
        walls = (
            ((far[0], WALL_M), (west - far[0] / 2, front)),
            ((far[1], WALL_M), (east + far[1] / 2, front)),
            ((WALL_M, TOWER_D - WALL_M), (-side, -WALL_M / 2)),
            ((WALL_M, TOWER_D - WALL_M), (side, -WALL_M / 2)),
            ((GAP_M, WALL_M), (-TOWER_X, front)),
        )
        for (broad, deep), (x, y) in walls:
            at, wide = (x, y, ROOF_M), deep + 0.04
            wall = stage.box((broad, deep, 1.0), material="concrete", at=at, parent=self.roof)
            at = (x, y, 1.0)
            cope = stage.box((broad, wide, COPE_M), material="concrete", at=at, parent=self.roof)
            self.parapet.append((wall, cope))

    def bring(
        self, place: int, height: float, rail: float, way: int, *, bent: float, taller: bool
    ) -> None:
        """Have all of it where the values say.

        Args:
            place: where the patient is.
            height: of the floor above the ground, in metres.
            rail: height of the parapet, in metres.
            way: what goes out over the street.
            bent: by how much it bends, in metres.
            taller: whether this tower is seen at all.
        """
        self.body.visible, self.body.at = taller, body_at(place, height)
        self.roof.visible = place != BALCONY
        self.roof.at = (TOWER_X, -TOWER_D / 2, height)
        for wall, cope in self.parapet if rail != self._railed else ():
            wall.scale = (1.0, 1.0, max(rail, LEAST_PARAPET_M))
            cope.at = (cope.at[0], cope.at[1], ROOF_M + rail)
        self._railed = rail
        for each in self.parapet[-1]:
            each.visible = place != PLANK
        for number, (each, thick) in enumerate(zip(self.ways, THICK_M, strict=True)):
            each.visible = place == PLANK and number == way
            each.at = (0.0, OUT_Y, height + ROOF_M + PLANK_M - thick - bent)


def _walkway(stage: Stage, material: str, thick: float) -> Node:
    """A slab as broad as the gap, on two beams."""
    box = stage.box
    way = box((OUT_LONG_M, BROAD_M, thick), material=material)
    way.heading = 90.0
    for across in (-0.47, 0.47):
        box((OUT_LONG_M, 0.07, 0.12), material="steel", at=(0.0, across, -0.12), parent=way)
    for along in (-OUT_LONG_M / 2 + 0.04, 0.0, OUT_LONG_M / 2 - 0.04):
        box((0.07, BROAD_M - 0.16, 0.08), material="steel", at=(along, 0.0, -0.09), parent=way)
    return way


def _plank(stage: Stage) -> Node:
    """A plank with two irons below it and a block that holds its end down."""
    box = stage.box
    plank = box((OUT_LONG_M, 0.40, 0.05), material="wood")
    plank.heading = 90.0  # its grain runs along it
    for across in (-0.12, 0.12):
        box((4.6, 0.05, 0.07), material="steel", at=(0.0, across, -0.07), parent=plank)
    box((0.5, 0.9, 0.35), material="concrete", at=(-2.1, 0.0, 0.05), parent=plank)
    return plank
