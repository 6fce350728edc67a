"""Owns when a headset counts as taken off, as lost and as back; knows no device and no scene.

Times are seconds of one clock that never goes back.
"""

from __future__ import annotations

from vr_runtime.engine.ports import HeadsetFacts
from vr_runtime.wire.acts import (
    HeadsetAway,
    HeadsetBack,
    HeadsetLost,
    HeadsetOff,
    HeadsetOn,
    Occurrence,
)

OFF_AFTER_S = 2.0
"""A headset that is only put straight is not taken off."""
AWAY_AFTER_S = 2.0
"""Tracking comes back by itself after a hand before the cameras; longer than this it is gone."""


class HeadsetWatch:
    """Looks at what a headset says of itself and tells each change once.

    What was lost is back on a head alone: a headset on the table sees its room and shows nobody.
    """

    def __init__(self) -> None:
        self._off_since: float | None = None
        self._off_told = False
        self._lost_since: float | None = None
        self._away_told = False

    def see(self, facts: HeadsetFacts | None, now_s: float) -> list[Occurrence]:
        """What became of it since the last look; nothing where there is no headset."""
        if facts is None:
            return []
        # What is told last is how the headset stands: put on and not tracked, it is lost.
        return [*self._off(facts, now_s), *self._lost(facts, now_s)]

    def _off(self, facts: HeadsetFacts, now_s: float) -> list[Occurrence]:
        if facts.worn or not facts.session:
            told, self._off_told, self._off_since = self._off_told, False, None
            return [HeadsetOn()] if told and facts.worn else []
        if self._off_since is None:
            self._off_since = now_s
        if self._off_told or now_s - self._off_since < OFF_AFTER_S:
            return []
        self._off_told = True
        # From now on it is off, whatever was lost before; put on untracked, it is lost anew.
        self._lost_since, self._away_told = None, False
        return [HeadsetOff()]

    def _lost(self, facts: HeadsetFacts, now_s: float) -> list[Occurrence]:
        if facts.session and facts.worn and facts.tracked:
            was_lost, self._lost_since, self._away_told = self._lost_since, None, False
            return [] if was_lost is None else [HeadsetBack()]
        if self._lost_since is None:
            if facts.session and not facts.worn:
                # On a table nobody is tracked: that is taken off, not lost.
                return []
            self._lost_since = now_s
            return [HeadsetLost(what="tracking" if facts.session else "session")]
        if self._away_told or now_s - self._lost_since < AWAY_AFTER_S:
            return []
        self._away_told = True
        return [HeadsetAway()]
