"""Owns the ways a picture becomes rows of a terminal; knows neither link nor screen.

Half blocks need nothing of the terminal. A sixel is sent row by row, so that a row that did not
change costs nothing and a dialog over it hides it. Kitty's pictures live in cells of their own.
"""

from __future__ import annotations

import base64
import zlib
from typing import Protocol

import numpy as np
from PIL import Image
from rich.color import Color
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.strip import Strip

from controller.ui.terminal_pictures import PICTURE, Graphics
from controller.ui.widgets.half_blocks import MASK, HalfBlocks

COLOURS = 32
"""Colours of one sixel picture: enough for a scene, few enough to send five times a second."""
MOST_PIXELS = (640, 360)
"""Larger pictures are not sent by the patient's side; a larger place is filled from these."""
_PLACE = "\U0010eeee"
_ROWS = (
    "\u0305\u030d\u030e\u0310\u0312\u033d\u033e\u033f\u0346\u034a\u034b\u034c\u0350\u0351\u0352"
    "\u0357\u035b\u0363\u0364\u0365\u0366\u0367\u0368\u0369\u036a\u036b\u036c\u036d\u036e\u036f"
)
"""Kitty counts the rows of a picture by these marks above a letter."""
_PIECE = 4096
_STRETCHES = ((b"\x01", 64), (b"\x02", 32), (b"\x03", 16), (b"\x04", 8))


class Painter(Protocol):
    """One way to show a picture."""

    most: tuple[int, int]
    """Columns and rows of the largest picture it shows in time."""
    hz: float
    """Pictures a second that it is worth asking for."""

    def pixels(self, columns: int, rows: int) -> tuple[int, int]:
        """Width and height of the picture that fills so many cells."""
        ...

    def rows(self, rgb: bytes, columns: int, rows: int) -> list[bytes]:
        """What makes up each row; a row that is the same need not be drawn again."""
        ...

    def strip(self, y: int, row: bytes, columns: int) -> Strip:
        """One row as the terminal takes it."""
        ...


def painter(found: Graphics | None) -> Painter:
    """The best way that this terminal has."""
    if found is None:
        return Blocks()
    return Sixels(found.cell) if found.kind == "sixel" else Places(found.cell)


def asked(pixels: tuple[int, int]) -> tuple[int, int]:
    """The picture to ask the patient's side for, to fill so many pixels."""
    part = min(1.0, MOST_PIXELS[0] / pixels[0], MOST_PIXELS[1] / pixels[1])
    return max(16, round(pixels[0] * part)), max(16, round(pixels[1] * part))


class Blocks:
    """Two pixels in each cell."""

    most, hz = (96, 27), 5.0

    def __init__(self) -> None:
        self._blocks = HalfBlocks()

    def pixels(self, columns: int, rows: int) -> tuple[int, int]:
        """One across and two down in each cell."""
        return columns, 2 * rows

    def rows(self, rgb: bytes, columns: int, rows: int) -> list[bytes]:
        """Two lines of pixels each."""
        rgb, line = rgb.translate(MASK), 3 * columns
        return [rgb[2 * y * line : 2 * (y + 1) * line] for y in range(rows)]

    def strip(self, y: int, row: bytes, columns: int) -> Strip:
        """One row of "▀"."""
        return self._blocks.strip(row[: 3 * columns], row[3 * columns :])


class Sixels:
    """Pixels of the terminal itself, one row of cells at a time.

    They take time to make and are many to send: fewer pictures, and no larger ones, so that a key
    never waits behind them.
    """

    most, hz = (56, 16), 2.5

    def __init__(self, cell: tuple[int, int]) -> None:
        self._cell = cell

    def pixels(self, columns: int, rows: int) -> tuple[int, int]:
        """Every pixel of every cell."""
        return columns * self._cell[0], rows * self._cell[1]

    def rows(self, rgb: bytes, columns: int, rows: int) -> list[bytes]:
        """The sixels of each row, in the colours of the whole picture."""
        width, height = self.pixels(columns, rows)
        image = Image.frombytes("RGB", (width, height), rgb)
        few = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        numbers = np.asarray(few)
        palette = (few.getpalette() or [])[: 3 * COLOURS]
        high = self._cell[1]
        return [sixel(numbers[y * high : (y + 1) * high], palette) for y in range(rows)]

    def strip(self, y: int, row: bytes, columns: int) -> Strip:
        """Empty cells, then back to their beginning, and the pixels over them."""
        return _over_cells(row.decode("ascii"), columns)


def sixel(numbers: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], palette: list[int]) -> bytes:
    """Rows of colour numbers as sixels; pixels below the last row are left as they were."""
    used = [int(n) for n in np.unique(numbers)]
    out = [b'\x1bP0;1;0q"1;1;%d;%d' % (numbers.shape[1], numbers.shape[0])]
    for n in used:
        red, green, blue = (round(v * 100 / 255) for v in palette[3 * n : 3 * n + 3])
        out.append(b"#%d;2;%d;%d;%d" % (n, red, green, blue))
    for top in range(0, numbers.shape[0], 6):
        band = numbers[top : top + 6]
        weights = 1 << np.arange(band.shape[0], dtype=np.uint8)
        present = np.unique(band)
        # All colours of the band at once: one by one they would take a tenth of a second.
        bits = np.tensordot(weights, band[None] == present[:, None, None], axes=(0, 1)) + 63
        for n, line in zip(present.tolist(), bits.astype(np.uint8), strict=True):
            out.append(b"#%d%s$" % (n, _shortened(line.tobytes().rstrip(b"?"))))
        out.append(b"-")
    out.append(b"\x1b\\")
    return b"".join(out)


def _shortened(line: bytes) -> bytes:
    """Long stretches where this colour is not, told by their length."""
    for sign, count in _STRETCHES:
        line = line.replace(b"?" * count, sign)
    # Spelt out last: the one that is repeated would be taken for part of the next stretch.
    for sign, count in _STRETCHES:
        line = line.replace(sign, b"!%d?" % count)
    return line


class Places:
    """A picture that kitty keeps, in cells that stand for its parts."""

    most, hz = (96, 27), 5.0

    def __init__(self, cell: tuple[int, int]) -> None:
        self._cell = cell
        self._style = Style(color=Color.from_rgb(0, PICTURE >> 8, PICTURE & 0xFF))

    def pixels(self, columns: int, rows: int) -> tuple[int, int]:
        """Half of the pixels each way: the terminal itself smooths what lies between."""
        return columns * self._cell[0] // 2, rows * self._cell[1] // 2

    def rows(self, rgb: bytes, columns: int, rows: int) -> list[bytes]:
        """The first row brings the whole picture along; the others never change."""
        width, height = self.pixels(columns, rows)
        return [picture(rgb, (width, height), columns, rows), *[b""] * (rows - 1)]

    def strip(self, y: int, row: bytes, columns: int) -> Strip:
        """Cells that stand for this row of the picture."""
        cells = Segment(_PLACE + _ROWS[y] + _ROWS[0] + _PLACE * (columns - 1), self._style)
        if not row:
            return Strip([cells], columns)
        return Strip([_silent(row.decode("ascii")), cells], columns)


def picture(rgb: bytes, size: tuple[int, int], columns: int, rows: int) -> bytes:
    """The picture as kitty takes it, in pieces, to be shown where its cells are."""
    packed = base64.standard_b64encode(zlib.compress(rgb, 1))
    pieces = [packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE)]
    head = b"a=T,U=1,q=2,f=24,o=z,i=%d,s=%d,v=%d,c=%d,r=%d," % (PICTURE, *size, columns, rows)
    out = []
    for number, piece in enumerate(pieces):
        more = int(number < len(pieces) - 1)
        out.append(b"\x1b_G%sm=%d;%s\x1b\\" % (head if number == 0 else b"q=2,", more, piece))
    return b"".join(out)


def _over_cells(sequence: str, columns: int) -> Strip:
    back = f"\x1b7\x1b[{columns}D{sequence}\x1b8"
    return Strip([Segment(" " * columns), _silent(back)], columns)


def _silent(sequence: str) -> Segment:
    """A sequence that takes no room."""
    return Segment(sequence, None, [(ControlType.CURSOR_FORWARD, 0)])
