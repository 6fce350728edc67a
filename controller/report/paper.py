"""Owns the sheet of paper for a session without electricity: one page to be filled in by hand.

It knows a scenario's declaration, and no session.
"""

from __future__ import annotations

from controller.language import _, language
from controller.purpose import PURPOSE
from controller.report.document import Block, Column, Prose, Report, Row, Section, WriteIn
from scenarios.api.manifest import Manifest

ROWS, ROWS_WITH_LEVELS = 15, 7
"""In the page; the PDF has as many as its sheet has room for."""
ROW_MM = 7.0


def sheet(scenario: Manifest | None) -> Report:
    """The sheet in the language spoken now; with a scenario its levels are on it."""
    title = _("Session sheet") if scenario is None else scenario.title.get(language())
    blocks: list[Block] = [
        WriteIn(
            "who",
            "",
            (_("Patient (pseudonym)"), _("Date"), _("Led by"), _("Place and situation")),
        ),
        Prose("stop", _("Stop"), _stop(), boxed=True),
        WriteIn("contact", "", (_("Emergency number"), _("Clinic, telephone"))),
        Prose("scale", _("Distress, SUDS 0 to 100"), _scale()),
    ]
    if scenario is not None:
        blocks.append(_levels(scenario))
    blocks += [
        _log(ROWS if scenario is None else ROWS_WITH_LEVELS),
        WriteIn("end", "", (_("Ended at"), _("How the patient is now"))),
    ]
    version = "" if scenario is None else f"{scenario.id} {scenario.version}"
    return Report(
        language=language(),
        kind=_("Sheet for a session without electricity"),
        date=version,
        title=title,
        sub=(),
        happened="",
        figures=(),
        figure_notes=(),
        warnings=(),
        blocks=tuple(blocks),
        facts_title="",
        facts=(),
        unreviewed="",
        purpose=_(PURPOSE),
        who="",
        below=_("Filled in by hand; not part of the record until it is entered there."),
        written=WRITTEN,
        dense=True,
    )


WRITTEN = "2000-01-01T00:00:00+00:00"
"""An empty sheet has no day of its own; two of them are equal to the byte."""


def _stop() -> tuple[str, ...]:
    return (
        _(
            "At once, and without asking why: when the patient says stop or gives the sign agreed "
            "on; at faintness, chest pain, trouble breathing, loss of balance, confusion or a "
            "seizure; when the place is not safe; when in doubt."
        ),
        _("The sign agreed on:") + " " + "_" * 46,
    )


def _scale() -> tuple[str, ...]:
    return (
        _("0 none · 25 mild · 50 moderate · 75 severe · 100 the strongest imaginable."),
        _(
            "Ask before, at each change of level, every 2 minutes, and afterwards. No answer: "
            "write a dash, never the number before. One level up at a time, and only by your "
            "decision."
        ),
    )


def _levels(scenario: Manifest) -> Section:
    columns = (Column(_("Level")), Column(_("What the patient meets")))
    rows = tuple(
        Row((str(level), words.get(language()))) for level, words in enumerate(scenario.levels)
    )
    return Section("levels", _("Levels"), columns, rows, close=True)


def _log(rows: int) -> Section:
    columns = (
        Column(_("Clock"), share=0.12),
        Column(_("Level 0–10"), share=0.13),
        Column(_("SUDS 0–100"), share=0.13),
        Column(_("Notes"), share=0.62),
    )
    empty = Row(("", "", "", ""))
    return Section("log", _("Course"), columns, (empty,) * rows, ruled_mm=ROW_MM)
