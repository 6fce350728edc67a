"""A known console that sends without end, and bytes that are no message: the session goes on."""

from __future__ import annotations

import json
import os
import random
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from bounds import kept
from far_wire import far_wire
from flooding import flooded
from misbehaving import cellar, led, pictures
from runtime_process import Client, RuntimeProcess, eventually, running

from controller.bench.judging import judged
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.messages import Hello, Refused
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL, STOP

Connect = Callable[..., Client]
Measured = Callable[[str, object], None]

BURSTS = 2
"""The machine does much else: the best of them is held to what is promised."""
FLOOD = 2000
QUIET_TICKS = 30
HELD = 1.5
"""Between two pictures passes at most so many times as long as without the flood; the flood itself
takes a processor, of which pictures without a graphics card want all."""
FLOODED_S = 4.0
READ_S = 0.05
"""A stop is read within so long of being sent: in the next round of the loop, which another process
may delay."""
NEWS = 40
"""Most pieces of news while flooded: checkpoints and refusals, not one for each message."""
SLOWEST_TICKS = 30
"""While flooded the runtime still tells its state: no second of its ticks without one."""


def open_scene(client: Client) -> None:
    """By the clock: a session, a trial, the scene."""
    client.hello()
    client.claim()
    client.must(acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8))
    client.session = "s1"

    def led_to(holds: Callable[[], bool]) -> Callable[[], bool]:
        def look() -> bool:
            client.beat()
            return holds()

        return look

    eventually(led_to(lambda: client.state().phase is Phase.READY), "the scenario")
    client.must(acts.ArmTrial(level=1))
    begin = acts.BeginTrial(level=1)
    eventually(led_to(lambda: not isinstance(client.ask(begin).answer, Refused)), "the beginning")
    eventually(led_to(lambda: client.state().reached == 1), "the level")


@pytest.mark.fault("F11")
@pytest.mark.render
@pytest.mark.timeout(120)
def test_under_a_flood_pictures_come_as_often_and_a_stop_is_seen_within_two(
    tmp_path: Path, drawn_before: None, connect: Connect, record_property: Measured
) -> None:
    trace = tmp_path / "trace"
    with running(tmp_path, "--trace", str(trace), display="offscreen") as runtime:
        client, flooding = connect(runtime), connect(runtime, "second")
        open_scene(client)
        body = flooding.command(Hello()).model_dump_json().encode()
        silent: list[int] = []
        floods: list[tuple[int, int, int]] = []
        for _burst in range(BURSTS):
            began = time.monotonic_ns()
            for_as_long = client.state().tick + QUIET_TICKS

            def quiet(until: int = for_as_long) -> bool:
                client.beat()
                return client.state().tick >= until

            eventually(quiet, "pictures without a flood")
            flooded, ticks = time.monotonic_ns(), [client.state().tick]
            for number in range(FLOOD):
                flooding.dealer.send_multipart((CALL, body))
                if number % 500 == 0:
                    client.beat()
                    ticks.append(client.next_state().tick)
            while answered(flooding):
                client.beat()
                ticks.append(client.next_state().tick)
            while client.subscriber.poll(0):
                ticks.append(client.next_state().tick)
            silent += [b - a for a, b in pairwise(ticks)]
            floods.append((began, flooded, time.monotonic_ns()))
        for _number in range(FLOOD):
            flooding.dealer.send_multipart((CALL, body))
        sent = time.monotonic_ns()
        client.stop()
        eventually(lambda: client.state().phase is Phase.STOPPED, "the stop")
        drawn = client.state().display.pictures + 2
        eventually(lambda: client.state().display.pictures >= drawn, "two pictures")
        runtime.process.terminate()
        runtime.process.wait(20)
    lines = trace.read_text("utf-8").splitlines()
    (one,) = judged(lines, [sent])
    begun = [told["begun"] for line in lines if "picture" in (told := json.loads(line))]
    before, during = zip(
        *((gap_ms(begun, a, b), gap_ms(begun, b, c)) for a, b, c in floods), strict=True
    )
    assert min(d / b for b, d in zip(before, during, strict=True)) <= HELD, (before, during)
    assert max(silent) <= SLOWEST_TICKS
    assert one.pictures is not None and one.pictures <= 2
    assert one.on_the_way <= 2
    record_property(
        "measured",
        f"a picture every {min(before):.0f} ms, flooded {min(during):.0f} ms; "
        f"stop in picture {one.pictures}, read after {(one.read_ns - sent) / 1e6:.0f} ms",
    )


@pytest.mark.fault("F11")
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("name", "size", "first"),
    [
        ("observer", 60_000, CALL),
        ("observer", 200_000, CALL),
        ("observer", 60_000, STOP),
        ("observer", 0, CALL),
        ("supervisor", 60_000, STOP),
        ("second", 60_000, CALL),
    ],
    ids=["60 kB", "200 kB", "stops of who may not", "raises", "stops of who may", "therapist"],
)
def test_who_floods_by_size_or_number_neither_holds_the_patient_nor_delays_a_stop(
    tmp_path: Path, record_property: Measured, name: str, size: int, first: bytes
) -> None:
    untouched = (name, first) != ("supervisor", STOP)

    def read_after(number: int) -> float:
        """Seconds until a stop was read, by the runtime's own trace."""
        folder, trace = tmp_path / str(number), tmp_path / f"trace{number}"
        folder.mkdir()
        with cellar(folder, "--trace", str(trace)) as runtime, led(runtime) as lead:
            before = lead.into_scene()
            raises = lead.client.command(acts.Raise(level=2)).model_dump_json().encode()
            with flooded(runtime, name, first=first, size=size, body=b"" if size else raises):
                ends = time.monotonic() + FLOODED_S
                seen: set[tuple[str, Phase, str | None]] = set()

                def over(state: State) -> bool:
                    seen.add((state.boot, state.phase, state.disabled))
                    return time.monotonic() > ends

                told = lead.until(over, "the flood to last")
                if untouched:
                    assert seen == {(before.boot, Phase.EXPOSURE, None)}
                    assert told.happened - before.happened < NEWS, "what is kept of it is bounded"
                sent = time.monotonic_ns()
                lead.client.stop()
                state = lead.until(lambda s: s.phase is Phase.STOPPED, "the stop")
                assert (state.boot, state.disabled) == (before.boot, None)
            pictures(runtime, trace)
        lines = [json.loads(line) for line in trace.read_text("utf-8").splitlines()]
        return min(one["stop"] - sent for one in lines if one.get("stop", 0) > sent) / 1e9

    read_s = kept(read_after, READ_S, each_s=0.5)
    what = f"{size // 1000} kB" if size else "raises"
    record_property(
        "measured", f"{name} floods with {what}: stop read after {1000 * read_s:.0f} ms"
    )


def answered(flooding: Client) -> bool:
    """Whether the runtime is still at work on a flood: its answers still come."""
    if flooding.receive(within_s=0.3) is None:
        return False
    while flooding.receive(within_s=0.0) is not None:
        pass
    return True


def gap_ms(begun: list[int], since: int, until: int) -> float:
    """The middle one of the times between pictures that were begun in this time."""
    found = [at for at in begun if since <= at < until]
    assert len(found) > 3, "pictures go on"
    return median(b - a for a, b in pairwise(found)) / 1e6


@pytest.mark.fault("F12")
@pytest.mark.fault("F13")
def test_bytes_of_chance_and_a_recorded_connection_reach_nothing_and_cost_no_memory(
    by_clock: RuntimeProcess, connect: Connect, record_property: Measured
) -> None:
    chance = random.Random(12)
    with far_wire(by_clock.port) as wire:
        client = connect(by_clock, port=wire.port)
        open_scene(client)
        happened = client.state().happened
        before = resident(by_clock.renders)
        for _ in range(40):
            throw(by_clock.port, chance.randbytes(chance.randrange(1, 5000)))
        recorded = bytes(wire.recorded)
        assert len(recorded) > 500
        for _ in range(5):
            throw(by_clock.port, recorded)
        for _ in range(20):
            second_says(connect(by_clock, "second"), chance)
            client.beat()
        client.beat()
        state = client.state()
        grown = resident(by_clock.renders) - before
    assert (state.phase, state.reached) == (Phase.EXPOSURE, 1)
    assert state.happened == happened, "nothing entered, and nothing was even refused by name"
    assert grown < 16_000_000
    record_property("measured", f"+{grown / 1e6:.1f} MB")


def second_says(second: Client, chance: random.Random) -> None:
    """What a known key sends that is no message: each is refused with its code."""
    for body, code in (
        (chance.randbytes(200), Code.MALFORMED),
        (b"{" * 20_000, Code.MALFORMED),
        (b"x" * 70_000, Code.TOO_LARGE),
        (b'{"protocol": 7}', Code.WRONG_PROTOCOL),
    ):
        second.send(CALL, body)
        answer = second.reply().answer
        assert isinstance(answer, Refused) and answer.code is code
    second.close()


def throw(port: int, data: bytes) -> None:
    """Bytes on the port, without any protocol."""
    with socket.create_connection(("127.0.0.1", port), 5.0) as raw, suppress(OSError):
        raw.sendall(data)


def resident(pid: int) -> int:
    """Bytes of memory a process really has."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
