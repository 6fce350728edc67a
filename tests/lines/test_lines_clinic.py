"""A clinic's recorded lines: added by a command, looked at anew each time, and refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from recordings_of import spoken, wav

from controller import paths
from controller.cli import main
from controller.language import LANGUAGES, Language, use
from controller.recorded.folder import MOST_LINES, add, lines_in, remove
from controller.recorded.model import NoLine

SAID = ("--words", "Restez, cela passe.", "--lang", "fr")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "home", lambda: tmp_path / "home")
    return tmp_path / "home" / "lines"


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    file = tmp_path / "taken.wav"
    file.write_bytes(spoken(1.5))
    return file


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIER_LANG", "en")


def told(capsys: pytest.CaptureFixture[str], *given: object) -> tuple[int, str, str]:
    # The language of a recording is none of the console's.
    code = main(["lines", *map(str, given)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_a_line_is_added_listed_and_removed(folder, recording, capsys):
    code, out, _err = told(capsys, "add", recording, "--name", "reste", *SAID)
    assert code == 0 and "♪ reste  fr  1.5 s  « Restez, cela passe. »" in out
    # Nobody else on the machine may hear or read it.
    assert {f.stat().st_mode & 0o077 for f in folder.iterdir()} == {0}
    code, out, _err = told(capsys, "--json")
    (row,) = json.loads(out)["lines"]
    assert (code, row["name"], row["words"], row["seconds"]) == (
        0, "reste", "Restez, cela passe.", 1.5,
    )  # fmt: skip
    code, _out, err = told(capsys, "add", recording, "--name", "reste", *SAID)
    assert code == 2 and "remove it first" in err
    assert told(capsys, "remove", "reste")[0] == 0
    assert list(folder.iterdir()) == []
    code, _out, err = told(capsys, "remove", "reste")
    assert code == 2 and "There is no line called reste" in err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("data", "name", "words", "en", "fr"),
    [
        (b"OggS", "a", "x", "save the recording as WAV", "enregistrer la phrase en WAV"),
        (wav(bytes(800_000), bits=8), "a", "x", "16 bits", "16 bits"),
        (spoken(21.0), "a", "x", "more than 20 s", "plus de 20 s"),
        (bytes(4_000_001), "a", "x", "larger than 4 MB", "plus de 4 Mo"),
        (spoken(1.0), "../x", "x", "small letters", "petites lettres"),
        (spoken(1.0), "a", "x" * 201, "1 to 200", "1 à 200"),
        (spoken(1.0), "a", "\x1b[2J", "1 to 200", "1 à 200"),
    ],
)
def test_what_cannot_be_a_line_is_refused_in_one_sentence_and_leaves_nothing(
    folder: Path, tmp_path: Path, data: bytes, name: str, words: str, en: str, fr: str,
    language: Language,
) -> None:  # fmt: skip
    use(language)
    file = tmp_path / "taken.wav"
    file.write_bytes(data)
    with pytest.raises(NoLine, match=fr if language == "fr" else en):
        add(folder, file, name, words, "fr")
    assert not folder.exists()


def test_a_recording_that_nobody_would_understand_is_refused_before_a_session(
    folder, tmp_path, capsys
):
    file = tmp_path / "silent.wav"
    file.write_bytes(spoken(1.0, loud=0.0))
    code, _out, err = told(capsys, "add", file, "--name", "a", *SAID)
    assert code == 2 and "record it again" in err and not folder.exists()


def test_what_was_changed_in_the_folder_is_told_and_never_offered(folder, recording, capsys):
    for name in ("a", "b", "c", "d"):
        add(folder, recording, name, "Oui.", "fr")
    (folder / "a.wav").write_bytes(spoken(1.6))
    (folder / "b.wav").unlink()
    (folder / "c.json").write_text("{}")
    code, out, _err = told(capsys, "--json")
    found = json.loads(out)
    assert code == 1 and [line["name"] for line in found["lines"]] == ["d"]
    a, b, c = found["problems"]
    assert "was changed since" in a and "no such file" in b and "cannot be read" in c
    for name in ("a", "b", "c"):
        remove(folder, name)
    assert told(capsys, "list")[0] == 0


def test_there_are_no_more_lines_than_are_found_at_a_glance(folder, recording):
    use("en")
    for number in range(MOST_LINES):
        add(folder, recording, f"l{number}", "Oui.", "fr")
    with pytest.raises(NoLine, match="12 lines already"):
        add(folder, recording, "more", "Oui.", "fr")
    assert len(lines_in(folder)[0]) == MOST_LINES
