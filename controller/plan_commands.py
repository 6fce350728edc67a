"""Owns `palier plans`: patients' fear hierarchies, shown, and a ready one taken over.

What a hierarchy has to fit is decided in `session.plans`; rows by hand are written at the console.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from controller import paths, reporting
from controller.asking import at_this_terminal
from controller.identify import from_environment_or_terminal, id_of, note_access, who_gives
from controller.language import _, language
from controller.privacy.rights import RightRefused
from controller.session import permissions
from controller.session.documents import Accessed, stream_of
from controller.session.operators import Operator
from controller.session.plans.entries import HierarchySet, PlanRow
from controller.session.plans.leading import HeldPlan, held
from controller.session.plans.ready import KINDS, Ready, ready
from controller.session.plans.rules import NotAPlan, above, by_id, require_fit
from controller.session.plans.words import lines, ordered
from controller.session.ports import ReportFailed
from controller.store.database import is_there
from controller.store.errors import RecordError
from controller.store.reader import PatientRow, Reader
from controller.store.record import Record
from scenarios.api.manifest import Manifest

DONE, NOT_AVAILABLE = 0, 3


def carry_out(options: argparse.Namespace) -> int:
    """Do what was asked for; gives the exit code.

    Raises `NothingSuch`, `RightRefused`, `NotAllowed`, `NobodyYet`, `NotIdentified` and the
    troubles of a record.
    """
    try:
        if options.what == "ready":
            return _ready(options)
        return _Asked(options).carry_out()
    except ReportFailed:
        text = _("palier: the scenarios of this machine could not be asked; try again.")
        print(text, file=sys.stderr)
        return NOT_AVAILABLE


class _Asked:
    """One command on one record."""

    def __init__(self, options: argparse.Namespace) -> None:
        named: Path | None = getattr(options, "db", None)
        self._options = options
        self._database = paths.record() if named is None else named
        self._unlock = at_this_terminal(os.environ).passphrase
        self._who = self._identified()
        self._reader = Reader.open(self._database, self._unlock)

    def _identified(self) -> Operator | None:
        what = self._options.what
        command = "plans" if what is None else f"plans {what}"
        if not is_there(self._database):
            permissions.require(None, command)
        asked = from_environment_or_terminal()
        who = who_gives(self._database, self._options.operator, asked, unlock=self._unlock)
        permissions.require(who, command)
        return who

    def carry_out(self) -> int:
        """List them, show one, or take a ready one."""
        if self._options.what is None:
            return self._list()
        row = reporting.one_patient(self._reader, self._options.patient)
        reporting.require_unrestricted(row)
        return self._take(row) if self._options.what == "take" else self._show(row)

    def _held(self, patient: str) -> HeldPlan:
        return held(self._reader.entries(stream_of(patient)))

    def _note(self, said: Accessed) -> None:
        """Leave word in the access log; only where that fails is anything said of it."""
        try:
            note_access(self._database, self._who, said, unlock=self._unlock)
        except RecordError:
            raise
        except OSError:
            text = _("palier: that this was looked at could not be kept for the access log.")
            print(text, file=sys.stderr)

    def _list(self) -> int:
        self._note(Accessed(what="patients"))
        found = [
            (row, plan)
            for row in self._reader.patients()
            if row.restricted is None and (plan := self._held(row.patient)).versions
        ]
        if self._options.json:
            for row, _plan in found:  # All rows are told, and each patient's copy is to say so.
                self._note(Accessed(what="hierarchy", patient=row.patient))
            return _tell([_told(row, plan) for row, plan in found])
        for row, plan in found:
            text = _("{name}  rows: {count}  saved {day}, version {n}  {order}")
            order = ordered(plan.plan.rows, plan.plan.seed)
            count = len(plan.plan.rows)
            told = {"name": row.pseudonym, "count": count, "day": plan.at[:10], "order": order}
            print(text.format(n=plan.versions, **told))
        if not found:
            print(_("There are none yet."))
        return DONE

    def _show(self, row: PatientRow) -> int:
        self._note(Accessed(what="hierarchy", patient=row.patient))
        plan = self._held(row.patient)
        if self._options.json:
            return _tell(_told(row, plan))
        if not plan.versions:
            text = _("{name} has no hierarchy yet; E at the console, or `palier plans take`.")
            print(text.format(name=row.pseudonym))
            return DONE
        text = _("{name}: saved {day}, version {n}, {order}.")
        order = ordered(plan.plan.rows, plan.plan.seed)
        print(text.format(name=row.pseudonym, day=plan.at[:10], n=plan.versions, order=order))
        for at, one in enumerate(plan.plan.rows, 1):
            print(f"{at:>3}. {one.item}")
            for head, words in lines(one, {}):
                print(f"     {head}: {words}")
        if high := above(plan.plan.rows, row.ceiling):
            print(f"▲ {high}")
        return DONE

    def _take(self, row: PatientRow) -> int:
        scenario = reporting.declared(self._options.scenario)
        more = _of_kind(scenario, self._options.kind).rows(language())
        with Record.create_or_open(
            self._database,
            operator=id_of(self._who),
            use_keyring=True,
            spool=paths.unsaved(),
            ask=self._unlock,
        ) as record:
            # Read while nobody else can write: a version saved meanwhile is added to, not replaced.
            there = held(record.reader.entries(stream_of(row.patient))).plan.rows
            new = tuple(one for one in more if one not in there)
            if not new:
                raise RightRefused(_("Nothing was written: these rows are all there already."))
            rows = (*there, *new)
            try:
                require_fit(rows, by_id([scenario]), there)
            except NotAPlan as error:
                raise RightRefused(str(error)) from error
            said = HierarchySet(patient=row.patient, rows=rows)
            record.append_now(stream_of(row.patient), said)
        self._reader = Reader.open(self._database, self._unlock)
        if self._options.json:
            return _tell(_told(row, self._held(row.patient)))
        text = _("Saved, rows: {count}.").format(count=len(rows))
        print(" ".join(filter(None, (text, above(rows, row.ceiling)))))
        return DONE


def _ready(options: argparse.Namespace) -> int:
    scenario = reporting.declared(options.scenario)
    found = ready([scenario])
    if options.json:
        told = [
            {
                "scenario": scenario.id,
                "kind": one.spec.kind,
                "title": one.spec.title.get(language()),
                "rows": [_row(row) for row in one.rows(language())],
            }
            for one in found
        ]
        return _tell(told)
    for one in found:
        text = _("{kind}: {title} ({what}), rows: {count}")
        title = one.spec.title.get(language())
        what, count = _(KINDS[one.spec.kind]), len(one.spec.rows)
        print(text.format(kind=one.spec.kind, title=title, what=what, count=count))
        for row in one.rows(language()):
            print(f"  {row.distress:>3}  {_('L{level}').format(level=row.level):<4} {row.item}")
    if not found:
        print(_("There are none yet."))
    return DONE


def _of_kind(scenario: Manifest, kind: str) -> Ready:
    found = ready([scenario])
    one = next((each for each in found if each.spec.kind == kind), None)
    if one is None:
        text = _("{id} has no ready hierarchy of this kind; it has: {kinds}.")
        kinds = ", ".join(each.spec.kind for each in found) or "–"
        raise reporting.NothingSuch(text.format(id=scenario.id, kinds=kinds))
    return one


def _told(row: PatientRow, plan: HeldPlan) -> dict[str, Any]:
    return {
        "patient": row.patient,
        "pseudonym": row.pseudonym,
        "saved": plan.at or None,
        "versions": plan.versions,
        "seed": plan.plan.seed,
        "ceiling": row.ceiling,
        "rows": [_row(one) for one in plan.plan.rows],
    }


def _row(one: PlanRow) -> dict[str, Any]:
    return one.model_dump(mode="json")


def _tell(told: object) -> int:
    print(json.dumps(told, ensure_ascii=False))
    return DONE
