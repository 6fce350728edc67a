"""Owns the measurement of a record with many sessions, against the bare database library.

The sessions are generated, and written as a console writes them: numbered, chained, sealed and
projected by the scribe, in its batches. It draws nothing and leads nobody.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from controller.session.documents import (
    CLINIC,
    Document,
    FromRuntime,
    Note,
    OperatorAdded,
    PatientAdded,
    Rating,
    SessionClosed,
    SessionOpened,
)
from controller.store.clock import SystemClock, stamp
from controller.store.errors import NameTaken
from controller.store.keys import find
from controller.store.record import Record, rebuild_projections
from controller.store.scribe import Scribe
from controller.store.spool import Said, Spool
from controller.store.verify import verify
from controller.store.writer import BATCH
from controller.store.yardstick import Row, Yardstick
from scenarios.api.manifest import GradedSpec, Manifest, Words
from vr_runtime.wire.happenings import Happened, LevelReached

SESSIONS_OF_A_PATIENT = 10
RATING_EVERY, NOTE_EVERY = 40, 200
"""Of so many entries one is a rating, one is a note; the rest is what the runtime tells."""
_START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
_BETWEEN_NS = 500_000_000


def measure(
    sessions: int, entries: int, tries: int, keep: Path | None, progress: Callable[[int], None]
) -> dict[str, object]:
    """Generate so many sessions of so many entries each, and time what is done with them.

    `tries` single entries are timed. The record is kept in the folder `keep` if one is named. Gives
    what is printed: seconds or milliseconds, and each as a multiple of what the bare library takes
    for the same rows in the same run. Raises `NameTaken`, `RecordError`, `OSError`.
    """
    with tempfile.TemporaryDirectory(prefix="palier-bench-") as made:
        folder = Path(made) if keep is None else keep
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        database = folder / "record.db"
        if database.exists():
            raise NameTaken(file=str(database))
        # Both on the same drive, or the ratios would compare drives.
        bare_path = folder / "bare.db"
        bare = Yardstick(bare_path)
        try:
            return _measured(database, bare, sessions, entries, tries, progress)
        finally:
            bare.close()
            for ending in ("", "-wal", "-shm"):
                bare_path.with_name(bare_path.name + ending).unlink(missing_ok=True)


def _measured(
    database: Path,
    bare: Yardstick,
    sessions: int,
    entries: int,
    tries: int,
    progress: Callable[[int], None],
) -> dict[str, object]:
    writing, bare_writing = _generate(database, bare, sessions, entries, progress)
    opening = _Timed()
    with opening.once():
        record = Record.create_or_open(database, operator="bench")
    appending, bare_appending = _Timed(), _Timed()
    body = ""
    with record:
        for number in range(tries):
            note = Note(text="a remark of an ordinary length, as they are written", tick=number)
            with appending.once():
                record.append_now("bench", note)
            body = body or record.reader.entries("bench")[0].body()
            with bare_appending.once():
                bare.add([("bench", number + 1, body)])
        listing = _Timed()
        with listing.once():
            rows = record.reader.sessions()
    checking, rebuilding = _Timed(), _Timed()
    with checking.once():
        verdict = verify(database)
    with rebuilding.once():
        rebuild_projections(database)
    same = verify(database)

    bare_opening, bare_reading, bare_checking, bare_listing = (_Timed() for _n in range(4))
    with bare_opening.once():
        bare.open_again()
    with bare_checking.once():
        bare.check()
        bare.read()
    told = [(row.session, row.opened) for row in rows]
    bare.make(told)
    with bare_reading.once():
        bare.read()
        bare.make(told)
    with bare_listing.once():
        bare.listed()
    total = sessions * entries
    return {
        "bench": "store",
        "sessions": sessions,
        "entries": total,
        "record_bytes": database.stat().st_size,
        "append_durable": _compared(appending, bare_appending),
        "generate": {
            "entries_per_s": round(total / writing.total_s),
            "times_bare": _times(writing.total_s, bare_writing.total_s),
        },
        "open": _whole(opening, bare_opening),
        "verify": _whole(checking, bare_checking),
        "list": _whole(listing, bare_listing),
        "rebuild": _whole(rebuilding, bare_reading),
        "verified": verdict.text,
        "holds": verdict.ok and same.ok and len(rows) == sessions,
    }


class _Timed:
    """How long something took, each time it was done."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    @contextmanager
    def once(self) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds.append(time.perf_counter() - begun)

    @property
    def total_s(self) -> float:
        return sum(self.seconds)

    def quantile_ms(self, share: float) -> float:
        """The value that `share` of all do not exceed (nearest rank), in milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def _times(one_s: float, bare_s: float) -> float:
    return round(one_s / bare_s, 2)


def _compared(ours: _Timed, bare: _Timed) -> dict[str, float]:
    p50, p99 = ours.quantile_ms(0.5), ours.quantile_ms(0.99)
    return {
        "p50_ms": round(p50, 3),
        "p99_ms": round(p99, 3),
        "max_ms": round(max(ours.seconds) * 1000, 3),
        "bare_p50_ms": round(bare.quantile_ms(0.5), 3),
        "p50_times_bare": _times(p50, bare.quantile_ms(0.5)),
        "p99_times_bare": _times(p99, bare.quantile_ms(0.99)),
    }


def _whole(ours: _Timed, bare: _Timed) -> dict[str, float]:
    return {
        "s": round(ours.total_s, 4),
        "bare_s": round(bare.total_s, 4),
        "times_bare": _times(ours.total_s, bare.total_s),
    }


def _generate(
    database: Path,
    bare: Yardstick,
    sessions: int,
    entries: int,
    progress: Callable[[int], None],
) -> tuple[_Timed, _Timed]:
    """Write all sessions twice: through the chain, and the same bodies bare."""
    Record.create_or_open(database, operator="bench").close()
    keys, clock = find(database), SystemClock()
    scribe = Scribe(database, keys, clock, Spool(database, keys, None))
    scribe.open()
    ours, theirs = _Timed(), _Timed()
    moment_ns = 0

    def write(session: str, documents: list[Document]) -> None:
        nonlocal moment_ns
        said: list[Said] = []
        for document in documents:
            moment_ns += _BETWEEN_NS
            wall = stamp(_START + timedelta(microseconds=moment_ns / 1000))
            said.append(Said(session, document, "bench", moment_ns, wall))
        for first in range(0, len(said), BATCH):
            with ours.once():
                batch, _numbers = scribe.prepare(said[first : first + BATCH])
                scribe.write(batch)
            rows: list[Row] = [(one.session, one.seq, one.body) for one in batch.links]
            with theirs.once():
                bare.add(rows)

    write(CLINIC, [OperatorAdded(operator="bench", name="bench"), *_patients(sessions)])
    every = max(1, sessions // 20)
    for number in range(sessions):
        name = f"generated-{number:06}"
        write(name, list(_session(name, number, entries)))
        if (number + 1) % every == 0:
            progress(number + 1)
    scribe.write(scribe.prepare([])[0])
    scribe.disconnect()
    return ours, theirs


def _patient(number: int) -> str:
    return f"p-{number // SESSIONS_OF_A_PATIENT:05}"


def _patients(sessions: int) -> Iterator[Document]:
    for number in range(0, sessions, SESSIONS_OF_A_PATIENT):
        yield PatientAdded(patient=_patient(number), pseudonym=_patient(number), ceiling=10)


def _session(name: str, number: int, entries: int) -> Iterator[Document]:
    """One session's documents; always the same for the same number."""
    yield SessionOpened(
        patient=_patient(number),
        pseudonym=_patient(number),
        scenario=_MANIFEST,
        seed=number,
        ceiling=10,
        grace_s=5.0,
        scale="0-100",
        display="null",
        palier="bench",
        protocol=1,
        boot="bench",
        tick=0,
        simulated=True,
        language="en",
        prompt_every_s=120.0,
        prompt_window_s=30.0,
    )
    for n in range(1, entries - 1):
        tick = 15 * n
        level = (n // RATING_EVERY) % 11
        if n % NOTE_EVERY == 0:
            yield Note(text="a remark of an ordinary length, as they are written", tick=tick)
        elif n % RATING_EVERY == 0:
            suds = (37 * n + number) % 101
            yield Rating(
                rating="interval",
                suds=suds,
                scale="0-100",
                raw=str(suds),
                tick=tick,
                due=tick - 30,
                level=float(level),
                trial=1,
                phase="exposure",
            )
        else:
            what = LevelReached(level=level)
            told = Happened(boot="bench", number=n, tick=tick, session=name, what=what)
            yield FromRuntime(happened=told)
    yield SessionClosed(how="closed", tick=15 * entries, digest="bench")


_WORDS = Words(fr="Banc d’essai", en="Bench")
_MANIFEST = Manifest(
    id="bench.store",
    version="1.0.0",
    title=_WORDS,
    summary=_WORDS,
    phobia="heights",
    levels=(_WORDS,) * 11,
    graded=(
        GradedSpec(
            name="height",
            label=_WORDS,
            kind="points",
            by_level=tuple(float(n) for n in range(11)),
            step=1.0,
            rate=1.0,
            ease_rate=2.0,
            harder="up",
        ),
    ),
)
