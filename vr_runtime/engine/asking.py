"""Owns whether a level or a value may be asked for as things stand; knows neither phase nor scene.

`no_raise` is why nothing may get harder now, or None where it may.
"""

from __future__ import annotations

from scenarios.api.manifest import GradedSpec, Manifest
from vr_runtime.engine.levels import Ramp
from vr_runtime.wire import acts
from vr_runtime.wire.refusals import Code

_STEP_SLACK = 1e-6


def why_not_level(
    act: acts.Raise | acts.Lower, ramp: Ramp, ceiling: int, no_raise: Code | None
) -> Code | None:
    """Why the level may not become this one."""
    if isinstance(act, acts.Lower):
        return None if act.level < ramp.asked or act.level < ramp.reached else Code.NOT_LOWER
    if no_raise is not None:
        return no_raise
    if act.level <= ramp.asked:
        return Code.NOT_HIGHER
    if act.level > ramp.asked + 1:
        return Code.MORE_THAN_ONE_STEP
    return Code.ABOVE_CEILING if act.level > ceiling else None


def why_not_value(
    act: acts.SetValue | acts.FollowLevel,
    manifest: Manifest,
    ramp: Ramp,
    ceiling: int,
    no_raise: Code | None,
) -> Code | None:
    """Why the value may not become this one, or follow the level."""
    spec = manifest.value(act.name)
    if spec is None:
        return Code.UNKNOWN_NAME
    value = spec.by_level[ramp.asked] if isinstance(act, acts.FollowLevel) else act.value
    if not spec.low <= value <= spec.high or (spec.kind == "choice" and value != int(value)):
        return Code.OUT_OF_RANGE
    target, applied = ramp.target(act.name), ramp.values[act.name]
    easier = applied if spec.is_harder(target, applied) else target
    if not spec.is_harder(value, easier):
        return None
    return no_raise or _why_not_harder(spec, easier, value, ceiling)


def _why_not_harder(spec: GradedSpec, easier: float, value: float, ceiling: int) -> Code | None:
    if abs(value - easier) > spec.step + _STEP_SLACK:
        return Code.MORE_THAN_ONE_STEP
    return Code.ABOVE_CEILING if spec.is_harder(value, spec.by_level[ceiling]) else None
