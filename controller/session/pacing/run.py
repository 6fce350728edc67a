"""Owns how a session's time and breaks stand, by session time; it commands and enforces nothing.

Exposure is counted in the scene, holds included, since the last break ended (break after so many
minutes: makers' advice for headsets, see the clinic's protocol for the source).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from controller.session.document import Document
from controller.session.now import Band
from controller.session.pacing.entries import Paced, What
from controller.session.pacing.seen import PaceNow
from vr_runtime.wire.acts import Phase

LIMIT_NEAR_S = 300.0
"""So long before the time foreseen is over it is said."""
_IN_SCENE = (Phase.EXPOSURE, Phase.HOLD)


@dataclass(frozen=True)
class PaceRules:
    """What the clinic's protocol foresees, in seconds."""

    limit_s: float = 45 * 60.0
    every_s: float = 30 * 60.0
    """A break is due after so much exposure."""
    lasts_s: float = 10 * 60.0


def exposed_s(bands: Sequence[Band], since_s: float, now_s: float) -> float:
    """Seconds in the scene between two moments of the session."""
    found = 0.0
    for band in bands:
        if band.phase in _IN_SCENE:
            until_s = now_s if band.to_s is None else min(band.to_s, now_s)
            found += max(0.0, until_s - max(band.from_s, since_s))
    return found


class PaceRun:
    """Time and breaks of one session."""

    def __init__(self, rules: PaceRules) -> None:
        self.rules = rules
        self._said: set[What] = set()
        """Of the time of the session, and of the present stretch or break."""
        self._since_s = 0.0
        self._began_s: float | None = None

    def take(self, said: Document, at_s: float) -> None:
        """An entry was handed over at this moment, or is read again."""
        if not isinstance(said, Paced):
            return
        self._said.add(said.what)
        if said.what == "break_begun":
            self._began_s = at_s
            self._said -= {"break_due", "break_over", "break_ended"}
        elif said.what == "break_ended":
            self._began_s, self._since_s = None, at_s

    def due(self, bands: Sequence[Band], now_s: float, tick: int) -> tuple[Paced, ...]:
        """What is to be said and recorded at this moment, each once."""
        rules, found = self.rules, []
        left_s, exposed = rules.limit_s - now_s, exposed_s(bands, self._since_s, now_s)
        if left_s <= 0:
            found.append(("limit_reached", rules.limit_s))
        elif left_s <= LIMIT_NEAR_S:
            found.append(("limit_near", left_s))
        if self._began_s is None and exposed >= rules.every_s:
            found.append(("break_due", exposed))
        if self._began_s is not None and now_s - self._began_s >= rules.lasts_s:
            found.append(("break_over", rules.lasts_s))
        return tuple(
            Paced(what=what, minutes=round(seconds / 60, 1), tick=tick)
            for what, seconds in found
            if what not in self._said
        )

    def begun(self, tick: int) -> Paced:
        """The entry of a break that begins."""
        return Paced(what="break_begun", minutes=round(self.rules.lasts_s / 60, 1), tick=tick)

    def ended(self, phase: Phase, now_s: float, tick: int) -> tuple[Paced, ...]:
        """The entry of a break's end, where the patient is in the scene again."""
        if self._began_s is None or phase not in _IN_SCENE:
            return ()
        minutes = round(max(0.0, now_s - self._began_s) / 60, 1)
        return (Paced(what="break_ended", minutes=minutes, tick=tick),)

    def seen(self, bands: Sequence[Band], now_s: float) -> PaceNow:
        """What consoles draw."""
        left_s = None
        if self._began_s is not None:
            left_s = self._began_s + self.rules.lasts_s - now_s
        due = self._began_s is None and "break_due" in self._said
        return PaceNow(exposed_s(bands, self._since_s, now_s), due, left_s, self.rules.lasts_s)
