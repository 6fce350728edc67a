"""Two consoles and an observer in a storm: a real runtime under its watchdog, everything at random.

One of the consoles is the real one's core with a real record; the others are reduced to their
wires. One loop plays them all, so that a seed gives one order of what is tried; what comes of it is
the machine's. A scribe with a wire of its own writes down all that the runtime tells.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from far_wire import FarWire
from runtime_process import RuntimeProcess
from storm_console import StormConsole
from storm_riders import Rider, Scribe
from storm_wall import WallClock
from verdict import applied

from vr_runtime.wire.acts import Phase
from vr_runtime.wire.messages import Heartbeat

GRACE_S = 1.0
BEAT_EVERY_S = 0.2
SILENCE_S = 6.0
"""Far longer than 1 s and the grace, so that a busy machine has no part in what is asserted."""
BACK_WITHIN_S = 20.0
"""A renderer that was killed is back: other tests share the machine with a storm."""
HOLDS_S = 11.5
"""A start that lasted so long has succeeded in the eyes of the watchdog, which gives up after three
that did not."""
CALM_WITHIN_S = 30.0
LONGER_S = 90.0
ENOUGH = 3
"""Acts in the scene, below which a storm would show too little."""
IN_SCENE = (Phase.EXPOSURE, Phase.HOLD)
IN_THE_SCENE = ("raise", "lower", "set_value", "trigger", "hold", "resume", "pause", "safe_place")


@dataclass
class Storm:
    """What befalls a runtime and all who are joined to it."""

    runtime: RuntimeProcess
    wires: dict[str, FarWire]
    wall: WallClock
    console: StormConsole
    seed: int
    seconds: float = 0.0
    """How long all of it took, once it is over."""
    tried: Counter[str] = field(default_factory=Counter)
    back: list[float] = field(default_factory=list)
    """Seconds from each kill of the renderer to the first state of the next one."""

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.scribe = Scribe(self.runtime)
        names = [name for name in self.wires if name != "therapist"]
        self.riders = [Rider(n, self.runtime, self.wires[n], self.chance) for n in names]
        self._dealt: list[Callable[[str, float], None]] = []
        """Mishaps still to come before each may come again."""
        self._undisturbed_until = 0.0
        self._later: list[tuple[float, Callable[[], None]]] = []
        """When which mishap ends."""
        self._safe_from = float("inf")
        """From when on the patient must be safe, all having been silent so long."""
        self._up_since = time.monotonic()
        self._killed: tuple[float, str] | None = None
        """When the renderer was killed, and which start of it."""
        self._kills = self._in_a_row = 0
        self._kill_from = self._up_since + self.chance.uniform(4.0, HOLDS_S)

    # -- time

    async def rage(self, seconds: float) -> None:
        """Let it storm, on a slow machine until something in the scene befell, then calm down."""
        began = time.monotonic()
        mishap_at = began + 3.0
        while (now := time.monotonic()) - began < seconds or (
            now - began < seconds + LONGER_S and self._in_the_scene() < ENOUGH
        ):
            await self._pass(now)
            if self._killed is not None or now < self._undisturbed_until:
                continue
            if now >= self._kill_from:
                self._kill(now)
            elif now >= mishap_at:
                mishap_at = now + self.chance.uniform(0.5, 4.0)
                self._mishap(now)
        await self._calm()

    def _in_the_scene(self) -> int:
        told = (one for start in self.scribe.told.values() for one in start.values())
        return sum(one.act.kind in IN_THE_SCENE for _, one in applied(told))

    async def _pass(self, now: float) -> None:
        for due, what in [one for one in self._later if one[0] <= now]:
            self._later.remove((due, what))
            what()
        self.scribe.read()
        self._look_for_the_next_start(now)
        if now >= self._safe_from:
            self._safe_from = float("inf")
            assert self.scribe.states[-1].phase not in IN_SCENE, "nobody was heard, and it went on"
        for rider in self.riders:
            rider.read()
            if now < rider.silent_until:
                continue
            if now >= rider.beat_at:
                rider.beat_at = now + BEAT_EVERY_S
                rider.send(Heartbeat(durable=0))
            if now >= rider.act_at:
                rider.act_at = now + self.chance.expovariate(3.0)
                if tried := rider.act():
                    self.tried[tried] += 1
        if now >= self.console.act_at and now >= self._undisturbed_until:
            self.console.act_at = now + self.chance.expovariate(4.0)
            self.console.act()
        await self.console.core.for_s(0.015)

    def _look_for_the_next_start(self, now: float) -> None:
        if self._killed is None:
            return
        at, boot = self._killed
        state = self.scribe.states[-1]
        assert now - at < BACK_WITHIN_S, "the renderer did not come back"
        if state.boot != boot:
            self._killed, self._up_since = None, now
            self.back.append(now - at)
            first = next(s for s in self.scribe.states if s.boot == state.boot)
            assert first.phase not in IN_SCENE, "it came back into the scene"
            soon = self._in_a_row < 2 and self.chance.random() < 0.3
            self._in_a_row = self._in_a_row if soon else 0
            wait = self.chance.uniform(0.2, 3.0) if soon else HOLDS_S
            self._kill_from = now + wait + self.chance.uniform(0.0, 6.0)

    async def _calm(self) -> None:
        self._end_mishaps()
        for wire in self.wires.values():
            wire.delay_s = wire.jitter_s = 0.0
        until = time.monotonic() + CALM_WITHIN_S
        for rider in self.riders:
            rider.silent_until = until + 3600.0
        while self._killed is not None or self._safe_from != float("inf"):
            assert time.monotonic() < until, "the storm does not end"
            await self._pass(time.monotonic())
        await self.console.end()
        self.scribe.read()

    def _end_mishaps(self) -> None:
        while self._later:
            self._later.pop()[1]()

    # -- what befalls them

    def _mishap(self, now: float) -> None:
        if not self._dealt:
            # Like cards: none is left out, however chance will have it.
            often = [self._stall, self._cut, self._lengthen, self._restart, self._freeze]
            self._dealt = [*often, *often, self._fall_silent, *[self._set_the_clock] * 2]
            self.chance.shuffle(self._dealt)
        name, what = self.chance.choice(list(self.wires)), self._dealt.pop()
        self.tried[what.__name__.strip("_")] += 1
        what(name, now)

    def _stall(self, name: str, now: float) -> None:
        self.wires[name].stall()
        self._later.append((now + self.chance.uniform(0.2, 3.0), self.wires[name].flow))

    def _cut(self, name: str, now: float) -> None:
        self.wires[name].cut()
        self._later.append((now + self.chance.uniform(0.2, 2.0), self.wires[name].mend))

    def _lengthen(self, name: str, now: float) -> None:
        wire = self.wires[name]
        wire.delay_s = self.chance.choice([0.0, 0.0, 0.05, 0.25, 0.5])
        wire.jitter_s = wire.delay_s / 4

    def _restart(self, name: str, now: float) -> None:
        rider = self.chance.choice(self.riders)
        rider.client.close()
        rider.begin()

    def _freeze(self, name: str, now: float) -> None:
        """The patient's machine sleeps: the renderer alone would be taken for hung, and rightly."""
        pids = (self.runtime.process.pid, self.runtime.renders)
        for pid in pids:
            _signal(pid, signal.SIGSTOP)

        def wake() -> None:
            for pid in reversed(pids):
                _signal(pid, signal.SIGCONT)

        self._later.append((now + self.chance.uniform(0.1, 2.5), wake))

    def _set_the_clock(self, name: str, now: float) -> None:
        hour, day = 3600.0, 86_400.0
        self.wall.jump(self.chance.choice([hour, -hour, day, -day, 7 * day, -7 * day]))

    def _fall_silent(self, name: str, now: float) -> None:
        """All consoles are silent together; meanwhile nothing else happens to the runtime."""
        self._end_mishaps()
        self._undisturbed_until = now + SILENCE_S
        for one in self.riders:
            one.silent_until = now + SILENCE_S
        self._stall("therapist", now)
        self._later = [(self._undisturbed_until, self.wires["therapist"].flow)]
        self._safe_from = now + SILENCE_S - 0.5

    def _kill(self, now: float) -> None:
        """The renderer is killed, or hangs until the watchdog kills it."""
        self._killed = (now, self.scribe.boot)
        self._in_a_row += 1
        kill = self._kills % 4 != 3
        self._kills += 1
        self.tried["kill" if kill else "hang"] += 1
        self._end_mishaps()
        _signal(self.runtime.renders, signal.SIGKILL if kill else signal.SIGSTOP)

    def leave(self) -> None:
        """Let all go, however the storm has ended."""
        for rider in self.riders:
            rider.client.close()
        self.scribe.client.close()


def _signal(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
