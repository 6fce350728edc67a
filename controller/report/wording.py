"""Owns the report's words for what the record names by code; knows neither page nor chart."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from controller.language import _, language, mark
from controller.session import sentences
from controller.session.documents import Scale
from scenarios.api.manifest import Manifest
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import Effort

DASH = "—"
"""Stands where a figure cannot be had."""

KINDS: Mapping[str, str] = {
    "baseline": mark("baseline"),
    "anticipatory": mark("before a trial"),
    "interval": mark("in the trial"),
    "peak": mark("peak, asked afterwards"),
    "end": mark("end of the trial"),
    "recovery": mark("recovery"),
    "spontaneous": mark("unasked"),
}
DISPLAYS: Mapping[str, str] = {
    "null": mark("no pictures"),
    "offscreen": mark("pictures without a window"),
    "desktop": mark("window"),
    "headset": mark("headset"),
}
PHASES: Mapping[str, str] = {
    "idle": mark("No scene"),
    "loading": mark("Loading"),
    "ready": mark("Ready"),
    "exposure": mark("Exposure"),
    "hold": mark("Hold"),
    "pause": mark("Pause"),
    "safe_place": mark("Safe place"),
    "stopped": mark("Stop"),
    "familiarisation": mark("Practice room"),
}
CAUSES: Mapping[str, str] = {
    "begin_trial": mark("begun by the therapist"),
    "hold": mark("by the therapist"),
    "resume": mark("by the therapist"),
    "pause": mark("by the therapist"),
    "safe_place": mark("by the therapist"),
    "stop": mark("by the therapist"),
    "close_session": mark("the session was closed"),
    "familiarise": mark("by the therapist"),
    "end_familiarisation": mark("by the therapist"),
    "patient_left": mark("the patient left the scene"),
    "patient_stopped": mark("the patient stopped"),
    "runtime_key_stop": mark("at the keyboard of the patient's machine"),
    "window_closed": mark("the patient's window was closed"),
    "console_lost": mark("the console was not heard, or had no news"),
    "grace_over": mark("the console stayed away"),
    "scenario_failed": mark("the scenario failed"),
    "load_failed": mark("the scenario could not be loaded"),
    "runtime_restarted": mark("the patient's side was started again"),
    "sound_lost": mark("the sound was lost"),
    "headset_lost": mark("the headset no longer followed the head"),
    "headset_away": mark("the headset stayed lost"),
    "headset_off": mark("the headset was taken off"),
    "display_too_slow": mark("the headset stayed too slow"),
}
LEADS_TO: Mapping[str, str] = {
    "pause": "pause",
    "safe_place": "safe_place",
    "patient_left": "safe_place",
    "grace_over": "safe_place",
    "scenario_failed": "safe_place",
    "load_failed": "safe_place",
    "headset_away": "safe_place",
    "display_too_slow": "safe_place",
    "headset_off": "pause",
    "stop": "stopped",
    "patient_stopped": "stopped",
    "runtime_key_stop": "stopped",
    "window_closed": "stopped",
}
"""Where the scene is left for by these acts."""
INCIDENTS: Mapping[str, str] = {
    "restart": mark("The patient's machine started anew; what happened in between is not known."),
    "runtime_restarted": mark("The patient's side was started again, in the safe place."),
    "scenario_disabled": mark("The scenario stayed disabled for the rest of the session."),
    "scenario_failed": mark("The scenario failed; it was not shown again in this session."),
    "load_failed": mark("The scenario could not be loaded."),
    "console_lost": mark("The console was not heard for 1 s."),
    "console_deaf": mark("The console was heard, but had no news of the patient's side for 1 s."),
    "grace_over": mark("The console stayed away beyond the time set for it."),
    "console_back": mark("The console was heard again."),
    "sound_lost": mark("The sound device was lost; the patient heard nothing from here on."),
    "sound_back": mark("The sound device was there again."),
    "volume_set": mark("The patient's volume was set to (in dB):"),
    "line_spoken": mark("A line was spoken:"),
    "tone_played": mark("The calibration tone was played."),
    "headset_lost": mark("The headset no longer followed the head."),
    "headset_away": mark("The headset stayed lost for 2 s and more."),
    "headset_back": mark("The headset followed the head again."),
    "headset_off": mark("The headset was taken off."),
    "headset_on": mark("The headset was worn again."),
    "display_slow": mark("The picture was slow (pictures a second, shown and wanted):"),
    "display_too_slow": mark("The picture stayed too slow for a headset."),
    "display_steady": mark("The picture was fast enough again."),
    "flash_dimmed": mark("The picture flashed more than is safe and was dimmed."),
    "comfort_limited": mark("A limit of comfort held the scenario back:"),
    "window_closed": mark("The patient's window was closed."),
    "control_taken": mark("Another console took control."),
    "observers_allowed": mark("The patient consented to observers."),
    "observers_ended": mark("The patient's consent to observers ended."),
    "pose_allowed": mark("The patient consented to the pose being kept."),
    "pose_ended": mark("The patient's consent to the pose being kept ended."),
    "pose_not_kept": mark(
        "The scenario followed where the patient looked; without consent this is not kept, and the "
        "session cannot be checked by showing it again."
    ),
    "observer_came": mark("Someone began to observe:"),
    "observer_left": mark("No longer observing:"),
    "access_revoked": mark("A console's key was revoked:"),
    "access_changed": mark("A console was given another role:"),
    "strangers_refused": mark("Keys that are not known were refused at the patient's machine."),
    "session_continued": mark("A console took up this session again after another had ended."),
    "console_slept": mark("The console stood still; nothing was led from it meanwhile."),
    "clock_jumped": mark(
        "The console's wall clock was set; times here go by the patient's machine."
    ),
}
RESTARTS: Mapping[str, str] = {
    "hung": mark("It had hung."),
    "crashed": mark("It had broken off."),
    "memory": mark("It had used more memory than it may."),
    "killed": mark("Another program had ended it."),
}
"""Why the runtime was started again."""
ACTS: Mapping[str, str] = {
    "open_session": mark("Open the session"),
    "close_session": mark("Close the session"),
    "arm_trial": mark("Name a level"),
    "begin_trial": mark("Begin a trial"),
    "raise": mark("Raise"),
    "lower": mark("Lower"),
    "set_value": mark("Set a value"),
    "follow_level": mark("Let a value follow the level"),
    "set_ceiling": mark("Set the ceiling"),
    "set_observers": mark("Let observers watch, or end it"),
    "set_pose": mark("Let the pose be kept, or end it"),
    "trigger": mark("Fire an event"),
    "give_task": mark("Give a task"),
    "task_done": mark("Mark a task as done"),
    "take_back_task": mark("Take a task back"),
    "hold": mark("Hold"),
    "resume": mark("Resume"),
    "pause": mark("Pause"),
    "safe_place": mark("Safe place"),
    "set_quality": mark("Change the quality of the picture"),
    "ask_rating": mark("Ask the patient for distress"),
    "show_text": mark("Show the patient a text"),
    "take_away": mark("Take a text or the dial away"),
    "show_way_out": mark("Name the way out to the patient"),
    "recentre": mark("Bring what lies ahead before the patient's eyes"),
    "set_patient": mark("Set how the patient sees and answers"),
    "stop": mark("Stop"),
    "set_volume": mark("Set the patient's volume"),
    "play_tone": mark("Play the calibration tone"),
    "stop_tone": mark("End the calibration tone"),
    "choose_refuge": mark("Choose the safe place"),
    "familiarise": mark("Go to the practice room"),
    "end_familiarisation": mark("End the practice"),
    "guide_breathing": mark("Show the breathing guide"),
    "guide_tension": mark("Show the guide to applied tension"),
    "end_guide": mark("Take the guide away"),
    "bring_line": mark("Bring a recorded line to the patient's side"),
    "play_line": mark("Let the patient hear a recorded line"),
    "end_line": mark("End the recorded line"),
    "claim": mark("Take control"),
}
WHO: Mapping[str, str] = {
    "therapist": mark("the therapist"),
    "supervisor": mark("a supervisor"),
    "observer": mark("an observer"),
    "patient": mark("the patient"),
    "runtime": mark("the patient's machine"),
}
MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)


def said(words: Mapping[str, str], code: str) -> str:
    """The words for a code, in the language spoken now; the code itself when there are none."""
    return _(words[code]) if code in words else code


def refusal(code: str) -> str:
    """Why something was refused, in one sentence."""
    known = code in {c.value for c in Code}
    return sentences.refusal(Code(code)) if known else code


def event(scenario: Manifest, name: str) -> str:
    """An event's or task's name as its author gave it in the language spoken now."""
    spec = scenario.played(name)
    return name if spec is None else spec.label.get(language())


def number(value: float | None, decimals: int = 0) -> str:
    """A figure, halves rounded up, with the decimal mark of the language; a dash for None."""
    if value is None:
        return DASH
    # By way of the shortest text of the number: what reads 62.5 becomes 63 and never 62.
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded if rounded else abs(rounded):f}".replace("-", "−")
    return text.replace(".", ",") if language() == "fr" else text


def given(suds: float, scale: Scale) -> str:
    """A rating of 0 to 100 as it reads on the scale it was asked on."""
    if scale == "0-100":
        return number(suds)
    return number(suds / 10, 0 if suds % 10 == 0 else 1)


def percent(share: float | None) -> str:
    """A share of 0 to 1 as a percentage; a dash for None."""
    return DASH if share is None else _("{value}%").format(value=number(100 * share))


def effort(taken: Effort | None) -> str:
    """What a scenario's own code took of the time; a dash where it is not known."""
    if taken is None:
        return DASH
    return _("{slow} of {calls} ticks over 2 ms, the longest {worst} ms").format(
        slow=taken.slow, calls=taken.calls, worst=number(taken.worst_ms)
    )


def day(wall: str) -> str:
    """The day of a wall time of the record (UTC, ISO 8601) for people."""
    year, month, date = wall.partition("T")[0].split("-")
    return _("{day} {month} {year}").format(
        day=_date(date), month=_(MONTHS[int(month) - 1]), year=year
    )


def _date(date: str) -> str:
    """The day of the month; French says the first of a month as an ordinal."""
    return "1er" if language() == "fr" and int(date) == 1 else str(int(date))


def clock(seconds: float) -> str:
    """A moment of the session, as 4:05 or 1:04:05."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def length(seconds: float | None) -> str:
    """A length of time, as 45 s or 4 min 05 s; a dash for None."""
    if seconds is None:
        return DASH
    minutes, left = divmod(round(seconds), 60)
    if not minutes:
        return _("{seconds} s").format(seconds=left)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=f"{left:02d}")


def moment(wall: str) -> str:
    """A wall time of the record (UTC, ISO 8601) for people."""
    day, _separator, time = wall.partition("T")
    year, month, date = day.split("-")
    return _("{day} {month} {year}, {time} UTC").format(
        day=_date(date), month=_(MONTHS[int(month) - 1]), year=year, time=time[:5]
    )
