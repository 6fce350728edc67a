"""Owns whether a row of a hierarchy, or a step of a BAT, can be led: judged on data alone.

It knows neither files nor lines; who asks places what is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scenarios.api.ladders import BatStepSpec, RowSpec, Setting
from scenarios.api.manifest import Manifest
from vr_runtime.examination.diagnostics import nearest
from vr_runtime.examination.interlocks import both, in_words
from vr_runtime.language import _

NAMED, REFUSED, ORDER = "PS192", "PS193", "PS194"
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Misfit:
    """What of a setting does not fit the scenario."""

    path: Path
    """Which of its fields, as they are called in data."""
    code: str
    told: str
    hint: str = ""


def applied(setting: Setting, manifest: Manifest) -> dict[str, float]:
    """Every value as it is under this setting."""
    followed = {spec.name: spec.by_level[setting.level] for spec in manifest.graded}
    return {**followed, **setting.values}


def misfits(setting: Setting, manifest: Manifest) -> Iterator[Misfit]:
    """PS192 for what is not there or outside its limits, PS193 for what would be refused."""
    wrong = [*_values(setting, manifest), *_names(setting, manifest)]
    yield from wrong
    if wrong:
        return
    values = applied(setting, manifest)
    for each in manifest.interlocks:
        if each.when is None or not each.when.holds(values[each.when.value]):
            continue
        if not each.allows(values[each.other.value]):
            told = _("The scenario refuses this: {what}.").format(what=both(each, manifest))
            yield Misfit(_blamed(setting, each.when.value, each.other.value), REFUSED, told)
            return
    if not _reachable(setting, manifest):
        told = _("In no order can these values be set without breaking an interlock on the way.")
        hint = _("begin from another level, or set fewer values apart")
        yield Misfit(("values",), REFUSED, told, hint)
    for path, name in _played(setting):
        yield from _may_begin(path, name, setting, values, manifest)


def _blamed(setting: Setting, *names: str) -> Path:
    apart = [name for name in names if name in setting.values]
    return ("values", apart[0]) if apart else ("level",)


def _values(setting: Setting, manifest: Manifest) -> Iterator[Misfit]:
    for name, value in setting.values.items():
        spec = manifest.value(name)
        if spec is None:
            told = _("There is no value `{name}` in this scenario.").format(name=name)
            yield Misfit(("values", name), NAMED, told, nearest(name, _declared(manifest)))
        elif not spec.low <= value <= spec.high:
            told = _("`{name}` cannot be {value:g}: it is {low:g} to {high:g}.")
            told = told.format(name=name, value=value, low=spec.low, high=spec.high)
            yield Misfit(("values", name), NAMED, told)
        elif spec.kind == "choice" and value != int(value):
            told = _("A choice is given by the number of its option, counted from 0.")
            yield Misfit(("values", name), NAMED, told)


def _declared(manifest: Manifest) -> list[str]:
    return [spec.name for spec in manifest.graded]


def _played(setting: Setting) -> Iterator[tuple[Path, str]]:
    if isinstance(setting, BatStepSpec) and setting.task is not None:
        yield ("task",), setting.task
    if isinstance(setting, RowSpec):
        yield from ((("events", n), name) for n, name in enumerate(setting.events))
        yield from ((("tasks", n), name) for n, name in enumerate(setting.tasks))


def _names(setting: Setting, manifest: Manifest) -> Iterator[Misfit]:
    for path, name in _played(setting):
        if path[0] == "events":
            known = [event.name for event in manifest.events]
            told = _("There is no event `{name}` in this scenario.")
        else:
            known = [task.name for task in manifest.tasks]
            told = _("There is no task `{name}` in this scenario.")
        if name not in known:
            yield Misfit(path, NAMED, told.format(name=name), nearest(name, known))


def _may_begin(
    path: Path, name: str, setting: Setting, values: Mapping[str, float], manifest: Manifest
) -> Iterator[Misfit]:
    spec = manifest.played(name)
    assert spec is not None, "names were judged before"
    if setting.level < spec.min_level:
        told = _("`{name}` may not begin below level {level}.")
        hint = _("leave it out here, or begin from a higher level")
        yield Misfit(path, REFUSED, told.format(name=name, level=spec.min_level), hint)
    for each in manifest.interlocks:
        if each.event == name and not each.allows(values[each.other.value]):
            told = (
                _("`{name}` may begin only with {bound}.")
                if each.rule == "requires"
                else _("`{name}` may not begin with {bound}.")
            )
            told = told.format(name=name, bound=in_words(each.other, manifest))
            yield Misfit(path, REFUSED, told)


def _reachable(setting: Setting, manifest: Manifest) -> bool:
    """Whether the values can be set one after the other, from those of the level, in any order."""
    now = {spec.name: spec.by_level[setting.level] for spec in manifest.graded}
    left = dict(setting.values)
    while left:
        free = next((n for n, to in left.items() if _may_move(n, to, now, manifest)), None)
        if free is None:
            return False
        now[free] = left.pop(free)
    return True


def _may_move(name: str, to: float, now: Mapping[str, float], manifest: Manifest) -> bool:
    """Whether a value may go there: it counts as being everywhere on its way."""
    for each in manifest.interlocks:
        if each.when is None or name not in (each.when.value, each.other.value):
            continue
        when = {now[each.when.value], to if each.when.value == name else now[each.when.value]}
        other = {now[each.other.value], to if each.other.value == name else now[each.other.value]}
        if any(map(each.when.holds, when)) and not all(map(each.allows, other)):
            return False
    return True
