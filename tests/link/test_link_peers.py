"""The list of known consoles is followed while the runtime runs, cheaply and without mishap."""

from __future__ import annotations

from pathlib import Path

import pytest

from vr_runtime.peers import LOOK_EVERY_S, Doorkeeper, PeersFile
from vr_runtime.wire.keys import PEERS, Peer, save_peers

LEAD = Peer(name="Room 2", role="therapist", public="a" * 40)
WATCH = Peer(name="Dr Roy", role="observer", public="b" * 40)


class Clock:
    now_s = 50.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def known(tmp_path: Path, clock: Clock) -> PeersFile:
    save_peers(tmp_path, (LEAD, WATCH))
    return PeersFile(tmp_path, now=clock)


def later(known: PeersFile, clock: Clock) -> tuple[Peer, ...]:
    clock.now_s += LOOK_EVERY_S
    return known.changed()


def test_who_was_revoked_is_told_once_as_it_was(
    known: PeersFile, clock: Clock, tmp_path: Path
) -> None:
    save_peers(tmp_path, (WATCH,))
    assert known.changed() == (), "the file is not looked at in every round"
    assert later(known, clock) == (LEAD,)
    assert later(known, clock) == ()
    assert list(known.peers) == [WATCH.public]


def test_another_role_is_told_and_a_new_console_is_simply_known(
    known: PeersFile, clock: Clock, tmp_path: Path
) -> None:
    promoted = WATCH.model_copy(update={"role": "supervisor"})
    fresh = Peer(name="New", role="observer", public="c" * 40)
    save_peers(tmp_path, (LEAD, promoted, fresh))
    assert later(known, clock) == (WATCH,)
    assert known.peers[WATCH.public].role == "supervisor" and fresh.public in known.peers


def test_a_list_that_cannot_be_read_leaves_who_leads_in_the_lead(
    known: PeersFile, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / PEERS).write_text("[{")
    assert later(known, clock) == ()
    assert LEAD.public in known.peers
    save_peers(tmp_path, ())
    assert set(later(known, clock)) == {LEAD, WATCH}


def test_a_removed_list_knows_nobody(known: PeersFile, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / PEERS).unlink()
    assert set(later(known, clock)) == {LEAD, WATCH}


def test_the_door_lets_in_who_is_known_and_to_all_news_who_leads(known: PeersFile) -> None:
    door = Doorkeeper(known.peers)
    assert [door.may_connect(p.public) for p in (LEAD, WATCH)] == [True, True]
    assert [door.hears_all(p.public) for p in (LEAD, WATCH)] == [True, False]
    assert not door.may_connect("z" * 40) and not door.hears_all("z" * 40)
    assert (door.turned_away(), door.turned_away()) == (1, 0)
