"""Owns the process in which a scenario's code runs for the first time; knows no runtime.

Started by `examine`, with the path of a drop-in or the value of an entry point. The drop-in may
hang, print, exhaust memory or end the process: none of it reaches the one who asked.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from pathlib import Path
from types import ModuleType

from scenarios.api import Scenario, ScenarioError
from vr_runtime.examination import rules
from vr_runtime.examination.bat import judge_bat
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.hierarchies import judge_hierarchies
from vr_runtime.examination.interlocks import judge_interlocks
from vr_runtime.examination.limits import limit_this_process
from vr_runtime.examination.report import Report
from vr_runtime.examination.source import (
    LONGEST_BYTES,
    MAIN,
    TooLong,
    import_by_path,
    main_file,
    scenario_classes,
    text_of,
)
from vr_runtime.language import _, filled
from vr_runtime.system_words import why as why_not
from vr_runtime.thrown import words_of


def examine_drop_in(given: str, *, run: bool = True) -> Report:
    """Judge a drop-in by its text, and if nothing is wrong there, by running its declaration.

    Without `run` none of it is run, and the report of one that is in order is empty.
    """
    path = Path(given)
    shown = str(main_file(path))
    try:
        text = text_of(path)
    except OSError as error:
        return Report(diagnostics=(_at(shown, 1, 1, "PS100", *_why_not_read(error, path)),))
    except TooLong:
        told = filled(_("The file is longer than {n:g} MB."), n=LONGEST_BYTES / 1e6)
        hint = _("keep data in files of its own, and the scenario to what it says and does")
        return Report(diagnostics=(_at(shown, 1, 1, "PS100", told, hint),))
    except UnicodeDecodeError:
        told = _("The file is not UTF-8 text.")
        hint = _("save it as UTF-8 in your editor")
        return Report(diagnostics=(_at(shown, 1, 1, "PS100", told, hint),))
    found = rules.judge(text, shown, path if path.is_dir() else None)
    if found or not run:
        return Report(diagnostics=tuple(found))
    try:
        module = import_by_path(path)
    except (Exception, SystemExit, KeyboardInterrupt) as error:
        return Report(diagnostics=(_thrown(error, shown, main_file(path).resolve()),))
    return _declared(module, shown, text, str(path))


def _why_not_read(error: OSError, path: Path) -> tuple[str, str]:
    """What is said of it, and the hint."""
    if isinstance(error, FileNotFoundError) and path.is_dir():
        told = _("There is no `{name}` in this folder.").format(name=MAIN)
        return told, _("name a file, or a folder with a `{name}`").format(name=MAIN)
    if isinstance(error, FileNotFoundError):
        return _("There is no such file."), _("look at the path")
    if isinstance(error, IsADirectoryError):
        return _("This is not a file that can be read."), _("name a file with Python in it")
    if isinstance(error, PermissionError):
        return _("You may not read this file."), _("let its owner allow it")
    told = _("The file cannot be read: {why}.").format(why=why_not(error))
    return told, ""


def examine_installed(value: str) -> Report:
    """Run the declaration that an installed package's entry point names, `module[:Class]`."""
    name, _colon, attribute = value.partition(":")
    try:
        module = importlib.import_module(name)
        scenario = getattr(module, attribute) if attribute else None
    except Exception as error:
        return Report(diagnostics=(_thrown(error, value, None),))
    shown = module.__file__ or value
    source = str(Path(shown).parent) if Path(shown).name == "__init__.py" else shown
    if isinstance(scenario, type) and issubclass(scenario, Scenario):
        return _manifest_of(scenario, shown, "", source)
    return _declared(module, shown, "", source)


def _declared(module: ModuleType, shown: str, text: str, source: str) -> Report:
    classes = scenario_classes(module)
    if len(classes) != 1:
        names = ", ".join(c.__name__ for c in classes)
        if classes:
            told = _("There are several scenarios in one file: {names}.").format(names=names)
            hint = _("put each into a file of its own")
            return Report(diagnostics=(_at(shown, 1, 1, "PS111", told, hint),))
        told = _("There is no scenario in this file.")
        hint = _("write `class MyPlace(Scenario):` after `from scenarios.api import Scenario`")
        return Report(diagnostics=(_at(shown, 1, 1, "PS110", told, hint),))
    return _manifest_of(classes[0], shown, text, source)


def _manifest_of(scenario: type[Scenario], shown: str, text: str, source: str) -> Report:
    try:
        manifest = scenario.manifest()
        found = [
            *judge_interlocks(manifest, text, scenario.__name__, shown),
            *judge_bat(manifest, text, scenario.__name__, shown),
        ]
        if not found:
            manifest, found = judge_hierarchies(manifest, Path(source), source)
        if found:
            return Report(diagnostics=tuple(found))
        return Report(manifest=manifest, source=source)
    except ScenarioError as error:
        line, column = rules.place_of(text, scenario.__name__, str(error).partition(":")[0])
        return Report(diagnostics=(_at(shown, line, column, "PS151", words_of(error)),))
    except Exception as error:
        return Report(diagnostics=(_thrown(error, shown, Path(shown).resolve()),))


def _thrown(error: BaseException, shown: str, file: Path | None) -> Diagnostic:
    """Where in the author's own file an error came from."""
    line, column = 1, 1
    for frame in traceback.extract_tb(error.__traceback__):
        if file is not None and frame.filename == str(file) and frame.lineno:
            line, column = frame.lineno, (frame.colno or 0) + 1
    if isinstance(error, MemoryError):
        told = _("The file needs too much memory before anything is built.")
        hint = _("make pictures, sounds and large tables in `build`")
        return _at(shown, line, column, "PS153", told, hint)
    if isinstance(error, ScenarioError):
        return _at(shown, line, column, "PS151", words_of(error))
    if not isinstance(error, Exception):
        told = _("The file ends the process ({error}).").format(error=type(error).__name__)
        return _at(shown, line, column, "PS154", told)
    told = _("Running the file fails: {error}.").format(
        error=f"{type(error).__name__}: {words_of(error)}"
    )
    return _at(shown, line, column, "PS150", told)


def _at(path: str, line: int, column: int, code: str, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(path=path, line=line, column=column, code=code, message=message, hint=hint)


def main(arguments: list[str]) -> None:
    """Examine one scenario and write the report, alone, to what was standard output."""
    answer = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    limit_this_process()
    kind, target = arguments
    if kind == "installed":
        report = examine_installed(target)
    else:
        report = examine_drop_in(target, run=kind != "text")
    with os.fdopen(answer, "w", encoding="utf-8") as out:
        out.write(report.model_dump_json())


if __name__ == "__main__":
    main(sys.argv[1:])
