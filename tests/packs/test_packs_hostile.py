"""What others may send: each is refused in one sentence, in little memory, and leaves nothing."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pack_samples import said
from yard import Yard

from vr_runtime.authoring.cli import main
from vr_runtime.packs.declared import canonical
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.limits import MOST_FILE_BYTES, MOST_FILES
from vr_runtime.packs.manifest import Held, Listed, PackManifest, written
from vr_runtime.packs.reading import read
from vr_runtime.packs.shelf import install

CODE = b"x = 1\n"


def listed(path: str, content: bytes = CODE, **other) -> Listed:
    made = {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    return Listed.model_construct(**{**made, **other})


def manifest(*files: Listed) -> bytes:
    """A manifest as it is written, whatever its paths say."""
    held = Held(id="heights.a", version="1.0.0", path="a.py", sha256="0" * 64)
    made = PackManifest.model_construct(
        **{name: getattr(said(), name) for name in type(said()).model_fields},
        format=1,
        scenarios=(held,),
        files=files or (listed("a.py"),),
    )
    return written(made)


class Zip:
    """Writes archives as no honest tool does."""

    def __init__(self) -> None:
        self.body, self.table, self.count = b"", b"", 0

    def add(
        self, name: bytes | str, data: bytes = CODE, *, flags=0x800, method=0, size=None,
        packed=None, extra=b"", crc=None, mode=0o100644, central_name=None, at=None,
    ) -> Zip:  # fmt: skip
        raw = name.encode() if isinstance(name, str) else name
        size = len(data) if size is None else size
        packed = size if packed is None else packed
        crc = zlib.crc32(data) if crc is None else crc
        at = len(self.body) if at is None else at
        self.body += struct.pack(
            "<4s5H3I2H", b"PK\3\4", 20, flags, method, 0, 33, crc, packed, size, len(raw),
            len(extra),
        ) + raw + extra + data  # fmt: skip
        other = raw if central_name is None else central_name
        self.table += struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 788, 20, flags, method, 0, 33, crc, packed, size,
            len(other), 0, 0, 0, 0, mode << 16, at,
        ) + other  # fmt: skip
        self.count += 1
        return self

    def done(self, comment: bytes = b"", count: int | None = None) -> bytes:
        number = self.count if count is None else count
        end = struct.pack(
            "<4s4H2IH", b"PK\5\6", 0, 0, number, number, len(self.table), len(self.body),
            len(comment),
        )  # fmt: skip
        return self.body + self.table + end + comment


def honest() -> Zip:
    return Zip().add("pack.toml", manifest())


def with_path(path: str) -> bytes:
    return Zip().add("pack.toml", manifest(listed(path), listed("a.py"))).add(path).done()


def by_zipfile(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        made.writestr("pack.toml", manifest())
        made.writestr("a.py", CODE)
    return out.getvalue()


def bomb() -> bytes:
    """42 MB of nothing in 42 kB, said to be small."""
    packer = zlib.compressobj(9, wbits=-15)
    data = packer.compress(bytes(42_000_000)) + packer.flush()
    return Zip().add("pack.toml", manifest()).add("a.py", data, method=8, size=6).done()


WRONG: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("PS304", lambda: b""),
    "no archive": ("PS300", lambda: b"hello, this is no archive at all"),
    "way up": ("PS302", lambda: with_path("../a.py")),
    "way up inside": ("PS302", lambda: with_path("a/../../b.py")),
    "absolute": ("PS302", lambda: with_path("/etc/a.py")),
    "drive letter": ("PS302", lambda: with_path("C:/a.py")),
    "backslashes": ("PS302", lambda: with_path("..\\a.py")),
    "nul": ("PS302", lambda: with_path("a.py\0.png")),
    "steers the terminal": ("PS302", lambda: with_path("\x1b[2Ja.py")),
    "written right to left": ("PS302", lambda: with_path("a\u202eyp.png")),
    "device": ("PS302", lambda: with_path("aux.py")),
    "device with endings": ("PS302", lambda: with_path("a/COM1.tar.py")),
    "ends in a dot": ("PS302", lambda: with_path("a./b.py")),
    "stream of a file": ("PS302", lambda: with_path("a.py::$DATA")),
    "hidden": ("PS302", lambda: with_path(".ssh/a.py")),
    "bytecode": ("PS302", lambda: with_path("__pycache__/a.py")),
    "double slash": ("PS302", lambda: with_path("a//b.py")),
    "accents apart": ("PS302", lambda: with_path("e\u0301.py")),
    "too deep": ("PS302", lambda: with_path("/".join("abcdefghij") + ".py")),
    "too long": ("PS302", lambda: with_path("a" * 300 + ".py")),
    "name that is no text": ("PS302", lambda: honest().add(b"\xff\xfe.py").done()),
    "way up that nobody lists": ("PS302", lambda: honest().add("../../b.py").done()),
    "library": ("PS308", lambda: with_path("a.so")),
    "renderer's own format": ("PS308", lambda: with_path("a.bam")),
    "pickle": ("PS308", lambda: with_path("a.pkl")),
    "archive in the archive": ("PS308", lambda: with_path("a.zip")),
    "pack in the pack": ("PS308", lambda: with_path("a.palier")),
    "twice": ("PS303", lambda: honest().add("a.py").add("a.py").done()),
    "twice but for capitals": ("PS303", lambda: with_path("A.py")),
    "twice but for a ligature": (
        "PS303",
        lambda: Zip().add("pack.toml", manifest(listed("fi.py"), listed("ﬁ.py"))).done(),
    ),
    "manifest twice": ("PS303", lambda: honest().add("pack.toml", manifest()).done()),
    "compressed": ("PS304", lambda: by_zipfile(zipfile.ZIP_DEFLATED)),
    "zipped by another tool": ("PS304", lambda: by_zipfile(zipfile.ZIP_STORED)),
    "bomb": ("PS304", bomb),
    "encrypted": ("PS304", lambda: honest().add("a.py", flags=0x801).done()),
    "size said later": ("PS304", lambda: honest().add("a.py", flags=0x808, size=0).done()),
    "link": ("PS304", lambda: honest().add("a.py", mode=stat.S_IFLNK | 0o777).done()),
    "pipe": ("PS304", lambda: honest().add("a.py", mode=stat.S_IFIFO | 0o644).done()),
    "extra field": ("PS304", lambda: honest().add("a.py", extra=b"\0\0\0\0").done()),
    "contents name another": ("PS304", lambda: honest().add("a.py", central_name=b"b.py").done()),
    "contents point elsewhere": ("PS304", lambda: honest().add("a.py", at=0).done()),
    "contents are short": ("PS304", lambda: honest().add("a.py").done(count=1)),
    "more behind the end": ("PS304", lambda: honest().add("a.py").done() + b"more"),
    "comment": ("PS304", lambda: honest().add("a.py").done(b"PK\5\6")),
    "something before": ("PS300", lambda: b"#!/bin/sh\n" + honest().add("a.py").done()),
    "cut off": ("PS304", lambda: honest().add("a.py").done()[:-30]),
    "cut off in a file": ("PS304", lambda: honest().body + b"PK\3\4"),
    "manifest comes later": ("PS304", lambda: Zip().add("a.py").add("pack.toml", b"").done()),
    "manifest too large": ("PS305", lambda: Zip().add("pack.toml", b"#" * (2 << 20)).done()),
    "manifest said to be huge": ("PS305", lambda: Zip().add("pack.toml", b"", size=1 << 31).done()),
    "manifest is no TOML": ("PS301", lambda: Zip().add("pack.toml", b"\0\1").done()),
    "manifest nests without end": (
        "PS301",
        lambda: Zip().add("pack.toml", b"a=" + b"[" * 9999).done(),
    ),
    "manifest is of another format": (
        "PS301",
        lambda: Zip().add("pack.toml", manifest().replace(b"format = 1", b"format = 2")).done(),
    ),
    "manifest is written otherwise": (
        "PS301",
        lambda: Zip().add("pack.toml", manifest() + b"# more\n").add("a.py").done(),
    ),
    "manifest lists itself": (
        "PS301",
        lambda: Zip().add("pack.toml", manifest(listed("pack.toml"))).done(),
    ),
    "file said to be huge": (
        "PS305",
        lambda: Zip().add("pack.toml", manifest(listed("a.py", size=MOST_FILE_BYTES + 1))).done(),
    ),
    "all said to be huge": (
        "PS305",
        lambda: Zip().add(
            "pack.toml",
            manifest(*(listed(p, size=MOST_FILE_BYTES) for p in ("a.py", "b.py", "c.py"))),
        ).done(),
    ),
    "too many files": (
        "PS305",
        lambda: Zip().add(
            "pack.toml", manifest(*(listed(f"{n:05}.py") for n in range(MOST_FILES + 1)))
        ).done(),
    ),
    "wrong hash": ("PS306", lambda: honest().add("a.py", b"y = 2\n").done()),
    "wrong size": ("PS306", lambda: honest().add("a.py", CODE + b"#").done()),
    "size is a lie": ("PS306", lambda: honest().add("a.py", b"", size=1 << 30).done()),
    "wrong checksum": ("PS306", lambda: honest().add("a.py", crc=1).done()),
    "missing": ("PS307", lambda: honest().done()),
    "one more": ("PS307", lambda: honest().add("a.py").add("b.py").done()),
    "one more before": ("PS307", lambda: honest().add("0.py").add("a.py").done()),
    "signature too long": (
        "PS312",
        lambda: honest().add("pack.sig", b"x" * 2000).add("a.py").done(),
    ),
}  # fmt: skip


def test_the_archive_that_all_others_are_made_from_is_in_order(tmp_path):
    path = tmp_path / "p.palier"
    path.write_bytes(honest().add("a.py").done())
    assert read(path).manifest.files[0].path == "a.py"


@pytest.mark.parametrize("what", list(WRONG))
def test_a_hostile_archive_is_refused_by_its_code_in_a_sentence(tmp_path, what, capsys):
    code, make = WRONG[what]
    path = tmp_path / "p.palier"
    path.write_bytes(make())
    with pytest.raises(PackFault) as caught:
        read(path)
    assert caught.value.code == code, str(caught.value)
    (told,) = caught.value.diagnostics
    assert told.path.startswith(str(path)) and str(told).isprintable()
    assert told.message.endswith(".") and "\n" not in told.message


@pytest.mark.parametrize("what", list(WRONG))
def test_nothing_of_it_is_left_on_disk_and_nobody_judges_it(tmp_path, home, what):
    path = tmp_path / "p.palier"
    path.write_bytes(WRONG[what][1]())
    with pytest.raises(PackFault):
        install(path, home / "packs", "0.1.0", _nobody)
    assert [p for p in tmp_path.rglob("*") if not p.is_dir()] == [path]
    assert list((home / "packs").glob("*")) == []


def _nobody(folder: Path, manifest: PackManifest) -> None:
    raise AssertionError("it was shown as a pack")


def test_the_command_says_it_in_one_line_and_ends_with_a_code_of_its_own(tmp_path, capsys):
    path = tmp_path / "p.palier"
    path.write_bytes(WRONG["way up"][1]())
    for act in ("verify", "install", "show"):
        assert main(["pack", act, str(path)]) == 1
        told = capsys.readouterr()
        assert told.out.startswith(f"{path}/../a.py:1:1: PS302 ") and told.out.count("\n") == 1
    assert main(["pack", "verify", str(tmp_path / "nothing.palier")]) == 3


def test_showing_and_verifying_run_nothing_of_it(tmp_path, capsys):
    touched = tmp_path / "touched"
    code = f"open({str(touched)!r}, 'w').close()\n".encode()
    path = tmp_path / "p.palier"
    said = Yard.manifest().model_copy(update={"id": "heights.a"})
    told, where = canonical(said), "declarations/heights.a.json"
    rows = manifest(listed("a.py", code), listed(where, told))
    path.write_bytes(Zip().add("pack.toml", rows).add("a.py", code).add(where, told).done())
    assert main(["pack", "show", str(path)]) == main(["pack", "verify", str(path)]) == 0
    assert not touched.exists()
    exec(code)
    assert touched.exists(), "the code would have told"


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "pack.toml").write_bytes(manifest())
    (folder / "a.py").write_bytes(CODE)
    return folder


def _link(folder: Path) -> None:
    (folder / "a.py").unlink()
    (folder / "a.py").symlink_to("/etc/passwd")


def _linked_folder(folder: Path) -> None:
    (folder / "more").symlink_to("/etc")


def _pipe(folder: Path) -> None:
    (folder / "a.py").unlink()
    os.mkfifo(folder / "a.py")


def _pipe_for_a_manifest(folder: Path) -> None:
    (folder / "pack.toml").unlink()
    os.mkfifo(folder / "pack.toml")


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("PS304", _link),
        ("PS304", _linked_folder),
        ("PS304", _pipe),
        ("PS304", _pipe_for_a_manifest),
        ("PS306", lambda folder: (folder / "a.py").write_bytes(b"y = 1\n")),
        ("PS306", lambda folder: (folder / "a.py").write_bytes(CODE * 2)),
        ("PS307", lambda folder: (folder / "a.py").unlink()),
        ("PS307", lambda folder: (folder / "b.py").write_bytes(CODE)),
        ("PS302", lambda folder: (folder / ".b").write_bytes(CODE)),
        ("PS300", lambda folder: (folder / "pack.toml").unlink()),
    ],
)
def test_a_hostile_folder_is_refused_and_never_waited_for(tmp_path, code, spoil):
    folder = _folder(tmp_path)
    spoil(folder)
    with pytest.raises(PackFault) as caught:
        read(folder)
    assert caught.value.code == code, str(caught.value)


def test_compiled_code_beside_a_scenario_is_refused(tmp_path):
    folder = _folder(tmp_path)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.cpython-311.pyc").write_bytes(b"x")
    with pytest.raises(PackFault) as caught:
        read(folder)
    assert caught.value.code == "PS302"


def test_a_large_pack_is_read_in_little_memory(tmp_path):
    path = tmp_path / "p.palier"
    content = bytes(200_000_000)
    with path.open("wb") as file:
        whole = Zip().add("pack.toml", manifest(listed("a.py", content))).add("a.py", content)
        file.write(whole.done())
    del content, whole
    told = subprocess.run(
        [
            sys.executable, "-c",
            "import resource, sys; from pathlib import Path\n"
            "from vr_runtime.packs.reading import read\n"
            "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "read(Path(sys.argv[1]))\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n",
            path,
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(told.stdout) < 16_000, "kilobytes beyond what importing takes"
