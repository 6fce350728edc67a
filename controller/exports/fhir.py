"""Owns the export as one FHIR R4B bundle, checked by the library that others read it with.

The library `fhir.resources` is an optional part of Palier and is only loaded here.
"""

from __future__ import annotations

import importlib
from typing import Any

from controller.exports.fhir_answers import answers_parts
from controller.exports.fhir_parts import Part, entry, identity, moment
from controller.exports.fhir_session import SessionParts, patient
from controller.exports.material import Material
from controller.language import _


class FhirMissing(Exception):
    """The library is not installed; the text says what to install."""


def require_fhir() -> Any:
    """The library's model of a bundle. Raises `FhirMissing`."""
    try:
        return importlib.import_module("fhir.resources.R4B.bundle").Bundle
    except ImportError as error:
        raise FhirMissing(
            _("FHIR needs a library that is not installed: pip install 'palier[fhir]'.")
        ) from error


def fhir_files(material: Material) -> dict[str, bytes]:
    """Name and content of the one file; the sessions belong to one patient.

    Raises `FhirMissing`.
    """
    bundle = require_fhir().model_validate(bundle_of(material))
    return {"bundle.json": (bundle.model_dump_json(indent=2) + "\n").encode("utf-8")}


def bundle_of(material: Material) -> Part:
    """The bundle as plain data: a collection, since nobody has attested it as a document."""
    of = patient(material)
    parts = [of]
    for told in material.sessions:
        parts += SessionParts(told, of, material).all()
    parts += answers_parts(material, of)
    held = [(told.history.header.session, told.end.hash) for told in material.sessions]
    answered = [told.one.seq for told in material.answers]
    return {
        "resourceType": "Bundle",
        "id": identity("bundle", *held, *answered),
        "type": "collection",
        "timestamp": moment(material.made),
        "entry": [entry(part) for part in parts],
    }
