"""Owns the report's table of what was asked and checked before a session's first trial.

It is there only where something was: sessions of earlier versions asked nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from controller.language import _, language, mark
from controller.report.document import Column, Row, Section
from controller.report.wording import DASH
from controller.session.before.entries import Check
from controller.session.before.words import CHECKS, TODAY, answer
from controller.session.history import SessionHistory

_BY = {"patient": mark("by the patient"), "guardian": mark("by a guardian")}


def before_trial(history: SessionHistory) -> Section:
    """Screening, consent, today's state and each check, with every reason that was given."""
    columns = (Column(_("What")), Column(_("How it stood")))
    rows = tuple(_opened_on(history)) + tuple(_today(history)) + tuple(_checks(history))
    return Section("before", _("Before the first trial"), columns, rows)


def _opened_on(history: SessionHistory) -> Iterator[Row]:
    on = history.opened_on
    if on is None:
        return
    told = _("{day}, protocol {protocol} {version}: {n} answered by yes")
    told = told.format(
        day=on.screened[:10], protocol=on.protocol, version=on.version, n=len(on.yes)
    )
    yield Row((_("Screening"), told))
    for one in on.yes:
        yield Row((one.asked.of(language()), answer(one)))
    consent = _("wording of {version}").format(version=on.consent)
    yield Row((_("Consent to exposure"), f"{consent}, {_(_BY[on.by])}"))


def _today(history: SessionHistory) -> Iterator[Row]:
    today = history.before.today
    if today is None:
        return
    yes = [one for one in today.answers if one.yes]
    if not yes:
        yield Row((_("How the patient is today"), _("nothing stands in the way")))
    for one in yes:
        told = _("yes; it went on: {why}").format(why=one.why)
        yield Row((_(TODAY[one.item]), told))


def _checks(history: SessionHistory) -> Iterator[Row]:
    before = history.before
    if not before.checks and not before.rehearsed:
        return
    for check in get_args(Check):
        said = before.checks.get(check)
        if check in before.rehearsed:
            told = _("rehearsed, as the patient's side told")
        elif said is None:
            told = DASH
        else:
            told = _("left out: {why}").format(why=said.why) if said.why else _("done")
        yield Row((_(CHECKS[check]), told))
