"""Owns who may do what at the runtime: roles, control, epochs, expiry, repeated commands.

It knows neither sockets nor scenes; a command that passes goes to the engine.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from uuid import UUID

from vr_runtime.wire import acts
from vr_runtime.wire.base import Message
from vr_runtime.wire.beside import AskBeside
from vr_runtime.wire.keys import LEADING, STOPPING, Z85, Peer
from vr_runtime.wire.messages import (
    AskMissed,
    AskPictures,
    Claim,
    Command,
    Follow,
    Forget,
    Grant,
    Heartbeat,
    Hello,
    Release,
    Reply,
    Shutdown,
)
from vr_runtime.wire.recorded import PlayLine
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.version import speaks_the_same

REMEMBERED = 4096
_LEADING_UP = (
    acts.ArmTrial,
    acts.BeginTrial,
    acts.Raise,
    acts.SetValue,
    acts.FollowLevel,
    acts.Trigger,
    acts.GiveTask,
    acts.Resume,
    PlayLine,
)
EASING = (acts.Hold, acts.Pause, acts.SafePlace, acts.Lower)
"""Acts that only make it easier for the patient: whoever gives them may have heard nothing since
long, and they never come too late."""
_OUTSIDE_SESSIONS = (Heartbeat, Release, Grant, Forget, AskPictures, acts.OpenSession)
"""Acts of the console in control that belong to no session."""


class Answered:
    """Answers given lately, by command: a repeated command has one effect and the same answer."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, UUID], Reply] = OrderedDict()

    def get(self, key: str, command: UUID) -> Reply | None:
        """The answer this sender has had to this command, or None."""
        return self._answers.get((key, command))

    def keep(self, key: str, command: UUID, reply: Reply) -> None:
        """Remember an answer, forgetting the oldest."""
        self._answers[key, command] = reply
        while len(self._answers) > REMEMBERED:
            self._answers.popitem(last=False)


class Last(Message):
    """Who held control last, and under which epoch; the next start of the runtime is told it."""

    public: Z85 | None
    """None: nobody, since it was given back or dropped."""
    epoch: int


class Authority:
    """One holder of control at a time, fenced by an epoch."""

    def __init__(self, last: Last | None = None) -> None:
        """Begin without a holder; `last` held control of an earlier start, None: not known."""
        # Never the same in two starts: what was sent to an earlier one leads nothing in this one.
        self.epoch = secrets.randbits(40)
        self.holder: Peer | None = None
        self.last = last

    def may_stop(self, peer: Peer) -> bool:
        """Stop needs no control, no epoch, no protocol: only one of these roles."""
        return peer.role in STOPPING

    def why_not(
        self,
        command: Command,
        peer: Peer,
        *,
        tick: int,
        session: str | None,
        in_step: bool,
        overtaken: bool,
        boot: str,
    ) -> Code | None:
        """Why this command of this peer may not be carried out now, or None.

        Args:
            command: what was sent.
            peer: who sent it, proven by key.
            tick: the present tick, against which expiry counts.
            session: the open session, or None.
            in_step: whether ticks are granted.
            overtaken: whether a stop or another way out of the scene was taken before it that its
                sender did not know of.
            boot: the present start of the runtime.
        """
        act = command.act
        if not speaks_the_same(command.protocol):
            return Code.WRONG_PROTOCOL
        if isinstance(act, Hello):
            return None
        if isinstance(act, acts.Stop) and self.may_stop(peer):
            return None
        if peer.role not in LEADING:
            return None if isinstance(act, Follow) else Code.FORBIDDEN
        if isinstance(act, AskMissed | AskBeside | Follow):
            return None
        if command.boot is not None and command.boot != boot:
            return Code.EARLIER_BOOT
        late = command.expires is not None and tick > command.expires
        if late and not isinstance(act, EASING):
            return Code.EXPIRED
        if overtaken and isinstance(act, _LEADING_UP):
            return Code.OVERTAKEN
        if isinstance(act, Grant) and not in_step:
            return Code.NOT_IN_STEP
        if isinstance(act, Claim):
            return None
        if not self.leads(peer, command.epoch):
            return Code.NOT_IN_CONTROL
        if isinstance(act, _OUTSIDE_SESSIONS):
            return None
        if isinstance(act, Shutdown):
            return Code.WRONG_PHASE if session is not None else None
        return Code.WRONG_SESSION if command.session != session else None

    def leads(self, peer: Peer, epoch: int) -> bool:
        """Whether this peer holds control under this epoch."""
        return self.holder is not None and self.holder.public == peer.public and epoch == self.epoch

    def claim(self, peer: Peer, epoch: int, act: Claim, *, holder_heard: bool) -> Code | None:
        """Give control to `peer`; a holder that is still heard is only replaced by a takeover.

        Unasked it is given to who led last, also by another start of the runtime, and not to one
        that led before them, however late it wakes.

        A new claim of the holder itself begins a new epoch too: what it sent before is fenced. Who
        has the holder's key and does not know the `epoch` is another console of the same person.
        """
        other = self.holder is not None and not self.leads(peer, epoch)
        if other and holder_heard and not act.takeover:
            return Code.HELD_BY_OTHER
        if act.unasked and not act.takeover and not self._may_by_itself(peer, epoch):
            return Code.NOT_IN_CONTROL
        self.holder = peer
        self.epoch += 1
        self.last = Last(public=peer.public, epoch=self.epoch)
        return None

    def _may_by_itself(self, peer: Peer, epoch: int) -> bool:
        last = self.last
        if last is None:
            return True
        if epoch:
            return (last.public, last.epoch) == (peer.public, epoch)
        # It has not led yet. After a new start who led last is waited for, however long.
        return self.holder is not None or last.public in (None, peer.public)

    def release(self) -> None:
        """Nobody is in control."""
        self.holder = None
        self.epoch += 1
        self.last = Last(public=None, epoch=self.epoch)
