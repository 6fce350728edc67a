"""Owns the noise of a scanner: which sequence is heard, when it begins and when it is over."""

from __future__ import annotations

from scenarios.api import Node, Sound, Stage, Vec

SILENT, LOCALISER, SPIN, GRADIENT, PLANAR = 0, 1, 2, 3, 4
"""The sequences, by their numbers in the choice."""
NAMES = tuple(
    f"scanner/{each}" for each in ("localiser", "spin_echo", "gradient_echo", "echo_planar")
)
FULL_LUFS = -23.0
"""How loud each was recorded, and the loudest that anything may be that goes on."""
FIRST_S, PAUSE_S = 3.0, 12.0
"""How long it is silent before the first sequence, and between two."""
SWELLS_S, ENDS_S = 2.5, 1.0
"""How long a sequence swells, and how long its end takes."""


class Sequences:
    """One sequence after the other, each as long as is set, with a silence between two.

    An event or a task may lead: then only what it begins is heard, until it leaves.
    """

    def __init__(self, stage: Stage, at: Vec, parent: Node) -> None:
        """All of them from one place within the scanner, silent."""
        self._loops: list[Sound] = [
            stage.sound(name, at=at, parent=parent, loop=True, volume=0.0) for name in NAMES
        ]
        self._shares = [0.0] * len(NAMES)
        self._leaders = 0
        self.rest()

    def rest(self) -> None:
        """Nobody leads, and nothing runs yet."""
        self.running, self._left_s, self._louder = SILENT, 0.0, 0.0
        self._leader, self._rests_s = 0, FIRST_S

    def go_on(self, dt: float, kind: int, lasts_s: float, lufs: float) -> None:
        """Let `dt` seconds pass; `kind`, `lasts_s` and `lufs` are as they are set now."""
        if not self.led:
            self._follow(dt, kind, lasts_s)
        full = 10.0 ** (min(0.0, lufs + self._louder - FULL_LUFS) / 20.0)
        for number, loop in enumerate(self._loops, 1):
            wanted = 1.0 if number == self.running else 0.0
            now = self._shares[number - 1]
            step = dt / (SWELLS_S if wanted > now else ENDS_S) if dt > 0.0 else 1.0
            self._shares[number - 1] = now + min(step, max(-step, wanted - now))
            loop.volume = full * self._shares[number - 1]

    def _follow(self, dt: float, kind: int, lasts_s: float) -> None:
        if self.running != SILENT:
            self._left_s -= dt
            if kind != self.running:
                self.running, self._rests_s = SILENT, FIRST_S
            elif self._left_s <= 0.0:
                self.running, self._rests_s = SILENT, PAUSE_S
        elif kind == SILENT:
            self._rests_s = FIRST_S
        else:
            self._rests_s -= dt
            if self._rests_s <= 0.0 and dt > 0.0:
                self.running, self._left_s = kind, lasts_s

    # -- led by an event or a task

    @property
    def led(self) -> bool:
        """Whether an event or a task leads now."""
        return self._leader != 0

    def lead(self) -> int:
        """What runs ends, and nothing begins by itself; gives the number of who leads now."""
        self._leaders += 1
        self._leader, self.running, self._louder = self._leaders, SILENT, 0.0
        return self._leader

    def leads(self, leader: int) -> bool:
        """Whether this one still leads: whoever came later has taken it over."""
        return leader == self._leader

    def begin(self, leader: int, kind: int, louder: float = 0.0) -> None:
        """Let a sequence swell, by `louder` decibels above what is set."""
        if self.leads(leader):
            self.running, self._louder = kind, louder

    def end(self, leader: int) -> None:
        """Let it end."""
        if self.leads(leader):
            self.running = SILENT

    def leave(self, leader: int) -> None:
        """Give back; the next one comes by itself after a silence."""
        if self.leads(leader):
            self._leader, self.running, self._louder = 0, SILENT, 0.0
            self._rests_s = PAUSE_S
