"""Owns the command that makes one model; knows nothing of who will show it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vr_runtime.stage.models.catalogue import MODELS, make
from vr_runtime.stage.models.glb import NotAPlace


def main(arguments: list[str] | None = None) -> int:
    """Make the model named on the command line; 0 when done, 3 when it could not be."""
    parser = argparse.ArgumentParser(
        prog="python -m vr_runtime.stage.models", description="Make one shipped model."
    )
    parser.add_argument("name", choices=sorted(MODELS), help="which model")
    parser.add_argument("out", type=Path, help="the .bam file to write")
    chosen = parser.parse_args(arguments)
    try:
        make(chosen.name, chosen.out)
    except (FileNotFoundError, NotAPlace) as missing:
        print(missing, file=sys.stderr)
        return 3
    except OSError:
        told = f"{chosen.out.name} could not be written; look whether its folder may be written to"
        print(told, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
