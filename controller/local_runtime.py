"""Owns the runtime on this machine: starting it as a process of its own, and finding it again.

It never imports the runtime. The two know each other by keys that are made here.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from controller.language import _, language
from vr_runtime.wire.keys import (
    Identity,
    Peer,
    load_identity,
    load_peers,
    save_identity,
    save_peers,
)
from vr_runtime.wire.place import Place
from vr_runtime.wire.sockets import new_identity

START_PATIENCE_S = 600.0
"""A slow or busy machine makes what is shown for minutes. What hangs ends by its watchdog."""
TOLD_AFTER_S = 4.0
"""A start that takes longer is most likely the first on this machine."""
SECRETS = frozenset({"PALIER_PASSPHRASE", "PALIER_OPERATOR_PASSPHRASE", "PALIER_NEW_PASSPHRASE"})
"""What the environment may tell a console and is no business of the patient's side."""
_LOOK_EVERY_S = 0.02
_TOLD_OF_LOG = 400
_OWN = "palier-runtime: "


class RuntimeNotStarted(Exception):
    """The runtime did not come up; the text says why and what to do."""


class _Announced(BaseModel):
    """What a runtime writes once it is open."""

    address: str
    key: str
    pid: int
    """The process by which it is ended: its watchdog while there is one."""
    renders: int
    """The process that draws; it goes on when the watchdog is lost."""
    display: str


@dataclass(frozen=True)
class Wanted:
    """How a runtime is to be started."""

    display: str = "auto"
    in_step: bool = False
    monitor: int | None = None
    sound_device: str | None = None
    """The patient's sound device by its name, or a part of it."""
    voices: Path | None = None
    """A folder of recordings of spoken lines."""
    quality: str = "auto"
    end_after_minutes: float = 30.0
    trace: Path | None = None
    """File in which it is to write what was drawn when; for measuring."""


@dataclass
class LocalRuntime:
    """A runtime on this machine that answers this console."""

    place: Place
    display: str
    """One sentence on which display was taken and why."""
    process: subprocess.Popen[bytes] | None
    """Its process when it was started now; None when it was found running."""

    def end(self) -> None:
        """Make sure that it has ended; does nothing to one that was found running."""
        if self.process is None:
            return
        try:
            self.process.wait(5.0)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            try:
                self.process.wait(5.0)
            except subprocess.TimeoutExpired:
                _kill(self.process)


def _introduce(folder: Path) -> Identity:
    """Make both key pairs, once, and tell each side of the other; gives the console's."""
    console = load_identity(folder / "console")
    runtime = load_identity(folder / "runtime")
    if console is None:
        console = new_identity()
        save_identity(folder / "console", console)
    if runtime is None:
        save_identity(folder / "runtime", new_identity())
    known = Peer(name="console", role="therapist", public=console.public)
    if known not in load_peers(folder / "runtime"):
        save_peers(folder / "runtime", (known,))
    return console


async def start_or_find(
    folder: Path, wanted: Wanted, say: Callable[[str], None] | None = None
) -> LocalRuntime:
    """The runtime of this folder: the one that runs, else a new one.

    Args:
        folder: where its keys, its address and its log are; private to its owner.
        wanted: how a new one is to be started.
        say: told, in one sentence, why it takes long where it does.

    Raises:
        RuntimeNotStarted: it ended, or did not come up within ten minutes.
    """
    identity = await asyncio.to_thread(_introduce, folder)
    announced = _read(folder)
    if announced is not None and (_alive(announced.pid) or _alive(announced.renders)):
        place = Place(announced.address, announced.key, identity)
        return LocalRuntime(place, announced.display, None)
    (folder / "runtime.json").unlink(missing_ok=True)
    process = _spawn(folder, wanted)
    try:
        return await _announced(folder, identity, process, say)
    except BaseException:
        # Whoever gives up waiting wants none that comes up later before an unwatched screen.
        _kill(process)
        raise


async def _announced(
    folder: Path,
    identity: Identity,
    process: subprocess.Popen[bytes],
    say: Callable[[str], None] | None,
) -> LocalRuntime:
    """The runtime of this process once it is open."""
    began = time.monotonic()
    until = began + START_PATIENCE_S
    while time.monotonic() < until:
        announced = _read(folder)
        if announced is not None:
            place = Place(announced.address, announced.key, identity)
            return LocalRuntime(place, announced.display, process)
        if process.poll() is not None:
            raise RuntimeNotStarted(_last_words(folder))
        if say is not None and time.monotonic() - began > TOLD_AFTER_S:
            told = _(
                "The first start on a machine makes what is shown there: up to a minute, on a slow "
                "machine some minutes. Ctrl+C gives up."
            )
            say(told)
            say = None
        await asyncio.sleep(_LOOK_EVERY_S)
    told = _("The runtime did not come up within ten minutes. It said last: {words}")
    raise RuntimeNotStarted(told.format(words=_last_words(folder)))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a runtime that does not end when asked: the watchdog and the one that renders.

    The watchdog alone must not be killed: the other goes on without it, on purpose.
    """
    if os.name == "posix":
        # It leads a process group of its own since its start.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _spawn(folder: Path, wanted: Wanted) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "vr_runtime", "--bind", "tcp://127.0.0.1:*"]
    command += ["--display", wanted.display, "--keys", str(folder / "runtime")]
    command += ["--announce", str(folder / "runtime.json"), "--lang", language()]
    command += ["--end-after", str(wanted.end_after_minutes)]
    if wanted.quality != "auto":
        command += ["--quality", wanted.quality]
    if wanted.in_step:
        command.append("--in-step")
    if wanted.trace is not None:
        command += ["--trace", str(wanted.trace)]
    if wanted.monitor is not None:
        command += ["--monitor", str(wanted.monitor)]
    if wanted.sound_device is not None:
        command += ["--sound-device", wanted.sound_device]
    if wanted.voices is not None:
        command += ["--voices", str(wanted.voices)]
    log = os.open(folder / "runtime.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        # A process session of its own: closing the terminal must not darken the patient's view.
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={name: value for name, value in os.environ.items() if name not in SECRETS},
            start_new_session=True,
        )
    finally:
        os.close(log)


def _read(folder: Path) -> _Announced | None:
    try:
        told = json.loads((folder / "runtime.json").read_text("utf-8"))
        return _Announced.model_validate(told)
    except (OSError, ValueError, ValidationError):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False
    return True


def _last_words(folder: Path) -> str:
    """What a runtime that did not come up wrote last."""
    try:
        text = (folder / "runtime.log").read_text("utf-8", errors="replace")
    except OSError:
        text = ""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    # Sound and graphics libraries write there too: what the runtime itself said counts.
    own = [line for line in lines if line.startswith(_OWN)] or lines
    last = own[-1][-_TOLD_OF_LOG:].removeprefix(_OWN) if own else ""
    return last or _("The runtime ended at once; see its log.")
