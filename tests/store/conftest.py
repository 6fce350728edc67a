from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from store_drawer import Drawer
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


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    """A keyring that works, in place of this machine's."""
    before, drawer = keyring.get_keyring(), Drawer()
    keyring.set_keyring(drawer)
    yield drawer
    keyring.set_keyring(before)
