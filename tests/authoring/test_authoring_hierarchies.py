"""Hierarchies lie beside a scenario as data: read strictly, told by line, part of what it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack_samples import said

from scenarios.api import ScenarioError
from scenarios.api.ladders import HierarchySpec
from vr_runtime.authoring.cli import main
from vr_runtime.authoring.packing import build
from vr_runtime.authoring.watching.saves import files
from vr_runtime.authoring.watching.versions import Versions
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.examine import examine
from vr_runtime.examination.hierarchies import judge_hierarchies, with_hierarchies
from vr_runtime.examination.source import fingerprint, import_by_path, marked, scenario_classes
from vr_runtime.language import use
from vr_runtime.packs.declared import declared
from vr_runtime.packs.reading import read

PIER = (Path(__file__).parent / "pier.py").read_text("utf-8")
LOCKED = PIER.replace(
    "    def build(self):",
    "    interlocks = (posts.at_most(2).requires(height.at_least(8)),)\n\n    def build(self):",
)
ROW = """\
[[hierarchies.rows]]
item.fr = "Sur la jetée."
item.en = "On the pier."
distress = {distress}
level = {level}
feared.fr = "Je tombe."
feared.en = "I fall."
{more}
"""
HEAD = '[[hierarchies]]\nkind = "cautious"\ntitle = { fr = "Petit à petit", en = "By and by" }\n\n'
GOOD = HEAD + "".join(
    ROW.format(distress=10 * n, level=2 * n, more=more)
    for n, more in enumerate(['tasks = ["arms"]', 'events = ["wave"]', "values.height = 2.5"], 1)
)


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


@pytest.fixture
def pier(tmp_path: Path) -> Path:
    return written(tmp_path, GOOD)


def written(folder: Path, toml: str, text: str = PIER) -> Path:
    file = folder / "pier.py"
    file.write_text(text, "utf-8")
    (folder / "pier.hierarchies.toml").write_text(toml, "utf-8")
    return file


def test_they_are_part_of_what_the_scenario_says_of_itself(pier: Path, capsys) -> None:
    manifest = examine("drop-in", str(pier)).manifest
    assert manifest is not None
    (cautious,) = manifest.hierarchies
    assert [row.distress for row in cautious.rows] == [10, 20, 30]
    assert cautious.rows[2].values == {"height": 2.5} and cautious.rows[1].events == ("wave",)
    assert main(["show", str(pier)]) == 0
    told = capsys.readouterr().out
    assert "By and by" in told and "height 2 m" in told and "no clinical norm" in told
    assert main(["show", "--json", str(pier)]) == 0
    assert json.loads(capsys.readouterr().out)["hierarchies"][0]["rows"][0]["level"] == 2


def test_a_folder_holds_them_under_their_own_name(tmp_path: Path) -> None:
    folder = tmp_path / "pier"
    folder.mkdir()
    (folder / "scenario.py").write_text(PIER, "utf-8")
    before = fingerprint(folder)
    (folder / "hierarchies.toml").write_text(GOOD, "utf-8")
    manifest = examine("drop-in", str(folder)).manifest
    assert manifest is not None and len(manifest.hierarchies) == 1
    assert fingerprint(folder) != before
    (folder / "hierarchies.toml").write_text("x", "utf-8")
    (told,) = examine("drop-in", str(folder)).diagnostics
    assert str(told).startswith(f"{folder}/hierarchies.toml:1:2: PS190 ")


def test_whoever_changes_a_row_has_another_scenario(pier: Path) -> None:
    alone, marks = fingerprint(pier), marked(pier)
    toml = pier.with_name("pier.hierarchies.toml")
    toml.write_text(GOOD.replace("I fall", "I slip"), "utf-8")
    assert fingerprint(pier) != alone and marked(pier) != marks
    toml.unlink()
    assert fingerprint(pier) not in (alone,)


CLASSES = scenario_classes(import_by_path(Path(__file__).parent / "pier.py"))


def judged(file: Path) -> list[Diagnostic]:
    """What is found of the hierarchies beside the pier."""
    return judge_hierarchies(CLASSES[0].manifest(), file, str(file))[1]


SLIPS = [
    ('kind = "cautious"', 'kind = "slow"', "PS191", 'it is "cautious", "direct" or "child"'),
    ("distress = 20", "distres = 20", "PS191", "did you mean `distress`?"),
    ("distress = 20", "", "PS191", "`distress` is missing"),
    ("distress = 20", 'distress = "20"', "PS191", "0 to 100"),
    ("distress = 20", "distress = 101", "PS191", "0 to 100"),
    ("level = 4", "level = 11", "PS191", "whole numbers 0 to 10"),
    ("level = 4", "level = true", "PS191", "whole numbers 0 to 10"),
    ('item.en = "On', 'item.en = ""\nitem.de = "On', "PS191", "1 to 160 characters"),
    ('feared.en = "I fall."', f'feared.en = "{"I fall. " * 30}"', "PS191", "160 characters"),
    ('item.en = "On the', 'item.en = "On\\u001b the', "PS191", "`en` cannot be this"),
    ('item.en = "On the', 'item.de = "On the', "PS191", "`de` is not known here"),
    ('item.en = "On the', 'item.en = "On\\nthe', "PS191", "on one line"),
    ("values.height", "values.hieght", "PS192", "did you mean `height`?"),
    ("values.height = 2.5", "values.height = 13", "PS192", "it is 0 to 12"),
    ("values.height = 2.5", "values.height = nan", "PS191", "names and numbers"),
    ("values.height = 2.5", "values.rail = 0.5", "PS192", "number of its option"),
    ('events = ["wave"]', 'events = ["wav"]', "PS192", "did you mean `wave`?"),
    ('events = ["wave"]', 'events = ["arms"]', "PS192", "no event `arms`"),
    ('tasks = ["arms"]', 'tasks = ["stay"]', "PS193", "below level 3"),
    ("distress = 30", "distress = 15", "PS194", "below 20 of the row before"),
    ("[[hierarchies.rows]]", "[[hierarchies.row]]", "PS191", "did you mean `rows`?"),
    ('kind = "cautious"', "kind = cautious", "PS190", "not TOML"),
]


@pytest.mark.parametrize(("right", "slip", "code", "words"), SLIPS, ids=[s[1][:30] for s in SLIPS])
def test_each_slip_is_told_at_its_line(
    right: str, slip: str, code: str, words: str, tmp_path: Path
) -> None:
    assert right in GOOD
    toml = (
        GOOD.replace(right, slip, 1)
        if right != "[[hierarchies.rows]]"
        else (GOOD.replace(right, slip))
    )
    told = judged(written(tmp_path, toml))
    assert told and {each.code for each in told} == {code}, told
    assert words in str(told[0])
    assert told[0].path == str(tmp_path / "pier.hierarchies.toml")
    line = toml.splitlines()[told[0].line - 1]
    assert not slip or re.split("[ .]", slip.strip("["))[0] in line


def test_a_row_that_breaks_an_interlock_is_refused_and_one_that_keeps_it_is_not(
    tmp_path: Path,
) -> None:
    for posts, codes in ((2, {"PS193"}), (3, set())):
        toml = GOOD.replace("values.height = 2.5", f"values.height = 6.0\nvalues.posts = {posts}")
        told = examine("drop-in", str(written(tmp_path, toml, LOCKED))).diagnostics
        assert {each.code for each in told} == codes, told


def test_two_hierarchies_of_one_kind_are_one_too_many(tmp_path: Path) -> None:
    (told,) = judged(written(tmp_path, GOOD + GOOD))
    assert told.code == "PS191" and "two hierarchies of the kind `cautious`" in told.message
    assert told.line > len(GOOD.splitlines())


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_whatever_lies_there_is_told_and_never_thrown(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    file = written(tmp_path_factory.mktemp("any"), "")
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    file.with_name("pier.hierarchies.toml").write_bytes(raw)
    assert judged(file), "nothing of this is a hierarchy"
    with pytest.raises(ScenarioError, match="PS19"):
        with_hierarchies(CLASSES[0].manifest(), file)


def test_a_pack_carries_them_and_declares_them(pier: Path, tmp_path: Path) -> None:
    for source, name in ((pier, "one"), (pier.parent, "whole")):
        built = build(source, tmp_path.parent / f"{tmp_path.name}-{name}", said(), {})
        assert "pier.hierarchies.toml" in {each.path for each in built.manifest.files}
        (told,) = declared(read(built.path), "p")
        assert [type(each) for each in told.manifest.hierarchies] == [HierarchySpec]


def test_a_watch_sees_them_saved_and_names_them_as_their_author_does(pier: Path) -> None:
    assert pier.with_name("pier.hierarchies.toml") in set(files(pier))
    versions = Versions(str(pier), pier.parent / "kept", lambda path: examine("drop-in", path))
    assert versions.take().report.manifest is not None
    pier.with_name("pier.hierarchies.toml").write_text("x", "utf-8")
    (told,) = versions.take().report.diagnostics
    assert told.path == str(pier.with_name("pier.hierarchies.toml"))
