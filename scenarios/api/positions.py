"""Owns where each key of a TOML text stands; knows nothing of what the keys mean.

It is given only text that `tomllib` has read without complaint, so it looks for keys and judges
nothing. Lines and columns count from 1.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]+")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})', re.S)
_LONG_LITERAL = re.compile(r"'''.*?'''(?:'{0,2})", re.S)
_STRINGS = (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL)
_BLANK = re.compile(r"[ \t]*")
_BLANKS = re.compile(r"(?:[ \t\n]|#[^\n]*)*")


@dataclass(frozen=True, order=True)
class Position:
    """Line and column, from 1."""

    line: int
    column: int


START = Position(1, 1)


class Positions:
    """Where the keys and array elements of one text stand."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._found: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._document()

    def __contains__(self, path: Path) -> bool:
        return path in self._found

    def of(self, path: Path) -> Position:
        """Where `path` stands, else the nearest key around it that is there, else the start."""
        while path and path not in self._found:
            path = path[:-1]
        if not path:
            return START
        return self._position(self._found[path])

    def _position(self, offset: int) -> Position:
        line = self._text.count("\n", 0, offset) + 1
        return Position(line, offset - self._text.rfind("\n", 0, offset))

    def _document(self) -> None:
        table: Path = ()
        self._skip(_BLANKS)
        while self._at < len(self._text):
            if self._text.startswith("[[", self._at):
                start = self._at
                self._at += 2
                table = self._header(start, of_array=True)
                self._at += 2
            elif self._text[self._at] == "[":
                start = self._at
                self._at += 1
                table = self._header(start, of_array=False)
                self._at += 1
            else:
                self._pair(table)
            self._skip(_BLANKS)

    def _skip(self, blanks: re.Pattern[str]) -> None:
        found = blanks.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _header(self, start: int, *, of_array: bool) -> Path:
        names = self._names()
        path: Path = ()
        for depth, (name, _offset) in enumerate(names):
            path = (*path, name)
            self._found.setdefault(path, start)
            last = depth == len(names) - 1
            if last and of_array:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
                self._found.setdefault(path, start)
        return path

    def _names(self) -> list[tuple[str, int]]:
        """A key with its dots, and where each part begins."""
        names = []
        while True:
            self._skip(_BLANK)
            start = self._at
            if self._text[start] in "\"'":
                raw = self._string()
                name = next(iter(tomllib.loads(f"{raw} = 0")))
            else:
                found = _BARE.match(self._text, start)
                name = found.group() if found else self._text[start]
                self._at = start + len(name)
            names.append((name, start))
            self._skip(_BLANK)
            if not self._text.startswith(".", self._at):
                return names
            self._at += 1

    def _pair(self, table: Path) -> None:
        path = table
        for name, offset in self._names():
            path = (*path, name)
            self._found.setdefault(path, offset)
        self._at += 1  # the sign of equality
        self._skip(_BLANK)
        self._value(path)

    def _value(self, path: Path) -> None:
        first = self._text[self._at]
        if first in "\"'":
            self._string()
        elif first == "[":
            self._array(path)
        elif first == "{":
            self._inline(path)
        else:
            self._skip(_SCALAR)

    def _string(self) -> str:
        start = self._at
        for kind in _STRINGS:
            found = kind.match(self._text, start)
            if found:
                self._at = found.end()
                return found.group()
        self._at += 1
        return self._text[start]

    def _array(self, path: Path) -> None:
        self._at += 1
        number = 0
        self._skip(_BLANKS)
        while self._text[self._at] != "]":
            self._found[(*path, number)] = self._at
            self._value((*path, number))
            number += 1
            self._skip(_BLANKS)
            if self._text[self._at] == ",":
                self._at += 1
                self._skip(_BLANKS)
        self._at += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        self._skip(_BLANKS)
        while self._text[self._at] != "}":
            self._pair(path)
            self._skip(_BLANKS)
            if self._text[self._at] == ",":
                self._at += 1
                self._skip(_BLANKS)
        self._at += 1
