"""Owns when a runtime counts as hung and whether it is started again; pure, without a clock.

What is heard and how much time passes comes from outside. It never opens what a session left.
"""

from __future__ import annotations

from dataclasses import dataclass

from vr_runtime.watch.beats import Doing, Ending, Leading, Opened, Said, Standing

PATIENCE_S = {
    Doing.OPENING: 45.0,
    Doing.LOOP: 1.25,
    Doing.BUILDING: 3.0,
    Doing.SCENARIO: 1.25,
}
"""Seconds of silence after which it hangs. The opening waits for a driver at most 30 s in one
step; a scenario is interrupted before by the engine, after 2 s in `build` and 250 ms elsewhere."""
SOFTWARE_LOOP_S = 4.0
"""Where a processor draws, one picture may take longer than a card ever needs."""
IN_STEP_S = 15.0
"""Under lock-step nobody is in the scene, and results must not depend on the machine's speed."""
ENDING_S = 10.0
"""Window, sound and ports are given back within this, or it hangs while doing so."""
LONGEST_STEP_S = 0.1
"""No more silence than this is counted between two looks: then the watchdog was away as well, by
a machine that slept or was busy, and that is no proof against the runtime."""

HELD_S = 10.0
"""A start is taken to have succeeded when it has lasted so long after its opening."""
TRIES = 3
"""Starts one after another that did not succeed, after which it is given up."""


@dataclass
class Watched:
    """What is known of one start of the runtime."""

    in_step: bool
    doing: Doing = Doing.OPENING
    opened: Opened | None = None
    facts: str = ""
    leading: str = ""
    ending: bool = False
    silent_s: float = 0.0
    open_s: float = 0.0

    def pass_time(self, seconds: float) -> None:
        """Nothing was heard for so long."""
        counted = min(seconds, LONGEST_STEP_S)
        self.silent_s += counted
        if self.opened is not None:
            self.open_s += counted

    def hear(self, said: Said) -> None:
        """One message: whatever it says, the loop lives."""
        self.silent_s = 0.0
        match said:
            case Doing():
                self.doing = said
            case Opened():
                self.opened = said
            case Standing(facts):
                self.facts = facts
            case Leading(told):
                self.leading = told
            case Ending():
                self.ending = True

    @property
    def patience_s(self) -> float:
        """Seconds of silence that are waited now."""
        if self.ending:
            return ENDING_S
        if self.doing is Doing.OPENING:
            return PATIENCE_S[Doing.OPENING]
        if self.in_step:
            return IN_STEP_S
        if self.doing is Doing.LOOP and self.opened is not None and self.opened.software:
            return SOFTWARE_LOOP_S
        return PATIENCE_S[self.doing]

    @property
    def hangs(self) -> bool:
        """Whether it has been silent for longer than what it is at may take."""
        return self.silent_s > self.patience_s

    @property
    def in_scenario(self) -> bool:
        """Whether an author's code was the last that was entered."""
        return self.doing in (Doing.BUILDING, Doing.SCENARIO)


class Tries:
    """How often in a row a start has not held."""

    def __init__(self) -> None:
        self.failed = 0

    def over(self, open_s: float) -> bool:
        """A start is over, `open_s` seconds after its opening; gives whether to try again."""
        self.failed = 0 if open_s >= HELD_S else self.failed + 1
        return self.failed < TRIES
