"""Owns the packs that are installed for this user: putting one there, and taking it away.

A pack lies open in a folder named after it and its hash. It is there whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from vr_runtime.language import _
from vr_runtime.packs import fault
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.manifest import PackManifest, numbers
from vr_runtime.packs.names import MANIFEST, SIGNATURE
from vr_runtime.packs.reading import Pack, manifest_of, read
from vr_runtime.packs.signing import signer
from vr_runtime.packs.trust import KNOWN
from vr_runtime.packs.writing import keep_in, sync_folder

_FRESH = ".new-"
_STALE_S = 24 * 3600.0
"""What an installation that was cut off has left is cleared away after so long."""


def data_folder() -> Path:
    """Where this user's packs and the keys that are known are kept."""
    return platformdirs.user_data_path("palier", appauthor=False)


def shelf() -> Path:
    """The folder of installed packs."""
    return data_folder() / "packs"


def known_list() -> Path:
    """The list of keys that are known here."""
    return data_folder() / KNOWN


@dataclass(frozen=True)
class Installed:
    """A pack on the shelf; of its files only the manifest was read."""

    path: Path
    pack: Pack

    @property
    def manifest(self) -> PackManifest:
        """What it says of itself."""
        return self.pack.manifest


def installed(folder: Path) -> Iterator[Installed | PackFault]:
    """What is on the shelf, by name and version, the newest last; or why it cannot be used.

    Raises `OSError` where the shelf cannot be read.
    """
    if not folder.is_dir():
        return
    found: list[Installed] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        try:
            found.append(Installed(path, manifest_of(path)))
        except PackFault as refused:
            yield refused
    yield from sorted(found, key=_order)


def _order(one: Installed) -> tuple[str, tuple[int, int, int]]:
    return one.manifest.name, numbers(one.manifest.version)


def in_use(folder: Path, palier: str) -> Iterator[Installed | PackFault]:
    """Of each name the highest version that is for this version of Palier; or why none is."""
    best: dict[str, Installed] = {}
    unfit: dict[str, PackFault] = {}
    for one in installed(folder):
        if isinstance(one, PackFault):
            yield one
        elif one.manifest.fits(palier):
            best[one.manifest.name] = one
        else:
            unfit[one.manifest.name] = not_for(one.manifest, str(one.path), palier)
    yield from (why for name, why in unfit.items() if name not in best)
    yield from best.values()


def not_for(manifest: PackManifest, shown: str, palier: str) -> PackFault:
    """Says that a pack is for another version of Palier."""
    told = _("The pack is for Palier {first} up to before {before}; this is {here}.")
    message = told.format(first=manifest.palier_from, before=manifest.palier_before, here=palier)
    hint = _("ask its author for a pack that fits")
    return PackFault(shown, fault.VERSION, message, hint)


def install(
    path: Path, folder: Path, palier: str, judge: Callable[[Path, Pack], None]
) -> Installed:
    """Put a pack on the shelf, after `judge` has seen it lie open in a folder of its own.

    Installed already, it is left as it is, or mended where its files have changed.

    Raises:
        PackFault: it is refused; the shelf is as it was.
        OSError: the shelf cannot be written.
    """
    shown = str(path)
    known = manifest_of(path).manifest
    if not known.fits(palier):
        raise not_for(known, shown, palier)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear(folder)
    fresh = Path(tempfile.mkdtemp(prefix=_FRESH, dir=folder))
    try:
        pack = read(path, shown, lambda at, chunks: keep_in(fresh, at, chunks))
        signer(pack.raw, pack.signature, shown)
        _refuse_other_contents(pack, folder, shown)
        keep_in(fresh, MANIFEST, iter((pack.raw,)))
        if pack.signature is not None:
            keep_in(fresh, SIGNATURE, iter((pack.signature,)))
        judge(fresh, pack)
        target = folder / pack.manifest.folder
        # Read again as it lies there now: what a drive did not keep is told before it is used.
        if read(fresh, shown).hash != pack.hash:
            told = _("The pack changed while it was read.")
            raise PackFault(shown, fault.CHANGED, told)
        _settle(fresh, target)
        sync_folder(folder)
    finally:
        _take_away(fresh)
    return Installed(target, pack)


def _refuse_other_contents(pack: Pack, folder: Path, shown: str) -> None:
    for one in installed(folder):
        if isinstance(one, PackFault) or one.manifest.name != pack.manifest.name:
            continue
        if one.manifest.version == pack.manifest.version and one.pack.hash != pack.hash:
            told = _("{name} {version} is installed already, with other contents.")
            message = told.format(name=pack.manifest.name, version=pack.manifest.version)
            hint = _("build it with a higher version, or remove the installed one first")
            raise PackFault(shown, fault.TAKEN, message, hint)


def _settle(fresh: Path, target: Path) -> None:
    """Let the new folder take its name; nothing in it is meant to be written any more."""
    for path in fresh.rglob("*"):
        if path.is_dir():
            sync_folder(path)
            path.chmod(0o555)
        else:
            path.chmod(0o444)
    sync_folder(fresh)
    if target.exists():
        aside = _aside(target)
        os.rename(fresh, target)
        _take_away(aside)
    else:
        os.rename(fresh, target)
    target.chmod(0o555)


def remove(folder: Path, name: str, version: str | None = None) -> list[Installed]:
    """Take a pack away, all of its versions or the one that is named; gives what is gone.

    Raises `OSError`.
    """
    gone = [
        one
        for one in installed(folder)
        if isinstance(one, Installed)
        and one.manifest.name == name
        and version in (None, one.manifest.version)
    ]
    for one in gone:
        aside = _aside(one.path)
        sync_folder(folder)
        _take_away(aside)
    return gone


def _aside(path: Path) -> Path:
    """Move a pack out of sight as a whole, so that it is there or is not; gives where to."""
    path.chmod(0o755)
    aside = Path(tempfile.mkdtemp(prefix=_FRESH, dir=path.parent))
    os.rename(path, aside / "was")
    return aside


def _clear(folder: Path) -> None:
    # the drive's own clock, by which folders have their times: nothing here asks for another
    touched = Path(tempfile.mkdtemp(prefix=_FRESH, dir=folder))
    now_s = touched.stat().st_mtime
    touched.rmdir()
    for path in folder.glob(f"{_FRESH}*"):
        if now_s - path.lstat().st_mtime > _STALE_S:
            _take_away(path)


def _take_away(path: Path) -> None:
    if not path.exists():
        return
    path.chmod(0o755)
    for each in path.rglob("*"):
        if each.is_dir() and not each.is_symlink():
            each.chmod(0o755)
    shutil.rmtree(path, ignore_errors=True)
