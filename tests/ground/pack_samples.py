"""What authors say of packs and of their files, for tests of packs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from vr_runtime.packs.manifest import About, Title

PIER = (Path(__file__).parents[1] / "authoring" / "pier.py").read_text("utf-8")


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
