"""No line of French begins with a sign that belongs to the line before, nor with a unit."""

from __future__ import annotations

import re
from itertools import pairwise

from consoles import console
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text
from staged import StagedLead
from textual.content import Content
from textual.widgets import Static

from controller.language import _, switch
from controller.locale.catalogue import ROOT, texts
from controller.ui.breaking import words
from controller.ui.lettering import wrap
from controller.ui.wrapping import teach_toolkit

WIDTH = 47
"""Cells: of half a wide terminal's page."""
HANGS = re.compile(r"[:;!?»%](?!\w)")
UNIT = re.compile(r"(?:[ck]?m|m?s|min|h|Hz|dB)\b")


def torn(lines: list[str]) -> list[tuple[str, str]]:
    """Each line that begins with what belongs to the one before, with that one."""
    return [
        (before, line)
        for before, line in pairwise(lines)
        if HANGS.match(line.lstrip())
        or (UNIT.match(line.lstrip()) and before.rstrip()[-1:].isdecimal())
        or before.rstrip().endswith("«")
    ]


def broken(text: str, width: int) -> list[list[str]]:
    """The lines of a text, as each part that breaks lines breaks it."""
    page = Text(text).wrap(Console(), width)
    return [
        wrap(text, width, len(text)),
        [line.plain for line in Content(text).wrap(width)],
        [line.plain for line in page],
    ]


def test_no_line_of_the_french_catalogue_begins_with_a_sign_or_a_unit() -> None:
    teach_toolkit()
    switch("fr")
    found = []
    for text in texts(ROOT / "controller"):
        said = re.sub(r"\{[a-z_]+(:g)?\}", "1", _(text)).replace("\n", " ")
        if max((len(piece) for _begin, _end, piece in words(said)), default=0) <= WIDTH:
            found += [one for lines in broken(said, WIDTH) for one in torn(lines)]
    assert found == []


PIECES = st.sampled_from(
    [
        "Que",
        "faire",
        "\u00a0?",
        " ?",
        "\u202f;",
        " : ",
        " 12\u00a0m",
        " 3 s",
        " 50 %",
        " « là »",
        " ",
    ]
)


@given(st.lists(PIECES, max_size=40), st.integers(14, 40))
def test_signs_and_units_stay_on_their_line_however_they_were_typed(
    parts: list[str], width: int
) -> None:
    teach_toolkit()
    text = "".join(parts)
    if max((len(piece) for _begin, _end, piece in words(text)), default=0) <= width:
        for lines in broken(text, width):
            assert torn(lines) == []
            assert all(len(line.rstrip()) <= width for line in lines)


@given(st.text(st.sampled_from("ab1 \n\t:?«»\u00a0\u202f"), max_size=60))
def test_no_letter_is_lost_between_two_pieces(text: str) -> None:
    assert "".join(piece for _begin, _end, piece in words(text)) == (
        text if text.strip(" \n\t") else ""
    )


async def test_what_the_console_lays_out_is_broken_so() -> None:
    async with console(StagedLead(), (80, 24)) as hands:
        told = Static("Que s'est-il passé\u00a0? Rien.", markup=False)
        told.styles.width = 18
        await hands.app.screen.mount(told)
        await hands.settle()
        rows = [strip.text.rstrip() for strip in told.render_lines(told.size.region)]
    assert rows == ["Que s'est-il", "passé\u00a0? Rien."]
