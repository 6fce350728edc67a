"""Owns the opening of a headset's display: window, graphics, driver, session, in that order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from panda3d.core import loadPrcFileData

from vr_runtime.display.graphics import GraphicsUnavailable, Output
from vr_runtime.display.hand import Hand, NoHand
from vr_runtime.display.headset.bindings import current_graphics
from vr_runtime.display.headset.finding import find, load_xr
from vr_runtime.display.headset.openxr import OpenXr
from vr_runtime.display.headset.port import Cause, HeadsetUnavailable, Port
from vr_runtime.display.headset.session import Session
from vr_runtime.display.headset.worker import Threaded


def reach(*, egl: bool) -> Callable[[], Port]:
    """Find driver and headset; gives what opens a session on the current graphics.

    Raises:
        HeadsetUnavailable: there is none of them.
    """
    return partial(OpenXr, find(load_xr(), egl=egl), current_graphics)


def open_session(output: Output, clock: Callable[[], float], *, egl: bool) -> Session:
    """A session on the graphics of this output. Raises `HeadsetUnavailable`."""
    again = partial(reach, egl=egl)
    enter = again()
    for _ in range(2):
        output.draw()  # The first picture opens the window, and leaves no graphics current.
    return Session(
        enter(),
        again,
        waiter=Threaded("headset"),
        reacher=Threaded("headset's return"),
        clock=clock,
    )


def unpaced() -> None:
    """Before a window is opened: no screen's rhythm may hold up the headset's own."""
    loadPrcFileData("palier headset", "sync-video 0")


def without_window(size: tuple[int, int]) -> tuple[Output, Hand]:
    """Graphics for a headset on a machine without a screen. Raises `HeadsetUnavailable`."""
    try:
        return Output.offscreen(size), NoHand()
    except GraphicsUnavailable as error:
        raise HeadsetUnavailable(Cause.NO_SCREEN, str(error)) from error
