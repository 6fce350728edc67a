"""Owns what comes back from a measurement, as it crosses between processes; judges nothing."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Data(BaseModel):
    """Frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Spot(Data):
    """Where something is to be looked for in an author's files."""

    file: str = ""
    """As Python names it; empty for the scenario's main file."""
    line: int = 0
    """0 where only `name` is known."""
    column: int = 1
    name: str = ""
    """What the class declares: a method, an event, a value, or `levels`."""


class Finding(Data):
    """One thing that was found, not yet told to anybody."""

    code: str
    spot: Spot
    message: str
    hint: str = ""


class Step(Data):
    """What began at a tick of a walk, for saying where two walks part."""

    tick: int
    what: str
    """As "level 3" or an event's name."""
    event: str = ""


class Effort(Data):
    """Time that an author's code took, in milliseconds of the processor."""

    ticks: int = 0
    slow: int = 0
    """Ticks above 2 ms."""
    worst_ms: float = 0.0
    build_ms: float = 0.0


class Walked(Data):
    """What a walk without pictures measured."""

    effort: Effort = Effort()
    slowest: Spot = Spot()
    """The author's function in which most of the time went."""
    things: int = 0
    """Most things that stood in the world at once."""
    sounds: int = 0
    events_played: int = 0
    growth_bytes_a_minute: int = 0
    digests: tuple[str, ...] = ()
    """Of the whole stage, one for each tick."""
    steps: tuple[Step, ...] = ()


class Drawn(Data):
    """What the pictures of a scenario measured."""

    pictures: int = 0
    """How many were looked at for flashes and stripes."""
    aside: int = 0
    """How many of them of what is not ahead, or at other times, where something might flash."""
    left_out: tuple[str, ...] = ()
    """Events that were not looked at to their end; what might flash in them was."""
    most_transitions: int = 0
    """Most opposing changes of luminance of any second, in 0.3 % of the picture."""
    first_level: int = 0
    """The lowest level that was looked at."""
    differences: tuple[float, ...] = ()
    """Between each level from there on and the one above it, as a multiple of what moves anyway."""
    looked_at: tuple[str, ...] = ()
    """Events that were looked at."""
    events: tuple[str, ...] = ()
    """Those of them that are seen."""
    times_neutral: float = 0.0
    """Time of a picture as a multiple of that of the neutral room in the same process."""
    draws: int = 0
    triangles: int = 0
    texture_bytes: int = 0


class Heard(Data):
    """What the sound of a scenario measured, as it is mixed."""

    levels_lufs: tuple[float | None, ...] = ()
    """Of each level without an event."""
    events: tuple[str, ...] = ()
    """Those that are heard."""
    bed_lufs: float | None = None
    """The loudest level without an event; None where all are silent."""
    event_lufs: float | None = None
    """The loudest event, with what else is heard."""
    peak_db: float | None = None
    """Highest true peak, in decibels of full scale."""
    onset_s: float | None = None
    """The shortest rise from silence of any sound."""
    held_back_db: float = 0.0
    """The most by which the stage had to make a sound softer than it was asked to be."""


class Outcome(Data):
    """What one measuring process tells before it ends."""

    findings: tuple[Finding, ...] = ()
    walked: Walked = Walked()
    drawn: Drawn | None = None
    heard: Heard | None = None
    not_drawn: str = ""
    """What the driver said where nothing can be drawn."""
