from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from controller.exports import folder
from controller.exports.folder import FolderNotEmpty, write_whole

FILES = {"a.csv": b"1", "sub-1/beh/b.tsv": b"2", "sub-1/c.json": b"3"}


def everything(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


@pytest.fixture(params=["new", "empty", "deep"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "empty":
        (tmp_path / "out").mkdir()
    return tmp_path / ("some/where/out" if request.param == "deep" else "out")


def test_all_files_are_there_with_their_contents(place: Path) -> None:
    write_whole(place, FILES)
    found = {p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*.*")}
    assert found == FILES
    assert [p.name for p in place.parent.iterdir()] == ["out"]


def test_only_their_owner_can_read_them(place: Path) -> None:
    before = os.umask(0)
    try:
        write_whole(place, FILES)
    finally:
        os.umask(before)
    modes = {p.is_dir(): p.stat().st_mode & 0o777 for p in (place, *place.rglob("*"))}
    assert modes == {True: 0o700, False: 0o600}


@pytest.mark.parametrize("hidden", [".x", "x.csv"])
def test_a_folder_with_anything_in_it_is_left_as_it_is(tmp_path: Path, hidden: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / hidden).write_text("kept")
    with pytest.raises(FolderNotEmpty, match="name a new one"):
        write_whole(tmp_path / "out", FILES)
    assert everything(tmp_path) == {"out", f"out/{hidden}"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("kept")
    with pytest.raises(FolderNotEmpty):
        write_whole(tmp_path / "out", FILES)
    assert (tmp_path / "out").read_text() == "kept"


def test_the_folder_one_stands_in_is_not_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FolderNotEmpty, match="you are in"):
        write_whole(Path("."), FILES)


def test_a_link_to_an_empty_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    write_whole(tmp_path / "out", FILES)
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real/a.csv").read_bytes() == b"1"


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_full_disk_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    (tmp_path / "out").mkdir()
    synced = 0

    def full(_handle: int) -> None:
        nonlocal synced
        synced += 1
        if synced == at:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(folder.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "out", FILES)
    assert everything(tmp_path) == {"out"}


def test_whoever_fills_the_folder_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.rename

    def late(source: Path, target: Path) -> None:
        target.mkdir()
        (target / "theirs").write_text("kept")
        rename(source, target)

    monkeypatch.setattr(folder.os, "rename", late)
    with pytest.raises(FolderNotEmpty):
        write_whole(tmp_path / "out", FILES)
    assert everything(tmp_path) == {"out", "out/theirs"}
