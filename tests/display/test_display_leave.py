"""What the leave control and the stop keys mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.display.leave import BOUNCE_S, HOLD_S, LeaveControl, StopKeys
from vr_runtime.wire.acts import View

LEFT, STOPPED = "patient_left", "patient_stopped"
VIEWS = {"safe": View.SAFE_PLACE, "scene": View.SCENE, "neutral": View.NEUTRAL}

# name, view when it begins, [(time, what happens)], what is told until the end
CASES = [
    ("one press leaves", View.SCENE, [(0.0, "down"), (0.2, "up")], [LEFT]),
    (
        "a second press in the safe place stops",
        View.SCENE,
        [(0.0, "down"), (0.2, "up"), (0.3, "safe"), (5.0, "down"), (5.2, "up")],
        [LEFT, STOPPED],
    ),
    (
        "a press that led nowhere, as without a session, makes no stop of the next one",
        View.NEUTRAL,
        [(0.0, "down"), (0.1, "up"), (9.0, "down"), (9.1, "up")],
        [LEFT, LEFT],
    ),
    (
        "a long press leaves and then stops",
        View.SCENE,
        [(0.0, "down"), (1.6, "up")],
        [LEFT, STOPPED],
    ),
    ("just under 1.5 s does not stop", View.SCENE, [(0.0, "down"), (1.4, "up")], [LEFT]),
    ("in the safe place one press stops", View.SAFE_PLACE, [(0.0, "down"), (0.1, "up")], [STOPPED]),
    (
        "a stop is told once however long it is held",
        View.SAFE_PLACE,
        [(0.0, "down"), (9, "up")],
        [STOPPED],
    ),
    (
        "a bouncing switch is one press",
        View.SCENE,
        [(0.0, "down"), (0.01, "up"), (0.03, "down"), (0.2, "up")],
        [LEFT],
    ),
    (
        "once the safe place is left, one press only leaves",
        View.NEUTRAL,
        [(0, "down"), (0.2, "up"), (0.3, "safe"), (5, "neutral"), (60, "down"), (60.2, "up")],
        [LEFT, LEFT],
    ),
    (
        "after coming back one press only leaves",
        View.SCENE,
        [(0, "down"), (0.2, "up"), (0.3, "safe"), (60, "scene"), (70, "down"), (70.2, "up")],
        [LEFT, LEFT],
    ),
    (
        "in the neutral room it leaves for the safe place",
        View.NEUTRAL,
        [(0, "down"), (0.1, "up")],
        [LEFT],
    ),
]


@pytest.mark.parametrize(
    ("view", "script", "told"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_leave_control(view, script, told):
    control = LeaveControl()
    control.shown(view)
    heard = []
    for now, what in script:
        if what == "down":
            control.press("mouse", now)
        elif what == "up":
            control.release("mouse", now)
        else:
            control.shown(VIEWS[what])
        heard += [n.kind for n in control.news(now)]
    assert heard == told


def test_holding_is_told_while_still_held():
    control = LeaveControl()
    control.shown(View.SCENE)
    control.press("pad", 0.0)
    assert [n.kind for n in control.news(1.4)] == [LEFT]
    assert [n.kind for n in control.news(1.5)] == [STOPPED]
    assert control.news(3.0) == []


def test_mouse_and_pad_together_are_one_press():
    control = LeaveControl()
    control.shown(View.SCENE)
    control.press("mouse", 0.0)
    control.press("pad", 0.5)
    control.release("mouse", 0.7)
    control.release("pad", 0.8)
    assert [n.kind for n in control.news(0.8)] == [LEFT]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["down", "up", "safe", "scene"]), st.floats(0.01, 2.0))))
def test_the_first_press_of_all_is_always_answered_at_once(script):
    control, now, pressed = LeaveControl(), 0.0, False
    control.shown(View.SCENE)
    for what, wait in script:
        now += wait
        if what == "down":
            control.press("mouse", now)
            if not pressed:
                assert control.news(now) != []
            pressed = True
        elif what == "up":
            control.release("mouse", now)
        else:
            control.shown(VIEWS[what])
        control.news(now)


SOURCES = ("mouse", "gamepad 0", "space")
HANDS = st.lists(
    st.tuples(
        st.sampled_from(SOURCES),
        st.sampled_from(["down", "down", "up", "look"]),
        st.floats(0.0, 2.0),
    ),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(HANDS, st.sampled_from([View.SCENE, View.NEUTRAL, View.SAFE_PLACE]))
def test_whatever_hands_do_each_way_out_is_told_once_for_each_press(script, view):
    """Against a model that counts whole presses: any control down is one control down.

    A key that repeats goes down again without having come up; both buttons are one control.
    """
    control, now, down = LeaveControl(), 0.0, set()
    control.shown(view)
    pressed_at = released_at = float("-inf")
    told, expected = {LEFT: 0, STOPPED: 0}, {LEFT: 0, STOPPED: 0}
    held_told = True
    for source, what, wait in script:
        now += wait
        if down and not held_told and now - pressed_at >= HOLD_S:
            expected[STOPPED] += 1
            held_told = True
        if what == "down":
            # Within the bounce it goes on with the press before it.
            if not down and now - released_at >= BOUNCE_S:
                pressed_at = now
                held_told = view is View.SAFE_PLACE
                expected[STOPPED if held_told else LEFT] += 1
            down.add(source)
            control.press(source, now)
        elif what == "up" and source in down:
            down.discard(source)
            if not down:
                released_at = now
            control.release(source, now)
        elif what == "up":
            control.release(source, now)
        for news in control.news(now):
            told[news.kind] += 1
        assert told == expected


@settings(max_examples=100, deadline=None)
@given(st.floats(0.25, 0.7), st.floats(0.02, 0.06), st.floats(0.1, 5.0))
def test_a_key_that_repeats_while_it_is_held_is_one_press(delay, rate, held):
    control, now = LeaveControl(), 0.0
    control.shown(View.SCENE)
    control.press("space", 0.0)
    told = [n.kind for n in control.news(0.0)]
    now = delay
    while now < held:
        control.press("space", now)
        told += [n.kind for n in control.news(now)]
        now += rate
    control.release("space", held)
    told += [n.kind for n in control.news(held)]
    assert told == ([LEFT] if held < HOLD_S else [LEFT, STOPPED])


@pytest.mark.parametrize(
    ("presses", "stops"),
    [
        ([("f12", 0.0)], [True]),
        ([("escape", 0.0)], [False]),
        ([("escape", 0.0), ("escape", 0.6)], [False, True]),
        ([("escape", 0.0), ("escape", 0.61)], [False, False]),
        ([("escape", 0.0), ("a", 0.1), ("escape", 0.2)], [False, False, False]),
        ([("escape", 0.0), ("escape", 0.7), ("escape", 1.2)], [False, False, True]),
    ],
)
def test_stop_keys(presses, stops):
    keys = StopKeys()
    assert [keys.press(key, now) for key, now in presses] == stops
