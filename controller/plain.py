"""Owns the command `palier plain`: the console line by line, on a record or simulated."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from controller import demo, paths
from controller.asking import at_this_terminal
from controller.assembly import Assembled, assembled
from controller.called import by_word
from controller.far_runtime import find
from controller.identify import PASSPHRASE, NotIdentified
from controller.language import Language, _
from controller.line.console import LineConsole
from controller.line.out import Written
from controller.line.run import Run, beat
from controller.line.seat import Opening, as_asked
from controller.line.source import Echo, Line, in_order, is_file
from controller.line.words import word
from controller.local_runtime import Wanted
from controller.session.clinic import clinic_by, in_force
from controller.session.now import Outcome
from controller.session.operators import NOBODY
from controller.simulation import before
from controller.simulation.failed import ScriptFailed
from controller.simulation.patient import SimulatedPatient
from controller.simulation.voice import speak_up
from controller.store.record import Record
from controller.ui.ports import Lead
from vr_runtime.wire.place import Place

LEAVING_S = 3.0
"""So long a console whose terminal was just closed may still be writing its last entries."""


@dataclass(frozen=True)
class Wish:
    """What was asked of the plain console."""

    wanted: Wanted = field(default_factory=Wanted)
    runtime: str | None = None
    """Address of a runtime on another machine; None for one on this machine."""
    patient_language: Language | None = None
    operator: str | None = None
    script: Path | None = None
    simulated: bool = False
    out: Path | None = None
    """With `simulated`: the folder of record and reports, else one that is gone afterwards."""
    seed: int = 7
    """With `simulated`: the patient's own chance."""


def run(database: Path, wish: Wish) -> int:
    """Lead line by line until the console is left; gives the exit code.

    Raises:
        NotPaired: this console does not know the runtime at that address.
        NotIdentified: a file leads, and it is not shown who gives it.
        OSError: the script cannot be read.
    """
    with ExitStack() as stack:
        stack.enter_context(by_word(word))
        source = Source(wish.script, stack)
        if wish.simulated:
            return _simulated(wish, source, stack)
        far = None if wish.runtime is None else find(paths.keys(), wish.runtime)
        record = stack.enter_context(
            Record.create_or_open(
                database,
                operator=NOBODY,
                use_keyring=True,
                spool=paths.unsaved(),
                wait_s=LEAVING_S,
                ask=at_this_terminal(os.environ).passphrase,
            )
        )
        return asyncio.run(_lead(wish, record, far, source))


class Source:
    """Where the lines come from: a script, a file as standard input, else whoever types."""

    def __init__(self, script: Path | None, stack: ExitStack) -> None:
        self.keyboard = _standard_input()
        self.script: Iterable[Line] | None = None
        self._terminal = self.keyboard is not None and os.isatty(self.keyboard)
        if script is not None:
            file = stack.enter_context(script.open("rb"))
            self.script = in_order(file.fileno())
            self.keyboard = self.keyboard if self._terminal else None
        elif self.keyboard is None:
            self.script = ()
        elif is_file(self.keyboard):
            self.script, self.keyboard = in_order(self.keyboard), None
        self._echo = Echo(self.keyboard)
        stack.callback(self._echo.hide, False)

    def hide(self, hidden: bool) -> bool:
        """Hide what is typed, or show it again; True as well where nobody types."""
        return not self._terminal or self._echo.hide(hidden)


def _standard_input() -> int | None:
    """Where lines are typed; None where it was closed."""
    try:
        return sys.stdin.fileno()
    except (AttributeError, ValueError, OSError):
        return None


def _given(wish: Wish) -> Callable[[], tuple[str | None, str | None]]:
    return lambda: (wish.operator, os.environ.get(PASSPHRASE))


def _require_known(core: Assembled, wish: Wish, source: Source) -> None:
    """A file cannot answer who gives it: no line of it is to be taken for a passphrase."""
    if source.script is None or core.desk.present is not None:
        return
    people = core.desk.people()
    named = [one for one in people if one.name.casefold() == (wish.operator or "").casefold()]
    one = people[0] if len(people) == 1 and wish.operator is None else next(iter(named), None)
    if not people:
        raise NotIdentified(_("Nobody leads here yet: lead without a file once, and say who."))
    if one is None:
        raise NotIdentified(_("There are several operators: say who you are by --operator NAME."))
    if one.asked and os.environ.get(PASSPHRASE) is None:
        text = _("A passphrase is needed: give it in a terminal, or by {variable}.")
        raise NotIdentified(text.format(variable=PASSPHRASE))


async def _lead(wish: Wish, record: Record, far: Place | None, source: Source) -> int:
    if far is None:
        print(_("The patient's side is being started."), file=sys.stderr, flush=True)
    clinic = clinic_by(in_force(record.reader.protocol()))
    clinic = replace(clinic, patient_language=wish.patient_language)
    async with assembled(
        record,
        paths.local_runtime(),
        wish.wanted,
        reports=paths.reports(),
        simulated=False,
        clinic=clinic,
        far=far,
    ) as core:
        _require_known(core, wish, source)
        await core.conductor.start()
        return await _converse(core, wish, source, clinic.lock_after_s)


async def _converse(
    core: Assembled,
    wish: Wish,
    source: Source,
    lock_after_s: float,
    opening: Opening = as_asked,
) -> int:
    """Lead by lines, with heartbeats from the same loop."""
    out = Written(sys.stdout)
    console = LineConsole(
        core.conductor,
        core.desk,
        out,
        hide=source.hide,
        given=_given(wish),
        lock_after_s=lock_after_s,
        opening=opening,
    )
    alive = asyncio.create_task(beat(core.conductor.keep_alive, out))
    try:
        return await Run(console, out).lead(source.keyboard, source.script)
    finally:
        alive.cancel()
        await asyncio.gather(alive, return_exceptions=True)
        await asyncio.to_thread(out.close)


def _simulated(wish: Wish, source: Source, stack: ExitStack) -> int:
    folder = stack.enter_context(demo.folder_for(wish.out))
    keys = stack.enter_context(tempfile.TemporaryDirectory(prefix="palier-"))
    record = stack.enter_context(demo.fresh_record(folder))
    return asyncio.run(_with_a_simulated_patient(wish, record, folder, Path(keys), source))


async def _with_a_simulated_patient(
    wish: Wish, record: Record, folder: Path, keys: Path, source: Source
) -> int:
    print(_("The patient's side is being started."), file=sys.stderr, flush=True)
    wanted = replace(wish.wanted, end_after_minutes=5.0)
    async with assembled(record, keys, wanted, reports=folder, simulated=True) as core:
        print(core.display, file=sys.stderr, flush=True)
        await core.conductor.start()
        await core.conductor.add_patient(demo.PSEUDONYM, 10, "0-100")
        await before.prepare(core.conductor.before, core.conductor.patients()[0].id)
        speaking = asyncio.create_task(speak_up(core.conductor, SimulatedPatient(wish.seed)))
        clinic = clinic_by(in_force(record.reader.protocol()))
        try:
            return await _converse(core, wish, source, clinic.lock_after_s, _opening(core))
        finally:
            speaking.cancel()
            await asyncio.gather(speaking, return_exceptions=True)
            # Nobody real is in this scene: nothing is left running.
            await demo.close_up(core)


def _opening(core: Assembled) -> Opening:
    """Opens a session and passes what is checked in it: the patient of it is simulated."""

    async def opened(lead: Lead, patient: str, scenario: str) -> Outcome:
        outcome = await lead.open_session(patient, scenario)
        if outcome.ok:
            try:
                await before.preflight(core.conductor.before)
            except ScriptFailed as error:
                return Outcome(False, str(error))
        return outcome

    return opened
