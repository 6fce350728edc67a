"""Owns what the therapist may do at this moment, and why not; knows neither keys nor panels.

The runtime decides; this tells the truth beforehand, so that a key it would refuse is greyed. Acts
that only make it easier for the patient are never withheld because news is old.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from controller.language import _
from controller.session.at_play import under_way
from controller.session.bat.rules import refused
from controller.session.now import Now
from controller.session.plans.at_work import why_not_now
from controller.ui.keys import named
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.state import State

Standing = Literal["live", "greyed", "hidden"]

IN_SCENE = frozenset({Phase.EXPOSURE, Phase.HOLD})
_AT_REST = frozenset(
    {"familiarise", "end_familiarisation", "refuge", "breathing", "tension", "end_guide"}
)
_LOCKED = frozenset(
    {"raise", "begin", "resume", "event", "task", "value", "text"}
    | {"familiarise", "breathing", "tension"}
)
"""What a behavioural approach test keeps back; its own key gives what is its own."""
_OF_TASK = frozenset({"task_done", "take_back"})
BEFORE_TRIAL = frozenset({Phase.READY, Phase.PAUSE, Phase.SAFE_PLACE, Phase.STOPPED})


def is_stale(now: Now) -> bool:
    """Whether what is known of the runtime is too old to be called applied."""
    return now.state is None or now.link.state != "live"


def is_silent(now: Now) -> bool:
    """Whether the patient hears nothing, whatever the scene plays: no sound device works."""
    return now.state is not None and now.state.display.sound == "none"


def phase_of(now: Now) -> Phase:
    """The phase, as far as it is known; `IDLE` before any news."""
    return Phase.IDLE if now.state is None else now.state.phase


def why_not(act: str, now: Now) -> str | None:
    """One sentence on why `act` is not possible now, or None where it is."""
    check = _CHECKS.get(act)
    if check is not None and now.observing and now.may_stop:
        return _("This key may watch and stop: the therapist's console leads.")
    if check is not None and now.observing:
        return _("This key may only watch: the therapist's console leads.")
    held = act == "resume" and phase_of(now) is Phase.HOLD
    if now.bat is not None and act in _LOCKED and not held:
        return refused()
    return None if check is None else check(now)


def why_not_lock(now: Now) -> str | None:
    """One sentence on why the console is not locked now, or None where it may be."""
    if now.left is not None:
        return _("Answer first what becomes of the session that was found open.")
    return None


def standing(act: str, now: Now) -> Standing:
    """How a key for `act` is shown: live, greyed, or not at all where it has no meaning."""
    phase = phase_of(now)
    if act == "control":
        mine = now.link.in_control or now.observing
        return "hidden" if mine or now.state is None else "live"
    if act == "lock":
        return "live" if why_not_lock(now) is None else "hidden"
    if act == "begin":
        return "live" if why_not(act, now) is None and phase is not Phase.PAUSE else "hidden"
    if act == "end":
        return "live" if phase in (Phase.READY, Phase.STOPPED) and not _out(now) else "hidden"
    if act == "no_answer":
        return "live" if why_not(act, now) is None else "hidden"
    if act == "resume" and phase is Phase.READY:
        return "hidden"
    if act in _AT_REST | _OF_TASK and why_not(act, now) is not None:
        return "hidden"
    if act == "task" and (now.manifest is None or not now.manifest.tasks):
        return "hidden"
    return "live" if why_not(act, now) is None else "greyed"


def _out(now: Now) -> str | None:
    """Why nothing that needs the runtime's agreement can be done."""
    if now.session is None:
        return _("No session is open.")
    if not now.link.in_control:
        return _("Another console leads; {key} takes control.").format(key=named("control"))
    if is_stale(now):
        return _("The runtime is not heard; this can be done once it is heard again.")
    return None


def _disabled() -> str:
    """Said where the scenario has failed."""
    told = _("The scenario failed and is disabled for this session; {key} ends the session.")
    return told.format(key=named("end"))


def _stopping(now: Now) -> str | None:
    """Why nothing new is begun while a stop is on its way."""
    if now.stop_asked:
        return _("The stop is not confirmed yet; nothing new is begun before it is.")
    return None


def _phase_only(now: Now, phases: frozenset[Phase], sentence: str) -> str | None:
    if now.session is None:
        return _("No session is open.")
    return None if phase_of(now) in phases else sentence


def _scene(now: Now) -> State | str:
    """The state while an exposure is under way, or why there is none."""
    out = _out(now) or _stopping(now)
    if out is not None:
        return out
    if now.state is None or now.state.phase is not Phase.EXPOSURE:
        return _("This is possible during exposure only.")
    return now.state


def _raise(now: Now) -> str | None:
    state = _scene(now)
    if isinstance(state, str):
        return state
    if state.asked >= state.ceiling:
        return _("Level {level} is the patient's ceiling; {key} changes it.").format(
            level=state.ceiling, key=named("ceiling")
        )
    if state.moving or state.raise_in_s > 0:
        return _("The last raise is still under way; wait until it has been reached for 1 s.")
    return None


def _lower(now: Now) -> str | None:
    sentence = _("There is no level to lower now.")
    if (refused := _phase_only(now, IN_SCENE, sentence)) is not None:
        return refused
    return None if now.state is not None and now.state.asked > 0 else sentence


def _hold(now: Now) -> str | None:
    return _phase_only(now, frozenset({Phase.EXPOSURE}), _("Hold is possible during exposure."))


def _resume(now: Now) -> str | None:
    if (out := _out(now) or _stopping(now)) is not None:
        return out
    if now.state is not None and now.state.disabled is not None:
        return _disabled()
    if phase_of(now) in BEFORE_TRIAL or phase_of(now) is Phase.HOLD:
        return None
    return _("There is nothing to resume.")


def _begin(now: Now) -> str | None:
    refused = _resume(now)
    if refused is None and phase_of(now) not in (Phase.READY, Phase.STOPPED):
        return _("A new trial is possible before the first one and after a stop.")
    return refused


def _pause(now: Now) -> str | None:
    phases = IN_SCENE | {Phase.SAFE_PLACE}
    return _phase_only(now, phases, _("There is nothing to pause."))


def _safe_place(now: Now) -> str | None:
    phases = IN_SCENE | {Phase.LOADING, Phase.READY, Phase.PAUSE, Phase.FAMILIARISATION}
    sentence = _("The patient is out of the scene already.")
    return _phase_only(now, phases, sentence)


def _familiarise(now: Now) -> str | None:
    if (out := _out(now) or _stopping(now)) is not None:
        return out
    if now.state is not None and now.state.disabled is not None:
        return _disabled()
    sentence = _("The practice room is for before a trial; leave the scene first.")
    return _phase_only(now, BEFORE_TRIAL, sentence)


def _end_familiarisation(now: Now) -> str | None:
    sentence = _("The patient is not in the practice room.")
    return _out(now) or _phase_only(now, frozenset({Phase.FAMILIARISATION}), sentence)


def _refuge(now: Now) -> str | None:
    if phase_of(now) is Phase.SAFE_PLACE:
        return _("The patient is in the safe place; it is changed once they are out of it.")
    return _out(now)


def _breathing(now: Now) -> str | None:
    if phase_of(now) in IN_SCENE:
        return _("The breathing guide is for outside the scene.")
    return _out(now) or _stopping(now)


def _tension(now: Now) -> str | None:
    if phase_of(now) is Phase.EXPOSURE:
        return _("Hold first: the guide to applied tension is shown while nothing rises.")
    return _out(now) or _stopping(now)


def _end_guide(now: Now) -> str | None:
    if now.state is None or now.state.guide is None:
        return _("No guide is shown.")
    return _in_session(now)


def _event(now: Now) -> str | None:
    state = _scene(now)
    if isinstance(state, str):
        return state
    return None if state.events else _("This scenario has no events.")


def _task(now: Now) -> str | None:
    state = _scene(now)
    if isinstance(state, str):
        return state
    if not state.tasks:
        return _("This scenario has no tasks.")
    if under_way(state) is not None:
        done, back = named("task_done"), named("take_back")
        told = _("A task is under way: {done} marks it done, {back} takes it back.")
        return told.format(done=done, back=back)
    return None


def _of_task(now: Now) -> str | None:
    if (out := _out(now)) is not None:
        return out
    return None if under_way(now.state) is not None else _("No task is under way.")


def _value(now: Now) -> str | None:
    if (out := _out(now)) is not None:
        return out
    return _phase_only(now, IN_SCENE, _("Settings can be changed during exposure only."))


def _in_session(now: Now) -> str | None:
    return _("No session is open.") if now.session is None else None


def _no_answer(now: Now) -> str | None:
    if now.due is None or now.due.opens_in_s > 0:
        return _("No rating is due.")
    return None


def _amend(now: Now) -> str | None:
    rated = any(r.saved_as is not None and r.rating.suds is not None for r in now.ratings)
    return None if rated else _("There is no saved rating to correct.")


def _rows(now: Now) -> str | None:
    return _out(now) or why_not_now(now) or None


def _end(now: Now) -> str | None:
    if now.session is None:
        return _("No session is open.")
    if phase_of(now) in IN_SCENE:
        return _("An exposure is under way; stop it first, then end the session.")
    return _out(now)


def _break(now: Now) -> str | None:
    if (out := _in_session(now)) is not None:
        return out
    if now.pace is not None and now.pace.left_s is not None:
        return _("A break is under way already.")
    return None


def _bat(now: Now) -> str | None:
    if (out := _out(now)) is not None:
        return out
    if now.manifest is None or now.manifest.bat is None:
        return _("This scenario declares no BAT.")
    if now.bat is not None:
        return None
    if now.state is not None and now.state.disabled is not None:
        return _disabled()
    return _phase_only(now, BEFORE_TRIAL, _("Leave the scene first: safe place, pause or stop."))


def _after(now: Now) -> str | None:
    """It needs nothing of the runtime: a lost link keeps nobody from the patient."""
    sentence = _("An exposure is under way; leave the scene first.")
    return _in_session(now) or (sentence if phase_of(now) in IN_SCENE else None)


def _row(now: Now) -> str | None:
    """Only what is applied goes into a row: it has to be known, and there."""
    sentence = _("A row is made of what is applied: possible while the patient is in the scene.")
    return _out(now) or now.barred or _phase_only(now, IN_SCENE, sentence)


def _observers(now: Now) -> str | None:
    if now.session is None:
        return _("No session is open.")
    # Ending it makes it easier for the patient: never withheld because news is old.
    if now.state is not None and now.state.observers.allowed and now.link.in_control:
        return None
    return _out(now) or now.unwatched or None


def _control(now: Now) -> str | None:
    return _("This console is in control already.") if now.link.in_control else None


_CHECKS: dict[str, Callable[[Now], str | None]] = {
    "raise": _raise,
    "lower": _lower,
    "hold": _hold,
    "resume": _resume,
    "begin": _begin,
    "pause": _pause,
    "safe_place": _safe_place,
    "familiarise": _familiarise,
    "end_familiarisation": _end_familiarisation,
    "refuge": _refuge,
    "breathing": _breathing,
    "tension": _tension,
    "end_guide": _end_guide,
    "event": _event,
    "task": _task,
    "task_done": _of_task,
    "take_back": _of_task,
    "value": _value,
    "ceiling": _out,
    "observers": _observers,
    "dial": _out,
    "text": _out,
    "rate": _in_session,
    "no_answer": _no_answer,
    "amend": _amend,
    "note": _in_session,
    "adverse": _in_session,
    "expect": _in_session,
    "safety": _in_session,
    "sickness": _in_session,
    "faint": _in_session,
    "forms": _after,
    "after": _after,
    "row": _row,
    "rows": _rows,
    "bat": _bat,
    "break": _break,
    "end": _end,
    "control": _control,
}
