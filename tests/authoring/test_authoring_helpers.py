"""Modules beside a scenario keep its rules too, and levels that say the same are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from vr_runtime.authoring.check import check
from vr_runtime.examination.examine import examine

PIER = (Path(__file__).parent / "pier.py").read_text("utf-8")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIER_LANG", "en")


def pier_with(folder: Path, line: str, **modules: str) -> Path:
    """A pier in a folder, with a first line and modules beside it; `__` in a name is a folder."""
    place = folder / "pier"
    for name, text in {"scenario": f"{line}\n{PIER}", **modules}.items():
        file = place.joinpath(*name.split("__")).with_suffix(".py")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return place


def told(place: Path, kind: str = "text") -> list[str]:
    report = examine(kind, str(place))  # type: ignore[arg-type]
    return [f"{Path(d.path).relative_to(place)}:{d.line}: {d.code}" for d in report.diagnostics]


@pytest.mark.parametrize(
    "line", ["from .tides import ebb", "from . import tides", "from .tides import *"]
)
def test_a_module_beside_a_scenario_may_not_import_more_than_it(tmp_path: Path, line: str):
    place = pier_with(tmp_path, line, tides="ebb = 1\nimport socket\n")
    assert told(place) == ["tides.py:2: PS102"]


def test_modules_are_followed_from_one_to_the_next_and_round_again(tmp_path: Path):
    place = pier_with(
        tmp_path,
        "from .sea.tides import ebb",
        sea__tides="from ..moon import full\nfrom . import waves\nebb = 1\n",
        sea__waves="import random\n",
        moon="from .sea.tides import ebb\nimport threading\n",
    )
    assert sorted(told(place)) == ["moon.py:2: PS102", "sea/waves.py:1: PS102"]


def test_what_lies_beside_and_is_never_imported_is_its_authors_own_business(tmp_path: Path):
    place = pier_with(tmp_path, "", make_pictures="import random, subprocess\n")
    assert told(place) == [] and told(place, "drop-in") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [(b"def (:\n", "PS101"), (b"\xff\xfe\x00", "PS100"), (b"x" * 2_100_000, "PS100")],
)
def test_a_module_that_cannot_be_read_is_told_where_it_lies(tmp_path: Path, text, code):
    place = pier_with(tmp_path, "from . import tides")
    (place / "tides.py").write_bytes(text)
    assert told(place) == [f"tides.py:1: {code}"]


def test_no_way_leads_out_of_the_folder(tmp_path: Path):
    (tmp_path / "outside.py").write_text("import socket\n")
    place = pier_with(tmp_path, "from ..outside import x")
    assert told(place) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_two_levels_with_one_sentence_are_told_at_the_second(tmp_path: Path, language: str):
    file = tmp_path / "pier.py"
    said = {"fr": '"fr": "{} m"', "en": '"en": "{} m up"'}[language]
    text = PIER.replace(said.format(7), said.format(3).replace(" m", "  M", 1))
    file.write_text(text, encoding="utf-8")
    (checked,) = check([str(file)], {})
    (found,) = checked.diagnostics
    assert (found.code, found.weight) == ("PS195", "warning")
    assert text.splitlines()[found.line - 1].lstrip().startswith("7:")
    assert checked.ok, "a warning fails nothing"
