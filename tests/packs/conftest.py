"""An author's folder, a pack of it, and a home that is nobody's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pack_samples import PIER, credit, said

from vr_runtime.authoring.packing import Built, build


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


@pytest.fixture
def packed(source: Path, tmp_path: Path) -> Callable[..., Built]:
    """Builds the folder."""

    def make(out: str = "piers.palier", **other: object) -> Built:
        return build(source, tmp_path / out, said(**other), {})

    return make
