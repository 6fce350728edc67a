"""Owns how a simulated patient is heard in a session led by a person; it answers, it never acts.

The patient lives by the runtime's ticks. What it says is shown as a sentence; the person types the
rating, as with anybody.
"""

from __future__ import annotations

import asyncio

from controller.language import _
from controller.session.conductor import Conductor
from controller.simulation.patient import SimulatedPatient
from vr_runtime.wire.version import TICKS_PER_SECOND

_LOOKS_PER_SECOND = 5.0
_MOST_AT_ONCE = 5 * TICKS_PER_SECOND
_THINKS_S = 3.0
"""Session time between the moment it is asked and its answer."""


async def speak_up(conductor: Conductor, patient: SimulatedPatient) -> None:
    """Let the patient live and answer when a rating is due. Runs until cancelled."""
    tick: int | None = None
    asked_at: float | None = None
    leaving = False
    while True:
        await asyncio.sleep(1 / _LOOKS_PER_SECOND)
        now = conductor.now()
        state = now.state
        if state is None or now.session is None:
            continue
        passed = 0 if tick is None else min(max(0, state.tick - tick), _MOST_AT_ONCE)
        tick = state.tick
        running = sum(1 for event in state.events if event.running)
        patient.advance(passed, state.level, state.phase, running)
        open_now = now.due is not None and now.due.opens_in_s <= 0
        if not open_now:
            asked_at = None
        elif asked_at is None:
            asked_at = now.at_s
        elif asked_at >= 0 and now.at_s - asked_at >= _THINKS_S:
            asked_at = -1.0
            answer = patient.rating(now.scale)
            said = _("The patient says: {rating}.").format(rating=answer.lstrip("0") or "0")
            conductor.tell(said if answer else _("The patient does not answer."))
        if patient.would_leave() and not leaving:
            conductor.tell(_("The patient says: I want to get out."))
        leaving = patient.would_leave()
