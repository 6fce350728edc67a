"""Owns reading what lies beside each scenario, once, before anybody is there; judges nothing.

It is read while the display opens: a file that comes slowly must not hold a picture back later.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from vr_runtime.loader import Found, Library
from vr_runtime.measuring.certificate import out_of_date, valid_grade
from vr_runtime.measuring.grades import thumbnail_of
from vr_runtime.wire.beside import LARGEST_PICTURE, Beside, encoded


def lying_beside(library: Library) -> Mapping[str, Beside]:
    """What lies beside each scenario of this library, by the scenario's id."""
    return {each.manifest.id: _beside(each) for each in library}


def _beside(found: Found) -> Beside:
    grade = valid_grade(found.path, found.sha256)
    return Beside(
        scenario=found.manifest.id,
        origin=found.origin,
        grade=grade,
        outdated=grade is None and bool(out_of_date(found.path, found.sha256)),
        picture=encoded(_picture(found.path)),
    )


def _picture(path: Path) -> bytes:
    """The picture beside a scenario; empty where there is none, or one too large to be told."""
    place = thumbnail_of(path)
    if place is None:
        return b""
    try:
        with place.open("rb") as file:
            image = file.read(LARGEST_PICTURE + 1)
    except OSError:
        return b""
    return image if len(image) <= LARGEST_PICTURE else b""
