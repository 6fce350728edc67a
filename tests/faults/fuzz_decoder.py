"""The decoder under atheris: `uv run --group fuzz python tests/faults/fuzz_decoder.py`.

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
    """One message made of these bytes: its parts, its first part and its sender."""
    chance = atheris.FuzzedDataProvider(data)
    first = (CALL, STOP, b"")[chance.ConsumeIntInRange(0, 2)]
    key = STRANGER if chance.ConsumeIntInRange(0, 9) == 0 else KNOWN
    count = chance.ConsumeIntInRange(0, 9)
    rest = [chance.ConsumeBytes(chance.ConsumeIntInRange(0, 64)) for _ in range(max(0, count - 7))]
    body = chance.ConsumeBytes(chance.remaining_bytes())
    target.hear(first or body, *rest, body, key=key)


if __name__ == "__main__":
    atheris.Setup(sys.argv, throw)
    atheris.Fuzz()
