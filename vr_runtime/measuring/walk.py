"""Owns the way on which a scenario is measured without pictures: levels, events, leaving, again.

It says what it saw and not how that is told.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from scenarios.api.manifest import LEVELS, EventSpec, TaskSpec
from vr_runtime.engine.budget import SOFT_S, Overran
from vr_runtime.language import _, filled
from vr_runtime.measuring.codes import RULES
from vr_runtime.measuring.growing import Growth, Held, grows
from vr_runtime.measuring.leading import Failed, Led, NotReached
from vr_runtime.measuring.limits import (
    CYCLES,
    LEAST_TICKS,
    LONG_EVENT_S,
    LONGEST_EVENT_S,
    LONGEST_TASK_S,
    MARKED_S,
)
from vr_runtime.measuring.motion import Moves, Noting
from vr_runtime.measuring.outcome import Effort, Finding, Spot, Step, Walked
from vr_runtime.measuring.slowness import Busiest, Pace, too_slow
from vr_runtime.measuring.telling import thrown
from vr_runtime.measuring.trace import Spread, Trace
from vr_runtime.stage.heard import Heard
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import View
from vr_runtime.wire.version import TICKS_PER_SECOND

ALIVE_S = 0.5
"""Wall seconds between two signs of life at least."""
SECOND = TICKS_PER_SECOND
STILL_TICKS = 20
"""So long a level is looked at for what moves by itself."""
SETS_OFF_TICKS = 3 * SECOND
"""A vehicle says for two seconds that it will move, and only then does."""
AFTER_TICKS = 12
"""After an event, until what its end changes has come to rest."""
COMES_AND_GOES_TICKS = 75 * SECOND
"""A sound that a level itself has come and go is silent again within so long."""
MIDDLE = 5
SETTLED_TICKS = 60
"""After a value has moved: the place to stand that follows it is there by then."""
IN_ORDER = "in order"
"""Told when all levels and events were walked without a finding."""
UNTRACED = 2
"""Cycles before memory is looked at."""


class Walking:
    """The null display, as far as leading needs it."""

    def __init__(self, stage: NullStage) -> None:
        self.stage = stage

    def show(self, view: View) -> None:
        """Whether the scene would be seen: only then the limits of comfort are at work."""
        seen, viewer = view is View.SCENE, self.stage.inner.standing
        if viewer.seen and not seen:
            viewer.settle()
            self.stage.inner.spoken.hush()
        viewer.seen = seen


class _Enough(Exception):
    """What was found says it all: whatever follows would be the same fault once more."""


@dataclass
class Counted:
    """How much stands in the world."""

    things: int
    sounds: int


class Walk:
    """One scenario on one null stage."""

    def __init__(
        self,
        lead: Callable[[Walking, Callable[[], None]], Led],
        files: Callable[[str], bool],
        make: Callable[[], NullStage],
        alive: Callable[[str], None],
    ) -> None:
        """Begin with nothing walked.

        Args:
            lead: opens a session of the scenario on a stage.
            files: whether a file, as Python names it, is the author's.
            make: makes a stage.
            alive: hears what goes on.
        """
        self._lead, self._files, self._make, self._alive = lead, files, make, alive
        self._busiest, self._pace, self._memory = Busiest(files), Pace(), Growth(files)
        self._spent_s = 0.0
        self._slow, self._worst_s = 0, 0.0
        self._ended = False
        """Whether nothing more is walked."""
        self._moves = Moves()
        self.findings: list[Finding] = []
        self.steps: list[Step] = []
        self._ticks = 0
        self._told_s = 0.0
        self._effort = Effort()
        self._played: dict[str, float] = {}
        """Seconds that each event has taken."""
        self._broken: set[str] = set()
        self._digests: list[str] = []
        self._most = Counted(0, 0)
        self._growth = 0
        self._event = ""
        self._at_rest: Spread | None = None

    # -- the whole way

    def compared(self) -> Walked:
        """The part of the way that is walked twice, to be compared: all levels and events."""
        self._guarded(self._levels_and_events)
        return self._walked()

    def whole(self) -> Walked:
        """The whole way."""
        self._guarded(self._levels_and_events)
        if not any(RULES[f.code].weight == "error" for f in self.findings):
            self._alive(IN_ORDER)
            for part in (self._interrupted, self._apart, self._again_and_again):
                if not self._ended:
                    self._guarded(part)
        for finding in self._moves.findings():
            self._found(finding)
        return self._walked()

    def _walked(self) -> Walked:
        return Walked(
            effort=self._effort,
            slowest=self._busiest.spot(),
            things=self._most.things,
            sounds=self._most.sounds,
            events_played=len(self._played),
            growth_bytes_a_minute=self._growth,
            digests=tuple(self._digests),
            steps=tuple(self.steps),
        )

    def _guarded(self, part: Callable[[], None]) -> None:
        """Walk a part; after a fault in an event once more, without that event."""
        for _round in range(8):
            self._event = ""
            try:
                self._open()
                part()
                self._close()
            except Failed as fault:
                self._found(thrown(fault.error, self._spot_of(fault), self._where()))
                if isinstance(fault.error, Overran) and not fault.spot.line:
                    # it came back, too late: whatever else is played takes as long
                    self._ended = True
                    return
            except _Enough:
                self._ended = True
                return
            except NotReached:
                told = _("A level is not reached within {n} s.").format(n=180)
                hint = _("let the values have a higher `rate`")
                self._found(Finding(code="PS202", spot=_levels(), message=told, hint=hint))
                return
            else:
                return
            finally:
                self._take_effort()
            if not self._event:
                return
            self._broken.add(self._event)

    def _spot_of(self, fault: Failed) -> Spot:
        """The author's line, or the function that has been slow for long."""
        self._busiest.end()
        slow = isinstance(fault.error, Overran) and not fault.spot.line and not self._event
        return self._busiest.spot() if slow else fault.spot

    def _where(self) -> str:
        """What of the author's code ran last."""
        if not hasattr(self, "_led"):
            return "build"
        return self._event or ("safe" if self._led.leaving else "update")

    def _open(self) -> None:
        stage = self._make()
        self._display = Walking(stage)
        self._trace = Trace(stage.inner)
        self._news = stage.inner.news = Noting(self._files, self._where)
        self._still = 0
        self._led = self._lead(self._display, self._ticked)
        self._led.loaded()
        self._spent_s = 0.0
        self._memory.begin()

    def _close(self) -> None:
        self._led.close()
        left = self._counted()
        if left.things or left.sounds:
            told = _("{n} things and sounds stay after the scenario was closed.")
            self._found(_finding("PS209", _at("build"), told.format(n=left.things + left.sounds)))

    def _ticked(self) -> None:
        self._trace.take()
        self._still = 0 if self._led.engine.moving else self._still + 1
        viewer = self._display.stage.inner.standing
        self._moves.take(viewer, led=self._still <= SETTLED_TICKS)
        self._ticks += 1
        self._bounded()
        if time.monotonic() - self._told_s > ALIVE_S:
            self._told_s = time.monotonic()
            self._alive("")

    def _bounded(self) -> None:
        """No further where its memory grows, or its ticks are too slow to go on."""
        took_s = self._led.spent_s - self._spent_s
        self._spent_s = self._led.spent_s
        self._busiest.ticked(took_s)
        self._slow += took_s > SOFT_S
        self._worst_s = max(self._worst_s, took_s)
        if self._pace.late(took_s):
            self._busiest.end()
            told = Overran("took too much of its ticks")
            self._found(thrown(told, self._busiest.spot(), "update"))
            raise _Enough
        each = self._pace.too_slow
        # what grows is slow for that, and the growth is what is to be told
        grown = each is not None and self._memory.grown
        found = self._memory.take(soon=grown and not self._memory.tracing)
        if found is not None:
            self._found(found)
            raise _Enough
        if each is not None and not self._memory.tracing:
            self._busiest.end()
            self._found(too_slow(each, self._busiest.spot()))
            raise _Enough

    def _take_effort(self) -> None:
        self._busiest.end()
        if not hasattr(self, "_led"):
            return
        now, before = self._led.engine.budget.effort, self._effort
        self._effort = Effort(
            ticks=before.ticks + now.calls,
            slow=self._slow,
            worst_ms=max(before.worst_ms, now.worst_ms, round(1000.0 * self._worst_s, 3)),
            build_ms=max(before.build_ms, now.build_ms),
        )
        self._digests += self._trace.digests
        for finding in self._news.findings:
            self._found(finding)
        self._most.things = max(self._most.things, self._trace.most_things)
        self._most.sounds = max(self._most.sounds, self._trace.most_sounds)

    def _step(self, what: str, event: str = "") -> None:
        self.steps.append(Step(tick=self._ticks, what=what, event=event))
        self._alive(what)

    def _found(self, finding: Finding) -> None:
        if finding not in self.findings:
            self.findings.append(finding)

    def _counted(self) -> Counted:
        world = self._trace.world
        # the chimes of vehicles and the voice of a line are the stage's own
        return Counted(len(world.placed), len([h for h in world.heard if not h.line]))

    # -- levels and events

    def _levels_and_events(self) -> None:
        self._step(_("level {level}").format(level=0))
        self._led.begin(0)
        before: Spread | None = None
        for level in range(LEVELS):
            if level:
                self._step(_("level {level}").format(level=level))
                self._led.go_to(level)
            before = self._look_at(level, before)
            for event in self._led.manifest.events:
                if self._plays_at(event, level):
                    self._play(event)
            for task in self._led.manifest.tasks:
                if task.name not in self._broken and level in self._some_levels(task.name):
                    self._give(task)
        for level in range(LEVELS - 2, -1, -1):
            self._step(_("level {level}").format(level=level))
            self._led.go_to(level)
        self._back_at_the_beginning()
        if self._ticks < LEAST_TICKS:
            self._led.pass_time(LEAST_TICKS - self._ticks)

    def _look_at(self, level: int, before: Spread | None) -> Spread:
        """What is there at a level; PS214 where it is what was there at the level before."""
        counted, here = self._counted(), self._looked()
        now = self._counted()
        if now.things > counted.things or now.sounds > counted.sounds:
            told = _("{n} more things and sounds after {ticks} ticks at one level.").format(
                n=now.things - counted.things + now.sounds - counted.sounds, ticks=STILL_TICKS
            )
            hint = _("make things in `build` and keep them; move and hide them in `update`")
            self._found(_finding("PS209", _at("update"), told, hint))
            raise _Enough
        if before is not None and not here.differs(before) and self._sets_off():
            self._led.pass_time(SETS_OFF_TICKS)
            here = self._looked()
        if level == 0:
            self._at_rest = here
        elif before is not None and not here.differs(before):
            told = _("Level {level} shows and plays just what level {before} does.").format(
                level=level, before=level - 1
            )
            hint = _("let a value change between them, and use it in `update`")
            self._found(_finding("PS214", Spot(name=f"level {level}"), told, hint))
        return here

    def _looked(self) -> Spread:
        """What is there, for as long as a level is looked at."""
        here = Spread()
        for _tick in range(STILL_TICKS):
            self._led.pass_time(1)
            here.take(self._trace.facts())
        return here

    def _sets_off(self) -> bool:
        """Whether a vehicle moves, or has said that it will."""
        return any(vehicle.moving for vehicle in self._trace.world.vehicles)

    def _plays_at(self, event: EventSpec, level: int) -> bool:
        manifest = self._led.manifest
        if event.name in self._broken:
            return False
        if self._played.get(event.name, 0.0) <= LONG_EVENT_S:
            return manifest.allowed_at(event.name, level)
        return level in self._some_levels(event.name)

    def _some_levels(self, name: str) -> set[int]:
        """The lowest, a middle and the highest level at which an event or task may be."""
        allowed = [n for n in range(LEVELS) if self._led.manifest.allowed_at(name, n)]
        return {allowed[0], allowed[len(allowed) // 2], allowed[-1]} if allowed else set()

    def _play(self, event: EventSpec) -> None:
        led, name = self._led, event.name
        host = led.engine.host
        assert host is not None, "a scene has one"
        led.pass_time(round(host.cooldown_s(name) * SECOND) + 1)
        self._step(name, name)
        before, loops = self._counted(), self._trace.loops_on()
        self._event = name
        if not led.act(acts.Trigger(name=name)):
            self._event = ""
            return
        ticks = 0
        while led.happening(name) and ticks < LONGEST_EVENT_S * SECOND:
            led.pass_time(1)
            ticks += 1
        self._played[name] = max(self._played.get(name, 0.0), ticks / SECOND)
        if led.happening(name):
            told = _("The event `{name}` does not end by itself within {n:g} s.")
            self._found(_finding("PS208", _at(name), filled(told, name=name, n=LONGEST_EVENT_S)))
            self._broken.add(name)
            self._event = ""
            # it is left with the scene, and the way goes on from here
            led.begin(led.engine.ramp.asked if led.engine.ramp else 0)
            return
        led.pass_time(AFTER_TICKS)
        self._event = ""
        self._left_by(name, before, loops)

    def _give(self, task: TaskSpec) -> None:
        """Give a task until it is over: by itself, marked as done, or taken back."""
        led, name = self._led, task.name
        self._step(name, name)
        before, loops = self._counted(), self._trace.loops_on()
        self._event = name
        if led.act(acts.GiveTask(name=name)):
            most = MARKED_S if task.by_therapist else LONGEST_TASK_S
            for _tick in range(round(most * SECOND)):
                if not led.happening(name):
                    break
                led.pass_time(1)
            if led.happening(name):
                over = acts.TaskDone if task.by_therapist else acts.TakeBackTask
                led.act(over(name=name))
            led.pass_time(AFTER_TICKS)
            self._left_by(name, before, loops)
        self._event = ""

    def _left_by(self, name: str, before: Counted, loops: set[Heard]) -> None:
        after = self._counted()
        more = after.things - before.things + after.sounds - before.sounds
        if after.things > before.things or after.sounds > before.sounds:
            told = _("`{name}` leaves {n} things or sounds behind.")
            hint = _("make in the event what belongs to it, or remove it before it ends")
            self._found(_finding("PS209", _at(name), told.format(name=name, n=more), hint))
        left = self._trace.loops_on() - loops
        for _tick in range(COMES_AND_GOES_TICKS):
            if not left:
                break
            # a level's own sounds may come and go: one that an event left on never goes
            self._led.pass_time(1)
            left &= self._trace.loops_on()
        if left:
            told = _("`{name}` leaves a sound on.").format(name=name)
            hint = _("stop it in a `finally:` of the event")
            self._found(_finding("PS210", _at(name), told, hint))

    def _back_at_the_beginning(self) -> None:
        """PS213 where leaving and coming again is not as it was at the beginning."""
        self._led.leave()
        self._step(_("level {level}").format(level=0))
        self._led.begin(0)
        here = Spread()
        for _tick in range(STILL_TICKS):
            self._led.pass_time(1)
            here.take(self._trace.facts())
        if self._at_rest is not None and not self.findings:
            first, again = self._at_rest.at_rest(), here.at_rest()
            differs = [name for name in again.differs(first) if first.has(name) and again.has(name)]
            if differs:
                told = _("After leaving, level 0 is not as it was at first ({what}).")
                hint = _("put back in `safe` what the scenario keeps beside its values")
                self._found(
                    _finding("PS213", _at("safe"), told.format(what=", ".join(differs[:3])), hint)
                )

    # -- leaving, values apart, again and again

    def _interrupted(self) -> None:
        led = self._led
        for event in led.manifest.events:
            allowed = [n for n in range(LEVELS) if led.manifest.allowed_at(event.name, n)]
            lasts = round(self._played.get(event.name, 0.0) * SECOND)
            if not allowed or event.name in self._broken:
                continue
            for ticks in sorted({1, lasts // 2}):
                self._step(_("{event}, left").format(event=event.name), event.name)
                led.begin(allowed[0])
                led.pass_time(round(self._cools(event) * SECOND) + 1)
                before = self._counted()
                self._event = event.name
                if led.act(acts.Trigger(name=event.name)):
                    led.pass_time(ticks)
                    led.leave()
                self._event = ""
                after = self._counted()
                if after.things > before.things or after.sounds > before.sounds:
                    told = _("The event `{name}` leaves {n} things behind when it is left.")
                    more = after.things - before.things + after.sounds - before.sounds
                    told = told.format(name=event.name, n=more)
                    self._found(_finding("PS209", _at(event.name), told))

    def _cools(self, event: EventSpec) -> float:
        host = self._led.engine.host
        return 0.0 if host is None else host.cooldown_s(event.name)

    def _apart(self) -> None:
        led = self._led
        led.begin(MIDDLE)
        for value in led.manifest.graded:
            self._step(value.label.en)
            sign = 1.0 if value.harder == "up" else -1.0
            now = value.by_level[MIDDLE]
            for goal in (now + sign * value.step, now - sign * value.step):
                held = min(value.high, max(value.low, goal))
                if led.act(acts.SetValue(name=value.name, value=held)):
                    led.settle()
            led.act(acts.FollowLevel(name=value.name))
            led.settle()
        led.leave()

    def _again_and_again(self) -> None:
        """PS205 where the memory that the author's code holds grows from cycle to cycle."""
        led = self._led
        theirs = Held(self._files)
        self._memory.end()
        level = max(MIDDLE, *(e.min_level for e in led.manifest.events), 0)
        held: list[tuple[int, int]] = []
        try:
            for cycle in range(CYCLES):
                # the first cycles fill what is kept once and for all
                if cycle == UNTRACED:
                    tracemalloc.start(1)
                self._step(_("again {n}").format(n=cycle + 1))
                led.begin(level)
                for event in led.manifest.events:
                    if event.name not in self._broken and self._cools(event) == 0.0:
                        led.act(acts.Trigger(name=event.name))
                led.pass_time(10 * SECOND)
                led.leave()
                if cycle >= UNTRACED:
                    held.append((self._ticks, theirs.bytes()))
            spot = theirs.most()
        finally:
            tracemalloc.stop()
        steps = [b[1] - a[1] for a, b in pairwise(held)]
        minutes = (held[-1][0] - held[0][0]) / (60.0 * SECOND)
        self._growth = max(0, round((held[-1][1] - held[0][1]) / max(minutes, 1e-6)))
        found = grows(self._growth, spot) if min(steps) > 0 else None
        if found is not None:
            self._found(found)


def _at(name: str) -> Spot:
    return Spot(name=name)


def _levels() -> Spot:
    return Spot(name="levels")


def _finding(code: str, spot: Spot, message: str, hint: str = "") -> Finding:
    return Finding(code=code, spot=spot, message=message, hint=hint)
