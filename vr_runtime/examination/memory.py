"""Owns what was found out about scenarios in this run of the patient's side, for a start anew.

After a hang or a crash the patient waits: nothing is examined again then. It knows no scenario, and
neither who starts what nor why.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.examine import Kind, examine
from vr_runtime.examination.limits import SECONDS
from vr_runtime.examination.report import Report
from vr_runtime.examination.source import fingerprint
from vr_runtime.language import _
from vr_runtime.watch.beats import EXAMINED

Examiner = Callable[[Kind, str, float], Report]
Opener = Callable[[str, str, Callable[[], None]], Report]
"""Examines a drop-in when it is opened, by its path and the fingerprint it was found with; calls
what is given last again and again meanwhile."""


def examine_at_opening(target: str, _sha256: str, meanwhile: Callable[[], None]) -> Report:
    """Examine a drop-in that nobody has run before it was opened."""
    return examine("drop-in", target, SECONDS, meanwhile)


class _Known(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    report: Report
    sha256: str
    """Fingerprint of the source; empty where there was none to be read."""


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")

    known: dict[str, _Known] = {}


class Memory:
    """Examines at a first start and keeps what was found; only recalls it at a later one."""

    def __init__(self, path: Path | None, *, recalling: bool) -> None:
        """Use this file; without one, or where it cannot be read, everything is examined."""
        self._path = path
        kept = _read(path) if path is not None and recalling else None
        self._recalled = kept
        self._fresh = _Kept()

    @classmethod
    def taken_from(cls, environment: MutableMapping[str, str], *, recalling: bool) -> Memory:
        """The file this process was told of; none of its children inherits that."""
        told = environment.pop(EXAMINED, None)
        return cls(None if told is None else Path(told), recalling=recalling)

    def examine(self, kind: Kind, target: str, seconds: float = SECONDS) -> Report:
        """What is known of a scenario, as `examination.examine` gives it."""
        key = f"{kind} {target}"
        if self._recalled is not None:
            return _recall(self._recalled.known.get(key), target)
        report = examine(kind, target, seconds)
        self._fresh.known[key] = _Known(report=report, sha256=_sha256(report))
        return report

    def examine_at_opening(self, target: str, sha256: str, meanwhile: Callable[[], None]) -> Report:
        """What is known of a drop-in that is examined when it is opened, and was found so.

        A later start comes back to the same session: what its first opening found holds, as long as
        the fingerprint is the same.
        """
        key = f"opened {target}"
        known = self._known().known.get(key)
        if known is not None and known.sha256 == sha256:
            return known.report
        report = examine_at_opening(target, sha256, meanwhile)
        self._known().known[key] = _Known(report=report, sha256=sha256)
        self._write()
        return report

    def _known(self) -> _Kept:
        return self._fresh if self._recalled is None else self._recalled

    def keep(self) -> None:
        """Write down what was examined, for later starts of this run."""
        if self._recalled is None:
            self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        try:
            self._path.write_text(self._known().model_dump_json(), encoding="utf-8")
        except OSError:
            # A later start examines everything again: slower, and as safe.
            return


def _read(path: Path) -> _Kept | None:
    try:
        return _Kept.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _sha256(report: Report) -> str:
    try:
        return fingerprint(Path(report.source)) if report.source else ""
    except OSError:
        return ""


def _recall(known: _Known | None, target: str) -> Report:
    if known is None:
        told = _("It was not there when the patient's side was started; start that again.")
    elif _sha256(known.report) != known.sha256:
        told = _("It has changed since the patient's side was started; start that again.")
    else:
        return known.report
    found = Diagnostic(path=target, line=1, column=1, code="PS162", message=told, hint="")
    return Report(diagnostics=(found,))
