"""Owns what a console is told of a pack that scenarios come from; knows neither file nor hash."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenarios.api.manifest import ScenarioId, Words
from vr_runtime.wire.base import Message, ShortText

PackHash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
PackName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
FIRST_OPENING_S = 12.0
"""So much longer than any other act may it take to open a session with a pack: its code is examined
then, for the first time."""
PackVersion = Annotated[str, Field(pattern=r"^\d{1,6}\.\d{1,6}\.\d{1,6}$")]


Grade = Literal["bronze", "silver", "gold"]
"""What a scenario was measured to be; technical, and nothing about clinical effect."""


class PackRef(Message):
    """Which pack it was, beyond doubt: whoever changes a byte of it has another one."""

    name: PackName
    version: PackVersion
    sha256: PackHash
    """The pack's hash: of its `pack.toml`, which holds the hash of every file."""


class PackGrade(Message):
    """What the author of a pack measured one of its scenarios to be."""

    scenario: ScenarioId
    grade: Grade


class PackNote(PackRef):
    """A pack that is installed at the patient's side, as a therapist judges it."""

    title: Words
    author: ShortText
    licence: ShortText
    """An SPDX identifier."""
    files: int = Field(ge=1)
    size: int = Field(ge=0)
    """Bytes of all files together."""
    scenarios: tuple[ScenarioId, ...] = Field(min_length=1, max_length=200)
    signed_by: str | None = Field(default=None, pattern=r"^[0-9a-f]{32}$")
    """Fingerprint of the key whose signature holds; None for an unsigned pack."""
    signer: ShortText = ""
    """Name of that key where the patient's side knows it; empty for a key that nobody vouched for.
    """

    grades: tuple[PackGrade, ...] = ()
    """Of the scenarios whose certificate holds for them and for this version of Palier."""

    def grade(self, scenario_id: str) -> Grade | None:
        """What this scenario was measured to be; None where no certificate holds."""
        return next((one.grade for one in self.grades if one.scenario == scenario_id), None)

    @property
    def ref(self) -> PackRef:
        """The same as an entry keeps it."""
        return PackRef(name=self.name, version=self.version, sha256=self.sha256)
