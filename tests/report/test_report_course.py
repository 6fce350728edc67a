"""Sessions of one patient side by side: compared where what was shown was equal, else not."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from course_of import session
from papers import HEAD, text

from controller.language import use
from controller.report.chart import Manner
from controller.report.course_chart import multiples, steps
from controller.report.course_report import course_report
from controller.report.document import Audience, Report, Section
from controller.report.ink import Box, Circle, Shape, Stroke, Text
from controller.report.markup import html
from controller.session.between import AtLevel, at_levels, sittings
from controller.session.history import PhaseBand, SessionHistory
from vr_runtime.wire.acts import Phase


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def at_level(level: int, *histories: SessionHistory) -> list[AtLevel]:
    return [at for at in at_levels(sittings(histories)) if at.level == level]


def report(*histories: SessionHistory, still_open: int = 0, **more: Any) -> Report:
    return course_report(histories, still_open, HEAD, more.get("audience", "clinician"))


def rows(told: Report, name: str) -> list[tuple[str, ...]]:
    (section,) = (b for b in told.blocks if isinstance(b, Section) and b.name == name)
    return [row.cells for row in section.rows]


def test_each_protocol_stands_beside_the_sessions_that_it_led() -> None:
    use("en")
    report = course_report([session(2), session(9)], 0, HEAD, "clinician")
    (told,) = [fact.value for fact in report.facts if fact.name == "Protocol"]
    assert "(sessions 1, 2)" in told
    assert report.purpose.startswith("Not all of these sessions were led by a protocol")
    copy = course_report([session(2)], 0, HEAD, "patient")
    assert copy.purpose.startswith("The protocol of this session had not been reviewed")


def test_a_session_that_was_opened_by_mistake_is_no_session_of_the_course() -> None:
    meant = (session(9), session(11))
    course = sittings((meant[0], replace(session(10), ending="mistaken"), meant[1]))
    assert [(one.number, one.history) for one in course] == [(1, meant[0]), (2, meant[1])]


def test_the_same_level_is_compared_with_the_session_before() -> None:
    # Level 3 of the quarter of an hour: 55, 70, 60 (corrected), 40; ten points lower the next day.
    first, second = at_level(3, session(9), session(10, easier=10))
    assert (first.ratings, first.first, first.peak) == (4, 55, 70)
    assert (first.against, first.why_not) == (None, "first")
    assert (second.first, second.peak) == (45, 60)
    assert (second.against, second.first_change, second.peak_change) == (1, 10, 10)


def test_a_rise_from_session_to_session_is_a_negative_fall() -> None:
    _first, second = at_level(3, session(9, easier=20), session(10, easier=5))
    assert second.peak_change == -15


@pytest.mark.parametrize(
    ("code", "before", "now"),
    [
        ("version", {}, {"version": "1.3.0"}),
        ("files", {}, {"scenario_sha256": "ab" * 32}),
        ("files", {"scenario_sha256": None}, {"scenario_sha256": None}),
        ("display", {}, {"display": "headset"}),
        ("scale", {}, {"scale": "0-10"}),
        ("simulated", {}, {"simulated": True}),
        ("apart", {"set_apart": ((70.0, "height"),)}, {}),
        ("apart", {}, {"set_apart": ((70.0, "height"),)}),
        ("apart", {"set_apart": ((70.0, "height"),)}, {"set_apart": ((70.0, "height"),)}),
    ],
    ids=lambda value: str(value),
)
def test_what_was_not_equal_is_not_compared_and_the_reason_is_said(
    code: str, before: dict[str, Any], now: dict[str, Any]
) -> None:
    _first, second = at_level(3, session(9, **before), session(10, easier=10, **now))
    assert second.why_not == code
    assert (second.against, second.first_change, second.peak_change) == (None, None, None)


def test_a_session_that_cannot_be_compared_is_stepped_over_to_the_one_before_it() -> None:
    course = (session(9), session(10, easier=10, version="1.3.0"), session(11, easier=20))
    assert [at.against for at in at_level(3, *course)] == [None, None, 1]


def test_a_value_set_apart_after_the_last_rating_at_a_level_does_not_matter_to_it() -> None:
    # In the third trial, where only level 4 was rated.
    course = (session(9), session(10, easier=10, set_apart=((730.0, "height"),)))
    assert at_level(3, *course)[1].against == 1
    assert at_level(4, *course)[1].why_not == "apart"


def test_fewer_than_two_ratings_at_a_level_are_not_compared() -> None:
    # Level 5 was rated once.
    _first, second = at_level(5, session(9), session(10))
    assert (second.ratings, second.peak, second.why_not) == (1, None, "few")


def test_a_rating_given_on_the_way_belongs_to_no_level() -> None:
    told = session(9)
    on_the_way = tuple(replace(r, level=3.4 if r.suds == 70 else r.level) for r in told.ratings)
    (at,) = at_level(3, replace(told, ratings=on_the_way))
    assert (at.ratings, at.peak) == (3, 60)


def test_sessions_are_numbered_in_the_order_of_time() -> None:
    course = sittings([session(12), session(9), session(10)])
    assert [(s.number, s.history.header.session) for s in course] == [
        (1, "s-2026-0309"),
        (2, "s-2026-0310"),
        (3, "s-2026-0312"),
    ]


def test_steps_peak_end_and_fall_of_each_session_are_in_figures() -> None:
    told = rows(report(session(9), session(10, easier=10)), "steps")
    assert told == [("1", "5", "75", "20", "55", "73%"), ("2", "5", "65", "10", "55", "85%")]


def test_every_column_of_figures_over_sessions_has_its_formula_below() -> None:
    told = report(session(9), session(10))
    for block in told.blocks:
        if isinstance(block, Section):
            used = {column.note for column in block.columns if column.note}
            assert used == {note.number for note in block.notes if note.number}
    assert len(told.figure_notes) == len(told.figures)


def test_missing_ratings_and_coverage_are_said_for_each_session() -> None:
    told = rows(report(session(9), session(10)), "answers")
    assert told[0] == ("1", "14", "13", "1", "93%", "6:10")


def test_where_the_patient_left_and_what_failed_is_told_by_session() -> None:
    told = report(session(9), session(10))
    assert ("2", "Safe place", "10:40 – 11:50", "1 min 10 s", "the patient left the scene") in rows(
        told, "apart"
    )
    assert [row[0] for row in rows(told, "faults")] == ["1", "2"]
    assert rows(told, "adverse")[0][:2] == ("—", "none")
    assert "expectancies" not in [getattr(block, "name", "") for block in told.blocks]


def unlike() -> tuple[SessionHistory, SessionHistory, SessionHistory]:
    """Nothing apart; all of 50, 60, 70 and 40 s; one longer hold, and a stop by the patient."""
    more = session(11)
    held = PhaseBand(Phase.HOLD, 100.0, 190.0, "hold")
    stopped = PhaseBand(Phase.STOPPED, 500.0, 525.0, "patient_stopped")
    return (
        replace(session(9), bands=()),
        session(10),
        replace(more, bands=(held, stopped)),
    )


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (
            "supervision",
            [
                "Hold: 2 times, 2 min 20 s in all, the longest 1 min 30 s.",
                "Pause: once, 1 min 00 s.",
                "Safe place: once, 1 min 10 s.",
                "Stop: 2 times, 1 min 05 s in all, the longest 40 s.",
            ],
        ),
        ("clinician", ["Safe place: once, 1 min 10 s.", "Stop: once, 25 s."]),
    ],
)
def test_what_stands_below_a_table_counts_the_rows_of_all_sessions(
    audience: Audience, expected: list[str]
) -> None:
    told = report(*unlike(), audience=audience)
    (table,) = (b for b in told.blocks if isinstance(b, Section) and b.name == "apart")
    assert [note.text for note in table.notes] == expected
    page, paper = html(told), text(told)
    for line in expected:
        assert line in page and line in paper
    assert "once, 50 s" not in page and "once, 40 s" not in page


def test_that_nothing_failed_is_said_and_not_left_to_be_guessed() -> None:
    calm = replace(session(9), link_losses=(), bands=())
    told = report(calm)
    assert rows(told, "apart")[0][:2] == ("—", "none")
    assert rows(told, "faults")[0][:2] == ("—", "none")


def test_sessions_that_are_open_interrupted_or_simulated_are_said_at_the_head() -> None:
    course = (
        session(9),
        replace(session(10), ending="interrupted"),
        session(11, simulated=True),
    )
    told = report(*course, still_open=2)
    assert told.warnings == (
        "Sessions with a simulated patient, of no person: 3.",
        "Sessions that are still open and not in this report: 2.",
        "Sessions that were interrupted or whose record is not complete: 2.",
    )
    assert rows(told, "sessions")[1][-1] == "interrupted, closed afterwards"
    assert rows(told, "sessions")[2][-1] == "simulated patient"
    assert told.badge is None
    assert report(session(9, simulated=True)).badge is not None


def test_levels_of_two_scenarios_are_never_put_into_one_picture_or_compared() -> None:
    other = session(10, easier=10)
    scenario = other.header.scenario.model_copy(update={"id": "animals.dog"})
    other = replace(other, header=replace(other.header, scenario=scenario))
    told = report(session(9), other)
    assert [b.name for b in told.blocks if b.name.endswith("-figure")] == [
        "steps-1-figure",
        "steps-2-figure",
    ]
    assert all(at.why_not in ("first",) for at in at_level(3, session(9), other))


def test_the_steps_are_drawn_to_scale_and_simulated_ones_marked() -> None:
    picture = steps(sittings([session(9), session(10, simulated=True)]), "steps")
    peaks = [m for m in picture.marks if isinstance(m, Circle) and m.look == "rating"]
    ends = [m for m in picture.marks if isinstance(m, Shape) and m.look == "rating apart"]
    # 184 is distress 0, 34 is 100; peak 75 and end 20.
    assert [p.y for p in peaks] == [71.5, 71.5]
    assert [(e.points[0][1] + e.points[2][1]) / 2 for e in ends] == [154, 154]
    boxes = [m for m in picture.marks if isinstance(m, Box)]
    assert [(b.look, b.height) for b in boxes] == [("step", 40), ("step simulated", 40)]


def test_nothing_is_joined_from_one_session_to_the_next() -> None:
    picture = steps(sittings([session(9), session(10), session(11)]), "steps")
    lines = [m for m in picture.marks if isinstance(m, Stroke) and m.look == "fall"]
    assert len(lines) == 3
    assert all(line.points[0][0] == line.points[1][0] for line in lines)


def test_a_session_with_too_few_ratings_has_an_empty_mark_and_no_figure() -> None:
    told = session(9)
    silent = replace(told, ratings=tuple(replace(r, suds=None) for r in told.ratings))
    picture = steps(sittings([silent]), "steps")
    assert [m.look for m in picture.marks if isinstance(m, Circle)] == ["missing"]
    assert rows(report(silent), "steps") == [("1", "5", "—", "—", "—", "—")]


@pytest.mark.parametrize("count", [1, 2, 7, 31, 200])
def test_numbers_over_sessions_never_touch_however_many_there_are(count: int) -> None:
    one = sittings([session(9)])[0]
    picture = steps([replace(one, number=n) for n in range(1, count + 1)], "steps")
    below = sorted(m.x for m in picture.marks if isinstance(m, Text) and m.look == "label middle")
    assert below
    assert all(b - a >= 38 for a, b in pairwise(below))
    assert all(0 < m.x <= picture.width for m in picture.marks if isinstance(m, Text))


def test_small_pictures_are_all_to_one_scale_three_in_a_row() -> None:
    short = replace(session(9), duration_s=450.0)
    course = sittings([session(8), short, session(10), session(11)])
    pictures = multiples(course)
    assert [p.title for p in pictures] == ["Sessions 1 to 3", "Sessions 4 to 4"]
    ticks = [
        m.content for m in pictures[0].marks if isinstance(m, Text) and m.look == "label middle"
    ]
    assert ticks == ["0", "5", "10", "15"] * 3
    assert len({p.name for p in pictures}) == 2


def test_pictures_are_written_on_the_scale_they_are_asked_for() -> None:
    picture = steps(sittings([session(9)]), "steps", Manner("0-10", plain=True))
    words = [m.content for m in picture.marks if isinstance(m, Text)]
    assert "Your ratings, 0 to 10" in words
    assert "7.5" in words


def test_the_page_of_a_course_asks_nothing_of_the_network_and_names_parts_once() -> None:
    told = html(report(*(session(day) for day in range(1, 9))))
    assert "://" not in told and "<script" not in told and "@import" not in told
    names = [part.split('"')[0] for part in told.split(' id="')[1:]]
    assert len(names) == len(set(names))


def test_the_order_in_which_sessions_are_read_does_not_matter() -> None:
    course = [session(9), session(10, easier=5), session(11, easier=10)]
    assert report(*course) == report(*reversed(course))
