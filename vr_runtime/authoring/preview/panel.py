"""Owns how an author's panel looks and which place on it does what; knows no engine, no window.

Lengths are pixels. The same board in the same size gives the same picture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from vr_runtime.authoring.preview.board import (
    Action,
    Board,
    Button,
    Buttons,
    Heading,
    Key,
    Row,
    Sentence,
    Slider,
)
from vr_runtime.stage.lettering import breadth, letters, readable, wrapped

GROUND = (23, 28, 33)
RAISED = (38, 45, 52)
RAISED_STOP = (92, 46, 42)
LINE = (54, 63, 71)
LIGHT = (236, 239, 240)
QUIET = (164, 174, 181)
FAINT = (104, 115, 123)
TRACK = (66, 77, 86)
MARK = (142, 196, 206)
ASKED = (229, 182, 103)
"""Of what was asked for and is not there yet, and of what wants to be noticed."""
TROUBLE = (48, 33, 26)
WIDE_EM = 26
STATE_EM = 6.5
"""Kept free for the state of an event or a task."""
FINER = 2
"""Shapes are drawn so many times larger and made small again: their edges are soft."""

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """A place that can be pressed: left, top, right, bottom."""

    box: Box
    action: Action
    slides: tuple[float, float] | None = None
    """Left and right end of a slider's way."""

    def share(self, x: float) -> float:
        """How far along the way `x` lies, 0 to 1."""
        assert self.slides is not None, "it is no slider"
        left, right = self.slides
        return min(1.0, max(0.0, (x - left) / (right - left)))


@dataclass(frozen=True)
class Panel:
    """The picture of a board, with its places."""

    image: Image.Image
    spots: tuple[Spot, ...]
    overflow: int
    """Pixels by which the rows are higher than there is room for them; 0 where all are seen."""

    def at(self, x: float, y: float) -> Spot | None:
        """What is pressed there."""
        for spot in self.spots:
            left, top, right, bottom = spot.box
            if left <= x <= right and top <= y <= bottom:
                return spot
        return None


def em_for(high: int) -> int:
    """Pixels of an em in a window so high."""
    return min(26, max(12, round(high / 50)))


def width_for(high: int) -> int:
    """Pixels that the panel is wide in a window so high."""
    return WIDE_EM * em_for(high)


def drawn(board: Board, high: int, *, scrolled: int = 0) -> Panel:
    """The panel for a window so high; its rows moved up by `scrolled` pixels."""
    em = em_for(high)
    wide = WIDE_EM * em
    foot_high = _foot_height(board, em, wide)
    head_high = round(2.6 * em)
    room = high - foot_high - head_high
    pen = _Pen((wide, high), em)
    heights = [_height(row, em, wide) for row in board.rows]
    overflow = max(0, sum(heights) - room)
    y = head_high - min(scrolled, overflow)
    for row, tall in zip(board.rows, heights, strict=True):
        pen.row(row, y, tall)
        y += tall
    # Head and foot stand over what was moved below them.
    pen.spots = [s for s in pen.spots if s.box[1] >= head_high - 1 and s.box[3] <= high - foot_high]
    pen.cover((0, 0, wide, head_high))
    pen.cover((0, high - foot_high, wide, high))
    pen.text((em, 1.4 * em), _short(board.title, round(1.25 * em), wide - 2 * em), LIGHT, 1.25)
    pen.foot(board.foot, high - foot_high)
    if overflow:
        part = room / (room + overflow)
        top = head_high + min(scrolled, overflow) * part
        pen.bar((wide - 0.35 * em, top, wide - 0.15 * em, top + room * part), FAINT)
    return Panel(pen.finished(), tuple(pen.spots), overflow)


def told(lines: Sequence[str], size: tuple[int, int]) -> Image.Image | None:
    """What is wrong, to lie over the lower edge of a picture of this size; None without."""
    if not lines:
        return None
    wide, high = size
    em = max(11, round(em_for(high) * 0.95))
    rows = [row for line in lines for row in wrapped(readable(line), em, wide - 3 * em)]
    most = max(1, int(high * 0.5 / (1.4 * em)))
    rows = rows if len(rows) <= most else [*rows[: most - 1], "…"]
    tall = round((len(rows) * 1.4 + 1.4) * em)
    image = Image.new("RGB", (wide, tall), TROUBLE)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, round(0.3 * em), tall), fill=ASKED)
    for number, row in enumerate(rows):
        y = (0.7 + 1.4 * number + 0.7) * em
        pen.text((1.3 * em, y), row, font=letters(em), fill=LIGHT, anchor="lm")
    return image


def _height(row: Row, em: int, wide: int) -> int:
    if isinstance(row, Sentence):
        lines = _sentence(row, em, wide)
        return round((1.35 * len(lines) + (0.7 if row.loud else 0.35)) * em)
    if isinstance(row, Heading):
        return round(2.2 * em)
    if isinstance(row, Buttons):
        return round(2.8 * em)
    if isinstance(row, Slider):
        return round(2.75 * em)
    return round((0.75 + 1.25 * len(_key_lines(row, em, wide))) * em)


def _key_lines(row: Key, em: int, wide: int) -> tuple[str, ...]:
    """What a patient reads is read whole: an instruction goes over several lines."""
    return wrapped(_together(readable(row.text)), em, round(_key_end(row, em, wide) - 3.3 * em))


def _key_end(row: Key, em: int, wide: int) -> float:
    """Where the words of a key must end: no row becomes higher because its state comes and goes."""
    release = 1.6 * em if row.release is not None else 0.0
    return wide - 1.6 * em - max(STATE_EM * em, breadth(row.state, em) + release)


def _sentence(row: Sentence, em: int, wide: int) -> tuple[str, ...]:
    size = em if row.loud else round(0.88 * em)
    return wrapped(_together(readable(row.text)), size, wide - 2 * em)


def _together(text: str) -> str:
    """French signs of two parts stay on the line of the word before them."""
    text = text.replace("« ", "«\N{NO-BREAK SPACE}")
    return re.sub(r" ([;:!?»])", "\N{NO-BREAK SPACE}\\1", text)


def _foot_rows(board: Board, em: int, wide: int) -> list[tuple[str, bool]]:
    size = round(0.85 * em)
    return [
        (line, notice)
        for text, notice in board.foot
        for line in wrapped(readable(text), size, wide - 2 * em)
    ]


def _foot_height(board: Board, em: int, wide: int) -> int:
    return round((len(_foot_rows(board, em, wide)) * 1.25 + 1.0) * em) if board.foot else 0


def _short(text: str, size: int, most: int) -> str:
    text = readable(text)
    if breadth(text, size) <= most:
        return text
    while text and breadth(f"{text}…", size) > most:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _shared(row: Slider, em: int, room: float) -> tuple[str, str, str]:
    """Name, what is applied and what is asked for, side by side in so much room.

    The words of a choice may be long: its name keeps half of the room, as far as it needs it.
    """
    name = min(breadth(readable(row.label), em), room / 2)
    left = room - name
    asked = f" → {row.said_asked}" if row.said_asked else ""
    if asked:
        asked = _short(asked, em, round(max(left / 2, left - breadth(readable(row.said), em))))
        left -= breadth(asked, em)
    said = _short(row.said, em, round(left))
    label = _short(row.label, em, round(room - breadth(said, em) - breadth(asked, em)))
    return label, said, asked


class _Pen:
    """Draws rows: shapes larger than they will be, and over them the letters."""

    def __init__(self, size: tuple[int, int], em: int) -> None:
        self.em = em
        self.size = size
        self.spots: list[Spot] = []
        self._shapes = Image.new("RGB", (size[0] * FINER, size[1] * FINER), GROUND)
        self._draw = ImageDraw.Draw(self._shapes)
        self._texts: list[tuple[tuple[float, float], str, Colour, int, str] | Box] = []
        """Words, and places where those before are covered."""

    def finished(self) -> Image.Image:
        image = self._shapes.reduce(FINER)
        pen = ImageDraw.Draw(image)
        for each in self._texts:
            if len(each) == 4:
                pen.rectangle(each, fill=GROUND)
            else:
                at, text, colour, size, anchor = each
                pen.text(at, text, font=letters(size), fill=colour, anchor=anchor)
        return image

    def text(
        self, at: tuple[float, float], text: str, colour: Colour, size: float = 1.0,
        anchor: str = "lm",
    ) -> None:  # fmt: skip
        self._texts.append((at, text, colour, max(5, round(size * self.em)), anchor))

    def box(self, box: Box, colour: Colour, radius: float = 0.0) -> None:
        larger = tuple(FINER * edge for edge in box)
        self._draw.rounded_rectangle(larger, radius * FINER, fill=colour)

    def bar(self, box: Box, colour: Colour) -> None:
        """A box with round ends."""
        self.box(box, colour, min(box[2] - box[0], box[3] - box[1]) / 2)

    def dot(self, x: float, y: float, radius: float, colour: Colour, *, hollow: bool) -> None:
        box = tuple(FINER * edge for edge in (x - radius, y - radius, x + radius, y + radius))
        inside = GROUND if hollow else colour
        self._draw.ellipse(box, fill=inside, outline=colour, width=round(0.16 * self.em * FINER))

    def cover(self, box: Box) -> None:
        """Nothing of what was drawn there is seen any more."""
        self.box(box, GROUND)
        self._texts.append(box)

    def row(self, row: Row, y: float, tall: float) -> None:
        if isinstance(row, Heading):
            self._heading(row, y)
        elif isinstance(row, Sentence):
            self._words(row, y)
        elif isinstance(row, Buttons):
            self._buttons(row.all, y)
        elif isinstance(row, Slider):
            self._slider(row, y, tall)
        else:
            self._key(row, y, tall)

    def _heading(self, row: Heading, y: float) -> None:
        em, wide = self.em, self.size[0]
        middle = y + 1.35 * em
        self.text((em, middle), row.text, QUIET, 0.92)
        if row.note:
            self.text((wide - em, middle), row.note, FAINT, 0.8, "rm")
        self.box((em, y + 2.05 * em, wide - em, y + 2.05 * em + 1), LINE)

    def _words(self, row: Sentence, y: float) -> None:
        em, wide = self.em, self.size[0]
        for number, line in enumerate(_sentence(row, em, wide)):
            at = (em, y + (0.75 + 1.35 * number) * em)
            self.text(at, line, LIGHT if row.loud else QUIET, 1.0 if row.loud else 0.88)

    def _buttons(self, all: tuple[Button, ...], y: float) -> None:
        em, wide = self.em, self.size[0]
        gap = 0.4 * em
        natural = [breadth(b.text, em) + 1.2 * em for b in all]
        room = wide - 2 * em - gap * (len(all) - 1)
        more = (room - sum(natural)) / len(all)
        left = float(em)
        for button, needed in zip(all, natural, strict=True):
            box = (left, y + 0.35 * em, left + needed + more, y + 2.35 * em)
            stop = button.action.verb == "stop"
            self.box(box, RAISED_STOP if stop else RAISED if button.on else GROUND, 0.35 * em)
            colour = LIGHT if button.on else FAINT
            self.text(
                ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), button.text, colour, 1.0, "mm"
            )
            if button.on:
                self.spots.append(Spot(box, button.action))
            left = box[2] + gap

    def _slider(self, row: Slider, y: float, tall: float) -> None:
        em, wide = self.em, self.size[0]
        words, way = y + 0.85 * em, y + 1.95 * em
        left, right = 1.4 * em, wide - 1.4 * em
        end = float(wide - em)
        if row.release is not None:
            box = (end - 1.3 * em, y + 0.2 * em, end, y + 1.5 * em)
            self.box(box, RAISED, 0.3 * em)
            self.text(((box[0] + box[2]) / 2, words), "×", LIGHT, 1.0, "mm")
            self.spots.append(Spot(box, row.release))
            end = box[0] - 0.4 * em
        label, said, asked = _shared(row, em, end - 1.6 * em)
        self.text((end, words), asked, ASKED, 1.0, "rm")
        self.text((end - breadth(asked, em), words), said, LIGHT, 1.0, "rm")
        self.text((em, words), label, QUIET)
        half = 0.13 * em
        self.bar((left - half, way - half, right + half, way + half), TRACK)
        for stop in range(row.stops):
            x = left + (right - left) * stop / max(1, row.stops - 1)
            self.box((x - 0.5, way - 0.35 * em, x + 0.5, way + 0.35 * em), TRACK)
        x, goal = (left + (right - left) * share for share in (row.applied, row.asked))
        self.bar((left - half, way - half, x + half, way + half), MARK)
        if abs(goal - x) > 1:
            self.dot(goal, way, 0.4 * em, ASKED, hollow=True)
        self.dot(x, way, 0.42 * em, MARK, hollow=False)
        spot = (0.5 * em, way - 0.44 * em, wide - 0.5 * em, min(way + 0.8 * em, y + tall))
        self.spots.append(Spot(spot, row.action, (left, right)))

    def _key(self, row: Key, y: float, tall: float) -> None:
        em, wide = self.em, self.size[0]
        box = (em, y + 0.15 * em, wide - em, y + tall - 0.1 * em)
        middle = (box[1] + box[3]) / 2
        self.box(box, RAISED if row.on else GROUND, 0.35 * em)
        if row.key:
            self.text((1.9 * em, middle), row.key, MARK if row.on else FAINT, 1.0, "mm")
        end = wide - 1.6 * em
        if row.release is not None:
            back = (wide - 2.7 * em, middle - 0.7 * em, wide - 1.3 * em, middle + 0.7 * em)
            self.box(back, LINE, 0.3 * em)
            self.text(((back[0] + back[2]) / 2, middle), "×", LIGHT, 1.0, "mm")
            self.spots.append(Spot(back, row.release))
            end = back[0] - 0.5 * em
        colour = LIGHT if row.on else QUIET
        lines = _key_lines(row, em, wide)
        for number, line in enumerate(lines):
            at = middle + 1.25 * (number - (len(lines) - 1) / 2) * em
            self.text((2.9 * em, at), line, colour)
        self.text((end, middle), row.state, QUIET, 0.88, "rm")
        if row.on:
            right = box[2] if row.release is None else end
            self.spots.append(Spot((box[0], box[1], right, box[3]), row.action))

    def foot(self, lines: tuple[tuple[str, bool], ...], y: float) -> None:
        em, wide = self.em, self.size[0]
        if lines:
            # Just above what was covered.
            self.box((0, y - 1, wide, y), LINE)
        at = y + 1.15 * em
        rows = _foot_rows(Board("", (), lines), em, wide)
        for text, notice in rows:
            self.text((em, at), text, ASKED if notice else FAINT, 0.85)
            at += 1.25 * em
