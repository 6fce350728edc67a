"""A behavioural approach test led by keys, over the real core: locked, calm, and always told."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from consoles import Hands, console
from loopback import Pair, paired
from staged import StagedLead, in_exposure
from testing_yard import BAT, TestedYard

from controller.language import LANGUAGES, Language
from controller.session.bat.entries import BatEnded, BatStep
from controller.session.bat.run import BatNow
from controller.session.now import Outcome, RowAtWork
from controller.session.plans.entries import PlanRow
from controller.ui.widgets.row_words import row_facts
from vr_runtime.wire.acts import Phase

SIZES = [(80, 24), (200, 60)]


async def look(hands: Hands, pair: Pair, seconds: float = 0.4) -> None:
    await pair.pass_s(seconds)
    await hands.settle()


def leads(pair: Pair) -> StagedLead:
    """The real core, for hands that ask nothing of it but what every lead has.

    Its link is never old, however slow the machine is that tests it.
    """
    still = pair.link._now()
    pair.link._now = lambda: still
    return cast(StagedLead, pair.conductor)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_test_is_led_from_its_instruction_to_its_score_by_keys(
    language: Language, size: tuple[int, int]
) -> None:
    async with paired(yard=TestedYard) as pair:
        await pair.open()
        async with console(leads(pair), size, language) as hands:
            await hands.press("f8")
            assert BAT.instruction[language][:20] in hands.text()
            assert pair.conductor.now().bat is None, "one key begins nothing"
            await hands.deliberately("enter")
            await look(hands, pair)
            assert "BAT 1/4" in hands.within("#facts")
            await hands.deliberately("enter", "4", "0", "enter")
            await look(hands, pair)
            item = BAT.steps[0].fr if language == "fr" else BAT.steps[0].en
            assert item in hands.text()
            assert pair.conductor.now().state.phase is Phase.READY
            await hands.deliberately("enter")
            assert pair.conductor.now().state.phase is Phase.READY, "Enter leads nobody on"
            await hands.deliberately("g")
            await look(hands, pair, 1.0)
            assert pair.conductor.now().state.phase is Phase.EXPOSURE
            await look(hands, pair, 3.0)
            await hands.deliberately("enter")
            await look(hands, pair)
            await hands.deliberately("enter")
            await look(hands, pair)
            await hands.deliberately("n")
            assert hands.live._writing == "note", "a note is written as ever, and refuses nothing"
            await hands.deliberately("escape", "f8", "h", "enter")
            await look(hands, pair)
            assert pair.conductor.now().bat is None
            said = [d for _, d in pair.record.entries if isinstance(d, BatStep | BatEnded)]
    assert [d.what for d in said if isinstance(d, BatStep)] == [
        *("offered", "gone", "arrived", "done"),
        *("offered", "refused"),
    ]
    end = said[-1]
    assert isinstance(end, BatEnded) and (end.how, end.score) == ("refused", 1)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_keys_that_are_no_part_of_the_script_are_refused_and_those_that_ease_act(
    language: Language,
) -> None:
    async with paired(yard=TestedYard) as pair:
        await pair.open()
        async with console(leads(pair), (80, 24), language) as hands:
            await hands.deliberately("f8", "enter", "enter")
            await look(hands, pair)
            await hands.deliberately("g")
            await look(hands, pair, 3.0)
            await hands.deliberately("escape")
            before = len(pair.wires.sent)
            for key in ("up", "e", "j", "i", "c"):
                await hands.deliberately(key)
                assert "F8" in hands.within("#message"), key
            assert not [p for p in pair.wires.sent[before:] if b'"raise"' in b"".join(p)]
            await hands.deliberately("space")
            await look(hands, pair)
            assert pair.conductor.now().state.phase is Phase.HOLD
            await hands.deliberately("f12")
            await look(hands, pair)
            assert pair.conductor.now().state.phase is Phase.STOPPED
            assert pair.conductor.now().bat is None


async def test_a_test_whose_beginning_is_refused_is_not_said_to_begin() -> None:
    async with paired(yard=TestedYard) as pair:
        await pair.open()
        async with console(leads(pair), (80, 24)) as hands:
            await hands.press("f8")

            async def refused() -> Outcome:
                return Outcome(False, "The record is full.", "refused")

            pair.conductor.bat.begin = refused
            await hands.deliberately("enter")
            await look(hands, pair)
            assert "begins" not in hands.text() and hands.live._asking is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_early_end_is_asked_for_once_more(language: Language) -> None:
    async with paired(yard=TestedYard) as pair:
        await pair.open()
        async with console(leads(pair), (80, 24), language) as hands:
            await hands.deliberately("f8", "enter")
            await look(hands, pair)
            await hands.deliberately("x")
            assert pair.conductor.now().bat is not None
            await hands.deliberately("enter")
            await look(hands, pair)
            assert pair.conductor.now().bat is None
    (end,) = (d for _, d in pair.record.entries if isinstance(d, BatEnded))
    assert (end.how, end.score) == ("therapist", 0)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_judges_progress_is_not_shown_within_it(language: Language) -> None:
    async with paired(yard=TestedYard) as pair:
        await pair.open()
        async with console(leads(pair), (80, 24), language) as hands:
            await hands.deliberately(*"vvvv")
            before = hands.within("#learning")
            await hands.deliberately("f8", "enter")
            await look(hands, pair)
            assert pair.conductor.now().bat is not None
            seen = hands.within("#learning")
            assert "BAT" in seen and "BAT" not in before


def test_the_row_worked_on_and_what_is_to_be_dropped_are_not_told_within_it() -> None:
    row = PlanRow(
        item="The rail", distress=60, scenario="builtin.heights", level=5, drops="gripping it"
    )
    now = replace(in_exposure().now(), row=RowAtWork(row, fresh=False))
    assert row_facts(now) == ("The rail", "", "gripping it")
    assert row_facts(replace(now, bat=cast(BatNow, object()))) is None
