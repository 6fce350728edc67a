"""Owns how a report gets into a file: whole or not at all, for its owner alone.

The ending of the name says what it is written as. It knows nothing of what a report says.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path

from controller import unusable
from controller.language import Language, use
from controller.report.document import Report
from controller.report.markup import html

ENDINGS = (".html", ".htm", ".pdf")
"""What a report can be written as."""


class ReportNotWritten(OSError):
    """The report could not be put where it was asked for; the message says what to do."""


def write(make: Callable[[], Report], path: Path, language: Language) -> None:
    """Write a report to `path`, readable by its owner alone, whole or not at all.

    Args:
        make: gives the report, in the language spoken while it runs.
        path: the HTML or PDF file; one that is there already is replaced.
        language: of the report; what the caller speaks stays as it is.

    Raises:
        ReportNotWritten: the file could not be written.
    """

    def content() -> bytes:
        use(language)
        report = make()
        if path.suffix.lower() != ".pdf":
            return html(report).encode()
        # Letters and drawing take half a second to load, and a console is started more often.
        from controller.report.pdf import pdf

        return pdf(report)

    try:
        put(copy_context().run(content), path)
    except OSError as error:
        raise ReportNotWritten(unusable.told(error, path)) from error


def put(written: bytes, path: Path) -> None:
    """Write a file to `path`, for its owner alone, whole or not at all. Raises `OSError`."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(written)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        error.filename, error.filename2 = str(path), None
        raise
