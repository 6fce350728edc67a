"""Owns what a session has outside the scene: which safe place, what was practised, the guide.

It knows neither levels nor scenes, and leads nowhere by itself.
"""

from __future__ import annotations

from typing import Literal, get_args

from vr_runtime.engine import phases
from vr_runtime.engine.guide import Guide, Kind, cycle_of
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase, Refuge, Skill
from vr_runtime.wire.happenings import GuideEnded

RATED = "patient_rated"
"""Kind of the act by which a patient answers a distress dial, where there is one."""
SKILLS: tuple[Skill, ...] = get_args(Skill)


class Repose:
    """One session's share of it."""

    def __init__(self) -> None:
        self.refuge: Refuge = "meadow"
        self.guide: Guide | None = None
        self._practised: set[Skill] = set()

    @property
    def practised(self) -> tuple[Skill, ...]:
        """What the patient has practised, always in the same order."""
        return tuple(skill for skill in SKILLS if skill in self._practised)

    def facts(self) -> list[object]:
        """What of it decides how the session goes on, for the digest."""
        guide = self.guide
        shown = None if guide is None else [repr(guide.cycle), guide.passed]
        return [self.refuge, list(self.practised), shown]

    def take(self, act: Act, phase: Phase) -> GuideEnded | None:
        """Take in an act that was let in during `phase`; a guide that it ends is told of."""
        match act:
            case acts.OpenSession():
                self.refuge = act.safe_place
            case acts.RuntimeRestarted():
                self.refuge, self._practised = act.safe_place, set(act.practised)
            case acts.ChooseRefuge():
                self.refuge = act.place
            case acts.Practised() if phase is Phase.FAMILIARISATION:
                self._practised.add(act.what)
            case acts.PatientLeft() if phase is Phase.FAMILIARISATION:
                self._practised.add("leave")
            case _ if act.kind == RATED and phase is Phase.FAMILIARISATION:
                self._practised.add("rate")
            case acts.GuideBreathing() | acts.GuideTension():
                ended = self._end("ended")
                self.guide = Guide(cycle_of(act))
                return ended
            case acts.EndGuide():
                return self._end("ended")
        return None

    def led_to(self, goal: Phase) -> GuideEnded | None:
        """The phase became `goal`: no guide goes along everywhere."""
        return self._end("phase") if goal in phases.GUIDES_END else None

    def tick(self) -> GuideEnded | None:
        """One tick passed; a guide that came to its end is told of."""
        if self.guide is None:
            return None
        self.guide.tick()
        return self._end("finished") if self.guide.finished else None

    def _end(self, how: Literal["finished", "ended", "phase"]) -> GuideEnded | None:
        guide, self.guide = self.guide, None
        if guide is None:
            return None
        kind: Kind = guide.cycle.kind
        return GuideEnded(guide=kind, how=how, rounds=guide.whole_rounds)
