"""Owns a scenario shown to nobody, for pictures and measurements: the real engine and display.

Time passes only as it is told to, so that the same scenario gives the same pictures. It knows no
link and keeps nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vr_runtime.engine.budget import IN_STEP, Budget
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.ports import DT
from vr_runtime.language import _
from vr_runtime.loader import Found
from vr_runtime.wire import acts
from vr_runtime.wire.acts import View

if TYPE_CHECKING:
    from vr_runtime.display.panda import PandaDisplay
    from vr_runtime.display.quality import Asked

LOADING_S = 300.0
"""Wall seconds: the first load on a machine makes all models of the scenario."""
LONGEST_S = 120.0
"""Seconds of the scenario that a way to a level may take."""
_LOOK_S = 0.01


class RehearsalFailed(Exception):
    """The scenario could not be shown; the text says why."""


class Rehearsal:
    """One scenario, loaded, with the patient's place at any level."""

    def __init__(self, found: Found, display: PandaDisplay, now: list[float], seed: int) -> None:
        self.display = display
        self._found = found
        self._now = now
        self._engine = Engine(display.stage, {found.manifest.id: found}.get, Budget(IN_STEP))
        opening = acts.OpenSession(
            session="rehearsal", scenario=found.manifest.id, seed=seed, ceiling=10
        )
        self._do(opening)

    def load(self) -> None:
        """Wait until all that the scenario asks for stands ready."""
        until = time.monotonic() + LOADING_S
        while self.display.stage.loading() < 1.0:
            if time.monotonic() > until:
                raise RehearsalFailed(_("The scenario did not load within five minutes."))
            self.pass_time(1)
            self.display.draw(1.0)
            for befell in self.display.occurrences():
                if isinstance(befell, acts.LoadFailed):
                    raise RehearsalFailed(befell.text)
            time.sleep(_LOOK_S)
        self._do(acts.Loaded(sha256=self._found.sha256))

    def go_to(self, level: int) -> None:
        """Bring the patient to `level`, 0 to 10, by a trial of its own; all ramps are over then."""
        if self._engine.trial_open:
            self._do(acts.SafePlace())
        self._do(acts.ArmTrial(level=level))
        self._do(acts.BeginTrial(level=level))
        self.display.show(self._engine.view)
        for _tick in range(round(LONGEST_S / DT)):
            self.pass_time(1)
            ramp = self._engine.ramp
            if ramp is not None and ramp.reached == level and not ramp.moving:
                break
        # what the stage eases by itself, as sky and fades, comes to rest
        self.pass_time(round(15.0 / DT), drawn=True)

    def begin(self, event: str) -> None:
        """Let an event happen, from here on."""
        self._do(acts.Trigger(name=event))

    def happening(self, event: str) -> bool:
        """Whether it still goes on."""
        host = self._engine.host
        return host is not None and host.running(event)

    def pass_time(self, ticks: int, *, drawn: bool = False) -> None:
        """Let so many ticks pass; `drawn` also lets what moves by itself go on."""
        for tick in range(ticks):
            self._now[0] += DT
            self._engine.see(self.display.head())
            self._engine.tick()
            if self._engine.disabled is not None:
                raise RehearsalFailed(self._engine.disabled)
            if drawn and tick % 30 == 29:
                self.display.draw(1.0)

    def picture(self, size: tuple[int, int], *, pitch: float = 0.0) -> bytes:
        """What is seen now with the head turned up by `pitch` degrees; red, green, blue rows."""
        self.display.point(0.0, pitch)
        self.display.draw(1.0)
        return self.display.pixels(size)

    @property
    def in_scene(self) -> bool:
        """Whether the scene is seen."""
        return self._engine.view is View.SCENE

    def _do(self, act: acts.Act) -> None:
        refused = self._engine.apply(act, "therapist")
        if refused is not None:
            told = _("The scenario could not be shown ({what}: {why}).")
            raise RehearsalFailed(told.format(what=act.kind, why=refused))


@contextmanager
def rehearsed(
    found: Found, size: tuple[int, int], *, quality: Asked = "high", seed: int = 1
) -> Iterator[Rehearsal]:
    """A rehearsal without a window, loaded; `size` in pixels is that of the unseen main picture.

    Raises:
        GraphicsUnavailable: nothing can be drawn here.
        RehearsalFailed: the scenario could not be loaded.
    """
    # The renderer takes a second to import: whoever only lists scenarios does not wait for it.
    from vr_runtime.display.build import build

    now = [0.0]
    display = build(
        "offscreen",
        monitor=None,
        size=size,
        console_elsewhere=False,
        clock=lambda: now[0],
        language="en",
        quality=quality,
    )
    try:
        rehearsal = Rehearsal(found, display, now, seed)
        rehearsal.load()
        yield rehearsal
    finally:
        display.close()
