"""A word of a closed session is set right by a new entry, and the first word stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import TestClock, write_small

from controller.cli import main
from controller.language import use
from controller.session.documents import Correction
from controller.store.reader import Reader
from controller.store.verify import verify


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    write_small(tmp_path / "x.db", TestClock())
    yield tmp_path / "x.db"
    use("en")


def test_a_corrected_rating_is_shown_with_the_first_one_beside_it(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sessions", "correct", "s-1", "3", "--suds", "55", "--db", str(db)]) == 0
    capsys.readouterr()
    assert main(["sessions", "show", "s-1", "--json", "--db", str(db)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert next((r["suds"], r["first"]) for r in shown["rating"]) == (55, 40)
    assert [r.suds for r in Reader.open(db).ratings("s-1")] == [55, 41, 42, 43]
    assert verify(db).ok


def test_a_corrected_note_keeps_the_first_text(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sessions", "correct", "s-1", "7", "--text", "she looks", "--db", str(db)]) == 0
    capsys.readouterr()
    main(["sessions", "show", "s-1", "--json", "--db", str(db)])
    (line,) = json.loads(capsys.readouterr().out)["note"]
    assert (line["text"], line["first"]) == ("she looks", "he looks down by himself")


def test_a_remark_may_be_as_long_as_its_column_bears(db: Path) -> None:
    words = ["sessions", "correct", "s-1", "3", "--suds", "55", "--text", "x" * 400]
    assert main([*words, "--db", str(db)]) == 0
    (said,) = [e.data for e in Reader.open(db).entries("s-1") if isinstance(e.data, Correction)]
    # Of a record from before there was a limit.
    assert Correction.model_validate({**said.model_dump(), "text": "x" * 5000}).text[4999] == "x"


@pytest.mark.parametrize(
    ("session", "words", "says"),
    [
        ("s-1", ["3"], "is a rating"),
        ("s-1", ["3", "--suds", "101"], "is a rating"),
        ("s-1", ["3", "--suds", "50", "--text", "x" * 401], "in 400 characters at most"),
        ("s-1", ["7", "--suds", "3"], "is a note"),
        ("s-1", ["7", "--text", "x" * 4001], "is a note"),
        ("s-1", ["7", "--text", ""], "is a note"),
        ("s-1", ["1", "--text", "x"], "no rating and no note"),
        ("s-1", ["99", "--text", "x"], "no rating and no note"),
        ("s-3", ["3", "--suds", "50"], "is open"),
    ],
)
def test_what_cannot_be_corrected_is_refused_and_nothing_is_written(
    db: Path, capsys: pytest.CaptureFixture[str], session: str, words: list[str], says: str
) -> None:
    before = Reader.open(db).heads()
    assert main(["sessions", "correct", session, *words, "--db", str(db)]) == 2
    assert says in capsys.readouterr().err
    assert Reader.open(db).heads() == before
