"""Every shipped scenario as it is drawn: one picture for each level and each event."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from lot import by_lot
from numpy.typing import NDArray
from PIL import Image
from scene_led import at_level, ready

from scenarios.api.manifest import Manifest
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.loader import Library, Places, discover
from vr_runtime.stage.heard import Wanted
from vr_runtime.wire import acts
from vr_runtime.wire.acts import View

pytestmark = [pytest.mark.render, pytest.mark.timeout(300)]

SESSIONS, SETTLED = 50, 10
"""So many sessions; what the first few needed is kept for those that follow."""
MAY_GROW_MB = 15.0
"""Measured: 6. One picture of baked light that stayed with each session would be 16 each."""
LIBRARY: Library = discover(places=Places())
IDS = [manifest.id for manifest in LIBRARY.manifests()]
Pixels = NDArray[np.float64]


@pytest.fixture
def engine(drawn: PandaDisplay) -> Engine:
    return Engine(drawn.stage, LIBRARY.get)


def picture(display: PandaDisplay) -> Pixels:
    """What is seen now, 0 to 1, after the view has brightened."""
    display._ease.advance(1.0)
    display.draw(1.0)
    jpeg = display.picture(160, 90)
    assert jpeg is not None
    return np.asarray(Image.open(BytesIO(jpeg)).convert("RGB"), dtype=np.float64) / 255.0


def difference(a: Pixels, b: Pixels) -> float:
    return float(np.abs(a - b).mean())


@pytest.mark.parametrize("name", by_lot(IDS))
def test_each_level_has_a_picture_of_its_own_and_nothing_is_missing(
    drawn: PandaDisplay, engine: Engine, name: str
) -> None:
    drawn.show(View.NEUTRAL)
    neutral = picture(drawn)
    ready(engine, drawn, name)
    pictures = []
    # In the room the last of the lamp is hardly light.
    least_step = 0.006 if name == "calm.room" else 0.01
    for level in range(11):
        at_level(engine, drawn, level)
        seen = picture(drawn)
        # In the dark there is less of everything, and as much of it beside what is there.
        assert seen.std() > min(0.07, 0.3 * seen.mean()), f"level {level} is nearly one colour"
        assert difference(seen, neutral) > 0.05
        # The renderer paints what has no surface in a magenta that no surface has.
        magenta = (seen[..., 0] > 0.8) & (seen[..., 2] > 0.8) & (seen[..., 1] < 0.3)
        assert magenta.mean() < 0.001
        pictures.append(seen)
        engine.apply(acts.Pause(), "t")
        drawn.show(engine.view)
    for level, (before, after) in enumerate(pairwise(pictures)):
        assert difference(before, after) > least_step, f"levels {level} and {level + 1} look alike"


def allowed(manifest: Manifest, event: str) -> int:
    """The level from 5 up, else the highest one, at which an event may begin."""
    levels = [n for n in range(11) if manifest.allowed_at(event, n)]
    return next((n for n in levels if n >= 5), levels[-1])


@pytest.mark.parametrize("name", by_lot(IDS))
def test_each_event_is_seen_or_heard_and_gone_with_a_stop(
    drawn: PandaDisplay, engine: Engine, name: str
) -> None:
    ready(engine, drawn, name)
    manifest = engine.manifest
    assert manifest is not None and engine.host is not None
    for event in manifest.events:
        at_level(engine, drawn, allowed(manifest, event.name))
        before = picture(drawn)
        sounding = {sound: sound.volume for sound in drawn._stage.inner.heard}
        assert engine.apply(acts.Trigger(name=event.name), "t") is None
        seen = heard = False
        for tick in range(150):  # what swells takes its time, and what is quick is over soon
            heard = heard or any(
                abs(sound.volume - sounding.get(sound, 0.0)) > 0.02 or Wanted.PLAY in sound.wanted
                for sound in drawn._stage.inner.heard
            )
            if tick % 15 == 14 and not (seen or heard):
                seen = difference(before, picture(drawn)) > 0.001
            engine.tick()
        assert seen or heard, f"{event.name} shows nothing and sounds nothing"
        engine.apply(acts.Stop(), "t")
        drawn.show(engine.view)
        after = picture(drawn)
        assert engine.view is View.NEUTRAL
        assert difference(after, before) > 0.05
        assert not engine.host.running(event.name)


def test_sessions_leave_nothing_of_their_scenes_in_memory(
    drawn: PandaDisplay, engine: Engine
) -> None:
    """The short form of the test below."""
    held = []
    for _ in range(3):
        ready(engine, drawn, IDS[0])
        engine.apply(acts.CloseSession(), "t")
        drawn.show(engine.view)
        # What nobody needs any more is given back a little with each picture.
        for _ in range(40):
            drawn.draw(1.0)
        held.append(drawn._output.gsg.getPreparedObjects().getNumPreparedVertexBuffers())
    # Each session brings more than a hundred.
    assert max(held) - min(held) < 20


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", IDS)
def test_fifty_sessions_need_no_more_memory_than_a_few(name: str, cache_home: Path) -> None:
    """A clinic opens dozens in a day; a scene's geometry is tens of megabytes.

    In a process of its own, where no other test has left anything.
    """
    folder = Path(__file__).parent
    told = subprocess.run(
        [sys.executable, str(folder / "load_cycles.py"), name, str(SESSIONS)],
        env={
            **os.environ,
            "XDG_CACHE_HOME": str(cache_home),
            "ALSOFT_DRIVERS": "null",
            "PYTHONPATH": str(folder.parent / "ground"),
        },
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    held = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(held) == SESSIONS
    settled = held[SETTLED - 1]
    most = {what: max(one[what] for one in held[SETTLED:]) for what in settled}
    assert most["resident_mb"] - settled["resident_mb"] < MAY_GROW_MB, held
    # What the driver keeps beside it is not memory of this process where there is a card.
    for what in ("vertex_buffers", "textures"):
        assert most[what] == settled[what], held
