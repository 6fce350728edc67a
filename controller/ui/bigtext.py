"""Owns letters high enough to be read from two metres; knows nothing of Textual.

A small pixel font, six pixels high with the first row for accents. A pixel is one column by half a
row, so about square, and a word is three rows of half blocks.
"""

from __future__ import annotations

from functools import cache

_ACCENTS = {"Ê": ("E", ".#."), "Û": ("U", ".#."), "É": ("E", "..#"), "È": ("E", "#..")}
_SHAPES = (
    "A ###/#.#/###/#.#/#.#|B ##./#.#/##./#.#/##.|C ###/#../#../#../###|D ##./#.#/#.#/#.#/##."
    "|E ###/#../##./#../###|F ###/#../##./#../#..|G ###/#../#.#/#.#/###|H #.#/#.#/###/#.#/#.#"
    "|I #/#/#/#/#|J ..#/..#/..#/#.#/###|K #.#/#.#/##./#.#/#.#|L #../#../#../#../###"
    "|M #...#/##.##/#.#.#/#...#/#...#|N #..#/##.#/#.##/#..#/#..#|O ###/#.#/#.#/#.#/###"
    "|P ###/#.#/###/#../#..|Q ###/#.#/#.#/###/..#|R ##./#.#/##./#.#/#.#|S ###/#../###/..#/###"
    "|T ###/.#./.#./.#./.#.|U #.#/#.#/#.#/#.#/###|V #.#/#.#/#.#/#.#/.#."
    "|W #...#/#...#/#.#.#/##.##/#...#"
    "|X #.#/#.#/.#./#.#/#.#|Y #.#/#.#/.#./.#./.#.|Z ###/..#/.#./#../###"
    "|0 ###/#.#/#.#/#.#/###|1 .#./##./.#./.#./###|2 ###/..#/###/#../###|3 ###/..#/.##/..#/###"
    "|4 #.#/#.#/###/..#/..#|5 ###/#../###/..#/###|6 ###/#../###/#.#/###|7 ###/..#/..#/..#/..#"
    "|8 ###/#.#/###/#.#/###|9 ###/#.#/###/..#/###|? ###/..#/.##/.../.#.|- .../.../###/.../..."
    "|– ..../..../####/..../....|. ./././.#/.#|, ./././.#/#."
    "|: ./#/./#/.|… ...../...../...../...../#.#.#"
    "|▶ #..../###../#####/###../#....|◆ ..#../.###./#####/.###./..#.."
    "|‖ ##.##/##.##/##.##/##.##/##.##|⌂ ..#../.###./#####/##.##/##.##|■ ####/####/####/####/####"
    "|○ .##./#..#/#..#/#..#/.##.|◔ .###./#.###/#.###/#...#/.###.|● .##./####/####/####/.##."
)


@cache
def _shapes() -> dict[str, tuple[str, ...]]:
    font = {" ": ("...", *[".."] * 5)}
    for entry in _SHAPES.split("|"):
        rows = entry[2:].split("/")
        wide = max(len(row) for row in rows)
        font[entry[0]] = ("." * wide, *(row.ljust(wide, ".") for row in rows))
    for accented, (letter, accent) in _ACCENTS.items():
        font[accented] = (accent, *font[letter][1:])
    return font


def _pixels(text: str) -> list[str]:
    font = _shapes()
    shapes = [font.get(character, font["?"]) for character in text]
    return [".".join(s[row][: len(s[1])].ljust(len(s[1]), ".") for s in shapes) for row in range(6)]


def big(text: str) -> list[str]:
    """Three rows of half blocks, all of one length; a character without a shape reads "?"."""
    pixels = _pixels(text)
    block = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}
    return [
        "".join(block[a + b] for a, b in zip(pixels[y], pixels[y + 1], strict=True))
        for y in (0, 2, 4)
    ]


def huge(text: str) -> list[str]:
    """Five rows of full blocks, twice as wide; for figures, which carry no accents."""
    return ["".join("██" if dot == "#" else "  " for dot in row) for row in _pixels(text)[1:]]
