"""A console on a staged lead, and hands for it: keys with a time of their own, clicks, looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from staged import StagedLead
from textual import events
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from controller.language import Language, use
from controller.ui.app import PalierApp
from controller.ui.awake import steady
from controller.ui.ports import Desk
from controller.ui.screens.live import LiveScreen
from controller.ui.terminal_pictures import Graphics


class Hands:
    """What a therapist does at the console, and what they see."""

    def __init__(self, app: PalierApp, pilot: Pilot[int], lead: StagedLead) -> None:
        self.app, self.pilot, self.lead = app, pilot, lead
        self._ahead_s = 0.0
        """How much later than now keys say that they came."""

    async def settle(self) -> None:
        """Let everything that was begun come to its end, and look."""
        for _turn in range(2):
            await self._drawn()
            await self.app.errands.finish()
            self.app.look()
        await self._drawn()

    async def _drawn(self) -> None:
        """Until the application and its screen have worked off what they were told so far."""
        done = asyncio.Event()
        self.app.call_later(done.set)
        await done.wait()
        done.clear()
        screen = self.app.screen
        if not screen.call_after_refresh(done.set):
            return
        # A screen that is left meanwhile never calls back: then the one behind it is waited for.
        while not done.is_set():
            if self.app.screen is not screen:
                return await self._drawn()
            with suppress(TimeoutError):
                async with asyncio.timeout(0.05):
                    await done.wait()

    def send(self, *keys: str) -> None:
        """Keys one right after the other, as fast as a terminal can tell them."""
        for key in keys:
            character = " " if key == "space" else key if len(key) == 1 else None
            event = events.Key(key, character)
            event.time += self._ahead_s
            self.app.post_message(event)

    async def press(self, *keys: str) -> None:
        """Keys one after the other, each worked off before the next."""
        for key in keys:
            self.send(key)
            await self.settle()

    async def deliberately(self, *keys: str) -> None:
        """Keys with a second before each, by their own times: none is held or doubled."""
        for key in keys:
            self._ahead_s += 1.0
            await self.press(key)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Let the loop turn until this holds, without waiting for acts to be answered."""
        async with asyncio.timeout(30):
            while not holds():
                await self._drawn()

    async def ended(self) -> None:
        """Until the console has ended."""
        async with asyncio.timeout(30):
            while self.app.is_running:
                await asyncio.sleep(0)

    async def key(self, key: str, at_s: float, character: str | None = None) -> None:
        """One key event that says it came at this time."""
        event = events.Key(key, character)
        event.time = at_s
        self.app.post_message(event)
        await self.settle()

    async def click(self, x: int, y: int) -> None:
        """Press and let go of the mouse here, as a terminal reports it."""
        for kind in (events.MouseDown, events.MouseUp):
            self.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
            await self.settle()

    async def click_text(self, text: str) -> None:
        """Click on the first place where this text stands."""
        for y, line in enumerate(self.lines()):
            if (x := line.find(text)) >= 0:
                await self.click(x + len(text) // 2, y)
                return
        raise AssertionError(f"{text!r} is not on the screen")

    async def show(self, lead: StagedLead) -> None:
        """Let the console see another session from now on."""
        self.app.lead = self.lead = lead
        await self.settle()

    def lines(self) -> list[str]:
        """The screen as plain text, row by row."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def text(self) -> str:
        return "\n".join(self.lines())

    def region(self, widget: str) -> Region:
        return self.app.screen.query_one(widget, Widget).region

    def within(self, widget: str) -> str:
        """The text in the rectangle of one widget."""
        region = self.region(widget)
        lines = self.lines()[region.y : region.bottom]
        return "\n".join(line[region.x : region.right] for line in lines)

    @property
    def live(self) -> LiveScreen:
        assert isinstance(self.app.screen, LiveScreen)
        return self.app.screen

    def did(self) -> list[object]:
        """The acts that were sent, without what they were sent with."""
        return [act[0] for act in self.lead.acts]


@asynccontextmanager
async def console(
    lead: StagedLead,
    size: tuple[int, int] = (120, 40),
    language: Language = "en",
    *,
    desk: Desk | None = None,
    clock: Callable[[], float] = steady,
    graphics: Graphics | None = None,
) -> AsyncIterator[Hands]:
    """A console that has drawn its first screen."""
    use(language)
    app = PalierApp(lead, desk, clock=clock, graphics=graphics)
    async with app.run_test(size=size) as pilot:
        hands = Hands(app, pilot, lead)
        await hands.settle()
        await hands.settle()
        yield hands
