"""Owns what is said about a scenario's file, line by line; knows none of the rules."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vr_runtime.language import _


class Diagnostic(BaseModel):
    """One thing that is wrong, where it stands and what to write instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    """The file as its author named it."""
    line: int = Field(ge=1)
    column: int = Field(ge=1)
    code: str = Field(pattern=r"^PS\d{3}$")
    message: str
    hint: str = ""
    weight: Literal["error", "warning"] = "error"
    """A warning is told, and fails nothing."""

    def __str__(self) -> str:
        said = _("warning: {message}") if self.weight == "warning" else "{message}"
        message = said.format(message=self.message)
        told = f"{self.path}:{self.line}:{self.column}: {self.code} {message}"
        return f"{told} — {self.hint}" if self.hint else told


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint with the known name that looks most like `name`; empty when none does."""
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return _("did you mean `{name}`?").format(name=close[0]) if close else ""
