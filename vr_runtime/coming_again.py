"""Owns how a session comes through the end of the process that showed it, as one text.

The text is written while all goes well and read by the next start alone. It holds no name: the
patient's is not known here.
"""

from __future__ import annotations

from vr_runtime.engine.engine import Engine
from vr_runtime.watch.beats import Again
from vr_runtime.wire.acts import Phase, Refuge, RuntimeRestarted, Stop
from vr_runtime.wire.base import Message

BLAMED = {
    "hung": "the patient's side hung in the scenario's code",
    "crashed": "the patient's side broke off in the scenario's code",
    "killed": "the patient's side was killed in the scenario's code",
    "memory": "the patient's side used more memory than it may",
}
"""For the log and the scenario's author; a console says it in its own words."""


class Left(Message):
    """What a runtime leaves behind for the next start."""

    standing: RuntimeRestarted
    stopped: bool
    """A stop was in force: only the therapist may end it, so it stays in force."""


def as_text(standing: RuntimeRestarted, phase: Phase) -> str:
    """What is to be known if this process ends now."""
    return Left(standing=standing, stopped=phase is Phase.STOPPED).model_dump_json()


def refuge_of(again: Again) -> Refuge:
    """The safe place of the patient whose session comes again, before anything else is known."""
    if not again.facts:
        return "meadow"
    return Left.model_validate_json(again.facts).standing.safe_place


def come_again(engine: Engine, again: Again) -> None:
    """Bring an engine that has just been made back to the session, into the safe place.

    Without an open session nothing is to be done. A scenario that is to blame stays disabled.
    """
    if not again.facts:
        return
    left = Left.model_validate_json(again.facts)
    disabled = left.standing.disabled or (BLAMED[again.why] if again.blamed else None)
    act = left.standing.model_copy(update={"why": again.why, "disabled": disabled})
    engine.apply(act, "runtime")
    if left.stopped:
        engine.apply(Stop(), "runtime")
