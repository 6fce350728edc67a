"""The conductor: every act goes through it, and nothing is shown or called saved too early."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from functools import partial
from itertools import count

import pytest
from loopback import KeptRecord, Pair, paired

from controller.language import use
from controller.session.documents import (
    Entry,
    FromRuntime,
    Rating,
    SessionClosed,
    SessionOpened,
)
from controller.session.left_over import LeftOver
from controller.session.notices import Notices
from controller.session.now import LeftOpen, Notice, PatientCard, SessionCard
from controller.session.sitting import Sitting
from controller.session.telling import tell_journal
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase
from vr_runtime.wire.happenings import (
    Applied,
    ComfortLimited,
    Happened,
    Happening,
    PhaseChanged,
    VehicleAnnounced,
)
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import JournalState, State
from vr_runtime.wire.version import STOP


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


async def test_a_whole_session_is_led_and_recorded_from_opening_to_sealing() -> None:
    async with paired() as pair:
        await pair.open()
        lead = pair.conductor
        assert (await lead.rate("20")).ok
        state = await pair.begin(2)
        assert (state.phase, state.reached) == (Phase.EXPOSURE, 2)
        assert (await lead.raise_level()).ok
        await pair.pass_s(3.4)
        assert (await lead.rate("55")).ok
        assert (await lead.trigger("noise")).ok
        assert (await lead.safe_place()).ok
        session = lead.now().session
        assert (await lead.close_session()).ok
        kinds = pair.record.kinds(session)
    assert kinds[0] == "session_opened"
    assert kinds[-1] == "session_closed"
    assert kinds.count("rating") == 2


async def test_whoever_may_not_lead_opens_takes_over_and_continues_nothing_but_may_stop() -> None:
    told = [""]
    async with paired(barred=lambda: told[0]) as pair:
        lead = pair.conductor
        assert (await lead.add_patient("P-1", 5, "0-100")).ok
        patient, scenario = lead.patients()[0].id, lead.manifests()[0].id
        told[0] = "A trainee leads simulated patients only."
        for refused in (
            await lead.open_session(patient, scenario),
            await lead.continue_left(takeover=True),
            await lead.close_left(takeover=True),
        ):
            assert (refused.ok, refused.text) == (False, told[0])
        assert lead.now().barred == told[0]
        assert lead.now().session is None
        assert (await lead.stop()).ok
        await pair.pass_s(0.3)
        told[0] = ""
        assert (await lead.open_session(patient, scenario)).ok
        await pair.pass_s(0.2)
        told[0] = "A trainee leads simulated patients only."
        assert not (await lead.take_control()).ok


class AsWritten:
    """What a later console reads of the record that this one has written."""

    def __init__(self, record: KeptRecord) -> None:
        self._record = record

    def patients(self) -> tuple[PatientCard, ...]:
        return self._record.patients()

    def sessions(self) -> tuple[SessionCard, ...]:
        return ()

    def approved(self) -> frozenset[str]:
        return frozenset()

    def entries(self, session: str) -> list[Entry]:
        said = [data for name, data in self._record.entries if name == session]
        return [
            Entry(session=session, seq=n, kind=d.kind, operator="o", mono_ns=n, wall="", data=d)
            for n, d in enumerate(said, start=1)
        ]


async def test_a_session_that_is_gone_on_with_bears_the_pseudonym_of_now() -> None:
    async with paired() as pair:
        await pair.open()
        lead = pair.conductor
        session = lead.now().session
        assert session is not None
        left = LeftOpen(session, "2026-11-02T09:00:00Z", "P-77", None, None)
        means = replace(lead._left_over._means, books=AsWritten(pair.record))
        taken: list[Sitting] = []
        later = LeftOver(means, lead._lists, lambda: lead.now().state)
        outcome = await later.take_up(left, False, taken.append)
        assert outcome.ok, outcome.text
        assert taken[0].seen(lead.now(), await pair.pass_s(0.2)).pseudonym == "P-77"


async def test_what_entered_the_engine_is_in_the_record_with_its_tick() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        await pair.conductor.lower_level()
        await pair.pass_s(0.4)
        acts = [
            (d.happened.tick, d.happened.what.act.kind)
            for _, d in pair.record.entries
            if isinstance(d, FromRuntime) and isinstance(d.happened.what, Applied)
        ]
    assert [kind for _, kind in acts] == [
        "open_session",
        "loaded",
        "arm_trial",
        "begin_trial",
        "lower",
    ]
    assert [tick for tick, _ in acts] == sorted(tick for tick, _ in acts)


async def test_the_level_shown_is_the_applied_one_and_not_the_asked_one() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(2)
        await pair.conductor.raise_level()
        state = (await pair.pass_s(0.4)) and pair.conductor.now().state
    assert state is not None
    assert (state.asked, state.reached) == (3, 2)
    assert 2 < state.level < 3


async def test_a_rating_is_called_saved_only_once_it_is_durable() -> None:
    async with paired() as pair:
        await pair.open()
        pair.record.blocked = True
        asked = asyncio.create_task(pair.conductor.rate("40"))
        await pair.pass_s(0.4)
        assert not asked.done()
        assert pair.conductor.now().ratings[-1].saved_as is None
        pair.record.let_through()
        outcome = await asked
        assert outcome.ok
        assert pair.conductor.now().ratings[-1].saved_as is not None


async def test_a_saved_rating_is_told_as_it_was_understood_not_as_it_was_typed() -> None:
    async with paired() as pair:
        await pair.open()
        told = [(await pair.conductor.rate(typed)).text for typed in ("7", "07", "t")]
    assert told == [f"Rating {value} is saved." for value in (70, 7, 100)]


async def test_a_rating_given_before_the_runtime_was_heard_again_is_taken_down() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        lead = pair.conductor
        await lead.add_patient("P-01", 8, "0-100")
        assert (await lead.open_session(lead.patients()[0].id, "test.yard", seed=3)).ok
        assert (await lead.rate("20")).ok
        assert (await lead.skip_rating("did not want to")).ok
        opened = next(d for _, d in pair.record.entries if isinstance(d, SessionOpened))
        ratings = [d for _, d in pair.record.entries if isinstance(d, Rating)]
    assert [r.suds for r in ratings] == [20, None]
    assert all(r.tick == opened.tick and r.level == 0 for r in ratings)


async def test_a_rating_that_is_none_is_refused_with_a_sentence_and_nothing_is_recorded() -> None:
    async with paired() as pair:
        await pair.open()
        before = len(pair.record.entries)
        outcome = await pair.conductor.rate("hello")
        assert not outcome.ok and "0 to 100" in outcome.text
        assert len(pair.record.entries) == before


async def test_a_rating_not_given_in_time_is_recorded_as_missing_never_repeated() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.conductor.rate("30")
        await pair.begin(1)
        await pair.pass_s(70)
        ratings = [d for _, d in pair.record.entries if isinstance(d, Rating)]
    assert [r.suds for r in ratings] == [30, None]
    assert ratings[1].reason


async def test_states_that_come_all_at_once_record_a_missing_rating_once() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.conductor.rate("30")
        state = await pair.pass_s(0.2)
        late = state.model_copy(update={"tick": state.tick + 30 * 160})
        for _word in range(4):  # as after a while in which the console's loop could not run
            pair.conductor.on_state(late)
        await pair.pass_s(0.2)
        ratings = [d for _, d in pair.record.entries if isinstance(d, Rating)]
    assert [r.suds for r in ratings] == [30, None]


async def test_raising_without_waiting_is_refused_in_words() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        assert (await pair.conductor.raise_level()).ok
        again = await pair.conductor.raise_level()
        assert (again.ok, again.code) == (False, Code.STILL_MOVING)


async def test_a_trial_needs_two_different_acts() -> None:
    async with paired() as pair:
        await pair.open()
        assert not (await pair.conductor.begin_trial()).ok
        assert (await pair.pass_s(0.2)).phase is Phase.READY


async def test_a_stop_is_sent_at_once_and_repeated_until_it_is_confirmed() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        pair.sockets.deaf = True
        outcome = await pair.conductor.stop()
        assert outcome.ok
        assert pair.conductor.now().stop_asked
        await asyncio.wait_for(_until_sent(pair.wires.sent, 3), 30.0)
        pair.sockets.deaf = False
        assert (await _confirmed(pair)).phase is Phase.STOPPED


async def _confirmed(pair: Pair) -> State:
    """The state once no stop is on its way any more."""
    async with asyncio.timeout(30.0):
        while pair.conductor.now().stop_asked:
            await pair.pass_s(0.2)
    return await pair.pass_s(0.2)


async def test_a_stop_is_repeated_as_long_as_the_console_lives_and_comes_when_it_is_heard() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        pair.wires.cut = True
        ahead = [0.0]
        pair.link._now = lambda: time.monotonic() + ahead[0]
        await pair.conductor.stop()
        for seconds in (60.0, 3600.0, 86_400.0):
            ahead[0] = seconds
            pair.wires.sent.clear()
            await asyncio.wait_for(_until_sent(pair.wires.sent, 2), 30.0)
            assert pair.conductor.now().stop_asked
        pair.wires.cut = False
        assert (await _confirmed(pair)).phase is Phase.STOPPED


async def test_nothing_new_is_begun_while_a_stop_is_on_its_way_and_all_that_eases_is() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        lead = pair.conductor
        pair.wires.stops_cut = True
        await lead.stop()
        for begins in (lead.raise_level, lead.resume, partial(lead.arm_trial, 1)):
            refused = await begins()
            assert (refused.ok, refused.code) == (False, Code.OVERTAKEN)
            assert "not confirmed" in refused.text
        assert (await lead.lower_level()).ok
        assert (await lead.safe_place()).ok
        pair.wires.stops_cut = False
        assert (await _confirmed(pair)).phase is Phase.STOPPED
        assert (await lead.arm_trial(1)).ok


async def test_a_copy_of_a_stop_that_comes_after_a_new_trial_does_not_end_it() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        await pair.conductor.stop()
        assert (await _confirmed(pair)).phase is Phase.STOPPED
        copy = next(parts for parts in pair.wires.sent if parts[0] == STOP)
        await pair.begin(1)
        await pair.wires.send(*copy)
        assert (await pair.pass_s(0.4)).phase is Phase.EXPOSURE
        await pair.conductor.stop()
        assert (await _confirmed(pair)).phase is Phase.STOPPED, "the next press is another one"


async def test_of_several_presses_the_last_covers_those_before_it() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        pair.wires.cut = True
        for _ in range(3):
            await pair.conductor.stop()
        await asyncio.wait_for(_until_sent(pair.wires.sent, 3), 30.0)
        earlier = [parts for parts in pair.wires.sent if parts[0] == STOP][:1]
        await pair.conductor.stop()
        pair.wires.cut = False
        assert (await _confirmed(pair)).phase is Phase.STOPPED
        await pair.begin(1)
        for parts in earlier:
            await pair.wires.send(*parts)
        assert (await pair.pass_s(0.4)).phase is Phase.EXPOSURE


async def _until_sent(sent: list[tuple[bytes, ...]], times: int) -> None:
    while sum(1 for parts in sent if parts[0] == STOP) < times:
        await asyncio.sleep(0)


async def test_doubled_messages_have_one_effect() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        pair.wires.double = True
        assert (await pair.conductor.raise_level()).ok
        pair.wires.double = False
        state = await pair.pass_s(0.2)
        assert state.asked == 2
        refused = [
            d
            for _, d in pair.record.entries
            if isinstance(d, FromRuntime) and d.happened.what.kind == "refused"
        ]
    assert not refused


async def test_news_that_was_lost_is_fetched_and_recorded_in_order() -> None:
    async with paired() as pair:
        await pair.open()
        pair.sockets.lose_news = True
        await pair.begin(1)
        pair.sockets.lose_news = False
        await pair.pass_s(0.2)
        numbers = [d.happened.number for _, d in pair.record.entries if isinstance(d, FromRuntime)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


async def test_a_failing_scenario_is_told_and_leads_to_the_safe_place() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        await pair.conductor.trigger("fault")
        state = await pair.pass_s(0.4)
        notice = pair.conductor.now().notice
    assert state.phase is Phase.SAFE_PLACE
    assert notice is not None and notice.tone == "alarm"


async def test_a_session_is_not_closed_from_within_the_scene() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        assert not (await pair.conductor.close_session()).ok
        assert pair.conductor.now().session is not None


async def test_the_opening_says_who_what_and_with_which_chance() -> None:
    async with paired() as pair:
        await pair.open()
        opened = next(d for _, d in pair.record.entries if isinstance(d, SessionOpened))
        await pair.conductor.close_session()
        closed = next(d for _, d in pair.record.entries if isinstance(d, SessionClosed))
    assert (opened.pseudonym, opened.seed, opened.scenario.id) == ("P-01", 3, "test.yard")
    assert opened.simulated
    assert closed.how == "closed" and len(closed.digest) == 64


async def test_a_pseudonym_is_taken_once() -> None:
    async with paired() as pair:
        assert (await pair.conductor.add_patient(" P-7 ", 5, "0-10")).ok
        assert not (await pair.conductor.add_patient("p-7", 5, "0-10")).ok
        assert not (await pair.conductor.add_patient("  ", 5, "0-10")).ok
        assert len(pair.conductor.patients()) == 1


async def test_no_session_is_opened_for_a_patient_whose_data_are_restricted() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        lead = pair.conductor
        assert (await lead.add_patient("P-01", 8, "0-100")).ok
        lead._lists.patients = (replace(lead.patients()[0], restricted="asked by letter"),)
        outcome = await lead.open_session(lead.patients()[0].id, "test.yard", seed=3)
        assert not outcome.ok and "are restricted" in outcome.text
        assert "letter" not in outcome.text
        assert "session_opened" not in pair.record.kinds()


async def test_no_session_is_opened_once_consent_to_exposure_was_taken_back() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        lead = pair.conductor
        assert (await lead.add_patient("P-01", 8, "0-100")).ok
        lead._lists.patients = (replace(lead.patients()[0], withdrawn=True),)
        outcome = await lead.open_session(lead.patients()[0].id, "test.yard", seed=3)
        assert not outcome.ok and "took back the consent" in outcome.text
        assert "session_opened" not in pair.record.kinds()


async def test_nobody_is_let_watch_once_that_consent_was_taken_back_and_ending_it_always_goes() -> (
    None
):
    async with paired() as pair:
        await pair.open()
        lead = pair.conductor
        assert (await lead.set_observers(True)).ok
        lead._lists.patients = (replace(lead.patients()[0], unwatched=True),)
        assert (await lead.set_observers(False)).ok
        outcome = await lead.set_observers(True)
        assert not outcome.ok and "took back the consent to being watched" in outcome.text
        state = lead.now().state
        assert state is not None and not state.observers.allowed


async def test_a_second_opening_is_refused_while_the_first_waits_for_its_answer() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        lead = pair.conductor
        assert (await lead.add_patient("P-01", 8, "0-100")).ok
        patient = lead.patients()[0].id
        first, second = await asyncio.gather(
            lead.open_session(patient, "test.yard", seed=3),
            lead.open_session(patient, "test.yard", seed=4),
        )
        assert (first.ok, second.ok) == (True, False)
        assert pair.record.kinds().count("session_opened") == 1


@pytest.mark.parametrize(
    ("act", "says", "tone"),
    [
        (acts.DisplaySlow(fps=41, wanted=90, lower=True), "41 of 90 pictures", "alarm"),
        (acts.DisplaySlow(fps=41, wanted=60, lower=False), "41 of 60 a second", "alarm"),
        (acts.DisplaySteady(), "fast enough again", "info"),
        (acts.SoundLost(), "the patient hears nothing", "alarm"),
        (acts.SoundBack(), "The sound is back", "info"),
        (acts.FlashDimmed(), "flashed more than is safe", "alarm"),
        (acts.HeadsetOn(), "worn again", "info"),
        (acts.HeadsetBack(), "follows the head again", "info"),
    ],
    ids=lambda given: getattr(given, "kind", None),
)
async def test_what_befalls_the_display_is_said_in_words(act: Act, says: str, tone: str) -> None:
    await said_of(Applied(act=act, by="runtime"), says, tone)


@pytest.mark.parametrize(
    ("news", "says"),
    [
        (ComfortLimited(what="tilt"), "Comfort limit: a cabin tilts by 6° at most."),
        (VehicleAnnounced(fr="La cabine part", en="The cabin leaves"), "moved: The cabin leaves"),
    ],
    ids=lambda given: getattr(given, "kind", None),
)
async def test_what_the_stage_held_back_or_announced_is_said(news: Happening, says: str) -> None:
    await said_of(news, says, "info")


async def said_of(news: Happening, says: str, tone: str) -> None:
    async with paired() as pair:
        await pair.open()
        session = pair.conductor.now().session
        pair.conductor.on_happened(
            Happened(boot="boot-1", number=10_000, tick=50, session=session, what=news)
        )
        notice = pair.conductor.now().notice
        assert notice is not None and says in notice.text and notice.tone == tone


@pytest.mark.parametrize(
    ("cause", "after", "says"),
    [
        ("headset_lost", Phase.HOLD, "hold"),
        ("headset_away", Phase.SAFE_PLACE, "safe place"),
        ("headset_off", Phase.PAUSE, "pause"),
        ("display_too_slow", Phase.SAFE_PLACE, "safe place"),
        ("sound_lost", Phase.HOLD, "hold"),
    ],
)
async def test_what_leads_out_of_the_scene_by_itself_is_an_alarm_in_words(
    cause: str, after: Phase, says: str
) -> None:
    async with paired() as pair:
        await pair.open()
        session = pair.conductor.now().session
        news = PhaseChanged(before=Phase.EXPOSURE, after=after, cause=cause)
        pair.conductor.on_happened(
            Happened(boot="boot-1", number=10_000, tick=50, session=session, what=news)
        )
        notice = pair.conductor.now().notice
        assert notice is not None and says in notice.text and notice.tone == "alarm"


async def test_a_level_is_named_without_sound_only_with_an_alarm_that_says_so() -> None:
    async with paired() as pair:
        await pair.open()
        said = []
        for sound in ("none", "silent"):
            state = pair.conductor.now().state
            assert state is not None
            display = state.display.model_copy(update={"sound": sound})
            pair.conductor.on_state(state.model_copy(update={"display": display}))
            outcome = await pair.conductor.arm_trial(2)
            assert outcome.ok and "level 2?" in outcome.text
            notice = pair.conductor.now().notice
            said.append((notice is not None and notice.tone, "hears nothing" in outcome.text))
        assert said[0] == ("alarm", True)
        assert said[1][1] is False


async def test_volume_and_tone_are_asked_for_and_no_tone_is_claimed_that_nobody_can_hear() -> None:
    async with paired() as pair:
        await pair.open()
        lead = pair.conductor
        assert (await lead.set_volume(-6)).text == "The patient's volume is −6 dB now."
        assert not (await lead.play_tone()).ok
        await pair.pass_s(0.5)
        state = lead.now().state
        assert state is not None and state.display.volume_db == -6
        display = state.display.model_copy(update={"sound": "silent"})
        lead.on_state(state.model_copy(update={"display": display}))
        outcome = await lead.play_tone()
        assert outcome.ok and "the clinic's to set" in outcome.text
        assert (await lead.stop_tone()).ok


async def test_a_journal_that_is_not_written_is_said_once_and_so_is_its_end() -> None:
    async with paired() as pair:
        await pair.open()
        before = pair.conductor.now().state
        assert before is not None
        time_s = count(step=10)
        notices = Notices(lambda: next(time_s))
        told: list[Notice | None] = []
        for trouble in ("No space left on device", "No space left on device", None, None):
            journal = JournalState(durable=3, trouble=trouble)
            state = before.model_copy(update={"journal": journal})
            tell_journal(notices, before, state)
            told.append(notices.last)
            before = state
        pair.conductor.on_state(state.model_copy(update={"journal": JournalState(trouble="Full")}))
        assert "(Full)" in str(pair.conductor.now().notice)
    assert [one.tone for one in told if one is not None] == ["alarm", "alarm", "info", "info"]
    assert told[0] == told[1] and told[2] == told[3]


async def test_a_note_is_corrected_within_the_length_of_a_note() -> None:
    async with paired() as pair:
        await pair.open()
        lead = pair.conductor
        assert (await lead.note("left hand")).ok
        (noted,) = lead.now().notes
        assert noted.saved_as is not None
        assert not (await lead.correct(noted.saved_as, "x" * 4001)).ok
        assert not (await lead.correct(noted.saved_as, " ")).ok
        assert (await lead.correct(noted.saved_as, "x" * 4000)).ok
        kinds = pair.record.kinds(lead.now().session)
    assert kinds.count("correction") == 1


async def test_a_key_that_only_watches_is_told_of_no_patient_and_no_session_of_this_record() -> (
    None
):
    async with paired() as pair:
        await pair.open()
        lead = pair.conductor
        assert lead.patients()
        pair.link.role = "observer"
        assert lead.patients() == () and lead.sessions() == ()
