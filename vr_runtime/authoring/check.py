"""Owns checking an author's files before anybody meets them; changes nothing.

First what can be read, then, where nothing is wrong there, what can be measured.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scenarios.api.manifest import Manifest
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.examine import examine
from vr_runtime.examination.limits import SECONDS
from vr_runtime.examination.source import MAIN, drop_ins, main_file
from vr_runtime.language import _
from vr_runtime.measuring.certificate import out_of_date, parts_in_words
from vr_runtime.measuring.grades import Asked, Grade, Judged, grade_of, missing
from vr_runtime.measuring.measure import Measured, measure
from vr_runtime.measuring.sentences import said_twice

UNREADABLE = "PS100"


@dataclass(frozen=True)
class Checked:
    """What was found in one drop-in."""

    path: str
    manifest: Manifest | None
    diagnostics: tuple[Diagnostic, ...]
    measured: Measured | None = None
    """None where only the declaration was read."""

    @property
    def unreadable(self) -> bool:
        """True when there was no file to check."""
        told = any(each.code == UNREADABLE for each in self.diagnostics)
        return told and not main_file(Path(self.path)).is_file()

    @property
    def ok(self) -> bool:
        """True when nothing is wrong; what is only warned of is not."""
        return not any(each.weight == "error" for each in self.diagnostics)

    @property
    def not_drawn(self) -> str:
        """Why no picture could be measured; empty where pictures were, or none were wanted."""
        return "" if self.measured is None else self.measured.not_drawn

    @property
    def grade(self) -> Grade | None:
        """What was reached; None where nothing was measured, or too little was."""
        judged = self._judged()
        return None if judged is None else grade_of(judged)

    @property
    def missing(self) -> list[Asked]:
        """What stands between this scenario and the next grade."""
        judged = self._judged()
        return [] if judged is None else missing(judged)

    def _judged(self) -> Judged | None:
        if self.manifest is None or self.measured is None:
            return None
        return Judged(
            self.manifest,
            self.diagnostics,
            drawn=self.measured.drawn is not None,
            heard=self.measured.heard is not None,
            path=Path(self.path),
        )


def check(
    given: Sequence[str],
    shipped: Mapping[str, Path],
    progress: Callable[[str], None] | None = None,
    *,
    seconds: float = SECONDS,
    pictures: bool = True,
    lot: int | None = None,
) -> Iterator[Checked]:
    """Check each file, folder with a `scenario.py`, or folder of such.

    Args:
        given: paths as their author gave them; diagnostics begin with them.
        shipped: ids that are taken, and the files they belong to.
        progress: told what is being measured; None reads the declaration alone.
        seconds: wall time for reading one declaration.
        pictures: whether pictures are measured too.
        lot: measure the pictures of two levels and one event alone, drawn by this lot.
    """
    for path in given:
        inside = list(drop_ins(Path(path))) if _is_shelf(Path(path)) else [Path(path)]
        for each in inside:
            name = path if len(inside) == 1 and each == Path(path) else str(each)
            checked = _read(name, shipped, seconds)
            if progress is None:
                yield replace(checked, diagnostics=(*checked.diagnostics, *_outdated(checked)))
            else:
                yield _measured(checked, progress, pictures, lot)


def _is_shelf(path: Path) -> bool:
    """A folder that holds drop-ins and is none itself."""
    return path.is_dir() and not (path / MAIN).exists() and any(drop_ins(path))


def _read(path: str, shipped: Mapping[str, Path], seconds: float) -> Checked:
    report = examine("drop-in", path, seconds)
    manifest, found = report.manifest, report.diagnostics
    if manifest is not None:
        owner = shipped.get(manifest.id)
        if owner is not None and owner.resolve() != Path(path).resolve():
            told = _("The id `{id}` belongs to a shipped scenario.").format(id=manifest.id)
            hint = _("give this scenario an id of its own")
            shown = str(main_file(Path(path)))
            clash = Diagnostic(path=shown, line=1, column=1, code="PS160", message=told, hint=hint)
            return Checked(path, None, (clash,))
        with contextlib.suppress(OSError):  # what is gone by now is told where it is measured
            found = (*found, *said_twice(manifest, path))
    return Checked(path, manifest, found)


def _outdated(read: Checked) -> Iterator[Diagnostic]:
    """PS163 where a certificate lies beside it and holds no longer; whoever measures knows more."""
    if read.manifest is None or not read.ok:
        return
    changed = out_of_date(Path(read.path))
    if changed:
        told = _("Its certificate is out of date: {parts} changed since it was measured.")
        hint = _("measure again with `palier-scenario check --certificate {path}`")
        yield Diagnostic(
            path=str(main_file(Path(read.path))),
            line=1,
            column=1,
            code="PS163",
            message=told.format(parts=parts_in_words(changed)),
            hint=hint.format(path=read.path),
            weight="warning",
        )


def _measured(
    read: Checked, progress: Callable[[str], None], pictures: bool, lot: int | None
) -> Checked:
    if read.manifest is None or not read.ok:
        return read
    measured = measure(read.path, progress, pictures=pictures, lot=lot)
    return Checked(read.path, read.manifest, (*read.diagnostics, *measured.diagnostics), measured)
