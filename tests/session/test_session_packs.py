"""Nothing of a pack is shown to a patient before somebody of the clinic has approved its hash."""

from __future__ import annotations

from loopback import Pair, paired
from yard import Yard

from controller.session.documents import CLINIC, FromRuntime, SessionOpened
from controller.session.pack_entries import PackApproved, PackRevoked, approval, approved
from vr_runtime.wire import acts
from vr_runtime.wire.messages import Refused
from vr_runtime.wire.packs import PackNote
from vr_runtime.wire.refusals import Code

PACK = PackNote.model_validate(
    {
        "name": "yards",
        "version": "1.0.0",
        "sha256": "ab" * 32,
        "title": {"fr": "Cours", "en": "Yards"},
        "author": "A. Author",
        "licence": "CC0-1.0",
        "files": 2,
        "size": 2000,
        "scenarios": (Yard.id,),
    }
)
OTHER = PACK.model_copy(update={"sha256": "cd" * 32, "version": "1.1.0"})


def said(pair: Pair, kind: type) -> list:
    return [(stream, data) for stream, data in pair.record.entries if isinstance(data, kind)]


async def ready(pair: Pair) -> str:
    await pair.pass_s(1.4)
    assert (await pair.conductor.add_patient("P-01", 8, "0-100")).ok
    return pair.conductor.patients()[0].id


async def test_a_scenario_of_a_pack_that_nobody_approved_is_not_opened() -> None:
    async with paired(packs=(PACK,)) as pair:
        patient = await ready(pair)
        outcome = await pair.conductor.open_session(patient, Yard.id)
        assert not outcome.ok and "Yards" in outcome.text
        assert (await pair.pass_s(0.4)).session is None
        assert said(pair, SessionOpened) == []


async def test_once_approved_it_is_opened_and_every_record_names_the_pack() -> None:
    async with paired(packs=(PACK,)) as pair:
        patient = await ready(pair)
        assert (await pair.conductor.packs.approve(PACK.sha256)).ok
        ((stream, entry),) = said(pair, PackApproved)
        assert (stream, entry) == (CLINIC, approval(PACK))
        assert (await pair.conductor.open_session(patient, Yard.id)).ok
        await pair.pass_s(1.2)
        ((_, opened),) = said(pair, SessionOpened)
        assert opened.pack == PACK.ref
        news = [d.happened.what for _, d in said(pair, FromRuntime)]
        (asked,) = [
            n.act for n in news if getattr(getattr(n, "act", None), "kind", "") == "open_session"
        ]
        assert asked.pack == PACK.sha256


async def test_approving_twice_is_one_entry() -> None:
    async with paired(packs=(PACK,)) as pair:
        await ready(pair)
        for _ in range(2):
            assert (await pair.conductor.packs.approve(PACK.sha256)).ok
        assert len(said(pair, PackApproved)) == 1


async def test_another_hash_has_to_be_approved_anew() -> None:
    async with paired(packs=(OTHER,)) as pair:
        pair.record.entries.append((CLINIC, approval(PACK)))
        patient = await ready(pair)
        assert not pair.conductor.packs.is_approved(OTHER)
        assert not (await pair.conductor.open_session(patient, Yard.id)).ok
        assert not (await pair.conductor.packs.approve(PACK.sha256)).ok, "it is not there"
        assert (await pair.conductor.packs.approve(OTHER.sha256)).ok
        assert (await pair.conductor.open_session(patient, Yard.id)).ok


async def test_whoever_may_not_lead_may_not_approve() -> None:
    async with paired(packs=(PACK,), barred=lambda: "A trainee may not.") as pair:
        outcome = await pair.conductor.packs.approve(PACK.sha256)
        assert not outcome.ok and outcome.text == "A trainee may not."
        assert said(pair, PackApproved) == []


async def test_it_is_not_approved_before_the_entry_is_durable() -> None:
    async with paired(packs=(PACK,)) as pair:
        await ready(pair)
        assert not pair.conductor.packs.is_approved(PACK)
        await pair.conductor.packs.approve(PACK.sha256)
        assert pair.conductor.packs.is_approved(PACK)


async def test_the_patients_side_refuses_a_console_that_asked_nobody() -> None:
    async with paired(packs=(PACK,)) as pair:
        await pair.pass_s(1.4)
        for named in (None, OTHER.sha256):
            act = acts.OpenSession(session="s1", scenario=Yard.id, seed=1, ceiling=5, pack=named)
            answer = await pair.link.ask(act, None)
            assert isinstance(answer, Refused) and answer.code is Code.NOT_APPROVED
        act = acts.OpenSession(session="s1", scenario=Yard.id, seed=1, ceiling=5, pack=PACK.sha256)
        assert not isinstance(await pair.link.ask(act, None), Refused)


async def test_the_patients_side_refuses_a_pack_where_the_scenario_comes_from_none() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        act = acts.OpenSession(session="s1", scenario=Yard.id, seed=1, ceiling=5, pack=PACK.sha256)
        answer = await pair.link.ask(act, None)
        assert isinstance(answer, Refused) and answer.code is Code.NOT_APPROVED


def test_an_approval_holds_until_it_is_taken_back_and_may_be_given_again() -> None:
    gone = PackRevoked(name=PACK.name, version=PACK.version, sha256=PACK.sha256)
    one, two = approval(PACK), approval(OTHER)
    assert set(approved([one, two])) == {PACK.sha256, OTHER.sha256}
    assert set(approved([one, two, gone])) == {OTHER.sha256}
    assert set(approved([one, gone, one])) == {PACK.sha256}
    assert approved([gone]) == {}
