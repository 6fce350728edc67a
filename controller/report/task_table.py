"""Owns the tables of reports on what the patient was asked to do; knows no page.

They are there only where a task was given.
"""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import _, mark
from controller.report.document import Column, Footnote, Row, Section
from controller.report.wording import clock, event, length
from controller.session.at_play import OUTCOMES
from controller.session.history import SessionHistory, TaskLine

_PLAIN: Mapping[bool, str] = {True: mark("done"), False: mark("not this time")}


def tasks(history: SessionHistory) -> Section:
    """Each task that was given: when, after how long it was over, and who saw it done."""
    columns = (
        Column(_("At"), True),
        Column(_("Task")),
        Column(_("After"), True, 1),
        Column(_("How it ended")),
    )
    rows = tuple(
        Row((clock(t.given_s), event(history.header.scenario, t.name), _lasted(t), _how(t)))
        for t in history.tasks
    )
    told = _("After: from the moment the task was given to its end.")
    return Section("tasks", _("Tasks for the patient"), columns, rows, (Footnote(told, 1),))


def plain_tasks(history: SessionHistory) -> Section:
    """The same for the patient's own copy."""
    columns = (Column(_("At"), True), Column(_("What you were asked to do")), Column(_("Done")))
    rows = tuple(
        Row((clock(t.given_s), event(history.header.scenario, t.name), _(_PLAIN[t.done])))
        for t in history.tasks
    )
    return Section("tasks", _("What you did"), columns, rows)


def _lasted(task: TaskLine) -> str:
    return length(None if task.ended_s is None else task.ended_s - task.given_s)


def _how(task: TaskLine) -> str:
    return _("not known: the record broke off") if task.how is None else _(OUTCOMES[task.how])
