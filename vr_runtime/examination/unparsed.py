"""Owns what is said of a text that is not Python; knows no scenario."""

from __future__ import annotations

import re

from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.sheet import Sheet
from vr_runtime.language import _, mark

SAYS = {
    "invalid syntax": mark("a word or sign stands where it cannot"),
    "unexpected indent": mark("this line is indented too far"),
    "expected ':'": mark("a `:` is missing"),
    "invalid syntax. Perhaps you forgot a comma?": mark("a comma may be missing"),
    "unexpected EOF while parsing": mark("the file ends in the middle of something"),
    "unindent does not match any outer indentation level": mark(
        "this line is indented as none around it"
    ),
    "inconsistent use of tabs and spaces in indentation": mark(
        "tabs and spaces are mixed at the beginning of lines"
    ),
    "source code string cannot contain null bytes": mark("null bytes stand in it"),
}
"""What Python says most, in our words; the rest is told as Python says it."""
SAID_OF = (
    (re.compile(r"'(.+)' was never closed"), mark("`{sign}` was never closed")),
    (re.compile(r"unmatched '(.+)'"), mark("`{sign}` closes what was never opened")),
    (
        re.compile(r"unterminated (?:triple-quoted )?(?:f-)?string literal.*"),
        mark("a text in quotes does not end"),
    ),
    (
        re.compile(r"expected an indented block after (.+)"),
        mark("the line after {sign} is to be indented"),
    ),
)


def _why(told: str) -> str:
    if told in SAYS:
        return _(SAYS[told])
    for pattern, ours in SAID_OF:
        if found := pattern.fullmatch(told):
            return _(ours).format(sign=found[1] if found.groups() else "")
    return told


def parsed(text: str, shown: str) -> Sheet | Diagnostic:
    """The text as a sheet, or PS101 where it cannot be one."""
    try:
        return Sheet(text, shown)
    except (RecursionError, MemoryError):
        told = _("Something in this file is nested too deeply to be read.")
        hint = _("write long tables and sums in shorter parts")
        return Diagnostic(path=shown, line=1, column=1, code="PS101", message=told, hint=hint)
    except (SyntaxError, ValueError) as error:
        line, column, why = 1, 1, str(error)
        if isinstance(error, SyntaxError):
            line, column, why = error.lineno or 1, error.offset or 1, error.msg
        told = _("This is not Python: {error}.").format(error=_why(why))
        place = {"line": max(line, 1), "column": max(column, 1)}
        return Diagnostic(path=shown, code="PS101", message=told, **place)
