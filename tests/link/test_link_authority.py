"""Who may do what at the runtime: real processes over TCP with CURVE."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable

import pytest
import zmq
from runtime_process import Client, RuntimeProcess, eventually

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.messages import (
    AskMissed,
    AskPictures,
    Claim,
    Done,
    Forget,
    Grant,
    Heartbeat,
    Refused,
    Release,
    Shutdown,
)
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.sockets import new_identity
from vr_runtime.wire.version import CALL, STOP, TICKS_PER_SECOND

Connect = Callable[..., Client]

MANY = 400
"""More commands than the runtime takes in one round; the order within rounds: test_link_rounds."""


def open_scene(client: Client, level: int = 3) -> None:
    """Lead a client's session into the scene, settled at a level."""
    client.hello()
    client.claim()
    client.grant(36)
    act = acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8)
    client.must(act)
    client.session = "s1"
    assert client.grant(36).phase is Phase.READY
    client.must(acts.ArmTrial(level=level))
    client.must(acts.BeginTrial(level=level))
    state = client.grant(30 * (2 * level + 2))
    assert (state.phase, state.reached) == (Phase.EXPOSURE, level)


def test_a_stop_sent_behind_many_commands_stops_and_none_of_them_goes_unanswered(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client = connect(in_step)
    open_scene(client)
    for _ in range(MANY):
        command = client.command(acts.SetCeiling(level=8))
        client.send(CALL, command.model_dump_json().encode())
    client.send(STOP, b"first")
    answered = [client.receive() for _ in range(MANY + 1)]
    assert answered.count([STOP, b"first"]) == 1
    assert client.grant(1).phase is Phase.STOPPED


@pytest.mark.parametrize("how", ["first part", "command"])
@pytest.mark.parametrize(
    ("name", "else_refused"),
    [("second", Code.NOT_IN_CONTROL), ("supervisor", Code.FORBIDDEN)],
)
def test_who_is_not_in_control_may_still_stop(
    in_step: RuntimeProcess, connect: Connect, name: str, else_refused: Code, how: str
) -> None:
    client, other = connect(in_step), connect(in_step, name)
    open_scene(client)
    assert other.refused(acts.SafePlace(), session="s1") is else_refused
    if how == "command":
        other.must(acts.Stop())
    else:
        other.stop()
    assert client.grant(1).phase is Phase.STOPPED


def test_a_supervisor_leads_nothing_whatever_it_tries(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, supervisor = connect(in_step), connect(in_step, "supervisor")
    open_scene(client)
    client.must(acts.SetObservers(allowed=True, mirror=True))
    assert supervisor.hello().role == "supervisor"
    tried = (
        Claim(),
        Claim(takeover=True),
        Heartbeat(durable=0),
        Release(),
        Grant(ticks=1),
        Forget(boot="0" * 32, until=1),
        AskMissed(after=0),
        AskPictures(hz=2),
        Shutdown(),
        acts.OpenSession(session="s2", scenario="test.yard", seed=1, ceiling=8),
        acts.CloseSession(),
        acts.ArmTrial(level=4),
        acts.BeginTrial(level=4),
        acts.Raise(level=4),
        acts.Lower(level=1),
        acts.SetCeiling(level=10),
        acts.SetObservers(allowed=True, mirror=True),
        acts.Hold(),
        acts.Resume(),
        acts.Pause(),
        acts.SafePlace(),
    )
    for act in tried:
        if isinstance(act, Heartbeat):
            # It is not answered; that it was not heard shows in who leads.
            body = supervisor.command(act, epoch=client.epoch).model_dump_json().encode()
            supervisor.send(CALL, body)
        else:
            refused = supervisor.refused(act, epoch=client.epoch, session="s1")
            assert refused is Code.FORBIDDEN, act
    state = client.grant(1)
    assert (state.phase, state.asked, state.control.holder) == (Phase.EXPOSURE, 3, "therapist")


def test_an_observer_leads_nothing(in_step: RuntimeProcess, connect: Connect) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_scene(client)
    client.must(acts.SetObservers(allowed=True))
    assert observer.hello().role == "observer"
    for act in (Claim(takeover=True), acts.SafePlace(), Shutdown(), AskPictures(hz=2)):
        assert observer.refused(act) is Code.FORBIDDEN
    assert observer.refused(AskMissed(after=0)) is Code.FORBIDDEN
    observer.send(STOP, b"o")
    # A stop is confirmed before anything behind it is read: the next answer is the refusal.
    assert observer.refused(acts.SafePlace()) is Code.FORBIDDEN
    assert client.grant(1).phase is Phase.EXPOSURE


def test_control_is_held_by_one_and_taken_over_only_explicitly(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, second = connect(in_step), connect(in_step, "second")
    open_scene(client)
    assert second.refused(Claim()) is Code.HELD_BY_OTHER
    second.claim(takeover=True)
    second.session = "s1"
    assert client.refused(acts.Raise(level=4)) is Code.NOT_IN_CONTROL
    second.must(acts.Lower(level=1))
    assert second.grant(1).control.holder == "second"


def test_a_silent_console_is_held_then_left_and_fenced_when_it_wakes(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, second = connect(in_step), connect(in_step, "second")
    open_scene(client)
    assert client.grant(20, beats=False).phase is Phase.EXPOSURE
    assert client.grant(12, beats=False).phase is Phase.HOLD
    assert client.grant(138, beats=False).phase is Phase.HOLD
    assert client.grant(12, beats=False).phase is Phase.SAFE_PLACE
    second.claim()
    assert client.refused(acts.ArmTrial(level=1)) is Code.NOT_IN_CONTROL


def test_one_command_sent_twice_has_one_effect_and_one_answer(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client = connect(in_step)
    open_scene(client)
    body = client.command(acts.Lower(level=1)).model_dump_json().encode()
    client.send(CALL, body)
    client.send(CALL, body)
    first, second = client.reply(), client.reply()
    assert first == second
    assert isinstance(first.answer, Done)


def test_a_command_that_comes_too_late_is_not_carried_out(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client = connect(in_step)
    open_scene(client)
    tick = client.grant(6).tick
    for leads_up in (acts.Raise(level=4), acts.ArmTrial(level=4), acts.SetCeiling(level=9)):
        assert client.refused(leads_up, expires=tick - 1) is Code.EXPIRED
    assert client.refused(acts.Lower(level=1), session="s2") is Code.WRONG_SESSION
    assert client.refused(acts.Lower(level=1), epoch=client.epoch - 1) is Code.NOT_IN_CONTROL


def test_what_only_eases_is_carried_out_however_late_it_comes(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client = connect(in_step)
    open_scene(client)
    tick = client.grant(6).tick
    for act in (acts.Lower(level=1), acts.Hold(), acts.Pause(), acts.SafePlace()):
        assert isinstance(client.ask(act, expires=tick - 1).answer, Done), act


def test_another_protocol_is_told_apart_and_may_still_stop(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client = connect(in_step)
    open_scene(client)
    assert client.refused(acts.Lower(level=1), protocol=99) is Code.WRONG_PROTOCOL
    client.send(CALL, b'{"protocol": 99, "words": "of another version"}')
    answer = client.reply().answer
    assert isinstance(answer, Refused) and answer.code is Code.WRONG_PROTOCOL
    client.stop()
    assert client.grant(1).phase is Phase.STOPPED


def test_what_cannot_be_read_is_refused_with_a_code_and_nothing_else_happens(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client = connect(in_step)
    open_scene(client)
    before = client.grant(6)
    for body in (b"", b"{}", b"\xff" * 50, b"[" * 5000, b'{"kind":"stop"}', b"null"):
        client.send(CALL, body)
        answer = client.reply().answer
        assert isinstance(answer, Refused) and answer.code is Code.MALFORMED
    client.send(b"OTHER", b"{}")
    client.send(CALL)
    client.send(CALL, b"{}", b"{}")
    for _ in range(3):
        answer = client.reply().answer
        assert isinstance(answer, Refused) and answer.code is Code.MALFORMED
    after = client.grant(6)
    assert (after.phase, after.reached) == (before.phase, before.reached)


def test_an_oversized_message_is_refused_or_disconnects_and_the_session_goes_on(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, second = connect(in_step), connect(in_step, "second")
    open_scene(client)
    second.send(CALL, b"x" * 70_000)
    answer = second.reply().answer
    assert isinstance(answer, Refused) and answer.code is Code.TOO_LARGE
    with second.line_of(second.dealer) as cut_off:
        second.send(CALL, b"x" * 100_000)
        cut_off()
    # Whoever comes back is answered, and the first answer is to what was said then.
    assert second.hello().you == "second"
    assert client.grant(6).phase is Phase.EXPOSURE


def test_strangers_reach_nobody(in_step: RuntimeProcess, connect: Connect) -> None:
    client = connect(in_step)
    open_scene(client)
    chance = random.Random(5)
    for size in (1, 10, 64, 3000):
        with socket.create_connection(("127.0.0.1", in_step.port), 2.0) as raw:
            raw.sendall(chance.randbytes(size))
    in_step.identities["stranger"] = new_identity()
    stranger = connect(in_step, "stranger")
    with stranger.line_of(stranger.dealer) as turned_away:
        stranger.send(STOP, b"s")
        turned_away()
    plain = stranger.context.socket(zmq.DEALER)
    plain.linger = 0
    with stranger.line_of(plain) as turned_away:
        plain.connect(in_step.address)
        plain.send_multipart((STOP, b"p"))
        turned_away()
    assert not stranger.dealer.poll(0)
    assert not plain.poll(0)
    plain.close()
    assert client.grant(6).phase is Phase.EXPOSURE


def test_the_runtime_ends_only_without_a_session(in_step: RuntimeProcess, connect: Connect) -> None:
    client = connect(in_step)
    open_scene(client)
    assert client.refused(Shutdown()) is Code.WRONG_PHASE
    client.must(acts.SafePlace())
    client.must(acts.CloseSession())
    client.session = None
    client.must(Shutdown())
    in_step.process.wait(10)
    assert in_step.process.returncode == 0


def test_ticks_are_not_granted_to_a_runtime_that_follows_the_clock(
    by_clock: RuntimeProcess, connect: Connect
) -> None:
    client = connect(by_clock)
    client.claim()
    assert client.refused(Grant(ticks=1)) is Code.NOT_IN_STEP


def test_by_the_clock_a_killed_console_leads_to_hold_and_then_to_the_safe_place(
    by_clock: RuntimeProcess, connect: Connect
) -> None:
    client, watcher = connect(by_clock), connect(by_clock, "second")
    client.hello()
    client.claim()

    def beating_until(phase: Phase) -> None:
        def there() -> bool:
            client.beat()
            return watcher.state().phase is phase

        eventually(there, f"phase {phase}")

    act = acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8, grace_s=1.0)
    client.must(act)
    client.session = "s1"
    beating_until(Phase.READY)
    client.must(acts.ArmTrial(level=1))

    def begun() -> bool:
        client.beat()
        return isinstance(client.ask(acts.BeginTrial(level=1)).answer, Done)

    eventually(begun, "a steady link")
    client.close()
    # Every state is read: a hold that this process slept through was told all the same.
    told = [watcher.next_state()]
    while told[-1].phase is not Phase.SAFE_PLACE:
        assert told[-1].tick - told[0].tick < 20 * TICKS_PER_SECOND, told[-1].phase
        told.append(watcher.next_state())
    held = next(state for state in told if state.phase is Phase.HOLD)
    assert (held.cause, told[-1].cause) == ("console_lost", "grace_over")
    # The grace is 1 s; ticks that the runtime slept through count for it and get no number. A state
    # is told at the end of a round, which holds several ticks after a sleep.
    assert told[-1].tick - held.tick <= 1.5 * TICKS_PER_SECOND
    assert os.path.exists(f"/proc/{by_clock.process.pid}")
