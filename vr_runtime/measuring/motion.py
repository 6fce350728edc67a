"""Owns what is found of limits that the stage applied, and of the patient being put elsewhere.

The stage holds every limit whatever a scenario asks; here it is told where one asked for more.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable

from vr_runtime.language import _, mark
from vr_runtime.measuring.limits import MOVES_A_MINUTE
from vr_runtime.measuring.outcome import Finding, Spot
from vr_runtime.stage.heard import FASTEST, LOUDEST, SLOWEST, SOFTEST, Ask, Heard
from vr_runtime.stage.news import StageNews
from vr_runtime.stage.viewer import StandingViewer
from vr_runtime.wire.happenings import Comfort
from vr_runtime.wire.version import TICKS_PER_SECOND

RANGES: dict[Ask, tuple[float, float]] = {
    "volume": (SOFTEST, LOUDEST),
    "rate": (SLOWEST, FASTEST),
}
ROUNDED = 0.05
"""Part of a range by which it may be left: what is reckoned from values may come out so."""
LEAST_MOVES = 6
"""Fewer changes of place are none too many, however soon one comes after the other."""

TOLD: dict[Comfort, tuple[str, str]] = {
    "speed": ("PS220", mark("a speed above 14 m/s")),
    "acceleration": ("PS220", mark("an acceleration above 1 m/s²")),
    "turning": ("PS220", mark("turning faster than 15 degrees a second")),
    "tilt": ("PS221", mark("pitch or roll above 6 degrees")),
    "rocking": ("PS221", mark("waves quicker than one in two seconds")),
    "sway": ("PS221", mark("swaying by more than 3 cm")),
    "by_hand": ("PS222", mark("a cabin that is moved beside its vehicle")),
    "hidden": ("PS222", mark("a vehicle whose cabin is hidden or too small")),
    "declared": ("PS223", mark("more motion than `comfort` declares")),
    "surroundings": ("PS224", mark("a place or ground that is moved under a patient who stands")),
    "flashing": ("PS230", mark("lights that change to and fro too often")),
}
"""Of each limit its code, and what was asked for."""


class Noting(StageNews):
    """The stage's news, with the author's line that asked for what was held back."""

    def __init__(self, files: Callable[[str], bool], where: Callable[[], str]) -> None:
        """`files` knows the author's own; `where` names what runs where no line asked."""
        super().__init__()
        self._files, self._where = files, where
        self.findings: list[Finding] = []

    def limit(self, what: Comfort) -> None:
        """A limit of comfort was applied."""
        super().limit(what)
        code, asked = TOLD[what]
        told = _("The stage held back what was asked for: {what}.").format(what=_(asked))
        hint = _("ask for no more than is comfortable; the guide has the limits")
        if any(f.message == told for f in self.findings):
            return
        self.findings.append(Finding(code=code, spot=self._line(), message=told, hint=hint))

    def sound(self, heard: Heard, what: Ask, value: float) -> None:
        """PS255 where a sound is asked to be what none can be."""
        if what not in RANGES:
            return
        low, high = RANGES[what]
        beyond = ROUNDED * (high - low)
        if low - beyond <= value <= high + beyond:
            return
        told = _("A sound is asked to have a `{what}` of {value:g}: {low:g} to {high:g} is heard.")
        hint = _("the stage holds it within this; say what you mean to be heard")
        told = told.format(what=what, value=value, low=low, high=high)
        spot = self._line()
        if not any(f.code == "PS255" and f.spot == spot for f in self.findings):
            self.findings.append(Finding(code="PS255", spot=spot, message=told, hint=hint))

    def _line(self) -> Spot:
        frame = inspect.currentframe()
        while frame is not None:
            if self._files(frame.f_code.co_filename):
                return Spot(file=frame.f_code.co_filename, line=frame.f_lineno)
            frame = frame.f_back
        return Spot(name=self._where())


class Moves:
    """How often the patient is put elsewhere while nobody leads."""

    def __init__(self) -> None:
        self._ticks = self._moves = 0
        self._at: object = None

    def take(self, viewer: StandingViewer, *, led: bool) -> None:
        """A tick passed; `led` where the level or a value is under way, or lately was."""
        at = (viewer.footing.at, viewer.footing.heading, viewer.footing.carriage)
        if viewer.seen and not led:
            self._ticks += 1
            self._moves += self._at is not None and at != self._at
        self._at = at

    def findings(self) -> list[Finding]:
        """PS225 where it was too often."""
        minutes = self._ticks / (60.0 * TICKS_PER_SECOND)
        if self._moves < LEAST_MOVES or self._moves <= MOVES_A_MINUTE * minutes:
            return []
        told = _("The patient is put elsewhere {n:.0f} times a minute while the level stays.")
        hint = _("let a vehicle carry the patient, or stay")
        told = told.format(n=self._moves / minutes)
        return [Finding(code="PS225", spot=Spot(name="update"), message=told, hint=hint)]
