"""Owns the entry by which a later word takes the place of an earlier one, and what then holds.

For what befell a patient, what was feared, questionnaires and consents; ratings and notes have
`Correction`. The first entry stays as it is: whoever reads all entries sees both words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from controller.session.answering import QuestionnaireAnswered
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.document import Document
from controller.session.keeping import ConsentGiven

Rectifiable = AdverseEvent | Expectancy | QuestionnaireAnswered | ConsentGiven
KINDS = (AdverseEvent, Expectancy, QuestionnaireAnswered, ConsentGiven)
_Said = Annotated[Rectifiable, Field(discriminator="kind")]


class Rectification(Document):
    """A later word on an earlier entry of the same stream."""

    kind: Literal["rectification"] = "rectification"
    of: int = Field(ge=1)
    """Number of the first entry, also where that was rectified before."""
    at: str
    """UTC stamp of the first entry."""
    was: _Said
    """What held until now."""
    stands: _Said | None
    """What holds from now on; None where it was noted by mistake altogether."""
    why: str = Field(default="", max_length=400)

    @model_validator(mode="after")
    def _of_one_kind(self) -> Rectification:
        if self.stands is not None and self.stands.kind != self.was.kind:
            raise ValueError("one kind of entry takes the place of another")
        if self.stands is None and not self.why:
            raise ValueError("what was noted by mistake says why")
        return self


def standing(said: Iterable[tuple[int, Document]]) -> dict[int, Rectifiable | None]:
    """What holds in the place of each entry that was rectified, by its number; None for nothing.

    Args:
        said: number and content of each entry of one stream, in order.
    """
    return {one.of: one.stands for _seq, one in said if isinstance(one, Rectification)}
