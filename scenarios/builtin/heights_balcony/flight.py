"""Owns the ways of what flies and falls before the edge: a bird, a page, a ball."""

from __future__ import annotations

import math

from scenarios.api import Node, Steps, Vec

FLAPS_PER_S = 5.5
GRAVITY_M_S2 = 9.81
BALL_M, ROLLS_M_S = 0.1, 0.9
"""Half the width of a ball, and how fast it leaves the edge."""


def bow(way: tuple[Vec, Vec, Vec], part: float) -> Vec:
    """A point on the quadratic Bezier curve of three points."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = way
    a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return (a * ax + b * bx + c * cx, a * ay + b * by + c * cy, a * az + b * bz + c * cz)


def fly(bird: Node, way: tuple[Vec, Vec, Vec], seconds: float) -> Steps:
    """Along a bow from the first point past the second to the third, wings beating."""
    passed = 0.0
    while passed < seconds:
        passed += yield
        part = min(1.0, passed / seconds)
        here, ahead = bow(way, part), bow(way, part + 0.01)
        bird.at = here
        bird.heading = math.degrees(math.atan2(here[0] - ahead[0], ahead[1] - here[1]))
        bird.set("flap", passed * FLAPS_PER_S % 1.0)


def paper_at(start: Vec, passed: float) -> Vec:
    """Where the page is after so many seconds: lifted for one, then sinking ever faster."""
    rise = 0.55 * math.sin(math.pi * min(1.0, passed / 2.4))
    sunk = max(0.0, passed - 1.6)
    fall = 0.9 * sunk + 0.16 * sunk * sunk
    x = start[0] + 0.55 * passed + 0.55 * math.sin(1.3 * passed)
    y = start[1] + 0.5 * passed + 0.25 * math.sin(1.9 * passed)
    return (x, y, max(0.0, start[2] + rise - fall))


def falls(ball: Node, start: Vec) -> Steps:
    """A ball rolls off the edge and falls until it lies on the ground."""
    x, y, z = start
    lands = math.sqrt(max(0.0, 2.0 * (z - BALL_M) / GRAVITY_M_S2))
    passed = 0.0
    while passed < lands:
        passed = min(lands, passed + (yield))
        ball.at = (x, y + ROLLS_M_S * passed, z - 0.5 * GRAVITY_M_S2 * passed * passed)
        ball.pitch = -200.0 * passed
