"""What is typed behind an option and cannot be is refused in one sentence, and nothing is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from controller import cli

NAMES_NOTHING = ("name a file or folder", "nommez un fichier ou un répertoire")
FOLDER = ("is a folder; name the file of the record in it", "est un répertoire ; nommez-y")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What commands find lies in a folder of the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("verify", "--db", ""), NAMES_NOTHING),
        (("patients", "--db", "."), FOLDER),
        (("db", "backup", "--db", "/", "--out", "b.db"), FOLDER),
        (("db", "restore", ".."), FOLDER),
        (("db", "backup", "--out", ""), NAMES_NOTHING),
        (("demo", "--auto", "--out", ""), NAMES_NOTHING),
        (("export", "last", "--format", "csv", "--out", ""), NAMES_NOTHING),
        (("questionnaires", "--check", ""), NAMES_NOTHING),
        (
            ("db", "purge", "--keep-years", "1e3"),
            ("the years are 0 to 100", "les années vont de 0 à 100"),
        ),
        (("demo", "--seed", "x"), ("the seed is a whole number", "la graine est un nombre entier")),
        (("demo", "--speed", "fast"), ("the speed is 0.1 to 1000", "0,1 à 1000")),
        (("sessions", "correct", "last", "six", "--suds", "3"), ("by its number", "son numéro")),
        (
            ("sessions", "correct", "last", "6", "--suds", "7.5"),
            ("it is a whole number, 0 to 100", "un nombre entier, de 0 à 100"),
        ),
        (("patients", "--add", "A", "--ceiling", "11"), ("level is 0 to 10", "est de 0 à 10")),
    ],
    ids=lambda value: " ".join(value) if len(value) > 1 else str(value),
)
def test_it_is_refused_in_words_and_by_no_fault(
    words: tuple[str, ...],
    says: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    for spoken, told in zip(("en", "fr"), says, strict=True):
        with pytest.raises(SystemExit) as left:
            cli.main(["--lang", spoken, *words])
        assert left.value.code == 2
        error = capsys.readouterr().err
        assert told in error.replace("\u00a0", " ").replace("\u202f", " ")
        assert "invalid" not in error
    assert list(tmp_path.iterdir()) == []
