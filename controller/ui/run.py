"""Owns the console's run in a real terminal, and its clean end by a signal; draws nothing."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from textual import events

from controller.comforts import Comforts
from controller.language import _, switch
from controller.ui import terminal_pictures
from controller.ui.app import LOCK_AFTER_S, PalierApp
from controller.ui.bindings import KeysFile, read
from controller.ui.lasting import lasting
from controller.ui.ports import Desk, Lead

_ENDED_BY = ("SIGHUP", "SIGTERM", "SIGINT")
ENDS = tuple(number for name in _ENDED_BY if (number := getattr(signal, name, None)) is not None)

HUNG_UP = 129
"""Exit code when the terminal has gone: 128 plus the number of SIGHUP."""


def press(app: PalierApp, key: str) -> None:
    """A key, as if the terminal had just told of it; for measuring the console as it is."""
    app.post_message(events.Key(key, None))


def over_ssh(environment: Mapping[str, str]) -> str:
    """One sentence when keys come over a link that may be lost with them; "" where they do not."""
    if not any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY")):
        return ""
    return _("Keys come over SSH: if that link breaks, stop at the patient's machine.")


def _ask_the_terminal_itself() -> None:
    """Let no variable stand for the terminal's size: it would stay when the terminal is resized.

    Some shells export them, and the console would be drawn, with its way to stop, for another size.
    """
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


def _settle_memory() -> None:
    """What is loaded by now stays to the end: no round of the collector goes over it again.

    A full round takes 80 ms and more, in the loop that hears stop and tells that the console lives.
    """
    gc.collect()
    gc.freeze()


async def run_console(
    lead: Lead,
    desk: Desk | None = None,
    *,
    lock_after_s: float = LOCK_AFTER_S,
    comforts: Comforts | None = None,
    keys: Path | None = None,
) -> int:
    """Run the console until it is left; returns the exit code.

    `comforts` is how whoever sits here likes it, `keys` a file of other keys.

    A closed terminal (told by SIGHUP, or by nothing), SIGTERM or SIGINT end it cleanly: the
    terminal is given back as it was, what was sent is answered, and the runtime, which nobody leads
    any longer, holds and then goes to the safe place by itself. The exit code is then 128 plus the
    signal's number.
    """
    _ask_the_terminal_itself()
    kept = Comforts() if comforts is None else comforts
    if kept.language is not None:
        # Now and not before: the patient's side has begun in the language of the command.
        switch(kept.language)
    keys_file = KeysFile() if keys is None else read(keys)
    graphics = terminal_pictures.graphics()
    app = PalierApp(
        lead,
        desk,
        warning=" ".join(filter(None, (kept.trouble, keys_file.sentence(), over_ssh(os.environ)))),
        lock_after_s=lock_after_s,
        graphics=graphics,
        comforts=kept,
        keys_file=keys_file,
    )
    loop = asyncio.get_running_loop()
    gone = asyncio.Event()

    def leave() -> None:
        gone.set()
        app.exit(HUNG_UP)

    app.driver_class = lasting(app.driver_class, lambda: loop.call_soon_threadsafe(leave))
    for number in ENDS:
        loop.add_signal_handler(number, app.exit, 128 + number)
    _settle_memory()
    try:
        code = await app.run_async()
        await app.errands.finish()
    finally:
        for number in ENDS:
            loop.remove_signal_handler(number)
        with suppress(OSError):
            terminal_pictures.forget(graphics)
    if gone.is_set():
        return HUNG_UP
    return 1 if code is None else code
