"""Owns the kinds of entries on what was done with the record as a file; knows no database."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from controller.session.document import Document

Tended = Literal["backup", "restore", "rekey", "recovery", "recovery_used", "upgrade"]
"""Copied to a backup, put back from one, given a new key; a recovery sheet was made, or used;
tables that said something else than the entries were written anew."""


class RecordTended(Document):
    """The record as a whole was copied, put back, or had its keys changed or brought back."""

    kind: Literal["record_tended"] = "record_tended"
    what: Tended
    known: bool
    """Whether whoever did it had shown who they are. A recovery sheet opens a record whose
    operators nobody can look up before."""
    name: str = ""
    """With an operator of another record, as when a backup of it was put in its place: their name
    there."""
    ledger: int | None = Field(default=None, ge=0)
    """Where the ledger of the backup ended."""
