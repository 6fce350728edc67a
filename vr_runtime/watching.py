"""Owns who watches the session, as far as the patient has consented, and what they are sent.

News for everyone go to those who may lead. An observer or supervisor is sent the same over its own
connection, and a therapist who is not in control the mirror alone, while consent stands and while
it asks for more: what waits for it on the way is bounded, so that nothing can arrive long after
consent is withdrawn. It knows neither socket nor engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vr_runtime.wire.keys import LEADING, Peer
from vr_runtime.wire.version import TICKS_PER_SECOND

LASTS = 5 * TICKS_PER_SECOND
"""Ticks for which an observer counts as present after it has asked for more."""
MESSAGES = 60
"""Messages it may be sent each time it asks: what one second brings, and a half more."""

Send = Callable[..., None]


@dataclass
class _Watcher:
    route: bytes
    peer: Peer
    pictures: bool
    until: int
    room: int = MESSAGES


class Watching:
    """The observers of the moment, by key."""

    def __init__(self, send: Send) -> None:
        """Send by `send(route, *parts)`, which never waits."""
        self._send = send
        self._watchers: dict[str, _Watcher] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Who is sent something at this moment, sorted."""
        return tuple(sorted(w.peer.name for w in self._watchers.values()))

    @property
    def want_pictures(self) -> bool:
        """Whether one of them asks for the mirror of the patient's view."""
        return any(w.pictures for w in self._watchers.values())

    def follow(self, route: bytes, peer: Peer, *, pictures: bool, tick: int) -> bool:
        """Let this observer be sent what comes; gives whether it is new among them."""
        fresh = peer.public not in self._watchers
        self._watchers[peer.public] = _Watcher(route, peer, pictures, tick + LASTS)
        return fresh

    def leave(self, key: str) -> str | None:
        """This one observes no longer; gives its name if it did."""
        found = self._watchers.pop(key, None)
        return None if found is None else found.peer.name

    def expired(self, tick: int) -> tuple[str, ...]:
        """Take out those who have not asked for more in time; gives their names."""
        late = [key for key, w in self._watchers.items() if tick > w.until]
        return tuple(self._watchers.pop(key).peer.name for key in late)

    def dismiss(self, last: Callable[[Peer], tuple[bytes, ...]]) -> tuple[str, ...]:
        """Consent is gone: one last message to each, and nothing after it; gives their names."""
        gone = list(self._watchers.values())
        self._watchers.clear()
        for watcher in gone:
            self._send(watcher.route, *last(watcher.peer))
        return tuple(sorted(w.peer.name for w in gone))

    def tell(self, *parts: bytes, picture: bool = False) -> None:
        """Send to each who has room; a picture only to those who asked for pictures.

        Who may lead hears the news for everyone already.
        """
        for watcher in self._watchers.values():
            wanted = watcher.pictures if picture else watcher.peer.role not in LEADING
            if watcher.room > 0 and wanted:
                watcher.room -= 1
                self._send(watcher.route, *parts)
