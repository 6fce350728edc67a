"""Owns what people call the kinds and severities of adverse events; knows no entry."""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import _, mark
from controller.session.clinical import AdverseType, Severity

TYPES: Mapping[AdverseType, str] = {
    "cybersickness": mark("cybersickness"),
    "panic": mark("panic"),
    "faint": mark("faint"),
    "fall": mark("fall"),
    "seizure": mark("seizure"),
    "dissociation": mark("dissociation"),
    "emotional": mark("emotional"),
    "technical": mark("technical"),
    "other": mark("other"),
}
SEVERITIES: Mapping[Severity, str] = {
    "mild": mark("mild"),
    "moderate": mark("moderate"),
    "severe": mark("severe"),
}


def named(what: AdverseType, severity: Severity) -> str:
    """An adverse event in few words, as "panic, moderate"."""
    return f"{_(TYPES[what])}, {_(SEVERITIES[severity])}"
