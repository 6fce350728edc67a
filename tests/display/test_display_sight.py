"""What the patient reads: over every view, whole, in their language, its middle left free."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from panda3d.core import TransformState
from test_display_pictures import on_screen, settled

from scenarios.api.manifest import Words
from vr_runtime.display.controls import Device
from vr_runtime.display.sight import words
from vr_runtime.display.sight.cards import Count, Dial, Line, cards_of
from vr_runtime.display.sight.faces import EDGE_EM, drawn
from vr_runtime.display.sight.layer import ORDER, Board
from vr_runtime.display.sight.placing import (
    AHEAD_M,
    AWAY_S,
    FASTEST,
    TURNED,
    Placing,
    on_board,
)
from vr_runtime.display.sight.stacking import FROM_ABOVE, FROM_BELOW, broadest, em_of, stacked
from vr_runtime.stage.lettering import UNKNOWN, breadth, readable, wrapped
from vr_runtime.wire.acts import View
from vr_runtime.wire.sight import LONGEST_TEXT, PatientSettings, Sight

FRENCH = "Où êtes-vous ? Là, près du garde-corps : « ça va », à l'œil, naïf, ÀÉÈÊÇ …"
FULL = Sight(
    dial="asked", text="x" * LONGEST_TEXT, way_out=True, countdown=3, caption="Un mot. " * 12
)
ALL = [value for value in vars(words).values() if isinstance(value, Words)]


# -- letters


def test_the_letters_have_every_sign_that_palier_itself_writes() -> None:
    told = [w.get(language) for w in ALL for language in ("fr", "en")]
    told += [w.get(lang) for _at, w in words.ANCHORS for lang in ("fr", "en")] + [FRENCH]
    assert all(readable(text) == text for text in told)


def test_a_sign_that_the_letters_lack_is_shown_as_lacking_and_not_left_out() -> None:
    assert readable("a\U0001f9a5b") == f"a{UNKNOWN}b"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=st.text(st.characters(codec="latin-1", categories=["L", "N", "Zs"]), max_size=80))
def test_wrapping_loses_no_letter_and_no_line_is_too_broad(text: str) -> None:
    most = 200
    lines = wrapped(text, 16, most)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(breadth(line, 16) <= most for line in lines)


# -- what stands on the cards


def test_each_thing_to_be_read_is_one_card_in_the_patients_own_language() -> None:
    sight = FULL.model_copy(update={"patient": PatientSettings(language="fr")})
    cards = cards_of(sight, "en", ("mouse",), watched=True)
    assert list(cards) == ["way_out", "text", "countdown", "dial", "caption", "notice"]
    assert cards["notice"] == Line("notice", "Quelqu'un regarde")
    assert cards["way_out"] == Line(
        "way_out", "Pour sortir\N{NO-BREAK SPACE}: bouton droit de la souris"
    )
    assert cards["countdown"] == Count("Cela commence dans", 3)
    here = cards_of(FULL, "en", ("mouse", "gamepad"), watched=True)
    assert here["way_out"] == Line("way_out", "Way out: right mouse button or B button")


@pytest.mark.parametrize("one_hand", [True, False])
@pytest.mark.parametrize("device", ["mouse", "keyboard", "gamepad", "headset"])
@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "To leave, tell your therapist"), ("fr", "Pour sortir, dites-le à votre thérapeute")],
)
def test_who_answers_by_looking_is_told_no_control_that_they_cannot_press(
    language: str, told: str, device: Device, one_hand: bool
) -> None:
    patient = {"language": language, "gaze": True, "one_hand": one_hand, "way_out_always": True}
    sight = Sight(way_out=True, patient=PatientSettings.model_validate(patient))
    assert cards_of(sight, "en", (device,))["way_out"] == Line("way_out", told)


def test_a_thing_that_stands_for_the_way_out_is_named_with_the_control_behind_it() -> None:
    by = Words(fr="pressez la poire", en="squeeze the ball")
    for language, told in (
        ("fr", "Pour sortir, pressez la poire\N{NO-BREAK SPACE}: bouton droit de la souris"),
        ("en", "To leave, squeeze the ball: right mouse button"),
    ):
        patient = PatientSettings.model_validate({"language": language})
        cards = cards_of(Sight(way_out=True, patient=patient), "en", ("mouse",), leaves_by=by)
        assert cards["way_out"] == Line("way_out", told)
    aloud = Sight(way_out=True, patient=PatientSettings(gaze=True, language="en"))
    card = cards_of(aloud, "en", ("mouse",), leaves_by=by)["way_out"]
    assert card == Line("way_out", words.WAY_OUT_ALOUD.en), "who can press nothing says it"


def test_the_dial_is_in_the_patients_scale_and_names_what_is_in_their_hand() -> None:
    patient = PatientSettings(scale="0-10", language="en")
    sight = Sight(dial="answered", given=70, patient=patient)
    dial = cards_of(sight, "fr", ("gamepad",))["dial"]
    assert isinstance(dial, Dial)
    assert (dial.question, dial.value, dial.hint) == ("Noted: 7. Thank you.", 70, "")
    asked = cards_of(Sight(dial="asked", patient=patient), "fr", ("gamepad",), value=30)["dial"]
    assert isinstance(asked, Dial)
    assert (asked.value, asked.hint) == (30, "Stick: choose · A button: answer")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", [(640, 360), (1280, 720), (1080, 1920), (2560, 1080)])
def test_cards_stay_in_the_picture_one_beside_the_other(
    size: tuple[int, int], language: str
) -> None:
    patient = PatientSettings.model_validate({"language": language})
    sight = FULL.model_copy(update={"patient": patient})
    cards = cards_of(sight, "en", ("mouse", "gamepad", "keyboard"), watched=True, value=100)
    em, most = em_of(size), broadest(size)
    sizes = {kind: drawn(card, em, most).size for kind, card in cards.items() if kind != "dial"}
    places = stacked(sizes, size)
    boxes = {k: (*at, at[0] + sizes[k][0], at[1] + sizes[k][1]) for k, at in places.items()}
    for left, top, right, bottom in boxes.values():
        assert 0 <= left < right <= size[0] and 0 <= top < bottom <= size[1]
    for one, two in combinations(boxes.values(), 2):
        assert one[3] <= two[1] or two[3] <= one[1], "none lies over another"


@pytest.mark.parametrize("size", [(640, 360), (1280, 720)])
def test_what_nobody_asked_for_leaves_the_middle_free(size: tuple[int, int]) -> None:
    em, most = em_of(size), broadest(size)
    cards = cards_of(FULL, "fr", ("mouse",), watched=True)
    shown = {k: drawn(c, em, most).size for k, c in cards.items() if k not in ("dial", "countdown")}
    for kind, (_left, top) in stacked(shown, size).items():
        bottom = top + shown[kind][1]
        assert bottom < 0.4 * size[1] or top > 0.6 * size[1], kind


def test_every_kind_of_card_has_its_place() -> None:
    assert set(FROM_ABOVE) | set(FROM_BELOW) == set(ORDER)
    assert not set(FROM_ABOVE) & set(FROM_BELOW)


@pytest.mark.parametrize("value", [0, 35, 100])
def test_the_marker_stands_where_the_value_is(value: int) -> None:
    cards = cards_of(Sight(dial="asked"), "en", ("mouse",), value=value)
    em, most = 32, 900
    image = np.asarray(drawn(cards["dial"], em, most)).astype(int)
    blue = (image[..., 2] - image[..., 0] > 40) & (image[..., 3] > 200)
    columns = blue.sum(axis=0)
    tallest = np.flatnonzero(columns >= columns.max() - 1)
    wanted = EDGE_EM * em + (most - 2 * EDGE_EM * em) * value / 100
    assert abs(tallest.mean() - wanted) < 4


def test_nothing_written_in_the_room_can_be_read_through_the_dial() -> None:
    cards = cards_of(Sight(dial="asked"), "en", ("mouse",))
    opaque = np.asarray(drawn(cards["dial"], 32, 900))[..., 3]
    inner = opaque[32:-32, 32:-32]
    assert inner.min() >= 0.95 * 255, "a white letter behind it changes 5 % at most"


# -- the board in the room


def test_a_board_stays_while_the_head_looks_about_and_comes_after_it_slowly() -> None:
    place = Placing()
    place.put(0.0)
    for _ in range(90):
        place.follow(TURNED - 1.0, 1 / 30)
    assert place.yaw == 0.0
    seen = [0.0]
    for tick in range(240):
        place.follow(100.0, 1 / 30)
        seen.append(place.yaw)
        if (tick + 1) / 30 < AWAY_S - 0.04:
            assert place.yaw == 0.0, "a glance aside moves nothing"
    steps = [b - a for a, b in pairwise(seen)]
    assert 0.0 <= min(steps) and max(steps) <= FASTEST / 30 + 1e-9
    assert abs(place.yaw - 100.0) < 2.0


def test_a_board_comes_the_shorter_way_round() -> None:
    place = Placing()
    place.put(170.0)
    for _ in range(300):
        place.follow(-120.0, 1 / 30)
    assert 230.0 < place.yaw < 250.0


@pytest.mark.parametrize(("turned", "share"), [(0.0, 0.5), (15.0, 0.0714), (-15.0, 0.9286)])
def test_a_gaze_meets_the_scale_where_it_points(turned: float, share: float) -> None:
    found = on_board(turned, -12.0, 0.0, 1.0, -0.2, -0.6)
    assert found == pytest.approx(share, abs=1e-3)
    x = AHEAD_M * math.tan(math.radians(-turned))
    assert found == pytest.approx(0.5 + x, abs=1e-3), "to the right is more"
    assert on_board(turned, 0.0, 0.0, 1.0, -0.2, -0.6) is None, "above it"
    assert on_board(turned + 60.0, -12.0, 0.0, 1.0, -0.2, -0.6) is None, "beside it"


# -- what is drawn


@pytest.mark.render
@pytest.mark.parametrize("view", list(View))
def test_the_note_stands_at_the_lower_edge_of_each_view_while_someone_watches(drawn, view):
    without = settled(drawn, view)
    drawn.tell_watched(True)
    assert drawn.state().watched
    drawn.draw(1.0)
    within = on_screen(drawn)
    drawn.tell_watched(False)
    drawn.draw(1.0)
    changed = abs(within - without).max(axis=2) > 0.1
    rows = changed.any(axis=1).nonzero()[0]
    columns = changed.any(axis=0).nonzero()[0]
    height, width = changed.shape
    assert not drawn.state().watched
    line = changed[round(0.91 * height) : round(0.97 * height), width // 3 : 2 * width // 3]
    assert line.mean() > 0.1, "it is there"
    if view is View.SAFE_PLACE:
        return  # Grass and water move: the rest of the picture is another each time.
    assert rows.min() > 0.85 * height, "the middle of the view stays free"
    assert abs(float(columns.min() + columns.max()) - width) < 0.25 * width
    assert abs(on_screen(drawn) - without).max() < 0.05, "it is gone in the next picture"


@pytest.mark.render
def test_a_text_is_readable_over_a_veiled_picture_and_gone_in_the_next(drawn, monkeypatch):
    settled(drawn, View.NEUTRAL)
    veiled = drawn._eyes.brightness
    monkeypatch.setattr(drawn._eyes, "brightness", lambda _part: veiled(0.0))
    drawn.lay(Sight(text="Prenez votre temps."))
    for _ in range(2):
        drawn._in_sight._flat._sheet.advance(1.0)
        drawn.draw(1.0)
    lit = on_screen(drawn).max(axis=2) > 0.3
    rows = lit.any(axis=1).nonzero()[0]
    assert lit.sum() > 25 and rows.max() < 0.4 * lit.shape[0]
    drawn.lay(Sight())
    drawn.draw(1.0)
    assert on_screen(drawn).max() < 0.05


@pytest.mark.render
def test_what_the_patient_reads_is_in_the_mirror_too(drawn):
    settled(drawn, View.NEUTRAL)
    before = np.frombuffer(drawn._mirror.pixels((128, 72)), np.uint8).astype(int)
    drawn.lay(Sight(dial="asked"))
    for _ in range(2):
        drawn._in_sight._flat._sheet.advance(1.0)
        drawn.draw(1.0)
    after = np.frombuffer(drawn._mirror.pixels((128, 72)), np.uint8).astype(int)
    drawn.lay(Sight())
    changed = (abs(after - before) > 25).reshape(72, 128, 3).any(axis=2)
    assert changed[40:].mean() > 0.2 and not changed[:20].any()


@pytest.mark.render
def test_looking_ahead_anew_eases_the_picture_once_and_turns_the_head_back(drawn):
    settled(drawn, View.NEUTRAL)
    drawn._hand.look.turn(40.0, 10.0)
    for _ in range(60):
        drawn._hand.look.advance(0.1)
    assert drawn._hand.look.yaw > 30.0
    drawn.lay(Sight(centred=1))
    assert (drawn._hand.look.yaw, drawn._hand.look.pitch) == (0.0, 0.0)
    assert drawn._ease.brightness() < 1.0
    drawn._ease.advance(1.0)
    drawn.lay(Sight(centred=1))
    assert drawn._ease.brightness() == 1.0, "the same sight is no further wish"
    drawn.lay(Sight())


@pytest.mark.render
def test_a_seated_patients_eyes_are_lower_and_a_set_height_goes_before(drawn):
    for patient, metres in (
        (PatientSettings(), 1.65),
        (PatientSettings(posture="seated"), 1.2),
        (PatientSettings(posture="seated", eye_m=1.4), 1.4),
    ):
        drawn.lay(Sight(patient=patient))
        drawn.draw(1.0)
        assert drawn._eyes.camera.getZ() == pytest.approx(metres)
    drawn.lay(Sight())


@pytest.mark.render
def test_the_dial_of_who_answers_by_looking_stands_in_the_room_and_hears_the_gaze(drawn):
    settled(drawn, View.NEUTRAL)
    drawn.lay(Sight(dial="asked", patient=PatientSettings(gaze=True)))
    drawn.draw(1.0)
    drawn._hand.look.turn(0.0, -16.0)
    for _ in range(60):
        drawn._hand.look.advance(0.1)
    answering = drawn._hand.answering
    answering._opened_s = float("-inf")
    drawn.draw(1.0)
    assert answering.value == 50
    drawn._hand.look.turn(-12.0, 0.0)
    for _ in range(60):
        drawn._hand.look.advance(0.1)
    drawn.draw(1.0)
    assert answering.value is not None and answering.value > 60, "to the right is more"
    drawn._hand.look.centre()
    drawn.lay(Sight())
    answering.news(0.0)


@pytest.mark.render
def test_a_board_can_be_laid_into_each_eye(drawn):
    board = Board()
    renew = board.lay_into(drawn._output.main, drawn._eyes.lens)
    region = drawn._output.main.getActiveDisplayRegions()
    board.write(cards_of(Sight(dial="asked", text="Ici"), "fr", ("headset",)), 0.0, 0.1)
    renew(TransformState.makePosHpr((-0.032, 0.0, 0.0), (0.0, -15.0, 0.0)))
    drawn.draw(1.0)
    assert len(drawn._output.main.getActiveDisplayRegions()) == len(region) + 1
    assert board.dial is not None and -1.2 < board.dial[1] < board.dial[0] < -0.2
    board.write({}, 0.0, 0.1)
    renew(TransformState.makeIdentity())
    assert len(drawn._output.main.getActiveDisplayRegions()) == len(region)
