"""Owns `palier-scenario check`; knows no rule."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from vr_runtime.authoring.check import Checked, check
from vr_runtime.authoring.commands import options
from vr_runtime.authoring.commands.answers import (
    of_a_pack,
    print_json,
    say,
    tell_not_written,
    tell_of_a_pack,
)
from vr_runtime.authoring.commands.codes import (
    DONE,
    FOUND_A_PROBLEM,
    NOT_AVAILABLE,
    WRONG_USAGE,
)
from vr_runtime.authoring.sarif import sarif
from vr_runtime.language import _
from vr_runtime.loader import Places, discover
from vr_runtime.measuring import certificate
from vr_runtime.measuring.grades import NAMES, NOTE


def add(commands: options.Commands) -> None:
    """Add the command."""
    what = _("say by file and line what is wrong with a scenario, and measure it")
    parents = [options.printing(), options.trusting()]
    made = commands.add_parser("check", parents=parents, help=what, description=what)
    made.add_argument(
        "files", nargs="+", metavar=_("FILE"), help=_("a file, or a folder with a scenario.py")
    )
    made.add_argument(
        "--static",
        action="store_true",
        help=_("only read the declaration: run and measure nothing"),
    )
    made.add_argument(
        "--sarif",
        type=Path,
        metavar=_("FILE"),
        help=_("write what was found into this file too, as SARIF 2.1.0"),
    )
    made.add_argument(
        "--certificate",
        action="store_true",
        help=_("write beside each scenario in order what it was measured to be"),
    )
    made.set_defaults(run=_check)


def _check(asked: argparse.Namespace) -> int:
    for given in [] if asked.run_pack else asked.files:
        if of_a_pack(Path(given)):
            tell_of_a_pack(given)
            return WRONG_USAGE
    shipped = {f.manifest.id: f.path for f in discover(places=Places())}
    results = []
    for checked in check(asked.files, shipped, None if asked.static else say):
        results.append(checked)
        if not asked.json:
            _tell(checked)
    if asked.json:
        files = [_document(each) for each in results]
        print_json({"ok": all(f["ok"] for f in files), "note": _(NOTE), "files": files})
    elif any(each.measured is not None for each in results):
        print(_(NOTE))
    if not _written(asked, results):
        return NOT_AVAILABLE
    if any(each.unreadable for each in results):
        return NOT_AVAILABLE
    if not all(each.ok for each in results):
        return FOUND_A_PROBLEM
    return NOT_AVAILABLE if any(each.not_drawn for each in results) else DONE


def _written(asked: argparse.Namespace, results: list[Checked]) -> bool:
    """Write what is to be kept; says where that cannot be done."""
    place = asked.sarif
    try:
        if place is not None:
            place.write_text(sarif(results), encoding="utf-8", errors="backslashreplace")
        for each in results if asked.certificate else ():
            place = certificate.place_of(Path(each.path))
            _certify(each)
    except OSError as error:
        tell_not_written(place, error)
        return False
    return True


def _certify(checked: Checked) -> None:
    """Write a certificate of what is in order; what is not keeps none that would say so."""
    manifest, grade, measured = checked.manifest, checked.grade, checked.measured
    if manifest is None or grade is None or measured is None or not checked.ok:
        print(_("{path}: no certificate is written.").format(path=checked.path), file=sys.stderr)
        return
    keys = [each.key for each in checked.missing]
    place = certificate.written(
        Path(checked.path), manifest.id, manifest.version, grade, keys, measured.figures()
    )
    say(_("{file} is written.").format(file=place))


def _tell(checked: Checked) -> None:
    for diagnostic in checked.diagnostics:
        print(diagnostic)
    manifest = checked.manifest
    if manifest is None:
        return
    if checked.not_drawn:
        print(f"palier-scenario: {checked.not_drawn}", file=sys.stderr)
    named = {"path": checked.path, "id": manifest.id, "version": manifest.version}
    if checked.grade is not None:
        told = _("{path}: {id} {version}: {grade}.")
        print(told.format(grade=_(NAMES[checked.grade]), **named))
    elif checked.ok:
        print(_("{path}: {id} {version} is in order.").format(**named))
    for each in checked.missing:
        told = _("missing for {grade}: {what}")
        print(f"  {told.format(grade=_(NAMES[each.grade]), what=_(each.what))}")


def _document(checked: Checked) -> dict[str, Any]:
    measured = checked.measured
    return {
        "path": checked.path,
        "id": checked.manifest.id if checked.manifest else None,
        "ok": checked.ok,
        "grade": checked.grade,
        "missing": [
            {"grade": each.grade, "key": each.key, "what": _(each.what)} for each in checked.missing
        ],
        "measured": None if measured is None else measured.figures(),
        "not_drawn": checked.not_drawn or None,
        "diagnostics": [d.model_dump(mode="json") for d in checked.diagnostics],
    }
