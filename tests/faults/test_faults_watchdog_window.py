"""What a patient before a screen has while the watchdog is at work: a dark moment, no exposure."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from misbehaving import alive, cellar, kill, led
from runtime_process import eventually

from vr_runtime.wire.acts import Phase, View

sys.path.append(str(Path(__file__).parents[1] / "display"))

from desk import Desk, desk_of

pytestmark = [pytest.mark.render, pytest.mark.timeout(180)]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with desk_of((1400, 900)) as made:
        monkeypatch.setenv("DISPLAY", made.environment["DISPLAY"])
        yield made


def window(desk: Desk) -> str:
    """The patient's window while it is on the screen, else nothing."""
    return desk.ask("xdotool", "search", "--onlyvisible", "--name", "^Palier$")


@pytest.mark.fault("F5")
def test_a_hung_picture_is_gone_at_once_and_the_safe_place_takes_its_place(
    tmp_path: Path, desk: Desk, record_property: Callable[[str, object], None]
) -> None:
    with cellar(tmp_path, display="desktop") as runtime, led(runtime) as lead:
        boot, renders = lead.into_scene().boot, runtime.renders
        exposure = window(desk)
        assert exposure
        stood_still = kill(renders, signal.SIGSTOP)
        eventually(lambda: not alive(renders), "the judgement")
        judged = time.monotonic()
        eventually(lambda: window(desk) != exposure, "the end of the picture")
        gone = time.monotonic()
        state = lead.back(boot)
        eventually(lambda: bool(window(desk)), "the next window")
        back = time.monotonic()
        assert (state.phase, state.view) == (Phase.SAFE_PLACE, View.SAFE_PLACE)
        state = lead.until(lambda s: s.display.pictures > 3, "pictures of the safe place")
        record_property(
            "measured",
            f"judged after {judged - stood_still:.2f} s, picture gone {gone - judged:.2f} s later, "
            f"safe place {back - judged:.2f} s after the judgement",
        )
        assert gone - judged < 1.0 + SLACK_S
        assert back - judged < 4.0 + SLACK_S


SLACK_S = 6.0
"""For a machine that draws without a graphics card and does much else at the same time."""
