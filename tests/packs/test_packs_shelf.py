"""Installed packs: whole or not there, side by side, and none in the place of another."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from vr_runtime.packs import shelf
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.shelf import Installed, in_use, install, installed, remove


def _content(folder: Path, manifest: object) -> None:
    """Whoever judges finds nothing wrong."""


def _put(built, folder: Path) -> Installed:
    return install(built.path, folder, "0.1.0", _content)


@pytest.fixture
def at(home: Path) -> Path:
    return home / "packs"


def test_a_pack_lies_open_in_a_folder_named_after_it_and_its_hash(packed, at):
    built = packed()
    one = _put(built, at)
    assert one.path == at / f"piers-1.0.0-{built.manifest.hash[:12]}"
    assert (one.path / "pier" / "own" / "bell.ogg").read_bytes() == b"a bell"
    assert at == shelf.shelf()


def test_nothing_in_it_is_meant_to_be_written(packed, at):
    one = _put(packed(), at)
    modes = {stat.S_IMODE(p.stat().st_mode) & 0o222 for p in (one.path, *one.path.rglob("*"))}
    assert modes == {0}


def test_installing_twice_changes_nothing(packed, at):
    built = packed()
    _put(built, at)
    assert _put(built, at).path.exists()
    assert len(list(at.iterdir())) == 1


def test_installing_again_mends_what_has_changed_on_disk(packed, at):
    built = packed()
    file = _put(built, at).path / "README.md"
    file.chmod(0o644)
    file.write_text("Other.\n")
    _put(built, at)
    assert file.read_text() == "A pier.\n"


def test_the_folder_and_the_archive_are_installed_as_one(packed, at):
    assert _put(packed(), at).path == _put(packed("piers"), at).path


def test_what_was_refused_by_its_judge_is_not_there(packed, at):
    def refuse(folder: Path, manifest: object) -> None:
        assert (folder / "pier" / "scenario.py").exists()
        raise PackFault("p", "PS313", "No.")

    with pytest.raises(PackFault):
        install(packed().path, at, "0.1.0", refuse)
    assert list(at.iterdir()) == []


def test_code_that_changes_its_own_pack_while_it_is_judged_is_refused(packed, at):
    def spoil(folder: Path, manifest: object) -> None:
        (folder / "pier" / "more.py").write_text("x = 1\n")

    with pytest.raises(PackFault) as caught:
        install(packed().path, at, "0.1.0", spoil)
    assert caught.value.code == "PS307"
    assert list(at.iterdir()) == []


def test_two_versions_stand_side_by_side_and_the_higher_one_is_used(packed, at):
    for version in ("1.9.0", "1.10.0", "1.2.0"):
        _put(packed(f"{version}.palier", version=version), at)
    found = [one.manifest.version for one in installed(at) if isinstance(one, Installed)]
    used = [one.manifest.version for one in in_use(at, "0.1.0") if isinstance(one, Installed)]
    assert (found, used) == (["1.2.0", "1.9.0", "1.10.0"], ["1.10.0"])


def test_a_version_that_this_palier_is_too_old_for_is_passed_over_for_one_that_fits(packed, at):
    _put(packed(), at)
    later = packed("2.palier", version="2.0.0", palier_from="0.2.0")
    install(later.path, at, "0.3.0", _content)
    used = [one.manifest.version for one in in_use(at, "0.1.0") if isinstance(one, Installed)]
    assert used == ["1.0.0"]
    remove(at, "piers", "1.0.0")
    (refused,) = in_use(at, "0.1.0")
    assert isinstance(refused, PackFault) and refused.code == "PS310"


def test_a_pack_for_another_version_of_palier_is_refused(packed, at):
    with pytest.raises(PackFault) as caught:
        install(packed(palier_from="9.0.0", palier_before="10.0.0").path, at, "0.1.0", _content)
    assert caught.value.code == "PS310" and not at.exists()


def test_one_name_and_version_has_one_content(source, packed, at):
    _put(packed("one.palier"), at)
    (source / "README.md").write_text("Another word.\n")
    with pytest.raises(PackFault) as caught:
        _put(packed("two.palier"), at)
    assert caught.value.code == "PS311"


def test_removing_takes_all_versions_or_the_one_that_is_named(packed, at):
    for version in ("1.0.0", "1.1.0", "1.2.0"):
        _put(packed(f"{version}.palier", version=version), at)
    assert [one.manifest.version for one in remove(at, "piers", "1.1.0")] == ["1.1.0"]
    assert len(remove(at, "piers")) == 2
    assert remove(at, "piers") == [] and list(at.iterdir()) == []


def test_what_a_cut_off_installation_left_is_cleared_away_after_a_day(packed, at):
    old, young = at / ".new-old", at / ".new-young"
    for folder in (old, young):
        (folder / "sub").mkdir(parents=True)
    os.utime(old, (1, 1))
    _put(packed(), at)
    assert not old.exists() and young.exists()


def test_a_broken_pack_on_the_shelf_hides_none_of_the_others(packed, at):
    _put(packed(), at)
    bad = at / "bad"
    bad.mkdir()
    (bad / "pack.toml").write_text("no")
    found = list(installed(at))
    assert [type(one) for one in found] == [PackFault, Installed]


def test_a_full_disk_leaves_nothing(packed, at, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    built = packed()
    monkeypatch.setattr("vr_runtime.packs.writing.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        _put(built, at)
    assert list(at.iterdir()) == []


def test_a_pack_that_was_moved_in_by_hand_is_the_same_pack(packed, at):
    at.mkdir(parents=True)
    shutil.copytree(packed("open").path, at / "by-hand")
    (one,) = installed(at)
    assert isinstance(one, Installed) and one.manifest.name == "piers"
