"""Owns the drawing of the session over time; knows not where the history comes from.

One vertical scale serves both: level 0 to 10 at the left, distress 0 to 100 at the right. A rating
without an answer breaks the line and stands hollow on the axis: nothing is carried over a gap.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from controller.language import _, language
from controller.session.now import Band, Now
from controller.ui.asking_scene import event_letters, task_letters
from controller.ui.braille import Braille
from controller.ui.lettering import clock
from controller.ui.widgets.phase_bar import GLYPHS, WORDS
from vr_runtime.wire.acts import Phase

Cell = tuple[str, Style]
LEFT, RIGHT = 4, 5
SPANS_MIN = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240)
BANDS = {
    Phase.HOLD: "hold",
    Phase.PAUSE: "pause",
    Phase.SAFE_PLACE: "safe",
    Phase.STOPPED: "stopped",
}
"""Phases drawn as a band, by the name of their colours."""
BLOCKS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class History:
    """The session so far, times in seconds."""

    now_s: int
    span_s: float
    levels: tuple[tuple[float, float], ...]
    ratings: tuple[tuple[float, int | None], ...]
    bands: tuple[Band, ...]
    fired: tuple[tuple[float, str], ...]
    due: tuple[float, float] | None


def span_for(at_s: float) -> float:
    """Seconds that the drawing spans: the first usual length that leaves a quarter free."""
    wanted = at_s * 1.25
    found = next((m * 60.0 for m in SPANS_MIN if m * 60.0 >= wanted), None)
    return wanted if found is None else found


class Timeline(Widget):
    """Level as filled steps, ratings as joined points, bands, events and the time to come."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"timeline--{name}"
        for name in (
            *("level", "suds", "over", "quiet", "rule"),
            *("hold", "pause", "safe", "stopped", "future"),
        )
    }

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._history: History | None = None
        self._rows: list[Strip] = []
        self._key: object = None
        self._inks: dict[object, Style] = {}

    def show(self, now: Now) -> None:
        """Take the newest history; it is drawn again once a second at most."""
        session, level, distress, none = _("SESSION"), _("level"), _("distress"), _("no answer")
        legend = f"{session}   [$level]▆[/] {level}   [$suds]●─[/] {distress}   [$suds]○[/] {none}"
        if self.border_title != legend:
            self.border_title = legend
        due = None
        if now.due is not None:
            opens = now.at_s + now.due.opens_in_s
            due = (round(opens), round(now.at_s + now.due.closes_in_s))
        letters = event_letters(now) | task_letters(now)
        history = History(
            int(now.at_s),
            span_for(now.at_s),
            now.levels,
            tuple((r.at_s, r.suds) for r in now.ratings),
            now.bands,
            tuple((at, letters.get(name, "?").upper()) for at, name in now.fired),
            due,
        )
        if history != self._history:
            self._history = history
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the picture, which is made once for each history, size, theme and language."""
        key = (self._history, self.size, self.app.theme, language())
        if key != self._key:
            self._inks.clear()
            self._rows, self._key = self._draw(), key
        if y < len(self._rows):
            return self._rows[y]
        # never without a style: a terminal without colours filters styles and takes no None
        return Strip.blank(self.size.width, self.get_component_rich_style("timeline--quiet"))

    def _draw(self) -> list[Strip]:
        """Plot, events and time axis; the last two share a row where rows lack."""
        history, (width, height) = self._history, self.size
        merged = height < 7
        plot_w, plot_h = width - LEFT - RIGHT, height - (1 if merged else 2)
        if history is None or plot_w < 10 or plot_h < 2:
            return []
        ink = {
            name.split("--")[1]: self.get_component_rich_style(name)
            for name in self.COMPONENT_CLASSES
        }
        scale = plot_w / history.span_s
        grid = self._ground(history, plot_w, plot_h, scale, ink)
        self._bands(history, grid, scale, ink)
        self._ratings(history, grid, scale, ink)
        rows = [self._axis(y, plot_h, grid[y], ink) for y in range(plot_h)]
        marks = self._marks(history, plot_w, scale, ink)
        times = self._times(history, plot_w, scale, ink)
        if merged:
            rows.append(
                [
                    mark if time[0] == " " and mark[0] in "▲◔┄" else time
                    for mark, time in zip(marks, times, strict=True)
                ]
            )
        else:
            rows += [marks, times]
        ground = ink["quiet"]
        return [Strip(_join(row)).adjust_cell_length(width, ground) for row in rows]

    def _ground(
        self, history: History, width: int, height: int, scale: float, ink: dict[str, Style]
    ) -> list[list[Cell]]:
        """Bands, the filled steps of the level in eighths of a row, and the time to come."""
        times = [at for at, _level in history.levels]
        now_x = int(history.now_s * scale)
        columns: list[tuple[int, Style]] = []
        for x in range(width):
            at = (x + 0.5) / scale
            step = bisect_right(times, at) - 1
            level = history.levels[step][1] if step >= 0 and x <= now_x else 0.0
            band = next((b for b in history.bands if _covers(b, at, history.now_s)), None)
            name = BANDS.get(band.phase) if band is not None and x <= now_x else None
            back = ink[name] if name else ink["future"] if x > now_x else ink["level"]
            columns.append((round(level / 10 * height * 8), back))
        ruled = {0, height // 2} if height >= 5 else {0}
        fills = {id(back): ink["level"] + Style(bgcolor=back.bgcolor) for _e, back in columns}
        rules = {id(back): ink["rule"] + Style(bgcolor=back.bgcolor) for _e, back in columns}
        grid: list[list[Cell]] = []
        for y in range(height):
            row: list[Cell] = []
            for x, (eighths, back) in enumerate(columns):
                part = min(8, max(0, eighths - (height - 1 - y) * 8))
                if part:
                    row.append((BLOCKS[part], fills[id(back)]))
                else:
                    row.append(("┈" if y in ruled and x % 2 else " ", rules[id(back)]))
            if now_x < width:
                row[now_x] = ("│", ink["quiet"])
            grid.append(row)
        return grid

    def _bands(
        self, history: History, grid: list[list[Cell]], scale: float, ink: dict[str, Style]
    ) -> None:
        """The name of each band in its first row, or its glyph where it is narrow."""
        width = len(grid[0])
        for band in history.bands:
            if band.phase not in BANDS:
                continue
            end = history.now_s if band.to_s is None else band.to_s
            left, right = round(band.from_s * scale), min(width, round(end * scale))
            label = _(WORDS[band.phase]).lower()
            if right - left <= len(label) + 1:
                label = GLYPHS[band.phase]
            style = ink[BANDS[band.phase]]
            for i, character in enumerate(label):
                if left + i < width:
                    grid[0][left + i] = (character, style)

    def _ratings(
        self, history: History, grid: list[list[Cell]], scale: float, ink: dict[str, Style]
    ) -> None:
        """Joined points; a rating without an answer breaks the line."""
        height = len(grid)

        def dot(at: float, value: int) -> tuple[int, int]:
            y = round((1 - value / 100) * (height * 4 - 1))
            return int(at * scale * 2), max(0, min(height * 4 - 1, y))

        thin = Braille()
        for (at, value), (later, following) in pairwise(history.ratings):
            if value is not None and following is not None:
                thin.line(dot(at, value), dot(later, following))
        for (x, y), character in thin.letters().items():
            self._over(grid, x, y, character, ink["suds"])
        bold = ink["suds"] + Style(bold=True)
        for at, value in history.ratings:
            if value is None:
                self._over(grid, int(at * scale), height - 1, "○", bold)
                continue
            x, y = dot(at, value)
            self._over(grid, x >> 1, y >> 2, "●", bold)
            if height >= 9:
                row = (y >> 2) - 1 if y >> 2 else 1
                for i, character in enumerate(str(value)):
                    self._over(grid, (x >> 1) + i, row, character, bold)

    def _over(self, grid: list[list[Cell]], x: int, y: int, character: str, style: Style) -> None:
        """Put a mark over the ground; a full block becomes the ground that the theme has for it."""
        if not (0 <= y < len(grid) and 0 <= x < len(grid[y])):
            return
        under, ground = grid[y][x]
        over = self.get_component_rich_style("timeline--over").bgcolor
        back = over if under == "█" else ground.bgcolor
        key = (style.color, back, style.bold)
        if key not in self._inks:
            self._inks[key] = Style(color=style.color, bgcolor=back, bold=style.bold)
        grid[y][x] = (character, self._inks[key])

    @staticmethod
    def _axis(y: int, height: int, row: list[Cell], ink: dict[str, Style]) -> list[Cell]:
        """Level at the left, distress at the right; at top, middle and bottom."""
        labels = {0: ("10", "100"), height - 1: ("0", "0")}
        if height >= 5:
            labels[height // 2] = ("5", "50")
        left, right = labels.get(y, ("", ""))
        return [
            *((c, ink["quiet"]) for c in f"{left:>{LEFT - 1}}"),
            ("┤" if left else "│", ink["rule"]),
            *row,
            ("├" if right else "│", ink["rule"]),
            *((c, ink["suds"]) for c in f"{right:<{RIGHT - 1}}"),
        ]

    @staticmethod
    def _marks(history: History, width: int, scale: float, ink: dict[str, Style]) -> list[Cell]:
        """Events by their letter, and the window in which the next rating is due."""
        row: list[Cell] = [("─", ink["rule"])] * width
        if history.due is not None:
            start, end = (max(0, round(at * scale)) for at in history.due)
            for x in range(start, min(width, max(end, start + 1))):
                row[x] = ("┄", ink["suds"])
            if start < width:
                row[start] = ("◔", ink["suds"])
        for at, letter in history.fired:
            x = int(at * scale)
            for i, character in enumerate(f"▲{letter}"):
                if x + i < width:
                    row[x + i] = (character, ink["quiet"])
        return [
            *[(" ", ink["rule"])] * (LEFT - 1),
            ("└", ink["rule"]),
            *row,
            ("┘", ink["rule"]),
        ] + [(" ", ink["rule"])] * (RIGHT - 1)

    @staticmethod
    def _times(history: History, width: int, scale: float, ink: dict[str, Style]) -> list[Cell]:
        """Minutes at round distances, and the time now."""
        minutes = history.span_s / 60
        every = next(
            (e for e in (1, 2, 5, 10, 15, 30, 60) if e * 60 * scale >= 8 and minutes / e <= 20), 60
        )
        now = LEFT + int(history.now_s * scale)
        total = width + LEFT + RIGHT
        text = [" "] * (total + 8)
        told = clock(history.now_s)
        shown = max(0, now - 2)
        for minute in range(0, int(minutes) + 1, every):
            label = str(minute) if minute else "0 " + _("min")
            start = LEFT + int(minute * 60 * scale) - (len(label) // 2 if minute else 0)
            if start + len(label) < shown or start > shown + len(told):
                text[start : start + len(label)] = label
        text[shown : shown + len(told)] = told
        return [(character, ink["quiet"]) for character in text[:total]]


def _covers(band: Band, at: float, now_s: float) -> bool:
    return band.from_s <= at < (now_s + 1e9 if band.to_s is None else band.to_s)


def _join(row: list[Cell]) -> list[Segment]:
    """Neighbours of one style become one segment, so that a row costs few escapes."""
    segments: list[Segment] = []
    text, style = "", row[0][1]
    for character, cell_style in row:
        if cell_style is not style and text:
            segments.append(Segment(text, style))
            text = ""
        text, style = text + character, cell_style
    return [*segments, Segment(text, style)]
