from __future__ import annotations

import csv
from io import StringIO

import pytest
from recording import Recording, quarter_of_an_hour

from controller.report.table import ratings_csv
from controller.session.retelling import retell
from controller.session.summary import FORMULAS, summarise
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase


def test_the_figures_of_a_trial_are_those_worked_by_hand() -> None:
    first = summarise(retell(quarter_of_an_hour().entries)).trials[0].figures
    assert (first.baseline, first.anticipatory) == (15, 40)
    assert (first.initial, first.peak, first.end) == (55, 70, 45)
    assert (first.activation, first.habituation, first.halved) == (55, 25, False)
    assert first.habituation_share == pytest.approx(25 / 70)
    assert first.half_s is None
    assert first.ratings == 6
    # 52.08 + 86.67 + (100 - 39.58 on hold) + 66.67 + 26.25 SUDS min over 310 s.
    assert first.area is not None
    assert first.area.suds_min == pytest.approx(292.083, abs=0.001)
    assert first.area.covered_s == 310
    assert first.mean == pytest.approx(56.532, abs=0.001)
    assert (first.exposed_s, first.held_s) == (340, 50)


def test_time_to_half_and_the_criterion_of_the_last_trial() -> None:
    last = summarise(retell(quarter_of_an_hour().entries)).trials[2].figures
    assert (last.half_s, last.halved, last.habituation) == (110, True, 30)
    assert last.anticipatory is None


def test_the_session_adds_its_trials_and_joins_nothing_between_them() -> None:
    summary = summarise(retell(quarter_of_an_hour().entries))
    session, trials = summary.session, [t.figures for t in summary.trials]
    assert (session.initial, session.peak, session.end) == (55, 75, 20)
    assert session.ratings == sum(t.ratings for t in trials) == 11
    areas = [t.area for t in trials if t.area]
    assert session.area is not None
    assert session.area.suds_min == pytest.approx(sum(a.suds_min for a in areas))
    assert session.area.covered_s == sum(a.covered_s for a in areas)
    assert session.exposed_s + session.held_s == 390 + 130 + 150
    assert session.half_s is None
    assert (summary.highest, summary.due, summary.answered) == (5, 14, 13)
    assert summary.coverage == pytest.approx(13 / 14)


def test_time_at_levels_leaves_holds_apart_and_adds_up() -> None:
    summary = summarise(retell(quarter_of_an_hour().entries))
    by_level = {entry.level: (entry.exposed_s, entry.held_s) for entry in summary.levels}
    assert by_level[3] == (281 - 50 + 2 + 2, 50)
    assert sum(e + h for e, h in by_level.values()) == 390 + 130 + 150
    assert max(by_level) == 5


def test_holds_pauses_and_safe_place_are_counted_with_their_time() -> None:
    summary = summarise(retell(quarter_of_an_hour().entries))
    assert [(a.phase, a.times, a.seconds) for a in summary.apart] == [
        (Phase.HOLD, 1, 50),
        (Phase.PAUSE, 1, 60),
        (Phase.SAFE_PLACE, 1, 70),
        (Phase.STOPPED, 1, 40),
    ]


def test_a_trial_with_one_rating_has_no_figures() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    r.at(2).rate(50)
    r.at(3).leave(acts.Stop(), Phase.STOPPED)
    figures = summarise(retell(r.entries)).trials[0].figures
    assert (figures.ratings, figures.initial, figures.peak, figures.end) == (1, None, None, None)
    assert (figures.area, figures.halved, figures.habituation_share) == (None, None, None)


def test_ratings_before_and_after_a_trial_are_not_its_own() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    r.at(2).rate(50)
    r.at(3).rate(40)
    r.at(3, 30).rate(90, "recovery")
    r.at(3, 40).rate(85, "baseline")
    r.at(4).leave(acts.Stop(), Phase.STOPPED)
    figures = summarise(retell(r.entries)).trials[0].figures
    assert (figures.peak, figures.end, figures.ratings) == (50, 40, 2)
    assert figures.baseline is None


def test_a_peak_asked_for_afterwards_raises_the_peak_alone() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    r.at(2).rate(60)
    r.at(3).rate(20)
    r.at(3, 30).rate(80, "peak")
    figures = summarise(retell(r.entries)).trials[0].figures
    assert (figures.peak, figures.end, figures.ratings) == (80, 20, 2)
    assert figures.half_s is None
    assert figures.area is not None and figures.area.suds_min == 40


def test_a_peak_asked_for_after_leaving_belongs_to_the_trial_before() -> None:
    r = Recording()
    r.load()
    for minute, told in ((1, 80), (6, 60)):
        r.at(minute).begin(2)
        r.at(minute + 1).rate(50)
        r.at(minute + 2).rate(40)
        r.at(minute + 3).leave(acts.Pause(), Phase.PAUSE)
        r.at(minute + 4).rate(told, "peak", due=False)
    assert [t.figures.peak for t in summarise(retell(r.entries)).trials] == [80, 60]


def test_without_set_prompts_nothing_is_too_far_apart_and_coverage_is_unknown() -> None:
    r = Recording()
    opened = r.entries[0]
    quiet = opened.data.model_copy(update={"prompt_every_s": 0.0})
    r.entries[0] = opened.model_copy(update={"data": quiet})
    r.load()
    r.at(1).begin(2)
    r.at(2).rate(60, due=False)
    r.at(22).rate(20, due=False)
    summary = summarise(retell(r.entries))
    area = summary.trials[0].figures.area
    assert area is not None and (area.suds_min, area.gaps) == (800, 0)
    assert (summary.due, summary.coverage) == (0, None)


def test_a_session_without_trial_has_no_figures_and_no_level() -> None:
    r = Recording()
    r.load()
    r.at(1).rate(20, "baseline")
    summary = summarise(retell(r.entries))
    assert (summary.trials, summary.highest, summary.levels) == ((), None, ())
    assert (summary.session.peak, summary.session.exposed_s) == (None, 0)


def test_trials_that_share_a_number_after_a_restart_keep_their_own_ratings() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    for minute, suds in ((2, 80), (3, 70)):
        r.at(minute).rate(suds)
    r.restart(away_s=5, tick=0)
    r.load()
    r.begin(1)
    for suds in (40, 30):
        r.tick += 1800
        r.rate(suds)
    summary = summarise(retell(r.entries))
    assert [t.trial.number for t in summary.trials] == [1, 1]
    assert [(t.figures.peak, t.figures.end) for t in summary.trials] == [(80, 70), (40, 30)]


def test_every_figure_of_a_trial_has_its_formula_in_words() -> None:
    shown = summarise(retell(quarter_of_an_hour().entries)).trials[0].figures
    named = {
        "half_s": "half",
        "exposed_s": "time",
        "escape_s": "escape",
        "held_s": "held",
    }
    counted = {"ratings"}
    for field in shown.__dataclass_fields__.keys() - counted:
        assert FORMULAS[named.get(field, field)].endswith(".")


def test_the_csv_holds_every_rating_and_leaves_a_missing_one_empty() -> None:
    history = retell(quarter_of_an_hour().entries)
    text = ratings_csv(history)
    assert text.splitlines()[0] == "tick,seconds,kind,suds,level"
    assert text.endswith("\n") and "\r" not in text
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == len(history.ratings) == 18
    assert rows[0] == {
        "tick": "5400",
        "seconds": "30.000",
        "kind": "baseline",
        "suds": "15",
        "level": "0",
    }
    assert [row["seconds"] for row in rows if row["suds"] == ""] == ["370.000"]
    corrected = next(row for row in rows if row["seconds"] == "210.000")
    assert corrected["suds"] == "60"


def test_the_csv_gives_levels_between_whole_ones() -> None:
    r = Recording()
    r.level = 2.5
    r.at(1).rate(0)
    assert ratings_csv(retell(r.entries)).splitlines()[1] == "6300,60.000,interval,0,2.5"
