"""Owns that `--json` prints one document whatever becomes of a command; knows no command."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO, cast

from vr_runtime.authoring.commands.answers import print_json


class _Watched:
    """A stream that also keeps what was written to it, or only whether anything was."""

    def __init__(self, stream: TextIO, *, keeps: bool) -> None:
        self._stream = stream
        self._keeps = keeps
        self.used = False
        self.kept = io.StringIO()

    def write(self, text: str) -> int:
        self.used = self.used or bool(text)
        if self._keeps:
            self.kept.write(text)
        return self._stream.write(text)

    def writelines(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def one_document(run: Callable[[], int]) -> int:
    """Run a command that was asked for one; where it prints none, its problems are one."""
    out, told = _Watched(sys.stdout, keeps=False), _Watched(sys.stderr, keeps=True)
    ended: SystemExit | None = None
    with (
        contextlib.redirect_stdout(cast(TextIO, out)),
        contextlib.redirect_stderr(cast(TextIO, told)),
    ):
        try:
            code = run()
        except SystemExit as error:
            # so options that are wrong end it: of what they say the last line is the problem
            ended, code = error, 0
    lines = [line for line in told.kept.getvalue().splitlines() if line.strip()]
    if not out.used:
        print_json({"ok": False, "problems": lines[-1:] if ended is not None else lines})
    if ended is not None:
        raise ended
    return code
