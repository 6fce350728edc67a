"""Owns the session report as one self-contained page; knows neither database nor screen.

The page asks nothing of the network and runs no script. It names the patient by pseudonym alone.
"""

from __future__ import annotations

import os
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from controller.language import Language, _, language, use
from controller.protocol.chapters import review
from controller.purpose import PURPOSE
from controller.report.chart import chart, described
from controller.report.sections import sections
from controller.report.wording import (
    DASH,
    DISPLAYS,
    clock,
    effort,
    length,
    moment,
    number,
    said,
)
from controller.session.history import Header, SessionHistory
from controller.session.summary import Summary, summarise

_FOLDER = Path(__file__).parent
_TEMPLATE = "session.html.j2"


class ReportNotWritten(OSError):
    """The report could not be put where it was asked for; the message says what to do."""


@dataclass(frozen=True)
class KeyFigure:
    """One large figure at the head of the page."""

    name: str
    value: str
    beside: str = ""


def page(history: SessionHistory, head: str | None) -> str:
    """The report as HTML, in the language spoken now.

    Args:
        history: the session.
        head: the ledger's newest head, as the record prints it; None when there is none yet.
    """
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    header, summary = history.header, summarise(history)
    happened = _happened(history, summary)
    running = _("Session report") + (f" · {_('Simulated patient')}" if header.simulated else "")
    return environment.get_template(_TEMPLATE).render(
        language=language(),
        words={
            "report": _("Session report"),
            "simulated": _("Simulated patient"),
            "no_person": _("These figures are of no person."),
            "patient": _("Patient"),
            "chart": _(
                "A line joins ratings of one trial; it stays open where one is missing or where "
                "two are too far apart."
            ),
            "record": _("What was shown, and by what"),
        },
        title=header.scenario.title.get(language()),
        pseudonym=header.pseudonym,
        identity=_identity(history),
        date=moment(header.opened),
        simulated=header.simulated,
        running=css_text(running),
        running_pseudonym=css_text(header.pseudonym),
        running_unreviewed=css_text(_unreviewed()),
        figures=_key_figures(history, summary),
        happened=happened,
        warnings=_warnings(history),
        chart=chart(history, described(history)),
        sections=sections(history, summary),
        facts=_facts(history, head),
        purpose=_(PURPOSE),
        unreviewed=_unreviewed(),
        by_unreviewed=_by_unreviewed(header),
    )


def write_report(history: SessionHistory, head: str | None, path: Path, language: Language) -> None:
    """Write the report to `path`, readable by its owner alone, whole or not at all.

    Args:
        history: the session.
        head: the ledger's newest head; None when there is none yet.
        path: the HTML file; one that is there already is replaced.
        language: of the report; what the caller speaks stays as it is.

    Raises:
        ReportNotWritten: the file could not be written.
    """

    def spoken() -> str:
        use(language)
        return page(history, head)

    try:
        put(copy_context().run(spoken), path)
    except OSError as error:
        raise ReportNotWritten(
            _("The report could not be written to {path}; choose another place.").format(path=path)
        ) from error


def put(text: str, path: Path) -> None:
    """Write a page to `path`, for its owner alone, whole or not at all. Raises `OSError`."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def css_text(text: str) -> str:
    """A text as a CSS string in quotes: everything but letters, digits and spaces is escaped."""
    safe = (c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(safe)}"'


def _unreviewed() -> str:
    return _("These figures have not been reviewed by a clinician.")


def _by_unreviewed(header: Header) -> str:
    """That the protocol was not reviewed; empty where it was."""
    applied = header.clinic_protocol
    if applied is not None and applied.reviewed is not None:
        return ""
    return _("The protocol of this session had not been reviewed by a clinician.")


def _identity(history: SessionHistory) -> str:
    """Scenario with version and the first of its hash, and the seed, in one line."""
    header = history.header
    return _("{scenario} version {version}, hash {hash}, seed {seed}").format(
        scenario=header.scenario.id,
        version=header.scenario.version,
        hash=(header.scenario_sha256 or DASH)[:12],
        seed=header.seed,
    )


def _happened(history: SessionHistory, summary: Summary) -> str:
    """In one sentence what the session was."""
    time = length(history.duration_s)
    if summary.highest is None:
        return _("In {time} no trial was begun.").format(time=time)
    if summary.session.peak is None:
        return _(
            "In {time} the highest level reached was {level} of 10; fewer than two ratings were "
            "given in trials."
        ).format(time=time, level=summary.highest)
    return _(
        "In {time} the highest level reached was {level} of 10; distress in the scene was at most "
        "{peak} and {end} at the last rating; {answered} of {due} ratings asked for were answered."
    ).format(
        time=time,
        level=summary.highest,
        peak=number(summary.session.peak),
        end=number(summary.session.end),
        answered=summary.answered,
        due=summary.due,
    )


def _key_figures(history: SessionHistory, summary: Summary) -> tuple[KeyFigure, ...]:
    session = summary.session
    highest = DASH if summary.highest is None else str(summary.highest)
    of_ten, of_hundred = _("of 10"), _("of 100")
    return (
        KeyFigure(_("Duration"), clock(history.duration_s), _("min")),
        KeyFigure(_("Highest level"), highest, of_ten),
        KeyFigure(_("Peak distress"), number(session.peak), of_hundred),
        KeyFigure(_("Last distress"), number(session.end), of_hundred),
        KeyFigure(
            _("Ratings answered"),
            str(summary.answered),
            _("of {count}").format(count=summary.due),
        ),
    )


def _warnings(history: SessionHistory) -> tuple[str, ...]:
    """What a reader must know before trusting the figures."""
    found = []
    if history.ending == "interrupted":
        found.append(_("The session was interrupted and closed afterwards."))
    if history.ending == "open":
        found.append(_("The session had not been closed when this report was made."))
    if history.restarted:
        found.append(_("The patient's machine started anew during the session."))
    if history.missing_news:
        found.append(_("Parts of the record are missing; see gaps and faults."))
    return tuple(found)


def _asked_for(header: Header) -> str:
    if header.prompt_mode == "step_change":
        return _("whenever a level was reached")
    if header.prompt_mode == "before_peak_after":
        return _("before and after trials")
    if header.prompt_mode == "interval" and header.prompt_every_s > 0:
        return _("every {time}").format(time=length(header.prompt_every_s))
    return _("not at set times")


def _protocol(header: Header) -> tuple[tuple[str, str, bool], ...]:
    """Which of the clinic's protocols applied."""
    applied = header.clinic_protocol
    if applied is None:
        told = _("none recorded; figures go by what Palier proposes")
        return ((_("Protocol"), told, False),)
    return (
        (_("Protocol"), f"{applied.id} {applied.version}", True),
        (_("Protocol's hash"), applied.sha256, True),
        (_("Protocol reviewed"), review(applied.reviewed), False),
    )


def _facts(history: SessionHistory, head: str | None) -> tuple[tuple[str, str, bool], ...]:
    """What identifies session and software: name, value, whether it is a code."""
    header = history.header
    closed = DASH if header.closed is None else moment(header.closed)
    return (
        (_("Patient"), header.pseudonym, False),
        (_("Opened"), moment(header.opened), False),
        (_("Closed"), closed, False),
        (_("Scenario"), f"{header.scenario.id} {header.scenario.version}", True),
        (_("Scenario hash"), header.scenario_sha256 or DASH, True),
        (_("Seed"), str(header.seed), True),
        (_("Ceiling"), _("level {level}").format(level=header.ceiling), False),
        (_("Scale shown"), header.scale.replace("-", "–"), False),
        (
            _("Ratings asked for"),
            _asked_for(header),
            False,
        ),
        *_protocol(header),
        (_("Display"), said(DISPLAYS, header.display), False),
        (_("Scenario's own time"), effort(history.effort), False),
        (_("Software"), f"Palier {header.palier}", False),
        (_("Session"), header.session, True),
        (_("Entries"), str(history.entries), False),
        (
            _("Record"),
            _("complete: closed in order, nothing missing")
            if history.whole
            else _("not complete; see the head of this report"),
            False,
        ),
        (_("Head of the ledger"), head or _("not sealed yet"), head is not None),
    )
