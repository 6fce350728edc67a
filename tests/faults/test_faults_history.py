"""Whatever two consoles, an observer and a bad network do, the history keeps every promise."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable

import pytest
from history import HEIGHT, ROLES, World, judge
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.messages import AnyCommand, Claim, Done, Heartbeat, Refused, Release
from vr_runtime.wire.refusals import SENTENCES, Code
from vr_runtime.wire.version import STOP

consoles = st.sampled_from(sorted(ROLES))
leaders = st.sampled_from(["first", "second"])


@st.composite
def commands(draw: st.DrawFn) -> AnyCommand:
    """Any act a console may send, at levels near and far."""
    level = draw(st.integers(0, 10))
    made: list[AnyCommand] = [
        acts.Raise(level=level),
        acts.Lower(level=level),
        acts.SetValue(name="height", value=float(level)),
        acts.FollowLevel(name="height"),
        acts.SetCeiling(level=level),
        acts.ArmTrial(level=level),
        acts.BeginTrial(level=level),
        acts.Trigger(name="noise"),
        acts.Hold(),
        acts.Resume(),
        acts.Pause(),
        acts.SafePlace(),
        acts.CloseSession(),
        Release(),
        Claim(),
        Claim(takeover=True),
    ]
    return draw(st.sampled_from(made))


class BadNetwork(RuleBasedStateMachine):
    """Consoles, runtime and network in any order of mishaps."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.begun = False
        # Whatever in this process asks for the time of day is told one that jumps.
        self.patch = pytest.MonkeyPatch()
        true = time.time
        self.patch.setattr(time, "time", lambda: true() + self.world.set_ahead_s)
        self.patch.setattr(
            time, "time_ns", lambda: int((true() + self.world.set_ahead_s) * 1_000_000_000)
        )

    @rule(name=leaders, level=st.integers(0, 6))
    def lead(self, name: str, level: int) -> None:
        self.world.lead(name, level)

    @precondition(lambda self: self.world.phase is Phase.EXPOSURE)
    @rule(by=st.sampled_from([1, 1, 2, 3]), settled=st.booleans())
    def some_levels_up(self, by: int, settled: bool) -> None:
        holder = self.world.holder
        if holder is None:
            return
        if settled:
            self.world.keep_beating(holder, seconds=2 * self.world.asked + 1.2)
        self.world.at_once(holder, acts.Raise(level=min(10, self.world.asked + by)))

    @precondition(lambda self: self.world.phase is Phase.EXPOSURE)
    @rule()
    def a_value_is_set_apart(self) -> None:
        holder = self.world.holder
        if holder is None:
            return
        self.world.keep_beating(holder, seconds=2 * self.world.asked + 1.2)
        value = min(HEIGHT.high, self.world.height + HEIGHT.step)
        TAKEN["apart"] += isinstance(
            self.world.at_once(holder, acts.SetValue(name="height", value=value)), Done
        )

    @precondition(lambda self: self.world.phase in (Phase.EXPOSURE, Phase.HOLD))
    @rule(level=st.integers(0, 4))
    def the_ceiling_comes_down(self, level: int) -> None:
        holder = self.world.holder
        if holder is None or level >= self.world.engine.ceiling:
            return
        TAKEN["ceilings"] += isinstance(
            self.world.at_once(holder, acts.SetCeiling(level=level)), Done
        )
        self.world.tick(3)

    @rule(name=consoles, act=commands())
    def send(self, name: str, act: AnyCommand) -> None:
        self.world.say(name, act)

    @rule(name=consoles)
    def beat(self, name: str) -> None:
        self.world.at_once(name, Heartbeat(durable=0))

    @rule(name=consoles, count=st.integers(1, 5), last_first=st.booleans())
    def deliver(self, name: str, count: int, last_first: bool) -> None:
        self.world.deliver(name, count=count, last_first=last_first)

    @rule(name=consoles)
    def lose(self, name: str) -> None:
        self.world.consoles[name].on_the_way.clear()

    @rule(name=consoles, which=st.integers(0, 50))
    def arrive_again(self, name: str, which: int) -> None:
        self.world.again(name, which)

    @rule(name=consoles)
    def stop(self, name: str) -> None:
        self.world.say_stop(name)

    @rule(count=st.integers(1, 15))
    def time_passes(self, count: int) -> None:
        self.world.tick(count)

    @rule(name=consoles)
    def it_takes_too_long(self, name: str) -> None:
        self.world.keep_beating(name, seconds=3)
        self.world.deliver(name, count=5)

    @rule(ticks=st.integers(16, 200))
    def the_machine_sleeps(self, ticks: int) -> None:
        self.world.sleep(ticks)

    @rule(seconds=st.sampled_from([3600.0, -3600.0, 86_400.0, -86_400.0, 61.0, 5.0, -59.0]))
    def the_wall_clock_jumps(self, seconds: float) -> None:
        self.world.jump(seconds)

    @rule()
    def the_runtime_is_killed_and_starts_again(self) -> None:
        self.world.start()

    @rule(name=leaders)
    def a_console_is_killed_and_starts_again(self, name: str) -> None:
        console = self.world.consoles[name]
        console.on_the_way.clear()
        console.epoch = 0

    @invariant()
    def counted(self) -> None:
        # Looked at before the first step as well.
        TAKEN["steps"] += self.begun
        self.begun = True

    def teardown(self) -> None:
        self.patch.undo()
        judge(self.world)
        TAKEN["stops"] += self.world.stops
        TAKEN["jumps"] += len(self.world.jumps)


TAKEN: Counter[str] = Counter()
"""What all examples of this process have met."""


def hold_the_history_against(examples: int, steps: int, chance: int | None = None) -> None:
    """Always the same steps, or those of one seed: it may be given by `PALIER_STORM_SEED`."""
    given = os.environ.get("PALIER_STORM_SEED")
    chance = int(given) if given else chance
    run_state_machine_as_test(
        BadNetwork if chance is None else seed(chance)(type("Seeded", (BadNetwork,), {})),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=chance is None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.fault("F10")
@pytest.mark.fault("F15")
@pytest.mark.fault("F25")
@pytest.mark.timeout(240)
def test_the_history_of_ten_thousand_steps_keeps_every_promise() -> None:
    TAKEN.clear()
    hold_the_history_against(examples=240, steps=50)
    assert TAKEN["steps"] >= 10_000, TAKEN
    assert TAKEN["stops"] >= 100 and TAKEN["jumps"] >= 100, TAKEN
    assert TAKEN["apart"] >= 20 and TAKEN["ceilings"] >= 10, TAKEN


def in_the_order_of_arrival(world: World) -> Callable[[], None]:
    """How a runtime would hear that takes a stop when its turn comes, as any other message."""
    server = world.server

    def hear() -> None:
        for message in world.wire.receive():
            if message.parts[0] == STOP:
                server._stop(message, set())
            else:
                server._take(message, False)
        server.tell()

    return hear


@pytest.mark.parametrize("stops_first", [True, False])
def test_a_stop_in_the_middle_of_what_came_is_judged_as_one_at_its_end(
    stops_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    world.lead("first", 2)
    world.at_once("first", acts.Pause())
    if not stops_first:
        monkeypatch.setattr(world.server, "hear", in_the_order_of_arrival(world))
    for act in (acts.ArmTrial(level=3), acts.BeginTrial(level=3)):
        world.say("first", act)
    world.say_stop("first")
    world.say("first", acts.SetCeiling(level=4))
    if stops_first:
        world.deliver("first", count=4)
        assert world.stops == 1 and world.phase is Phase.STOPPED
    else:
        with pytest.raises(AssertionError, match="stop"):
            world.deliver("first", count=4)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("chance", range(5))
def test_the_history_of_half_a_million_steps_keeps_every_promise(chance: int) -> None:
    hold_the_history_against(examples=1000, steps=100, chance=chance)


@pytest.mark.fault("F10")
def test_what_was_sent_before_a_stop_does_not_lead_on_after_it() -> None:
    world = World()
    world.lead("first", 2)
    assert world.phase is Phase.EXPOSURE
    world.at_once("first", acts.Pause())
    for act in (acts.ArmTrial(level=3), acts.BeginTrial(level=3)):
        world.say("first", act)
    world.say_stop("second")
    world.wire.inbox += world.consoles["first"].on_the_way
    world.deliver("second")
    assert world.phase is Phase.STOPPED
    assert [r.answer for one in world.sent_by for r in world.answered.get(one, [])][-2:] == [
        Refused(code=Code.OVERTAKEN, sentence=SENTENCES[Code.OVERTAKEN])
    ] * 2


@pytest.mark.fault("F9")
@pytest.mark.parametrize("leaves", [acts.Pause(), acts.SafePlace(), None])
def test_what_its_sender_gave_before_knowing_that_the_scene_was_left_does_not_lead_on(
    leaves: AnyCommand | None,
) -> None:
    world = World()
    world.lead("first", 2)
    seen = world.told[-1].number
    if leaves is None:
        world.say_stop("second")
        world.deliver("second")
    else:
        world.at_once("first", leaves)
    codes = []
    for known in (seen, world.told[-1].number):
        late = world.say("first", acts.ArmTrial(level=3), seen=known)
        world.deliver("first")
        answer = world.answered[late.id][-1].answer
        codes.append(answer.code if isinstance(answer, Refused) else None)
    assert codes == [Code.OVERTAKEN, None]


@pytest.mark.fault("F15")
@pytest.mark.parametrize("taker", ["first", "second"])
def test_a_level_that_was_named_is_forgotten_when_control_is_taken(taker: str) -> None:
    world = World()
    world.lead("first", 2)
    world.at_once("first", acts.Pause())
    assert isinstance(world.at_once("first", acts.ArmTrial(level=3)), Done)
    assert isinstance(world.at_once(taker, Claim(takeover=True)), Done)
    assert world.engine.armed is None
    world.keep_beating(taker, seconds=1.4)
    refused = world.at_once(taker, acts.BeginTrial(level=3))
    assert refused == Refused(code=Code.NOT_ARMED, sentence=SENTENCES[Code.NOT_ARMED])
    assert isinstance(world.at_once(taker, acts.ArmTrial(level=3)), Done)
    assert isinstance(world.at_once(taker, acts.BeginTrial(level=3)), Done)
