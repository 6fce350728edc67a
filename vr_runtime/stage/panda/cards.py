"""Owns whether the sound cards found at the start are still there; knows no sound.

The sound library goes on without an error when a card is pulled out, and its own functions
(`ALC_CONNECTED`) are not to be had: Panda3D's wheel hides them. On Linux the kernel's own list
tells of cards; of what is no card, and elsewhere, nothing is claimed.
"""

from __future__ import annotations

from pathlib import Path

KERNEL_LIST = Path("/proc/asound")


class SoundCards:
    """The places for playing that were there at the start, and whether one is gone."""

    def __init__(self, listed: Path = KERNEL_LIST) -> None:
        self._listed = listed
        self._at_start = self._playing()

    def _playing(self) -> frozenset[str]:
        return frozenset(str(path) for path in self._listed.glob("card*/pcm*p"))

    def one_is_gone(self) -> bool:
        """Whether a place for playing that was there at the start has gone since."""
        return not self._at_start <= self._playing()
