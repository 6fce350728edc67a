"""The check tells of own files what is wrong, where it stands, and what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from owning import ENTRY, block, equirect, glb, own_in, wav

from vr_runtime.authoring.check import check
from vr_runtime.stage.own import MOST_BYTES, MOST_BYTES_IN_ALL


def told(folder: Path) -> list[str]:
    """Code, file and line of each thing that is found."""
    (found,) = check([str(folder)], {})
    return [f"{Path(d.path).name}:{d.line}:{d.column} {d.code}" for d in found.diagnostics]


BUILD = """    def build(self):
"""
TEXT = (Path(__file__).parent / "pier.py").read_text("utf-8")


def quay(folder: Path, files: dict[str, bytes], *calls: str, credited: bool = True) -> Path:
    """A scenario that makes these calls at the start of its `build`, with these own files."""
    made = own_in(folder / "quay", files, credited=credited)
    more = "".join(f"        {call}\n" for call in calls)
    (made / "scenario.py").write_text(TEXT.replace(BUILD, BUILD + more), "utf-8")
    return made


LINE = TEXT[: TEXT.index(BUILD)].count("\n") + 2
"""The line of the first call."""
PANORAMA = 'self.stage.panorama("own/harbour.png")'
FILES = {"own/harbour.png": equirect()}


def test_own_files_that_are_as_they_should_be_have_nothing_to_tell(tmp_path):
    files = {**FILES, "own/bell.wav": wav(np.zeros(9)), "own/chair.glb": glb(*block())}
    calls = ['self.stage.sound("own/bell.wav")', 'self.stage.model("own/chair.glb")']
    assert told(quay(tmp_path, files, PANORAMA, *calls)) == []


def test_a_folder_without_own_files_needs_no_credits(tmp_path):
    assert told(quay(tmp_path, {}, credited=False)) == []


@pytest.mark.parametrize(
    ("call", "column", "code"),
    [
        ('self.stage.panorama("own/habour.png")', 29, "PS171"),
        ('self.stage.panorama("own/new.png")', 29, "PS172"),
        ('self.stage.panorama("own/bell.wav")', 29, "PS174"),
        ('self.stage.model(name="own/harbour.png")', 31, "PS174"),
        ('self.stage.model("own/chair.bam")', 26, "PS174"),
        ('self.stage.sound("own/vast.wav")', 26, "PS175"),
        ('self.stage.panorama("own/../../secret.png")', 29, "PS176"),
        ('self.stage.panorama("harbour.png")', 29, "PS176"),
        ('self.stage.sound("bell.wav")', 26, "PS176"),
        ('self.stage.model("/tmp/chair.glb")', 26, "PS176"),
    ],
)
def test_a_call_for_what_may_not_be_used_is_told_where_it_stands(tmp_path, call, column, code):
    folder = quay(tmp_path, {**FILES, "own/bell.wav": wav(np.zeros(9))}, call)
    (folder / "own/new.png").write_bytes(equirect())
    with (folder / "own/vast.wav").open("wb") as vast:
        vast.truncate(MOST_BYTES["sound"] + 1)
    assert told(folder) == [f"scenario.py:{LINE}:{column} {code}"]


@pytest.mark.parametrize(
    ("call", "column"),
    [
        ('self.stage.text({"fr": "a", "en": "a"}, at=(0, 0, 0), plate="wod")', 69),
        ('self.stage.room((4.0, 4.0, 2.5), wall="plaster", floor="wod")', 64),
    ],
)
def test_materials_of_signs_and_rooms_are_checked_where_they_stand(tmp_path, call, column):
    assert told(quay(tmp_path, {}, call)) == [f"scenario.py:{LINE}:{column} PS144"]


def test_without_any_credits_the_call_is_told(tmp_path):
    folder = quay(tmp_path, FILES, PANORAMA, credited=False)
    assert told(folder) == [f"scenario.py:{LINE}:29 PS172"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"other bytes", "PS173"),
        (None, "PS171"),
    ],
)
def test_a_credited_file_that_is_another_is_told_at_its_credit(tmp_path, data, code):
    folder = quay(tmp_path, {"own/quay.png": equirect(), **FILES})
    if data is None:
        (folder / "own/harbour.png").unlink()
    else:
        (folder / "own/harbour.png").write_bytes(data)
    assert told(folder) == [f"CREDITS.toml:9:1 {code}"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("own/tool.py", b"", "PS174"),
        ("own/chair.egg", b"", "PS174"),
        ("harbour.png", equirect(), "PS176"),
        ("own/flat.png", equirect(640, 480), "PS177"),
        ("own/two_eyes.png", equirect(256, 256), "PS177"),
        ("own/bad.glb", b"no model", "PS177"),
        ("own/text.jpg", b"no picture", "PS177"),
    ],
)
def test_a_credited_file_of_the_wrong_kind_is_told_at_its_credit(tmp_path, name, data, code):
    assert told(quay(tmp_path, {name: data})) == [f"CREDITS.toml:2:1 {code}"]


@pytest.mark.parametrize("text", ["[[file]\n", "file = 1", ENTRY.replace("author", "autor")])
def test_credits_that_cannot_be_read_are_told(tmp_path, text):
    folder = quay(tmp_path, FILES)
    (folder / "CREDITS.toml").write_text(text, "utf-8")
    assert told(folder) == ["CREDITS.toml:1:1 PS170"]


def test_more_than_may_be_in_all_is_told(tmp_path):
    folder = quay(tmp_path, FILES)
    for number in range(1 + MOST_BYTES_IN_ALL // MOST_BYTES["film"]):
        with (folder / f"own/{number}.mp4").open("wb") as vast:
            vast.truncate(MOST_BYTES["film"])
    assert told(folder) == ["CREDITS.toml:1:1 PS175"]


def test_each_thing_is_told_with_what_to_do(tmp_path):
    (found,) = check([str(quay(tmp_path, FILES, 'self.stage.panorama("harbour.png")'))], {})
    (line,) = map(str, found.diagnostics)
    assert line.endswith("— lay it into `own` beside scenario.py, and write `own/harbour.png`")
