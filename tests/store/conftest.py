from __future__ import annotations

from pathlib import Path

import pytest
from store_samples import TestClock, write_small


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small record, closed; to be copied, not changed."""
    path = tmp_path_factory.mktemp("small") / "record.db"
    write_small(path, TestClock())
    return path
