"""Owns the first entry of a session: all it was opened with, and why none is opened."""

from __future__ import annotations

import uuid

from controller.language import _, language
from controller.session.before.entries import OpenedOn
from controller.session.clinic import Clinic
from controller.session.documents import SessionOpened
from controller.session.now import PatientCard
from scenarios.api.manifest import Manifest
from vr_runtime.wire.acts import OpenSession
from vr_runtime.wire.packs import PackRef
from vr_runtime.wire.sight import PatientSettings
from vr_runtime.wire.state import State


def to_open(
    patient: PatientCard,
    scenario_id: str,
    seed: int | None,
    *,
    grace_s: float,
    settings: PatientSettings,
    pack: PackRef | None,
    simulated: bool,
) -> OpenSession:
    """What the patient's side is asked, for a new session; without a seed one is drawn."""
    return OpenSession(
        session=uuid.uuid4().hex[:16],
        scenario=scenario_id,
        seed=uuid.uuid4().int % 2**31 if seed is None else seed,
        ceiling=patient.ceiling,
        grace_s=grace_s,
        # Of a patient who is simulated nothing is kept that could be anybody's.
        pose=patient.pose or simulated,
        safe_place=patient.safe_place,
        patient=settings,
        pack=None if pack is None else pack.sha256,
    )


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
    pack: PackRef | None = None,
    opened_on: OpenedOn | None = None,
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
        pack=pack,
        opened_on=opened_on,
    )


def not_open(patient: PatientCard) -> bool:
    """Whether no session is opened with this patient, by their own word."""
    return patient.withdrawn or patient.restricted is not None


def why_not(patient: PatientCard | None, manifest: Manifest | None) -> str:
    """Why no session is opened with this patient and scenario, in one sentence; "" where it is."""
    if patient is None:
        return _("Choose a patient first.")
    if manifest is None:
        return _("The runtime has no scenario of this name.")
    if not not_open(patient):
        return ""
    if patient.withdrawn:
        text = _("{name} took back the consent to exposure: no session is opened.")
        return text.format(name=patient.pseudonym)
    text = _("The data of {name} are restricted: they are kept and not used.")
    return text.format(name=patient.pseudonym)
