"""Owns how a row that was typed by hand becomes one; it knows no screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from controller import typed
from controller.language import _, language
from controller.session.plans.entries import (
    LONGEST_ITEM,
    MOST_APART,
    MOST_EVENTS,
    PlanRow,
)
from controller.session.plans.rules import NotAPlan, no_value, require_known
from scenarios.api.manifest import GradedSpec, Manifest

_SETTING = re.compile(r"\s*([^=]*[^=\s])\s*=\s*(-?[0-9]{1,40}(?:[.,][0-9]{1,40})?)\s*")
"""What a setting is called, and a figure that is finite."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""A name as scenarios have them."""
_PARTING = frozenset("=,;")
"""Signs that stand between settings: a label that holds one cannot be typed."""
LINES = ("item", "feared", "drops")
"""Fields of free words."""


def row_of(
    lines: Mapping[str, str],
    scenario: str | None,
    events: Sequence[str],
    known: Mapping[str, Manifest],
    before: PlanRow | None = None,
) -> PlanRow:
    """The row that these fields make.

    Args:
        lines: what was typed: `item`, `distress`, `level`, `values`, `feared`, `likelihood` and
            `drops`, each by its name.
        scenario: id of the scenario that was chosen.
        events: names of the events that were chosen.
        known: the scenarios that can be shown now, by id.
        before: the row that is changed; its tasks stay while its scenario does.

    Raises:
        NotAPlan: a field is missing or wrong; its name is told.
    """
    said = {name: typed.line(lines.get(name, "")) for name in LINES}
    if not said["item"]:
        raise NotAPlan(_("Write what the patient meets, in one sentence."), "item")
    for name, words in said.items():
        if len(words) > LONGEST_ITEM:
            text = _("Use at most {most} characters here.")
            raise NotAPlan(text.format(most=LONGEST_ITEM), name)
    distress = _whole(lines.get("distress", ""), 100)
    if distress is None:
        raise NotAPlan(_("The predicted distress is a whole number from 0 to 100."), "distress")
    if not scenario:
        raise NotAPlan(_("Choose a scenario."), "scenario")
    level = _whole(lines.get("level", ""), 10)
    if level is None:
        raise NotAPlan(_("The level is a whole number from 0 to 10."), "level")
    if len(events) > MOST_EVENTS:
        text = _("A row has at most {most} events.")
        raise NotAPlan(text.format(most=MOST_EVENTS), "events")
    likely = lines.get("likelihood", "").strip().removesuffix("%").strip()
    likelihood = _whole(likely, 100)
    if likely and likelihood is None:
        text = _("How likely it seems is a whole number from 0 to 100, or empty.")
        raise NotAPlan(text, "likelihood")
    stays = before is not None and before.scenario == scenario
    row = PlanRow(
        item=said["item"],
        distress=distress,
        scenario=scenario,
        level=level,
        values=_settings(lines.get("values", ""), known.get(scenario), said["item"]),
        events=tuple(events),
        tasks=before.tasks if before is not None and stays else (),
        feared=said["feared"],
        likelihood=likelihood,
        drops=said["drops"],
    )
    if row != before:
        require_known(row, known)
    return row


def settings_of(row: PlanRow, known: Mapping[str, Manifest]) -> str:
    """A row's settings as they are typed."""
    return settings_text(row.values, known.get(row.scenario))


def settings_text(values: Mapping[str, float], scenario: Manifest | None) -> str:
    """Settings as they are typed: `height=12, wind=3`, by their labels in the language spoken."""
    specs = {} if scenario is None else {spec.name: spec for spec in scenario.graded}
    found = []
    for name, value in values.items():
        called = called_in(scenario, specs[name]) if scenario and name in specs else name
        found.append(f"{called}={plain(value)}")
    return ", ".join(found)


def called_in(scenario: Manifest, spec: GradedSpec) -> str:
    """By what a setting of a scenario is typed: its label, or its name where that would not do."""
    label = spec.label.get(language())
    fits = not _PARTING & set(label) and _meant(label, scenario) is spec
    return label if fits else spec.name


def _meant(typed_name: str, scenario: Manifest) -> GradedSpec | None:
    """The one setting that is called so, by its name or in either language; else None."""
    named = scenario.value(typed_name)
    if named is not None:
        return named
    wanted = typed.alike(typed_name)
    found = [
        spec
        for spec in scenario.graded
        if wanted in map(typed.alike, (spec.name, spec.label.fr, spec.label.en))
    ]
    return found[0] if len(found) == 1 else None


def plain(value: float) -> str:
    """A figure in plain decimals, which read as exactly this figure again."""
    return format(Decimal(repr(value)), "f").removesuffix(".0")


def _whole(text: str, most: int) -> int | None:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        return None
    return int(text) if int(text) <= most else None


def _settings(text: str, scenario: Manifest | None, item: str) -> dict[str, float]:
    """`height=12, wind=3`; a comma within a figure has no space after it."""
    found: dict[str, float] = {}
    for part in re.split(r",(?!\d)|;|,(?=\s)", text):
        if not part.strip():
            continue
        one = _SETTING.fullmatch(part)
        if one is None:
            wrong = _("Write settings as height=12, wind=3; leave it empty for none.")
            raise NotAPlan(wrong, "values")
        found[_name(one[1], scenario, item)] = float(one[2].replace(",", "."))
    if len(found) > MOST_APART:
        text = _("A row has at most {most} settings of its own.")
        raise NotAPlan(text.format(most=MOST_APART), "values")
    return found


def _name(typed_name: str, scenario: Manifest | None, item: str) -> str:
    """The name of what is called so; one that is gone stays, where the row is not changed."""
    spec = None if scenario is None else _meant(typed_name, scenario)
    if spec is not None:
        return spec.name
    if _NAME.fullmatch(typed_name):
        return typed_name
    if scenario is not None:
        raise no_value(item, scenario, typed_name)
    raise NotAPlan(_("Write settings as height=12, wind=3; leave it empty for none."), "values")
