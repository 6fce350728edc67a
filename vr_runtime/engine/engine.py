"""Owns the state of a session at the patient's side: phase, trial, level, tick by tick.

It knows no clock, no socket and no renderer: time comes as ticks, acts come one by one, and the
same acts at the same ticks with the same seed give the same states.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from scenarios.api.errors import ScenarioError
from scenarios.api.manifest import InterlockSpec, Manifest
from vr_runtime.engine import interlocks, phases
from vr_runtime.engine.asking import why_not_level, why_not_value
from vr_runtime.engine.before_eyes import BeforeEyes
from vr_runtime.engine.budget import Budget
from vr_runtime.engine.building import Building
from vr_runtime.engine.hearing import Asked, Hearing
from vr_runtime.engine.host import HostFailed, ScenarioHost
from vr_runtime.engine.levels import UP_RATE, Ramp
from vr_runtime.engine.loadable import Examine, Loadable, Shelf
from vr_runtime.engine.parting import Parting
from vr_runtime.engine.playing import Asked as Played
from vr_runtime.engine.playing import Playing
from vr_runtime.engine.ports import DT, StagePort
from vr_runtime.engine.repose import Repose
from vr_runtime.engine.sightline import Head, Sightline
from vr_runtime.language import language
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase, View
from vr_runtime.wire.happenings import (
    Applied,
    Happening,
    LevelReached,
    LineSpoken,
    Marked,
    PhaseChanged,
    ScenarioTimed,
    TrialClosed,
    TrialOpened,
)
from vr_runtime.wire.hearing import SetVolume
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.sight import Sight
from vr_runtime.wire.version import TICKS_PER_SECOND

SETTLE_TICKS = TICKS_PER_SECOND
"""A further raise is refused until 1 s after the last movement has ended."""
_NOT_WHILE_COUNTING = frozenset(
    {"raise", "lower", "set_value", "follow_level", "trigger", "give_task"}
)
_ENTERING = acts.OpenSession | acts.RuntimeRestarted | acts.BeginTrial
_MAY_EXCLUDE = acts.Trigger | acts.GiveTask | acts.Raise | acts.SetValue | acts.FollowLevel
_FOR_WHO_WEARS_IT = acts.AskRating | acts.ShowText | acts.ShowWayOut | acts.Recentre


@dataclass(frozen=True)
class Fresh:
    """Something that happened, not yet numbered."""

    tick: int
    session: str | None
    what: Happening


class Engine:
    """The patient's side of one session after the other."""

    def __init__(
        self,
        stage: StagePort,
        shelf: Shelf,
        budget: Budget | None = None,
        examine: Examine = lambda found, meanwhile: None,
    ) -> None:
        """Show scenarios of this shelf here, in this time; `examine` sees each before it runs."""
        self.building = Building(examine)
        self._stage = stage
        self._shelf = shelf
        self.budget = Budget() if budget is None else budget
        self._news: list[Fresh] = []
        self._parting = Parting()
        self.tick_count = 0
        self.headset: Literal["worn", "off", "lost"] = "worn"
        self.interlock: InterlockSpec | None = None
        """The one that the last act would have broken, where it was refused for it."""
        self._forget_session()

    def _forget_session(self) -> None:
        self.phase = Phase.IDLE
        self.cause = "start"
        self.opened: acts.OpenSession | None = None
        self._sha256 = ""
        self.scenario: Loadable | None = None
        self.host: ScenarioHost | None = None
        self.ramp: Ramp | None = None
        self.playing: Playing | None = None
        self.sightline = Sightline(self._stage.meets, self._tell, kept=False)
        self.loaded = False
        self.disabled: str | None = None
        self.ceiling = 0
        self.observers = self.observers_mirror = False
        self.armed: int | None = None
        self.come_back: int | None = None
        self.trial = 0
        self.trial_open = False
        self.quality: acts.Quality = "full"
        self.hearing = Hearing()
        self._settled = 0
        self.repose = Repose()
        self.eyes = BeforeEyes()
        self._begins_at = 0

    # -- what others read

    @property
    def view(self) -> View:
        """What the patient is to see."""
        return View.NEUTRAL if self.eyes.counting else phases.VIEWS[self.phase]

    @property
    def sight(self) -> Sight:
        """What the patient has before their eyes beside it."""
        spoken, playing = self.eyes.patient.language or language(), self.playing
        sight = self.eyes.shown(self._stage.caption(spoken))
        if playing is None or not phases.in_scene(self.phase):
            return sight
        task, done = playing.instruction(spoken), playing.task_done
        return sight.model_copy(update={"task": task, "task_done": done})

    @property
    def manifest(self) -> Manifest | None:
        """The declaration of the open session's scenario."""
        return None if self.scenario is None else self.scenario.manifest

    @property
    def moving(self) -> bool:
        """Whether a ramp is under way in the scene."""
        return self.ramp is not None and phases.in_scene(self.phase) and self.ramp.moving

    @property
    def raise_in_s(self) -> float:
        """Seconds until a further raise would be accepted if nothing else happens; 0 when now."""
        if self.ramp is None or self.phase is not Phase.EXPOSURE:
            return 0.0
        left = (self.eyes.counting + max(0, SETTLE_TICKS - self._settled)) / TICKS_PER_SECOND
        on_its_way = abs(self.ramp.asked - self.ramp.level) if self.ramp.moving else 0.0
        return left + on_its_way / UP_RATE

    @property
    def leaves_next(self) -> bool:
        """Whether the next tick enters the code of a scene that was left: see `leave`."""
        return self._parting.due(self.tick_count)

    def standing(self) -> acts.RuntimeRestarted | None:
        """What would bring the open session back into the safe place if this process ended now."""
        opened = self.opened
        if opened is None:
            return None
        return acts.RuntimeRestarted(
            session=opened.session,
            scenario=opened.scenario,
            sha256=self._sha256,
            seed=opened.seed,
            ceiling=self.ceiling,
            grace_s=opened.grace_s,
            trial=self.trial,
            come_back=self._offered() if self.trial_open else self.come_back,
            disabled=self.disabled,
            why="crashed",
            volume_db=self.hearing.volume_db,
            pose=self.sightline.kept,
            safe_place=self.repose.refuge,
            practised=self.repose.practised,
            patient=self.eyes.patient,
        )

    def take_news(self) -> list[Fresh]:
        """What happened since the last call, oldest first."""
        news, self._news = self._news, []
        return news

    def digest(self) -> str:
        """SHA-256 over all that decides how the session goes on."""
        facts: dict[str, object] = {
            "tick": self.tick_count,
            "phase": self.phase,
            "trial": [self.trial, self.trial_open, self.armed, self.come_back],
            "ceiling": self.ceiling,
            "settled": self._settled,
            "disabled": self.disabled,
            "quality": self.quality,
            "hearing": self.hearing.facts(),
            "repose": self.repose.facts(),
            "eyes": self.eyes.facts(),
        }
        if self.ramp is not None:
            ramp = self.ramp
            facts["level"] = [ramp.asked, repr(ramp.level), ramp.reached, ramp.parked]
            facts["values"] = {n: repr(v) for n, v in sorted(ramp.values.items())}
            facts["apart"] = {n: [repr(a.target), a.joining] for n, a in sorted(ramp.apart.items())}
        if self.host is not None and self.playing is not None:
            facts |= self.playing.facts()
            facts["pose"] = self.sightline.facts()
            chance = repr(self.host.random.getstate())
            facts["random"] = hashlib.sha256(chance.encode()).hexdigest()
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    # -- what enters

    def apply(self, act: Act, by: str) -> Code | None:
        """Let one act in, at the present tick.

        Returns:
            None when it was applied, else why not; a refused act has changed nothing.
        """
        if isinstance(act, _ENTERING):
            self.leave()
        self.interlock = None
        refused = self._why_not(act) or self._why_interlocked(act)
        if refused is not None:
            return refused
        self._follow_headset(act)
        if self._is_idle_talk(act):
            return None
        self._tell(Applied(act=act, by=by), _names_session(act))
        self._tell_of(self.repose.take(act, self.phase))
        self.eyes.take(act)
        self._carry_out(act)
        goal = phases.after(self.phase, act.kind)
        if goal is not None:
            self._go(goal, act.kind)
        self._after(act)
        return None

    def control_taken(self) -> None:
        """Somebody leads from now on, as the news of it tells: a level is named by who begins."""
        self.armed = None

    def _is_idle_talk(self, act: Act) -> bool:
        """What happens by itself and concerns no session, or leads nowhere, leaves no trace."""
        if isinstance(act, acts.PatientWalked):
            led = self.phase is Phase.EXPOSURE and not self.eyes.counting
            return not (led and self.playing and self.playing.why_not(act) is None)
        return self.phase is Phase.IDLE and _names_session(act) is None

    def _follow_headset(self, act: Act) -> None:
        """How the headset is stays known from one session to the next."""
        if isinstance(act, acts.HeadsetOff):
            self.headset = "off"
        elif isinstance(act, acts.HeadsetLost):
            self.headset = "lost"
        elif isinstance(act, acts.HeadsetOn | acts.HeadsetBack):
            self.headset = "worn"

    def _why_not(self, act: Act) -> Code | None:
        if isinstance(act, acts.Occurrence) or act.kind in phases.STOPS:
            return None
        if not phases.takes(self.phase, act.kind):
            return Code.WRONG_PHASE
        if self.eyes.counting and act.kind in _NOT_WHILE_COUNTING:
            return Code.COUNTING
        if isinstance(act, _FOR_WHO_WEARS_IT):
            return None if self.headset == "worn" else Code.HEADSET_AWAY
        if isinstance(act, acts.OpenSession):
            return Code.UNKNOWN_SCENARIO if self._shelf(act.scenario) is None else None
        if isinstance(act, acts.ArmTrial | acts.BeginTrial):
            return self._why_not_begin(act)
        if isinstance(act, acts.Familiarise):
            return None if self.loaded else Code.WRONG_PHASE
        if isinstance(act, acts.Raise | acts.Lower):
            assert self.ramp is not None, "a scene has one"
            return why_not_level(act, self.ramp, self.ceiling, self._why_no_raise())
        if isinstance(act, acts.SetValue | acts.FollowLevel):
            ramp, manifest = self.ramp, self.manifest
            assert ramp is not None and manifest is not None, "a scene has both"
            return why_not_value(act, manifest, ramp, self.ceiling, self._why_no_raise())
        if isinstance(act, Played):
            assert self.playing is not None, "a scene has it"
            return self.playing.why_not(act)
        if isinstance(act, SetVolume):
            return self.hearing.why_not(act, in_scene=phases.in_scene(self.phase))
        return self._why_not_seen() if isinstance(act, acts.Resume) else None

    def _why_not_seen(self) -> Code | None:
        """Why the scene can be shown to nobody."""
        if self.disabled is not None:
            return Code.SCENARIO_DISABLED
        return None if self.headset == "worn" else Code.HEADSET_AWAY

    def _why_not_begin(self, act: acts.ArmTrial | acts.BeginTrial) -> Code | None:
        unseen = self._why_not_seen()
        if unseen is not None:
            return unseen
        if not self.loaded:
            return Code.WRONG_PHASE
        if act.level > self.ceiling:
            return Code.ABOVE_CEILING
        if isinstance(act, acts.BeginTrial) and self.armed != act.level:
            return Code.NOT_ARMED
        return None

    def _why_no_raise(self) -> Code | None:
        if self.phase is not Phase.EXPOSURE:
            return Code.WRONG_PHASE
        if self.disabled is not None:
            return Code.SCENARIO_DISABLED
        if self.ramp is None or self.ramp.moving or self._settled < SETTLE_TICKS:
            return Code.STILL_MOVING
        return None

    def _why_interlocked(self, act: Act) -> Code | None:
        if not isinstance(act, _MAY_EXCLUDE):
            return None
        host, ramp, manifest = self.host, self.ramp, self.manifest
        assert host is not None and ramp is not None and manifest is not None, "a scene has all"
        self.interlock = interlocks.why_not(act, manifest, ramp, host.running)
        return None if self.interlock is None else Code.INTERLOCKED

    # -- what it does

    def _carry_out(self, act: Act) -> None:
        """What an act changes beside the phase, done while the old phase still stands."""
        ramp = self.ramp
        if isinstance(act, acts.OpenSession):
            self._open(act)
        elif isinstance(act, acts.RuntimeRestarted):
            self._come_again(act)
        elif isinstance(act, acts.ArmTrial):
            self.armed = act.level
        elif isinstance(act, acts.Loaded):
            self.loaded = True
        elif isinstance(act, acts.LoadFailed | acts.ScenarioFailed):
            self.disabled = act.text
        elif isinstance(act, acts.SoundLost):
            # A level was named for a scene with sound: one without it is named anew.
            self.armed = None
        elif isinstance(act, acts.SetCeiling):
            self._set_ceiling(act.level)
        elif isinstance(act, Asked):
            self.hearing.take(act)
        elif isinstance(act, acts.SetQuality):
            self.quality = act.quality
        elif isinstance(act, acts.DisplaySlow):
            self.quality = "lowered" if act.lower else self.quality
        elif isinstance(act, acts.SetObservers):
            self._set_observers(act.allowed, act.mirror)
        elif isinstance(act, acts.SetPose):
            self.sightline.keep(act.allowed)
        elif ramp is not None:
            if isinstance(act, acts.Raise):
                self._settled = 0
                ramp.aim(act.level)
            elif isinstance(act, acts.Lower):
                ramp.aim(act.level)
            elif isinstance(act, acts.SetValue):
                self._settled = 0
                ramp.set_apart(act.name, act.value)
            elif isinstance(act, acts.FollowLevel):
                self._settled = 0
                ramp.rejoin(act.name)
        if isinstance(act, Played):
            self._play(act)

    def _open(self, act: acts.OpenSession) -> None:
        found = self._shelf(act.scenario)
        assert found is not None, "checked before"
        self.budget.begin()
        self.opened = act
        self.ceiling = act.ceiling
        self._sha256 = found.sha256
        self._set_observers(act.observers, act.observers_mirror)
        self.sightline.keep(act.pose)
        self._take_up(found, act.seed)

    def _take_up(self, found: Loadable, seed: int) -> None:
        self.scenario = found
        self.ramp = Ramp(found.manifest)
        self.host = ScenarioHost(
            self._stage,
            found.manifest,
            found.load,
            seed=seed,
            values=self.ramp.values,
            budget=self.budget,
            folder=found.folder,
            gaze=self.sightline,
        )
        self.playing = Playing(found.manifest, self.ramp, self.host, self._tell)

    def _come_again(self, act: acts.RuntimeRestarted) -> None:
        """Take an open session up where an earlier start of the runtime has left it.

        Consent to observers is not taken up: it is asked for anew.
        """
        if self.phase is not Phase.IDLE:
            return
        self.budget.begin()
        self.opened = acts.OpenSession(
            session=act.session,
            scenario=act.scenario,
            seed=act.seed,
            ceiling=act.ceiling,
            grace_s=act.grace_s,
            patient=act.patient,
        )
        self.ceiling, self._sha256 = act.ceiling, act.sha256
        self.trial, self.come_back = act.trial, act.come_back
        self.disabled = act.disabled
        self.hearing = Hearing(act.volume_db)
        self.sightline.keep(act.pose)
        found = self._shelf(act.scenario)
        if found is None or found.sha256 != act.sha256:
            self.disabled = self.disabled or "its files have changed since the session was opened"
        if found is not None:
            self._take_up(found, act.seed)

    def _set_observers(self, allowed: bool, mirror: bool) -> None:
        """What the patient consents to; being watched is no part of how the session goes on."""
        self.observers, self.observers_mirror = allowed, allowed and mirror

    def _set_ceiling(self, level: int) -> None:
        self.ceiling = level
        if self.armed is not None and self.armed > level:
            self.armed = None
        if self.come_back is not None:
            self.come_back = min(self.come_back, level)
        if self.ramp is not None:
            self.ramp.limit(level)

    def _play(self, act: Played) -> None:
        assert self.playing is not None, "checked before"
        try:
            self.playing.take(act)
        except HostFailed as fault:
            self._fail(str(fault))

    def _go(self, goal: Phase, cause: str) -> None:
        before, self.phase, self.cause = self.phase, goal, cause
        self.eyes.led(before, goal)
        if goal is Phase.EXPOSURE and before is not Phase.HOLD:
            assert self.armed is not None, "checked before"
            self._begins_at = self.armed
            if not self.eyes.count_down():
                self._begin()
        elif goal is Phase.EXPOSURE and self.ramp is not None:
            self.ramp.release()
            self._settled = 0
        elif goal is Phase.HOLD and self.ramp is not None:
            self.ramp.drop_rise()
        elif phases.in_scene(before):
            self._leave(cause)
        if goal not in (Phase.IDLE, Phase.LOADING, Phase.READY, Phase.HOLD):
            self.armed = None
        if before is not goal:
            self.hearing.elsewhere()
            self._tell(PhaseChanged(before=before, after=goal, cause=cause))
        self._tell_of(self.repose.led_to(goal))

    def _begin(self) -> None:
        assert self.ramp is not None, "checked before"
        level = min(self._begins_at, self.ceiling)
        self.eyes.trial_shown()
        self._settled = 0
        self.trial += 1
        self.trial_open = True
        self.ramp.reset()
        self.ramp.aim(level)
        self._tell(TrialOpened(trial=self.trial, level=level))
        self._tell(LevelReached(level=0))

    def _leave(self, cause: str) -> None:
        """The scene is left: the trial ends, events are over, everything is at level 0.

        None of the author's code runs for it: see `leave`.
        """
        ramp, host, playing = self.ramp, self.host, self.playing
        assert ramp is not None and host is not None and playing is not None, "a scene has all"
        if self.eyes.counting:
            # The place was not shown yet: no trial has been, and none is to be closed.
            self.eyes.counting = 0
            return
        self.come_back = self._offered()
        playing.leave()
        if self.trial_open:
            self.trial_open = False
            self._tell(TrialClosed(trial=self.trial, level=ramp.reached, cause=cause))
        ramp.reset()
        self._parting.begin(host, self.tick_count)

    def leave(self) -> None:
        """Let the code of a scene that was left end: of all its events, and its last update.

        Nobody waits for it, it comes last. Ticks do it, a whole one after the scene was left, so
        that another picture is drawn before; and so does what enters a scene anew.
        """
        host = self._parting.take()
        if host is None:
            return
        if host is self.host and not host.given_up:
            try:
                host.leave()
            except HostFailed as fault:
                self._fail(str(fault))
                self.leave()
        else:
            self._parting.remove(host)

    def _offered(self) -> int:
        """The level at which coming back is offered when the scene is left now."""
        assert self.ramp is not None, "a scene has one"
        last = min(self.ramp.asked, self.ramp.reached)
        return min(max(0, last - 1), self.ceiling)

    def _after(self, act: Act) -> None:
        """What an act brings about once its phase stands."""
        if isinstance(act, acts.OpenSession) or (
            isinstance(act, acts.RuntimeRestarted) and self.disabled is None
        ):
            self._build()
        elif isinstance(act, acts.CloseSession):
            self._close()
        elif isinstance(act, acts.LoadFailed | acts.ScenarioFailed) and self.host is not None:
            self.host.give_up()
            self._parting.begin(self.host, self.tick_count)
            self.loaded = False

    def _build(self) -> None:
        assert self.host is not None and self.scenario is not None, "just made"
        try:
            self.building.build(self.scenario, self.host)
        except (HostFailed, ScenarioError) as fault:
            self.apply(acts.LoadFailed(text=str(fault)[:400]), "runtime")

    def _close(self) -> None:
        if self.host is not None and not self._parting.outstanding:
            self._parting.remove(self.host)
        self._tell(ScenarioTimed(effort=self.budget.effort))
        self._forget_session()
        self.cause = "close_session"

    def _fail(self, text: str) -> None:
        self.apply(acts.ScenarioFailed(text=text[:400]), "runtime")

    def _tell(self, news: Happening, session: str | None = None) -> None:
        if session is None and self.opened is not None:
            session = self.opened.session
        self._news.append(Fresh(self.tick_count, session, news))

    def _tell_of(self, news: Happening | None) -> None:
        if news is not None:
            self._tell(news)

    # -- time

    def see(self, head: Head) -> None:
        """Where the patient looks in the next tick; outside the scene it is nobody's concern."""
        if phases.in_scene(self.phase) and not self.eyes.counting:
            self.sightline.enter(head)

    def tick(self) -> None:
        """Let one tick (1/30 s) pass."""
        if self.leaves_next:
            self.leave()
        self.tick_count += 1
        counting = self.eyes.counting
        if self.eyes.tick(counts=self.phase is Phase.EXPOSURE):
            self._begin()
        elif phases.in_scene(self.phase) and not counting:
            self._tick_scene()
        self._tell_of(self.repose.tick())
        self._stage.tick(DT)
        self.hearing.tick()
        marked = [Marked(text=text) for text in self._stage.marks()]
        spoken = [LineSpoken(name=line) for line in self._stage.said()]
        for what in (*marked, *spoken, *self._stage.news()):
            self._tell(what)

    def _tick_scene(self) -> None:
        ramp, playing = self.ramp, self.playing
        assert ramp is not None and playing is not None, "a scene has both"
        reached, held = ramp.reached, self.phase is Phase.HOLD
        ramp.tick(DT, may_rise=not held)
        self._stage.hold(held)
        self._settled = 0 if ramp.moving else self._settled + 1
        if ramp.reached != reached:
            self._tell(LevelReached(level=ramp.reached))
        try:
            playing.tick()
        except HostFailed as fault:
            self._fail(str(fault))
        self.sightline.after_tick()


def _names_session(act: Act) -> str | None:
    """The session that an act brings into an engine that has none."""
    return act.session if isinstance(act, acts.OpenSession | acts.RuntimeRestarted) else None
