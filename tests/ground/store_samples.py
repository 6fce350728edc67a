"""Owns small records, documents and a clock for the tests of the store."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import strategies as st

from controller.protocol.reading import sha256_of
from controller.session.answering import QuestionnaireAnswered
from controller.session.documents import (
    CLINIC,
    Accessed,
    Correction,
    Document,
    FromRuntime,
    Gap,
    LinkChanged,
    Note,
    OperatorAdded,
    OperatorChanged,
    OperatorPresent,
    PatientAdded,
    PatientChanged,
    Rating,
    SessionClosed,
    SessionOpened,
    WrongPassphrase,
)
from controller.session.keeping import (
    ConsentGiven,
    ConsentWithdrawn,
    ProtocolSet,
    Restriction,
    RetentionSet,
)
from controller.store.record import Record
from scenarios.api.manifest import GradedSpec, Manifest, Words
from vr_runtime.wire.happenings import Happened, LevelReached


class TestClock:
    """A clock that moves by a millisecond whenever it is asked, and by more when told."""

    __test__ = False

    def __init__(self) -> None:
        self.ns = 1_000_000_000

    def mono_ns(self) -> int:
        self.ns += 1_000_000
        return self.ns

    def wall(self) -> datetime:
        return datetime(2026, 1, 31, 9, 30, tzinfo=UTC) + timedelta(microseconds=self.ns / 1000)

    def pass_s(self, seconds: float) -> None:
        self.ns += int(seconds * 1e9)


def manifest() -> Manifest:
    words = Words(fr="Un palier", en="A step")
    height = GradedSpec(
        name="height",
        label=words,
        kind="points",
        by_level=tuple(float(n) for n in range(11)),
        step=1.0,
        rate=1.0,
        ease_rate=2.0,
        harder="up",
    )
    return Manifest(
        id="builtin.heights",
        version="1.0.0",
        title=Words(fr="Hauteurs", en="Heights"),
        summary=words,
        phobia="heights",
        levels=(words,) * 11,
        graded=(height,),
    )


def opened(patient: str = "p-1", *, simulated: bool = False) -> SessionOpened:
    return SessionOpened(
        patient=patient,
        pseudonym="Heron",
        scenario=manifest(),
        seed=3,
        ceiling=7,
        grace_s=5.0,
        scale="0-100",
        display="null",
        palier="0.1.0",
        protocol=1,
        boot="b1",
        tick=0,
        simulated=simulated,
        language="fr",
        prompt_every_s=120.0,
        prompt_window_s=30.0,
    )


def rating(suds: int | None, tick: int = 60) -> Rating:
    return Rating(
        rating="interval",
        suds=suds,
        scale="0-100",
        raw="" if suds is None else str(suds),
        tick=tick,
        due=tick - 30,
        level=2.5,
        trial=1,
        phase="exposure",
        reason="not answered" if suds is None else "",
    )


def protocol(text: str) -> ProtocolSet:
    """A protocol of this text, which the store need not understand."""
    return ProtocolSet(id="clinic", version="1", sha256=sha256_of(text), text=text)


def level_reached(level: int, number: int = 1) -> FromRuntime:
    what = LevelReached(level=level)
    return FromRuntime(
        happened=Happened(boot="b1", number=number, tick=30, session="s-1", what=what)
    )


def closed(how: Any = "closed") -> SessionClosed:
    return SessionClosed(how=how, tick=900, digest="d")


def note(text: str = "he looks down by himself", tick: int = 5) -> Note:
    return Note(text=text, tick=tick)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SUDS = st.none() | st.integers(0, 100)
PATIENT = st.sampled_from(["p-1", "p-2"])

CLINIC_DOCUMENTS: st.SearchStrategy[Document] = st.one_of(
    st.builds(OperatorAdded, operator=st.sampled_from(["a", "b"]), name=TEXT),
    st.builds(
        OperatorChanged,
        operator=st.sampled_from(["a", "b"]),
        name=st.none() | TEXT,
        disabled=st.none() | st.booleans(),
    ),
    st.builds(OperatorPresent, operator=st.sampled_from(["a", "b"]), how=st.just("unlock")),
    st.builds(WrongPassphrase, operator=st.sampled_from(["a", "b"]), how=st.just("start")),
    st.builds(Accessed, what=st.just("report"), session=st.sampled_from(["s-1", "s-2"])),
    st.builds(
        PatientAdded,
        patient=PATIENT,
        pseudonym=TEXT,
        ceiling=st.integers(0, 10),
        scale=st.sampled_from(["0-100", "0-10"]),
    ),
    st.builds(
        PatientChanged,
        patient=PATIENT,
        ceiling=st.none() | st.integers(0, 10),
        scale=st.sampled_from([None, "0-100", "0-10"]),
        pseudonym=st.none() | TEXT,
        minor=st.sampled_from([None, True, False]),
    ),
    st.builds(Restriction, patient=PATIENT, on=st.booleans(), reason=TEXT),
    st.builds(
        ConsentGiven,
        patient=PATIENT,
        to=st.sampled_from(["pose", "observers"]),
        version=st.just("2026-11"),
        by=st.just("guardian"),
        assent=st.just(True),
        how=st.just("signed"),
    ),
    st.builds(ConsentWithdrawn, patient=PATIENT, to=st.just("pose"), by=st.just("patient")),
    st.builds(
        QuestionnaireAnswered,
        patient=PATIENT,
        questionnaire=st.just("fms"),
        version=st.just("2011"),
        language=st.sampled_from(["fr", None]),
        when=st.just("baseline"),
        answers=st.tuples(st.tuples(st.just("sickness"), st.none() | st.integers(0, 20))),
        session=st.sampled_from(["", "s-1"]),
    ),
    st.builds(RetentionSet, years=st.integers(0, 30), duty=TEXT),
    st.builds(protocol, TEXT),
)
SESSION_DOCUMENTS: st.SearchStrategy[Document] = st.one_of(
    st.builds(opened, PATIENT, simulated=st.booleans()),
    st.builds(rating, SUDS, st.integers(0, 2**40)),
    st.builds(Correction, corrects=st.integers(1, 8), suds=SUDS, text=TEXT, tick=st.just(9)),
    st.builds(Note, text=TEXT, tick=st.integers(0, 2**40)),
    st.builds(level_reached, st.integers(0, 10)),
    st.builds(Gap, after=st.integers(0, 9), until=st.integers(10, 19)),
    st.builds(LinkChanged, state=st.sampled_from(["live", "stale", "lost"]), tick=st.just(3)),
    st.builds(closed, st.sampled_from(["closed", "interrupted"])),
)
SAYINGS: st.SearchStrategy[list[tuple[str, Document]]] = st.lists(
    st.one_of(
        st.tuples(st.just(CLINIC), CLINIC_DOCUMENTS),
        st.tuples(st.sampled_from(["s-1", "s-2"]), SESSION_DOCUMENTS),
    ),
    max_size=25,
)


def write_small(path: Path, clock: TestClock) -> None:
    """Three patients' worth of clinic, two closed sessions and one that is still open."""
    with Record.create_or_open(path, operator="op-1", clock=clock) as record:
        record.append_now(CLINIC, OperatorAdded(operator="op-1", name="Dr Example"))
        for number in range(3):
            patient = PatientAdded(patient=f"p-{number}", pseudonym=f"Heron {number}", ceiling=7)
            record.append_now(CLINIC, patient)
        for session in ("s-1", "s-2", "s-3"):
            record.append_now(session, opened())
            record.append_now(session, level_reached(2))
            for number in range(4):
                record.append_now(session, rating(40 + number))
            record.append_now(session, note())
            if session != "s-3":
                record.append_now(session, closed())


def copy(source: Path, target: Path) -> Path:
    """Copy a record with its keys and head under another name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for old in target.parent.glob(target.name + "*"):
        old.unlink()
    for file in source.parent.glob(source.name + "*"):
        shutil.copy(file, target.with_name(target.name + file.name[len(source.name) :]))
    return target


@contextmanager
def opened_raw(path: Path, *, triggers: bool = False) -> Iterator[Any]:
    """The database as somebody with its key sees it; the triggers are dropped unless wanted."""
    key = path.with_name(path.name + ".key").read_text().strip()
    connection = sqlcipher.connect(path)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    if not triggers:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


def bytes_of(path: Path) -> dict[str, bytes]:
    """The content of all files of a record, its lock file apart."""
    files = path.parent.glob(path.name + "*")
    return {file.name: file.read_bytes() for file in files if file.suffix != ".lock"}


TRIED_S = 2.0
"""Patience that leaves the writer time for one attempt on a busy machine; it is used up whole."""


def wait_for(record: Record, what: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Wait until `what` holds; woken whenever the writer's state changes."""
    changed = record._writer._changed
    with changed:
        return changed.wait_for(what, seconds)
