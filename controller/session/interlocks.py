"""Owns what the console says of a scenario's interlocks; it enforces none."""

from __future__ import annotations

from typing import Protocol

from controller.language import _, language
from controller.session.sentences import refusal
from scenarios.api.manifest import BoundSpec, GradedSpec, InterlockSpec, Manifest
from vr_runtime.wire.messages import Refused


class Shows(Protocol):
    """A session under way, for what its scenario declares."""

    manifest: Manifest


def why_refused(answer: Refused, session: Shows | None) -> str:
    """Why the runtime refused something, with the interlock where it was for one."""
    if answer.interlock is None or session is None:
        return refusal(answer.code)
    return excluded(answer.interlock, session.manifest)


def excluded(interlock: InterlockSpec, manifest: Manifest) -> str:
    """Which interlock stands against what was asked for, in one sentence."""
    text = (
        _("{what} only with {bound}; set that first.")
        if interlock.rule == "requires"
        else _("{what} not with {bound}; change that first.")
    )
    return text.format(what=_what(interlock, manifest), bound=_bound(interlock.other, manifest))


def _what(interlock: InterlockSpec, manifest: Manifest) -> str:
    if interlock.when is not None:
        return _bound(interlock.when, manifest)
    played = manifest.played(interlock.event or "")
    return "" if played is None else _("“{name}”").format(name=played.label.get(language()))


def _bound(bound: BoundSpec, manifest: Manifest) -> str:
    spec = manifest.value(bound.value)
    if spec is None:
        return bound.value
    last = len(spec.options) - 1 if bound.side == "at_least" else 0
    if spec.kind == "choice" and bound.limit == last:
        text = _("“{name}” at {value}")
    elif bound.side == "at_least":
        text = _("“{name}” at {value} or more")
    else:
        text = _("“{name}” at {value} or less")
    return text.format(name=spec.label.get(language()), value=_reading(spec, bound.limit))


def _reading(spec: GradedSpec, limit: float) -> str:
    if spec.kind == "choice" and 0 <= limit < len(spec.options):
        return spec.options[int(limit)].get(language())
    text = f"{limit:g}"
    return f"{text.replace('.', ',') if language() == 'fr' else text} {spec.unit}".strip()
