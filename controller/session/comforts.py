"""Owns what the therapist sets for the patient beside the scene: picture, volume, calibration tone.

It knows neither the record nor how an act reaches the runtime.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from controller.language import _
from controller.session.notices import Tone
from controller.session.now import Outcome
from controller.session.sentences import drawn
from vr_runtime.wire import acts
from vr_runtime.wire.hearing import STEP_DB, TONE_S, PlayTone, SetVolume, StopTone

if TYPE_CHECKING:
    from vr_runtime.wire.state import State


class Comforts:
    """The part of a conductor that looks after eyes and ears."""

    _state: State | None

    @abstractmethod
    async def _do(
        self, act: acts.TherapistAct, session: str | None, text: str, *, tone: Tone = "done"
    ) -> Outcome: ...

    @abstractmethod
    def _session(self) -> str | None: ...

    @abstractmethod
    def _say(self, ok: bool, text: str, tone: Tone, code: str = "") -> Outcome: ...

    async def set_quality(self, quality: acts.Quality) -> Outcome:
        """Draw the patient's picture with all its points, or with fewer and so more often."""
        return await self._do(acts.SetQuality(quality=quality), self._session(), drawn(quality))

    async def set_volume(self, volume_db: int) -> Outcome:
        """How loud everything is for the patient: 0 dB down to -42, in steps of 3."""
        text = _("The patient's volume is {db} dB now.").format(db=decibels(volume_db))
        return await self._do(SetVolume(volume_db=volume_db), self._session(), text)

    async def play_tone(self) -> Outcome:
        """Play the calibration tone, outside exposure."""
        if self._state is not None and self._state.display.sound == "none":
            told = _("No sound device works at the patient's side: no tone can be heard.")
            return self._say(False, told, "refused")
        text = _(
            "The calibration tone plays for {n} s. How loud it is at the ear is the clinic's to "
            "set and to measure."
        )
        return await self._do(PlayTone(), self._session(), text.format(n=TONE_S))

    async def stop_tone(self) -> Outcome:
        """End the calibration tone."""
        return await self._do(StopTone(), self._session(), _("The calibration tone has ended."))


def decibels(volume_db: int) -> str:
    """A volume as it is read: "0", "\u221212"."""
    return str(volume_db).replace("-", "\u2212")


def beside(volume_db: int, steps: int) -> int:
    """The volume so many steps above this one, or below it."""
    return volume_db + steps * STEP_DB
