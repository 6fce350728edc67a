"""Owns the plain console's run: its lines, its signals, its heartbeats, its end; it answers none.

Heartbeats come from the loop that reads and answers. Where no sentence can be read any more, since
the terminal takes none, they cease: nobody leads who sees nothing.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any

from controller.language import _
from controller.line.console import LOOKS_HZ, LineConsole
from controller.line.out import Out
from controller.line.source import Line, listen

AGAIN_S = 3.0
"""Ctrl+C once more within this time leaves."""
STUCK_S = 2.0
"""A sentence that waits longer to be taken by the terminal is not read by anybody."""
_IDLE_LOOK_S = 0.02
_ENDED_BY = ("SIGHUP", "SIGTERM")
ENDS = tuple(number for name in _ENDED_BY if (number := getattr(signal, name, None)) is not None)


class Run:
    """One run of the plain console."""

    def __init__(self, console: LineConsole, out: Out) -> None:
        self._console = console
        self._out = out
        self._code = 0
        self._interrupted_s = float("-inf")

    async def lead(self, descriptor: int | None, script: Iterable[Line] | None) -> int:
        """Work off lines until the console is left; gives the exit code.

        With a `script` its lines are worked off one after the other; what comes from `descriptor`
        meanwhile can only stop. A closed terminal ends the console as the end of its lines does.
        """
        loop = asyncio.get_running_loop()
        for number in ENDS:
            loop.add_signal_handler(number, self._leave, 128 + number)
        loop.add_signal_handler(signal.SIGINT, self._interrupt)
        self._console.begin()
        pacing = None if script is None else asyncio.create_task(self._pace(script))
        if descriptor is not None:
            if script is None:
                listen(descriptor, self._console.hear, self._console.hear_end)
            else:
                listen(descriptor, self._hear_beside, lambda: None)
        try:
            await self._look()
            await self._console.errands.finish()
        finally:
            if pacing is not None:
                pacing.cancel()
            for number in (*ENDS, signal.SIGINT):
                loop.remove_signal_handler(number)
        if self._out.gone:
            raise BrokenPipeError
        return self._code

    async def _look(self) -> None:
        ended = self._console.ended
        while not ended.is_set() and not self._out.gone:
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), 1 / LOOKS_HZ)
            self._console.look()

    async def _pace(self, script: Iterable[Line]) -> None:
        """Each line of a script once the one before it is worked off."""
        for line in script:
            while not self._console.idle:
                await asyncio.sleep(_IDLE_LOOK_S)
            self._console.hear(line)
        self._console.hear_end()

    def _hear_beside(self, line: Line) -> None:
        """While a script leads, the keyboard can stop."""
        self._console.hear_beside(line)

    def _leave(self, code: int) -> None:
        self._code = code
        self._console.leave()

    def _interrupt(self) -> None:
        """Ctrl+C: a stop while a session is open; once more, or without one, it leaves."""
        now = asyncio.get_running_loop().time()
        again = now - self._interrupted_s <= AGAIN_S
        self._interrupted_s = now
        if again or not self._console.in_session:
            self._leave(128 + signal.SIGINT)
            return
        self._console.stop()
        told = _("Ctrl+C is a stop; once more within {seconds} seconds leaves this console.")
        self._console.say(told.format(seconds=round(AGAIN_S)))


async def beat(keep_alive: Callable[[], Coroutine[Any, Any, None]], out: Out) -> None:
    """Heartbeats for as long as sentences are taken; runs until cancelled."""
    while True:
        alive = asyncio.create_task(keep_alive())
        try:
            while out.stuck_s < STUCK_S and not out.gone and not alive.done():
                await asyncio.sleep(1 / LOOKS_HZ)
        finally:
            alive.cancel()
            await asyncio.gather(alive, return_exceptions=True)
        while out.stuck_s >= STUCK_S or out.gone:
            await asyncio.sleep(1 / LOOKS_HZ)
