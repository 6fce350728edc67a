"""Somebody who types lines into a plain console, and reads all that it says."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from controller.called import by_word
from controller.language import Language, use
from controller.line.console import LOOKS_HZ, LineConsole
from controller.line.out import readable
from controller.line.seat import Handler
from controller.line.source import Line
from controller.line.table import HANDLERS
from controller.line.words import word
from controller.ui.ports import Desk, Lead

HELD_BACK_S = 2.0
"""So long what goes to the record is waited for."""


@dataclass
class Heard:
    """Sentences as they would be read aloud."""

    lines: list[str] = field(default_factory=list)
    stuck_s: float = 0.0
    gone: bool = False

    def say(self, text: str) -> None:
        self.lines.append(readable(text))


class Typing:
    """Hands on a keyboard, and a clock that goes when it is told."""

    def __init__(
        self,
        lead: Lead,
        language: Language = "en",
        *,
        desk: Desk | None = None,
        given: tuple[str | None, str | None] = (None, None),
        lock_after_s: float = 600.0,
        handlers: Mapping[str, Handler] = HANDLERS,
    ) -> None:
        use(language)
        self.now_s = 1000.0
        self.out = Heard()
        self.hidden = False
        self._read = 0
        self.console = LineConsole(
            lead,
            desk,
            self.out,
            hide=self._hide,
            given=lambda: given,
            lock_after_s=lock_after_s,
            clock=lambda: self.now_s,
            handlers=handlers,
        )

    def _hide(self, hidden: bool) -> bool:
        self.hidden = hidden
        return True

    async def begin(self) -> list[str]:
        with by_word(word):
            self.console.begin()
            return await self.settled()

    async def type(self, *lines: str) -> list[str]:
        """Type these, each once the one before is worked off; gives what was said."""
        for line in lines:
            await self.pass_s(1.0)
            self.send(line)
            await self._settle()
        return self.said()

    def send(self, *lines: str) -> None:
        """Lines that come all at once, as from a paste."""
        with by_word(word):
            for line in lines:
                self.console.hear(Line(line))

    async def settled(self) -> list[str]:
        """Let the loop turn until nothing is under way any more; gives what was said."""
        await self._settle()
        return self.said()

    async def _settle(self) -> None:
        with by_word(word):
            for _ in range(400):
                await asyncio.sleep(0)
                if self.console.idle and not self.console.errands.acting:
                    break
            # What reads or writes the record does so in a thread; one that is held back by a test
            # is not waited for.
            rest = asyncio.ensure_future(self.console.errands.finish())
            await asyncio.wait({rest}, timeout=HELD_BACK_S)
            rest.cancel()
            for _ in range(50):
                if self.console.idle:
                    break
                await asyncio.sleep(0)
            for _ in range(6):
                await asyncio.sleep(0)
            self.console.look()

    def said(self) -> list[str]:
        """What was said since this was asked last."""
        new, self._read = self.out.lines[self._read :], len(self.out.lines)
        return new

    async def pass_s(self, seconds: float) -> None:
        """Let time pass, with looks as often as in a session."""
        with by_word(word):
            for _ in range(round(seconds * LOOKS_HZ)):
                self.now_s += 1 / LOOKS_HZ
                self.console.look()
                await asyncio.sleep(0)


def unreadable(text: str) -> list[str]:
    """Signs of a text that a screen reader does not speak or a terminal acts on."""
    return [
        sign
        for sign in text
        if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "So", "Sm", "Sk")
        and sign not in "+<=>|~\u00b0\u00b1"
    ]
