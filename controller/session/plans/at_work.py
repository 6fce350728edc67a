"""Owns which row of a hierarchy is worked on, from its choice to the end of its session.

It is a proposal and nothing else: it sends nothing, raises nothing and is not recorded. Ceiling,
consent and the second key are as they are without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from controller.language import _
from controller.session.now import Now, RowAtWork
from controller.session.plans.entries import PlanRow
from vr_runtime.wire.acts import Phase

IN_SCENE = (Phase.EXPOSURE, Phase.HOLD)


@dataclass(frozen=True)
class _Taken:
    patient: str
    row: PlanRow
    session: str
    """Empty while no session was opened for it."""
    trial: int
    """Number of the last trial that had begun when it was taken; 0 before the first."""


class AtWork:
    """The row that was taken last at this console."""

    def __init__(self) -> None:
        """Begin with none."""
        self._taken: _Taken | None = None

    def take(self, patient: str, row: PlanRow, now: Now) -> None:
        """This row from now on: for the next session, or the next trial of the open one."""
        trial = 0 if now.session is None or now.state is None else now.state.trial
        self._taken = _Taken(patient, row, now.session or "", trial)

    def waiting(self, patient: str) -> PlanRow | None:
        """The row that was taken for this patient's next session; None where none was."""
        taken = self._taken
        if taken is None or taken.session or taken.patient != patient:
            return None
        return taken.row

    def opened(self, session: str, patient: str, scenario: str) -> None:
        """A session was opened: the row that waited goes with it, or goes where it is of another
        patient or scenario."""
        taken = self._taken
        if taken is None or taken.session == session:
            return
        row = self.waiting(patient)
        fits = row is not None and row.scenario == scenario
        self._taken = replace(taken, session=session, trial=0) if fits else None

    def seen(self, now: Now) -> Now:
        """With the row that the open session works on, where there is one."""
        taken = self._taken
        if taken is None or now.session is None or taken.session != now.session:
            return now
        begun = 0 if now.state is None else now.state.trial
        return replace(now, row=RowAtWork(taken.row, fresh=begun == taken.trial))


def why_not_take(row: PlanRow, now: Now) -> str:
    """Why this row cannot be taken for the next trial of the open session; empty where it can."""
    if now.session is None:
        return _("No session is open.")
    if now.state is not None and now.state.phase in IN_SCENE:
        return _("An exposure is under way: a row is taken for the next trial, after this one.")
    if now.manifest is None or now.manifest.id != row.scenario:
        return _("This row is of another scenario, which takes a session of its own.")
    return ""


def offered(now: Now) -> int | None:
    """The level that is offered for the next trial, never above the ceiling; None for none.

    That of a row that was taken since the last trial began; else one below the last level.
    """
    if now.state is None:
        return None
    fresh = now.row is not None and now.row.fresh
    level = now.row.row.level if now.row is not None and fresh else now.state.come_back
    return None if level is None else min(level, now.state.ceiling)


def told(now: Now, level: int) -> str:
    """What is to be said of the row where a trial is to begin at this level; empty without one."""
    if now.row is None or not now.row.fresh or now.state is None:
        return ""
    row = now.row.row
    if row.level > now.state.ceiling:
        text = _("Row “{item}”: its level {level} is above the ceiling.")
    elif row.level == level:
        text = _("Row “{item}”.")
    else:
        text = _("Row “{item}”: its level is {level}.")
    return text.format(item=row.item, level=row.level)
