"""Owns examining a scenario in a process of its own; never runs a scenario's code itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Literal

from pydantic import ValidationError

from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.limits import SECONDS
from vr_runtime.examination.report import Report
from vr_runtime.language import _, language


def examine(kind: Literal["drop-in", "installed"], target: str, seconds: float = SECONDS) -> Report:
    """What is to be known of a scenario, and what is wrong with it.

    Args:
        kind: whether `target` is the path of a drop-in or the value of an entry point.
        target: as its author gave it; diagnostics begin with it.
        seconds: wall time after which the examination is ended.
    """
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "vr_runtime.examination.child", kind, target],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PALIER_LANG": language()},
        start_new_session=True,
    )
    try:
        answer, _nothing = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(child)
        told = _("Reading its declaration did not end within {seconds:g} s.")
        return _failed(target, "PS152", told.format(seconds=seconds), _hint())
    finally:
        _end(child)
    try:
        return Report.model_validate_json(answer)
    except ValidationError:
        told = _("Running the file ended the whole process (exit status {status}).")
        return _failed(target, "PS154", told.format(status=child.returncode), _hint())


def _hint() -> str:
    return _("keep work for `build` and `update`; only declare at the top of the file")


def _failed(target: str, code: str, message: str, hint: str) -> Report:
    told = Diagnostic(path=target, line=1, column=1, code=code, message=message, hint=hint)
    return Report(diagnostics=(told,))


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the examination with all it started; its process group is its own."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        child.kill()
    child.communicate()
