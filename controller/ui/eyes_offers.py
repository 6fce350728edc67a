"""Owns what can be shown, taken away and set for the patient's own view; it sends nothing.

It knows neither palette nor lines: each offer is a title, a sentence and the act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from controller.language import _
from controller.session.now import Now
from controller.ui.asking import Act
from vr_runtime.wire.sight import PatientSettings, Sight
from vr_runtime.wire.state import State


def offers(now: Now) -> Iterator[tuple[str, str, Act]]:
    """All that can be offered for the patient of the open session now."""
    if now.session is None or now.state is None:
        return
    sight = now.state.sight
    yield from _shown(sight)
    yield from _settings(sight.patient)
    yield from _by_itself(now)
    yield from _pose(now.state)


def _shown(sight: Sight) -> Iterator[tuple[str, str, Act]]:
    yield (
        _("Patient: name the way out"),
        _("The patient reads which control leads out, for some seconds."),
        lambda lead: lead.eyes.show_way_out(),
    )
    yield (
        _("Patient: look ahead again"),
        _("Bring what lies ahead before the patient's eyes, wherever they look now."),
        lambda lead: lead.eyes.recentre(),
    )
    if sight.text is not None:
        yield (
            _("Patient: take the text away"),
            _("What the patient reads is gone at once."),
            lambda lead: lead.eyes.take_away("text"),
        )
    if sight.dial in ("asked", "raised"):
        yield (
            _("Patient: take the dial away"),
            _("The distress dial is gone at once."),
            lambda lead: lead.eyes.take_away("dial"),
        )


def _settings(patient: PatientSettings) -> Iterator[tuple[str, str, Act]]:
    """Each of the settings, as it would be from now on."""

    def to(**changed: Any) -> Act:
        wanted = PatientSettings.model_validate(patient.model_dump() | changed)
        return lambda lead: lead.eyes.set_patient(wanted)

    reads = _("All that the patient reads and hears is in this language from now on.")
    if patient.language != "fr":
        yield _("Patient reads French"), reads, to(language="fr")
    if patient.language != "en":
        yield _("Patient reads English"), reads, to(language="en")
    if patient.language is not None:
        told = _("The language of all patients of this console, in later sessions too.")
        yield _("Patient reads the usual language"), told, lambda lead: lead.eyes.read_as_usual()
    told = _("The words of spoken lines are written for the patient.")
    if patient.captions:
        yield _("Patient: captions off"), told, to(captions=False)
    else:
        yield _("Patient: captions on"), told, to(captions=True)
    yield from _hands(patient, to)
    yield from _posture(patient, to)
    told = _("What leads out stays in the patient's view as long as the session lasts.")
    if patient.way_out_always:
        yield _("Patient: way out for some seconds"), told, to(way_out_always=False)
    else:
        yield _("Patient: way out always in view"), told, to(way_out_always=True)
    told = _("A soft breath is heard with the breathing guide, in and out with the shape.")
    if patient.guide_sound:
        yield _("Patient: breathing guide silent"), told, to(guide_sound=False)
    else:
        yield _("Patient: breathing guide heard"), told, to(guide_sound=True)
    told = _("Seconds counted down in the neutral room before a trial is shown.")
    if patient.countdown_s:
        yield _("Patient: no countdown"), told, to(countdown_s=0)
    else:
        yield _("Patient: countdown of 3 s"), told, to(countdown_s=3)


def _hands(patient: PatientSettings, to: Callable[..., Act]) -> Iterator[tuple[str, str, Act]]:
    told = _("The hand that answers the dial; what leads out stays the same.")
    if patient.hand == "right":
        yield _("Patient: left-handed"), told, to(hand="left")
    else:
        yield _("Patient: right-handed"), told, to(hand="right")
    told = _("Everything is reached by that hand alone; what leads out too.")
    if patient.one_hand:
        yield _("Patient: both hands"), told, to(one_hand=False)
    else:
        yield _("Patient: one hand"), told, to(one_hand=True)
    told = _("The dial is answered by looking at a value. Looking cannot leave: you lead them out.")
    if patient.gaze:
        yield _("Patient: answers by hand"), told, to(gaze=False)
    else:
        yield _("Patient: answers by looking"), told, to(gaze=True)


def _posture(patient: PatientSettings, to: Callable[..., Act]) -> Iterator[tuple[str, str, Act]]:
    told = _("Height of the eyes on a flat screen: 1.65 m standing, 1.20 m seated.")
    if patient.posture == "standing":
        yield _("Patient: seated"), told, to(posture="seated", eye_m=None)
    else:
        yield _("Patient: standing"), told, to(posture="standing", eye_m=None)


def _pose(state: State) -> Iterator[tuple[str, str, Act]]:
    """The way out of a consent; it is given with the patient's other consents."""
    if state.pose_kept:
        told = _("The consent is taken back: where the patient looks is not kept from now on.")
        yield _("Patient: pose not kept"), told, lambda lead: lead.end_pose()


def _by_itself(now: Now) -> Iterator[tuple[str, str, Act]]:
    told = _("In this session the dial is shown as soon as a rating falls due, or only when asked.")
    if now.dial_by_itself:
        yield _("Dial: only when asked"), told, lambda lead: lead.eyes.ask_by_itself(False)
    else:
        yield _("Dial: with each rating due"), told, lambda lead: lead.eyes.ask_by_itself(True)
