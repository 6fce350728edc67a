"""What the patient reads is asked for by one key, shown as the runtime has it, and taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from consoles import Hands, console
from staged import StagedLead, in_exposure

from controller.session.documents import Rating, Scale
from controller.session.now import TimedRating
from vr_runtime.wire.sight import LONGEST_TEXT, PatientSettings, Sight


async def choose(hands: Hands, title: str) -> None:
    next(c for c in hands.live.choices() if c.title == title).run()
    await hands.settle()


@pytest.mark.parametrize("dial", ["asked", "raised"])
async def test_one_key_asks_the_patient_and_takes_the_dial_away_again(dial: str) -> None:
    async with console(in_exposure()) as hands:
        await hands.press("q")
        assert hands.lead.acts == [("ask_rating",)]
        hands.lead.sight = Sight.model_validate({"dial": dial, "dial_s": 42})
        await hands.settle()
        await hands.press("q")
        assert hands.lead.acts[-1] == ("take_away", "dial")


async def test_a_text_is_written_sent_and_taken_away_by_an_empty_line() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("i", *"Prenez", "space", *"le", "space", *"temps", "enter")
        assert hands.lead.acts == [("show_text", "Prenez le temps", False)]
        hands.lead.sight = Sight(text="Prenez le temps", text_s=5.0)
        await hands.settle()
        await hands.press("i", "enter")
        assert hands.lead.acts[-1] == ("take_away", "text")


async def test_a_text_is_no_longer_than_a_patient_can_read_at_a_glance() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("i", *("m" * (LONGEST_TEXT + 5)), "enter")
        assert hands.lead.acts == [("show_text", "m" * LONGEST_TEXT, False)]


async def test_a_note_that_was_begun_is_not_sent_to_the_patient() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("n", *"mine", "escape", "i", *"yours", "enter")
        assert hands.lead.acts == [("show_text", "yours", False)]
        await hands.press("n", "enter")
        assert hands.lead.acts[-1] == ("note", "mine")


async def test_a_text_that_was_refused_comes_back_to_be_sent_again() -> None:
    async with console(in_exposure(refuse="No.")) as hands:
        await hands.press("i", *"Ici", "enter")
        hands.lead.refuse = ""
        await hands.press("i", "enter")
        assert hands.lead.acts[-1] == ("show_text", "Ici", False)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_what_the_patient_has_before_their_eyes_is_said_at_every_size(
    size: tuple[int, int],
) -> None:
    sight = Sight(dial="asked", dial_s=42, text="Prenez votre temps.", text_s=5.0)
    async with console(in_exposure(sight=sight), size) as hands:
        assert "dial shown 0:42" in hands.within("#suds")
        assert "« Prenez votre temps. »" in hands.within("#facts")
        hands.lead.sight = sight.model_copy(update={"text": 4 * "Prenez votre temps. "})
        await hands.settle()
        assert "text shown" in hands.within("#facts")


async def test_a_rating_of_the_patients_own_is_told_from_one_that_was_typed() -> None:
    own = Rating(
        rating="interval", suds=70, scale="0-100", raw="70", tick=9, due=None, level=5.0,
        trial=1, phase="exposure", source="patient",
    )  # fmt: skip
    typed = own.model_copy(update={"source": "therapist"})
    async with console(in_exposure(ratings=(TimedRating(700.0, own, 4),)), (120, 40)) as hands:
        assert "by the patient" in hands.within("#suds")
        hands.lead.ratings = (TimedRating(700.0, typed, 4),)
        await hands.settle()
        assert "by the patient" not in hands.within("#suds")


@pytest.mark.parametrize(("scale", "shown"), [("0-100", "75"), ("0-10", "7.5")])
async def test_the_patients_own_anchors_stand_at_the_scale_where_there_is_room(
    scale: Scale, shown: str
) -> None:
    own = ((25, "in the garden"), (75, "the lift that stuck"))
    async with console(in_exposure(anchors=own, scale=scale), (120, 40)) as hands:
        rows = [row.split() for row in hands.within("#suds").splitlines()]
        assert [shown, "the", "lift", "that", "stuck"] in rows
    async with console(in_exposure(anchors=own, scale=scale), (80, 24)) as hands:
        assert "Rate" in hands.within("#suds"), "the entry goes before them"


async def test_the_seconds_before_a_place_is_shown_stand_beside_the_phase() -> None:
    async with console(in_exposure(sight=Sight(countdown=3)), (80, 24)) as hands:
        assert "3 EXPOSURE" in hands.within("#chip")


async def test_the_palette_sets_how_this_patient_takes_part() -> None:
    lead: StagedLead = in_exposure()
    async with console(lead) as hands:
        wanted = PatientSettings()
        for title, changed in (
            ("Patient reads French", {"language": "fr"}),
            ("Patient: left-handed", {"hand": "left"}),
            ("Patient: one hand", {"one_hand": True}),
            ("Patient: seated", {"posture": "seated"}),
            ("Patient: captions off", {"captions": False}),
            ("Patient: answers by looking", {"gaze": True}),
            ("Patient: countdown of 3 s", {"countdown_s": 3}),
            ("Patient: captions on", {"captions": True}),
            ("Patient: way out always in view", {"way_out_always": True}),
            ("Patient: way out for some seconds", {"way_out_always": False}),
            ("Patient: breathing guide silent", {"guide_sound": False}),
            ("Patient: breathing guide heard", {"guide_sound": True}),
        ):
            await choose(hands, title)
            wanted = wanted.model_copy(update=changed)
            assert lead.acts[-1] == ("set_patient", wanted)
        for title, act in (
            ("Patient: name the way out", ("show_way_out",)),
            ("Patient: look ahead again", ("recentre",)),
            ("Dial: with each rating due", ("ask_by_itself", True)),
            ("Dial: only when asked", ("ask_by_itself", False)),
        ):
            await choose(hands, title)
            assert lead.acts[-1] == act
        await choose(hands, "Patient reads the usual language")
        assert lead.acts[-1] == ("read_as_usual",)
        assert "Patient reads the usual language" not in {c.title for c in hands.live.choices()}
        lead.sight = replace_sight(lead)
        await hands.settle()
        await choose(hands, "Patient: take the text away")
        assert lead.acts[-1] == ("take_away", "text")


def replace_sight(lead: StagedLead) -> Sight:
    return lead.sight.model_copy(update={"text": "Ici", "text_s": None})


async def test_nothing_is_shown_to_a_patient_of_another_console() -> None:
    async with console(replace(in_exposure(), in_control=False)) as hands:
        await hands.press("q")
        assert hands.lead.acts == []
