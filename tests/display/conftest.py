"""Lends one drawn display without a window, and one that is not drawn."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawing import SIZE

from vr_runtime.display.build import build
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.flash.watch import FlashWatch
from vr_runtime.wire.acts import View


@pytest.fixture(scope="session")
def opened(cache_home: Path) -> Iterator[PandaDisplay]:
    """Opened once: it takes seconds. Its models are kept in `cache_home`, as all of this run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALSOFT_DRIVERS", "null")
        display = build(
            "offscreen",
            monitor=None,
            size=SIZE,
            console_elsewhere=False,
            clock=time.monotonic,
            language="en",
        )
        yield display
        display.close()


@pytest.fixture
def drawn(opened: PandaDisplay) -> Iterator[PandaDisplay]:
    """The drawn display in the neutral room, its stage empty before and after."""
    # Tests show one thing after the other faster than anybody would: together they do flash.
    opened._flashes = FlashWatch()
    yield opened
    opened.show(View.NEUTRAL)
    opened.stage.clear("scene")
    opened.stage.marks()
    opened.draw(1.0)
