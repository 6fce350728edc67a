"""Owns how a clinic's file becomes text, and how its problems are listed; knows no meaning."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from controller.clinic_files.telling import NotUsable, Problem
from controller.language import _
from controller.unusable import NoOrdinaryFile


@dataclass(frozen=True)
class FileProblem:
    """A problem and the file it is in."""

    file: Path
    problem: Problem

    def __str__(self) -> str:
        at = self.problem
        return f"{self.file}:{at.line}:{at.column}: {at.text}"


def text_of(file: Path, most: int, too_large: str) -> str:
    """The text of a file of at most `most` bytes, exactly as it stands there.

    Args:
        file: UTF-8, with or without a mark of byte order, which stays.
        most: bytes.
        too_large: what to say of a larger one.

    Raises:
        NotUsable: it is too large, or no UTF-8.
        OSError: it cannot be read.
    """
    if file.exists() and not (file.is_file() or file.is_dir()):
        raise NoOrdinaryFile(errno.EINVAL, os.strerror(errno.EINVAL), str(file))
    with file.open("rb") as opened:
        raw = opened.read(most + 1)
    if len(raw) > most:
        raise NotUsable([Problem(1, 1, too_large)])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        told = _("This is not UTF-8 text; save the file as UTF-8.")
        problem = Problem(before.count(b"\n") + 1, column, told)
        raise NotUsable([problem]) from None


def problem_rows(problems: Sequence[FileProblem]) -> list[dict[str, Any]]:
    """One object for each problem, for `--json`."""
    return [
        {
            "file": str(p.file),
            "line": p.problem.line,
            "column": p.problem.column,
            "text": p.problem.text,
        }
        for p in problems
    ]


def of_file(file: Path, problems: Sequence[Problem]) -> list[FileProblem]:
    """The problems of one file, with its path as it was given."""
    return [FileProblem(file, problem) for problem in problems]
