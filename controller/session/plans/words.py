"""Owns how a row of a hierarchy is told in words; draws nothing."""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import _, language, listed
from controller.session.plans.entries import PlanRow
from controller.session.plans.order import rises
from controller.session.plans.written import plain
from scenarios.api.manifest import Manifest

Line = tuple[str, str]
"""What it is, and what it says."""


def lines(row: PlanRow, known: Mapping[str, Manifest]) -> tuple[Line, ...]:
    """A row under its headings, without its item; what was not asked reads –."""
    scenario, spoken = known.get(row.scenario), language()
    title = row.scenario if scenario is None else scenario.title.get(spoken)
    told = [
        (_("Predicted distress"), f"{row.distress}/100"),
        (_("Scenario"), title),
        (_("Level"), str(row.level)),
    ]
    if scenario is not None:
        told.append(("", scenario.levels[row.level].get(spoken)))
    if row.values:
        told.append(
            (_("Set apart"), listed([_value(n, v, scenario) for n, v in row.values.items()]))
        )
    if row.events:
        told.append((_("Events"), listed([_played(name, scenario) for name in row.events])))
    if row.tasks:
        told.append((_("Tasks"), listed([_played(name, scenario) for name in row.tasks])))
    told.append((_("What is feared"), row.feared or "–"))
    likely = "–" if row.likelihood is None else f"{row.likelihood} %"
    told.append((_("How likely it seems"), likely))
    told.append((_("Safety behaviours to drop"), row.drops or "–"))
    return tuple(told)


def ordered(rows: tuple[PlanRow, ...], seed: int | None) -> str:
    """How the rows lie, in a few words."""
    if seed is not None:
        return _("order drawn to vary, seed {seed}").format(seed=seed)
    return _("rising order") if rises(rows) else _("order set by hand")


def _value(name: str, value: float, scenario: Manifest | None) -> str:
    spec = None if scenario is None else scenario.value(name)
    if spec is None:
        return f"{name} {plain(value)}"
    label = spec.label.get(language())
    if spec.options and value == int(value) and 0 <= value < len(spec.options):
        return f"{label}: {spec.options[int(value)].get(language())}"
    return f"{label} {plain(value)} {spec.unit}".strip()


def _played(name: str, scenario: Manifest | None) -> str:
    spec = None if scenario is None else scenario.played(name)
    return name if spec is None else spec.label.get(language())
