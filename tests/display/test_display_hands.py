"""Gamepads and a patient's own keyboard do what the table of controls says, for either hand."""

from __future__ import annotations

import pytest

from vr_runtime.display.answering import Answering
from vr_runtime.display.gamepad import Gamepads, Pad
from vr_runtime.display.gaze import HeadLook
from vr_runtime.display.keyboard import Keyboard
from vr_runtime.display.leave import LeaveControl
from vr_runtime.wire.acts import DialRaised, PatientLeft, PatientRated
from vr_runtime.wire.sight import PatientSettings, Sight

BOTH = PatientSettings()
RIGHT = PatientSettings(one_hand=True)
LEFT = PatientSettings(hand="left", one_hand=True)
RIGHTWARDS = (1.0, 0.0)
STILL = (0.0, 0.0)


class Seat:
    """One patient with a gamepad and a keyboard, and a clock that is told."""

    def __init__(self, patient: PatientSettings, *, dial: bool = True) -> None:
        self.leave, self.answering, self.look = LeaveControl(), Answering(), HeadLook()
        self.pads = Gamepads(self.leave, self.answering, self.look)
        self.keys = Keyboard(self.leave, self.answering)
        self.patient, self.now = patient, 1.0
        self.answering.follow(Sight(dial="asked" if dial else None, patient=patient), 0.0)

    def pad(self, *down: str, left=STILL, right=STILL, cross: int = 0) -> None:
        self.now += 0.2
        pad = Pad(frozenset(down), {"left_stick": left, "right_stick": right}, cross)
        self.pads.take([pad], self.patient, self.now, 0.2)

    def key(self, *events: str) -> list[bool]:
        self.now += 0.2
        return [self.keys.take(event, self.now) for event in events]

    def told(self) -> list[object]:
        return [*self.leave.news(self.now), *self.answering.news(self.now)]


@pytest.mark.parametrize(
    ("patient", "button"),
    [(BOTH, "face_a"), (BOTH, "right_trigger"), (RIGHT, "face_a"), (LEFT, "left_trigger")],
)
def test_a_gamepad_chooses_by_a_stick_and_answers_by_one_press(patient, button):
    seat = Seat(patient)
    stick = "left" if patient.hand == "left" or patient is BOTH else "right"
    for _ in range(3):
        seat.pad(**{stick: RIGHTWARDS})
    assert seat.answering.value is not None and seat.answering.value > 60
    value = seat.answering.value
    seat.pad(button)
    seat.pad()
    assert seat.told() == [PatientRated(suds=value)]
    assert seat.look.yaw == 0.0


@pytest.mark.parametrize(
    ("patient", "button", "leaves"),
    [(BOTH, "face_b", True), (RIGHT, "face_b", True), (LEFT, "face_b", True),
     (LEFT, "lshoulder", True), (BOTH, "lshoulder", False), (LEFT, "face_a", False)],
)  # fmt: skip
def test_what_leaves_leaves_by_its_first_press_and_nothing_else_does(patient, button, leaves):
    seat = Seat(patient)
    seat.pad(button)
    assert (PatientLeft() in seat.told()) == leaves


def test_a_stick_looks_around_while_no_dial_waits():
    seat = Seat(RIGHT, dial=False)
    seat.pad(right=RIGHTWARDS)
    seat.look.advance(1.0)
    assert seat.look.yaw < -5.0 and seat.answering.value is None
    both = Seat(BOTH)
    both.pad(right=RIGHTWARDS, left=STILL)
    both.look.advance(1.0)
    assert both.look.yaw < -5.0, "with two hands one looks while the other chooses"


def test_a_cross_is_one_notch_for_one_press():
    seat = Seat(BOTH)
    for cross in (1, 1, 0, 1, 0, -1):
        seat.pad(cross=cross)
    assert seat.answering.value == 50


def test_a_gamepad_pulled_out_releases_what_was_down_and_answers_nothing():
    seat = Seat(BOTH)
    seat.pad(cross=1)
    seat.pad("face_a", "face_b")
    seat.told()
    seat.pads.take([], seat.patient, seat.now + 5.0, 0.2)
    seat.now += 5.0
    assert PatientRated(suds=50) not in seat.told()
    assert not seat.pads.there
    seat.now += 5.0
    assert seat.told() == [], "the control does not stay down for ever"


@pytest.mark.parametrize(("patient", "answers"), [(BOTH, "enter"), (RIGHT, "enter"), (LEFT, "tab")])
def test_a_keyboard_takes_up_the_dial_and_answers_it(patient, answers):
    seat = Seat(patient, dial=False)
    assert seat.key(answers) == [True]
    assert seat.key(f"{answers}-up") == [True]
    assert seat.told() == [DialRaised()]
    seat.answering.follow(Sight(dial="raised", patient=patient), seat.now)
    seat.key("é", "5")
    seat.key(answers, f"{answers}-repeat")
    seat.key(f"{answers}-up")
    assert seat.told() == [PatientRated(suds=25)]


def test_arrows_choose_step_by_step_and_go_on_while_they_are_held():
    seat = Seat(BOTH)
    for event in ("arrow_right", "arrow_right-repeat", "arrow_up-repeat", "arrow_up-up"):
        seat.key(event)
    assert seat.answering.value == 60
    assert Seat(LEFT).key("arrow_right") == [False], "it is out of a left hand's reach"


def test_the_space_bar_only_leaves_and_other_keys_are_left_alone():
    seat = Seat(BOTH)
    assert seat.key("space") == [True]
    assert seat.told() == [PatientLeft()]
    seat.key("space-up")
    assert seat.key("f12", "escape", "q") == [False, False, False]
