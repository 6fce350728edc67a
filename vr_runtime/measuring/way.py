"""Owns the way on which a scenario is looked at: its parts, in order; looks at nothing itself.

It is gone twice: once without pictures, to find what might flash and where it is seen (`Scout`),
and once with them (`seeing`). Each part has a name, by which a tick of the one is found in the
other.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from scenarios.api.manifest import LEVELS, EventSpec, GradedSpec
from vr_runtime.language import _
from vr_runtime.measuring.leading import Led
from vr_runtime.measuring.limits import LONGEST_EVENT_S
from vr_runtime.measuring.stirring import Stirring, View
from vr_runtime.measuring.walk import Walking
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.wire import acts
from vr_runtime.wire.version import TICKS_PER_SECOND

DOWN = -35.0
"""Degrees: a look down that still has the near edge in it."""
MIDDLE = AT_LEVEL = 5
"""Values are set apart here. Events are looked at here, or at the nearest level at which they may
happen."""
MOMENTS, APART_TICKS = 4, 14
"""A level is looked at so often, so far apart, for what moves anyway."""
RUN_ON_TICKS = 15
EXTREME_TICKS = 36
"""So long a value is looked at where it was set apart as far as it goes."""
MOST_STEPS = 100
"""Acts by which a value is set apart at most: each is one declared step."""
AROUND: tuple[View, ...] = ((90, 0), (180, 0), (-90, 0), (0, 75), (0, -75))
AROUND_AT = (0, MIDDLE, 10)
AROUND_TICKS = 36
"""So long each direction is looked at: what flashes all the time does so within it."""

Plan = dict[str, dict[int, tuple[View, ...]]]
"""Of each part, the ticks at which something might flash, and where it is seen."""
Lead = Callable[[Walking, Callable[[], None]], Led]


class Way:
    """The way. What it passes can be looked at by who inherits; else only time passes."""

    part: str
    """What goes on, in words of its own, the same ones each time."""
    apart = False
    """Whether a value is set apart now, step by step."""
    _led: Led
    _lot: int | None

    def go(self) -> tuple[int, list[EventSpec]]:
        """Go it all; gives the first level and the events that are looked at."""
        first, levels, events = self._by_lot()
        self.begin(_("level {level}").format(level=first))
        self._led.begin(first)
        for level in levels:
            if level != first:
                self.begin(_("level {level}").format(level=level))
            self.watch("update")
            if level != first:
                self._led.go_to(level)
            # what a level shows by itself, once its ramp is over
            self._led.pass_time(RUN_ON_TICKS)
            self.judge()
            self.stay_at_level()
            played = [event for event in events if level == self._level_for(event, levels)]
            for event in played:
                self.begin(_("{name} at level {level}").format(name=event.name, level=level))
                self._play(event)
            if played and level != levels[-1]:
                # Minutes have passed: the next level is held against what is seen just before it.
                name = _("level {level}").format(level=level)
                self.begin(_("{name} once more").format(name=name))
                self._led.pass_time(RUN_ON_TICKS)
                self.stay_at_level(again=True)
        self.begin(_("back to level 0"))
        self.watch("update")
        self._led.act(acts.Lower(level=0))
        self._led.settle()
        self.judge()
        if self._lot is None:
            # Only now: between two levels that are held against each other little time may pass.
            self._all_around()
            self._values_apart()
        for event in events if self._lot is None else ():
            # what is out of sight there may be seen where it may happen first
            lowest = self._levels_of(event)[:1]
            if lowest and self.is_unseen(event.name):
                self.begin(_("{name} once more").format(name=event.name))
                self._led.begin(lowest[0])
                self._play(event)
        return first, events

    # -- what may be looked at

    def begin(self, part: str) -> None:
        """A part begins."""
        self.part = part

    def watch(self, name: str, view: View = (0, 0)) -> None:
        """From here on pictures are looked at, seen so; what is found belongs to `name`."""

    def judge(self) -> None:
        """What was seen since is judged."""

    def turns_at(self, level: int) -> bool:
        """Whether one looks all around at a level."""
        return level in AROUND_AT

    def is_unseen(self, event: str) -> bool:
        """Whether an event was not seen where it was looked at."""
        return True

    def stay_at_level(self, *, again: bool = False) -> None:
        """A level as it stays; `again` once its events were played."""
        self._led.pass_time(2 * MOMENTS * APART_TICKS)

    def before(self, event: str) -> None:
        """What is seen before an event."""
        self._led.pass_time(MOMENTS * APART_TICKS)

    def goes_on(self, event: str, tick: int) -> None:
        """A tick of an event passed."""

    def is_over(self, event: str) -> None:
        """An event is over."""

    # -- parts

    def _by_lot(self) -> tuple[int, range, list[EventSpec]]:
        """The first level, all levels and the events that are looked at."""
        events = list(self._led.manifest.events)
        if self._lot is None:
            return 0, range(LEVELS), events
        chance = Random(self._lot)
        first = chance.randrange(MIDDLE)
        return first, range(first, first + 2), chance.sample(events, min(1, len(events)))

    def _level_for(self, event: EventSpec, levels: range) -> int | None:
        allowed = [level for level in self._levels_of(event) if level in levels]
        return min(allowed, key=lambda n: (abs(n - AT_LEVEL), -n), default=None)

    def _levels_of(self, event: EventSpec) -> list[int]:
        return [n for n in range(LEVELS) if self._led.manifest.allowed_at(event.name, n)]

    def _play(self, event: EventSpec) -> None:
        led, name = self._led, event.name
        host = led.engine.host
        assert host is not None, "a scene has one"
        led.pass_time(round(host.cooldown_s(name) * TICKS_PER_SECOND) + 1)
        self.before(name)
        self.watch(name)
        if led.act(acts.Trigger(name=name)):
            for tick in range(round(LONGEST_EVENT_S * TICKS_PER_SECOND)):
                led.pass_time(1)
                if not led.happening(name):
                    break
                self.goes_on(name, tick)
        self.judge()
        self.is_over(name)

    def _all_around(self) -> None:
        for level in filter(self.turns_at, range(LEVELS)):
            self.begin(_("level {level}, all around").format(level=level))
            self._led.begin(level)
            for view in AROUND:
                self.watch("update", view)
                self._led.pass_time(AROUND_TICKS)
                self.judge()

    def _values_apart(self) -> None:
        self.apart = True
        for value in self._led.manifest.graded:
            self.begin(_("{name} set apart").format(name=value.name))
            self._led.begin(MIDDLE)
            easiest, hardest = value.low, value.high
            if value.harder == "down":
                easiest, hardest = hardest, easiest
            # The easiest last: from there it is many raises back, and one beginning anew.
            self._set_apart(value, hardest)
            self._set_apart(value, easiest)
        self.apart = False

    def _set_apart(self, value: GradedSpec, goal: float) -> None:
        """As far as the engine lets it go, step by step, and look at it there."""
        at, moved = value.by_level[MIDDLE], False
        for _step in range(MOST_STEPS):
            if at == goal:
                break
            harder = value.is_harder(goal, at)
            to = at + min(value.step, abs(goal - at)) * (1 if goal > at else -1) if harder else goal
            if not self._led.act(acts.SetValue(name=value.name, value=to)):
                break
            at, moved = to, True
            self._led.settle()
        if moved:
            self.watch("update")
            self._led.pass_time(EXTREME_TICKS)
            self.judge()


class Scout(Way):
    """Goes the way without pictures, to see where they are needed."""

    def __init__(
        self, lead: Lead, lot: int | None = None, alive: Callable[[str], None] = lambda _what: None
    ) -> None:
        """Open a session on a stage without pictures; `alive` hears that it goes on."""
        self._lot, self._alive = lot, alive
        display = Walking(NullStage(shipped()))
        self._stirring = Stirring(display.stage.inner)
        self._led = lead(display, self._ticked)
        self._plan: Plan = {}
        self.part = ""

    def plan(self) -> Plan:
        """What might flash on the whole way. Raises `Failed`, `NotReached`."""
        self._led.loaded()
        self.go()
        self.begin("")
        self._led.close()
        return self._plan

    def _ticked(self) -> None:
        self._alive("")
        self._stirring.take()

    def begin(self, part: str) -> None:
        """What stirred in the part before is written down."""
        if self.part:
            self._plan[self.part] = self._stirring.views()
        self._stirring.begin()
        super().begin(part)
