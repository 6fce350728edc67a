"""Owns the two closed sets of messages between console and runtime; knows no socket.

Console to runtime, over DEALER to ROUTER: `Command`. Runtime to console: `Reply` on the same
sockets, `State` and `Happened` over PUB to SUB for therapists, and over ROUTER to an observer or
supervisor that asked and may; `Picture` over ROUTER alone, to the console in control and to those
who watch with the patient's consent. Stop has a fixed first part instead
(`version.STOP`), so that it needs none of this.
"""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from scenarios.api.manifest import InterlockSpec, Manifest
from vr_runtime.wire.acts import TherapistAct
from vr_runtime.wire.base import Boot, Message, SessionId, ShortText, Tick
from vr_runtime.wire.beside import AskBeside, Beside
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.keys import PeerRole
from vr_runtime.wire.packs import PackNote
from vr_runtime.wire.recorded import BringLine, EndLine, PlayLine
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import State

TOPIC_STATE = b"S"
TOPIC_HAPPENED = b"H"
TOPIC_PICTURE = b"P"


class Hello(Message):
    """Ask who is there: answered with `Welcome`; needs no control."""

    kind: Literal["hello"] = "hello"


class Claim(Message):
    """Take control. With `takeover` also from a console that is still heard."""

    kind: Literal["claim"] = "claim"
    takeover: bool = False
    unasked: bool = False
    """The console asks by itself, without an act of the therapist. Then it is given only to who
    led last, known by the command's epoch, or to a console that has not led yet (epoch 0) where
    nobody else is waited for."""


class Heartbeat(Message):
    """The console's loop lives. Not answered; the state stream is the answer."""

    kind: Literal["heartbeat"] = "heartbeat"
    durable: int = Field(ge=0)
    """Number of the last happening the console has stored durably."""
    heard: Tick | None = None
    """Tick of the newest state the console has heard; None where it does not say."""


class Release(Message):
    """Give control back; outside a session nothing happens in the scene by it."""

    kind: Literal["release"] = "release"


class Grant(Message):
    """Lock-step: let the engine advance by so many ticks; answered when it has."""

    kind: Literal["grant"] = "grant"
    ticks: int = Field(ge=1, le=30, strict=True)


class AskMissed(Message):
    """Ask for the happenings after this number."""

    kind: Literal["ask_missed"] = "ask_missed"
    after: int = Field(ge=0)
    boot: Boot | None = None
    """An earlier start of the runtime whose journal is asked; None for the present one."""


class Forget(Message):
    """The console's record durably holds an earlier start's news: the journal may let it go.

    Only from who is in control: another's record may lack what the leading one still needs.
    """

    kind: Literal["forget"] = "forget"
    boot: Boot
    until: int = Field(ge=1)
    """Last number that is held, of the session that it belongs to."""


class AskPictures(Message):
    """Ask for the mirror of the patient's view, so many pictures a second; 0 ends it.

    Only from who is in control, and until control changes; others see it by `Follow`.
    """

    kind: Literal["ask_pictures"] = "ask_pictures"
    hz: float = Field(ge=0, le=10, allow_inf_nan=False)
    width: int = Field(default=192, ge=16, le=640)
    height: int = Field(default=108, ge=16, le=360)


class Follow(Message):
    """Who does not lead asks to be sent what happens, for 5 s more; refused without consent.

    A therapist hears it anyhow, and asks for the mirror by it.
    """

    kind: Literal["follow"] = "follow"
    pictures: bool = False
    """Also the mirror of the patient's view, where the patient has consented to that too."""


class Shutdown(Message):
    """End the runtime; refused while a session is open."""

    kind: Literal["shutdown"] = "shutdown"


LinkAct = (
    Hello
    | Claim
    | Heartbeat
    | Release
    | Grant
    | AskMissed
    | AskBeside
    | Forget
    | AskPictures
    | Follow
    | Shutdown
    | BringLine
    | PlayLine
    | EndLine
)
AnyCommand = Annotated[LinkAct | TherapistAct, Field(discriminator="kind")]


class Command(Message):
    """What a console sends. Repeating one with the same id has one effect and the same answer."""

    id: UUID
    protocol: int
    epoch: int = Field(default=0, ge=0)
    """The epoch under which the sender holds control; an older one is refused."""
    boot: Boot | None = None
    """The start of the runtime it is meant for; another one refuses it."""
    session: SessionId | None = None
    expires: Tick | None = None
    """Last tick at which it may be carried out."""
    seen: int | None = Field(default=None, ge=0)
    """Number of the last happening the sender knew of. What leads up is refused when the patient
    has been brought out of the scene since."""
    act: AnyCommand


class Done(Message):
    """It was carried out."""

    kind: Literal["done"] = "done"
    epoch: int | None = None
    """For a claim: the epoch that now holds."""


class Refused(Message):
    """It was not carried out."""

    kind: Literal["refused"] = "refused"
    code: Code
    sentence: str
    interlock: InterlockSpec | None = None
    """Which of the scenario's interlocks it would have broken."""


class Kept(Message):
    """An earlier start of the runtime, and how far its journal goes. Told oldest first."""

    boot: Boot
    last: int = Field(ge=1)


class Welcome(Message):
    """Who answers, what it can show, and how it stands."""

    kind: Literal["welcome"] = "welcome"
    protocol: int
    version: str
    you: ShortText
    role: PeerRole
    scenarios: tuple[Manifest, ...]
    state: State
    kept: tuple[Kept, ...] = ()
    """Earlier starts of the runtime whose news can still be asked for."""
    packs: tuple[PackNote, ...] = ()
    """The packs that some of the scenarios come from; each names those that are its own."""


class Missed(Message):
    """Happenings that were asked for, oldest first, at most 64.

    When `lost_before` is not None, happenings up to that number are no longer kept: a gap.
    """

    kind: Literal["missed"] = "missed"
    happened: tuple[Happened, ...]
    lost_before: int | None = None


class Granted(Message):
    """The ticks were advanced; all happenings up to this number belong to them."""

    kind: Literal["granted"] = "granted"
    state: State


AnyAnswer = Annotated[
    Done | Refused | Welcome | Missed | Beside | Granted, Field(discriminator="kind")
]


class Reply(Message):
    """What a runtime answers to one command."""

    to: UUID | None
    """Id of the command, or None when it could not be read."""
    boot: str
    tick: Tick
    happened: int = Field(ge=0)
    """Number of the last happening this answer rests on; they are sent before it."""
    role: PeerRole | None = None
    """What the asking console's key is here at this moment; None for one that is not known."""
    answer: AnyAnswer


class Picture(Message):
    """Header of a mirrored picture; the JPEG follows as the next part. Never stored."""

    boot: str
    number: int = Field(ge=0)
    tick: Tick
    width: int
    height: int


COMMANDS: TypeAdapter[Command] = TypeAdapter(Command)
REPLIES: TypeAdapter[Reply] = TypeAdapter(Reply)
