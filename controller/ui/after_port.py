"""Owns what screens need of whoever keeps questionnaires and the end of a session; knows neither.

Every act returns an `Outcome` with one sentence and never raises for a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from typing import Protocol

from controller.protocol.model import Protocol as ClinicProtocol
from controller.questionnaires.model import Item, Questionnaire, Used
from controller.session.after.entries import Answer
from controller.session.after.forms import Draft, Reached
from controller.session.after.recovery import Recovery
from controller.session.clinical import About
from controller.session.now import Outcome


class Forms(Protocol):
    """Questionnaires and sickness ratings of the open session."""

    def offered(self, when: Used) -> tuple[Questionnaire, ...]:
        """Those that are given then; what is offered unchosen comes first."""
        ...

    def draft(self, of: Questionnaire, when: Used) -> Draft:
        """What was answered so far and is not saved yet; it lasts until it is saved."""
        ...

    async def save(self, of: Questionnaire, when: Used) -> Outcome:
        """Keep the answers of the draft; said once durable."""
        ...

    async def alerted(self, of: Questionnaire, when: Used, item: Item) -> Outcome:
        """Record that an alert on this item was shown."""
        ...

    async def sick(self, typed: str) -> Outcome:
        """Record how sick the patient says to be now, as it was typed."""
        ...

    def advice(self) -> Reached | None:
        """The gravest threshold that the newest sickness rating has reached, or None."""
        ...

    async def advised(self, shown: Reached, answer: Answer) -> Outcome:
        """Record that this was shown as advice, and what was done with it."""
        ...

    async def recall(self) -> Outcome:
        """Read again what the patient answered in this session, also at another console."""
        ...


class After(Protocol):
    """What follows the last trial of the open session."""

    protocol: ClinicProtocol

    def typed(self) -> MutableMapping[str, str]:
        """What was typed in this session and is not saved yet, by the name of its field."""
        ...

    def recovery(self) -> Recovery | None:
        """How far the recovery is; None without a session."""
        ...

    async def end_recovery(self) -> Outcome:
        """Record how the recovery stands, and go on."""
        ...

    async def debrief(self, learned: str) -> Outcome:
        """Record what the patient learned, in their words."""
        ...

    async def fears(self) -> tuple[str, ...]:
        """What was feared before and nobody has said yet whether it came. Raises `OSError`."""
        ...

    async def tested(
        self,
        feared: str,
        about: About,
        occurred: bool | None,
        likelihood: int | None,
        surprise: int | None,
    ) -> Outcome:
        """Record what became of a feared outcome."""
        ...

    async def homework(self, what: str, often: str, until: str) -> Outcome:
        """Record what was agreed on until next time."""
        ...

    async def release(self, confirmed: Sequence[str], left_out: Mapping[str, str]) -> Outcome:
        """Record the release, once each point is confirmed or left out with a reason."""
        ...

    async def draft_note(self, text: str) -> Outcome:
        """Keep the note as it was typed so far."""
        ...

    async def validate_note(self, text: str) -> Outcome:
        """Make the note a statement of whoever sits here."""
        ...

    async def copy(self, session: str) -> Outcome:
        """Write the patient's own copy of this session; the sentence says where."""
        ...
