"""Owns what `palier-scenario flash` says of a film or a folder of pictures; measures nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vr_runtime.authoring.frames import frames
from vr_runtime.authoring.still import NoPictures
from vr_runtime.flash.measure import (
    Frame,
    Measurer,
    NotRising,
    OtherProportions,
    Report,
    Rule,
)
from vr_runtime.language import _, filled

__all__ = ["NoPictures", "in_words", "json_parts", "measured"]

VERDICTS = (Rule.OWN, Rule.WCAG, Rule.WCAG_NO_EXEMPTION, Rule.EXTENDED, Rule.STRIPES)
"""The rules in the order in which JSON names them."""


def measured(
    path: Path,
    rate: float,
    keep_frames: bool = True,
    progress: Callable[[float], None] | None = None,
) -> Report:
    """The verdict on a film or a folder.

    Args:
        path: see `frames`.
        rate: pictures a second of a folder without times, above 0.
        keep_frames: whether each picture's figures are wanted too; a long film has many.
        progress: told the time of each picture, in seconds, when it was measured.

    Raises:
        NoPictures: nothing was measured; one line on what is wrong.
    """
    measurer, at_s = Measurer(keep_frames), math.nan
    try:
        for at_s, picture in frames(path, rate):
            measurer.take(at_s, picture)
            if progress is not None:
                progress(at_s)
    except NotRising as fault:
        told = _("{path}: the times of its pictures do not rise, at {seconds:.3f} s")
        raise NoPictures(filled(told, path=path, seconds=at_s)) from fault
    except OtherProportions as fault:
        told = _("{path}: from {seconds:.3f} s on its pictures have another shape")
        raise NoPictures(filled(told, path=path, seconds=at_s)) from fault
    if measurer.report.pictures < 2:
        raise NoPictures(_("{path}: it holds fewer than two pictures").format(path=path))
    return measurer.report


def json_parts(path: Path, report: Report) -> Iterator[str]:
    """One JSON document on one line, in parts: written out, those of a long film fill no memory.

    The verdict comes first, then each picture's figures; a moment is in seconds, or null where a
    rule was kept.
    """
    document = {
        # A name that is no UTF-8 is no reason to print nothing.
        "path": str(path).encode("utf-8", "backslashreplace").decode("utf-8"),
        "ok": report.passes,
        "pictures": report.pictures,
        "most_transitions": report.most,
        "verdict": _verdict(frozenset(report.broken_s)),
        "broken_at_s": {rule: report.broken_s.get(rule) for rule in VERDICTS},
    }
    yield _on_one_line(document)[:-1] + ',"frames":['
    for n, frame in enumerate(report.frames):
        yield ("," if n else "") + _on_one_line(_as_json(frame))
    yield "]}\n"


def _on_one_line(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _as_json(frame: Frame) -> dict[str, Any]:
    figures = asdict(frame)
    figures.pop("red_flashes")
    figures["verdict"] = _verdict(figures.pop("broken"))
    return figures


def _verdict(broken: frozenset[Rule]) -> dict[str, str]:
    return {rule: "fail" if rule in broken else "pass" for rule in VERDICTS}


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
        f"{rule}: {kept if at_s is None else filled(broken, seconds=at_s)}" for rule, at_s in rules
    ]
