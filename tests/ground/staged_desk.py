"""A desk for screens under test: people in memory, passphrases in the clear, all that was asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from controller.session.now import Outcome
from controller.session.operators import Person

ADA = Person("op-1", "Ada", "therapist", asked=True)
BRUNO = Person("op-2", "Bruno", "trainee", asked=True)
CLEO = Person("op-3", "Cleo", "supervisor", asked=False)
BEA = Person("op-4", "Bea", "therapist", asked=True)


@dataclass
class StagedDesk:
    """Implements `controller.ui.ports.Desk`; `asked` remembers what came to it."""

    who: tuple[Person, ...] = (ADA, BEA, BRUNO, CLEO)
    present: Person | None = None
    rests: float = 0.0
    asked: list[tuple[object, ...]] = field(default_factory=list)
    listed: int = 0

    def people(self) -> tuple[Person, ...]:
        return self.who

    def rest_s(self, operator: str) -> float:
        return self.rests

    def unfit(self, passphrase: str) -> str:
        return "" if len(passphrase) >= 6 else "At least six."

    async def begin(self, name: str, passphrase: str | None) -> Outcome:
        self.asked.append(("begin", name, passphrase))
        self.present = Person("op-1", name, "therapist", passphrase is not None)
        self.who = (self.present,)
        return Outcome(True, f"Welcome, {name}.")

    async def enter(self, operator: str, passphrase: str) -> Outcome:
        self.asked.append(("enter", operator, passphrase))
        one = next(one for one in self.who if one.operator == operator)
        if one.asked and passphrase != f"secret {one.name}":
            return Outcome(False, f"Not the passphrase of {one.name}.")
        self.present = one
        return Outcome(True, f"{one.name} leads now.")

    def lock(self) -> None:
        self.asked.append(("lock",))
        self.present = None

    def looked_at_sessions(self) -> None:
        self.listed += 1

    def looked_at_hierarchy(self, patient: str) -> None:
        self.asked.append(("looked_at_hierarchy", patient))
