"""Who may give which command: the table, walked; and nothing is entered before there is anybody."""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path
from types import SimpleNamespace

import pytest
from store_samples import TestClock, closed, opened

from controller import cli, language
from controller.cli import main
from controller.session import permissions
from controller.session.documents import CLINIC, OperatorAdded, PatientAdded, Role, stream_of
from controller.session.operators import Operator
from controller.store.reader import Reader
from controller.store.record import Record

ROLES: tuple[Role, ...] = ("trainee", "therapist", "supervisor")
GUIDES = Path(permissions.__file__).parents[1]

COMMANDS: dict[str, tuple[str, ...]] = {
    "patients": ("patients",),
    "patients show": ("patients", "show", "Heron"),
    "plans": ("plans",),
    "plans show": ("plans", "show", "Heron"),
    "sessions": ("sessions",),
    "sessions show": ("sessions", "show", "s-1"),
    "questionnaires --scores": ("questionnaires", "--scores", "--patient", "Heron"),
    "patients --add": ("patients", "--add", "Wren"),
    "patients rename": ("patients", "rename", "Heron", "Blue tit"),
    "patients minor": ("patients", "minor", "Heron", "no"),
    "patients safe-place": ("patients", "safe-place", "Heron", "shore"),
    "patients appointment": ("patients", "appointment", "Heron", "2026-12-24 14:30"),
    "patients anchor": ("patients", "anchor", "Heron", "75", "the lift that stuck"),
    "patients screening": ("patients", "screening", "Heron", "--no-to-others"),
    "patients language": ("patients", "language", "Heron", "fr"),
    "plans take": ("plans", "take", "Heron", "heights.bridge", "cautious"),
    "patients restrict": ("patients", "restrict", "Heron", "by letter"),
    "patients allow": ("patients", "allow", "Heron"),
    "patients consent": ("patients", "consent", "Heron", "pose", "--version", "1"),
    "patients withdraw": ("patients", "withdraw", "Heron", "pose"),
    "patients correct": ("patients", "correct", "Heron", "1", "--mistaken", "x"),
    "patients copy": ("patients", "copy", "Heron", "--out", "{out}"),
    "sessions correct": ("sessions", "correct", "s-1", "9", "--text", "x"),
    "sessions adverse": (
        *("sessions", "adverse", "s-1", "--type", "panic", "--severity", "mild", "--text", "x"),
    ),
    "sessions expectancy": (
        *("sessions", "expectancy", "s-1", "--feared", "x", "--about", "event"),
    ),
    "questionnaires --ask": (
        *("questionnaires", "--ask", "phq-9", "--patient", "Heron", "--answers", "{out}"),
    ),
    "report": ("report", "s-1", "--out", "{out}.html"),
    "export": ("export", "s-1", "--format", "csv", "--out", "{out}"),
    "db backup": ("db", "backup", "--out", "{out}.db"),
    "packs --revoke": ("packs", "--revoke", "piers"),
    "protocol --use": ("protocol", "--use", "{shipped}"),
    "operators --log": ("operators", "--log"),
    "patients erase": ("patients", "erase", "Heron"),
    "db purge": ("db", "purge", "--dry-run"),
    "db restore": ("db", "restore", "{out}.db"),
    "db rekey": ("db", "rekey", "--keep-in", "passphrase"),
    "db recovery": ("db", "recovery", "--out", "{db}"),
    "operators --add": ("operators", "--add", "Somebody"),
    "operators --change": ("operators", "--change", "Dr Example", "--role", "therapist"),
    "operators --disable": ("operators", "--disable", "Dr Example"),
    "operators --enable": ("operators", "--enable", "Dr Example"),
}

REFUSED = ("A trainee may not", "operators who administer", "Therapists and supervisors may")


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    before = language.language()
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PALIER_NEW_PASSPHRASE", raising=False)
    yield
    language.use(before)


def record(path: Path, *people: OperatorAdded) -> Path:
    with Record.create_or_open(path, operator="op-1", clock=TestClock()) as kept:
        for one in people:
            kept.append_now(CLINIC, one)
        kept.append_now(stream_of("id"), PatientAdded(patient="id", pseudonym="Heron", ceiling=5))
        kept.append_now("s-1", opened("id"))
        kept.append_now("s-1", closed())
    return path


def words(command: str, db: Path) -> list[str]:
    shipped = GUIDES / "protocol" / "default.toml"
    places = {"out": db.with_name("out"), "db": db, "shipped": shipped}
    return [word.format(**places) for word in COMMANDS[command]] + ["--db", str(db)]


def test_the_table_names_every_command_that_says_who_gives_it() -> None:
    assert set(COMMANDS) == set(permissions.MAY)
    named = {name.partition(" ")[0] for name in permissions.MAY}
    # The plain console lets nobody pass before it knows who sits there, as the other one does.
    open_to_ask = named | {"db", "plain"}
    assert {name for name, one in subcommands(cli.parser()).items() if asks(one)} <= open_to_ask
    for name in ("patients", "plans", "sessions", "db"):
        nested = subcommands(subcommands(cli.parser())[name])
        assert {f"{name} {what}" for what, one in nested.items() if asks(one)} <= set(
            permissions.MAY
        )


def subcommands(of: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = (one for one in of._actions if isinstance(one, argparse._SubParsersAction))
    return dict(next(found, SimpleNamespace(choices={})).choices)


def asks(one: argparse.ArgumentParser) -> bool:
    return "--operator" in one._option_string_actions


@pytest.mark.parametrize(
    ("role", "administers"), list(itertools.product(ROLES, (False, True))), ids=str
)
def test_each_command_is_refused_to_whom_the_table_does_not_name_and_to_nobody_else(
    role: Role, administers: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    me = OperatorAdded(operator="op-2", name="Me", role=role, administers=administers)
    db = record(tmp_path / "r.db", OperatorAdded(operator="op-1", name="Dr Example"), me)
    for command in COMMANDS:
        before = Reader.open(db).heads() if db.exists() else None
        main([*words(command, db), "--operator", "Me"])
        said = capsys.readouterr().err
        refused = any(told in said for told in REFUSED)
        one = Operator("op-2", "Me", role, administers, "")
        assert refused is not permissions.may(one, command), command
        if refused:
            assert Reader.open(db).heads() == before, command


def test_nothing_is_entered_before_somebody_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = record(tmp_path / "r.db")
    heads = Reader.open(db).heads()
    for command in sorted(set(COMMANDS) - permissions.READS):
        if command.startswith("operators"):
            continue  # The first one adds themselves.
        assert main(words(command, db)) == 2, command
        assert "palier operators --add NAME" in capsys.readouterr().err, command
    assert Reader.open(db).heads() == heads
    new = tmp_path / "new.db"
    assert main(["patients", "--add", "Heron", "--db", str(new)]) == 2
    assert not new.exists()


@pytest.mark.parametrize("guide", ["GUIDE.md", "GUIDE.fr.md"])
def test_the_guides_show_the_table(guide: str) -> None:
    shown = (GUIDES / guide).read_text("utf-8").splitlines()
    begin = next(n for n, line in enumerate(shown) if line.startswith("| `palier` … |"))
    table = itertools.takewhile(lambda line: line.startswith("|"), shown[begin + 2 :])
    rows = [line.split("|")[1:-1] for line in table]
    told = {
        command.strip(" `"): {
            who for who, cell in zip(permissions.WHO, row[1:], strict=True) if cell.strip() == "✓"
        }
        for row in rows
        for command in row[0].split(",")
    }
    assert told == {command: set(who) for command, who in permissions.MAY.items()}
