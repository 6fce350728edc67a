"""Owns the pictures of a course: steps over sessions, and the distress of each session, small.

It knows the sessions and their figures, and neither page nor file. Nothing is joined from one
session to another: between them lies another day.
"""

from __future__ import annotations

from collections.abc import Sequence

from controller.language import _, language
from controller.report import ink
from controller.report.chart import EVERYTHING, Manner, legend, runs_of
from controller.report.ink import Mark, Picture
from controller.report.wording import day, given
from controller.session.between import Sitting
from controller.session.summary import in_trial

WIDTH, LEFT, RIGHT = 760.0, 46.0, 744.0
TOP, BOTTOM = 34.0, 184.0
"""The panel of distress, 100 to 0."""
LEVEL_TOP, LEVEL_BOTTOM = 224.0, 304.0
"""The panel of the level, 10 to 0."""
NUMBERS = 320.0
LEGEND = 352.0
WIDEST_SLOT = 84.0
"""A session is given no more room than this, so that two do not stand at the two ends."""
ROOM_FOR_NUMBER = 40.0

ACROSS = 3
"""Small pictures in one row."""
SMALL_LEFT, SMALL_GAP = 30.0, 36.0
SMALL_TOP, SMALL_BOTTOM, SMALL_HEIGHT = 26.0, 126.0, 152.0


def steps(course: Sequence[Sitting], name: str, manner: Manner = EVERYTHING) -> Picture:
    """Highest level, peak and end of each session of one scenario."""
    return _Steps(course, manner).picture(name)


class _Steps:
    def __init__(self, course: Sequence[Sitting], manner: Manner) -> None:
        self._course, self._manner = course, manner
        self._slot = min((RIGHT - LEFT) / max(len(course), 1), WIDEST_SLOT)
        # Where sessions stand close, every second, third ... bears its numbers; the table has all.
        self._every = next(n for n in range(1, 10_000) if n * self._slot >= ROOM_FOR_NUMBER)

    def picture(self, name: str) -> Picture:
        signs, height = legend(self._legend(), LEFT, RIGHT, LEGEND)
        marks = (*self._axes(), *self._levels(), *self._distress(), *signs)
        plain = self._manner.plain
        described = (
            _("For each session the highest number, the last number and the highest level.")
            if plain
            else _("For each session peak and end of distress, and the highest level reached.")
        )
        title = self._course[0].history.header.scenario.title.get(language())
        return Picture(name, title, described, WIDTH, height, marks)

    def _x(self, index: int) -> float:
        return LEFT + self._slot * (index + 0.5)

    def _suds_y(self, suds: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * suds / 100

    def _level_y(self, level: float) -> float:
        return LEVEL_BOTTOM - (LEVEL_BOTTOM - LEVEL_TOP) * level / 10

    def _axes(self) -> list[Mark]:
        scale = self._manner.scale
        top = _("Your ratings, 0 to {top}") if self._manner.plain else _("Distress, 0 to {top}")
        drawn: list[Mark] = [
            ink.Text(LEFT, 12, top.format(top=given(100, scale)), "title"),
            ink.Text(LEFT, LEVEL_TOP - 14, _("Highest level, 0 to 10"), "title"),
            ink.Text(RIGHT, NUMBERS + 13, _("number of the session"), "label right"),
        ]
        for suds in (0, 25, 50, 75, 100):
            y = self._suds_y(suds)
            drawn.append(ink.line(LEFT, y, RIGHT, y, "axis" if suds == 0 else "grid"))
            drawn.append(ink.Text(LEFT - 8, y + 4, given(suds, scale), "label right"))
        for level in (0, 5, 10):
            y = self._level_y(level)
            drawn.append(ink.line(LEFT, y, RIGHT, y, "axis" if level == 0 else "grid"))
            drawn.append(ink.Text(LEFT - 8, y + 4, str(level), "label right"))
        for index, sitting in enumerate(self._course):
            if index % self._every == 0:
                words = str(sitting.number)
                drawn.append(ink.Text(self._x(index), NUMBERS, words, "label middle"))
        return drawn

    def _levels(self) -> list[Mark]:
        drawn: list[Mark] = []
        for index, sitting in enumerate(self._course):
            highest = sitting.summary.highest
            if highest is None:
                continue
            x, y, half = self._x(index), self._level_y(highest), min(self._slot * 0.3, 16.0)
            simulated = " simulated" if sitting.history.header.simulated else ""
            box = ink.Box(x - half, y, 2 * half, LEVEL_BOTTOM - y, f"step{simulated}")
            drawn.append(box)
            if index % self._every == 0:
                drawn.append(ink.Text(x, y - 5, str(highest), "value"))
        return drawn

    def _distress(self) -> list[Mark]:
        drawn: list[Mark] = []
        for index, sitting in enumerate(self._course):
            x, figures = self._x(index), sitting.summary.session
            if figures.peak is None or figures.end is None:
                drawn.append(ink.Circle(x, BOTTOM, 4.5, "missing"))
                continue
            peak, end = self._suds_y(figures.peak), self._suds_y(figures.end)
            drawn.append(ink.line(x, peak, x, end, "fall"))
            drawn.append(ink.diamond(x, end, 5, "rating apart"))
            drawn.append(ink.Circle(x, peak, 4.5, "rating"))
            if index % self._every:
                continue
            scale = self._manner.scale
            drawn.append(ink.Text(x, max(peak - 9, 24), given(figures.peak, scale), "value"))
            if figures.end != figures.peak:
                words = given(figures.end, scale)
                drawn.append(ink.Text(x + 9, min(end + 4, BOTTOM - 4), words, "value beside"))
        return drawn

    def _legend(self) -> list[tuple[float, tuple[Mark, ...], str]]:
        plain = self._manner.plain
        words = (
            (_("highest number"), _("last number"))
            if plain
            else (_("peak in trials"), _("end, the last rating"))
        )
        entries: list[tuple[float, tuple[Mark, ...], str]] = [
            (10.0, (ink.Circle(5, -4, 4.5, "rating"),), words[0]),
            (10.0, (ink.diamond(5, -4, 5, "rating apart"),), words[1]),
        ]
        if any(s.summary.session.peak is None for s in self._course):
            missing = (ink.Circle(5, -4, 4.5, "missing"),)
            entries.append((10.0, missing, _("fewer than two ratings")))
        entries.append((18.0, (ink.Box(0, -11, 18, 13, "step"),), _("highest level")))
        if any(s.history.header.simulated for s in self._course):
            box = (ink.Box(0, -11, 18, 13, "step simulated"),)
            entries.append((18.0, box, _("simulated patient")))
        return entries


def multiples(course: Sequence[Sitting], manner: Manner = EVERYTHING) -> tuple[Picture, ...]:
    """The distress of each session over its minutes, all to one scale; a picture for each row."""
    longest_s = max(60.0, *(s.history.duration_s for s in course))
    return tuple(
        _row(course[start : start + ACROSS], longest_s, start // ACROSS + 1, manner)
        for start in range(0, len(course), ACROSS)
    )


def _row(row: Sequence[Sitting], longest_s: float, number: int, manner: Manner) -> Picture:
    wide = (WIDTH - SMALL_LEFT - (ACROSS - 1) * SMALL_GAP - 8) / ACROSS
    marks: list[Mark] = []
    for column, sitting in enumerate(row):
        left = SMALL_LEFT + column * (wide + SMALL_GAP)
        marks += _small(sitting, left, left + wide, longest_s, manner)
    title = _("Sessions {first} to {last}").format(first=row[0].number, last=row[-1].number)
    described = _("Distress over time in each of these sessions; all values are in their reports.")
    return Picture(f"small-{number}", title, described, WIDTH, SMALL_HEIGHT, tuple(marks))


def _small(
    sitting: Sitting, left: float, right: float, longest_s: float, manner: Manner
) -> list[Mark]:
    """One small picture between two edges."""
    history = sitting.history

    def x(seconds: float) -> float:
        return left + (right - left) * min(max(seconds, 0.0), longest_s) / longest_s

    def y(suds: float) -> float:
        return SMALL_BOTTOM - (SMALL_BOTTOM - SMALL_TOP) * suds / 100

    words = f"{sitting.number} · {day(history.header.opened)}"
    if history.header.simulated:
        words = f"{words} · {_('simulated')}"
    marks: list[Mark] = [ink.Text(left, 14, words, "title")]
    for suds in (0, 50, 100):
        marks.append(ink.line(left, y(suds), right, y(suds), "axis" if suds == 0 else "grid"))
        label = given(suds, manner.scale)
        marks.append(ink.Text(left - 5, y(suds) + 4, label, "label right"))
    minutes = longest_s / 60
    every = next((m for m in (1, 2, 5, 10, 15, 30) if minutes / m <= 5), 60)
    for minute in range(0, int(minutes) + 1, every):
        marks.append(ink.Text(x(minute * 60.0), SMALL_BOTTOM + 15, str(minute), "label middle"))
    levels = [(x(s), y(10 * level)) for s, level in history.levels]
    if levels:
        outline = [(levels[0][0], SMALL_BOTTOM), *levels, (levels[-1][0], SMALL_BOTTOM)]
        marks.append(ink.area(outline, "level-fill"))
    for run in runs_of(history):
        if len(run) > 1:
            points = [(x(r.at_s), y(r.suds or 0)) for r in run]
            marks.append(ink.path(points, "distress thin"))
    for rating in history.ratings:
        if rating.suds is None:
            marks.append(ink.Circle(x(rating.at_s), SMALL_BOTTOM, 3.0, "missing"))
        elif in_trial(rating):
            marks.append(ink.Circle(x(rating.at_s), y(rating.suds), 3.25, "rating thin"))
        else:
            marks.append(ink.diamond(x(rating.at_s), y(rating.suds), 3.5, "rating apart thin"))
    return marks
