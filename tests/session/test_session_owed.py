"""What a console that was lost between two entries owed its record, and ratings as they hold."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from approaching import with_script
from loopback import paired
from recording import Recording

from controller.language import use
from controller.session.bat.entries import BatBegun, BatEnded, BatStep
from controller.session.documents import Document, SessionOpened
from controller.session.notices import Notices
from controller.session.now import PatientCard
from controller.session.pacing.entries import Paced
from controller.session.prompts import PromptRules
from controller.session.sitting import Sitting
from controller.session.trial_so_far import trial_shows
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


class Kept:
    """What a record is given."""

    def __init__(self) -> None:
        self.said: list[Document] = []

    async def append(self, session: str, document: Document) -> int:
        self.said.append(document)
        return len(self.said)


async def taken_up(r: Recording) -> tuple[Sitting, list[Any]]:
    """A console takes this session up; gives what it wrote by that."""
    opened, kept = r.entries[0].data, Kept()
    assert isinstance(opened, SessionOpened)
    card = PatientCard("p-1", "LYNX-07", 6, "0-100", 0, None)
    recorder: Any = kept
    sitting = Sitting(
        r.entries[0].session,
        card,
        opened.scenario,
        opened.tick,
        boot=opened.boot,
        rules=PromptRules(),
        recorder=recorder,
        notices=Notices(),
    )
    sitting.take_up(r.entries)
    await sitting.settle()
    return sitting, kept.said


def under_way() -> Recording:
    """The first step of a test is reached."""
    r = with_script()
    r.load()
    r.at(1).write(BatBegun(steps=4, tick=r.tick))
    r.write(BatStep(number=1, what="offered", tick=r.tick))
    r.begin(1)
    for what in ("gone", "arrived"):
        r.write(BatStep(number=1, what=what, tick=r.tick))
    return r


async def test_a_test_that_a_stop_ended_is_ended_though_its_console_was_lost_then() -> None:
    r = under_way()
    r.at(3).leave(acts.Stop(), Phase.STOPPED)
    sitting, said = await taken_up(r)
    (ended,) = said
    assert isinstance(ended, BatEnded) and (ended.how, ended.score) == ("stopped", 0)
    assert ended.tick == r.tick and sitting.bat.so_far is None
    assert "what became of the BAT" in sitting.caught_up
    r.write(ended)
    again, nothing = await taken_up(r)
    assert not nothing and again.caught_up == "", "written once"


async def test_a_step_that_the_patient_left_is_theirs_and_one_left_otherwise_is_nobodys() -> None:
    for cause, what in ((acts.PatientLeft(), "ended"), (acts.Pause(), "interrupted")):
        r = under_way()
        phase = Phase.PAUSE if what == "interrupted" else Phase.SAFE_PLACE
        r.at(3).leave(cause, phase)
        sitting, (step,) = await taken_up(r)
        assert isinstance(step, BatStep) and (step.number, step.what) == (1, what)
        so_far = sitting.bat.so_far
        assert so_far is not None and so_far.stage == ("over" if what == "ended" else "between")


async def test_a_break_that_ended_as_exposure_went_on_is_ended_by_that_moment() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(1)
    r.at(2).leave(acts.Pause(), Phase.PAUSE)
    r.write(Paced(what="break_begun", minutes=10.0, tick=r.tick))
    r.at(9).begin(1)
    began = r.tick
    sitting, said = await taken_up(r)
    (ended,) = [one for one in said if isinstance(one, Paced)]
    assert (ended.what, ended.minutes) == ("break_ended", 7.0)
    assert ended.tick < began and sitting.paced().left_s is None
    assert "the end of the break" in sitting.caught_up


async def test_what_is_under_way_still_is_left_alone() -> None:
    sitting, said = await taken_up(under_way())
    assert said == [] and sitting.caught_up == "" and sitting.bat.so_far is not None


async def test_a_corrected_rating_counts_with_its_last_value_once_that_is_durable() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(2)
        lead = pair.conductor
        for typed in ("90", "40"):
            assert (await lead.rate(typed, None)).ok
            await pair.pass_s(1)
        first = lead.now().ratings[0]
        assert first.saved_as is not None
        pair.record.blocked = True
        correcting = asyncio.ensure_future(lead.correct(first.saved_as, 60))
        await pair.pass_s(0.4)
        shown = trial_shows(lead.now(), 20)
        assert shown is not None and shown.peak == 90
        pair.record.let_through()
        assert (await correcting).ok
        shown = trial_shows(lead.now(), 20)
        assert shown is not None and (shown.peak, shown.share) == (60, 33)
        assert lead.now().ratings[0].rating.suds == 90, "what was written first stays"


async def test_a_console_that_takes_a_session_up_knows_the_value_that_holds() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(1)
    wrong = r.at(2).rate(80)
    r.correct(wrong, 30, "heard wrongly")
    r.correct(r.rate(50), text="with a sigh")
    sitting, _said = await taken_up(r)
    assert [one.suds for one in sitting.ratings] == [30, 50]
