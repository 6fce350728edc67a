"""Owns what FHIR resources answered questionnaires become, as plain data; needs no library.

Items are known by their ids, as `linkId`; their texts are not in it, for whoever receives the
bundle may have no licence for them. What was not answered is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from controller.exports.fhir_parts import OURS, Part, identity, moment, reference
from controller.exports.fhir_session import agent, audit, end_of, labels, set_right, who
from controller.exports.material import Act, Material, ToldAnswers
from controller.session.rectifying import Rectification


def answers_parts(material: Material, of: Part) -> Iterator[Part]:
    """A response for each answering of the patient `of`, who set which right, and their origin."""
    by_entry = {told.one.seq: _response(told, material, of) for told in material.answers}
    made = [
        *by_entry.values(),
        *(_audit(act, act.about, by_entry, material) for act in material.answers_acts if act.about),
    ]
    yield from made
    if made:
        yield _provenance(made, material)


def _audit(
    act: Act, about: Rectification, by_entry: Mapping[int, Part], material: Material
) -> Part:
    # By its number alone: the stream is named by the record's own id of the patient.
    entities = [set_right(about, by_entry.get(about.of), f"questionnaires {about.of}")]
    return {
        "resourceType": "AuditEvent",
        "id": identity("AuditEvent", material.sessions[-1].patient, act.seq),
        "meta": labels(simulated=_all_simulated(material)),
        **audit(act, entities, "Palier"),
    }


def _response(told: ToldAnswers, material: Material, of: Part) -> Part:
    said = told.one.said
    sessions = {one.history.header.session: one for one in material.sessions}
    session = sessions.get(said.session)
    version = quote(said.version, safe="")
    right = {act.about.of for act in material.answers_acts if act.about is not None}
    part: Part = {
        "resourceType": "QuestionnaireResponse",
        "id": identity("QuestionnaireResponse", said.patient, told.one.seq),
        "meta": labels(
            simulated=_all_simulated(material)
            if session is None
            else session.history.header.simulated
        ),
        "questionnaire": f"{OURS}questionnaire:{quote(said.questionnaire, safe='')}|{version}",
        "status": _status(told, amended=told.one.seq in right),
        "subject": reference(of),
        "authored": moment(told.one.wall),
        "author": who(told.by),
    }
    if session is not None:
        part["encounter"] = {"reference": f"urn:uuid:{identity('Encounter', said.session)}"}
    items = [
        {"linkId": name, "answer": [{"valueInteger": value}]}
        for name, value in said.answers
        if value is not None
    ]
    return part | ({"item": items} if items else {})


def _status(told: ToldAnswers, *, amended: bool) -> str:
    """One of R4B's codes `questionnaire-answers-status`.

    Where items are without an answer it is `stopped`, which says "partially filled out" and that no
    more is to come: the record holds an answering once it is over, so `in-progress` never fits. One
    that was set right is `amended` all the same: whoever holds an earlier copy must see that.
    """
    if amended:
        return "amended"
    unanswered = any(value is None for _item, value in told.one.said.answers)
    return "stopped" if unanswered else "completed"


def _all_simulated(material: Material) -> bool:
    return all(one.history.header.simulated for one in material.sessions)


def _provenance(of: list[Part], material: Material) -> Part:
    end = material.answers_end
    software = {"display": f"Palier {material.palier}"}
    return {
        "resourceType": "Provenance",
        "id": identity("Provenance", "questionnaires", end.seq, end.hash, *(p["id"] for p in of)),
        "meta": labels(simulated=_all_simulated(material)),
        "target": [reference(part) for part in of],
        "recorded": moment(material.made),
        "activity": {"text": "Told from the record's entries"},
        "agent": [agent("assembler", "Made the export", software)],
        "entity": [end_of("record-end", "The last entry of the patient's own chain", end)],
    }
