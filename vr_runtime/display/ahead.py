"""Owns what is made before a display opens: surfaces and rooms that this machine does not have yet.

Knows no display and no watchdog; whoever waits is told that it goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextvars import copy_context
from threading import Thread

from vr_runtime.language import _
from vr_runtime.stage.look.surfaces import surface_pixels
from vr_runtime.stage.panda.folder import Folder, cache_dir
from vr_runtime.stage.panda.kept import Arrays, KeptArrays
from vr_runtime.stage.panda.rooms import ROOMS_MADE

SURFACES = "look/surfaces"
"""The name that the tiled pictures of surfaces are kept under."""
TOLD_EVERY_S = 1.0
LONGEST_S = 600.0
"""One thing that takes longer hangs: from then on nobody is told any more that it goes on."""


def made_surfaces() -> Arrays:
    """The tiled pictures of surfaces, in about two seconds on an idle machine."""
    return {"pixels": surface_pixels()}


def make_ahead(goes_on: Callable[[], None] = lambda: None) -> None:
    """Make, before there is a window that would stand there dark, what is not yet made here.

    What other versions have made goes before it. Says so where anything is to be made.

    Args:
        goes_on: called about once a second while it lasts, which on a slow or busy machine may be
            minutes: silence would be taken for a fault.
    """
    Folder(cache_dir()).sweep()
    kept = KeptArrays(cache_dir())
    makers: Mapping[str, Callable[[], Arrays]] = {SURFACES: made_surfaces, **ROOMS_MADE}
    missing = [name for name in makers if not kept.there(name)]
    if not missing:
        return
    told = _("What is shown is made on this machine, once; this takes some seconds.")
    print(told, file=sys.stderr, flush=True)
    for name in missing:
        making = _begun(kept, name, makers[name])
        for _second in range(round(LONGEST_S / TOLD_EVERY_S)):
            try:
                making.result(TOLD_EVERY_S)
                break
            except NotYet:
                goes_on()
        making.result()


def _begun(kept: KeptArrays, name: str, maker: Callable[[], Arrays]) -> Future[Arrays]:
    """Begin to make it in a thread that nobody waits for who gives up: Ctrl+C ends at once."""
    making: Future[Arrays] = Future()
    context = copy_context()

    def make() -> None:
        try:
            made = context.run(kept.bring, name, maker)
        except BaseException as error:
            making.set_exception(error)
        else:
            making.set_result(made)

    Thread(target=make, name="ahead", daemon=True).start()
    return making
