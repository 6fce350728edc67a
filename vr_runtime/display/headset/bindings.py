"""Owns how the graphics that are current on this thread are named to OpenXR, on each system.

It asks the system's own libraries, so that it does not matter who made those graphics current.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from typing import Any

from vr_runtime.display.headset.finding import Xr

_GLX_FBCONFIG_ID, _GLX_VISUAL_ID, _GLX_SCREEN = 0x8013, 0x800B, 0x800C
_EGL_CONFIG_ID = 0x3028


def current_graphics(xr: Xr, instance: Any, egl: bool) -> Any:
    """The structure of OpenXR that names them. Raises `OSError` where none are current."""
    if sys.platform == "win32":
        return _wgl(xr)
    return _egl(xr) if egl else _glx(xr)


def _library(name: str, *files: str) -> ctypes.CDLL:
    for file in (*files, ctypes.util.find_library(name) or ""):
        try:
            return ctypes.CDLL(file)
        except OSError:
            continue
    raise OSError(f"the library {name} is not there")


def _call(library: ctypes.CDLL, name: str, gives: Any, *arguments: Any) -> Any:
    function = getattr(library, name)
    function.restype = gives
    return function(*arguments)


def _as_field(structure: Any, name: str, value: int) -> Any:
    """An address or a number, in the type that this field of the structure has."""
    wanted = dict(structure._fields_)[name]
    return ctypes.cast(ctypes.c_void_p(value), wanted)


def _glx(xr: Xr) -> Any:
    gl = _library("GL", "libGL.so.1")
    pointer, number = ctypes.c_void_p, ctypes.c_ulong
    display = _call(gl, "glXGetCurrentDisplay", pointer)
    drawable = _call(gl, "glXGetCurrentDrawable", number)
    context = _call(gl, "glXGetCurrentContext", pointer)
    if not display or not drawable or not context:
        raise OSError("no GLX graphics are current")
    config, visual = _config(gl, display, context)
    kind = xr.GraphicsBindingOpenGLXlibKHR
    return kind(
        x_display=_as_field(kind, "x_display", display),
        visualid=visual,
        glx_fbconfig=_as_field(kind, "glx_fbconfig", config),
        glx_drawable=drawable,
        glx_context=_as_field(kind, "glx_context", context),
    )


def _config(gl: ctypes.CDLL, display: int, context: int) -> tuple[int, int]:
    """Address of the configuration that the context was made of, and number of its visual."""
    on = ctypes.c_void_p(display)

    def of_context(what: int) -> int:
        told = ctypes.c_int()
        asked = (on, ctypes.c_void_p(context), what, ctypes.byref(told))
        _call(gl, "glXQueryContext", ctypes.c_int, *asked)
        return told.value

    wanted = (ctypes.c_int * 3)(_GLX_FBCONFIG_ID, of_context(_GLX_FBCONFIG_ID), 0)
    count = ctypes.c_int()
    asked = (on, of_context(_GLX_SCREEN), wanted, ctypes.byref(count))
    configs = _call(gl, "glXChooseFBConfig", ctypes.POINTER(ctypes.c_void_p), *asked)
    if not configs or count.value < 1:
        raise OSError("the configuration of the GLX graphics is not told")
    config = int(configs[0])
    visual = ctypes.c_int()
    of_config = (on, ctypes.c_void_p(config), _GLX_VISUAL_ID, ctypes.byref(visual))
    _call(gl, "glXGetFBConfigAttrib", ctypes.c_int, *of_config)
    _call(_library("X11", "libX11.so.6"), "XFree", ctypes.c_int, configs)
    return config, visual.value


def _egl(xr: Xr) -> Any:
    egl = _library("EGL", "libEGL.so.1")
    display = _call(egl, "eglGetCurrentDisplay", ctypes.c_void_p)
    context = _call(egl, "eglGetCurrentContext", ctypes.c_void_p)
    if not display or not context:
        raise OSError("no EGL graphics are current")
    number = ctypes.c_int()
    asked = (ctypes.c_void_p(display), ctypes.c_void_p(context), _EGL_CONFIG_ID)
    _call(egl, "eglQueryContext", ctypes.c_uint, *asked, ctypes.byref(number))
    wanted = (ctypes.c_int * 3)(_EGL_CONFIG_ID, number.value, 0x3038)
    config, count = ctypes.c_void_p(), ctypes.c_int()
    room = (ctypes.byref(config), 1, ctypes.byref(count))
    _call(egl, "eglChooseConfig", ctypes.c_uint, ctypes.c_void_p(display), wanted, *room)
    kind = xr.GraphicsBindingEGLMNDX
    return kind(
        get_proc_address=ctypes.cast(egl.eglGetProcAddress, xr.PFN_xrEglGetProcAddressMNDX),
        display=_as_field(kind, "display", display),
        config=_as_field(kind, "config", config.value or 0),
        context=_as_field(kind, "context", context),
    )


def _wgl(xr: Xr) -> Any:
    gl = _library("opengl32", "opengl32.dll")
    device = _call(gl, "wglGetCurrentDC", ctypes.c_void_p)
    context = _call(gl, "wglGetCurrentContext", ctypes.c_void_p)
    if not device or not context:
        raise OSError("no WGL graphics are current")
    kind = xr.GraphicsBindingOpenGLWin32KHR
    return kind(h_dc=_as_field(kind, "h_dc", device), h_glrc=_as_field(kind, "h_glrc", context))
