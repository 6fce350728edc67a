"""Owns what two machines say to each other so that each knows the other's key from then on.

A short spoken code is proven by SPAKE2 (Abdalla and Pointcheval 2005): whoever listens learns
nothing, whoever guesses has one guess an exchange. The keys are then swapped under what came of it.
It knows neither socket, file nor screen.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import Field, TypeAdapter, ValidationError
from spake2 import SPAKE2_A, SPAKE2_B

from vr_runtime.wire.base import Message
from vr_runtime.wire.keys import Card, PeerRole

PAIRING = 1
"""Number of this way of pairing; both ends must have the same."""
CODE_LASTS_S = 120.0
TRIES = 3
_EXCHANGES = 8
"""Exchanges that may be under way at once: a stranger who begins many costs no memory."""
_IDS = {"idA": b"palier console", "idB": b"palier runtime"}

Element = Annotated[str, Field(pattern=r"^[0-9a-f]{66}$")]
Box = Annotated[str, Field(pattern=r"^([0-9a-f]{2}){16,1500}$", max_length=3000)]


class Trouble(StrEnum):
    """Why a pairing came to nothing."""

    WRONG_CODE = "wrong_code"
    TOO_MANY_TRIES = "too_many_tries"
    TOO_LATE = "too_late"
    USED = "used"
    OTHER_VERSION = "other_version"
    UNREADABLE = "unreadable"
    NO_ANSWER = "no_answer"


class Begin(Message):
    """The console's half of the exchange of a code."""

    kind: Literal["begin"] = "begin"
    pairing: int
    element: Element


class Begun(Message):
    """The runtime's half. It proves nothing yet, so it gives a guesser nothing to try upon."""

    kind: Literal["begun"] = "begun"
    element: Element


class Present(Message):
    """The console's card, sealed."""

    kind: Literal["present"] = "present"
    box: Box


class Presented(Message):
    """The runtime's card and the role it has given, sealed."""

    kind: Literal["presented"] = "presented"
    box: Box


class TurnedAway(Message):
    """It came to nothing, and how many tries the code has left."""

    kind: Literal["turned_away"] = "turned_away"
    why: Trouble
    tries_left: int = Field(default=0, ge=0, le=TRIES)


class Given(Message):
    """What a runtime gives to a console that knew the code."""

    card: Card
    role: PeerRole


_ASKED: TypeAdapter[Begin | Present] = TypeAdapter(
    Annotated[Begin | Present, Field(discriminator="kind")]
)
_TOLD: TypeAdapter[Begun | Presented | TurnedAway] = TypeAdapter(
    Annotated[Begun | Presented | TurnedAway, Field(discriminator="kind")]
)


class PairingFailed(Exception):
    """The pairing came to nothing."""

    def __init__(self, why: Trouble, tries_left: int = 0) -> None:
        super().__init__(why.value)
        self.why = why
        self.tries_left = tries_left


class _Channel:
    """What both ends share once the exchange is done: one key for each direction."""

    def __init__(self, shared: bytes) -> None:
        made = HKDF(SHA256(), length=64, salt=None, info=b"palier pairing 1").derive(shared)
        self._keys = {"console": made[:32], "runtime": made[32:]}

    def seal(self, side: Literal["console", "runtime"], text: str) -> str:
        """Seal what this side says; each side seals once, so a fixed nonce is used once."""
        return AESGCM(self._keys[side]).encrypt(bytes(12), text.encode(), side.encode()).hex()

    def open(self, side: Literal["console", "runtime"], box: str) -> bytes | None:
        """What that side sealed; None when it knew another code."""
        try:
            sealed = bytes.fromhex(box)
            return AESGCM(self._keys[side]).decrypt(bytes(12), sealed, side.encode())
        except InvalidTag:
            return None


def _finished(half: SPAKE2_A | SPAKE2_B, element: str) -> _Channel | None:
    try:
        return _Channel(half.finish(bytes.fromhex(element)))
    except Exception:  # the library tells points that are none by many exceptions, assertions too
        return None


class RuntimePairing:
    """The runtime's end of one code: single use, three tries, two minutes."""

    def __init__(
        self, code: str, given: Given, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Give `given` to a console that knows `code`, as `spoken.as_spoken` writes it."""
        self._code = code.encode()
        self._given = given
        self._now = now
        self._until = now() + CODE_LASTS_S
        self._exchanges: OrderedDict[bytes, _Channel] = OrderedDict()
        self.tries_left = TRIES
        self.paired: Card | None = None
        """The console that knew the code."""

    @property
    def role(self) -> PeerRole:
        """What the console that knows the code may do here."""
        return self._given.role

    @property
    def left_s(self) -> float:
        """Seconds the code still lasts, 0 when it is over."""
        return max(0.0, self._until - self._now())

    @property
    def over(self) -> Trouble | None:
        """Why the code is worth nothing any more, or None while it is."""
        if self.paired is not None:
            return Trouble.USED
        if self.tries_left == 0:
            return Trouble.TOO_MANY_TRIES
        return Trouble.TOO_LATE if self.left_s == 0.0 else None

    def answer(self, route: bytes, body: bytes) -> bytes:
        """What is answered to one message of whoever is at `route`; never raises."""
        return self._answer(route, body).model_dump_json().encode()

    def _answer(self, route: bytes, body: bytes) -> Begun | Presented | TurnedAway:
        over = self.over
        if over is not None:
            return TurnedAway(why=over)
        try:
            asked = _ASKED.validate_json(body)
        except ValidationError:
            return TurnedAway(why=Trouble.UNREADABLE, tries_left=self.tries_left)
        if isinstance(asked, Begin):
            return self._begin(route, asked)
        return self._present(route, asked)

    def _begin(self, route: bytes, asked: Begin) -> Begun | TurnedAway:
        if asked.pairing != PAIRING:
            return TurnedAway(why=Trouble.OTHER_VERSION, tries_left=self.tries_left)
        half = SPAKE2_B(self._code, **_IDS)
        element = half.start()
        channel = _finished(half, asked.element)
        if channel is None:
            return TurnedAway(why=Trouble.UNREADABLE, tries_left=self.tries_left)
        self._exchanges[route] = channel
        while len(self._exchanges) > _EXCHANGES:
            self._exchanges.popitem(last=False)
        return Begun(element=element.hex())

    def _present(self, route: bytes, asked: Present) -> Presented | TurnedAway:
        channel = self._exchanges.pop(route, None)
        if channel is None:
            return TurnedAway(why=Trouble.UNREADABLE, tries_left=self.tries_left)
        opened = channel.open("console", asked.box)
        if opened is None:
            self.tries_left -= 1
            why = Trouble.WRONG_CODE if self.tries_left else Trouble.TOO_MANY_TRIES
            return TurnedAway(why=why, tries_left=self.tries_left)
        try:
            card = Card.model_validate_json(opened)
        except ValidationError:
            return TurnedAway(why=Trouble.OTHER_VERSION, tries_left=self.tries_left)
        if card.side != "console":
            return TurnedAway(why=Trouble.UNREADABLE, tries_left=self.tries_left)
        self.paired = card
        return Presented(box=channel.seal("runtime", self._given.model_dump_json()))


class ConsolePairing:
    """The console's end of one try at a code."""

    def __init__(self, code: str, card: Card) -> None:
        """Prove `code` (as `spoken.as_spoken` writes it) and present `card`."""
        self._card = card
        self._half = SPAKE2_A(code.encode(), **_IDS)
        self._channel: _Channel | None = None

    def begin(self) -> bytes:
        """The first message."""
        begin = Begin(pairing=PAIRING, element=self._half.start().hex())
        return begin.model_dump_json().encode()

    def present(self, told: bytes) -> bytes:
        """The second message, after the answer to the first. Raises `PairingFailed`."""
        begun = _told(told)
        if not isinstance(begun, Begun):
            raise PairingFailed(Trouble.UNREADABLE)
        self._channel = _finished(self._half, begun.element)
        if self._channel is None:
            raise PairingFailed(Trouble.UNREADABLE)
        box = self._channel.seal("console", self._card.model_dump_json())
        return Present(box=box).model_dump_json().encode()

    def finish(self, told: bytes) -> Given:
        """What the runtime gave, after the answer to the second. Raises `PairingFailed`."""
        presented = _told(told)
        if not isinstance(presented, Presented) or self._channel is None:
            raise PairingFailed(Trouble.UNREADABLE)
        opened = self._channel.open("runtime", presented.box)
        if opened is None:
            # Whoever answered did not know the code: it is not the runtime that showed it.
            raise PairingFailed(Trouble.WRONG_CODE)
        try:
            given = Given.model_validate_json(opened)
        except ValidationError as error:
            raise PairingFailed(Trouble.OTHER_VERSION) from error
        if given.card.side != "runtime":
            raise PairingFailed(Trouble.UNREADABLE)
        return given


def _told(body: bytes) -> Begun | Presented | TurnedAway:
    try:
        told = _TOLD.validate_json(body)
    except ValidationError as error:
        raise PairingFailed(Trouble.UNREADABLE) from error
    if isinstance(told, TurnedAway):
        raise PairingFailed(told.why, told.tries_left)
    return told
