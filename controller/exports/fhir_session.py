"""Owns what FHIR resources a session becomes, as plain data; needs no library and no database.

What the record does not hold is left out or said to be unknown: how serious a fault was for the
patient, why a rating was not given in a code, whether an open session still goes on.
"""

from __future__ import annotations

from collections.abc import Iterator

from controller.exports import words
from controller.exports.columns import Column
from controller.exports.fhir_approach import approach_parts
from controller.exports.fhir_parts import (
    HL7,
    OURS,
    Part,
    absent,
    coded,
    concept,
    extension,
    identity,
    moment,
    reference,
    value_of,
)
from controller.exports.figures import OF_BOTH, OF_SESSION, figures
from controller.exports.material import Act, Deed, End, Material, Operator, Told
from controller.exports.tables import stood
from controller.session.around import as_text
from controller.session.around import moment as around
from controller.session.clinical import AdverseEvent
from controller.session.history import Incident, RatingLine
from controller.session.rectifying import Rectification

_ENCOUNTER = {
    "closed": "finished",
    "interrupted": "finished",
    "mistaken": "entered-in-error",
    "open": "unknown",
}
_DONE: dict[Deed, tuple[str, str]] = {
    "opened": ("C", "Session opened"),
    "continued": ("U", "Session taken up by another console"),
    "corrected": ("U", "Entry corrected by a new one"),
    "adverse": ("U", "Adverse event written down"),
    "expectancy": ("U", "Expectation written down"),
    "rectified": ("U", "Entry set right by a later word"),
    "mistaken": ("U", "Entry marked as a mistake"),
    "closed": ("U", "Session closed"),
}
_OUTCOMES = {
    "recovered": ("resolved", "Resolved"),
    "recovering": ("recovering", "Recovering"),
    "not_recovered": ("ongoing", "Ongoing"),
    "unknown": ("unknown", "Unknown"),
}
_CANNOT = "It cannot be had from the ratings of this stretch."


def patient(material: Material) -> Part:
    """The patient, by pseudonym alone."""
    last = material.sessions[-1]
    return {
        "resourceType": "Patient",
        # From the record's own id, so that equal pseudonyms of two clinics stay two persons.
        "id": identity("patient", last.patient),
        "meta": _meta(last),
        "identifier": [{"system": f"{OURS}pseudonym", "value": last.history.header.pseudonym}],
    }


class SessionParts:
    """The resources of one session."""

    def __init__(self, told: Told, of: Part, material: Material) -> None:
        """Of this session, one of the material's, of the patient `of`."""
        self._told, self._h, self._material = told, told.history, material
        self._of = of
        self._encounter = self._made_encounter()

    def all(self) -> Iterator[Part]:
        """Every resource; what holds where all came from is the last."""
        self._befell = {seq: self._adverse(seq, one) for seq, one in self._h.adverse}
        parts = [
            self._encounter,
            *(self._rating(r) for r in self._h.ratings),
            *self._figures(),
            *approach_parts(self._h, self._told.summary, self._observation),
            *(
                self._fault(number, incident)
                for number, incident in enumerate(self._h.incidents)
                if incident.kind in words.FAULTS
            ),
            *self._befell.values(),
            *(self._audit(act) for act in self._told.acts),
        ]
        yield from parts
        yield self._provenance(parts)

    def _about(self, resource: str, *names: object) -> Part:
        """How every resource on this session begins."""
        return {
            "resourceType": resource,
            "id": identity(resource, self._h.header.session, *names),
            "meta": _meta(self._told),
        }

    def _at(self, at_s: float) -> str:
        return moment(self._h.header.opened, at_s)

    def _made_encounter(self) -> Part:
        head = self._h.header
        period = {"start": moment(head.opened)}
        if self._h.ending != "open":
            period["end"] = self._at(self._h.duration_s)
        scenario = f"{head.scenario.title.en} ({head.scenario.id} {head.scenario.version})"
        return self._about("Encounter") | {
            "identifier": [{"system": f"{OURS}session", "value": head.session}],
            "status": _ENCOUNTER[self._h.ending],
            "class": coded(f"{HL7}v3-ActCode", "AMB", "ambulatory"),
            "type": [
                concept(f"{OURS}session", "exposure", "Exposure session in virtual reality"),
                concept(f"{OURS}ending", self._h.ending, words.ENDINGS[self._h.ending]),
                concept(f"{OURS}scenario", head.scenario.id, scenario),
                *self._made_of(),
            ],
            "subject": reference(self._of),
            "period": period,
        }

    def _made_of(self) -> Iterator[Part]:
        """What exactly was shown: the hashes of the scenario and of the pack that it came from."""
        head = self._h.header
        if head.scenario_sha256 is not None:
            text = "Hash of the scenario's files"
            yield concept(f"{OURS}scenario-sha256", head.scenario_sha256, text)
        if head.pack is not None:
            text = f"Pack {head.pack.name} {head.pack.version}"
            yield concept(f"{OURS}pack-sha256", head.pack.sha256, text)

    def _observed(self, part: Part) -> Part:
        return part | {
            "category": [{"coding": [coded(f"{HL7}observation-category", "survey", "Survey")]}],
            "subject": reference(self._of),
            "encounter": reference(self._encounter),
        }

    def _observation(self, *names: object) -> Part:
        return self._observed(self._about("Observation", *names))

    def _rating(self, r: RatingLine) -> Part:
        components = [
            _component("kind", "Kind of rating", r.kind),
            _component("phase", "Where the patient was", r.phase),
            _component("level", "Applied level, 0 to 10", round(r.level, 6), "level"),
            _component("trial", "Number of the trial, 0 outside one", r.trial),
            _component("scale", "Scale on which it was asked", r.scale),
            _component("source", "Who gave it", r.source),
        ]
        if r.raw:
            components.append(_component("raw", "What was typed, or given on the dial", r.raw))
        if r.corrected and r.first is not None:
            components.append(_component("first", "As it was first written", r.first, "SUDS"))
        part = self._observed(self._about("Observation", "rating", r.seq)) | {
            "status": "corrected" if r.corrected else "final",
            "code": concept(f"{OURS}rating", "suds", "Distress, 0 to 100 (SUDS)"),
            "effectiveDateTime": self._at(r.at_s),
            "component": components,
        }
        if r.suds is None:
            return part | {"dataAbsentReason": absent(r.reason or "No answer was recorded.")}
        return part | value_of(r.suds, "SUDS")

    def _figures(self) -> Iterator[Part]:
        table = figures(self._told)
        for number, record in enumerate(table.records()):
            of_session = record["scope"] == "session"
            onset, lasted = record["onset_s"], record["duration_s"]
            assert isinstance(onset, float) and isinstance(lasted, float)
            period = {"start": self._at(onset), "end": self._at(onset + lasted)}
            # Trials are told apart by their place: their numbers begin anew with a restart.
            place = "session" if of_session else f"trial-{number + 1}"
            for column in (*OF_BOTH, *(OF_SESSION if of_session else OF_SESSION[:1])):
                part = self._observed(self._about("Observation", "figure", place, column.name))
                part |= {
                    "status": "preliminary" if self._h.ending == "open" else "final",
                    "code": _code_of(column),
                    "effectivePeriod": period,
                    "note": [{"text": column.description}],
                    "component": [_component("scope", "What it is of", place)],
                }
                value = record[column.name]
                yield part | (
                    {"dataAbsentReason": absent(_CANNOT)}
                    if value is None
                    else value_of(value, column.units)
                )

    def _fault(self, number: int, incident: Incident) -> Part:
        """A fault of the equipment. Whether it harmed anybody is not in the record."""
        text = words.FAULTS[incident.kind]
        told = f"{text} ({incident.text})" if incident.text else text
        return self._about("AdverseEvent", number, incident.kind) | {
            # `actual` says that it happened, independent of whether anyone was affected.
            "actuality": "actual",
            "category": [
                concept(f"{HL7}adverse-event-category", "product-problem", "Fault of equipment")
            ],
            "event": concept(f"{OURS}incident", incident.kind, told),
            "subject": reference(self._of),
            "encounter": reference(self._encounter),
            "date": self._at(incident.at_s),
            "outcome": concept(
                f"{HL7}adverse-event-outcome", "unknown", "The record holds no outcome."
            ),
        }

    def _adverse(self, seq: int, one: AdverseEvent) -> Part:
        """What befell the patient, as whoever reported it saw it."""
        part = self._about("AdverseEvent", seq, one.type) | {
            "actuality": "actual",
            "event": concept(f"{OURS}adverse-event", one.type, words.ADVERSE[one.type])
            | {"text": one.description},
            "subject": reference(self._of),
            "encounter": reference(self._encounter),
            "severity": concept(
                f"{HL7}adverse-event-severity", one.severity, one.severity.capitalize()
            ),
            "outcome": concept(f"{HL7}adverse-event-outcome", *_OUTCOMES[one.outcome]),
            "suspectEntity": [
                {
                    "instance": {"display": "The exposure session"},
                    "causality": [
                        {
                            "assessment": concept(
                                f"{OURS}related", one.related, words.RELATED[one.related]
                            )
                        }
                    ],
                }
            ],
        }
        if one.serious is not None:
            stated = "Serious" if one.serious else "Non-serious"
            part["seriousness"] = concept(f"{HL7}adverse-event-seriousness", stated, stated)
        wrote = next((act for act in self._told.acts if act.seq == seq), None)
        if wrote is not None:
            part |= {"recorder": who(wrote.by), "recordedDate": moment(wrote.wall)}
        later = [a for a in self._told.acts if a.about is not None and a.about.of == seq]
        if later:
            # Each of them once, in the order of their words.
            part["contributor"] = [who(by) for by in dict.fromkeys(act.by for act in later)]
        if said := [*self._around(one), *(_set_right(act) for act in later)]:
            part["extension"] = said
        return part if one.at_s is None else part | {"date": self._at(one.at_s)}

    def _around(self, one: AdverseEvent) -> Iterator[Part]:
        """What was done and is to be done, and how the session stood at it and just before."""
        for name, text in (("action", one.action), ("follow-up", one.follow_up)):
            if text:
                yield extension(name, valueString=text)
        if one.at_s is None:
            return
        phase, level, trial = stood(self._h, one.at_s)
        if isinstance(phase, str):
            told = concept(f"{OURS}phase", phase, words.PHASES[phase])
            yield extension("phase", valueCodeableConcept=told)
        if level is not None:
            yield extension("level", **value_of(level, "level"))
        yield extension("trial", **value_of(trial, ""))
        if before := as_text(around(self._h, one.at_s)):
            yield extension("minute-before", valueString=before)

    def _audit(self, act: Act) -> Part:
        entities = [{"what": reference(self._encounter), "description": f"Entry {act.seq}"}]
        if act.about is not None:
            entities.append(self._corrected(act.about))
        by = f"Palier {self._h.header.palier}"
        return self._about("AuditEvent", act.seq) | audit(act, entities, by)

    def _corrected(self, said: Rectification) -> Part:
        """The entry that a later word is about; the bundle holds it unless it was a mistake."""
        return set_right(said, self._befell.get(said.of), f"{self._h.header.session} {said.of}")

    def _provenance(self, of: list[Part]) -> Part:
        """Where all this came from, and which state of the record it was read from."""
        end, ledger, acts = self._told.end, self._material.ledger, self._told.acts
        ends = [end_of("record-end", "The last entry of the session's chain", end)]
        if ledger.seq:
            ends.append(end_of("ledger-end", "The last entry of the ledger", ledger))
        software = {"display": f"Palier {self._material.palier}"}
        return self._about("Provenance", end.seq, end.hash) | {
            "target": [reference(part) for part in of],
            "occurredPeriod": self._encounter["period"],
            "recorded": moment(self._material.made),
            "activity": {"text": "Told from the record's entries"},
            "agent": [
                agent("author", "Opened the session", who(acts[0].by)),
                agent("assembler", "Made the export", software),
            ],
            "entity": ends,
        }


def labels(*, simulated: bool) -> Part:
    """Marks what is pseudonymous, and what comes from a simulated patient as test data."""
    found = [coded(f"{HL7}v3-ObservationValue", "PSEUDED", "pseudonymized")]
    if simulated:
        found.append(coded(f"{HL7}v3-ActReason", "HTEST", "test health data"))
    return {"security": found}


def _meta(told: Told) -> Part:
    return labels(simulated=told.history.header.simulated)


def who(operator: Operator) -> Part:
    """Who did something: by id, with the name where the record holds one."""
    if not operator.id:
        return {"display": "not known"}
    who: Part = {"identifier": {"system": f"{OURS}operator", "value": operator.id}}
    return who | ({"display": operator.name} if operator.name else {})


def audit(act: Act, entities: list[Part], source: str) -> Part:
    """What an AuditEvent says beside its id: what was done, when, by whom, and to what."""
    action, text = _DONE[act.deed]
    return {
        "type": coded("http://dicom.nema.org/resources/ontology/DCM", "110110", "Patient Record"),
        "subtype": [coded(f"{OURS}deed", act.deed, text)],
        "action": action,
        "recorded": moment(act.wall),
        "outcome": "0",
        "agent": [{"who": who(act.by), "requestor": True}],
        "source": {"observer": {"display": source}},
        "entity": entities,
    }


def set_right(said: Rectification, held: Part | None, name: str) -> Part:
    """The entry that a later word is about, as an entity of an AuditEvent.

    Args:
        said: the later word.
        held: the resource that the entry became; None where the bundle holds none.
        name: by which it is known then.
    """
    what = {"identifier": {"system": f"{OURS}entry", "value": name}}
    why = f": {said.why}" if said.why else ""
    return {
        "what": what if held is None else reference(held),
        "description": f"Entry {said.of}, {words.SET_RIGHT[said.was.kind]}{why}",
    }


def agent(role: str, text: str, by: Part) -> Part:
    """One who had a part in what a Provenance tells."""
    return {"type": concept(f"{HL7}provenance-participant-type", role, text), "who": by}


def end_of(system: str, text: str, end: End) -> Part:
    """Where a chain of the record ended when it was read, as a Provenance's source."""
    identifier = {"system": f"{OURS}{system}", "value": f"{end.seq} {end.hash}"}
    what = {"identifier": identifier, "display": f"{text}: number and hash"}
    return {"role": "source", "what": what}


def _set_right(act: Act) -> Part:
    """That what is told is a later word: by which entry, when and by whom."""
    return extension(
        "corrected",
        extension=[
            extension("entry", valueInteger=act.seq),
            extension("recorded", valueInstant=moment(act.wall)),
            extension("by", valueReference=who(act.by)),
        ],
    )


def _component(code: str, text: str, value: str | float, units: str = "") -> Part:
    return {"code": concept(f"{OURS}rating-detail", code, text), **value_of(value, units)}


def _code_of(column: Column) -> Part:
    name, _colon, _formula = column.description.partition(":")
    return concept(f"{OURS}figure", column.name, name)
