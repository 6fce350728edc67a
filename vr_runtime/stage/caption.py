"""Owns the words of a line that is spoken in the scene, while it is spoken; knows no sound."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.api.manifest import Words


@dataclass(frozen=True)
class Caption:
    """One line, in both languages."""

    words: Words
    left_s: float
    """Seconds until it has been said."""
