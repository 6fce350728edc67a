"""Owns the street below the balcony: where what is looked at lies in it, and who stops there."""

from __future__ import annotations

import math

from scenarios.api import Stage, Steps, Vec

FLAGS: tuple[Vec, ...] = ((-23.0, 26.5, 8.6), (-29.0, 26.5, 8.6))
"""On the house across the avenue, to the left: they show the wind and are near nobody."""
MIDDLE_OF_AVENUE_Y, ROAD_Z = 12.4, -0.17
"""Between the two ways of the avenue: an ambulance keeps to it."""
ALONG_AVENUE_X, STREET_RADIUS_M = (-40.0, -20.0, 0.0, 20.0, 40.0), 5.0
"""Stretches of the avenue that count as looked at: ahead and below, and not under the chin; from
the second floor a level gaze meets none of them."""
STREET_AHEAD_X, AHEAD = -12.0, (0.6, 1.0, 1.7)
"""The street that leads away counts too where the avenue lies straight below: so many heights away.
"""
HIGH_M = 66.0
"""From here on what stands in the avenue is hidden by the edge, and one stops in the other street.
"""
ROOFS_Y, ROOFS_RADIUS_M = 120.0, 20.0
"""What is far away, at the height of the eyes."""
EAR_M = 1.6
PASSES_FROM_X, PASSES_S = -160.0, 14.0
COMES_FROM_M, COMES_S = 90.0, 8.0
LEAST_FOUND_M, MOST_FOUND_M, FOUND_PART = 2.5, 20.0, 0.07
"""How near a vehicle is looked at: a part of how far away it is, at least and at most so much."""


def passes(stage: Stage) -> Steps:
    """An ambulance passes along the avenue with its siren on, from left to right."""
    start: Vec = (PASSES_FROM_X, MIDDLE_OF_AVENUE_Y, ROAD_Z)
    ambulance = stage.model("city/ambulance", at=start, heading=-90.0)
    stage.sound("street/siren", parent=ambulance, at=(0.0, 0.0, 1.2)).play()
    passed = 0.0
    while passed < PASSES_S:
        passed += yield
        x = PASSES_FROM_X * (1.0 - 2.0 * passed / PASSES_S)
        ambulance.at = (x, MIDDLE_OF_AVENUE_Y, ROAD_Z)


def stops(stage: Stage, height: float, part: float) -> Steps:
    """An ambulance comes without its siren, stands, and is there to be looked at.

    Args:
        stage: where.
        height: of who looks for it, in metres.
        part: 0 to 1, where it stands of where it may.
    """
    if height >= HIGH_M:
        stop: Vec = (STREET_AHEAD_X, (1.0 + 0.25 * part) * height, ROAD_Z)
        start: Vec = (stop[0], stop[1] + COMES_FROM_M, ROAD_Z)
        heading = 180.0
    else:
        stop = (16.0 * part - 8.0, MIDDLE_OF_AVENUE_Y, ROAD_Z)
        start, heading = (stop[0] - COMES_FROM_M, stop[1], ROAD_Z), -90.0
    ambulance = stage.model("city/ambulance", at=start, heading=heading)
    away = math.dist(stop, (0.0, 0.0, height + EAR_M))
    seen = min(MOST_FOUND_M, max(LEAST_FOUND_M, FOUND_PART * away))
    stage.target("ambulance", at=(0.0, 0.0, 1.2), radius=seen, parent=ambulance)
    passed = 0.0
    while passed < COMES_S:
        passed += yield
        left = (1.0 - min(1.0, passed / COMES_S)) ** 2
        x, y, z = (b + (a - b) * left for a, b in zip(start, stop, strict=True))
        ambulance.at = (x, y, z)
