"""Owns the sheet of paper for a session without electricity: one page to be filled in by hand.

It knows a scenario's declaration and the clinic's protocol, and no session.
"""

from __future__ import annotations

from controller.language import _, language
from controller.protocol.chapters import review
from controller.protocol.model import Protocol
from controller.protocol.reading import Written, shipped
from controller.purpose import PURPOSE
from controller.report.document import Block, Column, Prose, Report, Row, Section, WriteIn
from controller.report.wording import length
from scenarios.api.manifest import Manifest

ROWS, ROWS_WITH_LEVELS = 15, 7
"""In the page; the PDF has as many as its sheet has room for."""
ROW_MM = 7.0


def sheet(scenario: Manifest | None, written: Written | None = None) -> Report:
    """The sheet in the language spoken now; with a scenario its levels are on it.

    When to ask and when to stop are those of the protocol; None is the one that ships.
    """
    protocol = (shipped() if written is None else written).protocol
    title = _("Session sheet") if scenario is None else scenario.title.get(language())
    blocks: list[Block] = [
        WriteIn(
            "who",
            "",
            (_("Patient (pseudonym)"), _("Date"), _("Led by"), _("Place and situation")),
        ),
        Prose("stop", _("Stop"), _stop(protocol), boxed=True),
        WriteIn("contact", "", (_("Emergency number"), _("Clinic, telephone"))),
        Prose("scale", _("Distress, SUDS 0 to 100"), _scale(protocol)),
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
        below=_("Filled in by hand; not part of the record until it is entered there.")
        + " "
        + _("By the protocol {name} {version} ({review}).").format(
            name=protocol.id, version=protocol.version, review=review(protocol.reviewed)
        ),
        written=WRITTEN,
        dense=True,
    )


WRITTEN = "2000-01-01T00:00:00+00:00"
"""An empty sheet has no day of its own; two of them are equal to the byte."""


def _stop(protocol: Protocol) -> tuple[str, ...]:
    signs = " ".join(sign.of(language()) for sign in protocol.stop.signs)
    return (
        _("At once, without asking why, and at the sign agreed on. {signs}").format(signs=signs),
        _("The sign agreed on:") + " " + "_" * 46,
    )


def _when(protocol: Protocol) -> str:
    """When the protocol has distress asked for."""
    match protocol.prompts.mode:
        case "interval":
            every = length(float(protocol.prompts.every_s))
            return _("Ask before, at each change of level, every {time}, and afterwards.").format(
                time=every
            )
        case "step_change":
            return _("Ask before, at each change of level, and afterwards.")
        case "before_peak_after":
            return _("Ask before the first time in, after each time for its peak, and how it is.")
    return _("No times are set for asking.")


def _scale(protocol: Protocol) -> tuple[str, ...]:
    return (
        _("0 none · 25 mild · 50 moderate · 75 severe · 100 the strongest imaginable."),
        _when(protocol)
        + " "
        + _(
            "No answer: write a dash, never the number before. One level up at a time, and only by "
            "your decision."
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
