"""Owns the folder of what is made by script on this machine: where each lies, whether it is whole.

Knows neither models nor pictures, nor how they are made. Only this user may read or write it.
"""

from __future__ import annotations

import hashlib
import os
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

import vr_runtime.stage
from vr_runtime.assets import assets_dir

GENERATORS = (
    "models",
    "look",
    "panda/daylight.py",
    "panda/evening_room.py",
    "panda/land.py",
    "panda/meadow.py",
    "panda/quiet_room.py",
    "panda/resting",
    "panda/shore.py",
    "panda/soft_shapes.py",
    "space.py",
)
"""Folders and files below `vr_runtime.stage` that decide what is made."""
MADE_WITH = ("panda3d", "numpy")
PRIVATE = 0o700
SWEPT = "swept"
"""A file that is touched to learn what time it is by the drive."""
ABANDONED_S = 3600.0
"""What is half written and was not touched for so long is written by nobody any more."""


def sources() -> list[Path]:
    """Every file that decides what is made."""
    root = Path(vr_runtime.stage.__file__).parent
    generators = [root / named for named in GENERATORS]
    files = [path for g in generators for path in [g, *sorted(g.rglob("*"))]]
    return [path for path in files if path.suffix in (".py", ".glsl", ".vert", ".frag")]


def shipped_sums() -> bytes:
    """The list of what ships, with the sum of every file: models are made from shipped places."""
    try:
        return (assets_dir() / "CREDITS.toml").read_bytes()
    except FileNotFoundError:
        # Without assets no shipped model can be made; whoever asks for one is told.
        return b""


@cache
def fingerprint() -> str:
    """Twelve hex digits that change when anything changes that things are made from."""
    digest = hashlib.sha256()
    root = Path(vr_runtime.stage.__file__).parent
    for path in sources():
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    digest.update(shipped_sums())
    for package in MADE_WITH:
        digest.update(version(package).encode())
    return digest.hexdigest()[:12]


def cache_dir() -> Path:
    """The folder for what is made on this machine; it may be emptied at any time."""
    return user_cache_path("palier", appauthor=False) / "models"


class Folder:
    """Files by name, each with a sum of its bytes beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def place(self, name: str, kind: str) -> Path:
        """Where `name` lies when this version of the generators made it; `kind` ends its name."""
        return self._path / f"{_flat(name)}-{fingerprint()}.{kind}"

    def read(self, path: Path) -> bytes | None:
        """All of the file, or None unless it holds the very bytes that were written."""
        try:
            kept = path.with_suffix(".sha256").read_text(encoding="ascii").strip()
            data = path.read_bytes()
        except (OSError, UnicodeDecodeError):
            return None
        return data if kept == hashlib.sha256(data).hexdigest() else None

    def part(self, path: Path) -> Path:
        """Where to write what shall lie at `path` once it is whole; raises `OSError`."""
        self._path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if self._path.stat().st_mode & 0o777 != PRIVATE:
            # Another user's file, read as a model, could do anything.
            self._path.chmod(PRIVATE)
        return path.with_suffix(f".{os.getpid()}.part{path.suffix}")

    def take(self, name: str, part: Path, path: Path) -> None:
        """Put what was written whole to its place and drop older ones; raises `OSError`."""
        digest = hashlib.sha256(part.read_bytes()).hexdigest()
        path.with_suffix(".sha256").write_text(digest + "\n", encoding="ascii")
        part.replace(path)
        self._drop_older(name, path.stem)

    def sweep(self) -> None:
        """Delete what no start of this version reads again: of other versions, or never finished.

        So the folder holds one version's things alone; what cannot be deleted stays.
        """
        try:
            # the drive's own clock, by which files have their times: nothing here asks for another
            touched = self._path / SWEPT
            touched.touch()
            now_s = touched.stat().st_mtime
        except OSError:
            return
        ours = fingerprint()
        for path in self._path.glob("*"):
            parts = path.name.split(".")
            made = len(parts) > 1 and re.fullmatch(r".+-[0-9a-f]{12}", parts[0]) is not None
            if not made:
                continue
            try:
                left = "part" in parts and now_s - path.stat().st_mtime > ABANDONED_S
                if left or not parts[0].endswith(f"-{ours}"):
                    path.unlink(missing_ok=True)
            except OSError:
                continue

    def _drop_older(self, name: str, kept: str) -> None:
        """Versions of other generators are never read again."""
        for path in self._path.glob(f"{_flat(name)}-*"):
            # A name may be the beginning of another; the fingerprint has no further dash.
            stem = path.name.split(".")[0]
            if stem.rsplit("-", 1)[0] == _flat(name) and stem != kept:
                path.unlink(missing_ok=True)


def _flat(name: str) -> str:
    return name.replace("/", "-")
