"""Keys that are not known, that may only watch, that lead in turn, and that are revoked."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import zmq
from core import core
from runtime_process import Client, RuntimeProcess, eventually

from controller.language import language, use
from controller.link import Link
from controller.session.documents import FromRuntime
from controller.session.ports import NoAnswer, NotMet
from controller.session.sentences import rejection
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import AccessChanged, ControlTaken, Happened, StrangersRefused
from vr_runtime.wire.keys import load_peers, save_peers
from vr_runtime.wire.messages import AskMissed, Claim, Follow, Missed, Shutdown
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.sockets import ConsoleSockets, new_identity
from vr_runtime.wire.version import CALL, STOP

Connect = Callable[..., Client]
Measured = Callable[[str, object], None]

REVOKED_WITHIN_S = 2.0


def news(client: Client) -> list[Happened]:
    found: list[Happened] = []
    while True:
        answer = client.ask(AskMissed(after=found[-1].number if found else 0)).answer
        assert isinstance(answer, Missed)
        if not answer.happened:
            return found
        found += answer.happened


async def turned_away_for(address: str, runtime_key: str) -> str:
    """What a stranger's console says of a runtime it cannot meet."""
    link = Link(ConsoleSockets(address, new_identity(), runtime_key), in_step=False)
    link.start(None)  # type: ignore[arg-type]  # nothing is ever heard
    try:
        until = time.monotonic() + 15.0
        while link.health(in_control=False).state != "refused":
            assert time.monotonic() < until, "the console never said that it was refused"
            with pytest.raises((NoAnswer, NotMet)):
                await link.hello()
        return link.health(in_control=False).why
    finally:
        await link.close()


@contextmanager
def something_else(answers: bytes) -> Iterator[str]:
    """A port where something that is no runtime answers each that connects; gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                met, _address = listening.accept()
            except TimeoutError:
                continue
            with met:
                met.sendall(answers)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        over.set()
        thread.join()
        listening.close()


@pytest.mark.fault("F13")
async def test_unknown_keys_plain_text_and_random_bytes_reach_nothing_and_are_recorded(
    in_step: RuntimeProcess, connect: Connect, record_property: Measured
) -> None:
    client = connect(in_step)
    client.hello()
    client.claim()
    before = client.grant(1)
    in_step.identities["stranger"] = new_identity()
    stranger = connect(in_step, "stranger")
    stranger.send(STOP, b"s")
    plain = stranger.context.socket(zmq.DEALER)
    plain.linger = 0
    plain.connect(in_step.address)
    plain.send_multipart((CALL, client.command(Shutdown()).model_dump_json().encode()))
    chance = random.Random(13)
    for size in (1, 64, 3000):
        with socket.create_connection(("127.0.0.1", in_step.port), 2.0) as raw:
            raw.sendall(chance.randbytes(size))
    strangers: list[StrangersRefused] = []

    def recorded() -> bool:
        after = client.grant(6)
        assert (after.phase, after.boot, after.control.holder) == (
            before.phase,
            before.boot,
            "therapist",
        )
        strangers[:] = [h.what for h in news(client) if isinstance(h.what, StrangersRefused)]
        return bool(strangers)

    eventually(recorded, "the strangers in the news")
    assert not stranger.dealer.poll(0) and not plain.poll(0)
    plain.close()
    record_property("measured", f"0 / {strangers[0].times + 4}")


@pytest.mark.fault("F13")
async def test_a_console_that_is_not_known_says_so_and_what_to_do(by_clock: RuntimeProcess) -> None:
    told = await turned_away_for(by_clock.address, by_clock.key)
    assert told == rejection("unknown_key") and "palier pair" in told


@pytest.mark.fault("F13")
async def test_a_console_that_finds_another_key_says_so(by_clock: RuntimeProcess) -> None:
    told = await turned_away_for(by_clock.address, new_identity().public)
    assert told == rejection("other_runtime_key")


@pytest.mark.fault("F13")
async def test_a_console_that_finds_other_software_says_so_in_french_too() -> None:
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    router = context.socket(zmq.ROUTER)
    port = router.bind_to_random_port("tcp://127.0.0.1")
    spoken = language()
    use("fr")
    # Whichever end hangs up first: seen from here the other one may only have fallen silent.
    either = {rejection("other_software"), rejection("other_runtime_key")}
    try:
        assert all("adresse" in sentence for sentence in either)
        assert await turned_away_for(f"tcp://127.0.0.1:{port}", new_identity().public) in either
        with something_else(b"HTTP/1.1 400 Bad Request\r\n\r\n") as address:
            assert await turned_away_for(address, new_identity().public) in either
    finally:
        use(spoken)
        router.close(0)
        context.term()


@pytest.mark.fault("F13")
async def test_a_revoked_console_is_out_within_two_seconds_and_the_patient_is_made_safe(
    by_clock: RuntimeProcess, connect: Connect, record_property: Measured
) -> None:
    keys = by_clock.log.parent / "keys"
    second = connect(by_clock, "second")
    second.hello()
    async with core(by_clock, grace_s=0.0) as lead:
        await lead.lead_into(1)
        began = time.monotonic()
        known = load_peers(keys)
        save_peers(keys, tuple(p for p in known if p.name != "therapist"))
        eventually(lambda: second.state().control.holder is None, "control to be dropped", 10.0)
        dropped_s = time.monotonic() - began
        eventually(lambda: second.state().phase is Phase.SAFE_PLACE, "the safe place", 10.0)
        why = rejection("revoked")
        await lead.until(lambda: lead.conductor.now().link.why == why, "the reason, in words")
        asked = await lead.conductor.raise_level()
        assert not asked.ok
        save_peers(keys, known)
        await lead.until(lambda: lead.conductor.now().link.state == "live", "to be let in again")
        assert lead.phase is Phase.SAFE_PLACE, "coming back changes nothing in the scene"
        save_peers(keys, tuple(p for p in known if p.name != "therapist"))
        await lead.until(lambda: lead.conductor.now().link.why == why, "to be revoked again")
    told = [h.what for h in news(second)]
    assert AccessChanged(name="therapist", role=None) in told
    again = connect(by_clock, "therapist")
    again.send(STOP, b"r")
    second.claim()
    second.hello()
    assert not again.dealer.poll(0), "a revoked key is not let in again"
    assert dropped_s < REVOKED_WITHIN_S + 2.0, "the file is looked at twice a second"
    record_property("measured", f"{dropped_s:.2f} s")


@pytest.mark.fault("F13")
async def test_a_console_that_is_paired_while_it_waits_is_let_in(by_clock: RuntimeProcess) -> None:
    keys = by_clock.log.parent / "keys"
    known = load_peers(keys)
    save_peers(keys, tuple(p for p in known if p.name != "therapist"))
    async with core(by_clock) as lead:
        await lead.until(lambda: lead.conductor.now().link.state == "refused", "to be refused")
        save_peers(keys, known)
        await lead.until(lambda: lead.conductor.now().link.state == "live", "to be let in")
        # It had been in control for a moment before the file was read: back only when asked for.
        assert (await lead.conductor.take_control()).ok
        assert lead.conductor.now().link.in_control


@pytest.mark.fault("F14")
def test_an_observers_commands_are_refused_and_its_stop_is_not_taken(
    in_step: RuntimeProcess, connect: Connect, record_property: Measured
) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    client.hello()
    client.claim()
    client.grant(36)
    client.must(
        acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8, observers=True)
    )
    client.session = "s1"
    client.grant(36)
    client.must(acts.ArmTrial(level=1))
    client.must(acts.BeginTrial(level=1))
    client.grant(30)
    observer.hello()
    tried = (
        Claim(takeover=True),
        acts.Raise(level=2),
        acts.Lower(level=0),
        acts.SafePlace(),
        acts.Stop(),
        acts.SetObservers(allowed=True, mirror=True),
        acts.CloseSession(),
        AskMissed(after=0),
        Shutdown(),
    )
    refused = [observer.refused(act, session="s1", epoch=client.epoch) for act in tried]
    assert refused == [Code.FORBIDDEN] * len(tried)
    observer.send(STOP, b"o")
    observer.must(Follow())
    assert [STOP, b"o"] not in observer.fed
    state = client.grant(1)
    assert (state.phase, state.asked, state.control.holder) == (Phase.EXPOSURE, 1, "therapist")
    record_property("measured", f"{len(tried)} / {len(tried)}")


@pytest.mark.fault("F14")
async def test_an_observers_console_is_read_only_and_says_so(
    by_clock: RuntimeProcess,
) -> None:
    async with core(by_clock) as lead, core(by_clock, name="observer") as watch:
        await lead.lead_into(1)
        now = watch.conductor.now()
        assert now.observing and now.state is None and not now.link.in_control
        assert (await lead.conductor.set_observers(True)).ok
        await watch.until(lambda: watch.conductor.now().session is not None, "to be let in")
        await watch.until(lambda: watch.phase is Phase.EXPOSURE, "the phase")
        await lead.until(
            lambda: lead.look() is not None and lead.look().observers.present == ("observer",),  # type: ignore[union-attr]
            "the observer to be shown to the therapist",
        )
        for tried in (watch.conductor.raise_level, watch.conductor.safe_place):
            outcome = await tried()
            assert not outcome.ok and outcome.code == Code.FORBIDDEN
        stopped = await watch.conductor.stop()
        assert not stopped.ok and "cannot stop" in stopped.text
        assert (await lead.conductor.set_observers(False)).ok
        await watch.until(lambda: watch.conductor.now().state is None, "to be shown nothing")
        assert lead.phase is Phase.EXPOSURE
        assert watch.record.entries == []


@pytest.mark.fault("F14")
async def test_a_supervisors_console_shows_nothing_without_consent_leads_nothing_and_stops(
    by_clock: RuntimeProcess,
) -> None:
    async with core(by_clock) as lead, core(by_clock, name="supervisor") as above:
        await lead.lead_into(1)
        now = above.conductor.now()
        assert now.observing and now.may_stop and now.state is None and not now.link.in_control
        assert (await above.conductor.take_control()).code == Code.FORBIDDEN
        assert (await lead.conductor.set_observers(True)).ok
        await above.until(lambda: above.phase is Phase.EXPOSURE, "the phase")
        assert (await above.conductor.raise_level()).code == Code.FORBIDDEN
        assert above.conductor.now().observing and lead.conductor.now().link.in_control
        assert (await lead.conductor.set_observers(False)).ok
        await above.until(lambda: above.conductor.now().state is None, "to be shown nothing")
        assert lead.phase is Phase.EXPOSURE
        assert (await above.conductor.stop()).ok
        await lead.until(lambda: lead.phase is Phase.STOPPED, "the stop")
        await above.until(lambda: not above.conductor.now().stop_asked, "its confirmation")


@pytest.mark.fault("F14")
async def test_an_observer_that_becomes_therapist_stops_and_leads_without_starting_again(
    by_clock: RuntimeProcess,
) -> None:
    keys = by_clock.log.parent / "keys"
    async with core(by_clock) as lead, core(by_clock, name="observer") as other:
        await lead.lead_into(1)
        assert not (await other.conductor.stop()).ok and lead.phase is Phase.EXPOSURE
        save_peers(
            keys,
            tuple(
                peer.model_copy(update={"role": "therapist"}) if peer.name == "observer" else peer
                for peer in load_peers(keys)
            ),
        )
        await other.until(lambda: not other.conductor.now().observing, "the other role")
        await other.until(lambda: other.phase is Phase.EXPOSURE, "the news for everyone")
        assert not other.conductor.now().link.in_control, "the other one leads"
        assert other.conductor.manifests()
        assert (await other.conductor.stop()).ok
        await lead.until(lambda: lead.phase is Phase.STOPPED, "the stop")
        assert (await other.conductor.take_control()).ok
        assert other.conductor.now().link.in_control
        await lead.until(lambda: not lead.conductor.now().link.in_control, "to be told")


@pytest.mark.fault("F14")
async def test_a_therapist_that_becomes_supervisor_leads_no_more_and_says_so(
    by_clock: RuntimeProcess,
) -> None:
    keys = by_clock.log.parent / "keys"
    async with core(by_clock, grace_s=0.0) as lead, core(by_clock, name="second") as second:
        await lead.lead_into(1)
        save_peers(
            keys,
            tuple(
                peer.model_copy(update={"role": "supervisor"}) if peer.name == "therapist" else peer
                for peer in load_peers(keys)
            ),
        )
        await lead.until(lambda: lead.conductor.now().observing, "the other role")
        now = lead.conductor.now()
        assert now.may_stop and not now.link.in_control
        await lead.until(lambda: lead.conductor.now().state is None, "to be shown nothing")
        await second.until(lambda: second.phase is Phase.SAFE_PLACE, "the safe place")
        assert (await lead.conductor.stop()).ok
        await second.until(lambda: second.phase is Phase.STOPPED, "the stop")


@pytest.mark.fault("F15")
async def test_a_second_console_takes_over_explicitly_and_the_first_is_told(
    by_clock: RuntimeProcess, record_property: Measured
) -> None:
    async with core(by_clock) as first, core(by_clock, name="second") as second:
        await first.lead_into(1)
        second.look()
        assert any("Another console" in told for told in second.notices)
        assert not second.conductor.now().link.in_control
        assert (await second.conductor.take_control()).ok
        told_s = await first.until(
            lambda: any("second" in told for told in first.notices), "the first to be told"
        )
        assert not first.conductor.now().link.in_control
        assert (await first.conductor.raise_level()).code == Code.NOT_IN_CONTROL
        taken = [
            d.happened.what
            for _, d in first.record.entries
            if isinstance(d, FromRuntime) and isinstance(d.happened.what, ControlTaken)
        ]
        assert (taken[-1].holder, taken[-1].taken_from) == ("second", "therapist")
        assert first.phase is Phase.EXPOSURE, "a takeover changes nothing in the scene"
    record_property("measured", f"{told_s:.2f} s")
