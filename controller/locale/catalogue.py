"""Owns the catalogues of translated texts: made, checked and compiled from the code.

`python -m controller.locale.catalogue update|check|compile`, for those who work on Palier; needs
Babel, which nobody needs to run Palier. It reads the code as text and knows no meaning. The
catalogues depend on the texts alone: no dates, no line numbers, sorted.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("controller", "vr_runtime")
"""The two halves that speak; each keeps its own catalogue in its `locale/`."""
LANGUAGE = "fr"
KEYWORDS = ("_", "mark")
LENT = {"vr_runtime": (ROOT / "scenarios" / "api",)}
"""Code that speaks with another half's catalogue: it may import none."""
ERRORS = ("ScenarioError", "Contradiction", "TooMany", "NoSuchWord")
"""What an author is told by these is looked up where it is shown: the first that they take."""

OF_ARGPARSE = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "%(prog)s: error: %(message)s\n",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "ambiguous option: %(option)s could match %(matches)s",
    "expected one argument",
    "expected at least one argument",
    "ignored explicit argument %r",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid %(type)s value: %(value)r",
)
"""What Python's own reader of options says; spoken by whatever half imports it."""


class Undated(Catalog):
    """A catalogue whose header says how to read it and nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header's lines, without names and dates."""
        kept = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Language",
                "Plural-Forms")  # fmt: skip
        return [(name, text) for name, text in super().mime_headers if name in kept]


@dataclass(frozen=True)
class Files:
    """The three files of one half's catalogue."""

    template: Path
    translation: Path
    compiled: Path

    @classmethod
    def of(cls, part: Path) -> Files:
        """Where the catalogue of the code in `part` lies."""
        folder = part / "locale" / LANGUAGE / "LC_MESSAGES"
        return cls(part / "locale" / "palier.pot", folder / "palier.po", folder / "palier.mo")


def texts(part: Path) -> list[str]:
    """All texts marked in the code and templates of `part`, sorted."""
    found: set[str] = set()
    lent = (file for folder in LENT.get(part.name, ()) for file in folder.rglob("*.py"))
    for file in sorted((*part.rglob("*.py"), *lent)):
        tree = ast.parse(file.read_text("utf-8"))
        found.update(_in_code(tree))
        if any(isinstance(n, ast.Import) and n.names[0].name == "argparse" for n in tree.body):
            found.update(OF_ARGPARSE)
    for file in sorted(part.rglob("*.j2")):
        with file.open("rb") as page:
            for _line, _call, text, _comments in babel_extract(page, KEYWORDS, (), {}):
                found.add(text if isinstance(text, str) else str((text or ("",))[0]))
    return sorted(found)


def _in_code(tree: ast.Module) -> Iterator[str]:
    """Texts given to what was imported from a `language` module: another `mark` is another's."""
    markers = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").endswith((".language", ".api.errors"))
        for alias in node.names
        if alias.name in KEYWORDS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            given = node.args[0]
            spoken = node.func.id in markers or node.func.id in ERRORS
            if spoken and isinstance(given, ast.Constant) and given.value:
                yield str(given.value)


def update(part: Path) -> None:
    """Bring the catalogue to the code: new texts wait untranslated, unused ones go."""
    files, wanted = Files.of(part), texts(part)
    known = _read(files.translation)
    template, translation = Undated(), Undated(locale=LANGUAGE)
    for text in wanted:
        template.add(text)
        old = known.get(text)
        translation.add(text, old.string if old is not None else "")
    files.translation.parent.mkdir(parents=True, exist_ok=True)
    files.template.write_bytes(_po(template))
    files.translation.write_bytes(_po(translation))


def compile_catalogue(part: Path) -> None:
    """Write what the running program reads from what the translators wrote."""
    files = Files.of(part)
    files.compiled.write_bytes(_mo(files.translation))


def problems(part: Path) -> Iterator[str]:
    """What keeps the catalogue from being whole: a line each, none when it is."""
    files, wanted = Files.of(part), texts(part)
    template, known = _read(files.template), _read(files.translation)
    if [str(m.id) for m in template if m.id] != wanted:
        yield f"{files.template.relative_to(part.parent)} is not what the code says; run `update`"
    for text in wanted:
        found = known.get(text)
        if found is None or not found.string or found.fuzzy:
            yield f"{part.name}: no {LANGUAGE} translation for {text!r}"
        elif not _same_fields(str(found.string), text):
            yield f"{part.name}: placeholders differ in the translation of {text!r}"
    unused = [str(m.id) for m in known if m.id and str(m.id) not in wanted]
    if unused:
        yield f"{part.name}: translated but not in the code: {unused[0]!r}; run `update`"
    if not files.compiled.exists() or files.compiled.read_bytes() != _mo(files.translation):
        yield f"{files.compiled.relative_to(part.parent)} is stale; run `compile`"


def fields(text: str) -> set[tuple[str, str]]:
    """The placeholders of a text with their formats, as `{("level", "")}`.

    Raises:
        ValueError: a brace has no partner.
    """
    return {(name, form or "") for _said, name, form, _how in Formatter().parse(text) if name}


def _same_fields(one: str, other: str) -> bool:
    try:
        return fields(one) == fields(other)
    except ValueError:
        return False


def _read(path: Path) -> Catalog:
    with io.BytesIO(path.read_bytes() if path.exists() else b"") as file:
        return read_po(file, locale=LANGUAGE)


def _po(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=100, no_location=True, sort_output=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    body = next(n for n, line in enumerate(lines) if line.startswith("msgid"))
    return "".join(lines[body:]).encode()


def _mo(translation: Path) -> bytes:
    whole = Undated(locale=LANGUAGE)
    for message in _read(translation):
        if message.id and message.string and not message.fuzzy:
            whole.add(message.id, message.string)
    out = io.BytesIO()
    write_mo(out, whole)
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when the catalogues are whole (or were written), 1 when they are not."""
    parser = argparse.ArgumentParser(prog="python -m controller.locale.catalogue")
    parser.add_argument("what", choices=("update", "check", "compile"))
    what = parser.parse_args(arguments).what
    if what == "check":
        found = [problem for part in PARTS for problem in problems(ROOT / part)]
        print("\n".join(found) or "The catalogues are whole.")
        return 1 if found else 0
    for part in PARTS:
        if what == "update":
            update(ROOT / part)
        compile_catalogue(ROOT / part)
    return 0


if __name__ == "__main__":
    sys.exit(main())
