"""Owns how a course at a glance reads on a screen; knows no widget and no record."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from controller.language import _, language
from controller.questionnaires import telling
from controller.session import suds
from controller.session.appointments import passed, spoken
from controller.session.at_rest import REFUGES
from controller.session.check_digits import check_digits
from controller.session.clinical_words import named
from controller.session.glance import Glance, Past
from controller.session.now import PatientCard

_STEPS = "▁▂▃▄▅▆▇█"
MISSING = "○"
LISTED = 30
"""So many sessions are listed, the newest first; the report of the course has all."""


BESIDE = 64
"""From so many columns on, figures stand beside their names, else below them."""


def drawn(card: PatientCard, seen: Glance | None, today: date, columns: int = BESIDE) -> Content:
    """One patient's course in lines; without `seen`, what is known before it was read."""
    lines = [
        Content.assemble(
            (card.pseudonym, "bold"),
            "   ",
            (_("check digits {digits}").format(digits=check_digits(card.pseudonym)), "bold $level"),
        ),
        Content.styled(
            _("ceiling {level} · {scale} · safe place: {place}").format(
                level=card.ceiling, scale=card.scale, place=_(REFUGES[card.safe_place])
            ),
            "$quiet",
        ),
    ]
    if card.restricted is not None:
        lines.append(Content.styled(f"▲ {_('restricted: no session')}", "$alert"))
        lines.append(Content(card.restricted))
    if card.withdrawn:
        told = _("consent to exposure taken back: no session")
        lines.append(Content.styled(f"▲ {told}", "$alert"))
    lines.append(Content(""))
    if card.restricted is not None:
        return Content("\n").join(lines)  # kept and not used: nothing of it is shown
    if seen is None:
        return Content("\n").join([*lines, Content.styled(_("Reading the record…"), "$quiet")])
    rows = [*_figures(card, seen), *_due(seen, today)]
    wide = max(len(name) for name, _value in rows) + 2 if columns >= BESIDE else 2
    for name, values in rows:
        broken = [part for value in values for part in value.wrap(max(8, columns - wide))]
        lead = _name(name, wide, broken, columns)
        figures = Content("\n" + " " * wide).join(broken)
        lines.append(Content.assemble((lead, "$quiet"), figures))
    if seen.past:
        lines += [Content(""), Content.styled(_("SESSIONS, NEWEST FIRST"), "$quiet")]
        lines += [_past(one, card) for one in list(reversed(seen.past))[:LISTED]]
    return Content("\n").join(lines)


Row = tuple[str, list[Content]]


def _name(name: str, wide: int, values: list[Content], columns: int) -> str:
    """A figure's name with what stands between it and the figure."""
    if columns >= BESIDE:
        return f"{name:<{wide}}"
    beside = len(values) == 1 and len(name) + 2 + values[0].cell_length <= columns
    return f"{name}  " if beside else f"{name}\n  "


def _figures(card: PatientCard, seen: Glance) -> list[Row]:
    count = str(len(seen.past))
    if seen.past:
        count += " · " + _("last {day}").format(day=seen.past[-1].opened[:10])
    highest = MISSING if seen.highest is None else str(seen.highest)
    return [
        (_("Sessions"), [Content(count)]),
        (_("Highest level"), [Content(highest)]),
        (_("Peaks"), _peaks(card, seen)),
    ]


def _peaks(card: PatientCard, seen: Glance) -> list[Content]:
    """The highest rating of each session in order, drawn and in figures; ○ where none was given."""
    if not seen.peaks:
        return [Content(MISSING)]
    newest = seen.peaks[-10:]
    bars = " ".join(
        MISSING if peak is None else _STEPS[min(7, int(peak * 8 / 100))] for peak in newest
    )
    figures = " → ".join(
        MISSING if peak is None else suds.shown(round(peak), card.scale) for peak in newest
    )
    return [Content.styled(bars, "$suds"), Content(figures)]


def _due(seen: Glance, today: date) -> list[Row]:
    befell = [
        Content(f"{one.opened[:10]} {named(one.event.type, one.event.severity)}")
        for one in seen.adverse
    ]
    again: list[Content] = []
    for one in seen.due:
        what = named(one.event.type, one.event.severity)
        again += [Content.styled(f"▲ {one.opened[:10]} {what}", "$alert"), Content(one.again)]
    rows: list[Row] = [(_("Adverse events"), befell or [Content(_("none"))])]
    if again:
        rows.append((_("To look at again"), again))
    if seen.answers:
        rows.append((_("Questionnaires"), [_answer(seen, at) for at in range(len(seen.answers))]))
    rows.append((_("Next appointment"), [_next(seen, today)]))
    return rows


def _answer(seen: Glance, at: int) -> Content:
    """The newest answer to one questionnaire: its day, and its scores where they can be had."""
    one = seen.answers[at]
    scores = () if one.scores is None else one.scores.scores
    told = ", ".join(
        f"{score.scale.title.of(language())} {telling.figure(score.exact)}"
        for score in scores
        if score.exact is not None
    )
    return Content(f"{one.wall[:10]} {one.said.questionnaire}  {told or MISSING}")


def _next(seen: Glance, today: date) -> Content:
    if seen.appointment is None:
        return Content.styled(_("none agreed on"), "$quiet")
    told = spoken(seen.appointment)
    if passed(seen.appointment, today):
        return Content.styled(f"▲ {told} ({_('this day has passed')})", "$alert")
    return Content(told)


def _past(one: Past, card: PatientCard) -> Content:
    def figure(value: float | None) -> str:
        return MISSING if value is None else suds.shown(round(value), card.scale)

    told = _("level {level} · peak {peak} · end {end}").format(
        level=MISSING if one.highest is None else one.highest,
        peak=figure(one.peak),
        end=figure(one.end),
    )
    if one.interrupted:
        told += " · " + _("interrupted")
    return Content.assemble(
        (one.opened[:10], "$quiet"), "  ", one.title.get(language()), "  ", (told, "$quiet")
    )
