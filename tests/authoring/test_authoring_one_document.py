"""With `--json` a command prints one document on one line, whatever becomes of it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from vr_runtime.authoring.cli import main

PIER = Path(__file__).parent / "pier.py"
FAILING: dict[str, tuple[list[str], int]] = {
    "show of no scenario": (["show", "nosuch"], 2),
    "show of a wrong file": (["show", "bad.py"], 1),
    "show of a file that is not there": (["show", "gone.py"], 3),
    "check of a wrong file": (["check", "bad.py"], 1),
    "check of a file that is not there": (["check", "gone.py"], 3),
    "check of nothing": (["check"], 2),
    "check with a slip": (["check", "--statc", "bad.py"], 2),
    "flash of nothing": (["flash", "gone.mp4"], 3),
    "flash of no film": (["flash", "bad.py"], 3),
    "flash with a wrong rate": (["flash", "--rate", "many", "gone"], 2),
    "sheet of no scenario": (["sheet", "nosuch", "--out", "o.png"], 2),
    "sheet of a file that is not there": (["sheet", "gone.py", "--out", "o.png"], 3),
    "sheet of a wrong file": (["sheet", "bad.py", "--out", "o.png"], 1),
    "thumbnail of a wrong file": (["thumbnail", "bad.py", "--out", "o.png"], 1),
    "pack of nothing": (["pack", "build", "gone", "--out", "o.palier"], 3),
    "a pack that is not there": (["pack", "verify", "gone.palier"], 3),
    "a pack that is none": (["pack", "verify", "bad.py"], 3),
    "a pack that is not installed": (["pack", "remove", "gone"], 2),
    "a page that is not there": (["guide", "nosuch"], 2),
    "import of nothing": (["import", "gone.wav", "--into", "."], 2),
    "new with a name that is none": (["new", "../out"], 2),
}


@pytest.fixture(autouse=True)
def author(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.chdir(tmp_path)
    Path("bad.py").write_text("import time\n")
    return tmp_path


def ended(arguments: list[str]) -> int:
    try:
        return main(arguments)
    except SystemExit as error:
        return int(error.code or 0)


@pytest.mark.parametrize("what", FAILING)
def test_a_failure_is_one_document_too(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, code = FAILING[what]
    assert ended([*arguments, "--json"]) == code
    told = capsys.readouterr()
    assert told.out.count("\n") == 1 and told.out.endswith("\n")
    document = json.loads(told.out)
    assert document["ok"] is False
    assert len(document) > 1, "beside that it failed, it says what"
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["show", str(PIER)],
        ["check", "--static", str(PIER)],
        ["guide"],
        ["pack", "list"],
        ["new", "heights.quay", "--folder", "mine"],
    ],
    ids=lambda given: given[0],
)
def test_what_was_asked_for_is_one_document(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended([*arguments, "--json"]) == 0
    told = capsys.readouterr().out
    assert told.count("\n") == 1
    assert json.loads(told) is not None


def test_what_a_command_says_on_stderr_is_said_there_all_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ended(["show", "nosuch", "--json"])
    told = capsys.readouterr()
    assert json.loads(told.out)["problems"] == told.err.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux alone")
@pytest.mark.parametrize(
    ("name", "uri"),
    [
        (b"\xff.py", "%FF.py"),
        ("été à Noël #1%.py".encode(), "%C3%A9t%C3%A9%20%C3%A0%20No%C3%ABl%20%231%25.py"),
        (b"a:b?.py", "a%3Ab%3F.py"),
    ],
)
def test_a_file_may_have_any_name(
    name: bytes, uri: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given = os.fsdecode(name)
    Path(given).write_text("import time\n")
    assert main(["check", "--static", "--json", "--sarif", "o.sarif", given]) == 1
    told = json.loads(Path("o.sarif").read_text("utf-8"))
    place = told["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri
