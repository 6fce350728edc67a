"""Owns the table of a report on what followed the last trial; knows no page and judges nothing.

Each part is told as it was said last. What was not done reads as not done, and a draft as a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from controller.language import _, listed
from controller.protocol.chapters import ADVICE
from controller.report.document import Column, Footnote, Row, Section
from controller.report.wording import DASH, clock, number
from controller.session.after.entries import (
    Debriefed,
    HomeworkGiven,
    LeftOut,
    NoteDrafted,
    NoteValidated,
    RecoveryEnded,
    Released,
    SicknessAdvised,
)
from controller.session.after.words import ANSWERS, PARTS, RECOVERED
from controller.session.document import Document
from controller.session.history import AfterLine, SessionHistory

_FREE: Mapping[type[Document], tuple[str, ...]] = {
    Debriefed: ("learned",),
    HomeworkGiven: ("what", "often", "until"),
    NoteDrafted: ("text",),
    NoteValidated: ("text",),
}
"""What is in free words."""
S = TypeVar("S", bound=Document)


def after_exposure(history: SessionHistory) -> Section:
    """What was done after the last trial, by whom, and what was left out."""
    columns = (
        Column(_("At"), True),
        Column(_("What")),
        Column(_("How")),
        Column(_("Written by")),
    )
    rows = [row for line in _standing(history) for row in rows_of(history, line)]
    notes = (
        Footnote(
            _(
                "Recovered: the last distress is at most the baseline + the protocol's figure. "
                "A point of the release is confirmed, or left out with its reason."
            )
        ),
    )
    return Section("after", _("After the exposure"), columns, tuple(rows), notes)


def sickness_advice(history: SessionHistory) -> Section:
    """Advice that was shown on sickness, and what the therapist did with it."""
    columns = (
        Column(_("At"), True),
        Column(_("Sickness"), True),
        Column(_("Advice shown")),
        Column(_("Then")),
    )
    rows = tuple(
        Row((clock(line.at_s), str(said.rated), _(ADVICE[said.advice]), _(ANSWERS[said.answer])))
        for line, said in _of(history, SicknessAdvised)
    )
    return Section("sickness-advice", _("Advice on sickness"), columns, rows)


def _of(history: SessionHistory, kind: type[S]) -> list[tuple[AfterLine, S]]:
    return [(line, line.said) for line in history.after if isinstance(line.said, kind)]


def _standing(history: SessionHistory) -> list[AfterLine]:
    """The last word of each kind, in the order of the parts; no draft that was validated since."""
    found: list[AfterLine] = []
    for kind in (RecoveryEnded, Debriefed, HomeworkGiven, Released, NoteValidated, NoteDrafted):
        lines = [line for line, _said in _of(history, kind)]
        if kind is NoteDrafted and found:
            valid = [line.seq for line in found if isinstance(line.said, NoteValidated)]
            lines = [line for line in lines if line.seq > max(valid, default=0)]
        found += lines[-1:]
    return [*found, *(line for line, _said in _of(history, LeftOut))]


def rows_of(history: SessionHistory, line: AfterLine) -> list[Row]:
    """One word in the rows it has in the report; none where nothing was said by it."""
    by = history.written_by.get(line.seq) or DASH
    at = clock(line.at_s)
    match line.said:
        case RecoveryEnded() as said:
            return [Row((at, _("Recovery"), _recovery(said), by))]
        case Debriefed(learned=learned):
            return [Row((at, _("Learned, in the patient's words"), learned, by))]
        case HomeworkGiven(what=what, often=often, until=until):
            return [Row((at, _("Homework"), listed((what, often, until)), by))]
        case Released(items=items):
            return [
                Row(
                    (
                        at if first else "",
                        _("Release") if first else "",
                        f"{item.text} {_item(item.reason)}",
                        by if first else "",
                    )
                )
                for first, item in ((at_ == 0, one) for at_, one in enumerate(items))
            ]
        case NoteValidated(text=text, corrects=corrects):
            title = _("Note, validated") if corrects is None else _("Note, corrected and validated")
            return [Row((at, title, text, by))]
        case NoteDrafted(text=text) if text.strip():
            return [Row((at, _("Note: a draft, not validated"), text, by), "missing")]
        case LeftOut(parts=parts):
            told = listed(_(PARTS[part]) for part in parts)
            return [Row((at, _("Not done"), told, by), "missing")]
    return []


def _recovery(said: RecoveryEnded) -> str:
    figures = _("distress {last}, baseline {baseline} + {above}, after {time}").format(
        last=number(said.last),
        baseline=number(said.baseline),
        above=number(said.above),
        time=clock(said.waited_s),
    )
    return listed((_(RECOVERED[said.how]), figures))


def _item(reason: str) -> str:
    return "✓" if not reason else _("(left out: {reason})").format(reason=reason)


def without_names(
    lines: tuple[AfterLine, ...], bare: Callable[[str], str]
) -> tuple[AfterLine, ...]:
    """The same with `bare` applied to all that is in free words."""

    def of(line: AfterLine) -> AfterLine:
        said = line.said
        if isinstance(said, Released):
            items = tuple(
                item.model_copy(update={"reason": bare(item.reason)}) for item in said.items
            )
            return replace(line, said=said.model_copy(update={"items": items}))
        names = _FREE.get(type(said), ())
        update = {name: bare(getattr(said, name)) for name in names}
        return replace(line, said=said.model_copy(update=update))

    return tuple(of(line) for line in lines)
