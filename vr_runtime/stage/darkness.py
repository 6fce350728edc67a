"""Owns how dark a scenario makes the whole scene; knows no renderer. It cannot flash."""

from __future__ import annotations

from vr_runtime.flash.governor import Governor, displayed_of, luminance_of
from vr_runtime.stage.checked import number

MOST = 0.97
"""Never wholly dark: what is left shows where one stands."""
CHANGE_S = 0.3
"""Seconds from full light to darkness at least: a lamp that fails does not strike the eyes."""


class Darkness:
    """The scene's light as a part of its full light, as displayed."""

    def __init__(self, governor: Governor) -> None:
        self._governor = governor
        self._wanted = 1.0
        self._before = self._now = 1.0

    def ask(self, share: float) -> None:
        """How much of the light is taken away, 0 to 1, as displayed; at most 0.97 is."""
        self._wanted = 1.0 - MOST * number("darken", share, 0.0, 1.0)

    def advance(self, dt: float, *, seen: bool) -> None:
        """Let `dt` seconds pass; unseen, the wish is fulfilled at once."""
        self._before = self._now
        if not seen:
            self._governor.forget("darkness")
            self._before = self._now = self._wanted
            return
        step = dt / CHANGE_S
        eased = self._now + min(step, max(-step, self._wanted - self._now))
        self._governor.allow("darkness", luminance_of(self._now))
        self._now = displayed_of(self._governor.allow("darkness", luminance_of(eased)))

    def calm(self) -> None:
        """The scenario is gone: full light."""
        self._wanted = self._before = self._now = 1.0
        self._governor.forget("darkness")

    def brightness(self, between: float) -> float:
        """Part of the full light as displayed, 0 to 1, `between` the last two ticks."""
        return self._before + (self._now - self._before) * between
