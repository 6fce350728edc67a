"""Owns the base of all wire messages; knows no socket."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from scenarios.api.base import Finite, Level, Name
from scenarios.api.manifest import ScenarioId

__all__ = [
    "Boot",
    "Finite",
    "Level",
    "Message",
    "Name",
    "ScenarioId",
    "SessionId",
    "ShortText",
    "Tick",
]

Tick = Annotated[int, Field(ge=0, lt=2**53, strict=True)]
"""A number of engine ticks, 30 a second, counted from the runtime's start."""
Boot = Annotated[str, Field(pattern=r"^[0-9a-z][0-9a-z-]{0,39}$")]
"""One start of the runtime; another one never has the same."""
SessionId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
ShortText = Annotated[str, Field(max_length=400)]


class Message(BaseModel):
    """Frozen, and an unknown field is refused: both ends must mean the same by every byte."""

    model_config = ConfigDict(frozen=True, extra="forbid")
