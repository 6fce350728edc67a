"""Owns the making of a scenario from a folder of 360° pictures: all of it, or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from vr_runtime.authoring.bringing.bringing import Brought, brought
from vr_runtime.authoring.bringing.crediting import Origin, lay
from vr_runtime.authoring.making.making import Plan, free
from vr_runtime.authoring.making.panorama import NoPlan, planned
from vr_runtime.authoring.making.panorama_text import text
from vr_runtime.examination.source import MAIN
from vr_runtime.language import _


def make_panoramic(
    plan: Plan, pictures: Path, folder: Path, origin: Origin
) -> tuple[Path, list[str]]:
    """Write the scenario's folder; gives it, and what its author should know.

    Raises:
        CannotBeMade: something of that name is there already.
        ValueError: a file cannot be used, or the folder makes no scenario; the message says why.
        OSError: something cannot be read or written.
    """
    told = planned(pictures)
    free(folder, plan.names.stem)
    files: dict[Path, Brought] = {}
    for file in told.files():
        files[file] = brought(file, bed=file in told.beds())
    _differ(files)
    path = folder / plan.names.stem
    path.mkdir(parents=True)
    try:
        (path / MAIN).write_text(text(plan, told, files), "utf-8", newline="\n")
        lay(path, [(each.name, each.data, origin) for each in files.values()])
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    return path, list(dict.fromkeys(line for each in files.values() for line in each.told))


def _differ(files: dict[Path, Brought]) -> None:
    """Two files that would have one name are told, before one takes the place of the other."""
    names: dict[str, Path] = {}
    for path, each in files.items():
        other = names.setdefault(each.name, path)
        if other != path:
            said = _("{one} and {other} would have one name in `own`: rename one of them.")
            raise NoPlan(said.format(one=path.name, other=other.name))
