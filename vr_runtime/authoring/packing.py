"""Owns making a pack of an author's folder: what goes into it, and what it is refused for."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vr_runtime.authoring.check import Checked, check
from vr_runtime.authoring.credits import CREDITS, uncredited
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.source import MAIN, drop_ins, fingerprint, hierarchies_of
from vr_runtime.language import _
from vr_runtime.measuring.certificate import place_of
from vr_runtime.packs import fault, licences
from vr_runtime.packs.declared import canonical, too_much_declared
from vr_runtime.packs.declared import parsed as judge_declaration
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.folder import walk
from vr_runtime.packs.limits import MOST_BYTES, MOST_DECLARED_BYTES
from vr_runtime.packs.manifest import (
    FORMAT,
    About,
    Held,
    PackManifest,
    in_units,
    judge_clash,
    judge_path,
    parsed,
    written,
)
from vr_runtime.packs.names import (
    DECLARATIONS,
    MANIFEST,
    OWN,
    Spellings,
    certificate_of,
    declaration_of,
    is_text,
)
from vr_runtime.packs.writing import Weighed, weigh, write

DOCUMENTS = (".md", ".txt", ".json")
"""What may lie beside the scenarios: words about the pack, and certificates."""
OWN_FILES = "PS17"
"""What the check finds about own files and their credits begins with it."""


@dataclass(frozen=True)
class Built:
    """A pack that was written."""

    path: Path
    manifest: PackManifest
    scenarios: tuple[Checked, ...]


def build(source: Path, out: Path, about: About, shipped: Mapping[str, Path]) -> Built:
    """Make a pack of a folder of scenarios, of one scenario's folder, or of one file.

    Args:
        source: what is packed; nothing in it is changed.
        out: where the pack goes; one file where it ends in `.palier`, else a new folder.
        about: what its author says of it.
        shipped: ids that are taken, and the files they belong to.

    Raises:
        PackFault: with all that is wrong; nothing was written.
        OSError: something cannot be read or written.
    """
    if not licences.is_known(about.licence):
        told = _("`{licence}` is no licence that readers know.").format(licence=about.licence)
        hint = licences.hint(about.licence) or _("name your own as `LicenseRef-NAME`")
        raise PackFault(f"{source}/{MANIFEST}", fault.MANIFEST, told, hint)
    scenarios = dict(_scenarios(source))
    if not scenarios:
        told = _("Here is no scenario: neither a Python file nor a folder with a scenario.py.")
        raise PackFault(str(source), fault.UNREADABLE, told)
    files = list(_weighed(source, scenarios))
    if sum(each.listed.size for each in files) > MOST_BYTES:
        told = _("The files of the pack are larger than {limit} together.")
        raise PackFault(str(source), fault.TOO_LARGE, told.format(limit=in_units(MOST_BYTES)))
    checked = _checked(scenarios, files, shipped, source)
    held = tuple(sorted(_held(scenarios, checked), key=lambda each: each.id))
    with tempfile.TemporaryDirectory(prefix="palier-pack-") as name:
        files += _declarations(held, checked, Path(name), source)
        files.sort(key=lambda each: each.listed.path)
        manifest = PackManifest(
            **about.model_dump(),
            format=FORMAT,
            scenarios=held,
            files=tuple(each.listed for each in files),
        )
        raw = written(manifest)
        parsed(raw, str(source))
        write(out, raw, None, files)
    return Built(out, manifest, tuple(checked.values()))


def _declarations(
    held: Iterable[Held], checked: Mapping[str, Checked], folder: Path, source: Path
) -> Iterator[Weighed]:
    """What each scenario says of itself, written down: what is shown of it before it is run."""
    whole = 0
    for each in held:
        said = checked[each.path].manifest
        assert said is not None, "what has none was refused"
        raw = canonical(said)
        where = checked[each.path].path
        judge_declaration(raw, each, where)
        whole += len(raw)
        if whole > MOST_DECLARED_BYTES:
            raise too_much_declared(str(source))
        path = folder / f"{each.id}.json"
        path.write_bytes(raw)
        yield weigh(declaration_of(each.id), path)


def _scenarios(source: Path) -> Iterator[tuple[str, Path]]:
    """Where each scenario stands in the pack, and where it lies now."""
    if source.is_file() or (source / MAIN).is_file():
        found = [source]
    else:
        found = list(drop_ins(source))
    for path in found:
        name = path.absolute().name
        if name.casefold() == DECLARATIONS:
            told = _("The folder `{name}` of a pack is its own.").format(name=DECLARATIONS)
            raise PackFault(str(path), fault.NAME, told, _("give the scenario another name"))
        yield name, path


def _weighed(source: Path, scenarios: Mapping[str, Path]) -> Iterator[Weighed]:
    seen = Spellings()
    for path, file in _files(source, scenarios):
        judge_path(path, str(source))
        judge_clash(path, seen, str(source))
        yield weigh(path, file)


def _files(source: Path, scenarios: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    for inside, scenario in scenarios.items():
        if scenario.is_file():
            yield inside, scenario
            continue
        for path in walk(scenario, str(scenario)):
            if not any(part == "__pycache__" or part[0] == "." for part in path.split("/")):
                yield f"{inside}/{path}", scenario / path
    if source in scenarios.values():
        beside = place_of(source)
        if beside.is_file():
            yield certificate_of(source.absolute().name), beside
        if source.is_file() and hierarchies_of(source).is_file():
            yield hierarchies_of(source).name, hierarchies_of(source)
        return
    ladders = [hierarchies_of(path) for path in scenarios.values()]
    for beside in sorted(source.iterdir()):
        name = beside.name
        if name.startswith((".", "_")) or name in scenarios or name in OWN:
            continue
        if beside.is_dir() and name == DECLARATIONS:
            continue  # Of a pack that was built as a folder: they are made anew.
        if not beside.is_file() or not (_beside(beside) or beside in ladders):
            told = _("This belongs to no scenario.")
            hint = _("move it into a scenario's folder, or begin its name with an underscore")
            raise PackFault(str(beside), fault.KIND, told, hint)
        yield name, beside


def _beside(path: Path) -> bool:
    named = path.name == CREDITS or path.suffix.lower() in DOCUMENTS
    return named or (not path.suffix and is_text(path.name))


def _checked(
    scenarios: Mapping[str, Path],
    files: list[Weighed],
    shipped: Mapping[str, Path],
    source: Path,
) -> dict[str, Checked]:
    found = {inside: next(iter(check([str(path)], shipped))) for inside, path in scenarios.items()}
    wrong: list[Diagnostic] = []
    for inside, each in found.items():
        # what is only warned of, as a certificate that is out of date, bars no pack
        wrong += (told for told in each.diagnostics if told.weight == "error")
        if any(told.code.startswith(OWN_FILES) for told in each.diagnostics):
            continue  # Said by the check already, with its line.
        listed = (file.listed for file in files)
        wrong += uncredited(scenarios[inside], inside, listed, str(scenarios[inside]))
    ids: dict[str, str] = {}
    for inside, each in found.items():
        if each.manifest is not None and (before := ids.setdefault(each.manifest.id, inside)):
            if before != inside:
                told = _("The id `{id}` already belongs to {path}.")
                message = told.format(id=each.manifest.id, path=before)
                raise PackFault(each.path, fault.TAKEN, message, also=wrong)
    if wrong:
        told = _("No pack was built: put right what stands above.")
        raise PackFault(str(source), fault.SCENARIO, told, also=wrong)
    return found


def _held(scenarios: Mapping[str, Path], checked: Mapping[str, Checked]) -> Iterator[Held]:
    for inside, path in scenarios.items():
        manifest = checked[inside].manifest
        assert manifest is not None, "what has none was refused"
        yield Held(id=manifest.id, version=manifest.version, path=inside, sha256=fingerprint(path))
