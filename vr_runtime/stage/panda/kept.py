"""Owns the folder of models made on this machine: where each lies, whether it is whole.

Knows no renderer; a model is made by a process of its own, so that pictures never wait for it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

import vr_runtime.stage
from vr_runtime.stage.checked import known
from vr_runtime.stage.models.catalogue import MODELS

GENERATORS = ("models", "look")
MADE_WITH = ("panda3d", "numpy")


@cache
def fingerprint() -> str:
    """Twelve hex digits that change when anything changes that models are made from."""
    digest = hashlib.sha256()
    root = Path(vr_runtime.stage.__file__).parent
    for folder in GENERATORS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".glsl", ".vert", ".frag"):
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    for package in MADE_WITH:
        digest.update(version(package).encode())
    return digest.hexdigest()[:12]


def cache_dir() -> Path:
    """The folder for models made on this machine; it may be emptied at any time."""
    return user_cache_path("palier", appauthor=False) / "models"


@dataclass
class Making:
    """A model that is being made by another process."""

    process: subprocess.Popen[bytes]
    part: Path


class KeptModels:
    """Models by name: found whole in the folder, or made into it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        """Where the model lies when it is made by this version of the generators."""
        known("model", name, MODELS)
        return self._folder / f"{name.replace('/', '-')}-{fingerprint()}.bam"

    def whole(self, name: str) -> bool:
        """Whether the file is there with the very bytes that were written. Reads all of it."""
        path = self.path(name)
        try:
            kept = path.with_suffix(".sha256").read_text(encoding="ascii").strip()
            return kept == hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return False

    def begin(self, name: str) -> Making:
        """Start making the model, at low priority; raises `OSError` when that is impossible."""
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self.path(name).with_suffix(f".{os.getpid()}.part.bam")
        nice = shutil.which("nice")
        # Pictures come first where there are few processors.
        gently = [nice, "-n", "4"] if nice is not None else []
        command = [*gently, sys.executable, "-m", "vr_runtime.stage.models", name, str(part)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0 if os.name == "posix" else None,
        )
        return Making(process, part)

    def finish(self, name: str, making: Making) -> bool:
        """Take what was made into the folder; False when it was not made. Reads all of it."""
        try:
            if making.process.returncode != 0:
                return False
            digest = hashlib.sha256(making.part.read_bytes()).hexdigest()
            self.path(name).with_suffix(".sha256").write_text(digest + "\n", encoding="ascii")
            making.part.replace(self.path(name))
        except OSError:
            return False
        finally:
            making.part.unlink(missing_ok=True)
        self._drop_older(name)
        return True

    def _drop_older(self, name: str) -> None:
        """Versions of other generators are never read again."""
        kept = self.path(name).stem
        for path in self._folder.glob(f"{name.replace('/', '-')}-*"):
            # A name may be the beginning of another; the fingerprint has no further dash.
            stem = path.name.split(".")[0]
            if stem.rsplit("-", 1)[0] == name.replace("/", "-") and stem != kept:
                path.unlink(missing_ok=True)

    def forget(self, name: str) -> None:
        """The file could not be used; take it away, so that it is made again."""
        self.path(name).unlink(missing_ok=True)
