"""Owns how OpenXR's driver and its headset are found; knows no graphics and no session.

The module `xr` of pyopenxr is handed on as a value, so that nothing here needs it to be installed.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from vr_runtime.display.headset.port import Cause, HeadsetUnavailable
from vr_runtime.display.headset.profiles import HAND_INTERACTION, HP_CONTROLLER

Xr = Any
"""The module `xr`, or what stands in for it in a test: it comes without types."""

OPENGL, EGL = "XR_KHR_opengl_enable", "XR_MNDX_egl_enable"
MASK, PRESENCE, LOCAL_FLOOR = "XR_KHR_visibility_mask", "XR_EXT_user_presence", "XR_EXT_local_floor"
USED = (MASK, PRESENCE, LOCAL_FLOOR, HAND_INTERACTION, HP_CONTROLLER)
"""Extensions that are taken where they are offered; without them it works with less."""
FAULTS = (ValueError, OSError, TypeError, AttributeError)
"""What pyopenxr lets through where a driver answers what it does not know."""


@dataclass(frozen=True)
class Found:
    """A driver that answers, and the headset it knows."""

    xr: Xr
    instance: Any
    system: Any
    extensions: frozenset[str]
    """Those that are in use."""
    name: str


def load_xr() -> Xr:
    """The module `xr`. Raises `HeadsetUnavailable` where the extra is not installed."""
    if sys.platform.startswith("linux"):
        # By itself its graphics library may take another way to the screen than the window does.
        way = "glx" if os.environ.get("DISPLAY") else "egl"
        os.environ.setdefault("PYOPENGL_PLATFORM", way)
    try:
        return import_module("xr")
    except (ImportError, OSError, NotImplementedError) as error:
        raise HeadsetUnavailable(Cause.NO_EXTRA, str(error)) from error


def find(xr: Xr, *, egl: bool = False) -> Found:
    """The driver and its headset; may take long where the driver has to be started.

    Args:
        xr: the module.
        egl: the pictures are made without a window (EGL), which a driver must offer by itself.

    Raises:
        HeadsetUnavailable: there is no driver, it takes no OpenGL, or it knows of no headset.
    """
    wrong = xr.exception
    try:
        offered = {_text(e.extension_name) for e in xr.enumerate_instance_extension_properties()}
    except (wrong.XrException, *FAULTS) as error:
        raise HeadsetUnavailable(Cause.NO_DRIVER, str(error)) from error
    needed = [OPENGL, EGL] if egl else [OPENGL]
    if not offered.issuperset(needed):
        raise HeadsetUnavailable(Cause.NO_OPENGL)
    names = [*needed, *(name for name in USED if name in offered)]
    try:
        instance = xr.create_instance(
            xr.InstanceCreateInfo(
                application_info=xr.ApplicationInfo(
                    application_name="Palier",
                    application_version=1,
                    engine_name="Palier",
                    api_version=xr.Version(1, 0, 34),
                ),
                enabled_extension_names=names,
            )
        )
    except (wrong.XrException, *FAULTS) as error:
        raise HeadsetUnavailable(Cause.NO_DRIVER, str(error)) from error
    try:
        wanted = xr.SystemGetInfo(form_factor=xr.FormFactor.HEAD_MOUNTED_DISPLAY)
        system = xr.get_system(instance, wanted)
        driver = _text(xr.get_instance_properties(instance).runtime_name)
        headset = _text(xr.get_system_properties(instance, system).system_name)
    except (wrong.XrException, *FAULTS) as error:
        forget(xr, instance)
        raise HeadsetUnavailable(Cause.NO_HEADSET, str(error)) from error
    return Found(xr, instance, system, frozenset(names), f"{headset}, {driver}")


def forget(xr: Xr, instance: Any) -> None:
    """Let the driver go, whatever it says to that."""
    try:
        xr.destroy_instance(instance)
    except (xr.exception.XrException, *FAULTS):
        return


def _text(told: Any) -> str:
    return told.decode(errors="replace") if isinstance(told, bytes) else str(told)
