"""Owns what is seen of a scenario on its way (`way`), and what is found of its pictures.

Flashes are judged as the scenario asks for them: the last look, which dims what flashes before a
patient, looks on and dims nothing here. What lights ask for is held back by the governor as ever,
since no patient can see it otherwise; that it had to is found on the walk without pictures.

What is ahead is looked at along each ramp and event. What might flash elsewhere, or at another
time, was found by who went the way before (`Scout`): it is looked at where and when it does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vr_runtime.display.build import build
from vr_runtime.display.hearing import SoundWish
from vr_runtime.display.measured import Cost
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.flash.measure import OWN_MOST, Measurer, Rule
from vr_runtime.flash.watch import FlashWatch
from vr_runtime.language import _, filled
from vr_runtime.measuring.codes import RULES
from vr_runtime.measuring.leading import Led
from vr_runtime.measuring.limits import (
    DIFFERS,
    MOST_ASIDE,
    MOST_DRAWS,
    MOST_LATER,
    MOST_TEXTURE_BYTES,
    MOST_TRIANGLES,
    SEEN,
    SIZE,
)
from vr_runtime.measuring.outcome import Drawn, Finding, Spot
from vr_runtime.measuring.stirring import AHEAD, View
from vr_runtime.measuring.way import APART_TICKS, DOWN, MIDDLE, MOMENTS, Plan, Way
from vr_runtime.stage.world_stage import WorldStage
from vr_runtime.wire.acts import LoadFailed
from vr_runtime.wire.acts import View as Shows
from vr_runtime.wire.version import TICKS_PER_SECOND

Picture = NDArray[Any]
Looks = dict[float, list[tuple[int, Picture]]]
"""Of each direction, in degrees up, the moments in ticks with what was seen."""
BETWEEN, BETWEEN_APART = 3, 15
"""So many ticks pass between two pictures that nobody looks at; the second while a value is set
apart step by step."""
LONGEST_S = 20.0
"""Of what lasts longer the rest is looked at as long as pictures are left for it."""
SIMPLE = 50_000
"""A scene of fewer triangles is cheap to draw: one looks all around at three levels, not at one."""
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


class Looker(Way):
    """One scenario that is looked at."""

    def __init__(
        self,
        lead: Callable[[PandaDisplay, Callable[[], None]], Led],
        alive: Callable[[str], None],
        lot: int | None = None,
        plan: Plan | None = None,
    ) -> None:
        """Open a display without a window; raises `GraphicsUnavailable`.

        Args:
            lead: opens a session of the scenario on a display.
            alive: hears what goes on.
            lot: look at two neighbouring levels and one event alone, drawn by this lot.
            plan: what might flash on the way, as a `Scout` of the same lot has found it.
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
            sound=SoundWish(silent=True),
            flashes=Undimmed(),
        )
        self._keeping = self._display.keeping()
        self._plan: Plan = {} if plan is None else plan
        self.part = ""
        self._name = "update"
        """Of what is found, where no event goes on."""
        self._view: View = AHEAD
        self._measurer: Measurer | None = None
        self._asides: dict[View, Measurer] = {}
        """What is looked at beside what is ahead, and since when without a gap."""
        self._ticks = self._part_ticks = self._pictures = self._aside = self._most = 0
        self._later = MOST_LATER
        """So many pictures are left for what lasts long."""
        self._left_out: dict[str, float] = {}
        """Events that were not looked at to their end, and seconds after which."""
        self._aside_left_out = 0
        self._simple: bool | None = None
        self._seen: list[str] = []
        self._looks: list[list[Looks]] = []
        """Of each level what was seen as it was reached, and once more after its events."""
        self._before = Before([(0, np.zeros((1, 1, 3), dtype=np.int16))])
        self._noticed = False
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
        first, events = self.go()
        self.begin("")
        self._tell_left_out()
        drawn = self._cost()
        differences = tuple(round(beside(a[-1], b[0]), 2) for a, b in pairwise(self._looks))
        names = tuple(event.name for event in events)
        update = {"differences": differences, "first_level": first, "looked_at": names}
        return drawn.model_copy(update=update)

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
        self._part_ticks += 1
        between = BETWEEN_APART if self.apart else BETWEEN
        if self._measurer is not None:
            self._measurer.take(self._now, self._picture(), covered=self._fading())
            self._pictures += 1
        elif self._ticks % between == 0:
            # nothing is looked at: what moves by itself goes on all the same
            self._display.draw(1.0)
        self._look_aside()

    def _look_aside(self) -> None:
        """What might flash now is looked at where it stands, and ahead for its shadow."""
        views = self._plan.get(self.part, {}).get(self._part_ticks, ())
        wanted = {*views, AHEAD} if views else set()
        if self._measurer is not None:
            wanted.discard(self._view)
        for view in self._asides.keys() - wanted:
            self._judged(self._asides.pop(view), view)
        if not wanted:
            return
        if self._aside >= MOST_ASIDE:
            self._aside_left_out += 1
            return
        yaw, pitch = self._display.look.yaw, self._display.look.pitch
        for view in sorted(wanted):
            self._display.point(*view)
            measurer = self._asides.setdefault(view, Measurer())
            measurer.take(self._now, self._picture(), covered=self._fading())
            self._aside += 1
        self._display.point(yaw, pitch)

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

    def begin(self, part: str) -> None:
        """A part begins; what was looked at beside it in the one before is judged."""
        for view in list(self._asides):
            self._judged(self._asides.pop(view), view)
        super().begin(part)
        self._part_ticks = 0
        self._name = "update"
        if part:
            self._alive(_("looking, {part}").format(part=part))

    def watch(self, name: str, view: View = AHEAD) -> None:
        """See there."""
        self._name, self._view, self._measurer = name, view, Measurer()
        self._display.point(*view)

    def judge(self) -> None:
        """See there."""
        measurer, self._measurer = self._measurer, None
        self._display.point(*AHEAD)
        if measurer is not None:
            self._judged(measurer, self._view)

    def turns_at(self, level: int) -> bool:
        """At more levels of what is drawn cheaply."""
        if self._simple is None:
            self._simple = self._display.cost(1).triangles < SIMPLE
        return super().turns_at(level) and (self._simple or level == MIDDLE)

    def _judged(self, measurer: Measurer, view: View) -> None:
        name, seen_at = self._name, _seen_at(view)
        report = measurer.report
        self._most = max(self._most, report.most)
        if any(frame.red_flashes for frame in report.frames):
            told = _("The picture flashes in a saturated red.") + seen_at
            self._found("PS232", name, told, _("leave red lights on, or dim them slowly"))
        if Rule.STRIPES in report.broken_s:
            told = _("Regular stripes of high contrast fill a quarter of the picture or more.")
            told += seen_at
            hint = _("make them fewer, broader, or softer")
            self._found("PS233", name, told, hint)
        fields = max((f.transitions_field for f in report.frames), default=0)
        if fields > OWN_MOST or Rule.EXTENDED in report.broken_s or Rule.WCAG in report.broken_s:
            told = _("The picture flashes: {n} opposing changes within a second.")
            hint = _("let things appear and go over half a second, or less often than twice")
            self._found("PS231", name, filled(told, n=fields) + seen_at, hint)

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

    def stay_at_level(self, *, again: bool = False) -> None:
        """See there."""
        seen = self._stay(0.0, DOWN)
        if again:
            self._looks[-1].append(seen)
        else:
            self._looks.append([seen])

    def before(self, event: str) -> None:
        """What is seen before an event, and how much of it changes anyway."""
        self._before = Before(self._stay(0.0)[0.0])
        self._noticed = False

    def goes_on(self, event: str, tick: int) -> None:
        """See there; what lasts long is looked at as long as there are pictures for it."""
        if self._measurer is None:
            return
        if tick % 6 == 3 and not self._noticed:
            last = self._keeping.last().astype(np.int16)
            self._noticed = self._before.changed_to(last, self._ticks)
        if tick < LONGEST_S * TICKS_PER_SECOND:
            return
        self._later -= 1
        if self._later <= 0:
            self.judge()
            self._name = event
            self._left_out[event] = (tick + 1) / TICKS_PER_SECOND

    def is_over(self, event: str) -> None:
        """Whether it was seen; and until it has come to its end nothing else is looked at."""
        if self._noticed:
            self._seen.append(event)
        while self._led.happening(event):
            self._led.pass_time(1)

    def is_unseen(self, event: str) -> bool:
        """See there."""
        return event not in self._seen

    def _tell_left_out(self) -> None:
        """PS234 where the pictures that a check may draw were not enough."""
        for event, seconds in self._left_out.items():
            told = _("After {n:g} s the event `{name}` was not looked at for flashes.")
            hint = _("let it end sooner, or in several shorter events")
            self._found("PS234", event, filled(told, n=round(seconds), name=event), hint)
        if self._aside_left_out:
            told = _("Too much comes and goes: {n:g} s of it were not looked at for flashes.")
            hint = _("let fewer things come and go, or turn back and forth, in quick succession")
            seconds = self._aside_left_out / TICKS_PER_SECOND
            self._found("PS234", "update", filled(told, n=round(seconds, 1)), hint)

    # -- what pictures cost

    def _cost(self) -> Drawn:
        display = self._display
        cost = display.cost(FRAMES)
        here = self._timed()
        display.show(Shows.NEUTRAL)
        neutral = self._timed()
        for told in costly(cost):
            hint = _("join boxes, or leave out what nobody sees")
            self._found("PS242", "build", told, hint)
        return Drawn(
            pictures=self._pictures + self._aside,
            aside=self._aside,
            left_out=tuple(self._left_out),
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


def _seen_at(view: View) -> str:
    """Where what was found is seen, in a sentence behind another one; ahead nothing is said."""
    left, up = view
    if view == AHEAD:
        return ""
    if abs(up) >= 60:
        return " " + (_("It is seen overhead.") if up > 0 else _("It is seen below."))
    if abs(left) > 90:
        return " " + _("It is seen behind the patient.")
    if left == 0:
        told = _("It is seen by who looks up.") if up > 0 else _("It is seen by who looks down.")
    else:
        told = _("It is seen to the left.") if left > 0 else _("It is seen to the right.")
    return f" {told}"


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
    return [filled(told, n=value, most=most) for value, most, told in counted if value > most]


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


class Before:
    """What was seen before an event, and how much of it changes anyway."""

    def __init__(self, seen: list[tuple[int, Picture]]) -> None:
        """`seen` are moments in ticks, one or more, with what was seen."""
        pictures = [picture for _at, picture in seen]
        self._then, self._last = seen[-1]
        self._span = max(1, self._then - seen[0][0])
        self._sharpest = max(_sharpest(a, b) for a in pictures for b in pictures)
        self._mean = max(_mean(a, b) for a in pictures for b in pictures)

    def changed_to(self, picture: Picture, at: int) -> bool:
        """Whether an event is seen in a picture at a tick.

        Either some of it changes more than it did anyway, or all of it together, as where the
        light goes down: leaves that sway are no dimming. What drifts is reckoned for as much time.
        """
        if _sharpest(self._last, picture) > SEEN * max(1.0, self._sharpest):
            return True
        anyway = self._mean * max(1.0, (at - self._then) / self._span)
        return _mean(self._last, picture) > DIFFERS * max(LEAST_MEAN, anyway)


LEAST_MEAN = 0.5
"""Mean change that an event is at least, in steps of 255."""
LEAST: tuple[tuple[Callable[[Picture, Picture], float], float], ...] = (
    (_mean, 0.15),
    (_sharpest, 1.5),
)
"""Measures, and the change below which there is none, in steps of 255."""
