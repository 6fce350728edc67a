"""A session is led by the protocol in force, says which it was, and is told by it afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafts import REVIEW, draft
from loopback import KeptRecord, paired
from recording import Recording

from controller.language import use
from controller.protocol.reading import read, shipped
from controller.report.page import page
from controller.session.clinic import Clinic, clinic_by, in_force
from controller.session.documents import Entry, Rating, SessionOpened
from controller.session.left_over import _resumed
from controller.session.notices import Notices
from controller.session.now import LinkHealth, Now, RecordHealth
from controller.session.retelling import retell
from controller.session.summary import longest_between_s, peak_floor, summarise
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.state import State


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


STRICT = (
    ("every_s = 120", "every_s = 60"),
    ("window_s = 60", "window_s = 20"),
    ('scale = "0-100"', 'scale = "0-10"'),
    ("seconds = 5\n", "seconds = 2\n"),
    ("limit_min = 45", "limit_min = 20"),
    ("peak_floor = 20", "peak_floor = 45"),
    ("longest_between = 2", "longest_between = 1.5"),
)


def strict(*more: tuple[str, str]) -> Clinic:
    return clinic_by(read(draft(*STRICT, *more)))


async def test_a_session_is_opened_by_it_and_says_so_in_its_first_entry():
    async with paired(strict(REVIEW)) as pair:
        await pair.open()
        now = pair.conductor.now()
        first = next(d for _s, d in pair.record.entries if isinstance(d, SessionOpened))
        assert now.state is not None
    assert (now.limit_s, now.usual_scale, now.unreviewed) == (1200.0, "0-10", False)
    assert (first.grace_s, first.prompt_every_s, first.prompt_window_s) == (2.0, 60.0, 20.0)
    applied = first.clinic_protocol
    assert applied is not None and applied.reviewed is not None
    assert (applied.id, applied.version) == ("clinic", "1")
    assert applied.sha256 == read(draft(*STRICT, REVIEW)).sha256
    assert (applied.reviewed.by, applied.reviewed.on) == ("Dr A", "2026-11-02")
    assert (applied.peak_floor, applied.longest_between, applied.limit_s) == (45.0, 1.5, 1200.0)


async def test_until_it_is_reviewed_every_console_is_told():
    async with paired(clinic_by(shipped())) as pair:
        assert pair.conductor.now().unreviewed
        await pair.open()
        assert pair.conductor.now().unreviewed


async def test_ratings_fall_due_as_it_says():
    async with paired(strict()) as pair:
        await pair.open()
        due = pair.conductor.now().due
    assert due is not None and due.window_s == 20.0


async def test_with_the_mode_before_and_after_the_first_rating_after_a_trial_is_its_peak():
    clinic = strict(('mode = "interval"', 'mode = "before_peak_after"'))
    async with paired(clinic) as pair:
        await pair.open()
        await pair.conductor.rate("20")
        await pair.begin(1)
        assert pair.conductor.now().due is None
        await pair.conductor.safe_place()
        await pair.pass_s(0.4)
        due = pair.conductor.now().due
        assert due is not None and due.peak
        await pair.conductor.rate("80")
        await pair.pass_s(11)
        await pair.conductor.rate("30")
        ratings = [d for _s, d in pair.record.entries if isinstance(d, Rating)]
        opened = next(d for _s, d in pair.record.entries if isinstance(d, SessionOpened))
    assert [r.rating for r in ratings] == ["baseline", "peak", "recovery"]
    assert opened.prompt_mode == "before_peak_after" and opened.prompt_every_s == 0


async def test_a_peak_that_is_not_given_is_missing_as_a_peak():
    clinic = strict(('mode = "interval"', 'mode = "before_peak_after"'))
    async with paired(clinic) as pair:
        await pair.open()
        await pair.begin(1)
        await pair.conductor.safe_place()
        await pair.pass_s(21.0)
        last = [d for _s, d in pair.record.entries if isinstance(d, Rating)][-1]
    assert (last.rating, last.suds) == ("peak", None)


def told(clinic: Clinic | None) -> list[Entry]:
    """A session with one trial: 40 at its peak, 20 at its end, four minutes apart."""
    recording = Recording()
    recording.load()
    recording.at(1).begin(2)
    recording.at(2).rate(40)
    recording.at(6).rate(20)
    recording.at(7).leave(acts.SafePlace(), Phase.SAFE_PLACE)
    recording.close()
    entries = list(recording.entries)
    if clinic is not None:
        opened = entries[0].data
        assert isinstance(opened, SessionOpened)
        data = opened.model_copy(
            update={
                "clinic_protocol": clinic.applied,
                "prompt_every_s": clinic.prompts.every_s,
                "prompt_mode": clinic.prompts.mode,
            }
        )
        entries[0] = entries[0].model_copy(update={"data": data})
    return entries


def test_figures_go_by_the_protocol_of_their_session():
    usual = retell(told(None))
    assert (peak_floor(usual), longest_between_s(usual)) == (20.0, 240.0)
    assert summarise(usual).session.halved is True
    assert summarise(usual).session.area is not None
    strictly = retell(told(strict()))
    assert (peak_floor(strictly), longest_between_s(strictly)) == (45.0, 90.0)
    assert summarise(strictly).session.halved is None
    assert summarise(strictly).session.area is None


def test_without_set_times_no_time_between_ratings_is_too_long():
    clinic = strict(('mode = "interval"', 'mode = "step_change"'))
    history = retell(told(clinic))
    assert longest_between_s(history) is None
    assert summarise(history).session.area is not None


UNREVIEWED = "The protocol of this session had not been reviewed by a clinician."


def test_the_report_prints_which_protocol_it_was_and_that_nobody_reviewed_it():
    text = page(retell(told(strict())), None)
    assert "clinic 1" in text
    assert read(draft(*STRICT)).sha256 in text
    assert "not reviewed by a clinician" in text and UNREVIEWED in text
    assert "The protocol&#39;s floor for the peak in this session: 45." in text
    assert "allowed in this session: 1.5 (1 min 30 s)." in text


def test_the_report_says_who_reviewed_it_and_then_no_more_that_nobody_did():
    text = page(retell(told(strict(REVIEW))), None)
    assert "reviewed by Dr A on 2026-11-02" in text and UNREVIEWED not in text


def test_the_report_of_a_session_from_before_says_that_none_is_recorded():
    text = page(retell(told(None)), None)
    assert "none recorded; figures go by what Palier proposes" in text and UNREVIEWED in text


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("interval", "every 1 min 00 s"),
        ("step_change", "whenever a level was reached"),
        ("before_peak_after", "before and after trials"),
        ("off", "not at set times"),
    ],
)
def test_the_report_says_when_ratings_fell_due(mode, words):
    clinic = strict(('mode = "interval"', f'mode = "{mode}"'))
    assert words in page(retell(told(clinic)), None)


def test_the_entry_of_an_older_session_still_reads_and_is_led_on_by_its_own_rules():
    entry = told(None)[0]
    old = entry.model_dump(mode="json")
    for key in ("prompt_mode", "clinic_protocol"):
        del old["data"][key]
    read_back = Entry.model_validate(old)
    assert read_back == entry
    assert isinstance(read_back.data, SessionOpened)
    assert (read_back.data.prompt_mode, read_back.data.clinic_protocol) == ("interval", None)


def test_a_session_that_is_taken_up_goes_on_by_the_rules_it_was_opened_with():
    """Whatever the clinic has set meanwhile."""
    clinic = strict(('mode = "interval"', 'mode = "step_change"'))
    sitting = _resumed(told(clinic), "P-01", recorder=KeptRecord(), notices=Notices())
    assert sitting.prompts._mode == "step_change"
    health = RecordHealth(waiting=0, trouble=None)
    link = LinkHealth(state="live", age_s=0.0, round_trip_ms=None, in_control=True)
    base = Now(link=link, record=health, state=None, limit_s=9.0)
    state = State.model_construct(tick=0)
    assert sitting.seen(base, state).limit_s == 1200.0
    older = _resumed(told(None), "P-01", recorder=KeptRecord(), notices=Notices())
    assert older.seen(base, state).limit_s == 9.0


def test_a_clinic_without_a_protocol_of_its_own_has_the_shipped_one():
    clinic = clinic_by(in_force(None))
    assert clinic.applied is not None and clinic.applied.id == "palier-default"
    assert replace(clinic, applied=None, screening=None) == Clinic()
