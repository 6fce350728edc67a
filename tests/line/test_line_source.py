"""Lines come from a pipe as they are written, from a file one by one; secrets are hidden."""

from __future__ import annotations

import asyncio
import os
import pty
import termios
from pathlib import Path

from lines import Heard
from staged import in_exposure

from controller.line.console import LineConsole
from controller.line.run import Run
from controller.line.source import Echo, Line, in_order, is_file, listen


async def test_a_pipe_is_heard_without_blocking_and_its_end_is_told() -> None:
    reading, writing = os.pipe()
    heard, ended = list[str](), asyncio.Event()
    listen(reading, lambda line: heard.append(line.text), ended.set)
    os.write(writing, b"raise\n\xff\xfe!\nlast without end")
    os.close(writing)
    async with asyncio.timeout(10):
        await ended.wait()
    os.close(reading)
    assert heard == ["raise", "\udcff\udcfe!", "last without end"]


def test_a_file_is_told_from_a_pipe_and_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_bytes(b"begin 1\r\nyes\n\nraise")
    with file.open("rb") as opened:
        assert is_file(opened.fileno())
        assert [line.text for line in in_order(opened.fileno())] == ["begin 1", "yes", "", "raise"]
    reading, writing = os.pipe()
    assert not is_file(reading)
    os.close(reading)
    os.close(writing)
    assert not is_file(9999)


def test_what_is_typed_is_hidden_and_shown_again_as_before() -> None:
    above, below = pty.openpty()
    try:
        before = termios.tcgetattr(below)
        echo = Echo(below)
        assert echo.hide(True) and echo.hide(True)
        assert not termios.tcgetattr(below)[3] & termios.ECHO
        assert echo.hide(False)
        assert termios.tcgetattr(below) == before
    finally:
        os.close(above)
        os.close(below)
    assert not Echo(9999).hide(True), "where it cannot be hidden that is told"


async def test_a_script_is_worked_off_in_order_and_its_end_leaves() -> None:
    lead, out = in_exposure(), Heard()
    console = LineConsole(lead, None, out)
    script = [Line("lower"), Line("40"), Line("note goes on"), Line("hold")]
    async with asyncio.timeout(10):
        assert await Run(console, out).lead(None, script) == 0
    assert [act[0] for act in lead.acts] == ["lower_level", "rate", "note", "hold"]
    assert any("goes to the safe place" in line for line in out.lines[-3:])


async def test_beside_a_script_the_keyboard_stops_and_does_nothing_else() -> None:
    lead, out = in_exposure(), Heard()
    console = LineConsole(lead, None, out)
    console.hear_beside(Line("raise"))
    console.hear_beside(Line("!"))
    for _ in range(10):
        await asyncio.sleep(0)
    assert [act[0] for act in lead.acts] == ["stop"]
    assert "only ! is heard here" in out.lines[0]
