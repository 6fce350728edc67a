"""Owns what is found of a scenario's wishes for its sounds, each at the author's line.

The stage holds back what is too much, whatever is asked; here it is told that it has to. It knows
neither samples nor levels.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable

from vr_runtime.language import _, filled
from vr_runtime.measuring.motion import Noting
from vr_runtime.measuring.outcome import Finding, Spot
from vr_runtime.stage.heard import Ask, Heard
from vr_runtime.stage.panda.listening import Wish
from vr_runtime.wire.version import TICKS_PER_SECOND

MOST_BEGINS = 4
"""In a second: a sound that is begun again more often is only ever heard rising."""
MOST_TURNS = 4
"""In a second: loudness or speed that goes to and fro more often flutters."""
VOLUME_TURN, RATE_TURN = 2.0, 1.1
"""Times: less to and fro than this counts as none."""
LEAP_M, LEAP_DB = 1.0, 12.0
"""So much nearer, and so much louder by it, within one tick, is a leap."""
FAINT = 0.05
"""Factor below which a sound is not judged: it is hardly heard."""


class Turns:
    """How often a figure goes up and down by some factor."""

    def __init__(self, times: float) -> None:
        self._times = times
        self._turned_at = self._far = 0.0
        self._up: bool | None = None
        self._when: deque[int] = deque()

    def take(self, tick: int, value: float) -> int:
        """It has this value now; gives how often it has turned within the last second."""
        value = max(value, 1e-3)
        if not self._far:
            self._turned_at = self._far = value
        further = value >= self._far if self._up else value <= self._far
        if self._up is None:
            if max(value, self._far) > self._times * min(value, self._far):
                self._up, self._far = value > self._far, value
        elif further:
            self._far = value
        elif max(value, self._far) >= self._times * min(value, self._far):
            self._up, self._far = not self._up, value
            self._when.append(tick)
        while self._when and self._when[0] <= tick - TICKS_PER_SECOND:
            self._when.popleft()
        return len(self._when)


class _Known:
    """What is remembered of one sound."""

    def __init__(self) -> None:
        self.begun: deque[int] = deque()
        self.lines: dict[Ask, Spot] = {}
        self.last: Ask = "volume"
        self.volume, self.rate = Turns(VOLUME_TURN), Turns(RATE_TURN)
        self.heard_at: tuple[int, Wish] | None = None


class Sounding(Noting):
    """News of a stage that is listened to; `ticked` is called in each tick of the scene."""

    def __init__(self, files: Callable[[str], bool], where: Callable[[], str]) -> None:
        """`files` knows the author's own; `where` names what runs where no line asked."""
        super().__init__(files, where)
        self._tick = 0
        self._known: dict[Heard, _Known] = {}

    def sound(self, heard: Heard, what: Ask, value: float) -> None:
        """The scenario asks this of a sound."""
        super().sound(heard, what, value)
        known = self._known.setdefault(heard, _Known())
        known.lines[what] = self._line()
        if what == "play":
            known.begun.append(self._tick)
        if what in ("play", "volume"):
            known.last = what

    def loud_by(self, heard: Heard | None) -> Spot:
        """The line that made this sound as loud as it is: where it is played, or set."""
        known = None if heard is None else self._known.get(heard)
        return Spot(name=self._where()) if known is None else known.lines[known.last]

    def ticked(self, wishes: Iterable[Wish]) -> None:
        """A tick passed in which the patient hears the scene, with this asked for."""
        self._tick += 1
        self._known = {heard: known for heard, known in self._known.items() if not heard.removed}
        for wish in wishes:
            known = self._known.setdefault(wish.heard, _Known())
            self._begun(wish, known)
            self._to_and_fro(wish, known)
            self._leapt(wish, known)
            known.heard_at = self._tick, wish

    def _begun(self, wish: Wish, known: _Known) -> None:
        while known.begun and known.begun[0] < self._tick - TICKS_PER_SECOND:
            known.begun.popleft()
        times = len(known.begun)
        if times <= MOST_BEGINS or wish.heard.volume < FAINT:
            return
        told = _("The sound `{name}` is begun again more than {n} times in a second.")
        hint = _("let it play to its end, or use a loop and its `volume`")
        told = filled(told, name=wish.heard.made_of, n=MOST_BEGINS)
        self._told("PS256", known.lines.get("play"), told, hint)

    def _to_and_fro(self, wish: Wish, known: _Known) -> None:
        heard = wish.heard
        if known.volume.take(self._tick, heard.volume) > MOST_TURNS:
            told = _("The loudness of `{name}` goes to and fro more than {n} times in a second.")
            told = filled(told, name=heard.made_of, n=MOST_TURNS)
            hint = _("let it follow a value, or change it over a second")
            self._told("PS258", known.lines.get("volume"), told, hint)
        turns = known.rate.take(self._tick, heard.rate)
        if turns > MOST_TURNS and heard.volume >= FAINT:
            told = _("The speed of `{name}` goes to and fro more than {n} times in a second.")
            told = filled(told, name=heard.made_of, n=MOST_TURNS)
            hint = _("let it follow a value, or change it over a second")
            self._told("PS258", known.lines.get("rate"), told, hint)

    def _leapt(self, wish: Wish, known: _Known) -> None:
        """Whether it is much nearer than in the tick before, and has not just begun."""
        tick, before = known.heard_at or (0, wish)
        far, near = before.part.distance_m, wish.part.distance_m
        if tick != self._tick - 1 or far is None or near is None or wish.begun != before.begun:
            return
        louder = 20.0 * math.log10(wish.part.near / before.part.near)
        # whoever is put elsewhere is put there behind a fade
        moved = math.dist(before.at, wish.at)
        if far - near < LEAP_M or moved < LEAP_M or louder < LEAP_DB or wish.part.wanted < FAINT:
            return
        told = _("The sound `{name}` leaps {n:.0f} m nearer within one tick, {db:.0f} dB louder.")
        hint = _("let it come nearer over a second, or be silent on its way")
        told = filled(told, name=wish.heard.made_of, n=far - near, db=louder)
        self._told("PS257", known.lines.get("at"), told, hint)

    def _told(self, code: str, spot: Spot | None, message: str, hint: str) -> None:
        there = spot or Spot(name=self._where())
        if not any(f.code == code and f.spot == there for f in self.findings):
            self.findings.append(Finding(code=code, spot=there, message=message, hint=hint))
