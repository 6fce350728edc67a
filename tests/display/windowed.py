"""Opens the patient's window and tells what befalls it; run as a process by the tests."""

from __future__ import annotations

import sys
import time

from vr_runtime.display.graphics import configured
from vr_runtime.display.window import NoSuchMonitor, PatientWindow
from vr_runtime.wire.acts import View


def tell_without_drawing(window: PatientWindow) -> None:
    """Draw until the window is seen, then nothing any more: what is told came between pictures."""
    while not window.seen():
        window.poll(0.02)
        window.output.draw()
    print("STILL", flush=True)
    end = time.monotonic() + 60.0
    while time.monotonic() < end:
        for occurrence in window.occurrences():
            print("TOLD", occurrence.kind, flush=True)
    window.output.close()
    window.close()


def main() -> None:
    configured()
    monitor = int(sys.argv[2]) if len(sys.argv) > 2 else None
    try:
        window = PatientWindow(
            monitor, (320, 180), sys.argv[1] == "elsewhere", time.monotonic, "en"
        )
    except NoSuchMonitor as error:
        print("REFUSED", error, flush=True)
        return
    window.shown(View.SCENE)
    window.output.draw()
    print("OPEN", *window.output.size, flush=True)
    if sys.argv[1] == "still":
        tell_without_drawing(window)
        return
    end = time.monotonic() + 120.0
    focused, turned, holds, told = None, False, False, time.monotonic()
    seen = None
    while time.monotonic() < end:
        window.poll(0.02)
        window.output.draw()
        if window.focused() != focused:
            focused = window.focused()
            print("FOCUS", "yes" if focused else "no", flush=True)
        if window.seen() != seen:
            seen = window.seen()
            print("SEEN", "yes" if seen else "no", flush=True)
        if window._dragged_from is not None and not holds:
            holds = True
            print("HOLDS", flush=True)
        if abs(window.look.yaw) > 3.0 and not turned:
            turned = True
            print("TURNED", "left" if window.look.yaw > 0 else "right", flush=True)
        for occurrence in window.occurrences():
            now = time.monotonic()
            print("TOLD", occurrence.kind, flush=True)
            print("AFTER", round(now - told, 2), flush=True)
            told = now
            if occurrence.kind == "patient_left":
                window.shown(View.SAFE_PLACE)
            if occurrence.kind == "window_closed":
                end = 0.0
    window.output.close()
    window.close()


if __name__ == "__main__":
    main()
