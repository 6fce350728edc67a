"""The copy of a patient's data tells what was planned with them, row by row, in each version."""

from __future__ import annotations

from controller.privacy.own_entries import told
from controller.session.documents import Entry, stream_of
from controller.session.plans.entries import HierarchySet, PlanRow


def entry(seq: int, *rows: PlanRow) -> Entry:
    return Entry(
        session=stream_of("p"),
        seq=seq,
        kind="hierarchy_set",
        operator="op-1",
        mono_ns=seq,
        wall=f"2026-12-0{seq}T09:00:00.000000+00:00",
        data=HierarchySet(patient="p", rows=rows),
    )


def test_every_version_is_told_with_who_wrote_it_and_what_was_feared() -> None:
    low = PlanRow(item="I look at it.", distress=20, scenario="heights.bridge", level=1)
    high = PlanRow(
        item="I stand on it.",
        distress=70,
        scenario="heights.bridge",
        level=8,
        feared="it breaks",
        likelihood=80,
        drops="holding on",
    )
    (table,) = told([entry(1, low), entry(2, low, high)], (), (), {"op-1": "Dr Example"})
    assert table.rows == (
        ("2026-12-01", "I look at it.", "20/100", "heights.bridge, level 1", "Dr Example"),
        ("2026-12-02", "I look at it.", "20/100", "heights.bridge, level 1", "Dr Example"),
        ("", "I stand on it. · feared: it breaks · how likely: 80 % · to be left out: holding on",
         "70/100", "heights.bridge, level 8", ""),
    )  # fmt: skip
