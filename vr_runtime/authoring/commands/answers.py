"""Owns how commands of `palier-scenario` find a scenario and print data; runs none of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vr_runtime.authoring.commands.codes import FOUND_A_PROBLEM, NOT_AVAILABLE
from vr_runtime.examination.diagnostics import nearest
from vr_runtime.examination.examine import examine
from vr_runtime.examination.source import main_file
from vr_runtime.language import _
from vr_runtime.loader import Broken, Found, discover, found_at
from vr_runtime.measuring.certificate import out_of_date, valid_grade
from vr_runtime.packs.shelf import shelf
from vr_runtime.system_words import why as why_not


def named(id: str, folders: Sequence[Path]) -> Found | None:
    """The scenario that was asked for; says so on stderr where there is none."""
    library = discover(folders)
    found = library.get(id)
    if found is None:
        tell_broken(library.broken)
        told = _("No scenario has the id `{id}`; `palier-scenario list` shows all.")
        hint = nearest(id, [each.id for each in library.manifests()])
        print(" — ".join(filter(None, (told.format(id=id), hint))), file=sys.stderr)
    return found


def to_run(id: str, folders: Sequence[Path], *, packs: bool) -> Found | None:
    """The scenario that is to be run; one out of a pack only where `packs` says so.

    None, with a word on stderr, for another, and where there is none.
    """
    found = named(id, folders)
    if found is None or found.pack is None or packs:
        return found
    tell_of_a_pack(found.manifest.id)
    return None


def asked_for(
    given: str, folders: Sequence[Path], *, packs: bool, run: bool = True
) -> Found | Broken | None:
    """The scenario of this id, file or folder, to be run; None as in `to_run`.

    Without `run` it is only shown: of a pack that needs its declaration alone, by its id.
    """
    path = Path(given)
    if path.suffix == ".py" or path.exists() or "/" in given:
        if not packs and of_a_pack(path):
            tell_of_a_pack(given)
            return None
        return found_at(path, examine("drop-in", given))
    return to_run(given, folders, packs=packs) if run else named(given, folders)


def of_a_pack(path: Path) -> bool:
    """Whether a file or folder lies in an installed pack."""
    return path.resolve().is_relative_to(shelf().resolve())


def tell_of_a_pack(given: str) -> None:
    """Say that nobody has said that a pack's code may be run here."""
    told = _(
        "{given} comes from a pack, and running it runs its author's Python with your rights; add "
        "--run-pack if you trust its author."
    )
    print(f"palier-scenario: {told.format(given=given)}", file=sys.stderr)


def card(found: Found) -> dict[str, Any]:
    """What a list tells of a scenario."""
    manifest, pack = found.manifest, found.pack
    return {
        "id": manifest.id,
        "version": manifest.version,
        "title": manifest.title.model_dump(),
        "phobia": manifest.phobia,
        "origin": found.origin,
        "sha256": found.sha256,
        "grade": valid_grade(found.path),
        "out_of_date": out_of_date(found.path),
        "pack": None if pack is None else pack.ref.model_dump(),
    }


def print_json(document: object) -> None:
    """One JSON document on one line of stdout."""
    print(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def tell_broken(broken: Sequence[Broken]) -> None:
    """What is wrong with scenarios that cannot be shown, on stderr."""
    for each in broken:
        for diagnostic in each.diagnostics:
            print(diagnostic, file=sys.stderr)


def tell_not_in_order(found: Broken) -> int:
    """What is wrong with the scenario that was asked for, on stderr; gives the exit code."""
    tell_broken([found])
    return FOUND_A_PROBLEM if main_file(found.path).exists() else NOT_AVAILABLE


def tell_not_drawn(error: Exception) -> None:
    """Say that pictures cannot be made on this machine, and what would let it."""
    told = _("Nothing can be drawn here ({why}): install OpenGL (on Debian: libegl1, libgl1).")
    print(f"palier-scenario: {told.format(why=error)}", file=sys.stderr)


def tell_not_written(file: Path | None, error: Exception) -> None:
    """Say that a file cannot be written where it should be."""
    told = _("{file} cannot be written ({why}); choose another place.")
    why = why_not(error)
    print(f"palier-scenario: {told.format(file=file, why=why)}", file=sys.stderr)


def say(text: str) -> None:
    """How far something has come, on stderr."""
    print(text, file=sys.stderr, flush=True)
