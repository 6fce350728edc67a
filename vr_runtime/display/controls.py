"""Owns the table of what each control of a patient does, by device and by the hands they have.

One control only leaves, and it does nothing else; the rest share as few as possible, so that one
hand is enough for all of it. It reads no device.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from scenarios.api.manifest import Words
from vr_runtime.wire.sight import PatientSettings

Device = Literal["mouse", "keyboard", "gamepad", "headset"]
Use = Literal["leave", "rate", "value", "centre", "look"]
"""`rate` takes the dial up and answers it, `value` chooses on it; `centre` is `rate`, held."""
Side = Literal["right", "left", "any"]
"""The hand that reaches a control where the device lies as it is meant to."""
Reach = Literal["both", "right", "left"]
"""The hands that a patient uses."""


@dataclass(frozen=True)
class Control:
    """One control and what it is for."""

    device: Device
    name: str
    """As drivers call it."""
    use: Use
    side: Side
    reaches: frozenset[Reach]
    """For whom it does this."""
    words: Words
    """As a patient would call it."""


_ALL: Final[frozenset[Reach]] = frozenset({"both", "right", "left"})
_RIGHT: Final[frozenset[Reach]] = frozenset({"both", "right"})
_LEFT: Final[frozenset[Reach]] = frozenset({"both", "left"})
_RIGHT_ALONE: Final[frozenset[Reach]] = frozenset({"right"})
_LEFT_ALONE: Final[frozenset[Reach]] = frozenset({"left"})

_RIGHT_BUTTON = Words(fr="bouton droit de la souris", en="right mouse button")
_LEFT_BUTTON = Words(fr="bouton gauche", en="left button")
_WHEEL = Words(fr="molette", en="wheel")
_SPACE = Words(fr="barre d'espace", en="space bar")
_ENTER = Words(fr="Entrée", en="Enter")
_TAB = Words(fr="Tabulation", en="Tab")
_ARROWS = Words(fr="flèches", en="arrow keys")
_DIGITS = Words(fr="chiffres", en="digits")
_A, _B = Words(fr="bouton A", en="A button"), Words(fr="bouton B", en="B button")
_X, _Y = Words(fr="bouton X", en="X button"), Words(fr="bouton Y", en="Y button")
_BUMPER = Words(fr="touche haute gauche (LB)", en="left bumper (LB)")
_TRIGGER = Words(fr="gâchette", en="trigger")
_STICK = Words(fr="manche", en="stick")
_CROSS = Words(fr="croix", en="cross pad")

CONTROLS: Final[tuple[Control, ...]] = (
    Control("mouse", "mouse3", "leave", "any", _ALL, _RIGHT_BUTTON),
    Control("mouse", "mouse1", "rate", "any", _ALL, _LEFT_BUTTON),
    Control("mouse", "mouse1", "centre", "any", _ALL, _LEFT_BUTTON),
    Control("mouse", "mouse1", "look", "any", _ALL, _LEFT_BUTTON),
    Control("mouse", "wheel", "value", "any", _ALL, _WHEEL),
    Control("keyboard", "space", "leave", "any", _ALL, _SPACE),
    Control("keyboard", "enter", "rate", "right", _RIGHT, _ENTER),
    Control("keyboard", "enter", "centre", "right", _RIGHT, _ENTER),
    Control("keyboard", "tab", "rate", "left", _LEFT_ALONE, _TAB),
    Control("keyboard", "tab", "centre", "left", _LEFT_ALONE, _TAB),
    Control("keyboard", "arrows", "value", "right", _RIGHT, _ARROWS),
    Control("keyboard", "digits", "value", "any", _ALL, _DIGITS),
    Control("gamepad", "face_b", "leave", "right", _ALL, _B),
    # B cannot be reached by a left hand that is alone; it still leaves, for whoever helps.
    Control("gamepad", "lshoulder", "leave", "left", _LEFT_ALONE, _BUMPER),
    Control("gamepad", "face_a", "rate", "right", _RIGHT, _A),
    Control("gamepad", "face_a", "centre", "right", _RIGHT, _A),
    Control("gamepad", "right_trigger", "rate", "right", _RIGHT, _TRIGGER),
    Control("gamepad", "right_trigger", "centre", "right", _RIGHT, _TRIGGER),
    Control("gamepad", "left_trigger", "rate", "left", _LEFT, _TRIGGER),
    Control("gamepad", "left_trigger", "centre", "left", _LEFT, _TRIGGER),
    Control("gamepad", "right_stick", "look", "right", _RIGHT, _STICK),
    Control("gamepad", "right_stick", "value", "right", _RIGHT_ALONE, _STICK),
    Control("gamepad", "left_stick", "look", "left", _LEFT_ALONE, _STICK),
    Control("gamepad", "left_stick", "value", "left", _LEFT, _STICK),
    Control("gamepad", "cross", "value", "left", _LEFT, _CROSS),
    Control("headset", "right_b", "leave", "right", _ALL, _B),
    Control("headset", "left_y", "leave", "left", _ALL, _Y),
    Control("headset", "right_a", "rate", "right", _RIGHT, _A),
    Control("headset", "right_a", "centre", "right", _RIGHT, _A),
    Control("headset", "left_x", "rate", "left", _LEFT, _X),
    Control("headset", "left_x", "centre", "left", _LEFT, _X),
    Control("headset", "right_trigger", "rate", "right", _RIGHT, _TRIGGER),
    Control("headset", "right_trigger", "centre", "right", _RIGHT, _TRIGGER),
    Control("headset", "left_trigger", "rate", "left", _LEFT, _TRIGGER),
    Control("headset", "left_trigger", "centre", "left", _LEFT, _TRIGGER),
    Control("headset", "right_stick", "value", "right", _RIGHT, _STICK),
    Control("headset", "left_stick", "value", "left", _LEFT, _STICK),
)


def reach_of(patient: PatientSettings) -> Reach:
    """The hands that this patient uses."""
    return patient.hand if patient.one_hand else "both"


def controls(device: Device, use: Use, patient: PatientSettings) -> tuple[Control, ...]:
    """What does this for this patient, those of the answering hand first."""
    reach = reach_of(patient)
    found = [c for c in CONTROLS if c.device == device and c.use == use and reach in c.reaches]
    return tuple(sorted(found, key=lambda c: c.side not in (patient.hand, "any")))


def names(device: Device, use: Use, patient: PatientSettings) -> frozenset[str]:
    """The same, as drivers call them."""
    return frozenset(c.name for c in controls(device, use, patient))


def way_out(devices: Iterable[Device], patient: PatientSettings) -> tuple[Words, ...]:
    """How a patient would call the control that leads out, for each of their devices.

    Of two on one device only those are named that the patient's hands reach.
    """
    reach = reach_of(patient)
    told: list[Words] = []
    for device in devices:
        leaves = controls(device, "leave", patient)
        within = [c for c in leaves if reach == "both" or c.side in (reach, "any")]
        told += [c.words for c in within or leaves]
    return tuple(dict.fromkeys(told))


def answers(device: Device, patient: PatientSettings) -> tuple[Words, Words]:
    """What chooses on the dial and what answers it, as the patient would call them."""
    return controls(device, "value", patient)[0].words, controls(device, "rate", patient)[0].words
