"""Owns what the engine needs of a scenario that was found, before it is loaded; finds none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from scenarios.api.errors import ScenarioError
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


class NotLoaded(ScenarioError):
    """A scenario is not loaded; the text is one whole sentence that says why and what to do."""


Meanwhile = Callable[[], None]
"""What goes on while something takes long: hearing stops, drawing what is shown."""
Examine = Callable[[Loadable, Meanwhile], None]
"""Looks at a scenario that is about to be loaded, where nobody has yet. It may take seconds, within
which it calls `Meanwhile` again and again. Raises `NotLoaded` for one that is not to be loaded."""
Shelf = Callable[[str], Loadable | None]
"""Finds a scenario by its id."""
