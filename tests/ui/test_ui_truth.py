"""The console shows what is applied, with its age, and never what was only asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

import pytest
from consoles import console
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from staged import StagedLead, heights, in_exposure, scenes
from textual.geometry import Size

from controller.language import use
from controller.ui.lettering import clock, cut, decimal, wrap
from controller.ui.maps import Holds, area_map
from controller.ui.themes import THEMES
from controller.ui.widgets.ladder import LadderFacts, window
from controller.ui.widgets.stop_control import corner
from controller.ui.widgets.timeline import History, Timeline, span_for
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.state import Effort, JournalState, Observers


async def test_a_level_on_its_way_stays_the_asked_one_until_it_is_reached() -> None:
    async with console(in_exposure(asked=6, level=5.62), (80, 24)) as hands:
        told = hands.within("#ladder")
        assert "APPLIED LEVEL 5" in told
        assert next(line for line in told.splitlines() if "▶" in line).strip("▶ ").startswith("5")
        asked = next(line for line in told.splitlines() if "▷" in line)
        assert "6" in asked
        assert "asked, 62 %" in asked
        await hands.show(in_exposure(asked=6, level=6.0))
        assert "APPLIED LEVEL 6" in hands.within("#ladder")
        assert "▷" not in hands.within("#ladder")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_after_one_second_without_news_everything_says_stale(size: tuple[int, int]) -> None:
    async with console(in_exposure(age_s=0.9), size) as hands:
        assert "STALE" not in hands.text()
        await hands.show(in_exposure(age_s=1.1))
        assert "STALE 1.1 s" in hands.within("#facts")
        assert "STALE" in hands.within("#ladder")
        assert "LAST KNOWN LEVEL" in hands.within("#ladder")
        assert "EXPOSURE?" in hands.within("#chip") or size[0] >= 110
        assert "No news for 1.1 s" in hands.within("#message")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize(("language", "words"), [("en", "60 fps, low"), ("fr", "60 i/s, basse")])
async def test_how_richly_pictures_are_drawn_stands_beside_their_number(
    size: tuple[int, int], language: Literal["en", "fr"], words: str
) -> None:
    async with console(in_exposure(richness="low"), size, language=language) as hands:
        assert words in hands.within("#facts")
        await hands.show(in_exposure(richness="low", quality="lowered"))
        assert words.partition(",")[0] + " ▾" in hands.within("#facts")
        await hands.show(in_exposure(richness=None))
        assert words.partition(",")[0] in hands.within("#facts")
        assert words.partition(", ")[2] not in hands.within("#facts")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_the_delay_of_a_long_link_is_always_on_the_screen(size: tuple[int, int]) -> None:
    async with console(in_exposure(trip_ms=120.0), size) as hands:
        assert "120 ms" in hands.within("#facts")
        assert "SLOW LINK" not in hands.text()
        await hands.show(in_exposure(trip_ms=640.0))
        assert "SLOW LINK 640 ms" in hands.within("#facts")
        await hands.show(in_exposure(trip_ms=640.0, age_s=2.0))
        assert "SLOW LINK" not in hands.text(), "an old figure is not told as the present one"


async def test_an_old_picture_loses_its_colour_and_says_its_age() -> None:
    async with console(in_exposure(), (120, 40)) as hands:
        await hands.show(in_exposure(age_s=3.0))
        assert "picture 3.0 s old" in hands.within("#mirror")
        region = hands.region("#mirror")
        middle = hands.app.screen._compositor.render_strips()[region.y + 6]
        shades = {
            s.style.color.triplet
            for s in middle.crop(region.x + 2, region.right - 2)
            if s.style and s.style.color and s.style.color.triplet and "▀" in s.text
        }
        assert shades
        assert all(t.red == t.green == t.blue for t in shades)


async def test_outside_the_scene_no_level_is_called_applied() -> None:
    async with console(scenes()["safe_place"], (80, 24)) as hands:
        told = hands.within("#ladder")
        assert "▶" not in told
        assert "Safe place, nothing of the scene" in told
        assert "↻" in told


WRONG = {
    "NO KEYBOARD": {"focused": True},
    "HEADSET OFF": {"headset": "off"},
    "HEADSET LOST": {"headset": "lost"},
    "NOT SAVING": {"trouble": "The disk is full; make room, nothing is lost yet."},
    "READ ONLY": {"in_control": False},
    "SCENARIO FAILED": {"disabled": "It threw an exception."},
    "NOT WATCHED": {"watched": False},
    "NO JOURNAL": {"journal": JournalState(trouble="No space left on device")},
    "RUNTIME LOST 1.2 s": {"link": "lost", "age_s": 1.2},
}


@pytest.mark.parametrize("words", WRONG)
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_what_is_wrong_stands_in_the_bar(words: str, size: tuple[int, int]) -> None:
    async with console(in_exposure(**WRONG[words]), size) as hands:
        assert words in hands.within("#facts")


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_what_does_not_fit_in_the_bar_is_counted_and_no_figure_is_cut(language) -> None:
    wrong = {"watched": False, "journal": JournalState(trouble="No space left on device")}
    async with console(in_exposure(**wrong, trouble="Full."), (80, 24), language) as hands:
        assert "NOT SAVING" in hands.text() or "PAS D'ENREGISTREMENT" in hands.text()
        assert re.search(r" \+[12] ", hands.within("#facts"))
    for trip_ms, observers in ((640.0, ()), (120.0, ("Dr. B",)), (120.0, ("Dr. Longer",))):
        seen = Observers(present=observers)
        lead = in_exposure(trip_ms=trip_ms, observers=seen)
        async with console(lead, (80, 24), language) as hands:
            assert f"{trip_ms:.0f} ms" in hands.within("#facts")


async def test_an_observers_console_says_who_leads_and_offers_no_taking_back() -> None:
    async with console(in_exposure(observing=True, may_stop=False, in_control=False)) as hands:
        assert "room 1 leads; this console only watches." in hands.within("#message")
        await hands.show(in_exposure(in_control=False))
        assert "K takes it back." in hands.within("#message")


async def test_a_slow_scenario_is_told_with_how_often_and_how_long() -> None:
    slow = Effort(calls=900, slow=14, worst_ms=31.4)
    async with console(in_exposure(effort=slow), (200, 60)) as hands:
        assert "scenario slow 14×, 31 ms" in hands.within("#facts")
        await hands.show(in_exposure())
        assert "scenario slow" not in hands.text()


async def test_a_trouble_of_the_record_is_said_in_full_until_it_is_over() -> None:
    async with console(in_exposure(trouble="The disk is full; make room.")) as hands:
        assert "The disk is full; make room." in hands.within("#message")
        await hands.show(in_exposure())
        assert "disk" not in hands.within("#message")


async def test_a_missing_rating_is_hollow_and_never_a_figure() -> None:
    async with console(in_exposure(), (120, 40)) as hands:
        assert "○  no answer" in hands.within("#suds")
        assert "○" in "\n".join(hands.within("#timeline").splitlines()[1:])


async def test_a_rating_that_is_not_durable_yet_says_so() -> None:
    lead = in_exposure()
    lead.ratings = (*lead.ratings[:-1], replace(lead.ratings[-1], saved_as=None))
    async with console(lead, (200, 60)) as hands:
        assert "not saved yet" in hands.within("#suds")


async def test_pictures_are_asked_for_while_the_view_is_seen_and_no_longer() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        assert hands.lead.mirrored == []
        await hands.press("v")
        hz, width, height = hands.lead.mirrored[-1]
        assert hz > 0
        assert (width, height) == (35, 20)
        await hands.press("f1")
        assert hands.lead.mirrored[-1][0] == 0


async def test_without_a_terminal_of_colours_phase_and_stop_are_told_by_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with console(in_exposure(), (80, 24)) as hands:
        assert "▶ EXPOSURE" in hands.within("#chip")
        assert "■ STOP" in hands.within("#stop")


async def test_the_colours_change_by_one_key_on_every_screen() -> None:
    async with console(StagedLead()) as hands:
        await hands.press("f2")
        assert hands.app.theme == "palier-day"
        await hands.show(in_exposure())
        await hands.press(*("f2",) * (len(THEMES) - 1))
        assert hands.app.theme == "palier-night"


def facts(applied: int, ceiling: int, named: int | None, out: bool) -> LadderFacts:
    sentences = tuple(level.en for level in heights().levels)
    told = "Neutral room" if out else ""
    return LadderFacts(sentences, applied, None, 0, named, False, ceiling, None, False, told)


LEVEL = st.integers(0, 10)


@given(LEVEL, LEVEL, LEVEL, st.booleans(), st.integers(4, 40))
def test_the_level_that_matters_is_on_the_ladder_in_however_few_rows(
    applied: int, ceiling: int, named: int, out: bool, room: int
) -> None:
    shown = window(facts(applied, ceiling, named, out), room)
    assert (named if out else applied) in shown
    ruled = ceiling < 10 and ceiling in shown
    assert len(shown) + ruled <= room
    assert list(shown) == sorted(shown, reverse=True)


SIZES = st.builds(Size, st.integers(1, 320), st.integers(1, 100))


@given(
    SIZES,
    st.sampled_from([0, 2, 3]),
    st.booleans(),
    st.sampled_from(["settings", "events", "mirror"]),
    st.builds(Holds, st.integers(0, 20), st.integers(0, 30)),
)
def test_no_panel_leaves_the_terminal_or_lies_over_another(
    size: Size, asking: int, writing: bool, shown: str, holds: Holds
) -> None:
    regions = area_map(size, asking, writing, shown, holds).regions(size)  # type: ignore[arg-type]
    cells = 0
    for region in regions.values():
        assert 0 <= region.x <= region.right <= size.width
        assert 0 <= region.y <= region.bottom <= size.height
        cells += region.area
    assert cells <= size.area
    assert regions["phase"].height == min(3, size.height)


@pytest.mark.parametrize(
    ("size", "holds"),
    [
        (Size(200, 60), Holds(9, 15)),
        (Size(200, 60), Holds(15, 9)),
        (Size(160, 45), Holds(10, 10)),
        (Size(120, 40), Holds(10, 8)),
    ],
)
def test_settings_and_events_get_the_rows_they_fill_where_there_are_rows(
    size: Size, holds: Holds
) -> None:
    regions = area_map(size, 0, False, "settings", holds).regions(size)
    assert regions["settings"].height > holds.settings
    assert regions["events"].height > holds.events
    usual = area_map(size, 0, False, "settings").regions(size)
    assert usual["settings"].height == usual["events"].height == 7, "no more than they fill"


@given(SIZES)
def test_the_corner_of_stop_lies_in_every_terminal(size: Size) -> None:
    place = corner(size)
    assert place.right == size.width
    assert place.y == 0
    assert place.area > 0
    assert place.bottom <= size.height


@given(st.text(), st.integers(0, 60), st.integers(1, 5))
def test_texts_never_exceed_their_room(text: str, room: int, most: int) -> None:
    assert len(cut(text, room)) <= max(room, 0)
    if room >= 1:
        told = wrap(text, room, most)
        assert len(told) <= most
        assert all(len(line) <= room for line in told)


@given(st.floats(0.0, 14000.0), st.integers(40, 190))
def test_the_time_now_stands_apart_from_the_minutes_below_the_timeline(
    at_s: float, width: int
) -> None:
    span = span_for(at_s)
    history = History(int(at_s), span, (), (), (), (), None)
    ink = {"quiet": Style()}
    cells = Timeline._times(history, width, width / span, ink)
    told = clock(int(at_s))
    text = "".join(character for character, _style in cells)
    words = text.replace("0 min", "0min").split()
    assert told in words, text
    assert all(word == told or word == "0min" or word.isdigit() for word in words), text


@given(st.floats(0, 20_000))
def test_the_timeline_always_holds_the_whole_session(at_s: float) -> None:
    assert span_for(at_s) >= at_s


def test_figures_have_the_sign_of_the_language() -> None:
    use("fr")
    assert decimal(2.4) == "2,4"
    use("en")
    assert decimal(2.4) == "2.4"
    assert clock(-3) == "0:00"
    assert clock(751.9) == "12:31"


async def test_a_session_found_open_is_taken_up_where_it_is() -> None:
    async with console(in_exposure(phase=Phase.HOLD)) as hands:
        assert hands.live
        assert "Why?" not in hands.text()
