"""Opens and closes a scenario so many times, as a clinic does in a day; run as a process.

Tells for each time the resident memory of the process in megabytes, and what the graphics hold.
"""

from __future__ import annotations

import json
import os
import sys
import time

from drawing import SIZE
from scene_led import at_level, ready

from vr_runtime.display.build import build
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.loader import Places, discover
from vr_runtime.watch.memory import resident_bytes
from vr_runtime.wire import acts
from vr_runtime.wire.acts import View

LEVEL = 5
PICTURES_IN_SCENE, PICTURES_AFTER = 3, 12
"""What nobody needs any more is given back a little with each picture."""


def once(engine: Engine, display: PandaDisplay, scenario: str) -> None:
    """One session: loaded, seen at its level, closed."""
    ready(engine, display, scenario)
    at_level(engine, display, LEVEL)
    assert engine.view is View.SCENE
    for _ in range(PICTURES_IN_SCENE):
        display.draw(1.0)
        engine.tick()
    engine.apply(acts.CloseSession(), "t")
    display.show(engine.view)
    for _ in range(PICTURES_AFTER):
        display.draw(1.0)


def held(display: PandaDisplay) -> dict[str, float]:
    """What this process holds now."""
    resident = resident_bytes(os.getpid())
    assert resident is not None, "this system does not tell a process's memory"
    prepared = display._output.gsg.getPreparedObjects()
    return {
        "resident_mb": round(resident / 1e6, 1),
        "vertex_buffers": prepared.getNumPreparedVertexBuffers(),
        "textures": prepared.getNumPreparedTextures(),
    }


def main(scenario: str, times: int) -> None:
    library = discover(places=Places())
    display = build(
        "offscreen",
        monitor=None,
        size=SIZE,
        console_elsewhere=False,
        clock=time.monotonic,
        language="en",
    )
    engine = Engine(display.stage, library.get)
    for _ in range(times):
        once(engine, display, scenario)
        print(json.dumps(held(display)), flush=True)
    display.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
