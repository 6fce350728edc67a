"""Owns a canvas of thin lines, two by four dots a cell; knows not what the lines mean."""

from __future__ import annotations

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


class Braille:
    """Dots gathered into cells. Coordinates are dots, x to the right and y down."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], int] = {}

    def dot(self, x: int, y: int) -> None:
        """Set one dot."""
        key = (x >> 1, y >> 2)
        self.cells[key] = self.cells.get(key, 0) | _BITS[y & 3][x & 1]

    def line(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Join two dots by a straight line."""
        (x0, y0), (x1, y1) = start, end
        count = max(abs(x1 - x0), abs(y1 - y0), 1)
        for i in range(count + 1):
            self.dot(x0 + round((x1 - x0) * i / count), y0 + round((y1 - y0) * i / count))

    def letters(self) -> dict[tuple[int, int], str]:
        """The character of each cell that has a dot."""
        return {cell: chr(0x2800 + bits) for cell, bits in self.cells.items()}
