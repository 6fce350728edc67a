"""The bundle, read back by the library that others read FHIR with."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime
from typing import Any

import exporting
import pytest
from approaching import recorded
from exporting import OPERATOR, PSEUDONYM
from fhir.resources.R4B import get_fhir_model_class
from fhir.resources.R4B.bundle import Bundle
from recording import quarter_of_an_hour

from controller.exports import words
from controller.exports.fhir import FhirMissing, fhir_files
from controller.exports.fhir_parts import HL7, OURS
from controller.exports.figures import OF_BOTH, OF_SESSION
from controller.exports.material import End, Material, tell
from controller.exports.tables import tables
from controller.session.summary import FORMULAS
from vr_runtime.wire.packs import PackRef


@pytest.fixture(scope="module")
def material() -> Material:
    return exporting.material()


def resources(material: Material) -> list[dict[str, Any]]:
    bundle = json.loads(fhir_files(material)["bundle.json"])
    return [entry["resource"] for entry in bundle["entry"]]


@pytest.fixture(scope="module")
def found(material: Material) -> list[dict[str, Any]]:
    return resources(material)


def of_kind(found: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [resource for resource in found if resource["resourceType"] == kind]


def coded(found: list[dict[str, Any]], system: str) -> list[dict[str, Any]]:
    observations = of_kind(found, "Observation")
    return [o for o in observations if o["code"]["coding"][0]["system"] == OURS + system]


def detail(observation: dict[str, Any], code: str) -> Any:
    (part,) = [
        c for c in observation["component"] if c["code"]["coding"][0]["code"] == code
    ]  # fmt: skip
    (value,) = [v for k, v in part.items() if k.startswith("value")]
    return value


def test_the_library_reads_the_bundle_and_writes_the_same_again(material: Material) -> None:
    content = fhir_files(material)["bundle.json"]
    bundle = Bundle.model_validate_json(content)
    assert bundle.type == "collection"
    assert json.loads(bundle.model_dump_json()) == json.loads(content)


def test_every_resource_is_valid_by_itself(found: list[dict[str, Any]]) -> None:
    for resource in found:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)


def test_every_reference_leads_to_a_resource_of_the_bundle(material: Material) -> None:
    content = fhir_files(material)["bundle.json"].decode()
    bundle = json.loads(content)
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(urls) == len(set(urls))
    assert urls == [f"urn:uuid:{entry['resource']['id']}" for entry in bundle["entry"]]

    def references(value: Any) -> set[str]:
        if isinstance(value, dict):
            own = {value["reference"]} if isinstance(value.get("reference"), str) else set()
            return own.union(*(references(v) for v in value.values()))
        return set().union(*(references(v) for v in value)) if isinstance(value, list) else set()

    assert references(bundle) <= set(urls)


def test_ids_are_the_same_in_every_export(material: Material) -> None:
    again = replace(exporting.material(), made="2027-01-01T00:00:00+00:00")
    one = [(r["resourceType"], r["id"]) for r in resources(material)]
    assert [(r["resourceType"], r["id"]) for r in resources(again)] == one


def test_the_patient_is_a_pseudonym_and_the_records_own_id_stays_at_home(
    material: Material, found: list[dict[str, Any]]
) -> None:
    (patient,) = of_kind(found, "Patient")
    assert set(patient) == {"resourceType", "id", "meta", "identifier"}
    assert patient["identifier"] == [{"system": f"{OURS}pseudonym", "value": PSEUDONYM}]
    own = replace(material, sessions=(replace(material.sessions[0], patient=exporting.PATIENT),))
    assert exporting.PATIENT not in fhir_files(own)["bundle.json"].decode()


def test_equal_pseudonyms_of_two_patients_stay_two_persons(material: Material) -> None:
    other = replace(
        material, sessions=tuple(replace(told, patient="another") for told in material.sessions)
    )
    (one,), (two,) = (of_kind(resources(m), "Patient") for m in (material, other))
    assert one["id"] != two["id"]


def test_each_session_is_an_encounter_and_an_open_one_is_not_called_finished(
    found: list[dict[str, Any]],
) -> None:
    first, second = of_kind(found, "Encounter")
    assert (first["status"], second["status"]) == ("finished", "unknown")
    start, end = (datetime.fromisoformat(first["period"][k]) for k in ("start", "end"))
    assert (end - start).total_seconds() == 960
    assert "end" not in second["period"]


def test_each_rating_is_an_observation_with_its_value_at_its_moment(
    material: Material, found: list[dict[str, Any]]
) -> None:
    ratings = coded(found, "rating")
    lines = [(told, r) for told in material.sessions for r in told.history.ratings]
    assert len(ratings) == len(lines)
    for observation, (told, line) in zip(ratings, lines, strict=True):
        then = datetime.fromisoformat(observation["effectiveDateTime"])
        since = then - datetime.fromisoformat(told.history.header.opened)
        assert since.total_seconds() == pytest.approx(line.at_s, abs=0.001)
        assert detail(observation, "kind") == line.kind
        value = observation.get("valueQuantity", {}).get("value")
        assert value == line.suds
        assert ("dataAbsentReason" in observation) == (line.suds is None)


def test_a_missing_rating_says_why_and_a_corrected_one_what_was_written_first(
    found: list[dict[str, Any]],
) -> None:
    ratings = coded(found, "rating")
    absent = [r["dataAbsentReason"]["text"] for r in ratings if "dataAbsentReason" in r]
    assert "did not hear the question" in absent
    corrected = [r for r in ratings if r["status"] == "corrected"]
    assert [(r["valueQuantity"]["value"], detail(r, "first")["value"]) for r in corrected] == [
        (60, 45), (60, 45),
    ]  # fmt: skip


def test_an_approach_test_tells_its_score_of_its_steps_and_the_highest_distress() -> None:
    entries = recorded(refused=3).entries
    made = Material(
        (tell(entries, {}, End(len(entries), "0" * 64)),),
        End(0, "0" * 64), "2026-03-20T08:00:00+00:00", "0.1.0",
    )  # fmt: skip
    (score,) = coded(resources(made), "bat")
    assert (score["valueInteger"], score["status"]) == (2, "final")
    assert (detail(score, "steps"), detail(score, "highest")["value"]) == (4, 62)
    start, end = (datetime.fromisoformat(score["effectivePeriod"][k]) for k in ("start", "end"))
    assert (end - start).total_seconds() == 340
    assert "highest step" in score["note"][0]["text"]


def test_a_test_without_a_rating_at_its_steps_has_a_score_and_no_distress(
    found: list[dict[str, Any]],
) -> None:
    (score,) = coded(found, "bat")
    assert (score["valueInteger"], detail(score, "steps")) == (0, 3)
    (highest,) = [c for c in score["component"] if c["code"]["coding"][0]["code"] == "highest"]
    assert "valueQuantity" not in highest and "dataAbsentReason" in highest


def test_a_row_that_was_worked_on_is_told_with_distress_predicted_beside_met(
    found: list[dict[str, Any]],
) -> None:
    (row,) = coded(found, "row")
    assert (row["valueQuantity"]["value"], detail(row, "item")) == (60, exporting.SECRETS[14])
    (met,) = [c for c in row["component"] if c["code"]["coding"][0]["code"] == "met"]
    assert "dataAbsentReason" in met, "no trial began after it was taken"


def test_each_figure_names_its_formula_and_none_is_made_up(
    material: Material, found: list[dict[str, Any]]
) -> None:
    figures = coded(found, "figure")
    of_trial, of_session = len(OF_BOTH) + 1, len(OF_BOTH) + len(OF_SESSION)
    trials = [len(told.history.trials) for told in material.sessions]
    assert len(figures) == sum(n * of_trial + of_session for n in trials)
    assert all(f["note"][0]["text"] for f in figures)

    def told(code: str, place: str) -> dict[str, Any]:
        return next(
            f
            for f in figures
            if f["code"]["coding"][0]["code"] == code and detail(f, "scope") == place
        )

    assert told("activation", "trial-1")["valueQuantity"]["value"] == 55
    assert told("activation", "trial-1")["note"][0]["text"] == FORMULAS["activation"]
    assert told("halved", "trial-3")["valueBoolean"] is True
    assert told("area", "trial-1")["valueQuantity"]["code"] == "{SUDS}.min"
    without = told("half_s", "trial-1")
    assert "dataAbsentReason" in without and "valueQuantity" not in without


def test_faults_are_adverse_events_and_nothing_is_said_of_harm(
    found: list[dict[str, Any]],
) -> None:
    faults = [one for one in of_kind(found, "AdverseEvent") if "category" in one]
    kinds = [fault["event"]["coding"][0]["code"] for fault in faults]
    # Not sound_back and not control_taken: those are no faults.
    assert kinds == ["scenario_failed", "sound_lost"]
    for fault in faults:
        assert fault["outcome"]["coding"][0]["code"] == "unknown"
        assert not {"severity", "seriousness", "resultingCondition"} & set(fault)


def test_who_opened_corrected_and_closed_is_audited(found: list[dict[str, Any]]) -> None:
    audits = of_kind(found, "AuditEvent")
    deeds = [audit["subtype"][0]["code"] for audit in audits]
    first = ["opened", *["corrected"] * 3, "adverse", "expectancy", "closed"]
    assert deeds == [*first, "opened", "corrected"]
    assert audits[0]["recorded"].startswith("2026-03-09T13:30:12")
    assert {audit["agent"][0]["who"]["display"] for audit in audits} == {OPERATOR[1]}


def test_each_session_says_which_state_of_the_record_it_was_read_from(
    found: list[dict[str, Any]],
) -> None:
    first, second, of_answers = of_kind(found, "Provenance")
    ends = [e["what"]["identifier"]["value"] for e in first["entity"]]
    assert ends[0].endswith(" " + "ab" * 32)
    assert ends[1] == "9 " + "ef" * 32
    encounter, _later = of_kind(found, "Encounter")
    assert first["target"][0]["reference"] == f"urn:uuid:{encounter['id']}"
    targets = sum(len(one["target"]) for one in (first, second, of_answers))
    assert targets == len(found) - len(of_kind(found, "Patient")) - 3


@pytest.mark.parametrize("simulated", [True, False])
def test_a_simulated_patient_is_marked_as_test_data(simulated: bool) -> None:
    entries = quarter_of_an_hour(simulated=simulated).entries
    told = tell(entries, {}, End(len(entries), "0" * 64))
    made = Material((told,), End(0, "0" * 64), "2026-03-20T08:00:00+00:00", "0.1.0")
    test = {"system": f"{HL7}v3-ActReason", "code": "HTEST", "display": "test health data"}
    for resource in resources(made):
        assert (test in resource["meta"]["security"]) is simulated


def test_without_the_library_one_sentence_says_what_to_install(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B.bundle", None)
    with pytest.raises(FhirMissing, match=r"pip install 'palier\[fhir\]'"):
        fhir_files(material)


@pytest.fixture(scope="module")
def set_right() -> list[dict[str, Any]]:
    entries = exporting.rectified().entries
    told = tell(entries, {"op-1": OPERATOR[1], "op-2": "Bruno"}, End(len(entries), "0" * 64))
    made = Material((told,), End(0, "0" * 64), "2026-03-20T08:00:00+00:00", "0.1.0")
    content = fhir_files(made)["bundle.json"]
    assert json.loads(Bundle.model_validate_json(content).model_dump_json()) == json.loads(content)
    return resources(made)


def said_of(resource: dict[str, Any]) -> dict[str, Any]:
    """What the extensions of a resource say, by name."""
    return {
        one["url"].removeprefix(OURS): next(v for k, v in one.items() if k != "url")
        for one in resource["extension"]
    }


def test_who_set_an_entry_right_or_called_it_a_mistake_is_audited_with_why(
    set_right: list[dict[str, Any]],
) -> None:
    later = [
        audit
        for audit in of_kind(set_right, "AuditEvent")
        if audit["subtype"][0]["code"] in ("rectified", "mistaken")
    ]
    assert [audit["subtype"][0]["code"] for audit in later] == ["rectified", "mistaken", "mistaken"]
    assert {audit["agent"][0]["who"]["display"] for audit in later} == {"Bruno"}
    about = [audit["entity"][1] for audit in later]
    assert [one["description"].split(", ", 1)[1] for one in about] == [
        "an adverse event: seen again on film",
        "an adverse event: another patient's",
        "what was feared: said of another day",
    ]
    event, _at_home = [e for e in of_kind(set_right, "AdverseEvent") if "severity" in e]
    assert about[0]["what"] == {"reference": f"urn:uuid:{event['id']}"}
    assert all("identifier" in one["what"] for one in about[1:])


def test_an_adverse_event_tells_who_set_it_right_and_what_was_done_and_came_before(
    set_right: list[dict[str, Any]],
) -> None:
    event, at_home = [e for e in of_kind(set_right, "AdverseEvent") if "severity" in e]
    assert event["severity"]["coding"][0]["code"] == "moderate"
    assert event["recorder"]["display"] == OPERATOR[1]
    assert [one["display"] for one in event["contributor"]] == ["Bruno"]
    told = said_of(event)
    assert (told["action"], told["follow-up"]) == ("feet up", "call on Monday")
    assert told["phase"]["coding"][0]["code"] in words.PHASES
    assert told["level"]["code"] == "{level}" and told["trial"] == 1
    assert told["minute-before"]
    assert not {"phase", "level", "trial", "minute-before"} & set(said_of(at_home))
    corrected = said_of({"extension": told["corrected"]})
    assert corrected["by"]["display"] == "Bruno" and corrected["recorded"].startswith("2026-03-09")


def test_an_adverse_event_that_nobody_touched_again_is_not_called_corrected(
    found: list[dict[str, Any]],
) -> None:
    (event, *_more) = [e for e in of_kind(found, "AdverseEvent") if "severity" in e]
    assert "contributor" not in event and "corrected" not in said_of(event)


@pytest.mark.parametrize(
    ("serious", "code"), [(True, "Serious"), (False, "Non-serious"), (None, None)]
)
def test_how_serious_it_was_is_said_only_where_somebody_was_asked(
    material: Material, serious: bool | None, code: str | None
) -> None:
    told = material.sessions[0]
    adverse = tuple(
        (seq, one.model_copy(update={"serious": serious})) for seq, one in told.history.adverse
    )
    history = replace(told.history, adverse=adverse)
    told = replace(told, history=history)
    found = resources(replace(material, sessions=(told,)))
    (event,) = [e for e in of_kind(found, "AdverseEvent") if "severity" in e]
    stated = event["seriousness"]["coding"][0]["code"] if "seriousness" in event else None
    assert stated == code
    (table,) = [t for t in tables((told,)) if t.name == "adverse_events"]
    column = [c.name for c in table.columns].index("serious")
    assert [row[column] for row in table.rows] == [serious]
    assert "where nobody was asked" in table.columns[column].description


def test_an_encounter_names_the_hashes_of_what_was_shown_and_its_pack(material: Material) -> None:
    told = material.sessions[-1]
    pack = PackRef(name="lifts", version="1.2.0", sha256="ab" * 32)
    for named, sha256 in ((pack, "cd" * 32), (None, None)):
        header = replace(told.history.header, pack=named, scenario_sha256=sha256)
        history = replace(told.history, header=header)
        found = resources(replace(material, sessions=(replace(told, history=history),)))
        (encounter,) = of_kind(found, "Encounter")
        by_system = {t["coding"][0]["system"]: t for t in encounter["type"]}
        shown = by_system.get(f"{OURS}pack-sha256"), by_system.get(f"{OURS}scenario-sha256")
        if named is None:
            assert shown == (None, None)
        else:
            assert [each["coding"][0]["code"] for each in shown] == [named.sha256, sha256]
            assert shown[0]["text"] == "Pack lifts 1.2.0"
