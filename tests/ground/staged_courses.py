"""The courses that a staged lead tells, and the days that were agreed on with its patients."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from controller.session.appointments import Appointment, NotADay, next_one, spoken, written
from controller.session.clinical import AdverseEvent
from controller.session.glance import Befallen, Glance, Past
from controller.session.now import Outcome, PatientCard
from controller.session.reviews import why_unread
from scenarios.api.manifest import Words

BALCONY = Words(fr="Balcon", en="Balcony")


def four_sessions() -> Glance:
    """Four sessions in which the peak falls, one without ratings, and a dizziness to look at."""
    past = (
        ("2026-02-02", 3, 80.0, 60.0),
        ("2026-02-09", 4, 70.0, 40.0),
        ("2026-02-16", 4, None, None),
        ("2026-03-02", 6, 45.0, 20.0),
    )
    dizzy = AdverseEvent(
        type="cybersickness",
        severity="moderate",
        serious=None,
        related="unclear",
        description="dizzy",
        follow_up="ask before the next session",
    )
    return Glance(
        past=tuple(
            Past(f"{day}T10:00:00+00:00", BALCONY, highest, peak, end, interrupted=False)
            for day, highest, peak, end in past
        ),
        adverse=(Befallen("2026-02-09T10:00:00+00:00", dizzy),),
        answers=(),
        appointment=None,
    )


@dataclass
class StagedCourses:
    """Implements `controller.ui.ports.Courses`."""

    told: dict[str, Glance] = field(default_factory=lambda: {"p1": four_sessions()})
    readable: bool = True
    agreed: list[Appointment] = field(default_factory=list)
    cards: list[PatientCard] = field(default_factory=list)
    """The lead's own."""

    async def glance(self, patient: str) -> Glance | str:
        if not self.readable:
            return why_unread()
        seen = self.told.get(patient, Glance((), (), (), None))
        own = [one for one in self.agreed if one.patient == patient]
        return Glance(seen.past, seen.adverse, seen.answers, next_one(own))

    async def appoint(self, patient: str, said: str) -> Outcome:
        try:
            self.agreed.append(written(said, patient))
        except NotADay as error:
            return Outcome(False, str(error))
        one = self.agreed[-1]
        return Outcome(True, "none" if one.on is None else f"Saved: {spoken(one)}.")

    async def lock(self, patient: str, why: str) -> Outcome:
        return self._restrict(patient, why) if why else Outcome(False, "Say why.", "refused")

    async def unlock(self, patient: str) -> Outcome:
        return self._restrict(patient, None)

    def _restrict(self, patient: str, why: str | None) -> Outcome:
        number = next(n for n, one in enumerate(self.cards) if one.id == patient)
        self.cards[number] = replace(self.cards[number], restricted=why)
        return Outcome(True, "used again" if why is None else "Locked.")
