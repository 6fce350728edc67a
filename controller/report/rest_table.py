"""Owns the table of a report on what was done outside the scene; knows no page.

It is there only where something was: a safe place that was chosen, practice, a guide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from controller.language import _, mark
from controller.report.document import Column, Row, Section
from controller.report.wording import clock
from controller.session.at_rest import REFUGES, done
from controller.session.history import RestLine

_ENDED: Mapping[tuple[str, str], str] = {
    ("breathing", "finished"): mark("Breathing guide at its end; breaths: {rounds}."),
    ("breathing", "ended"): mark("Breathing guide taken away; breaths: {rounds}."),
    ("breathing", "phase"): mark("Breathing guide ended with the phase; breaths: {rounds}."),
    ("tension", "finished"): mark("Applied tension at its end; times: {rounds}."),
    ("tension", "ended"): mark("Applied tension taken away; times: {rounds}."),
    ("tension", "phase"): mark("Applied tension ended with the phase; times: {rounds}."),
}


def at_rest(found: Sequence[RestLine]) -> Section:
    """What was done outside the scene, in order of time."""
    columns = (Column(_("At"), True), Column(_("What was done")))
    rows = tuple(Row((clock(line.at_s), _told(line))) for line in found)
    return Section("at_rest", _("Outside the scene"), columns, rows)


def _told(line: RestLine) -> str:
    match line.kind, line.text.split():
        case "choose_refuge", ["meadow" | "shore" | "room" as place]:
            return _("Safe place: {place}.").format(place=_(REFUGES[place]))
        case "practised", ["look" | "move" | "rate" | "leave" as skill]:
            return done(skill)
        case "guide_breathing", [rate]:
            text = _("Breathing guide: {rate} breaths a minute.")
            return text.format(rate=rate)
        case "guide_tension", [tense, release, times]:
            text = _(
                "Applied tension: {tense} s, then {release} s, {times} times; never held breath."
            )
            return text.format(tense=tense, release=release, times=times)
        case "guide_ended", [guide, how, rounds] if (guide, how) in _ENDED:
            return _(_ENDED[guide, how]).format(rounds=rounds)
    # A newer version may have written what this one has no words for.
    return f"{line.kind} {line.text}"
