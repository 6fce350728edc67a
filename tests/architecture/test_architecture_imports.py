"""What may be imported without what: tried in fresh processes, where nothing is loaded yet."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RENDERER = ("panda3d", "direct")
SCREEN = ("textual", "rich")
DATABASE = ("sqlalchemy", "alembic", "sqlcipher3")
SOCKETS = ("zmq",)
PACKAGES = ("vr_runtime", "controller", "scenarios")


def loaded_by(code: str) -> set[str]:
    """Top-level modules that are loaded after running `code` in a new interpreter."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}\nimport sys; print(*{{m.partition('.')[0] for m in sys.modules}})",
        ],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return set(told.stdout.splitlines()[-1].split())


PROMISES = {
    "an author's vocabulary": ("import scenarios.api", RENDERER + SCREEN + DATABASE + SOCKETS),
    "a shipped scenario": (
        "import scenarios.builtin.heights_balcony.scenario",
        RENDERER + SCREEN + DATABASE + SOCKETS + ("vr_runtime", "controller"),
    ),
    "the wire's messages": (
        "import vr_runtime.wire.messages",
        RENDERER + SCREEN + DATABASE + SOCKETS + ("controller",),
    ),
    "the engine": ("import vr_runtime.engine.engine", RENDERER + SCREEN + DATABASE + SOCKETS),
    "the author's command": (
        "import vr_runtime.authoring.cli",
        RENDERER + SCREEN + DATABASE + SOCKETS + ("av",),
    ),
    "the loader": ("import vr_runtime.loader", RENDERER + SCREEN + DATABASE + SOCKETS),
    "the null stage": ("import vr_runtime.stage.null", RENDERER + SCREEN + DATABASE + SOCKETS),
    "a session": (
        "import controller.session.conductor",
        RENDERER + SCREEN + DATABASE + SOCKETS + ("cryptography", "jinja2"),
    ),
    "a questionnaire": (
        "import controller.questionnaires.library",
        RENDERER + SCREEN + DATABASE + SOCKETS + ("cryptography", "jinja2"),
    ),
    "a protocol": (
        "import controller.protocol.listing",
        RENDERER + SCREEN + DATABASE + SOCKETS + ("cryptography", "jinja2"),
    ),
    "exports": (
        "import controller.exports.bids, controller.exports.fhir, controller.exports.research",
        RENDERER + SCREEN + DATABASE + SOCKETS + ("fhir", "pandas"),
    ),
    "a report": (
        "import controller.report.page", RENDERER + SCREEN + DATABASE + SOCKETS + ("fpdf",)
    ),
    "a printed report": ("import controller.report.pdf", RENDERER + SCREEN + DATABASE + SOCKETS),
    "the record": ("import controller.store.record", RENDERER + SCREEN + SOCKETS),
    "the plain console": ("import controller.line.run", RENDERER + SCREEN + DATABASE + SOCKETS),
    "the simulated patient": (
        "import controller.simulation.patient", RENDERER + SCREEN + DATABASE + SOCKETS
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "unwanted"), PROMISES.values(), ids=PROMISES)
def test_it_can_be_imported_without(code, unwanted):
    assert not loaded_by(code) & set(unwanted)


COMMANDS = {
    "palier": ("controller.cli", RENDERER + SCREEN + DATABASE),
    "palier-runtime": ("vr_runtime.cli", RENDERER + SOCKETS + DATABASE + SCREEN),
    "palier-scenario": ("vr_runtime.authoring.cli", RENDERER + SOCKETS + DATABASE + SCREEN),
}


@pytest.mark.parametrize(("module", "unwanted"), COMMANDS.values(), ids=COMMANDS)
def test_the_help_of_a_command_needs_nothing_heavy(module, unwanted):
    code = (
        f"import contextlib\nfrom {module} import main\n"
        "with contextlib.suppress(SystemExit):\n    main(['--help'])"
    )
    assert not loaded_by(code) & set(unwanted)


def python_files(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level == 1 and (file.parent / "scenario.py").is_file():
                continue  # a scenario's own folder goes by no other name wherever it lies
            assert node.level == 0, f"{file.relative_to(ROOT)}: import by the full name"
            found.add(node.module or "")
    return found


def test_shipped_scenarios_import_what_every_author_may():
    for file in python_files("scenarios/builtin"):
        pure = {"__future__", "math", "itertools", "collections.abc", "dataclasses"}
        allowed = pure | {"scenarios.api"}
        assert imported(file) <= allowed, file.relative_to(ROOT)


def test_every_module_is_imported_by_its_full_name():
    for file in python_files(*PACKAGES):
        imported(file)


def test_the_import_contracts_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, timeout=50)
    assert told.returncode == 0, told.stdout[-3000:]
