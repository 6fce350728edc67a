"""Owns the sheet on which a recovery key is printed; knows no record and makes no key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from controller.language import _, language
from controller.purpose import PURPOSE

_FOLDER = Path(__file__).parent
_TEMPLATE = "recovery_sheet.html.j2"
_IN_ROW = 4


def rows(groups: Sequence[str]) -> list[list[str]]:
    """The groups as they are printed, each with its number, so that one is easily found."""
    numbered = [f"{number:>2} {group}" for number, group in enumerate(groups, start=1)]
    return [numbered[n : n + _IN_ROW] for n in range(0, len(numbered), _IN_ROW)]


def page(groups: Sequence[str], record: str) -> str:
    """One A4 page in HTML with the key, in the language spoken now.

    Args:
        groups: the signs of the key.
        record: name of the record's file, so that the sheet can be told from others.
    """
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(_TEMPLATE).render(
        language=language(),
        title=_("Recovery key"),
        record=record,
        groups=[(number, group) for number, group in enumerate(groups, start=1)],
        what_for=[
            _(
                "Whoever has this sheet and a copy of the record can read everything in it. Once "
                "this machine and its keys are lost, nobody can bring the record back without it."
            ),
            _(
                "The key on it is kept nowhere: not in Palier, not with its makers, not on this "
                "machine. It cannot be shown again."
            ),
        ],
        keep=[
            _("Print it, check that every sign can be read, and delete the file it came from."),
            _("Keep it as you keep patients' files: locked, and not beside the machine."),
            _("A new sheet replaces this one. Destroy this one then."),
        ],
        used=[
            _("Keys lost, record still there: {command}").format(
                command="palier db recovery --use"
            ),
            _("Another machine, from a backup: {command}").format(
                command="palier db restore FILE"
            ),
        ],
        headings={
            "keep": _("How to keep it"),
            "used": _("How to use it"),
            "type": _("Capitals or not, with gaps or without: all is understood. There is no zero, "
                      "no one, and no I, L or O. The last sign of each group checks the others."),
            "record": _("Record"),
            "clinic": _("Clinic, room"),
            "by": _("Printed by, on"),
            "where": _("Kept where"),
        },
        purpose=_(PURPOSE),
    )  # fmt: skip
