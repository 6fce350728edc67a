"""Every word of `scenarios.api` says what it is, with an example that runs as it stands."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from owning import equirect, own_in

import scenarios.api as api
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

WORDS = sorted(name for name, word in vars(api).items()
               if not name.startswith("_") and not inspect.ismodule(word))  # fmt: skip
SPOKEN_WITH = (api.Scenario, api.Graded, api.Stage, api.Node, api.Sound, api.Viewer, api.Vehicle)
"""What an author writes from line to line: each of their members stands in an example."""


@pytest.fixture(scope="module", autouse=True)
def own_files(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The own files that stand in examples."""
    OWN.append(own_in(tmp_path_factory.mktemp("pier"), {"own/harbour.jpg": equirect(kind="JPEG")}))


OWN: list[Path] = []


class Pier(api.Scenario):
    """What the examples call `scenario`."""

    id = "heights.pier"
    title = {"fr": "La jetée", "en": "The pier"}
    summary = {"fr": "Une jetée.", "en": "A pier."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}
    targets = {"street": {"fr": "la rue", "en": "the street"}}
    lines = {"hello": {"fr": "Bonjour.", "en": "Hello."}}
    height = api.Graded({0: 0.0, 10: 12.0}, fr="hauteur", en="height", unit="m")
    place = api.Graded.steps({0: 0, 10: 4}, fr="place", en="place", unit="m")
    reach = api.Graded.steps({0: 0, 10: 8}, fr="portée", en="reach", unit="m")
    walk = api.Walk(start=place, reach=reach, marks=(0.0, 4.0, 8.0))

    @api.event(fr="Une vague", en="A wave", min_level=2)
    def wave(self) -> api.Steps:
        yield from self.wait(1.0)


def home(name: str) -> str:
    """The module that makes a word."""
    tree = ast.parse(inspect.getsource(api))
    return next(n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module
                and name in [a.asname for a in n.names])  # fmt: skip


def told(name: str) -> str:
    """What a word says of itself; of a plain name, the text that stands below it."""
    word = getattr(api, name)
    if inspect.isclass(word) or inspect.isfunction(word):
        return inspect.getdoc(word) or ""
    body = ast.parse(inspect.getsource(importlib.import_module(home(name)))).body
    for here, below in pairwise(body):
        if isinstance(here, ast.Assign) and [getattr(t, "id", "") for t in here.targets] == [name]:
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                return inspect.cleandoc(str(below.value.value))
    return ""


def examples() -> Iterator[tuple[str, str]]:
    """Each word and what it says, then each of its methods that has an example of its own."""
    for name in WORDS:
        yield name, told(name)
        word = getattr(api, name)
        for member, part in vars(word).items() if inspect.isclass(word) else ():
            text = inspect.getdoc(part) if inspect.isfunction(part) else None
            if not member.startswith("_") and text and ">>>" in text:
                yield f"{name}.{member}", text


def globs() -> dict[str, Any]:
    """What stands ready in every example: the vocabulary, `stage`, `context` and `scenario`."""
    port = NullStage(shipped())
    port.own_in(OWN[-1])
    port.speak_for(Pier.manifest())
    context = api.Context(port.world, Random(1), {"height": 0.0})
    ready = {"stage": port.world, "context": context, "scenario": Pier(context)}
    return {**{name: getattr(api, name) for name in WORDS}, **ready}


@pytest.mark.parametrize(("name", "text"), list(examples()), ids=[n for n, _t in examples()])
def test_every_word_has_an_example_that_runs_as_it_stands(name: str, text: str) -> None:
    test = doctest.DocTestParser().get_doctest(text, globs(), name, name, 0)
    assert test.examples, "a word without an example is a word that nobody can check"
    heard: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=heard.append)
    assert not heard, "".join(heard)


@pytest.mark.parametrize("word", SPOKEN_WITH, ids=lambda w: w.__name__)
def test_every_member_stands_in_the_example_of_its_word(word: type) -> None:
    members = {*vars(word), *inspect.get_annotations(word)}
    example = "\n".join(e.source for e in doctest.DocTestParser().get_examples(told(word.__name__)))
    missing = [m for m in sorted(members)
               if not m.startswith("_") and not re.search(rf"\b{m}\b", example)]  # fmt: skip
    assert not missing


@pytest.mark.parametrize("name", WORDS)
def test_every_method_says_what_it_does_and_is_typed(name: str) -> None:
    word = getattr(api, name)
    parts = dict(vars(word)) if inspect.isclass(word) else {name: word}
    for member, part in parts.items():
        function = part.__func__ if isinstance(part, classmethod | staticmethod) else part
        function = function.fget if isinstance(function, property) else function
        if not inspect.isfunction(function) or member.startswith("_"):
            continue
        assert inspect.getdoc(function), f"{name}.{member}"
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Signature.empty, f"{name}.{member}"
        for argument in signature.parameters.values():
            typed = argument.annotation is not inspect.Parameter.empty
            assert typed or argument.name in ("self", "cls"), f"{name}.{member}({argument.name})"
