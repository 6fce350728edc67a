"""Owns how a row of the hierarchy reads before a patient meets it; knows no widget, asks nobody."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from controller.language import _, language
from controller.session.declared import contraindications, motion
from controller.session.plans.entries import PlanRow
from controller.ui.asking_scene import reading
from controller.ui.scenario_words import hung
from scenarios.api.manifest import Manifest


def preview(row: PlanRow, scenario: Manifest | None, ceiling: int, columns: int) -> Content:
    """What the row will show: its level, settings with units, events, tasks, and warnings.

    Args:
        row: the row.
        scenario: what its scenario says of itself; None where it is not known here now.
        ceiling: the patient's, 0 to 10.
        columns: cells of a line.
    """
    lines = [*_level(row, scenario, ceiling, columns)]
    if scenario is not None:
        lines += _warnings(row, scenario, columns)
        lines += _settings(row, scenario, columns)
        lines += _played(row, scenario, columns)
    return Content("\n").join(lines)


def _heading(text: str) -> Content:
    return Content.styled(text, "bold $level")


def _level(
    row: PlanRow, scenario: Manifest | None, ceiling: int, columns: int
) -> Iterator[Content]:
    if scenario is None:
        told = _("The scenario {name} is not known here now: nothing of it can be shown.")
        yield hung("▲ ", told.format(name=row.scenario), columns, "$alert")
        return
    yield hung("", scenario.title.get(language()), columns, "bold")
    head = _("L{level}").format(level=row.level) + "  "
    yield hung(head, scenario.levels[row.level].get(language()), columns, lead_style="bold $level")
    if row.level > ceiling:
        text = _("Above the ceiling of {ceiling}: no trial begins here before it is raised.")
        yield hung("▲ ", text.format(ceiling=ceiling), columns, "$alert")


def _warnings(row: PlanRow, scenario: Manifest, columns: int) -> Iterator[Content]:
    spoken = language()
    for told in (contraindications(scenario), *(w.get(spoken) for w in scenario.warnings)):
        if told:
            yield hung("▲ ", told, columns, "$alert")
    yield hung("", motion(scenario) or _("What moves the patient's view is not declared."), columns)


def _settings(row: PlanRow, scenario: Manifest, columns: int) -> Iterator[Content]:
    """Each value as it will be: set apart by the row, or as the level has it."""
    yield Content("")
    yield _heading(_("SETTINGS"))
    for spec in scenario.graded:
        apart = row.values.get(spec.name)
        value = spec.by_level[row.level] if apart is None else apart
        name, shown = spec.label.get(language()), reading(spec, value)
        told = _("{name}: {value}").format(name=name, value=shown)
        if apart is None:
            yield hung(" · ", told, columns)
        else:
            usual = reading(spec, spec.by_level[row.level])
            more = _("{setting}, set apart; the level has {usual}")
            yield hung(" ≠ ", more.format(setting=told, usual=usual), columns, "bold")


def _played(row: PlanRow, scenario: Manifest, columns: int) -> Iterator[Content]:
    for title, names in ((_("EVENTS"), row.events), (_("TASKS FOR THE PATIENT"), row.tasks)):
        if not names:
            continue
        yield Content("")
        yield _heading(title)
        for name in names:
            spec = scenario.played(name)
            if spec is None:
                gone = _("{title} no longer has {name}.")
                told = gone.format(title=scenario.title.get(language()), name=name)
                yield hung(" ▲ ", told, columns, "$alert")
                continue
            yield hung(" · ", spec.label.get(language()), columns)
            if spec.warning is not None:
                yield hung("   ▲ ", spec.warning.get(language()), columns, "$alert")
