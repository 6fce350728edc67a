"""Owns the trial of this machine's headset, in a process of its own: drivers crash and hang.

Run as a process: `python -m vr_runtime.display.headset.trial`. It prints the cause, if there
is one.
"""

from __future__ import annotations

import sys

from vr_runtime.display.headset.finding import find, forget, load_xr
from vr_runtime.display.headset.port import HeadsetUnavailable


def main() -> int:
    """0 when a driver answers and knows a headset, 3 when not."""
    egl = sys.argv[1:] == ["egl"]
    try:
        found = find(load_xr(), egl=egl)
    except HeadsetUnavailable as error:
        print(error.cause.value)
        return 3
    forget(found.xr, found.instance)
    return 0


if __name__ == "__main__":
    sys.exit(main())
