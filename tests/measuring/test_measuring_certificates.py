"""A certificate holds for what was measured, and shipped scenarios keep the grade they have."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from lot import TODAY

from vr_runtime.authoring.check import check
from vr_runtime.authoring.cli import main
from vr_runtime.authoring.commands.answers import card
from vr_runtime.authoring.page import page
from vr_runtime.examination.examine import examine
from vr_runtime.loader import Places, discover, found_at
from vr_runtime.measuring import certificate
from vr_runtime.measuring.certificate import SHOWS_IT, hashes, place_of, read, valid_grade
from vr_runtime.measuring.grades import GRADES

PIER = Path(__file__).parents[1] / "authoring" / "pier.py"
ROOT = Path(__file__).resolve().parents[2]
SHIPPED = {f.manifest.id: f.path for f in discover(places=Places())}


@pytest.fixture
def certified(tmp_path: Path) -> Path:
    file = tmp_path / "pier.py"
    file.write_bytes(PIER.read_bytes())
    certificate.written(file, "heights.pier", "1.0.0", "silver", ["thumbnail"], {"walked": None})
    return file


def test_a_certificate_holds_for_what_was_measured(certified: Path) -> None:
    held = read(certified)
    assert held is not None and held.sha256 == hashes(certified)
    assert (held.scenario, held.grade, held.missing) == ("heights.pier", "silver", ("thumbnail",))
    assert "clinical" in held.note
    assert valid_grade(certified) == "silver"


@pytest.mark.parametrize("part", ["scenario", "stage", "assets"])
def test_a_certificate_holds_no_longer_where_anything_changed(certified: Path, part: str) -> None:
    place = place_of(certified)
    told = json.loads(place.read_text("utf-8"))
    told["sha256"][part] = "0" * 64
    place.write_text(json.dumps(told), "utf-8")
    held = read(certified)
    assert held is not None and held.sha256.parted(hashes(certified)) == [part]
    assert valid_grade(certified) is None


def test_a_changed_scenario_has_no_grade(certified: Path) -> None:
    certified.write_text(PIER.read_text("utf-8") + "\n", "utf-8")
    assert valid_grade(certified) is None


def test_list_and_show_tell_the_grade_of_a_certificate_that_holds(certified: Path) -> None:
    for grade in ("silver", None):
        found = found_at(certified, examine("drop-in", str(certified)))
        assert card(found)["grade"] == grade
        assert ("silver" in page(found)) is (grade is not None)
        certified.write_text(PIER.read_text("utf-8") + "\n", "utf-8")


@pytest.mark.parametrize("part", ["scenario", "stage", "assets"])
def test_a_certificate_that_is_out_of_date_says_so_by_itself(
    certified: Path, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = found_at(certified, examine("drop-in", str(certified)))
    assert card(found)["out_of_date"] == []
    assert main(["check", "--static", str(certified)]) == 0
    assert "PS163" not in capsys.readouterr().out
    place = place_of(certified)
    told = json.loads(place.read_text("utf-8"))
    told["sha256"][part] = "0" * 64
    place.write_text(json.dumps(told), "utf-8")
    assert card(found)["out_of_date"] == [part]
    assert f"palier-scenario check --certificate {certified}" in page(found)
    assert main(["check", "--static", str(certified)]) == 0, "it is only warned of"
    said = capsys.readouterr().out
    assert f"{certified}:1:1: PS163" in said and f"--certificate {certified}" in said


def test_a_certificate_lies_beside_a_folder_and_not_within(tmp_path: Path) -> None:
    folder = tmp_path / "pier"
    folder.mkdir()
    (folder / "scenario.py").write_bytes(PIER.read_bytes())
    before = hashes(folder)
    place = certificate.written(folder, "heights.pier", "1.0.0", "bronze", [], {})
    assert place == tmp_path / "pier.certificate.json"
    assert hashes(folder) == before


def test_each_room_that_shows_a_scenario_is_there() -> None:
    assert all(any((ROOT / room).rglob("*.py")) for room in SHOWS_IT)


def test_no_certificate_is_written_of_what_is_not_in_order(tmp_path: Path, capsys) -> None:
    file = tmp_path / "pier.py"
    file.write_text("class\n", "utf-8")
    assert main(["check", "--certificate", str(file)]) == 1
    assert not place_of(file).exists()
    assert str(file) in capsys.readouterr().err


MOST = 2
"""A drawn measurement takes minutes, and a run of all tests has its hour: no more than so many."""


def to_measure(shipped: dict[str, Path], day: int) -> list[str]:
    """One drawn by lot, and of those changed since they were measured as many as there is time for.

    Which of them is drawn by lot too: each has its turn. The long form measures all.
    """
    chance = random.Random(day)
    lot = chance.sample(sorted(shipped), min(1, len(shipped)))
    changed = sorted(id for id, path in shipped.items() if id not in lot and _was_changed(path))
    return sorted({*lot, *chance.sample(changed, min(len(changed), MOST - len(lot)))})


def _was_changed(path: Path) -> bool:
    held = read(path)
    return held is None or held.sha256.scenario != hashes(path).scenario


def test_whatever_was_changed_is_measured_again_and_one_by_lot(tmp_path: Path) -> None:
    shipped = {}
    for name in "abcdef":
        file = shipped[name] = tmp_path / f"{name}.py"
        file.write_bytes(PIER.read_bytes())
        certificate.written(file, "heights.pier", "1.0.0", "silver", [], {})
    days = [to_measure(shipped, day) for day in range(60)]
    assert {len(ids) for ids in days} == {1}
    assert {id for ids in days for id in ids} == set(shipped), "each has its turn"
    shipped["c"].write_text(PIER.read_text("utf-8") + "\n", "utf-8")
    assert all("c" in to_measure(shipped, day) for day in range(30))
    place_of(shipped["e"]).unlink()
    days = [to_measure(shipped, day) for day in range(30)]
    assert all({"c", "e"} & set(ids) and len(ids) <= MOST for ids in days)
    assert all(sum(id in ids for ids in days) > 10 for id in "ce"), "each has its turn"


def _measured(id: str, capsys: pytest.CaptureFixture[str], lot: int | None) -> None:
    path = SHIPPED[id]
    held = read(path)
    command = f"palier-scenario check --certificate {path.relative_to(ROOT).as_posix()}"
    changed = ["certificate"] if held is None else held.sha256.parted(hashes(path))
    if changed:
        with capsys.disabled():
            print(f"\n{id}: {', '.join(changed)} changed since it was measured; renew: {command}")
    (checked,) = check([str(path)], SHIPPED, lambda _what: None, lot=lot)
    assert checked.ok, "\n".join(map(str, checked.diagnostics))
    before = "silver" if held is None else held.grade
    assert checked.grade is not None
    assert GRADES.index(checked.grade) >= GRADES.index(before), (
        f"{id} was {before} and is {checked.grade}: {[a.key for a in checked.missing]}"
    )


@pytest.mark.render
@pytest.mark.timeout(900)
@pytest.mark.parametrize("id", to_measure(SHIPPED, TODAY))
def test_a_shipped_scenario_that_was_changed_or_drawn_by_lot_keeps_its_grade(
    id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _measured(id, capsys, TODAY)


@pytest.mark.long
@pytest.mark.render
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("id", sorted(SHIPPED))
def test_each_shipped_scenario_keeps_its_grade(id: str, capsys: pytest.CaptureFixture[str]) -> None:
    _measured(id, capsys, None)
