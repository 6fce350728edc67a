"""Owns the tables of a report on adverse events and expectations; knows no page.

Both are there only where somebody wrote one down: that there is none is said by no empty table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from controller.language import _, mark
from controller.report.document import Column, Footnote, Row, Section
from controller.report.wording import DASH, clock, number, percent
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.course_measures import belief_change, expected, violation

TYPES: Mapping[str, str] = {
    "cybersickness": mark("cybersickness"),
    "panic": mark("panic"),
    "faint": mark("faint"),
    "fall": mark("fall"),
    "seizure": mark("seizure"),
    "dissociation": mark("dissociation"),
    "emotional": mark("emotional"),
    "technical": mark("technical"),
    "other": mark("other"),
}
SEVERITIES: Mapping[str, str] = {
    "mild": mark("mild"),
    "moderate": mark("moderate"),
    "severe": mark("severe"),
}
RELATED: Mapping[str, str] = {
    "yes": mark("related to the session"),
    "no": mark("not related to the session"),
    "unclear": mark("unclear whether related"),
}
OUTCOMES: Mapping[str, str] = {
    "recovered": mark("recovered"),
    "recovering": mark("recovering"),
    "not_recovered": mark("not recovered"),
    "unknown": mark("outcome unknown"),
}
ABOUT: Mapping[str, str] = {
    "own_reaction": mark("own reaction"),
    "event": mark("something in the world"),
    "judgement": mark("what others think"),
}


def adverse_events(found: Sequence[tuple[int, AdverseEvent]]) -> Section:
    """What befell the patient, as whoever reported it saw it."""
    columns = (
        Column(_("At"), True),
        Column(_("Adverse event")),
        Column(_("What happened")),
        Column(_("What was done")),
        Column(_("Then")),
    )
    rows = tuple(
        Row(
            (
                DASH if one.at_s is None else clock(one.at_s),
                ", ".join(
                    (
                        _(TYPES[one.type]),
                        _(SEVERITIES[one.severity]),
                        *([_("serious")] if one.serious else []),
                    )
                ),
                one.description,
                one.action or DASH,
                "; ".join(
                    filter(None, (_(OUTCOMES[one.outcome]), _(RELATED[one.related]), one.follow_up))
                ),
            )
        )
        for _seq, one in found
    )
    serious = _("Serious: hospital, injury or danger to life. All as stated by who reported it.")
    return Section("adverse", _("Adverse events"), columns, rows, (Footnote(serious),))


def expectancies(found: Sequence[tuple[int, Expectancy]]) -> Section:
    """What was feared, how likely it was held before and after, and whether it came."""
    columns = (
        Column(_("Feared outcome")),
        Column(_("About")),
        Column(_("Before"), True),
        Column(_("Came")),
        Column(_("After"), True),
        Column(_("Violation"), True, 1),
        Column(_("Change"), True, 2),
        Column(_("Surprise"), True),
        Column(_("Learned")),
    )
    rows = []
    for _seq, one in found:
        of = expected(one)
        rows.append(
            Row(
                (
                    one.feared,
                    _(ABOUT[one.about]),
                    _percent(one.likelihood_before),
                    DASH if one.occurred is None else (_("yes") if one.occurred else _("no")),
                    _percent(one.likelihood_after),
                    number(violation(of)),
                    number(belief_change(of)),
                    number(one.surprise),
                    one.learned or DASH,
                )
            )
        )
    notes = (
        Footnote(_("Violation: likelihood before − 100 if it came, else − 0; in points."), 1),
        Footnote(_("Change: likelihood before − likelihood after; in points."), 2),
    )
    return Section("expectancies", _("What was feared and tested"), columns, tuple(rows), notes)


def _percent(likelihood: int | None) -> str:
    return percent(None if likelihood is None else likelihood / 100)
