"""A film is tried in a process of its own before a patient's display opens it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from owning import film

from vr_runtime.stage.panda import film_trial

pytestmark = pytest.mark.render


def test_a_film_tells_its_size_and_length(tmp_path: Path) -> None:
    place = tmp_path / "sea.mp4"
    film(place, [np.full((64, 128, 3), 90, np.uint8)] * 24)
    width, height, seconds = film_trial.tried(place) or (0, 0, 0.0)
    assert (width, height) == (128, 64) and seconds == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("data", [b"", b"\0\0\0\x18ftypisom" + bytes(400), b"RIFF" * 100])
def test_what_is_no_film_tells_nothing(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "sea.mp4"
    place.write_bytes(data)
    assert film_trial.tried(place) is None


def test_a_trial_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "sea.mp4"
    film(place, [np.full((64, 128, 3), 90, np.uint8)] * 24)
    monkeypatch.setattr(film_trial, "PATIENCE_S", 0.01)
    assert film_trial.tried(place) is None


def test_a_reader_that_crashes_takes_nothing_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashing = tmp_path / "crashing"
    crashing.write_text("#!/bin/sh\nkill -SEGV $$\n")
    crashing.chmod(0o755)
    monkeypatch.setattr(film_trial.sys, "executable", str(crashing))
    assert film_trial.tried(tmp_path / "sea.mp4") is None
