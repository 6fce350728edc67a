"""What a patient before a screen has while the watchdog is at work: dark and silent, no exposure.

Times are those of the processes themselves: the watchdog's log says when it judged, the trace when
a picture was done, and what the sound library mixes goes into a file that grows while it sounds.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from bounds import kept
from desk import Desk, desk_of
from misbehaving import alive, cellar, led, pictures
from runtime_process import eventually

from vr_runtime.wire.acts import Phase, View

pytestmark = [pytest.mark.render, pytest.mark.timeout(180)]

GONE_S, BACK_S = 1.0, 4.0
"""Promised from the judgement: no picture and no sound of the exposure, then the safe place. The
latter on a desktop with a graphics card: where a processor draws, coming back takes no longer than
the first opening did, which does the same and tries the display before."""
SLACK_S = 6.0
"""So much later no try may be: a machine that draws without a graphics card, and much else."""
RATE = 44_100
FRAME_BYTES = 4
"""Two sides of 16 bits."""
HEADER_BYTES = 128
JUDGED = re.compile(r"^(\S+ \S+) WARNING nothing was heard .* it is killed$", re.M)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, drawn_before: None) -> Iterator[Desk]:
    with desk_of((1400, 900)) as made:
        monkeypatch.setenv("DISPLAY", made.environment["DISPLAY"])
        yield made


def window(desk: Desk) -> str:
    """The patient's window while it is on the screen, else nothing."""
    return desk.ask("xdotool", "search", "--onlyvisible", "--name", "^Palier$")


class Loudspeaker:
    """What the runtime's sound library plays, as a file; each start of it begins the file anew."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.file = folder / "sound.wav"
        settings = folder / "al.conf"
        settings.write_text(
            f"[general]\ndrivers=wave\nfrequency={RATE}\nsample-type=int16\nchannels=stereo\n"
            f"[wave]\nfile={self.file}\n"
        )
        patch.delenv("ALSOFT_DRIVERS", raising=False)
        patch.setenv("ALSOFT_CONF", str(settings))
        self._size = 0
        self.grew_at = 0.0

    def look(self) -> None:
        """See whether more was played since the last look."""
        size = self.file.stat().st_size
        if size > self._size:
            self._size, self.grew_at = size, time.time()

    def loudness(self, seconds: float) -> float:
        """How loud the last of it was, as a share of the loudest possible (RMS)."""
        frames = (self._size - HEADER_BYTES) // FRAME_BYTES
        with self.file.open("rb") as file:
            file.seek(HEADER_BYTES + (frames - int(seconds * RATE)) * FRAME_BYTES)
            samples = np.frombuffer(file.read(int(seconds * RATE) * FRAME_BYTES), dtype="<i2")
        return float(np.sqrt(np.mean((samples / 32768.0) ** 2)))


@pytest.mark.fault("F5")
@pytest.mark.fault("F28")
def test_a_hung_exposure_is_dark_and_silent_in_a_second_and_the_safe_place_there_in_four(
    tmp_path: Path,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    told: dict[float, str] = {}

    def too_late(number: int) -> float:
        """How much later than promised the latest of the three was, in seconds."""
        folder, trace = tmp_path / str(number), tmp_path / f"trace{number}"
        folder.mkdir()
        speaker = Loudspeaker(folder, monkeypatch)
        options = ("--trace", str(trace))
        began = time.monotonic()
        with cellar(folder, *options, display="desktop") as runtime, led(runtime) as lead:
            back_s = max(BACK_S, time.monotonic() - began)
            boot, renders = lead.into_scene().boot, runtime.renders
            exposure = window(desk)
            assert exposure
            # The loop hangs, and what mixes the sound, a thread of its own, goes on.
            lead.spring("swallow")

            def over() -> bool:
                speaker.look()
                return not alive(renders)

            eventually(over, "the end of what hung")
            assert speaker.loudness(0.3) > 0.003, "until then the exposure was heard"
            eventually(lambda: window(desk) != exposure, "the end of the picture")
            dark = time.time()
            eventually(lambda: bool(window(desk)), "the next window")
            back = time.time()
            state = lead.back(boot)
            assert (state.phase, state.view) == (Phase.SAFE_PLACE, View.SAFE_PLACE)
            lead.until(lambda s: s.display.pictures > 3, "pictures of the safe place")
            (when,) = JUDGED.findall(runtime.log.read_text(errors="replace"))
            judged = datetime.strptime(when, "%Y-%m-%d %H:%M:%S,%f").timestamp()
            told_by_both = time.time() - time.monotonic()
            drawn = [
                (p.view, p.ended / 1e9 + told_by_both)
                for p in pictures(runtime, trace)
                if p.ended / 1e9 + told_by_both > judged
            ]
        assert {view for view, _at in drawn} == {View.SAFE_PLACE}, "never the scene again"
        silent_s, dark_s = speaker.grew_at - judged, dark - judged
        safe_s = max(back, drawn[0][1]) - judged
        late_s = max(silent_s - GONE_S, dark_s - GONE_S, safe_s - back_s)
        told[late_s] = (
            f"from the judgement: sound gone {max(0.0, silent_s):.2f} s, "
            f"picture gone {dark_s:.2f} s, safe place {safe_s:.2f} of {back_s:.2f} s"
        )
        return late_s

    record_property("measured", told[kept(too_late, 0.0, each_s=SLACK_S)])
