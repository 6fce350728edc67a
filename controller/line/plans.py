"""Owns the commands on a patient's fear hierarchy: its rows told, one taken for the next trial.

A row that is taken is recorded and its level offered, and nothing more: what begins a trial is
`begin` and then `yes`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from controller.language import _, language, listed
from controller.line.before import named_patient
from controller.line.levels import usage
from controller.line.seat import Handler, Seat, numbered
from controller.line.watching import waits_for
from controller.line.words import word
from controller.session.now import Outcome, PatientCard
from controller.session.plans.at_work import why_not_take
from controller.session.plans.entries import PlanRow
from controller.session.plans.rules import by_id
from controller.session.plans.words import lines
from controller.ui.ports import Lead

Rows = Sequence[PlanRow]


def _read(seat: Seat, card: PatientCard, then: Callable[[Rows], None]) -> None:
    """Go on with the rows as the record has them; says why they cannot be told."""
    if card.restricted is not None:
        seat.say(_("The data of this patient are restricted and not shown."))
        return

    async def read(lead: Lead) -> Outcome:
        found = await lead.plans.read(card.id)
        told = _("The record cannot be read now: type it again later.")
        return Outcome(found is not None, "" if found is not None else told)

    def go_on(outcome: Outcome) -> None:
        found = seat.lead.plans.held(card.id)
        if outcome.ok and found is not None:
            if seat.desk is not None:
                seat.desk.looked_at_hierarchy(card.id)
            then(found.plan.rows)

    seat.send(read, "record", then=go_on, quiet=True)


def _barred(seat: Seat) -> bool:
    """Whether whoever sits here is shown nothing of a patient; says why."""
    now = seat.now()
    if now.barred:
        seat.say(now.barred)
    elif now.observing:
        seat.say(waits_for(now))
    return bool(now.barred or now.observing)


def _hierarchy(seat: Seat, rest: str) -> None:
    if _barred(seat):
        return
    card = named_patient(seat, rest)
    if card is not None:
        _read(seat, card, partial(_tell, seat, card))


def _tell(seat: Seat, card: PatientCard, rows: Rows) -> None:
    if not rows:
        told = _("{name} has no hierarchy yet; E at the console, or `palier plans take`.")
        seat.say(told.format(name=card.pseudonym))
        return
    told = _("Hierarchy of {patient}; {usage}")
    seat.say(
        told.format(patient=card.pseudonym, usage=usage("row")),
        *numbered(tuple(_line(seat, card, row) for row in rows)),
    )


def _line(seat: Seat, card: PatientCard, row: PlanRow) -> str:
    scenario = by_id(seat.lead.manifests()).get(row.scenario)
    title = row.scenario if scenario is None else scenario.title.get(language())
    told = [
        row.item.rstrip("."),
        _("predicted {distress} of 100").format(distress=row.distress),
        _("{title}, level {level}").format(title=title, level=row.level),
    ]
    if row.level > card.ceiling:
        told.append(_("above the ceiling ({ceiling})").format(ceiling=card.ceiling))
    now, waiting = seat.now(), seat.lead.plans.at_work.waiting(card.id)
    if row == waiting or (now.row is not None and now.row.row == row):
        told.append(_("worked on now"))
    return listed(told)


def _row(seat: Seat, rest: str) -> None:
    """In a session for its next trial, outside one for the patient's next session."""
    if _barred(seat) or (seat.now().session is not None and not seat.may("ceiling")):
        return
    number = rest.strip()
    if not (number.isascii() and number.isdigit() and len(number) < 3):
        told = _("{usage} The numbers stand in {hierarchy}.")
        seat.say(told.format(usage=usage("row"), hierarchy=word("hierarchy")))
        return
    card = named_patient(seat, "")
    if card is not None:
        _read(seat, card, partial(_take, seat, card, int(number)))


def _take(seat: Seat, card: PatientCard, number: int, rows: Rows) -> None:
    now, known = seat.now(), by_id(seat.lead.manifests())
    if not 1 <= number <= len(rows):
        told = _("There is no row of this number; {hierarchy} lists them.")
        seat.say(told.format(hierarchy=word("hierarchy")))
        return
    row = rows[number - 1]
    if now.session is not None and now.pseudonym != card.pseudonym:
        # Opened while the rows were read.
        seat.say(_("This row is of another patient than the open session."))
        return
    if now.session is not None and (refused := why_not_take(row, now)):
        seat.say(refused)
        return
    if row.scenario not in known:
        told = _("The scenario {name} is not known here now: no session can begin from it.")
        seat.say(told.format(name=row.scenario))
        return
    if now.session is None:
        seat.lead.plans.at_work.propose(card.id, row)
        _tell_taken(seat, row, card.ceiling)
        told = _("Taken for the next session; type {open} {patient} {scenario}.")
        told = told.format(open=word("open"), patient=card.pseudonym, scenario=row.scenario)
        seat.say(told)
        return
    ceiling = card.ceiling if now.state is None else now.state.ceiling

    def taken(outcome: Outcome) -> None:
        if outcome.ok:
            _tell_taken(seat, row, ceiling)
            told = _("Taken for the next trial; {begin} alone offers its level, and {yes} begins.")
            seat.say(told.format(begin=word("begin"), yes=word("yes")))

    seat.send(lambda lead: lead.plans.at_work.take(row), "record", then=taken, quiet=True)


def _tell_taken(seat: Seat, row: PlanRow, ceiling: int) -> None:
    known = by_id(seat.lead.manifests())
    seat.say(row.item, *(f"{head}: {what}" if head else what for head, what in lines(row, known)))
    if row.level > ceiling:
        told = _("Its level is above the ceiling ({ceiling}), which is offered in its place.")
        seat.say(told.format(ceiling=ceiling))


HANDLERS: dict[str, Handler] = {"hierarchy": _hierarchy, "row": _row}
