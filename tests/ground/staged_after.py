"""Questionnaires and the end of a session of a staged lead: the real cores on a staged session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from staged_undoing import StagedUndoing

from controller.session.after.forms import Forms
from controller.session.after.leading import After
from controller.session.after.so_far import AfterSoFar
from controller.session.clinic import Clinic
from controller.session.documents import Document, Entry
from controller.session.expected import Expected
from controller.session.notices import Notices
from controller.session.now import Now, Outcome, RowAtWork
from controller.session.ports import RecordHealth
from controller.session.safety.so_far import SafetySoFar

if TYPE_CHECKING:
    from staged import StagedLead


class StagedRecord:
    """Keeps what is appended among the acts of the lead, as ("kept", stream, document)."""

    def __init__(self, lead: StagedLead) -> None:
        self._lead = lead

    async def append(self, session: str, document: Document) -> int:
        self._lead.acts.append(("kept", session, document))
        return len(self.kept())

    def kept(self) -> list[tuple[str, Document]]:
        return [(a[1], a[2]) for a in self._lead.acts if a[0] == "kept"]  # type: ignore[misc]

    def entries(self, session: str) -> Sequence[Entry]:
        return [
            Entry(session=s, seq=n, kind=d.kind, operator="o", mono_ns=n, wall="", data=d)  # type: ignore[attr-defined]
            for n, (s, d) in enumerate(self.kept(), start=1)
            if s == session
        ]

    def health(self) -> RecordHealth:
        return RecordHealth(0, None)


class AfterTrials(StagedUndoing):
    """The part of a staged lead that looks after answers and the end."""

    @cached_property
    def _staged(self) -> Any:
        lead: Any = self
        return SimpleNamespace(
            id="s1",
            patient=lead.patient or lead.cards[0],
            forms=(),
            after=AfterSoFar(),
            expected=Expected(),
            safety=SafetySoFar(),
            behaved=self._behaved,
            feared=self._feared,
            refuse=lambda text: Outcome(False, text, "refused"),
            at_s=lambda: lead.at_s,
            tick=lambda: int(lead.at_s * 30),
            manifest=SimpleNamespace(id="builtin.heights"),
            met=False,
            row=None,
            work_on=self._works_on,
            record=lambda said: lead.acts.append(("kept", "s1", said)),
        )

    def _works_on(self, said: Any, begun: int | None = None) -> None:
        lead: Any = self
        self._staged.row = said.row, lead.trial

    def _feared(self, said: Any, seq: int, text: str) -> Outcome:
        lead: Any = self
        self._staged.expected = self._staged.expected.then(said, seq, lead.at_s)
        return Outcome(True, text)

    def _behaved(self, said: Any, text: str) -> Outcome:
        lead: Any = self
        self._staged.safety = self._staged.safety.then(said, lead.at_s)
        return Outcome(True, text)

    def _sitting(self) -> Any:
        lead: Any = self
        if not lead.open:
            return None
        self._staged.ratings = lead.ratings
        self._staged.course = SimpleNamespace(trials=lead.trials)
        return self._staged

    @cached_property
    def record(self) -> StagedRecord:
        return StagedRecord(self)  # type: ignore[arg-type]

    @cached_property
    def forms(self) -> Forms:
        record: Any = self.record
        return Forms(self._sitting, _nobody, Clinic(), record, record, Notices())

    @cached_property
    def after(self) -> After:
        record: Any = self.record
        made = After(self._sitting, _nobody, Clinic(), record, record, Notices())
        made.copies_by(lambda session: f"/reports/{session}-patient.html")
        return made

    def with_after(self, now: Now) -> Now:
        """With what was answered and done after the last trial, or undone."""
        if self._sitting() is None:
            return replace(now, undone=self.undone)
        staged = self._staged
        return self.forms.seen(
            replace(
                now,
                forms=staged.forms,
                after=staged.after,
                expected=staged.expected,
                safety=staged.safety,
                row=self._row(),
            )
        )

    def _row(self) -> RowAtWork | None:
        lead: Any = self
        if self._staged.row is None:
            return None
        row, begun = self._staged.row
        return RowAtWork(row, fresh=lead.trial == begun)

    def kinds(self) -> list[str]:
        """Kinds of what went to the record by these."""
        return [d.kind for _s, d in self.record.kept()]  # type: ignore[attr-defined]


def _nobody() -> Outcome:
    return Outcome(False, "No session is open.", "refused")
