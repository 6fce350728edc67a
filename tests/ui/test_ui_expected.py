"""What is feared before a trial, and what became of it: few keys, and no word is lost."""

from __future__ import annotations

import asyncio

import pytest
from consoles import Hands, console
from staged import StagedLead, in_exposure, scenes

from controller.language import LANGUAGES, Language, use
from controller.session.after.unsaved import unsaved
from controller.session.clinical import Expectancy
from controller.session.documents import Document
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import Plan
from controller.session.rectifying import Rectification
from controller.ui.asking_expected import LAPSES_S, AboutWhat, Answers, DidItCome
from controller.ui.keys import ASKED, safe_letters

FELL = PlanRow(
    item="Leaning on the rail",
    distress=60,
    scenario="builtin.heights",
    level=5,
    feared="the rail gives way",
    likelihood=70,
    drops="gripping the rail",
)
FAR = FELL.model_copy(update={"level": 9, "feared": "I jump", "likelihood": None})


def planned(**told: object) -> StagedLead:
    """A session of a patient with a hierarchy of two rows."""
    lead = in_exposure(**told)
    lead.plans.saved["p1"] = [Plan((FAR, FELL))]
    return lead


def about(which: int, hands: Hands) -> str:
    """The letter of what a fear is about."""
    return AboutWhat(Answers(feared="x")).answers(hands.lead.now())[which].key


def came(which: int, hands: Hands) -> str:
    """The letter of whether it came: yes, no, unclear, another."""
    return DidItCome(Answers(of=1, feared="x")).answers(hands.lead.now())[which].key


def last(lead: StagedLead) -> Expectancy:
    """What the record holds last of what was feared."""
    said = lead.record.kept()[-1][1]
    said = said.stands if isinstance(said, Rectification) else said  # type: ignore[assignment]
    assert isinstance(said, Expectancy)
    return said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_before_and_after_of_one_fear_are_one_entry_and_a_later_word_on_it(
    size: tuple[int, int], language: Language
) -> None:
    lead, at_s = in_exposure(), [100.0]
    async with console(lead, size, language, clock=lambda: at_s[0]) as hands:
        use(language)
        await hands.press("f7", *"i fall", "enter", about(0, hands), "7", "enter", "8", "enter")
        ((stream, said),) = lead.record.kept()
        assert stream == "s1" and isinstance(said, Expectancy) and said.is_open
        assert (said.feared, said.about) == ("i fall", "own_reaction")
        assert (said.likelihood_before, said.severity_before) == (70, 80)
        await hands.press("f7")
        assert "i fall" in hands.within("#asking") and "70" in hands.within("#asking")
        await hands.press(came(1, hands), "2", "enter", "0", "6", "enter")
        at_s[0] += 1
        await hands.press(*"i stood", "enter")
        later = lead.record.kept()[-1][1]
        assert isinstance(later, Rectification) and later.of == 1 and later.was == said
        found = last(lead)
        assert (found.occurred, found.likelihood_after, found.surprise) == (False, 20, 6)
        assert found.learned == "i stood" and len(lead.record.kept()) == 2
        await hands.press("f7")
        assert "i fall" not in hands.within("#asking")


async def test_the_hierarchy_proposes_its_fear_and_likelihood_in_seven_keys() -> None:
    lead = planned()
    async with console(lead, (80, 24)) as hands:
        keys = ("f7", "down", "enter", about(1, hands), "enter", "8", "enter")
        await hands.press(*keys[:2])
        assert "the rail gives way" in hands.within("#writing")
        await hands.press(*keys[2:4])
        assert "70▏" in hands.within("#asking")
        await hands.key("enter", 500.0)
        await hands.press(*keys[5:])
        said = last(lead)
        assert (said.feared, said.likelihood_before, said.about) == (FELL.feared, 70, "event")
        assert "Leaning on the rail, level 5" in said.test and "gripping the rail" in said.test
        assert len(keys) == 7


async def test_the_first_letter_is_the_therapists_own_and_narrows_what_the_arrows_propose() -> None:
    async with console(planned(), (80, 24)) as hands:
        await hands.press("f7", "i", "down")
        assert "I jump" in hands.within("#writing")
        await hands.press("down")
        assert hands.within("#writing").strip() == "i"
        await hands.press("backspace", "z", "down")
        assert hands.within("#writing").strip() == "z"
        assert "what you typed stays" in hands.within("#message")


@pytest.mark.parametrize(("key", "goes_to"), [("f7", "belong to the line"), ("n", "the note")])
async def test_the_key_line_says_what_takes_the_letters(key: str, goes_to: str) -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press(key)
        assert goes_to in hands.within("#keys")


async def test_stop_acts_from_every_step_and_nothing_that_was_answered_is_lost() -> None:
    for keys in (
        ("f7", *"fall"),
        ("f7", *"fall", "enter"),
        ("f7", *"fall", "enter", "LETTER", "7"),
        ("f7", *"fall", "enter", "LETTER", "7", "enter"),
    ):
        lead = in_exposure()
        async with console(lead, (80, 24)) as hands:
            sent = [about(0, hands) if key == "LETTER" else key for key in keys]
            await hands.press(*sent, "f12")
            assert lead.stops == 1, keys
            kept = lead.after.typed()
            assert kept["expect.feared"] == "fall", keys
            assert "fall" in unsaved(kept, lead.now().after)[0]


async def test_the_safe_place_acts_over_an_open_question_which_goes_on_later() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("f7", *"fall", "enter", about(2, hands), "s")
        assert hands.did()[-1] == "safe_place" and "how likely" not in hands.within("#asking")
        await hands.press("f7")
        assert "“fall”: how likely" in hands.within("#asking")


async def test_escape_and_the_safe_place_are_two_keys_from_the_line_whose_words_stay() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("f7", *"fall", "escape", "s")
        assert hands.did()[-1] == "safe_place"
        await hands.press("f7")
        assert "fall" in hands.within("#writing")


async def test_a_forgotten_figure_goes_by_itself_and_takes_no_rating() -> None:
    lead, at_s = in_exposure(), [100.0]
    async with console(lead, (80, 24), clock=lambda: at_s[0]) as hands:
        await hands.press("f7", *"fall", "enter", about(0, hands))
        at_s[0] += LAPSES_S
        await hands.settle()
        assert "is kept; F7 goes on" in hands.within("#message")
        await hands.press("7", "enter")
        assert hands.did()[-1] == "rate" and not lead.record.kept()


async def test_why_it_was_stopped_waits_until_the_question_is_answered() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("f7", *"fall", "enter", about(0, hands), "7", "enter", "f12")
        assert "how bad" in hands.within("#asking")
        await hands.press("8", "enter")
        assert last(lead).severity_before == 80
        assert "It has stopped. Why?" in hands.within("#asking")


async def test_a_held_enter_answers_one_question_and_saves_nothing_unseen() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("f7", *"fall", "enter", about(0, hands), "7")
        hands.send(*("enter",) * 5)
        await hands.settle()
        assert "how bad" in hands.within("#asking") and not lead.record.kept()


async def test_what_could_not_be_saved_stays_to_be_said_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead, at_s = in_exposure(), [100.0]

    def unreadable(session: str) -> None:
        raise OSError("the disk is gone")

    async with console(lead, (80, 24), clock=lambda: at_s[0]) as hands:
        await hands.press("f7", "enter")
        assert "Write what is feared" in hands.within("#message")
        await hands.press(*"fall", "enter", about(0, hands), "7", "enter", "8", "enter")
        await hands.press("f7", came(0, hands), "1", "enter", "2", "enter")
        with monkeypatch.context() as broken:
            broken.setattr(lead.record, "entries", unreadable)
            await hands.press(*"it came", "enter")
        assert "what you typed stays" in hands.within("#message")
        assert len(lead.record.kept()) == 1
        await hands.press("f7")
        assert "it came" in hands.within("#writing")
        await hands.press("enter")
        assert last(lead).occurred is True and last(lead).learned == "it came"


async def test_unclear_is_an_answer_and_another_fear_may_be_written_while_one_waits() -> None:
    lead, at_s = in_exposure(), [100.0]
    async with console(lead, (80, 24), clock=lambda: at_s[0]) as hands:
        await hands.press("f7", *"fall", "enter", about(0, hands), "enter")
        await hands.press("5", "enter")
        assert last(lead).likelihood_before is None and last(lead).severity_before == 50
        await hands.press("f7", came(3, hands), *"faint", "enter")
        # The letter of a moment ago, which a hand does not press within a second again.
        await hands.deliberately(about(0, hands))
        await hands.press("9", "enter")
        await hands.press("1", "enter", "f7")
        assert last(lead).feared == "faint", "nothing of the first fear stands before it"
        await hands.press(came(2, hands), "1", "enter", "2", "enter")
        at_s[0] += 1
        await hands.press("enter")
        assert last(lead).unclear and last(lead).occurred is None and not last(lead).is_open
        await hands.press("f7")
        assert "fall" in hands.within("#asking")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_its_letters_lead_nowhere_else_and_leave_the_others_free_to_be_bound(
    language: Language,
) -> None:
    async with console(in_exposure(), (80, 24), language) as hands:
        use(language)
        for asked in (AboutWhat(Answers(feared="x")), DidItCome(Answers(of=1, feared="x"))):
            found = [answer.key for answer in asked.answers(hands.lead.now())[:-1]]
            assert len(set(found)) == len(found) and set(found) <= ASKED - safe_letters()


async def test_it_is_in_the_palette_and_the_line_can_be_answered_with_the_mouse() -> None:
    lead = planned()
    async with console(lead, (120, 40)) as hands:
        assert any("(F7)" in choice.title for choice in hands.live.choices())
        hands.live.action_act("expect")
        await hands.settle()
        await hands.click_text("from the hierarchy")
        assert "the rail gives way" in hands.within("#writing")
        await hands.click_text("go on")
        assert "what is it about" in hands.within("#asking")


@pytest.mark.parametrize("name", [name for name, lead in scenes().items() if lead.now().session])
async def test_it_can_be_written_down_in_every_phase_of_a_session(name: str) -> None:
    async with console(scenes()[name], (80, 24)) as hands:
        await hands.press("f7")
        assert "what is feared" in hands.within("#asking"), name


async def test_without_a_session_nobody_is_asked() -> None:
    async with console(StagedLead(), (80, 24)) as hands:
        await hands.press("f7")
        assert not hands.lead.acts


async def test_where_its_line_cannot_be_shown_it_is_refused_and_no_letter_is_an_act() -> None:
    async with console(in_exposure(), (50, 18)) as hands:
        await hands.press("f7")
        assert hands.live._asking is None and hands.did() == []


async def test_asked_while_its_answer_is_on_its_way_it_is_not_asked_a_second_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead, writing = in_exposure(), asyncio.Event()
    append = lead.record.append

    async def slowly(session: str, document: Document) -> int:
        await writing.wait()
        return await append(session, document)

    monkeypatch.setattr(lead.record, "append", slowly)
    async with console(lead, (80, 24)) as hands:
        await hands.press("f7", *"fall", "enter", about(0, hands), "7", "enter", "8")
        hands.send("enter", "f7")
        await hands.until(lambda: "being saved" in hands.text())
        assert hands.live._asking is None
        hands.send("enter")
        writing.set()
        await hands.settle()
        assert len(lead.record.kept()) == 1
        await hands.press("f7")
        assert "did it come" in hands.within("#asking"), "asked on, once it is durable"


async def test_a_doubled_enter_saves_no_words_that_were_kept_and_not_seen() -> None:
    lead, at_s = in_exposure(), [100.0]
    async with console(lead, (80, 24), clock=lambda: at_s[0]) as hands:
        await hands.press("f7", *"fall", "enter", about(0, hands), "7", "enter", "8", "enter")
        await hands.press("f7", came(1, hands), "1", "enter", "2", "enter", *"held", "escape")
        # It goes on at the words; the figure before them is answered once more.
        kept = lead.after.typed()
        del kept["expect.surprise"]
        await hands.press("f7", "2", "enter", "enter")
        assert "held" in hands.within("#writing") and len(lead.record.kept()) == 1
        at_s[0] += 1
        await hands.press("enter")
        assert last(lead).learned == "held"
