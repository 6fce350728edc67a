"""Owns the console's end of the conversation with one runtime: asking, hearing, catching up.

It knows neither screen nor record. News reaches its listener once, in order, without holes; what
can no longer be had is told as a gap.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
import uuid
from collections.abc import Callable
from typing import Protocol

from pydantic import ValidationError

from controller.session import standings
from controller.session.distance import Distance
from controller.session.now import LinkHealth, LinkState
from controller.session.ports import LinkListener, NewsListener, NoAnswer, NotMet
from controller.session.sentences import rejection
from controller.session.standings import Heard, Linked
from vr_runtime.wire import presses
from vr_runtime.wire.acts import OpenSession, TherapistAct
from vr_runtime.wire.beside import AskBeside, Beside
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.keys import LEADING, STOPPING, PeerRole
from vr_runtime.wire.messages import (
    REPLIES,
    TOPIC_HAPPENED,
    TOPIC_PICTURE,
    TOPIC_STATE,
    AskMissed,
    Command,
    Done,
    Grant,
    Granted,
    Heartbeat,
    Hello,
    Kept,
    LinkAct,
    Missed,
    Picture,
    Refused,
    Reply,
    Welcome,
)
from vr_runtime.wire.packs import FIRST_OPENING_S
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL, PROTOCOL, STOP, TICKS_PER_SECOND

NOT_SENT_S = 0.1
"""What could not be sent at all is tried again after this."""
STOP_EVERY_S = 0.1
STALE_AFTER_S = 1.0
LOST_AFTER_S = 3.0
EXPIRES_AFTER = 2 * TICKS_PER_SECOND
"""A command is worth nothing 2 s after the state it was given upon."""
CATCH_UP_S = 0.25
LOOK_EVERY_S = 1.0
"""By the clock, missed news is asked for so often, which tells the distance too."""
TRY_AGAIN_S = 2.0
"""A console that was turned away knocks again after so long."""
GRANT_PATIENCE_S = 120.0

_NEWS = (TOPIC_STATE, TOPIC_HAPPENED, TOPIC_PICTURE)

log = logging.getLogger(__name__)


class Wires(Protocol):
    """The console's sockets."""

    async def send(self, *parts: bytes) -> bool:
        """Send now or not at all."""
        ...

    async def answer(self) -> list[bytes]:
        """Next message for this console alone."""
        ...

    async def news(self) -> list[bytes]:
        """Next message for everyone."""
        ...

    @property
    def connected(self) -> bool:
        """Whether there is a connection at all; one that is cut may take a second to show."""
        ...

    async def turned_away(self) -> str:
        """Returns when a handshake has failed, with why as `sentences.rejection` takes it."""
        ...

    def try_again(self) -> None:
        """Connect anew after being turned away."""
        ...

    def close(self) -> None:
        """Disconnect."""
        ...


class Link:
    """One console's conversation with one runtime."""

    def __init__(
        self, wires: Wires, *, in_step: bool, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Take over connected sockets. Call `start` inside the loop."""
        self._wires = wires
        self._in_step = in_step
        self._now = now
        self._listener: LinkListener | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping: asyncio.Task[None] | None = None
        self._asked: dict[uuid.UUID, asyncio.Future[Reply]] = {}
        self._run = os.urandom(8)
        self._presses = 0
        self._stops: dict[bytes, asyncio.Event] = {}
        self._heard_at: float | None = None
        self._began_at = now()
        self._distance = Distance()
        self._standing = standings.link()
        self._rejected: str | None = None
        self._met = False
        self.role: PeerRole | None = None
        self._boot: str | None = None
        self._seen = 0
        self._news_came = asyncio.Event()
        self._early: dict[int, Happened] = {}
        self._fetching: asyncio.Task[None] | None = None
        self._crossing: asyncio.Task[None] | None = None
        self._newest = 0
        """Number of the last happening that this start is known to have told."""
        self._tick = 0
        self.epoch = 0

    # -- life

    def start(self, listener: LinkListener) -> None:
        """Begin to listen."""
        self._listener = listener
        works = [self._read_answers(), self._read_news(), self._watch_keys()]
        if not self._in_step:
            works.append(self._keep_looking())
        self._tasks += [asyncio.create_task(work) for work in works]

    async def close(self) -> None:
        """Stop listening and disconnect."""
        waiting = [
            t
            for t in (*self._tasks, self._stopping, self._fetching, self._crossing)
            if t is not None
        ]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        self._wires.close()

    def health(self, *, in_control: bool) -> LinkHealth:
        """How well the runtime is heard at this moment.

        Silence makes it stale; the age of what is shown counts the way it came as well, so that a
        steady link is not called stale for being long.
        """
        silent = self._hear_silence()
        state: LinkState = self._standing.now.value
        rejected = self._rejected if state == "refused" else None
        trip = self._distance.round_trip_s
        return LinkHealth(
            state=state,
            age_s=silent + self._distance.one_way_s,
            round_trip_ms=None if trip is None else trip * 1000,
            in_control=in_control,
            why="" if rejected is None else rejection(rejected),
        )

    def _hear_silence(self) -> float:
        """Seconds since the last news, or since the beginning; long ones change the standing."""
        age = self._now() - (self._began_at if self._heard_at is None else self._heard_at)
        gone = self._heard_at is not None and age > STALE_AFTER_S and not self._wires.connected
        if age > LOST_AFTER_S or gone:
            self._standing.meet(Heard.LONG_SILENT)
        elif age > STALE_AFTER_S:
            self._standing.meet(Heard.SILENT)
        return age

    # -- asking

    async def hello(self) -> Welcome:
        """Ask who is there. Raises `NoAnswer`, or `NotMet` when the runtime shows it nothing."""
        reply = await self._ask(Hello(), None)
        if isinstance(reply.answer, Refused):
            self._take_rejection(reply.answer.code)
            raise NotMet(reply.answer.code)
        if not isinstance(reply.answer, Welcome):
            raise NoAnswer("hello")
        state = reply.answer.state
        self._met = True
        if self._boot is None:
            self._boot, self._seen = reply.boot, state.happened
        elif self._boot != reply.boot:
            self._meet_anew(state)
        if self._crossing is not None:
            await self._crossing
        self._take_state(state)
        return reply.answer

    async def ask(self, act: LinkAct | TherapistAct, session: str | None) -> Done | Refused:
        """Give one command and wait for its answer.

        It is repeated under one id until answered, so that it has one effect at most. All news it
        rests on has been heard when this returns. Raises `NoAnswer`.
        """
        opens_a_pack = isinstance(act, OpenSession) and act.pack is not None
        reply = await self._ask(act, session, longer_s=FIRST_OPENING_S if opens_a_pack else 0.0)
        await self._catch_up(reply.happened)
        if isinstance(reply.answer, Done | Refused):
            return reply.answer
        raise NoAnswer(act.kind)

    async def beside(self, scenario: str) -> Beside:
        """What lies beside a scenario at the patient's side. Raises `NoAnswer`."""
        reply = await self._ask(AskBeside(scenario=scenario), None)
        if not isinstance(reply.answer, Beside):
            raise NoAnswer("ask_beside")
        return reply.answer

    async def hear_again(self, after: int) -> None:
        """Tell the listener the news after this number once more, and what is lost of it.

        Raises `NoAnswer`; what was not told by then follows with the next news.
        """
        newest = self._seen
        self._early.clear()
        self._seen = min(after, newest)
        while self._seen < newest:
            before = self._seen
            await self._fetch_missed()
            if self._seen == before:
                raise NoAnswer("ask_missed")

    async def grant(self, ticks: int) -> State:
        """Lock-step: let ticks pass; all that happened in them has been heard on return."""
        reply = await self._ask(Grant(ticks=ticks), None, patience_s=GRANT_PATIENCE_S)
        if not isinstance(reply.answer, Granted):
            raise NoAnswer("grant")
        await self._catch_up(reply.happened)
        self._take_state(reply.answer.state)
        return reply.answer.state

    async def beat(self, durable: int) -> bool:
        """Say that this console lives, what it has heard, and how far its record is durable."""
        heard = None if self._heard_at is None else self._tick
        return await self._send(self._command(Heartbeat(durable=durable, heard=heard), None))

    def stop(self) -> None:
        """Ask for stop now, and again until the runtime has confirmed it. Never waits.

        A press covers those before it that are not confirmed yet: only the last one is repeated.
        """
        self._presses += 1
        press = presses.name(self._run, self._presses)
        self._stops = {press: asyncio.Event()}
        previous = self._stopping
        if previous is not None:
            previous.cancel()
        self._stopping = asyncio.create_task(self._keep_stopping(press))

    @property
    def stopping(self) -> bool:
        """Whether a stop was asked for that the runtime has not confirmed."""
        return any(not confirmed.is_set() for confirmed in self._stops.values())

    async def _keep_stopping(self, press: bytes) -> None:
        confirmed = self._stops[press]
        try:
            # However long the runtime is not heard: the patient may be in the scene again by then.
            while not confirmed.is_set() and not self._may_not_stop:
                await self._wires.send(STOP, press)
                try:
                    await asyncio.wait_for(confirmed.wait(), STOP_EVERY_S)
                except TimeoutError:
                    continue
        finally:
            self._stops.pop(press, None)

    @property
    def _may_not_stop(self) -> bool:
        return self.role is not None and self.role not in STOPPING

    async def _ask(
        self,
        act: LinkAct | TherapistAct,
        session: str | None,
        *,
        patience_s: float | None = None,
        longer_s: float = 0.0,
    ) -> Reply:
        """Send one command, repeat it unchanged when its answer is overdue, ever more rarely.

        Args:
            act: what is asked.
            session: the session it belongs to, or None.
            patience_s: wait so long without repeating it; None goes by the distance.
            longer_s: what it may take beyond that, at the other end.
        """
        command = self._command(act, session)
        answered: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._asked[command.id] = answered
        until = self._now() + longer_s
        until += self._distance.patience_s if patience_s is None else patience_s
        overdue = self._distance.overdue_s if patience_s is None else patience_s
        sent_at: float | None = None
        try:
            while (left := until - self._now()) > 0:
                sent = await self._send(command)
                if sent and sent_at is None:
                    sent_at = self._now()
                done, _pending = await asyncio.wait(
                    (answered,), timeout=min(left, overdue if sent else NOT_SENT_S)
                )
                if done:
                    reply = answered.result()
                    # From the first sending: nothing is lost on a connection, only late.
                    if patience_s is None and not longer_s and sent_at is not None:
                        self._distance.measured(self._now() - sent_at)
                    return reply
                if sent:
                    overdue *= 2
        finally:
            del self._asked[command.id]
        raise NoAnswer(act.kind)

    def _command(self, act: LinkAct | TherapistAct, session: str | None) -> Command:
        # Hello asks for nothing to be done, so it cannot come too late.
        expires = None if isinstance(act, Hello) else self._tick + EXPIRES_AFTER
        return Command(
            id=uuid.uuid4(),
            protocol=PROTOCOL,
            epoch=self.epoch,
            boot=None if isinstance(act, Hello) else self._boot,
            session=session,
            expires=expires,
            seen=self._seen,
            act=act,
        )

    async def _send(self, command: Command) -> bool:
        return await self._wires.send(CALL, command.model_dump_json().encode())

    # -- hearing

    async def _read_answers(self) -> None:
        while True:
            parts = await self._wires.answer()
            if parts[0] == STOP:
                confirmed = self._stops.get(parts[1] if len(parts) > 1 else b"")
                if confirmed is not None:
                    confirmed.set()
                continue
            if parts[0] in _NEWS:
                self._take_news_safely(parts)
                continue
            try:
                reply = REPLIES.validate_json(parts[-1])
            except ValidationError:
                log.warning("an answer of the runtime could not be read")
                continue
            self._take_role(reply.role)
            waiting = self._asked.get(reply.to) if reply.to is not None else None
            if waiting is not None and not waiting.done():
                waiting.set_result(reply)
            elif reply.to is None and isinstance(reply.answer, Refused):
                self._take_rejection(reply.answer.code)
                if self._listener is not None:
                    self._listener.on_turned_away(reply.answer.code)

    @property
    def _observes(self) -> bool:
        """Whether it is sent only what the patient consents to."""
        return self.role is not None and self.role not in LEADING

    def _take_role(self, role: PeerRole | None) -> None:
        """What this console's key is there; it may be changed while the console runs."""
        if role is None or role == self.role:
            return
        before, self.role = self.role, role
        if before is not None and role in LEADING:
            # The door to the news for everyone was shut, and is knocked at only once.
            self._wires.try_again()

    def _take_rejection(self, code: Code) -> None:
        if code is Code.WRONG_PROTOCOL:
            self._rejected = code.value
            self._standing.meet(Heard.SHUT_OUT)
        elif code is Code.REVOKED and self._rejected is None:
            self._rejected = code.value
            self._standing.meet(Heard.SHUT_OUT)
            # From here on the door itself answers, and lets in again whoever is paired anew.
            self._wires.try_again()
        elif code is Code.NOT_CONSENTED and self._observes:
            # It is heard, and shows nothing: what was known is not to be shown as stale.
            self._heard_at = self._now()

    async def _read_news(self) -> None:
        while True:
            self._take_news_safely(await self._wires.news())

    def _take_news_safely(self, parts: list[bytes]) -> None:
        try:
            self._take_news(parts)
        except (ValidationError, IndexError):
            log.warning("news of the runtime could not be read")

    def _take_news(self, parts: list[bytes]) -> None:
        topic, body = parts[0], parts[1]
        if topic == TOPIC_STATE:
            state = State.model_validate_json(body)
            if self._boot is not None and state.boot != self._boot:
                self._meet_anew(state)
            # Under lock-step only granted states count: others come at moments of no meaning.
            if not self._in_step and state.boot == self._boot:
                if state.happened > self._seen and not self._observes:
                    self._fetch()
                self._take_state(state)
        elif topic == TOPIC_HAPPENED:
            happened = Happened.model_validate_json(body)
            if happened.boot == self._boot:
                self._take_happened(happened)
        elif topic == TOPIC_PICTURE and len(parts) == 3 and self._listener is not None:
            header = Picture.model_validate_json(body)
            self._listener.on_picture(header.number, parts[2])

    def _meet_anew(self, state: State) -> None:
        """The runtime was started again: first comes the rest of before, then what is new.

        All its news is fetched from the first: it tells why it was started again.
        """
        if self._crossing is None or self._crossing.done():
            self._crossing = asyncio.create_task(self._cross(state))

    async def _cross(self, state: State) -> None:
        if self._boot is not None and self._listener is not None:
            await self.hear_rest(self._boot, self._seen, self._newest, self._listener)
        self._boot, self._seen, self._newest = state.boot, 0, state.happened
        self._early.clear()
        # The epoch stays: it proves to the next start that this console led the one before.
        # No answer comes to what an earlier start was asked, and it must not act in this one.
        for command, answered in self._asked.items():
            if not answered.done():
                answered.set_exception(NoAnswer(str(command)))
        if self._listener is not None:
            self._listener.on_new_boot(state)

    async def hear_rest(self, boot: str, after: int, until: int, teller: NewsListener) -> None:
        """Tell what an earlier start did after a number, and the starts between it and this one.

        What it is known to have told up to `until`, and cannot be had, is told as a gap.
        """
        starts = await self._kept_since(boot)
        until = max([until, *(one.last for one in starts if one.boot == boot)])
        await self._hear_start(boot, after, until, teller)
        for one in starts:
            # Nobody was there to hear these at all.
            if one.boot != boot:
                await self._hear_start(one.boot, 0, one.last, teller)

    async def _kept_since(self, boot: str) -> tuple[Kept, ...]:
        """That start and the ones after it, oldest first; all where it is not kept itself."""
        try:
            answer = (await self._ask(Hello(), None)).answer
        except NoAnswer:
            return ()
        kept = answer.kept if isinstance(answer, Welcome) else ()
        places = [place for place, one in enumerate(kept) if one.boot == boot]
        return kept[places[0] :] if places else kept

    async def _hear_start(self, boot: str, after: int, until: int, teller: NewsListener) -> None:
        while True:
            try:
                answer = (await self._ask(AskMissed(after=after, boot=boot), None)).answer
            except NoAnswer:
                break
            if not isinstance(answer, Missed) or not answer.happened:
                break
            if answer.lost_before is not None:
                teller.on_gap(after, answer.lost_before)
            for happened in answer.happened:
                teller.on_happened(happened)
                after = happened.number
        if after < until:
            teller.on_gap(after, until)

    def _take_state(self, state: State) -> None:
        self._newest = max(self._newest, state.happened)
        self._heard_at = self._now()
        self._standing.meet(Heard.NEWS)
        self._rejected = None
        self._tick = state.tick
        if self._listener is not None:
            self._listener.on_state(state)

    def _take_happened(self, happened: Happened) -> None:
        if happened.number <= self._seen:
            return
        if self._observes:
            # Only what the patient consented to comes here; the rest is no gap.
            self._early.clear()
            self._seen = happened.number - 1
        self._early[happened.number] = happened
        self._deliver()
        if self._early:
            self._fetch()

    def _deliver(self) -> None:
        while self._seen + 1 in self._early:
            happened = self._early.pop(self._seen + 1)
            self._seen = happened.number
            if self._listener is not None:
                self._listener.on_happened(happened)
        self._news_came.set()

    def _fetch(self) -> None:
        """Ask for what was missed, unless that is under way."""
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch_missed())

    async def _fetch_missed(self) -> None:
        try:
            reply = await self._ask(AskMissed(after=self._seen), None)
        except NoAnswer:
            return
        if isinstance(reply.answer, Missed) and reply.boot == self._boot:
            lost = reply.answer.lost_before
            if lost is not None and lost > self._seen and self._listener is not None:
                self._listener.on_gap(self._seen, lost)
                self._seen = lost
            for happened in reply.answer.happened:
                if happened.number > self._seen:
                    self._early[happened.number] = happened
            self._deliver()

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if self._boot is not None:
                self._fetch()

    async def _catch_up(self, number: int) -> None:
        """Wait until all news up to `number` has been delivered."""
        until = self._now() + 2 * self._distance.patience_s
        while self._seen < number and not self._observes:
            if self._now() > until:
                log.warning("news up to %d did not come", number)
                return
            self._news_came.clear()
            try:
                await asyncio.wait_for(self._news_came.wait(), CATCH_UP_S)
            except TimeoutError:
                self._fetch()

    async def _watch_keys(self) -> None:
        while True:
            why = await self._wires.turned_away()
            self._hear_silence()
            self._standing.meet(Heard.TURNED_AWAY)
            if self._standing.now is Linked.REFUSED:
                # A key that was known a moment ago was not forgotten by chance.
                self._rejected = "revoked" if why == "unknown_key" and self._met else why
            # Whoever pairs the two now need not start the console again.
            await asyncio.sleep(TRY_AGAIN_S)
            self._wires.try_again()
