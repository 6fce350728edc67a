"""Owns how entries are linked so that a change is seen; knows neither database nor key.

Each entry's hash is SHA-256 over the previous hash (64 hexadecimal digits) followed by its body
in UTF-8, FIPS 180-4. The chain alone sees every change except entries missing at the end and a
rewriting of everything after one place: the ledger sees those.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from controller.session.documents import Entry

GENESIS = "0" * 64
"""What stands for the hash before the first entry."""

COLUMNS = ("session", "seq", "kind", "operator", "mono_ns", "wall")
"""What a row repeats of its body, so that it can be looked up."""

Fault = Literal["missing", "link", "hash", "form", "columns"]


@dataclass(frozen=True)
class Mark:
    """A place in a stream: number and hash of one entry; 0 and `GENESIS` before the first."""

    seq: int
    hash: str


START = Mark(0, GENESIS)


@dataclass(frozen=True)
class Link:
    """One row of the table of entries."""

    session: str
    seq: int
    kind: str
    operator: str
    mono_ns: int
    wall: str
    body: str
    prev_hash: str
    hash: str

    @property
    def mark(self) -> Mark:
        """This row's place in its stream."""
        return Mark(self.seq, self.hash)


def digest(previous: str, body: str) -> str:
    """SHA-256 of the previous hash and the body, 64 hexadecimal digits."""
    return hashlib.sha256((previous + body).encode()).hexdigest()


def canonical(data: object) -> str:
    """The one spelling of `data` as JSON: sorted keys, no spaces, characters as they are."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(entry: Entry, previous: Mark) -> Link:
    """Chain `entry` to the one before it. `entry.seq` must be one more than `previous.seq`.

    Raises `ValueError` when the number does not follow, or when the body is no valid text.
    """
    if entry.seq != previous.seq + 1:
        raise ValueError(f"entry {entry.seq} cannot follow entry {previous.seq}")
    body = entry.body()
    return Link(
        session=entry.session,
        seq=entry.seq,
        kind=entry.kind,
        operator=entry.operator,
        mono_ns=entry.mono_ns,
        wall=entry.wall,
        body=body,
        prev_hash=previous.hash,
        hash=digest(previous.hash, body),
    )


def fault(row: Link, previous: Mark) -> Fault | None:
    """What is wrong with `row` when it should follow `previous`; None when nothing is.

    `missing`: numbers are left out before it. `link`: it names another predecessor. `hash`: its
    body is not the one that was written. `form`: the body is no canonical JSON object. `columns`:
    a column says something else than the body.
    """
    if row.seq != previous.seq + 1:
        return "missing"
    if row.prev_hash != previous.hash:
        return "link"
    if row.hash != digest(previous.hash, row.body):
        return "hash"
    try:
        data = json.loads(row.body)
    except ValueError:
        return "form"
    if not isinstance(data, dict) or canonical(data) != row.body:
        return "form"
    said = [data.get(name) for name in COLUMNS]
    kept = [getattr(row, name) for name in COLUMNS]
    return (
        None if said == kept and [type(v) for v in said] == [type(v) for v in kept] else "columns"
    )
