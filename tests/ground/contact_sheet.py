"""Draws the balcony at the levels that are on it, ahead and down, to be judged by eye.

Run it with `uv run python tests/ground/contact_sheet.py OUT.jpg`. It needs a GL that works without
a display.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

import numpy as np
from panda3d.core import NodePath
from PIL import Image
from places_studio import PlacesStudio

from scenarios.builtin.heights_balcony.scenario import (
    HIGHEST_RAIL_M,
    Balcony,
    _clouds,
    _looking_down,
)
from scenarios.builtin.heights_balcony.street import FLAGS
from vr_runtime.display.eyes import EYE_M
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.models.driven import drive, ready

SIZE = (640, 360)
VIEWS = (0.0, -55.0)
"""Pitches in degrees: ahead, and down before the feet."""
STORM_M_S = 12.0


def main() -> None:
    """Draw the sheet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="the picture to write")
    out = parser.parse_args().out
    studio = PlacesStudio(SIZE)
    terrace = studio.add("balcony/terrace")
    for name in ("city/district", "city/tower"):
        studio.add(name)
    flag = ready(import_module(MODELS["city/flag"].module).build(), "city/flag")
    for place in FLAGS:
        flag.copyTo(studio.root).setPos(*place)
    rows = [np.concatenate([_shot(studio, terrace, k, p) for p in VIEWS], 1) for k in range(8)]
    Image.fromarray(np.concatenate(rows, 0)).save(out, quality=88)


def _shot(studio: PlacesStudio, terrace: NodePath, level: int, pitch: float) -> np.ndarray:
    at = {value.name: value.by_level[level] for value in Balcony.manifest().graded}
    terrace.setZ(at["height"])
    drive(terrace, "rail", at["rail"] / HIGHEST_RAIL_M)
    drive(terrace, "glass", at["glass"] / 100.0)
    studio.light.wind(at["wind"] / STORM_M_S)
    studio.light.clouds(_clouds(at["wind"]))
    studio.light.advance(3.0)
    lowered = _looking_down(at["distance"]) if pitch == 0.0 else 0.0
    feet = (0.0, -at["distance"], at["height"] + EYE_M)
    return studio.look(feet, 0.0, pitch - lowered).astype(np.uint8)


if __name__ == "__main__":
    main()
