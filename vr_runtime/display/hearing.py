"""Owns which sound device is meant, and where recordings lie; imports no renderer.

The sound library is inside the renderer's wheel and gives its devices in no other way than by what
it says while it opens: it is let say it in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from vr_runtime.language import _

LISTING_S = 30.0
BEGINS, ENDS = "All OpenAL devices:", "OpenAL drivers:"
LEVEL = ":audio(debug):"
DEFAULT = " [default]"
NOWHERE = "No Output"
"""The device that swallows all; nobody means it."""


class SoundUnavailable(Exception):
    """What was asked of sound cannot be had here; the message says what to do (exit code 3)."""


@dataclass(frozen=True)
class SoundWish:
    """What was asked of sound when the runtime was started."""

    device: str | None = None
    """A name as the system lists it; None takes the one that the system prefers."""
    voices: tuple[Path, ...] = ()
    """Folders of recordings, before the usual one."""
    silent: bool = False
    """No device at all: nobody listens, and mixing for nobody takes as long as for somebody."""


AS_THE_SYSTEM_HAS_IT = SoundWish()


def listed() -> list[str]:
    """The sound devices of this machine by name, the preferred one first."""
    command = [sys.executable, "-m", "vr_runtime.display.sound_trial"]
    try:
        told = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LISTING_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return named_in(told.stdout.decode("utf-8", "replace"))


def named_in(told: str) -> list[str]:
    """The names in what the sound library says while it opens, the preferred one first."""
    names: list[tuple[bool, str]] = []
    within = False
    for line in told.splitlines():
        if BEGINS in line:
            within = True
        elif ENDS in line:
            break
        elif within and line.startswith(LEVEL):
            name = line.removeprefix(LEVEL).strip()
            plain = name.removesuffix(DEFAULT)
            if plain != NOWHERE:
                names.append((not name.endswith(DEFAULT), plain))
    return [name for _later, name in sorted(names, key=lambda each: each[0])]


def meant(asked: str, names: list[str]) -> str:
    """The device that `asked` names: whole, or by a part that no other one has.

    Raises:
        SoundUnavailable: none is meant, or several; the message gives the names there are.
    """
    if asked in names:
        return asked
    alike = [name for name in names if asked.casefold() in name.casefold()]
    if len(alike) == 1:
        return alike[0]
    if not names:
        told = _("No sound device was found here; plug one in, or leave --sound-device out.")
        raise SoundUnavailable(told)
    told = _("No sound device is called {name}; there are: {names}.")
    if len(alike) > 1:
        told = _("Several sound devices are called {name}: {names}.")
    shown = "; ".join(f'"{name}"' for name in (alike or names))
    raise SoundUnavailable(told.format(name=f'"{asked}"', names=shown))


def checked(wish: SoundWish) -> SoundWish:
    """The wish with its device as the system names it.

    Raises:
        SoundUnavailable: there is no such device, or a folder of recordings is not there.
    """
    for folder in wish.voices:
        if not folder.is_dir():
            told = _("There is no folder {folder} with recordings; look at --voices.")
            raise SoundUnavailable(told.format(folder=folder))
    if wish.device is None:
        return wish
    return SoundWish(meant(wish.device, listed()), wish.voices)
