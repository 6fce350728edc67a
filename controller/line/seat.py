"""Owns what every command of the plain console is given to work with; it carries out none.

It knows neither where lines come from nor how acts are sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, Protocol

from controller.language import Language, _
from controller.line.kept import Kept
from controller.line.questions import Do, Question
from controller.line.words import word
from controller.session.now import Now, Outcome
from controller.ui import possible
from controller.ui.asking import ENTER, Act, Asking
from controller.ui.ports import Desk, Lead

Kind = Literal["scene", "record", "desk"]


class Console(Protocol):
    """What a command may ask of the console it was typed into."""

    def say(self, text: str) -> None:
        """Put one sentence on a line of its own."""
        ...

    def send(
        self,
        call: Callable[[], Awaitable[Outcome]],
        kind: Kind,
        eases: bool,
        then: Callable[[Outcome], None] | None,
        quiet: bool = False,
    ) -> None:
        """Send an act; its outcome is said, and the next line waits for it.

        `quiet`: said only where it was refused; `then` says what there is to say.
        """
        ...

    def ask(self, question: Question | None) -> None:
        """Open this question in place of the present one; None leaves it."""
        ...

    def wait(self, holds: Callable[[Now], bool], at_most_s: float) -> None:
        """Work off no further line until this holds."""
        ...

    def speak(self, language: Language) -> None:
        """Speak this language from now on."""
        ...

    def lock(self) -> None:
        """Nobody sits here any longer."""
        ...

    def leave(self) -> None:
        """End the console once everything that was sent is answered."""
        ...


Opening = Callable[[Lead, str, str], Awaitable[Outcome]]
"""Opens a session: who leads, the patient's id, the scenario's id."""


async def as_asked(lead: Lead, patient: str, scenario: str) -> Outcome:
    """Open the session, and nothing else."""
    return await lead.open_session(patient, scenario)


@dataclass(frozen=True)
class Seat:
    """Where a command is carried out from."""

    lead: Lead
    desk: Desk | None
    console: Console
    opening: Opening = as_asked
    kept: Kept = field(default_factory=Kept)

    def now(self) -> Now:
        """The truth at this moment."""
        return self.lead.now()

    def say(self, *sentences: str) -> None:
        """Say each of these on a line of its own."""
        for sentence in sentences:
            self.console.say(sentence)

    def may(self, act: str) -> bool:
        """Whether this is possible now; says why not."""
        refused = possible.why_not(act, self.now())
        if refused is not None:
            self.say(refused)
        return refused is None

    def send(
        self,
        act: Act,
        kind: Kind = "scene",
        *,
        eases: bool = False,
        then: Callable[[Outcome], None] | None = None,
        quiet: bool = False,
    ) -> None:
        """Send an act of whoever leads."""
        self.console.send(partial(act, self.lead), kind, eases, then, quiet)

    def ask(self, question: Question) -> None:
        """Ask it, line by line."""
        self.console.ask(question)

    def confirm(self, asking: Asking) -> None:
        """Ask what the screen would ask, to be confirmed by a second word."""

        def confirmed() -> None:
            taken = asking.take(ENTER, self.now())
            if taken is not None and taken.act is not None:
                self.send(taken.act)

        told = _("{question} Type {yes} to do it; anything else leaves it.")
        sentence = told.format(question=asking.sentence(self.now()), yes=word("yes"))
        self.ask(Question((sentence,), yes=confirmed, stands=asking.stands))

    def pick(
        self,
        sentence: str,
        names: tuple[tuple[str, ...], ...],
        do: Callable[[int], None],
        stands: Callable[[Now], bool] | None = None,
    ) -> None:
        """Ask for one of these, by number or name; the first name of each is shown."""
        told = _("{question} Answer by number, within {seconds} seconds.")
        answers: tuple[Do, ...] = tuple(partial(do, n) for n in range(len(names)))
        question = Question((), None, answers, names=names)
        first = told.format(question=sentence, seconds=round(question.patience_s))
        lines = (first, *numbered(tuple(shown[0] for shown in names)))
        if stands is None:
            self.ask(Question(lines, None, answers, names=names))
        else:
            self.ask(Question(lines, None, answers, stands, names))


Handler = Callable[[Seat, str], None]
"""Carries out one command with what was typed behind it."""


def numbered(items: tuple[str, ...]) -> tuple[str, ...]:
    """A list, one line for each, with numbers that answer."""
    return tuple(f"{number}. {item}" for number, item in enumerate(items, 1))
