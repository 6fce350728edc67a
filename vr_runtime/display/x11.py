"""Owns the frame of the patient's window under X11: where it is, and that it takes no focus.

Knows nothing of pictures. Panda3D's own window grabs the keyboard as soon as it is mapped; here it
becomes a child of a frame that asks the window manager for no focus (ICCCM input hint, EWMH user
time 0), so that the keyboard stays with the therapist's console. A click may still give it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from typing import Any

ATOM, CARDINAL = 4, 6
KEY_PRESS, KEY_RELEASE, FOCUS_OUT, VISIBILITY = 2, 3, 10, 15
DESTROY, UNMAPPED, MAPPED, CONFIGURE, CLIENT_MESSAGE = 17, 18, 19, 22, 33
KEY_MASK, VISIBILITY_MASK, STRUCTURE_MASK, FOCUS_MASK = 1 | 2, 1 << 16, 1 << 17, 1 << 21
COVERED = 2
"""State of a window that others cover whole."""
INPUT_HINT, STATE_HINT, NORMAL = 1, 2, 1
AT_MY_PLACE = 1 | 4
"""Size hint flags: the user chose the position; the program did."""
SETTLED_S = 1.0
"""Seconds after mapping from which a click may give the window the keyboard."""
KEYS = {0xFFC9: "f12", 0xFF1B: "escape", 0x20: "space"}
KEYS |= {0xFF0D: "enter", 0xFF8D: "enter", 0xFF09: "tab"}
KEYS |= {0xFF51: "arrow_left", 0xFF52: "arrow_up", 0xFF53: "arrow_right", 0xFF54: "arrow_down"}
KEYS |= {0x30 + digit: str(digit) for digit in range(10)}
# Where the row of digits needs Shift, what it gives without, in Latin-1: & e" ' ( - e` _ c a`.
KEYS |= dict(zip(b"\x26\xe9\x22\x27\x28\x2d\xe8\x5f\xe7\xe0", "1234567890", strict=True))
# The keypad, as it is called without its lock: Insert, End, Down, Next, Left, Begin, ...
_PAD = (0xFF9E, 0xFF9C, 0xFF99, 0xFF9B, 0xFF96, 0xFF9D, 0xFF98, 0xFF95, 0xFF97, 0xFF9A)
KEYS |= {code: str(digit) for digit, code in enumerate(_PAD)}
HELD = frozenset({"space", "enter", "tab"})
"""Keys whose release is told."""

News = str
"""The name of a key, with `-up` at its release where that is told, or `closed`."""


class _Hints(ctypes.Structure):
    _fields_ = (
        ("flags", c_long),
        ("input", c_int),
        ("initial_state", c_int),
        ("icon_pixmap", c_ulong),
        ("icon_window", c_ulong),
        ("icon_x", c_int),
        ("icon_y", c_int),
        ("icon_mask", c_ulong),
        ("window_group", c_ulong),
    )


class _SizeHints(ctypes.Structure):
    _fields_ = (("flags", c_long), ("numbers", c_int * 17))


class _Monitor(ctypes.Structure):
    _fields_ = (
        ("name", c_ulong),
        ("primary", c_int),
        ("automatic", c_int),
        ("outputs_count", c_int),
        ("x", c_int),
        ("y", c_int),
        ("width", c_int),
        ("height", c_int),
        ("width_mm", c_int),
        ("height_mm", c_int),
        ("outputs", c_void_p),
    )


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
    )


class _Visibility(ctypes.Structure):
    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("state", c_int),
    )


class _Event(ctypes.Union):
    _fields_ = (
        ("type", c_int),
        ("message", _ClientMessage),
        ("visibility", _Visibility),
        ("room", c_long * 24),
    )


def _library() -> Any:
    """Xlib with the types of what is called; raises `OSError` where it is not installed."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = c_void_p
    x.XOpenDisplay.argtypes = (c_char_p,)
    x.XDefaultRootWindow.restype = c_ulong
    x.XDefaultRootWindow.argtypes = (c_void_p,)
    x.XCreateSimpleWindow.restype = c_ulong
    numbers = (c_int, c_int, c_uint, c_uint, c_uint, c_ulong, c_ulong)
    x.XCreateSimpleWindow.argtypes = (c_void_p, c_ulong, *numbers)
    x.XInternAtom.restype = c_ulong
    x.XInternAtom.argtypes = (c_void_p, c_char_p, c_int)
    x.XChangeProperty.argtypes = (
        c_void_p, c_ulong, c_ulong, c_ulong, c_int, c_int, c_void_p, c_int,
    )  # fmt: skip
    x.XSetWMHints.argtypes = (c_void_p, c_ulong, POINTER(_Hints))
    x.XSetWMNormalHints.argtypes = (c_void_p, c_ulong, POINTER(_SizeHints))
    x.XSetWMProtocols.argtypes = (c_void_p, c_ulong, POINTER(c_ulong), c_int)
    x.XSelectInput.argtypes = (c_void_p, c_ulong, c_long)
    x.XNextEvent.argtypes = (c_void_p, POINTER(_Event))
    x.XLookupKeysym.argtypes = (POINTER(_Event), c_int)
    x.XLookupKeysym.restype = c_ulong
    x.XGetInputFocus.argtypes = (c_void_p, POINTER(c_ulong), POINTER(c_int))
    x.XGetGeometry.argtypes = (
        c_void_p, c_ulong, POINTER(c_ulong), POINTER(c_int), POINTER(c_int),
        POINTER(c_uint), POINTER(c_uint), POINTER(c_uint), POINTER(c_uint),
    )  # fmt: skip
    x.XkbSetDetectableAutoRepeat.argtypes = (c_void_p, c_int, POINTER(c_int))
    x.XStoreName.argtypes = (c_void_p, c_ulong, c_char_p)
    for name in ("XMapWindow", "XUnmapWindow", "XDestroyWindow"):
        getattr(x, name).argtypes = (c_void_p, c_ulong)
    for name in ("XPending", "XCloseDisplay", "XFlush"):
        getattr(x, name).argtypes = (c_void_p,)
    x.XSync.argtypes = (c_void_p, c_int)
    return x


Place = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""


class X11Frame:
    """The top-level window around the picture. Made unseen; `show` puts it on the screen."""

    def __init__(
        self, title: str, size: tuple[int, int], *, keyboard: bool, clock: Callable[[], float]
    ) -> None:
        """Make the frame.

        Args:
            title: in the frame's bar.
            size: width and height in pixels.
            keyboard: whether it may take the keyboard when it appears.
            clock: seconds.

        Raises:
            OSError: there is no X library or no X server.
        """
        self._x = _library()
        self._display = self._x.XOpenDisplay(None)
        if not self._display:
            raise OSError("no X server answers")
        self._clock = clock
        self._keyboard = keyboard
        self._mapped_s: float | None = None
        self._on_screen = self._covered = False
        self._held: set[str] = set()
        self._root = self._x.XDefaultRootWindow(self._display)
        self.id: int = self._x.XCreateSimpleWindow(
            self._display, self._root, 0, 0, size[0], size[1], 0, 0, 0
        )
        self.size = size
        self._x.XStoreName(self._display, self.id, title.encode("ascii", "replace"))
        self._cardinal("_NET_WM_USER_TIME", None if keyboard else 0)
        self._hint(keyboard)
        self._delete = c_ulong(self._atom("WM_DELETE_WINDOW"))
        self._x.XSetWMProtocols(self._display, self.id, byref(self._delete), 1)
        wanted = KEY_MASK | VISIBILITY_MASK | STRUCTURE_MASK | FOCUS_MASK
        self._x.XSelectInput(self._display, self.id, wanted)
        # A key that is held down is released once, at its end.
        self._x.XkbSetDetectableAutoRepeat(self._display, 1, None)
        self._x.XSync(self._display, 0)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode("ascii"), 0))

    def _cardinal(self, name: str, value: int | None) -> None:
        if value is not None:
            self._property(name, CARDINAL, value)

    def _property(self, name: str, kind: int, value: int) -> None:
        kept = c_ulong(value)
        self._x.XChangeProperty(
            self._display, self.id, self._atom(name), kind, 32, 0, byref(kept), 1
        )

    def _hint(self, takes_input: bool) -> None:
        hints = _Hints(flags=INPUT_HINT | STATE_HINT, input=int(takes_input), initial_state=NORMAL)
        self._x.XSetWMHints(self._display, self.id, byref(hints))

    def monitors(self) -> list[Place]:
        """The monitors of this screen from left to right; empty when they cannot be told."""
        try:
            randr: Any = ctypes.CDLL("libXrandr.so.2")
        except OSError:
            return []
        randr.XRRGetMonitors.restype = POINTER(_Monitor)
        randr.XRRGetMonitors.argtypes = (c_void_p, c_ulong, c_int, POINTER(c_int))
        count = c_int(0)
        found = randr.XRRGetMonitors(self._display, self._root, 1, byref(count))
        places = [(m.x, m.y, m.width, m.height) for m in found[: count.value]]
        randr.XRRFreeMonitors.argtypes = (POINTER(_Monitor),)
        randr.XRRFreeMonitors(found)
        return sorted(places)

    def fill(self, place: Place) -> None:
        """Cover a monitor without a border; before the frame is shown."""
        x, y, width, height = place
        hints = _SizeHints(flags=AT_MY_PLACE)
        self._x.XSetWMNormalHints(self._display, self.id, byref(hints))
        self._x.XMoveResizeWindow.argtypes = (c_void_p, c_ulong, c_int, c_int, c_uint, c_uint)
        self._x.XMoveResizeWindow(self._display, self.id, x, y, width, height)
        self._property("_NET_WM_STATE", ATOM, self._atom("_NET_WM_STATE_FULLSCREEN"))
        self.size = (width, height)
        self._x.XSync(self._display, 0)

    @property
    def shown(self) -> bool:
        """Whether the frame is on the screen."""
        return self._mapped_s is not None

    @property
    def seen(self) -> bool:
        """Whether the frame is on the screen, neither put away nor covered whole."""
        return self._on_screen and not self._covered

    def show(self) -> None:
        """Put the frame on the screen, without taking the keyboard."""
        if not self.shown:
            self._hint(self._keyboard)
            self._x.XMapWindow(self._display, self.id)
            self._x.XSync(self._display, 0)
            self._mapped_s = self._clock()

    def hide(self) -> None:
        """Take the frame off the screen."""
        self._x.XUnmapWindow(self._display, self.id)
        self._x.XSync(self._display, 0)
        self._mapped_s = None

    def focused(self, child: int) -> bool:
        """Whether the keyboard goes to the frame or to the picture `child` in it."""
        focus, revert = c_ulong(0), c_int(0)
        self._x.XGetInputFocus(self._display, byref(focus), byref(revert))
        return focus.value in (self.id, child)

    def news(self) -> Iterator[News]:
        """Keys while the frame itself has them, and the wish to close it."""
        if self._mapped_s is not None and self._clock() - self._mapped_s > SETTLED_S:
            # Only the appearing must take no focus; who clicks into the window means it.
            self._hint(True)
            self._x.XFlush(self._display)
            self._mapped_s = float("inf")
        event = _Event()
        while self._x.XPending(self._display):
            self._x.XNextEvent(self._display, byref(event))
            if event.type in (KEY_PRESS, KEY_RELEASE):
                yield from self._key(event)
            elif event.type == FOCUS_OUT and self._held:
                # Their release will be told to another window.
                yield from sorted(f"{key}-up" for key in self._held)
                self._held.clear()
            elif event.type == VISIBILITY:
                self._covered = event.visibility.state == COVERED
            elif event.type in (MAPPED, UNMAPPED):
                self._on_screen = event.type == MAPPED
            elif event.type == CONFIGURE:
                self.size = self._measured()
            elif event.type == CLIENT_MESSAGE and event.message.data[0] == self._delete.value:
                yield "closed"

    def _key(self, event: _Event) -> Iterator[News]:
        key = KEYS.get(int(self._x.XLookupKeysym(byref(event), 0)))
        if event.type == KEY_PRESS and key is not None:
            self._held |= {key} & HELD
            yield key
        elif key in self._held:
            self._held.discard(key)
            yield f"{key}-up"

    def _measured(self) -> tuple[int, int]:
        root, x, y = c_ulong(), c_int(), c_int()
        width, height, border, depth = c_uint(), c_uint(), c_uint(), c_uint()
        self._x.XGetGeometry(
            self._display, self.id, byref(root), byref(x), byref(y),
            byref(width), byref(height), byref(border), byref(depth),
        )  # fmt: skip
        return max(1, width.value), max(1, height.value)

    def close(self) -> None:
        """Give the frame back; the picture in it must be gone."""
        self._x.XDestroyWindow(self._display, self.id)
        self._x.XCloseDisplay(self._display)
