# /// script
# requires-python = "==3.11.*"
# dependencies = [
#     "bpy==5.0.1",
#     "numpy<2",
#     "pillow",
#     "panda3d",
#     "soundfile",
#     "pyloudnorm",
# ]
# ///
"""Builds what ships below assets/: places with their baked light, and sounds.

Run it with `uv run assets/source/build.py`; `--list` says what there is, `--only NAME` builds one.
`--quality draft` bakes coarsely and quickly into another folder (`--out`); `--light` bakes the named
pictures of light alone: without a name it writes geometry only, for what was changed without moving
anything that throws a shadow.

It is never part of an installation: what it wrote and was committed is the truth. `CREDITS.toml`,
which it renews, holds the sum of each file and of the scripts that made it.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
ASSETS = SOURCE.parent
sys.path[:0] = [str(SOURCE), str(ASSETS.parent)]

import credits


def _city(out: Path, quality: str, light_of: list[str] | None) -> None:
    import city.build

    city.build.build(out, quality, light_of)


def _balcony(out: Path, quality: str, light_of: list[str] | None) -> None:
    import balcony.build

    balcony.build.build(out, quality, light_of)


def _sounds(out: Path, quality: str, light_of: list[str] | None) -> None:
    del quality, light_of
    if out != ASSETS:
        print("    sounds have one quality and one folder: left as they are")
        return
    import sounds

    sounds.main()


WORKS = {"balcony": _balcony, "city": _city, "sounds": _sounds}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=sorted(WORKS), action="append", help="build this alone")
    parser.add_argument("--quality", choices=("draft", "final"), default="final")
    parser.add_argument("--out", type=Path, default=ASSETS, help="write below this folder instead")
    parser.add_argument(
        "--light", nargs="*", metavar="PICTURE", help="bake these pictures of light alone, or none"
    )
    parser.add_argument("--list", action="store_true", help="say what can be built")
    chosen = parser.parse_args()
    if chosen.list:
        print("\n".join(sorted(WORKS)))
        return 0
    for name in chosen.only or sorted(WORKS):
        began = time.monotonic()
        print(name, flush=True)
        WORKS[name](chosen.out, chosen.quality, chosen.light)
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    if chosen.out == ASSETS:
        credits.renew(
            ASSETS, chosen.only or sorted(WORKS), None if chosen.light == [] else chosen.quality
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
