from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from apart import Cable, apart
from runtime_process import Client, RuntimeProcess, running
from store_samples import TestClock, write_small
from storm_alone import begun

STORMS_S = 110.0
"""With its start, its calm and its judging it is over within two minutes."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What storms for minutes comes first, beside all else: last, it would be waited for."""
    items.sort(key=lambda item: item.get_closest_marker("soak") is None)


@pytest.fixture
def two_minutes_of_storm(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The storm, begun."""
    process = begun(tmp_path, seconds=STORMS_S)
    yield process
    process.kill()
    process.communicate()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small record, closed; to be copied, not changed."""
    path = tmp_path_factory.mktemp("small") / "record.db"
    write_small(path, TestClock())
    return path


@pytest.fixture
def clock() -> TestClock:
    """A clock of a record that is told what time it is."""
    return TestClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a record may be made."""
    return tmp_path / "record.db"


@pytest.fixture(scope="session")
def drawn_before(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the first start with pictures makes once is there, as on a machine that is in use."""
    with running(tmp_path_factory.mktemp("first"), display="offscreen"):
        pass


@pytest.fixture
def in_step(tmp_path: Path) -> Iterator[RuntimeProcess]:
    """A real runtime whose ticks are granted."""
    with running(tmp_path, "--in-step") as runtime:
        yield runtime


@pytest.fixture
def by_clock(tmp_path: Path) -> Iterator[RuntimeProcess]:
    """A real runtime that follows the clock."""
    with running(tmp_path) as runtime:
        yield runtime


@pytest.fixture
def cable() -> Iterator[Cable]:
    """A cable to a patient's machine of its own; skips where the kernel gives none."""
    with apart() as made:
        yield made


@pytest.fixture
def elsewhere(cable: Cable, tmp_path: Path) -> Iterator[RuntimeProcess]:
    """A real runtime at the other end of the cable."""
    with running(tmp_path, host=cable.far, inside=cable.inside) as runtime:
        yield runtime


@pytest.fixture
def connect() -> Iterator[Callable[..., Client]]:
    """Makes clients and disconnects them afterwards."""
    clients: list[Client] = []

    def make(runtime: RuntimeProcess, name: str = "therapist", port: int | None = None) -> Client:
        client = Client(runtime, name, port)
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()
