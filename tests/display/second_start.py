"""Opens a display that may make nothing by script, and tells what it shows; run as a process."""

from __future__ import annotations

import hashlib
import json
import time

import pytest

from vr_runtime.display import ahead
from vr_runtime.display import build as building
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.stage.panda import evening_room, meadow, quiet_room, shore
from vr_runtime.stage.panda.kept import Arrays
from vr_runtime.wire.acts import View

SIZE = (160, 90)


def never() -> Arrays:
    raise AssertionError("it was made again though it lay there whole")


def sights(display: PandaDisplay) -> dict[str, str]:
    """A sum of what is seen in each place, once it has brightened and before anything moves."""
    seen = {}
    safe = display._safe
    rooms = [(View.SAFE_PLACE, name, safe._places[name]) for name in safe.names]
    for view, name, room in (*rooms, (View.NEUTRAL, safe.chosen, display._rooms[View.NEUTRAL])):
        display.accompany(name, None, ())
        display.show(view)
        display._ease.advance(1.0)
        lighting = room._lighting
        lighting._seconds = lighting._phase = lighting._strength = 0.0
        display.draw(1.0)
        lighting._seconds = lighting._phase = lighting._strength = 0.0
        lighting._tell()
        seen[f"{view.value} {name}"] = hashlib.sha256(display._mirror.pixels(SIZE)).hexdigest()
    return seen


def main() -> None:
    with pytest.MonkeyPatch.context() as patch:
        makers = (
            (ahead, "surface_pixels"),
            (quiet_room, "reckoned"),
            (meadow, "grown"),
            (shore, "made"),
            (evening_room, "reckoned"),
        )
        for where, name in makers:
            patch.setattr(where, name, never)
        display = building.build(
            "offscreen",
            monitor=None,
            size=SIZE,
            console_elsewhere=False,
            clock=time.monotonic,
            language="en",
        )
    print(json.dumps(sights(display)), flush=True)
    display.close()


if __name__ == "__main__":
    main()
