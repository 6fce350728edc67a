"""Owns that the toolkit breaks lines where `breaking` parts them; knows no text and no screen.

It takes every space for a place to break, also one that is none, so that a sign or a unit would
begin a line: it is taught, once, for all that it lays out.
"""

from __future__ import annotations

import rich._wrap

from controller.ui.breaking import words


def teach_toolkit() -> None:
    """From now on the toolkit breaks lines where `words` parts them, and nowhere else."""
    rich._wrap.words = words  # noqa: SLF001 (it offers no other way)
