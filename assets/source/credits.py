"""Owns the list of what ships below assets/: who made it, from what, and what it costs to draw.

Knows no place. Entries of other makers are kept as they are.
"""

from __future__ import annotations

import hashlib
import json
import struct
import tomllib
from pathlib import Path
from typing import Any

PLACES = {"balcony": ("balcony", "city"), "city": ("city",)}
"""For each folder below places/, which folders below source/ it is made from."""
SHARED = ("baking", "parts.py", "glb.py")
SOUNDS = ("sounds.py", "sounds")
"""What all sounds are made from."""
HEAD = "# Every file that ships below assets/, who made it and under which licence.\n"


def sources(assets: Path, work: str) -> list[Path]:
    """The scripts that decide what the files of a place hold, or those of `sounds`."""
    found: list[Path] = []
    for name in SOUNDS if work == "sounds" else (*PLACES[work], *SHARED):
        path = assets / "source" / name
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return found


def digest(paths: list[Path]) -> str:
    """One sum for all files together."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def cost(path: Path) -> dict[str, int]:
    """Triangles, vertices and draws of a GLB file."""
    raw = path.read_bytes()
    (long,) = struct.unpack_from("<I", raw, 12)
    told = json.loads(raw[20 : 20 + long])
    accessors = told["accessors"]
    each = [p for mesh in told["meshes"] for p in mesh["primitives"]]
    return {
        "triangles": sum(accessors[p["indices"]]["count"] // 3 for p in each),
        "vertices": sum(accessors[p["attributes"]["POSITION"]]["count"] for p in each),
        "draws": len(each),
    }


def known(assets: Path) -> dict[str, dict[str, Any]]:
    """The entries of the list as it is, by path, other makers' files among them."""
    path = assets / "CREDITS.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))["file"] if path.exists() else []
    return {entry["path"]: entry for entry in found}


def write(assets: Path, entries: dict[str, dict[str, Any]]) -> None:
    """Write the list anew, in order."""
    lines = [HEAD]
    for name in sorted(entries):
        lines.append("[[file]]")
        lines += [
            f"{key} = {json.dumps(value, ensure_ascii=False)}"
            for key, value in entries[name].items()
        ]
        lines.append("")
    (assets / "CREDITS.toml").write_text("\n".join(lines), encoding="utf-8")


def renew(assets: Path, built: list[str], quality: str | None) -> None:
    """Write the list anew after `built` was built; without `quality` its light was left alone."""
    entries = {name: e for name, e in known(assets).items() if (assets / name).is_file()}
    for place in PLACES:
        if place not in built:
            continue
        made_from = digest(sources(assets, place))
        for file in sorted((assets / "places" / place).iterdir()):
            name = file.relative_to(assets).as_posix()
            entry: dict[str, Any] = {
                "path": name,
                "licence": "CC0-1.0",
                "source": "own work, built by script; light baked with Cycles",
                "script": "source/build.py",
                "made_from": made_from,
            }
            light = quality or entries.get(name, {}).get("light")
            if file.suffix == ".jpg" and light:
                entry["light"] = light
            if file.suffix == ".glb":
                entry |= cost(file)
            entries[name] = entry
    for name, entry in entries.items():
        entry["sha256"] = hashlib.sha256((assets / name).read_bytes()).hexdigest()
    write(assets, entries)
