"""What must hold of a storm once it is over, by what was sent, answered, told and recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from storm import GRACE_S, Storm
from storm_riders import Scribe, Sent
from verdict import applied, hold_what_was_told

from controller.session.documents import (
    ClockJumped,
    Entry,
    FromRuntime,
    Gap,
    Note,
    SessionClosed,
    SessionOpened,
)
from controller.session.retelling import retell
from controller.store.reader import Reader
from controller.store.verify import verify
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.messages import Done

SLACK_S = 0.2
"""Between a tick and the news of it, by the runtime's own clock."""
JUMP_SLACK_S = 3.0
"""Two jumps may fall between two looks of a console; one look is not as long as this."""


@dataclass
class Judged:
    """What came of a storm."""

    told: list[Happened]
    entries: int
    sessions: int
    jumps: int
    """Jumps of the wall clock that the record holds."""
    unheard: int
    """Acts that were acknowledged by a start which was killed before anybody heard their news."""


def judge(storm: Storm, record: Path) -> Judged:
    """Hold everything against what was promised."""
    reader = Reader.open(record)
    streams = {row.session: reader.entries(row.session) for row in reader.sessions()}
    told = all_told(storm.scribe, streams.values())
    hold_what_was_told(told, observers={"observer"})
    last, unheard = last_of(told), 0
    for name, sent in (
        *((rider.name, list(rider.sent.values())) for rider in storm.riders),
        ("therapist", storm.console.done()),
    ):
        unheard += acknowledged_is_done_once_and_in_order(name, sent, told)
    for state in storm.scribe.states:
        heard = state.control.heard_s
        if heard is not None and heard >= 1.0 + SLACK_S:
            assert state.phase is not Phase.EXPOSURE
        if heard is not None and heard >= 1.0 + GRACE_S + SLACK_S:
            assert state.phase is not Phase.HOLD
        durable = 0 if state.journal is None else state.journal.durable
        assert durable <= last.get(state.boot, 0), "what was called durable was lost"
    assert verify(record).ok
    for entries in streams.values():
        kept_in_order(entries, storm.seconds)
        the_news_is_whole(entries, told, storm.scribe.offered)
    every = [entry for entries in streams.values() for entry in entries]
    # Not by the time of day, which goes back.
    every.sort(key=lambda entry: entry.mono_ns)
    notes = [(one.session, one.data.text) for one in every if isinstance(one.data, Note)]
    assert len(set(notes)) == len(notes), "a note was saved twice"
    saved = [one for one in notes if one in set(storm.console.saved)]
    assert saved == storm.console.saved, "what was called saved is there, in its order"
    return Judged(
        told=told,
        entries=sum(len(entries) for entries in streams.values()),
        sessions=len(streams),
        jumps=the_jumps_are_recorded(streams.values(), storm.wall.jumps),
        unheard=unheard,
    )


def last_of(told: Iterable[Happened]) -> dict[str, int]:
    """The last number that is known of each start."""
    return {one.boot: one.number for one in told}


def all_told(scribe: Scribe, streams: Iterable[Sequence[Entry]]) -> list[Happened]:
    """What scribe, journal and record hold together, start by start, in order."""
    known = {boot: dict(numbers) for boot, numbers in scribe.told.items()}
    for entries in streams:
        for entry in entries:
            if isinstance(entry.data, FromRuntime):
                one = entry.data.happened
                assert one.boot in known, "of a start that never was"
                assert known[one.boot].setdefault(one.number, one) == one
    return [known[boot][number] for boot in known for number in sorted(known[boot])]


def acknowledged_is_done_once_and_in_order(
    name: str, sent: Sequence[Sent], told: Sequence[Happened]
) -> int:
    """Gives how many acknowledged acts nobody could hear of, their start having been killed."""
    order = {boot: place for place, boot in enumerate(dict.fromkeys(h.boot for h in told))}
    last = last_of(told)
    done = [((order[h.boot], h.number), a.act) for h, a in applied(told) if a.by == name]
    done = [one for one in done if one[1].kind != "stop"]
    sent = [one for one in sent if one.enters_the_engine]
    answered = [s for s in sent if s.reply is not None and isinstance(s.reply.answer, Done)]
    sure = [s for s in answered if s.reply and s.reply.happened <= last.get(s.reply.boot, 0)]
    unheard = len(answered) - len(sure)
    final = told[-1].boot
    assert all(s in sure for s in answered if s.reply and s.reply.boot == final)
    open_ended = [s for s in sent if s.reply is None or (s in answered and s not in sure)]
    found = Counter(repr(act) for _, act in done)
    most = Counter(repr(s.act) for s in (*sure, *open_ended))
    least = Counter(repr(s.act) for s in sure)
    assert found <= most, f"done twice, or without being sent: {found - most}"
    assert least <= found, f"acknowledged and lost: {least - found}"
    after = (-1, 0)
    places = [(order[s.reply.boot], s.reply.happened, s) for s in sure if s.reply]
    for boot, happened, one in sorted(places, key=lambda place: place[:2]):
        before = [n for n, act in done if act == one.act and n[0] == boot and n[1] <= happened]
        assert before and before[-1] > after, "acknowledged before it was done, or out of order"
        after = before[-1]
    return unheard


def kept_in_order(entries: Sequence[Entry], seconds: float) -> None:
    """One number after the other, by a clock that never jumps, whatever the time of day was."""
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert isinstance(entries[0].data, SessionOpened)
    assert isinstance(entries[-1].data, SessionClosed)
    assert all(a.mono_ns <= b.mono_ns for a, b in pairwise(entries))
    history = retell(entries)
    assert 0.0 <= history.duration_s <= seconds, "the time of day has no part in durations"
    assert all(a[0] <= b[0] for a, b in pairwise(history.levels))


def the_news_is_whole(
    entries: Sequence[Entry], told: Sequence[Happened], offered: dict[str, int]
) -> None:
    """What was told of this session is in the record once and in order, or its lack is."""
    order = {boot: place for place, boot in enumerate(dict.fromkeys(h.boot for h in told))}
    news = [entry.data.happened for entry in entries if isinstance(entry.data, FromRuntime)]
    places = [(order[one.boot], one.number) for one in news]
    assert places == sorted(set(places)), "recorded twice, or out of order"
    gaps = [entry.data for entry in entries if isinstance(entry.data, Gap)]
    end = entries[-1].data
    interrupted = isinstance(end, SessionClosed) and end.how == "interrupted"
    final = told[-1].boot
    first_boot, first = places[0]
    for one in told:
        if one.session != entries[0].session or (order[one.boot], one.number) in set(places):
            continue
        if (order[one.boot], one.number) < (first_boot, first):
            # The opening itself is told by the entry that opens.
            continue
        reachable = one.boot == final or one.number <= offered.get(one.boot, 0)
        gapped = any(gap.after < one.number <= gap.until for gap in gaps)
        # Ended by another console, or with the process: what came after is not this record's.
        over = interrupted and (order[one.boot], one.number) > places[-1]
        assert gapped or over or not reachable, f"{one.number} of {one.boot} is lost"


def the_jumps_are_recorded(streams: Iterable[Sequence[Entry]], jumps: Sequence[float]) -> int:
    """Each jump that the record holds was one, in order; gives how many it holds."""
    recorded = [
        entry for entries in streams for entry in entries if isinstance(entry.data, ClockJumped)
    ]
    seen = sorted(recorded, key=lambda entry: entry.mono_ns)
    left = list(jumps)
    for entry in seen:
        assert isinstance(entry.data, ClockJumped)
        while left and abs(left[0] - entry.data.seconds) > JUMP_SLACK_S:
            left.pop(0)
        assert left, f"a jump of {entry.data.seconds} s that never was"
        left.pop(0)
    return len(seen)
