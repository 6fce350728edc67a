"""Owns what the codes of the record mean, in English, for programs and those who read their data.

The codes are the contract; these sentences explain them. It knows no session.
"""

from __future__ import annotations

from collections.abc import Mapping

RATINGS: Mapping[str, str] = {
    "baseline": "before the first trial, at rest",
    "anticipatory": "in expectation of a trial",
    "interval": "in a trial, when it fell due",
    "peak": "how high it was at most, asked afterwards",
    "end": "at the end of a trial",
    "recovery": "after the scene was left",
    "spontaneous": "given without being asked",
}
PHASES: Mapping[str, str] = {
    "idle": "no scene",
    "loading": "the scenario is being loaded behind the neutral room",
    "ready": "the scenario is loaded; the patient is in the neutral room",
    "exposure": "in the scene",
    "hold": "in the scene, everything stays as it is",
    "pause": "neutral room, scene sound off",
    "safe_place": "safe place, level 0, calm sound",
    "stopped": "neutral view, sound off, the trial closed",
    "familiarisation": "practice room, before any scene",
}
ENDINGS: Mapping[str, str] = {
    "closed": "closed in order",
    "interrupted": "broken off, and closed as interrupted",
    "mistaken": "opened for the wrong patient and undone before anything of a patient was in it",
    "open": "not closed at the time of the export",
}
PROMPTS: Mapping[str, str] = {
    "interval": "at set times and at each level reached",
    "step_change": "at each level reached",
    "before_peak_after": "before and after trials, with the peak asked for afterwards",
    "off": "never by itself",
}
SCALES: Mapping[str, str] = {
    "0-100": "answered on 0 to 100",
    "0-10": "answered on 0 to 10 and multiplied by 10",
}
SOURCES: Mapping[str, str] = {
    "therapist": "said aloud and typed by the therapist",
    "patient": "given by the patient on the distress dial",
}
DISPLAYS: Mapping[str, str] = {
    "null": "no pictures",
    "offscreen": "pictures without a window",
    "desktop": "a window on a screen",
    "headset": "a headset",
}
HAPPENED: Mapping[str, str] = {
    "event": "an event of the scenario played; name is the scenario's own name for it",
    "task": "a task was given to the patient; name is the scenario's own name for it, outcome how "
    "it ended: completed (as the scenario saw), marked (as the therapist saw), taken_back, "
    "excluded (by values that changed), left (with the scene)",
    "bat": "a step of a behavioural approach test was offered; name is its number",
    "paced": "time and breaks: said to the therapist or done, never enforced; name says what",
    "safety_behaviour": "a safety behaviour was noted by the therapist; outcome is used (in use "
    "from then on) or dropped, text which one",
    "row": "a row of the patient's hierarchy is worked on from then on; name is its level, text "
    "what is met",
    "mark": "the scenario put a marker into the record",
    "incident": "something befell the session; name says what",
    "at_rest": "outside the scene: safe place chosen, something practised, a guide; name says what",
    "text": "the therapist had the patient read some words",
    "recorded_line": "the therapist had the patient hear a line recorded beforehand; name is the "
    "clinic's name for it, duration how long it was heard, outcome how it ended: finished, ended "
    "(by the therapist), replaced (by another), left (with the scene), link (the console was not "
    "heard), no_sound (the device was lost); text is its words",
    "refusal": "something was asked for and refused; name is the act, outcome the reason's code",
    "link": "the console did not hear the patient's side; name is stale (1 s) or lost (3 s)",
    "missing_news": "numbered news of the patient's side that never came",
}
FAULTS: Mapping[str, str] = {
    "restart": "The patient's machine started anew; what happened in between is not known.",
    "runtime_restarted": "The patient's side was started again, in the safe place.",
    "scenario_disabled": "The scenario stayed disabled for the rest of the session.",
    "scenario_failed": "The scenario failed; it was not shown again in this session.",
    "load_failed": "The scenario could not be loaded.",
    "console_lost": "The console was not heard for 1 s; everything was held.",
    "console_deaf": "The console was heard but had no news for 1 s; everything was held.",
    "grace_over": "The console stayed away beyond its grace; the scene was left.",
    "console_slept": "The console stood still; nothing was led from it meanwhile.",
    "sound_lost": "The sound device was lost; the patient heard nothing.",
    "headset_lost": "The headset no longer followed the head; everything was held.",
    "headset_away": "The headset stayed lost; the scene was left for the safe place.",
    "display_slow": "The picture was slow.",
    "display_too_slow": "The picture stayed too slow for a headset; the scene was left.",
    "flash_dimmed": "The picture flashed more than is safe and was dimmed.",
    "window_closed": "The patient's window was closed; the session was stopped.",
}
"""Incidents in which something of the equipment failed the patient. All others are not faults:
recoveries, a headset taken off, and who leads, watches or may connect."""
ADVERSE: Mapping[str, str] = {
    "cybersickness": "sickness from what was seen",
    "panic": "a panic attack",
    "faint": "fainting, or nearly",
    "fall": "a fall or collision",
    "seizure": "a seizure",
    "dissociation": "dissociation or loss of orientation",
    "emotional": "an emotional reaction beyond what was planned",
    "technical": "harm or risk by the equipment",
    "other": "something else",
}
SEVERITIES: Mapping[str, str] = {"mild": "mild", "moderate": "moderate", "severe": "severe"}
RELATED: Mapping[str, str] = {
    "yes": "held to come of the session",
    "no": "held not to come of the session",
    "unclear": "unclear",
}
OUTCOMES: Mapping[str, str] = {
    "recovered": "recovered",
    "recovering": "recovering",
    "not_recovered": "not recovered",
    "unknown": "not known",
}
SET_RIGHT: Mapping[str, str] = {
    "adverse_event": "an adverse event",
    "expectancy": "what was feared",
    "questionnaire_answered": "a questionnaire",
}
"""Kinds of entries that are told of which a later word takes the place."""
ABOUT: Mapping[str, str] = {
    "own_reaction": "the patient's own reaction",
    "event": "something in the world",
    "judgement": "what others think",
}
AFTER: Mapping[str, str] = {
    "sickness_advice": "advice on sickness that was shown in the session",
    "recovery": "waiting for distress to come down",
    "debrief": "what the patient learned",
    "homework": "what is to be practised",
    "release": "a point that must be so before the patient leaves",
    "note": "the therapist's note",
    "left_out": "a part that was not done when the session was ended",
}
AFTER_HOW: Mapping[str, str] = {
    "heeded": "the scene was left on it",
    "left": "put aside by the therapist; or left before distress was low enough",
    "unanswered": "nothing was done with it",
    "recovered": "distress came down far enough",
    "time_out": "the time for it was over",
    "said": "said",
    "given": "agreed on",
    "confirmed": "confirmed",
    "left_out": "left out, with a reason",
    "drafted": "a draft, nobody's statement",
    "validated": "validated by its author",
    "corrected": "validated in the place of an earlier one",
    "not_done": "not done",
}
BAT_OUTCOMES: Mapping[str, str] = {
    "offered": "offered, and nothing said of it",
    "gone": "the patient went; its level was not reached, or it was not ended",
    "arrived": "the patient was there; it was not ended",
    "done": "done: the patient stayed for its time and did its task",
    "refused": "the patient would not go",
    "ended": "the patient would stay no longer, or left",
    "interrupted": "the scene was left otherwise",
}
BAT_ENDED: Mapping[str, str] = {
    "all_done": "all steps were done",
    "refused": "the patient refused a step",
    "patient": "the patient ended it",
    "therapist": "the therapist ended it",
    "stopped": "a stop ended it",
    "session": "the session was closed within it",
}
