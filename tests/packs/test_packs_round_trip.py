"""A pack is the same bytes wherever it is built, one hash in both forms, and read back whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack_samples import said

from vr_runtime.packs import names
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.manifest import Held, PackManifest, parsed, written
from vr_runtime.packs.names import Spellings, unsafe
from vr_runtime.packs.reading import read
from vr_runtime.packs.writing import keep_in, weigh, write

WORDS = st.text("abéà-_ 19", min_size=1, max_size=8)
PATHS = st.lists(WORDS, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".png")


@st.composite
def trees(draw) -> dict[str, bytes]:
    """Files as they may lie in a pack."""
    found = draw(st.dictionaries(PATHS, st.binary(max_size=3000), max_size=6))
    seen, kept = Spellings(), {"a/scenario.py": b"x = 1\n"}
    seen.clash("a/scenario.py")
    for path, content in found.items():
        if not unsafe(path) and not seen.clash(path):
            kept[path] = content
    return kept


def written_down(tree: dict[str, bytes], folder: Path) -> tuple[PackManifest, list]:
    for path, content in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    files = [weigh(path, folder / path) for path in sorted(tree)]
    held = Held(id="heights.a", version="1.0.0", path="a", sha256="0" * 64)
    listed = tuple(each.listed for each in files)
    manifest = PackManifest(**said().model_dump(), format=1, scenarios=(held,), files=listed)
    return manifest, files


@given(trees())
def test_what_is_read_is_what_was_written_in_both_forms_under_one_hash(tree):
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        manifest, files = written_down(tree, here / "source")
        hashes = set()
        for out in (here / "p.palier", here / "p"):
            write(out, written(manifest), None, files)
            into = here / f"read-{out.name}"
            pack = read(out, keep=lambda path, chunks, into=into: keep_in(into, path, chunks))
            assert pack.manifest == manifest
            assert {p: (into / p).read_bytes() for p in tree} == tree
            hashes.add(pack.hash)
        assert hashes == {manifest.hash}


@given(trees())
def test_the_manifest_is_read_back_as_it_was_and_its_hash_is_that_of_its_file(tree):
    with tempfile.TemporaryDirectory() as name:
        manifest, _files = written_down(tree, Path(name))
    raw = written(manifest)
    assert parsed(raw, "p") == manifest
    assert manifest.hash == hashlib.sha256(raw).hexdigest()


@given(st.text(min_size=1, max_size=60))
def test_a_text_either_is_refused_or_comes_back_as_it_was(text):
    try:
        about = said(author=text)
    except ValueError:
        return
    with tempfile.TemporaryDirectory() as name:
        manifest, _files = written_down({"a/scenario.py": b""}, Path(name))
    manifest = manifest.model_copy(update={"author": about.author})
    assert parsed(written(manifest), "p").author == text


def test_the_same_folder_gives_the_same_bytes_at_any_time_and_place(source, packed, tmp_path):
    first = packed("one.palier").path.read_bytes()
    elsewhere = tmp_path / "elsewhere" / "source"
    shutil.copytree(source, elsewhere, copy_function=shutil.copyfile)
    for path in elsewhere.rglob("*"):
        os.utime(path, (1, 1))
    shutil.rmtree(source)
    elsewhere.rename(source)
    assert packed("two.palier").path.read_bytes() == first


def test_a_folder_and_an_archive_have_one_hash_that_anybody_can_compute(packed):
    archive, folder = packed(), packed("piers")
    assert archive.manifest.hash == folder.manifest.hash
    told = subprocess.run(
        ["sha256sum", folder.path / "pack.toml"], capture_output=True, text=True, check=True
    )
    assert told.stdout.split()[0] == archive.manifest.hash


def test_any_program_for_zips_can_open_a_pack(packed):
    with zipfile.ZipFile(packed().path) as opened:
        assert opened.testzip() is None
        assert opened.namelist()[0] == "pack.toml"
        assert opened.read("pier/own/bell.ogg") == b"a bell"


def test_a_pack_holds_what_is_visible_and_nothing_else(source, packed):
    (source / ".git").mkdir()
    (source / "_notes").mkdir()
    (source / "pier" / "__pycache__").mkdir()
    (source / "pier" / "__pycache__" / "scenario.pyc").write_bytes(b"x")
    (source / "pier" / ".secret.txt").write_text("x")
    assert [each.path for each in packed().manifest.files] == [
        "README.md", "declarations/heights.pier.json",
        "pier/CREDITS.toml", "pier/own/bell.ogg", "pier/scenario.py",
    ]  # fmt: skip


@pytest.mark.parametrize("byte", [0, 33, 200, 700, -1, -30, -200])
def test_one_changed_byte_anywhere_is_told(packed, byte):
    path = packed().path
    raw = bytearray(path.read_bytes())
    raw[byte] ^= 0x20
    path.write_bytes(raw)
    with pytest.raises(PackFault):
        read(path)


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=255))
def test_no_byte_of_an_archive_is_without_meaning(at, flip):
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        manifest, files = written_down({"a/scenario.py": b"x = 1\n", "a/b.png": b"b"}, here / "s")
        path = here / "p.palier"
        write(path, written(manifest), None, files)
        raw = bytearray(path.read_bytes())
        raw[at % len(raw)] ^= flip
        path.write_bytes(raw)
        try:
            # The manifest itself may be changed into another one: then it is another pack.
            assert read(path).hash != manifest.hash
        except PackFault:
            pass


@given(st.text(max_size=40))
def test_a_path_that_is_let_through_stays_inside_on_every_drive(path):
    if unsafe(path):
        return
    parts = path.split("/")
    assert not set(parts) & {"", ".", ".."} and "\\" not in path and "\0" not in path
    assert not Path(path).is_absolute() and ":" not in path
    assert (Path("/root") / path).resolve().is_relative_to("/root")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a/b.png", "a/B.png"),
        ("A/b.png", "a/c.png"),
        ("a/ﬁ.png", "a/fi.png"),
        ("straße.png", "STRASSE.png"),
        ("a.png", "a.png/b.png"),
        ("a.png/b.png", "a.png"),
        ("a/b.png", "a/b.png"),
    ],
)
def test_two_names_that_some_drive_takes_for_one_clash(first, second):
    seen = Spellings()
    assert not seen.clash(first)
    assert seen.clash(second)


def test_no_kind_of_file_is_carried_that_holds_code_or_other_files():
    barred = "a.bam a.egg a.so a.pyd a.dll a.pyc a.pkl a.pickle a.zip a.tar a.gz a.palier a.npy a.exe a.sh"  # noqa: E501
    assert not [name for name in barred.split() if names.carried(name)]
