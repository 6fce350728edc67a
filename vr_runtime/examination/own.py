"""Owns the rules for a scenario's own files: where they lie, what they are, who made them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.sheet import Sheet, literal
from vr_runtime.language import _
from vr_runtime.stage.models.gltf import read
from vr_runtime.stage.own import (
    CREDITS,
    KINDS,
    MB,
    MOST_BYTES_IN_ALL,
    OWN,
    TAKES,
    Fault,
    OwnFiles,
    Refused,
    Word,
    changed,
    credits_with_lines,
    is_own,
    own_files,
    sha256_of,
)
from vr_runtime.stage.picture_size import fits
from vr_runtime.system_words import why as why_not

WORDS: tuple[Word, ...] = ("panorama", "model", "sound")


def judge_own_names(
    sheet: Sheet, scenario: ast.ClassDef, folder: Path | None
) -> Iterator[Diagnostic]:
    """PS171, PS172 and PS174 to PS176 for each own file that a call names, where it names it."""
    own = OwnFiles(folder)
    for given, word, name in _named(scenario):
        try:
            own.find(word, name)
        except Refused as refused:
            if refused.fault is not Fault.CREDITS:
                yield sheet.at(given, refused.fault, refused.told, refused.hint)
            elif folder is not None and not (folder / CREDITS).exists():
                told = _("`{name}` is not credited: there is no {credits} beside scenario.py.")
                told = told.format(name=name, credits=CREDITS)
                yield sheet.at(given, Fault.UNCREDITED, told, refused.hint)


def _named(scenario: ast.ClassDef) -> Iterator[tuple[ast.expr, Word, str]]:
    for node in ast.walk(scenario):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        stage = node.func.value
        word = next((each for each in WORDS if each == node.func.attr), None)
        if word is None or not isinstance(stage, ast.Attribute) or stage.attr != "stage":
            continue
        given = next((k.value for k in node.keywords if k.arg == "name"), None)
        if given is None and node.args:
            given = node.args[0]
        name = literal(given)
        if given is not None and isinstance(name, str) and (word == "panorama" or is_own(name)):
            yield given, word, name


def judge_credits(folder: Path, shown: str) -> Iterator[Diagnostic]:
    """PS170 to PS177 for what `CREDITS.toml` says, at its own lines; reads every own file.

    Nothing, where a scenario has neither own files nor a `CREDITS.toml`.
    """
    path = str(Path(shown).with_name(CREDITS))
    if not (folder / CREDITS).exists():
        return
    try:
        credited = list(credits_with_lines(folder))
    except Refused as refused:
        yield _at(path, 1, refused)
        return
    whole = sum(file.stat().st_size for file in own_files(folder))
    if whole > MOST_BYTES_IN_ALL:
        told = _("All own files together are larger than {n} MB.")
        yield _at(path, 1, Refused(Fault.LARGE, told.format(n=MOST_BYTES_IN_ALL // MB)))
        return
    own = OwnFiles(folder)
    for entry, line in credited:
        try:
            _judge(own, entry)
        except Refused as refused:
            yield _at(path, line, refused)
        except OSError as error:
            told = _("`{name}` cannot be read: {why}.")
            told = told.format(name=entry["path"], why=why_not(error))
            yield _at(path, line, Refused(Fault.UNREAD, told))


def _judge(own: OwnFiles, entry: Mapping[str, str]) -> None:
    """Raises `Refused` for what is wrong with the file of one entry."""
    name = entry["path"]
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    kind = KINDS.get(ending)
    if kind is None and name.startswith(OWN):
        told = _("`{name}` is of no kind that may be used.").format(name=name)
        hint = _("it takes {endings}").format(endings=", ".join(KINDS))
        raise Refused(Fault.KIND, told, hint)
    word: Word = next((each for each in WORDS if kind in TAKES[each]), "panorama")
    path, kind = own.place(word, name)
    if sha256_of(path) != entry["sha256"].strip().lower():
        raise changed(name)
    # What only decoding would tell is told when the scenario is loaded.
    if kind == "picture":
        fits(name, path.read_bytes())
    elif kind == "model":
        read(name, path.read_bytes())


def _at(path: str, line: int, refused: Refused) -> Diagnostic:
    return Diagnostic(
        path=path,
        line=line,
        column=1,
        code=refused.fault,
        message=refused.told,
        hint=refused.hint,
    )
