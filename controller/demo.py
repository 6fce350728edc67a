"""Owns `palier demo`: a session with a simulated patient, led by a person or by script."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from controller import paths
from controller.assembly import Assembled, assembled
from controller.comforts import Comforts
from controller.language import _
from controller.local_runtime import Wanted
from controller.report.table import ratings_csv
from controller.reporting import write_session
from controller.session.documents import CLINIC, OperatorAdded
from controller.session.now import Now
from controller.session.retelling import retell
from controller.simulation import before
from controller.simulation.lead import AutoLead
from controller.simulation.patient import SimulatedPatient
from controller.simulation.voice import speak_up
from controller.store.record import Record
from controller.store.verify import verify
from vr_runtime.wire.acts import Phase

PSEUDONYM = "DEMO-01"
OPERATOR = "demo"


class FolderTaken(Exception):
    """The folder holds a record, which is never written over; the text says what to do."""


@dataclass(frozen=True)
class Wish:
    """What was asked of the demo."""

    scenario: str = "heights.balcony"
    seed: int = 7
    display: str = "auto"
    monitor: int | None = None
    sound_device: str | None = None
    quality: str = "auto"
    speed: float = 1.0
    out: Path | None = None


@dataclass(frozen=True)
class Told:
    """What `demo --auto` tells when it is over; the fields of its JSON."""

    session: str
    scenario: str
    seed: int
    db: str
    report: str
    ratings: int
    entries: int
    chain: str
    frames: int
    display: str


@contextmanager
def folder_for(out: Path | None) -> Iterator[Path]:
    """The folder asked for, else one that is gone afterwards."""
    with ExitStack() as stack:
        if out is None:
            out = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="palier-demo-")))
        out.mkdir(parents=True, exist_ok=True)
        yield out


@contextmanager
def fresh_record(folder: Path) -> Iterator[Record]:
    """A fresh encrypted record in `folder`, its key files beside it."""
    database = folder / "record.db"
    if database.exists():
        raise FolderTaken(
            _("{folder} holds a record already; name an empty folder.").format(folder=folder)
        )
    with Record.create_or_open(database, operator=OPERATOR, use_keyring=False) as record:
        record.append_now(CLINIC, OperatorAdded(operator=OPERATOR, name="Demo"))
        yield record


def auto(wish: Wish, progress: Callable[[Now], None]) -> Told:
    """Lead the whole session by script, in lock-step, and check what was recorded."""
    began_s = time.monotonic()
    with folder_for(wish.out) as folder, tempfile.TemporaryDirectory(prefix="palier-") as keys:
        with fresh_record(folder) as record:
            told = asyncio.run(_auto(wish, record, folder, Path(keys), progress, began_s))
        verdict = verify(folder / "record.db")
        return Told(**{**asdict(told), "chain": "ok" if verdict.ok else verdict.text})


async def _auto(
    wish: Wish,
    record: Record,
    folder: Path,
    keys: Path,
    progress: Callable[[Now], None],
    began_s: float,
) -> Told:
    wanted = Wanted(
        display=wish.display,
        in_step=True,
        monitor=wish.monitor,
        sound_device=wish.sound_device,
        quality=wish.quality,
    )
    async with assembled(record, keys, wanted, reports=folder, simulated=True) as core:
        print(core.display, file=sys.stderr, flush=True)
        patient = await _begin(core, wish.scenario)
        simulated = SimulatedPatient(wish.seed)
        lead = AutoLead(
            core.conductor,
            core.link,
            simulated,
            speed=wish.speed,
            began_s=began_s,
            progress=progress,
        )
        state = await lead.lead(patient, wish.scenario, wish.seed)
        await core.conductor.settle()
    session = record.reader.sessions()[-1].session
    report = folder / "report.html"
    write_session(record.reader, session, report)
    history = retell(record.reader.entries(session))
    table = folder / "ratings.csv"
    table.write_text(ratings_csv(history), encoding="utf-8", newline="")
    answered = sum(1 for r in history.ratings if r.suds is not None)
    entries = len(record.reader.entries(session))
    return Told(
        session=session,
        scenario=wish.scenario,
        seed=wish.seed,
        db=str(folder / "record.db"),
        report=str(report),
        ratings=answered,
        entries=entries,
        chain="",
        frames=state.display.pictures,
        display=state.display.kind,
    )


async def _begin(core: Assembled, scenario: str) -> str:
    """Take control and add the patient; gives the patient's id."""
    await core.conductor.start()
    await approve_here(core, scenario)
    await core.conductor.add_patient(PSEUDONYM, 10, "0-100")
    patient = core.conductor.patients()[0].id
    await before.prepare(core.conductor.before, patient)
    return patient


async def approve_here(core: Assembled, scenario: str) -> None:
    """Let the pack of the scenario count as approved in the demo's own record, and say so."""
    note = core.conductor.packs.of(scenario)
    if note is not None and (await core.conductor.packs.approve(note.sha256)).ok:
        text = _("The pack {name} {version} counts as approved in this demo, and nowhere else.")
        print(text.format(name=note.name, version=note.version), file=sys.stderr, flush=True)


def by_hand(wish: Wish, comforts: Comforts | None = None) -> int:
    """Let a person lead the simulated patient in the console; gives the exit code."""
    with folder_for(wish.out) as folder, tempfile.TemporaryDirectory(prefix="palier-") as keys:
        with fresh_record(folder) as record:
            return asyncio.run(_by_hand(wish, record, folder, Path(keys), comforts))


async def _by_hand(
    wish: Wish, record: Record, folder: Path, keys: Path, comforts: Comforts | None
) -> int:
    # A screen toolkit is loaded only where a screen is used.
    from controller.ui.run import run_console

    wanted = Wanted(
        display=wish.display,
        monitor=wish.monitor,
        sound_device=wish.sound_device,
        quality=wish.quality,
        end_after_minutes=5.0,
    )
    print(_("The patient's side is being started."), file=sys.stderr, flush=True)
    async with assembled(record, keys, wanted, reports=folder, simulated=True) as core:
        print(core.display, file=sys.stderr, flush=True)
        patient = await _begin(core, wish.scenario)
        tasks = [asyncio.create_task(core.conductor.keep_alive())]
        await core.conductor.open_session(patient, wish.scenario, seed=wish.seed)
        await before.preflight(core.conductor.before)
        tasks.append(asyncio.create_task(speak_up(core.conductor, SimulatedPatient(wish.seed))))
        try:
            code = await run_console(
                core.conductor, core.desk, comforts=comforts, keys=paths.bindings()
            )
        finally:
            for task in tasks:
                task.cancel()
        await close_up(core)
        return code


async def close_up(core: Assembled) -> None:
    """Close what is open: nobody real is in this scene."""
    state = core.conductor.now().state
    if core.conductor.now().session is None or state is None:
        return
    if state.phase in (Phase.EXPOSURE, Phase.HOLD):
        await core.conductor.safe_place()
    await core.conductor.close_session()
