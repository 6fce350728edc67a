"""Records made by earlier versions: every later one opens them."""

from __future__ import annotations

import shutil
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import select
from store_samples import TestClock, note

from controller.questionnaires.library import known
from controller.session import operators
from controller.session.after.entries import Released
from controller.session.answered import answered
from controller.session.answering import AlertShown
from controller.session.appointments import spoken
from controller.session.before.entries import PreflightChecked, TodayAsked
from controller.session.clinic import in_force
from controller.session.documents import AnyDocument, Note, Rating, SessionOpened, stream_of
from controller.session.keeping import Restriction
from controller.session.plans.leading import held
from controller.session.retelling import retell
from controller.store import letters, locked, recovery, schema
from controller.store.books import RecordBooks
from controller.store.database import reading
from controller.store.erasures import Listed, listed
from controller.store.keys import find
from controller.store.models import ENTRIES
from controller.store.passphrases import Passphrases
from controller.store.reader import Reader
from controller.store.record import Record, rebuild_projections, upgrade
from controller.store.verify import verify

KEPT = sorted((Path(__file__).parents[1] / "fixtures").glob("record-*"))
PASSPHRASE = "four plain words here"


@pytest.fixture(params=KEPT, ids=lambda folder: folder.name)
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the record in one folder."""
    shutil.copytree(request.param, tmp_path / "copy")
    return tmp_path / "copy" / "record.db"


def test_this_version_has_one_and_the_tables_it_writes_have_one(tmp_path: Path) -> None:
    assert f"record-{version('palier')}" in [folder.name for folder in KEPT]
    kept = set()
    for folder in KEPT:
        path = shutil.copytree(folder, tmp_path / folder.name) / "record.db"
        with reading(path, find(path)).connect() as connection:
            kept.add(schema.current(connection))
    assert schema.newest() in kept, "make a record with these tables beside the others"


def test_it_is_whole_before_and_after_it_was_upgraded(earlier: Path, clock: TestClock) -> None:
    assert verify(earlier).ok
    upgraded = upgrade(earlier)
    assert (upgraded.copy is None) == (upgraded.before == upgraded.after)
    assert verify(earlier).ok
    with Record.create_or_open(earlier, operator="op-1", clock=clock) as record:
        record.append_now("s-2", note("added by a later version"))
    rebuild_projections(earlier)
    verdict = verify(earlier)
    assert verdict.ok, verdict.text


def test_what_it_says_is_read_as_it_was_meant(earlier: Path) -> None:
    upgrade(earlier)
    reader = Reader.open(earlier)
    assert [(row.pseudonym, row.ceiling) for row in reader.patients()] == [("Héron", 6)]
    assert [row.name for row in reader.operators()] == ["Dr Example"]
    sessions = [(s.session, s.how, s.ratings, s.highest, s.simulated) for s in reader.sessions()]
    assert sessions == [("s-1", "closed", 2, 3, True), ("s-2", None, 2, 3, True)]
    assert [row.suds for row in reader.ratings("s-1")] == [45, None, 30]
    said = [entry.data for entry in reader.entries("s-1")]
    assert [one.suds for one in said if isinstance(one, Rating)] == [40, None, 30]
    assert [n.text for n in said if isinstance(n, Note)] == ["Il regarde en bas, de lui-même."]


def test_what_came_with_the_third_tables_is_read_as_it_was_meant(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0-schema-3", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    reader = Reader.open(path)
    (patient,) = reader.patients()
    assert patient.safe_place == "room"
    history = retell(reader.entries("s-1"))
    ((_seq, event),) = history.adverse
    assert (event.type, event.severity, event.at_s) == ("panic", "mild", 12.0)
    ((_seq, feared),) = history.expectancies
    assert (feared.feared, feared.likelihood_after) == ("Je vais tomber", 20)
    own = reader.entries(stream_of("p-1"))
    (one,) = answered(own, known)
    assert one.said.questionnaire == "phq-9" and one.said.session == ""
    assert dict(one.said.answers)["9"] == 2
    assert [e.data.item for e in own if isinstance(e.data, AlertShown)] == ["9"]
    given = [e.data for e in reader.entries("s-1") if isinstance(e.data, Rating)]
    assert [rating.source for rating in given] == ["therapist", "therapist", "patient"]
    tended = [(e.data.what, e.data.known) for e in reader.clinic("record_tended")]
    assert tended == [("backup", True), ("upgrade", False)]
    assert in_force(reader.protocol()).protocol.id == "clinic"
    assert listed(path, find(path))["p-2"] == Listed("request", "op-1", "le patient le veut")


def kinds_in(path: Path) -> set[str]:
    """The kinds of entries that a record holds, read without what this version knows of kinds."""
    with reading(path, find(path)).connect() as connection:
        return set(connection.execute(select(ENTRIES.c.kind)).scalars())


def test_every_kind_of_entry_is_in_a_record_that_was_kept(tmp_path: Path) -> None:
    kept: set[str] = set()
    for folder in KEPT:
        kept |= kinds_in(shutil.copytree(folder, tmp_path / folder.name) / "record.db")
    union, _discriminator = get_args(AnyDocument)
    there = {get_args(one.model_fields["kind"].annotation)[0] for one in get_args(union)}
    assert there == kept, "a new kind of entry: make a record that holds it beside the others"


def test_what_else_a_record_may_hold_is_read_as_it_was_meant(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0-every-kind", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    reader = Reader.open(path)
    (patient,) = reader.patients()
    assert patient.restricted is None
    said = [e.data.on for e in reader.entries(stream_of("p-1")) if isinstance(e.data, Restriction)]
    assert said == [True, False]
    (operator,) = operators.known(reader.clinic(*operators.KINDS))
    assert (operator.name, operator.role, operator.administers) == (
        "Dr Example",
        "supervisor",
        True,
    )
    shown = [e.data for e in reader.clinic("operator_present", "wrong_passphrase")]
    assert [(one.kind, one.operator, one.how) for one in shown] == [
        ("wrong_passphrase", "op-1", "start"),
        ("operator_present", "op-1", "start"),
    ]
    history = retell(reader.entries("s-1"))
    (loss,) = history.link_losses
    assert (loss.from_s, loss.to_s, loss.state) == (5.0, 9.0, "lost")
    befell = [(i.kind, i.text) for i in history.incidents]
    assert befell == [
        ("console_slept", "12.5"),
        ("clock_jumped", "-3600.0"),
        ("session_continued", ""),
    ]
    # Longer than is taken now.
    assert [len(c.text) > 4000 for c in history.corrections] == [False, True]


def test_what_was_said_of_packs_is_read_as_it_was_meant(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0-packs", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    reader = Reader.open(path)
    assert RecordBooks(reader).approved() == {"ab" * 32}
    header = retell(reader.entries("s-1")).header
    assert header.pack is not None
    assert (header.pack.name, header.pack.version, header.pack.sha256) == (
        "balconies", "1.2.0", "ab" * 32,
    )  # fmt: skip


def test_what_was_asked_before_a_session_is_read_as_it_was_meant(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0-before", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    (card,) = RecordBooks(Reader.open(path)).patients()
    assert card.minor and card.screened is not None
    dealt = [(one.item, one.dealt) for one in card.screened.yes]
    assert dealt == [("heart_lungs", "cleared"), ("pregnancy", "overridden"), ("trauma", "open")]
    consent = card.consent("session")
    assert consent is not None and (consent.by, consent.version) == ("guardian", "1")
    said = [e.data for e in Reader.open(path).entries("s-1")]
    (opened,) = [one for one in said if isinstance(one, SessionOpened)]
    assert opened.opened_on is not None and opened.opened_on.yes[0].item == "heart_lungs"
    (today,) = [one for one in said if isinstance(one, TodayAsked)]
    assert [(one.item, one.why) for one in today.answers if one.yes] == [
        ("sleep", "elle préfère venir")
    ]
    checks = [(e.check, e.done) for e in said if isinstance(e, PreflightChecked)]
    assert checks == [("display", True), ("way_out_patient", False)]


def test_what_followed_the_last_trial_is_read_as_it_was_meant(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0-after", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    agreed = RecordBooks(Reader.open(path)).glance("p-1").appointment
    assert agreed is not None and spoken(agreed) == "2026-12-24 14:30 · le pont"
    lines = retell(Reader.open(path).entries("s-1")).after
    assert [line.said.kind for line in lines] == [
        *("sickness_advised", "recovery_ended", "debriefed", "homework_given"),
        *("released", "note_drafted", "note_validated", "left_out"),
    ]
    (released,) = [line.said for line in lines if isinstance(line.said, Released)]
    assert [(item.confirmed, item.reason) for item in released.items] == [
        (True, ""),
        (False, "à pied"),
    ]


def test_a_patients_hierarchy_is_read_as_it_was_meant(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0-plans", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    plan = held(RecordBooks(Reader.open(path)).own("p-1"))
    assert (plan.versions, plan.plan.seed) == (2, 7)
    assert [(row.item, row.distress, row.level) for row in plan.plan.rows] == [
        ("Je suis au bord.", 70, 8),
        ("Je regarde le balcon.", 20, 0),
    ]
    high = plan.plan.rows[0]
    assert (high.values, high.events, high.tasks) == ({"height": 6.5}, ("gust",), ("look_down",))
    assert (high.likelihood, high.drops) == (80, "tenir la rambarde")


def test_its_printed_sheet_and_its_passphrase_give_its_keys(earlier: Path) -> None:
    keys = find(earlier)
    secret = letters.read(earlier.with_name("sheet.txt").read_text())
    assert recovery.unsealed(earlier.with_name("record.db.recovery"), secret).same_as(keys)
    path = earlier.with_name("locked-keys.json")
    found = locked.ask_for(path, earlier.name, lambda file, wrong: PASSPHRASE)
    assert found == keys.secret


def test_what_was_said_of_a_patients_data_still_holds(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    reader = Reader.open(path)
    (patient,) = reader.patients()
    assert patient.minor and patient.restricted is None
    consents = {one.consent_to: one.withdrawn is None for one in reader.consents("p-1")}
    assert consents == {"session": True, "observers": False}
    assert [(row.patient, row.reason) for row in reader.erased()] == [("p-2", "request")]
    rule = reader.retention()
    assert rule is not None and rule.years == 20
    (operator,) = operators.known(reader.clinic(*operators.KINDS))
    assert operator.administers and Passphrases().opens(operator.secret, "482910")


def test_an_approach_test_is_read_as_it_was_meant(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0-bat", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    (bat,) = retell(Reader.open(path).entries("s-1")).bats
    assert (bat.score, bat.steps, bat.how) == (1, 3, "refused")
    assert [(t.number, t.outcome, t.measure) for t in bat.tried] == [
        (1, "done", 0.0),
        (2, "refused", None),
    ]


def test_time_and_breaks_are_read_as_they_were_meant(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0-pacing", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    paced = retell(Reader.open(path).entries("s-1")).paced
    assert [(said.what, said.minutes) for _at_s, said in paced] == [
        *(("break_due", 30.0), ("break_begun", 10.0), ("break_over", 10.0)),
        *(("break_ended", 11.5), ("limit_near", 5.0), ("limit_reached", 45.0)),
    ]


def test_safety_behaviours_are_read_as_they_were_meant(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0-safety", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    noted = retell(Reader.open(path).entries("s-1")).safety
    assert [(said.name, said.used) for _at_s, said in noted] == [
        ("tient la rambarde", True),
        ("ferme les yeux", True),
        ("tient la rambarde", False),
    ]
    assert [round(at_s, 1) for at_s, _said in noted] == [28.7, 28.8, 29.0]


def test_the_rows_that_a_session_worked_on_are_read_as_they_were_meant(tmp_path: Path) -> None:
    shutil.copytree(KEPT[0].parent / "record-0.1.0-rows", tmp_path / "copy")
    path = tmp_path / "copy" / "record.db"
    upgrade(path)
    rows = retell(Reader.open(path).entries("s-1")).rows
    assert [(row.distress, row.level, row.drops) for _at_s, row in rows] == [
        (55, 3, ""),
        (80, 5, "tenir la rambarde"),
    ]
    assert [round(at_s, 1) for at_s, _row in rows] == [29.3, 29.7]
