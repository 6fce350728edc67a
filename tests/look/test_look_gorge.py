"""The gorge as the patient sees it: no holes, what is open lets the depth be seen, ropes sway."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from panda3d.core import NodePath
from places_studio import NOTHING, Picture, PlacesStudio

from scenarios.builtin.heights_bridge import (
    HIGHEST_RAIL_M,
    LEAST_GAP_CM,
    MOST_GAP_CM,
    SLOPES_DEEP_M,
    STONE,
    Bridge,
    _deck,
)
from vr_runtime.display.eyes import EYE_M
from vr_runtime.stage.models.driven import drive

pytestmark = pytest.mark.render

NAMES = ("banks", "floor", "talus", "slopes", "cliffs", "arches", "stone", "steel", "rope")
BRIDGES = ("stone", "steel", "rope")
MOST_TRIANGLES = 430_000
MOST_PIECES = 140
"""Of all that stands at one level, in sight or not; what events bring comes on top."""


class Gorge(PlacesStudio):
    """The whole place, shown as the scenario shows it at a level."""

    def __init__(self) -> None:
        super().__init__((192, 108))
        self.parts = {name: self.add(f"gorge/{name}") for name in NAMES}

    def at(self, level: int, heading: float, pitch: float, **apart: float) -> Picture:
        told = {v.name: v.by_level[level] for v in Bridge.manifest().graded} | apart
        kind, height = round(told["kind"]), told["height"]
        for name, node in self.parts.items():
            node.setZ(0.0 if name in ("floor", "talus") else height)
            node.show()
        stone = kind == STONE
        for name in ("slopes", "arches"):
            self.parts[name].setSz(height / SLOPES_DEEP_M)
        hidden = {"cliffs", "talus"} if stone else {"slopes", "arches"}
        for name in hidden | (set(BRIDGES) - {BRIDGES[kind]}):
            self.parts[name].hide()
        drive(self.parts[BRIDGES[kind]], "rail", told["rail"] / HIGHEST_RAIL_M)
        gaps = (told["gap"] - LEAST_GAP_CM) / (MOST_GAP_CM - LEAST_GAP_CM)
        drive(self.parts["rope"], "gaps", gaps)
        feet = height + _deck(kind, told["place"])
        return self.look((0.0, told["place"], feet + EYE_M), heading, pitch)

    def through(self, level: int, **apart: float) -> float:
        """Share of the picture, straight down, in which the bottom of the gorge is seen."""
        with_it = self.at(level, 0, -89, **apart)
        for name in ("floor", "talus"):
            self.parts[name].setZ(-400.0)
        without = self.look(self.camera.getPos(), 0, -89)
        return float((np.abs(with_it - without).max(axis=2) > 8).mean())


@pytest.fixture(scope="module")
def gorge() -> Iterator[Gorge]:
    opened = Gorge()
    yield opened
    opened.close()


def triangles(root: NodePath) -> int:
    return sum(
        geom.getPrimitive(0).getNumFaces()
        for path in root.findAllMatches("**/+GeomNode")
        for geom in path.node().getGeoms()
    )


def test_what_is_drawn_at_once_stays_within_the_budget_of_a_place(gorge: Gorge) -> None:
    whole = {name: triangles(node) for name, node in gorge.parts.items()}
    pieces = {name: len(node.findAllMatches("**/+GeomNode")) for name, node in gorge.parts.items()}
    deep = ("banks", "floor", "talus", "cliffs", "rope")
    shown = sum(whole[name] for name in deep)
    assert shown < MOST_TRIANGLES
    assert whole["slopes"] + whole["arches"] + whole["stone"] < whole["cliffs"] + whole["rope"]
    assert sum(pieces[name] for name in deep) < MOST_PIECES


@pytest.mark.parametrize("level", [0, 3, 4, 6, 7, 10])
@pytest.mark.parametrize(
    ("heading", "pitch"), [(0, 0), (90, -10), (-90, -10), (180, 0), (0, -50), (60, -60)]
)
def test_no_direction_shows_a_hole(gorge: Gorge, level: int, heading: float, pitch: float) -> None:
    shown = gorge.at(level, heading, pitch)
    assert not (np.abs(shown - np.asarray(NOTHING)) < 40).all(axis=2).any()
    assert shown.std() > 12, "there is something to see"
    assert (shown.min(axis=2) > 250).mean() < 0.03, "nothing is burnt out"


def test_stone_hides_the_depth_a_grating_shows_it(gorge: Gorge) -> None:
    assert gorge.through(3, place=22.0) < 0.05
    assert gorge.through(6, place=22.0, height=20.0) > 0.25


def test_wider_gaps_show_more_of_what_lies_below(gorge: Gorge) -> None:
    shares = [gorge.through(10, gap=gap, height=20.0) for gap in (2.0, 8.0, 15.0, 24.0)]
    assert shares == sorted(shares) and shares[-1] > shares[0] + 0.08


def test_ropes_sway_in_the_wind_and_boards_never_do(gorge: Gorge) -> None:
    def moved(level: int, heading: float, pitch: float) -> float:
        before = gorge.at(level, heading, pitch)
        # what else goes on below, water and leaves, is far away: hide it
        for name in ("banks", "floor", "talus", "cliffs"):
            gorge.parts[name].hide()
        before = gorge.look(gorge.camera.getPos(), heading, pitch)
        gorge.light.advance(1.7)
        after = gorge.look(gorge.camera.getPos(), heading, pitch)
        return float((np.abs(after - before).max(axis=2) > 20).mean())

    gorge.light.wind(1.0)
    for _ in range(8):
        gorge.light.advance(0.5)
    ropes = moved(10, 60, -25)
    gorge.parts["rope"].find("**/handlines").stash()
    boards = moved(10, 0, -80)
    gorge.parts["rope"].findAllMatches("**/@@handlines").unstash()
    assert ropes > 0.01 and boards < 0.001
