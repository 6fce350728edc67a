"""Owns taking a scenario's ready hierarchies over into a patient's own; changes none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from controller.language import Language, mark
from controller.session.plans.entries import PlanRow
from scenarios.api.ladders import HierarchySpec, Kind
from scenarios.api.manifest import Manifest

KINDS: Mapping[Kind, str] = {
    "cautious": mark("many small rows"),
    "direct": mark("few rows, which begin higher"),
    "child": mark("in words for a child"),
}


@dataclass(frozen=True)
class Ready:
    """One ready hierarchy of one scenario."""

    scenario: Manifest
    spec: HierarchySpec

    def rows(self, language: Language) -> tuple[PlanRow, ...]:
        """Its rows in one language.

        The distress is what the author expects, until the patient says their own; the feared
        outcome is to be put into the patient's words, and its likelihood was not asked.
        """
        return tuple(
            PlanRow(
                item=row.item.get(language),
                distress=row.distress,
                scenario=self.scenario.id,
                level=row.level,
                values=dict(row.values),
                events=row.events,
                tasks=row.tasks,
                feared=row.feared.get(language),
            )
            for row in self.spec.rows
        )


def ready(manifests: Sequence[Manifest]) -> tuple[Ready, ...]:
    """All ready hierarchies of these scenarios, in their order."""
    return tuple(Ready(one, spec) for one in manifests for spec in one.hierarchies)
