"""Owns the names in a session that is read back: the patient's present one, and who led or wrote.

A session is written under the pseudonym of its day. Whoever reads it later is told the present one,
and who leaves names out needs every one that the patient ever had.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from controller.session.after.entries import KINDS
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.documents import (
    Correction,
    Entry,
    PatientAdded,
    PatientChanged,
    SessionContinued,
    SessionOpened,
)
from controller.session.history import SessionHistory
from controller.session.rectifying import Rectification


def pseudonyms(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Every pseudonym a patient had, the present one last, from the patient's own entries."""
    found: list[str] = []
    for entry in sorted(entries, key=lambda e: e.seq):
        data = entry.data
        if isinstance(data, PatientAdded | PatientChanged) and data.pseudonym:
            found.append(data.pseudonym)
    return tuple(found)


def named(
    history: SessionHistory,
    entries: Sequence[Entry],
    names: Sequence[str],
    operators: Mapping[str, str],
) -> SessionHistory:
    """The history under the patient's present pseudonym, with who led it and wrote it.

    Args:
        history: as its own entries tell it.
        entries: the session's entries.
        names: what `pseudonyms` gives; where it gives none, the session's own holds.
        operators: names by their ids; an id without a name stands for itself.
    """
    header = history.header
    present = names[-1] if names else header.pseudonym
    led = dict.fromkeys(
        operators.get(entry.operator, "") or entry.operator
        for entry in sorted(entries, key=lambda e: e.seq)
        if isinstance(entry.data, SessionOpened | SessionContinued)
    )
    wrote = {
        entry.seq: operators.get(entry.operator, "") or entry.operator
        for entry in entries
        if isinstance(entry.data, (AdverseEvent, Expectancy, Correction, Rectification, *KINDS))
    }
    for entry in entries:
        if isinstance(entry.data, Rectification) and entry.data.of in wrote:
            by = operators.get(entry.operator, "") or entry.operator
            if by not in wrote[entry.data.of].split(", "):
                wrote[entry.data.of] += f", {by}"
    every = dict.fromkeys((*names, header.pseudonym))
    return replace(
        history,
        written_by=wrote,
        header=replace(
            header,
            pseudonym=present,
            former=tuple(name for name in every if name != present),
            led_by=tuple(led),
        ),
    )
