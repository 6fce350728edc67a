"""Owns what comes back from examining a scenario; knows neither rules nor processes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from scenarios.api.manifest import Manifest
from vr_runtime.examination.diagnostics import Diagnostic


class Report(BaseModel):
    """Either a manifest, or what is wrong. It crosses from the examining process as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    manifest: Manifest | None = None
    source: str = ""
    """Where the code was found: the file or folder that the fingerprint is made of."""
    diagnostics: tuple[Diagnostic, ...] = ()
