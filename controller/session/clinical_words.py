"""Owns what people call the kinds, severities and outcomes of adverse events; knows no entry."""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import _, mark
from controller.session.clinical import About, AdverseType, OutcomeOf, Severity

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
OUTCOMES: Mapping[OutcomeOf, str] = {
    "recovered": mark("recovered"),
    "recovering": mark("recovering"),
    "not_recovered": mark("not recovered"),
    "unknown": mark("outcome unknown"),
}

ABOUT: Mapping[About, str] = {
    "own_reaction": mark("own reaction"),
    "event": mark("something in the world"),
    "judgement": mark("what others think"),
}
CAME: Mapping[str, str] = {"yes": mark("yes"), "no": mark("no"), "unclear": mark("unclear")}
"""Whether what was feared came."""


def named(what: AdverseType, severity: Severity) -> str:
    """An adverse event in few words, as "panic, moderate"."""
    return f"{_(TYPES[what])}, {_(SEVERITIES[severity])}"
