"""Owns the shelves of the evening room, and how books and small things share them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from vr_runtime.stage.panda.daylight import Box
from vr_runtime.stage.panda.resting import keepsakes
from vr_runtime.stage.panda.resting.books import Quads, Row, fill, pile
from vr_runtime.stage.panda.resting.evening_plan import BOOKCASE, BOOKS, SHELF, WALNUT
from vr_runtime.stage.panda.resting.foliage import Wide
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet

BACK = (0.66, 0.50, 0.37)
PLANKS = 8
"""Narrow boards in the back of a case."""


def _case(room: Furnisher, box: Box, floors: Wide, board: float) -> None:
    """Sides and floors of a case that is open to the south, with a back of narrow boards."""
    (x0, y0, _), (x1, y1, top) = box
    for x in (x0, x1 - board):
        room.block(((x, y0, 0.0), (x + board, y1, top)), "wood", WALNUT, 0.12)
    for z in floors:
        room.block(((x0 + board, y0 + 0.006, z), (x1 - board, y1, z + 0.022)), "wood", WALNUT, 0.12)
    room.block(((x0 - 0.02, y0 - 0.02, top), (x1 + 0.02, y1, top + 0.028)), "wood", WALNUT, 0.12)
    room.block(((x0 + board, y0 + 0.03, 0.0), (x1 - board, y0 + 0.045, floors[0])), "wood", WALNUT)
    wide = x1 - x0 - 2 * board
    for low, high in pairwise(floors):
        back = sheet((x0 + board, y1 - 0.02, low), (wide, 0, 0), (0, 0, high - low), wide / PLANKS)
        shade = 0.80 - 0.30 * np.clip((back[..., 2] - low) / (high - low) - 0.45, 0.0, 0.5)
        room.add(back, "plain", shade[..., None] * np.asarray(BACK))
    joints = Quads()
    tall = np.asarray((0.0, 0.0, top - floors[0]))
    for west in np.linspace(x0 + board, x1 - board, PLANKS + 1)[1:-1]:
        foot, thick = np.asarray((west, y1 - 0.0205, floors[0])), np.asarray((0.003, 0.0, 0.0))
        gap = [foot, foot + thick, foot + thick + tall, foot + tall]
        joints.add(gap, 0.6 * np.asarray(BACK), np.asarray((0.0, -1.0, 0.0)))
    joints.into(room)


def bookcase(room: Furnisher) -> None:
    """Add a tall bookcase on the wall ahead, with a few things between the books."""
    (x0, _, _), (x1, y1, top) = BOOKCASE
    floors = np.asarray((0.09, 0.50, 0.86, 1.21, 1.56, top - 0.01))
    _case(room, BOOKCASE, floors, 0.026)
    quads, random = Quads(), np.random.default_rng(31)
    along, out = np.asarray((1.0, 0.0, 0.0)), np.asarray((0.0, -1.0, 0.0))
    west, east, back = x0 + 0.035, x1 - 0.035, y1 - 0.03
    spans = (
        ((west, east - 0.02),),
        ((west, west + 0.50),),
        ((west, west + 0.30), (west + 0.56, east - 0.01)),
        ((west + 0.28, east - 0.01),),
        ((west, west + 0.42),),
    )
    for low, high, filled in zip(floors[:-1] + 0.022, floors[1:], spans, strict=True):
        on = Row(np.asarray((0.0, back, low)), along, out)
        for start, end in filled:
            fill(quads, on, start, end, high - low - 0.03, random)
    quads.into(room)
    shelf_at = floors + 0.022
    keepsakes.bowl(room, (east - 0.17, y1 - 0.16, shelf_at[1]), 0.115, (0.66, 0.70, 0.68))
    keepsakes.clock(room, (west + 0.43, y1 - 0.17, shelf_at[2]))
    pile(room, np.asarray((west + 0.01, y1 - 0.20, shelf_at[3])), (BOOKS[1], BOOKS[5], BOOKS[0]))
    keepsakes.photo(room, (east - 0.30, y1 - 0.12, shelf_at[4]))
    keepsakes.vase(room, (east - 0.075, y1 - 0.17, shelf_at[4]))


def shelf(room: Furnisher) -> None:
    """Add a low bookcase along the east wall, with books, and a bowl on it."""
    (x0, y0, _), (x1, y1, top) = SHELF
    boards = [((x0, y0, z), (x1, y1, z + 0.026)) for z in (0.05, 0.48, top - 0.03)] + [
        ((x0, y, 0.0), (x1, y + 0.026, top)) for y in (y0, (y0 + y1) / 2, y1 - 0.026)
    ]
    for board in boards:
        room.block(board, "wood", WALNUT)
    back = sheet((x1 - 0.02, y1, 0.0), (0, y0 - y1, 0), (0, 0, top), 0.2)
    room.add(back, "plain", 0.75 * np.asarray(BACK))
    quads, random = Quads(), np.random.default_rng(12)
    middle = (y0 + y1) / 2
    along, out = np.asarray((0.0, -1.0, 0.0)), np.asarray((-1.0, 0.0, 0.0))
    for low in (0.076, 0.506):
        for start, end in ((y0 + 0.04, middle - 0.03), (middle + 0.04, y1 - 0.04)):
            row = Row(np.asarray((x1 - 0.03, end, low)), along, out)
            fill(quads, row, 0.0, end - start - float(random.uniform(0.0, 0.2)), 0.33, random)
    quads.into(room)
    keepsakes.bowl(room, (x0 + 0.17, 0.95, top), 0.14, (0.62, 0.66, 0.66))
