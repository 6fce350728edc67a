"""Owns what a clinic says of packs of scenarios, as entries; asks nobody and opens nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from controller.session.document import Document
from scenarios.api.manifest import ScenarioId, Words
from vr_runtime.wire.packs import PackHash, PackName, PackNote, PackVersion

KINDS = ("pack_approved", "pack_revoked")
"""The entries that say it."""


class PackApproved(Document):
    """Somebody of the clinic approved a pack, having been shown what is kept here."""

    kind: Literal["pack_approved"] = "pack_approved"
    name: PackName
    version: PackVersion
    sha256: PackHash
    title: Words
    author: str
    licence: str
    scenarios: tuple[ScenarioId, ...]
    signed_by: str | None
    """Fingerprint of the key whose signature held; None for an unsigned pack."""
    signer: str = ""
    """Name by which the patient's side knew that key; empty where it did not."""


class PackRevoked(Document):
    """The approval of a pack was taken back; it has to be approved anew."""

    kind: Literal["pack_revoked"] = "pack_revoked"
    name: PackName
    version: PackVersion
    sha256: PackHash


def approval(note: PackNote) -> PackApproved:
    """The entry that approves this pack."""
    return PackApproved(**note.model_dump(exclude={"files", "size", "grades"}))


def approved(documents: Iterable[Document]) -> dict[str, PackApproved]:
    """The approvals that hold after these entries of the clinic, by the packs' hashes."""
    found: dict[str, PackApproved] = {}
    for said in documents:
        if isinstance(said, PackApproved):
            found[said.sha256] = said
        elif isinstance(said, PackRevoked):
            found.pop(said.sha256, None)
    return found
