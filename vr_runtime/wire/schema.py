"""Owns the frozen description of every message on the wire; knows no socket.

`python -m vr_runtime.wire.schema` writes `schema.json` beside this file. A test compares it with
the code, so that a message cannot change by accident: old recordings are read by it, and both ends
of a link must mean the same.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.messages import COMMANDS, REPLIES, Picture
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL, MAX_MESSAGE_BYTES, PROTOCOL, STOP, TICKS_PER_SECOND

FILE = Path(__file__).parent / "schema.json"


def described() -> str:
    """The wire as JSON text: sorted, so that equal messages give equal bytes."""
    adapters: dict[str, TypeAdapter[Any]] = {
        "command": COMMANDS,
        "reply": REPLIES,
        "state": TypeAdapter(State),
        "happened": TypeAdapter(Happened),
        "picture": TypeAdapter(Picture),
    }
    whole = {
        "protocol": PROTOCOL,
        "stop": STOP.decode(),
        "call": CALL.decode(),
        "ticks_per_second": TICKS_PER_SECOND,
        "max_message_bytes": MAX_MESSAGE_BYTES,
        "messages": {
            name: adapter.json_schema(mode="serialization") for name, adapter in adapters.items()
        },
    }
    return json.dumps(_without_words(whole), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _without_words(part: Any) -> Any:
    """The same without titles and descriptions: rewording a docstring changes no message."""
    if isinstance(part, list):
        return [_without_words(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _without_words(value)
        for key, value in part.items()
        if not (key in ("title", "description") and isinstance(value, str))
    }


if __name__ == "__main__":
    FILE.write_text(described(), "utf-8")
