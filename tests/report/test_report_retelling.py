from __future__ import annotations

import random
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recording import HASH, Recording, quarter_of_an_hour

from controller.language import use
from controller.report.wording import INCIDENTS
from controller.session.comfort import LIMITS
from controller.session.history import SessionHistory
from controller.session.retelling import NotASession, retell
from vr_runtime.wire import acts, happenings
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import LineSpoken
from vr_runtime.wire.hearing import PlayTone, SetVolume


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


@pytest.fixture
def history() -> SessionHistory:
    return retell(quarter_of_an_hour().entries)


def test_the_header_says_what_was_shown_to_whom_by_which_software(history: SessionHistory) -> None:
    header = history.header
    assert (header.pseudonym, header.scenario.id, header.scenario.version) == (
        "LYNX-07",
        "heights.balcony",
        "1.2.0",
    )
    assert (header.scenario_sha256, header.seed, header.ceiling) == (HASH, 20260309, 6)
    assert (header.palier, header.display, header.simulated) == ("0.1.0", "desktop", False)
    assert header.opened.startswith("2026-03-09T13:30:12")
    assert header.closed is not None and header.closed.startswith("2026-03-09T13:45:12")


def test_seconds_are_ticks_since_the_opening_by_thirty(history: SessionHistory) -> None:
    assert history.duration_s == 900
    assert [r.at_s for r in history.ratings][:3] == [30, 50, 80]
    assert history.ratings[0].due_s == 27


def test_what_came_just_before_the_opening_counts_as_its_beginning() -> None:
    r = Recording()
    opening = r.entries.pop()
    r.tick -= 60
    r.into(Phase.LOADING, "open_session")
    r.tick += 60
    r.entries.append(opening.model_copy(update={"seq": len(r.entries) + 1}))
    r.at(0, 5).into(Phase.READY, "loaded")
    told = retell(r.entries)
    assert [(b.phase, b.from_s, b.to_s) for b in told.bands] == [(Phase.LOADING, 0, 5)]


def test_bands_cover_the_session_without_hole_or_overlap(history: SessionHistory) -> None:
    assert history.bands[0].from_s == 0 or history.bands[0].phase is Phase.LOADING
    for before, after in zip(history.bands, history.bands[1:], strict=False):
        assert before.to_s == after.from_s
    assert [(b.from_s, b.to_s, b.cause) for b in history.bands if b.phase is Phase.HOLD] == [
        (260, 310, "hold")
    ]
    assert [b.cause for b in history.bands if b.phase is Phase.SAFE_PLACE] == ["patient_left"]


def test_trials_run_from_entering_the_scene_to_leaving_it(history: SessionHistory) -> None:
    assert [(t.number, t.asked, t.opened_s, t.closed_s, t.cause) for t in history.trials] == [
        (1, 3, 60, 450, "pause"),
        (2, 4, 510, 640, "patient_left"),
        (3, 4, 710, 860, "stop"),
    ]
    assert [t.highest for t in history.trials] == [4, 5, 4]
    assert history.trials[0].path == ((60, 0), (62, 1), (64, 2), (66, 3), (347, 4))


def test_the_level_line_stays_until_the_act_and_is_0_outside_a_trial(
    history: SessionHistory,
) -> None:
    assert (345, 3) in history.levels
    assert (347, 4) in history.levels
    assert history.levels[-1] == (900, 0)
    assert list(history.levels) == sorted(history.levels, key=lambda point: point[0])
    left = [level for s, level in history.levels if s == 450]
    assert left == [4, 0]


def test_a_missing_rating_is_missing(history: SessionHistory) -> None:
    missing = [r for r in history.ratings if r.suds is None]
    assert [(r.at_s, r.reason) for r in missing] == [(370, "did not hear the question")]


def test_a_correction_holds_and_the_first_word_stays(history: SessionHistory) -> None:
    (corrected,) = [r for r in history.ratings if r.corrected]
    assert (corrected.first, corrected.suds, corrected.raw) == (45, 60, "45")
    (line,) = history.corrections
    assert (line.of, line.of_s, line.before, line.after, line.text) == (
        "rating",
        210,
        "45",
        "60",
        "heard wrongly",
    )


def test_the_last_correction_holds_also_when_it_corrects_a_correction() -> None:
    r = Recording()
    rated = r.at(1).rate(30)
    first = r.correct(rated, 40)
    r.correct(first, 50)
    told = retell(r.entries)
    assert told.ratings[0].suds == 50
    assert [(c.corrects, c.before, c.after) for c in told.corrections] == [
        (rated, "30", "40"),
        (rated, "40", "50"),
    ]


def test_a_remark_on_a_rating_changes_no_figure() -> None:
    r = Recording()
    rated = r.at(1).rate(30)
    r.correct(rated, text="said after long silence")
    told = retell(r.entries)
    assert (told.ratings[0].suds, told.ratings[0].corrected) == (30, False)
    assert told.corrections[0].text == "said after long silence"


def test_a_missed_rating_may_be_given_later_by_a_correction() -> None:
    r = Recording()
    r.correct(r.at(1).rate(None), 35)
    told = retell(r.entries)
    assert (told.ratings[0].suds, told.ratings[0].first) == (35, None)


def test_a_note_reads_as_corrected_and_keeps_its_first_words() -> None:
    r = Recording()
    r.correct(r.at(1).note("left hand"), text="right hand")
    told = retell(r.entries)
    assert (told.notes[0].text, told.notes[0].first, told.notes[0].corrected) == (
        "right hand",
        "left hand",
        True,
    )


def test_events_notes_and_refusals_are_told_with_their_times(history: SessionHistory) -> None:
    assert [(e.name, e.started_s, e.ended_s, e.how) for e in history.events] == [
        ("gust", 160, 166, "finished"),
        ("door", 570, 573, "finished"),
    ]
    assert [n.at_s for n in history.notes] == [260, 655]
    assert [(r.at_s, r.act, r.code) for r in history.refusals] == [(240, "raise", "above_ceiling")]


def test_a_session_closed_in_order_is_whole(history: SessionHistory) -> None:
    assert history.ending == "closed"
    assert history.whole
    assert [(loss.from_s, loss.to_s, loss.state) for loss in history.link_losses] == [
        (760, 764, "stale")
    ]


def test_an_interrupted_session_says_so() -> None:
    r = quarter_of_an_hour()
    told = retell([*r.entries[:-1]])
    assert (told.ending, told.whole) == ("open", False)
    del r.entries[-1]
    r.close("interrupted")
    told = retell(r.entries)
    assert (told.ending, told.whole) == ("interrupted", False)


def test_news_that_were_lost_are_told_with_their_numbers() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    last = r.news
    r.at(2).lose_news(3)
    r.climb(3)
    r.at(3).close()
    told = retell(r.entries)
    assert [(g.after, g.until) for g in told.missing_news] == [(last, last + 3)]
    assert not told.whole


def test_a_hole_in_the_numbers_is_a_gap_even_when_nobody_said_so() -> None:
    r = Recording()
    r.load()
    last = r.news
    r.news += 2
    r.at(1).begin(2)
    assert [(g.after, g.until) for g in retell(r.entries).missing_news] == [(last, last + 2)]


def test_a_trial_whose_end_was_lost_ends_where_the_next_begins() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    r.phase = Phase.PAUSE
    r.at(3).begin(1)
    told = retell(r.entries)
    assert [(t.closed_s, t.until_s, t.highest) for t in told.trials] == [
        (None, 180, 2),
        (None, told.duration_s, 1),
    ]


def test_a_restart_of_the_runtime_keeps_time_and_says_so() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    r.at(2).rate(50)
    r.restart(away_s=10)
    r.load()
    told = retell(r.entries)
    (restart,) = [i for i in told.incidents if i.kind == "restart"]
    assert restart.at_s == pytest.approx(130, abs=0.1)
    assert told.trials[0].until_s == 120
    assert told.trials[0].closed_s is None
    assert told.duration_s == pytest.approx(132, abs=0.1)
    assert not told.whole
    assert all(b.to_s > b.from_s for b in told.bands)


def test_a_lost_link_that_gets_worse_is_one_loss_and_may_stay_open() -> None:
    r = Recording()
    r.at(1).link("stale")
    r.at(1, 5).link("lost")
    assert [(x.from_s, x.to_s, x.state) for x in retell(r.entries).link_losses] == [
        (60, None, "lost")
    ]
    r.at(2).link("live")
    assert retell(r.entries).link_losses[0].to_s == 120


def test_faults_and_takeovers_are_incidents() -> None:
    r = Recording()
    r.load()
    r.at(1).act(acts.ScenarioFailed(text="pier.py:12: ZeroDivisionError"), by="runtime")
    r.news_of(happenings.ControlTaken(holder="room-2", epoch=2, taken_from="room-1"))
    r.news_of(happenings.ControlTaken(holder="room-2", epoch=3, taken_from=None))
    told = retell(r.entries)
    assert [(i.kind, i.text) for i in told.incidents] == [
        ("scenario_failed", "pier.py:12: ZeroDivisionError"),
        ("control_taken", "room-2"),
    ]


def test_what_befell_display_headset_and_sound_is_told_in_its_order() -> None:
    r = Recording()
    r.load()
    befell: list[acts.Occurrence] = [
        acts.SoundLost(),
        acts.SoundBack(),
        acts.DisplaySlow(fps=40.4, wanted=90, lower=True),
        acts.DisplayTooSlow(fps=40, wanted=90),
        acts.DisplaySteady(),
        acts.HeadsetLost(what="tracking"),
        acts.HeadsetAway(),
        acts.HeadsetBack(),
        acts.HeadsetOff(),
        acts.HeadsetOn(),
        acts.FlashDimmed(),
    ]
    for minute, act in enumerate(befell, start=1):
        r.at(minute).act(act, by="runtime")
    told = retell(r.entries).incidents
    assert [i.kind for i in told] == [act.kind for act in befell]
    assert told[2].text == "40/90"
    assert all(i.kind in INCIDENTS for i in told)


def test_volume_tone_and_spoken_lines_are_told() -> None:
    r = Recording()
    r.load()
    r.at(1).act(PlayTone())
    r.at(2).act(SetVolume(volume_db=-12))
    r.at(3).news_of(LineSpoken(name="hello"))
    told = retell(r.entries).incidents
    assert [(i.kind, i.text) for i in told] == [
        ("tone_played", ""),
        ("volume_set", "−12"),
        ("line_spoken", "hello"),
    ]
    assert all(i.kind in INCIDENTS for i in told)


def test_limits_of_comfort_and_announced_vehicles_are_told() -> None:
    r = Recording()
    r.load()
    r.at(1).news_of(happenings.VehicleAnnounced(fr="La cabine part", en="The cabin leaves"))
    for minute, what in enumerate(get_args(happenings.Comfort), start=2):
        r.at(minute).news_of(happenings.ComfortLimited(what=what))
    told = retell(r.entries)
    assert [text for _, text in told.marks] == ["The cabin leaves"]
    assert [i.text for i in told.incidents] == list(LIMITS)
    assert all(i.kind in INCIDENTS for i in told.incidents)


def test_the_ceiling_is_the_one_that_held_last() -> None:
    r = Recording()
    r.act(acts.SetCeiling(level=8))
    assert retell(r.entries).header.ceiling == 8


def test_entries_without_an_opening_are_refused() -> None:
    with pytest.raises(NotASession, match="check it with palier verify"):
        retell(quarter_of_an_hour().entries[1:])


def test_entries_of_two_sessions_are_refused() -> None:
    entries = quarter_of_an_hour().entries
    other = entries[3].model_copy(update={"session": "s-other"})
    with pytest.raises(NotASession, match="several sessions"):
        retell([*entries, other])


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32))
def test_the_order_in_which_entries_are_handed_over_does_not_matter(seed: int) -> None:
    entries = quarter_of_an_hour().entries
    shuffled = list(entries)
    random.Random(seed).shuffle(shuffled)
    assert retell(shuffled) == retell(entries)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 77))
def test_every_beginning_of_a_session_can_be_told(count: int) -> None:
    entries = quarter_of_an_hour().entries[:count]
    told = retell(entries)
    assert told.entries == len(entries)
    assert all(b.from_s <= b.to_s <= told.duration_s for b in told.bands)
    assert all(t.opened_s <= t.until_s <= told.duration_s for t in told.trials)


def test_a_history_never_changes(history: SessionHistory) -> None:
    with pytest.raises(AttributeError):
        history.ratings = ()  # type: ignore[misc]
    assert replace(history) == history


def test_values_set_apart_are_told_with_their_moment() -> None:
    r = Recording()
    r.load()
    r.at(1).begin(2)
    r.at(2, 30).act(acts.SetValue(name="height", value=30.0))
    r.at(3).act(acts.FollowLevel(name="height"))
    assert retell(r.entries).set_apart == ((150.0, "height"),)
    assert retell(quarter_of_an_hour().entries).set_apart == ()


def test_tasks_are_told_with_who_saw_them_done_and_after_how_long() -> None:
    r = Recording().at(1)
    r.begin(2)
    r.at(2).task("street", 12.0)
    r.at(3).task("arms", 5.0, "marked")
    r.at(4).task("street", 3.0, "taken_back")
    r.at(5).news_of(happenings.TaskGiven(name="arms"))
    told = retell(r.entries).tasks
    assert [(t.name, t.given_s, t.ended_s, t.how) for t in told] == [
        ("street", 120.0, 132.0, "completed"),
        ("arms", 180.0, 185.0, "marked"),
        ("street", 240.0, 243.0, "taken_back"),
        ("arms", 300.0, None, None),
    ]
    assert [t.done for t in told] == [True, True, False, False]
