"""Owns the work that was begun and is waited for by nobody yet; knows not what it does."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Chores:
    """Tasks of one loop, each kept until it is over."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def later(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin this and go on."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def settle(self) -> None:
        """Wait until all is over, what it began itself too."""
        while self._tasks:
            await asyncio.gather(*tuple(self._tasks))
