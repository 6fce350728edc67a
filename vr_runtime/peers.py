"""Owns who is known to a running runtime, kept in step with the file it is written in.

The file is looked at by its age alone, twice a second, so that a revoked key is out within a second
and no picture waits for a disk. It knows no socket.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import platformdirs

from vr_runtime.wire.keys import LEADING, PEERS, KeysUnreadable, Peer, load_peers

LOOK_EVERY_S = 0.5

log = logging.getLogger(__name__)


def keys_folder(named: Path | None) -> Path:
    """The folder of this machine's keys: the one that is named, else this user's own."""
    if named is not None:
        return named
    return platformdirs.user_data_path("palier", appauthor=False) / "runtime"


class Peers(Mapping[str, Peer]):
    """Consoles that are known, by public key."""

    def __init__(self, known: Iterable[Peer]) -> None:
        self._known = _by_key(known)

    def __getitem__(self, key: str) -> Peer:
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def replace(self, known: Iterable[Peer]) -> tuple[Peer, ...]:
        """Know these from now on; gives those, as they were, that went or have another role."""
        before, self._known = self._known, _by_key(known)
        return tuple(
            peer
            for key, peer in before.items()
            if key not in self._known or self._known[key].role != peer.role
        )


def _by_key(known: Iterable[Peer]) -> dict[str, Peer]:
    return {p.public: p for p in known if p.role != "runtime"}


class PeersFile:
    """The list of one keys folder, read again when its file has changed."""

    def __init__(self, folder: Path, *, now: Callable[[], float] = time.monotonic) -> None:
        """Read it. Raises `KeysUnreadable`."""
        self._folder = folder
        self._now = now
        self._stamp = self._stamped()
        self.peers = Peers(load_peers(folder))
        self._look_at = now() + LOOK_EVERY_S

    def changed(self) -> tuple[Peer, ...]:
        """Those who went or have another role since the last call, as they were; cheap."""
        now = self._now()
        if now < self._look_at:
            return ()
        self._look_at = now + LOOK_EVERY_S
        stamp = self._stamped()
        if stamp == self._stamp:
            return ()
        self._stamp = stamp
        try:
            return self.peers.replace(load_peers(self._folder))
        except KeysUnreadable as error:
            # Who leads now goes on leading: a slip in a file must not leave a patient alone.
            log.error("the list of known consoles stays as it was: %s", error)
            return ()

    def _stamped(self) -> tuple[int, int, int]:
        try:
            found = (self._folder / PEERS).stat()
        except OSError:
            return (0, 0, 0)
        return (found.st_mtime_ns, found.st_ino, found.st_size)


class Doorkeeper:
    """Who may connect, asked by the thread that shakes hands; counts whom it turned away."""

    def __init__(self, peers: Peers) -> None:
        self._peers = peers
        self._counted = 0
        self._told = 0

    def may_connect(self, key: str) -> bool:
        """Whether this key is known."""
        if key in self._peers:
            return True
        self._counted += 1
        return False

    def hears_all(self, key: str) -> bool:
        """Whether it may have the news that go to everyone: those who lead, not observers."""
        peer = self._peers.get(key)
        return peer is not None and peer.role in LEADING

    def turned_away(self) -> int:
        """How many handshakes failed for their key since the last call."""
        counted = self._counted
        fresh, self._told = counted - self._told, counted
        return fresh
