"""Owns the choice of a display for this machine; knows nothing of what is shown on it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Literal

from scenarios.api.manifest import Words
from vr_runtime.display.headset.port import Cause, HeadsetUnavailable
from vr_runtime.display.headset.sentences import SENTENCES, TAKEN, TAKEN_ALONE
from vr_runtime.display.hearing import AS_THE_SYSTEM_HAS_IT, SoundWish
from vr_runtime.display.null import NullDisplay
from vr_runtime.display.quality import Asked
from vr_runtime.engine.ports import Display
from vr_runtime.stage.names import shipped

Kind = Literal["auto", "desktop", "headset", "offscreen", "null"]
Drawn = Literal["desktop", "offscreen"]
SIZES: dict[Drawn, tuple[int, int]] = {"desktop": (1280, 720), "offscreen": (640, 360)}
"""Pixels. Pictures without a window are seen by the mirror alone, in a terminal's cells."""

BESIDE = (960, 540)
"""Pixels of the window beside a headset."""

TRIAL_S = 30.0
"""A driver that has not drawn one picture within this is taken to hang."""


log = logging.getLogger(__name__)


class DisplayUnavailable(Exception):
    """The display asked for cannot be had here; the message says what to do (exit code 3)."""


ASKED = {
    "null": Words(
        fr="Rien n'est dessiné et aucun son n'est joué, comme demandé.",
        en="Nothing is drawn and no sound is played, as asked.",
    ),
    "offscreen": Words(
        fr="Les images sont dessinées sans fenêtre, comme demandé.",
        en="Pictures are drawn without a window, as asked.",
    ),
    "desktop": Words(
        fr="Le patient voit une fenêtre sur cet ordinateur.",
        en="The patient sees a window on this computer.",
    ),
}
INSTEAD = {
    "offscreen": Words(
        fr="Aucun écran n'a été trouvé ici, les images sont donc dessinées sans fenêtre.",
        en="No screen was found here, so pictures are drawn without a window.",
    ),
    "null": Words(
        fr="Rien ne peut être dessiné ici (ni écran ni OpenGL 3.2) : ni image ni son.",
        en="Nothing can be drawn here (neither a screen nor OpenGL 3.2): no picture, no sound.",
    ),
}
IMPOSSIBLE = {
    "desktop": Words(
        fr="Aucune fenêtre ne peut s'ouvrir ici : ouvrez une session graphique avec OpenGL 3.2, "
        "ou choisissez --display offscreen ou --display null.",
        en="No window can be opened here: log in to a graphical session with OpenGL 3.2, "
        "or choose --display offscreen or --display null.",
    ),
    "offscreen": Words(
        fr="Rien ne peut être dessiné ici : installez OpenGL (sous Debian : libegl1 et libgl1), "
        "ou choisissez --display null.",
        en="Nothing can be drawn here: install OpenGL (on Debian: libegl1 and libgl1), "
        "or choose --display null.",
    ),
}


def screen_is_there() -> bool:
    """Whether this process may open a window at all; whether drawing works is tried apart."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY"))
    return True


def works(kind: Drawn) -> bool:
    """Whether one picture can be drawn this way, tried in a process of its own.

    Graphics drivers crash; a crash there must not take the runtime with it (runtime.md 7).
    """
    command = [sys.executable, "-m", "vr_runtime.display.trial", kind]
    try:
        tried = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TRIAL_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


def headset_works(*, egl: bool) -> Cause | None:
    """Why no headset can be had, tried in a process of its own; None when one answers."""
    command = [sys.executable, "-m", "vr_runtime.display.headset.trial", *(["egl"] if egl else [])]
    try:
        tried = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TRIAL_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return Cause.HANGS
    if tried.returncode == 0:
        return None
    told = tried.stdout.decode(errors="replace").split()
    return Cause(told[-1]) if told and told[-1] in set(Cause) else Cause.HANGS


def _import_renderer() -> None:
    with suppress(ImportError):
        # Told where it is used: here nobody would hear it.
        import_module("vr_runtime.display.build")


def open_display(
    kind: Kind,
    *,
    monitor: int | None = None,
    size: tuple[int, int] | None = None,
    language: Literal["fr", "en"] = "en",
    console_elsewhere: bool = False,
    tried: bool = False,
    sound: SoundWish = AS_THE_SYSTEM_HAS_IT,
    quality: Asked = "auto",
    clock: Callable[[], float] = time.monotonic,
    goes_on: Callable[[], None] = lambda: None,
) -> tuple[Display, str]:
    """Open a display of this kind, and say in one sentence which it is and why.

    Args:
        kind: "auto" takes a window where there is a screen, else pictures without a window where
            graphics work, else none. A headset is taken where it is asked for by name: finding
            one starts its driver, and who sits before a screen is not to be surprised by that.
        monitor: number of the monitor the patient's window fills, from 0; None leaves it a window.
        size: width and height of the picture in pixels; None takes `SIZES` of its kind.
        language: "fr" or "en", of the sentences.
        console_elsewhere: whether the therapist's console is on another machine, so that this
            keyboard is the patient's and Space is a leave control.
        sound: its device, as `hearing.checked` gives it, and folders of recordings.
        quality: how richly pictures are drawn; "auto" chooses by driver and first pictures.
        tried: whether this kind was open here a moment ago, so that no trial is needed.
        clock: seconds, never going back.
        goes_on: called again and again while what is shown is made, once on each machine.

    Raises:
        DisplayUnavailable: the kind asked for cannot be had on this machine.
    """
    if kind == "null":
        return NullDisplay(shipped()), ASKED["null"].get(language)
    # The renderer takes a second to import: meanwhile the trial runs.
    threading.Thread(target=_import_renderer, name="renderer", daemon=True).start()
    if kind == "headset":
        display = _headset(
            monitor, size, language, console_elsewhere, tried, sound, quality, clock, goes_on
        )
        return display, (TAKEN if screen_is_there() else TAKEN_ALONE).get(language)
    wanted: tuple[Drawn, ...] = ("desktop", "offscreen") if kind == "auto" else (kind,)
    for drawn in wanted:
        if (drawn == "desktop" and not screen_is_there()) or not (tried or works(drawn)):
            continue
        from vr_runtime.display.build import NoSuchMonitor, build

        try:
            display = build(
                drawn,
                monitor=monitor,
                size=SIZES[drawn] if size is None else size,
                console_elsewhere=console_elsewhere,
                clock=clock,
                language=language,
                sound=sound,
                quality=quality,
                goes_on=goes_on,
            )
        except NoSuchMonitor as error:
            raise DisplayUnavailable(str(error)) from error
        instead = kind == "auto" and drawn == "offscreen"
        return display, (INSTEAD if instead else ASKED)[drawn].get(language)
    if kind == "auto":
        return NullDisplay(shipped()), INSTEAD["null"].get(language)
    raise DisplayUnavailable(IMPOSSIBLE[kind].get(language))


def _headset(
    monitor: int | None,
    size: tuple[int, int] | None,
    language: Literal["fr", "en"],
    console_elsewhere: bool,
    tried: bool,
    sound: SoundWish,
    quality: Asked,
    clock: Callable[[], float],
    goes_on: Callable[[], None],
) -> Display:
    egl = not screen_is_there()
    cause = None if tried else headset_works(egl=egl)
    if egl and cause is Cause.NO_OPENGL:
        cause = Cause.NO_SCREEN  # The driver may take OpenGL; without a screen it does not.
    if cause is not None:
        raise DisplayUnavailable(SENTENCES[cause].get(language))
    from vr_runtime.display.build import NoSuchMonitor, build_headset

    try:
        return build_headset(
            monitor=monitor,
            size=BESIDE if size is None else size,
            console_elsewhere=console_elsewhere,
            clock=clock,
            language=language,
            sound=sound,
            quality=quality,
            egl=egl,
            goes_on=goes_on,
        )
    except NoSuchMonitor as error:
        raise DisplayUnavailable(str(error)) from error
    except HeadsetUnavailable as error:
        log.warning("the headset: %s", error)
        raise DisplayUnavailable(SENTENCES[error.cause].get(language)) from error
