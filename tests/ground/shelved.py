"""A shelf with the yard on it, for an engine in this process."""

from __future__ import annotations

from dataclasses import dataclass, field

from yard import Yard

from scenarios.api import Manifest, Scenario
from vr_runtime.engine.loadable import Loadable
from vr_runtime.stage.names import Names

NAMES = Names(models={}, materials=frozenset({"concrete"}), sounds={})
"""All that the yard is built of."""


@dataclass(frozen=True)
class _Shelved:
    manifest: Manifest = field(default_factory=Yard.manifest)
    sha256: str = "0" * 64

    @staticmethod
    def load() -> type[Scenario]:
        return Yard


def shelf(name: str) -> Loadable | None:
    """The yard by its id."""
    return _Shelved() if name == Yard.id else None
