"""Past sessions for screens under test: entries on a shelf, read and added to as in a record."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Sequence
from dataclasses import dataclass, field

from recording import Recording, quarter_of_an_hour

from controller.reviewing import SessionReviewer
from controller.session.clinical import AdverseEvent
from controller.session.documents import Document, Entry, SessionClosed
from controller.session.notices import Tone
from controller.session.now import Outcome
from controller.session.reviewed import NotReviewed, Reviewed
from controller.session.reviews import Reviews, why_unread
from controller.store.errors import UnreadableEntry
from controller.store.reader import OperatorRow, PatientRow, SessionRow

OPERATORS = [OperatorRow("op-1", "Ada"), OperatorRow("op-2", "Bea")]


def with_a_fright(session: str, month: int = 3, display: str = "desktop") -> Recording:
    """The quarter of an hour on another day, with a panic written down at its end."""
    told = quarter_of_an_hour()
    opening = told.entries[0].data.model_copy(update={"display": display})
    told.entries = [
        one.model_copy(
            update={
                "session": session,
                "wall": one.wall.replace("2026-03", f"2026-{month:02}"),
                **({"data": opening} if one.seq == 1 else {}),
            }
        )
        for one in told.entries
    ]
    at = next(n for n, one in enumerate(told.entries) if isinstance(one.data, SessionClosed))
    fright = AdverseEvent(
        type="panic",
        severity="moderate",
        serious=False,
        related="yes",
        description="Breath went fast at the door.",
        follow_up="phone on Thursday",
        at_s=645.0,
    )
    last = told.entries[at]
    said = last.model_copy(update={"seq": last.seq + 1, "kind": "adverse_event", "data": fright})
    told.entries.append(said)
    return told


@dataclass
class Shelf:
    """What a reader tells of sessions, from entries in memory; it takes entries as well."""

    kept: dict[str, list[Entry]] = field(default_factory=dict)
    restricted: str | None = None
    fails: bool = False
    damaged: str = ""
    """The session of which an entry cannot be read."""
    without_opening: str = ""
    """The session whose first entry is gone."""
    wall: str = "2026-06-02T09:14:30.000000+00:00"
    looked: list[str] = field(default_factory=list)

    def entries(self, stream: str) -> list[Entry]:
        if self.fails:
            raise OSError(errno.EIO, "The record is away.")
        if stream == self.damaged:
            raise UnreadableEntry(session=stream, seq=7)
        return list(self.kept.get(stream, ()))[stream == self.without_opening :]

    def operators(self) -> list[OperatorRow]:
        return OPERATORS

    def patients(self) -> list[PatientRow]:
        return [PatientRow("p-1", "LYNX-07", 6, "0-100", False, self.restricted)]

    def sessions(self, patient: str | None = None) -> list[SessionRow]:
        return [self._row(name, told) for name, told in self.kept.items()]

    @staticmethod
    def _row(name: str, told: Sequence[Entry]) -> SessionRow:
        closing = next((one for one in told if isinstance(one.data, SessionClosed)), None)
        ended = (None, None) if closing is None else (closing.wall, closing.data.how)
        what = ("p-1", "LYNX-07", "builtin.heights", "Le balcon", "The balcony", "op-1")
        return SessionRow(name, *what, told[0].wall, 0, *ended, 900.0, 9, 5, len(told), False)

    async def append(self, session: str, said: Document) -> int:
        """A later entry, by another hand on another day."""
        await asyncio.sleep(0)
        told = self.kept[session]
        update = {
            "seq": told[-1].seq + 1,
            "kind": said.model_dump()["kind"],
            "data": said,
            "operator": "op-2",
            "wall": self.wall,
        }
        told.append(told[-1].model_copy(update=update))
        return told[-1].seq


def two_sessions() -> Shelf:
    """The same scenario in March and in April; the screen's list calls the later one s0."""
    return Shelf({"s9": with_a_fright("s9").entries, "s0": with_a_fright("s0", 4).entries})


class AtOnce(Reviews):
    """Reads in the loop and not beside it: a screen under test waits for no thread."""

    async def read(self, session: str) -> Reviewed | str:
        try:
            return why_unread() if self._reviewer is None else self._reviewer.read(session)
        except (OSError, NotReviewed) as error:
            return why_unread(error)


def reviews_of(shelf: Shelf, palier: str = "0.1.0", kind: type[Reviews] = Reviews) -> Reviews:
    """The real reading and saying, on this shelf."""

    def say(ok: bool, text: str, tone: Tone) -> Outcome:
        return Outcome(ok, text)

    made = kind(shelf, lambda: "", say)  # type: ignore[arg-type]
    made.read_by(SessionReviewer(shelf, shelf.looked.append, palier))  # type: ignore[arg-type]
    return made
