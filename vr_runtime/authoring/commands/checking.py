"""Owns `palier-scenario check`; knows no rule."""

from __future__ import annotations

import argparse

from vr_runtime.authoring.check import check
from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import print_json
from vr_runtime.authoring.commands.codes import DONE, FOUND_A_PROBLEM, NOT_AVAILABLE
from vr_runtime.language import _
from vr_runtime.loader import Places, discover


def add(commands: options.Commands) -> None:
    """Add the command."""
    what = _("say by file and line what is wrong with a scenario")
    made = commands.add_parser("check", parents=[options.printing()], help=what, description=what)
    made.add_argument(
        "files", nargs="+", metavar=_("FILE"), help=_("a file, or a folder with a scenario.py")
    )
    made.set_defaults(run=_check)


def _check(asked: argparse.Namespace) -> int:
    shipped = {f.manifest.id: f.path for f in discover(places=Places())}
    results = list(check(asked.files, shipped))
    if asked.json:
        files = [
            {
                "path": each.path,
                "id": each.manifest.id if each.manifest else None,
                "ok": not each.diagnostics,
                "diagnostics": [d.model_dump(mode="json") for d in each.diagnostics],
            }
            for each in results
        ]
        print_json({"ok": all(f["ok"] for f in files), "files": files})
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
