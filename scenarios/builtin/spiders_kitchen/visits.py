"""Owns the ways of spiders that an event leads: the first one's run, and those who only visit."""

from __future__ import annotations

from scenarios.api import Animal, Steps

from .table import AWAY, FRIDGE, MIDDLE, TABLE_EDGE_Y, TOP_Z, TOWARDS


def runs(spider: Animal, side: float, pace: float) -> Steps:
    """To a `side`, -1 left or 1 right, and after a while back to the middle; `pace` in m/s."""
    yield from spider.run_to((side * 0.42, 0.66, TOP_Z))
    yield from spider.stay(3.0)
    yield from spider.walk_to(MIDDLE, speed=pace)


def climbs(another: Animal, pace: float) -> Steps:
    """From the floor up the near left leg, over the table, down its far side; `pace` in m/s."""
    yield from another.walk_to((-0.67, TABLE_EDGE_Y, 0.40), up=TOWARDS, speed=pace)
    yield from another.walk_to((-0.60, 0.60, TOP_Z), speed=pace)
    yield from another.stay(1.5)
    yield from another.walk_to((-0.30, 1.25, 0.735), up=AWAY, speed=pace)
    yield from another.walk_to((-0.30, 1.20, 0.72), up=(0.0, 0.0, -1.0), speed=pace)


def crosses(another: Animal, pace: float) -> Steps:
    """From below the right edge over the table to below the left one; `pace` in m/s."""
    yield from another.walk_to((0.70, 0.70, 0.735), up=(1.0, 0.0, 0.0), speed=pace)
    yield from another.walk_to((0.24, 0.60, TOP_Z), speed=pace)
    yield from another.stay(1.0)
    yield from another.walk_to((-0.56, 0.72, TOP_Z), speed=pace)
    yield from another.walk_to((-0.70, 0.72, 0.735), up=(-1.0, 0.0, 0.0), speed=pace)
    yield from another.walk_to((-0.66, 0.72, 0.72), up=(0.0, 0.0, -1.0), speed=pace)


def drops(another: Animal) -> Steps:
    """Out of the shade of the lamp, down over the table, and up again."""
    yield from another.hang_to((0.05, 0.92, 1.12), speed=0.22)
    yield from another.stay(4.0)
    yield from another.hang_to((0.05, 0.92, 1.86), speed=0.20)


def from_fridge(another: Animal) -> Steps:
    """It runs out on the floor at the right, waits, and goes back."""
    x, y, _z = FRIDGE
    yield from another.run_to((x - 0.15, y - 0.45, 0.0))
    yield from another.stay(2.5)
    yield from another.run_to((x - 0.40, y - 0.75, 0.0))
    yield from another.stay(2.5)
    yield from another.run_to((x, y + 0.35, 0.0))
