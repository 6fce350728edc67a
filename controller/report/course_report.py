"""Owns what the report of a course says: all closed sessions of one patient, for each reader.

It knows histories and figures, and nothing of how a page looks.
"""

from __future__ import annotations

from collections.abc import Sequence

from controller.language import _, language
from controller.protocol.chapters import review
from controller.report import plain_words
from controller.report.answer_tables import answer_tables
from controller.report.bat_table import compared
from controller.report.chart import Manner
from controller.report.course_chart import multiples, steps
from controller.report.course_tables import (
    answers_table,
    happenings_tables,
    levels_table,
    patients_table,
    sessions_table,
    steps_table,
)
from controller.report.document import Audience, Block, Fact, Figure, KeyFigure, Report
from controller.report.ink import Picture
from controller.report.row_table import rows_over_sessions
from controller.report.session_report import badge, led_by, unnamed, unreviewed, with_purpose
from controller.report.wording import DASH, day, length, moment
from controller.session.answered import Answered
from controller.session.between import FORMULAS, Sitting, sittings
from controller.session.documents import Scale
from controller.session.history import SessionHistory


def course_report(
    histories: Sequence[SessionHistory],
    still_open: int,
    head: str | None,
    audience: Audience,
    answers: Sequence[Answered] = (),
) -> Report:
    """The report of a course, in the language spoken now.

    Args:
        histories: the closed sessions, at least one, in any order.
        still_open: how many sessions of this patient were left out because they are open.
        head: the ledger's newest head; None when there is none yet.
        audience: for whom it is made.
        answers: the questionnaires that the patient answered, the oldest first; they are not in
            the patient's copy.
    """
    named = audience != "supervision"
    course = sittings(histories if named else [unnamed(history) for history in histories])
    newest = course[-1].history.header
    plain = audience == "patient"
    manner = Manner(newest.scale if plain else "0-100", plain)
    kinds: dict[Audience, str] = {
        "clinician": _("Course report"),
        "patient": _("Your sessions"),
        "supervision": _("Course report for supervision"),
    }
    tables = _patients_blocks(course, newest.scale) if plain else _blocks(course, named, answers)
    return Report(
        language=language(),
        kind=kinds[audience],
        date=_span(course),
        title=_("Your sessions") if plain else _("Course over sessions"),
        sub=((_("Patient") + " ", False), (newest.pseudonym, True)) if named else (),
        happened=_("Scenarios: {names}.").format(names=", ".join(_titles(course))),
        figures=_figures(course, plain),
        figure_notes=_formulas(plain),
        warnings=_warnings(course, still_open, plain),
        blocks=(*_pictures(course, manner), *tables),
        facts_title="" if plain else _("What was shown, and by what"),
        facts=() if plain else _facts(course, head, named),
        unreviewed=unreviewed(),
        purpose=with_purpose([s.history.header for s in course]),
        who=newest.pseudonym if named else "",
        below=_("Sessions: {count} · head of the ledger {head}").format(
            count=len(course), head=head or _("not sealed yet")
        ),
        written=newest.closed or newest.opened,
        protocol=led_by([s.history.header for s in course]),
        badge=badge(all(s.history.header.simulated for s in course)),
    )


def _span(course: Sequence[Sitting]) -> str:
    first, last = (day(course[at].history.header.opened) for at in (0, -1))
    return first if first == last else f"{first} – {last}"


def _titles(course: Sequence[Sitting]) -> list[str]:
    found = (s.history.header.scenario.title.get(language()) for s in course)
    return list(dict.fromkeys(found))


def _by_scenario(course: Sequence[Sitting]) -> list[list[Sitting]]:
    groups: dict[str, list[Sitting]] = {}
    for sitting in course:
        groups.setdefault(sitting.scenario, []).append(sitting)
    return list(groups.values())


def _formulas(plain: bool) -> tuple[str, ...]:
    if plain:
        names = ("sessions", "in_scenes", "highest_of_all")
        return tuple(_(plain_words.FORMULAS[name]) for name in names)
    return tuple(_(FORMULAS[n]) for n in ("sessions", "time_all", "highest_all", "answered_all"))


def _figures(course: Sequence[Sitting], plain: bool) -> tuple[KeyFigure, ...]:
    highest = max(
        (s.summary.highest for s in course if s.summary.highest is not None), default=None
    )
    time_s = sum(s.summary.session.exposed_s for s in course)
    due = sum(s.summary.due for s in course)
    answered = sum(s.summary.answered for s in course)
    figures = (
        KeyFigure(_("Sessions"), str(len(course))),
        KeyFigure(_("Time in scenes"), length(time_s)),
        KeyFigure(_("Highest level"), DASH if highest is None else str(highest), _("of 10")),
        KeyFigure(_("Ratings answered"), str(answered), _("of {count}").format(count=due)),
    )
    return figures[:3] if plain else figures


def _warnings(course: Sequence[Sitting], still_open: int, plain: bool) -> tuple[str, ...]:
    found = []
    simulated = [str(s.number) for s in course if s.history.header.simulated]
    if 0 < len(simulated) < len(course):
        text = _("Sessions with a simulated patient, of no person: {numbers}.")
        found.append(text.format(numbers=", ".join(simulated)))
    if still_open:
        found.append(
            _("Sessions that are still open and not in this report: {count}.").format(
                count=still_open
            )
        )
    parted = [str(s.number) for s in course if not s.history.whole]
    if parted:
        text = (
            _("Sessions of which parts were not written down: {numbers}.")
            if plain
            else _("Sessions that were interrupted or whose record is not complete: {numbers}.")
        )
        found.append(text.format(numbers=", ".join(parted)))
    return tuple(found)


def _pictures(course: Sequence[Sitting], manner: Manner) -> tuple[Figure, ...]:
    groups = _by_scenario(course)
    found = []
    for number, group in enumerate(groups, start=1):
        title = _("Steps over sessions")
        if len(groups) > 1:
            name = group[0].history.header.scenario.title.get(language())
            title = _("Steps over sessions: {scenario}").format(scenario=name)
        picture: Picture = steps(group, f"steps-{number}", manner)
        found.append(Figure(f"steps-{number}-figure", title, (picture,), _steps_caption(manner)))
    small = _(
        "Distress over minutes, all sessions to one scale. A line joins ratings of one trial; it "
        "stays open where one is missing. An empty circle at the foot is a rating that was asked "
        "for and not given. Grey: the level, 0 to 10, over the same height."
    )
    if manner.plain:
        small = _(
            "Your numbers over minutes, all sessions to one scale. The line stays open where there "
            "was no answer. Grey: the level, 0 to 10, over the same height."
        )
    title = _("Your numbers in each session") if manner.plain else _("Distress in each session")
    return (*found, Figure("multiples", title, multiples(course, manner), small))


def _steps_caption(manner: Manner) -> str:
    if manner.plain:
        return _("For each session: your highest and your last number in the scene, and the level.")
    return _(
        "For each session: peak and end of distress in trials, with the fall between them, and the "
        "highest level reached. Whether levels can be compared is in the table by level."
    )


def _blocks(
    course: Sequence[Sitting], named: bool, answers: Sequence[Answered]
) -> tuple[Block, ...]:
    numbers = {s.history.header.session: s.number for s in course}
    tables = (
        sessions_table(course),
        steps_table(course),
        levels_table(course),
        rows_over_sessions(course),
        compared(course),
        answers_table(course),
        *answer_tables(answers, numbers),
        *happenings_tables(course, complete=not named),
    )
    return tuple(table for table in tables if table.rows)


def _patients_blocks(course: Sequence[Sitting], scale: Scale) -> tuple[Block, ...]:
    return (
        patients_table(course),
        plain_words.what_words_mean(scale),
        *plain_words.where_to_ask(),
    )


def _protocols(course: Sequence[Sitting]) -> tuple[Fact, ...]:
    """Which protocol led which sessions: floors and gaps of the figures differ by it."""
    led: dict[str, list[str]] = {}
    for sitting in course:
        applied = sitting.history.header.clinic_protocol
        name = _("none recorded; figures go by what Palier proposes")
        if applied is not None:
            words = f"{applied.id} {applied.version} · {applied.sha256[:12]}"
            name = f"{words} · {review(applied.reviewed)}"
        led.setdefault(name, []).append(str(sitting.number))
    text = _("{name} (sessions {numbers})")
    lines = [text.format(name=name, numbers=", ".join(found)) for name, found in led.items()]
    return (Fact(_("Protocol"), "\n".join(lines)),)


def _facts(course: Sequence[Sitting], head: str | None, named: bool) -> tuple[Fact, ...]:
    first, last = course[0].history.header, course[-1].history.header
    versions = dict.fromkeys(
        f"{h.scenario.id} {h.scenario.version} · {(h.scenario_sha256 or DASH)[:12]}"
        for h in (s.history.header for s in course)
    )
    software = dict.fromkeys(f"Palier {s.history.header.palier}" for s in course)
    facts = [
        Fact(_("First session"), moment(first.opened)),
        Fact(_("Last session"), moment(last.opened)),
        Fact(_("Scenarios"), "\n".join(versions), code=True),
        *_protocols(course),
        Fact(_("Software"), ", ".join(software)),
        *(
            Fact(_("Session {number}").format(number=s.number), s.history.header.session, code=True)
            for s in course
        ),
        Fact(_("Head of the ledger"), head or _("not sealed yet"), code=head is not None),
    ]
    if named:
        facts.insert(0, Fact(_("Patient"), last.pseudonym))
    return tuple(facts)
