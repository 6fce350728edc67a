"""Owns the chain of seals over all streams, signed row by row; knows no document.

A row says: this stream had so many entries then, and the last one's hash was this. A session is
sealed when it is closed, and again whenever something is added to it later. A session that runs,
and the clinic's own stream, get a row `stand` from time to time. What it lets a reader see, and
what not, is written in `controller/store/GUIDE.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, func, select

from controller.store.chain import START, Mark, canonical, digest
from controller.store.keys import Keys
from controller.store.models import ENTRIES, LEDGER

SealKind = Literal["seal", "stand", "broken", "erased"]
"""`broken`: when the record was opened, its head did not fit its ledger. `erased`: all about one
patient was taken away, and this stream with it; it is never written again."""
BROKEN: SealKind = "broken"
ERASED: SealKind = "erased"
_PURPOSE = b"palier ledger 1\n"


@dataclass(frozen=True)
class Seal:
    """One row of the ledger."""

    seq: int
    kind: str
    session: str
    """Empty for `broken`."""
    entries: int
    """How many entries the stream has; 0 for `broken`."""
    head: str
    """Hash of the last of them; for `broken` the hash the head file named, or nothing."""
    wall: str
    body: str
    prev_hash: str
    hash: str
    signature: str

    @property
    def mark(self) -> Mark:
        """This row's place in the ledger."""
        return Mark(self.seq, self.hash)

    @property
    def stream(self) -> Mark:
        """The place in the stream that it names."""
        return Mark(self.entries, self.head)


def _body(seq: int, kind: str, session: str, stream: Mark, wall: str) -> str:
    said = {"seq": seq, "kind": kind, "session": session, "wall": wall}
    return canonical(said | {"entries": stream.seq, "head": stream.hash})


def seal(keys: Keys, previous: Mark, kind: SealKind, session: str, stream: Mark, wall: str) -> Seal:
    """The signed row that follows `previous` and states that `session` ends at `stream`."""
    seq = previous.seq + 1
    body = _body(seq, kind, session, stream, wall)
    own = digest(previous.hash, body)
    return Seal(
        seq=seq,
        kind=kind,
        session=session,
        entries=stream.seq,
        head=stream.hash,
        wall=wall,
        body=body,
        prev_hash=previous.hash,
        hash=own,
        signature=keys.sign(_PURPOSE + own.encode()),
    )


def is_sound(row: Seal, previous: Mark, public: Ed25519PublicKey) -> bool:
    """Whether `row` follows `previous`, says in its columns what its body says, and is signed."""
    body = _body(row.seq, row.kind, row.session, row.stream, row.wall)
    own = digest(previous.hash, body)
    if (row.seq, row.body, row.prev_hash, row.hash) != (previous.seq + 1, body, previous.hash, own):
        return False
    try:
        public.verify(bytes.fromhex(row.signature), _PURPOSE + own.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def rows(connection: Connection) -> list[Seal]:
    """All rows, in order."""
    found = connection.execute(select(LEDGER).order_by(LEDGER.c.seq)).mappings()
    return [Seal(**row) for row in found]


def last(connection: Connection) -> Mark:
    """Where the ledger ends; `START` when it is empty."""
    row = connection.execute(
        select(LEDGER.c.seq, LEDGER.c.hash).order_by(LEDGER.c.seq.desc()).limit(1)
    ).first()
    return START if row is None else Mark(row.seq, row.hash)


def add(connection: Connection, seals: Sequence[Seal]) -> None:
    """Write the rows, in the running transaction."""
    connection.execute(LEDGER.insert(), [asdict(one) for one in seals])


def newest(seals: Sequence[Seal]) -> dict[str, Seal]:
    """The latest row about each stream."""
    return {row.session: row for row in seals if row.kind != BROKEN}


def heads(connection: Connection) -> dict[str, Mark]:
    """Where each stream ends."""
    ends = select(ENTRIES.c.session, func.max(ENTRIES.c.seq).label("seq"))
    ends_of = ends.group_by(ENTRIES.c.session).subquery()
    found = connection.execute(
        select(ENTRIES.c.session, ENTRIES.c.seq, ENTRIES.c.hash).join(
            ends_of,
            (ENTRIES.c.session == ends_of.c.session) & (ENTRIES.c.seq == ends_of.c.seq),
        )
    )
    return {row.session: Mark(row.seq, row.hash) for row in found}
