"""Owns how whoever sits at this console likes it, and the small file that keeps it; no screen.

Nothing of a patient is in it. A file that cannot be read costs one sentence and the usual settings,
never the start of the console.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from controller import paths
from controller.language import Language, _

USUAL_THEME = "palier-night"


class Comfort(BaseModel):
    """What was chosen; the usual where nothing was."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Language | None = None
    """None: the language the console was started in."""
    theme: str = Field(USUAL_THEME, pattern=r"^palier-[a-z-]{1,40}$")
    bell: bool = False
    """Whether the terminal's bell rings when a rating falls due and when the link is lost."""
    motion: bool = False
    """Whether scrolling and opening glide instead of being there at once."""


class Comforts:
    """What is kept in `path`; without a path it lasts as long as the console."""

    def __init__(self, path: Path | None = None, *, asked: bool = False) -> None:
        """`asked`: at this start a language was asked for, which comes before the kept one."""
        self._path, self._asked = path, asked
        self.trouble = ""
        """One sentence where the file could not be read; "" where it could, or is not there."""
        self.kept = self._read()

    @property
    def language(self) -> Language | None:
        """What is to be spoken from the start; None for what is spoken already."""
        return None if self._asked else self.kept.language

    def keep(self, **changed: Any) -> str:
        """Keep these for the next time; gives one sentence where they cannot be kept, else "".

        They hold in this console all the same. The file is written whole or not at all.
        """
        self.kept = Comfort.model_validate(self.kept.model_dump() | changed)
        if self._path is None:
            return ""
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.write_text(self.kept.model_dump_json() + "\n", encoding="utf-8")
            os.replace(beside, self._path)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            told = _("This holds until the console is left: {file} cannot be written.")
            return told.format(file=self._path)
        return ""

    def _read(self) -> Comfort:
        if self._path is None:
            return Comfort()
        try:
            return Comfort.model_validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return Comfort()
        except (OSError, ValidationError):
            told = _("{file} cannot be read: the usual settings hold. Delete it, or choose anew.")
            self.trouble = told.format(file=self._path)
            return Comfort()


def of_this_console(asked: Language | None, environment: Mapping[str, str]) -> Comforts:
    """What is kept on this machine; a language asked for at this start comes before the kept one.

    `asked` is the option `--lang`; `PALIER_LANG` counts the same.
    """
    return Comforts(
        paths.comforts(), asked=asked is not None or bool(environment.get("PALIER_LANG"))
    )
