"""Owns where the author's guide and the files for an author's own repository lie, as they ship.

It knows no command. The first page names all others, in the order in which they are read.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import scenarios

SHIPPED = Path(scenarios.__path__[0])
"""The folder of the package `scenarios`, in a checkout and installed alike."""
START = "start"
"""The name of the first page."""
_LINK = re.compile(r"\(guide/([a-z-]+)(?:\.fr)?\.md\)")


class AlreadyThere(Exception):
    """A file of that name is there and stays as it is; the text is its path."""


@dataclass(frozen=True)
class Page:
    """One page of the guide."""

    name: str
    title: str
    path: Path

    def text(self) -> str:
        """The page, in Markdown."""
        return self.path.read_text("utf-8")


def pages(language: str) -> Iterator[Page]:
    """All pages in a language, "fr" or "en"; raises `OSError` where they are not installed."""
    first = _page(START, SHIPPED / _file("GUIDE", language))
    yield first
    for name in dict.fromkeys(_LINK.findall(first.text())):
        yield _page(name, SHIPPED / "guide" / _file(name, language))


def recipes() -> list[Path]:
    """The files for an author's own repository, relative to the folder in which they ship."""
    folder = SHIPPED / "recipes"
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def copy_recipes(to: Path) -> list[Path]:
    """Copy them into a folder, each to the place where its program looks for it.

    Raises:
        AlreadyThere: one of them is there already; then none is written.
        OSError: the folder cannot be written.
    """
    found = recipes()
    for each in found:
        if (to / each).exists():
            raise AlreadyThere(to / each)
    for each in found:
        (to / each).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SHIPPED / "recipes" / each, to / each)
        if each.suffix == ".sh":
            # whoever unpacked a wheel may have lost the right to run it
            (to / each).chmod(0o755)
    return [to / each for each in found]


def _file(name: str, language: str) -> str:
    return f"{name}.md" if language == "en" else f"{name}.{language}.md"


def _page(name: str, path: Path) -> Page:
    first, _, _ = path.read_text("utf-8").partition("\n")
    return Page(name, first.removeprefix("# "), path)
