"""What authors say of packs and of their files, for tests of packs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from vr_runtime.examination.source import fingerprint, import_by_path, scenario_classes
from vr_runtime.packs.folder import walk
from vr_runtime.packs.manifest import About, Title, parsed, written
from vr_runtime.packs.names import MANIFEST, OWN
from vr_runtime.packs.writing import weigh

_PIER = Path(__file__).parents[1] / "authoring" / "pier.py"
PIER = _PIER.read_text("utf-8")
(Pier,) = scenario_classes(import_by_path(_PIER))
"""The class that `PIER` is the text of."""


def credit(scenario: Path, *names: str) -> None:
    """Credit these files of a scenario."""
    rows = [
        f'[[file]]\npath = "{name}"\nlicence = "CC0-1.0"\nauthor = "A"\nsource = "own work"\n'
        f'sha256 = "{hashlib.sha256((scenario / name).read_bytes()).hexdigest()}"\n'
        for name in names
    ]
    (scenario / "CREDITS.toml").write_text("\n".join(rows), "utf-8")


def said(**other: object) -> About:
    """What an author says of a pack."""
    fields = {
        "name": "piers",
        "version": "1.0.0",
        "title": Title(fr="Jetées", en="Piers"),
        "author": "A. Author",
        "licence": "CC-BY-4.0",
        "palier_from": "0.1.0",
        "palier_before": "1.0.0",
    }
    return About.model_validate({**fields, **other})


def repacked(folder: Path) -> Path:
    """Make a pack that is a folder whole again after a change, as who means harm would do it.

    Its declarations stay as they lie there.
    """
    before = parsed((folder / MANIFEST).read_bytes(), str(folder))
    paths = sorted(set(walk(folder, str(folder))) - set(OWN))
    held = [
        each.model_copy(update={"sha256": fingerprint(folder / each.path)})
        for each in before.scenarios
    ]
    files = tuple(weigh(path, folder / path).listed for path in paths)
    made = before.model_copy(update={"scenarios": tuple(held), "files": files})
    (folder / MANIFEST).write_bytes(written(made))
    return folder


def marking(text: str, marker: Path) -> str:
    """A scenario's text that leaves a file behind as soon as any of it is run."""
    head, first, rest = text.partition("from scenarios.api")
    return f"{head}open({str(marker)!r}, 'w').close()\n{first}{rest}"
