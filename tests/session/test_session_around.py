"""How a session stood at one moment is reckoned from its entries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from recording import quarter_of_an_hour

from controller.session.around import BEFORE_S, as_text, moment
from controller.session.retelling import retell
from vr_runtime.wire.acts import Phase

HISTORY = retell(quarter_of_an_hour().entries)


def test_within_a_trial_phase_level_and_trial_are_those_of_the_entries() -> None:
    trial = HISTORY.trials[0]
    seconds, level = trial.path[-1]
    stood = moment(HISTORY, seconds + 1.0)
    assert stood.trial == trial.number
    assert stood.phase in (Phase.EXPOSURE, Phase.HOLD)
    assert stood.level is not None and abs(stood.level - level) <= 1


def test_what_is_not_known_is_none_and_never_guessed() -> None:
    assert moment(HISTORY, HISTORY.duration_s + 1e6).phase is None
    assert moment(HISTORY, -1.0).level is None


@given(st.floats(0, HISTORY.duration_s))
def test_the_minute_before_holds_nothing_later_and_nothing_older(at_s: float) -> None:
    before = moment(HISTORY, at_s).before
    assert list(before) == sorted(before)
    assert all(at_s - BEFORE_S <= when <= at_s for when, _kind, _what in before)


def test_on_one_line_each_thing_has_its_second() -> None:
    told = moment(HISTORY, HISTORY.trials[0].opened_s + 30.0)
    assert as_text(told).count(";") == len(told.before) - 1
