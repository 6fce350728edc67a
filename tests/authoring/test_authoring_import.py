"""`palier-scenario import`: files come in with who made them, ready to be used, or stay out."""

from __future__ import annotations

import base64
import json
import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
from at_terminal import at_a_terminal
from owning import block, even, glb, wav

from vr_runtime.authoring.bringing.bringing import CannotBring, brought
from vr_runtime.authoring.bringing.crediting import CannotBeLaid, Origin, lay
from vr_runtime.authoring.bringing.licences import COMMON, NoLicence, licence, limits
from vr_runtime.authoring.bringing.models import NoModel, packed
from vr_runtime.authoring.cli import main
from vr_runtime.examination.examine import examine
from vr_runtime.stage.models.gltf import read

PIER = (Path(__file__).parent / "pier.py").read_text("utf-8")
FLAGS = ("--licence", "CC-BY-4.0", "--author", "A. Martin", "--source", "example.org/chair")
TONE = wav(0.1 * np.sin(2 * math.pi * 220 * np.arange(24_000) / 48_000))
ORIGIN = Origin("CC0-1.0", "a", "b")


@pytest.fixture(autouse=True)
def nobody_elses_scenarios(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PALIER_LANG", "en")


@pytest.fixture
def scenario(tmp_path) -> Path:
    folder = tmp_path / "pier"
    folder.mkdir()
    (folder / "scenario.py").write_text(PIER, "utf-8")
    return folder


def bring(scenario: Path, *files: Path, flags: tuple[str, ...] = FLAGS) -> int:
    return main(["import", *map(str, files), "--into", str(scenario), *flags])


def credits_of(scenario: Path) -> dict[str, dict[str, str]]:
    entries = tomllib.loads((scenario / "CREDITS.toml").read_text("utf-8"))["file"]
    return {entry["path"]: entry for entry in entries}


def test_files_come_in_with_their_credit_and_the_line_to_write(scenario, tmp_path, capsys):
    (tmp_path / "Vieille Chaise.glb").write_bytes(glb(*block()))
    (tmp_path / "bell.wav").write_bytes(TONE)
    (tmp_path / "quay.png").write_bytes(even((10, 20, 30)))
    files = [tmp_path / name for name in ("Vieille Chaise.glb", "bell.wav", "quay.png")]
    assert bring(scenario, *files) == 0
    told = capsys.readouterr()
    lines = [line.strip() for line in told.out.splitlines()[1:]]
    assert lines == [
        'self.stage.model("own/vieille_chaise.glb")',
        'self.stage.sound("own/bell.wav")',
        'self.stage.panorama("own/quay.png")',
    ]
    assert "LUFS" in told.err and "triangles: 12" in told.err and "BY: " in told.err
    entry = credits_of(scenario)["own/vieille_chaise.glb"]
    assert (entry["licence"], entry["author"]) == ("CC-BY-4.0", "A. Martin")
    built = "        self.foam()\n"
    text = PIER.replace(built, built + "".join(f"        {line}\n" for line in lines[:2]))
    (scenario / "scenario.py").write_text(text, "utf-8")
    assert examine("drop-in", str(scenario)).diagnostics == ()


def test_json_tells_each_file_and_its_line(scenario, tmp_path, capsys):
    (tmp_path / "bell.wav").write_bytes(TONE)
    assert bring(scenario, tmp_path / "bell.wav", flags=(*FLAGS, "--json")) == 0
    (document,) = json.loads(capsys.readouterr().out)
    assert document == {
        "path": "own/bell.wav", "kind": "sound", "write": 'self.stage.sound("own/bell.wav")',
        "licence": "CC-BY-4.0",
    }  # fmt: skip


def test_the_same_file_again_changes_nothing_and_another_is_never_laid_over_it(
    scenario, tmp_path, capsys
):
    file = tmp_path / "bell.wav"
    file.write_bytes(TONE)
    assert bring(scenario, file) == 0
    before = (scenario / "CREDITS.toml").read_bytes()
    assert bring(scenario, file) == 0
    assert (scenario / "CREDITS.toml").read_bytes() == before
    file.write_bytes(wav(np.zeros(4800)))
    assert bring(scenario, file) == 1
    assert "rename one of them" in capsys.readouterr().err
    assert (scenario / "own" / "bell.wav").read_bytes() == TONE


def test_a_file_that_is_named_twice_comes_in_once(scenario, tmp_path, capsys):
    file = tmp_path / "Été à la mer.wav"
    file.write_bytes(TONE)
    assert bring(scenario, file, file) == 0
    assert capsys.readouterr().out.count("own/ete_a_la_mer.wav") == 1
    assert (scenario / "CREDITS.toml").read_text("utf-8").count("[[file]]") == 1


def test_one_bad_file_among_several_keeps_all_out(scenario, tmp_path, capsys):
    (tmp_path / "bell.wav").write_bytes(TONE)
    (tmp_path / "bad.wav").write_bytes(b"no sound")
    assert bring(scenario, tmp_path / "bell.wav", tmp_path / "bad.wav") == 1
    assert "bad.wav" in capsys.readouterr().err
    assert [file.name for file in scenario.iterdir()] == ["scenario.py"]


def test_credits_that_cannot_be_read_keep_the_file_out_and_stay_as_they_are(scenario):
    (scenario / "CREDITS.toml").write_text("[[file", "utf-8")
    with pytest.raises(CannotBeLaid):
        lay(scenario, [("a.wav", TONE, ORIGIN)])
    assert not (scenario / "own").exists()
    assert (scenario / "CREDITS.toml").read_text("utf-8") == "[[file"


def test_an_authors_own_credits_are_kept_word_by_word(scenario):
    lay(scenario, [("a.wav", TONE, ORIGIN)])
    mine = (scenario / "CREDITS.toml").read_text("utf-8") + "# mine\n"
    (scenario / "CREDITS.toml").write_text(mine, "utf-8")
    lay(scenario, [("b.wav", TONE, Origin("CC0-1.0", 'A "B"\\', "c"))])
    assert (scenario / "CREDITS.toml").read_text("utf-8").startswith(mine)
    assert credits_of(scenario)["own/b.wav"]["author"] == 'A "B"\\'


@pytest.mark.parametrize("name", ["a.obj", "a.fbx", "a.mp3", "a"])
def test_a_kind_that_cannot_be_used_is_told_with_those_that_can(name, tmp_path):
    (tmp_path / name).write_bytes(b"a")
    with pytest.raises(CannotBring, match=r"\.glb"):
        brought(tmp_path / name)


def test_only_a_folder_has_files(tmp_path, capsys):
    (tmp_path / "pier.py").write_text(PIER, "utf-8")
    assert bring(tmp_path, tmp_path / "pier.py") == 2
    assert "scenario.py" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told(scenario, tmp_path, capsys):
    assert bring(scenario, tmp_path / "no.glb") == 3
    assert "no.glb" in capsys.readouterr().err


def test_at_a_terminal_it_asks_once_for_all_files_until_there_is_a_licence(scenario, tmp_path):
    for name in ("bell.wav", "horn.wav"):
        (tmp_path / name).write_bytes(TONE)
    files = [str(tmp_path / name) for name in ("bell.wav", "horn.wav")]
    answers = ["unknown\r", "CC-BY 4.0\r", "cc-by-4.0\r", "A. Martin\r", "example.org\r"]
    shown, code = at_a_terminal(["import", *files, "--into", str(scenario)], answers)
    assert code == 0, shown
    assert "nobody may use a file" in shown and "did you mean `CC-BY-4.0`" in shown
    entries = credits_of(scenario)
    assert {entry["author"] for entry in entries.values()} == {"A. Martin"} and len(entries) == 2


# -- licences


@pytest.mark.parametrize("name", COMMON)
def test_common_licences_are_known_in_any_writing(name):
    assert licence(name.lower()) == name


@pytest.mark.parametrize("name", ["LicenseRef-shop-standard", "GPL-3.0-only", "CC-BY-2.0"])
def test_others_are_taken_by_their_name(name):
    assert licence(name) == name


@pytest.mark.parametrize("name", ["", "none", "Unknown", "free", "found it"])
def test_without_a_licence_nothing_comes_in(name):
    with pytest.raises(NoLicence):
        licence(name)


def test_a_slip_gets_the_nearest_right_name():
    with pytest.raises(NoLicence, match=r"did you mean `Apache-2\.0`"):
        licence("Apache 2.0")


def test_what_a_licence_asks_of_a_clinic_is_said():
    assert limits("CC0-1.0") == limits("own-work") == []
    assert any("paid" in told for told in limits("CC-BY-NC-4.0"))
    assert any("not changed" in told for told in limits("CC-BY-ND-4.0"))


# -- glTF of several files


def split(folder: Path, **changes: object) -> Path:
    """A cube as a .gltf with its numbers and a picture beside it."""
    document, data = block(**changes)
    document["buffers"] = [{"byteLength": len(data), "uri": "cube%20data.bin"}]
    document["images"] = [{"uri": "skin.png"}]
    document["textures"] = [{"source": 0}]
    document["materials"][0]["pbrMetallicRoughness"]["baseColorTexture"] = {"index": 0}
    (folder / "cube data.bin").write_bytes(data)
    (folder / "skin.png").write_bytes(even((200, 30, 30), 64))
    (folder / "cube.gltf").write_text(json.dumps(document), "utf-8")
    return folder / "cube.gltf"


def test_a_gltf_of_several_files_becomes_one_that_shows_the_same(tmp_path):
    made = read("cube.glb", packed(split(tmp_path)))
    whole = read("cube.glb", glb(*block()))
    (one,), (other,) = made.parts, whole.parts
    assert np.array_equal(one.vertices, other.vertices)
    assert np.array_equal(one.indices, other.indices)
    assert made.pictures == ((tmp_path / "skin.png").read_bytes(),)


def test_numbers_and_pictures_within_the_text_are_taken_too(tmp_path):
    file = split(tmp_path)
    document = json.loads(file.read_text("utf-8"))
    for part, name in (("buffers", "cube data.bin"), ("images", "skin.png")):
        inside = base64.b64encode((tmp_path / name).read_bytes()).decode()
        document[part][0]["uri"] = f"data:application/octet-stream;base64,{inside}"
    beside = packed(file)
    file.write_text(json.dumps(document), "utf-8")
    inside_of = read("cube.glb", packed(file))
    assert inside_of.pictures == read("cube.glb", beside).pictures


@pytest.mark.parametrize(
    "uri", ["../secret.bin", "/etc/hostname", "https://example.org/a.bin", "%2e%2e/secret.bin"]
)
def test_nothing_beside_the_models_folder_is_read(uri, tmp_path):
    (tmp_path / "secret.bin").write_bytes(b"secret")
    folder = tmp_path / "model"
    folder.mkdir()
    file = split(folder)
    document = json.loads(file.read_text("utf-8"))
    document["buffers"][0]["uri"] = uri
    file.write_text(json.dumps(document), "utf-8")
    with pytest.raises(NoModel, match="elsewhere"):
        packed(file)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"buffers": 3}', '{"buffers": [{}]}'])
def test_what_is_no_gltf_is_told(text, tmp_path):
    (tmp_path / "a.gltf").write_text(text, "utf-8")
    with pytest.raises(NoModel, match=r"a\.gltf"):
        packed(tmp_path / "a.gltf")


def test_a_part_that_is_missing_is_named(tmp_path):
    file = split(tmp_path)
    (tmp_path / "skin.png").unlink()
    with pytest.raises(NoModel, match=r"skin\.png` is missing"):
        packed(file)
