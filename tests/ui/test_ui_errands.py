"""In which order acts are sent: what eases waits for no answer, all else for the one before."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Literal, cast

from controller.session.lowering import Lowering
from controller.session.now import Outcome
from controller.ui.awake import Awake
from controller.ui.errands import Errand, Errands
from vr_runtime.wire.state import State


class Far:
    """A runtime that answers an act when it is told to."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.sent: list[str] = []
        self.answers: dict[str, asyncio.Future[Outcome]] = {}
        self.errands = Errands(lambda outcome: self.told.append(outcome.text), Awake())

    def press(
        self,
        name: str,
        *,
        eases: bool = False,
        only_after_done: bool = False,
        kind: Literal["scene", "record"] = "scene",
    ) -> None:
        async def call() -> Outcome:
            self.sent.append(name)
            self.answers[name] = asyncio.get_running_loop().create_future()
            return await self.answers[name]

        self.errands.send(Errand(call, kind, only_after_done, eases))

    def answer(self, name: str) -> None:
        self.answers[name].set_result(Outcome(True, name))

    async def rest(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)


async def test_the_safe_place_is_sent_while_an_act_before_it_is_unanswered() -> None:
    far = Far()
    far.press("raise")
    await far.rest()
    for name in ("lower", "hold", "pause", "safe place"):
        far.press(name, eases=True)
    await far.rest()
    assert far.sent == ["raise", "lower", "hold", "pause", "safe place"]
    for name in far.sent:
        far.answer(name)
    await far.errands.finish()
    assert far.told == far.sent


async def test_what_waited_to_be_sent_does_not_act_after_what_eased_and_says_so() -> None:
    far = Far()
    far.press("raise")
    far.press("raise again")
    await far.rest()
    far.press("hold", eases=True)
    await far.rest()
    far.answer("raise")
    far.answer("hold")
    await far.errands.finish()
    assert far.sent == ["raise", "hold"]
    assert any("was not sent" in text for text in far.told)


async def test_an_act_pressed_after_what_eases_waits_for_its_answer() -> None:
    far = Far()
    far.press("safe place", eases=True)
    far.press("name a level")
    await far.rest()
    assert far.sent == ["safe place"] and far.errands.acting
    far.answer("safe place")
    await far.rest()
    assert far.sent == ["safe place", "name a level"]
    far.answer("name a level")
    await far.errands.finish()
    assert not far.errands.acting


async def test_two_lowerings_one_after_the_other_are_two_steps_though_none_is_answered() -> None:
    lowering = Lowering()
    state = cast(State, SimpleNamespace(asked=5, reached=5))
    assert lowering.level(state, None) == 4
    with lowering.to(4):
        assert lowering.level(state, None) == 3
        with lowering.to(3):
            assert lowering.level(state, None) == 2
            assert lowering.level(state, 1) == 1, "a level that is named is that level"
    with lowering.to(0):
        assert lowering.level(state, None) == 0
    assert lowering.level(state, None) == 4


async def test_what_eases_and_then_waits_for_the_record_keeps_no_act_waiting() -> None:
    far = Far()
    far.press("raise")
    far.press("raise again")
    await far.rest()
    far.press("break", eases=True, kind="record")
    await far.rest()
    assert far.sent == ["raise", "break"] and any("was not sent" in text for text in far.told)
    far.answer("raise")
    await far.rest()
    assert not far.errands.acting, "the end of the console waits for the record, with patience"
    far.press("come back")
    await far.rest()
    assert far.sent[-1] == "come back"
    far.answer("come back")
    far.answer("break")
    await far.errands.finish()
