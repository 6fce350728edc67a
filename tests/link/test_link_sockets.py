"""What is sent while nobody is there is gone, and an answer is remembered for long."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from collections.abc import Iterator

import pytest
import zmq

from vr_runtime.authority import REMEMBERED, Answered
from vr_runtime.wire.arrivals import Arrivals
from vr_runtime.wire.messages import Done, Reply
from vr_runtime.wire.presses import Taken
from vr_runtime.wire.reading import READ_BYTES, READ_FOR_S, Incoming, Reading
from vr_runtime.wire.sockets import ConsoleSockets, RuntimeSockets, new_identity
from vr_runtime.wire.version import CALL, MAX_MESSAGE_BYTES, STOP

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


class Pair:
    """A ROUTER without keys that is read in shares, and as many who send to it as are asked for."""

    def __init__(self) -> None:
        self.context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.router = self.context.socket(zmq.ROUTER)
        self.router.rcvhwm = 100_000
        self.router.bind("inproc://here")
        self.senders: list[zmq.Socket[bytes]] = []
        self.seconds = 0.0
        self.reading = Reading(self.router, lambda: self.seconds, lambda _frame: "key")

    def sender(self) -> zmq.Socket[bytes]:
        socket = self.context.socket(zmq.DEALER)
        socket.sndhwm = 100_000
        socket.connect("inproc://here")
        self.senders.append(socket)
        return socket

    def close(self) -> None:
        for socket in (*self.senders, self.router):
            socket.close(0)
        self.context.term()


@pytest.fixture
def pair() -> Iterator[Pair]:
    made = Pair()
    yield made
    made.close()


def test_while_nobody_floods_one_reading_takes_all_that_waits(pair: Pair) -> None:
    sender = pair.sender()
    for number in range(900):
        sender.send_multipart((CALL, b"%d" % number))
    assert [int(one.parts[1]) for one in pair.reading.read(None)] == list(range(900))
    assert pair.reading.dry


def test_a_reading_ends_by_bytes_and_the_next_goes_on_where_it_ended(pair: Pair) -> None:
    sender = pair.sender()
    for number in range(100):
        sender.send_multipart((CALL, b"%d" % number + b" " * 60_000))
    rounds: list[list[Incoming]] = []
    while not rounds or not pair.reading.dry:
        rounds.append(pair.reading.read(None))
    assert [int(one.parts[1]) for found in rounds for one in found] == list(range(100))
    assert max(sum(one.size for one in found) for found in rounds) < READ_BYTES + 70_000
    assert len(rounds) >= 6


def test_a_reading_ends_by_time_also_within_a_message_of_parts_without_end(pair: Pair) -> None:
    sender = pair.sender()
    sender.send_multipart((CALL, *(b"x" for _ in range(5000))))
    sender.send_multipart((CALL, b"after it"))

    def a_millisecond_each() -> float:
        pair.seconds += 0.001
        return pair.seconds

    pair.reading = Reading(pair.router, a_millisecond_each, lambda _frame: "key")
    rounds = 0
    found: list[Incoming] = []
    while len(found) < 2:
        found += pair.reading.read(None)
        rounds += 1
    assert rounds > 5000 / (READ_FOR_S / 0.001) / 2
    assert len(found[0].parts) == 3, "enough to see that it is no message"
    assert found[1].parts == (CALL, b"after it")


def test_a_part_that_is_too_large_is_never_copied(pair: Pair) -> None:
    sender = pair.sender()
    sender.send_multipart((STOP, b"n" * (MAX_MESSAGE_BYTES + 1)))
    (found,) = pair.reading.read(None)
    assert found.too_large and found.parts == (STOP, b"")


def test_a_stop_on_its_own_connection_is_read_first_however_much_others_have_sent(
    pair: Pair,
) -> None:
    flooding, leading = pair.sender(), pair.sender()
    for _ in range(2000):
        flooding.send_multipart((CALL, b"x" * 60_000))
    pair.reading.read(None)
    leading.send_multipart((STOP, b"press"))
    found = pair.reading.read(None)
    assert (STOP, b"press") in [one.parts for one in found[:3]]


def test_a_press_of_any_length_is_told_from_its_copies_and_takes_little_to_remember() -> None:
    taken = Taken()
    long, other = b"a" * 60_000, b"a" * 59_999 + b"b"
    assert [taken.is_new("key", press) for press in (long, other, long, other)] == [
        True,
        True,
        False,
        False,
    ]
    assert max(len(who) for _key, who in taken._numbers) <= 64
