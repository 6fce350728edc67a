"""Signs, rooms and fades as they are drawn."""

from __future__ import annotations

import time

import numpy as np
import pytest
from drawing import SIZE, load

from scenarios.api import Opening
from vr_runtime.display.sight.layer import SOFT_S
from vr_runtime.engine.ports import DT
from vr_runtime.flash.watch import FlashWatch
from vr_runtime.wire.acts import View
from vr_runtime.wire.sight import PatientSettings, Sight

pytestmark = pytest.mark.render


def seen(display) -> np.ndarray:
    display._flashes = FlashWatch()
    display.draw(1.0)
    wide, high = SIZE
    return np.frombuffer(display.pixels(SIZE), np.uint8).reshape(high, wide, 3).astype(int)


def enter(display) -> None:
    display.show(View.SCENE)
    for _tick in range(30):
        display.stage.tick(DT)
    while display._ease.brightness() < 1.0:
        display.draw(1.0)


def test_a_sign_is_read_in_the_patients_language_and_stays_where_it_is(drawn):
    words = {"fr": "IIIIIIII", "en": "MMMMMMMM"}
    drawn.stage.world.text(words, at=(0.0, 1.0, 1.5), height=0.15, width=1.2)
    load(drawn)
    enter(drawn)
    english = seen(drawn)
    drawn.lay(Sight(patient=PatientSettings(language="fr")))
    french = seen(drawn)
    drawn.lay(Sight())
    # clouds drift meanwhile
    assert np.abs(seen(drawn) - english).max() <= 6 < np.abs(french - english).max()
    dark = [(picture.sum(-1) < 250).sum() for picture in (french, english)]
    assert 0 < dark[0] < dark[1]


def test_a_sign_is_read_from_the_side_it_looks_to(drawn):
    board = drawn.stage.world.text(
        {"fr": "O", "en": "O"}, at=(0.0, 1.0, 1.5), height=0.2, width=0.6
    )
    load(drawn)
    enter(drawn)
    front = (seen(drawn).sum(-1) < 250).sum()
    board.heading = 180.0
    for _tick in range(40):
        drawn.stage.tick(DT)
    assert (seen(drawn).sum(-1) < 250).sum() < front / 4


def test_a_room_closes_out_the_sky_but_for_its_openings(drawn):
    openings = (Opening("behind", kind="window", width=2.0, height=1.2, sill=0.9),)
    room = drawn.stage.world.room((4.0, 4.0, 2.6), openings=openings)
    load(drawn)
    enter(drawn)
    drawn.point(0.0, 0.0)
    ahead = seen(drawn)
    drawn.point(180.0, 0.0)
    behind = seen(drawn)
    drawn.point(0.0, 0.0)
    blue = [(p[..., 2] > p[..., 0] + 15).mean() for p in (ahead, behind)]
    assert blue[0] == 0.0 and blue[1] > 0.02
    assert ahead.mean() > 100
    room.remove()
    assert (seen(drawn)[..., 2] > ahead[..., 2]).any()


def test_a_room_is_as_light_by_night(drawn):
    drawn.stage.world.room((4.0, 4.0, 2.6))
    load(drawn)
    enter(drawn)
    day = seen(drawn).mean()
    drawn.stage.inner.sky._daylight.now = drawn.stage.inner.sky._daylight.wanted = 0.0
    assert seen(drawn).mean() == pytest.approx(day, rel=0.1)


def fade_wholly(display) -> None:
    display.stage.world.fade(1.0)
    for _tick in range(120):
        display.stage.tick(DT)


def test_a_fade_covers_the_scene_with_a_calm_tone(drawn):
    drawn.stage.world.box((60.0, 60.0, 0.1), material="white_paint", at=(0.0, 0.0, -0.1))
    load(drawn)
    enter(drawn)
    before = seen(drawn)
    fade_wholly(drawn)
    faded = seen(drawn)
    assert np.ptp(faded) < 0.2 * np.ptp(before)
    assert 35 < faded.mean() < 75


def test_what_the_patient_reads_stands_before_a_fade(drawn):
    """Its letters are as light over the calm tone as over a scene as dark."""
    drawn.stage.world.box((9.0, 0.1, 9.0), material="black", at=(0.0, 1.0, -2.0))
    load(drawn)
    enter(drawn)
    lightest = []
    for faded in (False, True):
        if faded:
            fade_wholly(drawn)
        drawn.tell_watched(True)
        whole = time.monotonic() + 2 * SOFT_S
        while time.monotonic() < whole:
            drawn.draw(1.0)
        shown = seen(drawn)
        lightest.append(max(shown[: SIZE[1] // 4].max(), shown[-SIZE[1] // 4 :].max()))
        drawn.tell_watched(False)
    bare, veiled = lightest
    assert veiled > 0.9 * bare and bare > 80


def test_nothing_of_a_fade_is_in_the_first_picture_elsewhere(drawn):
    plain = seen(drawn)
    enter(drawn)
    fade_wholly(drawn)
    seen(drawn)
    drawn.show(View.NEUTRAL)
    first = seen(drawn)
    # its light may still ease, its contrast is all there at once
    assert np.ptp(first) > 0.5 * np.ptp(plain)
