"""What is sent while nobody is there is gone, and an answer is remembered for long."""

from __future__ import annotations

import asyncio
import os
import time
import uuid

from vr_runtime.authority import REMEMBERED, Answered
from vr_runtime.wire.arrivals import Arrivals
from vr_runtime.wire.messages import Done, Reply
from vr_runtime.wire.sockets import ConsoleSockets, RuntimeSockets, new_identity
from vr_runtime.wire.version import CALL, STOP

BUSY_NS = 200_000_000


async def test_what_is_sent_while_the_runtime_is_away_is_not_sent_and_never_comes_later() -> None:
    """Otherwise acts of minutes ago would be carried out when a runtime comes back."""
    ours, theirs = new_identity(), new_identity()

    def runtime(port: str) -> RuntimeSockets:
        return RuntimeSockets(f"tcp://127.0.0.1:{port}", theirs, lambda key: key == ours.public)

    first = runtime("*")
    port = first.port
    first.close()
    console = ConsoleSockets(f"tcp://127.0.0.1:{port}", ours, theirs.public)
    for part in (CALL, STOP):
        assert not await console.send(part, b"while nobody was there")
    back = runtime(str(port))
    try:
        async with asyncio.timeout(20):
            while not await console.send(CALL, b"now"):
                await asyncio.sleep(0)
            heard: list[tuple[bytes, ...]] = []
            while not heard:
                await asyncio.to_thread(back.wait, 0.05)
                heard += [one.parts for one in back.receive()]
        assert heard == [(CALL, b"now")]
    finally:
        console.close()
        back.close()


def test_the_answers_of_the_last_4096_commands_are_remembered_and_no_more() -> None:
    answered = Answered()
    commands = [uuid.UUID(int=n) for n in range(REMEMBERED + 1)]
    replies = [
        Reply(to=one, boot="b", tick=n, happened=n, answer=Done()) for n, one in enumerate(commands)
    ]
    for one, reply in zip(commands, replies, strict=True):
        answered.keep("key", one, reply)
    assert REMEMBERED == 4096
    assert answered.get("key", commands[0]) is None
    assert [answered.get("key", one) for one in commands[1:]] == replies[1:]
    assert answered.get("another's key", commands[1]) is None


async def test_a_message_is_known_to_have_come_while_the_loop_was_busy_with_something_else() -> (
    None
):
    ours, theirs = new_identity(), new_identity()
    runtime = RuntimeSockets("tcp://127.0.0.1:*", theirs, lambda key: key == ours.public)
    runtime.watch_arrivals()
    console = ConsoleSockets(f"tcp://127.0.0.1:{runtime.port}", ours, theirs.public)
    try:
        async with asyncio.timeout(20):
            for number in range(3):
                while not await console.send(STOP, b"%d" % number):
                    await asyncio.sleep(0)
                sent = time.monotonic_ns()
                while time.monotonic_ns() < sent + BUSY_NS:
                    # As a scenario would: no message is read, and no other thread is waited for.
                    pass
                found = runtime.receive()
                read = time.monotonic_ns()
                assert [one.parts[1] for one in found] == [b"%d" % number]
                assert found[0].came_ns is not None
                assert read - found[0].came_ns > BUSY_NS // 2
                assert found[0].came_ns > sent - BUSY_NS // 2
    finally:
        console.close()
        runtime.close()


def test_what_was_read_meanwhile_gives_the_next_message_no_earlier_time() -> None:
    reading, writing = os.pipe()
    arrivals = Arrivals(reading)
    try:
        for _ in range(50):
            began = time.monotonic_ns()
            os.write(writing, b"x")
            while arrivals.since() is None:
                assert time.monotonic_ns() - began < 20e9
            seen = arrivals.since()
            assert seen is not None and seen >= began
            os.read(reading, 1)
            arrivals.read()
            assert arrivals.since() is None
    finally:
        arrivals.close()
        os.close(reading)
        os.close(writing)
