"""A long link works, tells how long it is, and lets stop go first; loss is safe and is told."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from statistics import median

import pytest
from apart import Cable
from bounds import kept_meanwhile
from core import Core, core
from far_wire import far_wire
from runtime_process import RuntimeProcess

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Applied
from vr_runtime.wire.messages import Refused
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.version import STOP, TICKS_PER_SECOND

GRACE_S = 1.0
SOON_S = 1.5
ROUND_S = 0.25
"""For a round of the runtime's loop, its next state (10 a second), and a look of the console."""
SENDINGS = 4
"""Most sendings of one command, however late its answer is: at once, and after 0.3, 0.9 and 2.1 s
at the soonest; 2.5 or 3 s are waited, and on a long way less than until the third."""
QUEUED = 300
EXPIRED_S = 2.5
"""News is older then than an act that leads up may be."""
NARROW = 20_000.0
"""Bytes a second, one way: what is queued takes seconds."""

Measured = Callable[[str, object], None]


def applied(lead: Core, kind: str) -> list[int]:
    """The ticks at which an act of this kind entered the runtime, as recorded."""
    return [
        news.tick
        for news in lead.news()
        if isinstance(news.what, Applied) and news.what.act.kind == kind
    ]


@pytest.mark.fault("F9")
@pytest.mark.timeout(90)
@pytest.mark.parametrize("delay_s", [0.1, 0.3, 0.5])
async def test_over_a_long_link_all_works_the_delay_is_told_and_nothing_flickers(
    by_clock: RuntimeProcess, delay_s: float, record_property: Measured
) -> None:
    with far_wire(by_clock.port, delay_s=delay_s, jitter_s=delay_s / 5) as wire:
        async with core(by_clock, port=wire.port, grace_s=GRACE_S) as lead:
            await lead.lead_into(1)
            states = []
            await lead.until(
                lambda: states.append(lead.conductor.now().link) or len(states) > 200, "200 looks"
            )
            raised = await lead.conductor.raise_level()
            assert raised.ok, raised.text

            async def stop(number: int) -> float:
                """Seconds from the key to the console's own sight of it: there and back."""
                if number:
                    await lead.begin(1)
                await lead.conductor.stop()
                took_s = await lead.until(lambda: lead.phase is Phase.STOPPED, "the stop")
                before = number + 1
                await lead.until(lambda: len(applied(lead, "stop")) >= before, "its news")
                assert len(applied(lead, "stop")) == before, "repeated, and recorded once"
                return took_s

            there_and_back_s = 2 * (delay_s + delay_s / 5)
            stopped_s = await kept_meanwhile(
                stop, there_and_back_s + ROUND_S, each_s=there_and_back_s + SOON_S
            )
    assert {state.state for state in states} == {"live"}
    trips = [state.round_trip_ms for state in states]
    assert min(trips) > 2000 * delay_s, "never shorter than the way itself"
    assert all(state.age_s > delay_s for state in states), "age counts the way it came"
    told = [text for text in lead.notices if text.startswith("The link is slow")]
    if 2 * delay_s > 0.3:
        assert len(told) == 1
    # On a machine that does much else a shorter way may turn out as long, and is told as it is.
    assert all(2 * int(found[0]) >= 300 for text in told if (found := re.findall(r"\d+", text)))
    # A press of stop has a name by chance and is repeated ten times a second; it is no command.
    commands = [times for body, times in lead.sendings.items() if b'"act"' in body]
    assert max(commands) <= SENDINGS, "none is sent again and again while its answer is on the way"
    record_property(
        "measured",
        f"{1000 * delay_s:.0f} ms: {median(trips):.0f} ms, {stopped_s:.2f} s",
    )


@pytest.mark.fault("F6")
async def test_a_stop_that_could_not_be_sent_comes_when_the_link_is_whole_and_is_done_once(
    by_clock: RuntimeProcess,
) -> None:
    with far_wire(by_clock.port) as wire:
        async with (
            core(by_clock, port=wire.port, grace_s=GRACE_S) as lead,
            core(by_clock, name="second") as watcher,
        ):
            await lead.lead_into(1)
            wire.cut()
            await lead.until(lambda: lead.conductor.now().link.state == "lost", "the loss")
            await lead.conductor.stop()
            await watcher.until(lambda: watcher.phase is Phase.SAFE_PLACE, "the safe place", 60.0)
            assert lead.conductor.now().stop_asked, "STOP SENT is shown as long as it is true"
            wire.mend()
            await watcher.until(lambda: watcher.phase is Phase.STOPPED, "the stop")
            await lead.until(lambda: not lead.conductor.now().stop_asked, "its confirmation")
            await lead.until(lambda: len(applied(lead, "stop")) > 0, "the stop in the record")
            assert len(applied(lead, "stop")) == 1
            # A command of a moment that the link has missed comes too late, and says so.
            await lead.until(lambda: lead.conductor.now().link.state == "live", "fresh news")
            await lead.begin(1)
            await lead.for_s(0.5)
            assert lead.phase is Phase.EXPOSURE, "what was begun after it is not ended by it"


@pytest.mark.fault("F9")
async def test_a_stop_overtakes_what_is_queued_before_it_and_none_of_that_leads_on_after(
    by_clock: RuntimeProcess, record_property: Measured
) -> None:
    with far_wire(by_clock.port) as wire:
        async with core(by_clock, port=wire.port, grace_s=30.0) as lead:
            await lead.lead_into(1)
            session = lead.conductor.now().session
            wire.bytes_per_s = NARROW
            queue = [
                asyncio.create_task(lead.link.ask(acts.SetCeiling(level=8), session))
                for _ in range(QUEUED)
            ]
            for act in (acts.ArmTrial(level=1), acts.BeginTrial(level=1)):
                queue.append(asyncio.create_task(lead.link.ask(act, session)))
            while lead.sendings[queue_tail(lead)] == 0:
                await asyncio.sleep(0)
            await lead.conductor.stop()
            stopped_s = await lead.until(lambda: lead.phase is Phase.STOPPED, "the stop")
            still = sum(not task.done() for task in queue)
            answers = await asyncio.gather(*queue, return_exceptions=True)
            assert lead.phase is Phase.STOPPED
    assert still > QUEUED / 2, "most of what was queued before it came after it"
    assert stopped_s < SOON_S
    for answer in answers[-2:]:
        refused = answer.code if isinstance(answer, Refused) else answer
        assert (
            refused is Code.OVERTAKEN or refused is Code.EXPIRED or isinstance(refused, Exception)
        )
    record_property("measured", f"{stopped_s:.2f} s ({still} > {STOP.decode()})")


def queue_tail(lead: Core) -> bytes:
    """The last command that was sent."""
    return next(reversed([body for body in lead.sendings if b'"begin_trial"' in body]), b"")


@pytest.mark.fault("F7")
async def test_lost_commands_alone_make_the_patient_safe_and_the_console_says_why(
    elsewhere: RuntimeProcess, cable: Cable, record_property: Measured
) -> None:
    async with core(elsewhere, grace_s=GRACE_S) as lead:
        await lead.lead_into(1)
        cut_at = lead.tick_now()
        cable.lose(f"tcp dport {elsewhere.port}")
        await lead.until(lambda: lead.phase is Phase.SAFE_PLACE, "the safe place")
        assert lead.conductor.now().link.state == "live", "the news still comes"
        hold = (await lead.changed_to(Phase.HOLD, "console_lost") - cut_at) / TICKS_PER_SECOND
        safe = (await lead.changed_to(Phase.SAFE_PLACE, "grace_over") - cut_at) / TICKS_PER_SECOND
        raised = await lead.conductor.raise_level()
        assert not raised.ok and "did not answer" in raised.text
        cable.lose_nothing()
        await lead.until(lambda: lead.conductor.now().link.in_control, "control")
    assert hold <= SOON_S and safe <= GRACE_S + SOON_S
    assert any("was not heard for 1 s" in text for text in lead.notices), lead.notices
    record_property("measured", f"{hold:.2f} s, {safe:.2f} s ({GRACE_S:g} s)")


@pytest.mark.fault("F7")
async def test_lost_news_alone_is_seen_by_the_console_which_can_still_stop(
    elsewhere: RuntimeProcess, cable: Cable, record_property: Measured
) -> None:
    async with core(elsewhere, grace_s=GRACE_S) as lead:
        await lead.lead_into(1)

        async def noticed(number: int) -> float:
            """By the console's own clock: seconds without a word when it says so."""
            now = lead.conductor.now
            if number:
                cable.lose_nothing()
                await lead.until(lambda: now().link.state == "live", "the link")
            cable.lose(f"tcp dport {elsewhere.port + 1}")
            await lead.until(lambda: now().link.state in ("stale", "lost"), "STALE")
            return now().link.age_s

        stale_s = await kept_meanwhile(noticed, SOON_S, each_s=5.0)
        await lead.conductor.stop()
        stopped_s = await lead.until(lambda: len(applied(lead, "stop")) == 1, "the stop's news")
        assert stopped_s <= SOON_S, "the way of commands is open, and stop uses it"
        cable.lose_nothing()
        healed_s = await lead.until(lambda: lead.phase is Phase.STOPPED, "the snapshot")
        numbers = [news.number for news in lead.news()]
    assert numbers == list(range(numbers[0], numbers[-1] + 1)), "what was missed is fetched, once"
    record_property(
        "measured", f"noticed {stale_s:.2f} s, stop {stopped_s:.2f} s, healed {healed_s:.2f} s"
    )


@pytest.mark.fault("F7")
async def test_lost_news_alone_make_the_patient_safe_as_well_and_easing_acts_are_still_taken(
    elsewhere: RuntimeProcess, cable: Cable, record_property: Measured
) -> None:
    async with core(elsewhere, grace_s=GRACE_S) as lead:
        await lead.lead_into(2)
        cut_at = lead.tick_now()
        cable.lose(f"tcp dport {elsewhere.port + 1}")
        await lead.until(lambda: lead.conductor.now().link.age_s > EXPIRED_S, "old news")
        lowered = await lead.conductor.lower_level()
        assert lowered.code != Code.EXPIRED, "what eases is not withheld because news is old"
        eased = [await lead.conductor.safe_place(), await lead.conductor.pause()]
        assert not [one.text for one in eased if one.code == Code.EXPIRED]
        assert eased[1].ok, eased[1].text
        cable.lose_nothing()
        await lead.until(lambda: lead.phase is Phase.PAUSE, "the snapshot")
        hold = (await lead.changed_to(Phase.HOLD, "console_lost") - cut_at) / TICKS_PER_SECOND
        safe = (await lead.changed_to(Phase.SAFE_PLACE, "grace_over") - cut_at) / TICKS_PER_SECOND
    lost = [n.what.act for n in lead.news() if isinstance(n.what, Applied)]
    assert acts.ConsoleLost(deaf=True) in lost, "the record says which of the two it was"
    assert any("or had no news" in text for text in lead.notices), lead.notices
    assert hold <= SOON_S and safe <= GRACE_S + SOON_S
    record_property("measured", f"news alone lost: {hold:.2f} s, {safe:.2f} s ({GRACE_S:g} s)")


CEILINGS = [7, 6, 5, 4, 3, 2, 8]
"""Each once: a second effect of any act shows."""


@pytest.mark.fault("F8")
async def test_with_one_packet_in_ten_lost_each_act_has_one_effect_and_safety_says_why(
    elsewhere: RuntimeProcess, cable: Cable, record_property: Measured
) -> None:
    async with core(elsewhere, grace_s=5.0) as lead:
        await lead.lead_into(1)
        cable.lose("numgen random mod 10 < 1")
        outcomes = [(await lead.conductor.set_ceiling(level)).ok for level in CEILINGS]
        cable.lose_nothing()
        await lead.until(lambda: lead.conductor.now().link.state == "live", "the link")
        await lead.conductor.stop()
        await lead.until(lambda: len(applied(lead, "stop")) == 1, "the stop")
        done = [
            news.what.act.level
            for news in lead.news()
            if isinstance(news.what, Applied) and isinstance(news.what.act, acts.SetCeiling)
        ]
        held = any(
            isinstance(news.what, Applied) and news.what.act.kind == "console_lost"
            for news in lead.news()
        )
    called_done = [level for level, ok in zip(CEILINGS, outcomes, strict=True) if ok]
    assert len(called_done) > len(CEILINGS) / 2, "such a link is still one to lead by"
    assert is_part(called_done, done), "what was called done was done"
    assert is_part(done, CEILINGS), "once each, in order"
    if held:
        assert any("was not heard for 1 s" in text for text in lead.notices)
    record_property("measured", f"{sum(outcomes)}/{len(outcomes)}")


def is_part(found: list[int], whole: list[int]) -> bool:
    """Whether `found` is `whole` with some left out."""
    rest = iter(whole)
    return all(one in rest for one in found)
