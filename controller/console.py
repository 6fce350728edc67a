"""Owns the command `palier` itself: the therapist's console on the clinic's record."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

from controller import paths
from controller.asking import at_this_terminal
from controller.assembly import assembled
from controller.comforts import Comforts
from controller.far_runtime import find
from controller.language import Language, _
from controller.local_runtime import Wanted
from controller.session.clinic import clinic_by, in_force
from controller.session.operators import NOBODY
from controller.store.record import Record
from controller.ui.run import run_console
from vr_runtime.wire.place import Place

LEAVING_S = 3.0
"""So long a console whose terminal was just closed may still be writing its last entries."""


def run(
    database: Path,
    *,
    display: str,
    monitor: int | None,
    quality: str,
    sound_device: str | None,
    voices: Path | None,
    runtime: str | None,
    patient_language: Language | None = None,
    comforts: Comforts | None = None,
) -> int:
    """Lead sessions on this record until the console is left; gives the exit code.

    `runtime` is the address of a runtime on another machine, None for one on this machine.
    `patient_language` is what patients read; None for the language of the patient's side.
    `comforts` is how whoever sits here likes the console.

    Raises:
        NotPaired: this console does not know the runtime at that address.
    """
    far = None if runtime is None else find(paths.keys(), runtime)
    with Record.create_or_open(
        database,
        operator=NOBODY,
        use_keyring=True,
        spool=paths.unsaved(),
        wait_s=LEAVING_S,
        ask=at_this_terminal(os.environ).passphrase,
    ) as record:
        wanted = Wanted(
            display=display,
            monitor=monitor,
            quality=quality,
            sound_device=sound_device,
            voices=voices,
        )
        return asyncio.run(_run(record, wanted, far, patient_language, comforts))


async def _run(
    record: Record,
    wanted: Wanted,
    far: Place | None,
    patient_language: Language | None,
    comforts: Comforts | None,
) -> int:
    if far is None:
        print(_("The patient's side is being started."), file=sys.stderr, flush=True)
    clinic = clinic_by(in_force(record.reader.protocol()))
    clinic = replace(clinic, patient_language=patient_language)
    async with assembled(
        record,
        paths.local_runtime(),
        wanted,
        reports=paths.reports(),
        simulated=False,
        clinic=clinic,
        far=far,
    ) as core:
        await core.conductor.start()
        alive = asyncio.create_task(core.conductor.keep_alive())
        try:
            return await run_console(
                core.conductor,
                core.desk,
                lock_after_s=clinic.lock_after_s,
                comforts=comforts,
                keys=paths.bindings(),
            )
        finally:
            alive.cancel()
