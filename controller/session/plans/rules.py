"""Owns what a row of a hierarchy has to fit: its scenario, its events, its settings, the ceiling.

It knows neither screen nor record. A level above the ceiling may be planned, and is told: nothing
begins there before the ceiling itself is raised.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from controller.language import _, language, listed
from controller.session.plans.entries import MOST_ROWS, PlanRow
from scenarios.api.manifest import EventSpec, Manifest, TaskSpec


class NotAPlan(ValueError):
    """It cannot be a hierarchy, or a row of one; the text says what to do.

    `field` is the name of the field that is wrong, where there is one.
    """

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


def by_id(manifests: Sequence[Manifest]) -> Mapping[str, Manifest]:
    """Scenarios by their ids."""
    return {one.id: one for one in manifests}


def require_fit(
    rows: Sequence[PlanRow], known: Mapping[str, Manifest], held: Collection[PlanRow] = ()
) -> None:
    """Raise `NotAPlan` where the rows cannot be kept as a hierarchy.

    Args:
        rows: in their order.
        known: the scenarios that can be shown now, by id.
        held: rows of the hierarchy that holds; they were judged when they were written, and stay
            although their scenario may not be known now.
    """
    if not rows:
        raise NotAPlan(_("A hierarchy has at least one row: A writes one, T takes ready ones."))
    if len(rows) > MOST_ROWS:
        text = _("A hierarchy has at most {most} rows; these are {count}: delete some first.")
        raise NotAPlan(text.format(most=MOST_ROWS, count=len(rows)))
    for row in rows:
        if row not in held:
            require_known(row, known)


def require_known(row: PlanRow, known: Mapping[str, Manifest]) -> None:
    """Raise `NotAPlan` where a row names what its scenario does not have."""
    scenario = known.get(row.scenario)
    if scenario is None:
        text = _("“{item}”: the scenario {name} is not known here; choose another in this row.")
        raise NotAPlan(text.format(item=row.item, name=row.scenario), "scenario")
    title = scenario.title.get(language())
    for name in row.events:
        event = scenario.event(name)
        if event is not None:
            _require_reached(row, event)
        else:
            text = _("“{item}”: {title} has no event {name}; leave it out of this row.")
            raise NotAPlan(text.format(item=row.item, title=title, name=name), "events")
    for name in row.tasks:
        task = scenario.task(name)
        if task is not None:
            _require_reached(row, task)
        else:
            text = _("“{item}”: {title} has no task {name}; write this row anew.")
            raise NotAPlan(text.format(item=row.item, title=title, name=name))
    for name, value in row.values.items():
        spec = scenario.value(name)
        if spec is None:
            raise no_value(row.item, scenario, name)
        if not spec.low <= value <= spec.high:
            text = _("“{item}”: {name} goes from {low:g} to {high:g}.")
            label = spec.label.get(language())
            told = text.format(item=row.item, name=label, low=spec.low, high=spec.high)
            raise NotAPlan(told, "values")


def no_value(item: str, scenario: Manifest, name: str) -> NotAPlan:
    """What is said of a setting that a row names and its scenario does not have."""
    text = _("“{item}”: {title} has no value {name}; it has: {names}.")
    spoken = language()
    names = listed(one.label.get(spoken) for one in scenario.graded)
    title = scenario.title.get(spoken)
    return NotAPlan(text.format(item=item, title=title, name=name, names=names), "values")


def _require_reached(row: PlanRow, spec: EventSpec | TaskSpec) -> None:
    """What is played comes from its own level on: below it the engine would refuse it."""
    if row.level < spec.min_level:
        text = _("“{item}”: {what} comes from level {level} on; set that level, or leave it out.")
        what = spec.label.get(language())
        raise NotAPlan(text.format(item=row.item, what=what, level=spec.min_level), "level")


def above(rows: Sequence[PlanRow], ceiling: int) -> str:
    """What is to be known of rows above the patient's ceiling, in a sentence; else empty."""
    count = sum(row.level > ceiling for row in rows)
    if not count:
        return ""
    text = _("Above the ceiling ({ceiling}): {count}, not allowed yet.")
    return text.format(ceiling=ceiling, count=count)
