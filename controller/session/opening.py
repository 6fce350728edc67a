"""Owns the first entry of a session: all it was opened with."""

from __future__ import annotations

from controller.language import language
from controller.session.clinic import Clinic
from controller.session.documents import SessionOpened
from controller.session.now import PatientCard
from scenarios.api.manifest import Manifest
from vr_runtime.wire.acts import OpenSession
from vr_runtime.wire.state import State


def opening(
    act: OpenSession,
    patient: PatientCard,
    manifest: Manifest,
    state: State,
    *,
    tick: int,
    clinic: Clinic,
    palier: str,
    protocol: int,
    simulated: bool,
) -> SessionOpened:
    """The entry of a session that the runtime has opened at `tick`, by its word `state`."""
    return SessionOpened(
        patient=patient.id,
        pseudonym=patient.pseudonym,
        scenario=manifest,
        seed=act.seed,
        ceiling=act.ceiling,
        grace_s=act.grace_s,
        scale=patient.scale,
        display=state.display.kind,
        palier=palier,
        protocol=protocol,
        boot=state.boot,
        tick=tick,
        simulated=simulated,
        language=language(),
        prompt_every_s=clinic.prompts.every_s,
        prompt_window_s=clinic.prompts.window_s,
        prompt_mode=clinic.prompts.mode,
        clinic_protocol=clinic.applied,
    )
