"""Owns what is known, in an open session, of safety behaviours, and which ones are offered.

It writes nothing and enforces nothing; only what is durable comes here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from controller.session.document import Document
from controller.session.safety.entries import LONGEST_BEHAVIOUR, SafetyBehaviour
from controller.typed import alike

MOST_OFFERED = 10
"""So many are offered at once: a letter for each, beside one for another."""
_PARTS = re.compile(r"[,;·\n]")


@dataclass(frozen=True)
class Noted:
    """One safety behaviour as it was noted last."""

    said: SafetyBehaviour
    at_s: float
    """Session time of the last word on it, in seconds."""

    @property
    def name(self) -> str:
        """As it is shown in the language that is spoken."""
        return self.said.shown

    @property
    def used(self) -> bool:
        """Whether it is in use."""
        return self.said.used

    def is_called(self, name: str) -> bool:
        """Whether this is its name, in any language."""
        each = self.said.names
        names = (self.said.name,) if each is None else (self.said.name, each.fr, each.en)
        return alike(name) in map(alike, names)


@dataclass(frozen=True)
class SafetySoFar:
    """The safety behaviours of a session, in the order in which they were first noted."""

    all: tuple[Noted, ...] = ()

    def then(self, said: Document, at_s: float) -> SafetySoFar:
        """As it stands after this durable entry; any other kind changes nothing."""
        if not isinstance(said, SafetyBehaviour):
            return self
        before = self.known(said.name)
        if before is None:
            return SafetySoFar((*self.all, Noted(said, at_s)))
        new = Noted(before.said.model_copy(update={"used": said.used}), at_s)
        return SafetySoFar(tuple(new if one == before else one for one in self.all))

    def known(self, name: str) -> Noted | None:
        """What was noted last of this one; None where nothing was."""
        return next((one for one in self.all if one.is_called(name)), None)

    @property
    def in_use(self) -> int:
        """How many are in use."""
        return sum(one.used for one in self.all)


def of_row(drops: str) -> tuple[str, ...]:
    """The behaviours that a row of the hierarchy is to be met without, one by one."""
    parts = (" ".join(part.split()) for part in _PARTS.split(drops))
    return tuple(
        part if len(part) <= LONGEST_BEHAVIOUR else part[: LONGEST_BEHAVIOUR - 1] + "…"
        for part in parts
        if part
    )


def offered(drops: str, so_far: SafetySoFar, usual: Sequence[str]) -> tuple[str, ...]:
    """Names to choose from: the row's, then those noted in this session, then the usual ones.

    At most `MOST_OFFERED`; where there are more, those in use are kept before all others.

    Args:
        drops: what the row of the hierarchy that is worked on says is to be dropped.
        so_far: what was noted in this session.
        usual: the clinic's list, or the usual one.
    """
    return fitting((*of_row(drops), *(one.name for one in so_far.all), *usual), so_far)


def fitting(names: Iterable[str], so_far: SafetySoFar) -> tuple[str, ...]:
    """Each once, in this order, at most `MOST_OFFERED`; those in use go last."""
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(alike(name), name)
    kept = list(once.values())
    while len(kept) > MOST_OFFERED:
        known = (so_far.known(name) for name in kept)
        idle = [at for at, one in enumerate(known) if one is None or not one.used]
        del kept[idle[-1] if idle else -1]
    return tuple(kept)
