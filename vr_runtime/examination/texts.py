"""Owns the rules for what a scenario says: both languages, a sentence for each level."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from scenarios.api.manifest import LEVELS, can_be_shown
from vr_runtime.examination.diagnostics import Diagnostic, nearest
from vr_runtime.examination.sheet import Sheet, literal
from vr_runtime.language import _

LANGUAGES = ("fr", "en")
_LINE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def judge_words(sheet: Sheet, node: ast.expr) -> Iterator[Diagnostic]:
    """PS122 where a text written as a dict lacks a language, is empty or is too long."""
    if not isinstance(node, ast.Dict):
        return
    keys = [literal(key) for key in node.keys]
    if any(key is ... for key in keys):
        return
    for key, where in zip(keys, node.keys, strict=True):
        if key not in LANGUAGES:
            told = _("`{key}` is no language of this product.").format(key=key)
            hint = nearest(str(key), LANGUAGES) or _('write "fr" and "en"')
            yield sheet.at(where or node, "PS122", told, hint)
    for language in LANGUAGES:
        if language not in keys:
            told = _("The translation `{language}` is missing.").format(language=language)
            yield sheet.at(node, "PS122", told, _('a text needs "fr" and "en"'))
    for text in node.values:
        yield from judge_length(sheet, text)


def judge_length(sheet: Sheet, node: ast.expr) -> Iterator[Diagnostic]:
    """PS122 for a text that is empty or longer than the console can show."""
    text = literal(node)
    if text is ...:
        return
    if not isinstance(text, str) or not 0 < len(text.strip()) <= 400:
        told = _("A text has 1 to 400 characters.")
        yield sheet.at(node, "PS122", told, _("write one short sentence"))
    elif not can_be_shown(text):
        told = _("A control character stands in this text.")
        yield sheet.at(node, "PS122", told, _("write letters, signs and line breaks alone"))


def judge_levels(sheet: Sheet, node: ast.expr) -> Iterator[Diagnostic]:
    """PS120 for levels without a sentence, PS121 for what is no level."""
    if not isinstance(node, ast.Dict):
        return
    keys = [literal(key) for key in node.keys]
    for key, where, text in zip(keys, node.keys, node.values, strict=True):
        if key is not ... and not is_level(key):
            told = _("`{key}` is no level.").format(key=key)
            yield sheet.at(where or text, "PS121", told, _("levels are the whole numbers 0 to 10"))
        yield from judge_words(sheet, text)
    missing = [str(n) for n in range(LEVELS) if n not in keys]
    if missing and all(key is not ... for key in keys):
        told = _("There is no sentence for level {levels}.").format(levels=", ".join(missing))
        hint = _("say for each level 0 to 10, in French and English, what the patient meets")
        yield sheet.at(node, "PS120", told, hint)


def judge_lines(sheet: Sheet, node: ast.expr) -> Iterator[Diagnostic]:
    """PS136 for names that no file could have, PS122 for the words of each line."""
    if not isinstance(node, ast.Dict):
        return
    for key, text in zip(node.keys, node.values, strict=True):
        name = literal(key)
        if name is not ... and not (isinstance(name, str) and _LINE.fullmatch(name)):
            told = _("`{name}` cannot be a name here.").format(name=name)
            hint = _("begin with a small letter; small letters, digits and _ may follow")
            yield sheet.at(key or text, "PS136", told, hint)
        yield from judge_words(sheet, text)


def is_level(value: object) -> bool:
    """Whether a literal is a whole number 0 to 10."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LEVELS
