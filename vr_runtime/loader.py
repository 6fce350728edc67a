"""Owns which scenarios there are and where each comes from; never runs one to show it."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from types import ModuleType

import platformdirs

from scenarios.api import Scenario, ScenarioError
from scenarios.api.manifest import Manifest
from vr_runtime.engine.loadable import Loadable, Meanwhile
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.examine import examine
from vr_runtime.examination.hierarchies import with_hierarchies
from vr_runtime.examination.limits import SECONDS
from vr_runtime.examination.memory import Examiner, Opener, examine_at_opening
from vr_runtime.examination.report import Report
from vr_runtime.examination.source import (
    MAIN,
    drop_ins,
    fingerprint,
    import_by_path,
    main_file,
    marked,
    scenario_classes,
)
from vr_runtime.language import _
from vr_runtime.packs.declared import Declared, declared
from vr_runtime.packs.fault import SCENARIO, PackFault
from vr_runtime.packs.judging import differs, note
from vr_runtime.packs.reading import Pack, read
from vr_runtime.packs.shelf import Installed, in_use, known_list, shelf
from vr_runtime.packs.signing import KeyUnusable
from vr_runtime.packs.trust import Known, known_keys
from vr_runtime.packs.unopened import Unopened
from vr_runtime.system_words import why as why_not
from vr_runtime.wire.beside import Origin as Origin
from vr_runtime.wire.packs import PackNote

GROUP = "palier_scenarios"
"""Entry point group under which an installed package offers scenarios."""
NO_FOLDER = "PS161"


def _nothing(meanwhile: Meanwhile) -> None:
    """It was examined when it was found."""


@dataclass(frozen=True)
class Found:
    """A scenario that can be shown."""

    manifest: Manifest
    sha256: str
    """Fingerprint of its source files when it was examined, 64 hex digits."""
    origin: Origin
    path: Path
    """Its file, or its folder."""
    load: Callable[[], type[Scenario]] = field(repr=False, compare=False)
    """Imports the scenario's class; raises `ScenarioError` when the files have changed since."""
    pack: PackNote | None = None
    """The pack that it comes from, if from any."""
    examine: Callable[[Meanwhile], None] = field(default=_nothing, repr=False, compare=False)
    """Looks at what was not looked at when it was found; raises `NotLoaded`."""

    @property
    def folder(self) -> Path | None:
        """Where its own files lie, if it is a folder."""
        return self.path if self.path.is_dir() else None


@dataclass(frozen=True)
class Broken:
    """A scenario that cannot be shown, and why."""

    path: Path
    origin: Origin
    diagnostics: tuple[Diagnostic, ...]


class Library:
    """The scenarios there are, in the order in which they were looked for."""

    def __init__(self, found: Sequence[Found], broken: Sequence[Broken]) -> None:
        self._found = {each.manifest.id: each for each in found}
        self.broken = tuple(broken)

    def manifests(self) -> tuple[Manifest, ...]:
        """What each scenario says of itself."""
        return tuple(each.manifest for each in self._found.values())

    def get(self, id: str) -> Found | None:
        """The scenario called `id`, or None."""
        return self._found.get(id)

    def examine(self, found: Loadable, meanwhile: Meanwhile) -> None:
        """Look at a scenario of this library before it is loaded. Raises `NotLoaded`."""
        self._found[found.manifest.id].examine(meanwhile)

    def packs(self) -> tuple[PackNote, ...]:
        """The packs that scenarios come from, each once, with those that come from it."""
        own: dict[PackNote, list[str]] = {}
        for each in self:
            if each.pack is not None:
                own.setdefault(each.pack, []).append(each.manifest.id)
        return tuple(pack.model_copy(update={"scenarios": tuple(ids)}) for pack, ids in own.items())

    def __iter__(self) -> Iterator[Found]:
        return iter(self._found.values())


@dataclass(frozen=True)
class Places:
    """Where scenarios are looked for, beside the folders that are given."""

    builtin: str | None = "scenarios.builtin"
    """Name of the package of shipped scenarios."""
    installed: tuple[EntryPoint, ...] = ()
    local: Path | None = None
    user: Path | None = None
    packs: Path | None = None
    """The shelf of installed packs."""
    keys: Path | None = None
    """The list of keys whose signatures are known by name."""

    @classmethod
    def usual(cls) -> Places:
        """The shipped ones, installed packages, `scenarios/local/` of a checkout, the user's own
        folder and packs."""
        package = importlib.util.find_spec("scenarios")
        root = Path(package.origin).parent if package and package.origin else None
        return cls(
            installed=tuple(sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value))),
            local=root / "local" if root else None,
            user=platformdirs.user_data_path("palier", appauthor=False) / "scenarios",
            packs=shelf(),
            keys=known_list(),
        )


Candidate = Found | Broken


def discover(
    extra_dirs: Sequence[Path] = (),
    *,
    places: Places | None = None,
    seconds: float = SECONDS,
    look: Examiner = examine,
    opened: Opener = examine_at_opening,
) -> Library:
    """Look for all scenarios, always in the same order.

    Shipped ones first, then installed packages, `scenarios/local/`, the user's folder, the folders
    given, each by name, and last the packs. Where two have one id, the first keeps it and the other
    is listed as broken. What is not shipped is examined in processes of its own, each at most
    `seconds` long; `look` does that, or knows the answer already. Of packs nothing is run here:
    their scenarios are what the packs declare, and `opened` examines one when it is opened.
    """
    where = places or Places.usual()
    candidates = list(_shipped(where.builtin)) if where.builtin else []
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = _jobs(where, extra_dirs, seconds, look, opened)
        waiting = [pool.submit(copy_context().run, job) for job in jobs]
        candidates += [found for each in waiting for found in each.result()]
    return _settle(candidates)


def _jobs(
    where: Places, extra_dirs: Sequence[Path], seconds: float, look: Examiner, opened: Opener
) -> Iterator[Callable[[], Sequence[Candidate]]]:
    for point in where.installed:
        yield partial(_one, partial(_installed, point, seconds, look))
    folders: list[tuple[Origin, Path]] = [("given", folder) for folder in extra_dirs]
    if where.user is not None and where.user.is_dir():
        folders.insert(0, ("user", where.user))
    if where.local is not None and where.local.is_dir():
        folders.insert(0, ("local", where.local))
    for origin, folder in folders:
        try:
            paths = list(drop_ins(folder))
        except OSError as error:
            why = why_not(error)
            told = _("This folder of scenarios cannot be read: {why}.").format(why=why)
            yield partial(_one, partial(_broken, origin, folder, NO_FOLDER, told))
            continue
        for path in paths:
            yield partial(_one, partial(_dropped_in, origin, path, seconds, look))
    if where.packs is not None:
        yield from _packs(where.packs, where.keys, opened)


def _one(job: Callable[[], Candidate]) -> Sequence[Candidate]:
    return (job(),)


def _packs(
    folder: Path, known: Path | None, opened: Opener
) -> Iterator[Callable[[], Sequence[Candidate]]]:
    try:
        keys = () if known is None else known_keys(known)
    except KeyUnusable:
        # Signatures then hold or do not; only by which name a key is known is not told.
        keys = ()
    try:
        there = list(in_use(folder, version("palier")))
    except OSError as error:
        why = why_not(error)
        told = _("This folder of scenarios cannot be read: {why}.").format(why=why)
        yield partial(_one, partial(_broken, "pack", folder, NO_FOLDER, told))
        return
    for each in there:
        if isinstance(each, PackFault):
            yield partial(_refused, folder, each)
        else:
            yield partial(_packed, each, keys, opened)


def _refused(path: Path, why: PackFault) -> Sequence[Candidate]:
    return (Broken(path, "pack", why.diagnostics),)


def _packed(one: Installed, keys: tuple[Known, ...], opened: Opener) -> Sequence[Candidate]:
    """The scenarios of a pack, once every byte of it is what its manifest says; none is run."""
    try:
        pack = read(one.path)
        told = note(pack, keys, str(one.path))
        said = declared(pack, str(one.path))
    except PackFault as refused:
        return _refused(one.path, refused)
    return [_carried(one.path, pack, each, told, opened) for each in said]


def _carried(folder: Path, pack: Pack, said: Declared, told: PackNote, opened: Opener) -> Candidate:
    path = folder / said.held.path
    try:
        if why := differs(said.held, folder):
            return _broken("pack", path, SCENARIO, why)
        scenario = Unopened(folder, pack, said, opened)
    except OSError as error:
        return _broken("pack", path, "PS100", str(error))
    return Found(
        said.manifest, scenario.sha256, "pack", path, scenario.load, told, scenario.examine
    )


def _shipped(package: str) -> Iterator[Candidate]:
    """Shipped scenarios are imported here: they are as trusted as this file."""
    folder = Path(str(importlib.import_module(package).__file__)).parent
    for path in drop_ins(folder):
        name = f"{package}.{path.stem}"
        if path.is_dir():
            name += f".{Path(MAIN).stem}"
        try:
            scenario = _only(importlib.import_module(name))
            manifest = with_hierarchies(scenario.manifest(), path)
        except Exception as error:
            yield _broken("builtin", path, "PS150", f"{type(error).__name__}: {error}")
        else:
            yield Found(manifest, fingerprint(path), "builtin", path, partial(_same, scenario))


def _installed(point: EntryPoint, seconds: float, look: Examiner) -> Candidate:
    report = look("installed", point.value, seconds)
    path = Path(report.source or point.value)

    def load() -> type[Scenario]:
        found = point.load()
        return found if isinstance(found, type) else _only(found)

    return _judged("installed", path, report, load)


def _dropped_in(origin: Origin, path: Path, seconds: float, look: Examiner) -> Candidate:
    return _judged(
        origin,
        path.absolute(),
        look("drop-in", str(path), seconds),
        lambda: _only(import_by_path(path.absolute())),
    )


def found_at(path: Path, report: Report) -> Found | Broken:
    """The drop-in at `path`, by what came of its examination."""
    return _judged("given", path, report, lambda: _only(import_by_path(path.absolute())))


def _judged(
    origin: Origin,
    path: Path,
    report: Report,
    load: Callable[[], type[Scenario]],
) -> Candidate:
    if report.manifest is None:
        return Broken(path, origin, report.diagnostics)
    try:
        sha256, mark = fingerprint(path), marked(path)
    except OSError as error:
        return _broken(origin, path, "PS100", str(error))

    def load_unchanged() -> type[Scenario]:
        if marked(path) != mark:
            told = _("{path} has changed since it was examined; start the runtime again.")
            raise ScenarioError(told.format(path=path))
        return load()

    return Found(report.manifest, sha256, origin, path, load_unchanged)


def folder_is_missing(broken: Broken) -> bool:
    """Whether this is a folder that was given and cannot be read, rather than a scenario."""
    return any(each.code == NO_FOLDER for each in broken.diagnostics)


def _only(module: ModuleType) -> type[Scenario]:
    classes = scenario_classes(module)
    if len(classes) != 1:
        raise ScenarioError(
            _("A file holds exactly one scenario; here are {n}.").format(n=len(classes))
        )
    return classes[0]


def _same(scenario: type[Scenario]) -> type[Scenario]:
    return scenario


def _broken(origin: Origin, path: Path, code: str, message: str, hint: str = "") -> Broken:
    shown = str(main_file(path))
    told = Diagnostic(path=shown, line=1, column=1, code=code, message=message, hint=hint)
    return Broken(path, origin, (told,))


def _settle(candidates: Sequence[Candidate]) -> Library:
    """The first of an id keeps it, so that nothing dropped in can stand in for what is shipped."""
    found: dict[str, Found] = {}
    broken: list[Broken] = []
    for each in candidates:
        if isinstance(each, Broken):
            broken.append(each)
        elif (first := found.setdefault(each.manifest.id, each)) is not each:
            told = _("The id `{id}` already belongs to {path}.")
            message = told.format(id=each.manifest.id, path=first.path)
            hint = _("give this scenario an id of its own")
            broken.append(_broken(each.origin, each.path, "PS160", message, hint))
    return Library(tuple(found.values()), broken)
