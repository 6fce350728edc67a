"""The copy of a patient's data tells of the days that were agreed on."""

from __future__ import annotations

from controller.privacy.own_entries import told
from controller.session.appointments import Appointment, written
from controller.session.documents import Entry, stream_of


def entry(seq: int, said: Appointment) -> Entry:
    return Entry(
        session=stream_of("p"),
        seq=seq,
        kind=said.kind,
        operator="op-1",
        mono_ns=seq,
        wall=f"2026-12-0{seq}T09:00:00.000000+00:00",
        data=said,
    )


def test_each_of_them_is_told_with_who_wrote_it() -> None:
    own = [entry(1, written("2026-12-08 14:30 bridge", "p")), entry(2, written("", "p"))]
    (table,) = told(own, (), (), {"op-1": "Dr Example"})
    assert table.rows == (
        ("2026-12-01", "2026-12-08 14:30 · bridge", "Dr Example"),
        ("2026-12-02", "no appointment any more", "Dr Example"),
    )
