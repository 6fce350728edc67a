"""The sickness rating beside distress: F, digits, Enter; advice with reason and source, no more."""

from __future__ import annotations

import pytest
from consoles import console
from staged import in_exposure

from controller.language import LANGUAGES, Language, _, use
from controller.session.after.entries import SicknessAdvised
from controller.session.answering import QuestionnaireAnswered
from controller.ui.asking_reason import WhyStopped
from controller.ui.asking_sickness import LAPSES_S
from vr_runtime.wire.acts import Phase


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_three_keys_save_it_at_its_moment_and_show_it_with_its_age(
    size: tuple[int, int], language: Language
) -> None:
    lead = in_exposure()
    async with console(lead, size, language) as hands:
        await hands.press("f", "5", "enter")
        ((stream, said),) = lead.record.kept()
        assert isinstance(said, QuestionnaireAnswered) and stream == "patient-p1"
        assert (said.questionnaire, said.when, dict(said.answers)) == (
            "fms",
            "in_session",
            {"sickness": 5},
        )
        assert said.at_s == pytest.approx(lead.at_s, abs=0.1) and said.session == "s1"
        lead.at_s += 75
        await hands.settle()
        use(language)
        shown = hands.text()
        assert f"{_('sickness {figure}, {age}').split(' ')[0]} 5" in shown and "1:15" in shown, (
            shown
        )


async def test_its_digits_are_no_distress_and_azertys_row_counts_as_digits() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24), "fr") as hands:
        before = len(lead.ratings)
        await hands.press("f", "&", "é")
        assert "12▏" in hands.within("#asking")
        await hands.press("backspace", "enter")
        ((_stream, said),) = lead.record.kept()
        assert isinstance(said, QuestionnaireAnswered) and dict(said.answers) == {"sickness": 1}
        assert len(lead.ratings) == before


async def test_what_is_no_rating_is_refused_in_one_sentence_and_escape_leaves() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("f", "2", "5", "enter")
        assert "0 to 20" in hands.within("#message") and not lead.record.kept()
        await hands.press("f", "escape", "7", "enter")
        assert not lead.record.kept() and hands.did()[-1] == "rate"


async def test_a_forgotten_one_goes_by_itself_so_that_digits_are_distress_again() -> None:
    at_s = [100.0]
    async with console(in_exposure(), (80, 24), clock=lambda: at_s[0]) as hands:
        await hands.press("f")
        at_s[0] += LAPSES_S + 0.1
        await hands.settle()
        await hands.press("7", "enter")
        assert hands.did()[-1] == "rate"


@pytest.mark.parametrize(
    ("rated", "advice"), [("6", None), ("7", "caution"), ("12", "recommend_stop"), ("15", "stop")]
)
async def test_a_threshold_is_told_with_reason_and_source_and_acts_on_nothing(
    rated: str, advice: str | None
) -> None:
    lead = in_exposure()
    async with console(lead, (120, 40)) as hands:
        await hands.press("f", *rated, "enter")
        asked = hands.within("#asking")
        assert (advice is not None) == (f"sickness {rated}." in asked)
        assert (advice is not None) == ("Keshavarz" in asked)
        assert lead.phase is Phase.EXPOSURE and hands.did() == ["kept"]
        await hands.press("escape")
        said = [d for _s, d in lead.record.kept() if isinstance(d, SicknessAdvised)]
        assert [(d.advice, d.answer) for d in said] == (
            [] if advice is None else [(advice, "left")]
        )


async def test_leaving_the_scene_on_advice_is_recorded_as_heeded() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("f", "1", "6", "enter", "s")
        assert lead.phase is Phase.SAFE_PLACE
        assert [d.answer for _s, d in lead.record.kept() if isinstance(d, SicknessAdvised)] == [
            "heeded"
        ]


async def test_a_fast_rise_is_told_and_a_slow_one_is_not() -> None:
    lead = in_exposure()
    async with console(lead, (120, 40)) as hands:
        await hands.press("f", "0", "enter")
        lead.at_s += 100
        await hands.press("f", "5", "enter")
        assert "rises fast" in hands.within("#asking")
        await hands.press("escape")
        lead.at_s += 300
        await hands.press("f", "6", "enter")
        assert "rises fast" not in hands.text()


async def test_stop_is_first_while_it_is_asked() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("f", "1", "f12")
        assert lead.stops == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_a_stop_its_letter_is_no_reason(language: Language) -> None:
    use(language)
    letters = [answer.key for answer in WhyStopped().answers(in_exposure().now())[:-1]]
    assert all(letters) and "f" not in letters


async def test_a_stop_meanwhile_makes_no_distress_of_its_digits() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        before = len(lead.ratings)
        await hands.press("f", "1")
        lead._leave(Phase.STOPPED, "stop")
        await hands.settle()
        await hands.press("2", "enter")
        assert len(lead.ratings) == before
        said = [d for _s, d in lead.record.kept() if isinstance(d, QuestionnaireAnswered)]
        assert [dict(d.answers) for d in said] == [{"sickness": 12}]
        assert isinstance(hands.live._asking, WhyStopped), "it is asked once sickness is answered"
