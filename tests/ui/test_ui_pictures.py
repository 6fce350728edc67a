"""The patient's view in a terminal that shows pixels, and the question whether it does."""

from __future__ import annotations

import base64
import os
import re
import sys
import termios
import threading
import time
import zlib

import numpy as np
import pytest
from consoles import console
from rich.cells import cell_len
from staged import in_exposure

from controller.ui.terminal_pictures import (
    PATIENCE_S,
    PICTURE,
    Graphics,
    _answer,
    chosen,
    forget,
    told,
)
from controller.ui.widgets.mirror import Mirror
from controller.ui.widgets.painters import Blocks, Places, Sixels, asked, painter, sixel

XTERM = b"\x1bP>|XTerm(379)\x1b\\\x1b[?63;1;2;4;6;9;15;16;22;28c"
OLD_KITTY = b"\x1bP>|kitty(0.26.5)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[6;18;9t\x1b[?62;c"
KITTY = OLD_KITTY.replace(b"0.26.5", b"0.35.2")
FOOT = b"\x1bP>|foot(1.16.2)\x1b\\\x1b[6;20;10t\x1b[?62;4;22c"


@pytest.mark.parametrize(
    ("answer", "measured", "found"),
    [
        (XTERM, (8, 15), Graphics("sixel", (8, 15))),
        (XTERM, None, None),
        (XTERM.replace(b";4;", b";"), (8, 15), None),
        (FOOT, None, Graphics("sixel", (10, 20))),
        (FOOT.replace(b"6;20;10", b"6;900;10"), None, None),
        (OLD_KITTY, (9, 18), None),
        (KITTY, None, Graphics("kitty", (9, 18))),
        (KITTY.replace(b"OK", b"ENOTSUPPORTED"), None, None),
        (b"", (8, 15), None),
        (b"\x1b[?1;2c", (8, 15), None),
        (b"\x1b[A\x1b[?62;4", (8, 15), None),
    ],
)
def test_pixels_are_shown_only_where_the_terminal_says_so_for_sure(answer, measured, found):
    assert told(answer, measured) == found


def test_nothing_is_asked_where_something_stands_between():
    assert chosen({}) == "ask"
    for name in ("TMUX", "SSH_TTY", "STY", "NO_COLOR"):
        assert chosen({name: "1"}) is None
    assert chosen({"PALIER_PICTURES": "blocks"}) is None
    assert chosen({"PALIER_PICTURES": "sixel", "TMUX": "1"}) == Graphics("sixel", (10, 20))


def decoded(data: bytes) -> np.ndarray:
    """Sixels back into a picture, as a terminal would draw them; -1 where nothing was drawn."""
    head, body = re.fullmatch(rb'\x1bP0;1;0q("1;1;\d+;\d+)(.*)\x1b\\', data, re.DOTALL).groups()  # type: ignore[union-attr]
    width, height = (int(n) for n in head.split(b";")[2:])
    drawn = np.full((height + 6, width), -1)
    colour, x, top = 0, 0, 0
    tokens = rb"#(\d+)(?:;2;\d+;\d+;\d+)?|!(\d+)(.)|([?-~])|(\$)|(-)"
    for select, count, repeated, once, back, down in re.findall(tokens, body):
        if select:
            colour = int(select)
        elif back:
            x = 0
        elif down:
            x, top = 0, top + 6
        else:
            bits = ord(repeated or once) - 63
            for _ in range(int(count or 1)):
                for bit in range(6):
                    if bits >> bit & 1:
                        drawn[top + bit, x] = colour
                x += 1
    return drawn


def test_sixels_say_every_pixel_once_and_touch_no_row_below():
    numbers = np.random.default_rng(5).integers(0, 5, (15, 90)).astype(np.uint8)
    numbers[:, 20:70] = 3
    drawn = decoded(sixel(numbers, [0, 0, 0, *range(1, 31)]))
    assert (drawn[:15] == numbers).all()
    assert (drawn[15:] == -1).all()


@pytest.mark.parametrize("way", [Blocks(), Sixels((8, 15)), Places((9, 18))])
def test_each_way_fills_its_cells_and_no_more(way):
    columns, rows = 32, 9
    width, height = way.pixels(columns, rows)
    made = way.rows(bytes(range(256)) * (3 * width * height // 256 + 1), columns, rows)
    if isinstance(way, Sixels | Places):
        made = way.rows((b"\x10\x80\xf0" * (width * height)), columns, rows)
    assert len(made) == rows
    for y, row in enumerate(made):
        strip = way.strip(y, row, columns)
        assert strip.cell_length == columns
        text = "".join(s.text for s in strip if not s.control)
        assert cell_len(text) == columns


def test_kitty_is_sent_the_picture_whole_and_its_other_rows_never_change():
    way = Places((8, 16))
    width, height = way.pixels(20, 6)
    rgb = np.random.default_rng(1).integers(0, 255, 3 * width * height).astype(np.uint8).tobytes()
    first, *others = way.rows(rgb, 20, 6)
    assert others == [b""] * 5
    pieces = re.findall(rb"\x1b_G([^;]*);([^\x1b]*)\x1b\\", first)
    assert b"U=1" in pieces[0][0] and b"c=20,r=6" in pieces[0][0]
    assert [head.endswith(b"m=1") for head, _ in pieces] == [True] * (len(pieces) - 1) + [False]
    assert max(len(data) for _, data in pieces) <= 4096
    assert zlib.decompress(base64.standard_b64decode(b"".join(d for _, d in pieces))) == rgb


def test_no_more_is_asked_of_the_patients_side_than_it_sends():
    for found in (None, Graphics("sixel", (64, 64)), Graphics("kitty", (64, 64))):
        way = painter(found)
        width, height = asked(way.pixels(*way.most))
        assert 16 <= width <= 640 and 16 <= height <= 360
        assert 2.0 <= way.hz <= 10.0


async def test_the_mirror_draws_only_rows_that_changed_and_greys_what_is_old():
    async with console(in_exposure(), (120, 40), graphics=Graphics("sixel", (8, 15))) as hands:
        mirror = hands.app.screen.query_one(Mirror)
        hz, width, height = hands.lead.mirrored[-1]
        assert (hz, width / height) == (2.5, pytest.approx(16 / 9, rel=0.15))
        before = list(mirror._strips)
        assert before and all("\x1bP" in "".join(s.text for s in strip) for strip in before)
        hands.lead.at_s += 1.0
        await hands.settle()
        assert all(a is b for a, b in zip(before, mirror._strips, strict=True))
        await hands.show(in_exposure(age_s=3.0))
        colours = re.findall(
            r"#\d+;2;(\d+);(\d+);(\d+)", "".join(s.text for s in mirror._strips[2])
        )
        assert colours and all(r == g == b for r, g, b in colours)


def test_the_terminal_is_asked_once_and_given_back_as_it_was():
    master, slave = os.openpty()
    before = termios.tcgetattr(slave)

    def terminal() -> None:
        asked = b""
        while not asked.endswith(b"\x1b[c"):
            asked += os.read(master, 100)
        os.write(master, FOOT[:10])
        os.write(master, FOOT[10:])

    answers = threading.Thread(target=terminal)
    answers.start()
    assert told(_answer(slave, slave)) == Graphics("sixel", (10, 20))
    answers.join()
    assert termios.tcgetattr(slave) == before
    began = time.monotonic()
    assert told(_answer(slave, slave)) is None, "a terminal that says nothing"
    assert PATIENCE_S <= time.monotonic() - began < 5 * PATIENCE_S
    assert termios.tcgetattr(slave) == before
    os.close(master)
    os.close(slave)


def test_no_picture_stays_in_the_terminal_after_the_console(monkeypatch):
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as screen:
        monkeypatch.setattr(sys, "__stdout__", screen)
        for found in (None, Graphics("sixel", (8, 15)), Graphics("kitty", (8, 15))):
            forget(found)
        assert os.read(master, 100) == b"\x1b_Ga=d,d=I,q=2,i=%d\x1b\\" % PICTURE
    os.close(master)


def test_a_terminal_that_has_gone_is_asked_in_vain():
    read, write = os.pipe()
    assert _answer(read, write) == b""
    os.close(read)
    os.close(write)
