"""Scenarios out of packs: found, verified each time, and never in the place of others."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from pack_samples import PIER, Pier, repacked

from scenarios.api import ScenarioError
from vr_runtime.authoring.cli import main
from vr_runtime.engine.loadable import NotLoaded
from vr_runtime.examination.memory import examine_at_opening
from vr_runtime.loader import Library, Places, discover
from vr_runtime.packs.shelf import install


@pytest.fixture
def at(home: Path) -> Path:
    return home / "packs"


def put(built, at: Path) -> Path:
    return install(built.path, at, "0.1.0", lambda folder, manifest: None).path


def put_there(pack: Path, at: Path) -> None:
    at.mkdir(parents=True, exist_ok=True)
    shutil.copytree(pack, at / pack.name)


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


@pytest.mark.parametrize("harm", ["import os\nos._exit(0)\n", "while True:\n    pass\n"])
def test_a_pack_whose_code_hangs_or_ends_the_process_is_told_of_when_it_is_opened(
    packed, at, harm, monkeypatch
):
    pack = packed("open").path
    (pack / "pier" / "scenario.py").write_text(harm + PIER, "utf-8")
    put_there(repacked(pack), at)
    monkeypatch.setattr("vr_runtime.examination.memory.SECONDS", 2.0)
    library, rounds = look(at), []
    found = library.get("heights.pier")
    assert found is not None and codes(library) == []
    with pytest.raises(NotLoaded, match=r"heights\.pier of the pack piers is not in order"):
        library.examine(found, lambda: rounds.append(1))
    assert rounds, "pictures went on meanwhile"


@pytest.mark.parametrize(
    "change",
    [
        ('"en": "water"', '"en": "nothing"'),
        ("10: 12.0", "10: 900.0"),
        ('"heights",', '"confined",'),
        ('version = "1.0.0"', 'version = "1.0.1"'),
    ],
)
def test_a_class_that_is_not_what_its_pack_declared_is_never_used(packed, at, change):
    pack = packed("open").path
    assert change[0] in PIER
    (pack / "pier" / "scenario.py").write_text(PIER.replace(*change), "utf-8")
    put_there(repacked(pack), at)
    found = look(at).get("heights.pier")
    assert found is not None and found.manifest == Pier.manifest(), "what was declared is shown"
    with pytest.raises(NotLoaded, match="says otherwise of itself than its pack piers declared"):
        found.load()


def test_one_that_is_honest_only_where_it_is_examined_is_not_used_either(packed, at):
    pack = packed("open").path
    text = PIER.replace('"en": "water"', '"en": "water" if _examined else "nothing"')
    head = "import sys\n_examined = 'examination' in sys.argv[0]\n"
    (pack / "pier" / "scenario.py").write_text(head + text, "utf-8")
    put_there(repacked(pack), at)
    library = look(at)
    found = library.get("heights.pier")
    assert found is not None
    library.examine(found, lambda: None)
    with pytest.raises(NotLoaded, match="says otherwise of itself"):
        found.load()


def test_it_is_examined_once_for_as_long_as_it_stays_as_it_is(packed, at):
    put(packed(), at)
    seen = []

    def opened(target, sha256, meanwhile):
        seen.append(target)
        return examine_at_opening(target, sha256, meanwhile)

    library = discover(places=Places(builtin=None, packs=at), opened=opened)
    found = library.get("heights.pier")
    assert found is not None and seen == []
    library.examine(found, lambda: None)
    found.load()
    found.load()
    assert seen == [str(found.path)]
