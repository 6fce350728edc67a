"""Owns what the console says of the risks a scenario declares, before a session; knows no screen.

Who may meet them is the therapist's judgement: nothing is kept from anybody here.
"""

from __future__ import annotations

from collections.abc import Mapping

from controller.language import _, listed, mark
from scenarios.api.manifest import Contraindication, Manifest, Motion

_NAMES: Mapping[Contraindication, str] = {
    "heights": mark("heights"),
    "blood": mark("blood or injury"),
    "flashes": mark("flashing light"),
    "sudden_noise": mark("sudden noise"),
    "vection": mark("a view that is moved"),
    "confined": mark("a confined space"),
    "strain": mark("tensing muscles"),
}
_MOTIONS: Mapping[Motion, str] = {
    "none": mark("Only the patient moves the view."),
    "low": mark("A vehicle moves the view: level, straight, slow."),
    "high": mark("A vehicle moves the view."),
}


def contraindications(manifest: Manifest) -> str:
    """What to clear with this patient before, in one sentence; empty where nothing is declared."""
    if not manifest.contraindications:
        return ""
    names = listed([_(_NAMES[each]) for each in manifest.contraindications])
    return _("To be cleared before: {names}.").format(names=names)


def motion(manifest: Manifest) -> str:
    """What moves the patient's view, in one sentence; empty where it is not declared."""
    return "" if manifest.comfort is None else _(_MOTIONS[manifest.comfort.motion])
