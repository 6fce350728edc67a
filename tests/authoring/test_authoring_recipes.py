"""The files for an author's own repository do there what they say, with the real programs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from vocabulary import example

from vr_runtime import language
from vr_runtime.authoring.cli import main, parser
from vr_runtime.authoring.guide import SHIPPED, recipes

RECIPES = SHIPPED / "recipes"
PROGRAMS = Path(sys.executable).parent
WRONG = example().replace('material="wood"', 'material="wod"', 1)


@pytest.fixture(autouse=True)
def spoken_before():
    before = language.language()
    yield
    language.use(before)


@pytest.fixture
def shelf(tmp_path) -> Path:
    """An author's own repository with one scenario and the files that ship for it."""
    folder = tmp_path / "own"
    assert main(["guide", "--lang", "en", "--recipes", str(folder)]) == 0
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "footbridge.py").write_text(example(), "utf-8")
    return folder


def surroundings(folder: Path, *first: Path) -> dict[str, str]:
    """The environment of a program that finds nothing of whoever runs the tests."""
    path = os.pathsep.join(map(str, [*first, PROGRAMS, "/usr/bin", "/bin"]))
    git = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Author")
    git |= dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "author@example.org")
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    return {"HOME": str(home), "PATH": path, "LC_ALL": "C.UTF-8", "PALIER_LANG": "en", **git}


def run(folder: Path, *words: str, first: tuple[Path, ...] = (), **more: str):
    return subprocess.run(
        words, cwd=folder, env=surroundings(folder, *first) | more, capture_output=True, text=True
    )


def test_what_ships_goes_to_where_its_program_looks_for_it(shelf):
    there = {str(p.relative_to(shelf)) for p in shelf.rglob("*") if p.is_file()}
    assert there == {
        ".pre-commit-config.yaml",
        ".gitlab-ci.yml",
        ".github/workflows/scenarios.yml",
        "check.sh",
        "scenarios/footbridge.py",
    }
    assert os.access(shelf / "check.sh", os.X_OK)


def test_a_file_of_the_authors_own_is_never_written_over(shelf, capsys):
    for each in recipes():
        (shelf / each).unlink()
    (shelf / "check.sh").write_text("mine\n")
    assert main(["guide", "--lang", "en", "--recipes", str(shelf)]) == 1
    assert "check.sh is there already; nothing was written." in capsys.readouterr().err
    assert (shelf / "check.sh").read_text() == "mine\n"
    assert not (shelf / ".gitlab-ci.yml").exists()


def test_the_hook_refuses_a_wrong_scenario_and_lets_a_right_one_pass(shelf):
    for words in (["init", "-q"], ["add", "-A"]):
        assert run(shelf, "git", *words).returncode == 0
    installed = run(shelf, "pre-commit", "install")
    assert installed.returncode == 0, installed.stderr
    passed = run(shelf, "git", "commit", "-m", "A footbridge")
    assert passed.returncode == 0, passed.stdout + passed.stderr

    (shelf / "scenarios" / "footbridge.py").write_text(WRONG, "utf-8")
    refused = run(shelf, "git", "commit", "-am", "A wrong footbridge")
    assert refused.returncode == 1
    assert "scenarios/footbridge.py:52:62: PS144" in refused.stdout + refused.stderr
    assert run(shelf, "git", "log", "--format=%s").stdout == "A footbridge\n"

    (shelf / "scenarios" / "footbridge.py").write_text(example(), "utf-8")
    (shelf / "notes.txt").write_text("No scenario is touched.\n")
    assert run(shelf, "git", "add", "notes.txt").returncode == 0
    skipped = run(shelf, "git", "commit", "-m", "Notes")
    assert skipped.returncode == 0 and "no files to check" in skipped.stderr + skipped.stdout


def asked_of_palier(text: str) -> list[list[str]]:
    """Each call of `palier-scenario` in a file, in words; what a shell fills in stays a word."""
    lines = [line.partition("entry:")[2] or line for line in text.splitlines()]
    return [
        line.replace('"', "").split()[1:]
        for line in map(str.strip, lines)
        if line.startswith("palier-scenario ")
    ]


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", "check.sh"])
def test_the_files_ask_palier_for_what_it_knows(name):
    (words,) = asked_of_palier((RECIPES / name).read_text("utf-8"))
    assert parser().parse_args(words).command == "check"


@pytest.mark.parametrize("name", [".gitlab-ci.yml", ".github/workflows/scenarios.yml"])
def test_a_ci_file_calls_the_script_and_keeps_what_it_writes(name):
    said = yaml.safe_load((RECIPES / name).read_text("utf-8"))
    if name == ".gitlab-ci.yml":
        job = said["scenarios"]
        called, kept, when = job["script"], job["artifacts"]["paths"], job["artifacts"]["when"]
    else:
        assert said[True] == ["push", "pull_request"]  # `on` is a truth in YAML 1.1
        steps = said["jobs"]["check"]["steps"]
        called = [step["run"] for step in steps if "run" in step]
        kept, when = [steps[-1]["with"]["path"]], steps[-1]["if"].removesuffix("()")
    assert called == ["./check.sh"]
    assert kept == ["palier.sarif"] and when == "always"
    assert f"--sarif {kept[0]}" in (RECIPES / "check.sh").read_text("utf-8")


def made(folder: Path, name: str, text: str) -> Path:
    """A program of that name that does what the text of the script says."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/bash\n{text}\n")
    (folder / name).chmod(0o755)
    return folder


ALL_THERE = ("dpkg-query", "echo -n 'install ok installed'")
NONE_THERE = ("dpkg-query", "exit 1")


@pytest.mark.parametrize(("text", "code"), [(example(), 0), (WRONG, 1)], ids=["right", "wrong"])
def test_the_script_checks_and_leaves_what_it_found(shelf, tmp_path, text, code):
    bare = text.replace('self.stage.model("city/district")', "pass")
    (shelf / "scenarios" / "footbridge.py").write_text(bare, "utf-8")
    asked = tmp_path / "asked"
    # what is measured takes minutes and is tried elsewhere: here the declaration is enough
    script = f'echo "$@" >> {asked}; exec {PROGRAMS}/palier-scenario "$@" --static'
    stand_in = made(tmp_path / "programs", "palier-scenario", script)
    made(stand_in, *ALL_THERE)
    done = run(shelf, "./check.sh", first=(stand_in,))
    assert done.returncode == code, done.stdout + done.stderr
    assert asked.read_text() == "check scenarios --sarif palier.sarif\n"
    (told,) = json.loads((shelf / "palier.sarif").read_text("utf-8"))["runs"]
    assert [found["ruleId"] for found in told["results"]] == (["PS144"] if code else [])


def test_the_script_installs_palier_from_where_it_is_told_to(shelf, tmp_path):
    wheel = tmp_path / "palier-0.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as written:
        written.writestr("stand_in.py", "def main():\n    print('from the wheel')\n")
        info = "palier-0.0.dist-info"
        written.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: palier\nVersion: 0.0\n")
        written.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        entry = "[console_scripts]\npalier-scenario = stand_in:main\n"
        written.writestr(f"{info}/entry_points.txt", entry)
        written.writestr(f"{info}/RECORD", "")
    first = made(tmp_path / "programs", *ALL_THERE)
    (first / "python3").symlink_to(Path(sys.executable).resolve())
    done = run(shelf, "./check.sh", first=(first,), PALIER_SOURCE=str(wheel), PIP_NO_INDEX="1")
    assert (done.returncode, done.stdout) == (0, "from the wheel\n"), done.stderr
    gone = run(
        shelf, "./check.sh", first=(first,), PALIER_SOURCE=str(tmp_path / "none"), PIP_NO_INDEX="1"
    )
    assert gone.returncode == 3
    assert "Palier cannot be installed from" in gone.stderr


def test_the_script_installs_what_the_system_lacks_and_nothing_else(shelf, tmp_path):
    log = tmp_path / "log"
    first = made(tmp_path / "programs", *NONE_THERE)
    made(first, "apt-get", f'echo "apt-get $*" >> {log}')
    made(first, "id", "echo 1000")
    made(first, "sudo", f'[ "$2" = true ] || {{ echo "as root" >> {log}; "${{@:2}}"; }}')
    made(first, "palier-scenario", f'echo "palier-scenario $*" >> {log}')
    assert run(shelf, "./check.sh", first=(first,)).returncode == 0
    assert log.read_text().splitlines() == [
        "as root",
        "apt-get update -qq",
        "as root",
        "apt-get install -y -qq --no-install-recommends "
        "libegl1 libegl-mesa0 libgl1 libgl1-mesa-dri libgles2",
        "palier-scenario check scenarios --sarif palier.sarif",
    ]


def test_the_script_says_what_to_do_where_it_may_not_install(shelf, tmp_path):
    first = made(tmp_path / "programs", *NONE_THERE)
    made(first, "id", "echo 1000")
    made(first, "sudo", "exit 1")
    refused = run(shelf, "./check.sh", first=(first,))
    assert refused.returncode == 3
    assert "As root: apt-get install libegl1 " in refused.stderr


def test_the_script_asks_where_palier_comes_from(shelf, tmp_path):
    first = made(tmp_path / "programs", *ALL_THERE)
    for name in ("bash", "dirname", "env"):
        (first / name).symlink_to(shutil.which(name))
    done = run(shelf, "./check.sh", PATH=str(first))
    assert done.returncode == 3
    assert "PALIER_SOURCE" in done.stderr
