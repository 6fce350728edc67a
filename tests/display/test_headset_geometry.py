"""From what a headset tells to where a picture is seen from: nothing mirrored, no edge lost."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from panda3d.core import LPoint2, LPoint3, LQuaternionf, LVector3, NodePath, PerspectiveLens

from scenarios.api.pose import EYES_M
from vr_runtime.display.eyes import EYE_M
from vr_runtime.display.hand import NoHand
from vr_runtime.display.headset.eyes import HeadEyes
from vr_runtime.display.headset.hand import STEP_DEGREES, HeadsetHand
from vr_runtime.display.headset.port import Controls
from vr_runtime.display.headset.poses import Eye, Field, Pose, centred, field, film, heading, pose
from vr_runtime.display.headset.profiles import HAND_INTERACTION, NEEDS, PROFILES, offered
from vr_runtime.stage.viewer import Footing, StandingViewer
from vr_runtime.wire.acts import DialRaised, PatientLeft, PatientRated, PatientStopped, View
from vr_runtime.wire.sight import Sight

side = st.floats(-5.0, 5.0)
part = st.floats(-1.0, 1.0)
angle = st.floats(0.2, 1.4)
STRAIGHT = (0.0, 0.0, 0.0, 1.0)


def about(axis: str, degrees: float) -> tuple[float, float, float, float]:
    """An orientation of OpenXR, turned about one of its axes."""
    half = math.radians(degrees) / 2.0
    made = {"x": 0.0, "y": 0.0, "z": 0.0, axis: math.sin(half)}
    return made["x"], made["y"], made["z"], math.cos(half)


def looked_at(turn: tuple[float, float, float, float]) -> LVector3:
    """Where the gaze goes in the scene."""
    return LQuaternionf(*turn).xform(LVector3(0, 1, 0))


def test_straight_ahead_stays_straight_ahead_and_up_stays_up():
    told = pose((1.0, 1.7, -2.0), STRAIGHT)
    assert told.at == (1.0, 2.0, 1.7)
    assert looked_at(told.turn) == LVector3(0, 1, 0)


@pytest.mark.parametrize(
    ("axis", "degrees", "gaze"),
    [
        ("y", 90.0, (-1, 0, 0)),
        ("y", -90.0, (1, 0, 0)),
        ("x", 90.0, (0, 0, 1)),
        ("x", -45.0, (0, 0.7071, -0.7071)),
        ("z", 30.0, (0, 1, 0)),
    ],
)
def test_turning_left_up_and_tilting_mean_the_same_on_both_sides(axis, degrees, gaze):
    turn = pose((0.0, 0.0, 0.0), about(axis, degrees)).turn
    assert looked_at(turn).almostEqual(LVector3(*gaze), 1e-3)
    if axis == "z":
        assert LQuaternionf(*turn).xform(LVector3(0, 0, 1)).x < 0.0, "tilted to the left"


@given(st.tuples(part, part, part, part), st.tuples(side, side, side))
def test_a_pose_is_of_length_one_and_keeps_its_distances_or_is_refused(orientation, position):
    length = math.dist(orientation, (0, 0, 0, 0))
    if not 0.5 < length < 2.0:
        with pytest.raises(ValueError):
            pose(position, orientation)
        return
    made = pose(position, orientation)
    assert math.dist(made.turn, (0, 0, 0, 0)) == pytest.approx(1.0)
    assert math.dist(made.at, (0, 0, 0)) == pytest.approx(math.dist(position, (0, 0, 0)))


@pytest.mark.parametrize("wrong", [math.nan, math.inf, 1e6])
def test_a_head_that_is_nowhere_is_refused(wrong):
    with pytest.raises(ValueError):
        pose((wrong, 0.0, 0.0), STRAIGHT)


@given(angle, angle, angle, angle)
def test_the_corners_of_an_eye_come_to_lie_in_the_corners_of_its_picture(left, right, up, down):
    lens = PerspectiveLens()
    taken = film(field(-left, right, up, -down))
    lens.setNearFar(0.1, 100.0)
    lens.setFilmSize(taken.width, taken.height)
    lens.setFilmOffset(taken.across, taken.above)
    lens.setFocalLength(1.0)
    for across, x in ((-math.tan(left), -1.0), (math.tan(right), 1.0)):
        for above, y in ((-math.tan(down), -1.0), (math.tan(up), 1.0)):
            on = LPoint2()
            lens.project(LPoint3(across * 3.0, 3.0, above * 3.0) * 0.999, on)
            assert on.almostEqual(LPoint2(x, y), 2e-3)


@pytest.mark.parametrize(
    "angles", [(0.5, 0.5, 0.5, -0.5), (-0.5, 0.5, -0.6, -0.5), (-1.6, 1, 1, -1)]
)
def test_a_field_that_no_picture_can_have_is_refused(angles):
    with pytest.raises(ValueError):
        field(*angles)


@given(st.floats(-179.0, 179.0), st.floats(-80.0, 80.0), st.floats(-60.0, 60.0))
def test_the_heading_of_a_head_is_its_yaw_however_it_nods_and_tilts(yaw, nod, tilt):
    turn = LQuaternionf()
    turn.setHpr((yaw, nod, tilt))
    assert heading(tuple(turn)) == pytest.approx(yaw, abs=0.05)


def test_who_looks_straight_down_still_faces_somewhere():
    turn = LQuaternionf()
    turn.setHpr((40.0, -90.0, 0.0))
    assert heading(tuple(turn)) == pytest.approx(40.0, abs=0.5)


def eyes_at(at: tuple[float, float, float], yaw: float) -> tuple[Eye, Eye]:
    turn = LQuaternionf()
    turn.setHpr((yaw, 0.0, 0.0))
    apart = turn.xform(LVector3(0.032, 0.0, 0.0))
    seen = Field(-0.8, 0.8, 0.8, -0.8)
    return tuple(  # type: ignore[return-value]
        Eye(
            Pose((at[0] + s * apart.x, at[1] + s * apart.y, at[2] + s * apart.z), tuple(turn)),
            seen,
        )
        for s in (-1.0, 1.0)
    )


def made() -> tuple[HeadEyes, dict[View, NodePath]]:
    worlds = {view: NodePath(view.value) for view in View}
    return HeadEyes(worlds, floor=True), worlds


@given(side, side, st.floats(0.8, 1.9), st.floats(-170, 170), st.floats(-170, 170), side, side)
def test_centred_the_patient_stands_where_the_scenario_says_and_faces_its_ahead(
    x, y, z, yaw, ahead, feet_x, feet_y
):
    eyes, worlds = made()
    eyes.see(eyes_at((x, y, z), yaw), recentre=True)
    eyes.stand(Footing(at=(feet_x, feet_y, 12.0), heading=ahead), 0.0, 0.0)
    eyes.view = View.SCENE
    seen = eyes.camera
    assert seen.getPos(worlds[View.SCENE]).almostEqual(LPoint3(feet_x, feet_y, 12.0 + z), 1e-3)
    gaze = worlds[View.SCENE].getRelativeVector(seen, LVector3(0, 1, 0))
    turned = math.radians(ahead)
    assert gaze.almostEqual(LVector3(-math.sin(turned), math.cos(turned), 0), 1e-3)
    # Every further move of the head moves the picture, and nothing else does.
    eyes.see(eyes_at((x + 0.3, y, z), yaw), recentre=False)
    moved = seen.getPos(worlds[View.SCENE]) - LPoint3(feet_x, feet_y, 12.0 + z)
    assert moved.length() == pytest.approx(0.3, abs=1e-3)


@given(st.floats(-60, 60), st.floats(-40, 40), st.floats(-0.4, 0.4), st.floats(-170, 170))
def test_the_head_in_the_scene_is_told_from_what_lies_ahead_whichever_way_the_room_was_turned(
    yaw, nod, aside, ahead
):
    eyes, _worlds = made()
    eyes.see(eyes_at((1.0, -2.0, 1.6), 25.0), recentre=True)
    turn = LQuaternionf()
    turn.setHpr((25.0 + yaw, nod, 0.0))
    right = LQuaternionf()
    right.setHpr((25.0, 0.0, 0.0))
    step = right.xform(LVector3(aside, 0.0, 0.0))
    seen = Field(-0.8, 0.8, 0.8, -0.8)
    at = (1.0 + step.x, -2.0 + step.y, 1.6)
    eyes.see((Eye(Pose(at, tuple(turn)), seen), Eye(Pose(at, tuple(turn)), seen)), recentre=False)
    for snapped in (0.0, 90.0):
        eyes.stand(Footing(at=(5.0, 6.0, 30.0), heading=ahead), snapped, 0.0)
        head = eyes.head_in_scene
        off = (head.heading - yaw - snapped + 180.0) % 360.0 - 180.0
        assert off == pytest.approx(0.0, abs=0.05) and head.pitch == pytest.approx(nod, abs=0.05)
        at_now = (aside, 0.0) if snapped == 0.0 else (0.0, aside)
        assert head.at == pytest.approx((*at_now, 1.6), abs=2e-3)


@given(st.floats(0.8, 1.9), st.floats(0.8, 1.9))
def test_who_lies_has_the_eyes_at_the_place_and_a_target_there_is_met(tall, leaning):
    eyes, worlds = made()
    eyes.see(eyes_at((0.0, 0.0, tall), 0.0), recentre=True)
    eyes.view = View.SCENE
    viewer = StandingViewer()
    viewer.lie((2.0, -0.7, 1.0))
    eyes.stand(viewer.footing, 0.0, 0.0)
    assert eyes.camera.getPos(worlds[View.SCENE]).almostEqual(LPoint3(2.0, -0.7, 1.0), 1e-3)
    assert eyes.head_in_scene.at[2] == pytest.approx(EYES_M, abs=1e-3)
    # and whoever then lifts the head lifts it in the scene
    eyes.see(eyes_at((0.0, 0.0, leaning), 0.0), recentre=False)
    assert eyes.head_in_scene.at[2] == pytest.approx(EYES_M + leaning - tall, abs=1e-3)


def test_a_headset_without_a_floor_stands_at_the_usual_height():
    worlds = {View.NEUTRAL: NodePath("room")}
    eyes = HeadEyes(worlds, floor=False)
    eyes.see(eyes_at((0.0, 0.0, 0.0), 0.0), recentre=True)
    eyes.stand(Footing(), 0.0, 0.0)
    eyes.view = View.NEUTRAL
    assert eyes.camera.getZ(worlds[View.NEUTRAL]) == pytest.approx(EYE_M)
    assert eyes.height == pytest.approx(EYE_M)


def test_the_middle_of_the_head_is_between_its_eyes():
    middle = centred(eyes_at((1.0, 2.0, 1.6), 25.0)[0].pose)
    assert middle.heading == pytest.approx(25.0, abs=1e-3)


class Fingers(NoHand):
    pass


def test_one_control_leaves_and_again_in_the_safe_place_it_stops():
    now, felt = [10.0], []
    hand = HeadsetHand(Fingers(), lambda: now[0], lambda: felt.append(1))
    hand.shown(View.SCENE)
    hand.hold(Controls(select=True))
    assert hand.occurrences() == []
    hand.hold(Controls(select=True, leave=True))
    hand.hold(Controls(select=True, leave=True))
    assert hand.occurrences() == [PatientLeft()]
    assert felt == [1]
    hand.shown(View.SAFE_PLACE)
    hand.hold(Controls())
    # Let go, the other control takes the dial up; it never leaves.
    assert hand.occurrences() == [DialRaised()]
    now[0] += 1.0
    hand.hold(Controls(leave=True))
    assert hand.occurrences() == [PatientStopped()]


def test_while_a_dial_waits_the_stick_chooses_and_turns_nothing_and_select_answers():
    now, felt = [10.0], []
    hand = HeadsetHand(Fingers(), lambda: now[0], lambda: felt.append(1))
    hand.answering.follow(Sight(dial="asked"), now[0])
    hand.hold(Controls(stick=(1.0, 0.0)))
    for _ in range(30):
        now[0] += 1 / 30
        hand.poll(1 / 30)
    assert hand.look.yaw == 0.0
    assert hand.answering.value is not None and hand.answering.value > 50
    assert felt
    chosen = hand.answering.value
    hand.hold(Controls())
    hand.hold(Controls(select=True))
    now[0] += 0.2
    hand.hold(Controls())
    assert hand.occurrences() == [PatientRated(suds=chosen)]


def test_held_it_stops_and_a_controller_that_falls_asleep_lets_go():
    now = [10.0]
    hand = HeadsetHand(Fingers(), lambda: now[0], lambda: None)
    hand.hold(Controls(leave=True))
    now[0] += 1.6
    assert hand.occurrences() == [PatientLeft(), PatientStopped()]
    hand.hold(Controls())
    assert hand.occurrences() == []


def test_the_stick_turns_by_whole_steps_once_for_each_push():
    hand = HeadsetHand(Fingers(), lambda: 0.0, lambda: None)
    for across in (0.5, 0.9, 1.0, 0.6, 0.9, 0.1, -0.8, 0.0):
        hand.hold(Controls(stick=(across, 1.0)))
        hand.poll(0.011)
        if across == 1.0:
            assert hand.look.yaw == -STEP_DEGREES
    assert (hand.look.yaw, hand.look.pitch) == (0.0, 0.0)


def test_every_controller_leaves_by_its_own_button_and_by_no_other_use_of_it():
    for path, bound in PROFILES.items():
        assert bound["leave"], path
        uses = [name for act, names in bound.items() for name in names if act != "pulse"]
        assert len(uses) == len(set(uses)), f"two meanings of one button: {path}"
    assert set(NEEDS) <= set(PROFILES)
    assert len(offered(frozenset())) == len(PROFILES) - len(NEEDS)
    assert len(offered(frozenset({HAND_INTERACTION}))) == len(PROFILES) - len(NEEDS) + 1
