"""Owns what was saved, version by version, each examined and kept as it was; shows none of them.

The version that was shown last must be there to be shown again when the next one fails, whatever
has become of the author's own file meanwhile.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vr_runtime.authoring.watching.saves import files
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.examine import examine
from vr_runtime.examination.report import Report
from vr_runtime.examination.source import hierarchies_of, main_file
from vr_runtime.language import _
from vr_runtime.system_words import why as why_not

LARGE_BYTES = 4_000_000
"""Pictures, films and sounds above this are not copied at each save but linked: an author's tool
puts a new file in the place of the old one, which stays as it was."""

NEWEST = 6


@dataclass(frozen=True)
class Version:
    """A scenario as it was saved."""

    number: int
    path: Path
    """Its own file or folder, under the name its author gave it."""
    report: Report

    @property
    def good(self) -> bool:
        """Whether its declaration is in order."""
        return self.report.manifest is not None


class Versions:
    """The versions of one scenario."""

    def __init__(
        self,
        given: str,
        folder: Path,
        look: Callable[[str], Report] = lambda t: examine("drop-in", t),
    ) -> None:
        """Keep them below `folder`; diagnostics begin with the path as it was `given`."""
        self.given = given
        self._folder = folder
        self._look = look
        self._count = 0

    def take(self) -> Version:
        """The scenario as it is saved now, examined in a process of its own."""
        self._count += 1
        source = Path(self.given)
        path = self._folder / str(self._count) / source.absolute().name
        try:
            self._keep(source, path)
        except OSError as error:
            return Version(self._count, path, self._not_kept(error))
        report = self._look(str(path))
        return Version(self._count, path, self._as_given(report, str(path)))

    def _keep(self, source: Path, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            path.mkdir(exist_ok=True)
        for file in files(source):
            inside = source.is_dir()
            target = path / file.relative_to(source) if inside else path.with_name(file.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                _kept(file, target)
            except FileNotFoundError:
                # Gone between two looks: what is missed is told by the examination.
                continue

    def _not_kept(self, error: OSError) -> Report:
        """PS100 for what may not be read, is no file, or finds no room."""
        main = str(main_file(Path(self.given)))
        told = _("This save cannot be read ({why}).").format(why=why_not(error))
        hint = _("let its owner allow it, or make room, and save again")
        found = Diagnostic(path=main, line=1, column=1, code="PS100", message=told, hint=hint)
        return Report(diagnostics=(found,))

    def _as_given(self, report: Report, kept: str) -> Report:
        """The report, its paths as the author knows them."""
        told = tuple(self._placed(each, kept) for each in report.diagnostics)
        return report.model_copy(update={"diagnostics": told})

    def _placed(self, told: Diagnostic, kept: str) -> Diagnostic:
        for ours, theirs in ((kept, self.given), (_beside(kept), _beside(self.given))):
            if told.path.startswith(ours):
                path = theirs.rstrip("/") + told.path.removeprefix(ours)
                return told.model_copy(update={"path": path})
        return told

    def forget(self, *, but: set[int]) -> None:
        """Keep these numbers, and the newest ones, which may still be on their way to be shown."""
        for folder in self._folder.iterdir():
            number = int(folder.name)
            if number not in but and number <= self._count - NEWEST:
                shutil.rmtree(folder, ignore_errors=True)


def _beside(scenario: str) -> str:
    """What lies beside a single file as its hierarchies."""
    return str(hierarchies_of(Path(scenario)))


def _kept(file: Path, target: Path) -> None:
    if file.exists() and not file.is_file():
        # a pipe or a device would be read for ever
        raise OSError(errno.EINVAL, _("it is no file"))
    if file.stat().st_size > LARGE_BYTES:
        try:
            os.link(file, target)
        except OSError:
            pass
        else:
            return
    shutil.copyfile(file, target)
