"""Makes entries of questionnaires answered by one patient, as a patient's stream holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from controller.questionnaires.library import shipped
from controller.session.answering import QuestionnaireAnswered
from controller.session.document import stream_of
from controller.session.documents import Entry

BY_ID = {q.id: q for q in shipped()}
PHQ_9: Mapping[str, int | None] = {str(n): 1 for n in range(1, 9)} | {"9": 2}
"""Total 10, moderate; item 9 is to be seen at once."""
SICKNESS: Mapping[str, int | None] = {item.id: 0 for item in BY_ID["ssq"].items}
"""Of the SSQ: none of the symptoms."""


def entry(
    name: str,
    answers: Mapping[str, int | None],
    *,
    seq: int,
    when: Any = "clinic",
    session: str = "",
    wall: str = "2026-03-09T13:30:12.000000+00:00",
    patient: str = "p-1",
) -> Entry:
    """One entry of the patient's stream: these answers to a shipped questionnaire."""
    said = QuestionnaireAnswered(
        patient=patient,
        questionnaire=name,
        version=BY_ID[name].version,
        language=None,
        when=when,
        answers=tuple(answers.items()),
        session=session,
    )
    return Entry(
        session=stream_of(patient),
        seq=seq,
        kind=said.kind,
        operator="op-1",
        mono_ns=seq,
        wall=wall,
        data=said,
    )
