"""Owns how a fault of Palier's own is told: its kind and its places in the code, never values.

The values at hand, and the text of an exception, may be about a patient.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

from controller.language import _

SHOWN = 12
"""Places at most, the innermost last."""


def told(error: BaseException) -> str:
    """The fault in a few lines."""
    frames = traceback.extract_tb(error.__traceback__)[-SHOWN:]
    text = _("Palier failed by a fault of its own: {kind}. Please report these places:")
    rows = [text.format(kind=type(error).__name__)]
    rows += [f"  {_short(one.filename)}:{one.lineno} {one.name}" for one in frames]
    return "\n".join(rows)


def _short(file: str) -> str:
    """The file without the folders of this machine's users."""
    parts = Path(file).parts
    known = [n for n, part in enumerate(parts) if part in ("controller", "vr_runtime")]
    return "/".join(parts[known[-1] :] if known else parts[-2:])


def hook(kind: type[BaseException], error: BaseException, places: TracebackType | None) -> None:
    """For `sys.excepthook`."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, places)
        return
    print(told(error), file=sys.stderr)
