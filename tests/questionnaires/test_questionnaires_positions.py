"""Every key and element of a TOML text is found where it stands."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.questionnaires.library import DATA
from scenarios.api.positions import START, Path, Position, Positions

TEXT = """\
# a comment with [brackets] and = signs
id = "x" # and "more"
"quoted key" = 'its'
long = '''one
two = [3]'''
basic = \"\"\"a "quote"
[not.a.table]\"\"\"
plain.dotted . key = 3.5
list = [ # why not
    1, [2, 3],
    { a = 1, b = { c = "}]" } },
]

[table.inner]
when = 1979-05-27 07:32:00
[[many]]
n = 1
[[many]]
n = 2
[many.part]
deep = true
  [[many.more]]
  x = 1
"""


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every key and every element in a document."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from paths(inner, (*path, number))


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("id",), 2, 1),
        (("quoted key",), 3, 1),
        (("long",), 4, 1),
        (("basic",), 6, 1),
        (("plain",), 8, 1),
        (("plain", "dotted"), 8, 7),
        (("plain", "dotted", "key"), 8, 16),
        (("list",), 9, 1),
        (("list", 0), 10, 5),
        (("list", 1), 10, 8),
        (("list", 1, 1), 10, 12),
        (("list", 2), 11, 5),
        (("list", 2, "b"), 11, 14),
        (("list", 2, "b", "c"), 11, 20),
        (("table", "inner"), 14, 1),
        (("table", "inner", "when"), 15, 1),
        (("many",), 16, 1),
        (("many", 0, "n"), 17, 1),
        (("many", 1), 18, 1),
        (("many", 1, "n"), 19, 1),
        (("many", 1, "part", "deep"), 21, 1),
        (("many", 1, "more", 0), 22, 3),
        (("many", 1, "more", 0, "x"), 23, 3),
    ],
)
def test_a_key_is_found_where_it_stands(path: Path, line: int, column: int) -> None:
    assert path in set(paths(tomllib.loads(TEXT)))
    assert Positions(TEXT).of(path) == Position(line, column)
    assert Positions(TEXT.replace("\n", "\r\n")).of(path) == Position(line, column)


def test_what_is_not_there_is_at_the_nearest_key_around_it() -> None:
    where = Positions("[a]\nb = { c = 1 }\n")
    assert where.of(("a", "b", "missing")) == Position(2, 1)
    assert where.of(("a", "missing")) == Position(1, 1)
    assert where.of(("missing",)) == START
    assert ("missing",) not in where


@pytest.mark.parametrize("file", sorted(DATA.glob("*.toml")), ids=lambda file: file.stem)
def test_every_key_of_what_ships_is_found(file: Any) -> None:
    text = file.read_text("utf-8")
    where = Positions(text)
    assert all(path in where for path in paths(tomllib.loads(text)))


names = st.text("abcé .\"'#=[]{}\\", min_size=1, max_size=5)
scalars = st.one_of(
    st.integers(-99, 99).map(str),
    st.booleans().map(lambda b: str(b).lower()),
    st.text("ab\"'#=[]{},\\\n é", max_size=8).map(json.dumps),
    st.text('ab"#=[]{},\\ é', max_size=8).map(lambda t: f"'{t}'"),
    st.text('ab#=[]{},\n é"', max_size=8).map(lambda t: f"'''{t}'''"),
    st.text("ab#=[]{},\n é'", max_size=8).map(lambda t: f'"""{t}"""'),
)
between = st.sampled_from(["", " ", "\n  ", " # [1, {\n"])


def arrays(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.lists(inner, max_size=3), between, between).map(
        lambda t: f"[{t[1]}" + f"{t[2]},{t[1]}".join(t[0]) + f"{t[2]}]"
    )


def tables(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.dictionaries(names, inner, max_size=3).map(
        lambda d: "{ " + ", ".join(f"{json.dumps(k)} = {v}" for k, v in d.items()) + " }"
    )


values = st.recursive(scalars, lambda inner: arrays(inner) | tables(inner), max_leaves=6)
documents = st.dictionaries(names, values, max_size=4).map(
    lambda d: "".join(f"{json.dumps(k)} = {v} # x\n" for k, v in d.items())
)


@given(documents, st.integers(0, 3))
def test_whatever_can_be_read_has_all_its_keys_found(document: str, times: int) -> None:
    text = document + "".join(f"[['a.b']]\n{document}" for _time in range(times))
    read = tomllib.loads(text)
    where = Positions(text)
    lines = text.split("\n")
    for path in paths(read):
        assert path in where, path
        place = where.of(path)
        assert 1 <= place.column <= len(lines[place.line - 1])
        if isinstance(path[-1], str) and path != ("a.b",):
            assert lines[place.line - 1][place.column - 1 :].startswith(json.dumps(path[-1]))
