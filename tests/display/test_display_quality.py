"""How richly pictures are drawn: what is chosen when, and that it is drawn and told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawing import load

from vr_runtime.display.panda import PandaDisplay
from vr_runtime.display.quality import MEANS, PICTURES, Choosing, first
from vr_runtime.stage.look.surfaces import surfaces
from vr_runtime.wire.acts import View

HZ = 60.0
ROOT = Path(__file__).resolve().parents[2]


def timed(choosing: Choosing, share: float, *, pictures: int = PICTURES) -> list[bool]:
    """Pictures that take this share of the time between two."""
    return [choosing.drew(share / HZ, HZ, in_scene=False) for _ in range(pictures)]


@pytest.mark.parametrize(
    ("asked", "software", "begins"),
    [
        ("auto", True, "low"),
        ("auto", False, "medium"),
        ("high", True, "high"),
        ("low", False, "low"),
    ],
)
def test_a_processor_begins_low_and_a_card_in_the_middle(asked, software, begins):
    assert first(asked, software=software) == begins


@pytest.mark.parametrize(
    ("share", "chosen"), [(0.1, "high"), (0.5, "medium"), (0.79, "medium"), (1.4, "low")]
)
def test_the_first_pictures_of_a_card_decide_once(share, chosen):
    choosing = Choosing("auto", software=False)
    told = timed(choosing, share)
    assert choosing.now == chosen
    assert sum(told) == (chosen != "medium") and not any(told[:-1])
    timed(choosing, 5.0)
    assert choosing.now == chosen


def test_what_waited_for_the_screen_does_not_count():
    choosing = Choosing("auto", software=False)
    for k in range(PICTURES):
        choosing.drew((0.2 if k % 3 == 0 else 1.0) / HZ, HZ, in_scene=False)
    assert choosing.now == "high"


def test_nothing_changes_once_the_scene_was_seen():
    choosing = Choosing("auto", software=False)
    timed(choosing, 2.0, pictures=PICTURES - 1)
    assert not choosing.drew(2.0 / HZ, HZ, in_scene=True)
    assert not any(timed(choosing, 2.0)) and choosing.now == "medium"


@pytest.mark.parametrize(("asked", "software"), [("medium", False), ("auto", True)])
def test_what_was_asked_for_or_a_processor_draws_stays(asked, software):
    choosing = Choosing(asked, software=software)
    before = choosing.now
    assert not any(timed(choosing, 3.0)) and choosing.now == before


def test_each_quality_is_at_least_as_rich_as_the_one_below():
    for below, above in (("low", "medium"), ("medium", "high")):
        one, other = MEANS[below], MEANS[above]
        for name in vars(one):
            assert getattr(one, name) <= getattr(other, name), name
    assert not MEANS["low"].shadows and MEANS["low"].shadow_side == 0
    assert all(means.shadows or not means.shadow_side for means in MEANS.values())


@pytest.mark.render
def test_the_state_tells_what_is_drawn_with(drawn: PandaDisplay):
    assert drawn.software and drawn.state().richness == "low"


@pytest.mark.render
def test_every_quality_is_drawn_and_given_back(drawn: PandaDisplay):
    with drawn.stage.owner("scene"):
        drawn.stage.world.model("animals/pigeon", at=(0.4, 1.6, 0.0))
        drawn.stage.world.box((8, 8, 0.1), material="paving", at=(0, 3, -0.1))
    load(drawn)
    drawn.show(View.SCENE)
    pictures = []
    try:
        for richness in ("low", "medium", "high"):
            drawn._choosing.now = richness
            drawn._draw_richly()
            drawn._ease.advance(1.0)
            drawn.draw(1.0)
            assert drawn.state().richness == richness
            shot = drawn._output.main.getScreenshot()
            pictures.append(np.frombuffer(bytes(shot.getRamImageAs("RGB")), np.uint8).mean())
    finally:
        drawn._choosing.now = "low"
        drawn._draw_richly()
    assert max(pictures) - min(pictures) < 6, "the same place, whatever it is drawn with"
    assert drawn._casting._buffer is None


@pytest.mark.parametrize("guide", ["GUIDE.md", "GUIDE.fr.md"])
def test_the_guide_tells_what_each_quality_switches(guide):
    rows = (ROOT / "vr_runtime" / guide).read_text("utf-8").splitlines()
    start = next(k for k, row in enumerate(rows) if row.startswith("| |") and row.count("|") == 5)
    cells = [[cell.strip() for cell in row.split("|")[2:5]] for row in rows[start + 2 : start + 10]]

    def numbers(row: int) -> list[float]:
        return [float(cell.split()[0]) if cell[0].isdigit() else 0.0 for cell in cells[row]]

    means = list(MEANS.values())
    assert numbers(0) == [m.samples for m in means]
    assert ["ACES" in cell for cell in cells[1]] == [m.film for m in means]
    assert numbers(2) == [m.shadow_side for m in means]
    assert numbers(3) == [m.anisotropy for m in means]
    assert [cell in ("yes", "oui") for cell in cells[4]] == [m.trilinear for m in means]
    assert [n / 100 or 1.0 for n in numbers(5)] == [m.leaves for m in means]
    assert numbers(6) == [m.streaks for m in means]
    assert [n / 100 or 1.0 for n in numbers(7)] == [m.scale for m in means]


@pytest.mark.render
def test_a_processor_never_filters_along_a_slant_whatever_quality_is_asked_for(drawn: PandaDisplay):
    drawn._choosing.now = "high"
    drawn._draw_richly()
    assert drawn.software and surfaces().getAnisotropicDegree() == 1
