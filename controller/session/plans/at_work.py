"""Owns which row of a hierarchy is worked on: proposed for a session to come, taken in an open one.

It is a proposal: it sends nothing to the patient's side and raises nothing. Ceiling, consent and
the second key are as they are without it. In an open session it is an entry of the record.
"""

from __future__ import annotations

from collections.abc import Callable

from controller.called import called
from controller.language import _
from controller.session.bat.rules import refused
from controller.session.notices import Tone
from controller.session.now import Now, Outcome
from controller.session.plans.entries import PlanRow, RowTaken
from controller.session.ports import Recorder
from controller.session.sitting import Sitting
from vr_runtime.wire.acts import Phase

IN_SCENE = (Phase.EXPOSURE, Phase.HOLD)


class AtWork:
    """The row that was taken last at this console."""

    def __init__(
        self,
        sitting: Callable[[], Sitting | None],
        now: Callable[[], Now],
        recorder: Recorder,
        barred: Callable[[], str],
        say: Callable[[bool, str, Tone], Outcome],
    ) -> None:
        """Begin with none. `sitting` is the open session, `now` what consoles draw."""
        self._sitting, self._now, self._recorder = sitting, now, recorder
        self._barred, self._say = barred, say
        self._waiting: tuple[str, PlanRow] | None = None
        self._taking = False

    def propose(self, patient: str, row: PlanRow) -> None:
        """This row for the patient's next session."""
        self._waiting = patient, row

    def waiting(self, patient: str) -> PlanRow | None:
        """The row that was proposed for this patient's next session; None where none was."""
        waiting = self._waiting
        return None if waiting is None or waiting[0] != patient else waiting[1]

    def opened(self, sitting: Sitting) -> None:
        """A session was opened: the row that waited goes with it, or goes where it is of another
        patient or scenario."""
        row, self._waiting = self.waiting(sitting.patient.id), None
        if row is not None and row.scenario == sitting.manifest.id:
            said = RowTaken(row=row, tick=sitting.tick())
            sitting.work_on(said)
            sitting.record(said)

    async def take(self, row: PlanRow) -> Outcome:
        """Work on this row from the next trial of the open session on; said once it is durable."""
        if barred := self._barred():
            return self._say(False, barred, "refused")
        sitting = self._sitting()
        if why := why_not_take(row, self._now()):
            return self._say(False, why, "refused")
        if sitting is None or self._taking:
            return self._say(False, _("It is being saved already."), "refused")
        said, begun = RowTaken(row=row, tick=sitting.tick()), len(sitting.course.trials)
        self._taking = True
        try:
            await self._recorder.append(sitting.id, said)
        finally:
            self._taking = False
        sitting.work_on(said, begun)
        text = _("Taken and saved; {key} offers its level, Enter begins: {item}")
        return self._say(True, text.format(item=row.item, key=called("resume", "R")), "done")


def why_not_now(now: Now) -> str:
    """Why no row can be taken for the next trial of the open session; empty where one can."""
    if now.session is None:
        return _("No session is open.")
    if now.bat is not None:
        return refused()
    if now.state is not None and now.state.phase in IN_SCENE:
        return _("An exposure is under way: a row is taken for the next trial, after this one.")
    return ""


def why_not_take(row: PlanRow, now: Now) -> str:
    """Why this row cannot be taken for the next trial of the open session; empty where it can."""
    if why := why_not_now(now):
        return why
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
