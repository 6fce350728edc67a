"""Owns whether the patient has come nearer to a spider; knows no event and changes nothing."""

from __future__ import annotations

import math
from collections.abc import Callable

from scenarios.api import Animal, Scenario, Steps

NEARER_M = 0.2
"""So much nearer the eyes are after leaning or a step; a head that only stirs is not."""
WAITS_S = 30.0  # so long a spider waits for somebody who may come nearer
UNAPPROACHED = "pas d'approche : rien ne s'est passé / not approached: nothing happened"
"""What the record is told of a spider that waited for nothing."""
FADED_S = 0.6  # until a patient who was put nearer, behind a fade, sees again
ALMOST_M = 1e-6


class Nearing:
    """Watches from when it is made, against the farthest the patient has been since.

    A nearer applied distance counts at once. Eyes count by the pose: where nobody is tracked it
    never changes, and the distance alone counts.
    """

    def __init__(self, scenario: Scenario, spider: Animal, feet_m: Callable[[], float]) -> None:
        """`feet_m` tells how far along y the patient's feet are put, as applied now."""
        self._scenario = scenario
        self._spider = spider
        self._feet_m = feet_m
        self._least_feet_m, self._eyes_m = feet_m(), self._from_eyes()
        self.come = False
        """Whether the patient has come nearer."""

    def awaited(self, seconds: float = WAITS_S) -> Steps:
        """Until the patient has come nearer and sees it, for so long at most."""
        passed = 0.0
        while passed < seconds:
            if self._put_nearer():
                self.come = True
                yield from self._scenario.wait(FADED_S)
                return
            eyes_m = self._from_eyes()
            self._eyes_m = max(self._eyes_m, eyes_m)
            if eyes_m <= self._eyes_m - NEARER_M + ALMOST_M:
                self.come = True
                return
            passed += yield

    def _put_nearer(self) -> bool:
        feet_m = self._feet_m()
        self._least_feet_m = min(self._least_feet_m, feet_m)
        return feet_m > self._least_feet_m + ALMOST_M

    def _from_eyes(self) -> float:
        right, ahead, high = self._scenario.pose.at
        return math.dist((right, self._feet_m() + ahead, high), self._spider.at)
