"""Owns how a report becomes one self-contained page; knows neither history nor figures.

The page asks nothing of the network and runs no script.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from controller.report.document import Figure, Prose, Report, Section, WriteIn
from controller.report.looks import stylesheet
from controller.report.svg import svg

_FOLDER = Path(__file__).parent
_TEMPLATE = "report.html.j2"
_KINDS = {Section: "table", Figure: "figure", Prose: "prose", WriteIn: "write_in"}


def html(report: Report) -> str:
    """The report as HTML."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(_TEMPLATE).render(
        report=report,
        blocks=[(_KINDS[type(block)], block) for block in report.blocks],
        svg=svg,
        chart_style=stylesheet(),
        running=css_text(" · ".join([report.kind, *(report.badge or ())[:1]])),
        running_who=css_text(report.who),
        running_below=css_text("\n".join(report.foot)),
    )


def css_text(text: str) -> str:
    """A text as a CSS string in quotes: everything but letters, digits and spaces is escaped."""
    safe = (c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(safe)}"'
