"""Scenarios out of packs: found, verified each time, and never in the place of others."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pack_samples import PIER

from scenarios.api import ScenarioError
from vr_runtime.authoring.cli import main
from vr_runtime.loader import Library, Places, discover
from vr_runtime.packs.shelf import install


@pytest.fixture
def at(home: Path) -> Path:
    return home / "packs"


def put(built, at: Path) -> Path:
    return install(built.path, at, "0.1.0", lambda folder, manifest: None).path


def look(at: Path, *folders: Path, builtin: str | None = None, keys: Path | None = None) -> Library:
    return discover(folders, places=Places(builtin=builtin, packs=at, keys=keys))


def codes(library: Library) -> list[str]:
    return [d.code for broken in library.broken for d in broken.diagnostics]


def spoil(path: Path, content: str = "x = 1\n") -> None:
    path.parent.chmod(0o755)
    if path.exists():
        path.chmod(0o644)
    path.write_text(content)


def test_a_scenario_of_an_installed_pack_is_found_with_the_pack_it_comes_from(packed, at):
    built = packed()
    put(built, at)
    library = look(at)
    found = library.get("heights.pier")
    assert found is not None and found.origin == "pack" and found.pack is not None
    assert (found.pack.name, found.pack.version) == ("piers", "1.0.0")
    assert found.pack.sha256 == built.manifest.hash
    assert found.sha256 == built.manifest.scenarios[0].sha256
    assert library.packs() == (found.pack,)
    assert found.load().manifest() == found.manifest


def test_looking_and_loading_leave_the_pack_and_the_import_path_alone(packed, at):
    put(packed(), at)
    before, paths = sorted(at.rglob("*")), list(sys.path)
    found = look(at).get("heights.pier")
    assert found is not None
    found.load()
    assert sorted(at.rglob("*")) == before and sys.path == paths


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("pier/scenario.py", "PS306"),
        ("pier/own/bell.ogg", "PS306"),
        ("README.md", "PS306"),
        ("pack.toml", "PS301"),
        ("pier/more.py", "PS307"),
        ("pier/own/more.bam", "PS308"),
        ("pack.sig", "PS312"),
    ],
)
def test_a_pack_that_was_changed_on_disk_is_refused_with_a_code(packed, at, name, code):
    spoil(put(packed(), at) / name)
    library = look(at)
    assert list(library) == []
    assert codes(library) == [code]


def test_compiled_code_that_python_would_rather_read_is_refused(packed, at):
    path = put(packed(), at) / "pier"
    path.chmod(0o755)
    (path / "__pycache__").mkdir()
    (path / "__pycache__" / "scenario.cpython-311.pyc").write_bytes(b"x")
    assert codes(look(at)) == ["PS302"]


@pytest.mark.parametrize("name", ["pier/scenario.py", "pier/own/bell.ogg", "pier/.x.py"])
def test_a_pack_that_changes_after_it_was_found_is_not_loaded(packed, at, name):
    path = put(packed(), at)
    found = look(at).get("heights.pier")
    assert found is not None
    spoil(path / name)
    with pytest.raises(ScenarioError):
        found.load()


def test_compiled_code_laid_there_after_it_was_found_is_not_loaded(packed, at):
    path = put(packed(), at) / "pier"
    found = look(at).get("heights.pier")
    assert found is not None
    path.chmod(0o755)
    (path / "__pycache__").mkdir()
    (path / "__pycache__" / "scenario.cpython-311.pyc").write_bytes(b"x")
    with pytest.raises(ScenarioError):
        found.load()


def test_what_a_scenario_imports_later_leaves_nothing_in_its_pack(source, packed, at):
    (source / "pier" / "foam.py").write_text("WHITE = 1\n")
    text = PIER.replace("def build(self):", "def build(self):\n        from .foam import WHITE\n")
    (source / "pier" / "scenario.py").write_text(text, "utf-8")
    put(packed(), at)
    found = look(at).get("heights.pier")
    assert found is not None
    scenario = found.load()
    exec("from .foam import WHITE", {"__package__": scenario.__module__})
    assert not list(at.rglob("*.pyc"))
    found.load()


def test_a_pack_never_stands_in_for_what_is_there_without_it(source, packed, at, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "pier.py").write_text(PIER, "utf-8")
    put(packed(), at)
    library = look(at, own)
    found = library.get("heights.pier")
    assert found is not None and found.origin == "given"
    assert codes(library) == ["PS160"]


def test_the_name_of_a_shipped_scenario_is_refused_on_building_and_on_installing(
    source, packed, at, capsys, tmp_path
):
    text = PIER.replace('"heights.pier"', '"heights.balcony"')
    (source / "pier" / "scenario.py").write_text(text, "utf-8")
    built = packed()
    assert main(["pack", "install", str(built.path)]) == 1
    assert "PS311" in capsys.readouterr().out
    words = ["--name", "x", "--title-fr", "x", "--title-en", "x", "--author", "x"]
    out = ["--licence", "MIT", "--out", str(tmp_path / "x.palier")]
    assert main(["pack", "build", str(source), *words, *out]) == 1
    assert "PS160" in capsys.readouterr().out
    put(built, at)
    library = look(at, builtin="scenarios.builtin")
    balcony = library.get("heights.balcony")
    assert balcony is not None and balcony.origin == "builtin"


def test_a_scenario_that_is_not_what_its_manifest_says_is_refused(packed, at, monkeypatch):
    from vr_runtime.authoring import packing

    monkeypatch.setattr(packing, "fingerprint", lambda path: "0" * 64)
    put(packed(), at)
    library = look(at)
    assert codes(library) == ["PS313"] and list(library) == []


def test_a_pack_whose_code_hangs_or_ends_the_process_costs_a_line(source, packed, at, monkeypatch):
    built = packed()
    put(built, at)
    (source / "pier" / "scenario.py").write_text("import os\nos._exit(0)\n")
    from vr_runtime.authoring import packing

    monkeypatch.setattr(packing, "_checked", lambda scenarios, *_: packing_checked(built))
    put(packed("bad.palier", version="1.1.0"), at)
    assert codes(look(at)) == ["PS154"]


def packing_checked(built):
    (one,) = built.scenarios
    return {"pier": one}
