"""Owns what `palier-scenario flash` says of a film or a folder of pictures; measures nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from vr_runtime.authoring.frames import NoPictures, frames
from vr_runtime.flash.measure import Report, measure
from vr_runtime.language import _

__all__ = ["NoPictures", "as_json", "in_words", "measured"]


def measured(path: Path, rate: float) -> Report:
    """The verdict on a film or a folder; raises `NoPictures`, with one line on what is wrong."""
    try:
        return measure(frames(path, rate))
    except NoPictures:
        raise
    except ValueError as fault:
        told = _("{path}: the times of its pictures do not rise, or their sizes differ")
        raise NoPictures(told.format(path=path)) from fault


def as_json(path: Path, report: Report) -> dict[str, Any]:
    """The verdict and each picture's figures; a moment is in seconds, or null where kept."""
    return {
        "path": str(path),
        "ok": report.passes,
        "pictures": len(report.frames),
        "most_transitions": report.most,
        "broken_at_s": {
            "own": report.own_s,
            "wcag": report.wcag_s,
            "wcag_no_exemption": report.wcag_no_exemption_s,
            "extended": report.extended_s,
            "stripes": report.stripes_s,
        },
        "frames": [asdict(frame) for frame in report.frames],
    }


def in_words(report: Report) -> list[str]:
    """The verdict, a line for each rule."""
    rules = (
        (_("WCAG 2.3.1, small areas exempt"), report.wcag_s),
        (_("WCAG 2.3.1, small areas too"), report.wcag_no_exemption_s),
        (_("two to three flashes a second for 5 s"), report.extended_s),
        (_("regular stripes"), report.stripes_s),
        (_("Palier's own limit"), report.own_s),
    )
    kept, broken = _("kept"), _("broken after {seconds:.2f} s")
    return [
        f"{rule}: {kept if at_s is None else broken.format(seconds=at_s)}" for rule, at_s in rules
    ]
