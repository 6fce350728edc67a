"""Owns where the shipped assets lie; knows nothing of what they are used for."""

from __future__ import annotations

from pathlib import Path


def assets_dir() -> Path:
    """The folder of shipped assets: inside an installed package, else beside it in a checkout.

    Raises:
        FileNotFoundError: neither is there; the message says what to do.
    """
    package = Path(__file__).parent
    for folder in (package / "_assets", package.parent / "assets"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        "The folder of assets is missing; install Palier again, or run it from a whole checkout."
    )
