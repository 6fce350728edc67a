"""Owns how an author says what a pack is called: by a file, by options, or asked at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vr_runtime.language import _, mark
from vr_runtime.packs.limits import MOST_MANIFEST_BYTES
from vr_runtime.packs.manifest import About, numbers, quoted, tables, wrong_field
from vr_runtime.packs.names import MANIFEST

QUESTIONS = {
    "name": mark("Name of the pack, in small letters, as clinic-heights: "),
    "title_fr": mark("Title in French: "),
    "title_en": mark("Title in English: "),
    "author": mark("Author or institution: "),
    "licence": mark("Licence, as an SPDX identifier such as CC-BY-4.0: "),
}
"""What has no answer of its own; asked in this order."""
ONLY_OF_A_BUILT_ONE = frozenset({"format", "scenarios", "files"})


class NotSaid(Exception):
    """Something is missing that only the author knows; the text says how to give it."""


def about(
    source: Path, said: Mapping[str, str | None], palier: str, ask: Callable[[str], str] | None
) -> tuple[About, bool]:
    """What is said of a pack, and whether anything had to be asked.

    Args:
        source: the folder that is packed; a `pack.toml` in it answers what the options do not.
        said: the options, by the names of the fields; `title_fr` and `title_en` for the title.
        palier: this version of Palier.
        ask: puts a question to somebody; None where nobody is there.

    Raises:
        NotSaid: something is missing, and nobody is there to be asked.
        PackFault: something is not of its form.
    """
    given = {**_read(source), **{k: v for k, v in said.items() if v is not None}}
    missing = [field for field in QUESTIONS if field not in given]
    if missing and ask is None:
        options = ", ".join(f"--{field.replace('_', '-')}" for field in missing)
        told = _("Say what the pack is by {options}, or in a pack.toml in the folder.")
        raise NotSaid(told.format(options=options))
    if ask is not None:
        given.update({field: ask(_(QUESTIONS[field])).strip() for field in missing})
    first, _second, _third = numbers(palier)
    usual = {
        "version": "1.0.0",
        "palier_from": ".".join(map(str, numbers(palier))),
        # What authors may write holds within one major version.
        "palier_before": f"{first + 1}.0.0",
    }
    title = {"fr": given.pop("title_fr"), "en": given.pop("title_en")}
    try:
        return About.model_validate({**usual, **given, "title": title}), bool(missing)
    except ValidationError as error:
        raise wrong_field(error, f"{source}/{MANIFEST}") from None


def keep(source: Path, said: About) -> Path | None:
    """Write what was asked into the author's folder; None where there is no place for it."""
    path = source / MANIFEST
    if not source.is_dir() or path.exists():
        return None
    lines = [
        f"name = {quoted(said.name)}",
        f"version = {quoted(said.version)}",
        f"title = {{ fr = {quoted(said.title.fr)}, en = {quoted(said.title.en)} }}",
        f"author = {quoted(said.author)}",
        f"licence = {quoted(said.licence)}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def at_the_terminal() -> Callable[[str], str] | None:
    """Puts a question on stderr, where somebody is there to answer it."""
    if not sys.stdin.isatty() or not sys.stderr.isatty():
        return None

    def ask(question: str) -> str:
        print(question, end="", file=sys.stderr, flush=True)
        return sys.stdin.readline()

    return ask


def _read(source: Path) -> dict[str, Any]:
    path = source / MANIFEST
    if not path.is_file():
        return {}
    where = str(path)
    with path.open("rb") as file:
        fields = tables(file.read(MOST_MANIFEST_BYTES), where)
    for name in ONLY_OF_A_BUILT_ONE:
        fields.pop(name, None)
    title = fields.pop("title", None)
    if isinstance(title, dict):
        fields.update({f"title_{language}": title[language] for language in title})
    return fields
