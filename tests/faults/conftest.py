from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from apart import Cable, apart
from runtime_process import Client, RuntimeProcess, running


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
