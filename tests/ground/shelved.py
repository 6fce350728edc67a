"""A shelf with the yard on it, for an engine in this process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from yard import Yard

from scenarios.api import Manifest, Scenario
from vr_runtime.engine.loadable import Loadable
from vr_runtime.stage.names import Names

NAMES = Names(models={}, materials=frozenset({"concrete"}), sounds={})
"""All that the yard is built of."""


@dataclass(frozen=True)
class Shelved:
    """The yard, or another that bears its name."""

    yard: type[Scenario] = Yard
    manifest: Manifest = field(init=False)
    sha256: str = "0" * 64
    folder: Path | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "manifest", self.yard.manifest())

    def load(self) -> type[Scenario]:
        return self.yard


def shelf(name: str) -> Loadable | None:
    """The yard by its id."""
    return Shelved() if name == Yard.id else None
