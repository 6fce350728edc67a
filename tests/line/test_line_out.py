"""Sentences leave without keeping a stop waiting, and heartbeats end where nobody can read them."""

from __future__ import annotations

import asyncio
import io
import threading

from lines import Heard

from controller.line.out import Written
from controller.line.run import STUCK_S, beat


class Held(io.StringIO):
    """A terminal that takes nothing until it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let, self.asked = threading.Event(), threading.Event()

    def write(self, text: str) -> int:
        self.asked.set()
        self.let.wait(10)
        return super().write(text)


def test_saying_returns_at_once_though_the_terminal_takes_nothing() -> None:
    clock = [0.0]
    held = Held()
    out = Written(held, lambda: clock[0])
    out.say("one")
    out.say("two \u25b2 three, by `palier lines add`.")
    assert held.asked.wait(10)
    clock[0] = 5.0
    assert out.stuck_s == 5.0
    held.let.set()
    out.close()
    assert held.getvalue() == 'one\ntwo three, by "palier lines add".\n'
    assert out.stuck_s == 0.0 and not out.gone


def test_a_reader_that_is_gone_is_noticed() -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    out = Written(Gone())
    out.say("one")
    out.close()
    assert out.gone


async def test_heartbeats_cease_while_no_sentence_can_be_read_and_go_on_afterwards() -> None:
    began, out = [], Heard()

    async def keep_alive() -> None:
        began.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            began.append("ended")

    async def until(told: list[str]) -> None:
        async with asyncio.timeout(5):
            while began != told:
                await asyncio.sleep(0)

    beating = asyncio.create_task(beat(keep_alive, out))
    await until(["begun"])
    out.stuck_s = STUCK_S
    await until(["begun", "ended"])
    out.stuck_s = 0.0
    await until(["begun", "ended", "begun"])
    beating.cancel()
    await asyncio.gather(beating, return_exceptions=True)
    assert began[-1] == "ended"
