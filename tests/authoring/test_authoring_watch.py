"""`palier-scenario watch`: each save is shown, and none ends the watch or loses the scene."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vr_runtime.authoring.cli import main
from vr_runtime.authoring.watching.saves import Saves
from vr_runtime.authoring.watching.shown import Process
from vr_runtime.authoring.watching.versions import LARGE_BYTES, NEWEST, Versions
from vr_runtime.authoring.watching.watcher import CannotShow, Told, Watcher
from vr_runtime.authoring.watching.words import (
    Closed,
    End,
    Failed,
    Ready,
    Show,
    Shown,
    Tell,
    Unable,
    Where,
)
from vr_runtime.examination.examine import examine
from vr_runtime.examination.report import Report

PIER = (Path(__file__).parent / "pier.py").read_text("utf-8")
BAD = PIER.replace('material="wood"', 'material="woood"')
HANGS = """        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass
"""
OWN = "self.deck.at = (0, 0, self.height)"


@pytest.fixture(autouse=True)
def quiet(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ALSOFT_DRIVERS", "null")
    monkeypatch.setenv("PALIER_LANG", "en")


# -- saves and versions


@pytest.mark.parametrize("told", [True, False], ids=["by the system", "by looking"])
@pytest.mark.parametrize("how", ["in place", "replaced"])
def test_a_save_is_told_once_however_an_editor_saves(told, how, tmp_path):
    file = tmp_path / "pier.py"
    file.write_text("a", "utf-8")
    saves = Saves(file, told=told)
    assert not saves.wait()
    if how == "in place":
        file.write_text("longer", "utf-8")
    else:
        (tmp_path / "new").write_text("longer", "utf-8")
        os.replace(tmp_path / "new", file)
    assert any(saves.wait() for _look in range(100))
    assert not saves.wait()


def test_a_file_that_is_gone_for_a_moment_is_no_save(tmp_path):
    file = tmp_path / "pier.py"
    file.write_text("a", "utf-8")
    saves = Saves(file, told=False, sleep=lambda _s: None)
    file.unlink()
    assert not saves.wait()
    file.write_text("longer", "utf-8")
    assert saves.wait()


def test_a_file_that_stays_away_is_told_once(tmp_path):
    file = tmp_path / "pier.py"
    file.write_text("a", "utf-8")
    clock = iter(float(n) for n in range(100))
    saves = Saves(file, told=False, sleep=lambda _s: None, clock=lambda: next(clock))
    file.unlink()
    assert [saves.wait() for _look in range(6)].count(True) == 1
    file.write_text("a", "utf-8")
    assert saves.wait()


@pytest.mark.parametrize("told", [True, False], ids=["by the system", "by looking"])
def test_what_an_editor_tries_out_beside_a_file_is_no_save(told, tmp_path):
    file = tmp_path / "pier.py"
    file.write_text("a", "utf-8")
    saves = Saves(file, told=told)
    (tmp_path / "4913").touch()
    (tmp_path / "4913").unlink()
    (tmp_path / "pier.py~").write_text("a", "utf-8")
    assert not any(saves.wait() for _look in range(3))


@pytest.mark.parametrize("becomes", ["pipe", "folder", "disk", "gone", "half", "bytes", "large"])
def test_whatever_a_file_becomes_is_told_of_it_and_copied_in_bounds(becomes, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file, disk = Path("pier.py"), tmp_path / "disk"
    disk.mkdir()
    for n in range(50):
        (disk / f"{n}").write_text("a", "utf-8")
    match becomes:
        case "pipe":
            os.mkfifo(file)
        case "folder":
            file.mkdir()
        case "disk":
            file.symlink_to(disk, target_is_directory=True)
        case "half":
            file.write_text(PIER[:400], "utf-8")
        case "bytes":
            file.write_bytes(bytes(range(256)) * 100)
        case "large":
            file.write_bytes(bytes(50_000_000))
    version = Versions("pier.py", tmp_path / "kept").take()
    (told,) = version.report.diagnostics
    assert told.code in ("PS100", "PS101") and told.path.startswith("pier.py")
    assert sum(each.is_file() for each in (tmp_path / "kept").rglob("*")) <= 1


def test_a_neighbour_of_a_folder_counts_and_what_python_leaves_does_not(tmp_path):
    folder = tmp_path / "pier"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "scenario.py").write_text("a", "utf-8")
    saves = Saves(folder, told=False, sleep=lambda _s: None)
    (folder / "__pycache__" / "x.pyc").write_text("a", "utf-8")
    (folder / ".scenario.py.swp").write_text("a", "utf-8")
    assert not saves.wait()
    (folder / "other.py").write_text("a", "utf-8")
    assert saves.wait()


def test_a_version_stays_as_it_was_saved_and_is_told_by_the_authors_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("pier.py").write_text(PIER, "utf-8")
    versions = Versions("pier.py", tmp_path / "kept")
    good = versions.take()
    Path("pier.py").write_text(BAD, "utf-8")
    bad = versions.take()
    assert good.good and not bad.good
    assert good.path.read_text("utf-8") == PIER
    (told,) = bad.report.diagnostics
    assert str(told).startswith("pier.py:") and "did you mean `wood`?" in str(told)


def test_a_folder_is_kept_whole_and_large_pictures_are_not_written_again(tmp_path):
    folder = tmp_path / "pier"
    folder.mkdir()
    (folder / "scenario.py").write_text(PIER, "utf-8")
    with (folder / "large.jpg").open("wb") as large:
        large.truncate(LARGE_BYTES + 1)
    version = Versions(f"{folder}/", tmp_path / "kept").take()
    assert version.good and version.path.name == "pier"
    assert (version.path / "large.jpg").stat().st_nlink == 2
    assert (version.path / "scenario.py").stat().st_nlink == 1


def test_only_what_may_be_shown_again_is_kept(tmp_path):
    (tmp_path / "pier.py").write_text(PIER, "utf-8")
    kept = tmp_path / "kept"
    versions = Versions(str(tmp_path / "pier.py"), kept, lambda _path: Report())
    for _save in range(NEWEST + 4):
        versions.take()
    versions.forget(but={2})
    left = sorted(int(folder.name) for folder in kept.iterdir())
    assert left == [2, *range(5, NEWEST + 5)]


# -- what is shown, by a process that says what a test says


class Pretended:
    """A process that shows, as far as who watches can tell."""

    def __init__(self) -> None:
        self.asked: list[Show | Tell | End] = []
        self.says: list[object] = [Ready()]
        self.is_wrong: str | None = None
        self.ended = False

    def ask(self, word: Show | Tell | End) -> None:
        self.asked.append(word)

    def answers(self) -> list[object]:
        said, self.says = self.says, []
        return said

    def wrong(self) -> str | None:
        return self.is_wrong

    def end(self, *, at_once: bool = False) -> None:
        self.ended = True

    @property
    def shows(self) -> Show:
        return [word for word in self.asked if isinstance(word, Show)][-1]

    @property
    def tells(self) -> tuple[str, ...]:
        return [word for word in self.asked if isinstance(word, Tell)][-1].lines


class Saved:
    """Saves that a test makes."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.new = False

    def save(self, text: str) -> None:
        self.file.write_text(text, "utf-8")
        self.new = True

    def wait(self) -> bool:
        new, self.new = self.new, False
        return new


MARK = "where it lies"


def looked_at(path: str) -> Report:
    """What examining tells, asked once for each text."""
    return Report.model_validate_json(
        _told(Path(path).read_text("utf-8").rstrip()).replace(MARK, path)
    )


@functools.cache
def _told(text: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pier.py"
        file.write_text(text + "\n", "utf-8")
        return examine("drop-in", str(file)).model_dump_json().replace(str(file), MARK)


class Led:
    """A watcher with pretended processes."""

    def __init__(self, folder: Path, text: str = PIER) -> None:
        file = folder / "pier.py"
        self.saved = Saved(file)
        self.saved.save(text)
        self.saved.new = False
        self.processes: list[Pretended] = []
        self.told: list[Told] = []
        versions = Versions(str(file), folder / "kept", looked_at)
        self.watcher = Watcher(versions, self.saved, self._start, self.told.append)

    def _start(self) -> Pretended:
        self.processes.append(Pretended())
        return self.processes[-1]

    @property
    def process(self) -> Pretended:
        return self.processes[-1]

    def hear(self, *said: object) -> None:
        self.process.says += said
        self.watcher.round()

    def save(self, text: str) -> None:
        self.saved.save(text)
        self.watcher.round()


def test_a_good_save_is_shown_where_its_author_is_and_clears_what_was_wrong(tmp_path):
    led = Led(tmp_path)
    led.hear(Shown(number=1))
    led.save(BAD)
    assert led.process.shows.number == 1 and "PS144" in led.process.tells[0]
    assert led.told[-1].wrong
    led.save(PIER + "\n")
    assert led.process.shows.number == 3 and led.process.tells == ()
    assert led.process.shows.where is None, "the process knows where its author is"
    led.hear(Shown(number=3))
    assert "shown" in led.told[-1].lines[0] and not led.told[-1].wrong


def test_a_version_that_fails_brings_the_last_good_one_back_and_says_where(tmp_path):
    led = Led(tmp_path)
    led.hear(Shown(number=1))
    led.save(PIER + "\n")
    led.hear(Failed(number=2, text="pier.py:48: ValueError: no"))
    assert led.process.shows.number == 1
    (line,) = led.process.tells
    assert line.startswith(f"{tmp_path / 'pier.py'}:48:1: PS180 ValueError: no — ")


def test_an_event_that_fails_lets_the_same_version_be_built_anew_but_not_for_ever(tmp_path):
    led = Led(tmp_path)
    led.hear(Shown(number=1))
    led.save(PIER + "\n")
    for _time in range(3):
        led.hear(Shown(number=2))
        led.hear(Failed(number=2, text="slow"))
        assert led.process.shows.number == 2
    led.hear(Shown(number=2), Failed(number=2, text="slow"))
    assert led.process.shows.number == 1


def test_what_an_older_version_says_is_not_taken_for_the_newest(tmp_path):
    led = Led(tmp_path)
    led.save(PIER + "\n")
    count = len(led.process.asked)
    led.hear(Shown(number=1), Failed(number=1, text="old"))
    assert len(led.process.asked) == count and led.told == []


@pytest.mark.parametrize("wrong", ["hangs", "memory", "ended"])
def test_a_process_that_is_not_well_is_replaced_and_shows_what_was_good(wrong, tmp_path):
    led = Led(tmp_path)
    led.hear(Shown(number=1), Where(level=6, apart={"height": 2.0}, yaw=30.0))
    led.save(PIER + "\n")
    led.process.is_wrong = wrong
    led.watcher.round()
    assert led.processes[0].ended and len(led.processes) == 2
    shows = led.process.shows
    assert shows.number == 1
    assert shows.where == Where(level=6, apart={"height": 2.0}, yaw=30.0)
    assert "PS181" in led.process.tells[0]


def test_a_process_that_never_shows_anything_is_given_up(tmp_path):
    led = Led(tmp_path)
    with pytest.raises(CannotShow):
        for _time in range(10):
            led.process.is_wrong = "ended"
            led.watcher.round()


def test_a_scenario_that_is_wrong_from_the_start_waits_for_a_better_one(tmp_path):
    led = Led(tmp_path, BAD)
    assert not [word for word in led.process.asked if isinstance(word, Show)]
    assert "PS144" in led.process.tells[0]
    led.save(PIER)
    assert led.process.shows.number == 2


def test_a_closed_window_ends_the_watch_and_one_that_cannot_be_had_says_why(tmp_path):
    led = Led(tmp_path)
    led.hear(Closed())
    assert led.watcher.closed
    with pytest.raises(CannotShow, match="no OpenGL"):
        Led(tmp_path).hear(Unable(why="no OpenGL"))


# -- the real processes


class Real:
    """The watch with the processes it really has."""

    def __init__(self, folder: Path, patience_s: float) -> None:
        self.file = folder / "pier.py"
        self.file.write_text(PIER, "utf-8")
        self.out = folder / "picture.png"
        self.told: list[Told] = []
        self.started = 0
        start = partial(Process, "offscreen", (900, 500), self.out, patience_s=patience_s)

        def counted() -> Process:
            self.started += 1
            return start()

        versions = Versions(str(self.file), folder / "kept")
        self.watcher = Watcher(versions, Saves(self.file), counted, self.told.append)

    def until(self, holds: Callable[[str], bool], seconds: float = 240.0) -> str:
        """Go on until a line that is told from now on holds; gives it.

        A first start on a machine makes what is shown, which takes its time.
        """
        until = time.monotonic() + seconds
        before = len(self.told)
        while time.monotonic() < until:
            self.watcher.round()
            for told in self.told[before:]:
                for line in told.lines:
                    if holds(line):
                        return line
        raise AssertionError(f"never told; only {self.told}")

    def save(self, text: str) -> None:
        self.file.write_text(text, "utf-8")

    def picture(self) -> np.ndarray:
        return np.asarray(Image.open(self.out)).astype(int)


@pytest.fixture
def real(tmp_path) -> Iterator[Real]:
    real = Real(tmp_path, patience_s=8.0)
    try:
        yield real
    finally:
        real.watcher.end()


def is_shown(line: str) -> bool:
    return ": shown, " in line


SEEN = """        self.deck = self.stage.box((3, 2, 0.1), material="wood")
        self.stage.box((4, 0.2, 3), material="MATERIAL", at=(0, 4, 0))
"""
DECK = '        self.deck = self.stage.box((3, 2, 0.1), material="wood")\n'


@pytest.mark.render
@pytest.mark.timeout(300)
def test_saves_are_shown_an_error_keeps_the_scene_and_a_hang_is_survived(real):
    real.until(is_shown)
    first = real.picture()
    real.save(PIER.replace(DECK, SEEN.replace("MATERIAL", "brick")))
    real.until(is_shown)
    second = real.picture()
    assert np.abs(second - first).mean() > 2, "another scene is seen"
    real.save(PIER.replace(DECK, SEEN.replace("MATERIAL", "brik")))
    line = real.until(lambda line: "PS144" in line)
    assert line.startswith(f"{real.file}:") and "did you mean `brick`?" in line
    real.save(PIER.replace("        self.foam()\n", f"        {OWN}\n{HANGS}"))
    assert real.started == 1
    line = real.until(lambda line: "PS181" in line)
    assert real.started == 2
    # The scene that was good comes back, in another process, with what is wrong before it.
    real.save(PIER.replace(DECK, SEEN.replace("MATERIAL", "brick")) + "\n")
    real.until(is_shown)
    again = real.picture()
    assert np.abs(again - second).mean() < 2


@pytest.mark.render
@pytest.mark.timeout(180)
def test_ctrl_c_ends_the_watch_and_all_it_started(tmp_path):
    file = tmp_path / "pier.py"
    file.write_text(PIER, "utf-8")
    command = ["watch", str(file), "--display", "offscreen", "--out", str(tmp_path / "a.png")]
    process = subprocess.Popen(
        [sys.executable, "-m", "vr_runtime.authoring.cli", *command],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if ": shown, " in line:
                break
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(process.pid)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    finally:
        # nothing that was started outlives the test, whatever ended it
        process.kill()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()
    assert children and not any(Path(f"/proc/{child}").exists() for child in children)


def test_what_is_not_there_is_told(tmp_path, capsys):
    assert main(["watch", str(tmp_path / "no.py")]) == 3
    assert "palier-scenario new" in capsys.readouterr().err
    assert main(["watch", "heights.balcani"]) == 2
    assert "did you mean" in capsys.readouterr().err
    assert main(["watch", "heights.balcony", "--display", "offscreen"]) == 2
