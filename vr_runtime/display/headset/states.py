"""Owns the states of a headset's session, as a table; knows no driver, no picture and no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class State(StrEnum):
    """Where the session with the driver stands, in OpenXR's words; GONE is ours: there is none."""

    GONE = "gone"
    UNKNOWN = "unknown"
    IDLE = "idle"
    READY = "ready"
    SYNCHRONIZED = "synchronized"
    VISIBLE = "visible"
    FOCUSED = "focused"
    STOPPING = "stopping"
    LOSS_PENDING = "loss_pending"
    EXITING = "exiting"


@dataclass(frozen=True)
class Standing:
    """What a state means to us."""

    do: Literal["nothing", "begin", "end", "leave"]
    """What is owed to the driver on entering it, where it has not been done already."""
    held: bool
    """The driver shows our pictures, or will once the headset is worn."""
    seen: bool = False
    """The patient can see our pictures: the headset is on a head, as far as the driver tells."""
    heard: bool = False
    """What is pressed on the controllers is meant for us."""


TABLE: Mapping[State, Standing] = {
    State.GONE: Standing("nothing", held=False),
    State.UNKNOWN: Standing("nothing", held=True),
    State.IDLE: Standing("nothing", held=True),
    State.READY: Standing("begin", held=True),
    State.SYNCHRONIZED: Standing("nothing", held=True),
    State.VISIBLE: Standing("nothing", held=True, seen=True),
    State.FOCUSED: Standing("nothing", held=True, seen=True, heard=True),
    # A headset laid aside may be let rest; it comes back as IDLE, READY and so on.
    State.STOPPING: Standing("end", held=True),
    State.LOSS_PENDING: Standing("leave", held=False),
    State.EXITING: Standing("leave", held=False),
}
"""Whatever order a driver tells them in, each is answered by its own row."""
