"""Owns checking an author's files before anybody meets them; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios.api.manifest import Manifest
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.examine import examine
from vr_runtime.examination.source import MAIN, drop_ins, main_file
from vr_runtime.language import _

UNREADABLE = "PS100"


@dataclass(frozen=True)
class Checked:
    """What was found in one drop-in."""

    path: str
    manifest: Manifest | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def unreadable(self) -> bool:
        """True when there was nothing to check."""
        return any(each.code == UNREADABLE for each in self.diagnostics)


def check(given: Sequence[str], shipped: Mapping[str, Path]) -> Iterator[Checked]:
    """Check each file, folder with a `scenario.py`, or folder of such.

    Args:
        given: paths as their author gave them; diagnostics begin with them.
        shipped: ids that are taken, and the files they belong to.
    """
    for path in given:
        inside = list(drop_ins(Path(path))) if _is_shelf(Path(path)) else [Path(path)]
        for each in inside:
            yield _check_one(
                path if len(inside) == 1 and each == Path(path) else str(each), shipped
            )


def _is_shelf(path: Path) -> bool:
    """A folder that holds drop-ins and is none itself."""
    return path.is_dir() and not (path / MAIN).exists() and any(drop_ins(path))


def _check_one(path: str, shipped: Mapping[str, Path]) -> Checked:
    report = examine("drop-in", path)
    manifest, found = report.manifest, report.diagnostics
    if manifest is not None:
        owner = shipped.get(manifest.id)
        if owner is not None and owner.resolve() != Path(path).resolve():
            told = _("The id `{id}` belongs to a shipped scenario.").format(id=manifest.id)
            hint = _("give this scenario an id of its own")
            shown = str(main_file(Path(path)))
            clash = Diagnostic(path=shown, line=1, column=1, code="PS160", message=told, hint=hint)
            return Checked(path, None, (clash,))
    return Checked(path, manifest, found)
