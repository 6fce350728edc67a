"""Owns how the hierarchies and the BAT script of a scenario read on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.api.ladders import HierarchySpec, Kind, Setting
from scenarios.api.manifest import Manifest
from vr_runtime.language import _, language, mark

KINDS: dict[Kind, str] = {
    "cautious": mark("cautious"),
    "direct": mark("direct"),
    "child": mark("for a child"),
}
NO_NORM = mark(
    "What the author expects, to put in order: no clinical norm, not reviewed by a clinician."
)


def levels(manifest: Manifest) -> Iterator[str]:
    """A line for each level, with the distress that is expected where that is declared."""
    expected = manifest.expected_distress
    for number, sentence in enumerate(manifest.levels):
        told = f"  ({expected[number]})" if expected else ""
        yield f"  {number:>2}  {sentence.get(language())}{told}"
    if expected:
        yield "      " + _("In brackets the distress that is expected, 0 to 100.")
        yield "      " + _(NO_NORM)


def ladders(manifest: Manifest) -> Iterator[str]:
    """The hierarchies, row by row, then the BAT script, step by step."""
    for hierarchy in manifest.hierarchies:
        yield from _hierarchy(hierarchy, manifest)
    if manifest.bat is None:
        return
    spoken = language()
    yield ""
    yield _("Behavioural approach test (BAT)")
    yield "  " + manifest.bat.instruction.get(spoken)
    for number, step in enumerate(manifest.bat.steps, 1):
        yield f"  {number:>2}  {step.item.get(spoken)}"
        done = _("{setting}; done after {seconds} s").format(
            setting=_setting(step, manifest), seconds=step.seconds
        )
        task = None if step.task is None else manifest.task(step.task)
        if task is not None:
            done += _(", with the task: {task}").format(task=task.label.get(spoken))
        yield "      " + done
    value = None if manifest.bat.measure is None else manifest.value(manifest.bat.measure)
    scored = _("Scored: the number of steps done")
    if value is not None:
        scored += _(", and {value} at the last of them").format(value=value.label.get(spoken))
    yield f"  {scored}."


def _hierarchy(hierarchy: HierarchySpec, manifest: Manifest) -> Iterator[str]:
    spoken = language()
    yield ""
    told = _("Hierarchy, {kind}: {title}")
    yield told.format(kind=_(KINDS[hierarchy.kind]), title=hierarchy.title.get(spoken))
    yield "  " + _(NO_NORM)
    for row in hierarchy.rows:
        yield f"  {row.distress:>3}  {row.item.get(spoken)}"
        played = [manifest.played(name) for name in (*row.events, *row.tasks)]
        labels = [each.label.get(spoken) for each in played if each is not None]
        yield "       " + " · ".join([_setting(row, manifest), *labels])
        yield "       " + _("Feared: {feared}").format(feared=row.feared.get(spoken))


def _setting(setting: Setting, manifest: Manifest) -> str:
    parts = [_("level {level}").format(level=setting.level)]
    for name, value in setting.values.items():
        spec = manifest.value(name)
        if spec is None:
            continue
        shown = f"{value:.{spec.decimals}f} {spec.unit}".strip()
        if spec.kind == "choice":
            shown = spec.options[int(value)].get(language())
        parts.append(f"{spec.label.get(language())} {shown}")
    return ", ".join(parts)
