"""What the leave control and the stop keys mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.display.leave import LeaveControl, StopKeys
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
