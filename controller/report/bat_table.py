"""Owns the tables of reports on behavioural approach tests (BAT); knows no page and judges nothing.

They are there only where a test was begun. Each figure names how it is had.
"""

from __future__ import annotations

from collections.abc import Sequence

from controller.language import _, language, listed
from controller.report.document import Column, Footnote, Row, Section
from controller.report.wording import DASH, clock, day, number
from controller.session.bat.told import ToldBat, TriedStep
from controller.session.bat.words import HOW, OUTCOMES
from controller.session.between import Sitting
from controller.session.history import SessionHistory


def approach_tests(history: SessionHistory) -> Section:
    """Each step of each test: what became of it, when, and the distress told around it."""
    columns = (
        Column(_("At"), True),
        Column(_("Step")),
        Column(_("What")),
        Column(_("Outcome")),
        Column(_("Before"), True, 1),
        Column(_("During"), True, 2),
        Column(_("After"), True, 3),
        Column(_("Times")),
    )
    rows: list[Row] = []
    for bat in history.bats:
        rows += [row_of(history, bat, step) for step in bat.tried]
        at = DASH if bat.ended_s is None else clock(bat.ended_s)
        rows.append(Row((at, "", _score(bat), _how(bat), "", "", "", ""), "total"))
    notes = (
        Footnote(_("The last rating between the offer of the step and the patient's going."), 1),
        Footnote(_("The highest rating between the patient's going and the end of the step."), 2),
        Footnote(_("The last rating between that and the next offer or the end of the BAT."), 3),
        Footnote(
            _(
                "Score: the highest step that was done. A step is done when the patient stayed for "
                "its time and did its task. There are no norms for it."
            )
        ),
    )
    return Section("bat", _("Behavioural approach test (BAT)"), columns, tuple(rows), notes)


def compared(course: Sequence[Sitting]) -> Section:
    """The tests of a course, each beside the last one by the same script."""
    columns = (
        Column(_("Session")),
        Column(_("Day")),
        Column(_("Scenario")),
        Column(_("Score"), True, 1),
        Column(_("Change"), True, 2),
        Column(_("Highest distress"), True, 3),
        Column(_("Measure"), True, 4),
        Column(_("How it ended")),
    )
    rows: list[Row] = []
    before: list[tuple[Sitting, ToldBat]] = []
    for sitting in course:
        for bat in sitting.history.bats:
            last = next((old for one, old in reversed(before) if _same(one, sitting)), None)
            rows.append(_compared(sitting, bat, last))
            before.append((sitting, bat))
    notes = (
        Footnote(_("The highest step that was done, of all steps."), 1),
        Footnote(_("Score − score of the last BAT with the same script in the same version."), 2),
        Footnote(_("The highest rating during any of its steps, 0 to 100."), 3),
        Footnote(_("The scored value as it was applied at the last step that was done."), 4),
    )
    title = _("Behavioural approach tests (BAT) over sessions")
    return Section("bats", title, columns, tuple(rows), notes)


def _same(one: Sitting, other: Sitting) -> bool:
    mine, its = one.history.header.scenario, other.history.header.scenario
    return (mine.id, mine.version, mine.bat) == (its.id, its.version, its.bat)


def _compared(sitting: Sitting, bat: ToldBat, last: ToldBat | None) -> Row:
    header = sitting.history.header
    change = DASH if last is None else f"{bat.score - last.score:+d}".replace("-", "−")
    return Row(
        (
            str(sitting.number),
            day(header.opened),
            header.scenario.title.get(language()),
            f"{bat.score}/{bat.steps}",
            change,
            number(bat.highest),
            _measured(sitting.history, bat),
            _how(bat),
        )
    )


def _measured(history: SessionHistory, bat: ToldBat) -> str:
    name = None if bat.spec is None else bat.spec.measure
    spec = None if name is None else history.header.scenario.value(name)
    if spec is None or bat.measured is None:
        return DASH
    if spec.options:
        return spec.options[round(bat.measured)].get(language())
    return f"{number(bat.measured)} {spec.unit}".strip()


def _score(bat: ToldBat) -> str:
    return _("score {score} of {steps}").format(score=bat.score, steps=bat.steps)


def in_short(bat: ToldBat) -> str:
    """How a test ended, with its score."""
    return listed((_score(bat), _how(bat)))


def _how(bat: ToldBat) -> str:
    return _("not known: the record broke off") if bat.how is None else _(HOW[bat.how])


def row_of(history: SessionHistory, bat: ToldBat, tried: TriedStep) -> Row:
    """One step that was offered, in the columns of the table."""
    spec = bat.step(tried.number)
    item = DASH if spec is None else spec.item.get(language())
    if spec is not None:
        item = _("{item} (level {level})").format(item=item, level=spec.level)
    times = (
        (_("went {time}"), tried.gone_s),
        (_("there {time}"), tried.arrived_s),
        (_("ended {time}"), tried.ended_s),
    )
    told = listed(text.format(time=clock(at)) for text, at in times if at is not None)
    return Row(
        (
            clock(tried.offered_s),
            str(tried.number),
            item,
            _outcome(bat, tried),
            number(tried.anticipatory),
            number(tried.during),
            number(tried.after),
            told or DASH,
        )
    )


def _outcome(bat: ToldBat, tried: TriedStep) -> str:
    if tried.ended_s is None and bat.how == "stopped":
        return _(HOW["stopped"])
    return _(OUTCOMES[tried.outcome])
