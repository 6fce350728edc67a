"""No patient is exposed without screening, consent and a rehearsal of the way out."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import paired
from preparing import (
    ALL_WELL,
    SCREENING,
    SIGNED,
    WHEN,
    answers,
    asking,
    card,
    consent,
    preflight,
    prepare,
    ready,
    screened,
)
from pydantic import ValidationError

from controller.protocol.model import Screening
from controller.session.before import gate
from controller.session.before.entries import (
    PreflightChecked,
    ScreeningAnswered,
    TodayAnswer,
    TodayAsked,
)
from controller.session.before.so_far import SoFar
from controller.session.before.withdrawing import Withdrawing
from controller.session.before.words import CHECKS
from controller.session.document import stream_of
from controller.session.documents import Entry, FromRuntime, PatientChanged, SessionOpened
from controller.session.keeping import ConsentGiven, ConsentTo, ConsentWithdrawn
from controller.session.now import Outcome
from controller.session.ports import NoAnswer
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, TherapistAct
from vr_runtime.wire.happenings import Applied, TrialOpened
from vr_runtime.wire.messages import Done, Refused
from vr_runtime.wire.refusals import Code


def what(found: Any) -> list[str]:
    return [one.what for one in found]


# -- what is missing


def test_a_session_needs_consent_and_a_screening_and_nothing_else() -> None:
    assert what(gate.to_open(SCREENING, card())) == ["consent", "screening"]
    assert what(gate.to_open(SCREENING, card(consents=(SIGNED,)))) == ["screening"]
    assert gate.to_open(SCREENING, card(consents=(SIGNED,), screened=screened())) == ()


def test_consent_to_something_else_is_no_consent_to_exposure() -> None:
    other = replace(SIGNED, to="pose")
    found = gate.to_open(SCREENING, card(consents=(other,), screened=screened()))
    assert what(found) == ["consent"]


def test_of_a_minor_it_is_the_guardians_consent_that_counts() -> None:
    minor = card(minor=True, consents=(SIGNED,), screened=screened())
    assert what(gate.to_open(SCREENING, minor)) == ["consent"]
    guardian = replace(SIGNED, by="guardian")
    assert gate.to_open(SCREENING, replace(minor, consents=(guardian,))) == ()


def test_an_open_yes_bars_and_one_that_was_cleared_or_overridden_does_not() -> None:
    for dealt, missing in (
        (("open", ""), ["screening"]),
        (("cleared", "Dr Example, 3 March"), []),
        (("overridden", "seated, and short"), []),
    ):
        one = card(consents=(SIGNED,), screened=screened(motion=dealt))
        assert what(gate.to_open(SCREENING, one)) == missing


def test_another_version_with_other_questions_asks_anew_and_one_with_the_same_does_not() -> None:
    one = card(consents=(SIGNED,), screened=screened())
    first, *others = SCREENING.items
    other = first.model_copy(update={"en": "Epilepsy, or fainting?"})
    changed = Screening(about=SCREENING.about, items=(other, *others))
    assert what(gate.to_open(changed, one)) == ["screening"]
    noted = first.model_copy(update={"note": others[0].note})
    same = Screening(about=SCREENING.about, items=(noted, *others))
    assert gate.to_open(same, one) == ()


@given(
    done=st.sets(st.sampled_from(sorted(CHECKS))),
    heard=st.sets(st.sampled_from(("way_out_patient", "way_out_therapist"))),
    today=st.booleans(),
)
def test_a_trial_needs_today_and_a_word_on_each_check(
    done: set[Any], heard: set[Any], today: bool
) -> None:
    so_far = SoFar()
    if today:
        said = tuple(TodayAnswer(item=item, yes=yes, why=why) for item, yes, why in ALL_WELL)
        so_far.said(TodayAsked(answers=said, tick=0))
    for check in done:
        rehearsal = check.startswith("way_out")
        so_far.said(
            PreflightChecked(
                check=check, done=not rehearsal, why="not today" if rehearsal else "", tick=0
            )
        )
    if "way_out_patient" in heard:
        so_far.on_news(Applied(act=acts.PatientLeft(), by="patient"))
    if "way_out_therapist" in heard:
        so_far.on_news(Applied(act=acts.SafePlace(), by="console"))
    missing = set(what(gate.to_begin(so_far.seen(()))))
    assert missing == (set(CHECKS) - done - heard) | (set() if today else {"today"})


def test_nobody_can_tick_a_way_out_as_rehearsed() -> None:
    with pytest.raises(ValidationError):
        PreflightChecked(check="way_out_patient", done=True, tick=0)


def test_what_is_left_out_gone_on_with_cleared_or_overridden_says_why() -> None:
    for wrong in (
        lambda: PreflightChecked(check="space", done=False, tick=0),
        lambda: TodayAnswer(item="sleep", yes=True),
        lambda: answers({"motion": ("cleared", "")}),
        lambda: answers({"motion": ("overridden", "")}),
    ):
        with pytest.raises(ValidationError):
            wrong()


# -- the acts


async def test_a_clinic_without_a_protocol_asks_nothing() -> None:
    async with paired() as pair:
        await pair.open()
        assert pair.conductor.now().before is None
        await pair.begin(1)


async def test_a_session_is_opened_once_both_are_there_and_not_before() -> None:
    async with paired(asking()) as pair:
        lead, patient = pair.conductor, await ready(pair)
        refused = await lead.open_session(patient, "test.yard")
        assert not refused.ok and "Consent" in refused.text and "1 more" in refused.text
        assert (await consent(lead.before, patient)).ok
        assert not (await lead.open_session(patient, "test.yard")).ok
        assert (await lead.before.answer_screening(patient, answers())).ok
        assert (await lead.open_session(patient, "test.yard")).ok
        opened = next(d for _, d in pair.record.entries if isinstance(d, SessionOpened))
        assert opened.opened_on is not None and opened.opened_on.consent == "2026-11"


async def test_a_screening_that_leaves_a_question_out_is_not_taken() -> None:
    async with paired(asking()) as pair:
        patient = await ready(pair)
        refused = await pair.conductor.before.answer_screening(patient, answers()[1:])
        assert not refused.ok and "seizures" in refused.text
        assert "screening_answered" not in pair.record.kinds()


async def test_the_first_trial_waits_for_the_rehearsal_that_the_runtime_tells_of() -> None:
    async with paired(asking()) as pair:
        lead, patient = pair.conductor, await ready(pair)
        await prepare(lead, patient)
        assert (await lead.open_session(patient, "test.yard", seed=3)).ok
        await pair.pass_s(1.2)
        assert not (await lead.arm_trial(1)).ok
        assert (await lead.before.answer_today(ALL_WELL)).ok
        for check in ("display", "space", "seat", "stop_signal"):
            assert (await lead.before.check(check)).ok
        assert (await lead.before.check("sound", "the patient is deaf")).ok
        assert not (await lead.before.check("way_out_patient")).ok
        before = lead.now().before
        assert before is not None and what(before.missing) == [
            "way_out_patient",
            "way_out_therapist",
        ]
        pair.server._engine.apply(acts.PatientLeft(), "patient")
        await pair.pass_s(0.4)
        before = lead.now().before
        assert before is not None and what(before.missing) == ["way_out_therapist"]
        assert (await lead.pause()).ok
        assert not (await lead.arm_trial(1)).ok
        assert (await lead.safe_place()).ok
        await pair.pass_s(0.4)
        await pair.begin(1)
        assert pair.conductor.now().before is None


async def test_what_leads_out_or_eases_is_never_barred() -> None:
    async with paired(asking()) as pair:
        lead, patient = pair.conductor, await ready(pair)
        await prepare(lead, patient)
        assert (await lead.open_session(patient, "test.yard", seed=3)).ok
        await pair.pass_s(1.2)
        for act in (lead.familiarise, lead.safe_place, lead.pause, lead.stop, lead.close_session):
            assert (await act()).ok
            await pair.pass_s(0.4)


async def test_a_consent_that_is_taken_back_bars_the_next_trial_too() -> None:
    async with paired(asking()) as pair:
        lead, patient = pair.conductor, await ready(pair)
        await prepare(lead, patient)
        assert (await lead.open_session(patient, "test.yard", seed=3)).ok
        await pair.pass_s(1.2)
        await preflight(lead)
        await pair.begin(1)
        assert (await lead.safe_place()).ok
        await pair.pass_s(0.4)
        assert (await lead.before.withdraw(patient, "session", "patient")).ok
        refused = await lead.arm_trial(1)
        assert not refused.ok and "Consent" in refused.text


async def test_a_consent_that_is_taken_back_bars_begin_raise_and_resume_and_never_what_eases() -> (
    None
):
    async with paired(asking()) as pair:
        lead, patient = pair.conductor, await ready(pair)
        await prepare(lead, patient)
        assert (await lead.open_session(patient, "test.yard", seed=3)).ok
        await pair.pass_s(1.2)
        await preflight(lead)
        assert (await lead.arm_trial(1)).ok
        told = await lead.before.withdraw(patient, "session", "patient")
        assert told.ok and "lead the patient out" in told.text
        begun = await lead.begin_trial()
        assert not begun.ok and "Consent" in begun.text
        assert (await consent(lead.before, patient)).ok
        assert not (await lead.begin_trial()).ok, "it is to be named anew"
        await pair.begin(2)
        await pair.pass_s(4.0)
        assert (await lead.hold()).ok
        await pair.pass_s(0.4)
        assert (await lead.before.withdraw(patient, "session", "patient")).ok
        harder: tuple[Callable[[], Awaitable[Outcome]], ...] = (
            lead.resume,
            lead.raise_level,
            lambda: lead.trigger("noise"),
            lambda: lead.give_task("look"),
            lambda: lead.set_value("height", 18.0),
        )
        for asked in harder:
            refused = await asked()
            assert not refused.ok and "Consent" in refused.text
        assert (await lead.set_value("height", 6.0)).ok, "what eases is never refused"
        await pair.pass_s(4.0)
        refused = await lead.follow_level("height")
        assert not refused.ok and "Consent" in refused.text, "level 2 is higher than that"
        for easier in (lead.lower_level, lead.pause, lead.safe_place, lead.stop):
            assert (await easier()).ok, easier
            await pair.pass_s(0.4)


async def test_without_a_protocol_too_nothing_rises_once_consent_was_taken_back() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        await pair.pass_s(4.0)
        lead = pair.conductor
        lead._lists.patients = (replace(lead.patients()[0], withdrawn=True),)
        refused = await lead.raise_level()
        assert not refused.ok and "taken back" in refused.text
        assert (await lead.lower_level()).ok


async def test_a_level_that_is_refused_leaves_no_earlier_one_named() -> None:
    async with paired() as pair:
        await pair.open()
        lead = pair.conductor
        assert (await lead.arm_trial(1)).ok
        assert not (await lead.arm_trial(10)).ok
        assert not (await lead.begin_trial()).ok


async def test_a_withdrawal_ends_pose_and_watching_at_once_in_this_patients_session_alone() -> None:
    streams: tuple[ConsentTo, ...] = ("pose", "observers")
    async with paired(simulated=False) as pair:
        lead, patient = pair.conductor, await ready(pair)
        assert (await lead.add_patient("P-02", 8, "0-100")).ok
        other = next(p.id for p in lead.patients() if p.id != patient)
        assert (await consent(lead.before, patient, "pose")).ok
        assert (await lead.open_session(patient, "test.yard", seed=3)).ok
        await pair.pass_s(1.2)
        assert (await lead.set_observers(True)).ok
        for to in streams:
            assert (await lead.before.withdraw(other, to, "patient")).ok
        state = await pair.pass_s(0.4)
        assert state.pose_kept and state.observers.allowed
        pose = await lead.before.withdraw(patient, "pose", "patient")
        assert pose.ok and "neither sent nor kept" in pose.text
        assert (await lead.before.withdraw(patient, "observers", "patient")).ok
        state = await pair.pass_s(0.4)
        assert not state.pose_kept and not state.observers.allowed


async def test_what_goes_on_without_consent_is_ended_once_the_record_says_so() -> None:
    async with paired(simulated=False) as pair:
        lead, patient = pair.conductor, await ready(pair)
        assert (await consent(lead.before, patient, "pose")).ok
        assert (await lead.open_session(patient, "test.yard", seed=3)).ok
        await pair.pass_s(1.2)
        assert (await lead.set_observers(True)).ok
        state = await pair.pass_s(0.4)
        assert state.pose_kept and state.observers.allowed
        # Somebody else took it down: nothing but the record says so.
        for to in ("pose", "observers"):
            said = ConsentWithdrawn(patient=patient, to=to, by="patient")
            await pair.record.append(stream_of(patient), said)
        await lead._lists.refresh()
        state = await pair.pass_s(0.8)
        assert not state.pose_kept and not state.observers.allowed


def withdrawing(
    end_pose: Callable[[], Awaitable[Outcome]],
    never: Callable[[], Awaitable[Outcome]],
    asked: list[Coroutine[Any, Any, None]],
    ask: Callable[[TherapistAct], Awaitable[Done | Refused]] | None = None,
    said: list[str] | None = None,
) -> Withdrawing:
    """Of a patient who took consent to pose back, and to nothing else."""

    async def nobody(act: TherapistAct) -> Done | Refused:
        raise NoAnswer

    def say(ok: bool, text: str, tone: str) -> Outcome:
        (said if said is not None else []).append(text)
        return Outcome(ok, text)

    later = asked.append
    return Withdrawing(
        lambda _p: False, lambda _p: True, end_pose, never, later, ask or nobody, say
    )


async def test_what_is_refused_for_ever_is_said_once_and_asked_ever_more_rarely() -> None:
    async with paired() as pair:
        state = (await pair.pass_s(0.4)).model_copy(update={"pose_kept": True})
    asked: list[Coroutine[Any, Any, None]] = []
    loud: list[int] = []
    quiet: list[TherapistAct] = []
    said: list[str] = []
    refuses = [True]

    async def end_pose() -> Outcome:
        loud.append(1)
        return Outcome(False, "Refused.", "forbidden")

    async def never() -> Outcome:
        raise AssertionError("nobody watches")

    async def ask(act: TherapistAct) -> Done | Refused:
        quiet.append(act)
        refused = Refused(code=Code.FORBIDDEN, sentence="No.")
        return refused if refuses[0] else Done()

    ending = withdrawing(end_pose, never, asked, ask, said)

    async def until(ticks: int) -> None:
        for tick in range(0, ticks, 30):
            told = {"tick": tick, "pose_kept": not said}
            ending.on_state("p", state.model_copy(update=told))
            for work in asked:
                await work
            asked.clear()

    await until(10 * 60 * 30)
    assert len(loud) == 1 and said == []
    assert 10 <= len(quiet) <= 16, "within ten minutes, and still once a minute"
    refuses[0] = False
    await until(2 * 60 * 30)
    assert said == ["What consent was taken back for has ended."]


async def test_an_end_that_nobody_answered_is_asked_again_after_two_seconds() -> None:
    async with paired() as pair:
        state = (await pair.pass_s(0.4)).model_copy(update={"pose_kept": True})
    asked: list[Coroutine[Any, Any, None]] = []
    answers: list[Outcome] = []

    async def end_pose() -> Outcome:
        answers.append(Outcome(False, "No answer."))
        return answers[-1]

    async def never() -> Outcome:
        raise AssertionError("nobody watches")

    ending = withdrawing(end_pose, never, asked)
    for tick in (100, 101, 160, 219, 220, 5):
        ending.on_state("p", state.model_copy(update={"tick": tick}))
        for work in asked:
            await work
        asked.clear()
    assert len(answers) == 4, "at 100, 160, 220, and by a runtime that began anew"
    assert await ending.end("observers", state) is None


async def test_whoever_may_not_lead_answers_nothing_and_hears_a_withdrawal_all_the_same() -> None:
    why = "A trainee leads simulated patients alone."
    barred = [""]
    async with paired(asking(), barred=lambda: barred[0]) as pair:
        lead, patient = pair.conductor, await ready(pair)
        barred[0] = why
        assert (await lead.before.answer_screening(patient, answers())).text == why
        assert (await consent(lead.before, patient)).text == why
        assert (await lead.before.withdraw(patient, "session", "patient")).ok


async def test_a_minors_consent_is_the_guardians_with_the_minors_own_assent() -> None:
    async with paired(asking()) as pair:
        before, patient = pair.conductor.before, await ready(pair)
        assert (await before.set_patient(patient, minor=True)).ok
        assert not (await consent(before, patient)).ok
        for assent in (False, True):
            noted = await before.consent(
                patient, "session", "1", by="guardian", assent=assent, signed=True
            )
            assert noted.ok is assent


async def test_without_sound_nobody_says_that_it_was_heard() -> None:
    async with paired(asking()) as pair:
        lead, patient = pair.conductor, await ready(pair)
        await prepare(lead, patient)
        assert (await lead.open_session(patient, "test.yard", seed=3)).ok
        state = await pair.pass_s(1.2)
        heard = await lead.before.check("sound")
        assert heard.ok is (state.display.sound != "none")


async def test_a_session_that_is_continued_finds_its_answers_in_its_record() -> None:
    async with paired(asking()) as pair:
        lead, patient = pair.conductor, await ready(pair)
        await prepare(lead, patient)
        assert (await lead.open_session(patient, "test.yard", seed=3)).ok
        await pair.pass_s(1.2)
        pair.server._engine.apply(acts.PatientLeft(), "patient")
        await pair.pass_s(0.4)
        await preflight(lead)
        await lead.settle()
        sitting = lead._sitting
        assert sitting is not None
        told = [d for name, d in pair.record.entries if name == sitting.id]
        entries = [
            Entry(
                session=sitting.id,
                seq=at,
                kind=d.kind,  # type: ignore[attr-defined]
                operator="op",
                mono_ns=at,
                wall=WHEN,
                data=d,
            )
            for at, d in enumerate(told, start=1)
        ]
        fresh = lead._sit("s", sitting.patient, sitting.manifest, 0, boot="boot-1")
        assert gate.to_begin(fresh.before.seen(()))
        fresh.take_up(entries)
        assert gate.to_begin(fresh.before.seen(())) == ()
        assert fresh.before.rehearsed == {"way_out_patient"}


# -- whatever is pressed


def lawful(entries: list[tuple[str, Any]]) -> bool:
    """Whether all that is needed stands in the record before each beginning of a trial."""
    consents: set[str] = set()
    dealt_with = today = False
    checks: set[str] = set()
    for _, said in entries:
        match said:
            case ConsentGiven(to="session"):
                consents.add("session")
            case ConsentWithdrawn(to="session"):
                consents.discard("session")
            case ScreeningAnswered(answers=given):
                dealt_with = all(one.dealt != "open" for one in given)
            case SessionOpened():
                today, checks = False, set()
                if not (consents and dealt_with):
                    return False
            case TodayAsked():
                today = True
            case PreflightChecked(check=check):
                checks.add(check)
            case FromRuntime(happened=happened):
                match happened.what:
                    case Applied(act=acts.PatientLeft()):
                        checks.add("way_out_patient")
                    case Applied(act=acts.SafePlace()):
                        checks.add("way_out_therapist")
                    case TrialOpened(trial=1) if not (today and checks == set(CHECKS)):
                        return False
                    case TrialOpened() if not consents:
                        return False
            case PatientChanged():
                pass
    return True


@pytest.mark.parametrize("seed", range(3))
async def test_no_order_of_acts_leads_to_exposure_without_them(seed: int) -> None:
    chance = random.Random(seed)
    async with paired(asking()) as pair:
        lead, patient = pair.conductor, await ready(pair)
        before = lead.before
        exposed = 0
        helpful = [
            lead.begin_trial,
            lead.resume,
            lead.raise_level,
            lead.safe_place,
            lead.pause,
            lead.familiarise,
            lead.end_familiarisation,
            lambda: consent(before, patient),
            lambda: before.answer_screening(patient, answers()),
            lambda: before.answer_today(ALL_WELL),
            *(lambda what=what: before.check(what, "not in a test") for what in CHECKS),
            *(lambda what=what: before.check(what) for what in CHECKS),
        ]
        contrary = [
            lead.stop,
            lead.close_session,
            lambda: before.withdraw(patient, "session", "patient"),
            lambda: before.answer_screening(patient, answers({"motion": ("open", "")})),
        ]
        for acts_now in (helpful + contrary, helpful, helpful, helpful + contrary):
            for act in chance.sample(acts_now, len(acts_now)):
                await act()
                # After each of them, what a hasty therapist would press.
                await lead.open_session(patient, "test.yard", seed=3)
                if (await lead.arm_trial(chance.randint(0, 2))).ok:
                    await lead.begin_trial()
                state = await pair.pass_s(0.2)
                exposed += state.phase is Phase.EXPOSURE
        await lead.settle()
        assert lawful(pair.record.entries)
        assert exposed, "a walk that never reaches exposure shows nothing"
