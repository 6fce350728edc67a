"""Owns a course at a glance: what one looks at before the next session; knows no record, no screen.

Simulated sessions are counted with the others: nobody mixes them within one record of patients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from controller.session.answered import Answered
from controller.session.appointments import Appointment
from controller.session.between import Sitting, sittings
from controller.session.clinical import AdverseEvent
from controller.session.history import SessionHistory
from scenarios.api.manifest import Words


@dataclass(frozen=True)
class Past:
    """One closed session in a line."""

    opened: str
    """UTC, ISO 8601."""
    title: Words
    highest: int | None
    """Highest whole level reached; None without a trial."""
    peak: float | None
    """Highest rating in trials, 0 to 100; None where none was given."""
    end: float | None
    """Last rating in trials."""
    interrupted: bool


@dataclass(frozen=True)
class Befallen:
    """An adverse event, and when it is to be looked at again."""

    opened: str
    """Of its session."""
    event: AdverseEvent

    @property
    def again(self) -> str:
        """When and how; empty where nothing is left to look at."""
        return "" if self.event.outcome == "recovered" else self.event.follow_up


@dataclass(frozen=True)
class Glance:
    """One patient's course, the oldest first."""

    past: tuple[Past, ...]
    adverse: tuple[Befallen, ...]
    answers: tuple[Answered, ...]
    """The newest answer to each questionnaire."""
    appointment: Appointment | None

    @property
    def highest(self) -> int | None:
        """The highest level of all sessions; None where there was no trial."""
        return max((one.highest for one in self.past if one.highest is not None), default=None)

    @property
    def peaks(self) -> tuple[float | None, ...]:
        """Peak of each session in order; None where none was given, never the one before."""
        return tuple(one.peak for one in self.past)

    @property
    def due(self) -> tuple[Befallen, ...]:
        """What is to be looked at again."""
        return tuple(one for one in self.adverse if one.again)


def glance(
    histories: Sequence[SessionHistory],
    answers: Sequence[Answered] = (),
    appointment: Appointment | None = None,
) -> Glance:
    """What there is of one patient.

    Args:
        histories: closed sessions in any order; open ones and those opened by mistake are left out.
        answers: questionnaires, the oldest first.
        appointment: the one that holds.
    """
    course = sittings([one for one in histories if one.ending in ("closed", "interrupted")])
    newest = {one.of[0]: one for one in answers}
    return Glance(
        past=tuple(_past(sitting) for sitting in course),
        adverse=tuple(
            Befallen(sitting.history.header.opened, event)
            for sitting in course
            for _seq, event in sitting.history.adverse
        ),
        answers=tuple(newest.values()),
        appointment=appointment,
    )


def _past(sitting: Sitting) -> Past:
    header, figures = sitting.history.header, sitting.summary.session
    return Past(
        opened=header.opened,
        title=header.scenario.title,
        highest=sitting.summary.highest,
        peak=figures.peak,
        end=figures.end,
        interrupted=sitting.history.ending == "interrupted",
    )
