"""Owns what the patient's other control means: the distress dial, a mark to go to, looking ahead.

The same few lines serve mouse, keys, gamepad, headset and gaze. It knows no device and no picture,
and nothing of the control that leaves.
"""

from __future__ import annotations

from typing import Literal

from vr_runtime.wire.acts import DialRaised, PatientRated, PatientRecentred, PatientWalked
from vr_runtime.wire.sight import PatientSettings, Sight

LONG_S = 1.5
"""Held so long without moving, the control sets "ahead" anew."""
BOUNCE_S = 0.08
"""A worn switch opens and closes again within this; that is no second press."""
MIDDLE = 50
"""The first choosing begins here: as far from one end as from the other."""
STEP = {"0-100": 5, "0-10": 10}
"""One notch of a wheel, on the canonical scale."""
PUSH_S = 2.5
"""A stick pushed to its end goes over the whole scale in so many seconds."""
REST = 0.3
"""A stick nearer to its middle than this is left alone."""
DWELL_S = 1.5
"""Looked at so long, a value is the answer."""
WALK_S = 3.0
"""Looked at so long, a mark on the ground is gone to by who can use no hand: it is looked at more
easily by chance than a value."""
ARRIVE_S = 1.0
"""A dial that just came is not yet answered by looking: the eyes come upon it by chance."""
TYPING_S = 2.0
"""A digit that follows within this belongs to the one before."""
RENEW_S = 5.0
"""While the patient is choosing, the dial is kept from going away; told this often."""
WHEEL_REST_S = 0.3
"""Notches that follow the raising of a dial so closely belong to it and choose nothing."""

News = DialRaised | PatientRated | PatientRecentred | PatientWalked


class Answering:
    """One dial after the other; `value` is what is chosen and not yet given."""

    def __init__(self) -> None:
        self.value: int | None = None
        """0 to 100; None before anything was chosen."""
        self.looked_s = 0.0
        """Seconds for which the eyes have rested on the value."""
        self.faced: int | None = None
        """The mark on the ground that the eyes rest on: with no dial shown, a press goes there."""
        self._faced_s = 0.0
        self._patient = PatientSettings()
        self._open = False
        self._opened_s = float("-inf")
        self._renewed_s = float("-inf")
        self._answered = False
        self._fine = 0.0
        self._typed, self._typed_s = "", float("-inf")
        self._down: dict[str, tuple[float, bool]] = {}
        """Controls that are down: since when, and whether they may still be a press."""
        self._released = float("-inf")
        self._news: list[News] = []

    @property
    def open(self) -> bool:
        """Whether a dial waits for an answer: then a stick chooses and does not look."""
        return self._open and not self._answered

    def follow(self, sight: Sight, now_s: float) -> None:
        """What is before the patient's eyes from now on."""
        self._patient = sight.patient
        opened = sight.dial in ("asked", "raised")
        if opened and not self._open:
            self.value, self.looked_s, self._answered = None, 0.0, False
            self._fine = 0.0
            self._opened_s = self._renewed_s = now_s
            self._take_typed(now_s)
        elif self._open and not opened:
            self._typed = ""
        self._open = opened

    def _take_typed(self, now_s: float) -> None:
        """Choose the digit that took the dial up: whoever types it need not type it again."""
        meant = None
        if self._typed and now_s - self._typed_s <= TYPING_S:
            meant = _meant(self._typed, self._patient.scale)
        if meant is None:
            self._typed = ""
        else:
            self._choose(meant)

    @property
    def patient(self) -> PatientSettings:
        """Whose hand it is."""
        return self._patient

    # -- choosing

    def turn(self, notches: int, now_s: float) -> None:
        """A wheel or a cross was turned: up or right is more; 0 is no turn."""
        if notches == 0:
            return
        if self.open and now_s - self._opened_s < WHEEL_REST_S:
            return
        if self._may_choose(now_s):
            step = STEP[self._patient.scale]
            self._choose(MIDDLE if self.value is None else self.value + step * notches)

    def push(self, share: float, dt: float, now_s: float) -> None:
        """A stick stands at `share` of its way, -1 to 1, for `dt` seconds; right is more."""
        if abs(share) < REST or not self.open:
            return
        if self.value is None:
            self._fine = float(MIDDLE)
        self._renew(now_s)
        self._fine = min(100.0, max(0.0, self._fine + share * 100.0 / PUSH_S * dt))
        step = STEP[self._patient.scale]
        self.value = step * round(self._fine / step)

    def digit(self, digit: str, now_s: float) -> None:
        """A digit was typed: one means tens, two are exact; on 0-10 it means itself.

        Where no dial is shown it takes one up, and is what is chosen on it.
        """
        may = self._may_choose(now_s)
        if self._answered and self._open:
            return
        longer = self._typed + digit if now_s - self._typed_s <= TYPING_S else digit
        meant = _meant(longer, self._patient.scale)
        if meant is None:
            longer, meant = digit, _meant(digit, self._patient.scale)
        self._typed, self._typed_s = longer, now_s
        if may and meant is not None:
            self._choose(meant)

    def look(self, share: float | None, dt: float, now_s: float) -> None:
        """The eyes are on this share of the scale, 0 to 1, for `dt` seconds; None: beside it."""
        if not self.open or not self._patient.gaze or now_s - self._opened_s < ARRIVE_S:
            return
        if share is None:
            self.looked_s = 0.0
            return
        step = 10
        value = step * round(min(1.0, max(0.0, share)) * 100.0 / step)
        self._renew(now_s)
        if value != self.value:
            self._choose(value)
            self.looked_s = 0.0
        self.looked_s += dt
        if self.looked_s >= DWELL_S:
            self._answer()

    def face(self, mark: int | None, dt: float) -> None:
        """The eyes rest on this mark on the ground for `dt` seconds; None: on none."""
        if mark != self.faced:
            self.faced, self._faced_s = mark, 0.0
        elif mark is not None and self._patient.gaze and not self._open:
            before, self._faced_s = self._faced_s, self._faced_s + dt
            if before < WALK_S <= self._faced_s:
                self._news.append(PatientWalked(mark=mark))

    def _may_choose(self, now_s: float) -> bool:
        """Take the dial up where none is shown; True where one waits already."""
        if not self.open:
            if not self._open:
                self._news.append(DialRaised())
            return False
        self._renew(now_s)
        return True

    def _choose(self, value: int) -> None:
        self.value = min(100, max(0, value))
        self._fine = float(self.value)

    def _renew(self, now_s: float) -> None:
        if now_s - self._renewed_s >= RENEW_S:
            self._renewed_s = now_s
            self._news.append(DialRaised())

    # -- pressing

    def press(self, source: str, now_s: float) -> None:
        """The control of `source`, as "mouse", went down. Told again while it is down: nothing."""
        if source in self._down:
            return
        self._down[source] = (now_s, now_s - self._released >= BOUNCE_S)

    def moved(self, source: str) -> None:
        """It is used for something else meanwhile, as for looking: it is no press any more."""
        if source in self._down:
            self._down[source] = (self._down[source][0], False)

    def release(self, source: str, now_s: float) -> None:
        """It went up."""
        if source not in self._down:
            return
        self._held(now_s)
        _since, may = self._down.pop(source)
        self._released = now_s
        if may and self.open:
            if self.value is not None:
                self._answer()
        elif may and not self._open and self.faced is not None:
            self._news.append(PatientWalked(mark=self.faced))
        elif may and not self._open and source != "mouse":
            # A click is how a mouse begins to look around: there the wheel takes the dial up.
            self._news.append(DialRaised())

    def lost(self, source: str) -> None:
        """The device was taken away: what was begun on it is nothing."""
        self._down.pop(source, None)

    def _answer(self) -> None:
        assert self.value is not None, "looked at before"
        self._answered = True
        self._news.append(PatientRated(suds=self.value))

    def _held(self, now_s: float) -> None:
        for source, (since, may) in self._down.items():
            if may and now_s - since >= LONG_S:
                self._down[source] = (since, False)
                self._news.append(PatientRecentred())

    def news(self, now_s: float) -> list[News]:
        """What the patient did since the last call, oldest first."""
        self._held(now_s)
        taken, self._news = self._news, []
        return taken


def _meant(typed: str, scale: Literal["0-100", "0-10"]) -> int | None:
    """The canonical rating that was typed; None where it is none."""
    if scale == "0-10":
        return int(typed) * 10 if len(typed) == 1 or typed == "10" else None
    if len(typed) == 1:
        return int(typed) * 10
    return int(typed) if len(typed) == 2 or typed == "100" else None
