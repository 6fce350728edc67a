"""Every shipped scenario as it is drawn: one picture for each level and each event."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from drawing import load
from numpy.typing import NDArray
from PIL import Image

from vr_runtime.display.panda import PandaDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.loader import Library, Places, discover
from vr_runtime.wire import acts
from vr_runtime.wire.acts import View

pytestmark = [pytest.mark.render, pytest.mark.timeout(300)]

LIBRARY: Library = discover(places=Places())
IDS = [manifest.id for manifest in LIBRARY.manifests()]
Pixels = NDArray[np.float64]


@pytest.fixture
def engine(drawn: PandaDisplay) -> Engine:
    return Engine(drawn.stage, LIBRARY.get)


def ready(engine: Engine, display: PandaDisplay, name: str) -> None:
    """Open a session on a scenario and load it as the runtime does."""
    act = acts.OpenSession(session="s1", scenario=name, seed=2, ceiling=10)
    assert engine.apply(act, "t") is None
    load(display, seconds=170.0)
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")


def at_level(engine: Engine, display: PandaDisplay, level: int) -> None:
    """Let the scene stand at a level, its short fades over."""
    assert engine.apply(acts.ArmTrial(level=level), "t") is None
    assert engine.apply(acts.BeginTrial(level=level), "t") is None
    display.show(engine.view)
    for _ in range(30 * 120):
        engine.tick()
        if engine.raise_in_s == 0.0 and engine.ramp is not None and engine.ramp.level == level:
            return
    raise AssertionError("the level was not reached")


def picture(display: PandaDisplay) -> Pixels:
    """What is seen now, 0 to 1, after the view has brightened."""
    display._ease.advance(1.0)
    display.draw(1.0)
    jpeg = display.picture(160, 90)
    assert jpeg is not None
    return np.asarray(Image.open(BytesIO(jpeg)).convert("RGB"), dtype=np.float64) / 255.0


def difference(a: Pixels, b: Pixels) -> float:
    return float(np.abs(a - b).mean())


@pytest.mark.parametrize("name", IDS)
def test_each_level_has_a_picture_of_its_own_and_nothing_is_missing(
    drawn: PandaDisplay, engine: Engine, name: str
) -> None:
    drawn.show(View.NEUTRAL)
    neutral = picture(drawn)
    ready(engine, drawn, name)
    pictures = []
    for level in range(11):
        at_level(engine, drawn, level)
        seen = picture(drawn)
        assert seen.std() > 0.08, f"level {level} is nearly one colour"
        assert difference(seen, neutral) > 0.05
        # The renderer paints what has no surface in a magenta that no surface has.
        magenta = (seen[..., 0] > 0.8) & (seen[..., 2] > 0.8) & (seen[..., 1] < 0.3)
        assert magenta.mean() < 0.001
        pictures.append(seen)
        engine.apply(acts.Pause(), "t")
        drawn.show(engine.view)
    for level, (before, after) in enumerate(pairwise(pictures)):
        assert difference(before, after) > 0.01, f"levels {level} and {level + 1} look alike"


@pytest.mark.parametrize("name", IDS)
def test_each_event_is_seen_or_heard_and_gone_with_a_stop(
    drawn: PandaDisplay, engine: Engine, name: str
) -> None:
    ready(engine, drawn, name)
    manifest = engine.manifest
    assert manifest is not None and engine.host is not None
    for event in manifest.events:
        at_level(engine, drawn, max(5, event.min_level))
        before = picture(drawn)
        sounding = len(drawn._stage.inner.heard)
        assert engine.apply(acts.Trigger(name=event.name), "t") is None
        heard = len(drawn._stage.inner.heard) > sounding
        for _ in range(45):
            engine.tick()
            heard = heard or len(drawn._stage.inner.heard) > sounding
        seen = difference(before, picture(drawn)) > 0.001
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
    """A clinic opens dozens in a day; a scene's geometry is tens of megabytes."""
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
