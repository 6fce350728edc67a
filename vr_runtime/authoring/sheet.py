"""Owns the contact sheet of a scenario and its single picture; knows no rule of scenarios.

Every level ahead and looking down, and each event at its most visible moment, with what the
scenario says of them: to be judged at a glance, or shown to a patient beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from scenarios.api.manifest import LEVELS, EventSpec
from vr_runtime.authoring.rehearsal import Rehearsal, rehearsed
from vr_runtime.language import _
from vr_runtime.loader import Found

TILE = (400, 225)
FINER = 2
"""Each tile is drawn this many times as large, then made smaller: smooth edges on any machine."""
COLUMNS = 4
DOWN = -35.0
"""Degrees: a look down that still has the near edge in it."""
LABEL_PX, LETTERS_PX = 34, 13
AT_LEVEL = 5
"""Events are shown here, or at the nearest level at which they may happen."""
EVERY_TICKS, ANYWAY = 15, 4
LONGEST_EVENT_S = 20.0
SEEN = 1.25
"""An event counts as seen where it changes the picture so many times as much as what moves anyway.
"""
THUMBNAIL = (480, 270)
_GROUND, _INK, _FAINT = (24, 26, 29), (236, 238, 240), (168, 174, 180)


class NotAPicture(Exception):
    """The file's name does not say which kind of picture it is to be."""


@dataclass(frozen=True)
class Tile:
    """One picture with its two lines."""

    image: Image.Image
    title: str
    words: str


def sheet(found: Found, out: Path, language: str, progress: Callable[[str], None]) -> None:
    """Write the contact sheet of a scenario.

    Raises:
        GraphicsUnavailable, RehearsalFailed: see `rehearsed`.
        NotAPicture: `out` ends neither in .png nor in .jpg.
        OSError: the file cannot be written.
    """
    _known(out)
    with rehearsed(found, _main_size()) as shown:
        levels = list(_levels(shown, found, language, progress))
        events = list(_events(shown, found, language, progress))
    _save(_laid_out(found, levels, events, language), out)


def thumbnail(found: Found, out: Path) -> None:
    """Write one picture of a scenario, from its middle; raises as `sheet` does."""
    _known(out)
    with rehearsed(found, _main_size()) as shown:
        shown.go_to(AT_LEVEL)
        _save(_picture(shown, size=THUMBNAIL), out)


def _known(out: Path) -> None:
    if out.suffix.lower() not in (".png", ".jpg", ".jpeg"):
        raise NotAPicture(_("{file} must end in .png or .jpg.").format(file=out))


def _save(image: Image.Image, out: Path) -> None:
    if out.suffix.lower() == ".png":
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=88)


def _main_size() -> tuple[int, int]:
    # Only the pictures that are kept are drawn large.
    return TILE[0] // 8, TILE[1] // 8


def _picture(shown: Rehearsal, *, pitch: float = 0.0, size: tuple[int, int] = TILE) -> Image.Image:
    large = (size[0] * FINER, size[1] * FINER)
    drawn = Image.frombytes("RGB", large, shown.picture(large, pitch=pitch))
    return drawn.resize(size, Image.Resampling.BOX)


def _levels(
    shown: Rehearsal, found: Found, language: str, progress: Callable[[str], None]
) -> Iterator[Tile]:
    for level in range(LEVELS):
        progress(_("level {level}").format(level=level))
        shown.go_to(level)
        title = _("Level {level}").format(level=level)
        words = found.manifest.levels[level].get(language)
        yield Tile(_picture(shown), title, words)
        yield Tile(_picture(shown, pitch=DOWN), _("{what}, looking down").format(what=title), "")


def _events(
    shown: Rehearsal, found: Found, language: str, progress: Callable[[str], None]
) -> Iterator[Tile]:
    for event in found.manifest.events:
        progress(event.label.get(language))
        level = _level_for(event, found)
        shown.go_to(level)
        image, times = _most_visible(shown, event)
        title = f"{event.label.get(language)} · {_('Level {level}').format(level=level)}"
        yield Tile(image, title, "" if times >= SEEN else _("heard, and hardly seen"))


def _level_for(event: EventSpec, found: Found) -> int:
    """The level nearest to `AT_LEVEL` at which an event may happen, the higher one of two."""
    allowed = [n for n in range(LEVELS) if found.manifest.allowed_at(event.name, n)]
    return min(allowed, key=lambda n: (abs(n - AT_LEVEL), -n), default=event.min_level)


def _most_visible(shown: Rehearsal, event: EventSpec) -> tuple[Image.Image, float]:
    """The moment that differs most from the one before it began, beside what moves anyway."""
    before, anyway = _picture(shown), 0.0
    for _moment in range(ANYWAY):
        shown.pass_time(EVERY_TICKS)
        anyway = max(anyway, _change(before, _picture(shown)))
    best, most = _picture(shown), -1.0
    before = best
    shown.begin(event.name)
    for _moment in range(round(LONGEST_EVENT_S * 30 / EVERY_TICKS)):
        shown.pass_time(EVERY_TICKS)
        if not shown.happening(event.name):
            break
        image = _picture(shown)
        change = _change(before, image)
        if change > most:
            best, most = image, change
    return best, most / max(1.0, anyway)


def _change(one: Image.Image, other: Image.Image) -> float:
    """How much the most changed 1 % of the picture has changed, 0 to 255.

    The mean of all of it would lose a bird before a city.
    """
    counts: list[int] = ImageChops.difference(one, other).convert("L").histogram()
    left = wanted = max(1, sum(counts) // 100)
    total = 0
    for value in range(len(counts) - 1, -1, -1):
        taken = min(left, counts[value])
        total += taken * value
        left -= taken
    return total / wanted


def _laid_out(found: Found, levels: list[Tile], events: list[Tile], language: str) -> Image.Image:
    """All tiles in rows, levels first; events begin a row of their own."""
    rows = [levels[k : k + COLUMNS] for k in range(0, len(levels), COLUMNS)]
    rows += [events[k : k + COLUMNS] for k in range(0, len(events), COLUMNS)]
    wide, high = TILE[0], TILE[1] + LABEL_PX
    whole = Image.new("RGB", (COLUMNS * wide, len(rows) * high + LABEL_PX), _GROUND)
    draw = ImageDraw.Draw(whole)
    font = ImageFont.load_default(LETTERS_PX)
    manifest = found.manifest
    head = f"{manifest.title.get(language)} · {manifest.id} {manifest.version}"
    draw.text((8, 8), f"{head} · {found.sha256[:12]}", fill=_INK, font=font)
    for row, tiles in enumerate(rows):
        for column, tile in enumerate(tiles):
            x, y = column * wide, row * high + LABEL_PX
            whole.paste(tile.image, (x, y))
            draw.text((x + 6, y + TILE[1] + 1), tile.title, fill=_INK, font=font)
            words = _cut(tile.words, font, wide - 12)
            draw.text((x + 6, y + TILE[1] + 16), words, fill=_FAINT, font=font)
    return whole


def _cut(words: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, most: int) -> str:
    """As much as fits into so many pixels."""
    if font.getlength(words) <= most:
        return words
    while words and font.getlength(words + "…") > most:
        words = words[:-1]
    return words.rstrip() + "…"
