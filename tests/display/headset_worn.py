"""Wears a headset and tells, as one JSON document, what it saw; run as a process by the tests.

`fake`: drawn without a window, on the fake driver. `real`: on the driver that this machine names.
"""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from typing import Any

import numpy as np
from fake_xr import FakeXr, Head, SessionState, turned
from headset_led import Led
from numpy.typing import NDArray
from PIL import Image

from vr_runtime.display.build import _furnished
from vr_runtime.display.choose import open_display
from vr_runtime.display.graphics import Output
from vr_runtime.display.hand import NoHand
from vr_runtime.display.headset.display import HeadsetDisplay
from vr_runtime.display.hearing import AS_THE_SYSTEM_HAS_IT
from vr_runtime.display.sampling import FINER
from vr_runtime.engine.ports import DT
from vr_runtime.flash.light import COLUMNS, ROWS, in_cells, light_of
from vr_runtime.wire.acts import View

Pixels = NDArray[np.uint8]
SIZE = (96, 96)
S = SessionState


class Shelf:
    """In the place of OpenGL's copies: what was to be copied, by eye."""

    def __init__(self) -> None:
        self.copies: list[tuple[int, tuple[int, int], int, tuple[int, int]]] = []

    def copy(self, source: int, size: tuple[int, int], image: int, into: tuple[int, int]) -> None:
        self.copies.append((source, size, image, into))


def eyes(display: HeadsetDisplay) -> list[Pixels]:
    """What both eyes were last shown, read from where it was drawn.

    Read from its texture it would be taken for new, and be drawn over all that comes later.
    """
    told = []
    for buffer in display._pictures._buffers:
        shot = buffer.getScreenshot()
        rows = np.frombuffer(bytes(shot.getRamImageAs("RGB")), np.uint8)
        told.append(rows.reshape(shot.getYSize(), shot.getXSize(), 3)[::-1])
    return told


def red(picture: Pixels) -> NDArray[np.bool_]:
    return picture[..., 0] > 1.25 * picture[..., 2].astype(float) + 8


def middle(mask: NDArray[np.bool_]) -> list[float]:
    """Where a patch is, to the right and downwards, in parts of the picture."""
    rows, columns = mask.nonzero()
    return [float(columns.mean()) / mask.shape[1], float(rows.mean()) / mask.shape[0]]


def extent(mask: NDArray[np.bool_]) -> list[int]:
    """Width and height of a patch, in pixels."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return [int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1)]


def apart(display: HeadsetDisplay) -> float:
    """How far, in light, the looking for flashes is from the whole of what the left eye sees."""
    size = (COLUMNS * FINER, ROWS * FINER)
    whole = np.asarray(Image.fromarray(eyes(display)[0]).resize(size, Image.Resampling.BILINEAR))
    looked = display._sampler.light()
    assert looked is not None
    return float(np.abs(in_cells(light_of(whole), COLUMNS, ROWS)[::-1] - looked).mean())


def fake() -> dict[str, Any]:
    xr = FakeXr(head=Head(position=(0.4, 1.6, 0.7), orientation=turned(25.0)))
    led = Led(xr)
    port = led.session.port
    assert port is not None
    port.sizes = (SIZE, SIZE)
    port.hidden = lambda eye: (((-9.0, 0.6), (9.0, 0.6), (0.0, 9.0)), (0, 1, 2))  # type: ignore[method-assign]
    output, shelf = Output.offscreen((192, 108)), Shelf()
    display = HeadsetDisplay(
        output,
        led.session,
        shelf,
        window=NoHand(),
        clock=lambda: led.now,
        **_furnished(output, AS_THE_SYSTEM_HAS_IT, "medium", lambda: led.now, "en"),
    )
    told: dict[str, Any] = {}

    def rounds(count: int = 2) -> None:
        for _ in range(count):
            display.occurrences()
            display.stage.tick(DT)
            display.draw(1.0)
            led.now += 0.011

    xr.up_to(S.IDLE, S.READY, S.SYNCHRONIZED, S.VISIBLE, S.FOCUSED)
    rounds()
    told["copies"] = shelf.copies[-2:]
    told["head"] = list(display._eyes.camera.getPos(display._head.room(View.NEUTRAL)))
    with display.stage.owner("scene"):
        display.stage.world.box((0.3, 0.3, 0.3), material="brick", at=(0.0, 1.2, 1.45))
    while display.stage.loading() < 1.0:
        rounds(1)
    display.show(View.SCENE)
    display._ease.advance(1.0)
    rounds()
    left, right = eyes(display)
    told["brick"] = [middle(red(left)), middle(red(right))]
    told["top"] = [int(eye[: SIZE[1] // 12].max()) for eye in (left, right)]
    sampled = display._sampler.light()
    assert sampled is not None
    seen = in_cells(light_of(left[::-1].copy()), COLUMNS, ROWS)
    told["sampled"] = [float(np.abs(sampled - seen).mean()), float(seen.std())]
    jpeg = display.picture(160, 90)
    assert jpeg is not None
    mirrored = np.asarray(Image.open(BytesIO(jpeg)).convert("RGB"))
    told["mirror"] = [*mirrored.shape, float(red(mirrored).mean())]
    rounds()
    told["looked at"] = [apart(display)]
    xr.head = Head(position=(0.4, 1.6, 0.7), orientation=turned(25.0 + 15.0))
    rounds(1)
    told["turned"] = middle(red(eyes(display)[0]))
    display.draw_with("lowered")
    rounds(1)
    told["lowered"] = [list(eye.shape[:2]) for eye in eyes(display)]
    told["state"] = display.state().quality
    rounds()
    told["looked at"].append(apart(display))
    display.draw_with("full")
    xr.head = Head(position=(0.4, 1.6, 0.7), orientation=turned(25.0))
    display.show(View.NEUTRAL)
    display._ease.advance(1.0)
    rounds(1)
    stopped = eyes(display)
    display.stage.clear("scene")
    rounds(2)
    without = eyes(display)
    told["after_stop"] = [
        float(np.abs(a.astype(int) - b).mean()) for a, b in zip(stopped, without, strict=True)
    ]
    display.tell_watched(True)
    rounds(1)
    changed = [
        np.abs(a.astype(int) - b).max(axis=2) > 25
        for a, b in zip(eyes(display), without, strict=True)
    ]
    told["notice"] = [middle(mask) for mask in changed]
    display.tell_watched(False)
    with display.stage.owner("scene"):
        display.stage.world.box((0.8, 0.02, 0.8), material="brick", at=(0.0, 1.5, 1.2))
    while display.stage.loading() < 1.0:
        rounds(1)
    display.show(View.SCENE)
    display._ease.advance(1.0)
    rounds()
    size = (320, 180)
    mirror = np.frombuffer(display.pixels(size), np.uint8).reshape(size[1], size[0], 3)
    told["square"] = [extent(red(eyes(display)[0])), extent(red(mirror))]
    display.close()
    told["breaches"] = xr.breaches
    told["calls"] = xr.calls[-3:]
    return told


def real(seconds: float) -> dict[str, Any]:
    from OpenGL import GL

    opened, sentence = open_display("headset")
    assert isinstance(opened, HeadsetDisplay)
    session = opened._session
    states: dict[str, int] = {}
    pictures = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end or pictures < 8:
        opened.occurrences()
        states.setdefault(session.state.value, pictures)
        if opened.due_s() <= 0.0:
            opened.draw(1.0)
            pictures += 1
    port: Any = session.port
    spread = []
    for images, (width, height) in zip(port._images, port.sizes, strict=True):
        GL.glBindTexture(GL.GL_TEXTURE_2D, images[0])
        raw = GL.glGetTexImage(GL.GL_TEXTURE_2D, 0, GL.GL_RGB, GL.GL_UNSIGNED_BYTE)
        rows = np.frombuffer(raw, np.uint8).reshape(height, width, 3)
        spread.append([float(rows.mean()), float(rows.std())])
    GL.glBindTexture(GL.GL_TEXTURE_2D, 0)
    facts = opened.headset()
    assert facts is not None
    told = {
        "name": port.name,
        "sentence": sentence,
        "states": states,
        "pictures": pictures,
        "spread": spread,
        "facts": [facts.worn, facts.session, facts.tracked],
        "rate_hz": session.rate_hz,
    }
    opened.close()
    told["after"] = session.state.value
    return told


if __name__ == "__main__":
    print(json.dumps(fake() if sys.argv[1] == "fake" else real(float(sys.argv[2]))))
