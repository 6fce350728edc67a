"""Which sound device is meant: by name, by a part of it, or told what there is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from controller.local_runtime import RuntimeNotStarted, Wanted, start_or_find
from vr_runtime.display.hearing import SoundUnavailable, SoundWish, checked, listed, meant, named_in
from vr_runtime.language import use

NAMES = ["Built-in Audio, Analog", "USB Headset, Front", "USB Headset, Digital"]


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def test_a_device_is_meant_by_its_name_or_by_a_part_no_other_has():
    assert meant(NAMES[1], NAMES) == NAMES[1]
    assert meant("built-in", NAMES) == NAMES[0]


@pytest.mark.parametrize(
    ("asked", "names", "told"),
    [
        ("Rift", NAMES, "No sound device is called"),
        ("USB", NAMES, "Several sound devices are called"),
        ("USB", [], "No sound device was found"),
    ],
)
def test_a_name_nobody_has_is_told_with_those_there_are(asked, names, told):
    with pytest.raises(SoundUnavailable, match=told) as refused:
        meant(asked, names)
    shown = [name for name in names if name in str(refused.value)]
    assert shown == (names if asked == "Rift" else names[1:])


def test_the_devices_are_read_from_what_the_library_says_the_preferred_first():
    told = (
        ":audio(debug): create_AudioManager()\n:audio(debug): All OpenAL devices:\n"
        ":audio(debug):   One\nAL lib: (WW) something else\n:audio(debug):   Two, 2 [default]\n"
        ":audio(debug):   No Output\n:audio(debug): OpenAL drivers:\n:audio(debug):   OpenAL Soft\n"
    )
    assert named_in(told) == ["Two, 2", "One"]
    assert named_in("") == []


def test_a_folder_of_recordings_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SoundUnavailable, match="no folder"):
        checked(SoundWish(voices=(tmp_path / "none",)))
    assert checked(SoundWish(voices=(tmp_path,))) == SoundWish(voices=(tmp_path,))


@pytest.fixture
def writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound device that writes a file, as the only one there is."""
    settings, out = tmp_path / "al.conf", tmp_path / "out.wav"
    settings.write_text(f"[general]\ndrivers=wave\nchannels=stereo\n[wave]\nfile={out}\n")
    monkeypatch.delenv("ALSOFT_DRIVERS", raising=False)
    monkeypatch.setenv("ALSOFT_CONF", str(settings))
    return out


def runtime(*given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vr_runtime", "--lang", "en", *given],
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
        env=os.environ,
    )


def test_the_command_lists_devices_and_refuses_another_with_their_names(writer):
    assert listed() == ["Wave File Writer"]
    told = runtime("--sound-device", "list")
    assert (told.returncode, told.stdout) == (0, "Wave File Writer\n")
    for more in (("--tone",), ("--no-watchdog", "--bind", "tcp://127.0.0.1:*")):
        refused = runtime("--sound-device", "Rift", *more)
        assert refused.returncode == 3
        assert 'No sound device is called "Rift"; there are: "Wave File Writer".' in refused.stderr


async def test_the_console_passes_the_device_on_and_says_why_none_came_up(writer, tmp_path):
    wanted = Wanted(display="null", sound_device="Rift", voices=tmp_path)
    with pytest.raises(RuntimeNotStarted, match='there are: "Wave File Writer"'):
        await start_or_find(tmp_path / "local", wanted)


def test_without_a_device_the_list_and_the_tone_say_so(monkeypatch):
    monkeypatch.setenv("ALSOFT_DRIVERS", "-all")
    for given in (("--sound-device", "list"), ("--tone",)):
        told = runtime(*given)
        assert told.returncode == 3
        assert "No sound device was found here" in told.stdout + told.stderr
        assert "Traceback" not in told.stderr
