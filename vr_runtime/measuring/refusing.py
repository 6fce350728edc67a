"""Owns what an author's code may not do while it is measured: it is noted, and refused.

It knows no rule of scenarios. Python cannot lock code in: this stops mistakes and shows them, and
is no sandbox. What the stage does for an author, as keeping a model it has made, is not judged.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from vr_runtime.language import _, mark
from vr_runtime.measuring.outcome import Spot

_WRITES = frozenset("wax+")
_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FILES = frozenset(
    {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
     "os.chmod", "os.chown", "os.utime", "os.setxattr", "os.removexattr", "os.chdir",
     "shutil.rmtree", "shutil.move", "shutil.copyfile", "tempfile.mkstemp", "tempfile.mkdtemp"}
)  # fmt: skip
_PROCESSES = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn",
     "os.spawn", "os.startfile", "os.kill", "os.killpg", "signal.pthread_kill", "pty.spawn",
     "_thread.start_new_thread", "_thread.start_joinable_thread"}
)  # fmt: skip
_REACHES = frozenset({"ctypes.dlopen", "ctypes.dlsym", "sys.addaudithook", "code.__new__"})
_UNHEARD = (
    (os.name, ("_exit", "abort"), mark("ends the process")),
    ("os", ("_exit", "abort"), mark("ends the process")),
    ("signal", ("raise_signal",), mark("ends the process")),
    ("_thread", ("start_new_thread", "start_new"), mark("starts a thread")),
    ("_posixsubprocess", ("fork_exec",), mark("starts or ends a process or a thread")),
    ("threading", ("_start_new_thread", "_start_joinable_thread"), mark("starts a thread")),
)
"""What tells no hook of itself, in every Python we run on: modules, names, and what they do."""


_CODE = (".py", ".pyc", ".so", ".pyd", ".zip")
"""Ends of the names of what Python itself reads while it imports, or tells a line of code."""


class NotAllowed(RuntimeError):
    """Thrown into an author's code that tried what a scenario may not do."""


class Refusing:
    """Looks on from the moment it is installed until the process ends: a hook stays for ever."""

    def __init__(self, files: Callable[[str], bool]) -> None:
        """Judge what is done by code in these files, as Python names them."""
        self._files = files
        self._judging = False
        self.found: list[tuple[Spot, str]] = []
        """Where and what, oldest first."""

    def install(self) -> None:
        """Begin to look on, and take away what ends a process without a word."""
        sys.addaudithook(self._hook)
        for module, names, told in _UNHEARD:
            for name in names:
                if hasattr(sys.modules.get(module), name):
                    self._replace(sys.modules[module], name, told)

    def _replace(self, module: ModuleType, name: str, told: str) -> None:
        real: Callable[..., Any] = getattr(module, name)

        def tried(*given: Any, **named: Any) -> Any:
            if self._by_the_author() is not None:
                self._judging = True
                try:
                    words = _(told)
                finally:
                    self._judging = False
                self._refuse(words)
            return real(*given, **named)

        setattr(module, name, tried)

    def _hook(self, what: str, given: tuple[Any, ...]) -> None:
        if self._judging:
            return
        self._judging = True
        try:
            # the words are in a file themselves
            told = _forbidden(what, given)
        finally:
            self._judging = False
        if told is not None and self._by_the_author() is not None:
            self._refuse(told)

    def _refuse(self, told: str) -> NoReturn:
        self._judging = True
        try:
            self.found.append((self._by_the_author() or Spot(), told))
        finally:
            self._judging = False
        raise NotAllowed(told)

    def _by_the_author(self) -> Spot | None:
        """The author's line that does this, without the stage between; None where it is ours."""
        frame = inspect.currentframe()
        while frame is not None:
            file = frame.f_code.co_filename
            if self._files(file):
                return Spot(file=file, line=frame.f_lineno)
            root = str(frame.f_globals.get("__name__", "")).partition(".")[0]
            if root == "vr_runtime" and Path(file) != Path(__file__):
                return None
            frame = frame.f_back
        return None


def _forbidden(what: str, given: tuple[Any, ...]) -> str | None:
    """What is done, in words; None where anybody may."""
    if what == "open":
        mode, flags = (*given[1:3], None, None)[:2]
        writes = isinstance(mode, str) and bool(_WRITES & set(mode))
        writes = writes or (isinstance(flags, int) and bool(flags & _FLAGS))
        if writes:
            return _("opens a file for writing ({name})").format(name=given[0])
        # what is imported, and the lines of a warning, are read too
        code = isinstance(given[0], int) or os.fspath(given[0]).endswith(_CODE)
        return None if code else _("reads a file ({name})").format(name=given[0])
    if what in _FILES:
        return _("changes files ({name})").format(name=given[0] if given else what)
    if what.startswith("socket."):
        return _("uses the network")
    if what in _PROCESSES:
        return _("starts or ends a process or a thread")
    if what in _REACHES:
        return _("reaches around Python")
    return None
