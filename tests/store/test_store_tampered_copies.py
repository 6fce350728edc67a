"""Many copies of one record, each tampered with in another way: all found, first place named."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from store_samples import TestClock, closed, copy, note, opened, opened_raw, write_small

from controller.session.documents import CLINIC, OperatorAdded
from controller.store.record import Record
from controller.store.verify import LEDGER, verify

Place = tuple[str | None, int | None]
"""Stream and number of the first bad entry; None where there is none to name."""


@dataclass(frozen=True)
class History:
    """One record with what it was at earlier moments."""

    path: Path
    earlier: tuple[tuple[bytes, bytes, int], ...]
    """Database, head and number of the ledger's last row then."""
    lengths: dict[str, int]
    rows: int
    """Of the ledger."""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    path, clock = tmp_path_factory.mktemp("history") / "record.db", TestClock()
    write_small(path, clock)
    earlier: list[tuple[bytes, bytes, int]] = []
    for turn in range(4):
        with opened_raw(path, triggers=True) as raw:
            (rows,) = raw.execute("SELECT max(seq) FROM ledger").fetchone()
        head = path.with_name(path.name + ".head").read_bytes()
        earlier.append((path.read_bytes(), head, rows))
        with Record.create_or_open(path, operator="op-1", clock=clock) as record:
            record.append_now(CLINIC, OperatorAdded(operator=f"op-{turn + 2}", name="Dr Example"))
            record.append_now(f"t-{turn}", opened())
            record.append_now(f"t-{turn}", note())
            record.append_now(f"t-{turn}", closed())
    with opened_raw(path, triggers=True) as raw:
        asked = "SELECT session, max(seq) FROM entries GROUP BY session"
        lengths = dict(raw.execute(asked).fetchall())
        (rows,) = raw.execute("SELECT max(seq) FROM ledger").fetchone()
    assert verify(path).ok
    return History(path, tuple(earlier), lengths, rows)


def entry(history: History, chance: random.Random) -> tuple[str, int]:
    session = chance.choice(sorted(history.lengths))
    return session, chance.randint(1, history.lengths[session])


def flip(path: Path, history: History, chance: random.Random) -> Place:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= chance.randint(1, 255)
    path.write_bytes(content)
    return None, None


def cut(path: Path, history: History, chance: random.Random) -> Place:
    content = path.read_bytes()
    path.write_bytes(content[: chance.randint(1, len(content) - 1)])
    return None, None


def change(path: Path, history: History, chance: random.Random) -> Place:
    place = entry(history, chance)
    with opened_raw(path) as raw:
        asked = raw.execute("SELECT body FROM entries WHERE session = ? AND seq = ?", place)
        (body,) = asked.fetchone()
        at = chance.randint(0, len(body))
        changed = body[:at] + chance.choice(' 09é"x') + body[at:]
        raw.execute("UPDATE entries SET body = ? WHERE session = ? AND seq = ?", (changed, *place))
    return place


def remove(path: Path, history: History, chance: random.Random) -> Place:
    place = entry(history, chance)
    with opened_raw(path) as raw:
        raw.execute("DELETE FROM entries WHERE session = ? AND seq = ?", place)
    return place


def remove_the_end(path: Path, history: History, chance: random.Random) -> Place:
    session, first = entry(history, chance)
    with opened_raw(path) as raw:
        raw.execute("DELETE FROM entries WHERE session = ? AND seq >= ?", (session, first))
    return session, first


def exchange(path: Path, history: History, chance: random.Random) -> Place:
    session = chance.choice([name for name, length in history.lengths.items() if length > 1])
    one, other = sorted(chance.sample(range(1, history.lengths[session] + 1), 2))
    with opened_raw(path) as raw:
        asked = raw.execute("SELECT seq, body FROM entries WHERE session = ?", (session,))
        bodies = dict(asked.fetchall())
        for seq, body in ((one, bodies[other]), (other, bodies[one])):
            raw.execute(
                "UPDATE entries SET body = ? WHERE session = ? AND seq = ?", (body, session, seq)
            )
    return session, one


def renumber(path: Path, history: History, chance: random.Random) -> Place:
    """Whole rows change places: their numbers are exchanged, their texts stay."""
    session = chance.choice([name for name, length in history.lengths.items() if length > 1])
    one, other = sorted(chance.sample(range(1, history.lengths[session] + 1), 2))
    with opened_raw(path) as raw:
        for old, new in ((one, 999), (other, one), (999, other)):
            raw.execute(
                "UPDATE entries SET seq = ? WHERE session = ? AND seq = ?", (new, session, old)
            )
    return session, one


def retime(path: Path, history: History, chance: random.Random) -> Place:
    """Another time, in the column and in the text, as somebody who knows the form would do it."""
    place = entry(history, chance)
    column, value = chance.choice(
        [("wall", '"2026-03-01T10:00:00.000000Z"'), ("mono_ns", "987654321")]
    )
    with opened_raw(path) as raw:
        raw.execute(
            f"UPDATE entries SET {column} = json_extract(?, '$'), "
            f"body = json_set(body, '$.{column}', json(?)) WHERE session = ? AND seq = ?",
            (value, value, *place),
        )
    return place


def retime_column(path: Path, history: History, chance: random.Random) -> Place:
    place = entry(history, chance)
    with opened_raw(path) as raw:
        raw.execute("UPDATE entries SET mono_ns = mono_ns + 1 WHERE session = ? AND seq = ?", place)
    return place


def delete_session(path: Path, history: History, chance: random.Random) -> Place:
    session = chance.choice(sorted(history.lengths))
    with opened_raw(path) as raw:
        raw.execute("DELETE FROM entries WHERE session = ?", (session,))
        if chance.random() < 0.5:
            for table in ("sessions", "ratings"):
                raw.execute(f"DELETE FROM {table} WHERE session = ?", (session,))
    return session, 1


def delete_session_with_seals(path: Path, history: History, chance: random.Random) -> Place:
    session = chance.choice([name for name in sorted(history.lengths) if name != CLINIC])
    with opened_raw(path) as raw:
        asked = raw.execute("SELECT min(seq) FROM ledger WHERE session = ?", (session,))
        (first,) = asked.fetchone()
        for table in ("entries", "ledger", "sessions", "ratings"):
            raw.execute(f"DELETE FROM {table} WHERE session = ?", (session,))
    return LEDGER, first


def roll_head_back(path: Path, history: History, chance: random.Random) -> Place:
    _database, head, rows = chance.choice(history.earlier)
    path.with_name(path.name + ".head").write_bytes(head)
    return LEDGER, rows


def roll_database_back(path: Path, history: History, chance: random.Random) -> Place:
    database, _head, rows = chance.choice(history.earlier)
    path.write_bytes(database)
    return LEDGER, rows + 1


def cut_ledger(path: Path, history: History, chance: random.Random) -> Place:
    first = chance.randint(1, history.rows)
    with opened_raw(path) as raw:
        raw.execute("DELETE FROM ledger WHERE seq >= ?", (first,))
    return LEDGER, first


WAYS: tuple[Callable[[Path, History, random.Random], Any], ...] = (
    flip,
    cut,
    change,
    remove,
    remove_the_end,
    exchange,
    renumber,
    retime,
    retime_column,
    delete_session,
    delete_session_with_seals,
    roll_head_back,
    roll_database_back,
    cut_ledger,
)


def all_found(history: History, folder: Path, first: int, count: int) -> None:
    for number in range(first, first + count):
        way, chance = WAYS[number % len(WAYS)], random.Random(number)
        path = copy(history.path, folder / "x.db")
        place = way(path, history, chance)
        verdict = verify(path)
        told = f"{number}: {way.__name__} {place}: {verdict}"
        assert not verdict.ok, told
        assert (verdict.session, verdict.seq) == place, told
        if place == (None, None):
            assert "file damaged" in verdict.text, told


@pytest.mark.parametrize("first", [0, 20, 40])
@pytest.mark.fault("F33")
def test_sixty_tampered_copies_are_found_and_the_first_bad_place_is_named(
    history: History, tmp_path: Path, first: int
) -> None:
    all_found(history, tmp_path, first, 20)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_thousand_tampered_copies_are_found_and_the_first_bad_place_is_named(
    history: History, tmp_path: Path
) -> None:
    all_found(history, tmp_path, 0, 1000)
