"""Owns how far a whole scene has faded towards a calm tone; knows no renderer. It cannot flash.

It lies over the scene alone: what the patient reads, the way out first of all, stands before it.
"""

from __future__ import annotations

from vr_runtime.flash.governor import Governor, displayed_of, luminance_of
from vr_runtime.stage.checked import number

MOST = 0.94
"""Never wholly gone: what is left shows where one stands."""
WHOLE_S = 2.0
"""Seconds from nothing to all of it, at least."""
TONE = (0.17, 0.18, 0.20)
"""What it fades to, as displayed: a calm grey in which an eye rests and letters stand out."""
CHANNEL = "fade"
_DARKER = 1.0 - sum(TONE) / 3.0
"""How much darker white becomes, as displayed."""


class Fading:
    """The share of the calm tone in what is seen."""

    def __init__(self, governor: Governor) -> None:
        self._governor = governor
        self._wanted = self._before = self._now = 0.0
        self._seen = False

    def ask(self, share: float) -> None:
        """How far to fade, 0 to 1; raises `ScenarioError` for what is no number."""
        self._wanted = MOST * number("fade", share, 0.0, 1.0)

    def advance(self, dt: float, *, seen: bool) -> None:
        """Let `dt` seconds pass; once the scene is left nothing of it stays."""
        self._before = self._now
        left, self._seen = self._seen and not seen, seen
        if left:
            self.calm()
        if not seen:
            self._governor.forget(CHANNEL)
            self._before = self._now = self._wanted
            return
        step = dt * MOST / WHOLE_S
        eased = self._now + min(step, max(-step, self._wanted - self._now))
        self._governor.allow(CHANNEL, _luminance(self._now))
        self._now = _share(self._governor.allow(CHANNEL, _luminance(eased)))

    def calm(self) -> None:
        """The scene was left, or is gone: nothing is faded."""
        self._wanted = self._before = self._now = 0.0
        self._governor.forget(CHANNEL)

    def share(self, between: float) -> float:
        """Share of the tone, 0 to `MOST`, `between` the last two ticks."""
        return self._before + (self._now - self._before) * between


def _luminance(share: float) -> float:
    """Relative luminance of what is white, faded so far."""
    return luminance_of(1.0 - _DARKER * share)


def _share(luminance: float) -> float:
    return min(MOST, max(0.0, (1.0 - displayed_of(luminance)) / _DARKER))
