"""Owns `palier bench frame`: what the pictures of a scenario cost, held against a budget.

The runtime measures in a process of its own; here it is only judged. Time is judged as a multiple
of a bare loop over the same graph in the same run, so that it holds on any machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from controller.language import _

SCENARIO = "heights.balcony"
PICTURES = 40
PATIENCE_S = 600.0
MOST_TIMES_BARE = 5.0
"""App and cull of ours, as a multiple of cull alone over the same graph."""
BUDGET = {
    "draws": 150,
    "triangles": 500_000,
    "lightmaps": 3,
    "lightmap_side": 2048,
    "texture_bytes": 500_000_000,
    "times_bare": MOST_TIMES_BARE,
}
"""The most that each figure may be, for a modest VR computer."""
_NO_SUCH = 2


class FrameNotMeasured(Exception):
    """The measurement could not be made; the text says why and what to do."""


def measure(scenario: str, pictures: int) -> dict[str, object]:
    """Measure a scenario; gives what is printed, `holds` among it.

    Raises:
        FrameNotMeasured: nothing can be drawn here, or there is no such scenario.
    """
    command = [sys.executable, "-m", "vr_runtime.authoring.frame", scenario, str(pictures)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise FrameNotMeasured(_("The pictures were not measured within ten minutes.")) from None
    if done.returncode == _NO_SUCH:
        told = _("No scenario has the id `{id}`; `palier-scenario list` shows all.")
        raise FrameNotMeasured(told.format(id=scenario))
    if done.returncode != 0:
        why = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise FrameNotMeasured(_("Pictures cannot be measured here: {why}").format(why=why))
    return judged(json.loads(done.stdout))


def judged(found: dict[str, Any]) -> dict[str, object]:
    """The document that is printed: each figure's worst of all levels against its budget."""
    levels: dict[str, dict[str, float]] = found["levels"]
    worst = {name: max(level[name] for level in levels.values()) for name in BUDGET}
    kept = {name: worst[name] <= most for name, most in BUDGET.items()}
    return {
        "bench": "frame",
        **found,
        "budget": BUDGET,
        "worst": worst,
        "kept": kept,
        "holds": all(kept.values()),
    }
