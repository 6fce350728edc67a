"""Time and breaks: told once and calmly, recorded, and never enforced."""

from __future__ import annotations

import asyncio

import pytest
from loopback import Pair, paired

from controller.language import use
from controller.session.now import Band
from controller.session.pacing.entries import Paced
from controller.session.pacing.run import PaceRules, PaceRun, exposed_s
from vr_runtime.wire.acts import Phase

RULES = PaceRules(limit_s=2700.0, every_s=1800.0, lasts_s=600.0)


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def due(run: PaceRun, bands: tuple[Band, ...], now_s: float) -> list[str]:
    """What is said at this moment, which is taken as said."""
    found = run.due(bands, now_s, round(now_s * 30))
    for one in found:
        run.take(one, now_s)
    return [one.what for one in found]


def test_exposure_is_time_in_the_scene_holds_included_and_nothing_else() -> None:
    bands = (
        Band(Phase.READY, 0.0, 60.0),
        Band(Phase.EXPOSURE, 60.0, 300.0),
        Band(Phase.HOLD, 300.0, 360.0),
        Band(Phase.SAFE_PLACE, 360.0, 900.0),
        Band(Phase.EXPOSURE, 900.0, None),
    )
    assert exposed_s(bands, 0.0, 1000.0) == 400.0
    assert exposed_s(bands, 330.0, 1000.0) == 130.0


def test_a_break_is_said_to_be_due_once_and_again_only_after_one_was_taken() -> None:
    run, exposure = PaceRun(RULES), (Band(Phase.EXPOSURE, 0.0, None),)
    assert due(run, exposure, 1799.0) == []
    assert due(run, exposure, 1800.0) == ["break_due"]
    assert due(run, exposure, 1900.0) == []
    assert run.seen(exposure, 1900.0).due
    run.take(run.begun(60_000), 2000.0)
    rest = (Band(Phase.EXPOSURE, 0.0, 2000.0), Band(Phase.PAUSE, 2000.0, None))
    now = run.seen(rest, 2100.0)
    assert (now.due, now.left_s) == (False, 500.0)
    assert "break_over" in due(run, rest, 2600.0)
    assert due(run, rest, 2650.0) == []
    assert run.seen(rest, 2650.0).left_s == -50.0, "it goes on for as long as the therapist likes"
    (ended,) = run.ended(Phase.EXPOSURE, 2660.0, 79_800)
    run.take(ended, 2660.0)
    assert (ended.what, ended.minutes) == ("break_ended", 11.0)
    again = (*rest[:1], Band(Phase.PAUSE, 2000.0, 2660.0), Band(Phase.EXPOSURE, 2660.0, None))
    assert "break_due" not in due(run, again, 4000.0), "exposure counts anew after the break"
    assert "break_due" in due(run, again, 4460.0)


def test_the_limit_is_told_before_and_at_it_each_once() -> None:
    run, bands = PaceRun(RULES), (Band(Phase.READY, 0.0, None),)
    assert due(run, bands, 2300.0) == []
    assert due(run, bands, 2400.0) == ["limit_near"]
    assert due(run, bands, 2500.0) == []
    assert due(run, bands, 2700.0) == ["limit_reached"]
    assert due(run, bands, 3000.0) == []


async def short(pair: Pair) -> None:
    """A session in which a break falls due after a few seconds."""
    await pair.open()
    sitting = pair.conductor._sitting
    assert sitting is not None
    sitting.pace_by(PaceRules(limit_s=3000.0, every_s=2.0, lasts_s=2.0))


def unalarmed(pair: Pair) -> None:
    """Whatever was an alarm is long past, however fast this session is led."""
    pair.conductor._notices._now = lambda: 1e12


def said(pair: Pair) -> list[str]:
    return [d.what for _, d in pair.record.entries if isinstance(d, Paced)]


async def test_a_break_is_a_pause_that_is_counted_and_the_therapist_alone_comes_back() -> None:
    async with paired() as pair:
        await short(pair)
        lead = pair.conductor
        await pair.begin(1)
        assert said(pair) == [], "not while an alarm would keep it from being read"
        unalarmed(pair)
        state = await pair.pass_s(6.0)
        assert said(pair) == ["break_due"]
        assert state.phase is Phase.EXPOSURE, "nothing is enforced"
        assert "A break is due" in str(lead.now().notice)
        outcome = await lead.pace.begin_break()
        assert outcome.ok and outcome.text.startswith("Break of 0 min begun and saved")
        assert not (await lead.pace.begin_break()).ok
        state = await pair.pass_s(4.0)
        assert state.phase is Phase.PAUSE, "it does not resume by itself"
        assert said(pair)[-1] == "break_over"
        await pair.begin(1)
        assert said(pair)[-1] == "break_ended"
        assert lead.now().pace.left_s is None


async def test_a_break_is_called_saved_only_once_it_is_durable_and_the_pause_does_not_wait() -> (
    None
):
    async with paired() as pair:
        await short(pair)
        await pair.begin(1)
        pair.record.blocked = True
        beginning = asyncio.ensure_future(pair.conductor.pace.begin_break())
        state = await pair.pass_s(0.6)
        assert state.phase is Phase.PAUSE and not beginning.done()
        pair.record.let_through()
        assert (await beginning).ok
