"""Owns what is known of each shipped sound: how loud it is, and what it is for.

It was measured when the sound was made, and stands in the list of what ships.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vr_runtime.stage.mixing import UNMEASURED, Bus, Measured

AUDIO = "audio/"


@dataclass(frozen=True)
class Known:
    """One shipped sound."""

    bus: Bus
    measured: Measured


def known_sounds(credits: Path) -> dict[str, Known]:
    """The sounds of the list by name, as `"wind/steady"`; those that were measured."""
    entries = tomllib.loads(credits.read_text(encoding="utf-8"))["file"]
    return {
        entry["path"].removeprefix(AUDIO).rpartition(".")[0]: Known(
            Bus(entry["kind"]),
            Measured(entry["loudness_lufs"], 10.0 ** (entry["true_peak_db"] / 20.0)),
        )
        for entry in entries
        if entry["path"].startswith(AUDIO) and "loudness_lufs" in entry
    }


def known_or_loud(known: Mapping[str, Known], name: str, *, loop: bool) -> Known:
    """What is known of this sound; what nobody has measured is taken to be loud."""
    return known.get(name) or Known(Bus.BED if loop else Bus.EVENT, UNMEASURED)
