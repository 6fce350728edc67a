"""Pictures are held against what moves anyway, and what they cost against a budget."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from controller.bench.frame import BUDGET
from scenarios.builtin.heights_balcony.scenario import Balcony
from vr_runtime.display.measured import Cost
from vr_runtime.flash.watch import DIMMED, FlashWatch
from vr_runtime.measuring import limits
from vr_runtime.measuring.measure import alike, unnoticed
from vr_runtime.measuring.outcome import Drawn, Heard
from vr_runtime.measuring.seeing import Before, Looks, Undimmed, beside, costly

SHAPE = (144, 256, 3)


def looked_at(*, shift: int = 0, drift: float = 0.0, seed: int = 1, noise: float = 0.0) -> Looks:
    """Four moments of a wall with a box at a place, and with clouds and noise of some strength."""
    chance = np.random.default_rng(seed)
    seen = []
    for moment in range(4):
        picture = np.full(SHAPE, 90.0) + drift * moment + noise * chance.standard_normal(SHAPE)
        picture[40:100, 20 + shift : 80 + shift] += 80.0
        seen.append((28 * moment + 200 * seed, picture.astype(np.int16)))
    return {0.0: seen}


def test_two_levels_that_look_the_same_are_told_from_two_that_differ() -> None:
    assert beside(looked_at(), looked_at(seed=2)) == 0.0
    assert beside(looked_at(), looked_at(seed=2, shift=12)) > 10 * limits.DIFFERS


def test_what_moves_anyway_is_no_difference() -> None:
    restless = looked_at(noise=6.0), looked_at(seed=2, noise=6.0)
    assert 0.0 < beside(*restless) < limits.DIFFERS
    clouds = looked_at(drift=2.0), looked_at(seed=2, drift=2.0)
    assert beside(*clouds) < limits.DIFFERS


def test_a_difference_is_seen_among_what_moves_anyway() -> None:
    levels = looked_at(noise=4.0), looked_at(seed=2, noise=4.0, shift=12)
    assert beside(*levels) > limits.DIFFERS


def test_levels_that_look_alike_may_sound_apart() -> None:
    drawn = Drawn(differences=(9.0, 0.4, 0.4))
    same = Heard(levels_lufs=(None, -30.0, -30.2, -30.1))
    assert [f.spot.name for f in alike(drawn, same)] == ["level 2", "level 3"]
    louder = Heard(levels_lufs=(None, None, -30.0, -28.0))
    assert alike(drawn, louder) == []


def test_an_event_is_noticed_by_eye_or_ear() -> None:
    names = [event.name for event in Balcony.manifest().events]
    seen = Drawn(looked_at=tuple(names), events=tuple(names[:2]))
    noticed = Heard(events=tuple(names[2:-1]))
    assert [f.spot.name for f in unnoticed(seen, noticed)] == names[-1:]


def test_an_event_that_dims_all_is_seen_among_leaves_that_sway() -> None:
    before = looked_at(noise=30.0)[0.0]
    (then, _last), sways = before[-1], looked_at(seed=2, noise=30.0)[0.0]
    assert not any(Before(before).changed_to(picture, then + 60) for _at, picture in sways)
    assert Before(before).changed_to(sways[0][1] - 90, then + 60)


def test_light_that_drifts_anyway_is_no_event_however_long_it_takes() -> None:
    drifting = looked_at(drift=2.0, noise=30.0)[0.0]
    (first, _picture), (then, last) = drifting[0], drifting[-1]
    five_times = last + 5 * 6
    assert not Before(drifting).changed_to(five_times, then + 5 * (then - first))
    assert Before(drifting).changed_to(last - 90, then + 30)


def test_the_budget_of_pictures_is_that_of_the_bench() -> None:
    assert limits.MOST_DRAWS == BUDGET["draws"]
    assert limits.MOST_TRIANGLES == BUDGET["triangles"]
    assert limits.MOST_TEXTURE_BYTES == BUDGET["texture_bytes"]


@pytest.mark.parametrize("what", ["draws", "triangles", "texture_bytes"])
def test_what_costs_more_than_the_budget_is_told_one_by_one(what: str) -> None:
    most = BUDGET[what]
    within = Cost(**{field.name: 0 for field in fields(Cost)} | BUDGET)
    assert costly(within) == []
    (told,) = costly(replace(within, **{what: most + 1}))
    assert str(most + 1) in told and str(most) in told


def test_only_the_last_look_of_a_measurement_leaves_a_flashing_picture_bright() -> None:
    parts = {}
    for watch in (FlashWatch(), Undimmed()):
        for k in range(60):
            watch.take(k / 30.0, np.full((36, 64, 3), float(k // 3 % 2)))
            part = watch.advance(k / 30.0, 1.0 / 30.0)
        parts[type(watch)] = part
    assert parts == {FlashWatch: DIMMED, Undimmed: 1.0}
