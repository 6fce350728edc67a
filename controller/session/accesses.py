"""Owns the access log: who looked at what was kept, once for each hour; knows no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from controller.session.documents import Accessed, Entry

KIND = "accessed"
_HOUR = len("2026-01-31T09")


def key(operator: str, said: Accessed, wall: str) -> str:
    """What is one access: this operator, this object, this hour of UTC."""
    return "\n".join((operator, said.what, said.patient, said.session, hour(wall)))


def hour(wall: str) -> str:
    """The beginning of a UTC stamp's hour, as stamps begin."""
    return wall[:_HOUR]


class Accesses:
    """Notes each access once an hour. Calls may come from any thread."""

    def __init__(
        self,
        keep: Callable[[Accessed], None],
        who: Callable[[], str],
        now: Callable[[], datetime],
        seen: Iterable[Entry] = (),
    ) -> None:
        """`keep` hands an entry to the record, `seen` are the accesses it holds of this hour."""
        self._keep = keep
        self._who = who
        self._now = now
        self._hour = ""
        self._noted: set[str] = set()
        for entry in seen:
            if isinstance(entry.data, Accessed):
                self._begin(hour(entry.wall))
                self._noted.add(key(entry.operator, entry.data, entry.wall))

    def note(self, said: Accessed) -> None:
        """Note that this was looked at by whoever sits here now."""
        wall = self._now().isoformat()
        self._begin(hour(wall))
        one = key(self._who(), said, wall)
        if one not in self._noted:
            self._noted.add(one)
            self._keep(said)

    def _begin(self, hour: str) -> None:
        """Forget the hours before this one."""
        if hour != self._hour:
            self._hour = hour
            self._noted = set()
