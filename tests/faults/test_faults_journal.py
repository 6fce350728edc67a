"""What a runtime that was killed, or whose disk is full, still tells of a session."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from clockwork import BOOT, Clockwork
from core import Core, core
from failing import failing
from far_wire import far_wire
from runtime_process import Client, RuntimeProcess, eventually, running

from vr_runtime import news
from vr_runtime.journal.journal import Journal
from vr_runtime.journal.shelf import Shelf
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.messages import REPLIES, AskMissed, Forget, Missed
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import State

Connect = Callable[..., Client]


def opened(client: Client) -> None:
    client.hello()
    client.claim()
    client.must(acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8))
    client.session = "s1"
    client.grant(36)


def written(client: Client) -> State:
    """The state once all that happened is on the disk."""

    def holds() -> bool:
        state = client.hello().state
        return state.journal is not None and state.journal.durable == state.happened

    eventually(holds, "the journal")
    return client.hello().state


def missed(client: Client, boot: str, after: int) -> Missed:
    answer = client.ask(AskMissed(after=after, boot=boot)).answer
    assert isinstance(answer, Missed)
    return answer


@pytest.mark.fault("F32")
def test_what_a_killed_runtime_called_durable_is_offered_by_the_next_until_a_record_holds_it(
    tmp_path: Path, connect: Connect
) -> None:
    with running(tmp_path, "--in-step") as first:
        client = connect(first)
        opened(client)
        before = written(client)
        told = client.ask(AskMissed(after=0)).answer
        old = client.command(acts.Pause(), boot=before.boot, epoch=client.epoch)
        os.killpg(first.process.pid, signal.SIGKILL)
    with running(tmp_path, "--in-step", after=first) as second:
        client = connect(second)
        welcome = client.hello()
        assert [(k.boot, k.last) for k in welcome.kept] == [(before.boot, before.happened)]
        assert missed(client, before.boot, 0) == told
        assert missed(client, before.boot, before.happened) == Missed(happened=())
        assert welcome.state.boot != before.boot
        # Nothing that was meant for the killed one acts in this one.
        client.claim()
        assert client.refused(old.act, boot=old.boot, session="s1") is Code.EARLIER_BOOT
        assert client.refused(old.act, epoch=old.epoch, session="s1") is Code.NOT_IN_CONTROL
        # Another's record may lack what the leading one still needs: only who leads is believed.
        other, forget = connect(second, "second"), Forget(boot=before.boot, until=before.happened)
        assert other.refused(forget) is Code.NOT_IN_CONTROL
        assert missed(client, before.boot, 0) == told
        client.must(forget)
        eventually(lambda: client.hello().kept == (), "the journal to let it go")


@pytest.mark.fault("F32")
def test_a_full_disk_at_the_patients_side_is_said_and_the_session_goes_on(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client = connect(in_step)
    opened(client)
    durable = written(client).happened
    pid, unlimited = in_step.renders, resource.RLIM_INFINITY
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, unlimited))
    client.must(acts.ArmTrial(level=2))

    def trouble() -> str | None:
        journal = client.hello().state.journal
        assert journal is not None
        return journal.trouble

    eventually(lambda: trouble() is not None, "the trouble to be said")
    state = client.grant(6)
    assert state.phase is acts.Phase.READY and state.armed == 2
    assert state.journal is not None and state.journal.durable == durable < state.happened
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
    written(client)
    assert trouble() is None
    assert isinstance(client.ask(AskMissed(after=0)).answer, Missed)


@pytest.mark.fault("F32")
def test_a_journal_that_cannot_be_synchronised_is_not_called_durable_and_is_written_anew(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client = connect(in_step)
    opened(client)
    before = written(client)
    with failing(in_step.renders, "fsync"):
        client.must(acts.ArmTrial(level=2))

        def said() -> str | None:
            journal = client.hello().state.journal
            assert journal is not None and journal.durable == before.happened
            return journal.trouble

        eventually(lambda: said() is not None, "the trouble to be said")
        assert "error" in str(said())
        assert client.grant(6).armed == 2
    after = written(client)
    assert after.happened > before.happened
    assert [n.number for n in missed(client, after.boot, 0).happened][-1] == after.happened


@pytest.mark.fault("F32")
def test_news_too_many_to_be_kept_at_hand_are_told_from_the_journal_and_none_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "KEPT", 5)
    journal = Journal(Shelf(tmp_path), BOOT)
    runtime = Clockwork("desktop", journal)
    runtime.lead_to(Phase.EXPOSURE, 1)
    for _ in range(20):
        runtime.must(acts.SetCeiling(level=8))
    known = 0
    told: list[int] = []
    while known < runtime.happened[-1].number:
        runtime.answers.clear()
        runtime.send(AskMissed(after=known))
        eventually(lambda: runtime.run(0.05) or bool(runtime.answers), "an answer")
        answer = REPLIES.validate_json(runtime.answers[-1][1]).answer
        assert isinstance(answer, Missed) and answer.lost_before is None and answer.happened
        told += [one.number for one in answer.happened]
        known = told[-1]
    journal.close()
    assert told == [one.number for one in runtime.happened] == list(range(1, known + 1))


def all_durable(state: State) -> bool:
    return state.journal is not None and 0 < state.happened == state.journal.durable


async def killed(runtime: RuntimeProcess, lead: Core, watcher: Client) -> State:
    """The runtime is killed and there again; its last state, all of whose news is on the disk."""
    await lead.until(lambda: all_durable(watcher.state()), "its news on the disk")
    before = watcher.state()
    os.kill(runtime.renders, signal.SIGKILL)
    await lead.until(lambda: watcher.state().boot != before.boot, "the next start")
    return before


@pytest.mark.fault("F6")
async def test_what_a_console_missed_of_a_runtime_that_then_died_is_recorded_once_and_in_order(
    by_clock: RuntimeProcess, connect: Connect
) -> None:
    with far_wire(by_clock.port) as wire:
        async with core(by_clock, port=wire.port) as lead:
            await lead.lead_into(1)
            watcher = connect(by_clock, "second")
            wire.cut()

            in_safety = acts.Phase.SAFE_PLACE
            await lead.until(lambda: watcher.state().phase is in_safety, "the safe place")
            before = await killed(by_clock, lead, watcher)
            wire.mend()
            await lead.until(lambda: lead.news()[-1].boot != before.boot, "its news")
            numbers = [n.number for n in lead.news() if n.boot == before.boot]
            assert numbers == list(range(numbers[0], before.happened + 1))
            boots = [n.boot for n in lead.news()]
            assert boots == sorted(boots, key=lambda boot: boot != before.boot)
            assert "gap" not in lead.record.kinds()
            await lead.until(lambda: watcher.hello().kept == (), "the journal to let it go")


@pytest.mark.fault("F6")
async def test_of_starts_that_nobody_heard_all_is_recorded_in_order_and_without_a_gap(
    by_clock: RuntimeProcess, connect: Connect
) -> None:
    with far_wire(by_clock.port) as wire:
        async with core(by_clock, port=wire.port) as lead:
            await lead.lead_into(1)
            watcher = connect(by_clock, "second")
            first = watcher.state().boot
            wire.cut()
            starts = [await killed(by_clock, lead, watcher) for _ in range(2)]
            last = watcher.state().boot
            wire.mend()
            await lead.until(lambda: lead.news()[-1].boot == last, "the news of the last start")
            boots = [n.boot for n in lead.news()]
            assert list(dict.fromkeys(boots)) == [first, starts[1].boot, last]
            for start in starts:
                numbers = [n.number for n in lead.news() if n.boot == start.boot]
                assert numbers == list(range(numbers[0], numbers[-1] + 1))
                assert numbers[-1] >= start.happened
            between = [n.number for n in lead.news() if n.boot == starts[1].boot]
            assert between[0] == 1
            assert "gap" not in lead.record.kinds()
            await lead.until(lambda: watcher.hello().kept == (), "the journals to let it go")
