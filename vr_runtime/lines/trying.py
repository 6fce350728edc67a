"""Owns the process in which a recording is tried before any session: whether it can be heard well,
and how it sounds, as loud as a patient hears it.

Run as `python -m vr_runtime.lines.trying [--hear] FILE`; the exit code is the answer.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from vr_runtime.lines.fit import Fit, made_fit
from vr_runtime.stage.panda.device import open_manager
from vr_runtime.stage.recordings import Unfit
from vr_runtime.wire.recorded import MOST_BYTES, NotALine

DONE, UNFIT, NOT_AVAILABLE = 0, 1, 3
WITHIN_S = 1.0
"""A device may begin a little late: the line is let end before it is given back."""


def main(given: list[str]) -> int:
    """Try it: 0 when it can be heard well, 1 when not, 3 where there is no sound device."""
    with TemporaryDirectory(prefix="palier-lines-") as folder:
        try:
            with Path(given[-1]).open("rb") as source:
                data = source.read(MOST_BYTES + 1)
            fit = made_fit(data, Path(folder) / "line.wav")
        except (NotALine, Unfit, OSError):
            return UNFIT
        return _heard(fit) if "--hear" in given else DONE


def _heard(fit: Fit) -> int:
    manager = open_manager()
    if manager is None:
        return NOT_AVAILABLE
    try:
        sound = manager.getSound(str(fit.path), False)
        sound.play()
        # Nothing wakes it: the line is let be heard to its end.
        threading.Event().wait(fit.lasts_s + WITHIN_S)
    finally:
        manager.shutdown()
    return DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
