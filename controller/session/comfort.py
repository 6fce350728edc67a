"""Owns the words for limits of comfort and for vehicles that will move; knows no record."""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import _, language, mark
from scenarios.api.manifest import Words
from vr_runtime.wire.happenings import ComfortLimited, VehicleAnnounced

LIMITS: Mapping[str, str] = {
    "speed": mark("the speed of a vehicle was kept to 14 m/s."),
    "acceleration": mark("a vehicle gains speed no faster than 1 m/s²."),
    "turning": mark("a vehicle turns no faster than 15° a second."),
    "tilt": mark("a cabin tilts by 6° at most."),
    "rocking": mark("a cabin rocks no faster than once in two seconds."),
    "sway": mark("a cabin sways by 3 cm at most."),
    "by_hand": mark("the cabin of a vehicle was not moved otherwise than as a vehicle."),
    "hidden": mark("a vehicle without a visible cabin was brought to rest."),
    "flashing": mark("lights were kept from flashing."),
    "surroundings": mark("the ground or the place around the patient changed behind a short fade."),
    "declared": mark("a vehicle was kept to the motion that the scenario declares."),
}
"""What was held back, by the limit; what the patient saw, not what was asked for."""


def limited(what: ComfortLimited) -> str:
    """What to say of a limit that held a scenario back."""
    return _("Comfort limit: {what}").format(what=_(LIMITS[what.what]))


def announced(what: VehicleAnnounced) -> str:
    """What to say of a vehicle that moves in two seconds: what the patient reads."""
    words = Words(fr=what.fr, en=what.en).get(language())
    return _("The patient will be moved: {words}").format(words=words)
