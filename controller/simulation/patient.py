"""Owns the simulated patient: distress over ticks, answers and the wish to leave.

It knows nothing of link, record or screen, and nothing of any person.

The course is simple on purpose, for training and tests: a level frightens, staying eases, a new
level frightens again but less than it would have, leaving the scene calms. It is not a model of any
person, was fitted to no data, and says nothing about how a patient will respond.
"""

from __future__ import annotations

from math import exp, pow
from random import Random

from controller.session.documents import Scale
from scenarios.api.manifest import LEVELS
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.version import TICKS_PER_SECOND

REST = 10.0
"""Distress of this patient where nothing is feared, 0 to 100."""
REACH = 85.0
"""Distress that level 10 adds at first, for a sensitivity of 1."""
SHAPE = 0.7
"""Exponent of the level: below 1, the first levels already count."""
STARTLE = 12.0
"""Distress that one running event adds, for a sensitivity of 1."""
MOST_LEARNED = 0.75
"""Share of the fear of a level that staying there can take away."""
CARRIED = 0.5
"""Share of what was learned at one level that holds at the others."""
LEARNING_S = 150.0
"""Seconds at a level in which it is learned to 63 % of the most."""
NO_ANSWER = 0.06
"""Chance that a question goes unanswered."""

_RISE_S = 8.0
_FALL_S = 25.0
_CALM_S = 40.0
_DT = 1.0 / TICKS_PER_SECOND


def _approach(seconds: float) -> float:
    """Share of the way to its aim that a value goes in one tick, for this time constant."""
    return 1.0 - exp(-_DT / seconds)


class SimulatedPatient:
    """A patient for training and tests: the same seed and the same acts give the same course.

    Example:
        >>> patient = SimulatedPatient(seed=7)
        >>> patient.advance(30 * 60, level=5.0, phase=Phase.EXPOSURE)
        >>> patient.distress() > 40
        True
    """

    def __init__(
        self,
        seed: int,
        *,
        sensitivity: float = 1.0,
        leaves_above: float = 90.0,
        leaves_after_s: float = 20.0,
    ) -> None:
        """A patient at rest.

        Args:
            seed: decides the noise and which questions go unanswered.
            sensitivity: how strongly levels and events frighten, 0 to 2; 1 is moderate.
            leaves_above: distress (0 to 100) that this patient bears only for a while.
            leaves_after_s: seconds above it, without a break, after which the patient would leave.

        Raises:
            ValueError: the sensitivity is outside 0 to 2.
        """
        if not 0.0 <= sensitivity <= 2.0:
            raise ValueError("sensitivity is a number from 0 to 2")
        # Two sources of chance, so that asking for a rating does not change the course.
        self._course = Random(f"{seed}:course")
        self._answers = Random(f"{seed}:answers")
        self._sensitivity = sensitivity
        self._leaves_above = leaves_above
        self._leaves_after = round(leaves_after_s * TICKS_PER_SECOND)
        self._ticks = 0
        self._fear = REST
        self._noise = 0.0
        self._learned = [0.0] * LEVELS
        self._above = 0

    def advance(self, ticks: int, level: float, phase: Phase, events_running: int = 0) -> None:
        """Let `ticks` engine ticks (1/30 s each) pass in these circumstances.

        Six calls of one tick and one call of six give the same course. Outside exposure and hold
        the level has no effect.

        Args:
            ticks: how many, 0 or more.
            level: the applied level, 0 to 10, whole or between.
            phase: where the patient is.
            events_running: how many events of the scenario are playing.
        """
        frightened = phase in (Phase.EXPOSURE, Phase.HOLD)
        for _tick in range(ticks):
            if self._ticks % TICKS_PER_SECOND == 0:
                self._noise = 0.85 * self._noise + self._course.gauss(0.0, 1.2)
            self._ticks += 1
            if frightened:
                self._feel(level, events_running)
            else:
                self._fear += (REST - self._fear) * _approach(_CALM_S)
            self._above = self._above + 1 if self.distress() > self._leaves_above else 0

    def _feel(self, level: float, events_running: int) -> None:
        below = min(int(level), LEVELS - 2)
        part = level - below
        aim = (1 - part) * self._fear_of(below) + part * self._fear_of(below + 1)
        aim += STARTLE * self._sensitivity * events_running
        self._fear += (aim - self._fear) * _approach(_RISE_S if aim > self._fear else _FALL_S)
        for nearest, share in ((below, 1 - part), (below + 1, part)):
            missing = MOST_LEARNED - self._learned[nearest]
            self._learned[nearest] += missing * share * _approach(LEARNING_S)

    def _fear_of(self, level: int) -> float:
        learned = max(self._learned[level], CARRIED * max(self._learned))
        raw = REACH * self._sensitivity * pow(level / (LEVELS - 1), SHAPE)
        return REST + raw * (1.0 - learned)

    def distress(self) -> float:
        """What this patient feels now, 0 to 100."""
        return min(100.0, max(0.0, self._fear + self._noise))

    def rating(self, scale: Scale) -> str:
        """What this patient answers when asked now, as it would be typed; "" for no answer.

        On 0-100 a multiple of 5, on 0-10 a whole number. Each call is one question.
        """
        if self._answers.random() < NO_ANSWER:
            return ""
        step, shown = (5, 1) if scale == "0-100" else (10, 10)
        answer = int(self.distress() / step + 0.5) * step // shown
        # Two digits are exact on the pad, one means tens: 5 is typed as 05.
        return f"{answer:02d}" if scale == "0-100" else str(answer)

    def would_leave(self) -> bool:
        """Whether distress has stayed too high for too long; true until it falls again."""
        return self._above >= self._leaves_after
