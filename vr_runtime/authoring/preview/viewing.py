"""Owns a scenario before its author's eyes: what is pressed becomes acts, what is applied is shown.

It knows neither window nor files: whoever calls lets rounds pass and says what is wrong.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PIL import Image

from vr_runtime.authoring.preview import panel
from vr_runtime.authoring.preview.board import (
    Action,
    Verb,
    board,
    event_of_key,
    task_of_key,
    value_at,
)
from vr_runtime.authoring.preview.panel import Panel, Spot
from vr_runtime.authoring.preview.steering import Steering
from vr_runtime.clock import TickClock
from vr_runtime.engine import phases
from vr_runtime.engine.ports import Display
from vr_runtime.wire import acts
from vr_runtime.wire.acts import WindowClosed

if TYPE_CHECKING:
    from vr_runtime.display.author.window import Input, Pressed

PANEL_S = 0.1
"""Seconds after which the panel tells anew what is applied."""
HURRY_S = 0.05
"""Seconds of each round that may be taken by ticks that nobody waits for."""
ROW = dict(zip("&é\"'(-è_ç", "123456789", strict=True))
"""Digit meant by each character of a French keyboard's row."""


class Front(Protocol):
    """What the picture is seen in."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, the panel included."""
        ...

    @property
    def hidden(self) -> bool:
        """Whether the panel is hidden."""
        ...

    def hide(self, hidden: bool) -> None:
        """Show the picture alone, or the panel beside it."""
        ...

    def panel(self, image: Image.Image) -> None:
        """Have this beside the picture."""
        ...

    def band(self, image: Image.Image | None) -> None:
        """Have this over the lower edge of the picture."""
        ...

    def inputs(self) -> list[Input]:
        """What mouse and keys did since the last call."""
        ...


class Viewing:
    """One author, one scenario, one picture."""

    def __init__(
        self,
        display: Display,
        front: Front,
        steering: Steering,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.display = display
        self.steering = steering
        self.closed = False
        self._front = front
        self._now = now
        self._clock = TickClock(now)
        self._panel: Panel | None = None
        self._panel_due = 0.0
        self._scrolled = 0
        self._sliding: Spot | None = None
        self._told: tuple[str, ...] = ()
        self._band_for: tuple[tuple[str, ...], tuple[int, int]] = ((), (0, 0))

    def tell(self, lines: Sequence[str]) -> None:
        """Say what is wrong over the picture; nothing takes it away."""
        self._told = tuple(lines)

    # -- time

    def round(self) -> None:
        """Let pass what is due by the clock, and draw where a picture is due."""
        due, _lost = self._clock.due()
        self._hear()
        until = self._now() + HURRY_S
        while self.steering.hurries and self._now() < until:
            self.steering.tick()
        for _tick in range(due):
            self.steering.tick()
        if self.display.due_s() <= 0.0:
            self.draw(self._clock.between())

    def due_s(self) -> float:
        """Seconds until the next round has something to do."""
        if self.steering.hurries:
            return 0.0
        return max(0.0, min(self._clock.next_s(), self.display.due_s()))

    def pass_time(self, ticks: int) -> None:
        """Let so many ticks pass at once, whatever the clock says."""
        for _tick in range(ticks):
            self._hear()
            self.steering.tick()

    def draw(self, between: float) -> None:
        """Draw one picture, with what the panel says now."""
        engine = self.steering.engine
        display = self.display
        display.show(engine.view)
        display.draw_with(engine.quality)
        display.sound_with(engine.hearing.volume_db, engine.hearing.tone)
        repose = engine.repose
        display.accompany(repose.refuge, repose.guide, repose.practised)
        display.lay(engine.sight)
        self._renew()
        display.draw(between)

    def _hear(self) -> None:
        self.steering.engine.see(self.display.head())
        for befell in self.display.occurrences():
            if isinstance(befell, WindowClosed):
                self.closed = True
            else:
                self.steering.befell(befell)
        for each in self._front.inputs():
            self._panel_due = 0.0
            if isinstance(each, str):
                self._key(each)
            else:
                self._pressed(each)
        self.steering.look_after_load()

    # -- what is shown beside it

    def _renew(self) -> None:
        high = self._front.size[1]
        now = self._now()
        if now >= self._panel_due:
            self._panel_due = now + PANEL_S
            told = board(self.steering, self.display.state())
            self._panel = panel.drawn(told, high, scrolled=self._scrolled)
            self._scrolled = min(self._scrolled, self._panel.overflow)
            self._front.panel(self._panel.image)
        wide = self._front.size[0] - (0 if self._front.hidden else panel.width_for(high))
        if self._band_for != (self._told, (wide, high)):
            self._band_for = (self._told, (wide, high))
            self._front.band(panel.told(self._told, (wide, high)))

    # -- what is pressed

    def _pressed(self, pressed: Pressed) -> None:
        if self._panel is None:
            return
        if pressed.what == "wheel":
            self._scrolled = max(0, min(self._panel.overflow, self._scrolled + round(pressed.by)))
        elif pressed.what == "up":
            self._sliding = None
        elif pressed.what == "move":
            if self._sliding is not None:
                self._slide(self._sliding, pressed.x)
        else:
            spot = self._panel.at(pressed.x, pressed.y)
            if spot is not None and spot.slides is not None:
                self._sliding = spot
                self._slide(spot, pressed.x)
            elif spot is not None:
                self.act(spot.action)

    def _slide(self, spot: Spot, x: float) -> None:
        share = spot.share(x)
        if spot.action.verb == "level":
            self.steering.go_to(round(share * 10))
            return
        spec = self.steering.manifest and self.steering.manifest.value(spot.action.name)
        if spec:
            self.steering.set(spec.name, value_at(spec, share))

    def _key(self, key: str) -> None:
        digit = ROW.get(key, key)
        manifest = self.steering.manifest
        event = None if manifest is None else event_of_key(manifest, digit)
        verbs: dict[str, Verb] = {
            "arrow_up": "raise",
            "arrow_down": "lower",
            "p": "pause",
            "s": "safe_place",
            "f12": "stop",
            "escape": "stop",
            "enter": "back",
            "tab": "hide",
        }
        task = None if manifest is None else task_of_key(manifest, key)
        if event is not None:
            self.act(Action("event", event))
        elif task is not None:
            playing = self.steering.engine.playing
            given = playing is not None and playing.task is not None and playing.task.name == task
            self.act(Action("task_done" if given else "task", task))
        elif key in verbs:
            self.act(Action(verbs[key]))

    def act(self, action: Action) -> None:
        """Do what a place on the panel, or a key, asks for."""
        steering, ramp = self.steering, self.steering.ramp
        verb = action.verb
        if verb == "event":
            steering.begin(action.name)
        elif verb == "task":
            steering.give(action.name)
        elif verb == "task_done":
            steering.do(acts.TaskDone(name=action.name))
        elif verb == "take_back":
            steering.do(acts.TakeBackTask(name=action.name))
        elif verb == "follow":
            steering.follow(action.name)
        elif verb == "back":
            steering.go_to(steering.last_level)
        elif verb == "hide":
            self._front.hide(not self._front.hidden)
        elif verb in ("raise", "lower"):
            if ramp is not None and phases.in_scene(steering.engine.phase):
                level = ramp.asked + (1 if verb == "raise" else -1)
                if 0 <= level <= 10:
                    steering.do(
                        acts.Raise(level=level) if verb == "raise" else acts.Lower(level=level)
                    )
        else:
            asked: dict[str, acts.Act] = {
                "pause": acts.Pause(),
                "safe_place": acts.SafePlace(),
                "stop": acts.Stop(),
            }
            steering.do(asked[verb])
