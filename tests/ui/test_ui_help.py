"""Help never keeps the loop: it comes in pieces, and stop and heartbeat go between them."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
from consoles import Hands, console
from staged import StagedLead, in_exposure
from textual.strip import Strip

from controller.language import LANGUAGES, Language, _, use
from controller.ui import run
from controller.ui.app import PalierApp
from controller.ui.keys import KEYS
from controller.ui.possible import standing, why_not
from controller.ui.screens.base import Ways
from controller.ui.screens.help import guide, table
from controller.ui.screens.live import LiveScreen
from controller.ui.widgets.pages import LARGEST, Pages, pieces

SIZES = ((60, 20), (80, 24), (200, 60))
MOST_WIDGETS = 12
"""On the whole screen, bars and scroll bar with it: each one more costs style and layout."""


@dataclass
class Watched:
    """What was laid out, and in which turn of the loop."""

    turn: int = 0
    laid_out: list[tuple[int, int]] = field(default_factory=list)
    """Turn and letters of each piece."""


@asynccontextmanager
async def watched(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watched]:
    """Count the turns of the loop, and the pieces laid out in each."""
    seen = Watched()
    lay_out_piece = Pages.lay_out_piece

    def counted(pages: Pages, piece: str) -> list[Strip]:
        seen.laid_out.append((seen.turn, len(piece)))
        return lay_out_piece(pages, piece)

    async def turns() -> None:
        while True:
            seen.turn += 1
            await asyncio.sleep(0)

    monkeypatch.setattr(Pages, "lay_out_piece", counted)
    task = asyncio.create_task(turns())
    try:
        yield seen
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def pages(hands: Hands) -> Pages:
    return hands.app.screen.query_one(Pages)


async def whole(hands: Hands) -> Pages:
    """The help as soon as all of it stands."""
    await hands.until(lambda: bool(hands.app.screen.query(Pages)) and pages(hands).whole)
    await hands.settle()
    return pages(hands)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_help_is_few_widgets_and_never_two_pieces_in_one_turn(
    language: Language, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(in_exposure(), size, language) as hands, watched(monkeypatch) as seen:
        hands.send("f1")
        await whole(hands)
        assert len(list(hands.app.screen.walk_children())) <= MOST_WIDGETS
        turns = [turn for turn, _letters in seen.laid_out]
        assert len(turns) == len(set(turns)) > 15
        assert max(letters for _turn, letters in seen.laid_out) <= LARGEST
        # What was laid out stays: nothing is done twice, and nothing more once it is whole.
        below = hands.app.screen_stack[-2]
        assert isinstance(below, LiveScreen)
        about = len(below.about())
        assert sum(n for _turn, n in seen.laid_out) <= about + len(table()) + len(guide())
        before = len(seen.laid_out)
        await hands.press("pagedown", "end", "home")
        assert len(seen.laid_out) == before


@pytest.mark.parametrize("keys", [("f12",), ("escape", "escape")])
@pytest.mark.parametrize("after", [0, 1, 3])
async def test_a_stop_right_after_help_is_sent_before_the_guide_is_whole(
    after: int, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(in_exposure(), (80, 24)) as hands, watched(monkeypatch) as seen:
        hands.send("f1")
        if after:
            await hands.until(lambda: len(seen.laid_out) >= after)
        hands.send(*keys)
        await hands.until(lambda: hands.lead.stops == 1)
        laid_out = len(seen.laid_out)
        assert laid_out < len([table(), *pieces(guide())])
        await hands.settle()
        assert isinstance(hands.app.screen, LiveScreen)
        for _turn in range(5):
            await hands.pilot.pause(0.02)
        assert len(seen.laid_out) <= laid_out + 1, "a screen that was left is laid out no further"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pieces_are_the_whole_text_and_none_is_parted_within_a_block(
    language: Language,
) -> None:
    use(language)
    found = pieces(guide())
    assert "\n\n".join(found) == guide()
    assert all(len(piece) <= LARGEST for piece in [table(), *found])
    chapters = [piece for piece in found if piece.startswith("## ")]
    assert len(chapters) > 15


def test_a_long_chapter_is_parted_between_blocks_but_never_within_a_fence() -> None:
    fence = "```\n" + "\n\n".join(["# typed"] * 3000) + "\n```"
    text = "# One\n\n" + "\n\n".join(["word " * 100] * 30) + "\n\n" + fence + "\n\n## Two\n\nend"
    found = pieces(text)
    assert "\n\n".join(found) == text
    assert found[-1] == "## Two\n\nend"
    assert [piece.count("```") % 2 for piece in found] == [0] * len(found)
    assert all(len(piece) <= LARGEST for piece in found if "```" not in piece)


async def test_the_guide_is_read_by_keys_to_its_end_and_copied() -> None:
    async with console(StagedLead(), (200, 60)) as hands:
        await hands.press("f1")
        read = await whole(hands)
        assert "Stop, at once" in hands.text()
        last = guide().rstrip().splitlines()[-1].split("|")[1].strip()
        await hands.press("end")
        await hands.until(lambda: last in hands.text())
        await hands.press("home")
        await hands.until(lambda: "Stop, at once" in hands.text())
        read.text_select_all()
        await hands.settle()
        chosen = hands.app.screen.get_selected_text()
        assert chosen is not None
        assert "Leading a session" in chosen and last in chosen


async def test_another_width_or_other_colours_keep_the_place_that_is_read() -> None:
    async with console(StagedLead(), (200, 60)) as hands:
        await hands.press("f1")
        read = await whole(hands)
        read.scroll_to(y=read.virtual_size.height * 0.5, animate=False)
        await hands.settle()
        lines = read.virtual_size.height
        night = read.render_line(0)
        await hands.press("f2")
        await whole(hands)
        assert read.scroll_y == round(lines * 0.5)
        assert [s.style for s in read.render_line(0)] != [s.style for s in night]
        await hands.pilot.resize_terminal(60, 20)
        await hands.settle()
        await whole(hands)
        assert read.virtual_size.height > lines
        assert read.scroll_y / read.virtual_size.height == pytest.approx(0.5, abs=0.01)


async def test_a_guide_that_is_not_installed_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr("controller.ui.screens.help.GUIDES", tmp_path)
    async with console(StagedLead(), (80, 60)) as hands:
        await hands.press("f1")
        await whole(hands)
        await hands.press("end")
        await hands.until(lambda: "The guide is not installed." in hands.text())


async def test_what_was_loaded_before_the_console_costs_no_round_of_the_collector(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A full round over all that is loaded takes 80 ms here, and more on a slower machine."""
    kept: list[int] = []

    async def ended(app: PalierApp) -> int:
        kept.append(gc.get_freeze_count())
        return 0

    monkeypatch.setattr(PalierApp, "run_async", ended)
    try:
        assert await run.run_console(StagedLead()) == 0
    finally:
        gc.unfreeze()
    assert kept[0] > 50_000


# -- help where it is wanted


@pytest.mark.parametrize("language", LANGUAGES)
async def test_help_begins_with_the_open_question_and_what_its_keys_do(language: Language) -> None:
    async with console(in_exposure(), (120, 40), language) as hands:
        await hands.press("e")
        asking = hands.live._asking
        assert asking is not None
        now = hands.lead.now()
        question, answers = asking.sentence(now), asking.answers(now)
        await hands.press("f1")
        await whole(hands)
        seen = hands.text()
        assert question in seen
        assert seen.index(question) < seen.index(_("Keys now"))
        for answer in answers:
            assert answer.text in seen


async def test_help_says_that_a_session_goes_on_only_where_there_is_one() -> None:
    for lead, goes_on in ((StagedLead(), False), (StagedLead(open=True), True)):
        async with console(lead, (80, 24)) as hands:
            await hands.press("f1")
            await whole(hands)
            assert "goes back." in hands.within("#top")
            assert ("The session goes on" in hands.within("#top")) is goes_on


async def test_help_says_which_keys_act_now_and_why_the_others_do_not() -> None:
    lead = in_exposure(level=7.0, asked=7)
    async with console(lead, (120, 40)) as hands:
        told = hands.live.about()
        live, refused = told.split("| × ", 1)[0], told.split("| × ", 1)[1]
        for each in KEYS:
            how = standing(each.act, lead.now())
            if how == "live":
                assert f"**{each.name()}** | {each.sentence}" in live
            elif how == "greyed":
                assert f"{each.name()} | {each.word}: {why_not(each.act, lead.now())}" in (
                    "| × " + refused
                ).replace("| × ", "")
            else:
                assert each.sentence not in told


WAYS = {"start": (), "add": ("a",), "past": ("h",), "review": ("h", "enter"), "leave": ("ctrl+q",)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", WAYS)
async def test_every_screen_tells_its_own_keys_first(way: str, language: Language) -> None:
    async with console(StagedLead(), (120, 60), language) as hands:
        await hands.press(*WAYS[way])
        ways = [each for foot in hands.app.screen.query(Ways) for each in foot.ways]
        await hands.press("f1")
        await whole(hands)
        seen = hands.text()
        assert seen.index("F12", 200) < seen.index(_("All keys"))
        before = seen[: seen.index(_("All keys"))]
        for each in ways:
            assert each.text in before, each
        await hands.press("escape")
        assert [w for foot in hands.app.screen.query(Ways) for w in foot.ways] == ways


async def test_the_key_line_tells_how_many_keys_it_has_no_room_for() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        line = hands.within("#keys")
        shown = [each for each in KEYS if each.shown]
        live = [each for each in shown if standing(each.act, hands.lead.now()) == "live"]
        there = [
            each
            for each in live
            if f" {each.name()} " in line or (each.key == "space" and "␣" in line)
        ]
        assert f"+{len(live) - len(there)}: F1" in line
    async with console(in_exposure(), (200, 60)) as hands:
        assert ": F1" not in hands.within("#keys")


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_help_on_the_live_screen_tells_every_sign_to_stop_and_when_to_ask(
    language: Language,
) -> None:
    async with console(in_exposure(), language=language) as hands:
        told = hands.live.about()
        protocol = hands.lead.after.protocol
    for line in (*protocol.stop.signs, *protocol.soft_stop.rules):
        assert f"- {line.of(language)}" in told
    assert told.index(protocol.stop.signs[0].of(language)) > told.index("F12"), "keys come first"
