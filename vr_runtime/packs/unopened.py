"""Owns a scenario of a pack up to the moment its class is used; decides nothing about approval.

None of its code runs before a session with it is opened, and none is opened with a pack that was
not approved. Then it is examined as any drop-in is, in a process of its own, and what its class
says of itself must be what was shown to whoever approved it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scenarios.api import Scenario
from scenarios.api.manifest import Manifest
from vr_runtime.engine.loadable import Meanwhile, NotLoaded
from vr_runtime.examination.hierarchies import with_hierarchies
from vr_runtime.examination.memory import Opener
from vr_runtime.examination.source import fingerprint, import_by_path, marked, scenario_classes
from vr_runtime.language import _
from vr_runtime.packs.declared import Declared
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.folder import compare, walk
from vr_runtime.packs.names import OWN
from vr_runtime.packs.reading import Pack


class Unopened:
    """One scenario of a pack that lies on the shelf, every byte of which was just compared."""

    def __init__(self, folder: Path, pack: Pack, declared: Declared, look: Opener) -> None:
        """Take it as it lies there now; `look` examines it. Raises `OSError`."""
        self._folder, self._pack, self._declared, self._look = folder, pack, declared, look
        self.path = folder / declared.held.path
        self.sha256 = fingerprint(self.path)
        self._mark = marked(self.path)
        self._examined = False

    def examine(self, meanwhile: Meanwhile) -> None:
        """Run the top of its files in a process of its own, once. Raises `NotLoaded`."""
        if self._examined:
            return
        self._compare()
        report = self._look(str(self.path), self.sha256, meanwhile)
        if report.manifest is None:
            why = report.diagnostics[0].message if report.diagnostics else ""
            raise NotLoaded(
                _("{id} of the pack {pack} is not in order and was not opened: {why}").format(
                    id=self._declared.held.id, pack=self._pack.manifest.name, why=why[:200]
                )
            )
        self._hold_to(report.manifest)
        self._examined = True

    def load(self) -> type[Scenario]:
        """Its class, which is what it was declared to be. Raises `NotLoaded`, and what it throws.

        The files are those that were examined. Hidden ones, and what Python leaves behind and would
        rather read, are refused with any other that the pack does not list.
        """
        self.examine(lambda: None)
        self._compare()
        # For good: what a scenario imports later must leave nothing in the pack either.
        sys.dont_write_bytecode = True
        classes = scenario_classes(import_by_path(self.path))
        if len(classes) != 1:
            raise self._lies()
        self._hold_to(with_hierarchies(classes[0].manifest(), self.path))
        return classes[0]

    def _compare(self) -> None:
        shown = str(self._folder)
        try:
            changed = marked(self.path) != self._mark
            compare(set(walk(self._folder, shown)) - set(OWN), self._pack.manifest.files, shown)
        except (PackFault, OSError) as refused:
            raise NotLoaded(str(refused)) from None
        if changed:
            told = _("{path} has changed since it was examined; start the runtime again.")
            raise NotLoaded(told.format(path=self.path))

    def _hold_to(self, said: Manifest) -> None:
        if said != self._declared.manifest:
            raise self._lies()

    def _lies(self) -> NotLoaded:
        told = _(
            "{id} says otherwise of itself than its pack {pack} declared when it was approved, and "
            "was not opened; take the pack away and ask its author for another."
        )
        name = self._pack.manifest.name
        return NotLoaded(told.format(id=self._declared.held.id, pack=name))
