"""Safety behaviours at the live screen: a letter notes one, stop and the safe place go first."""

from __future__ import annotations

import pytest
from consoles import Hands, console
from staged import StagedLead, in_exposure

from controller.language import LANGUAGES, Language, use
from controller.session.plans.entries import PlanRow, RowTaken
from controller.session.safety.entries import SafetyBehaviour
from controller.ui.asking_safety import LAPSES_S, SaySafety, WhichSafety
from controller.ui.keys import ASKED, row, safe_letters

ROW = PlanRow(
    item="Leaning on the rail",
    distress=60,
    scenario="builtin.heights",
    level=5,
    drops="gripping the rail, humming",
)
SIZES = [(80, 24), (120, 40), (200, 60)]


def noted(lead: StagedLead) -> list[tuple[str, bool]]:
    """What the record holds."""
    said = [d for _s, d in lead.record.kept() if isinstance(d, SafetyBehaviour)]
    return [(one.name, one.used) for one in said]


def asked(hands: Hands) -> WhichSafety:
    """The open question."""
    found = hands.live._asking
    assert isinstance(found, WhichSafety)
    return found


def letter(which: int, hands: Hands) -> str:
    """The letter of one of the listed behaviours."""
    return asked(hands).answers(hands.lead.now())[which].key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_two_keys_note_one_in_use_and_one_more_drops_it_with_sign_and_word(
    size: tuple[int, int], language: Language
) -> None:
    lead, at_s = in_exposure(), [100.0]
    async with console(lead, size, language, clock=lambda: at_s[0]) as hands:
        use(language)
        used, dropped = ("in use", "dropped") if language == "en" else ("en cours", "abandonné")
        await hands.press("u")
        assert "·" in hands.within("#asking")
        names = asked(hands).names
        key = letter(0, hands)
        await hands.key(key, 500.0)
        assert noted(lead) == [(names[0], True)]
        shown = hands.within("#asking")
        assert f"● {used}" in shown and names[0] in shown
        at_s[0] += 2
        await hands.key(key, 502.0)
        assert noted(lead)[1:] == [(names[0], False)]
        assert f"○ {dropped}" in hands.within("#asking")
        await hands.press(letter(2, hands))
        assert noted(lead)[2:] == [(names[2], True)], "the letters stay where they were"
        await hands.press("escape")
        assert hands.live._asking is None and hands.region("#ladder").height >= 3
        await hands.press(*"v" * (4 if size == (80, 24) else 1))
        await hands.settle()
        seen = " ".join(hands.within("#learning").split())
        # A small panel tells it in its heading, by sign and count.
        brief = language == "en" or size == (80, 24)
        told = ("● 1", "○ 1") if brief else ("● en cours : 1", "○ abandon : 1")
        assert all(each in seen for each in told), seen


async def test_what_the_row_at_work_is_to_be_met_without_comes_first() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        lead._sitting().work_on(RowTaken(row=ROW, tick=0))
        await hands.settle()
        await hands.press("u")
        assert asked(hands).names[:2] == ("gripping the rail", "humming")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_another_is_written_and_stands_in_the_list_after_those_before(
    language: Language,
) -> None:
    lead = in_exposure()
    async with console(lead, (80, 24), language) as hands:
        use(language)
        await hands.press("u")
        before = asked(hands).names
        another = asked(hands).answers(lead.now())[-2].key
        await hands.press(another)
        assert isinstance(hands.live._asking, SaySafety)
        await hands.press("enter", *"zut 7", "enter")
        assert noted(lead) == [("zut 7", True)] and not lead.ratings[8:]
        assert asked(hands).names == (*before, "zut 7")
        await hands.press(another)
        assert "zut" not in hands.within("#writing"), "what is saved has left the line"


async def test_a_letter_that_is_held_changes_one_once() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("u")
        key = letter(0, hands)
        for n in range(6):
            await hands.key(key, 500.0 + 0.03 * n)
        assert len(noted(lead)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_stop_and_the_safe_place_act_at_once_over_it(language: Language) -> None:
    lead = in_exposure()
    async with console(lead, (80, 24), language) as hands:
        use(language)
        await hands.press("u", "f12")
        assert lead.acts[-1][0] == "stop"
    lead = in_exposure()
    async with console(lead, (80, 24), language) as hands:
        use(language)
        await hands.press("u", row("safe_place").letter())
        assert lead.acts == [("safe_place",)] and hands.live._asking is None


async def test_a_question_that_is_forgotten_goes_and_takes_no_letters() -> None:
    lead, at_s = in_exposure(), [100.0]
    async with console(lead, (80, 24), clock=lambda: at_s[0]) as hands:
        await hands.press("u")
        key = letter(0, hands)
        at_s[0] += LAPSES_S - 1
        await hands.key(key, at_s[0])
        at_s[0] += LAPSES_S - 1
        await hands.settle()
        assert isinstance(hands.live._asking, WhichSafety), "a change lets it wait anew"
        at_s[0] += 2
        await hands.settle()
        assert hands.live._asking is None and "U" in hands.within("#message")
        assert len(noted(lead)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_leads_out_and_a_later_name_changes_no_earlier_letter(language: Language) -> None:
    use(language)
    names = tuple(f"{c} way" for c in "spltnxbdae")
    now = in_exposure().now()
    every = [a.key for a in WhichSafety(names).answers(now)][:-1]
    assert len(set(every)) == len(names) + 1 and set(every) <= ASKED - safe_letters()
    fewer = [a.key for a in WhichSafety(names[:6]).answers(now)][:6]
    assert every[:6] == fewer


async def test_without_a_session_it_says_why_not() -> None:
    lead = in_exposure()
    lead.observing = True
    async with console(lead, (80, 24)) as hands:
        await hands.press("u")
        assert not isinstance(getattr(hands.live, "_asking", None), WhichSafety)
        assert noted(lead) == []
