"""Owns putting a signature into a pack that is there already; makes none itself."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from vr_runtime.packs.names import SIGNATURE
from vr_runtime.packs.reading import Pack, read
from vr_runtime.packs.signing import sign
from vr_runtime.packs.writing import keep_in, weigh, write, write_one


def sign_pack(path: Path, key: Path) -> Pack:
    """Sign a pack, which is read whole before; an earlier signature is replaced.

    Raises:
        PackFault: the pack is not in order.
        KeyUnusable: the key cannot be used.
        OSError: the pack cannot be written.
    """
    pack = read(path)
    made = sign(pack.raw, key)
    if path.is_dir():
        write_one(path / SIGNATURE, made)
        return replace(pack, signature=made)
    whole = path.resolve()
    with tempfile.TemporaryDirectory(prefix=f".{whole.name}.", dir=whole.parent) as name:
        open_there = Path(name)
        read(whole, str(path), lambda at, chunks: keep_in(open_there, at, chunks))
        files = [weigh(each.path, open_there / each.path) for each in pack.manifest.files]
        write(whole, pack.raw, made, files)
    return replace(pack, signature=made)
