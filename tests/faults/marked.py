"""Owns where in the guides a table stands that is written by a program; knows no table's rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[2]
Language = Literal["fr", "en"]
PAGES: dict[Language, Path] = {
    "en": ROOT / "vr_runtime" / "GUIDE.md",
    "fr": ROOT / "vr_runtime" / "GUIDE.fr.md",
}


@dataclass(frozen=True)
class Marked:
    """One table between its two marks, in the page of each language."""

    name: str

    def standing(self, language: Language) -> str:
        """What stands there now, without the marks. Raises `LookupError` where no marks are."""
        found = self._between.search(PAGES[language].read_text("utf-8"))
        if found is None:
            raise LookupError(f"no marks of {self.name} in {PAGES[language]}")
        return found[1]

    def write(self, language: Language, table: str) -> None:
        """Put this in its place; where there are no marks the page stays as it is."""
        page = PAGES[language]
        marked = f"{self._begin}\n{table}\n{self._end}"
        text = self._between.sub(lambda _: marked, page.read_text("utf-8"))
        page.write_text(text, "utf-8")

    @property
    def _begin(self) -> str:
        return f"<!-- {self.name}: begin -->"

    @property
    def _end(self) -> str:
        return f"<!-- {self.name}: end -->"

    @property
    def _between(self) -> re.Pattern[str]:
        return re.compile(f"{self._begin}\n(.*?)\n{self._end}", re.S)
