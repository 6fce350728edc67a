"""Owns whether the scenarios of a pack are what its manifest says; runs none of their code itself.

They are examined as any drop-in is, in a process of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.examine import examine
from vr_runtime.examination.limits import SECONDS
from vr_runtime.examination.source import fingerprint
from vr_runtime.language import _
from vr_runtime.packs import fault
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.manifest import Held, PackManifest
from vr_runtime.packs.reading import Pack
from vr_runtime.packs.signing import signer
from vr_runtime.packs.trust import Known, name_of
from vr_runtime.wire.packs import PackNote


def judge(
    folder: Path,
    manifest: PackManifest,
    shown: str,
    taken: Mapping[str, str],
    seconds: float = SECONDS,
) -> None:
    """Examine every scenario of a pack that lies open in `folder`.

    Args:
        folder: where it lies.
        manifest: what it says of itself.
        shown: the pack as it was given; what is said begins with it.
        taken: ids that belong to others, and to whom.
        seconds: wall time after which one examination is ended.

    Raises:
        PackFault: with all that is wrong.
    """
    for held in manifest.scenarios:
        owner = taken.get(held.id)
        if owner is not None:
            told = _("The id `{id}` already belongs to {path}.").format(id=held.id, path=owner)
            hint = _("give this scenario an id of its own")
            raise PackFault(f"{shown}/{held.path}", fault.TAKEN, told, hint)
    for held in manifest.scenarios:
        report = examine("drop-in", str(folder / held.path), seconds)
        if report.manifest is None:
            moved = tuple(_as_given(each, folder, shown) for each in report.diagnostics)
            told = _("The scenario is not in order.")
            hint = _("let its author run `palier-scenario check`")
            raise PackFault(f"{shown}/{held.path}", fault.SCENARIO, told, hint, also=moved)
        why = differs(held, report.manifest.id, report.manifest.version, folder)
        if why:
            raise PackFault(f"{shown}/{held.path}", fault.SCENARIO, why)


def differs(held: Held, id: str, version: str, folder: Path) -> str:
    """Why a scenario is not the one that the manifest tells of; empty where it is."""
    if (id, version) != (held.id, held.version):
        told = _("The manifest says {told} {version}; the scenario says {id} {own}.")
        return told.format(told=held.id, version=held.version, id=id, own=version)
    if fingerprint(folder / held.path) != held.sha256:
        return _("The manifest holds another fingerprint than the scenario has.")
    return ""


def note(pack: Pack, keys: tuple[Known, ...], shown: str) -> PackNote:
    """What a console is told of a pack. Raises `PackFault` for a signature that does not hold."""
    manifest, by = pack.manifest, signer(pack.raw, pack.signature, shown)
    return PackNote(
        name=manifest.name,
        version=manifest.version,
        sha256=pack.hash,
        title=manifest.title.model_dump(),
        author=manifest.author,
        licence=manifest.licence,
        files=len(manifest.files),
        size=manifest.bytes,
        scenarios=tuple(each.id for each in manifest.scenarios),
        signed_by=None if by is None else by.fingerprint,
        signer="" if by is None else name_of(keys, by),
    )


def _as_given(told: Diagnostic, folder: Path, shown: str) -> Diagnostic:
    inside = told.path.removeprefix(str(folder))
    return told.model_copy(update={"path": f"{shown}{inside}"})
