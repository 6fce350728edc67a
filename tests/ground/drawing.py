"""How the tests' display without a window is drawn: its size, and until all is loaded."""

from __future__ import annotations

import time

from vr_runtime.engine.ports import DT, Display

SIZE = (160, 90)


def load(display: Display, seconds: float = 40.0) -> list[float]:
    """Draw until all that was asked for is ready; gives the time of each picture."""
    times: list[float] = []
    deadline = time.monotonic() + seconds
    while display.stage.loading() < 1.0:
        assert time.monotonic() < deadline, "the load never ended"
        began = time.monotonic()
        display.draw(1.0)
        times.append(time.monotonic() - began)
        display.stage.tick(DT)
    return times
