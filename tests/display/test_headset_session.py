"""A headset's session in every order of events: never an exception, always the engine told."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from fake_xr import CALLS, ERRORS, FakeXr, Head, SessionState, StructureType, turned
from headset_led import Led
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from vr_runtime.display.headset import openxr
from vr_runtime.display.headset.finding import MASK, find
from vr_runtime.display.headset.port import Cause, HeadsetUnavailable
from vr_runtime.display.headset.session import RETURN_S, SILENT_S
from vr_runtime.display.headset.states import TABLE, State
from vr_runtime.engine.headset import AWAY_AFTER_S, HeadsetWatch
from vr_runtime.engine.ports import HeadsetFacts

S = SessionState
WORN = HeadsetFacts(worn=True, session=True, tracked=True)
TO_FOCUS = (S.IDLE, S.READY, S.SYNCHRONIZED, S.VISIBLE, S.FOCUSED)


def focused() -> Led:
    led = Led()
    led.xr.up_to(*TO_FOCUS)
    for _ in range(3):
        led.round()
    assert led.session.facts() == WORN
    return led


def test_every_state_of_openxr_has_its_row_and_two_of_them_are_seen():
    assert {state.name.lower() for state in S} | {"gone"} == {s.value for s in TABLE}
    assert {state for state, now in TABLE.items() if now.seen} == {State.VISIBLE, State.FOCUSED}
    assert all(now.held or not now.seen for now in TABLE.values())


def test_both_eyes_are_painted_and_handed_over_in_the_order_that_openxr_asks_for():
    led = focused()
    assert {eye for eye, _image, _size in led.painted} == {0, 1}
    assert led.painted[-1] == (1, 12, (40, 30))
    frame = ["wait_frame", "begin_frame", "locate_views", "acquire_swapchain_image"]
    order = [call for call in led.xr.calls if call in frame or call == "end_frame"]
    assert order[-6:] == [*frame, frame[3], "end_frame"]
    assert led.xr.shown[-1]
    assert led.session.rate_hz == pytest.approx(90.0, rel=1e-3)
    assert led.xr.breaches == []


def test_pictures_are_srgb_where_the_driver_has_them():
    led = Led()
    assert [chain.format for chain in led.session.port._chains] == [0x8C43, 0x8C43]


@pytest.mark.parametrize(
    ("last", "facts"),
    [
        (S.VISIBLE, WORN),
        (S.SYNCHRONIZED, HeadsetFacts(worn=False, session=True, tracked=False)),
        (S.STOPPING, HeadsetFacts(worn=False, session=True, tracked=False)),
        (S.LOSS_PENDING, HeadsetFacts(worn=False, session=False, tracked=False)),
        (S.EXITING, HeadsetFacts(worn=False, session=False, tracked=False)),
    ],
)
def test_what_the_engine_is_told_in_each_state(last, facts):
    led = focused()
    led.xr.state(last)
    led.round()
    assert led.session.facts() == facts


def test_a_sensor_that_feels_nobody_means_taken_off_though_the_session_goes_on():
    led = focused()
    led.xr.presence(False)
    led.round()
    assert led.session.facts() == HeadsetFacts(worn=False, session=True, tracked=False)
    led.xr.presence(True)
    led.round()
    assert led.session.facts() == WORN
    assert led.session.recentring(), "put on again, ahead is taken anew"


@pytest.mark.parametrize(
    "head",
    [
        Head(flags=0),
        Head(flags=2 | 8),
        Head(flags=1 | 4),
        Head(orientation=(0.0, 0.0, 0.0, 0.0)),
        Head(orientation=(math.nan, 0.0, 0.0, 1.0)),
        Head(position=(math.inf, 0.0, 0.0)),
        Head(views=1),
    ],
)
def test_a_pose_that_is_none_is_never_shown_and_counts_as_lost(head):
    led = focused()
    led.xr.head = head
    led.round()
    led.round()
    assert not led.session.facts().tracked
    assert not led.xr.shown[-1], "a picture that cannot follow the head makes ill"
    led.xr.head = Head()
    led.round()
    assert led.session.facts() == WORN
    assert led.xr.shown[-1]


def test_a_place_that_was_known_and_is_only_guessed_now_is_lost_too():
    led = focused()
    led.xr.head = Head(flags=1 | 2 | 4)
    led.round()
    assert not led.session.facts().tracked
    assert led.xr.shown[-1], "it still follows the head's turning"


def test_a_headset_that_never_knew_its_place_is_not_lost_for_that():
    led = Led()
    led.xr.head = Head(flags=1 | 2 | 4)
    led.xr.up_to(*TO_FOCUS)
    for _ in range(3):
        led.round()
    assert led.session.facts() == WORN


def test_a_driver_that_asks_for_no_picture_any_more_has_let_it_freeze():
    led = focused()
    led.waiter.hangs = True
    led.round()
    led.round()
    assert led.session.facts() == WORN
    led.now += SILENT_S
    led.round()
    assert not led.session.facts().tracked
    assert led.session.due_s() > 0.0, "the loop does not wait for it"


def test_a_picture_nobody_would_see_is_handed_over_empty():
    led = focused()
    led.xr.wanted = False
    led.round()
    led.round()
    assert not led.xr.shown[-1]


def test_a_driver_that_asks_less_often_of_who_is_slow_keeps_its_own_rate():
    led = focused()
    led.xr.period_ns = 4 * led.xr.period_ns
    led.round()
    led.round()
    assert led.session.rate_hz == pytest.approx(90.0, rel=1e-3)
    led.xr.up_to(S.SYNCHRONIZED, S.VISIBLE)
    led.round()
    led.round()
    assert led.session.rate_hz == pytest.approx(22.5, rel=1e-3), "seen anew, it is asked anew"


def test_a_picture_is_due_only_after_a_round_in_which_stops_were_heard():
    led = focused()
    assert led.waiter.busy
    assert led.session.due_s() > 0.0, "the wait may be over; nobody has heard the link since"
    led.session.look()
    assert led.session.due_s() == 0.0


def test_laid_aside_and_taken_up_again_the_same_session_goes_on():
    led = focused()
    led.xr.up_to(S.VISIBLE, S.SYNCHRONIZED, S.STOPPING, S.IDLE)
    led.round()
    assert not led.session.running
    led.xr.up_to(*TO_FOCUS[1:])
    for _ in range(3):
        led.round()
    assert led.session.facts() == WORN
    assert led.session.fittings == 1
    assert led.xr.breaches == []


def test_lost_it_is_looked_for_again_and_opened_anew():
    led = focused()
    led.xr.befalls(StructureType.EVENT_DATA_INSTANCE_LOSS_PENDING)
    led.round()
    assert led.session.port is None
    led.xr.connected = False
    led.now += RETURN_S
    led.round()
    led.round()
    assert led.session.port is None
    led.xr.connected = True
    led.now += RETURN_S
    for _ in range(3):
        led.round()
    assert led.session.fittings == 2
    led.xr.up_to(*TO_FOCUS)
    for _ in range(3):
        led.round()
    assert led.session.facts() == WORN
    assert led.session.recentring()
    assert led.xr.breaches == []


def test_another_hidden_part_is_asked_for_anew():
    led = focused()
    led.xr.befalls(StructureType.EVENT_DATA_VISIBILITY_MASK_CHANGED_KHR)
    led.round()
    assert led.session.fittings == 2
    assert led.session.facts() == WORN


@pytest.mark.parametrize("error", ["SessionLostError", "InstanceLostError", "RuntimeFailureError"])
def test_the_engine_hears_of_a_loss_at_once_and_of_its_lasting_after_two_seconds(error):
    led, watch, heard = focused(), HeadsetWatch(), []
    watch.see(led.session.facts(), led.now)
    lost_at = led.now
    led.xr.fails["end_frame"], led.xr.connected = error, False
    for _ in range(250):
        led.round()
        heard += [(f.kind, led.now - lost_at) for f in watch.see(led.session.facts(), led.now)]
    assert [kind for kind, _ in heard] == ["headset_lost", "headset_away"]
    assert heard[0][1] < 0.05
    assert heard[1][1] == pytest.approx(AWAY_AFTER_S, abs=0.1)
    led.xr.connected = True
    led.now += RETURN_S
    for _ in range(3):
        led.round()
    led.xr.up_to(*TO_FOCUS)
    for _ in range(3):
        led.round()
        heard += [(f.kind, 0.0) for f in watch.see(led.session.facts(), led.now)]
    assert heard[-1][0] == "headset_back"


def test_who_ends_us_from_within_the_headset_is_obeyed():
    led = focused()
    led.xr.up_to(S.STOPPING, S.IDLE, S.EXITING)
    led.round()
    led.now += 10 * RETURN_S
    led.round()
    led.round()
    assert led.session.port is None
    assert not led.session.facts().session


def test_nothing_is_taken_from_under_a_wait_that_does_not_come_back():
    led = focused()
    led.waiter.hangs = True
    led.xr.state(S.LOSS_PENDING)
    led.round()
    assert "destroy_session" not in led.xr.calls
    led.waiter.hangs = False
    led.round()
    assert "destroy_session" in led.xr.calls
    assert led.xr.breaches == []


def test_the_controls_speak_to_us_only_while_the_session_has_the_focus():
    led = focused()
    led.xr.pressed, led.xr.stick = {"leave"}, (0.5, 0.0)
    led.round()
    assert led.session.controls().leave
    assert led.session.controls().stick == (0.5, 0.0)
    led.session.pulse()
    assert led.xr.pulses == 2
    led.xr.state(S.VISIBLE)
    led.round()
    assert not led.session.controls().leave


def test_it_ends_in_order():
    led = focused()
    led.session.close()
    assert led.xr.session is None
    assert led.xr.calls[-3:] == ["end_session", "destroy_session", "destroy_instance"]
    assert led.xr.breaches == []


def test_a_driver_that_does_not_let_go_is_left_all_the_same():
    led = focused()
    led.xr.fails["request_exit_session"] = "RuntimeFailureError"
    led.session.close()
    assert led.session.port is None
    assert led.xr.session is None


@pytest.mark.parametrize(
    ("xr", "cause"),
    [
        (FakeXr(installed=False), Cause.NO_DRIVER),
        (FakeXr(offers=(MASK,)), Cause.NO_OPENGL),
        (FakeXr(connected=False), Cause.NO_HEADSET),
    ],
)
def test_what_is_missing_is_told_by_name(xr, cause):
    with pytest.raises(HeadsetUnavailable) as refused:
        find(xr)
    assert refused.value.cause is cause


def test_a_session_that_is_refused_gives_everything_back():
    led = focused()
    led.session.close()
    led.xr.fails["attach_session_action_sets"] = "RuntimeFailureError"
    with pytest.raises(HeadsetUnavailable) as refused:
        led.reach()()
    assert refused.value.cause is Cause.NOT_OPENED
    assert led.xr.session is None


def test_every_word_we_say_to_openxr_is_one_that_pyopenxr_knows():
    import xr

    package = Path(openxr.__file__).parent
    said = {
        word
        for file in ("actions.py", "bindings.py", "finding.py", "openxr.py")
        for word in re.findall(r"\bxr\.([A-Za-z_]\w*)", (package / file).read_text("utf-8"))
    }
    assert len(said) > 50
    # Each system knows its own graphics alone.
    known = "".join(f.read_text("utf-8") for f in Path(xr.__file__).parent.glob("platform/*.py"))
    assert [w for w in sorted(said) if not hasattr(xr, w) and f"class {w}(" not in known] == []
    for kind in (S, StructureType):
        real = getattr(xr, kind.__name__)
        assert [member.name for member in kind if not hasattr(real, member.name)] == []


class AnyOrder(RuleBasedStateMachine):
    """Whatever a driver says, in whatever order, and whichever call it refuses."""

    def __init__(self) -> None:
        super().__init__()
        self.led = Led()
        self.watch = HeadsetWatch()
        self.lost_since: float | None = None
        self.told: list[str] = []

    def _round(self) -> None:
        self.led.round()
        facts = self.led.session.facts()
        found = [f.kind for f in self.watch.see(facts, self.led.now)]
        self.told = [*self.told[-40:], *found]
        if facts.session:
            self.lost_since = None
        elif self.lost_since is None:
            self.lost_since = self.led.now

    @rule(states=st.lists(st.sampled_from(list(S)), min_size=1, max_size=5))
    def the_driver_changes(self, states: list[SessionState]) -> None:
        if self.led.xr.session is not None:
            self.led.xr.up_to(*states)
        self._round()

    @rule()
    def it_comes_up_in_order(self) -> None:
        if self.led.xr.session is not None:
            self.led.xr.up_to(*TO_FOCUS)
        self._round()

    @rule(kind=st.sampled_from(list(StructureType)), present=st.booleans())
    def something_befalls(self, kind: StructureType, present: bool) -> None:
        if kind is StructureType.EVENT_DATA_USER_PRESENCE_CHANGED_EXT:
            self.led.xr.presence(present)
        elif kind is not StructureType.EVENT_DATA_SESSION_STATE_CHANGED:
            self.led.xr.befalls(kind)
        self._round()

    @rule(call=st.sampled_from(CALLS), error=st.sampled_from(ERRORS))
    def a_call_is_refused(self, call: str, error: str) -> None:
        self.led.xr.fails[call] = error
        self._round()

    @rule(flags=st.integers(0, 15), wanted=st.booleans(), turn=st.floats(-180, 180))
    def the_head_is(self, flags: int, wanted: bool, turn: float) -> None:
        self.led.xr.head = Head(flags=flags, orientation=turned(turn))
        self.led.xr.wanted = wanted
        self._round()

    @rule(hangs=st.booleans(), connected=st.booleans())
    def the_driver_hangs(self, hangs: bool, connected: bool) -> None:
        self.led.waiter.hangs, self.led.xr.connected = hangs, connected
        self._round()

    @rule(rounds=st.integers(1, 4), seconds=st.sampled_from([0.0, 0.6, AWAY_AFTER_S, RETURN_S]))
    def time_passes(self, rounds: int, seconds: float) -> None:
        for _ in range(rounds):
            self._round()
        self.led.now += seconds
        self._round()

    @rule()
    def a_stale_event_comes_late(self) -> None:
        self.led.xr.state(S.EXITING, session=object())
        before = self.led.session.state
        if len(self.led.xr.told) == 1 and not self.led.xr.fails:
            self.led.session.look()
            assert self.led.session.state in (before, State.UNKNOWN, State.GONE)

    @invariant()
    def openxr_is_never_used_out_of_order(self) -> None:
        assert self.led.xr.breaches == []

    @invariant()
    def what_is_told_fits_what_is_there(self) -> None:
        session, facts = self.led.session, self.led.session.facts()
        assert facts.session or not facts.worn
        assert facts.worn or not facts.tracked
        if session.port is None:
            assert not facts.session

    @invariant()
    def who_is_lost_for_long_is_brought_away(self) -> None:
        if self.lost_since is not None and self.led.now - self.lost_since > AWAY_AFTER_S + 0.1:
            told = [k for k in self.told if k in ("headset_away", "headset_back", "headset_on")]
            self._round()
            assert "headset_away" in [*told, *self.told[-2:]]

    def teardown(self) -> None:
        self.led.waiter.hangs = False
        self.led.session.close()
        assert self.led.xr.breaches == []


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
