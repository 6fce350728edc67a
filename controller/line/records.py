"""Owns the commands on patients, scenarios and sessions; past ones are read and never changed."""

from __future__ import annotations

import re

from controller.language import _, language, listed
from controller.line.before import missing_to_open
from controller.line.levels import usage, whole
from controller.line.questions import Question
from controller.line.reading import find
from controller.line.seat import Handler, Seat, numbered
from controller.line.words import plainly, word
from controller.session.at_rest import REFUGES
from controller.session.declared import contraindications, motion
from controller.session.documents import Scale
from controller.session.now import HOW_ENDED, Outcome, PatientCard, SessionCard
from controller.ui.lettering import decimal
from controller.ui.ports import Lead
from scenarios.api.manifest import Manifest
from vr_runtime.wire.acts import Refuge
from vr_runtime.wire.packs import PackNote

SCALES: tuple[Scale, ...] = ("0-100", "0-10")
LISTED = 20
"""So many past sessions are listed; the others stay in `palier sessions`."""
USUAL_CEILING = 5


def _patients(seat: Seat, rest: str) -> None:
    cards = seat.lead.patients()
    if not cards:
        told = _("There is no patient yet; {usage}")
        seat.say(told.format(usage=usage("add")))
        return
    seat.say(_("Patients:"), *numbered(tuple(_patient_row(card) for card in cards)))


def _patient_row(card: PatientCard) -> str:
    told = [
        card.pseudonym,
        _("ceiling {level}").format(level=card.ceiling),
        _("scale {scale}").format(scale=card.scale),
        _("{count} sessions").format(count=card.sessions),
    ]
    told.append(_("last on {day}").format(day=card.last[:10]) if card.last else _("no session yet"))
    if card.restricted is not None:
        told.append(_("restricted"))
    return listed(told)


def _add(seat: Seat, rest: str) -> None:
    """A pseudonym, then in any order what else is known; the usual where it is left out."""
    parts = [part.strip() for part in rest.split(",")]
    name, asked = parts[0], " ".join(parts[1:])
    if not asked and (
        found := re.search(r" (?=(?:ceiling|plafond|scale|échelle|place|refuge)\b)", name)
    ):
        name, asked = name[: found.start()], name[found.start() :]
    if not name:
        seat.say(usage("add"))
        return
    ceiling, scale, place = USUAL_CEILING, seat.now().usual_scale, _first_place()
    words = asked.split()
    for key, value in zip(words[::2], [*words[1::2], ""], strict=False):
        level, said = whole(value), plainly(key)
        if said in ("ceiling", "plafond") and level is not None and level <= 10:
            ceiling = level
        elif said in ("scale", "echelle") and value in SCALES:
            scale = next(one for one in SCALES if one == value)
        elif said in ("place", "refuge") and (chosen := _place(value)) is not None:
            place = chosen
        else:
            told = _("{word} is not understood here; nothing was added. {usage}")
            seat.say(told.format(word=f"{key} {value}".strip(), usage=usage("add")))
            return
    known = {card.id for card in seat.lead.patients()}

    def added(outcome: Outcome) -> None:
        """What is asked next is asked of them."""
        new = [card.id for card in seat.lead.patients() if card.id not in known]
        if outcome.ok and len(new) == 1:
            seat.kept.patient = new[0]

    seat.send(lambda lead: lead.add_patient(name, ceiling, scale, place), "record", then=added)


def _first_place() -> Refuge:
    return next(iter(REFUGES))


def _place(told: str) -> Refuge | None:
    names: dict[str, tuple[str, ...]] = {place: (_(name),) for place, name in REFUGES.items()}
    found = find(told, names)
    return next((place for place in REFUGES if place == found), None)


def _titles(scenarios: tuple[Manifest, ...]) -> dict[str, tuple[str, ...]]:
    return {
        one.id: (one.title.get(language()), one.title.get("en"), one.title.get("fr"))
        for one in scenarios
    }


def _unapproved(lead: Lead, scenario: Manifest) -> PackNote | None:
    note = lead.packs.of(scenario.id)
    return None if note is None or lead.packs.is_approved(note) else note


def _scenarios(seat: Seat, rest: str) -> None:
    scenarios = seat.lead.manifests()
    if not scenarios:
        seat.say(_("No scenario is known while the runtime is not heard."))
    elif not rest:
        seat.say(_("Scenarios:"), *numbered(tuple(_title(seat, one) for one in scenarios)))
    elif (found := find(rest, _titles(scenarios))) is None:
        seat.say(_("There is no scenario of this name or number."))
    else:
        seat.say(*_in_words(next(one for one in scenarios if one.id == found)))


def _title(seat: Seat, scenario: Manifest) -> str:
    told = [f"{scenario.title.get(language())}, {scenario.id}"]
    if _unapproved(seat.lead, scenario) is not None:
        told.append(_("pack not approved"))
    return listed(told)


def _in_words(scenario: Manifest) -> list[str]:
    """Summary, warnings, and the sentence of each level."""
    spoken = language()
    told = [scenario.title.get(spoken), scenario.summary.get(spoken)]
    told += [contraindications(scenario), motion(scenario)]
    told += [warning.get(spoken) for warning in scenario.warnings]
    for played in (*scenario.events, *scenario.tasks):
        if played.warning is not None:
            row = _("{event}: {warning}")
            told.append(
                row.format(event=played.label.get(spoken), warning=played.warning.get(spoken))
            )
    for level, sentence in enumerate(scenario.levels):
        told.append(_("Level {level}: {what}").format(level=level, what=sentence.get(spoken)))
    return [one for one in told if one]


def _open(seat: Seat, rest: str) -> None:
    """A patient and a scenario, each by number or by name."""
    now = seat.now()
    if now.barred:
        seat.say(now.barred)
        return
    if now.session is not None:
        seat.say(_("Close the open session first."))
        return
    cards, scenarios = seat.lead.patients(), seat.lead.manifests()
    if not scenarios:
        seat.say(_("No scenario is known while the runtime is not heard."))
        return
    people: dict[str, tuple[str, ...]] = {card.id: (card.pseudonym,) for card in cards}
    words = rest.split(" ")
    for count in range(len(words) - 1, 0, -1):
        who = find(" ".join(words[:count]), people)
        what = find(" ".join(words[count:]), _titles(scenarios))
        if who is not None and what is not None:
            _open_these(seat, who, next(one for one in scenarios if one.id == what))
            return
    told = _("{usage} The lists are {patients} and {scenarios}.")
    seat.say(
        told.format(usage=usage("open"), patients=word("patients"), scenarios=word("scenarios"))
    )


def _open_these(seat: Seat, patient: str, scenario: Manifest) -> None:
    if _unapproved(seat.lead, scenario) is not None:
        told = _("The pack of this scenario is not approved here yet; type {approve} {id}.")
        seat.say(told.format(approve=word("approve"), id=scenario.id))
        return
    seat.say(*[warning.get(language()) for warning in scenario.warnings])
    if named := contraindications(scenario):
        seat.say(named)
    card = next(one for one in seat.lead.patients() if one.id == patient)
    seat.kept.patient = patient
    if seat.lead.before.to_open(card):
        seat.say(*missing_to_open(seat, card))
        return
    seat.send(lambda lead: seat.opening(lead, patient, scenario.id))


def _approve(seat: Seat, rest: str) -> None:
    """What is known of the pack, then a second word; it is recorded who approved."""
    scenarios = seat.lead.manifests()
    found = find(rest, _titles(scenarios)) if rest else None
    scenario = next((one for one in scenarios if one.id == found), None)
    if scenario is None:
        seat.say(usage("approve"))
        return
    note = _unapproved(seat.lead, scenario)
    if note is None:
        seat.say(_("Nothing is to be approved for this scenario."))
        return
    packed = tuple(one for one in scenarios if one.id in note.scenarios)
    seat.say(*_of_the_pack(note, packed))

    def approve() -> None:
        seat.send(lambda lead: lead.packs.approve(note.sha256), "record")

    told = _("Approve this pack? Type {yes} to do it; anything else leaves it.")
    seat.ask(Question((told.format(yes=word("yes")),), yes=approve))


def _of_the_pack(note: PackNote, packed: tuple[Manifest, ...]) -> list[str]:
    """Who made it, what it is, what it contains, and what approving means."""
    told = _("From the pack {pack} {version} by {author}")
    rows = [told.format(pack=note.name, version=note.version, author=note.author) + "."]
    if note.signed_by is None:
        rows.append(_("Nobody signed it; its author is named here, and not proven."))
    elif note.signer:
        text = _("Signed by {name}, whose key the patient's side knows:")
        rows.append(f"{text.format(name=note.signer)} {_grouped(note.signed_by)}")
    else:
        text = _("Signed by a key that the patient's side does not know:")
        rows.append(f"{text} {_grouped(note.signed_by)}")
    rows.append(
        _(
            "A scenario is a Python program of its author, and it is not sandboxed: it can read, "
            "change and send what this user of the patient's machine can. Approve what comes from "
            "people you trust. Limits, pause, stop and the safe place stay the engine's."
        )
    )
    rows += [f"{one.title.get(language())}, {one.id} {one.version}." for one in packed]
    return [*rows, _("Hash: {hash}.").format(hash=_grouped(note.sha256))]


def _grouped(digits: str) -> str:
    """Hex digits in groups of four, to be compared one by one."""
    return " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))


def _sessions(seat: Seat, rest: str) -> None:
    cards = seat.lead.sessions()
    if seat.desk is not None:
        seat.desk.looked_at_sessions()
    if not cards:
        seat.say(_("There is no session in the record yet."))
        return
    seat.say(_("Sessions, newest first:"))
    seat.say(*numbered(tuple(_session_row(card) for card in cards[:LISTED])))
    if len(cards) > LISTED:
        told = _("{count} older sessions are not listed.")
        seat.say(told.format(count=len(cards) - LISTED))


def _session_row(card: SessionCard) -> str:
    told = [
        card.pseudonym,
        card.title.get(language()),
        card.opened[:16].replace("T", " ") + " UTC",
        _("{minutes} minutes").format(minutes=decimal(card.minutes, 0)),
        _("level {level} reached").format(level=card.highest),
        _("{count} ratings").format(count=card.ratings),
        _(HOW_ENDED[card.how]),
    ]
    if card.simulated:
        told.append(_("simulated"))
    return listed(told)


def _report(seat: Seat, rest: str) -> None:
    cards = seat.lead.sessions()
    number = whole(rest) if rest else 1
    if not cards:
        seat.say(_("There is no session in the record yet."))
    elif number is None or not 1 <= number <= len(cards):
        told = _("There is no session of this number; {usage}")
        seat.say(told.format(usage=usage("report")))
    else:
        session = cards[number - 1].id
        seat.send(lambda lead: lead.report(session), "record")


HANDLERS: dict[str, Handler] = {
    "patients": _patients,
    "add": _add,
    "scenarios": _scenarios,
    "open": _open,
    "approve": _approve,
    "sessions": _sessions,
    "report": _report,
}
