"""Owns which act is taken in which phase and where it leads; knows neither levels nor scenes.

Read a row of `ROWS` as: in these phases, this act leads there; a row of `STAYING` as: in these
phases this act is taken, and the phase stays. What is in neither is refused when a therapist asks
for it, and changes nothing when it happens by itself.
"""

from __future__ import annotations

from vr_runtime.wire.acts import Phase, View

_ALL = frozenset(Phase)
_WITH_SESSION = _ALL - {Phase.IDLE}
_IN_SCENE = frozenset({Phase.EXPOSURE, Phase.HOLD})
_BEFORE_TRIAL = frozenset({Phase.READY, Phase.PAUSE, Phase.SAFE_PLACE, Phase.STOPPED})
_CALM = frozenset({Phase.READY, Phase.PAUSE, Phase.STOPPED})
_MAY_LEAVE = frozenset({Phase.LOADING, Phase.READY, Phase.PAUSE, Phase.FAMILIARISATION}) | _IN_SCENE
_AT_REST = _WITH_SESSION - _IN_SCENE
"""Neutral room, safe place and practice room: nothing of the scene is seen."""

ROWS: tuple[tuple[frozenset[Phase], str, Phase], ...] = (
    (frozenset({Phase.IDLE}), "open_session", Phase.LOADING),
    (frozenset({Phase.IDLE}), "runtime_restarted", Phase.SAFE_PLACE),
    (_WITH_SESSION, "close_session", Phase.IDLE),
    (frozenset({Phase.LOADING}), "loaded", Phase.READY),
    (frozenset({Phase.LOADING}), "load_failed", Phase.STOPPED),
    (_BEFORE_TRIAL, "begin_trial", Phase.EXPOSURE),
    (frozenset({Phase.EXPOSURE}), "hold", Phase.HOLD),
    (frozenset({Phase.EXPOSURE}), "console_lost", Phase.HOLD),
    (frozenset({Phase.EXPOSURE}), "sound_lost", Phase.HOLD),
    (frozenset({Phase.EXPOSURE}), "headset_lost", Phase.HOLD),
    (frozenset({Phase.HOLD}), "resume", Phase.EXPOSURE),
    (_IN_SCENE | {Phase.SAFE_PLACE}, "pause", Phase.PAUSE),
    (_IN_SCENE, "headset_off", Phase.PAUSE),
    (_MAY_LEAVE, "safe_place", Phase.SAFE_PLACE),
    (_MAY_LEAVE, "patient_left", Phase.SAFE_PLACE),
    (frozenset({Phase.SAFE_PLACE}), "patient_left", Phase.STOPPED),
    (_IN_SCENE, "grace_over", Phase.SAFE_PLACE),
    (_IN_SCENE, "headset_away", Phase.SAFE_PLACE),
    (_IN_SCENE, "display_too_slow", Phase.SAFE_PLACE),
    (_IN_SCENE, "scenario_failed", Phase.SAFE_PLACE),
    (_IN_SCENE, "load_failed", Phase.SAFE_PLACE),
    (_BEFORE_TRIAL, "familiarise", Phase.FAMILIARISATION),
    (frozenset({Phase.FAMILIARISATION}), "end_familiarisation", Phase.READY),
    (_WITH_SESSION, "stop", Phase.STOPPED),
    (_WITH_SESSION, "patient_stopped", Phase.STOPPED),
    (_WITH_SESSION, "runtime_key_stop", Phase.STOPPED),
    (_WITH_SESSION, "window_closed", Phase.STOPPED),
)

STAYING: tuple[tuple[frozenset[Phase], str], ...] = (
    (_BEFORE_TRIAL, "arm_trial"),
    (frozenset({Phase.EXPOSURE}), "raise"),
    (_IN_SCENE, "lower"),
    (_IN_SCENE, "set_value"),
    (_IN_SCENE, "follow_level"),
    (frozenset({Phase.EXPOSURE}), "trigger"),
    (frozenset({Phase.EXPOSURE}), "give_task"),
    (_IN_SCENE, "task_done"),
    (_IN_SCENE, "take_back_task"),
    (_WITH_SESSION, "set_ceiling"),
    (_WITH_SESSION, "set_quality"),
    (_WITH_SESSION, "set_observers"),
    (_WITH_SESSION, "set_pose"),
    (_WITH_SESSION, "set_volume"),
    (_CALM, "play_tone"),
    (_WITH_SESSION, "stop_tone"),
    (_WITH_SESSION - {Phase.SAFE_PLACE}, "choose_refuge"),
    (_AT_REST, "guide_breathing"),
    (_AT_REST | {Phase.HOLD}, "guide_tension"),
    (_WITH_SESSION, "end_guide"),
    (_WITH_SESSION, "ask_rating"),
    (_WITH_SESSION, "show_text"),
    (_WITH_SESSION, "take_away"),
    (_WITH_SESSION, "show_way_out"),
    (_WITH_SESSION, "recentre"),
    (_WITH_SESSION, "set_patient"),
)

TABLE: dict[tuple[Phase, str], Phase] = {
    (before, act): after for phases, act, after in ROWS for before in phases
}

STAYS: frozenset[tuple[Phase, str]] = frozenset(
    (before, act) for phases, act in STAYING for before in phases
)

VIEWS: dict[Phase, View] = {
    Phase.IDLE: View.NEUTRAL,
    Phase.LOADING: View.NEUTRAL,
    Phase.READY: View.NEUTRAL,
    Phase.EXPOSURE: View.SCENE,
    Phase.HOLD: View.SCENE,
    Phase.PAUSE: View.NEUTRAL,
    Phase.SAFE_PLACE: View.SAFE_PLACE,
    Phase.STOPPED: View.NEUTRAL,
    Phase.FAMILIARISATION: View.FAMILIARISATION,
}

STOPS = frozenset({"stop", "patient_stopped", "runtime_key_stop", "window_closed"})
"""Acts that stop. They are taken in every phase; without a session there is nothing to end."""


GUIDES_END = frozenset({Phase.STOPPED, Phase.EXPOSURE, Phase.IDLE})
"""No guide outlasts a way into one of these."""


def after(phase: Phase, act: str) -> Phase | None:
    """The phase to which `act` leads from `phase`, or None where it leads nowhere."""
    return TABLE.get((phase, act))


def takes(phase: Phase, act: str) -> bool:
    """Whether a therapist's act of this kind has a place in this phase at all."""
    return (phase, act) in TABLE or (phase, act) in STAYS


def in_scene(phase: Phase) -> bool:
    """Whether the patient is in the feared place."""
    return phase in _IN_SCENE
