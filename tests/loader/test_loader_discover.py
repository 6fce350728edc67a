"""Which scenarios there are: whatever is dropped in, the runtime starts and says what is wrong."""

from __future__ import annotations

import hashlib
import sys
import time
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from scenarios.api import Scenario, ScenarioError
from vr_runtime.examination.ending import DEEPEST
from vr_runtime.examination.hierarchies import with_hierarchies
from vr_runtime.loader import Places, discover, folder_is_missing

NOWHERE = Places(builtin=None)


def codes(library) -> list[str]:
    return [d.code for broken in library.broken for d in broken.diagnostics]


def test_a_file_in_a_given_folder_is_found_with_manifest_fingerprint_and_class(shelf, pier):
    path = pier()
    found = discover([shelf], places=NOWHERE).get("heights.pier")
    assert found is not None
    assert (found.origin, found.path) == ("given", path)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    scenario = found.load()
    assert issubclass(scenario, Scenario)
    assert scenario.manifest() == found.manifest
    assert list(scenario.events()) == ["wave"]


def test_a_folder_with_a_scenario_py_is_found_and_may_import_its_neighbours(shelf, pier):
    path = pier("lagoon/scenario.py", "water.lagoon")
    (path.parent / "fish.py").write_text("COUNT = 12\n")
    path.write_text("from .fish import COUNT\n" + path.read_text("utf-8") + "    fish = COUNT\n")
    found = discover([shelf], places=NOWHERE).get("water.lagoon")
    assert found is not None
    assert found.path == path.parent
    assert vars(found.load())["fish"] == 12


def test_every_file_of_a_folder_counts_in_its_fingerprint(shelf, pier):
    path = pier("lagoon/scenario.py", "water.lagoon")
    before = discover([shelf], places=NOWHERE).get("water.lagoon")
    (path.parent / "sky.png").write_bytes(b"blue")
    after = discover([shelf], places=NOWHERE).get("water.lagoon")
    assert before is not None and after is not None
    assert before.sha256 != after.sha256


def test_a_scenario_that_changed_since_it_was_examined_is_not_loaded(shelf, pier):
    path = pier()
    found = discover([shelf], places=NOWHERE).get("heights.pier")
    assert found is not None
    path.write_text(path.read_text("utf-8") + "# later\n", "utf-8")
    with pytest.raises(ScenarioError, match="has changed since"):
        found.load()


def test_looking_leaves_the_authors_folder_and_the_import_path_alone(shelf, pier):
    pier()
    pier("lagoon/scenario.py", "water.lagoon")
    before, paths = sorted(shelf.rglob("*")), list(sys.path)
    for found in discover([shelf], places=NOWHERE):
        found.load()
    assert sorted(shelf.rglob("*")) == before
    assert sys.path == paths


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PS101", "class Pier(Scenario)\n"),
        ("PS110", "x = 1\n"),
        ("PS150", "1 / 0\n"),
        ("PS152", "while True: pass\n"),
        ("PS153", "ballast = bytearray(10**12)\n"),
        ("PS154", "raise SystemExit(0)\n"),
        ("PS154", "import os\nos._exit(0)\n"),
        ("PS154", "import os\nos.abort()\n"),
        ("PS154", "import os, sys\nprint('{}')\nsys.stdout.flush()\nos._exit(0)\n"),
    ],
)
def test_a_broken_drop_in_costs_a_line_and_the_others_are_there(shelf, pier, code, text):
    pier()
    (shelf / "bad.py").write_text(text)
    library = discover([shelf], places=NOWHERE, seconds=5 if code == "PS152" else 30)
    assert library.get("heights.pier") is not None
    assert codes(library) == [code]
    assert library.broken[0].path == shelf / "bad.py"


def test_a_drop_in_that_hangs_is_ended_with_all_it_started(shelf):
    started = shelf / "_pid"
    (shelf / "bad.py").write_text(
        "import os, pathlib\n"
        f"pathlib.Path({str(started)!r}).write_text(str(os.fork() or os.getpid()))\n"
        "while True: pass\n"
    )
    began = time.monotonic()
    assert codes(discover([shelf], places=NOWHERE, seconds=5)) == ["PS152"]
    assert time.monotonic() - began < 20
    state = Path(f"/proc/{started.read_text()}/stat")
    until = time.monotonic() + 20
    while state.exists() and state.read_text().split(") ")[1][0] != "Z":
        # Killed already; a busy machine takes a moment to take it off.
        assert time.monotonic() < until


def test_a_file_that_examines_its_own_folder_begins_no_endless_row(shelf, tmp_path):
    begun = tmp_path / "begun"
    (shelf / "bad.py").write_text(
        "import os\n"
        f"with open({str(begun)!r}, 'a') as told:\n"
        "    told.write(f'{os.getpid()}\\n')\n"
        "author = __import__('vr_' + 'runtime.authoring.cli', fromlist=['main'])\n"
        f"author.main(['list', '--scenario-dir', {str(shelf)!r}])\n"
    )
    assert codes(discover([shelf], places=NOWHERE, seconds=60)) == ["PS110"]
    pids = begun.read_text().split()
    assert 1 <= len(pids) <= DEEPEST
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_what_it_examines_ends_with_it(shelf, tmp_path):
    begun = tmp_path / "begun"
    (shelf / "bad.py").write_text(
        "import os\n"
        f"with open({str(begun)!r}, 'a') as told:\n"
        "    told.write(f'{os.getpid()}\\n')\n"
        "author = __import__('vr_' + 'runtime.authoring.cli', fromlist=['main'])\n"
        f"if open({str(begun)!r}).read().count('\\n') < 2:\n"
        f"    author.main(['list', '--scenario-dir', {str(shelf)!r}])\n"
        "while True: pass\n"
    )
    assert codes(discover([shelf], places=NOWHERE, seconds=8)) == ["PS152"]
    states = [Path(f"/proc/{pid}/stat") for pid in begun.read_text().split()]
    until = time.monotonic() + 20
    while any(one.exists() and one.read_text().split(") ")[1][0] != "Z" for one in states):
        assert time.monotonic() < until


def test_what_a_drop_in_prints_is_no_part_of_the_answer(shelf, pier):
    path = pier()
    path.write_text(path.read_text("utf-8") + "print('{\"manifest\": null}', flush=True)\n")
    assert discover([shelf], places=NOWHERE).get("heights.pier") is not None


def test_the_first_of_two_with_one_id_keeps_it_and_the_other_is_listed_with_the_reason(shelf, pier):
    first, second = pier("a.py"), pier("b.py")
    library = discover([shelf], places=NOWHERE)
    assert [found.path for found in library] == [first]
    assert codes(library) == ["PS160"]
    assert library.broken[0].path == second
    assert str(first) in library.broken[0].diagnostics[0].message


def test_a_shipped_scenario_cannot_be_replaced(shelf, pier, tmp_path, monkeypatch):
    shipped = tmp_path / "shipped_scenarios"
    shipped.mkdir()
    (shipped / "__init__.py").touch()
    (shipped / "quay.py").write_text(pier("quay.py").read_text("utf-8"), "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    library = discover([shelf], places=Places(builtin="shipped_scenarios"))
    assert [(f.origin, f.path.parent) for f in library] == [("builtin", shipped)]
    assert codes(library) == ["PS160"]


def test_local_then_user_then_given_folders_each_by_name(tmp_path, pier, shelf):
    for folder in ("local", "user", "given"):
        (tmp_path / folder).mkdir()
        for name in ("b", "a"):
            text = pier("x.py", f"{folder}.{name}").read_text("utf-8")
            (tmp_path / folder / f"{name}.py").write_text(text, "utf-8")
    where = Places(builtin=None, local=tmp_path / "local", user=tmp_path / "user")
    library = discover([tmp_path / "given"], places=where)
    assert [m.id for m in library.manifests()] == [
        "local.a", "local.b", "user.a", "user.b", "given.a", "given.b",
    ]  # fmt: skip


def test_an_installed_package_offers_a_scenario_by_entry_point(tmp_path, pier, monkeypatch):
    package = tmp_path / "site" / "quays"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(pier().read_text("utf-8"), "utf-8")
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.setenv("PYTHONPATH", str(package.parent))
    point = EntryPoint("pier", "quays:Pier", "palier_scenarios")
    found = discover(places=Places(builtin=None, installed=(point,))).get("heights.pier")
    assert found is not None
    assert (found.origin, found.path) == ("installed", package)
    assert found.load().manifest() == found.manifest


def test_an_entry_point_that_cannot_be_imported_costs_a_line():
    point = EntryPoint("pier", "no_such_package_at_all:Pier", "palier_scenarios")
    assert codes(discover(places=Places(builtin=None, installed=(point,)))) == ["PS150"]


def test_a_given_folder_that_is_not_there_is_said(tmp_path):
    library = discover([tmp_path / "nowhere"], places=NOWHERE)
    assert codes(library) == ["PS161"]
    assert folder_is_missing(library.broken[0])


def test_names_with_an_underscore_or_a_dot_are_the_authors_own_business(shelf, pier):
    pier("_draft.py")
    pier(".hidden.py")
    pier("_old/scenario.py")
    library = discover([shelf], places=NOWHERE)
    assert not list(library) and not library.broken


def test_the_users_folder_follows_the_system(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Places.usual().user == tmp_path / "palier" / "scenarios"
    local = Places.usual().local
    assert local is not None and local.parts[-2:] == ("scenarios", "local")


def test_all_that_is_shipped_can_be_loaded():
    library = discover(places=Places())
    assert library.broken == ()
    for found in library:
        assert with_hierarchies(found.load().manifest(), found.path) == found.manifest
