"""Owns why a command may be refused: a code for programs, a sentence for people in English.

A console says the sentence in its own language by the code.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why a command was refused."""

    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    WRONG_PROTOCOL = "wrong_protocol"
    FORBIDDEN = "forbidden"
    NOT_IN_CONTROL = "not_in_control"
    HELD_BY_OTHER = "held_by_other"
    EXPIRED = "expired"
    EARLIER_BOOT = "earlier_boot"
    OVERTAKEN = "overtaken"
    WRONG_SESSION = "wrong_session"
    WRONG_PHASE = "wrong_phase"
    ABOVE_CEILING = "above_ceiling"
    MORE_THAN_ONE_STEP = "more_than_one_step"
    STILL_MOVING = "still_moving"
    NOT_LOWER = "not_lower"
    NOT_HIGHER = "not_higher"
    NOT_ARMED = "not_armed"
    UNKNOWN_SCENARIO = "unknown_scenario"
    UNKNOWN_NAME = "unknown_name"
    OUT_OF_RANGE = "out_of_range"
    LEVEL_TOO_LOW = "level_too_low"
    COOLING_DOWN = "cooling_down"
    SCENARIO_DISABLED = "scenario_disabled"
    HEADSET_AWAY = "headset_away"
    NOT_STEADY = "not_steady"
    NOT_IN_STEP = "not_in_step"
    BUSY = "busy"
    NOT_CONSENTED = "not_consented"
    REVOKED = "revoked"
    COUNTING = "counting"
    INTERLOCKED = "interlocked"
    TASK_UNDER_WAY = "task_under_way"
    TASK_NOT_UNDER_WAY = "task_not_under_way"
    NOT_APPROVED = "not_approved"
    NO_SOUND = "no_sound"
    LINE_NOT_BROUGHT = "line_not_brought"
    LINE_UNFIT = "line_unfit"


SENTENCES: dict[Code, str] = {
    Code.MALFORMED: "The message could not be read; nothing was done.",
    Code.TOO_LARGE: "The message is too large; nothing was done.",
    Code.WRONG_PROTOCOL: "Console and runtime are of different versions; install the same one.",
    Code.FORBIDDEN: "This identity may look but not lead; nothing was done.",
    Code.NOT_IN_CONTROL: "This console is not in control; take control first.",
    Code.HELD_BY_OTHER: "Another console is in control; take over explicitly if you must.",
    Code.EXPIRED: "The command came too late and was not carried out; give it again.",
    Code.OVERTAKEN: "A stop or a way out came before this; look at the phase, then give it again.",
    Code.EARLIER_BOOT: "The patient's side was started again since; look, then give it again.",
    Code.WRONG_SESSION: "The command belongs to another session; nothing was done.",
    Code.WRONG_PHASE: "This is not possible in the present phase.",
    Code.ABOVE_CEILING: "This is above the patient's ceiling.",
    Code.MORE_THAN_ONE_STEP: "A raise is one step; give one step at a time.",
    Code.STILL_MOVING: "The last raise is still under way; wait until it has been reached for 1 s.",
    Code.NOT_LOWER: "This is not lower than the present level; use raise.",
    Code.NOT_HIGHER: "This is not higher than the present level; use lower.",
    Code.NOT_ARMED: "Name the level first, then confirm it with the other key.",
    Code.UNKNOWN_SCENARIO: "No scenario has this name.",
    Code.UNKNOWN_NAME: "The scenario declares nothing of this name.",
    Code.OUT_OF_RANGE: "This is outside what the scenario declares.",
    Code.LEVEL_TOO_LOW: "This needs a higher level.",
    Code.COOLING_DOWN: "This event has just been; wait a little.",
    Code.SCENARIO_DISABLED: "This scenario failed and is disabled for the session.",
    Code.HEADSET_AWAY: "The headset is not worn, or does not know where the head is; wait for it.",
    Code.NOT_STEADY: "The link has not been steady for 1 s; wait a moment.",
    Code.NOT_IN_STEP: "The runtime follows the clock; ticks are not granted.",
    Code.BUSY: "The runtime is busy with another scenario; wait a moment.",
    Code.NOT_CONSENTED: "The patient has not consented to observers; nothing is shown.",
    Code.REVOKED: "This key was revoked here; pair the two machines anew.",
    Code.COUNTING: "The countdown is under way; wait until the place is shown.",
    Code.INTERLOCKED: "The scenario excludes this as its values stand now.",
    Code.TASK_UNDER_WAY: "A task is under way; mark it done or take it back first.",
    Code.TASK_NOT_UNDER_WAY: "This task is not under way any more.",
    Code.NOT_APPROVED: "The scenario comes from a pack, and not from the one that was approved.",
    Code.NO_SOUND: "The patient's side has no sound device; nothing was played.",
    Code.LINE_NOT_BROUGHT: "The recording is not at the patient's side; play the line again.",
    Code.LINE_UNFIT: "The recording cannot be heard well; record it again, then add it anew.",
}
