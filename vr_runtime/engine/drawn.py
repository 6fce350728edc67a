"""Owns how the tables of phases read on a page; knows nothing of what the phases do.

`python -m vr_runtime.engine.drawn --lang fr|en` prints them as Markdown, for the runtime's guide.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from vr_runtime.engine.phases import ROWS, STAYING
from vr_runtime.language import _, mark, use
from vr_runtime.wire.acts import Phase

PHASES: dict[Phase, str] = {
    Phase.IDLE: mark("no session"),
    Phase.LOADING: mark("loading"),
    Phase.READY: mark("ready"),
    Phase.EXPOSURE: mark("exposure"),
    Phase.HOLD: mark("hold"),
    Phase.PAUSE: mark("pause"),
    Phase.SAFE_PLACE: mark("safe place"),
    Phase.STOPPED: mark("stopped"),
    Phase.FAMILIARISATION: mark("practice room"),
}
ACTS: dict[str, str] = {
    "open_session": mark("the therapist opens a session"),
    "runtime_restarted": mark("the watchdog has started this side again in a session"),
    "close_session": mark("the therapist ends the session"),
    "loaded": mark("the scenario stands ready"),
    "load_failed": mark("the scenario could not be built, or a part of it not loaded"),
    "begin_trial": mark("the therapist begins a trial"),
    "hold": mark("the therapist holds"),
    "console_lost": mark("no console heard for 1 s"),
    "sound_lost": mark("the sound device is gone"),
    "headset_lost": mark("the headset's session or its tracking is lost"),
    "resume": mark("the therapist resumes"),
    "pause": mark("the therapist pauses"),
    "headset_off": mark("the headset has been off the head for 2 s"),
    "safe_place": mark("the therapist chooses the safe place"),
    "patient_left": mark("the patient presses the way out"),
    "grace_over": mark("the clinic's grace is over"),
    "headset_away": mark("the headset has been lost for 2 s"),
    "display_too_slow": mark("the headset has stayed too slow for 5 s more"),
    "scenario_failed": mark("the scenario throws an exception"),
    "stop": mark("the therapist stops"),
    "patient_stopped": mark("the patient stops"),
    "runtime_key_stop": mark("the stop keys of this machine"),
    "window_closed": mark("the patient's window is closed"),
    "arm_trial": mark("the therapist names the level of a trial"),
    "raise": mark("the therapist raises by one level"),
    "lower": mark("the therapist lowers"),
    "set_value": mark("the therapist sets a value apart"),
    "follow_level": mark("the therapist lets a value follow the level again"),
    "trigger": mark("the therapist lets an event happen"),
    "give_task": mark("the therapist gives the patient a task"),
    "task_done": mark("the therapist marks the task as done"),
    "take_back_task": mark("the therapist takes the task back"),
    "set_ceiling": mark("the therapist sets the ceiling"),
    "set_quality": mark("the therapist sets the quality of the picture"),
    "set_observers": mark("the patient's consent to observers is given or withdrawn"),
    "set_pose": mark("the patient's consent to their pose is given or withdrawn"),
    "set_volume": mark("the therapist sets the patient's volume"),
    "play_tone": mark("the therapist plays the calibration tone"),
    "stop_tone": mark("the therapist ends the calibration tone"),
    "familiarise": mark("the therapist chooses the practice room"),
    "end_familiarisation": mark("the therapist ends the practice"),
    "choose_refuge": mark("the therapist sets which safe place is the patient's"),
    "guide_breathing": mark("the therapist shows the breathing guide"),
    "guide_tension": mark("the therapist shows the guide to applied tension"),
    "end_guide": mark("the therapist takes the guide away"),
    "ask_rating": mark("the therapist asks the patient for distress"),
    "show_text": mark("the therapist puts a text before the patient's eyes"),
    "take_away": mark("the therapist takes the text or the dial away"),
    "show_way_out": mark("the therapist has the way out named"),
    "recentre": mark("the therapist brings what lies ahead before the eyes again"),
    "set_patient": mark("the therapist sets how the patient sees and answers"),
}


def table() -> str:
    """The rows of `phases.ROWS` as Markdown, in their order, in the language spoken now."""
    lines = [
        f"| {_('what happens')} | {_('in the phase')} | {_('leads to')} |",
        "|---|---|---|",
    ]
    for before, act, after in ROWS:
        lines.append(f"| {_(ACTS[act])} | {_before(before)} | {_(PHASES[after])} |")
    return "\n".join(lines)


def staying() -> str:
    """The rows of `phases.STAYING` as Markdown, in their order, in the language spoken now."""
    lines = [f"| {_('taken, while the phase stays')} | {_('in the phase')} |", "|---|---|"]
    lines += [f"| {_(ACTS[act])} | {_before(before)} |" for before, act in STAYING]
    return "\n".join(lines)


def _before(phases: frozenset[Phase]) -> str:
    if phases == frozenset(Phase) - {Phase.IDLE}:
        return _("any, once a session is open")
    return ", ".join(_(PHASES[phase]) for phase in Phase if phase in phases)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m vr_runtime.engine.drawn")
    parser.add_argument("--lang", choices=("fr", "en"), default="en")
    use(parser.parse_args(arguments).lang)
    print(table())
    print()
    print(staying())
    return 0


if __name__ == "__main__":
    sys.exit(main())
