"""Owns what a state and a key cost on the live screen, and in the bare toolkit beside it.

The bare toolkit shows one text that fills the screen and changes in one place, in the same process
and the same size. Processor time is counted, so that it holds on a machine that does much else.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from statistics import median
from typing import Any

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from controller.ui.app import PalierApp
from controller.ui.ports import Lead

_KEYS = ("n", "escape")
"""The line for a note is opened and left: both change the screen, and nothing is recorded."""


class Bare(App[None]):
    """One text as large as the terminal, which changes in one place."""

    def compose(self) -> ComposeResult:
        """The text alone."""
        yield Static(id="text", markup=False)

    def change(self, number: int) -> None:
        """Another figure at the beginning, the rest as it was."""
        width, height = self.size
        self.query_one(Static).update(f"{number:06d}" + "·" * (width * height - 6))

    def key_n(self) -> None:
        """A key that changes the text."""
        self.change(1)

    def key_escape(self) -> None:
        """Another one."""
        self.change(2)


async def costs(lead: Lead, size: tuple[int, int], turns: int) -> dict[str, tuple[float, float]]:
    """What `turns` states and keys cost at this size, in columns and rows; a session is led.

    For each kind: milliseconds of processor time of ours and of the bare toolkit, never nought.
    """
    app = PalierApp(lead)

    def show(_number: int) -> None:
        app.look()

    # One after the other: the toolkit knows one running app at a time.
    async with app.run_test(size=size) as pilot:
        app.look()
        await pilot.pause()
        ours = await _cost(pilot, show, turns), await _pressed(pilot, turns)
    bare = Bare()
    async with bare.run_test(size=size) as other:
        theirs = await _cost(other, bare.change, turns), await _pressed(other, turns)
    return {"state": (ours[0], theirs[0]), "key": (ours[1], theirs[1])}


async def _cost(pilot: Pilot[Any], change: Callable[[int], None], turns: int) -> float:
    async def once(number: int) -> None:
        change(number)
        await pilot.pause()

    return await _median_ms(once, turns)


async def _pressed(pilot: Pilot[Any], turns: int) -> float:
    async def once(number: int) -> None:
        await pilot.press(_KEYS[number % 2])

    return await _median_ms(once, turns)


async def _median_ms(once: Callable[[int], Awaitable[None]], turns: int) -> float:
    """The middle one of so many, in milliseconds of processor time; never nought."""
    took: list[float] = []
    for number in range(turns):
        before = time.process_time()
        await once(number)
        took.append((time.process_time() - before) * 1000.0)
    return max(median(took), 1e-3)
