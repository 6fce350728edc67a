"""Owns whether the scenarios of a pack are what its manifest says; runs none of their code.

Their text is read by the rules, in a process of its own: a text can take all memory too.
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
from vr_runtime.packs.declared import declared
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.manifest import Held
from vr_runtime.packs.reading import Pack
from vr_runtime.packs.signing import signer
from vr_runtime.packs.trust import Known, name_of
from vr_runtime.wire.packs import PackNote


def judge(
    folder: Path,
    pack: Pack,
    shown: str,
    taken: Mapping[str, str],
    seconds: float = SECONDS,
) -> None:
    """Judge every scenario of a pack that lies open in `folder`, by what can be read of it.

    Args:
        folder: where it lies.
        pack: what was read of it.
        shown: the pack as it was given; what is said begins with it.
        taken: ids that belong to others, and to whom.
        seconds: wall time after which reading one text is ended.

    Raises:
        PackFault: with all that is wrong.
    """
    for held in pack.manifest.scenarios:
        owner = taken.get(held.id)
        if owner is not None:
            told = _("The id `{id}` already belongs to {path}.").format(id=held.id, path=owner)
            hint = _("give this scenario an id of its own")
            raise PackFault(f"{shown}/{held.path}", fault.TAKEN, told, hint)
    for each in declared(pack, shown):
        held = each.held
        report = examine("text", str(folder / held.path), seconds)
        if report.diagnostics:
            moved = tuple(_as_given(told, folder, shown) for told in report.diagnostics)
            told = _("The scenario is not in order.")
            hint = _("let its author run `palier-scenario check`")
            raise PackFault(f"{shown}/{held.path}", fault.SCENARIO, told, hint, also=moved)
        why = differs(held, folder)
        if why:
            raise PackFault(f"{shown}/{held.path}", fault.SCENARIO, why)


def differs(held: Held, folder: Path) -> str:
    """Why a scenario's files are not those that the manifest tells of; empty where they are."""
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
