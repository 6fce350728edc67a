"""What was found as SARIF, with what its schema requires."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from vr_runtime.authoring.cli import main

PIER = Path(__file__).parents[1] / "authoring" / "pier.py"
# what sarif-schema-2.1.0.json requires of each object that is written
REQUIRED = {
    "sarif": {"version", "runs"},
    "run": {"tool"},
    "driver": {"name"},
    "rule": {"id"},
    "result": {"message"},
}


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict:
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.chdir(tmp_path)
    text = PIER.read_text("utf-8").replace("min_level=2", "min_level=11")
    Path("a pier.py").write_text(text, "utf-8")
    Path("b.py").write_text("import time\n", "utf-8")
    assert main(["check", "--sarif", "out.sarif", "a pier.py", str(tmp_path / "b.py")]) == 1
    return json.loads(Path("out.sarif").read_text("utf-8"))


def test_it_has_all_that_the_schema_requires(written: dict) -> None:
    assert REQUIRED["sarif"] <= written.keys() and written["version"] == "2.1.0"
    assert re.fullmatch(r"https://.+sarif.+2\.1\.0.*\.json", written["$schema"])
    (run,) = written["runs"]
    assert REQUIRED["run"] <= run.keys()
    driver = run["tool"]["driver"]
    assert REQUIRED["driver"] <= driver.keys()
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    for rule in driver["rules"]:
        assert REQUIRED["rule"] <= rule.keys()
        assert rule["shortDescription"]["text"] and rule["help"]["text"]
    for result in run["results"]:
        assert REQUIRED["result"] <= result.keys()
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_each_result_stands_where_the_diagnostic_stands(written: dict, tmp_path: Path) -> None:
    results = written["runs"][0]["results"]
    places = [each["locations"][0]["physicalLocation"] for each in results]
    uris = [place["artifactLocation"]["uri"] for place in places]
    assert uris[0] == "a%20pier.py" and uris[-1] == (tmp_path / "b.py").as_uri()
    assert [r["ruleId"] for r in results] == ["PS131", "PS102", "PS110"][: len(results)]
    assert all(p["region"]["startLine"] >= 1 and p["region"]["startColumn"] >= 1 for p in places)


def test_a_file_in_order_leaves_no_result(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PALIER_LANG", "en")
    out = tmp_path / "out.sarif"
    assert main(["check", "--static", "--sarif", str(out), str(PIER)]) == 0
    assert json.loads(out.read_text("utf-8"))["runs"][0]["results"] == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, capsys) -> None:
    out = tmp_path / "no" / "out.sarif"
    assert main(["check", "--static", "--sarif", str(out), str(PIER)]) == 3
    assert str(out) in capsys.readouterr().err
