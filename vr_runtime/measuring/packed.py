"""Owns what packs tell of the grades of their scenarios; measures nothing and runs nothing.

Nobody signs a certificate apart from its pack: it is the author's word, and told as such.
"""

from __future__ import annotations

from vr_runtime.loader import Library
from vr_runtime.measuring.certificate import valid_grade
from vr_runtime.wire.packs import PackGrade, PackNote


def with_grades(library: Library) -> tuple[PackNote, ...]:
    """The packs that scenarios come from, with the grades whose certificates hold here."""
    return tuple(_with_grades(note, library) for note in library.packs())


def _with_grades(note: PackNote, library: Library) -> PackNote:
    grades = []
    for id in note.scenarios:
        found = library.get(id)
        grade = None if found is None else valid_grade(found.path, found.sha256)
        if grade is not None:
            grades.append(PackGrade(scenario=id, grade=grade))
    return note.model_copy(update={"grades": tuple(grades)})
