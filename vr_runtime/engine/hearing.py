"""Owns how loud everything is for the patient, and whether the calibration tone plays.

It knows neither phases nor sound devices: whoever calls says whether the patient is in the scene.
"""

from __future__ import annotations

from vr_runtime.wire.hearing import STEP_DB, TONE_S, PlayTone, SetVolume, StopTone
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.version import TICKS_PER_SECOND

Asked = SetVolume | PlayTone | StopTone


class Hearing:
    """What the patient's ears are given, beside the scene."""

    def __init__(self, volume_db: int = 0) -> None:
        self.volume_db = volume_db
        """0 is as loud as the clinic has set it; below it in steps of 3 dB."""
        self.tone_ticks = 0
        """Ticks for which the calibration tone plays on; 0 when it does not."""

    @property
    def tone(self) -> bool:
        """Whether the calibration tone plays."""
        return self.tone_ticks > 0

    def why_not(self, asked: SetVolume, *, in_scene: bool) -> Code | None:
        """In the scene it becomes louder by one step for one act, and softer by any number."""
        if in_scene and asked.volume_db > self.volume_db + STEP_DB:
            return Code.MORE_THAN_ONE_STEP
        return None

    def take(self, asked: Asked) -> None:
        """Do what was asked and not refused."""
        if isinstance(asked, SetVolume):
            self.volume_db = asked.volume_db
        else:
            self.tone_ticks = TONE_S * TICKS_PER_SECOND if isinstance(asked, PlayTone) else 0

    def elsewhere(self) -> None:
        """The patient is led elsewhere: no tone goes along."""
        self.tone_ticks = 0

    def tick(self) -> None:
        """One tick passed."""
        self.tone_ticks = max(0, self.tone_ticks - 1)

    def facts(self) -> list[int]:
        """All that decides how this goes on."""
        return [self.volume_db, self.tone_ticks]
