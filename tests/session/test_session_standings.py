"""Link, control and session stand where three tables say, whatever comes in whatever order."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.session import standings
from controller.session.standings import (
    CONTROL,
    LINK,
    SESSION,
    Heard,
    Leading,
    Linked,
    Sat,
    Standing,
    Step,
    Told,
)

TABLES = [
    (LINK, Linked, Heard, Linked.CONNECTING),
    (CONTROL, Leading, Told, Leading.SEEKING),
    (SESSION, Sat, Step, Sat.NONE),
]
WALK = [
    (rows, begin, here, what)
    for rows, states, inputs, begin in TABLES
    for here, what in product(states, inputs)
]


@pytest.mark.parametrize(
    ("rows", "begin", "here", "what"), WALK, ids=[f"{here}-{what}" for _, _, here, what in WALK]
)
def test_every_standing_meets_everything_and_goes_where_one_row_says_or_stays(
    rows, begin, here, what
) -> None:
    named = [after for before, came, after in rows if here in before and came is what]
    assert len(named) <= 1
    standing = Standing(rows, begin)
    standing.now = here
    assert standing.takes(what) is bool(named)
    changed = standing.meet(what)
    assert standing.now is (named[0] if named else here)
    assert changed is (standing.now is not here)


@pytest.mark.parametrize(
    ("rows", "states", "inputs", "begin"), TABLES, ids=["link", "control", "session"]
)
def test_every_standing_can_be_reached_and_left_and_every_input_has_a_row(
    rows, states, inputs, begin
) -> None:
    reached = {begin}
    for _ in states:
        reached |= {after for before, _what, after in rows if before & reached}
    assert reached == set(states)
    assert {what for _, what, _ in rows} == set(inputs)
    for state in states:
        assert any(state in before and after is not state for before, _, after in rows)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(Told)))
def test_control_that_was_lost_is_never_asked_for_without_the_therapist(came) -> None:
    standing = standings.control()
    for what in came:
        before = standing.now
        standing.meet(what)
        if before is Leading.CONTROL_LOST:
            assert standing.now in (Leading.CONTROL_LOST, Leading.IN_CONTROL)
        if standing.now is Leading.SEEKING_AGAIN and before is not Leading.SEEKING_AGAIN:
            assert (before, what) == (Leading.IN_CONTROL, Told.STARTED_AGAIN)
        if standing.now is Leading.IN_CONTROL and before is not Leading.IN_CONTROL:
            assert what is Told.GIVEN


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(Heard)))
def test_only_news_makes_a_link_live(came) -> None:
    standing = standings.link()
    for what in came:
        before = standing.now
        standing.meet(what)
        if standing.now is Linked.LIVE:
            assert what is Heard.NEWS or before is Linked.LIVE


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(Step)))
def test_no_session_is_asked_for_while_one_is_open_or_opening(came) -> None:
    standing = standings.session()
    for what in came:
        before = standing.now
        if standing.meet(what) and what is Step.ASKED:
            assert before in (Sat.NONE, Sat.SEALING)
