"""Recorded lines beside the remarks of a note: arrows choose, Enter plays, and again ends it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from consoles import console
from lines import Typing
from staged import StagedLead, in_exposure

from controller.language import LANGUAGES, Language, use
from controller.recorded.model import Card, RecordedLine
from controller.session.bat.run import BatNow
from controller.session.remarks import remarks
from controller.ui.line_offers import offered_lines
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.recorded import LineState

WORDS = "Restez, cela passe."


def with_lines(**more: object) -> StagedLead:
    lead = in_exposure(**more)
    lead.lines.there = tuple(
        RecordedLine(
            Card(name=name, words=WORDS, language="fr", sha256="a" * 64, seconds=3.0), Path("x.wav")
        )
        for name in ("tiens", "souffle")
    )
    return lead


HEARD = LineState(name="tiens", words=WORDS, sha256="a" * 64, since_s=1.0, lasts_s=3.0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_a_line_is_chosen_played_seen_as_heard_and_ended(
    size: tuple[int, int], language: Language
) -> None:
    lead = with_lines()
    async with console(lead, size, language) as hands:
        use(language)
        await hands.press("n")
        shown = hands.within("#asking")
        assert "♪ tiens · ♪ souffle" in shown and remarks(lead.after.protocol)[0] in shown
        await hands.press("t", "i", "e", "down", "enter")
        assert lead.acts == [("play_line", "tiens")]
        lead.line = HEARD
        await hands.settle()
        heard = {"en": "♪ heard 2 s", "fr": "♪ entendue 2 s"}[language]
        assert heard in hands.within("#facts")
        lead.trip_ms, lead.link = 900.0, "live"
        await hands.settle()
        assert heard in hands.within("#facts"), "a slow link's warning takes another row"
        lead.trip_ms = 3.2
        # What is heard stands first, so that it is ended without a look.
        await hands.press("n", "down", "enter")
        assert lead.acts[-1] == ("end_line",)


async def test_a_line_that_was_written_on_is_a_note_and_nothing_is_played() -> None:
    lead = with_lines()
    async with console(lead) as hands:
        await hands.press("n", "up", *" ?", "enter")
        assert lead.acts == [("note", f"♪ souffle: {WORDS} ?")]


async def test_the_palette_plays_and_ends_lines() -> None:
    lead = with_lines()
    async with console(lead) as hands:
        titles = {c.title: c for c in hands.live.choices()}
        titles[f"Recorded line: ♪ souffle: {WORDS}"].run()
        await hands.settle()
        assert lead.acts == [("play_line", "souffle")]
        lead.line = HEARD
        await hands.settle()
        next(c for c in hands.live.choices() if c.title == "Recorded line: ♪ end tiens").run()
        await hands.settle()
        assert lead.acts[-1] == ("end_line",)


async def test_no_line_is_offered_outside_the_scene_or_within_a_test() -> None:
    lead = with_lines()
    assert len(offered_lines(lead.now(), lead.lines.there)) == 2
    tested = replace(lead.now(), bat=cast(BatNow, object()))
    assert offered_lines(tested, lead.lines.there) == ()
    lead.phase = Phase.PAUSE
    async with console(lead) as hands:
        await hands.press("n")
        assert "♪" not in hands.within("#asking")
        assert not [c for c in hands.live.choices() if "♪" in c.title]


@pytest.mark.parametrize(
    ("language", "typed", "end"),
    [("en", "line tiens", "line end"), ("fr", "phrase tiens", "phrase fin")],
)
async def test_line_by_line_a_line_is_told_played_and_ended(
    language: Language, typed: str, end: str
) -> None:
    lead = with_lines()
    typing = Typing(lead, language)
    await typing.begin()
    listed = await typing.type(typed.split(" ")[0])
    assert any("tiens, «" in said and WORDS in said for said in listed)
    await typing.type(typed)
    await typing.type(end)
    assert lead.acts == [("play_line", "tiens"), ("end_line",)]
