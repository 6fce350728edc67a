"""What lies beside a scenario is told as it is: its own picture, and a grade while it holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import scenarios.builtin as builtin
from vr_runtime.loader import Library, Places, discover
from vr_runtime.measuring.beside import lying_beside
from vr_runtime.wire.beside import LARGEST_PICTURE

BUILTIN = Path(builtin.__file__).parent
NOWHERE = Places(builtin=None)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for name in ("calm_room.py", "calm_room.jpg", "calm_room.hierarchies.toml"):
        shutil.copy(BUILTIN / name, tmp_path)
    return tmp_path


def found(shelf: Path) -> Library:
    return discover([shelf], places=NOWHERE)


def test_the_picture_is_the_file_that_lies_there(shelf: Path) -> None:
    (beside,) = lying_beside(found(shelf)).values()
    assert beside.image == (BUILTIN / "calm_room.jpg").read_bytes()
    assert (beside.origin, beside.grade, beside.outdated) == ("given", None, False)


def test_without_a_picture_none_is_told(shelf: Path) -> None:
    (shelf / "calm_room.jpg").unlink()
    (beside,) = lying_beside(found(shelf)).values()
    assert beside.image == b""


def test_a_picture_too_large_for_the_wire_is_left_out(shelf: Path) -> None:
    (shelf / "calm_room.jpg").write_bytes(bytes(LARGEST_PICTURE + 1))
    (beside,) = lying_beside(found(shelf)).values()
    assert beside.image == b""


def test_a_grade_is_told_only_while_its_certificate_holds(shelf: Path) -> None:
    shutil.copy(BUILTIN / "calm_room.certificate.json", shelf)
    (beside,) = lying_beside(found(shelf)).values()
    assert (beside.grade, beside.outdated) == ("gold", False)
    with (shelf / "calm_room.py").open("a") as file:
        file.write("# another one\n")
    (beside,) = lying_beside(found(shelf)).values()
    assert (beside.grade, beside.outdated) == (None, True)
