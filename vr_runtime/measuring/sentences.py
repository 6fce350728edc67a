"""Owns whether the sentences of the levels tell them apart; knows no picture and no sound."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.api.manifest import Manifest, Words
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.language import _
from vr_runtime.measuring.outcome import Finding, Spot
from vr_runtime.measuring.telling import Author


def said_twice(manifest: Manifest, given: str) -> list[Diagnostic]:
    """PS195 for each level whose sentence, in either language, is that of one before it.

    Raises:
        OSError: the file at `given` cannot be read any more.
    """
    author = Author(given)
    return [author.told(finding) for finding in _found(manifest)]


def _found(manifest: Manifest) -> Iterator[Finding]:
    for level, words in enumerate(manifest.levels):
        before = next((n for n in range(level) if _alike(manifest.levels[n], words)), None)
        if before is not None:
            told = _("Levels {before} and {level} have the same sentence.")
            yield Finding(
                code="PS195",
                spot=Spot(name=f"level {level}"),
                message=told.format(before=before, level=level),
                hint=_("say what the patient meets here and not before"),
            )


def _alike(one: Words, other: Words) -> bool:
    return _bare(one.fr) == _bare(other.fr) or _bare(one.en) == _bare(other.en)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())
