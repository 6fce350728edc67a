"""A new key for a record: the old one opens it no more, and no crash leaves it without any."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from store_drawer import Drawer
from store_killed import PASSPHRASE
from store_kills import at_any_moment, each_step
from store_samples import TestClock, bytes_of, closed, copy, note, opened_raw

from controller.store import letters, recovery
from controller.store.database import opens
from controller.store.errors import (
    KeptAside,
    NoKeyring,
    PassphraseNeeded,
    PassphraseTooShort,
    RecordInUse,
    WrongPassphrase,
)
from controller.store.keys import find
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.rekey import Rekeyed, rekey
from controller.store.verify import verify

ENTRIES = 27


def knows(file: str, wrong: int) -> str | None:
    return PASSPHRASE if wrong == 0 else None


def nobody() -> str:
    raise AssertionError("nobody needs a new passphrase")


def changed(path: Path, keep_in=None, *, new=nobody, ask=None, spool=None) -> Rekeyed:
    return rekey(path, ask=ask, new_passphrase=new, keep_in=keep_in, clock=TestClock(), spool=spool)


def test_the_old_key_opens_it_no_more_and_nothing_else_has_changed(
    small: Path, tmp_path: Path
) -> None:
    path = copy(small, tmp_path / "x.db")
    old, before = find(path), Reader.open(path).entries("s-1")
    done = changed(path)
    assert (done.place, done.recovery) == ("files", "none")
    new = find(path)
    assert new.key != old.key
    assert not opens(path, old)
    assert verify(path).entries == ENTRIES
    assert Reader.open(path).entries("s-1") == before
    assert new.public().public_bytes_raw() == old.public().public_bytes_raw()
    assert old.key.encode() not in b"".join(bytes_of(path).values())
    assert not [name for name in bytes_of(path) if "next" in name or "changeover" in name]
    with Record.create_or_open(path, operator="op", clock=TestClock()) as record:
        assert record.append_now("s-3", note()) == 8
    assert verify(path).ok


def test_entries_that_wait_under_the_old_key_are_added_first(
    path: Path, tmp_path: Path, clock: TestClock
) -> None:
    away = tmp_path / "away"

    async def leave() -> None:
        record = Record.create_or_open(path, operator="op", clock=clock, spool=away)
        with opened_raw(path, triggers=True) as raw:
            raw.execute("BEGIN IMMEDIATE")
            futures = [record.append("s-1", note(f"waiting {n}")) for n in range(3)]
            with pytest.raises(KeptAside):
                await asyncio.to_thread(record.close, patience_s=0.1)
            raw.execute("ROLLBACK")
        await asyncio.gather(*futures, return_exceptions=True)

    asyncio.run(leave())
    assert list(away.glob("*.unsaved"))
    changed(path, spool=away)
    assert not list(away.glob("*.unsaved"))
    texts = [entry.data.text for entry in Reader.open(path).entries("s-1")]
    assert texts == ["waiting 0", "waiting 1", "waiting 2"]


def test_what_a_crash_left_in_the_wal_file_is_taken_along(
    path: Path, tmp_path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note())
        left = copy(path, tmp_path / "crash" / "x.db")
    changed(left)
    assert not left.with_name("x.db-wal").exists()
    assert verify(left).entries == 1


def test_a_record_that_a_console_has_open_is_left_alone(path: Path, clock: TestClock) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note())
        before = bytes_of(path)
        with pytest.raises(RecordInUse):
            changed(path)
        assert bytes_of(path) == before


def test_keys_can_be_locked_by_a_passphrase_and_unlocked_again(
    small: Path, tmp_path: Path, clock: TestClock
) -> None:
    path = copy(small, tmp_path / "x.db")
    assert changed(path, "passphrase", new=lambda: PASSPHRASE).place == "passphrase"
    assert {name for name in bytes_of(path) if "key" in name} == {"x.db.locked-keys"}
    assert path.with_name("x.db.locked-keys").stat().st_mode & 0o777 == 0o600
    for ask in (lambda: verify(path), lambda: Reader.open(path)):
        with pytest.raises(PassphraseNeeded):
            ask()
    with pytest.raises(WrongPassphrase):
        Reader.open(path, lambda file, wrong: "something else" if wrong == 0 else None)
    assert verify(path, ask=knows).entries == ENTRIES
    assert Reader.open(path, knows).sessions()
    with Record.create_or_open(path, operator="op", clock=clock, ask=knows) as record:
        record.append_now("s-3", note())
    locked = find(path, knows)
    # The same passphrase goes on, and is not asked for anew.
    assert changed(path, ask=knows).place == "passphrase"
    assert not opens(path, locked)
    assert changed(path, "files", ask=knows).place == "files"
    assert not path.with_name("x.db.locked-keys").exists()
    assert verify(path).entries == ENTRIES + 1


def test_a_passphrase_is_asked_again_after_a_wrong_one(small: Path, tmp_path: Path) -> None:
    path = copy(small, tmp_path / "x.db")
    changed(path, "passphrase", new=lambda: PASSPHRASE)
    asked: list[tuple[str, int]] = []

    def remembers_late(file: str, wrong: int) -> str:
        asked.append((file, wrong))
        return PASSPHRASE if wrong == 2 else f"wrong {wrong}"

    assert verify(path, ask=remembers_late).ok
    assert asked == [("x.db", 0), ("x.db", 1), ("x.db", 2)]


def test_a_short_passphrase_is_refused_and_nothing_has_changed(small: Path, tmp_path: Path) -> None:
    path = copy(small, tmp_path / "x.db")
    before = bytes_of(path)
    with pytest.raises(PassphraseTooShort, match="at least 12"):
        changed(path, "passphrase", new=lambda: "short")
    assert verify(path).ok
    after = bytes_of(path)
    assert {name: after[name] for name in before} == before


def test_keys_go_into_the_keyring_and_the_old_ones_leave_it(
    small: Path, tmp_path: Path, drawer: Drawer
) -> None:
    path = copy(small, tmp_path / "x.db")
    assert changed(path, "keyring").place == "keyring"
    assert not [name for name in bytes_of(path) if "key" in name]
    first = dict(drawer.kept)
    assert len(first) == 2
    changed(path)
    assert len(drawer.kept) == 2
    assert not set(drawer.kept) & set(first)
    assert verify(path).entries == ENTRIES


def test_a_keyring_that_keeps_nothing_is_told_and_nothing_has_changed(
    small: Path, tmp_path: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy(small, tmp_path / "x.db")
    key = find(path).key
    monkeypatch.setattr(drawer, "get_password", lambda service, name: None)
    with pytest.raises(NoKeyring):
        changed(path, "keyring")
    assert not [name for name in bytes_of(path) if ".next" in name]
    assert find(path).key == key
    assert verify(path).ok


def test_the_printed_sheet_opens_it_still(small: Path, tmp_path: Path, clock: TestClock) -> None:
    path = copy(small, tmp_path / "x.db")
    groups = recovery.new_sheet(path, ask=None, clock=clock)
    assert changed(path).recovery == "kept"
    secret = letters.read(" ".join(groups))
    assert recovery.unsealed(path.with_name("x.db.recovery"), secret).same_as(find(path))


def test_new_keys_are_not_sealed_for_somebody_who_changed_the_recovery_file(
    small: Path, tmp_path: Path, clock: TestClock
) -> None:
    path, other = copy(small, tmp_path / "x.db"), tmp_path / "other.db"
    recovery.new_sheet(path, ask=None, clock=clock)
    Record.create_or_open(other, operator="op", clock=clock).close()
    recovery.new_sheet(other, ask=None, clock=clock)
    forged = other.with_name("other.db.recovery").read_bytes()
    path.with_name("x.db.recovery").write_bytes(forged)
    assert changed(path).recovery == "lost"
    assert not path.with_name("x.db.recovery").exists()


def test_what_was_changed_before_stays_visible(small: Path, tmp_path: Path) -> None:
    path = copy(small, tmp_path / "x.db")
    with opened_raw(path) as raw:
        raw.execute("DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)")
    found = verify(path)
    assert not found.ok
    changed(path)
    after = verify(path)
    assert not after.ok


@pytest.mark.parametrize("part", range(1, 7))
@pytest.mark.parametrize("what", ["rekey", "lock"])
def test_a_kill_at_any_step_leaves_a_record_that_opens(
    small: Path, tmp_path: Path, clock: TestClock, what: str, part: int
) -> None:
    old = find(small)
    outcomes: list[bool] = []
    for path, _backup, killed in each_step(what, small, Path("-"), tmp_path, part, 6):
        verdict = verify(path, ask=knows)
        assert (verdict.ok, verdict.entries) == (True, ENTRIES), verdict.text
        changed_already = not opens(path, old)
        outcomes.append(changed_already)
        assert killed or changed_already
        with Record.create_or_open(path, operator="op", clock=clock, ask=knows) as record:
            record.append_now("s-9", closed())
        assert verify(path, ask=knows).ok
        assert not [name for name in bytes_of(path) if ".next" in name]
    assert outcomes == sorted(outcomes)
    assert len(outcomes) > 1 and outcomes[-1] and not outcomes[0]


def test_a_kill_at_any_moment_does_so_too(small: Path, tmp_path: Path) -> None:
    for path, _backup, _killed in at_any_moment("rekey", small, Path("-"), tmp_path, 12):
        verdict = verify(path)
        assert (verdict.ok, verdict.entries) == (True, ENTRIES), verdict.text
