"""What the runtime's journal promises of its files: never a wrong record, and nothing readable."""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vr_runtime.journal.format import Head, NotAJournal, seal, unsealed
from vr_runtime.journal.journal import PER_SEGMENT, Journal
from vr_runtime.journal.shelf import KEPT_DAYS, Shelf
from vr_runtime.wire.happenings import Happened, LevelReached
from vr_runtime.wire.keys import KeysUnreadable
from vr_runtime.wire.messages import Missed

BOOT, OTHER = "ab" * 16, "cd" * 16
KEY = bytes(range(32))
TEXTS = [(n, b"told %d " % n * n) for n in range(1, 7)]
WHOLE = Head(BOOT, 1).packed() + b"".join(seal(KEY, Head(BOOT, 1), n, t) for n, t in TEXTS)


def news(count: int, *, session: str | None = "s1", start: int = 1, boot: str = BOOT):
    return [
        Happened(boot=boot, number=n, tick=n, session=session, what=LevelReached(level=3))
        for n in range(start, start + count)
    ]


def told(data: bytes) -> list[tuple[int, bytes]]:
    try:
        return list(unsealed(KEY, data))
    except NotAJournal:
        return []


@given(cut=st.integers(0, len(WHOLE)))
def test_a_file_torn_anywhere_tells_a_whole_beginning(cut):
    found = told(WHOLE[:cut])
    assert found == TEXTS[: len(found)]
    assert cut < len(WHOLE) or found == TEXTS


@given(place=st.integers(0, len(WHOLE) - 1), change=st.integers(1, 255))
def test_a_changed_byte_ends_what_is_told_and_never_tells_anything_else(place, change):
    changed = bytearray(WHOLE)
    changed[place] ^= change
    found = told(bytes(changed))
    assert found == TEXTS[: len(found)] and len(found) < len(TEXTS)


@given(st.permutations(range(6)), st.binary(max_size=60))
def test_records_out_of_their_order_and_bytes_of_chance_are_not_believed(order, chance):
    head = Head(BOOT, 1)
    sealed = [seal(KEY, head, n, t) for n, t in TEXTS]
    found = told(head.packed() + b"".join(sealed[i] for i in order) + chance)
    numbers = [n for n, _ in found]
    assert numbers == sorted(set(numbers)) and set(found) <= set(TEXTS)
    assert not told(Head(OTHER, 1).packed() + b"".join(sealed))
    assert not list(unsealed(os.urandom(32), WHOLE))


def test_earlier_starts_are_told_in_the_order_in_which_they_ran(tmp_path: Path):
    boots = ["ee" * 16, "11" * 16, "aa" * 16]
    for age, boot in zip((300, 200, 100), boots, strict=True):
        journal = Journal(Shelf(tmp_path), boot)
        journal.keep(news(PER_SEGMENT + 3, boot=boot))
        journal.close()
        for path in tmp_path.rglob(f"{boot}-*"):
            os.utime(path, (time.time() - age, time.time() - age))
    found = Journal(Shelf(tmp_path), OTHER)
    assert found.earlier == dict.fromkeys(boots, PER_SEGMENT + 3)
    assert list(found.earlier) == boots
    assert [one.head.boot for one in Shelf(tmp_path).segments()] == [b for b in boots for _ in "12"]
    found.close()


def wait_until(holds, within_s=20.0):
    until = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < until
        os.sched_yield()


def looked_up(journal: Journal, boot: str, after: int) -> Missed:
    question, found = uuid.uuid4(), []
    journal.look(question, boot, after)
    wait_until(lambda: found.extend(journal.found()) or found)
    assert found[0][0] == question
    return found[0][1]


def kept(folder: Path, happened) -> None:
    journal = Journal(Shelf(folder), happened[0].boot)
    journal.keep(happened)
    wait_until(lambda: journal.durable == happened[-1].number)
    journal.close()


def files(folder: Path) -> list[Path]:
    return sorted((folder / "journal").iterdir())


def test_what_was_kept_is_offered_by_the_next_start_in_order_and_no_word_of_it_is_readable(
    tmp_path,
):
    happened = news(PER_SEGMENT + 10)
    kept(tmp_path, happened)
    for file in files(tmp_path):
        assert file.stat().st_mode & 0o777 == 0o600
        assert not any(word in file.read_bytes() for word in (b"level", b"session", b"number"))
    assert (tmp_path / "journal.key").stat().st_mode & 0o777 == 0o600
    later = Journal(Shelf(tmp_path), OTHER)
    assert later.earlier == {BOOT: len(happened)}
    assert looked_up(later, BOOT, 250).happened == tuple(happened[250:])
    assert looked_up(later, BOOT, 0).happened == tuple(happened[:64])
    assert looked_up(later, "ef" * 16, 0) == Missed(happened=())
    later.close()


def test_only_the_session_that_a_record_holds_is_let_go(tmp_path):
    kept(tmp_path, [*news(300), *news(40, session="s2", start=301)])
    later = Journal(Shelf(tmp_path), OTHER)
    later.held(BOOT, 330, idle=True)
    assert looked_up(later, BOOT, 0).happened[0].number == 1
    later.held(BOOT, 300, idle=True)
    assert looked_up(later, BOOT, 0).lost_before == 256
    later.held(BOOT, 340, idle=True)
    assert looked_up(later, BOOT, 0) == Missed(happened=())
    assert not files(tmp_path) and later.earlier == {}
    later.close()


def test_while_a_session_goes_on_the_file_in_use_stays_and_goes_once_it_is_closed(tmp_path):
    journal = Journal(Shelf(tmp_path), BOOT)
    journal.keep(news(20))
    journal.held(BOOT, 20, idle=False)
    assert len(looked_up(journal, BOOT, 0).happened) == 20
    journal.held(BOOT, 20, idle=True)
    journal.keep(news(5, session="s2", start=21))
    assert looked_up(journal, BOOT, 20).happened == tuple(news(5, session="s2", start=21))
    assert len(files(tmp_path)) == 1
    journal.close()


def test_news_lost_within_is_told_as_lost_and_not_closed_up(tmp_path):
    kept(tmp_path, news(PER_SEGMENT * 2))
    files(tmp_path)[0].unlink()
    later = Journal(Shelf(tmp_path), OTHER)
    assert looked_up(later, BOOT, 10).lost_before == PER_SEGMENT
    later.close()


def test_what_is_thirty_days_older_than_the_newest_is_deleted(tmp_path):
    kept(tmp_path, news(3))
    (first,) = files(tmp_path)
    kept(tmp_path, news(3, boot=OTHER))
    day, now = 86_400, time.time()
    os.utime(first, (now, now - (KEPT_DAYS - 1) * day))
    assert len(Shelf(tmp_path).segments()) == 2
    os.utime(first, (now, now - (KEPT_DAYS + 1) * day))
    assert len(Shelf(tmp_path).segments()) == 1
    assert not first.exists()


def test_a_clock_that_was_set_takes_nothing_away_that_no_console_has_fetched(tmp_path):
    kept(tmp_path, news(3))
    (path,) = files(tmp_path)
    os.utime(path, (0, 0))
    assert len(Shelf(tmp_path).segments()) == 1
    assert path.exists()


def test_a_damaged_key_is_refused_in_one_sentence_and_left_as_it_is(tmp_path):
    (tmp_path / "journal.key").write_text("no key")
    with pytest.raises(KeysUnreadable, match=r"move it away and start again\.$"):
        Shelf(tmp_path)
    assert (tmp_path / "journal.key").read_text() == "no key"
