"""Owns the runtime's end of the conversation: what comes in, in which order, and what goes out.

Stops are taken before anything else of the same batch is even decoded. It knows no renderer.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal
from uuid import UUID

from pydantic import ValidationError

from scenarios.api.manifest import InterlockSpec, Manifest
from vr_runtime.authority import Answered, Authority, Last
from vr_runtime.earlier import Earlier
from vr_runtime.engine.engine import Engine, Fresh
from vr_runtime.engine.guard import DeadMan
from vr_runtime.engine.ports import Display
from vr_runtime.journal.journal import Journal
from vr_runtime.lines.lines import Lines
from vr_runtime.mirror import Mirror
from vr_runtime.news import News
from vr_runtime.packs.approved import is_the_pack
from vr_runtime.peers import Doorkeeper
from vr_runtime.ports import Sockets
from vr_runtime.refused import Refusals
from vr_runtime.snapshot import snapshot
from vr_runtime.trace import Trace
from vr_runtime.turns import Turns
from vr_runtime.watching import Watching
from vr_runtime.wire import acts
from vr_runtime.wire.beside import AskBeside, Beside
from vr_runtime.wire.happenings import (
    AccessChanged,
    Checkpoint,
    ControlTaken,
    Happening,
    ObserverCame,
    ObserverLeft,
    PhaseChanged,
    StrangersRefused,
)
from vr_runtime.wire.keys import LEADING, Peer, PeerRole
from vr_runtime.wire.messages import (
    COMMANDS,
    TOPIC_HAPPENED,
    TOPIC_STATE,
    AnyAnswer,
    AskMissed,
    AskPictures,
    Claim,
    Command,
    Done,
    Follow,
    Forget,
    Grant,
    Granted,
    Heartbeat,
    Hello,
    Refused,
    Release,
    Reply,
    Shutdown,
    Welcome,
)
from vr_runtime.wire.packs import PackNote
from vr_runtime.wire.presses import Taken
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.recorded import BringLine, EndLine, PlayLine
from vr_runtime.wire.refusals import SENTENCES, Code
from vr_runtime.wire.state import State, Watch
from vr_runtime.wire.unread import why_unread
from vr_runtime.wire.version import CALL, PROTOCOL, STOP, TICKS_PER_SECOND

DECODED_AT_ONCE = 50
"""Most messages decoded before the next picture."""
DECODED_BYTES = 24_576
"""No further message is decoded after so many bytes: what people do is a tenth of it."""
COMMAS_AT_MOST = 1000
"""A message of more parts is none: to take it apart only to refuse it would cost a picture."""
CHECKPOINT_EVERY = 300
"""Ticks between two digests in the news: 10 s."""
STRANGERS_EVERY = 300
"""Ticks between two pieces of news on strangers, however many knock: 10 s."""

_OUT_OF_THE_SCENE = frozenset({acts.Phase.STOPPED, acts.Phase.PAUSE, acts.Phase.SAFE_PLACE})
_NO_SCENARIOS = b'"scenarios":[]'

log = logging.getLogger(__name__)


@dataclass
class _Granting:
    """Ticks that were granted and are not yet over."""

    route: bytes
    key: str
    command: Command
    left: int


class Server:
    """Hears consoles, lets their acts into the engine, tells what happened."""

    def __init__(
        self,
        engine: Engine,
        display: Display,
        sockets: Sockets,
        *,
        peers: Mapping[str, Peer],
        manifests: tuple[Manifest, ...],
        boot: str,
        version: str,
        in_step: bool,
        watch: Callable[[], Watch] = lambda: Watch(watched=False),
        trace: Trace | None = None,
        door: Doorkeeper | None = None,
        changed_peers: Callable[[], tuple[Peer, ...]] = tuple,
        journal: Journal | None = None,
        last: Last | None = None,
        tell_leading: Callable[[Last], None] = lambda _last: None,
        packs: tuple[PackNote, ...] = (),
        beside: Mapping[str, Beside] | None = None,
    ) -> None:
        """Serve these peers, by public key, with this engine; `watch` tells who stands by.

        `changed_peers` gives those whose standing has changed since it was asked last, as they
        were; `door` counts the strangers that were turned away; `journal` keeps what happens.
        `last` led an earlier start; `tell_leading` is told who does before they know themselves.
        """
        self._engine = engine
        self._display = display
        self._sockets = sockets
        self._peers = peers
        # Written down once: who says hello without end would have them written in each picture.
        told = b",".join(each.model_dump_json().encode() for each in manifests)
        self._scenarios, self._packs = _NO_SCENARIOS.replace(b"[]", b"[" + told + b"]"), packs
        self._version, self._beside = version, beside or {}
        self._watch = watch
        self._trace = Trace() if trace is None else trace
        if self._trace.kept:
            sockets.watch_arrivals()
        self.in_step = in_step
        self.authority = Authority(last)
        self._tell_leading = tell_leading
        self.guard = DeadMan()
        self.ended = False
        self._door = door
        self._changed_peers = changed_peers
        self._revoked: set[str] = set()
        self._strangers_from = 0
        self._watching = Watching(sockets.answer)
        self._mirror = Mirror(
            display, sockets.answer, self._watching, lambda: engine.observers_mirror, boot
        )
        self._news = News(boot)
        self.lines = Lines(
            engine,
            display,
            self.guard,
            self.authority,
            self._note,
            (lambda: engine.tick_count / TICKS_PER_SECOND) if in_step else time.monotonic,
        )
        self._earlier = Earlier(self._news, journal)
        self._answered = Answered()
        self._turns = Turns()
        self._granting: _Granting | None = None
        self._unread = 0
        self._refusals = Refusals()
        self._presses = Taken()
        self._left = 0
        """Number of the news by which the patient was last brought out of the scene."""

    def end(self) -> None:
        """Let the runtime end after this round."""
        self.ended = True

    # -- in

    def hear_stops(self) -> None:
        """Take what has come in and carry out every stop; all else waits for `hear`."""
        fresh = self._sockets.receive()
        stopped = -1
        by: set[str] = set()
        for number, message in enumerate(fresh):
            if _is_stop(message) and self._stop(message, by):
                stopped = number
        if stopped >= 0:
            self._turns.overtake()
        for number, message in enumerate(fresh):
            if not _is_stop(message):
                self._turns.put(message, overtaken=number < stopped)
        self.tell()

    def hear(self) -> None:
        """Take what has come in: every stop first, then at most 50 others, each key in its turn.

        Nothing waits undecoded after it while nobody sends without end. Under a flood the rest
        waits for the next picture, and of who sends it the oldest goes.
        """
        self.hear_stops()
        decoded = 0
        for _ in range(DECODED_AT_ONCE):
            holder = self.authority.holder
            taken = self._turns.take(None if holder is None else holder.public)
            if taken is None:
                break
            self._take(*taken)
            decoded += taken[0].size
            if decoded > DECODED_BYTES:
                break
        self._attend()
        for message, command, answer in chain(self._earlier.found(), self.lines.found()):
            self._reply(message.route, message.key, command, answer)
        self.tell()

    def _stop(self, message: Incoming, by: set[str]) -> bool:
        """Carry out a stop; `by`: whose stops were obeyed in this round, of which one is enough."""
        peer = self._peers.get(message.key)
        if peer is None or not self.authority.may_stop(peer):
            return False
        # Repeated until it is confirmed: a copy of what was obeyed does not stop what came after.
        press = message.parts[1] if message.parts[1:] else None
        fresh = self._presses.is_new(message.key, press)
        if fresh and message.key not in by:
            by.add(message.key)
            self._trace.stop(self._engine.phase, message.came_ns)
            self._engine.apply(acts.Stop(), peer.name)
        # The press's name, if any, goes back as it came: stop is understood without decoding.
        self._sockets.answer(message.route, STOP, *message.parts[1:2])
        return fresh

    def _take(self, message: Incoming, overtaken: bool) -> None:
        peer = self._peers.get(message.key)
        if peer is None:
            if message.key in self._revoked:
                self._refuse_unread(message, Code.REVOKED)
            return
        if message.too_large:
            self._refuse_unread(message, Code.TOO_LARGE)
            return
        if len(message.parts) != 2 or message.parts[0] != CALL:
            self._refuse_unread(message, Code.MALFORMED)
            return
        if message.parts[1].count(b",") > COMMAS_AT_MOST:
            self._refuse_unread(message, Code.MALFORMED)
            return
        try:
            command = COMMANDS.validate_json(message.parts[1])
        except ValidationError:
            self._refuse_unread(message, why_unread(message.parts[1]))
            return
        repeated = self._answered.get(message.key, command.id)
        if repeated is not None:
            self._send(message.route, repeated)
            return
        answer = self._carry_out(command, peer, message, overtaken)
        if answer is not None:
            self._reply(message.route, message.key, command, answer)

    def _carry_out(
        self, command: Command, peer: Peer, message: Incoming, overtaken: bool
    ) -> AnyAnswer | None:
        engine, act = self._engine, command.act
        session = None if engine.opened is None else engine.opened.session
        # A stop takes a way of its own and may come in before what was sent before it.
        unaware = command.seen is not None and command.seen < self._left
        refused = self.authority.why_not(
            command,
            peer,
            tick=engine.tick_count,
            session=session,
            in_step=self.in_step,
            overtaken=overtaken or unaware,
            boot=self._news.boot,
        )
        if isinstance(act, Heartbeat):
            if refused is None:
                heard = act.heard
                self.guard.heard(None if heard is None else min(heard, engine.tick_count))
                self._mirror.heard(message.route)
                self._earlier.let_go(act.durable, idle=engine.opened is None)
            return None
        if refused is not None:
            return self._refusal(refused, act.kind, peer)
        if isinstance(act, Hello | Follow) and peer.role not in LEADING:
            return self._observe(act, peer, message.route)
        if isinstance(act, Follow) and not self.authority.leads(peer, command.epoch):
            return self._look_on(act, peer, message.route)
        if isinstance(act, Hello):
            return self._welcome(peer)
        if isinstance(act, Follow):
            return Done()
        if isinstance(act, Claim):
            return self._claim(act, peer, command.epoch)
        if isinstance(act, Release):
            self._drop_control()
            return Done()
        if isinstance(act, AskMissed):
            return self._earlier.missed(act, command, message)
        if isinstance(act, AskBeside):
            return self._beside.get(act.scenario, Beside(scenario=act.scenario))
        if isinstance(act, Forget):
            self._earlier.forget(act)
            return Done()
        if isinstance(act, AskPictures):
            self._mirror.ask(message.route, act)
            return Done()
        if isinstance(act, Shutdown):
            self.end()
            return Done()
        if isinstance(act, BringLine | PlayLine | EndLine):
            taken = self.lines.take(act, command, message, peer.name)
            return self._refusal(taken, act.kind, peer) if isinstance(taken, Code) else taken
        if isinstance(act, Grant):
            if self._granting is not None and self._granting.command.id == command.id:
                return None
            if self._granting is not None:
                return self._refusal(Code.BUSY, act.kind, peer)
            self._granting = _Granting(message.route, message.key, command, act.ticks)
            return None
        if isinstance(act, acts.BeginTrial | acts.Resume) and not self.guard.steady:
            return self._refusal(Code.NOT_STEADY, act.kind, peer)
        if isinstance(act, acts.OpenSession) and not is_the_pack(act, self._packs):
            return self._refusal(Code.NOT_APPROVED, act.kind, peer)
        code = engine.apply(act, peer.name)
        if code is None:
            return Done()
        return self._refusal(code, act.kind, peer, engine.interlock)

    def _observe(self, act: Hello | Follow, peer: Peer, route: bytes) -> AnyAnswer:
        """Let an observer be sent what comes, if the patient of this session consents to it."""
        if not self._engine.observers:
            # Kept out of the record: an observer that waits for consent asks every second.
            return _not_consented()
        self._follow(peer, route, pictures=isinstance(act, Follow) and act.pictures)
        return self._welcome(peer) if isinstance(act, Hello) else Done()

    def _look_on(self, act: Follow, peer: Peer, route: bytes) -> AnyAnswer:
        """A therapist who does not lead sees the patient's view as observers do: by consent."""
        if act.pictures and not (self._engine.observers and self._engine.observers_mirror):
            return _not_consented()
        if act.pictures:
            self._follow(peer, route, pictures=True)
        return Done()

    def _follow(self, peer: Peer, route: bytes, *, pictures: bool) -> None:
        tick = self._engine.tick_count
        if self._watching.follow(route, peer, pictures=pictures, tick=tick):
            self._note(ObserverCame(name=peer.name))

    def _claim(self, act: Claim, peer: Peer, epoch: int) -> AnyAnswer:
        before, heard = self.authority.holder, self.guard.silent_s < 1.0
        itself = before is not None and before.public == peer.public
        if itself and heard:
            itself = epoch == self.authority.epoch
        refused = self.authority.claim(peer, epoch, act, holder_heard=heard)
        if refused is not None:
            return self._refusal(refused, act.kind, peer)
        self._leading_changed()
        self._engine.control_taken()
        self.guard.begin()
        self._watch_no_more(peer, "leads")
        from_whom = before.name if before is not None and not itself else None
        self._note(ControlTaken(holder=peer.name, epoch=self.authority.epoch, taken_from=from_whom))
        return Done(epoch=self.authority.epoch)

    def _welcome(self, peer: Peer) -> Welcome:
        return Welcome(
            protocol=PROTOCOL,
            version=self._version,
            you=peer.name,
            role=_role(peer),
            scenarios=(),  # laid in as it is sent
            packs=self._packs,
            state=self.state(),
            kept=self._earlier.kept(),
        )

    def _refusal(
        self, code: Code, act: str, peer: Peer, interlock: InterlockSpec | None = None
    ) -> Refused:
        tick = self._engine.tick_count
        told = self._refusals.take(code, act, peer.name, tick, interlock)
        if told is not None:
            self._note(told)
        return Refused(code=code, sentence=SENTENCES[code], interlock=interlock)

    def _refuse_unread(self, message: Incoming, code: Code) -> None:
        self._unread += 1
        # Said at the 1st, 2nd, 4th, 8th: whoever sends without end must not fill the disk.
        if self._unread & (self._unread - 1) == 0:
            told = "a message of %d parts was refused: %s; such messages so far: %d"
            log.warning(told, len(message.parts), code, self._unread)
        answer = Refused(code=code, sentence=SENTENCES[code])
        self._send(message.route, self._made_reply(None, message.key, answer))

    def _reply(self, route: bytes, key: str, command: Command, answer: AnyAnswer) -> None:
        # News first: whoever reads the answer has been sent all that it rests on.
        self.tell()
        reply = self._made_reply(command.id, key, answer)
        if isinstance(answer, Done | Refused):
            self._answered.keep(key, command.id, reply)
        self._send(route, reply)

    def _made_reply(self, to: UUID | None, key: str, answer: AnyAnswer) -> Reply:
        peer = self._peers.get(key)
        return Reply(
            to=to,
            boot=self._news.boot,
            tick=self._engine.tick_count,
            happened=self._news.number,
            role=None if peer is None else _role(peer),
            answer=answer,
        )

    def _send(self, route: bytes, reply: Reply) -> None:
        body = reply.model_dump_json().encode()
        if isinstance(reply.answer, Welcome):
            # No text holds this: within one each quotation mark has a backslash before it.
            body = body.replace(_NO_SCENARIOS, self._scenarios, 1)
        self._sockets.answer(route, CALL, body)

    # -- who is there

    def _attend(self) -> None:
        """See to who is known, who watches, and who knocked in vain."""
        for peer in self._changed_peers():
            self._change(peer)
        tick = self._engine.tick_count
        for told in self._refusals.due(tick):
            self._note(told)
        for name in self._watching.expired(tick):
            self._note(ObserverLeft(name=name, why="silent"))
        if self._door is not None and tick >= self._strangers_from:
            times = self._door.turned_away()
            if times:
                self._strangers_from = tick + STRANGERS_EVERY
                log.warning("keys that are not known here were refused: %d", times)
                self._note(StrangersRefused(times=times))
        self._display.tell_watched(bool(self._watching.names))

    def _change(self, before: Peer) -> None:
        """A console was revoked or has another role: what it held is gone, and all see it."""
        now = self._peers.get(before.public)
        leads = now is not None and now.role in LEADING
        log.warning("%s is %s here now", before.name, "unknown" if now is None else now.role)
        self._note(AccessChanged(name=before.name, role=None if now is None else _role(now)))
        holder = self.authority.holder
        if holder is not None and holder.public == before.public and not leads:
            self._drop_control()
        if now is None:
            self._revoked.add(before.public)
        self._watch_no_more(before, "revoked")
        if before.role in LEADING and not leads:
            self._sockets.readmit()

    def _drop_control(self) -> None:
        self.authority.release()
        self._leading_changed()

    def _leading_changed(self) -> None:
        self._mirror.control_changed()
        if self.authority.last is not None:
            self._tell_leading(self.authority.last)

    def _watch_no_more(self, peer: Peer, why: Literal["revoked", "leads"]) -> None:
        name = self._watching.leave(peer.public)
        if name is not None:
            self._note(ObserverLeft(name=name, why=why))

    def _dismiss_observers(self) -> None:
        """Consent is gone: one last word to each observer, and nothing after it."""

        def last(peer: Peer) -> tuple[bytes, bytes]:
            reply = self._made_reply(None, peer.public, _not_consented())
            return CALL, reply.model_dump_json().encode()

        for name in self._watching.dismiss(last):
            self._note(ObserverLeft(name=name, why="consent"))
        self._display.tell_watched(False)

    # -- time

    def watch(self, ticks: int) -> None:
        """Let ticks pass for the dead-man; what becomes of it enters the engine."""
        opened = self._engine.opened
        grace = 0.0 if opened is None else opened.grace_s
        for found in self.guard.tick(ticks, grace):
            self._engine.apply(found, "runtime")

    def ticked(self) -> None:
        """One engine tick is over: checkpoints, and the answer to a grant that is used up."""
        if self._engine.opened is not None and self._engine.tick_count % CHECKPOINT_EVERY == 0:
            self._note(Checkpoint(digest=self._engine.digest()))
        granting = self._granting
        if granting is not None:
            granting.left -= 1
            if granting.left <= 0:
                self._granting = None
                self.tell()
                self._reply(
                    granting.route, granting.key, granting.command, Granted(state=self.state())
                )

    @property
    def granted(self) -> int:
        """Ticks that may be advanced now under lock-step."""
        return 0 if self._granting is None else self._granting.left

    @property
    def happened(self) -> int:
        """Number of the last piece of news."""
        return self._news.number

    # -- out

    def state(self) -> State:
        """The snapshot of this moment."""
        return snapshot(
            self._engine,
            self._display,
            self.authority,
            self.guard,
            boot=self._news.boot,
            happened=self._news.number,
            in_step=self.in_step,
            watch=self._watch(),
            watching=self._watching.names,
            journal=self._earlier.state,
            line=self.lines.state,
        )

    def tell(self) -> None:
        """Publish what happened since the last call."""
        self._publish(self._engine.take_news())

    def _note(self, what: Happening) -> None:
        self.tell()
        opened = self._engine.opened
        session = None if opened is None else opened.session
        self._publish([Fresh(self._engine.tick_count, session, what)])

    def _publish(self, fresh: list[Fresh]) -> None:
        opened = self._engine.opened
        numbered = self._news.take(fresh)
        self._earlier.keep(numbered)
        for news in numbered:
            if isinstance(news.what, PhaseChanged) and news.what.after in _OUT_OF_THE_SCENE:
                self._left = news.number
            body = news.model_dump_json().encode()
            self._sockets.publish(TOPIC_HAPPENED, body)
            if self._engine.observers and opened is not None and news.session == opened.session:
                self._watching.tell(TOPIC_HAPPENED, body)
        if self._watching.names and not self._engine.observers:
            self._dismiss_observers()

    def publish_state(self) -> None:
        """Tell everyone who listens how things stand."""
        self.tell()
        body = self.state().model_dump_json().encode()
        self._sockets.publish(TOPIC_STATE, body)
        self._watching.tell(TOPIC_STATE, body)

    @property
    def mirror_hz(self) -> float:
        """Pictures a second that are wanted of the patient's view; 0 for none."""
        return self._mirror.hz

    def publish_picture(self) -> None:
        """Send the mirror of the patient's view to those who may have it."""
        self._mirror.tell(self._engine.tick_count)


def _not_consented() -> Refused:
    return Refused(code=Code.NOT_CONSENTED, sentence=SENTENCES[Code.NOT_CONSENTED])


def _role(peer: Peer) -> PeerRole:
    assert peer.role != "runtime", "only consoles connect"
    return peer.role


def _is_stop(message: Incoming) -> bool:
    return message.parts[:1] == (STOP,)
