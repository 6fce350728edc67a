"""Scenarios that are wrong on purpose are told by code and place, and harm nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from owning import own_in
from wrong_scenarios import BASE, DRAWN, RUN, STATIC, Wrong

from vr_runtime.authoring.check import check
from vr_runtime.language import use

FILE = Path("/tmp/palier-wrong-scenario")
SOON = ("a strobe", "a strobe behind the patient", "stripes", "a red flash")
"""Seen before all levels and events were looked at."""
LONG_S, SHORT_S = 30.0, 4.0
"""For reading a declaration; the second for one that never ends, which is waited for."""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALIER_LANG", "en")


def processes() -> set[int]:
    """All measuring processes there are on this machine that this process has started."""
    mine = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == os.getpid():
            mine.add(int(stat.parent.name))
    return mine


def told_where_it_is_wrong(wrong: Wrong, folder: Path, *, pictures: bool) -> None:
    file = given = folder / "pier.py"
    if wrong.own:
        given = own_in(folder / "pier", wrong.own)
        file = given / "scenario.py"
    file.write_text(wrong.text(), "utf-8")
    files = sorted(folder.rglob("*"))
    before = processes()
    seconds = SHORT_S if wrong.code == "PS152" else LONG_S
    (checked,) = check([str(given)], {}, lambda _what: None, seconds=seconds, pictures=pictures)
    found = [d for d in checked.diagnostics if d.weight == wrong.weight]
    assert {d.code for d in found} == {wrong.code}
    assert {d.path for d in found} == {str(file)}
    assert (found[0].line, found[0].column) == wrong.place()
    assert checked.ok is (wrong.weight == "warning")
    assert checked.grade in (None, "bronze", "silver")
    assert sorted(folder.rglob("*")) == files
    assert not FILE.exists()
    assert processes() <= before


@pytest.mark.parametrize("wrong", [*STATIC, *RUN], ids=lambda w: w.name)
def test_a_wrong_scenario_is_told_where_it_is_wrong_and_harms_nobody(
    wrong: Wrong, tmp_path: Path
) -> None:
    told_where_it_is_wrong(wrong, tmp_path, pictures=False)


@pytest.mark.render
@pytest.mark.timeout(180)
@pytest.mark.parametrize("wrong", [w for w in DRAWN if w.name in SOON], ids=lambda w: w.name)
def test_what_flashes_or_has_stripes_is_told_where_it_is_asked_for(
    wrong: Wrong, tmp_path: Path
) -> None:
    told_where_it_is_wrong(wrong, tmp_path, pictures=True)


@pytest.mark.long
@pytest.mark.render
@pytest.mark.timeout(180)
@pytest.mark.parametrize("wrong", [w for w in DRAWN if w.name not in SOON], ids=lambda w: w.name)
def test_what_nobody_notices_is_told_where_it_is_declared(wrong: Wrong, tmp_path: Path) -> None:
    told_where_it_is_wrong(wrong, tmp_path, pictures=True)


def test_a_sound_that_a_level_has_come_and_go_by_itself_is_left_on_by_no_event(
    tmp_path: Path,
) -> None:
    file = tmp_path / "pier.py"
    hums = {
        "#build": "self.hum = self.stage.sound('wind/steady', loop=True, volume=0.0)\n"
        "        self.since = 0.0",
        "#update": "self.since += dt\n"
        "        self.hum.volume = 0.5 if self.since % 9.7 > 4.0 else 0.0",
    }
    text = BASE
    for place, lines in hums.items():
        text = text.replace(place, lines, 1)
    file.write_text(text, "utf-8")
    (checked,) = check([str(file)], {}, lambda _what: None, pictures=False)
    assert checked.ok, checked.diagnostics


def test_what_may_not_be_done_is_told_in_french_too(tmp_path: Path) -> None:
    (reads,) = [each for each in RUN if each.name == "reads a file of others"]
    file = tmp_path / "pier.py"
    file.write_text(reads.text(), "utf-8")
    use("fr")
    try:
        (checked,) = check([str(file)], {}, lambda _what: None, pictures=False)
    finally:
        use("en")
    (found,) = {each.code: each for each in checked.diagnostics}.values()
    assert found.code == "PS207"
    assert "ceci lit un fichier (/etc/passwd)" in found.message


def test_what_left_its_process_group_is_ended_as_well(tmp_path: Path) -> None:
    left, file = tmp_path / "left", tmp_path / "pier.py"
    stray = (
        "import os\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        f"    open({str(left)!r}, 'w').write(str(os.getpid()))\n"
        "    os.execvp('sleep', ['sleep', '60'])\n"
        f"while not os.path.exists({str(left)!r}):\n"
        "    pass\n"
    )
    file.write_text(stray + BASE, "utf-8")
    list(check([str(file)], {}, None, seconds=SHORT_S))
    command = Path(f"/proc/{left.read_text()}/cmdline")
    # what has ended and nobody has asked for has no command any more
    assert not command.exists() or not command.read_bytes()


def test_each_fault_is_another_one() -> None:
    names = [wrong.name for wrong in (*STATIC, *RUN, *DRAWN)]
    assert len(names) == len(set(names)) >= 60
