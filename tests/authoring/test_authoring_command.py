"""`palier-scenario`, as its author meets it."""

from __future__ import annotations

import codecs
import json
import os
import re
from pathlib import Path

import pytest

from vr_runtime.authoring.cli import main
from vr_runtime.examination.source import LONGEST_BYTES

PIER = Path(__file__).parent / "pier.py"


@pytest.fixture(autouse=True)
def nobody_elses_scenarios(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PALIER_LANG", "en")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "pier.py").write_bytes(PIER.read_bytes())
    return folder


def one_document(text: str) -> object:
    assert text.count("\n") == 1
    return json.loads(text)


def test_list_json_is_an_array_of_objects_on_one_line(shelf, capsys):
    assert main(["list", "--json", "--scenario-dir", str(shelf)]) == 0
    cards = one_document(capsys.readouterr().out)
    (card,) = [c for c in cards if c["id"] == "heights.pier"]
    assert card["title"] == {"fr": "La jetée", "en": "The pier"}
    assert (card["version"], card["phobia"], card["origin"]) == ("1.0.0", "heights", "given")
    assert re.fullmatch(r"[0-9a-f]{64}", card["sha256"])


def test_list_tells_what_is_broken_beside_its_answer(shelf, capsys):
    (shelf / "bad.py").write_text("class\n")
    assert main(["list", "--json", "--scenario-dir", str(shelf)]) == 0
    told = capsys.readouterr()
    assert "heights.pier" in [card["id"] for card in one_document(told.out)]
    assert told.err.startswith(f"{shelf / 'bad.py'}:1:6: PS101 ")


def test_list_of_a_folder_that_is_not_there_says_so(tmp_path, capsys):
    assert main(["list", "--scenario-dir", str(tmp_path / "no")]) == 3
    assert "PS161" in capsys.readouterr().err


def test_show_is_a_page_with_every_sentence_value_and_event(shelf, capsys):
    assert main(["show", "heights.pier", "--scenario-dir", str(shelf)]) == 0
    page = capsys.readouterr().out
    for words in ("The pier", "A pier.", "water", "height", "posts", "0: high", "10: low",
                  "A wave", "from level 2", "20 s", "0: 8 · 5: 4 · 10: 0"):  # fmt: skip
        assert words in page
    assert len(re.findall(r"^ +\d+  \d+ m up$", page, re.M)) == 11


def test_show_speaks_french(shelf, capsys):
    assert main(["show", "heights.pier", "--lang", "fr", "--scenario-dir", str(shelf)]) == 0
    page = capsys.readouterr().out
    assert "La jetée" in page and "Niveaux" in page and "Une vague" in page


def test_show_json_holds_the_whole_manifest(shelf, capsys):
    assert main(["show", "heights.pier", "--json", "--scenario-dir", str(shelf)]) == 0
    shown = one_document(capsys.readouterr().out)
    assert len(shown["levels"]) == 11
    assert [value["name"] for value in shown["graded"]] == ["height", "posts", "rail"]


def test_show_takes_a_file_as_well_and_says_by_line_what_is_wrong_with_it(shelf, tmp_path, capsys):
    assert main(["show", str(shelf / "pier.py"), "--json"]) == 0
    assert one_document(capsys.readouterr().out)["id"] == "heights.pier"
    file = tmp_path / "broken.py"
    file.write_text("class Pier(:\n", "utf-8")
    assert main(["show", str(file)]) == 1
    told = capsys.readouterr()
    assert told.err.startswith(f"{file}:1:") and not told.out


def test_show_of_an_unknown_id_gives_the_nearest(shelf, capsys):
    assert main(["show", "heights.peer", "--scenario-dir", str(shelf)]) == 2
    assert "did you mean `heights.pier`?" in capsys.readouterr().err


def test_check_of_a_file_in_order_says_so(capsys):
    assert main(["check", "--static", str(PIER)]) == 0
    assert capsys.readouterr().out == f"{PIER}: heights.pier 1.0.0 is in order.\n"


def test_check_begins_each_line_with_the_path_as_it_was_given(shelf, capsys, monkeypatch):
    monkeypatch.chdir(shelf.parent)
    text = PIER.read_text("utf-8").replace("min_level=2", "min_level=11")
    (shelf / "pier.py").write_text(text, "utf-8")
    assert main(["check", "shelf/pier.py"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert re.match(r"shelf/pier\.py:\d+:\d+: PS131 .+ — .+", line)


def test_check_places_what_only_running_the_declaration_shows(shelf, capsys):
    bad = shelf / "pier.py"
    text = PIER.read_text("utf-8").replace(
        "    height = Graded({0: 0.0, 10: 12.0}", "    height = Graded(dict([(0, 1.0), (9, 2.0)])"
    )
    bad.write_text(text, "utf-8")
    line = 1 + text[: text.index("    height =")].count("\n")
    assert main(["check", str(bad)]) == 1
    assert capsys.readouterr().out.startswith(f"{bad}:{line}:14: PS151 ")


def test_check_json_holds_every_diagnostic(shelf, capsys):
    (shelf / "bad.py").write_text("import random\nimport time\n")
    assert main(["check", "--static", "--json", str(shelf / "bad.py"), str(shelf / "pier.py")]) == 1
    told = one_document(capsys.readouterr().out)
    assert [file["ok"] for file in told["files"]] == [False, True]
    assert [d["code"] for d in told["files"][0]["diagnostics"]] == ["PS102", "PS102"]
    assert told["ok"] is False


def test_check_of_a_folder_of_scenarios_checks_each(shelf, capsys):
    (shelf / "bad.py").write_text("x = 1\n")
    assert main(["check", "--static", str(shelf)]) == 1
    out = capsys.readouterr().out
    assert f"{shelf / 'bad.py'}:1:1: PS110 " in out
    assert f"{shelf / 'pier.py'}: heights.pier 1.0.0 is in order." in out


def test_a_byte_order_mark_is_no_fault(shelf, capsys):
    marked = shelf / "pier.py"
    marked.write_bytes(codecs.BOM_UTF8 + marked.read_bytes())
    assert main(["check", "--static", str(marked)]) == 0
    assert capsys.readouterr().out == f"{marked}: heights.pier 1.0.0 is in order.\n"


def test_check_of_what_is_no_text_of_a_scenario_finds_a_problem(tmp_path, capsys):
    (tmp_path / "latin.py").write_bytes("# é\n".encode("latin-1"))
    (tmp_path / "long.py").write_text("# " + "x" * LONGEST_BYTES, "utf-8")
    for name, why in (("latin.py", "is not UTF-8"), ("long.py", "longer than 2 MB")):
        assert main(["check", "--static", str(tmp_path / name)]) == 1
        told = capsys.readouterr().out
        assert told.startswith(f"{tmp_path / name}:1:1: PS100 ")
        assert why in told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_check_of_a_pipe_does_not_wait_for_it(tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe.py")
    assert main(["check", "--static", str(tmp_path / "pipe.py")]) == 3
    assert "not a file that can be read" in capsys.readouterr().out


def test_check_of_a_folder_without_a_scenario_names_what_is_missing(tmp_path, capsys):
    assert main(["check", "--static", str(tmp_path)]) == 3
    assert "There is no `scenario.py` in this folder." in capsys.readouterr().out


def test_check_of_a_file_that_is_not_there_is_a_thing_not_to_be_had(tmp_path, capsys):
    assert main(["check", str(tmp_path / "no.py")]) == 3
    assert "PS100" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [[], ["check"], ["show"], ["lsit"], ["list", "--lang", "de"]])
def test_wrong_usage_ends_with_2(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2


def test_help_names_only_what_is_there(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = re.findall(r"^    (\w+)(?: |$)", capsys.readouterr().out, re.M)
    assert told == [
        "new",
        "list",
        "show",
        "import",
        "sheet",
        "thumbnail",
        "preview",
        "watch",
        "check",
        "flash",
        "pack",
        "guide",
    ]
