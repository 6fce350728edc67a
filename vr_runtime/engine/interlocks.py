"""Owns what a scenario's interlocks exclude as things stand; knows neither phase nor stage.

A value counts as being everywhere between where it is and where it is going: an act is refused for
what it would lead through, not only for where it would end. What makes an event end or a level sink
is never refused; an event that no longer fits is ended instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scenarios.api.manifest import InterlockSpec, Manifest
from vr_runtime.engine.levels import Ramp
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act

Span = tuple[float, float]
"""Where a value is, and where it is going."""


def why_not(
    act: Act, manifest: Manifest, ramp: Ramp, running: Callable[[str], bool]
) -> InterlockSpec | None:
    """The interlock that this act would break, or None.

    Args:
        act: what is asked for; only events, tasks, raises and values set or let go can break one.
        manifest: what the scenario declares.
        ramp: its values as they are and as they are going.
        running: whether the event or task of this name plays now.
    """
    if isinstance(act, acts.Trigger | acts.GiveTask):
        return barred(act.name, manifest, ramp)
    moved = dict(_moved(act, manifest, ramp))
    harder = any(
        spec.is_harder(moved[spec.name], ramp.values[spec.name])
        for spec in manifest.graded
        if spec.name in moved
    )
    for each in manifest.interlocks:
        if each.event is not None:
            if not harder or not running(each.event) or each.other.value not in moved:
                continue
        elif each.when is not None:
            if each.when.value not in moved and each.other.value not in moved:
                continue
            if not any(each.when.holds(v) for v in _span(each.when.value, moved, ramp)):
                continue
        if not all(each.allows(v) for v in _span(each.other.value, moved, ramp)):
            return each
    return None


def barred(event: str, manifest: Manifest, ramp: Ramp) -> InterlockSpec | None:
    """The interlock that keeps this event or task from beginning now, or None."""
    for each in manifest.interlocks:
        if each.event == event:
            if not all(each.allows(v) for v in _span(each.other.value, {}, ramp)):
                return each
    return None


def unfit(manifest: Manifest, ramp: Ramp, running: Callable[[str], bool]) -> Iterator[str]:
    """Events and tasks that play although the values, as they are applied, exclude them."""
    names = dict.fromkeys(
        each.event
        for each in manifest.interlocks
        if each.event is not None and not each.allows(ramp.values[each.other.value])
    )
    return (name for name in names if running(name))


def _moved(act: Act, manifest: Manifest, ramp: Ramp) -> Iterator[tuple[str, float]]:
    """Each value that the act would send elsewhere, and where to."""
    if isinstance(act, acts.SetValue):
        yield act.name, act.value
    for spec in manifest.graded:
        if isinstance(act, acts.FollowLevel) and spec.name == act.name:
            yield spec.name, spec.by_level[ramp.asked]
        elif isinstance(act, acts.Raise):
            apart = ramp.apart.get(spec.name)
            if apart is None or apart.joining:
                yield spec.name, spec.by_level[act.level]


def _span(name: str, moved: dict[str, float], ramp: Ramp) -> Span:
    return ramp.values[name], moved.get(name, ramp.target(name))
