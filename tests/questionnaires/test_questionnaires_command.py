"""`palier questionnaires` lists what there is and checks a clinic's file before it is used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shelf import BY_ID

from controller.cli import main

BAD = 'id = "mood"\nversion = "1"\nlanguages = ["de"]\n'
REVIEWED = 'id = "ssq"\nversion = "1993"\nreviewed = { by = "Dr A", on = "2026-11-02" }\n'


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["questionnaires", *map(str, words)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_list_names_id_version_languages_licence_and_review(capsys):
    code, out, _err = said(capsys)
    assert code == 0
    lines = out.splitlines()
    for found in BY_ID.values():
        at = next(i for i, line in enumerate(lines) if line.startswith(f"{found.id}  "))
        assert found.version in lines[at]
        assert lines[at + 1 : at + 4] == [
            f"    {found.title.en}",
            f"    {found.licence.en}",
            "    not reviewed by a clinician",
        ]
    assert "ssq  1993  scoring only, not available in French" in lines
    assert "csq-vr  2023  en, not available in French" in lines
    assert "phq-9  2001  en fr" in lines


def test_the_list_is_french_in_french(capsys, monkeypatch):
    monkeypatch.setenv("PALIER_LANG", "fr")
    code, out, _err = said(capsys)
    assert code == 0
    assert "ssq  1993  calcul des scores seul, non disponible en français" in out.splitlines()
    assert "    non relu par un clinicien" in out.splitlines()


def test_json_is_one_document_on_one_line(capsys):
    code, out, err = said(capsys, "--json")
    assert code == 0 and out.count("\n") == 1 and err == ""
    told = json.loads(out)
    assert set(told) == {"questionnaires", "problems"} and told["problems"] == []
    by_id = {row["id"]: row for row in told["questionnaires"]}
    assert set(by_id) == set(BY_ID)
    assert by_id["phq-9"]["languages"] == ["en", "fr"] and by_id["phq-9"]["texts"] is True
    assert by_id["ssq"]["texts"] is False and by_id["ssq"]["items"] == 16
    assert by_id["ssq"]["scales"][-1] == {"id": "total", "lowest": 0.0, "highest": 235.62}
    assert by_id["ssq"]["reviewed"] is None and by_id["ssq"]["file"] is None


def test_a_bad_file_is_told_with_file_line_and_column_and_exit_code_1(capsys, tmp_path):
    file = tmp_path / "mood.toml"
    file.write_text(BAD, "utf-8")
    code, out, _err = said(capsys, "--check", file)
    assert code == 1
    lines = out.splitlines()
    assert all(line.startswith(f"{file}:") for line in lines)
    assert f"{file}:3:14: de is not known here; it can be 'fr', 'en'." in lines
    assert f"{file}:1:1: Say scoring = ...; it is missing." in lines


def test_a_bad_file_is_told_in_json_too(capsys, tmp_path):
    file = tmp_path / "mood.toml"
    file.write_text("id =", "utf-8")
    code, out, _err = said(capsys, "--check", file, "--json")
    (problem,) = json.loads(out)["problems"]
    assert code == 1
    assert (problem["file"], problem["line"], problem["column"]) == (str(file), 1, 5)


def test_a_good_file_is_listed_alone(capsys, tmp_path):
    file = tmp_path / "ssq.toml"
    file.write_text(REVIEWED, "utf-8")
    code, out, _err = said(capsys, "--check", file)
    assert code == 0
    assert out.splitlines()[0] == "ssq  1993  scoring only, not available in French"
    assert out.splitlines()[-2:] == [f"    from {file}", "    reviewed by Dr A on 2026-11-02"]


def test_a_folder_is_listed_with_what_ships_and_its_problems(capsys, tmp_path):
    (tmp_path / "bad.toml").write_text("id =", "utf-8")
    (tmp_path / "ssq.toml").write_text(REVIEWED, "utf-8")
    code, out, _err = said(capsys, "--folder", tmp_path, "--json")
    told = json.loads(out)
    assert code == 1
    assert {row["id"] for row in told["questionnaires"]} == set(BY_ID)
    (mine,) = [row for row in told["questionnaires"] if row["file"]]
    assert mine["id"] == "ssq" and mine["reviewed"] == {"by": "Dr A", "on": "2026-11-02"}
    assert [p["file"] for p in told["problems"]] == [str(tmp_path / "bad.toml")]


def test_what_is_not_there_is_said_in_one_sentence(capsys, tmp_path):
    code, out, err = said(capsys, "--check", tmp_path / "none.toml")
    assert (code, out) == (3, "") and err.count("\n") == 1 and "none.toml" in err
    code, out, err = said(capsys, "--folder", Path(tmp_path) / "none")
    assert (code, out) == (2, "") and err == f"palier: There is no folder {tmp_path / 'none'}.\n"


def test_check_and_folder_do_not_go_together(capsys, tmp_path):
    with pytest.raises(SystemExit) as end:
        main(["questionnaires", "--check", "a", "--folder", "b"])
    assert end.value.code == 2
