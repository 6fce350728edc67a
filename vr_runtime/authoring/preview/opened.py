"""Owns the opening of a preview, in a window or as one picture; knows no file and no command."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from vr_runtime.authoring.preview.composed import Composed
from vr_runtime.authoring.preview.panel import width_for
from vr_runtime.authoring.preview.patience import Patience
from vr_runtime.authoring.preview.steering import Kept, Steering
from vr_runtime.authoring.preview.viewing import Viewing
from vr_runtime.authoring.rehearsal import LOADING_S, RehearsalFailed
from vr_runtime.engine.budget import BY_CLOCK, IN_STEP
from vr_runtime.engine.loadable import Loadable
from vr_runtime.engine.ports import DT
from vr_runtime.language import _, language

if TYPE_CHECKING:
    from vr_runtime.display.gaze import HeadLook

SIZE = (1280, 720)
SETTLE_S = 15.0
"""Seconds after which what the stage eases by itself, as sky and fades, has come to rest."""
_LOOK_S = 0.01


@dataclass(frozen=True)
class Opened:
    """A preview that is open."""

    viewing: Viewing
    look: HeadLook
    """Where its author looks."""
    image: Callable[[], Image.Image] | None = None
    """Without a window: the picture drawn last, with what lies beside and over it."""


@contextmanager
def window(size: tuple[int, int] = SIZE) -> Iterator[Opened]:
    """An author's window.

    Raises:
        GraphicsUnavailable: no window can be opened here.
    """
    from vr_runtime.display.build import build_for_author

    display, front = build_for_author(
        size=size,
        beside=width_for,
        title=_("Palier: preview for authors"),
        clock=time.monotonic,
        language=language(),
    )
    try:
        viewing = Viewing(display, front, Steering(display.stage, BY_CLOCK))
        yield Opened(viewing, front.look)
    finally:
        display.close()


@contextmanager
def unseen(
    size: tuple[int, int], clock: Callable[[], float], *, hidden: bool = False, by_clock: bool
) -> Iterator[Opened]:
    """The same without a window.

    Raises:
        GraphicsUnavailable: nothing can be drawn here.
    """
    from vr_runtime.display.build import build

    front = Composed(size, hidden=hidden)
    display = build(
        "offscreen",
        monitor=None,
        size=front.part,
        console_elsewhere=False,
        clock=clock,
        language=language(),
        quality="high",
    )
    try:
        steering = Steering(display.stage, BY_CLOCK if by_clock else IN_STEP)
        viewing = Viewing(display, front, steering, clock)
        yield Opened(viewing, display.look, lambda: front.image(display))
    finally:
        display.close()


def picture(
    found: Loadable,
    size: tuple[int, int],
    *,
    level: int,
    values: Mapping[str, float],
    events: Sequence[str],
    after_s: float,
    hidden: bool,
    patience: Patience,
) -> tuple[Image.Image, str]:
    """What an author would see so many seconds after the events began, and why not all was done.

    Code that does not come back is given up by `patience`.

    Raises:
        GraphicsUnavailable: nothing can be drawn here.
        RehearsalFailed: the scenario could not be shown.
    """
    now = [0.0]
    with unseen(size, lambda: now[0], hidden=hidden, by_clock=False) as opened:
        viewing, steering = opened.viewing, opened.viewing.steering
        with patience.over():
            steering.open(found, Kept(level, dict(values)))

        def tick() -> None:
            now[0] += DT
            with patience.over():
                viewing.pass_time(1)

        _load(viewing, tick)
        _reach(viewing, tick)
        refused = steering.refused
        _settle(viewing, tick, SETTLE_S)
        for event in events:
            steering.begin(event)
        _reach(viewing, tick)
        _settle(viewing, tick, after_s)
        viewing.draw(1.0)
        _judge(steering)
        why = refused or steering.refused
        assert opened.image is not None, "without a window there is one"
        return opened.image(), "" if why is None else str(why)


def _load(viewing: Viewing, tick: Callable[[], None]) -> None:
    until = time.monotonic() + LOADING_S
    while not viewing.steering.engine.loaded:
        if time.monotonic() > until:
            raise RehearsalFailed(_("The scenario did not load within five minutes."))
        tick()
        viewing.draw(1.0)
        _judge(viewing.steering)
        time.sleep(_LOOK_S)


def _reach(viewing: Viewing, tick: Callable[[], None]) -> None:
    while viewing.steering.hurries:
        tick()
        _judge(viewing.steering)


def _settle(viewing: Viewing, tick: Callable[[], None], seconds: float) -> None:
    for number in range(round(seconds / DT)):
        tick()
        if number % 30 == 29:
            viewing.draw(1.0)


def _judge(steering: Steering) -> None:
    if steering.engine.disabled is not None:
        raise RehearsalFailed(steering.engine.disabled)
