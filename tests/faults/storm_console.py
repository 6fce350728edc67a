"""The real console's core in a storm, with a real record: it leads at random and writes down all.

What it was told is saved is kept here as well, and so is what the runtime answered it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from core import Core
from storm_riders import Sent

from controller.session.conductor import Conductor
from controller.session.now import Now, Outcome
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, TherapistAct
from vr_runtime.wire.messages import LinkAct, Reply

PATIENCE_S = 45.0
Act = Callable[[], Awaitable[Outcome]]


@dataclass
class StormConsole:
    """A therapist who never rests, at a real console."""

    core: Core
    chance: random.Random
    sent: list[Sent] = field(default_factory=list)
    saved: list[tuple[str, str]] = field(default_factory=list)
    """Session and text of each note that was called saved, in the order of being so called."""
    act_at: float = 0.0
    _acting: asyncio.Task[None] | None = None
    _notes: int = 0
    _patient: str = ""

    def __post_init__(self) -> None:
        ask = self.core.link._ask

        async def asked(
            act: LinkAct | TherapistAct, session: str | None, **patience: float | None
        ) -> Reply:
            one = Sent(act)
            self.sent.append(one)
            one.reply = await ask(act, session, **patience)
            return one.reply

        self.core.link._ask = asked  # type: ignore[method-assign]

    @property
    def lead(self) -> Conductor:
        return self.core.conductor

    def act(self) -> None:
        """Begin something, unless what was begun before is still under way."""
        if self._acting is not None:
            if not self._acting.done():
                return
            self._acting.result()
        self._acting = asyncio.create_task(self._something())

    async def _something(self) -> None:
        if not self._patient:
            assert (await self.lead.add_patient("P-STORM", 4, "0-100")).ok
            self._patient = self.lead.patients()[0].id
        now = self.lead.now()
        dice = self.chance.random()
        if now.session is not None and dice < 0.1:
            await self._note(now.session)
        elif now.session is not None and dice < 0.15:
            await self.lead.rate(str(self.chance.randrange(0, 101)))
        elif dice < 0.16:
            await self.lead.stop()
        else:
            await self._lead(now)

    async def _note(self, session: str) -> None:
        self._notes += 1
        text = f"note {self._notes}"
        if (await self.lead.note(text)).ok:
            self.saved.append((session, text))

    async def _lead(self, now: Now) -> None:
        state = now.state
        if state is None:
            return
        if not now.link.in_control:
            if self.chance.random() < 0.08:
                await self.lead.take_control()
        elif now.left is not None:
            await self.lead.close_left(takeover=True)
        elif now.session is None:
            if state.session is None:
                await self.lead.open_session(self._patient, "test.yard", seed=1)
        elif state.phase is Phase.EXPOSURE:
            await self._in_the_scene()
        elif state.phase is Phase.HOLD:
            await self.lead.resume()
        elif state.phase is not Phase.LOADING:
            if self.chance.random() < 0.03:
                await self.lead.close_session()
            elif (await self.lead.arm_trial(self.chance.randint(0, 3))).ok:
                await self.lead.begin_trial()

    async def _in_the_scene(self) -> None:
        lead = self.lead
        ways: list[Act] = [
            *[lead.raise_level] * 12,
            *[lead.lower_level] * 2,
            lambda: lead.set_value("height", self.chance.uniform(0, 60)),
            *[lambda: lead.trigger("noise")] * 2,
            self.chance.choice([lead.hold, lead.pause, lead.safe_place]),
        ]
        await self.chance.choice(ways)()

    async def end(self) -> None:
        """Take control, stop, and close what is open, as a therapist would after all this."""
        if self._acting is not None:
            await self._acting
        until = asyncio.get_running_loop().time() + PATIENCE_S
        while self.core.phase is not Phase.IDLE or self.lead.now().session is not None:
            assert asyncio.get_running_loop().time() < until, self.lead.now().notice
            now = self.lead.now()
            if now.left is not None:
                await self.lead.close_left(takeover=True)
            elif not now.link.in_control:
                await self.lead.take_control()
            elif now.session is not None:
                await self.lead.stop()
                await self.lead.close_session()
            await self.core.for_s(0.3)
        await self.lead.settle()

    def done(self) -> list[Sent]:
        """What was given to the engine."""
        return [one for one in self.sent if not isinstance(one.act, acts.Stop)]
