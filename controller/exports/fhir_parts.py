"""Owns the small pieces that FHIR resources are put together from, as plain data; knows no session.

Ids are made from names by UUID version 5 (RFC 9562), so that the same thing has the same id in
every export. Codes of our own stand in systems that begin with `urn:palier:`; where HL7 has a code
that says the same, that one is used.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from controller.exports.columns import Cell
from controller.exports.separated import plain

Part = dict[str, Any]
OURS = "urn:palier:"
HL7 = "http://terminology.hl7.org/CodeSystem/"
UCUM = "http://unitsofmeasure.org"
_NAMESPACE = uuid.UUID("6f1b0c0e-3a5b-5f0a-9f7e-2d0c5f6f7a11")
_UNITS: Mapping[str, str] = {
    "SUDS": "{SUDS}",
    "SUDS min": "{SUDS}.min",
    "s": "s",
    "1": "1",
    "level": "{level}",
}
"""Our units as UCUM writes them; what stands in braces has no dimension."""


def identity(*names: object) -> str:
    """The id of what has these names: always the same, and another for other names."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(str(name) for name in names)))


def reference(resource: Part) -> Part:
    """What points to a resource of the same bundle."""
    return {"reference": f"urn:uuid:{resource['id']}"}


def entry(resource: Part) -> Part:
    """A resource as a bundle holds it."""
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}


def coded(system: str, code: str, display: str = "") -> Part:
    """A coding."""
    return {"system": system, "code": code, **({"display": display} if display else {})}


def concept(system: str, code: str, text: str) -> Part:
    """A concept with one coding and words for people."""
    return {"coding": [coded(system, code)], "text": text}


def absent(text: str) -> Part:
    """Why there is no value. The record has words for it and no code, so the code is `unknown`."""
    return {"coding": [coded(f"{HL7}data-absent-reason", "unknown")], "text": text}


def extension(name: str, **value: object) -> Part:
    """A statement of ours that FHIR has no place for: `valueX`, or `extension` with several."""
    return {"url": f"{OURS}{name}", **value}


def value_of(value: Cell, units: str) -> Part:
    """A value in the one of FHIR's kinds that fits."""
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int) and not units:
        return {"valueInteger": value}
    if isinstance(value, int | float):
        quantity = {"value": Decimal(plain(value)), "unit": units, "system": UCUM}
        return {"valueQuantity": quantity | {"code": _UNITS[units]}}
    return {"valueString": value}


def moment(wall: str, later_s: float = 0.0) -> str:
    """A wall time of the record (UTC, ISO 8601), some seconds later, to the millisecond."""
    then = datetime.fromisoformat(wall) + timedelta(seconds=later_s)
    return then.isoformat(timespec="milliseconds")
