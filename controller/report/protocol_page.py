"""Owns a clinic's protocol as one self-contained page to print; knows neither database nor screen.

The page asks nothing of the network and runs no script, and holds nothing of any patient.
"""

from __future__ import annotations

import re
from contextvars import copy_context
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from controller.language import Language, _, language, use
from controller.protocol.chapters import chapters, review
from controller.protocol.reading import Written
from controller.purpose import PURPOSE
from controller.report.file import put
from controller.report.markup import css_text

_FOLDER = Path(__file__).parent
_TEMPLATE = "protocol.html.j2"
_BEFORE = re.compile(r" (?=[?!:;])")


def protocol_page(written: Written) -> str:
    """The protocol as HTML, in the language spoken now."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_bound,
    )
    of = written.protocol
    parts = chapters(of)
    running = f"{of.id} {of.version}"
    return environment.get_template(_TEMPLATE).render(
        language=language(),
        title=of.title.of(language()),
        named=running,
        sha256=written.sha256,
        reviewed=of.reviewed is not None,
        review=review(of.reviewed),
        running=css_text(f"{_('Protocol')} · {running}"),
        running_review=css_text(review(of.reviewed)),
        people=[c for c in parts if not c.applies],
        console=[c for c in parts if c.applies],
        words={
            "protocol": _("Protocol"),
            "patient": _("Patient, by pseudonym"),
            "date": _("Date"),
            "by": _("Asked by"),
            "yes": _("yes"),
            "no": _("no"),
            "leads": _("A yes leads to"),
            "question": _("Question"),
            "decision": _("Cleared by, or why it went ahead all the same"),
            "people": _("To be read and filled in on paper. The console does not ask this yet."),
            "console": _("What the console goes by"),
        },
        purpose=_(PURPOSE),
    )


def _bound(value: object) -> object:
    """A French text with no line that begins with a question mark, a colon or a semicolon."""
    if isinstance(value, str) and not isinstance(value, Markup) and language() == "fr":
        return _BEFORE.sub("\u00a0", value)
    return value


def write_page(written: Written, path: Path, spoken: Language) -> None:
    """Write the page to `path`, whole or not at all. Raises `OSError`.

    Args:
        written: the protocol.
        path: the HTML file; one that is there already is replaced.
        spoken: language of the page; what the caller speaks stays as it is.
    """

    def text() -> bytes:
        use(spoken)
        return protocol_page(written).encode()

    put(copy_context().run(text), path)
