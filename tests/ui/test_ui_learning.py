"""What the trial shows: distress and what was feared, side by side, shown and never enforced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from consoles import console
from staged import StagedLead, in_exposure

from controller.language import LANGUAGES, Language, use
from controller.session.clinical import Expectancy
from controller.session.expected import Expected
from controller.session.now import TrialSoFar
from controller.session.rectifying import Rectification
from controller.session.trial_so_far import trial_shows

SAID = Expectancy(feared="I topple", about="own_reaction", likelihood_before=70)
TOLD = SAID.model_copy(update={"occurred": False, "likelihood_after": 20, "surprise": 60})


def rated(*given: tuple[float, int], **told: object) -> StagedLead:
    """A third trial with these ratings and no others."""
    lead = in_exposure(**told)
    lead.ratings = ()
    for at_s, value in given:
        lead.given(at_s, value)
    return lead


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_v_shows_both_readings_at_every_size_and_leaves_the_level_in_sight(
    size: tuple[int, int], language: Language
) -> None:
    lead = rated((520.0, 80), (700.0, 30))
    lead._staged.expected = Expected().then(SAID, 1, 440.0)
    async with console(lead, size, language) as hands:
        use(language)
        await hands.press(*"v" * (4 if size == (80, 24) else 1))
        seen = hands.within("#learning")
        assert "80" in seen and "30" in seen and "62" in seen
        assert "I topple" in seen and "70" in seen
        assert hands.region("#ladder").height >= 3 and hands.did() == []
        later = Rectification(of=1, at="", was=SAID, stands=TOLD)
        lead._staged.expected = lead._staged.expected.then(later, 2, 745.0)
        await hands.settle()
        assert "→ 20" in hands.within("#learning")


async def test_on_a_large_screen_v_changes_between_notes_and_trial_and_earlier_peaks_are_told() -> (
    None
):
    async with console(rated((520.0, 80), (700.0, 40)), (120, 40)) as hands:
        await hands.press("v")
        seen = hands.within("#learning")
        assert "half: reached" in seen and "80 → 70" in seen and "No fear" in seen
        await hands.press("v")
        assert not hands.live.query_one("#learning").display
        assert hands.live.query_one("#notes").display


def test_fewer_than_two_ratings_and_a_low_peak_say_nothing_of_half() -> None:
    alone = trial_shows(rated((520.0, 80)).now(), 20)
    assert alone is not None and (alone.peak, alone.share, alone.halved) == (None, None, None)
    low = trial_shows(rated((520.0, 15), (600.0, 5)).now(), 20)
    assert low is not None and (low.share, low.halved) == (67, None)
    calm = trial_shows(rated((520.0, 0), (600.0, 0)).now(), 20)
    assert calm is not None and calm.share is None


def test_ratings_of_earlier_trials_count_in_theirs_alone() -> None:
    lead = rated((520.0, 60), (600.0, 50), trial=2)
    lead.trial = 3
    lead.given(700.0, 40)
    lead.given(720.0, 40)
    lead.trials = (TrialSoFar(2, 4, 430.0, 650.0), TrialSoFar(3, 5, 660.0, None))
    seen = trial_shows(lead.now(), 20)
    assert seen is not None and (seen.peak, seen.earlier) == (40, (60,))


def test_before_the_first_trial_there_is_nothing_to_show() -> None:
    assert trial_shows(replace(in_exposure().now(), trials=()), 20) is None
