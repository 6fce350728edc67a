"""Owns where a drop-in's code is, its fingerprint and its import by path; judges nothing."""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from scenarios.api import Scenario
from vr_runtime.stage.own import OWN, sha256_of

LONGEST_BYTES = 2_000_000
"""Far above what anybody writes by hand; what is larger is data."""
MAIN = "scenario.py"
"""The file that a folder needs to be a scenario."""
CERTIFICATE = ".certificate.json"
"""How the file beside a scenario ends that says what it was measured to be."""


HIERARCHIES = "hierarchies.toml"
"""The file of ready hierarchies in a folder; beside `NAME.py` it is `NAME.hierarchies.toml`."""


class TooLong(ValueError):
    """A file is longer than the text of a scenario may be."""


def main_file(path: Path) -> Path:
    """The file to import: `path` itself, or `scenario.py` in a folder."""
    return path / MAIN if path.is_dir() else path


def hierarchies_of(path: Path) -> Path:
    """Where the ready hierarchies of a scenario lie, if it has any."""
    return path / HIERARCHIES if path.is_dir() else path.with_suffix(f".{HIERARCHIES}")


def text_of(path: Path) -> str:
    """The text of a drop-in's main file, without the byte order mark that some editors write.

    Raises:
        OSError: it cannot be read, or is no file.
        UnicodeDecodeError: it is not UTF-8.
        TooLong: it is longer than `LONGEST_BYTES`.
    """
    file = main_file(path)
    if file.exists() and not file.is_file():
        # a pipe or a device would be read for ever
        raise IsADirectoryError(errno.EISDIR, "not a file", str(file))
    with file.open("rb") as read:
        text = read.read(LONGEST_BYTES + 1)
    if len(text) > LONGEST_BYTES:
        raise TooLong
    return text.decode("utf-8-sig")


def drop_ins(folder: Path) -> Iterator[Path]:
    """The drop-ins in a folder, by name: each `name.py`, and each `name/` with a `scenario.py`.

    Names that begin with a dot or an underscore are the author's own business.
    """
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.startswith((".", "_")):
            continue
        if (path.is_file() and path.suffix == ".py") or (path / MAIN).is_file():
            yield path


def fingerprint(path: Path) -> str:
    """SHA-256 of a scenario's files, as 64 hex digits.

    Of a single file it is what `sha256sum` prints. Of a folder, and of a file with hierarchies
    beside it, it is the SHA-256 of the lines `<sha256>  <path in the folder>` of all its files,
    sorted by path; what Python leaves behind and hidden files do not count.

    Raises:
        OSError: a file cannot be read.
    """
    if path.is_file() and not hierarchies_of(path).exists():
        return sha256_of(path)
    lines = [f"{sha256_of(file)}  {inside}\n" for file, inside in _counted(path)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def marked(path: Path) -> str:
    """As `fingerprint`, but of the files in its folder `own` only size and time, in no time.

    Whoever reads one of those compares all its bytes with what `CREDITS.toml` says of them, and
    that file is read whole here: pictures and films of hundreds of megabytes are not, twice.

    Raises:
        OSError: a file cannot be read.
    """
    lines = []
    for file, inside in _counted(path):
        told = file.stat()
        own = inside.startswith(OWN)
        lines.append(f"{(told.st_size, told.st_mtime_ns) if own else sha256_of(file)} {inside}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _counted(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files that count, with their path in the folder, sorted by that."""
    if not folder.is_dir():
        both = [folder, hierarchies_of(folder)]
        yield from ((file, file.name) for file in sorted(both) if file == folder or file.exists())
        return
    for file in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        inside = file.relative_to(folder)
        if file.is_file() and not any(p == "__pycache__" or p[0] == "." for p in inside.parts):
            yield file, inside.as_posix()


def import_by_path(path: Path) -> ModuleType:
    """Import a drop-in under a name made from its path, without touching `sys.path`.

    A folder's `scenario.py` may import its neighbours by `from .name import …`.

    Raises:
        Exception: whatever the drop-in's own code raises.
    """
    file = main_file(path).resolve()
    name = f"palier_drop_in_{hashlib.sha256(str(file).encode()).hexdigest()[:16]}"
    inside = [str(file.parent)] if path.is_dir() else None
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=inside)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is not a Python file")
    for old in [n for n in sys.modules if n == name or n.startswith(f"{name}.")]:
        del sys.modules[old]
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    # An author's folder stays as the author left it: no __pycache__, and no stale bytecode either.
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    finally:
        sys.dont_write_bytecode = kept
    return module


def scenario_classes(module: ModuleType) -> list[type[Scenario]]:
    """The scenarios a module defines; a class that others in it derive from is not one of them."""
    mine = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Scenario)
        and thing.__module__ == module.__name__
    ]
    return [c for c in mine if not any(c is not other and issubclass(other, c) for other in mine)]
