"""The patient answers by the other control, in two presses at most, and never by the way out."""

from __future__ import annotations

from typing import get_args

import pytest

from vr_runtime.display.answering import (
    ARRIVE_S,
    BOUNCE_S,
    DWELL_S,
    LONG_S,
    RENEW_S,
    TYPING_S,
    WALK_S,
    Answering,
)
from vr_runtime.display.controls import CONTROLS, Device, Reach, controls, way_out
from vr_runtime.wire.acts import DialRaised, PatientRated, PatientRecentred, PatientWalked
from vr_runtime.wire.sight import PatientSettings, Sight

ASKED = Sight(dial="asked")
REACHES: dict[Reach, PatientSettings] = {
    "both": PatientSettings(),
    "right": PatientSettings(one_hand=True),
    "left": PatientSettings(hand="left", one_hand=True),
}


def asked(scale: str = "0-100", *, gaze: bool = False) -> Answering:
    hand = Answering()
    patient = PatientSettings.model_validate({"scale": scale, "gaze": gaze})
    hand.follow(Sight(dial="asked", patient=patient), 0.0)
    return hand


# -- the table


@pytest.mark.parametrize("device", get_args(Device))
@pytest.mark.parametrize("reach", REACHES)
def test_every_device_has_a_control_for_everything_whatever_the_hands(
    device: Device, reach: Reach
) -> None:
    patient = REACHES[reach]
    for use in ("leave", "rate", "value", "centre"):
        found = controls(device, use, patient)
        within = [c for c in found if reach == "both" or c.side in (reach, "any")]
        assert within, f"{use} is out of reach"


@pytest.mark.parametrize("device", get_args(Device))
@pytest.mark.parametrize("reach", REACHES)
def test_the_control_that_leaves_does_nothing_else(device: Device, reach: Reach) -> None:
    mine = [c for c in CONTROLS if c.device == device and reach in c.reaches]
    leaves = {c.name for c in mine if c.use == "leave"}
    assert leaves and leaves.isdisjoint(c.name for c in mine if c.use != "leave")


def test_what_leaves_by_the_design_leaves_whatever_the_hands() -> None:
    always = {(c.device, c.name) for c in CONTROLS if c.use == "leave" and len(c.reaches) == 3}
    assert always == {
        ("mouse", "mouse3"),
        ("keyboard", "space"),
        ("gamepad", "face_b"),
        ("headset", "right_b"),
        ("headset", "left_y"),
    }


@pytest.mark.parametrize("device", get_args(Device))
@pytest.mark.parametrize("reach", REACHES)
def test_setting_ahead_anew_is_the_rating_control_held(device: Device, reach: Reach) -> None:
    patient = REACHES[reach]
    held = {c.name for c in controls(device, "centre", patient)}
    assert held == {c.name for c in controls(device, "rate", patient)}


def test_the_way_out_is_named_as_the_patients_hand_reaches_it() -> None:
    assert [w.en for w in way_out(("mouse",), REACHES["both"])] == ["right mouse button"]
    assert [w.fr for w in way_out(("gamepad",), REACHES["left"])] == ["touche haute gauche (LB)"]
    assert [w.en for w in way_out(("headset",), REACHES["right"])] == ["B button"]
    both = way_out(("mouse", "gamepad"), REACHES["both"])
    assert [w.en for w in both] == ["right mouse button", "B button"]


# -- answering


def test_a_dial_that_was_asked_for_is_answered_by_wheel_and_one_press() -> None:
    hand = asked()
    for number in range(5):
        hand.turn(1, 1.0 + number / 10)
    assert hand.value == 70
    hand.press("mouse", 2.0)
    hand.release("mouse", 2.2)
    assert hand.news(2.2) == [PatientRated(suds=70)]
    hand.press("mouse", 2.5)
    hand.release("mouse", 2.6)
    assert hand.news(2.6) == [], "an answer is given once"


def test_a_patient_takes_the_dial_up_and_answers_it_in_two_presses() -> None:
    hand = Answering()
    hand.press("gamepad 0", 0.0)
    hand.release("gamepad 0", 0.2)
    assert hand.news(0.2) == [DialRaised()]
    hand.follow(Sight(dial="raised"), 0.3)
    for _ in range(25):
        hand.push(-1.0, 0.02, 0.5)
    assert hand.value == 30
    hand.press("gamepad 0", 1.0)
    hand.release("gamepad 0", 1.1)
    assert hand.news(1.1) == [PatientRated(suds=30)]


@pytest.mark.parametrize(
    ("scale", "typed", "suds"), [("0-100", "7", 70), ("0-100", "75", 75), ("0-10", "7", 70)]
)
def test_a_digit_takes_the_dial_up_and_is_chosen_on_it(scale: str, typed: str, suds: int) -> None:
    hand = Answering()
    patient = PatientSettings.model_validate({"scale": scale})
    hand.follow(Sight(patient=patient), 0.0)
    hand.digit(typed[0], 1.0)
    assert hand.news(1.0) == [DialRaised()] and hand.value is None
    hand.follow(Sight(dial="raised", patient=patient), 1.1)
    for digit in typed[1:]:
        hand.digit(digit, 1.4)
    assert hand.value == suds
    hand.press("enter", 2.0)
    hand.release("enter", 2.1)
    assert hand.news(2.1) == [PatientRated(suds=suds)]


def test_a_digit_of_long_ago_or_of_an_earlier_dial_is_not_chosen_on_the_next() -> None:
    hand = Answering()
    hand.digit("7", 0.0)
    hand.follow(ASKED, TYPING_S + 0.1)
    assert hand.value is None
    hand.digit("3", 5.0)
    hand.follow(Sight(), 5.1)
    hand.follow(ASKED, 5.2)
    assert hand.value is None


def test_a_wheel_takes_the_dial_up_and_its_swing_chooses_nothing() -> None:
    hand = Answering()
    hand.turn(1, 0.0)
    assert hand.news(0.0) == [DialRaised()]
    hand.follow(Sight(dial="raised"), 0.03)
    hand.turn(1, 0.1)
    assert hand.value is None and hand.news(0.1) == []


def test_nothing_is_answered_before_something_was_chosen() -> None:
    hand = asked()
    hand.press("mouse", 1.0)
    hand.release("mouse", 1.1)
    assert hand.news(1.1) == []


def test_a_new_dial_begins_without_the_last_value() -> None:
    hand = asked()
    hand.turn(1, 1.0)
    hand.follow(Sight(), 2.0)
    hand.follow(ASKED, 3.0)
    assert hand.value is None


@pytest.mark.parametrize(
    ("scale", "typed", "suds"),
    [("0-100", "7", 70), ("0-100", "75", 75), ("0-100", "100", 100), ("0-100", "07", 7),
     ("0-10", "7", 70), ("0-10", "10", 100), ("0-10", "75", 50), ("0-100", "123", 30)],
)  # fmt: skip
def test_digits_mean_what_they_mean_at_the_console(scale: str, typed: str, suds: int) -> None:
    hand = asked(scale)
    for number, digit in enumerate(typed):
        hand.digit(digit, 1.0 + number / 10)
    assert hand.value == suds


def test_on_a_scale_of_ten_a_notch_is_one_of_ten() -> None:
    hand = asked("0-10")
    hand.turn(1, 1.0)
    hand.turn(-1, 1.1)
    assert hand.value == 40
    for number in range(20):
        hand.turn(1, 2.0 + number / 10)
    assert hand.value == 100


def test_looking_around_with_the_button_down_is_no_press() -> None:
    hand = asked()
    hand.turn(1, 1.0)
    hand.press("mouse", 2.0)
    hand.moved("mouse")
    hand.release("mouse", 2.3)
    hand.press("mouse", 3.0)
    hand.moved("mouse")
    assert hand.news(3.0 + LONG_S + 1) == []


def test_the_control_held_still_sets_ahead_anew_once_and_answers_nothing() -> None:
    hand = asked()
    hand.turn(1, 1.0)
    hand.press("keyboard", 2.0)
    assert hand.news(2.0 + LONG_S - 0.01) == []
    assert hand.news(2.0 + LONG_S) == [PatientRecentred()]
    hand.release("keyboard", 5.0)
    assert hand.news(5.0) == []


def test_a_worn_switch_gives_no_second_press() -> None:
    hand = Answering()
    hand.press("gamepad 0", 0.0)
    hand.release("gamepad 0", 0.2)
    hand.press("gamepad 0", 0.2 + BOUNCE_S / 2)
    hand.release("gamepad 0", 0.3)
    assert hand.news(0.3) == [DialRaised()]


def test_a_device_that_was_taken_away_answers_nothing() -> None:
    hand = asked()
    hand.turn(1, 1.0)
    hand.press("gamepad 0", 2.0)
    hand.lost("gamepad 0")
    assert hand.news(9.0) == []


def test_choosing_keeps_the_dial_from_going_away() -> None:
    hand = asked()
    told = []
    for tenth in range(10, 130):
        hand.turn(1 if tenth % 2 else -1, tenth / 10)
        told += hand.news(tenth / 10)
    assert told == [DialRaised()] * 2 and 2 * RENEW_S < 13.0


def test_eyes_that_rest_on_a_value_answer_it_where_this_patient_answers_so() -> None:
    for gaze in (False, True):
        hand = asked(gaze=gaze)
        told = []
        now = 0.0
        while now < ARRIVE_S + DWELL_S + 0.2:
            hand.look(0.62, 0.1, now)
            told += hand.news(now)
            now += 0.1
        assert told == ([PatientRated(suds=60)] if gaze else [])


def test_eyes_that_wander_over_the_dial_answer_nothing() -> None:
    hand = asked(gaze=True)
    for tenth in range(100):
        hand.look((tenth % 20) / 20, 0.1, ARRIVE_S + tenth / 10)
        hand.look(None if tenth % 7 == 0 else 0.1 * (tenth % 10), 0.1, ARRIVE_S + tenth / 10)
    assert not [n for n in hand.news(20.0) if isinstance(n, PatientRated)]


def test_a_press_while_looking_at_a_mark_goes_there_and_takes_up_no_dial() -> None:
    hand = Answering()
    hand.faced = 3
    for source in ("controller", "mouse", "enter"):
        hand.press(source, 1.0)
        hand.release(source, 1.3)
        assert hand.news(1.4) == [PatientWalked(mark=3)]
        hand.press(source, 3.0)
        hand.moved(source)
        hand.release(source, 3.2)
        assert hand.news(3.3) == [], "looking around is no press"
        hand._released = float("-inf")


def test_a_dial_that_waits_is_answered_and_nobody_is_moved() -> None:
    hand = Answering()
    hand.faced = 3
    hand.follow(Sight(dial="asked", dial_s=30.0), 1.0)
    hand.turn(1, 2.0)
    hand.press("controller", 3.0)
    hand.release("controller", 3.2)
    assert [type(told) for told in hand.news(3.3)] == [PatientRated]


def test_beside_a_mark_the_control_takes_up_the_dial_as_ever() -> None:
    hand = Answering()
    hand.faced = None
    hand.press("controller", 1.0)
    hand.release("controller", 1.2)
    assert hand.news(1.3) == [DialRaised()]


def test_who_answers_by_looking_goes_to_a_mark_by_looking_at_it_for_long() -> None:
    hand = Answering()
    hand.follow(Sight(patient=PatientSettings(gaze=True)), 0.0)
    for mark in (2, 2, 3):
        hand.face(mark, WALK_S / 2 + 0.1)
    assert hand.news(1.0) == [], "only one that is looked at without a break"
    for _ in range(3):
        hand.face(3, WALK_S / 2)
    assert hand.news(1.0) == [PatientWalked(mark=3)], "and once"
    with_hands = Answering()
    for _ in range(9):
        with_hands.face(3, WALK_S)
    assert with_hands.news(1.0) == []


def test_while_a_dial_waits_looking_at_a_mark_moves_nobody() -> None:
    hand = Answering()
    hand.follow(Sight(dial="asked", patient=PatientSettings(gaze=True)), 0.0)
    for _ in range(9):
        hand.face(3, WALK_S)
    assert hand.news(1.0) == []
