"""Owns what passes between the runtime and its watchdog; knows neither process nor session.

The runtime writes lines on a pipe; the watchdog hands one text to a runtime that it starts again.
What a session needs to come back, and who led it, are carried as texts that the watchdog never
opens.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Literal

LONGEST_LINE = 4096
"""Bytes. A line no longer than this goes into a pipe whole or not at all (POSIX `PIPE_BUF`)."""
AGAIN = "PALIER_RUNTIME_AGAIN"
"""Environment variable: only its owner may read that of another process."""

EXAMINED = "PALIER_RUNTIME_EXAMINED"
"""Environment variable: a private file, empty at first, that all starts of one watchdog share. It
never looks into it."""

Why = Literal["hung", "crashed", "memory", "killed"]
"""Why a runtime was started again; `killed`: by another process of this machine."""


class Doing(StrEnum):
    """What the runtime is at. An author's code is told before it is entered."""

    OPENING = "opening"
    LOOP = "loop"
    BUILDING = "building"
    SCENARIO = "scenario"


@dataclass(frozen=True)
class Opened:
    """It is open: where it listens, which display it has, and whether a processor draws."""

    address: str
    display: str
    software: bool


@dataclass(frozen=True)
class Standing:
    """What the next start needs to come back to the session; empty without one."""

    facts: str


@dataclass(frozen=True)
class Leading:
    """Who held control last, for the next start to know; empty before anybody did."""

    told: str


@dataclass(frozen=True)
class Ending:
    """It ends by itself and in order."""


Said = Doing | Opened | Standing | Leading | Ending


def line(said: Said) -> bytes:
    """One message as it is written."""
    match said:
        case Doing():
            text = f"doing {said.value}"
        case Opened():
            text = f"opened {json.dumps(asdict(said))}"
        case Standing():
            text = f"standing {said.facts}"
        case Leading():
            text = f"leading {said.told}"
        case Ending():
            text = "ending"
    return text.encode() + b"\n"


def read(written: bytes) -> Said | None:
    """The message of one line; None for a line that is none."""
    word, _space, rest = written.decode("utf-8", "replace").rstrip("\n").partition(" ")
    try:
        match word:
            case "doing":
                return Doing(rest)
            case "opened":
                return Opened(**json.loads(rest))
            case "standing":
                return Standing(rest)
            case "leading":
                return Leading(rest)
            case "ending":
                return Ending()
    except (ValueError, TypeError):
        return None
    return None


@dataclass(frozen=True)
class Again:
    """What a runtime that is started again is told."""

    why: Why
    blamed: bool
    """Whether it was the scenario: hung or broken off in its code, or memory eaten in a session."""
    facts: str
    restarts: int
    """How often the runtime has been started again by this watchdog, at least 1."""
    leading: str = ""
    """Who held control last, as it told it itself."""

    def into(self, environment: MutableMapping[str, str]) -> None:
        """Put it where the new process finds it."""
        environment[AGAIN] = json.dumps(asdict(self))

    @classmethod
    def taken_from(cls, environment: MutableMapping[str, str]) -> Again | None:
        """What this process was told, or None at a first start; no child of it inherits this."""
        told = environment.pop(AGAIN, None)
        return None if told is None else cls(**json.loads(told))


def without_again(environment: Mapping[str, str]) -> dict[str, str]:
    """A copy of an environment for a first start."""
    return {name: value for name, value in environment.items() if name != AGAIN}
