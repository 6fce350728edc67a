"""Owns `palier patients screening …`: what was answered, what is missing, and a new answer to all.

What counts as missing is decided in `session.before`; it knows neither options nor a database.
"""

from __future__ import annotations

import argparse
from typing import Any

from pydantic import ValidationError

from controller import typed
from controller.clinic_files.parts import Words
from controller.language import _, language
from controller.privacy.rights import RightRefused
from controller.protocol.model import Screening, ScreeningItem
from controller.session.before import gate
from controller.session.before.entries import Dealt, ScreeningAnswer, ScreeningAnswered
from controller.session.before.leading import answered, why_needed
from controller.session.before.words import ACTIONS, answer
from controller.session.clinic import Clinic
from controller.session.now import PatientCard


def asks(options: argparse.Namespace) -> bool:
    """Whether answers were given, and not only asked for."""
    given = (options.item_no, options.item_open, options.item_cleared, options.item_override)
    return options.no_to_others or any(given)


def entry(options: argparse.Namespace, clinic: Clinic, patient: str) -> ScreeningAnswered:
    """The entry that these options make. Raises `RightRefused`."""
    screening = _screening(clinic)
    said_so: list[tuple[str, bool, Dealt | None, str]] = [
        *((item, False, None, "") for item in options.item_no),
        *((item, True, "open", "") for item in options.item_open),
        *(_worded(one, "cleared") for one in options.item_cleared),
        *(_worded(one, "overridden") for one in options.item_override),
    ]
    given: dict[str, tuple[bool, Dealt | None, str]] = {}
    for item, yes, dealt, why in said_so:
        if item in given:
            text = _("This question was answered twice: {item}.")
            raise RightRefused(text.format(item=item))
        given[item] = (yes, dealt, why)
    items = {one.id: one for one in screening.items}
    if unknown := sorted(set(given) - set(items)):
        text = _("The protocol has no such question: {items}. It has {known}.")
        told = text.format(items=", ".join(unknown), known=", ".join(items))
        raise RightRefused(told)
    if options.no_to_others:
        for name in items:
            given.setdefault(name, (False, None, ""))
    try:
        answers = [_answer(items[name], *said) for name, said in given.items()]
    except ValidationError:
        raise RightRefused(why_needed()) from None
    said = answered(clinic, patient, answers)
    if isinstance(said, str):
        raise RightRefused(said)
    return said


def told(clinic: Clinic, card: PatientCard) -> dict[str, Any]:
    """What `--json` tells: the questions, the last answers, and what is missing for a session."""
    screening, screened = _screening(clinic), card.screened
    spoken = language()
    return {
        "patient": card.id,
        "pseudonym": card.pseudonym,
        "items": [
            {"id": one.id, "asked": one.of(spoken), "action": one.action} for one in screening.items
        ],
        "answered": None if screened is None else screened.at,
        "version": None if screened is None else screened.said.version,
        "answers": []
        if screened is None
        else [
            {"id": one.item, "yes": one.yes, "dealt": one.dealt, "why": one.why}
            for one in screened.said.answers
        ],
        "missing": [{"what": one.what, "text": one.text} for one in gate.to_open(screening, card)],
    }


def lines(clinic: Clinic, card: PatientCard) -> list[str]:
    """The same for a reader: each question with its answer, then what is missing."""
    screening, screened = _screening(clinic), card.screened
    by_item = {} if screened is None else {one.item: one for one in screened.said.answers}
    found = []
    if screened is None:
        found.append(_("{name}: the screening was not answered.").format(name=card.pseudonym))
    else:
        text = _("{name}: screening of {day}, protocol {protocol} {version}.")
        found.append(
            text.format(
                name=card.pseudonym,
                day=screened.at[:10],
                protocol=screened.said.protocol,
                version=screened.said.version,
            )
        )
    for one in screening.items:
        found.append(f"  {one.id:<12}  {one.of(language())}")
        given = by_item.get(one.id)
        told = _(ACTIONS[one.action]) if given is None else answer(given)
        found.append(f"  {'':<12}    {told}")
    missing = gate.to_open(screening, card)
    found.extend(f"▲ {one.text}" for one in missing)
    if not missing:
        found.append(_("Nothing is missing for a session."))
    return found


def _screening(clinic: Clinic) -> Screening:
    if clinic.screening is None:
        raise RightRefused(_("No protocol is in force here, and it has no screening."))
    return clinic.screening


def _worded(given: str, dealt: Dealt) -> tuple[str, bool, Dealt | None, str]:
    item, _sign, words = given.partition("=")
    if not words.strip():
        text = _("Write ITEM=WORDS, such as “heart_lungs=Dr Example, 3 March”, and not {given}.")
        raise RightRefused(text.format(given=given))
    return item.strip(), True, dealt, typed.line(words)


def _answer(item: ScreeningItem, yes: bool, dealt: Dealt | None, why: str) -> ScreeningAnswer:
    asked = Words(en=item.en, fr=item.fr)
    return ScreeningAnswer(item=item.id, asked=asked, yes=yes, dealt=dealt, why=why)
