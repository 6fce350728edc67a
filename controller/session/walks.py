"""Owns how it is told that a patient went to a mark by own act; it knows no screen and no page."""

from __future__ import annotations

from typing import Literal

from scenarios.api.manifest import Manifest


def walked_to(manifest: Manifest, mark: int, language: Literal["fr", "en"]) -> str | None:
    """Where it led, in the scenario's own words: the name of the place, how far, and its unit.

    None for a mark that the scenario does not declare.
    """
    walk = manifest.walk
    spec = None if walk is None else manifest.value(walk.start)
    if walk is None or spec is None or not 0 <= mark < len(walk.marks):
        return None
    far = f"{walk.marks[mark]:.{spec.decimals}f}"
    shown = far.replace(".", ",") if language == "fr" else far
    return f"{spec.label.get(language)} : {shown} {spec.unit}".replace(
        " : ", " : " if language == "fr" else ": "
    ).strip()
