"""Owns which button of which controller does what; pure data.

One control leaves and nothing else does: B or Y, and menu where a controller has no second button.
Trigger and A select; the stick turns by steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Act = Literal["leave", "select", "stick", "pulse"]
Bound = Mapping[Act, tuple[str, ...]]

HANDS = ("/user/hand/left", "/user/hand/right")
HAND_INTERACTION = "XR_EXT_hand_interaction"
HP_CONTROLLER = "XR_EXT_hp_mixed_reality_controller"


def _both(*inputs: str) -> tuple[str, ...]:
    return tuple(f"{hand}/{name}" for hand in HANDS for name in inputs)


_PULSE = _both("output/haptic")
_LEFT, _RIGHT = (f"{hand}/input" for hand in HANDS)

PROFILES: Mapping[str, Bound] = {
    "/interaction_profiles/khr/simple_controller": {
        "leave": _both("input/menu/click"),
        "select": _both("input/select/click"),
        "pulse": _PULSE,
    },
    "/interaction_profiles/oculus/touch_controller": {
        "leave": (f"{_LEFT}/y/click", f"{_RIGHT}/b/click"),
        "select": (f"{_LEFT}/x/click", f"{_RIGHT}/a/click", *_both("input/trigger/value")),
        "stick": _both("input/thumbstick"),
        "pulse": _PULSE,
    },
    "/interaction_profiles/valve/index_controller": {
        "leave": _both("input/b/click"),
        "select": _both("input/a/click", "input/trigger/click"),
        "stick": _both("input/thumbstick"),
        "pulse": _PULSE,
    },
    "/interaction_profiles/htc/vive_controller": {
        "leave": _both("input/menu/click"),
        # Its round pad is touched all the time: it turns nothing.
        "select": _both("input/trigger/click"),
        "pulse": _PULSE,
    },
    "/interaction_profiles/microsoft/motion_controller": {
        "leave": _both("input/menu/click"),
        "select": _both("input/trigger/value"),
        "stick": _both("input/thumbstick"),
        "pulse": _PULSE,
    },
    "/interaction_profiles/hp/mixed_reality_controller": {
        "leave": (f"{_LEFT}/y/click", f"{_RIGHT}/b/click"),
        "select": (f"{_LEFT}/x/click", f"{_RIGHT}/a/click", *_both("input/trigger/value")),
        "stick": _both("input/thumbstick"),
        "pulse": _PULSE,
    },
    # Bare hands: closing the left one leaves, thumb and finger of the right one select.
    "/interaction_profiles/ext/hand_interaction_ext": {
        "leave": (f"{_LEFT}/grasp_ext/value",),
        "select": (f"{_RIGHT}/pinch_ext/value",),
    },
}
NEEDS: Mapping[str, str] = {
    "/interaction_profiles/ext/hand_interaction_ext": HAND_INTERACTION,
    "/interaction_profiles/hp/mixed_reality_controller": HP_CONTROLLER,
}
"""The extension without which a driver does not know a profile."""


def offered(extensions: frozenset[str]) -> dict[str, Bound]:
    """The profiles that may be suggested to a driver with these extensions."""
    return {path: bound for path, bound in PROFILES.items() if _known(path, extensions)}


def _known(path: str, extensions: frozenset[str]) -> bool:
    return path not in NEEDS or NEEDS[path] in extensions
