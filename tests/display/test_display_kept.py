"""What is made by script is made once on a machine, and again whenever it is not whole."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from second_start import never, sights

import vr_runtime.stage
from vr_runtime.display import ahead
from vr_runtime.display import build as building
from vr_runtime.display.graphics import GraphicsUnavailable
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda import evening_room, meadow, quiet_room, shore
from vr_runtime.stage.panda.folder import (
    ABANDONED_S,
    SWEPT,
    Folder,
    cache_dir,
    fingerprint,
    sources,
)
from vr_runtime.stage.panda.kept import Arrays, KeptArrays
from vr_runtime.stage.panda.rooms import ROOMS_MADE

NUMBERS = {
    "faces": Mesh().packed(),
    "wide": np.arange(24, dtype=np.uint16).reshape(2, 3, 4),
}


def make() -> Arrays:
    return NUMBERS


def equal(one: Arrays, other: Arrays) -> bool:
    return one.keys() == other.keys() and all(
        one[name].dtype == other[name].dtype and np.array_equal(one[name], other[name])
        for name in one
    )


def kept_file(folder: Path) -> Path:
    (path,) = folder.glob("*.arrays")
    return path


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    numbers=st.dictionaries(
        st.text(min_size=1, max_size=8),
        arrays(np.float32, array_shapes(max_dims=3, max_side=4), elements=st.floats(0, 1, width=32))
        | arrays(np.uint8, array_shapes(max_dims=3, max_side=4)),
    )
)
def test_any_numbers_come_back_as_they_were_made(tmp_path_factory, numbers):
    kept = KeptArrays(tmp_path_factory.mktemp("kept"))
    assert kept.bring("a/room", lambda: numbers) is numbers
    assert equal(kept.bring("a/room", never), numbers)


def test_two_names_are_two_things(tmp_path):
    kept = KeptArrays(tmp_path)
    other = {"faces": np.zeros(3)}
    kept.bring("a/room", make)
    kept.bring("a/room-too", lambda: other)
    assert equal(kept.bring("a/room", never), NUMBERS)
    assert equal(kept.bring("a/room-too", never), other)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(place=st.integers(0, 10_000), flipped=st.integers(1, 255), cut=st.booleans())
def test_whatever_is_damaged_is_made_again(tmp_path_factory, place, flipped, cut):
    folder = tmp_path_factory.mktemp("kept")
    kept = KeptArrays(folder)
    kept.bring("a/room", make)
    path = kept_file(folder)
    good = bytearray(path.read_bytes())
    place %= len(good)
    if cut:
        path.write_bytes(good[:place])
    else:
        damaged = bytearray(good)
        damaged[place] ^= flipped
        path.write_bytes(damaged)
    made: list[str] = []

    def again() -> Arrays:
        made.append("again")
        return NUMBERS

    assert equal(kept.bring("a/room", again), NUMBERS)
    assert made == ["again"]
    assert path.read_bytes() == good
    assert equal(kept.bring("a/room", never), NUMBERS)


def test_damage_that_the_sum_does_not_show_is_made_again_too(tmp_path):
    kept = KeptArrays(tmp_path)
    kept.bring("a/room", make)
    path = kept_file(tmp_path)
    for strange in (b"", b"no numbers at all", path.read_bytes()[:-9]):
        path.write_bytes(strange)
        path.with_suffix(".sha256").write_text(hashlib.sha256(strange).hexdigest())
        assert equal(kept.bring("a/room", make), NUMBERS)
        assert equal(kept.bring("a/room", never), NUMBERS)


def test_the_folder_is_this_users_alone(tmp_path):
    new, loose = tmp_path / "new" / "models", tmp_path / "loose"
    loose.mkdir(mode=0o755)
    for folder in (new, loose):
        KeptArrays(folder).bring("a/room", make)
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_written_changes_nothing_for_the_patient(tmp_path):
    in_the_way = tmp_path / "models"
    in_the_way.write_text("a file where the folder should be")
    assert KeptArrays(in_the_way).bring("a/room", make) is NUMBERS


def test_nothing_half_written_stays_and_older_versions_go(tmp_path):
    old = tmp_path / "a-room-000000000000.arrays"
    old.write_bytes(b"of an older version")
    KeptArrays(tmp_path).bring("a/room", make)
    assert not old.exists()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".arrays", ".sha256"]


def test_whatever_makes_the_rooms_and_surfaces_counts_in_the_fingerprint():
    listed = (
        "import sys, vr_runtime.stage.panda.meadow, vr_runtime.stage.panda.quiet_room\n"
        "print(*[m.__file__ for n, m in sys.modules.items() if n.startswith('vr_runtime.stage.')])"
    )
    told = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True)
    used = {Path(file) for file in told.stdout.split()}
    used = {path for path in used if path.name != "__init__.py"}
    assert len(used) > 10
    assert used <= set(sources())


@pytest.mark.render
def test_a_second_start_makes_neither_surfaces_nor_rooms_and_looks_the_same(opened, cache_home):
    script = Path(__file__).parent / "second_start.py"
    told = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "XDG_CACHE_HOME": str(cache_home), "ALSOFT_DRIVERS": "null"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert json.loads(told.stdout) == sights(opened)


def test_what_is_shown_is_made_before_there_is_a_window_and_that_is_said_once(
    tmp_path, monkeypatch, capsys
):
    """A window that stood there dark meanwhile would look as if it had hung."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    found = []

    def no_window(*_: object) -> None:
        kept = KeptArrays(cache_dir())
        found.append([kept.there(name) for name in (ahead.SURFACES, *ROOMS_MADE)])
        raise GraphicsUnavailable("there is no window here")

    monkeypatch.setattr(building, "_output", no_window)
    makers = [(quiet_room, "reckoned"), (meadow, "grown"), (shore, "made")]
    makers.append((evening_room, "reckoned"))
    for first in (True, False):
        surfaces = partial(np.zeros, 4, np.uint8) if first else never
        monkeypatch.setattr(ahead, "surface_pixels", surfaces)
        for where, name in makers:
            monkeypatch.setattr(where, name, make if first else never)
        with pytest.raises(GraphicsUnavailable):
            building.build(
                "desktop",
                monitor=None,
                size=(160, 90),
                console_elsewhere=False,
                clock=lambda: 0.0,
                language="en",
            )
        told = capsys.readouterr().err
        assert found.pop() == [True] * 5
        assert ("made on this machine, once" in told) is first


def test_a_start_deletes_what_no_start_of_this_version_reads_again(tmp_path):
    ours, others = fingerprint(), "0123456789ab"
    stays = [
        f"city-district-{ours}.bam",
        f"city-district-{ours}.sha256",
        f"city-tower-{ours}.4711.part.bam",
        "notes of somebody.txt",
        f"{others}.bam",
    ]
    goes = [
        f"city-district-{others}.bam",
        f"city-district-{others}.sha256",
        f"gone-from-the-catalogue-{others}.arrays",
        f"city-tower-{others}.4711.part.bam",
        f"city-flag-{ours}.4712.part.bam",
    ]
    for name in (*stays, *goes):
        (tmp_path / name).write_bytes(b"something")
    long_ago_s = (tmp_path / goes[-1]).stat().st_mtime - ABANDONED_S - 1.0
    os.utime(tmp_path / goes[-1], (long_ago_s, long_ago_s))
    Folder(tmp_path).sweep()
    assert {path.name for path in tmp_path.iterdir()} == {*stays, SWEPT}
    Folder(tmp_path / "never made").sweep()
    assert not (tmp_path / "never made").exists()


def test_a_display_begins_by_sweeping(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache_dir().mkdir(parents=True)
    old = cache_dir() / "city-district-0123456789ab.bam"
    old.write_bytes(b"old")

    def no_window(*_: object) -> None:
        raise GraphicsUnavailable("there is no window here")

    monkeypatch.setattr(building, "_output", no_window)
    monkeypatch.setattr(KeptArrays, "there", lambda kept, name: True)
    with pytest.raises(GraphicsUnavailable):
        building.build(
            "desktop",
            monitor=None,
            size=(160, 90),
            console_elsewhere=False,
            clock=lambda: 0.0,
            language="en",
        )
    assert not old.exists()


def test_all_that_decides_what_a_place_looks_like_renews_what_is_kept():
    root = Path(vr_runtime.stage.__file__).parent
    todo = [Path(place.__file__) for place in (quiet_room, meadow, shore, evening_room)]
    needed: set[Path] = set()
    while todo:
        path = todo.pop()
        if path not in needed:
            needed.add(path)
            todo += imported(path, root)
    assert len(needed) > 20
    assert needed - set(sources()) == set()


def imported(path: Path, root: Path) -> Iterator[Path]:
    """Files of modules below `root` that the file imports from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(root_name(root)):
            place = root.parent.parent.joinpath(*str(node.module).split("."))
            named = [place / f"{each.name}.py" for each in node.names]
            yield from (one for one in (place.with_suffix(".py"), *named) if one.is_file())


def root_name(root: Path) -> str:
    return f"{root.parent.name}.{root.name}."
