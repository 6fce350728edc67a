"""Owns how a protocol is listed, for people and for programs; prints nothing itself."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from controller.language import _, language
from controller.protocol.chapters import Chapter, Kind, chapters, review
from controller.protocol.reading import Written

_BESIDE: Mapping[Kind, str] = {"questions": "{text}  → {value}", "signs": "{text} ({value})"}
WIDTH = 78
"""Columns; a narrow terminal has 80."""


def row(written: Written) -> dict[str, Any]:
    """A protocol for `--json`: its content as in the file, figures as numbers, and its hash."""
    return {
        "protocol": _plain(written.protocol.model_dump()),
        "sha256": written.sha256,
        "reviewed": written.protocol.reviewed is not None,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def heading(written: Written) -> list[str]:
    """What it is called, which one it is, and whether it was reviewed."""
    of = written.protocol
    return [
        of.title.of(language()),
        f"{of.id} {of.version}  {review(of.reviewed)}",
        f"SHA-256 {written.sha256}",
    ]


def lines(written: Written) -> list[str]:
    """The same for people, in the language that is spoken."""
    told = heading(written)
    for chapter in chapters(written.protocol):
        told += ["", *_chapter(chapter)]
    return told


def standing(chapter: Chapter) -> str:
    """Whether the console goes by a chapter."""
    if chapter.applies:
        return _("the console goes by this")
    return _("to be read; the console does not ask it yet")


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"{chapter.title.upper()}  ({standing(chapter)})"
    yield from _wrapped(chapter.about)
    for number, entry in enumerate(chapter.rows, start=1):
        sign = f"{number}. " if chapter.kind == "steps" else "- "
        told = entry.text
        if entry.value:
            told = _BESIDE.get(chapter.kind, _("{text}: {value}")).format(
                text=entry.text, value=entry.value
            )
        yield from _wrapped(told, sign)
        for below in (entry.note, entry.source):
            yield from _wrapped(below, " " * len(sign))
    yield from _wrapped(chapter.source)


def _wrapped(text: str, sign: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=f"  {sign}", subsequent_indent="  " + " " * len(sign)
    )
