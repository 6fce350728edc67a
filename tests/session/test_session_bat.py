"""A behavioural approach test: locked to its script, led by the patient, recorded step by step."""

from __future__ import annotations

import asyncio

import pytest
from loopback import Pair, paired
from testing_yard import TestedYard

from controller.language import use
from controller.session.bat.entries import BatBegun, BatEnded, BatSaid, BatStep
from controller.session.clinic import Clinic
from controller.session.documents import Entry, FromRuntime, SessionOpened
from controller.session.now import Outcome
from controller.session.prompts import PromptRules
from controller.session.sitting import Sitting
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import PhaseChanged
from vr_runtime.wire.refusals import Code

LOCKED = "The BAT's script is locked: F8 leads through its steps."


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def said(pair: Pair) -> list[BatSaid]:
    return [d for _, d in pair.record.entries if isinstance(d, BatBegun | BatStep | BatEnded)]


def steps(pair: Pair) -> list[tuple[int, str]]:
    return [(d.number, d.what) for d in said(pair) if isinstance(d, BatStep)]


def ended(pair: Pair) -> tuple[str, int, int]:
    (end,) = (d for d in said(pair) if isinstance(d, BatEnded))
    return end.how, end.score, end.steps


def recorded(pair: Pair) -> list[Entry]:
    """The entries of the session, numbered as a record numbers them."""
    session = next(s for s, d in pair.record.entries if isinstance(d, SessionOpened))
    return [
        Entry(
            session=session,
            seq=n,
            kind=d.kind,
            operator="o",
            mono_ns=n,
            wall="2026-03-02T10:00:00+00:00",
            data=d,
        )
        for n, d in enumerate((d for s, d in pair.record.entries if s == session), start=1)
    ]


async def ok(pair: Pair, outcome: Outcome, pass_s: float = 0.4) -> str:
    assert outcome.ok, outcome.text
    await pair.pass_s(pass_s)
    return outcome.text


async def bottom(pair: Pair) -> None:
    """A test that is begun, with its first step done."""
    await pair.open()
    bat = pair.conductor.bat
    await ok(pair, await bat.begin())
    await ok(pair, await bat.offer())
    await ok(pair, await bat.go(), 3.0)
    await ok(pair, await bat.done())


async def second(pair: Pair) -> None:
    """The patient is at the second step, level 2."""
    await bottom(pair)
    bat = pair.conductor.bat
    await ok(pair, await bat.offer())
    await ok(pair, await bat.go(), 3.4)
    await ok(pair, await bat.go(), 3.4)


async def test_each_step_is_one_act_after_another_and_the_score_is_the_highest_that_was_done() -> (
    None
):
    async with paired(yard=TestedYard) as pair:
        await pair.open()
        lead, bat = pair.conductor, pair.conductor.bat
        told = await ok(pair, await bat.begin())
        assert told == "The BAT is begun. Read aloud: Go as high as you want to."
        assert await ok(pair, await bat.offer()) == "Step 1 is offered: At the bottom."
        assert (await pair.pass_s(0.2)).phase is Phase.READY
        await ok(pair, await bat.go(), 3.0)
        assert await ok(pair, await bat.done()) == "Step 1 of 4: done, and saved."
        await ok(pair, await bat.offer())
        await ok(pair, await bat.go(), 3.4)
        state = await pair.pass_s(0.2)
        assert state.reached == 1, "two levels are two acts"
        await ok(pair, await bat.go(), 0.4)
        early = await bat.done()
        assert not early.ok and early.text.startswith("The step is on its way")
        await pair.pass_s(3.0)
        early = await bat.done()
        assert early.text == "The patient is to stay for 3 s more."
        await pair.pass_s(4.0)
        await ok(pair, await bat.done())
        await ok(pair, await bat.offer())
        assert (await bat.done()).ok is False
        await ok(pair, await bat.go(), 3.0)
        assert not (await bat.done()).ok, "its task is open"
        await ok(pair, await lead.task_done("let_go"))
        await ok(pair, await bat.done())
        await ok(pair, await bat.offer())
        told = await ok(pair, await bat.no_further())
        assert told == "Step 4: refused by the patient, and saved."
        told = await ok(pair, await bat.end())
        assert told == "The BAT is ended and saved: 3 of 4 steps done."
        assert lead.now().bat is None
    assert [s for s in steps(pair) if s[1] == "arrived"] == [(n, "arrived") for n in (1, 2, 3)]
    assert ended(pair) == ("refused", 3, 4)
    measured = [d.measure for d in said(pair) if isinstance(d, BatStep) and d.what == "done"]
    assert measured == [0.0, 12.0, 12.0]


async def test_nothing_but_its_own_steps_makes_it_harder_whoever_asks() -> None:
    async with paired(yard=TestedYard) as pair:
        await second(pair)
        lead = pair.conductor
        for refused in (
            await lead.raise_level(),
            await lead.trigger("noise"),
            await lead.give_task("stay"),
            await lead.give_task("let_go"),
            await lead.set_value("height", 14.0),
            await lead.set_ceiling(9),
            await lead.eyes.show_text("Bravo"),
            await lead.guide_breathing(),
        ):
            assert (refused.ok, refused.text) == (False, LOCKED)
        assert (await pair.pass_s(1.0)).asked == 2


async def test_what_eases_holds_or_leaves_acts_as_ever() -> None:
    async with paired(yard=TestedYard) as pair:
        await second(pair)
        lead = pair.conductor
        await ok(pair, await lead.hold())
        assert (await lead.bat.go()).ok is False
        await ok(pair, await lead.resume())
        await ok(pair, await lead.lower_level(), 3.0)
        assert not (await lead.bat.done()).ok, "it is not at the step's level any more"
        await ok(pair, await lead.set_ceiling(2))
        await ok(pair, await lead.bat.go(), 8.0)
        await ok(pair, await lead.bat.done())
        await ok(pair, await lead.bat.offer())
        await ok(pair, await lead.pause())
        assert steps(pair)[-1] == (3, "interrupted")
        refused = await lead.arm_trial(2)
        assert refused.text == LOCKED
        await ok(pair, await lead.bat.offer())
        await ok(pair, await lead.bat.go(), 6.0)
        assert (await pair.pass_s(0.2)).reached == 2, "a step begins at its level, named before"
        await ok(pair, await lead.safe_place())
        await ok(pair, await lead.bat.end())
    assert ended(pair) == ("therapist", 2, 4)


async def test_the_ceiling_and_the_lack_of_consent_rule_within_it_too() -> None:
    async with paired(yard=TestedYard) as pair:
        await pair.open(ceiling=1)
        bat = pair.conductor.bat
        await ok(pair, await bat.begin())
        await ok(pair, await bat.offer())
        await ok(pair, await bat.go(), 3.0)
        await ok(pair, await bat.done())
        await ok(pair, await bat.offer())
        await ok(pair, await bat.go(), 3.4)
        over = await bat.go()
        assert (over.ok, over.code) == (False, Code.ABOVE_CEILING)


async def test_a_stop_ends_it_and_the_record_says_so() -> None:
    async with paired(yard=TestedYard) as pair:
        await second(pair)
        assert (await pair.conductor.stop()).ok
        await pair.pass_s(0.4)
        assert pair.conductor.now().bat is None
        assert (await pair.conductor.trigger("noise")).text != LOCKED
    assert ended(pair) == ("stopped", 1, 4)


async def test_a_session_that_is_closed_within_it_ends_it_in_the_record() -> None:
    async with paired(yard=TestedYard) as pair:
        await second(pair)
        await ok(pair, await pair.conductor.safe_place())
        assert (await pair.conductor.close_session()).ok
    assert ended(pair) == ("session", 1, 4)
    assert pair.record.kinds()[-1] == "session_closed"


async def test_who_leaves_between_two_steps_has_refused_none() -> None:
    async with paired(yard=TestedYard) as pair:
        await bottom(pair)
        pair.server._engine.apply(acts.PatientLeft(), "patient")
        assert (await pair.pass_s(0.4)).phase is Phase.SAFE_PLACE
        assert steps(pair)[-1] == (1, "done"), "no step was offered"
        await ok(pair, await pair.conductor.bat.offer())
        assert steps(pair)[-1] == (2, "offered"), "the therapist may go on, or end it"


async def test_nothing_is_called_saved_before_it_is_durable() -> None:
    async with paired(yard=TestedYard) as pair:
        await pair.open()
        pair.record.blocked = True
        beginning = asyncio.ensure_future(pair.conductor.bat.begin())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not beginning.done()
        pair.record.let_through()
        assert (await beginning).ok


async def test_it_begins_outside_the_scene_and_only_where_the_scenario_has_a_script() -> None:
    async with paired(yard=TestedYard) as pair:
        await pair.open()
        await pair.begin(1)
        refused = await pair.conductor.bat.begin()
        assert refused.text == "Leave the scene first: safe place, pause or stop."
    async with paired() as pair:
        await pair.open()
        assert (await pair.conductor.bat.begin()).text == "This scenario declares no BAT."


async def test_a_test_that_is_over_keeps_how_it_ended_through_a_stop_or_the_sessions_end() -> None:
    for leave in ("stop", "close"):
        async with paired(yard=TestedYard) as pair:
            await bottom(pair)
            lead = pair.conductor
            await ok(pair, await lead.bat.offer())
            await ok(pair, await lead.bat.no_further())
            if leave == "stop":
                assert (await lead.stop()).ok
                await pair.pass_s(0.4)
            else:
                await ok(pair, await lead.safe_place())
                assert (await lead.close_session()).ok
        assert ended(pair) == ("refused", 1, 4), leave


async def test_the_patients_going_waits_for_no_record() -> None:
    async with paired(yard=TestedYard) as pair:
        await pair.open()
        await ok(pair, await pair.conductor.bat.begin())
        await ok(pair, await pair.conductor.bat.offer())
        pair.record.blocked = True
        going = asyncio.ensure_future(pair.conductor.bat.go())
        await pair.pass_s(0.6)
        assert going.done() and going.result().ok
        assert (1, "gone") in steps(pair)
        pair.record.let_through()


async def test_nobody_is_at_a_step_while_its_trial_is_counted_down() -> None:
    async with paired(Clinic(countdown_s=3), yard=TestedYard) as pair:
        await pair.open()
        lead = pair.conductor
        await ok(pair, await lead.bat.begin())
        await ok(pair, await lead.bat.offer())
        await ok(pair, await lead.bat.go(), 1.0)
        state = await pair.pass_s(0.2)
        assert (state.phase, bool(state.sight.countdown)) == (Phase.EXPOSURE, True)
        seen = lead.now().bat
        assert seen is not None and (seen.next, seen.left_s) == ("wait", 2.0)
        assert steps(pair)[-1] == (1, "gone")
        await pair.pass_s(3.0)
        assert steps(pair)[-1] == (1, "arrived")


async def test_a_stop_that_no_console_heard_ends_it_at_its_own_moment() -> None:
    async with paired(yard=TestedYard) as pair:
        await second(pair)
        known = recorded(pair)
        await pair.pass_s(20.0)
        assert (await pair.conductor.stop()).ok
        await pair.pass_s(0.4)
        news = [e.data.happened for e in recorded(pair) if isinstance(e.data, FromRuntime)]
        opened = known[0].data
        assert isinstance(opened, SessionOpened)
        later = Sitting(
            known[0].session,
            pair.conductor.patients()[0],
            opened.scenario,
            opened.tick,
            boot=opened.boot,
            rules=PromptRules(),
            recorder=pair.record,
            notices=pair.conductor._notices,
        )
        later.take_up(known)
        assert later.bat.so_far is not None and later.bat.so_far.arrived is not None
        for happened in news:
            later.on_happened(happened)
        assert later.bat.so_far is None
    (stopped,) = (
        h for h in news if isinstance(h.what, PhaseChanged) and h.what.after is Phase.STOPPED
    )
    ends = [d for d in said(pair) if isinstance(d, BatEnded)]
    assert [d.tick for d in ends] == [stopped.tick] * 2
