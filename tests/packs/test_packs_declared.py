"""What a pack carries of its scenarios is judged as bytes of strangers; nothing is run for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack_samples import PIER, Pier, repacked, said

from vr_runtime.authoring.cli import main
from vr_runtime.authoring.packing import build
from vr_runtime.loader import Places, discover
from vr_runtime.measuring import certificate
from vr_runtime.measuring.packed import with_grades
from vr_runtime.packs.declared import canonical, declared, parsed
from vr_runtime.packs.fault import PackFault
from vr_runtime.packs.limits import MOST_DECLARATION_BYTES
from vr_runtime.packs.manifest import Held
from vr_runtime.packs.reading import read
from vr_runtime.packs.shelf import shelf

WHERE = "declarations/heights.pier.json"
HELD = Held(id="heights.pier", version="1.0.0", path="pier", sha256="0" * 64)
HONEST = canonical(Pier.manifest())


def changed(**other: object) -> bytes:
    """The declaration with other fields, written as it is written."""
    told = {**json.loads(HONEST), **other}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def words(text: str) -> dict[str, str]:
    return {"fr": text, "en": text}


def test_a_pack_carries_what_each_scenario_says_of_itself(packed):
    for out in ("piers.palier", "piers"):
        (one,) = declared(read(packed(out).path), "p")
        assert one.manifest == Pier.manifest() and one.held.id == "heights.pier"
    assert parsed(HONEST, HELD, "p") == Pier.manifest()


WRONG: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("PS315", lambda: b""),
    "no text": ("PS315", lambda: b"\xff\xfe\0"),
    "no JSON": ("PS315", lambda: b"hello"),
    "another document": ("PS315", lambda: b"[]\n"),
    "nests without end": ("PS315", lambda: b"[" * 60_000),
    "one field more": ("PS315", lambda: changed(more=1)),
    "one field less": ("PS315", lambda: HONEST.replace(b'"phobia":"heights",', b"")),
    "a field of another kind": ("PS315", lambda: changed(version=1)),
    "a number in words": ("PS315", lambda: HONEST.replace(b'"rate":0.5', b'"rate":"0.5"')),
    "no number": ("PS315", lambda: HONEST.replace(b'"rate":0.5', b'"rate":NaN')),
    "ten levels": ("PS315", lambda: changed(levels=[words("a")] * 10)),
    "easier above": ("PS315", lambda: HONEST.replace(b"12.0", b"-12.0")),
    "written otherwise": ("PS315", lambda: HONEST + b" "),
    "a field twice": ("PS315", lambda: HONEST.replace(b'{"comfort"', b'{"id":"x.y","comfort"')),
    "steers the terminal": ("PS315", lambda: changed(title=words("a\x1b[2Jb"))),
    "written right to left": ("PS315", lambda: changed(summary=words("a\u202eb"))),
    "two lines": ("PS315", lambda: changed(warnings=[words("a\nb")])),
    "half a character": ("PS315", lambda: HONEST.replace(b"water", rb"\ud800")),
    "of another id": ("PS316", lambda: changed(id="heights.quay")),
    "of another version": ("PS316", lambda: changed(version="1.0.1")),
    "too large": ("PS305", lambda: changed(warnings=[words("a" * 400)] * 100)),
}


@pytest.mark.parametrize("what", list(WRONG))
def test_a_hostile_declaration_is_refused_by_its_code_in_a_sentence(tmp_path, packed, what, capsys):
    code, make = WRONG[what]
    pack = packed("open").path
    (pack / WHERE).write_bytes(make())
    repacked(pack)
    for act in ("verify", "show", "install"):
        capsys.readouterr()
        assert main(["pack", act, str(pack)]) == 1
        told = capsys.readouterr().out
        assert told.startswith(f"{pack}/{WHERE}:1:1: {code} ") and told.count("\n") == 1
        assert told.strip().isprintable()


def test_a_pack_without_a_declaration_is_refused(packed, capsys):
    pack = packed("open").path
    (pack / WHERE).unlink()
    repacked(pack)
    for act in ("verify", "show", "install"):
        assert main(["pack", act, str(pack)]) == 1
        assert "PS314" in capsys.readouterr().out


@given(st.binary(max_size=200), st.integers(0, len(HONEST)))
def test_whatever_the_bytes_are_they_are_refused_or_are_the_honest_ones(junk, at):
    raw = HONEST[:at] + junk + HONEST[at:]
    try:
        assert parsed(raw, HELD, "p") == Pier.manifest() or canonical(parsed(raw, HELD, "p")) == raw
    except PackFault as refused:
        assert refused.code in ("PS305", "PS315", "PS316") and str(refused).isprintable()


def test_what_a_declaration_may_hold_is_told_where_the_pack_is_built(source, tmp_path, capsys):
    words = ["--name", "x", "--title-fr", "x", "--title-en", "x", "--author", "x"]
    build = ["pack", "build", str(source), *words, "--licence", "MIT"]
    file = source / "pier" / "scenario.py"
    file.write_text(PIER.replace('"en": "water"', '"en": "wa\\nter"'), "utf-8")
    assert main([*build, "--out", str(tmp_path / "x.palier")]) == 1
    assert "PS315" in capsys.readouterr().out
    many = ", ".join(['{"fr": "%s", "en": "a"}' % ("é" * 400)] * (MOST_DECLARATION_BYTES // 800))
    file.write_text(PIER.replace('({"fr": "eau", "en": "water"},)', f"({many},)"), "utf-8")
    assert main([*build, "--out", str(tmp_path / "x.palier")]) == 1
    assert "PS305" in capsys.readouterr().out
    assert not (tmp_path / "x.palier").exists()


def test_no_scenario_takes_the_place_of_the_declarations(source, tmp_path, capsys):
    (source / "pier").rename(source / "declarations")
    words = ["--name", "x", "--title-fr", "x", "--title-en", "x", "--author", "x"]
    out = ["--licence", "MIT", "--out", str(tmp_path / "x.palier")]
    assert main(["pack", "build", str(source), *words, *out]) == 1
    assert "PS302" in capsys.readouterr().out


def test_a_pack_built_again_of_an_open_one_is_the_same_pack(packed, tmp_path):
    first = packed("open")
    again = build(first.path, tmp_path / "again.palier", said(), {})
    assert again.manifest.hash == first.manifest.hash


# -- grades


def certify(source: Path, grade: str = "silver") -> Path:
    return certificate.written(source / "pier", "heights.pier", "1.0.0", grade, (), {})


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda raw: raw, "Measured by its author: silver."),
        (lambda raw: raw.replace(b'"scenario": "', b'"scenario": "0'), "Not measured."),
        (lambda raw: raw.replace(b'"stage": "', b'"stage": "0'), "Not measured."),
        (lambda raw: b"{}", "Not measured."),
        (lambda raw: b"[" * 10_000, "Not measured."),
        (lambda raw: b" " * 300_000 + raw, "Not measured."),
    ],
)
def test_a_grade_is_told_only_by_a_certificate_that_holds(source, packed, capsys, spoil, told):
    place = certify(source)
    place.write_bytes(spoil(place.read_bytes()))
    pack = packed().path
    assert main(["pack", "show", str(pack)]) == 0
    assert told in capsys.readouterr().out
    assert main(["pack", "show", str(pack), "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["scenarios"]
    assert (one["grade"] == "silver") == ("silver" in told)
    assert one["declaration"]["title"] == Pier.manifest().title.model_dump()


def test_a_grade_of_an_installed_pack_reaches_the_console_with_the_pack(source, packed, capsys):
    certify(source, "gold")
    assert main(["pack", "install", str(packed().path)]) == 0
    (note,) = with_grades(discover(places=Places(builtin=None, packs=shelf())))
    assert note.grade("heights.pier") == "gold" and note.grade("heights.quay") is None
