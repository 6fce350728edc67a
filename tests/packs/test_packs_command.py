"""`palier-scenario pack`, as authors and clinics meet it."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest
from pack_samples import PIER, credit

from vr_runtime.authoring import about
from vr_runtime.authoring.cli import main

WORDS = ("--name", "piers", "--title-fr", "Jetées", "--title-en", "Piers",
         "--author", "A. Author", "--licence", "CC-BY-4.0")  # fmt: skip


def document(text: str) -> dict:
    assert text.count("\n") == 1
    return json.loads(text)


@pytest.fixture
def pack(source: Path, tmp_path: Path, capsys) -> Path:
    out = tmp_path / "piers.palier"
    assert main(["pack", "build", str(source), "--out", str(out), *WORDS]) == 0
    capsys.readouterr()
    return out


def test_build_install_list_show_and_remove(pack, capsys):
    assert main(["pack", "install", str(pack)]) == 0
    assert "A therapist approves it" in capsys.readouterr().out
    assert main(["pack", "list", "--json"]) == 0
    (row,) = document(capsys.readouterr().out)
    assert (row["name"], row["used"], row["signed_by"]) == ("piers", True, None)
    assert main(["pack", "show", "piers"]) == 0
    told = capsys.readouterr().out
    assert "It is not signed." in told and "not sandboxed" in told and row["hash"] in told
    assert main(["list", "--json"]) == 0
    cards = {card["id"]: card for card in document(capsys.readouterr().out)}
    assert cards["heights.pier"]["pack"]["sha256"] == row["hash"]
    assert cards["heights.balcony"]["pack"] is None
    assert main(["pack", "remove", "piers"]) == 0
    assert main(["pack", "remove", "piers"]) == 2


@pytest.mark.parametrize("left_out", ["--name", "--author", "--licence", "--title-en"])
def test_without_a_terminal_what_is_missing_is_named(source, tmp_path, capsys, left_out):
    at = WORDS.index(left_out)
    words = WORDS[:at] + WORDS[at + 2 :]
    assert main(["pack", "build", str(source), "--out", str(tmp_path / "p.palier"), *words]) == 2
    assert left_out in capsys.readouterr().err
    assert not (tmp_path / "p.palier").exists()


def test_at_a_terminal_it_is_asked_once_and_kept(source, tmp_path, capsys, monkeypatch):
    answers = iter(["piers", 'Les "jetées"', "Piers", "A. Author", "MIT"])
    monkeypatch.setattr(
        "vr_runtime.authoring.commands.packing.at_the_terminal",
        lambda: lambda question: next(answers),
    )
    build = ["pack", "build", str(source), "--out", str(tmp_path / "p.palier"), "--json"]
    assert main(build) == 0
    first = document(capsys.readouterr().out)
    assert first["title"] == {"fr": 'Les "jetées"', "en": "Piers"}
    assert main(build) == 0
    assert document(capsys.readouterr().out)["hash"] == first["hash"]


def test_a_question_is_only_put_where_somebody_is_there(monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert about.at_the_terminal() is None


def test_a_pack_toml_in_the_folder_answers_and_options_win(source, tmp_path, capsys):
    (source / "pack.toml").write_text(
        'name = "piers"\nversion = "2.0.0"\ntitle = { fr = "J", en = "P" }\n'
        'author = "A"\nlicence = "MIT"\n'
    )
    build = ["pack", "build", str(source), "--out", str(tmp_path / "p.palier"), "--json"]
    assert main([*build, "--licence", "CC0-1.0"]) == 0
    told = document(capsys.readouterr().out)
    assert (told["version"], told["licence"]) == ("2.0.0", "CC0-1.0")


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--name", "Two Words", "PS301"),
        ("--licence", "CC-BY-4", "PS301"),
        ("--author", "a\x1b[2J", "PS301"),
        ("--pack-version", "1.0", "PS301"),
    ],
)
def test_what_is_not_of_its_form_is_said(source, tmp_path, capsys, option, value, code):
    out = tmp_path / "p.palier"
    assert main(["pack", "build", str(source), "--out", str(out), *WORDS, option, value]) == 1
    told = capsys.readouterr().out
    assert code in told and told.strip().isprintable()


def _no_credits(folder: Path) -> None:
    (folder / "CREDITS.toml").unlink()


def _one_more_file(folder: Path) -> None:
    (folder / "own" / "more.png").write_bytes(b"x")


def _changed(folder: Path) -> None:
    (folder / "own" / "bell.ogg").write_bytes(b"another bell")


def _no_licence(folder: Path) -> None:
    text = (folder / "CREDITS.toml").read_text()
    (folder / "CREDITS.toml").write_text(text.replace("CC0-1.0", ""))


def _no_toml(folder: Path) -> None:
    (folder / "CREDITS.toml").write_text("[[file")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_no_credits, "PS309"),
        (_one_more_file, "PS309"),
        (_changed, "PS173"),
        (_no_licence, "PS170"),
        (_no_toml, "PS170"),
    ],
)
def test_a_file_whose_origin_is_not_told_is_not_packed(source, tmp_path, capsys, spoil, code):
    spoil(source / "pier")
    out = tmp_path / "p.palier"
    assert main(["pack", "build", str(source), "--out", str(out), *WORDS]) == 1
    told = capsys.readouterr().out
    assert code in told and told.count("PS17") + told.count("PS309") == 1, told
    assert not out.exists()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("PS308", "pier/own/tree.bam"),
        ("PS308", "pier/tool.so"),
        ("PS302", "pier/own/a:b.png"),
        ("PS308", "loose.png"),
        ("PS308", "folder/word.md"),
        ("PS303", "pier/own/BELL.ogg"),
    ],
)
def test_what_packs_do_not_carry_is_refused_on_building(source, tmp_path, capsys, code, name):
    (source / name).parent.mkdir(exist_ok=True)
    (source / name).write_bytes(b"x")
    out = tmp_path / "p.palier"
    assert main(["pack", "build", str(source), "--out", str(out), *WORDS]) == 1
    assert code in capsys.readouterr().out
    assert not out.exists()


def test_a_scenario_that_the_check_refuses_is_not_packed_and_every_line_is_said(
    source, tmp_path, capsys
):
    text = PIER.replace('material="wood"', 'material="wod"')
    (source / "pier" / "scenario.py").write_text(text, "utf-8")
    out = tmp_path / "p.palier"
    assert main(["pack", "build", str(source), "--out", str(out), *WORDS]) == 1
    told = capsys.readouterr().out
    assert told.startswith(f"{source}/pier/scenario.py:") and "PS144" in told
    assert not out.exists()


def test_one_file_or_one_scenarios_folder_can_be_a_pack(source, tmp_path, capsys):
    single = tmp_path / "pier.py"
    single.write_text(PIER, "utf-8")
    for given in (single, source / "pier"):
        out = tmp_path / f"{given.stem}{len(str(given))}.palier"
        assert main(["pack", "build", str(given), "--out", str(out), *WORDS, "--json"]) == 0
        (held,) = document(capsys.readouterr().out)["scenarios"]
        assert held["path"] == given.name


def test_a_certificate_beside_a_scenario_is_carried_along(source, tmp_path, capsys):
    (source / "pier" / "certificate.json").write_text("{}")
    (source / "pier.certificate.json").write_text("{}")
    credit(source / "pier", "own/bell.ogg")
    out = tmp_path / "p"
    assert main(["pack", "build", str(source), "--out", str(out), *WORDS]) == 0
    assert (out / "pier" / "certificate.json").exists()
    assert (out / "pier.certificate.json").exists()


def test_an_id_that_another_pack_brings_is_refused_and_a_higher_version_is_not(
    source, pack, tmp_path, capsys
):
    assert main(["pack", "install", str(pack)]) == 0
    build = ["pack", "build", str(source), *WORDS]
    other, higher, lower = (tmp_path / f"{n}.palier" for n in "abc")
    assert main([*build, "--name", "quays", "--out", str(other)]) == 0
    assert main([*build, "--pack-version", "1.2.0", "--out", str(higher)]) == 0
    assert main([*build, "--pack-version", "0.9.0", "--out", str(lower)]) == 0
    capsys.readouterr()
    assert main(["pack", "install", str(other)]) == 1
    assert "PS311" in capsys.readouterr().out
    assert main(["pack", "install", str(higher)]) == 0
    capsys.readouterr()
    assert main(["pack", "install", str(lower)]) == 0
    assert "Version 1.2.0 is higher" in capsys.readouterr().out
    main(["pack", "list", "--json"])
    used = {row["version"] for row in document(capsys.readouterr().out) if row["used"]}
    assert used == {"1.2.0"}


def test_a_folder_that_is_there_is_not_written_over(source, tmp_path, capsys):
    out = tmp_path / "p"
    out.mkdir()
    assert main(["pack", "build", str(source), "--out", str(out), *WORDS]) == 1
    assert "PS311" in capsys.readouterr().out and list(out.iterdir()) == []


# -- signatures


@pytest.fixture
def key(tmp_path: Path, capsys) -> Path:
    assert main(["pack", "key", "--out", str(tmp_path / "K")]) == 0
    capsys.readouterr()
    return tmp_path / "K"


def test_a_key_is_the_authors_alone_and_never_written_over(key, capsys):
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    assert main(["pack", "key", "--out", str(key)]) == 3
    assert key.read_bytes() == before


@pytest.mark.parametrize("as_folder", [False, True])
def test_a_signature_says_whose_it_is_and_leaves_the_hash_alone(
    source, pack, key, tmp_path, capsys, as_folder
):
    if as_folder:
        pack = tmp_path / "open"
        assert main(["pack", "build", str(source), "--out", str(pack), *WORDS]) == 0
        capsys.readouterr()
    main(["pack", "verify", str(pack), "--json"])
    before = document(capsys.readouterr().out)
    assert main(["pack", "sign", str(pack), "--key", str(key)]) == 0
    capsys.readouterr()
    assert main(["pack", "verify", str(pack), "--json"]) == 0
    after = document(capsys.readouterr().out)
    assert after["hash"] == before["hash"] and before["signed_by"] is None
    assert len(after["signed_by"]) == 32 and after["signer"] is None
    assert main(["pack", "trust", f"{key}.pub", "--name", "The harbour"]) == 0
    assert main(["pack", "install", str(pack)]) == 0
    capsys.readouterr()
    assert main(["pack", "show", "piers"]) == 0
    assert "Signed by The harbour, whose key is known here" in capsys.readouterr().out
    assert main(["pack", "trust", "--remove", "the harbour"]) == 0
    assert main(["pack", "verify", str(pack)]) == 0
    assert "a key that is not known here" in capsys.readouterr().out


def test_signing_twice_gives_the_same_bytes(pack, key):
    main(["pack", "sign", str(pack), "--key", str(key)])
    before = pack.read_bytes()
    main(["pack", "sign", str(pack), "--key", str(key)])
    assert pack.read_bytes() == before


def test_a_signature_of_another_pack_or_none_at_all_is_broken(source, pack, key, tmp_path, capsys):
    main(["pack", "sign", str(pack), "--key", str(key)])
    other = tmp_path / "open"
    assert main(["pack", "build", str(source), "--out", str(other), *WORDS,
                 "--pack-version", "1.0.1"]) == 0  # fmt: skip
    main(["pack", "sign", str(other), "--key", str(key)])
    good = (other / "pack.sig").read_text()
    changed = good[:-5] + ("0" if good[-5] != "0" else "1") + good[-4:]
    twin = tmp_path / "twin"
    assert main(["pack", "build", str(source), "--out", str(twin), *WORDS]) == 0
    for text in (good, changed, "nonsense", ""):
        (twin / "pack.sig").write_text(text)
        capsys.readouterr()
        assert main(["pack", "verify", str(twin)]) == 1
        assert "PS312" in capsys.readouterr().out
        assert main(["pack", "install", str(twin)]) == 1
    (other / "pack.sig").write_text(good)
    assert main(["pack", "verify", str(other)]) == 0


def test_a_key_that_others_can_read_signs_nothing(pack, key, capsys):
    key.chmod(0o644)
    before = pack.read_bytes()
    assert main(["pack", "sign", str(pack), "--key", str(key)]) == 3
    assert "chmod 600" in capsys.readouterr().err and pack.read_bytes() == before


def test_what_is_no_key_is_said(pack, tmp_path, capsys):
    wrong = tmp_path / "wrong"
    wrong.write_text("hello")
    wrong.chmod(0o600)
    assert main(["pack", "sign", str(pack), "--key", str(wrong)]) == 3
    assert main(["pack", "sign", str(pack), "--key", str(tmp_path / "no")]) == 3
    assert main(["pack", "trust", str(wrong), "--name", "x"]) == 3
    assert main(["pack", "trust", "--remove", "nobody"]) == 2


def test_two_keys_never_have_one_name(key, tmp_path, capsys):
    main(["pack", "key", "--out", str(tmp_path / "L")])
    assert main(["pack", "trust", f"{key}.pub", "--name", "Harbour"]) == 0
    assert main(["pack", "trust", str(tmp_path / "L.pub"), "--name", "harbour"]) == 3


def test_it_speaks_french(pack, capsys):
    assert main(["pack", "verify", str(pack), "--lang", "fr"]) == 0
    assert "n'est pas signé" in capsys.readouterr().out.replace("\u2019", "'")


def test_a_pack_moved_out_of_the_way_is_told_as_not_there(pack, capsys):
    shutil.move(pack, f"{pack}.old")
    assert main(["pack", "install", str(pack)]) == 3
    assert "PS300" in capsys.readouterr().out
