"""Each fault is tried by a test that says so, and the guides tell of the same faults."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from marked import PAGES
from promises import LATER, PROMISES
from table import HELD, PLACE, Found, drawn

TESTS = Path(__file__).parents[1]
MARK = re.compile(r'mark\.fault\("(F\d+)"\)')
_FAULT = re.compile(r"mark\.fault\('(F\d+)'\)")
AWAITED: frozenset[str] = frozenset()
"""Faults whose tests may still be missing; take an id away here once its test is there."""


def test_every_fault_is_tried_by_a_test_that_names_it() -> None:
    named = {
        fault
        for file in sorted(TESTS.rglob("test_*.py"))
        for fault in MARK.findall(file.read_text("utf-8"))
    }
    numbered = {f"F{number}" for number in range(1, 34)}
    assert named <= numbered
    assert numbered - named - set(LATER) - AWAITED == set(), "no test is marked with these faults"


def test_every_fault_has_its_promise() -> None:
    assert [*PROMISES, *LATER] == sorted(
        (f"F{number}" for number in range(1, 34)), key=lambda f: (f in LATER, int(f[1:]))
    )


@pytest.mark.parametrize("language", PAGES)
def test_the_guide_tells_of_every_fault_and_its_promise(language) -> None:
    lines = PLACE.standing(language).splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line[:3] == "| F"]
    assert {row[0]: row[1] for row in rows} == {f: p.get(language) for f, p in PROMISES.items()}
    assert all(row[2].strip() for row in rows)


def measuring() -> set[str]:
    """Faults of which at least one test tells what it measured."""
    found: set[str] = set()
    for file in sorted(TESTS.rglob("test_*.py")):
        module = ast.parse(file.read_text("utf-8"))
        named = _named_marks(module)
        for node in ast.walk(module):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if any(arg.arg == "record_property" for arg in node.args.args):
                marks = "\n".join(ast.unparse(one) for one in node.decorator_list)
                found |= set(_FAULT.findall(marks))
                found |= {named[word] for word in re.findall(r"\w+", marks) if word in named}
    return found


def _named_marks(module: ast.Module) -> dict[str, str]:
    """Marks of faults that a module gives names to, for single cases of a test."""
    found: dict[str, str] = {}
    for node in module.body:
        if not isinstance(node, ast.Assign):
            continue
        (target,) = node.targets
        pairs = (
            zip(target.elts, node.value.elts, strict=True)
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            else [(target, node.value)]
        )
        for name, value in pairs:
            fault = _FAULT.fullmatch(ast.unparse(value).removeprefix("pytest."))
            if fault is not None and isinstance(name, ast.Name):
                found[name.id] = fault[1]
    return found


@pytest.mark.parametrize("language", PAGES)
def test_the_guide_tells_what_was_measured_wherever_a_test_measures_and_only_there(
    language,
) -> None:
    """A row of an older run is seen by it: it says that a promise holds, and not how well."""
    lines = PLACE.standing(language).splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line[:3] == "| F"]
    bare = {fault for fault, _promise, told in rows if re.split(r" ?;", told)[0] == HELD[language]}
    untold = set(PROMISES) - measuring()
    assert bare == untold, "write the table anew: uv run python tests/faults/table.py"


@pytest.mark.parametrize("language", PAGES)
def test_what_was_refused_is_told_with_its_reason_also_where_another_test_held(language) -> None:
    reasons = ["no namespace here", "no namespace here", "no strace"]
    found = {
        "F6": Found(held=2, measured=["1.00 s"], refused=reasons),
        "F7": Found(held=1, measured=["0.87 s"]),
        "F8": Found(refused=["no filter here"]),
    }
    *rows, _empty, summary = drawn(found, language).splitlines()
    told = {row.split(" | ")[0].strip("| "): row.split(" | ")[2] for row in rows[2:]}
    assert "1.00 s" in told["F6"]
    assert "no namespace here; no strace" in told["F6"], "each reason, once"
    assert told["F7"] == "0.87 s |"
    assert "no filter here" in told["F8"]
    held, partly, refused, _later = summary.split(". ", 3)
    assert held.endswith("1"), "a fault that was tried in part is not counted as held"
    assert "1 (F6)" in partly and "1 (F8)" in refused
