"""Safety behaviours: noted with their moment, saved before it is said, never enforced."""

from __future__ import annotations

import asyncio

import pytest
from loopback import Pair, paired

from controller.language import LANGUAGES, Language, use
from controller.protocol.model import AtBedside
from controller.session.clinic import Clinic
from controller.session.documents import Entry, SessionOpened
from controller.session.prompts import PromptRules
from controller.session.remarks import behaviours
from controller.session.retelling import retell
from controller.session.safety.entries import SafetyBehaviour
from controller.session.safety.so_far import (
    MOST_OFFERED,
    SafetySoFar,
    of_row,
    offered,
)
from controller.session.sitting import Sitting
from controller.typed import alike
from vr_runtime.wire.acts import Phase


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def noted(*said: tuple[str, bool]) -> SafetySoFar:
    """What is known after these words."""
    found = SafetySoFar()
    for at, (name, used) in enumerate(said):
        found = found.then(SafetyBehaviour(name=name, used=used, tick=at), float(at))
    return found


def kept(pair: Pair) -> list[tuple[str, bool]]:
    """What the record was given."""
    said = [d for _s, d in pair.record.entries if isinstance(d, SafetyBehaviour)]
    return [(one.name, one.used) for one in said]


async def test_each_change_is_an_entry_with_its_moment_and_nothing_in_the_scene_changes() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(2)
        bedside = pair.conductor.bedside
        outcome = await bedside.safety("  grips   the rail ", None)
        assert outcome.ok and outcome.text == "Saved: safety behaviour in use: grips the rail."
        state = await pair.pass_s(2)
        assert (await bedside.safety("Grips the RAIL", None)).ok
        assert kept(pair) == [("grips the rail", True), ("grips the rail", False)]
        said = [d for _s, d in pair.record.entries if isinstance(d, SafetyBehaviour)]
        assert said[1].tick - said[0].tick >= 50
        now = pair.conductor.now()
        (one,) = now.safety.all
        assert (one.name, one.used, now.safety.in_use) == ("grips the rail", False, 0)
        assert one.at_s == pytest.approx(now.at_s, abs=0.2)
        assert state.phase is Phase.EXPOSURE and state.asked == 2


async def test_it_is_called_saved_and_shown_only_once_it_is_durable() -> None:
    async with paired() as pair:
        await pair.open()
        pair.record.blocked = True
        noting = asyncio.ensure_future(pair.conductor.bedside.safety("counts", None))
        await pair.pass_s(0.4)
        assert not noting.done() and pair.conductor.now().safety.all == ()
        again = asyncio.ensure_future(pair.conductor.bedside.safety("counts", None))
        await pair.pass_s(0.4)
        pair.record.let_through()
        assert (await noting).ok and (await again).ok
        assert kept(pair) == [("counts", True), ("counts", False)], "two presses are two changes"


async def test_what_is_noted_already_too_long_or_empty_is_refused_and_nothing_is_recorded() -> None:
    async with paired() as pair:
        assert not (await pair.conductor.bedside.safety("counts", True)).ok
        await pair.open()
        bedside = pair.conductor.bedside
        for name in ("", "   ", "x" * 81):
            outcome = await bedside.safety(name, True)
            assert not outcome.ok and "1 to 80" in outcome.text
        assert (await bedside.safety("x" * 80, True)).ok
        outcome = await bedside.safety("X" * 80, True)
        assert not outcome.ok and outcome.text.startswith("Noted already")
        assert len(kept(pair)) == 1


async def test_a_console_that_takes_a_session_up_and_a_later_reader_know_all_changes() -> None:
    async with paired() as pair:
        await pair.open()
        for name, used in (("counts", True), ("counts", False), ("shuts the eyes", True)):
            await pair.conductor.bedside.safety(name, used)
        session = next(s for s, d in pair.record.entries if isinstance(d, SessionOpened))
        own = [d for s, d in pair.record.entries if s == session]
        entries = [
            Entry(
                session=session,
                seq=n,
                kind=d.kind,
                operator="o",
                mono_ns=n,
                wall="2026-03-02T10:00:00+00:00",
                data=d,
            )
            for n, d in enumerate(own, start=1)
        ]
        opened = entries[0].data
        assert isinstance(opened, SessionOpened)
        later = Sitting(
            session,
            pair.conductor.patients()[0],
            opened.scenario,
            opened.tick,
            boot=opened.boot,
            rules=PromptRules(),
            recorder=pair.record,
            notices=pair.conductor._notices,
        )
        later.take_up(entries)
    assert [(one.name, one.used) for one in later.safety.all] == [
        ("counts", False),
        ("shuts the eyes", True),
    ]
    assert [(said.name, said.used) for _at, said in retell(entries).safety] == [
        *(("counts", True), ("counts", False), ("shuts the eyes", True))
    ]


def test_the_row_comes_first_then_what_was_noted_then_the_usual_each_once() -> None:
    so_far = noted(("Hums", True), ("counts", False))
    found = offered("grips the rail; shuts  the eyes", so_far, ("Counts", "turns away"))
    assert found == ("grips the rail", "shuts the eyes", "Hums", "counts", "turns away")
    assert of_row(", ;") == ()
    (long,) = of_row("x" * 160)
    assert len(long) == 80 and long.endswith("…")


def test_where_there_are_too_many_those_in_use_stay() -> None:
    so_far = noted(*((f"b{n}", n >= 8) for n in range(12)))
    found = offered("", so_far, ("usual",))
    assert len(found) == MOST_OFFERED
    assert {"b8", "b9", "b10", "b11"} <= set(found) and "usual" not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clinics_own_list_takes_the_place_of_the_usual_ones(language: Language) -> None:
    use(language)
    of = Clinic().protocol
    usual = behaviours(of)
    assert 5 <= len({alike(one) for one in usual}) == len(usual) <= 6
    words = ["hums", {"en": "holds keys", "fr": "tient ses clés"}]
    own = AtBedside.model_validate({"safety_behaviours": words})
    found = behaviours(of.model_copy(update={"bedside": own}))
    assert found == ("hums", "holds keys" if language == "en" else "tient ses clés")


async def test_one_of_a_list_is_shown_in_the_language_that_is_spoken_and_stays_one() -> None:
    async with paired() as pair:
        await pair.open()
        bedside, usual = pair.conductor.bedside, behaviours(Clinic().protocol)
        assert (await bedside.safety(usual[0], True)).ok
        assert (await bedside.safety("humming", True)).ok
        use("fr")
        french = behaviours(Clinic().protocol)
        known = pair.conductor.now().safety
        assert french[0] != usual[0]
        assert offered("", known, french)[:3] == (french[0], "humming", french[1])
        outcome = await bedside.safety(french[0], None)
        assert french[0] in outcome.text and "abandonné" in outcome.text
        assert kept(pair)[-1] == (usual[0], False), "the same behaviour, under its first name"
        said = [d for _s, d in pair.record.entries if isinstance(d, SafetyBehaviour)]
        assert [one.shown for one in said] == [french[0], "humming", french[0]]
