"""Owns how much a scenario's code may take while it is examined; knows nothing of what it is."""

from __future__ import annotations

import sys

MEMORY_BYTES = 2 * 1024**3
"""Address space of an examination. A manifest needs far less; a picture belongs into `build`."""
SECONDS = 10.0
"""Wall time of an examination, start of Python included."""


def limit_this_process() -> None:
    """Bound this process's memory, and leave no core dump behind.

    Where the system has no such limits (Windows), the wall time alone bounds it.
    """
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
