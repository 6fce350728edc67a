"""Owns the entry of a questionnaire answered once; knows no file of questionnaires and no score.

Answers alone are kept, with a fingerprint of the scoring. Scores are reckoned from the answers
whenever they are read, by the scoring of that instrument in that version, so that a score can never
say something else than the answers.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictInt, model_validator

from controller.clinic_files.parts import MOST, Identifier, Version
from controller.language import Language
from controller.questionnaires.model import Used
from controller.session.document import Document

Answer = tuple[Identifier, StrictInt | None]
"""An item by its id, and what was answered; None where nothing was."""


class QuestionnaireAnswered(Document):
    """A patient answered a questionnaire; it stands in the patient's own stream."""

    kind: Literal["questionnaire_answered"] = "questionnaire_answered"
    patient: str
    questionnaire: Identifier
    version: Version
    language: Language | None
    """In which the items were shown here; None where they were read elsewhere, as from paper."""
    when: Used
    answers: tuple[Answer, ...] = Field(min_length=1)
    """One for each item of the questionnaire, in its order."""
    session: str = ""
    """The session that it belongs to; empty where it belongs to none."""
    scoring: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    """Fingerprint of the scoring that was at hand (`questionnaires.fingerprint`); empty in entries
    of versions that did not keep it."""
    at_s: float | None = Field(default=None, ge=0)
    """Second of the session at which it was answered; None where it was not asked in the console,
    or in no session."""

    @model_validator(mode="after")
    def _once_each(self) -> QuestionnaireAnswered:
        names = [name for name, _value in self.answers]
        if len(set(names)) < len(names):
            raise ValueError("an item is answered twice")
        if any(value is not None and abs(value) > MOST for _name, value in self.answers):
            raise ValueError("an answer is out of all ranges")
        return self


class AlertShown(Document):
    """Whoever asked a questionnaire was shown what must be seen at once; in the patient's stream.

    It stands also where the questionnaire was then broken off, and tells the item, not the answer.
    """

    kind: Literal["alert_shown"] = "alert_shown"
    patient: str
    questionnaire: Identifier
    version: Version
    item: Identifier
