"""`palier` commands: who gives them is known, operators are kept in order, access is logged."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from store_samples import TestClock, bytes_of, copy, write_small

from controller import cli, identify
from controller.session.documents import Entry, stream_of
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify


class Palier:
    """Gives commands on one record, as a shell would."""

    def __init__(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.path, self._monkeypatch, self._capsys = path, monkeypatch, capsys
        self.err = ""

    def __call__(self, *words: str, passphrase: str | None = None, new: str | None = None) -> int:
        for name, value in ((identify.PASSPHRASE, passphrase), (identify.NEW_PASSPHRASE, new)):
            if value is None:
                self._monkeypatch.delenv(name, raising=False)
            else:
                self._monkeypatch.setenv(name, value)
        code = cli.main([*words, "--db", str(self.path)])
        told = self._capsys.readouterr()
        self.out, self.err = told.out, told.err
        assert "Traceback" not in self.err
        return code

    def json(self, *words: str, passphrase: str | None = None) -> Any:
        assert self(*words, "--json", passphrase=passphrase) == 0, self.err
        assert self.out.count("\n") == 1
        return json.loads(self.out)


@pytest.fixture
def palier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Palier:
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return Palier(tmp_path / "record.db", monkeypatch, capsys)


@pytest.fixture
def clinic(palier: Palier) -> Palier:
    """Ada administers with a passphrase; Bea supervises without one; Bruno is a trainee."""
    assert palier("operators", "--add", "Ada", new="geheim 1") == 0
    ada = ("--operator", "Ada")
    bea = ("--add", "Bea", "--role", "supervisor", "--no-passphrase")
    assert palier("operators", *bea, *ada, passphrase="geheim 1") == 0
    bruno = ("--add", "Bruno", "--role", "trainee")
    assert palier("operators", *bruno, *ada, passphrase="geheim 1", new="geheim 2") == 0
    return palier


def test_operators_are_listed_and_no_hash_ever_is(clinic: Palier) -> None:
    listed = clinic.json("operators")
    assert [
        (o["operator"], o["name"], o["role"], o["administers"], o["passphrase"]) for o in listed
    ] == [
        ("op-1", "Ada", "therapist", True, True),
        ("op-2", "Bea", "supervisor", False, False),
        ("op-3", "Bruno", "trainee", False, True),
    ]
    assert clinic("operators") == 0
    for shown in (clinic.out, json.dumps(listed)):
        assert "argon" not in shown and "geheim" not in shown
    kept = [entry.body() for entry in Reader.open(clinic.path).clinic("operator_added")]
    assert sum("$argon2id$" in body for body in kept) == 2
    assert verify(clinic.path).ok


def test_only_who_administers_adds_and_changes(clinic: Palier) -> None:
    assert clinic("operators", "--add", "Eve", "--no-passphrase", "--operator", "Bea") == 2
    assert "administer" in clinic.err
    assert clinic("operators", "--add", "Eve", "--no-passphrase") == 2
    assert clinic("operators", "--disable", "Bruno", "--operator", "Bea") == 2
    grown = ("--change", "Bruno", "--role", "therapist", "--operator", "Bruno")
    assert clinic("operators", *grown, passphrase="geheim 2") == 2
    assert len(clinic.json("operators")) == 3


def test_everybody_may_change_their_own_passphrase(clinic: Palier) -> None:
    own = ("operators", "--change", "Bruno", "--passphrase", "--operator", "Bruno")
    assert clinic(*own, passphrase="geheim 2", new="geheim 3") == 0
    assert clinic("patients", "--operator", "Bruno", passphrase="geheim 2") == 3
    assert clinic("patients", "--operator", "Bruno", passphrase="geheim 3") == 0
    others = ("operators", "--change", "Ada", "--passphrase", "--operator", "Bruno")
    assert clinic(*others, passphrase="geheim 3", new="geheim 4") == 2


def test_who_is_disabled_gives_no_command_and_can_be_enabled(clinic: Palier) -> None:
    ada = ("--operator", "Ada")
    assert clinic("operators", "--disable", "Bea", *ada, passphrase="geheim 1") == 0
    assert clinic("patients", "--operator", "Bea") == 2
    assert [o["disabled"] for o in clinic.json("operators")] == [False, True, False]
    assert clinic("operators", "--enable", "Bea", *ada, passphrase="geheim 1") == 0
    assert clinic("patients", "--operator", "Bea") == 0


def test_the_last_one_who_administers_stays(clinic: Palier) -> None:
    for change in (("--disable", "Ada"), ("--change", "Ada", "--no-administers")):
        assert clinic("operators", *change, "--operator", "Ada", passphrase="geheim 1") == 2
        assert "administer" in clinic.err


@pytest.mark.parametrize(
    ("words", "new", "code"),
    [
        (("--add", "ada", "--no-passphrase"), None, 2),
        (("--add", " ", "--no-passphrase"), None, 2),
        (("--add", "Eve"), "12345", 2),
        (("--add", "Eve"), None, 3),
        (("--change", "Ada"), None, 2),
        (("--change", "Nobody", "--role", "trainee"), None, 2),
        (("--change", "", "--role", "trainee"), None, 2),
        (("--disable", ""), None, 2),
        (("--enable", ""), None, 2),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    clinic: Palier, words: tuple[str, ...], new: str | None, code: int
) -> None:
    before = clinic.json("operators")
    assert clinic("operators", *words, "--operator", "Ada", passphrase="geheim 1", new=new) == code
    assert clinic.err.startswith("palier: ") and clinic.err.count("\n") == 1
    assert clinic.json("operators") == before


def added(path: Path) -> list[Entry]:
    """The first entries of all patients, by pseudonym."""
    reader = Reader.open(path)
    return [reader.entries(stream_of(row.patient))[0] for row in reader.patients()]


def test_a_command_carries_the_name_of_who_gave_it(clinic: Palier) -> None:
    assert clinic("patients", "--add", "P-1", "--operator", "Ada", passphrase="geheim 1") == 0
    assert clinic("patients", "--add", "P-2", "--operator", "op-2") == 0
    assert [entry.operator for entry in added(clinic.path)] == ["op-1", "op-2"]


@pytest.mark.parametrize(
    "words", [("patients",), ("sessions",), ("patients", "--add", "P-1"), ("operators", "--log")]
)
def test_nothing_about_patients_is_told_to_nobody(clinic: Palier, words: tuple[str, ...]) -> None:
    assert clinic(*words) == 2
    assert "--operator" in clinic.err
    assert clinic(*words, "--operator", "Ada") == 3
    assert "PALIER_OPERATOR_PASSPHRASE" in clinic.err
    assert clinic(*words, "--operator", "Ada", passphrase="falsch") == 3
    assert clinic.out == "" and "falsch" not in clinic.err


def test_a_single_operator_without_a_passphrase_is_not_asked(palier: Palier) -> None:
    assert palier("operators", "--add", "Ada", "--no-passphrase") == 0
    assert palier("patients", "--add", "P-1") == 0
    (entry,) = added(palier.path)
    assert entry.operator == "op-1"


def test_wrong_passphrases_are_logged_and_slow_down_the_next_try(clinic: Palier) -> None:
    for _n in range(3):
        assert clinic("patients", "--operator", "Bruno", passphrase="falsch") == 3
    assert clinic("patients", "--operator", "Bruno", passphrase="geheim 2") == 3
    assert "Wait" in clinic.err
    assert clinic("patients", "--operator", "Ada", passphrase="geheim 1") == 0
    log = clinic.json("operators", "--log", "--operator", "Ada", passphrase="geheim 1")
    wrong = [row for row in log if row["what"] == "wrong_passphrase"]
    assert [(row["about"], row["how"]) for row in wrong] == [("op-3", "command")] * 3


def test_the_access_log_is_for_those_who_administer_or_supervise(clinic: Palier) -> None:
    assert clinic("operators", "--log", "--operator", "Bea") == 0
    assert "Ada was added" in clinic.out
    assert clinic("operators", "--log", "--operator", "Bruno", passphrase="geheim 2") == 2


@pytest.fixture
def led(palier: Palier) -> Palier:
    """A record with sessions and one operator."""
    small = palier.path.with_name("small.db")
    write_small(small, TestClock())
    copy(small, palier.path)
    return palier


def test_a_report_and_a_list_stand_in_the_access_log_once_an_hour(
    led: Palier, tmp_path: Path
) -> None:
    page = str(tmp_path / "page.html")
    for _n in range(2):
        led("report", "s-1", "--out", page)
        assert led("sessions") == 0
    log = [row for row in led.json("operators", "--log") if row["what"] in ("report", "sessions")]
    assert [(r["what"], r["session"], r["name"], r["saved"]) for r in log] == [
        ("report", "s-1", "Dr Example", False),
        ("sessions", "", "Dr Example", False),
    ]
    Record.create_or_open(led.path, operator="op-1").close()
    led("report", "s-1", "--out", page)
    log = [row for row in led.json("operators", "--log") if row["what"] in ("report", "sessions")]
    assert [row["saved"] for row in log] == [True, True]
    assert verify(led.path).ok


def test_the_list_of_patients_stands_in_the_access_log(led: Palier) -> None:
    assert led("patients") == 0
    (row,) = [row for row in led.json("operators", "--log") if row["what"] == "patients"]
    assert (row["name"], row["patient"]) == ("Dr Example", "")
    assert led("operators", "--log") == 0


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_whoever_reads_the_output_may_end_before_it_does(led: Palier, unbuffered: str) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "controller", "sessions", "--db", str(led.path)]
    surroundings = os.environ | {"PYTHONUNBUFFERED": unbuffered, "PALIER_LANG": "en"}
    with os.fdopen(theirs, "wb") as gone:
        ended = subprocess.run(
            command,
            stdout=gone,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            env=surroundings,
            timeout=60,
        )
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_reading_changes_no_byte_of_the_record(led: Palier, tmp_path: Path) -> None:
    before = bytes_of(led.path)
    led("report", "s-1", "--out", str(tmp_path / "page.html"))
    led("sessions")
    led("patients")
    after = bytes_of(led.path)
    assert {name: after[name] for name in before} == before


def test_reading_works_and_is_logged_while_a_console_has_the_record_open(led: Palier) -> None:
    with Record.create_or_open(led.path, operator="op-1"):
        assert led("sessions") == 0
        assert led.err == ""
    Record.create_or_open(led.path, operator="op-1").close()
    (entry,) = Reader.open(led.path).clinic("accessed")
    assert entry.operator == "op-1"


def test_where_the_log_cannot_be_kept_it_is_said_on_stderr_alone(
    led: Palier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("controller.store.private.replace", full)
    assert led("sessions", "--json") == 0
    assert len(json.loads(led.out)) == 3
    assert "access log" in led.err and led.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("patients",),
        ("sessions",),
        ("sessions", "show", "0123456789abcdef"),
        ("report", "0123456789abcdef", "--out", "report.html"),
        ("report", "--patient", "P-1", "--out", "report.html"),
        ("export", "0123456789abcdef", "--format", "csv", "--out", "out"),
    ],
    ids=" ".join,
)
def test_where_there_is_no_record_one_sentence_says_so(
    palier: Palier, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert palier(*words) == 3
    assert palier.err.count("\n") == 1
    assert palier.err.startswith("palier: There is no record at ")
