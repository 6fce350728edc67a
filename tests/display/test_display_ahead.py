"""What is made before a display opens: told of as long as it lasts, and made once."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from vr_runtime.display import ahead
from vr_runtime.display.ahead import SURFACES, make_ahead
from vr_runtime.stage.panda.kept import Arrays, KeptArrays


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ahead, "cache_dir", lambda: tmp_path)
    monkeypatch.setattr(ahead, "ROOMS_MADE", {})
    monkeypatch.setattr(ahead, "TOLD_EVERY_S", 0.01)
    return tmp_path


def test_whoever_waits_hears_that_it_goes_on_until_it_is_made(
    cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heard_thrice, told = threading.Event(), []

    def made() -> Arrays:
        assert heard_thrice.wait(10.0), "nothing was told while this lasted"
        return {"pixels": np.zeros(3)}

    def goes_on() -> None:
        told.append(1)
        if len(told) == 3:
            heard_thrice.set()

    monkeypatch.setattr(ahead, "made_surfaces", made)
    make_ahead(goes_on)
    assert KeptArrays(cache).there(SURFACES)
    assert "once" in capsys.readouterr().err
    make_ahead(lambda: pytest.fail("it is there"))
    assert capsys.readouterr().err == ""


def test_whoever_gives_up_does_not_wait_for_what_is_being_made(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go, over = threading.Event(), threading.Event()

    def made() -> Arrays:
        let_go.wait(8.0)
        over.set()
        return {"pixels": np.zeros(3)}

    def gives_up() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ahead, "made_surfaces", made)
    with pytest.raises(KeyboardInterrupt):
        make_ahead(gives_up)
    assert not over.is_set()
    (maker,) = [thread for thread in threading.enumerate() if thread.name == "ahead"]
    assert maker.daemon, "the end of the process would wait for it"
    let_go.set()
    maker.join(8.0)


def test_what_hangs_is_not_said_to_go_on_for_ever(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "LONGEST_S", 0.05)
    over, told = threading.Event(), []

    def made() -> Arrays:
        over.wait(0.5)
        return {"pixels": np.zeros(3)}

    monkeypatch.setattr(ahead, "made_surfaces", made)
    make_ahead(lambda: told.append(1))
    assert len(told) == 5


def test_what_cannot_be_made_is_a_fault_and_no_silence(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made() -> Arrays:
        raise ValueError("no such picture")

    monkeypatch.setattr(ahead, "made_surfaces", made)
    with pytest.raises(ValueError, match="no such picture"):
        make_ahead()
