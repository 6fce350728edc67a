"""How a patient takes part: kept, set by a command, and told in their copy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from store_samples import TestClock

from controller import patient_commands
from controller.cli import REFUGES, SPOKEN
from controller.patient_options import ANCHORED
from controller.session.anchors import VALUES, Anchor
from controller.session.documents import (
    PatientChanged,
    stream_of,
)
from controller.session.part_words import TAKES_PART
from controller.session.taking_part import TakingPart
from controller.store.books import RecordBooks
from controller.store.reader import Reader
from controller.store.record import Record, rebuild_projections
from controller.store.verify import verify
from vr_runtime.wire.acts import Refuge

Say = Callable[..., int]


def test_how_a_patient_takes_part_is_kept_and_their_copy_tells_it(
    say: Say, db: Path, tmp_path: Path
) -> None:
    with Record.create_or_open(db, operator="op-1", clock=TestClock()) as record:
        for part in (
            TakingPart(language="fr", hand="left", gaze=True, countdown_s=0),
            TakingPart(gaze=False, posture="seated", one_hand=True, captions=False),
            TakingPart(way_out_always=True, guide_sound=False),
        ):
            said = PatientChanged(patient="id-Heron", takes_part=part)
            record.append_now(stream_of("id-Heron"), said)
    cards = {one.pseudonym: one for one in RecordBooks(Reader.open(db)).patients()}
    assert cards["Wren"].takes_part.empty
    assert cards["Heron"].takes_part == TakingPart(
        language="fr",
        hand="left",
        gaze=False,
        countdown_s=0,
        posture="seated",
        one_hand=True,
        captions=False,
        way_out_always=True,
        guide_sound=False,
    )
    assert say("patients", "safe-place", "Heron", "shore") == 0
    assert verify(db).ok
    rebuild_projections(db)
    assert verify(db).ok
    assert say("patients", "copy", "Heron", "--out", str(tmp_path / "copy")) == 0
    page = (tmp_path / "copy" / "copy.html").read_text()
    for words in (
        "French to read and hear; left-handed; answers by looking; countdown of 0 s",
        "one hand alone; seated; without captions; answers by hand",
        "the way out always in view; the breathing guide is silent",
        "safe place: shore at dusk",
    ):
        assert words in page


def test_the_language_of_a_patient_is_set_and_put_back_to_the_usual_one(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert set(SPOKEN) == set(patient_commands.SPOKEN)
    for chosen, read in (
        ("fr", "How they take part: French to read and hear."),
        ("en", "How they take part: English to read and hear."),
        ("usual", "How they take part: the language of all patients to read and hear."),
    ):
        assert say("patients", "language", "Heron", chosen) == 0
        capsys.readouterr()
        assert say("patients", "show", "Heron") == 0
        assert read in capsys.readouterr().out
        cards = {one.pseudonym: one for one in RecordBooks(Reader.open(db)).patients()}
        assert cards["Heron"].takes_part == TakingPart.model_validate({"language": chosen})
    assert say("patients", "show", "Heron", "--json") == 0
    assert json.loads(capsys.readouterr().out)["takes_part"]["language"] == "usual"
    assert verify(db).ok


def test_a_patients_own_anchors_are_kept_told_set_anew_and_taken_away(
    say: Say, db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for value, words in (("75", "the lift  that stuck"), ("0", "at home"), ("75", "the ladder")):
        assert say("patients", "anchor", "Heron", value, words) == 0
    cards = {one.pseudonym: one for one in RecordBooks(Reader.open(db)).patients()}
    assert cards["Heron"].anchors == ((0, "at home"), (75, "the ladder"))
    assert cards["Wren"].anchors == ()
    capsys.readouterr()
    assert say("patients", "show", "Heron") == 0
    assert "    75  the ladder" in capsys.readouterr().out
    assert say("patients", "anchor", "Heron", "0") == 0
    capsys.readouterr()
    assert say("patients", "show", "Heron", "--json") == 0
    assert json.loads(capsys.readouterr().out)["anchors"] == {"75": "the ladder"}
    assert say("patients", "anchor", "Heron", "50", "x" * 61) == 2
    assert "at most 60 characters" in capsys.readouterr().err
    rebuild_projections(db)
    assert verify(db).ok
    assert say("patients", "copy", "Heron", "--out", str(tmp_path / "copy")) == 0
    page = (tmp_path / "copy" / "copy.html").read_text()
    assert "75 on your scale: the lift that stuck" in page and "0 on your scale: –" in page


def test_the_next_appointment_is_agreed_on_told_and_taken_back(
    say: Say, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say("patients", "appointment", "Heron", "24/12/2026 14h30 first lift") == 0
    assert "Heron comes next: 2026-12-24 14:30" in capsys.readouterr().out
    assert say("patients", "show", "Heron") == 0
    assert "Next appointment: 2026-12-24 14:30" in capsys.readouterr().out
    assert say("patients", "show", "Heron", "--json") == 0
    agreed = {"on": "2026-12-24", "at": "14:30", "about": "first lift"}
    assert json.loads(capsys.readouterr().out)["appointment"] == agreed
    assert say("patients", "appointment", "Heron", "soon") == 2
    assert "Write the day as 2026-12-24" in capsys.readouterr().err
    assert say("patients", "appointment", "Heron", "--json") == 0
    assert json.loads(capsys.readouterr().out)["appointment"] is None
    assert say("patients", "show", "Heron") == 0
    assert "Next appointment" not in capsys.readouterr().out
    assert say("patients", "restrict", "Heron", "asked for") == 0
    assert say("patients", "appointment", "Heron", "2026-12-24") == 2
    assert "nothing is added" in capsys.readouterr().err


def test_every_value_that_can_be_an_anchor_can_be_typed() -> None:
    assert ANCHORED == VALUES
    for value in VALUES:
        assert Anchor.model_validate({"value": value}).words == ""


def test_every_setting_of_a_patient_has_its_words_in_their_copy() -> None:
    assert set(TAKES_PART) == set(TakingPart.model_fields) - {"countdown_s"}
    for name, words in TAKES_PART.items():
        for value in words:
            assert TakingPart.model_validate({name: value}) != TakingPart()


@pytest.mark.parametrize(
    ("spoken", "usual", "set_since"),
    [
        (
            "en",
            "How they take part: nothing was set, all is as the clinic has it.",
            "How they take part: English to read and hear; left-handed; seated; countdown of 0 s.",
        ),
        (
            "fr",
            "Participation : rien n'a été réglé, tout est comme le centre l'a.",
            "Participation : anglais à lire et à entendre\u00a0; main gauche\u00a0; assis\u00a0; "
            "compte à rebours de 0 s.",
        ),
    ],
)
def test_how_a_patient_takes_part_is_shown_in_words_and_as_data(
    say: Say,
    db: Path,
    capsys: pytest.CaptureFixture[str],
    spoken: str,
    usual: str,
    set_since: str,
) -> None:
    assert say("--lang", spoken, "patients", "show", "Heron") == 0
    assert usual in capsys.readouterr().out
    with Record.create_or_open(db, operator="op-1", clock=TestClock()) as record:
        for part in (
            TakingPart(language="en", hand="left", posture="standing"),
            TakingPart(posture="seated", countdown_s=0),
        ):
            change = PatientChanged(patient="id-Heron", takes_part=part)
            record.append_now(stream_of("id-Heron"), change)
    assert say("--lang", spoken, "patients", "show", "Heron") == 0
    assert set_since in capsys.readouterr().out
    assert say("patients", "show", "Heron", "--json") == 0
    part = json.loads(capsys.readouterr().out)["takes_part"]
    assert (
        part == TakingPart(language="en", hand="left", posture="seated", countdown_s=0).model_dump()
    )


def test_the_safe_place_a_patient_chose_is_kept_and_opened_with(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def cards() -> dict[str, str]:
        return {one.pseudonym: one.safe_place for one in RecordBooks(Reader.open(db)).patients()}

    assert set(get_args(Refuge)) == set(REFUGES)
    assert say("patients", "safe-place", "Heron", "shore") == 0
    assert say("patients", "--add", "Lark", "--safe-place", "room") == 0
    assert cards() == {"Heron": "shore", "Lark": "room", "Wren": "meadow"}
    capsys.readouterr()
    assert say("patients", "show", "Heron") == 0
    assert "Safe place: shore at dusk." in capsys.readouterr().out
    assert verify(db).ok
