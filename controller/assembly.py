"""Owns how record, runtime, link and conductor are put together, and taken apart in order."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from controller import paths, unusable
from controller.desk import Desk
from controller.link import Link
from controller.local_runtime import Wanted, start_or_find
from controller.recorded.folder import lines_in
from controller.report.document import Audience
from controller.reporting import Restricted, require_usable, write_session
from controller.reviewing import SessionReviewer
from controller.session.clinic import Clinic, clinic_by, in_force
from controller.session.conductor import Conductor
from controller.session.ports import ReportFailed
from controller.store.books import RecordBooks
from controller.store.reader import Reader
from controller.store.record import PATIENCE_S, Record
from vr_runtime.wire.place import Place
from vr_runtime.wire.sockets import ConsoleSockets
from vr_runtime.wire.version import PROTOCOL


@dataclass(frozen=True)
class Assembled:
    """A console's core, ready to lead."""

    conductor: Conductor
    link: Link
    record: Record
    desk: Desk
    display: str
    """One sentence on the display of the runtime on this machine; "" when it is on another."""


def _say(told: str) -> None:
    print(told, file=sys.stderr, flush=True)


@asynccontextmanager
async def assembled(
    record: Record,
    runtime_folder: Path,
    wanted: Wanted,
    *,
    reports: Path,
    simulated: bool,
    clinic: Clinic | None = None,
    far: Place | None = None,
) -> AsyncIterator[Assembled]:
    """Start or find the runtime of this folder and put a conductor on it and on the record.

    On leaving, the runtime is asked to end unless a session with somebody in it is open. With
    `far`, the runtime there is led instead; it is neither started nor ended.

    The clinic's protocol in the record makes the settings, where none are given.

    Raises:
        ProtocolUnusable: this version cannot use that protocol.
        RuntimeNotStarted: the runtime did not come up.
    """
    own = clinic_by(in_force(record.reader.protocol())) if clinic is None else clinic
    runtime = await start_or_find(runtime_folder, wanted, _say) if far is None else None
    place = runtime.place if runtime is not None else far
    assert place is not None, "one of the two"
    desk = Desk(record)
    wires = ConsoleSockets(place.address, place.identity, place.key)
    link = Link(wires, in_step=wanted.in_step)
    conductor = Conductor(
        link,
        record,
        RecordBooks(record.reader),
        clinic=own,
        simulated=simulated,
        version=version("palier"),
        protocol=PROTOCOL,
        write_report=report_writer(record.reader, reports, desk.wrote_report),
        barred=(lambda: "") if simulated else desk.barred,
    )
    conductor.after.copies_by(
        report_writer(record.reader, reports, desk.wrote_report, audience="patient")
    )
    conductor.reviews.read_by(
        SessionReviewer(record.reader, desk.looked_at_session, version("palier"))
    )
    if not wanted.in_step:
        # A session led by script is the same on every machine: no clinic's lines are in it.
        conductor.lines.read_by(lambda: lines_in(paths.lines())[0])
    try:
        yield Assembled(conductor, link, record, desk, "" if runtime is None else runtime.display)
    finally:
        await conductor.settle_within(PATIENCE_S)
        ended = runtime is not None and (await conductor.end_runtime()).ok
        await link.close()
        # In a session that is led by script nobody is in the scene: nothing is left running.
        if runtime is not None and (ended or wanted.in_step):
            runtime.end()


def report_writer(
    reader: Reader,
    folder: Path,
    accessed: Callable[[str], None],
    *,
    audience: Audience = "clinician",
) -> Callable[[str], str]:
    """What writes a session's report for `audience` into `folder` and gives its path.

    `accessed` is told which session. What it gives raises `ReportFailed`, also where the patient's
    data are restricted.
    """

    def write(session: str) -> str:
        try:
            require_usable(reader, session)
        except Restricted as error:
            raise ReportFailed(str(error)) from error
        accessed(session)
        beside = "" if audience == "clinician" else f"-{audience}"
        path = folder / f"{session}{beside}.html"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_session(reader, session, path, audience)
        except OSError as error:
            raise ReportFailed(unusable.told(error, path)) from error
        return str(path)

    return write
