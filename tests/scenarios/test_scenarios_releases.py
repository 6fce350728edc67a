"""What a release lets authors write, later ones understand: the rule of the author's guide."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from drop_in_led import led
from vocabulary import FIXTURES, VERSION, Arguments, as_text, example, vocabulary

MAJOR = VERSION.partition(".")[0]
RELEASES = sorted(FIXTURES.glob(f"scenario-{MAJOR}.*"))
"""Of this major version: a further one may let words go that were deprecated before."""
WRITE = "run `python tests/ground/vocabulary.py`; words of earlier releases must stay"


def lost(then: dict[str, Arguments], now: dict[str, Arguments]) -> list[str]:
    """What an author may have written then and cannot now."""
    found = [f"{word} is gone" for word in then if word not in now]
    for word, arguments in then.items():
        present = now.get(word) or {}
        before = arguments or {}
        for argument in before if word in now else ():
            if argument not in present and not _by_place(argument, present):
                found.append(f"{word} takes {argument} no more")
        for argument, needed in present.items():
            earlier = before.get(argument, before.get(f"by name {argument.split()[-1]}"))
            if needed == "needed" and earlier != "needed":
                found.append(f"{word} asks for {argument} now")
    return found


def _by_place(argument: str, present: dict[str, str]) -> bool:
    """Whether what was given by name alone may be given by its place as well now."""
    name = argument.removeprefix("by name ")
    return name != argument and any(each.split()[-1] == name for each in present)


@pytest.mark.parametrize("release", RELEASES, ids=lambda r: r.name)
def test_nothing_that_a_release_let_authors_write_is_gone(release: Path) -> None:
    then = json.loads((release / "vocabulary.json").read_text("utf-8"))
    assert not lost(then, vocabulary())


@pytest.mark.parametrize("release", RELEASES, ids=lambda r: r.name)
def test_the_example_of_a_release_passes_the_check_and_runs(release: Path, tmp_path: Path) -> None:
    shutil.copy(release / "footbridge.py", tmp_path)
    led(tmp_path)


def test_the_present_version_keeps_its_words_and_its_example() -> None:
    folder = FIXTURES / f"scenario-{VERSION}"
    assert (folder / "vocabulary.json").read_text("utf-8") == as_text(), WRITE
    assert (folder / "footbridge.py").read_text("utf-8") == example(), WRITE


GONE = [
    ("a word", {"Stage": None, "Stage.fog": {"0 share": "needed"}}, {"Stage": None}),
    ("an argument", {"Stage.fog": {"0 share": "needed"}}, {"Stage.fog": {}}),
    ("an argument that may be left out", {"Stage.fog": {"0 share": "optional"}},
     {"Stage.fog": {"0 share": "needed"}}),
    ("a further argument that is needed", {"Stage.fog": {}}, {"Stage.fog": {"0 share": "needed"}}),
    ("the order", {"Stage.fog": {"0 share": "needed", "1 at": "optional"}},
     {"Stage.fog": {"0 at": "optional", "1 share": "needed"}}),
    ("an argument by place", {"Stage.fog": {"0 share": "needed"}},
     {"Stage.fog": {"by name share": "needed"}}),
]  # fmt: skip


@pytest.mark.parametrize(("then", "now"), [g[1:] for g in GONE], ids=[g[0] for g in GONE])
def test_a_change_that_would_break_a_scenario_is_noticed(
    then: dict[str, Arguments], now: dict[str, Arguments]
) -> None:
    assert lost(then, now)


def test_what_is_only_added_breaks_nothing() -> None:
    then: dict[str, Arguments] = {"Stage.fog": {"by name share": "needed"}}
    now: dict[str, Arguments] = {
        "Stage.fog": {"0 share": "optional", "by name colour": "optional"},
        "Stage.snow": {"0 share": "needed"},
    }
    assert not lost(then, now)
