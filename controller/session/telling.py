"""Owns which news of the runtime is worth a sentence, and in which tone it is said."""

from __future__ import annotations

from controller.session.notices import Notices
from controller.session.sentences import befell, cause, restarted
from vr_runtime.wire.acts import DisplaySlow, Phase, RuntimeRestarted
from vr_runtime.wire.happenings import Applied, Happening, PhaseChanged


def tell(notices: Notices, what: Happening) -> None:
    """Say what happened at the patient's side, where the therapist did not do it."""
    if isinstance(what, PhaseChanged):
        told = cause(what.cause)
        if told is not None:
            ready = what.after is Phase.READY
            notices.say(ready, told, "info" if ready else "alarm")
    elif isinstance(what, Applied) and isinstance(what.act, RuntimeRestarted):
        notices.say(False, restarted(what.act), "alarm")
    elif isinstance(what, Applied):
        told = befell(what.act)
        if told is not None:
            slow = isinstance(what.act, DisplaySlow)
            notices.say(not slow, told, "alarm" if slow else "info")
