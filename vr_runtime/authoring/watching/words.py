"""Owns what a watching process and the one that shows say to each other; does none of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from vr_runtime.examination.report import Report


class Word(BaseModel):
    """One line of JSON, each way."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Where(Word):
    """Where the author is in the scene: it stays when the scene is built anew."""

    kind: Literal["where"] = "where"
    level: int = Field(default=0, ge=0, le=10)
    apart: dict[str, float] = {}
    yaw: float = 0.0
    """Degrees to the left of straight ahead."""
    pitch: float = 0.0


class Show(Word):
    """Show this version; where the author is stays as it is, unless `where` says it."""

    kind: Literal["show"] = "show"
    number: int
    path: str
    report: Report
    where: Where | None = None
    events: tuple[str, ...] = ()
    """Let these happen once the scene is there."""


class Tell(Word):
    """Say these lines over the picture; none takes them away."""

    kind: Literal["tell"] = "tell"
    lines: tuple[str, ...]


class End(Word):
    """Close the window."""

    kind: Literal["end"] = "end"


class Ready(Word):
    """The window is open."""

    kind: Literal["ready"] = "ready"


class Shown(Word):
    """This version is before the author's eyes, at the level and values that were kept."""

    kind: Literal["shown"] = "shown"
    number: int


class Failed(Word):
    """This version threw an exception or took too long."""

    kind: Literal["failed"] = "failed"
    number: int
    text: str


class Closed(Word):
    """The author closed the window."""

    kind: Literal["closed"] = "closed"


class Unable(Word):
    """Nothing can be shown here."""

    kind: Literal["unable"] = "unable"
    why: str


ASKED: TypeAdapter[Show | Tell | End] = TypeAdapter(
    Annotated[Show | Tell | End, Field(discriminator="kind")]
)
ANSWERED: TypeAdapter[Ready | Shown | Failed | Where | Closed | Unable] = TypeAdapter(
    Annotated[Ready | Shown | Failed | Where | Closed | Unable, Field(discriminator="kind")]
)
