"""The therapist leads practice, guides and the safe place, and the record keeps what was done."""

from __future__ import annotations

from loopback import Pair, paired
from recording import Recording

from controller.language import use
from controller.report.rest_table import at_rest
from controller.session.at_rest import SKILLS, guided
from controller.session.documents import FromRuntime, PatientChanged
from controller.session.retelling import retell
from vr_runtime.engine.guide import BEGIN_TICKS, Guide, cycle_of
from vr_runtime.engine.repose import SKILLS as PRACTISED
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Applied, GuideEnded
from vr_runtime.wire.refusals import Code


def applied(pair: Pair) -> list[str]:
    found = [d.happened.what for _, d in pair.record.entries if isinstance(d, FromRuntime)]
    return [one.act.kind for one in found if isinstance(one, Applied)]


async def test_practice_leads_to_its_room_and_back_and_is_recorded() -> None:
    async with paired() as pair:
        await pair.open()
        lead = pair.conductor
        assert (await lead.familiarise()).ok
        assert (await pair.pass_s(0.2)).phase is Phase.FAMILIARISATION
        refused = await lead.arm_trial(1)
        assert (refused.ok, refused.code) == (False, Code.WRONG_PHASE)
        pair.server._engine.apply(acts.PatientLeft(), "patient")
        state = await pair.pass_s(0.2)
        assert (state.phase, state.practised) == (Phase.SAFE_PLACE, ("leave",))
        notice = lead.now().notice
        assert notice is not None and (notice.text, notice.tone) == ("Way out rehearsed.", "done")
        assert (await lead.familiarise()).ok
        assert (await lead.end_familiarisation()).ok
        assert (await pair.pass_s(0.2)).phase is Phase.READY
        assert {"familiarise", "patient_left", "end_familiarisation"} <= set(applied(pair))


async def test_a_safe_place_chosen_in_a_session_is_kept_for_the_patient() -> None:
    async with paired() as pair:
        await pair.open()
        assert (await pair.conductor.choose_refuge("shore")).ok
        assert (await pair.pass_s(0.2)).safe_place == "shore"
        changed = [d for _, d in pair.record.entries if isinstance(d, PatientChanged)]
        assert [one.safe_place for one in changed] == ["shore"]
        await pair.conductor.safe_place()
        assert not (await pair.conductor.choose_refuge("room")).ok
        assert (await pair.pass_s(0.2)).safe_place == "shore"


async def test_a_guide_is_shown_told_and_gone_at_a_stop() -> None:
    async with paired() as pair:
        await pair.open()
        lead = pair.conductor
        assert (await lead.guide_breathing(5.0)).ok
        state = await pair.pass_s(6.0)
        assert state.guide is not None and state.guide.step == "in"
        await lead.stop()
        state = await pair.pass_s(0.5)
        assert state.guide is None and state.phase is Phase.STOPPED
        outcome = await lead.guide_tension(15.0, 30.0, 5)
        assert outcome.ok and "never held breath" in outcome.text


def test_console_and_runtime_know_the_same_skills() -> None:
    assert tuple(SKILLS) == PRACTISED


def test_where_a_guide_is_reads_in_a_few_words_in_both_languages() -> None:
    tension = Guide(cycle_of(acts.GuideTension()), BEGIN_TICKS + 45 * 30 + 3 * 30)
    breath = Guide(cycle_of(acts.GuideBreathing()), BEGIN_TICKS + 30)
    use("en")
    assert guided(tension.state()) == "tension 2/5: tense 12 s"
    assert guided(breath.state()) == "breathing: breathe in 3 s"
    use("fr")
    assert guided(tension.state()) == "tension 2/5 : contracter 12 s"


def test_the_report_tells_what_was_done_outside_the_scene() -> None:
    use("en")
    r = Recording()
    r.at(0, 5).load()
    r.at(0, 10).act(acts.ChooseRefuge(place="room"))
    r.act(acts.Familiarise())
    r.into(Phase.FAMILIARISATION, "familiarise")
    r.at(0, 20).act(acts.Practised(what="look"), by="patient")
    r.at(0, 30).act(acts.PatientLeft(), by="patient")
    r.into(Phase.SAFE_PLACE, "patient_left")
    r.at(1).act(acts.GuideTension())
    r.at(3).news_of(GuideEnded(guide="tension", how="ended", rounds=2))
    r.at(4).close()
    history = retell(r.entries)
    told = [row.cells[1] for row in at_rest(history.at_rest).rows]
    assert told == [
        "Safe place: quiet room.",
        "Practised: looking around.",
        "Way out rehearsed.",
        "Applied tension: 15 s, then 30 s, 5 times; never held breath.",
        "Applied tension taken away; times: 2.",
    ]


def test_a_way_out_pressed_elsewhere_was_no_rehearsal() -> None:
    r = Recording()
    r.at(0, 5).load()
    r.at(0, 30).act(acts.PatientLeft(), by="patient")
    r.into(Phase.SAFE_PLACE, "patient_left")
    r.at(1).close()
    assert retell(r.entries).at_rest == ()
