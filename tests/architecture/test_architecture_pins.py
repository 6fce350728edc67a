"""What was tested is what is installed: each package has one version, written down."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pins
import pytest

UV = tomllib.loads((pins.ROOT / "pyproject.toml").read_text())["tool"]["uv"]
PINNED = dict(line.split("==") for line in UV["constraint-dependencies"])
BUILDING = dict(line.split("==") for line in UV["build-constraint-dependencies"])


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_pins_are_plain_sorted_and_one_for_each_package():
    for key in ("constraint-dependencies", "build-constraint-dependencies"):
        lines = UV[key]
        names = [line.split("==")[0] for line in lines]
        assert names == sorted(set(names))
        for line in lines:
            assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.!+]*", line), line


def test_every_package_of_this_environment_is_pinned_to_what_it_is():
    here = {normal(d.metadata["Name"]): d.version for d in distributions()}
    del here["palier"]
    differ = {n: v for n, v in here.items() if PINNED.get(n, BUILDING.get(n)) != v}
    assert not differ, f"run `uv run python {Path(pins.__file__).relative_to(pins.ROOT)}`"


def test_every_package_of_the_lock_is_pinned_extras_and_other_systems_included():
    lock = pins.ROOT / "uv.lock"
    assert lock.exists(), "made by `uv run`"
    assert pins.locked(lock) == PINNED


@pytest.mark.parametrize("name", ["hatchling", "editables", "packaging", "pathspec", "pluggy"])
def test_what_builds_the_wheel_is_pinned_with_all_it_needs(name):
    assert name in BUILDING
