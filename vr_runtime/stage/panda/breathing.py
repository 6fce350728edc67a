"""Owns the breath that is heard with a breathing guide: which way it goes, and how loud it is now.

It follows the engine's cycle at every rate, and knows neither the shape that is seen nor a device.
"""

from __future__ import annotations

import math
from typing import Literal

from vr_runtime.wire.state import GuideState

Way = Literal["in", "out"]

SOUNDS: dict[Way, str] = {"in": "calm/inhale", "out": "calm/exhale"}
"""Air that flows steadily; its swell is made here."""
VOLUME = 0.5
"""At its loudest, 6 dB below what a place sounds like."""
LOUDEST_AT: dict[Way, float] = {"in": 0.6, "out": 0.3}
"""The part of each way at which most air flows."""


def swell(guide: GuideState | None, way: Way) -> float:
    """How loud the breath of this way is, 0 to `VOLUME`; 0 wherever nobody breathes this way."""
    if guide is None or guide.guide != "breathing" or guide.step != way:
        return 0.0
    top = LOUDEST_AT[way]
    part = min(1.0, max(0.0, guide.part))
    half = part / top if part < top else (1.0 - part) / (1.0 - top)
    return VOLUME * math.sin(0.5 * math.pi * half) ** 2
