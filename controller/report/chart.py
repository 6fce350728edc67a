"""Owns the picture of a session: distress over applied level, as marks for page and print.

It knows the history, and neither page nor file. It draws only what was rated: ratings of one trial
are joined, a missing one leaves the line open, and nothing is joined across a pause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.language import _, mark
from controller.report import ink
from controller.report.ink import Mark, Moved, Picture
from controller.report.svg import svg
from controller.report.wording import event, given, length
from controller.session.documents import Scale
from controller.session.history import RatingLine, SessionHistory
from controller.session.summary import in_trial, longest_between_s, ratings_of
from vr_runtime.wire.acts import Phase

WIDTH = 760.0
LEFT, RIGHT = 46.0, 744.0
TOP, BOTTOM = 34.0, 224.0
"""The panel of distress, 100 to 0."""
EVENTS = 246.0
"""The line on which events stand."""
LEVEL_TOP, LEVEL_BOTTOM = 266.0, 346.0
"""The panel of the level, 10 to 0."""
TICKS = 362.0
LEGEND = 394.0
"""First line of the legend; it takes as many as it needs."""
LEGEND_LINE = 20.0

CROWD = 24
"""Beyond so many ratings not every one bears its number; the table below holds them all."""
LEAST_BETWEEN = 8.0
"""Then, room between two numbers."""

BANDS: Mapping[Phase, str] = {
    Phase.HOLD: mark("Hold"),
    Phase.PAUSE: mark("Pause"),
    Phase.SAFE_PLACE: mark("Safe place"),
    Phase.STOPPED: mark("Stop"),
}


PLAIN_BANDS: Mapping[Phase, str] = {**BANDS, Phase.HOLD: mark("Standing still")}
"""The same in a patient's words."""


@dataclass(frozen=True)
class Manner:
    """For whom a picture is drawn."""

    scale: Scale = "0-100"
    """On which distress is written; heights are the same on both."""
    plain: bool = False
    """In a patient's words, without what concerns the machines."""


EVERYTHING = Manner()


def chart(history: SessionHistory, described: str) -> str:
    """The picture as an SVG element.

    Args:
        history: the session.
        described: what it shows in one sentence, for who cannot see it.
    """
    return svg(drawn(history, described))


def drawn(history: SessionHistory, described: str, manner: Manner = EVERYTHING) -> Picture:
    """The picture of a session; `described` says in one sentence what it shows."""
    return _Chart(history, manner).picture(described)


class _Chart:
    """One chart: seconds to x, distress and level to y."""

    def __init__(self, history: SessionHistory, manner: Manner) -> None:
        self._history = history
        self._manner = manner
        self._bands_named = PLAIN_BANDS if manner.plain else BANDS
        self._span_s = max(history.duration_s, 60.0)

    def picture(self, described: str) -> Picture:
        signs, height = legend(self._legend(), LEFT, RIGHT, LEGEND)
        marks = [
            *self._bands(),
            *self._axes(),
            *self._level(),
            *self._events(),
            *self._breaks(),
            *self._distress(),
            *signs,
        ]
        title = _("Distress and level over the session")
        return Picture("chart", title, described, WIDTH, height, tuple(marks))

    def _x(self, seconds: float) -> float:
        return LEFT + (RIGHT - LEFT) * min(max(seconds, 0.0), self._span_s) / self._span_s

    def _bands(self) -> list[Mark]:
        drawn: list[Mark] = []
        free_from = 0.0
        for band in self._history.bands:
            if band.phase not in BANDS:
                continue
            x, end = self._x(band.from_s), self._x(band.to_s)
            drawn.append(ink.Box(x, TOP, end - x, LEVEL_BOTTOM - TOP, _band(band.phase)))
            words = _(self._bands_named[band.phase])
            half = ink.width_of(words) / 2
            middle = min(max((x + end) / 2, LEFT + half), RIGHT - half)
            if middle - half > free_from:
                drawn.append(ink.Text(middle, TOP - 8, words, "label band-name"))
                free_from = middle + half + 6
        return drawn

    def _axes(self) -> list[Mark]:
        scale = self._manner.scale
        top = _("Your ratings, 0 to {top}") if self._manner.plain else _("Distress, 0 to {top}")
        drawn: list[Mark] = [
            ink.Text(LEFT, 12, top.format(top=given(100, scale)), "title"),
            ink.Text(LEFT, LEVEL_TOP - 6, _("Level, 0 to 10"), "title"),
        ]
        for suds in (0, 25, 50, 75, 100):
            y = _suds_y(suds)
            drawn.append(ink.line(LEFT, y, RIGHT, y, "axis" if suds == 0 else "grid"))
            drawn.append(ink.Text(LEFT - 8, y + 4, given(suds, scale), "label right"))
        for level in (0, 5, 10):
            y = _level_y(level)
            drawn.append(ink.line(LEFT, y, RIGHT, y, "axis" if level == 0 else "grid"))
            drawn.append(ink.Text(LEFT - 8, y + 4, str(level), "label right"))
        minutes = self._span_s / 60
        every = next((m for m in (1, 2, 5, 10, 15, 30) if minutes / m <= 12), 60)
        for minute in range(0, int(minutes) + 1, every):
            x = self._x(minute * 60.0)
            drawn.append(ink.line(x, LEVEL_BOTTOM, x, LEVEL_BOTTOM + 4, "axis"))
            drawn.append(ink.Text(x, TICKS, str(minute), "label middle"))
        drawn.append(ink.Text(RIGHT, TICKS + 13, _("minutes since the opening"), "label right"))
        return drawn

    def _level(self) -> list[Mark]:
        points = [(self._x(s), _level_y(level)) for s, level in self._history.levels]
        if not points:
            return []
        outline = [(points[0][0], LEVEL_BOTTOM), *points, (points[-1][0], LEVEL_BOTTOM)]
        drawn: list[Mark] = [ink.area(outline, "level-fill"), ink.path(points, "level-line")]
        for trial in self._history.trials:
            ends = [s for s, _level in trial.path[1:]] + [trial.until_s]
            for (start, level), stop in zip(trial.path, ends, strict=True):
                if level and self._x(stop) - self._x(start) > 18:
                    middle = self._x((start + stop) / 2)
                    drawn.append(ink.Text(middle, _level_y(level) - 5, str(level), "value level"))
        return drawn

    def _events(self) -> list[Mark]:
        drawn: list[Mark] = []
        events = [(e.started_s, e.name) for e in self._history.events]
        given = [(t.given_s, t.name) for t in self._history.tasks]
        played = sorted((*events, *given))
        starts = [self._x(at_s) for at_s, _name in played]
        for index, ((_at_s, name), x) in enumerate(zip(played, starts, strict=True)):
            following = starts[index + 1] if index + 1 < len(starts) else RIGHT + 20
            drawn.append(ink.line(x, LEVEL_TOP, x, LEVEL_BOTTOM, "event"))
            drawn.append(ink.Circle(x, EVENTS - 4, 2.5, "event-dot"))
            words = event(self._history.header.scenario, name)
            if x + 7 + ink.width_of(words) < following - 4:
                drawn.append(ink.Text(x + 6, EVENTS, words, "label event-name"))
        return drawn

    def _breaks(self) -> list[Mark]:
        drawn: list[Mark] = []
        for loss in () if self._manner.plain else self._history.link_losses:
            end_s = self._history.duration_s if loss.to_s is None else loss.to_s
            x, end = self._x(loss.from_s), max(self._x(end_s), self._x(loss.from_s) + 2)
            drawn.append(ink.line(x, LEVEL_BOTTOM, end, LEVEL_BOTTOM, "unheard"))
        for gap in self._history.missing_news:
            x = self._x(gap.at_s)
            drawn.append(ink.line(x, TOP, x, LEVEL_BOTTOM, "gap"))
        return drawn

    def _distress(self) -> list[Mark]:
        runs = runs_of(self._history)
        drawn: list[Mark] = [
            ink.path([(self._x(r.at_s), _suds_y(r.suds or 0)) for r in run], "distress")
            for run in runs
            if len(run) > 1
        ]
        free_from = 0.0
        below = {run[i].seq for run in runs for i in range(len(run)) if _is_foot(run, i)}
        answered = [r for r in self._history.ratings if r.suds is not None]
        in_trials = [r for r in answered if in_trial(r)]
        # The first of equal peaks, as the figures count it.
        peak = max(in_trials, key=lambda r: (r.suds or 0, -r.at_s)).seq if in_trials else None
        crowded = len(answered) > CROWD
        for rating in self._history.ratings:
            x = self._x(rating.at_s)
            if rating.suds is None:
                drawn.append(ink.Circle(x, BOTTOM, 4.5, "missing"))
                continue
            y = _suds_y(rating.suds)
            if rating.corrected:
                drawn.append(ink.Circle(x, y, 8, "corrected"))
            drawn.append(
                ink.Circle(x, y, 4.5, "rating")
                if in_trial(rating)
                else ink.diamond(x, y, 5, "rating apart")
            )
            highest = rating.seq == peak
            words = given(rating.suds, self._manner.scale)
            if highest or x - ink.width_of(words) / 2 > free_from:
                under = rating.seq in below and rating.suds >= 10
                places = (y + 19, y - 11) if under else (y - 11, y + 19)
                free = [at for at in places if self._is_free(rating, at, words)]
                if not free and not highest:
                    continue  # The table holds it; a number over another point tells nothing.
                y_words = free[0] if free else places[0]
                drawn.append(
                    ink.Text(x, max(y_words, 24), words, "value peak" if highest else "value")
                )
                free_from = x + ink.width_of(words) / 2 + (LEAST_BETWEEN if crowded else 0)
        return drawn

    def _is_free(self, rating: RatingLine, y_words: float, words: str) -> bool:
        """Whether a number at this height hides no other rating's point, and no axis."""
        x, half = self._x(rating.at_s), ink.width_of(words) / 2
        middle = y_words - 4
        if y_words > BOTTOM + 8:
            return False
        return not any(
            abs(self._x(other.at_s) - x) < half + 4.5 and abs(_suds_y(other.suds) - middle) < 9.5
            for other in self._history.ratings
            if other.suds is not None and other.seq != rating.seq
        )

    def _legend(self) -> list[tuple[float, tuple[Mark, ...], str]]:
        """What is in the picture: width of the sign, the sign about (0, 0), its words."""
        history, plain = self._history, self._manner.plain
        entries: list[tuple[float, tuple[Mark, ...], str]] = []
        ratings = history.ratings
        point, apart = ink.Circle(5, -4, 4.5, "rating"), ink.diamond(5, -4, 5, "rating apart")
        if any(in_trial(r) and r.suds is not None for r in ratings):
            words = _("in the scene") if plain else _("rating in a trial")
            entries.append((10.0, (point,), words))
        if any(not in_trial(r) and r.suds is not None for r in ratings):
            entries.append((10.0, (apart,), _("at other times") if plain else _("other rating")))
        if any(r.suds is None for r in ratings):
            entries.append((10.0, (ink.Circle(5, -4, 4.5, "missing"),), _("no answer")))
        if any(r.corrected for r in ratings):
            ring = (ink.Circle(8, -4, 8, "corrected"), ink.Circle(8, -4, 4.5, "rating"))
            entries.append((16.0, ring, _("corrected")))
        if history.events or history.tasks:
            words = _("event, task") if history.tasks else _("event")
            entries.append((6.0, (ink.Circle(3, -4, 2.5, "event-dot"),), words))
        for phase, words in self._bands_named.items():
            if history.intervals(phase):
                swatch = ink.Box(0, -11, 18, 13, _band(phase, "swatch"))
                entries.append((18.0, (swatch,), _(words)))
        if history.link_losses and not plain:
            entries.append((18.0, (ink.line(0, -4, 18, -4, "unheard"),), _("link lost")))
        if history.missing_news:
            entries.append((3.0, (ink.line(1, -13, 1, 3, "gap"),), _("record incomplete")))
        return entries


def legend(
    entries: list[tuple[float, tuple[Mark, ...], str]], left: float, right: float, top: float
) -> tuple[list[Mark | Moved], float]:
    """Signs with their words in as many lines as they need from `top`; and the height below."""
    drawn: list[Mark | Moved] = []
    x, y = left, top
    for width, sign, words in entries:
        needed = width + 5 + ink.width_of(words)
        if x > left and x + needed > right:
            x, y = left, y + LEGEND_LINE
        drawn.append(Moved(x, y, sign))
        drawn.append(ink.Text(x + width + 5, y, words, "label"))
        x += needed + 16
    return drawn, y + 10


def _band(phase: Phase, more: str = "") -> str:
    return f"band band-{phase} {more}".rstrip()


def _suds_y(suds: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * suds / 100


def _level_y(level: float) -> float:
    return LEVEL_BOTTOM - (LEVEL_BOTTOM - LEVEL_TOP) * level / 10


def _is_foot(run: list[RatingLine], index: int) -> bool:
    """Whether the line comes down to this point and does not go on down: room is below it."""
    here = run[index].suds or 0
    comes_down = index > 0 and (run[index - 1].suds or 0) > here
    goes_on = index + 1 < len(run) and (run[index + 1].suds or 0) < here
    return comes_down and not goes_on


def runs_of(history: SessionHistory) -> list[list[RatingLine]]:
    """The ratings that may be joined: of one trial, none missing between, not too far apart."""
    longest_s = longest_between_s(history)
    runs: list[list[RatingLine]] = []
    for trial in history.trials:
        run: list[RatingLine] = []
        for rating in ratings_of(history, trial):
            if not in_trial(rating) and rating.suds is not None:
                continue
            far = bool(run) and longest_s is not None and rating.at_s - run[-1].at_s > longest_s
            if rating.suds is None or far:
                runs.append(run)
                run = []
            if rating.suds is not None:
                run.append(rating)
        runs.append(run)
    return runs


def described(history: SessionHistory, scale: Scale = "0-100") -> str:
    """What the chart shows, in one sentence for who cannot see it."""
    values = [r.suds for r in history.ratings if r.suds is not None]
    steps = [level for trial in history.trials for _s, level in trial.path]
    if not values:
        return _("No distress rating was answered in {time}.").format(
            time=length(history.duration_s)
        )
    return _(
        "{count} answered ratings over {time}, from {first} to {last}, highest {top}; "
        "highest level {level}. All values are in the tables below."
    ).format(
        count=len(values),
        time=length(history.duration_s),
        first=given(values[0], scale),
        last=given(values[-1], scale),
        top=given(max(values), scale),
        level=max(steps, default=0),
    )
