"""Owns the tables of what measuring may find and of the grades, as the guide shows them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from vr_runtime.language import _, mark, use
from vr_runtime.measuring.codes import RULES, Weight
from vr_runtime.measuring.grades import ASKED, NAMES

WEIGHTS: dict[Weight, str] = {"error": mark("error"), "warning": mark("warning")}


def codes() -> str:
    """A row for each code, in their order, in the language spoken now."""
    rows = [f"| {c} | {_(r.what)} | {_(WEIGHTS[r.weight])} |" for c, r in RULES.items()]
    return "\n".join([f"| {_('code')} | {_('what is wrong')} | |", "|---|---|---|", *rows])


def grades() -> str:
    """A row for each thing that a grade asks for, in the language spoken now."""
    rows = [f"| {_(NAMES[a.grade])} | `{a.key}` | {_(a.what)} |" for a in ASKED]
    head = f"| {_('grade')} | {_('key')} | {_('what it asks for')} |"
    return "\n".join([head, "|---|---|---|", *rows])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m vr_runtime.measuring.tables")
    parser.add_argument("--lang", choices=("fr", "en"), default="en")
    use(parser.parse_args(arguments).lang)
    print(f"{codes()}\n\n{grades()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
