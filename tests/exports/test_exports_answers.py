"""What was answered in questionnaires leaves whole, unfilled, and without a word of their texts."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import exporting
import pytest
from answering import PHQ_9
from exporting import OPERATOR, PATIENT, PSEUDONYM
from fhir.resources.R4B.auditevent import AuditEvent
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from controller.cli import main
from controller.exports.fhir import fhir_files
from controller.exports.material import Material, Operator, ToldAnswers, answers_acts
from controller.exports.research import disguised
from controller.exports.spreadsheets import csv_files
from controller.questionnaires.library import known
from controller.session.answered import answered

FIRST = "s-2026-0309"


@pytest.fixture(scope="module")
def material() -> Material:
    return exporting.material()


def rows(files: dict[str, bytes], name: str = "questionnaires.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(files[name].decode("utf-8"))))


def responses(material: Material) -> list[dict[str, Any]]:
    bundle = json.loads(fhir_files(material)["bundle.json"])
    found = [entry["resource"] for entry in bundle["entry"]]
    return [one for one in found if one["resourceType"] == "QuestionnaireResponse"]


def test_every_answer_and_every_score_is_a_row_and_what_is_missing_is_empty(
    material: Material,
) -> None:
    told = rows(csv_files(material, decimal_comma=False))
    phq = [row for row in told if row["questionnaire"] == "phq-9"]
    assert {r["name"]: r["value"] for r in phq if r["part"] == "item"} == {
        name: "" if name == "4" else str(value) for name, value in PHQ_9.items()
    }
    (score,) = [row for row in phq if row["part"] == "score"]
    assert (score["value"], score["lowest"], score["highest"]) == ("", "0.0", "27.0")
    assert score["source"] == "Kroenke et al. 2001: sum of the nine items"
    assert {(r["patient"], r["session"], r["when"]) for r in phq} == {(PSEUDONYM, "", "clinic")}


def test_scores_are_those_of_the_authors_tables(material: Material) -> None:
    told = rows(csv_files(material, decimal_comma=False))
    after = {r["name"]: float(r["value"]) for r in told if r["when"] == "after" and r["source"]}
    # Nausea alone, answered with 2: 2 x 9.54, 2 x 13.92, (2 + 2) x 3.74 (Kennedy et al. 1993).
    assert after == {"nausea": 19.08, "oculomotor": 0, "disorientation": 27.84, "total": 14.96}


def test_a_response_holds_items_by_their_ids_and_leaves_out_what_is_missing(
    material: Material,
) -> None:
    before, after, phq = responses(material)
    for one in (before, after, phq):
        QuestionnaireResponse.model_validate(one)
    assert phq["questionnaire"] == "urn:palier:questionnaire:phq-9|2001"
    assert [item["linkId"] for item in phq["item"]] == ["1", "2", "3", "5", "6", "7", "8", "9"]
    assert phq["item"][-1]["answer"] == [{"valueInteger": 2}] and "encounter" not in phq
    assert before["encounter"] == after["encounter"] and len(after["item"]) == 16
    assert (phq["status"], phq["author"]["display"]) == ("stopped", OPERATOR[1])
    assert (before["status"], after["status"]) == ("completed", "completed")
    assert datetime.fromisoformat(phq["authored"]).isoformat() == "2026-03-09T14:00:00+00:00"
    assert "text" not in json.dumps(phq["item"])


def test_a_questionnaire_set_right_is_amended_and_audited_and_a_mistake_is_only_audited(
    tmp_path: Path,
) -> None:
    written = exporting.answers("s-1")
    said = [one.data for one in written]
    words = [
        exporting.later(written[0], said[0].model_copy(update={"when": "after"}), "the second"),
        exporting.later(written[2], None, "another patient's"),
    ]
    stream = [
        *written,
        *(
            written[0].model_copy(
                update={"seq": at, "kind": word.kind, "data": word, "operator": "op-2"}
            )
            for at, word in enumerate(words, start=5)
        ),
    ]
    names = {"op-1": OPERATOR[1], "op-2": "Bruno"}
    made = replace(
        exporting.material(),
        answers=tuple(
            ToldAnswers(one, Operator(one.by, names[one.by])) for one in answered(stream, known)
        ),
        answers_acts=tuple(answers_acts(stream, names, None)),
    )
    amended, untouched = responses(made)
    assert (amended["status"], untouched["status"]) == ("amended", "completed")
    bundle = json.loads(fhir_files(made)["bundle.json"])
    audits = [
        one["resource"]
        for one in bundle["entry"]
        if one["resource"]["resourceType"] == "AuditEvent"
        and one["resource"]["subtype"][0]["code"] in ("rectified", "mistaken")
    ]
    first, second = audits
    for one in audits:
        AuditEvent.model_validate(one)
        assert one["agent"][0]["who"]["display"] == "Bruno"
    assert first["entity"][0]["what"] == {"reference": f"urn:uuid:{amended['id']}"}
    assert second["entity"][0]["description"].endswith(": another patient's")
    assert PATIENT not in json.dumps(bundle)
    # A session alone takes along what was done to its own questionnaires.
    assert [act.seq for act in answers_acts(stream, names, ["s-1"])] == [5]
    assert [*answers_acts(stream, names, ["s-2"])] == []


def test_research_keeps_the_answers_and_neither_days_nor_names(material: Material) -> None:
    plain = rows(csv_files(material, decimal_comma=False))
    files = disguised(material, Random(5)).files(decimal_comma=False)
    hidden = rows(files)
    kept = [c for c in hidden[0] if c not in ("patient", "session", "answered")]
    assert [[r[c] for c in kept] for r in hidden] == [[r[c] for c in kept] for r in plain]
    assert "source" not in hidden[0]
    first = rows(files, "sessions.csv")[0]
    assert {r["session"] for r in hidden} == {first["session"], ""}
    shift = {
        datetime.fromisoformat(was["answered"]) - datetime.fromisoformat(now["answered"])
        for was, now in zip(plain, hidden, strict=True)
    }
    opened = datetime.fromisoformat(material.sessions[0].history.header.opened)
    assert shift == {opened - datetime.fromisoformat(first["opened"])}


def test_a_session_takes_its_own_questionnaires_along_and_a_patient_all(tmp_path: Path) -> None:
    database = tmp_path / "record.db"
    names = exporting.write_record(database)

    def exported(*words: str) -> list[dict[str, str]]:
        out = tmp_path / "-".join(words).strip("-")
        told = ["export", *words, "--format", "csv", "--out", str(out), "--db", str(database)]
        assert main(told) == 0
        return rows({"questionnaires.csv": (out / "questionnaires.csv").read_bytes()})

    assert {r["questionnaire"] for r in exported(names[0])} == {"ssq"}
    assert exported(names[1]) == []
    of_patient = exported("--patient", PSEUDONYM)
    assert {r["questionnaire"] for r in of_patient} == {"ssq", "phq-9"}
    assert not [r for r in of_patient if PATIENT in r.values()]
