"""Owns how a patient takes part, as it is kept from one session to the next.

Only what was set for this patient is kept; all else is the clinic's usual, also when that changes.
It knows neither record nor console.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from vr_runtime.wire.sight import PatientSettings

USUAL: Literal["usual"] = "usual"


class TakingPart(BaseModel):
    """What was set for a patient, with the names and meanings of `PatientSettings`.

    None where nothing was set. The scale is the patient's own entry, and the height of the eyes
    belongs to one session.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    language: Literal["fr", "en", "usual"] | None = None
    """"usual" once what had been set is to hold no more: as for all patients of a console."""
    hand: Literal["right", "left"] | None = None
    one_hand: bool | None = None
    posture: Literal["standing", "seated"] | None = None
    captions: bool | None = None
    gaze: bool | None = None
    countdown_s: int | None = Field(default=None, ge=0, le=10, strict=True)
    """Seconds."""
    way_out_always: bool | None = None
    guide_sound: bool | None = None

    def then(self, later: TakingPart) -> TakingPart:
        """This, and what was set later: the last word holds."""
        return TakingPart.model_validate(self._set() | later._set())

    def over(self, usual: PatientSettings) -> PatientSettings:
        """The clinic's usual settings with what was set for this patient."""
        own = self._set()
        if own.get("language") == USUAL:
            del own["language"]
        return PatientSettings.model_validate(usual.model_dump() | own)

    @property
    def empty(self) -> bool:
        """Whether nothing was set."""
        return not self._set()

    def _set(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True)


def changed(before: PatientSettings, after: PatientSettings) -> TakingPart:
    """What was set by going from one to the other."""
    was, now = before.model_dump(), after.model_dump()
    fields = TakingPart.model_fields
    return TakingPart.model_validate({k: now[k] for k in fields if now[k] != was[k]})
