"""What holds for the whole run: quick starts, models made once, one language to begin in."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import settings
from quiet import stand_in

import controller.language
import vr_runtime.language

# How long an example takes is the machine's; which ones are tried is ours, and the same each time.
settings.register_profile("palier", deadline=None, derandomize=True)
settings.load_profile("palier")

# Hundreds of processes are started here: each would compile all that it imports anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.fixture(scope="session", autouse=True)
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where what is made by script is kept in this run: made once, and never taken from a home."""
    folder = _shared(tmp_path_factory) / "cache"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What failed beside other tests is tried once more without them, and told of at the end.

    Many promises are about seconds of real processes, and three tests share two processors. What
    is broken fails both times.
    """
    for item in items:
        item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def company(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """One test at a time may have the machine to itself; each of the others is in company."""
    room = stand_in(_shared(tmp_path_factory))
    tried_before = getattr(request.node, "execution_count", 1) > 1
    with room.in_company(), room.alone() if tried_before else nullcontext():
        yield


@pytest.fixture(scope="module", autouse=True)
def english() -> None:
    """Each module begins in English, whatever the one before it here has left spoken."""
    controller.language.use("en")
    vr_runtime.language.use("en")


@pytest.fixture(autouse=True)
def language_of_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A command sets the language for the whole process: the next test has that of before."""
    before = controller.language.language(), vr_runtime.language.language()
    monkeypatch.setenv("LANGUAGE", "en")
    yield
    controller.language.use(before[0])
    vr_runtime.language.use(before[1])


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of this run for all processes that tests run in."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
