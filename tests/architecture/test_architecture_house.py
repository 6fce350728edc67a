"""The rules of the house that no other tool looks after."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from controller.purpose import PURPOSE
from vr_runtime.wire import schema

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("vr_runtime", "controller", "scenarios")
MODULES = [f for part in PACKAGES for f in sorted((ROOT / part).rglob("*.py"))]
LONGEST = 600


def kept() -> list[Path]:
    """Every file that is or will be kept: tracked, or new and not ignored."""
    told = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=20,
    )  # fmt: skip
    return [ROOT / name for name in told.stdout.split("\0") if name and (ROOT / name).is_file()]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_packages_are_empty_but_for_the_authors_vocabulary():
    filled = [name(f) for f in MODULES if f.name == "__init__.py" and f.read_text("utf-8").strip()]
    assert filled == ["scenarios/api/__init__.py"]


def test_no_module_is_longer_than_can_be_read_at_once():
    code = [file for file in kept() if file.suffix == ".py"]
    long = {name(f): n for f in code if (n := len(f.read_text("utf-8").splitlines())) > LONGEST}
    assert not long


@pytest.mark.parametrize("module", [m for m in MODULES if not m.name.startswith("__")], ids=name)
def test_a_module_says_what_it_owns(module):
    words = ast.get_docstring(ast.parse(module.read_text("utf-8")))
    assert words, "begin the module with a sentence on what it owns"
    if not {"migrations", "builtin", "templates"} & {*module.parts}:
        assert re.search(r"\b(Own|own|Start)", words), words.splitlines()[0]


def test_no_global_of_the_renderer_is_used():
    taken = {"base", "render", "render2d", "aspect2d", "loader", "taskMgr", "globalClock"}
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert node.value.id != "builtins" or node.attr not in taken, name(module)


def test_no_text_to_translate_is_put_together_before_it_is_translated():
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "mark")
                and node.args
            ):
                told = f"{name(module)}:{node.lineno}: use a named placeholder and .format"
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.Call), told


def test_nothing_is_left_for_later():
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    for file in kept():
        if file.suffix in (".py", ".toml", ".md", ".sh", ".j2", ".tcss", ".glsl"):
            assert not words.search(file.read_text("utf-8")), name(file)


def test_tests_do_not_sleep_and_are_not_skipped():
    forbidden = re.compile(r"\btime\.sleep\(|\basyncio\.sleep\((?!0\))|mark\.(skip|xfail)\b")
    for file in sorted((ROOT / "tests").rglob("*.py")):
        if file != Path(__file__):
            found = forbidden.search(file.read_text("utf-8"))
            assert not found, f"{name(file)}: {found.group()}"


def test_no_machine_path_and_no_other_registry_is_written_down():
    hosts = re.compile(
        rb"/(?:ho"
        + rb"me|ro"
        + rb"ot|wo"
        + rb"rk)/[a-z]|source = \{ regis"
        + rb"try|--index-u"
        + rb"rl|extra-ind"
        + rb"ex"
    )
    for file in kept():
        found = hosts.search(file.read_bytes()) if file.suffix not in BINARY else None
        assert not found, f"{name(file)}: {found.group()!r}"


BINARY = {".ogg", ".wav", ".png", ".jpg", ".bam", ".mo", ".ttf"}


def test_the_wire_is_what_it_was():
    frozen = schema.FILE.read_text("utf-8")
    assert schema.described() == frozen, (
        "the messages have changed: raise wire.version.PROTOCOL if an older end would misread "
        "them, then run `python -m vr_runtime.wire.schema`"
    )


def test_the_purpose_is_stated_word_for_word_or_not_at_all():
    said = re.compile(r"not\s+been\s+assessed\s+as\s+a\s+medical\s+device")
    stated = 0
    for file in kept():
        if file.suffix in (".md", ".toml", ".j2") or file == ROOT / "README.md":
            text = " ".join(file.read_text("utf-8").split())
            if said.search(text):
                assert PURPOSE in text, name(file)
                stated += 1
    assert stated, "the README states the purpose"


def test_the_catalogues_are_whole():
    from controller.locale.catalogue import PARTS, problems

    found = [problem for part in PARTS for problem in problems(ROOT / part)]
    assert not found, "\n".join([*found[:20], "run `python -m controller.locale.catalogue update`"])


def test_commands_lead_to_what_is_there():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert set(scripts) == {"palier", "palier-runtime", "palier-scenario"}
    for target in scripts.values():
        module, _colon, function = target.partition(":")
        tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8"))
        assert function in {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
