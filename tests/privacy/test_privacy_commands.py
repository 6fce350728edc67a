"""`palier patients …` and `palier db purge` on a real record, as a clinic types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from store_samples import TestClock, opened

from controller import patient_commands
from controller.assembly import report_writer
from controller.cli import ADVERSE, CONSENTING, CONSENTS, EXPORTS, main
from controller.exporting import Format
from controller.operator_options import ROLES
from controller.session.clinical import AdverseType
from controller.session.documents import (
    Role,
    stream_of,
)
from controller.session.keeping import ConsentGiven, Consenting, ConsentTo
from controller.session.ports import ReportFailed
from controller.session.retelling import retell
from controller.store.books import RecordBooks
from controller.store.reader import Reader
from controller.store.record import Record, rebuild_projections
from controller.store.verify import verify

Say = Callable[..., int]


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_consent_is_noted_shown_and_withdrawn(
    say: Say, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say("patients", "consent", "heron", "observers", "--version", "2026-11") == 0
    assert say("patients", "withdraw", "heron", "observers") == 0
    capsys.readouterr()
    assert say("patients", "show", "Heron", "--json") == 0
    (consent,) = told(capsys)["consents"]
    assert consent["consent_to"] == "observers" and consent["withdrawn"] is not None


@pytest.mark.parametrize("to", CONSENTS)
def test_what_was_never_noted_as_given_can_be_refused_or_taken_back_all_the_same(
    say: Say, db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], to: str
) -> None:
    assert say("patients", "withdraw", "Heron", to) == 0
    assert "does not consent to " + to in capsys.readouterr().out
    assert Reader.open(db).withdrawn(to) == {"id-Heron"}
    assert say("patients", "show", "Heron", "--json") == 0
    (consent,) = told(capsys)["consents"]
    assert consent["consent_to"] == to and consent["withdrawn"] and consent["entry"] is None
    assert consent["given"] is consent["version"] is consent["given_by"] is consent["how"] is None
    assert say("patients", "show", "Heron") == 0
    assert f"-  {to}: withdrawn 20" in capsys.readouterr().out
    cards = {card.pseudonym: card for card in RecordBooks(Reader.open(db)).patients()}
    assert cards["Heron"].withdrawn is (to == "session")
    assert cards["Heron"].unwatched is (to == "observers")
    out = str(tmp_path / "research")
    code = say("export", "s-Heron", "--format", "research", "--yes", "--out", out)
    assert code == (2 if to == "research" else 0)
    assert say("patients", "copy", "Heron", "--out", str(tmp_path / "copy")) == 0
    assert "withdrawn" in (tmp_path / "copy" / "copy.html").read_text()
    assert verify(db).ok
    before = Reader.open(db).consents("id-Heron")
    rebuild_projections(db)
    assert Reader.open(db).consents("id-Heron") == before
    # The first word on it stays the moment from which it held no more.
    assert say("patients", "withdraw", "Heron", to) == 0
    assert Reader.open(db).consents("id-Heron") == before
    assert say("patients", "consent", "Heron", to, "--version", "2") == 0
    assert Reader.open(db).withdrawn(to) == set()
    assert verify(db).ok


def test_a_withdrawn_consent_to_exposure_is_what_the_console_is_told_until_it_is_given_again(
    say: Say, db: Path
) -> None:
    def told() -> dict[str, bool]:
        return {card.pseudonym: card.withdrawn for card in RecordBooks(Reader.open(db)).patients()}

    assert say("patients", "consent", "Heron", "session", "--version", "1") == 0
    assert told() == {"Heron": False, "Wren": False}
    assert say("patients", "withdraw", "Heron", "session") == 0
    assert told() == {"Heron": True, "Wren": False}
    assert say("patients", "consent", "Heron", "session", "--version", "2") == 0
    assert told() == {"Heron": False, "Wren": False}


def test_a_withdrawn_consent_to_being_watched_is_what_the_console_is_told_too(
    say: Say, db: Path
) -> None:
    def told() -> list[str]:
        cards = RecordBooks(Reader.open(db)).patients()
        return [card.pseudonym for card in cards if card.unwatched]

    assert say("patients", "consent", "Heron", "observers", "--version", "1") == 0
    assert told() == []
    assert say("patients", "withdraw", "Heron", "observers") == 0
    assert told() == ["Heron"]


def test_the_consent_to_the_pose_holds_only_between_its_giving_and_its_withdrawal(
    say: Say, db: Path
) -> None:
    def told() -> list[str]:
        cards = RecordBooks(Reader.open(db)).patients()
        return [card.pseudonym for card in cards if card.pose]

    assert told() == [], "off until consented"
    assert say("patients", "consent", "Heron", "pose", "--version", "1") == 0
    assert told() == ["Heron"]
    assert say("patients", "withdraw", "Heron", "pose") == 0
    assert told() == []
    assert say("patients", "consent", "Heron", "pose", "--version", "2") == 0
    assert told() == ["Heron"]


def test_nothing_is_exported_for_research_once_that_consent_was_taken_back(
    say: Say, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def export(out: str) -> int:
        where = str(tmp_path / out)
        return say("export", "s-Heron", "--format", "research", "--yes", "--out", where)

    assert export("unknown") == 0
    assert "holds no consent of this patient to research" in capsys.readouterr().err
    assert say("patients", "consent", "Heron", "research", "--version", "1") == 0
    assert export("noted") == 0
    assert "holds no consent" not in capsys.readouterr().err
    assert say("patients", "withdraw", "Heron", "research") == 0
    for whom in (("s-Heron",), ("--patient", "Heron")):
        out = str(tmp_path / "taken-back")
        assert say("export", *whom, "--format", "research", "--yes", "--out", out) == 2
        assert "took back the consent to research" in capsys.readouterr().err
    assert not (tmp_path / "taken-back").exists()
    assert say("export", "s-Heron", "--format", "csv", "--out", str(tmp_path / "csv")) == 0


def test_the_words_that_commands_take_are_those_of_the_record() -> None:
    assert set(get_args(ConsentTo)) == set(CONSENTS)
    assert set(get_args(Consenting)) == set(CONSENTING)
    assert set(get_args(AdverseType)) == set(ADVERSE)
    assert set(get_args(Format)) == set(EXPORTS)
    assert set(get_args(Role)) == set(ROLES)


def test_a_minors_consent_without_the_guardian_is_refused_and_nothing_is_written(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say("patients", "minor", "Heron", "yes") == 0
    before = Reader.open(db).heads()
    assert say("patients", "consent", "Heron", "pose", "--version", "1") == 2
    assert "a guardian consents" in capsys.readouterr().err
    assert Reader.open(db).heads() == before


def test_a_minor_by_the_screening_consents_by_the_guardian_here_too(
    say: Say, capsys: pytest.CaptureFixture[str]
) -> None:
    cleared = ("--no-to-others", "--cleared", "minor=the family knows")
    assert say("patients", "screening", "Heron", *cleared) == 0
    assert "A minor by the screening" in capsys.readouterr().out
    assert say("patients", "consent", "Heron", "session", "--version", "1") == 2
    assert "a guardian consents" in capsys.readouterr().err
    guardian = ("--version", "1", "--by", "guardian", "--assent")
    assert say("patients", "consent", "Heron", "session", *guardian) == 0
    assert say("patients", "screening", "Heron") == 0
    assert "Nothing is missing for a session." in capsys.readouterr().out


def test_restricted_data_are_kept_and_neither_reported_nor_exported(
    say: Say, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say("patients", "restrict", "Heron", "asked by letter") == 0
    page, folder = tmp_path / "r.html", tmp_path / "out"
    assert say("report", "s-Heron", "--out", str(page)) == 2
    assert say("export", "s-Heron", "--format", "csv", "--out", str(folder)) == 2
    assert say("export", "--patient", "Heron", "--format", "csv", "--out", str(folder)) == 2
    refused = capsys.readouterr().err
    assert "are restricted" in refused and "letter" not in refused and "Heron" not in refused
    assert not page.exists() and not folder.exists()
    adverse = ("--type", "panic", "--severity", "mild", "--text", "fell")
    feared = ("--feared", "a fall", "--about", "own_reaction", "--before", "80")
    for words in (
        ("show", "s-Heron"),
        ("correct", "s-Heron", "2", "--suds", "30"),
        ("adverse", "s-Heron", *adverse),
        ("expectancy", "s-Heron", *feared),
    ):
        assert say("sessions", *words) == 2, words
        shown = capsys.readouterr()
        assert "are restricted" in shown.err and not shown.out
    assert say("report", "s-Wren", "--out", str(page)) == 0
    assert say("patients", "allow", "Heron") == 0
    assert say("report", "s-Heron", "--out", str(page)) == 0


def test_another_pseudonym_is_a_new_entry_and_the_old_one_stays_where_it_was_written(
    say: Say, db: Path
) -> None:
    assert say("patients", "rename", "Heron", "Wren") == 2
    assert say("patients", "rename", "Heron", "Blue tit") == 0
    reader = Reader.open(db)
    assert [p.pseudonym for p in reader.patients()] == ["Blue tit", "Wren"]
    first, change = reader.entries(stream_of("id-Heron"))
    assert (first.data.pseudonym, change.data.pseudonym) == ("Heron", "Blue tit")
    assert change.operator == "op-1"


def test_a_session_of_before_is_listed_under_the_new_pseudonym_alone(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Record.create_or_open(db, operator="op-1", clock=TestClock()) as record:
        record.append_now("s-open", opened("id-Heron"))
    assert say("patients", "rename", "Heron", "Blue tit") == 0
    shown = [
        ("sessions",),
        ("sessions", "--json"),
        ("sessions", "show", "s-Heron"),
        ("sessions", "show", "s-Heron", "--json"),
        ("patients", "show", "Blue tit"),
        ("patients", "show", "Blue tit", "--json"),
    ]
    capsys.readouterr()
    for words in shown:
        assert say(*words) == 0
        out = capsys.readouterr().out.replace("s-Heron", "").replace("id-Heron", "")
        assert "Blue tit" in out
        assert "Heron" not in out.replace("a note about Heron", ""), words
    books = RecordBooks(Reader.open(db))
    named = {card.id: card.pseudonym for card in books.sessions()}
    assert named == {"s-Heron": "Blue tit", "s-Wren": "Wren", "s-open": "Blue tit"}
    assert [row.pseudonym for row in Reader.open(db).open_sessions()] == ["Blue tit"]
    assert verify(db).ok


def test_a_patients_copy_holds_every_entry_about_them_and_nothing_about_others(
    say: Say, db: Path, tmp_path: Path
) -> None:
    assert say("patients", "copy", "Heron", "--out", str(tmp_path / "copy")) == 0
    written = {p.name: p.read_text() for p in (tmp_path / "copy").rglob("*.*")}
    assert set(written) == {"copy.html", "copy.json", "s-Heron.html"}
    data = json.loads(written["copy.json"])
    reader = Reader.open(db)
    kept = [*reader.entries(stream_of("id-Heron")), *reader.entries("s-Heron")]
    copied = [*data["patient"], *data["sessions"][0]["entries"]]
    assert copied == [one.model_dump(mode="json") for one in kept]
    assert not any("Wren" in text for text in written.values())
    assert not any("http" in written[name] for name in ("copy.html", "copy.json"))
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o700


def test_nobody_is_erased_unless_it_is_confirmed(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say("patients", "erase", "Heron") == 2
    assert "not confirmed" in capsys.readouterr().err
    assert len(Reader.open(db).patients()) == 2


def test_an_erased_patient_is_gone_with_the_pages_that_were_written(
    say: Say, db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = tmp_path / "data" / "palier" / "reports"
    pages.mkdir(parents=True)
    for name in ("s-Heron.html", "s-Wren.html"):
        (pages / name).write_text("a page")
    db.with_name("record.db.before-0001").write_bytes(b"an older copy")
    assert say("patients", "erase", "Heron", "--yes", "--json") == 0
    assert told(capsys)["copies_removed"] == ["s-Heron.html", "record.db.before-0001"]
    assert [p.name for p in pages.iterdir()] == ["s-Wren.html"]
    assert say("patients", "erase", "Wren", "--yes") == 0
    out = capsys.readouterr().out
    assert "Restored where record.db.erased lies they lose it again" in out
    assert "an older one brings it back" in out
    assert Reader.open(db).patients() == []
    assert verify(db).ok


def test_a_patient_in_an_open_session_is_not_erased(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Record.create_or_open(db, operator="op-1", clock=TestClock()) as record:
        record.append_now("s-now", opened("id-Heron"))
    assert say("patients", "erase", "Heron", "--yes") == 2
    assert "is open" in capsys.readouterr().err


def test_the_clinics_duty_is_named_before_an_erasure_that_comes_too_early(
    say: Say, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say("db", "purge", "--keep-years", "20", "--duty", "the rule of our house") == 0
    assert say("patients", "erase", "Heron", "--yes") == 2
    assert "the rule of our house" in capsys.readouterr().err
    assert say("patients", "erase", "Heron", "--yes", "--despite", "a court says so") == 0


@pytest.mark.parametrize("despite", ["x" * 201, "a court\udcff says so", "\x1b\x07"])
def test_a_refused_erasure_is_carried_out_by_nobody_later(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str], despite: str
) -> None:
    assert say("db", "purge", "--keep-years", "20", "--duty", "rule") == 0
    capsys.readouterr()
    assert say("patients", "erase", "Heron", "--yes", "--despite", despite) == 2
    refused = capsys.readouterr().err
    assert refused.count("\n") == 1 and ("1 to 200" in refused or "cannot be stored" in refused)
    assert not db.with_name("record.db.erased").exists()
    assert say("patients", "minor", "Wren", "no") == 0
    assert [p.pseudonym for p in Reader.open(db).patients()] == ["Heron", "Wren"]


def test_whole_records_kept_by_a_restore_stay_and_are_named_with_what_to_do(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = "record.db.before-restore-20260301T080000Z"
    for ending in ("", ".key", ".signing-key", ".head"):
        db.with_name(kept + ending).write_bytes(b"the only key there is")
    db.with_name("record.db.before-0002").write_bytes(b"a copy made by a migration")
    assert say("patients", "erase", "Heron", "--yes") == 0
    out = capsys.readouterr().out
    assert kept in out and f"{kept}.key" not in out and "patients erase PSEUDONYM" in out
    left = {file.name for file in db.parent.glob("record.db.before-*")}
    assert left == {kept + ending for ending in ("", ".key", ".signing-key", ".head")}
    assert say("patients", "erase", "Wren", "--yes", "--json") == 0
    assert told(capsys)["kept_records"] == [kept]


@pytest.mark.parametrize(
    "words",
    [
        ("patients", "restrict", "Heron", "half a sign \udcff"),
        ("patients", "rename", "Heron", "half a sign \udcff"),
        ("patients", "consent", "Heron", "pose", "--version", "half a sign \udcff"),
        ("db", "purge", "--keep-years", "20", "--duty", "half a sign \udcff"),
        ("sessions", "correct", "s-Heron", "2", "--suds", "3", "--text", "half a sign \udcff"),
        (
            *("sessions", "adverse", "s-Heron", "--type", "panic", "--severity", "mild"),
            *("--text", "half a sign \udcff"),
        ),
        ("sessions", "expectancy", "s-Heron", "--feared", "\udcff", "--about", "event"),
        ("operators", "--add", "\udcff", "--no-passphrase"),
    ],
)
def test_signs_that_nothing_can_store_are_one_sentence_and_change_nothing(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    before = Reader.open(db).heads()
    assert say(*words) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert Reader.open(db).heads() == before


@pytest.mark.parametrize(
    "name", ["He\x1b[31mron", "He\x07ron", "He\u202eron", "He\u2066ron", "a\tb"]
)
def test_a_pseudonym_that_would_act_on_a_terminal_is_refused_wherever_it_is_given(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    for words in (("--add", name), ("rename", "Wren", name)):
        assert say("patients", *words) == 2
        assert "can be printed" in capsys.readouterr().err
    assert say("operators", "--add", name, "--no-passphrase") == 2
    assert [p.pseudonym for p in Reader.open(db).patients()] == ["Heron", "Wren"]


def test_what_would_act_on_a_terminal_is_left_out_of_free_words(say: Say, db: Path) -> None:
    assert say("patients", "restrict", "Heron", "by \x1b[31mletter\x07 \u202eof May") == 0
    assert [p.restricted for p in Reader.open(db).patients()] == ["by [31mletter of May", None]


@pytest.mark.parametrize("at", ["99:99", "0:60", "1:60:00", "4", "4:5", "-1:00", "9:00:00"])
def test_a_moment_that_is_none_of_the_session_is_refused(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str], at: str
) -> None:
    before = Reader.open(db).heads()
    event = ("sessions", "adverse", "s-Heron", "--type", "panic", "--severity", "mild")
    assert say(*event, "--text", "x", f"--at={at}") == 2
    assert "moment" in capsys.readouterr().err
    assert say(*event, "--text", "x", "--at", "0:00") == 0
    assert Reader.open(db).heads() != before


def test_a_restriction_while_a_session_is_open_is_kept_and_says_what_to_do(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say("patients", "restrict", "Wren", "asked by letter") == 0
    assert "still open" not in capsys.readouterr().out
    with Record.create_or_open(db, operator="op-1", clock=TestClock()) as record:
        record.append_now("s-open", opened("id-Heron"))
    assert say("patients", "restrict", "Heron", "asked by letter") == 0
    told = capsys.readouterr().out
    assert "A session with Heron is still open" in told and "end it at the console" in told
    assert say("patients", "restrict", "Heron", "once more", "--json") == 0
    assert json.loads(capsys.readouterr().out)["open_sessions"] == ["s-open"]
    assert {p.pseudonym for p in Reader.open(db).patients() if p.restricted} == {"Heron", "Wren"}


def test_the_console_writes_no_report_of_restricted_data_either(
    say: Say, db: Path, tmp_path: Path
) -> None:
    seen: list[str] = []
    write = report_writer(Reader.open(db), tmp_path / "reports", seen.append)
    assert say("patients", "restrict", "Heron", "asked by letter") == 0
    with pytest.raises(ReportFailed, match="restricted"):
        write("s-Heron")
    assert not seen and not (tmp_path / "reports").exists()
    assert Path(write("s-Wren")).exists()


def test_no_session_is_meant_by_no_name(say: Say, tmp_path: Path) -> None:
    assert say("patients", "erase", "Wren", "--yes") == 0
    assert say("report", "", "--out", str(tmp_path / "r.html")) == 2
    assert say("export", "", "--format", "csv", "--out", str(tmp_path / "out")) == 2
    assert not list(tmp_path.glob("r.html")) and not (tmp_path / "out").exists()


def test_a_purge_wants_a_rule_first(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    assert say("db", "purge", "--yes") == 2
    assert "--keep-years" in capsys.readouterr().err
    assert say("db", "purge", "--keep-years", "20") == 2


def test_a_purge_lists_first_and_erases_only_who_is_past_the_duty(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = datetime(2029, 6, 1, tzinfo=UTC).date()
    monkeypatch.setattr(patient_commands, "_today", lambda: later)
    assert say("patients", "minor", "Wren", "yes") == 0
    assert say("db", "purge", "--keep-years", "3", "--duty", "rule") == 0
    capsys.readouterr()
    assert say("db", "purge", "--dry-run", "--json") == 0
    assert [one["pseudonym"] for one in told(capsys)["due"]] == ["Heron"]
    assert say("db", "purge") == 2
    assert len(Reader.open(db).patients()) == 2
    assert say("db", "purge", "--yes") == 0
    assert [p.pseudonym for p in Reader.open(db).patients()] == ["Wren"]
    assert [row.reason for row in Reader.open(db).erased()] == ["retention"]
    assert verify(db).ok


def test_a_purge_leaves_restricted_data_and_says_how_many(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = datetime(2029, 6, 1, tzinfo=UTC).date()
    monkeypatch.setattr(patient_commands, "_today", lambda: later)
    assert say("patients", "restrict", "Heron", "legal claim") == 0
    assert say("patients", "minor", "Wren", "yes") == 0
    assert say("db", "purge", "--keep-years", "3", "--duty", "rule") == 0
    capsys.readouterr()
    assert say("db", "purge", "--dry-run") == 0
    out = capsys.readouterr().out
    assert "Heron" not in out
    assert "restricted and so kept, patients: 1" in out and "minors and so kept" in out
    assert say("db", "purge", "--yes", "--json") == 0
    listed = told(capsys)
    assert listed["due"] == [] and listed["left_out"] == {"restricted": 1, "minors": 1}
    assert say("patients", "minor", "Wren", "no") == 0
    capsys.readouterr()
    assert say("db", "purge", "--yes", "--json") == 0
    erased = told(capsys)
    assert [one["pseudonym"] for one in erased["erased"]] == ["Wren"]
    assert erased["left_out"] == {"restricted": 1, "minors": 0}
    assert [p.pseudonym for p in Reader.open(db).patients()] == ["Heron"]
    assert say("patients", "allow", "Heron") == 0
    assert say("db", "purge", "--yes") == 0
    assert Reader.open(db).patients() == []


def test_restricted_data_are_erased_only_once_they_are_allowed_or_for_a_reason(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("Heron", "Wren"):
        assert say("patients", "restrict", name, "legal claim") == 0
        assert say("patients", "erase", name, "--yes") == 2
        refused = capsys.readouterr().err
        assert "patients allow" in refused and "--despite" in refused and "legal" not in refused
    assert not db.with_name("record.db.erased").exists()
    assert say("patients", "allow", "Heron") == 0
    assert say("patients", "erase", "Heron", "--yes") == 0
    assert say("patients", "erase", "Wren", "--yes", "--despite", "the claim was settled") == 0
    assert Reader.open(db).patients() == []


def test_a_questionnaire_at_the_clinic_counts_for_how_long_a_record_is_kept(
    say: Say, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say("db", "purge", "--keep-years", "3", "--duty", "rule") == 0
    answers = tmp_path / "answers.json"
    answers.write_text('{"1": 0}')
    ask = ("questionnaires", "--ask", "phq-9", "--patient", "Heron")
    assert say(*ask, "--answers", str(answers)) == 0
    answered = datetime.now(UTC).date()
    later = answered.replace(year=answered.year + 3, day=1)
    monkeypatch.setattr(patient_commands, "_today", lambda: later)
    capsys.readouterr()
    assert say("db", "purge", "--dry-run", "--json") == 0
    assert [one["pseudonym"] for one in told(capsys)["due"]] == ["Wren"]


def test_what_is_typed_wrongly_is_one_sentence_and_changes_nothing(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Reader.open(db).heads()
    assert say("patients", "show", "Nobody") == 2
    refused = capsys.readouterr().err
    assert refused.count("\n") == 1 and "Nobody" not in refused
    assert say("patients", "allow", "Heron") == 2
    assert say("patients", "restrict", "Heron", " ") == 2
    assert Reader.open(db).heads() == before


@pytest.mark.parametrize(
    "words",
    [
        ("patients",),
        ("sessions",),
        ("patients", "show", "Heron"),
        ("report", "last", "--out", "r.html"),
        ("export", "last", "--format", "csv", "--out", "out"),
        ("questionnaires", "--patient", "Heron", "--scores"),
    ],
)
def test_where_there_is_no_record_that_is_all_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    where = tmp_path / "none.db"
    assert main([*words, "--db", str(where)]) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and f"There is no record at {where}" in said


@pytest.mark.parametrize(
    ("spoken", "kind", "ending", "consent"),
    [
        (
            "en",
            "in the trial  40",
            "closed",
            "pose: given 2026-01-31 (recording how the head moves)",
        ),
        ("fr", "dans l'essai  40", "fermée", "pose : donné le 2026-01-31 (enregistrer"),
    ],
)
def test_lists_say_in_words_what_data_say_by_codes(
    say: Say,
    db: Path,
    capsys: pytest.CaptureFixture[str],
    spoken: str,
    kind: str,
    ending: str,
    consent: str,
) -> None:
    given = ConsentGiven(patient="id-Heron", to="pose", version="1", by="patient", how="signed")
    with Record.create_or_open(db, operator="op-1", clock=TestClock()) as record:
        record.append_now(stream_of("id-Heron"), given)
    for words in (("sessions",), ("sessions", "show", "s-Heron"), ("patients", "show", "Heron")):
        assert say("--lang", spoken, *words) == 0
    shown = capsys.readouterr().out
    assert kind in shown and consent in shown
    assert sum(line.endswith(ending) for line in shown.splitlines()) == 4
    assert say("sessions", "--json") == 0
    assert {row["how"] for row in told(capsys)} == {"closed"}
    assert say("sessions", "show", "s-Heron", "--json") == 0
    shown_as_data = told(capsys)
    assert [one["kind"] for one in shown_as_data["rating"]] == ["interval"]
    assert shown_as_data["lasted_s"] == retell(Reader.open(db).entries("s-Heron")).duration_s
