"""Owns what the console says of refusals and of what befell, in its own language; no screen."""

from __future__ import annotations

from typing import Literal

from controller.called import called
from controller.language import _, mark
from vr_runtime.wire.acts import Act, DisplaySlow, Quality, RuntimeRestarted, SetObservers
from vr_runtime.wire.refusals import Code

_SENTENCES: dict[Code, str] = {
    Code.MALFORMED: mark("The message could not be read; nothing was done."),
    Code.TOO_LARGE: mark("The message is too large; nothing was done."),
    Code.WRONG_PROTOCOL: mark(
        "Console and runtime are of different versions; install the same one."
    ),
    Code.FORBIDDEN: mark("This identity may look but not lead; nothing was done."),
    Code.NOT_IN_CONTROL: mark("This console is not in control; take control first."),
    Code.HELD_BY_OTHER: mark("Another console is in control; take over explicitly if you must."),
    Code.OVERTAKEN: mark(
        "A stop or a way out came before this; look at the phase, then give it again."
    ),
    Code.EARLIER_BOOT: mark(
        "The patient's side was started again since; look, then give it again."
    ),
    Code.EXPIRED: mark("The command came too late and was not carried out; give it again."),
    Code.WRONG_SESSION: mark("The command belongs to another session; nothing was done."),
    Code.WRONG_PHASE: mark("This is not possible in the present phase."),
    Code.ABOVE_CEILING: mark("This is above the patient's ceiling."),
    Code.MORE_THAN_ONE_STEP: mark("A raise is one step; give one step at a time."),
    Code.STILL_MOVING: mark("The last raise is still under way; wait until it has settled."),
    Code.NOT_LOWER: mark("This is not lower than the present level."),
    Code.NOT_HIGHER: mark("This is not higher than the present level."),
    Code.NOT_ARMED: mark("Name the level first, then confirm it with the other key."),
    Code.NOT_APPROVED: mark("The pack was replaced since it was approved; look at it anew."),
    Code.UNKNOWN_SCENARIO: mark("The runtime has no scenario of this name."),
    Code.UNKNOWN_NAME: mark("The scenario declares nothing of this name."),
    Code.OUT_OF_RANGE: mark("This is outside what the scenario declares."),
    Code.LEVEL_TOO_LOW: mark("This needs a higher level."),
    Code.COOLING_DOWN: mark("This event has just been; wait a little."),
    Code.SCENARIO_DISABLED: mark("This scenario failed and is disabled for the session."),
    Code.HEADSET_AWAY: mark(
        "The headset is not worn, or does not know where the head is; wait for it."
    ),
    Code.NOT_STEADY: mark("The link has not been steady for 1 s; wait a moment."),
    Code.NOT_IN_STEP: mark("The runtime follows the clock; ticks are not granted."),
    Code.BUSY: mark("The runtime is busy; wait a moment."),
    Code.NOT_CONSENTED: mark("The patient has not consented to observers; nothing is shown."),
    Code.REVOKED: mark("This console's key was revoked there; pair the two machines anew."),
    Code.COUNTING: mark("The countdown is under way; wait until the place is shown."),
    Code.INTERLOCKED: mark("The scenario excludes this as its values stand now."),
    Code.TASK_UNDER_WAY: mark("A task is under way; mark it done or take it back first."),
    Code.TASK_NOT_UNDER_WAY: mark("This task is not under way any more."),
    Code.NO_SOUND: mark("The patient's side has no sound device; nothing was played."),
    Code.LINE_NOT_BROUGHT: mark("The recording is not at the patient's side; play the line again."),
    Code.LINE_UNFIT: mark("The recording cannot be heard well; record it again."),
}


def refusal(code: Code) -> str:
    """Why something was refused and what to do, in the console's language."""
    return _(_SENTENCES[code])


_RESTARTS: dict[str, str] = {
    "hung": mark("The patient's side hung; it is back in the safe place."),
    "crashed": mark("The patient's side broke off; it is back in the safe place."),
    "memory": mark("The patient's side took too much memory; it is back in the safe place."),
    "killed": mark("Another program ended the patient's side; it is back in the safe place."),
}


def restarted(act: RuntimeRestarted) -> str:
    """What befell the patient's side, and what can be shown from now on."""
    told = _(_RESTARTS[act.why])
    return told if act.disabled is None else f"{told} {_('The scenario is disabled.')}"


_REJECTIONS: dict[str, str] = {
    "unknown_key": mark(
        "The runtime does not know this console's key; pair the two: palier pair ADDRESS."
    ),
    "revoked": mark(
        "This console's key was revoked at the runtime; whoever looks after it can pair it anew."
    ),
    "other_runtime_key": mark(
        "What answers there does not have the key that was paired; look at the address, and if "
        "the machine was set up anew, pair the two anew."
    ),
    "other_software": mark(
        "What answers at this address is not a runtime of Palier; look at the address."
    ),
    "wrong_protocol": mark("Console and runtime are of different versions; install the same one."),
}


def rejection(why: str) -> str:
    """Why the runtime and this console do not meet and what to do, in the console's language."""
    return _(_REJECTIONS[why])


_CAUSES: dict[str, str] = {
    "stop": mark("Stopped: neutral view, no sound."),
    "loaded": mark("The scenario is ready."),
    "load_failed": mark(
        "The scenario could not be built or loaded and is disabled; choose another."
    ),
    "patient_left": mark("The patient pressed the way out: safe place."),
    "patient_stopped": mark("The patient stopped."),
    "console_lost": mark("The console was not heard for 1 s, or had no news: hold."),
    "grace_over": mark("The console stayed away: safe place."),
    "scenario_failed": mark("The scenario failed: safe place; it is disabled."),
    "sound_lost": mark("The sound device is lost: hold."),
    "headset_lost": mark("The headset no longer follows the head: hold."),
    "headset_away": mark("The headset stayed lost: safe place."),
    "headset_off": mark("The headset was taken off: pause."),
    "display_too_slow": mark("The headset stayed too slow: safe place."),
    "window_closed": mark("The patient's window was closed: stop."),
    "runtime_key_stop": mark("Stop was pressed at the patient's side."),
}


_BEFELL: dict[str, str] = {
    "display_slow": mark(
        "The picture is slow: {fps} of {wanted} a second; {picture} can lower its quality."
    ),
    "display_slow_lowered": mark(
        "The headset is slow: {fps} of {wanted} pictures a second; the quality was lowered."
    ),
    "display_steady": mark("The picture is fast enough again."),
    "headset_on": mark("The headset is worn again; the patient can come back."),
    "headset_back": mark("The headset follows the head again; nothing has changed by it."),
    "scenario_failed": mark(
        "The scenario failed and is disabled for this session; end the session."
    ),
    "load_failed": mark(
        "The scenario could not be built or loaded and is disabled; choose another."
    ),
    "sound_lost": mark("No sound device works any more: the patient hears nothing."),
    "flash_dimmed": mark(
        "The picture flashed more than is safe: it is dimmed until it no longer does."
    ),
    "sound_back": mark("The sound is back; nothing has changed by it."),
}


def named(level: int, *, silent: bool) -> tuple[str, Literal["info", "alarm"]]:
    """What to say, and how, of a level named for a trial; `silent` while no sound device works."""
    if not silent:
        return _("Begin at level {level}? Confirm with Enter.").format(level=level), "info"
    told = _(
        "Begin at level {level}? No sound device works: the patient hears nothing. "
        "Enter begins all the same."
    )
    return told.format(level=level), "alarm"


def befell(act: Act) -> str | None:
    """What to say of something that happened by itself and changed no phase by itself."""
    if isinstance(act, DisplaySlow):
        told = _BEFELL["display_slow_lowered" if act.lower else act.kind]
        picture = called("picture", "Ctrl+P")
        return _(told).format(fps=round(act.fps), wanted=round(act.wanted), picture=picture)
    found = _BEFELL.get(act.kind)
    return None if found is None else _(found)


def cause(act: str) -> str | None:
    """What to say of a phase that changed by this act; None where the therapist did it."""
    found = _CAUSES.get(act)
    return None if found is None else _(found)


def drawn(quality: Quality) -> str:
    """How finely the patient's picture is drawn from now on."""
    if quality == "full":
        return _("The patient's picture has all its points again.")
    return _("The patient's picture has fewer points now.")


def watched(act: SetObservers) -> str:
    """What the patient's consent to observers has become."""
    if not act.allowed:
        return _("Nobody watches any more.")
    if act.mirror:
        return _("Observers may watch and see the patient's view; the patient is told.")
    return _("Observers may watch, without the patient's view; the patient is told.")
