"""Owns the command `palier-scenario`; knows no rule and no renderer."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from vr_runtime.authoring.check import check
from vr_runtime.authoring.flash import NoPictures, in_words, json_parts, measured
from vr_runtime.authoring.page import page, table
from vr_runtime.examination.diagnostics import nearest
from vr_runtime.language import _, asked_for, language, preferred, speak_in_help, use
from vr_runtime.loader import Broken, Found, Library, Places, discover, folder_is_missing

PROGRESS_S = 10.0
"""Seconds of a film after which it is said again how far it has been measured."""
DONE, FOUND_A_PROBLEM, WRONG_USAGE, NOT_AVAILABLE = 0, 1, 2, 3
INTERRUPTED, READER_GONE = 130, 141
"""As shells count what a signal ended: Ctrl+C, and a pipe that nobody reads any more."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code: 0 done, 1 a problem found, 2 usage, 3 not there."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    use(asked_for(given) or preferred(os.environ))
    speak_in_help()
    options = parser().parse_args(given)
    try:
        code = _carry_out(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads what is written, such as `head`, has read enough. What is still held back would
        # raise again, with a traceback, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _carry_out(options: argparse.Namespace) -> int:
    if options.command == "list":
        return _list(options)
    if options.command == "flash":
        return _flash(options)
    if options.command in ("sheet", "thumbnail"):
        return _draw(options)
    return _show(options) if options.command == "show" else _check(options)


def parser() -> argparse.ArgumentParser:
    """The options of `palier-scenario` and of each of its commands."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--lang", choices=("fr", "en"), help=_("language of the answers"))
    shared.add_argument(
        "--json", action="store_true", help=_("print one JSON document on one line, nothing else")
    )
    folders = argparse.ArgumentParser(add_help=False)
    folders.add_argument(
        "--scenario-dir",
        type=Path,
        action="append",
        default=[],
        metavar=_("FOLDER"),
        help=_("look for scenarios in this folder too; may be given several times"),
    )
    made = argparse.ArgumentParser(
        prog="palier-scenario", description=_("The tools of those who write scenarios.")
    )
    commands = made.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    listing = _("say which scenarios there are")
    commands.add_parser("list", parents=[shared, folders], help=listing, description=listing)
    showing = _("show what a scenario says of itself")
    show = commands.add_parser("show", parents=[shared, folders], help=showing, description=showing)
    show.add_argument("id", metavar="ID", help=_("the scenario's id, as heights.balcony"))
    drawing = {
        "sheet": _("write one picture of every level and event, to judge it at a glance"),
        "thumbnail": _("write one picture of a scenario, from its middle"),
    }
    for name, what in drawing.items():
        drawn = commands.add_parser(name, parents=[folders], help=what, description=what)
        drawn.add_argument("id", metavar="ID", help=_("the scenario's id, as heights.balcony"))
        drawn.add_argument(
            "--out", type=Path, required=True, metavar=_("FILE"), help=_("F.png or F.jpg")
        )
        drawn.add_argument("--lang", choices=("fr", "en"), help=_("language of the answers"))
    checking = _("say by file and line what is wrong with a scenario")
    told = commands.add_parser("check", parents=[shared], help=checking, description=checking)
    told.add_argument(
        "files", nargs="+", metavar=_("FILE"), help=_("a file, or a folder with a scenario.py")
    )
    flashing = _("measure whether pictures flash or show regular stripes")
    flash = commands.add_parser("flash", parents=[shared], help=flashing, description=flashing)
    flash.add_argument(
        "path",
        type=Path,
        metavar=_("FILE"),
        help=_("a film, an animated GIF, PNG or WebP, or a folder of PNG or JPEG pictures"),
    )
    flash.add_argument(
        "--rate",
        type=_rate,
        default=30.0,
        metavar="HZ",
        help=_("pictures a second of a folder that has no times.txt; 30 if not given"),
    )
    return made


def _rate(text: str) -> float:
    value = float(text)
    if not 1.0 <= value <= 1000.0:
        raise ValueError(text)
    return value


def _flash(options: argparse.Namespace) -> int:
    try:
        report = measured(options.path, options.rate, options.json, _progress())
    except NoPictures as fault:
        print(_("Nothing was measured: {fault}").format(fault=fault), file=sys.stderr)
        return NOT_AVAILABLE
    if options.json:
        sys.stdout.writelines(json_parts(options.path, report))
    else:
        print("\n".join(in_words(report)))
    return DONE if report.passes else FOUND_A_PROBLEM


def _progress() -> Callable[[float], None] | None:
    """Says how far a film has been measured, to whoever looks on: a minute takes about one."""
    if not sys.stderr.isatty():
        return None
    told_s = 0.0

    def tell(at_s: float) -> None:
        nonlocal told_s
        if at_s - told_s >= PROGRESS_S:
            told_s = at_s
            print(_("{seconds:.0f} s measured").format(seconds=at_s), file=sys.stderr, flush=True)

    return tell


def _list(options: argparse.Namespace) -> int:
    library = discover(options.scenario_dir)
    if options.json:
        _print_json([_card(found) for found in library])
    else:
        print(table(library))
    _tell_broken(library.broken)
    return NOT_AVAILABLE if any(folder_is_missing(each) for each in library.broken) else DONE


def _named(options: argparse.Namespace) -> Found | None:
    """The scenario that was asked for; says so where there is none."""
    library = discover(options.scenario_dir)
    found = library.get(options.id)
    if found is None:
        _tell_broken(library.broken)
        told = _("No scenario has the id `{id}`; `palier-scenario list` shows all.")
        hint = nearest(options.id, [each.id for each in library.manifests()])
        print(" — ".join(filter(None, (told.format(id=options.id), hint))), file=sys.stderr)
    return found


def _draw(options: argparse.Namespace) -> int:
    found = _named(options)
    if found is None:
        return WRONG_USAGE
    # Pictures need a renderer, which the other commands do not wait for.
    from vr_runtime.authoring.rehearsal import RehearsalFailed
    from vr_runtime.authoring.sheet import NotAPicture, sheet, thumbnail
    from vr_runtime.display.graphics import GraphicsUnavailable

    def progress(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    try:
        if options.command == "sheet":
            sheet(found, options.out, language(), progress)
        else:
            thumbnail(found, options.out)
    except NotAPicture as error:
        print(f"palier-scenario: {error}", file=sys.stderr)
        return WRONG_USAGE
    except RehearsalFailed as error:
        print(f"palier-scenario: {error}", file=sys.stderr)
        return FOUND_A_PROBLEM
    except GraphicsUnavailable as error:
        told = _("Nothing can be drawn here ({why}): install OpenGL (on Debian: libegl1, libgl1).")
        print(f"palier-scenario: {told.format(why=error)}", file=sys.stderr)
        return NOT_AVAILABLE
    except OSError as error:
        told = _("{file} cannot be written ({why}); choose another place.")
        why = error.strerror or error
        print(f"palier-scenario: {told.format(file=options.out, why=why)}", file=sys.stderr)
        return NOT_AVAILABLE
    return DONE


def _show(options: argparse.Namespace) -> int:
    found = _named(options)
    if found is None:
        return WRONG_USAGE
    if options.json:
        _print_json({**_card(found), "path": str(found.path), **_manifest(found)})
    else:
        print(page(found))
    return DONE


def _check(options: argparse.Namespace) -> int:
    shipped = {f.manifest.id: f.path for f in _shipped()}
    results = list(check(options.files, shipped))
    if options.json:
        files = [
            {
                "path": each.path,
                "id": each.manifest.id if each.manifest else None,
                "ok": not each.diagnostics,
                "diagnostics": [d.model_dump(mode="json") for d in each.diagnostics],
            }
            for each in results
        ]
        _print_json({"ok": all(f["ok"] for f in files), "files": files})
    else:
        for each in results:
            for diagnostic in each.diagnostics:
                print(diagnostic)
            if each.manifest is not None and not each.diagnostics:
                told = _("{path}: {id} {version} is in order.")
                manifest = each.manifest
                print(told.format(path=each.path, id=manifest.id, version=manifest.version))
    if any(each.unreadable for each in results):
        return NOT_AVAILABLE
    return FOUND_A_PROBLEM if any(each.diagnostics for each in results) else DONE


def _shipped() -> Library:
    return discover(places=Places())


def _card(found: Found) -> dict[str, Any]:
    manifest = found.manifest
    return {
        "id": manifest.id,
        "version": manifest.version,
        "title": manifest.title.model_dump(),
        "phobia": manifest.phobia,
        "origin": found.origin,
        "sha256": found.sha256,
    }


def _manifest(found: Found) -> dict[str, Any]:
    return found.manifest.model_dump(mode="json")


def _print_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def _tell_broken(broken: Sequence[Broken]) -> None:
    for each in broken:
        for diagnostic in each.diagnostics:
            print(diagnostic, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
