"""Owns the way on which a scenario is looked at, and what is found of its pictures.

Flashes are judged as the scenario asks for them: the last look, which dims what flashes before a
patient, looks on and dims nothing here. What lights ask for is held back by the governor as ever,
since no patient can see it otherwise; that it had to is found on the walk without pictures.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from random import Random
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.api.manifest import LEVELS, EventSpec
from vr_runtime.display.build import build
from vr_runtime.display.measured import Cost
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.flash.measure import OWN_MOST, Measurer, Rule
from vr_runtime.flash.watch import FlashWatch
from vr_runtime.language import _
from vr_runtime.measuring.codes import RULES
from vr_runtime.measuring.leading import Led
from vr_runtime.measuring.limits import (
    MOST_DRAWS,
    MOST_TEXTURE_BYTES,
    MOST_TRIANGLES,
    SEEN,
    SIZE,
)
from vr_runtime.measuring.outcome import Drawn, Finding, Spot
from vr_runtime.stage.world import WorldStage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import LoadFailed, View
from vr_runtime.wire.version import TICKS_PER_SECOND

Picture = NDArray[Any]
Looks = dict[float, list[tuple[int, Picture]]]
"""Of each direction, in degrees up, the moments in ticks with what was seen."""
DOWN = -35.0
"""Degrees: a look down that still has the near edge in it."""
MIDDLE = AT_LEVEL = 5
"""Events are looked at here, or at the nearest level at which they may happen."""
MOMENTS, APART_TICKS = 4, 14
"""A level is looked at so often, so far apart, for what moves anyway."""
RUN_ON_TICKS = 15
BETWEEN = 3
"""So many ticks pass between two pictures that nobody looks at."""
LONGEST_S = 20.0
FRAMES = 8
"""So many pictures are timed."""
LOADING_S = 300.0


class Undimmed(FlashWatch):
    """A last look that dims nothing: what was asked for is to be measured."""

    def advance(self, at_s: float, dt: float) -> float:
        """Always as bright as it was drawn."""
        super().advance(at_s, dt)
        return 1.0


class Enough(Exception):
    """What was found is enough to fail: nothing more is looked at."""


class NotLoaded(Exception):
    """What the scenario asks for could not be made; the text says why."""


class Looker:
    """One scenario that is looked at."""

    def __init__(
        self,
        lead: Callable[[PandaDisplay, Callable[[], None]], Led],
        alive: Callable[[str], None],
        lot: int | None = None,
    ) -> None:
        """Open a display without a window; raises `GraphicsUnavailable`.

        Args:
            lead: opens a session of the scenario on a display.
            alive: hears what goes on.
            lot: look at two neighbouring levels and one event alone, drawn by this lot.
        """
        self._now = 0.0
        self._lot = lot
        self._alive = alive
        self._lead = lead
        self._display = build(
            "offscreen",
            monitor=None,
            size=SIZE,
            console_elsewhere=False,
            clock=lambda: self._now,
            language="en",
            quality="medium",
            flashes=Undimmed(),
        )
        self._keeping = self._display.keeping()
        self._measurer: Measurer | None = None
        self._event = ""
        self._ticks = self._pictures = self._most = 0
        self._seen: list[str] = []
        self.findings: list[Finding] = []

    # -- the whole way

    def look(self) -> Drawn | None:
        """Go through all levels and events; None where an error was found before the end.

        Raises:
            Failed, NotLoaded: see there.
        """
        try:
            return self._look()
        except Enough:
            return None

    def _look(self) -> Drawn:
        self._led = self._lead(self._display, self._ticked)
        self._load()
        first, levels, events = self._drawn_by_lot()
        self._led.begin(first)
        looks = []
        for level in levels:
            self._alive(_("looking, level {level}").format(level=level))
            self._watch()
            if level != first:
                self._led.go_to(level)
            # what a level shows by itself, once its ramp is over
            self._led.pass_time(RUN_ON_TICKS)
            self._judge("update")
            looks.append(self._stay(0.0, DOWN))
            for event in events:
                if level == self._level_for(event, levels):
                    self._look_at(event)
        self._watch()
        self._led.act(acts.Lower(level=0))
        self._led.settle()
        self._judge("update")
        for event in events if self._lot is None else ():
            # what is out of sight there may be seen where it may happen first
            lowest = self._levels_of(event)[:1]
            if event.name not in self._seen and lowest:
                self._led.begin(lowest[0])
                self._look_at(event)
        drawn = self._cost()
        differences = tuple(round(beside(a, b), 2) for a, b in pairwise(looks))
        names = tuple(event.name for event in events)
        update = {"differences": differences, "first_level": first, "looked_at": names}
        return drawn.model_copy(update=update)

    def _drawn_by_lot(self) -> tuple[int, range, list[EventSpec]]:
        """The first level, all levels and the events that are looked at."""
        events = list(self._led.manifest.events)
        if self._lot is None:
            return 0, range(LEVELS), events
        chance = Random(self._lot)
        first = chance.randrange(MIDDLE)
        return first, range(first, first + 2), chance.sample(events, min(1, len(events)))

    def close(self) -> None:
        """Give the display back."""
        self._display.close()

    def _load(self) -> None:
        until = time.monotonic() + LOADING_S
        while self._display.stage.loading() < 1.0:
            if time.monotonic() > until:
                raise NotLoaded(_("The scenario did not load within five minutes."))
            self._led.pass_time(1)
            for befell in self._display.occurrences():
                if isinstance(befell, LoadFailed):
                    raise NotLoaded(befell.text)
            time.sleep(0.005)
        self._led.loaded()

    def _ticked(self) -> None:
        self._now += 1.0 / TICKS_PER_SECOND
        self._alive("")
        self._ticks += 1
        if self._measurer is not None:
            self._measurer.take(self._now, self._picture(), covered=self._fading())
            self._pictures += 1
        elif self._ticks % BETWEEN == 0:
            # nothing is looked at: what moves by itself goes on all the same
            self._display.draw(1.0)

    def _fading(self) -> bool:
        """Whether the stage itself darkens the picture, to put the patient or the ground elsewhere.

        What is red goes and comes back with all else then: that is no flash of the scenario's.
        """
        stage = self._display.stage
        assert isinstance(stage, WorldStage), "a display that draws has one"
        viewer = stage.inner.standing
        return min(viewer.brightness(), viewer.brightness(1.0 / TICKS_PER_SECOND)) < 1.0

    def _picture(self) -> Picture:
        self._display.draw(1.0)
        return self._keeping.last()

    # -- flashes

    def _watch(self) -> None:
        self._measurer = Measurer()

    def _judge(self, name: str) -> None:
        measurer, self._measurer = self._measurer, None
        if measurer is None:
            return
        report = measurer.report
        self._most = max(self._most, report.most)
        if any(frame.red_flashes for frame in report.frames):
            told = _("The picture flashes in a saturated red.")
            self._found("PS232", name, told, _("leave red lights on, or dim them slowly"))
        if Rule.STRIPES in report.broken_s:
            told = _("Regular stripes of high contrast fill a quarter of the picture or more.")
            hint = _("make them fewer, broader, or softer")
            self._found("PS233", name, told, hint)
        fields = max((f.transitions_field for f in report.frames), default=0)
        if fields > OWN_MOST or Rule.EXTENDED in report.broken_s or Rule.WCAG in report.broken_s:
            told = _("The picture flashes: {n} opposing changes within a second.")
            hint = _("let things appear and go over half a second, or less often than twice")
            self._found("PS231", name, told.format(n=fields), hint)

    # -- levels and events

    def _stay(self, *pitches: float) -> Looks:
        """What is seen by looks in turn, again and again: what moves anyway shows in time."""
        seen: Looks = {pitch: [] for pitch in pitches}
        for _moment in range(MOMENTS):
            for pitch in pitches:
                self._display.point(0.0, pitch)
                self._led.pass_time(APART_TICKS)
                seen[pitch].append((self._ticks, self._picture().astype(np.int16)))
        self._display.point(0.0, 0.0)
        return seen

    def _level_for(self, event: EventSpec, levels: range) -> int | None:
        allowed = [level for level in self._levels_of(event) if level in levels]
        return min(allowed, key=lambda n: (abs(n - AT_LEVEL), -n), default=None)

    def _levels_of(self, event: EventSpec) -> list[int]:
        return [n for n in range(LEVELS) if self._led.manifest.allowed_at(event.name, n)]

    def _look_at(self, event: EventSpec) -> None:
        led, name = self._led, event.name
        self._alive(event.label.en)
        host = led.engine.host
        assert host is not None, "a scene has one"
        led.pass_time(round(host.cooldown_s(name) * TICKS_PER_SECOND) + 1)
        before = [picture for _at, picture in self._stay(0.0)[0.0]]
        anyway = max(_sharpest(a, b) for a in before for b in before)
        most = 0.0
        self._watch()
        if led.act(acts.Trigger(name=name)):
            for tick in range(round(LONGEST_S * TICKS_PER_SECOND)):
                led.pass_time(1)
                if not led.happening(name):
                    break
                if tick % 6 == 3:
                    most = max(most, _sharpest(before[-1], self._keeping.last().astype(np.int16)))
        self._judge(name)
        if most > SEEN * max(1.0, anyway):
            self._seen.append(name)
        while led.happening(name):
            led.pass_time(1)

    # -- what pictures cost

    def _cost(self) -> Drawn:
        display = self._display
        cost = display.cost(FRAMES)
        here = self._timed()
        display.show(View.NEUTRAL)
        neutral = self._timed()
        for told in costly(cost):
            hint = _("join boxes, or leave out what nobody sees")
            self._found("PS242", "build", told, hint)
        return Drawn(
            pictures=self._pictures,
            most_transitions=self._most,
            events=tuple(self._seen),
            times_neutral=round(here / neutral, 2),
            draws=cost.draws,
            triangles=cost.triangles,
            texture_bytes=cost.texture_bytes,
        )

    def _timed(self) -> float:
        """Median seconds of a picture of what is shown, until it is finished."""
        taken = []
        for _picture in range(FRAMES):
            self._now += 1.0 / TICKS_PER_SECOND
            began = time.perf_counter()
            self._display.draw(1.0)
            taken.append(time.perf_counter() - began)
        return median(taken)

    def _found(self, code: str, name: str, message: str, hint: str = "") -> None:
        finding = Finding(code=code, spot=Spot(name=name), message=message, hint=hint)
        if not any(f.code == code and f.spot == finding.spot for f in self.findings):
            self.findings.append(finding)
        if RULES[code].weight == "error":
            # what flashes at one level flashes at others: an author need not wait for them
            raise Enough


def costly(cost: Cost) -> list[str]:
    """What of a scene costs more than a modest computer draws in time, in a sentence each."""
    counted = (
        (cost.draws, MOST_DRAWS, _("{n} pieces are drawn at once; {most} are the most.")),
        (
            cost.triangles,
            MOST_TRIANGLES,
            _("{n} triangles are in sight at once; {most} are the most."),
        ),
        (
            cost.texture_bytes,
            MOST_TEXTURE_BYTES,
            _("Its pictures need {n} bytes on the card; {most} are the most."),
        ),
    )
    return [told.format(n=value, most=most) for value, most, told in counted if value > most]


def beside(one: Looks, other: Looks) -> float:
    """How much more a level differs from the next one than it moves by itself.

    The last look at the one is held against the first at the other, and what moves anyway is
    reckoned for as much time. The larger of two measures and of all looks: the mean change of all
    points, and that of the most changed hundredth.
    """
    found = 0.0
    for pitch, before in one.items():
        after = other[pitch]
        (then, last), (now, first) = before[-1], after[0]
        for change, least in LEAST:
            between = change(last, first)
            anyway = max(
                change(a, b) * max(1.0, (now - then) / (look[-1][0] - look[0][0]))
                for look in (before, after)
                for _at, a in look
                for _at, b in look
            )
            if between >= least:
                found = max(found, between / max(least, anyway))
    return found


def _mean(one: Picture, other: Picture) -> float:
    """Mean change of all points, 0 to 255."""
    return float(np.abs(one - other).mean())


def _sharpest(one: Picture, other: Picture) -> float:
    """Mean change of the most changed hundredth of the points, 0 to 255."""
    change = np.abs(one - other).mean(axis=2).ravel()
    count = max(1, change.size // 100)
    return float(np.partition(change, change.size - count)[-count:].mean())


LEAST: tuple[tuple[Callable[[Picture, Picture], float], float], ...] = (
    (_mean, 0.15),
    (_sharpest, 1.5),
)
"""Measures, and the change below which there is none, in steps of 255."""
