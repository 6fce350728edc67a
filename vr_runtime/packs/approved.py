"""Owns whether a session may be opened with the pack that a scenario comes from; approves none."""

from __future__ import annotations

from collections.abc import Sequence

from vr_runtime.wire.acts import OpenSession
from vr_runtime.wire.packs import PackNote


def is_the_pack(act: OpenSession, packs: Sequence[PackNote]) -> bool:
    """Whether the console names the very pack that the scenario comes from, or none for none.

    So a console that has asked nobody opens no pack, and one that was shown another pack, before
    this side was started again, does not open this one.
    """
    hashes = (pack.sha256 for pack in packs if act.scenario in pack.scenarios)
    return act.pack == next(hashes, None)
