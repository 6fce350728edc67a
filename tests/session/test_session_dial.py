"""What a patient answers on the dial is a rating of their own: recorded once, and shown at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from loopback import Pair, paired

from controller.language import use
from controller.report.sections import sections
from controller.session.clinic import Clinic
from controller.session.documents import (
    Entry,
    FromRuntime,
    PatientChanged,
    Rating,
    SessionOpened,
)
from controller.session.prompts import PromptRules
from controller.session.retelling import retell
from controller.session.sitting import Sitting
from controller.session.summary import summarise
from controller.session.taking_part import TakingPart, changed
from vr_runtime.wire.acts import Occurrence, PatientRated, Phase, View
from vr_runtime.wire.happenings import Applied
from vr_runtime.wire.sight import PatientSettings


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use("en")
    yield


async def answers(pair: Pair, *given: Occurrence) -> None:
    """The patient's hand does this in the next round of the runtime."""
    waiting = [list(given)]
    pair.server._display.occurrences = lambda: waiting.pop() if waiting else []  # type: ignore[method-assign]
    await pair.pass_s(0.2)
    await pair.conductor.settle()


def ratings(pair: Pair) -> list[Rating]:
    return [d for _, d in pair.record.entries if isinstance(d, Rating)]


async def test_an_answer_on_the_dial_is_recorded_as_the_patients_own_and_shown() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(2)
        assert (await pair.conductor.eyes.ask_rating()).ok
        state = await pair.pass_s(0.2)
        assert state.sight.dial == "asked"
        asked = next(
            d.happened.tick
            for _, d in pair.record.entries
            if isinstance(d, FromRuntime)
            and isinstance(d.happened.what, Applied)
            and d.happened.what.act.kind == "ask_rating"
        )
        await answers(pair, PatientRated(suds=70))
        (rating,) = ratings(pair)
        assert (rating.suds, rating.raw, rating.source) == (70, "70", "patient")
        assert (rating.rating, rating.due, rating.level, rating.trial) == ("interval", asked, 2, 1)
        now = pair.conductor.now()
        assert now.ratings[-1].rating == rating and now.ratings[-1].saved_as is not None
        assert now.notice is not None and now.notice.text.startswith("The patient answered 70")
        assert now.state is not None and now.state.sight.given == 70


async def test_an_answer_that_nobody_asked_for_was_not_due() -> None:
    async with paired(Clinic(countdown_s=0, prompts=PromptRules(0.0))) as pair:
        await pair.open()
        await answers(pair, PatientRated(suds=40))
        await pair.begin(1)
        await answers(pair, PatientRated(suds=60))
        first, second = ratings(pair)
        assert (first.rating, first.due, first.trial) == ("baseline", None, 0)
        assert (second.rating, second.due, second.trial) == ("spontaneous", None, 1)


async def test_a_rating_said_aloud_takes_the_dial_away_and_stays_said() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.conductor.eyes.ask_rating()
        await pair.pass_s(0.1)
        assert (await pair.conductor.rate("30")).ok
        await pair.conductor.settle()
        state = await pair.pass_s(0.1)
        assert state.sight.dial is None
        now = pair.conductor.now()
        assert now.notice is not None and now.notice.text == "Rating 30 is saved."


async def test_the_dial_comes_with_a_rating_due_where_this_session_does_so() -> None:
    rules = PromptRules(every_s=60.0, window_s=2.0)
    async with paired(Clinic(countdown_s=0, prompts=rules)) as pair:
        await pair.open()
        state = await pair.pass_s(3.0)
        assert state.sight.dial is None, "nothing is shown that nobody wanted"
        await pair.conductor.eyes.ask_by_itself(True)
        await pair.begin(1)
        await pair.pass_s(0.5)
        await pair.conductor.settle()
        state = await pair.pass_s(0.2)
        assert state.sight.dial == "asked"
        assert pair.record.kinds(pair.conductor.now().session).count("runtime") > 0


async def test_a_text_for_the_patient_is_one_short_line() -> None:
    async with paired() as pair:
        await pair.open()
        eyes = pair.conductor.eyes
        assert not (await eyes.show_text("  ")).ok
        assert not (await eyes.show_text("x" * 81)).ok
        assert (await eyes.show_text("  Prenez\n votre   temps. ")).ok
        state = await pair.pass_s(0.1)
        assert state.sight.text == "Prenez votre temps."
        assert (await eyes.take_away("text")).ok
        assert (await pair.pass_s(0.1)).sight.text is None


async def test_the_therapist_is_told_that_looking_cannot_leave() -> None:
    async with paired() as pair:
        await pair.open()
        eyes = pair.conductor.eyes
        assert (await eyes.show_way_out()).text == "The patient reads which control leads out."
        looking = PatientSettings(gaze=True)
        assert (await eyes.set_patient(looking)).text == (
            "Looking cannot leave: agree on a word, and lead to the safe place at it."
        )
        await pair.pass_s(0.1)
        assert "looking cannot lead out" in (await eyes.show_way_out()).text
        changed = looking.model_copy(update={"captions": False})
        assert (await eyes.set_patient(changed)).text == "The patient's settings are changed."


async def test_a_session_begins_as_the_clinic_and_the_patient_have_it() -> None:
    async with paired(Clinic(patient_language="fr")) as pair:
        await pair.open()
        state = await pair.pass_s(0.1)
        assert state.sight.patient == PatientSettings(language="fr", countdown_s=3)
        assert (await pair.conductor.arm_trial(1)).ok
        assert (await pair.conductor.begin_trial()).ok
        state = await pair.pass_s(0.2)
        assert (state.phase, state.view, state.sight.countdown) == (
            Phase.EXPOSURE, View.NEUTRAL, 3,
        )  # fmt: skip
        state = await pair.pass_s(3.0)
        assert (state.view, state.trial_open) == (View.SCENE, True)


async def test_what_was_set_for_a_patient_holds_in_their_next_session() -> None:
    async with paired(Clinic(patient_language="fr")) as pair:
        await pair.open()
        lead = pair.conductor
        usual = PatientSettings(language="fr", countdown_s=3)
        assert (await pair.pass_s(0.2)).sight.patient == usual
        for change in ({"hand": "left"}, {"posture": "seated"}, {"way_out_always": True}):
            usual = usual.model_copy(update=change)
            assert (await lead.eyes.set_patient(usual)).ok
            await pair.pass_s(0.2)
        assert (await lead.eyes.set_patient(usual)).ok, "nothing new is nothing to keep"
        kept = [d.takes_part for _, d in pair.record.entries if isinstance(d, PatientChanged)]
        assert kept == [
            TakingPart(hand="left"),
            TakingPart(posture="seated"),
            TakingPart(way_out_always=True),
        ]
        assert (await lead.close_session()).ok
        await lead.settle()
        await pair.pass_s(0.4)
        patient = lead.patients()[0].id
        assert (await lead.open_session(patient, lead.manifests()[0].id, seed=1)).ok
        assert (await pair.pass_s(0.4)).sight.patient == usual


async def test_a_setting_that_is_refused_is_not_kept() -> None:
    async with paired() as pair:
        outcome = await pair.conductor.eyes.set_patient(PatientSettings(hand="left"))
        assert not outcome.ok
        assert not [d for _, d in pair.record.entries if isinstance(d, PatientChanged)]


def test_what_was_set_goes_before_what_is_usual_and_the_last_word_holds() -> None:
    usual = PatientSettings(language="fr", countdown_s=3)
    assert changed(usual, usual).empty
    part = changed(usual, usual.model_copy(update={"language": "en", "gaze": True}))
    assert part == TakingPart(language="en", gaze=True)
    part = part.then(TakingPart(gaze=False, countdown_s=0))
    assert part.over(usual) == PatientSettings(language="en", countdown_s=0)
    assert part.over(PatientSettings(scale="0-10")).scale == "0-10"


async def test_a_language_that_was_set_is_put_back_to_that_of_all_patients() -> None:
    async with paired(Clinic(patient_language="fr")) as pair:
        await pair.open()
        eyes = pair.conductor.eyes
        own = PatientSettings(language="en", countdown_s=3)
        assert (await eyes.set_patient(own)).ok
        assert (await pair.pass_s(0.2)).sight.patient == own
        assert (await eyes.read_as_usual()).ok
        assert (await pair.pass_s(0.2)).sight.patient.language == "fr"
        kept = [d.takes_part for _, d in pair.record.entries if isinstance(d, PatientChanged)]
        assert kept == [TakingPart(language="en"), TakingPart(language="usual")]
    together = TakingPart(language="en", gaze=True).then(TakingPart(language="usual"))
    for usual in (PatientSettings(), PatientSettings(language="fr")):
        assert together.over(usual) == usual.model_copy(update={"gaze": True})


def test_all_that_may_be_set_for_a_patient_has_the_name_it_has_at_their_side() -> None:
    apart = {"scale", "eye_m"}
    assert set(TakingPart.model_fields) == set(PatientSettings.model_fields) - apart


async def test_an_answer_whose_console_ended_before_it_was_recorded_is_recorded_later() -> None:
    async with paired() as pair:
        await pair.open()
        await answers(pair, PatientRated(suds=55))
        session = pair.conductor.now().session
        assert session is not None
        known = [
            Entry(session=session, seq=n, kind=d.kind, operator="o", mono_ns=n, wall="", data=d)
            for n, (s, d) in enumerate(pair.record.entries, start=1)
            if s == session
        ]
        lost = [e for e in known if not isinstance(e.data, Rating)]
        for entries, added in ((lost, 1), (known, 0)):
            before = len(ratings(pair))
            sitting = again(pair, entries)
            sitting.take_up(entries)
            await sitting.settle()
            assert len(ratings(pair)) == before + added
        assert ratings(pair)[-1].source == "patient"


def again(pair: Pair, entries: list[Entry]) -> Sitting:
    opened = entries[0].data
    assert isinstance(opened, SessionOpened)
    card = replace(pair.conductor.patients()[0])
    lead = pair.conductor
    return Sitting(
        entries[0].session, card, opened.scenario, opened.tick, boot=opened.boot,
        rules=PromptRules(), recorder=pair.record, notices=lead._notices,
    )  # fmt: skip


async def test_the_report_says_who_gave_a_rating_and_what_the_patient_read() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.conductor.eyes.show_text("Prenez votre temps.")
        await answers(pair, PatientRated(suds=55))
        assert (await pair.conductor.close_session()).ok
        session = pair.record.entries[-1][0]
        entries = [
            Entry(session=s, seq=n, kind=d.kind, operator="o", mono_ns=n, wall="", data=d)
            for n, (s, d) in enumerate(pair.record.entries, start=1)
            if s == session
        ]
    history = retell(entries)
    assert [(r.suds, r.source) for r in history.ratings] == [(55, "patient")]
    assert [text for _at_s, text in history.texts] == ["Prenez votre temps."]
    told = str(sections(history, summarise(history)))
    assert "given by the patient on the dial" in told
    assert "The patient was shown the words: Prenez votre temps." in told
