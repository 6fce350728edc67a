"""Owns the trial of this machine's graphics: one small picture, drawn and read back.

Knows nothing of what is shown later. Run as a process: `python -m vr_runtime.display.trial KIND`.
"""

from __future__ import annotations

import sys

from panda3d.core import Texture

from vr_runtime.display.graphics import GraphicsUnavailable, Output

SIZE = (64, 36)
GREEN = (0.0, 1.0, 0.0, 1.0)


def draws(kind: str) -> bool:
    """Whether a picture filled with one colour comes back in that colour."""
    # A window would flash up before the patient: its driver is tried without one.
    output = Output.offscreen(SIZE, on_screen_driver=kind == "desktop")
    pixels = Texture("trial")
    buffer = output.buffer("trial", SIZE, pixels)
    buffer.setClearColor(GREEN)
    output.draw_only(buffer)
    major = output.gsg.getDriverVersionMajor()
    minor = output.gsg.getDriverVersionMinor()
    read = bytes(pixels.getRamImageAs("RGB"))[:3] if pixels.hasRamImage() else b""
    output.close()
    return (major, minor) >= (3, 2) and read == bytes((0, 255, 0))


def main() -> int:
    """0 when pictures can be drawn the way the command line names, 3 when not."""
    try:
        return 0 if draws(sys.argv[1]) else 3
    except GraphicsUnavailable:
        return 3


if __name__ == "__main__":
    sys.exit(main())
