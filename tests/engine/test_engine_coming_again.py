"""A session outlives the process that showed it: in the safe place, with what it needs."""

from __future__ import annotations

import dataclasses

import pytest
from engine_pier import Pier, at_level, begin, make_engine, open_session, pass_ticks, shelf

from vr_runtime.coming_again import as_text, come_again, refuge_of
from vr_runtime.engine.engine import Engine
from vr_runtime.stage.names import Names
from vr_runtime.stage.null import NullStage
from vr_runtime.watch.beats import LONGEST_LINE, Again, Standing, Why, line
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase, View
from vr_runtime.wire.happenings import Applied
from vr_runtime.wire.refusals import Code


def left_by(engine: Engine, why: Why = "crashed", *, blamed: bool = False) -> Again:
    """What the watchdog would tell the next start if this one ended now."""
    standing = engine.standing()
    facts = "" if standing is None else as_text(standing, engine.phase)
    return Again(why, blamed, facts, restarts=1)


def exposed(level: int = 4) -> Engine:
    engine = make_engine()
    at_level(engine, level)
    return engine


def test_it_comes_back_in_the_safe_place_and_offers_one_level_below_the_last() -> None:
    again = make_engine()
    come_again(again, left_by(exposed(4)))
    assert (again.phase, again.view) == (Phase.SAFE_PLACE, View.SAFE_PLACE)
    assert (again.trial, again.trial_open, again.come_back) == (1, False, 3)
    assert again.apply(acts.ArmTrial(level=3), "t") is Code.WRONG_PHASE, "it is being loaded"
    again.apply(acts.Loaded(sha256="0" * 64), "runtime")
    begin(again, 3)
    assert (again.phase, again.trial) == (Phase.EXPOSURE, 2)


@pytest.mark.parametrize(
    "away", [acts.Pause(), acts.SafePlace(), acts.Hold(), acts.Stop()], ids=lambda a: a.kind
)
def test_only_a_stop_is_kept_in_force_all_else_is_the_safe_place(away: Act) -> None:
    engine = exposed()
    engine.apply(away, "t")
    again = make_engine()
    come_again(again, left_by(engine))
    stopped = isinstance(away, acts.Stop)
    assert again.phase is (Phase.STOPPED if stopped else Phase.SAFE_PLACE)
    assert again.come_back == 3


def test_the_patients_own_safe_place_is_known_before_anything_else() -> None:
    engine = make_engine()
    open_session(engine)
    engine.apply(acts.ChooseRefuge(place="shore"), "t")
    left = left_by(engine)
    assert refuge_of(left) == "shore"
    again = make_engine()
    come_again(again, left)
    assert again.repose.refuge == "shore"
    assert refuge_of(left_by(make_engine())) == "meadow"


def test_without_a_session_nothing_is_to_be_done() -> None:
    again = make_engine()
    come_again(again, left_by(make_engine()))
    assert again.phase is Phase.IDLE
    assert again.take_news() == []


def test_a_scenario_that_is_to_blame_stays_disabled_and_is_not_built_again() -> None:
    again = make_engine()
    come_again(again, left_by(exposed(), "hung", blamed=True))
    assert again.disabled is not None and "hung" in again.disabled
    assert again.apply(acts.ArmTrial(level=1), "t") is Code.SCENARIO_DISABLED


def test_a_scenario_that_had_failed_before_stays_disabled() -> None:
    engine = exposed()
    engine.apply(acts.ScenarioFailed(text="pier.py:3: ValueError"), "runtime")
    again = make_engine()
    come_again(again, left_by(engine, "killed"))
    assert again.disabled == "pier.py:3: ValueError"


def test_the_ceiling_as_it_was_changed_last_is_kept() -> None:
    engine = exposed()
    engine.apply(acts.SetCeiling(level=5), "t")
    again = make_engine()
    come_again(again, left_by(engine))
    assert again.ceiling == 5


@pytest.mark.parametrize("changed", [True, False])
def test_a_scenario_whose_files_have_changed_or_gone_is_not_shown_in_that_session(
    changed: bool,
) -> None:
    found = shelf(Pier)("test.pier")
    assert found is not None
    other = dataclasses.replace(found, sha256="1" * 64) if changed else None
    again = Engine(NullStage(Names({}, frozenset({"concrete"}), {})), lambda name: other)
    come_again(again, left_by(exposed()))
    assert again.phase is Phase.SAFE_PLACE
    assert again.disabled is not None and "changed" in again.disabled
    assert again.apply(acts.CloseSession(), "t") is None


def test_what_came_after_can_be_shown_again_from_what_was_applied() -> None:
    first = make_engine()
    come_again(first, left_by(exposed()))
    first.apply(acts.Loaded(sha256="0" * 64), "runtime")
    begin(first, 3)
    pass_ticks(first, 200)
    applied = [f.what.act for f in first.take_news() if isinstance(f.what, Applied)]
    second = make_engine()
    for act in applied:
        assert second.apply(act, "t") is None
    pass_ticks(second, 200)
    assert second.digest() == first.digest()


def test_all_that_is_left_behind_goes_through_a_pipe_at_once() -> None:
    engine = make_engine()
    open_session(engine)
    engine.apply(acts.ScenarioFailed(text="𝄞" * 400), "runtime")
    assert len(line(Standing(left_by(engine).facts))) <= LONGEST_LINE
