"""An author's folder, a pack of it, and a home that is nobody's."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from vr_runtime.authoring.packing import Built, build
from vr_runtime.packs.manifest import About, Title

PIER = (Path(__file__).parents[1] / "authoring" / "pier.py").read_text("utf-8")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where packs are installed in this test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PALIER_LANG", "en")
    return tmp_path / "home" / "palier"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with one scenario that has a file of its own, and a word about it."""
    folder = tmp_path / "source"
    own = folder / "pier" / "own"
    own.mkdir(parents=True)
    (folder / "pier" / "scenario.py").write_text(PIER, "utf-8")
    (own / "bell.ogg").write_bytes(b"a bell")
    credit(folder / "pier", "own/bell.ogg")
    (folder / "README.md").write_text("A pier.\n", "utf-8")
    return folder


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


@pytest.fixture
def packed(source: Path, tmp_path: Path) -> Callable[..., Built]:
    """Builds the folder."""

    def make(out: str = "piers.palier", **other: object) -> Built:
        return build(source, tmp_path / out, said(**other), {})

    return make
