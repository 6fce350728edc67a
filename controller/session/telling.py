"""Owns which news of the runtime is worth a sentence, and in which tone it is said."""

from __future__ import annotations

from collections.abc import Callable

from controller.language import _
from controller.session.at_play import befell_in_play
from controller.session.at_rest import befell_at_rest, done
from controller.session.comfort import announced, limited
from controller.session.notices import Notices
from controller.session.recorded.words import befell_line
from controller.session.sentences import befell, cause, restarted
from vr_runtime.wire.acts import (
    DisplaySlow,
    FlashDimmed,
    LoadFailed,
    PatientLeft,
    Phase,
    Practised,
    RuntimeRestarted,
    ScenarioFailed,
    SoundLost,
)
from vr_runtime.wire.happenings import (
    Applied,
    ComfortLimited,
    Happening,
    PhaseChanged,
    TaskEnded,
    VehicleAnnounced,
)
from vr_runtime.wire.state import State

_WRONG = DisplaySlow | LoadFailed | ScenarioFailed | SoundLost | FlashDimmed


def tell(notices: Notices, what: Happening, label: Callable[[str], str]) -> None:
    """Say what happened at the patient's side, where the therapist did not do it.

    `label` is what the scenario calls one of its own names, in the console's language.
    """
    if isinstance(what, PhaseChanged):
        told = cause(what.cause)
        if what.before is Phase.FAMILIARISATION and what.cause == PatientLeft().kind:
            notices.say(True, done("leave"), "done")
            return
        if told is not None:
            ready = what.after is Phase.READY
            notices.say(ready, told, "info" if ready else "alarm")
    elif isinstance(what, Applied) and isinstance(what.act, Practised):
        notices.say(True, done(what.act.what), "done")
    elif (told := befell_at_rest(what)) is not None:
        notices.say(True, told, "info")
    elif (told := befell_in_play(what, label)) is not None:
        seen = isinstance(what, TaskEnded) and what.how == "completed"
        notices.say(True, told, "done" if seen else "info")
    elif isinstance(what, Applied) and isinstance(what.act, RuntimeRestarted):
        notices.say(False, restarted(what.act), "alarm")
    elif isinstance(what, Applied):
        told = befell(what.act)
        if told is not None:
            wrong = isinstance(what.act, _WRONG)
            notices.say(not wrong, told, "alarm" if wrong else "info")
    elif (line := befell_line(what)) is not None:
        notices.say(line[0], line[1], "done" if line[0] else "alarm")
    elif isinstance(what, ComfortLimited):
        notices.say(True, limited(what), "info")
    elif isinstance(what, VehicleAnnounced):
        notices.say(True, announced(what), "info")


def tell_journal(notices: Notices, before: State | None, after: State) -> None:
    """Say once that the patient's side cannot write its journal, and once that it can again."""
    was = None if before is None or before.journal is None else before.journal.trouble
    trouble = None if after.journal is None else after.journal.trouble
    if trouble is not None and was is None:
        told = _(
            "The patient's side cannot write its journal ({why}): if this console falls silent, "
            "what happens then is lost to the record. Make room on its disk."
        )
        notices.say(False, told.format(why=trouble), "alarm")
    elif was is not None and trouble is None:
        notices.say(True, _("The patient's side writes its journal again."), "info")
