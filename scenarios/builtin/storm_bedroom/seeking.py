"""Owns what a child may find in the bedroom, and its points; knows no level and no lamp.

A point is for finding, never for bearing something: there is no time limit, nothing is lost, and
points stay when a task is ended early or the scene is left.
"""

from __future__ import annotations

import math

from scenarios.api import Node, Scenario, Steps, Vec

FOUND_S = 0.6
STARS: tuple[tuple[Vec, float], ...] = (
    ((1.30, 2.70, 1.04), 0.0), ((0.40, 2.72, 0.77), 0.0),
    ((-0.40, 2.42, 0.30), 0.0), ((-0.98, 1.55, 0.55), 0.0),
    ((1.35, 1.67, 0.91), 0.0), ((-1.55, 0.95, 1.50), 90.0),
    ((0.92, 2.47, 0.23), 0.0), ((-1.58, 2.77, 2.24), 0.0),
    ((2.12, 1.35, 2.02), -90.0), ((1.52, 0.705, 0.30), 0.0),
)  # fmt: skip
"""Where stars wait and which way they look: the open places first, the hidden ones last."""
SLOTS = ("star_one", "star_two", "star_three")
"""So many wait at once at most."""
LARGE, SMALL = 1.5, 0.8
"""Size of a star where none is hidden, and where all are."""
FIREFLIES: tuple[Vec, ...] = (
    (-0.55, 4.4, 1.25), (0.30, 5.2, 1.05), (-0.25, 6.4, 1.60),
    (0.45, 4.6, 1.75), (-0.60, 5.8, 0.80),
)  # fmt: skip
MOST = len(STARS) + len(FIREFLIES)
STRING_X, STRING_Z, SAG_M = (-0.80, 0.66), 2.43, 0.09
"""The string above the window on which what was found is shown."""
LINES = {
    "found_one": {"fr": "Trouvée ! 1 point.", "en": "Found! 1 point."},
    **{
        f"found_{n}": {"fr": f"Trouvée ! {n} points.", "en": f"Found! {n} points."}
        for n in range(2, MOST + 1)
    },
}


class Seeking:
    """The stars and fireflies of one room, and how many were found in it."""

    def __init__(self, room: Scenario) -> None:
        self._room, self.stage, self.found = room, room.stage, 0
        for name in ("bedroom/star", "bedroom/firefly"):  # ready before the first is to be found
            room.stage.model(name).visible = False

    def stars(self) -> Steps:
        """Ten of them; the more they are hidden, the smaller they are and the fewer wait at once.

        `hidden` of the room is read for each new star, in %: open places come first at 0, the
        hidden ones at 100.
        """
        self._hang()
        room, waiting = self._room, list(range(len(STARS)))
        here: dict[str, tuple[Node, Node]] = {}
        looked = dict.fromkeys(SLOTS, 0.0)
        while waiting or here:
            hidden = room.context.values["hidden"] / 100.0
            for slot in SLOTS[: len(SLOTS) - min(2, int(3.0 * hidden))]:
                if slot not in here and waiting:
                    at, heading = STARS[waiting.pop(self._next(len(waiting), hidden))]
                    star = self.stage.model("bedroom/star", at=at, heading=heading)
                    size = LARGE - (LARGE - SMALL) * hidden
                    star.scale = (size, size, size)
                    here[slot] = (star, self.stage.target(slot, at=at, radius=0.14))
                    looked[slot] = 0.0
            dt = yield
            for slot in list(here):
                looked[slot] += dt if room.looks_at(slot) else 0.0
                if looked[slot] >= FOUND_S:
                    star, ball = here.pop(slot)
                    ball.remove()
                    self._award(star)

    def _next(self, left: int, hidden: float) -> int:
        """Which of those that are left comes next: one of three, the later the more hidden."""
        few = min(3, left)
        return round(hidden * (left - few)) + self._room.random.randrange(few)

    def fireflies(self) -> Steps:
        """Five of them, one after the other, out in the garden."""
        self._hang()
        for number, home in enumerate(FIREFLIES):
            fly = self.stage.model("bedroom/firefly", at=home)
            self.stage.target("firefly", at=(0.0, 0.0, 0.0), radius=0.30, parent=fly)
            looked = passed = 0.0
            while looked < FOUND_S:
                dt = yield
                passed += dt
                looked += dt if self._room.looks_at("firefly") else 0.0
                fly.at = _flight(home, passed + number)
            self._award(fly)
            yield from self._room.wait(2.0)
            fly.remove()

    def _award(self, thing: Node) -> None:
        """One more is found: it glows warmer, a star hangs on the string, a bell is heard."""
        thing.set("found", 1.0)
        self.found = min(MOST, self.found + 1)
        self._hang(self.found - 1)
        self.stage.sound("calm/bell", parent=thing, at=(0.0, 0.0, 0.0), volume=0.6).play()
        self.stage.say("found_one" if self.found == 1 else f"found_{self.found}")

    def _hang(self, first: int = 0) -> None:
        """What was found, from the first one on, hangs on the string as long as one seeks."""
        for number in range(first, self.found):
            part = (number + 0.5) / MOST
            x = STRING_X[0] + (STRING_X[1] - STRING_X[0]) * part
            z = STRING_Z - SAG_M * (1.0 - (2.0 * part - 1.0) ** 2)
            star = self.stage.model("bedroom/star", at=(x, 2.755, z - 0.03))
            star.scale = (0.6, 0.6, 0.6)
            star.set("found", 1.0)


def _flight(home: Vec, passed: float) -> Vec:
    """Where a firefly is after so many seconds: small slow bows about its home."""
    x, y, z = home
    return (x + 0.16 * math.sin(0.7 * passed), y, z + 0.10 * math.sin(1.1 * passed + 0.6))
