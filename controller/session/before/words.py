"""Owns how questions about today and the checks before a trial are called; knows no screen."""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import _, mark
from controller.protocol.model import Action
from controller.session.before.entries import Check, Dealt, ScreeningAnswer, TodayItem

TODAY: Mapping[TodayItem, str] = {
    "illness": mark("Ill today, with a fever, a cold, nausea or dizziness?"),
    "sleep": mark("Slept much too little last night?"),
    "alcohol": mark("Alcohol or drugs today?"),
    "medication": mark("Sedatives or another medicine than usual today?"),
    "empty_stomach": mark("An empty stomach?"),
    "changed": mark("Anything new in health since the screening: a seizure, a faint, pregnancy?"),
}
"""A yes is worth a word: whoever goes on says why. Proposed by Palier, after what session
protocols and headset makers ask on the day; not reviewed by a clinician."""
TODAY_SHORT: Mapping[TodayItem, str] = {
    "illness": mark("ill today"),
    "sleep": mark("little sleep"),
    "alcohol": mark("alcohol or drugs"),
    "medication": mark("sedatives, other medicine"),
    "empty_stomach": mark("empty stomach"),
    "changed": mark("health has changed"),
}
CHECKS: Mapping[Check, str] = {
    "display": mark("Display and picture"),
    "sound": mark("Sound and volume"),
    "space": mark("Room to move"),
    "seat": mark("Seat or headset"),
    "stop_signal": mark("Stop signal agreed"),
    "way_out_patient": mark("Way out: patient"),
    "way_out_therapist": mark("Way out: therapist"),
}
HOW: Mapping[Check, str] = {
    "display": mark(
        "The patient sees the neutral room on the right display, sharp and without stutter."
    ),
    "sound": mark(
        "The patient hears the tone, and it is neither too loud nor too soft. T plays the tone."
    ),
    "space": mark("Nothing to stumble over or to knock against, and no cable in the way."),
    "seat": mark(
        "The seat stands firm and feet touch the floor; a headset sits well and is clean."
    ),
    "stop_signal": mark(
        "A word or a raised hand that means stop at any moment, agreed on and tried once."
    ),
    "way_out_patient": mark(
        "Ask the patient to press their way out once. It counts when the patient's side tells of "
        "it, and leads to the safe place."
    ),
    "way_out_therapist": mark(
        "Press the key of the safe place once: the way you would lead the patient out. It counts "
        "when the patient's side tells of it."
    ),
}
CONSENTS: Mapping[str, str] = {
    "session": mark("exposure in virtual reality"),
    "pose": mark("recording how the head moves"),
    "gaze": mark("recording where the eyes look"),
    "heart": mark("recording the heart"),
    "recording": mark("recording picture or sound"),
    "observers": mark("others watching"),
    "research": mark("use for research"),
}
DEALT: Mapping[Dealt, str] = {
    "open": mark("nothing done yet"),
    "cleared": mark("cleared"),
    "overridden": mark("overridden"),
}
ACTIONS: Mapping[Action, str] = {
    "exclude": mark("A yes: no session, unless it is cleared."),
    "clearance": mark("A yes: a physician's word first."),
    "postpone": mark("A yes: another day."),
    "relative": mark("A yes: with care, as the note says."),
    "seated": mark("A yes: seated only."),
}


def answer(given: ScreeningAnswer) -> str:
    """An answer, and what became of it, in a few words."""
    if given.dealt is None:
        return _("no")
    told = _("yes, {dealt}").format(dealt=_(DEALT[given.dealt]))
    return f"{told}: {given.why}" if given.why else told
