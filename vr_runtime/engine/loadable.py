"""Owns what the engine needs of a scenario that was found, before it is loaded; finds none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from scenarios.api.manifest import Manifest
from scenarios.api.scenario import Scenario


class Loadable(Protocol):
    """A scenario that was found and can be loaded."""

    @property
    def manifest(self) -> Manifest:
        """What it declares."""
        ...

    @property
    def sha256(self) -> str:
        """Hash of its source."""
        ...

    @property
    def folder(self) -> Path | None:
        """Where its own files lie, if it is a folder."""
        ...

    @property
    def load(self) -> Callable[[], type[Scenario]]:
        """Gives its class; may run an author's code and raise anything."""
        ...


Shelf = Callable[[str], Loadable | None]
"""Finds a scenario by its id."""
