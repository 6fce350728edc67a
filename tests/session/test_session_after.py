"""What follows the last trial: nothing is called done that is not, and nothing said is lost."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Pair, paired
from pydantic import ValidationError

from controller.language import use
from controller.questionnaires.library import known
from controller.report.after_table import after_exposure, without_names
from controller.report.sections import sections
from controller.session.after.entries import (
    PARTS,
    LeftOut,
    NoteDrafted,
    NoteValidated,
    RecoveryEnded,
    Released,
    ReleaseItem,
)
from controller.session.after.recovery import Recovery
from controller.session.after.so_far import AfterSoFar
from controller.session.answering import AlertShown, QuestionnaireAnswered
from controller.session.clinical import Expectancy
from controller.session.document import Document
from controller.session.documents import Entry, SessionOpened
from controller.session.prompts import PromptRules
from controller.session.retelling import retell
from controller.session.sitting import Sitting
from controller.session.summary import summarise

FMS = known("fms", "2011")
PHQ = known("phq-9", "2001")


def recorded(pair: Pair) -> list[Entry]:
    """The entries of the session, numbered as a record numbers them."""
    session = next(s for s, d in pair.record.entries if isinstance(d, SessionOpened))
    own = [d for s, d in pair.record.entries if s == session]
    return [
        Entry(session=session, seq=n, kind=d.kind, operator="o", mono_ns=n, wall="", data=d)
        for n, d in enumerate(own, start=1)
    ]


def said(pair: Pair, kind: type) -> list[object]:
    """What of one kind went to the record, in whichever stream."""
    return [d for _s, d in pair.record.entries if isinstance(d, kind)]


@given(confirmed=st.booleans(), reason=st.text(max_size=5))
def test_a_point_of_the_release_is_never_open(confirmed: bool, reason: str) -> None:
    decided = confirmed != bool(reason.strip())
    try:
        ReleaseItem(id="a", text="x", confirmed=confirmed, reason=reason)
    except ValidationError:
        assert not decided
    else:
        assert decided


@given(
    baseline=st.none() | st.integers(0, 100),
    last=st.none() | st.integers(0, 100),
    above=st.integers(0, 50),
    waited=st.floats(0, 2000),
)
def test_nobody_has_recovered_without_both_ratings_and_none_above_the_bound(
    baseline: int | None, last: int | None, above: int, waited: float
) -> None:
    found = Recovery(baseline, last, above, 0.0, waited, 600.0)
    assert found.recovered == (
        baseline is not None and last is not None and last <= baseline + above
    )
    ended = {"baseline": baseline, "above": above, "last": last, "waited_s": waited, "tick": 1}
    RecoveryEnded(how=found.how, **ended)
    if not found.recovered:
        with pytest.raises(ValidationError):
            RecoveryEnded(how="recovered", **ended)


def test_a_draft_is_no_note_and_what_is_not_done_is_told_in_order() -> None:
    so_far = AfterSoFar()
    assert so_far.not_done(asked=False) == PARTS
    so_far = so_far.then(NoteDrafted(text="so far", tick=1), 2)
    assert "note" in so_far.not_done(asked=True)
    so_far = so_far.then(NoteValidated(text="so far", tick=1), 3)
    assert so_far.draft == "" and "note" not in so_far.not_done(asked=True)
    so_far = so_far.then(NoteDrafted(text="and more", tick=1), 4)
    assert "note" in so_far.not_done(asked=True)


async def test_a_release_with_a_point_open_is_refused_and_not_written() -> None:
    use("en")
    async with paired() as pair:
        await pair.open()
        after = pair.conductor.after
        ids = [item.id for item in after.protocol.after.items]
        outcome = await after.release(ids[:-1], {})
        assert not outcome.ok and "Still open" in outcome.text
        assert not (await after.release(ids[:-1], {ids[-1]: "  "})).ok
        assert said(pair, Released) == []
        assert (await after.release(ids[:-1], {ids[-1]: "walks home"})).ok
        (written,) = said(pair, Released)
        assert isinstance(written, Released)
        assert [item.id for item in written.items] == ids
        assert [item.confirmed for item in written.items] == [True] * (len(ids) - 1) + [False]


async def test_what_was_left_out_is_recorded_as_not_done_when_the_session_ends() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        await pair.pass_s(2)
        await pair.conductor.stop()
        await pair.pass_s(1)
        assert (await pair.conductor.after.debrief("It fades.")).ok
        assert (await pair.conductor.close_session()).ok
        (left,) = said(pair, LeftOut)
        assert isinstance(left, LeftOut)
        assert left.parts == tuple(part for part in PARTS if part != "debrief")
        told = str(after_exposure(retell(recorded(pair))))
    assert "It fades." in told and "Not done" in told and "release" in told


async def test_a_session_without_a_trial_leaves_nothing_out() -> None:
    async with paired() as pair:
        await pair.open()
        assert (await pair.conductor.close_session()).ok
        assert said(pair, LeftOut) == []


async def test_answers_are_saved_once_durable_and_a_stop_takes_none_away() -> None:
    assert FMS is not None
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        forms = pair.conductor.forms
        forms.draft(FMS, "after").answers["sickness"] = 3
        await pair.conductor.stop()
        await pair.pass_s(1)
        assert forms.draft(FMS, "after").answers == {"sickness": 3}
        assert (await forms.save(FMS, "after")).ok
        (one,) = pair.conductor.now().forms
        assert (one.questionnaire, one.when, dict(one.answers)) == ("fms", "after", {"sickness": 3})
        assert forms.draft(FMS, "after").answers == {}
        assert pair.conductor.now().after.not_done(asked=True)[0] == "recovery"


async def test_nothing_answered_is_not_saved_as_answered() -> None:
    assert FMS is not None
    async with paired() as pair:
        await pair.open()
        forms = pair.conductor.forms
        forms.draft(FMS, "baseline").answers["sickness"] = None
        assert not (await forms.save(FMS, "baseline")).ok
        assert said(pair, QuestionnaireAnswered) == []


async def test_that_an_alert_was_shown_is_recorded_once() -> None:
    assert PHQ is not None
    async with paired() as pair:
        await pair.open()
        item = PHQ.items[-1]
        for _time in range(2):
            await pair.conductor.forms.alerted(PHQ, "clinic", item)
        assert [d.item for d in said(pair, AlertShown)] == [item.id]  # type: ignore[attr-defined]


async def test_a_later_console_finds_what_was_done_and_the_draft_as_it_was_typed() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        await pair.conductor.stop()
        await pair.pass_s(1)
        after = pair.conductor.after
        await after.end_recovery()
        await after.homework("the bridge", "daily", "Tuesday")
        await after.draft_note("She looked do")
        entries = recorded(pair)
        opened = entries[0].data
        assert isinstance(opened, SessionOpened)
        later = Sitting(
            entries[0].session,
            pair.conductor.patients()[0],
            opened.scenario,
            opened.tick,
            boot=opened.boot,
            rules=PromptRules(),
            recorder=pair.record,
            notices=pair.conductor._notices,
        )
        later.take_up(entries)
    assert later.after.draft == "She looked do" and later.after.note is None
    assert later.after.homework is not None and later.after.homework.until == "Tuesday"
    assert later.after.recovery is not None and later.after.recovery.how == "left"


async def test_a_note_changed_after_it_was_validated_corrects_and_both_stay() -> None:
    async with paired() as pair:
        await pair.open()
        after = pair.conductor.after
        assert (await after.validate_note("First.")).ok
        assert not (await after.validate_note("First.")).ok
        assert (await after.validate_note("Second.")).ok
        entries = recorded(pair)
        notes = [(e.seq, e.data) for e in entries if isinstance(e.data, NoteValidated)]
    (first, _one), (_seq, second) = notes
    assert isinstance(second, NoteValidated) and second.corrects == first
    history = retell(entries)
    told = str(after_exposure(history))
    assert "Second." in told and "First." not in told
    assert "Second." not in str(without_names(history.after, lambda _text: "…"))


async def test_what_became_of_a_fear_takes_its_place_where_it_was_written_before() -> None:
    async with paired() as pair:
        await pair.open()
        session = pair.conductor.now().session or ""
        before = Expectancy(feared="I fall", about="own_reaction", likelihood_before=80)
        await pair.record.append(session, before)
        pair.conductor.after._books = Shelf(pair)  # type: ignore[assignment]
        assert await pair.conductor.after.fears() == ("I fall",)
        assert (await pair.conductor.after.tested("I fall", "event", False, 20, 70)).ok
        assert await pair.conductor.after.fears() == ()
        entries = [e.model_copy(update={"wall": "2026-01-01T00:00:00"}) for e in recorded(pair)]
    ((_seq, held),) = retell(entries).expectancies
    assert (held.likelihood_before, held.likelihood_after, held.occurred) == (80, 20, False)
    assert held.about == "own_reaction"


class Shelf:
    """Reads back what a pair's record was given."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair

    def entries(self, session: str) -> list[Entry]:
        return recorded(self._pair)


async def test_the_report_tells_each_part_once() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.conductor.after.debrief("One.")
        await pair.conductor.after.debrief("Two.")
        history = retell(recorded(pair))
    told = str(sections(history, summarise(history)))
    assert "Two." in told and "One." not in told


async def test_what_was_typed_and_not_saved_is_in_the_record_before_it_is_sealed() -> None:
    use("en")
    async with paired() as pair:
        await pair.open()
        typed = pair.conductor.after.typed()
        typed["note"] = "She looked do"
        typed["debrief.learned"] = "It fades"
        typed["debrief.prefilled"] = typed["debrief.feared"] = "I fall"
        assert (await pair.conductor.close_session()).ok
        kinds = [entry.data.kind for entry in recorded(pair)]
        (draft,) = said(pair, NoteDrafted)
    assert isinstance(draft, NoteDrafted)
    assert draft.text.startswith("She looked do") and "It fades" in draft.text
    assert "I fall" not in draft.text, "it is in the record already"
    assert kinds.index("note_drafted") < kinds.index("session_closed")


async def test_what_is_saved_already_leaves_no_draft_behind() -> None:
    async with paired() as pair:
        await pair.open()
        after = pair.conductor.after
        after.typed()["note"] = "Well."
        await after.draft_note("Well.")
        assert (await pair.conductor.close_session()).ok
        assert len(said(pair, NoteDrafted)) == 1


async def test_a_doubled_save_writes_the_answers_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert FMS is not None
    async with paired() as pair:
        await pair.open()
        forms = pair.conductor.forms
        forms.draft(FMS, "after").answers["sickness"] = 3
        append = pair.record.append

        async def slowly(session: str, document: Document) -> int:
            await asyncio.sleep(0)
            return await append(session, document)

        monkeypatch.setattr(pair.record, "append", slowly)
        saved = await asyncio.gather(forms.save(FMS, "after"), forms.save(FMS, "after"))
        assert [outcome.ok for outcome in saved].count(True) == 1
        assert len(said(pair, QuestionnaireAnswered)) == 1
