"""The decoder under atheris: `uv run --group fuzz python tests/faults/fuzz_decoder.py FOLDER`,
where the folder may hold messages to begin with, each behind a byte that is 0.

Ends with a trace when an exception escapes or a handler is reached by what is no command.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent))

with atheris.instrument_imports(include=["vr_runtime.wire", "vr_runtime.server"]):
    from hostile import KNOWN, STRANGER, Target

    from vr_runtime.wire.version import CALL, STOP

target = Target()


def throw(data: bytes) -> None:
    """One message: its first byte says what comes before the rest and who sends it."""
    how, body = data[0] if data else 0, data[1:]
    first = (CALL, CALL, STOP, b"")[how & 3]
    parts = body.split(b"|", 3) if how & 4 else [body]
    target.hear(first, *parts, key=STRANGER if how & 8 else KNOWN)


if __name__ == "__main__":
    atheris.Setup(sys.argv, throw)
    atheris.Fuzz()
