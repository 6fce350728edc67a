"""Owns the measuring of a scenario's pictures, for `palier bench frame`; judges nothing.

Run as a process: `python -m vr_runtime.authoring.frame ID`. One JSON document is printed.
"""

from __future__ import annotations

import json
import sys

from scenarios.api.manifest import LEVELS
from vr_runtime.authoring.rehearsal import RehearsalFailed, rehearsed
from vr_runtime.loader import discover

SIZE = (640, 360)
PICTURES = 40
DONE, NOT_SHOWN, NO_SUCH, NOT_AVAILABLE = 0, 1, 2, 3


def measured(scenario: str, pictures: int) -> dict[str, object]:
    """What the scenario costs at each level, drawn as a modest VR computer would.

    Raises:
        KeyError: there is no such scenario.
        GraphicsUnavailable, RehearsalFailed: see `rehearsed`.
    """
    found = discover([]).get(scenario)
    if found is None:
        raise KeyError(scenario)
    with rehearsed(found, SIZE, quality="medium") as shown:
        levels = {}
        for level in range(LEVELS):
            shown.go_to(level)
            levels[str(level)] = shown.display.cost(pictures).document()
        driver = shown.display.driver
    return {"scenario": scenario, "size": list(SIZE), "driver": driver, "levels": levels}


def main() -> int:
    """0 measured, 1 the scenario cannot be shown, 2 there is none, 3 nothing can be drawn."""
    from vr_runtime.display.graphics import GraphicsUnavailable

    pictures = int(sys.argv[2]) if len(sys.argv) > 2 else PICTURES
    try:
        print(json.dumps(measured(sys.argv[1], pictures)))
    except KeyError:
        return NO_SUCH
    except RehearsalFailed as error:
        print(error, file=sys.stderr)
        return NOT_SHOWN
    except GraphicsUnavailable as error:
        print(error, file=sys.stderr)
        return NOT_AVAILABLE
    return DONE


if __name__ == "__main__":
    sys.exit(main())
