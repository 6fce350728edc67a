"""With the console's process killed or halted, the patient's hand and window still lead out."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk, close, desk_of, focus, pointer_into
from leading import silenced, until
from runtime_process import RuntimeProcess, running

from vr_runtime.display.panda import PandaDisplay
from vr_runtime.wire.acts import Phase, View

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def window(
    opened: PandaDisplay, cache_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, RuntimeProcess]]:
    """One window for all: each test leaves it stopped. `opened` has filled the cache it uses."""
    with desk_of((400, 225)) as desk, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", desk.environment["DISPLAY"])
        patch.setenv("XDG_CACHE_HOME", str(cache_home))
        patch.setenv("ALSOFT_DRIVERS", "null")
        folder = tmp_path_factory.mktemp("runtime")
        with running(folder, "--monitor", "0", display="desktop") as runtime:
            yield desk, runtime


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "halted"])
def test_the_patients_two_presses_leave_and_stop(window, how) -> None:
    desk, runtime = window
    with silenced(runtime, how) as watching:
        pointer_into(desk)
        desk.ask("xdotool", "click", "3")
        left = until(watching, lambda s: s.phase is Phase.SAFE_PLACE, "the safe place")
        assert (left.cause, left.view) == ("patient_left", View.SAFE_PLACE)
        desk.ask("xdotool", "click", "3")
        stopped = until(watching, lambda s: s.phase is Phase.STOPPED, "the stop")
        assert (stopped.cause, stopped.view) == ("patient_stopped", View.NEUTRAL)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "halted"])
def test_a_stop_key_in_the_window_stops(window, how) -> None:
    desk, runtime = window
    with silenced(runtime, how) as watching:
        focus(desk)
        desk.ask("xdotool", "key", "Escape", "key", "Escape")
        stopped = until(watching, lambda s: s.phase is Phase.STOPPED, "the stop")
        assert (stopped.cause, stopped.view) == ("runtime_key_stop", View.NEUTRAL)


@pytest.mark.fault("F31")
def test_closing_the_window_stops(window) -> None:
    desk, runtime = window
    with silenced(runtime, signal.SIGSTOP) as watching:
        focus(desk)
        close(desk)
        stopped = until(watching, lambda s: s.phase is Phase.STOPPED, "the stop")
        assert stopped.cause == "window_closed"
