"""Where a small screen lacks rows, what matters now is seen, and how much is not is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import staged
from consoles import Hands, console
from staged import in_exposure
from staged_places import heights

from controller.language import LANGUAGES, Language
from controller.ui.asking_scene import value_letters
from controller.ui.widgets.panel import fitting, left_out
from scenarios.api.manifest import BoundSpec, InterlockSpec, Manifest, Words
from vr_runtime.wire.state import State

NAMED = {"en": ("SETTINGS", "EVENTS"), "fr": ("RÉGLAGES", "ÉVÉNEMENTS")}
SMALL = (80, 24)


@pytest.fixture(autouse=True)
def larger(monkeypatch: pytest.MonkeyPatch) -> Iterator[Manifest]:
    """The staged scenario with six settings and six events."""
    base = heights()
    wind, gust = base.graded[2], base.events[0]
    graded = (
        *base.graded,
        wind.model_copy(update={"name": "fog", "label": Words(fr="brume", en="fog")}),
        wind.model_copy(update={"name": "noise", "label": Words(fr="rumeur", en="noise")}),
    )
    events = (
        *base.events,
        gust.model_copy(update={"name": "horn", "label": Words(fr="klaxon", en="horn")}),
        gust.model_copy(update={"name": "flag", "label": Words(fr="drapeau", en="flag")}),
    )
    made = base.model_copy(update={"graded": graded, "events": events})
    monkeypatch.setattr(staged, "heights", lambda: made)
    yield made


def heading(hands: Hands, panel: str) -> str:
    region = hands.region(panel)
    return hands.lines()[region.y][region.x : region.right]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_setting_without_a_row_is_counted_and_comes_when_it_matters(
    language: Language, larger: Manifest
) -> None:
    labels = [spec.label.get(language) for spec in larger.graded]
    async with console(in_exposure(apart={}), SMALL, language) as hands:
        shown = hands.within("#settings")
        assert NAMED[language][0] in heading(hands, "#settings")
        assert heading(hands, "#settings").rstrip("─").endswith("+2")
        assert [label in shown for label in labels] == [True] * 4 + [False] * 2
        hands.lead.apart = {"noise": 7.0}
        await hands.show(hands.lead)
        assert f"{labels[5]} ≠" in hands.within("#settings")
        hands.lead.level = 4.5
        await hands.show(hands.lead)
        assert f"{labels[5]} ≠" in hands.within("#settings"), "also while all others move"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(60, 20), SMALL])
async def test_the_setting_that_is_asked_about_is_seen(
    language: Language, size: tuple[int, int], larger: Manifest
) -> None:
    labels = [spec.label.get(language) for spec in larger.graded]
    async with console(in_exposure(apart={"rail": 86.0, "wind": 7.0}), size, language) as hands:
        assert labels[4] not in hands.within("#settings")
        letter = value_letters(hands.live._now)["fog"]
        await hands.press("g", letter)
        assert labels[4] in hands.within("#settings")
        await hands.press("backspace")
        assert labels[4] not in hands.within("#settings")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_event_that_may_happen_now_is_seen_before_one_that_may_not(
    language: Language, larger: Manifest
) -> None:
    labels = [event.label.get(language) for event in larger.events]
    lead = in_exposure(cooldowns={"gust": 20.0, "creak": 9.0})
    async with console(lead, SMALL, language) as hands:
        await hands.press("e", "backspace", "v", "v")
        shown = hands.within("#events")
        assert NAMED[language][1] in heading(hands, "#events")
        assert heading(hands, "#events").rstrip("─").endswith("+2")
        # the bird needs level 6, and both others have just happened
        assert labels[3] in shown and labels[4] in shown and labels[5] in shown
        assert labels[2] not in shown


class Barring(staged.StagedLead):
    """A lead whose runtime tells that an interlock bars the first event."""

    bars: InterlockSpec

    def _state(self) -> State | None:
        state = super()._state()
        assert state is not None
        first = state.events[0].model_copy(update={"barred": self.bars})
        return state.model_copy(update={"events": (first, *state.events[1:])})


def barring(interlock: InterlockSpec) -> staged.StagedLead:
    lead = in_exposure()
    lead.__class__ = Barring
    lead.bars = interlock
    return lead


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_event_that_a_value_excludes_says_which_and_gives_its_row_away(
    language: Language, larger: Manifest
) -> None:
    low = BoundSpec(value="rail", side="at_most", limit=0.5)
    low_rail = InterlockSpec(of="gust", rule="requires", other=low)
    rail = larger.graded[1].label.get(language)
    async with console(barring(low_rail), (120, 40), language) as hands:
        said = f"✕ {rail}"[:9]
        (row,) = (line for line in hands.lines() if said in line)
        assert larger.events[0].label.get(language)[:3] in row
    async with console(barring(low_rail), SMALL, language) as hands:
        await hands.press("e", "backspace", "v", "v")
        assert larger.events[0].label.get(language) not in hands.within("#events")


async def test_with_room_for_all_nothing_is_counted_and_the_order_is_the_scenarios() -> None:
    async with console(in_exposure(), (120, 40)) as hands:
        assert "+" not in heading(hands, "#settings")
        shown = hands.within("#settings")
        places = [shown.index(word) for word in ("height", "rail", "wind", "place", "fog", "noise")]
        assert places == sorted(places)


def test_the_heaviest_stay_in_their_own_order() -> None:
    assert fitting("abcdef", 3, lambda letter: letter in "ef") == ["a", "e", "f"]
    assert fitting("abc", 3, lambda letter: letter == "c") == ["a", "b", "c"]
    assert fitting("abc", 0, lambda letter: 0) == []
    assert (left_out(6, 4), left_out(4, 4), left_out(6, 0)) == (" · +2", "", "")
