"""Everything that ships is named with its licence, and is the file that was named."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest
from made_from import maker
from PIL import Image, ImageFont

from controller.report import typeface
from vr_runtime.assets import assets_dir

ASSETS = assets_dir()
ENTRIES = tomllib.loads((ASSETS / "CREDITS.toml").read_text(encoding="utf-8"))["file"]
MOST_AUDIO_BYTES = 8_000_000
MOST_BYTES = {
    ".glb": 12_000_000,
    ".jpg": 2_000_000,
    ".png": 1_000_000,
    ".ogg": 700_000,
    ".ttf": 800_000,
    ".txt": 20_000,
}
"""Of one file of each kind."""
MOST_OF_A_PLACE = {"triangles": 250_000, "vertices": 500_000, "draws": 60}
MOST_PIXELS = 2048 * 2048
SOURCES = ("source/",)


def shipped() -> list[Path]:
    return [
        path
        for path in sorted(ASSETS.rglob("*"))
        if path.is_file()
        and path.name != "CREDITS.toml"
        and "__pycache__" not in path.parts
        and not path.relative_to(ASSETS).as_posix().startswith(SOURCES)
    ]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["path"])
def test_each_file_is_the_one_that_was_credited(entry: dict[str, str]) -> None:
    content = (ASSETS / entry["path"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["licence"] and entry["source"]
    if "script" in entry:
        assert (ASSETS / entry["script"]).is_file()


def test_no_file_ships_without_its_entry() -> None:
    named = {entry["path"] for entry in ENTRIES}
    assert {path.relative_to(ASSETS).as_posix() for path in shipped()} == named


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["path"])
def test_each_file_keeps_the_budget_of_its_kind(entry: dict[str, str | int]) -> None:
    path = ASSETS / str(entry["path"])
    assert path.stat().st_size <= MOST_BYTES[path.suffix]
    if path.suffix == ".glb":
        for what, most in MOST_OF_A_PLACE.items():
            assert 0 < int(entry[what]) <= most, what


@pytest.mark.parametrize(
    "name", [e["path"] for e in ENTRIES if Path(e["path"]).suffix in (".jpg", ".png")]
)
def test_each_picture_opens_whole(name: str) -> None:
    with Image.open(ASSETS / name) as image:
        image.load()
        assert 0 < image.width * image.height <= MOST_PIXELS


@pytest.mark.parametrize("name", [e["path"] for e in ENTRIES if e["path"].endswith(".ttf")])
def test_each_typeface_opens_and_has_letters(name: str) -> None:
    assert ImageFont.truetype(ASSETS / name, 20).getlength("Palier") > 20


def test_light_that_ships_was_baked_finely() -> None:
    baked = [entry for entry in ENTRIES if "light" in entry]
    assert baked and {entry["light"] for entry in baked} == {"final"}


def test_our_own_sounds_are_in_the_public_domain_and_small() -> None:
    sounds = [entry for entry in ENTRIES if entry.get("script") == "source/sounds.py"]
    assert len(sounds) >= 9
    assert {entry["licence"] for entry in sounds} == {"CC0-1.0"}
    assert sum((ASSETS / entry["path"]).stat().st_size for entry in sounds) < MOST_AUDIO_BYTES


def test_no_sound_is_older_than_the_scripts_that_make_it() -> None:
    made = maker(ASSETS)
    now = made.digest(made.sources(ASSETS, "sounds"))
    for entry in ENTRIES:
        if entry["path"].startswith("audio/"):
            assert entry["made_from"] == now, (
                f"{entry['path']} is stale: run `uv run assets/source/build.py --only sounds`"
            )


@pytest.mark.parametrize(
    ("name", "channels"),
    [
        ("wind/steady", 2),
        ("street/far", 2),
        ("calm/meadow", 2),
        ("street/near", 1),
        ("wind/gust", 1),
        ("street/siren", 1),
        ("balcony/creak", 1),
        ("animals/wings", 1),
        ("calm/chime", 1),
    ],
)
def test_what_is_heard_from_a_place_is_mono(name: str, channels: int) -> None:
    content = (ASSETS / "audio" / f"{name}.ogg").read_bytes()
    # the identification header of Vorbis: type 1, "vorbis", version (4 bytes), channels
    at = content.index(b"\x01vorbis")
    assert content[at + 11] == channels


LETTERS = tomllib.loads((typeface.FOLDER / "CREDITS.toml").read_text(encoding="utf-8"))["file"]
"""The typeface lies with the reports, which may not reach into the patient's side."""


@pytest.mark.parametrize("entry", LETTERS, ids=lambda entry: entry["path"])
def test_each_typeface_is_the_one_that_was_credited(entry: dict[str, str]) -> None:
    content = (typeface.FOLDER / entry["path"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert "Bitstream Vera" in entry["licence"] and "DejaVu" in entry["source"]


def test_no_typeface_ships_without_its_entry_and_its_licence() -> None:
    named = {entry["path"] for entry in LETTERS}
    assert {path.name for path in typeface.FOLDER.glob("*.ttf")} == named
    assert set(typeface.FILES.values()) == named
    licence = (typeface.FOLDER / "LICENCE.txt").read_text(encoding="utf-8")
    for holder in ("Bitstream, Inc.", "Tavmjong Bah."):
        assert f"by {holder} All Rights Reserved" in licence


def test_a_typeface_holds_the_letters_of_both_languages() -> None:
    for sign in "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»’–—−×≤→·€⁰¹²³⁴⁵⁶⁷⁸⁹":
        assert typeface.readable(sign) == sign
