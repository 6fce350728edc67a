"""Owns how a file is laid into a scenario's folder with its credit: both, or neither."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vr_runtime.language import _
from vr_runtime.stage.own import CREDITS, OWN, Refused, credits_in

HEAD = "# Every file in `own`, who made it and under which licence.\n"


class CannotBeLaid(ValueError):
    """The file stays out; the message says why."""


@dataclass(frozen=True)
class Origin:
    """Who made something, and what may be done with it."""

    licence: str
    author: str
    source: str


def credited(path: str, data: bytes, origin: Origin) -> str:
    """One entry of `CREDITS.toml`."""
    fields: Mapping[str, str] = {
        "path": path,
        "licence": origin.licence,
        "author": origin.author,
        "source": origin.source,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    lines = [f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in fields.items()]
    return "\n[[file]]\n" + "\n".join(lines) + "\n"


def lay(folder: Path, files: Sequence[tuple[str, bytes, Origin]]) -> list[str]:
    """Lay files below `own` of a scenario's folder; gives the names by which it calls them.

    A file that is there already with the same bytes is left as it is, its credit too.

    Raises:
        CannotBeLaid: another file of that name is there, or CREDITS.toml cannot be read.
        OSError: something cannot be written; then nothing was laid.
    """
    known = _known(folder)
    entries, laid, written = "", [], []
    try:
        for name, data, origin in files:
            path = folder / OWN / name
            own = f"{OWN}{name}"
            laid.append(own)
            if path.exists():
                if path.read_bytes() != data:
                    told = _("{path} is there already and is another file; rename one of them.")
                    raise CannotBeLaid(told.format(path=path))
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                written.append(path)
                path.write_bytes(data)
            if own not in known:
                entries += credited(own, data, origin)
                known.add(own)
        _append(folder / CREDITS, entries)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return laid


def _known(folder: Path) -> set[str]:
    if not (folder / CREDITS).exists():
        return set()
    try:
        return {entry["path"] for entry in credits_in(folder)}
    except Refused as refused:
        raise CannotBeLaid(str(refused)) from refused


def _append(file: Path, entries: str) -> None:
    if not entries:
        return
    before = file.read_text("utf-8") if file.exists() else HEAD
    half = file.with_name(f".{file.name}.half")
    half.write_text(before.rstrip("\n") + "\n" + entries, "utf-8", newline="\n")
    os.replace(half, file)
