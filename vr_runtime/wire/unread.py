"""Owns why a message could not be read; it carries nothing out."""

from __future__ import annotations

from pydantic import BaseModel, ValidationError

from vr_runtime.wire.refusals import Code
from vr_runtime.wire.version import PROTOCOL


class _Numbered(BaseModel):
    """Any message that carries a protocol number, whatever else it says."""

    protocol: int


def why_unread(body: bytes) -> Code:
    """Tell another version's message from a broken one: the number is looked for by itself."""
    try:
        found = _Numbered.model_validate_json(body)
    except ValidationError:
        return Code.MALFORMED
    return Code.MALFORMED if found.protocol == PROTOCOL else Code.WRONG_PROTOCOL
