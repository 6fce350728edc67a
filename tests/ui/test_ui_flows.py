"""A session from the keyboard: patients, scenario, trial, ratings, notes, the end."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from consoles import console
from staged import StagedLead, in_exposure, scenes

from controller.language import Language, use
from controller.session.now import Outcome, RatingDue, SessionCard
from controller.ui.asking_reason import WhyNoAnswer
from controller.ui.screens.past import PastScreen
from controller.ui.screens.start import StartScreen
from scenarios.api.manifest import Words
from vr_runtime.wire.acts import Phase


async def test_a_session_opens_with_the_patient_and_the_scenario_that_the_screen_names() -> None:
    async with console(StagedLead()) as hands:
        await hands.press("down")
        assert "P-0502 · Heights: the terrace · ceiling 4" in hands.text()
        await hands.press("enter", "down")
        assert "P-0502 · The lift" in hands.text()
        await hands.press("enter")
        assert ("open_session", "p2", "builtin.lift") in hands.lead.acts
        assert "READY" in hands.within("#chip") or "P-0502" in hands.within("#facts")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_start_screen_shows_warnings_and_sentences_with_the_ceiling(
    size: tuple[int, int],
) -> None:
    async with console(StagedLead(), size) as hands:
        told = hands.text()
        assert "Void under the feet from level 7 on." in told
        assert "A town house from the pavement to the roof." in told
        assert size[0] < 120 or "ceiling 7" in hands.within("#scenario")


def test_a_colon_is_set_as_the_language_sets_it_in_the_warning_of_an_event() -> None:
    manifest = StagedLead().manifests()[0]
    warning = Words(fr="Il grince.", en="It creaks.")
    warned = manifest.events[0].model_copy(update={"warning": warning})
    told = manifest.model_copy(update={"events": (warned,)})
    for spoken, says in (("fr", "\N{NO-BREAK SPACE}: Il grince."), ("en", ": It creaks.")):
        use(spoken)
        assert says in StartScreen._words(told, None).plain
    use("en")


async def test_without_a_runtime_the_start_screen_says_so_and_opens_nothing() -> None:
    async with console(StagedLead(heard=False, link="connecting")) as hands:
        assert "Looking for the runtime" in hands.text()
        await hands.press("enter", "enter")
        assert hands.did() == []


async def test_a_patient_is_added_and_bad_input_loses_nothing() -> None:
    async with console(StagedLead()) as hands:
        await hands.press("a", "enter")
        assert "Give a pseudonym" in hands.text()
        await hands.press(*"P-9", "enter", "backspace", "4", "2", "enter")
        assert "whole number from 0 to 10" in hands.text()
        assert "P-9" in hands.text()
        await hands.press("backspace", "tab", "down", "enter")
        assert ("add_patient", "P-9", 4, "0-10") in hands.lead.acts
        assert "P-9" in hands.within("#patients")


@pytest.mark.parametrize("spoken", ["en", "fr"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_new_patient_is_asked_which_safe_place_they_choose(
    size: tuple[int, int], spoken: str
) -> None:
    places = {"en": ("meadow", "shore at dusk", "quiet room")}.get(
        spoken, ("prairie", "rivage au crépuscule", "pièce calme")
    )
    async with console(StagedLead(), size, spoken) as hands:
        await hands.press("a")
        assert all(place in hands.text() for place in places), "all of it is seen at once"
        await hands.press(*"P-9", "enter", "tab", "tab", "down", "down", "enter")
        assert hands.lead.cards[-1].safe_place == "room"
        await hands.press("a", *"P-10", "enter", "enter")
        assert hands.lead.cards[-1].safe_place == "meadow", "who chose none has the first"


async def test_a_refused_patient_stays_in_the_form() -> None:
    async with console(StagedLead(refuse="This pseudonym is taken; give another.")) as hands:
        await hands.press("a", *"P-1", "enter", "enter")
        assert "This pseudonym is taken" in hands.text()
        assert "P-1" in hands.within("#pseudonym")


async def test_a_report_of_a_past_session_is_written() -> None:
    async with console(StagedLead()) as hands:
        await hands.press("h", "down", "r")
        assert ("report", "s9") in hands.lead.acts
        assert "The report of s9 lies beside the record." in hands.text()
        await hands.key("escape", 50.0)
        assert "PATIENTS" in hands.text()


async def test_the_list_of_past_sessions_follows_what_ends_while_it_is_open() -> None:
    class Ending(StagedLead):
        ended: Literal["open", "interrupted"] = "open"

        def sessions(self) -> tuple[SessionCard, ...]:
            first, second = super().sessions()
            return first, replace(second, how=self.ended)

    lead = Ending()
    async with console(lead) as hands:
        await hands.press("h", "down")
        assert "still open" in hands.text()
        lead.ended = "interrupted"
        hands.app._outcome(Outcome(True, "The earlier session is closed as interrupted."))
        await hands.settle()
        assert "still open" not in hands.text()
        await hands.press("r")
        assert ("report", "s9") in hands.lead.acts


async def test_what_is_told_before_a_screen_stands_is_said_once_it_does() -> None:
    async with console(StagedLead()) as hands:
        hands.app.put_over(PastScreen())
        hands.app._outcome(Outcome(True, "Patient P-0611 was added."))
        await hands.settle()
        assert "Past sessions" in hands.text()
        assert "Patient P-0611 was added." in hands.text()


async def test_a_trial_begins_at_the_named_level_by_a_second_different_key() -> None:
    async with console(scenes()["ready"]) as hands:
        await hands.press("c")
        assert "Begin at level 0? On the ground" in hands.within("#asking")
        await hands.press("c")
        assert "begin_trial" not in hands.did()
        await hands.press("up", "up", "enter")
        assert hands.lead.acts[-2:] == [("arm_trial", 2), ("begin_trial",)]
        assert hands.lead.phase is Phase.EXPOSURE


async def test_the_key_that_begins_without_sound_stands_beside_a_sentence_that_says_so() -> None:
    lead = scenes()["ready"]
    async with console(lead, size=(80, 24)) as hands:
        await hands.press("c")
        assert "hears nothing" not in hands.within("#asking")
        lead.sound = "none"
        await hands.settle()
        asked = hands.within("#asking")
        assert "Begin at level 0? No sound: the patient hears nothing." in asked
        await hands.press("enter", "space", "r")
        assert lead.phase is Phase.HOLD
        assert "No sound: the patient hears nothing." in hands.within("#asking")


@pytest.mark.parametrize("name", ["pause", "safe_place", "stopped"])
async def test_coming_back_is_offered_one_level_below_and_never_above_the_ceiling(
    name: str,
) -> None:
    async with console(scenes()[name]) as hands:
        assert "offered" in hands.within("#ladder")
        await hands.press("r")
        assert "Begin at level 4?" in hands.within("#asking")
        for n in range(5):
            await hands.key("up", 20.0 + n * 0.1)
        assert max(act[1] for act in hands.lead.acts) == 7  # type: ignore[type-var]
        assert "Level 7 is the patient's ceiling" in hands.within("#message")
        await hands.press("enter")
        assert hands.lead.level == 7.0


async def test_a_level_that_could_not_be_named_is_not_begun_by_a_quick_enter() -> None:
    async with console(scenes()["stopped"]) as hands:
        hands.lead.refuse = "The link has not been steady for 1 s; wait a moment."
        hands.send("r", "enter")
        await hands.settle()
        assert "begin_trial" not in hands.did()
        assert "Begin at" not in hands.text()


async def test_a_hold_ends_by_two_keys() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("space")
        assert hands.lead.phase is Phase.HOLD
        await hands.press("r", "r")
        assert "resume" not in hands.did()
        await hands.press("enter")
        assert hands.lead.phase is Phase.EXPOSURE


async def test_escape_leaves_a_question_unanswered() -> None:
    async with console(scenes()["pause"]) as hands:
        await hands.press("r")
        await hands.key("escape", 50.0)
        await hands.press("enter")
        assert hands.did() == ["arm_trial"]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_safe_place_key_works_while_events_are_asked(language: Language) -> None:
    async with console(in_exposure(), language=language) as hands:
        await hands.press("e", "l" if language == "fr" else "s")
        assert hands.did() == ["safe_place"]


@pytest.mark.parametrize(
    ("keys", "typed"),
    [("75", "75"), ("7", "7"), ("è(", "75"), ("&àà", "100"), ("t", "t"), ("*", "*"), ("§", "6")],
)
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_rating_is_typed_on_qwerty_and_azerty(
    keys: str, typed: str, size: tuple[int, int]
) -> None:
    async with console(in_exposure(), size) as hands:
        await hands.press(*keys, "enter")
        assert hands.lead.acts == [("rate", typed, None)]


async def test_digits_outlive_news_mending_another_size_and_a_question() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("7", "8", "backspace")
        await hands.show(in_exposure(at_s=760.0, level=4.0, asked=4))
        await hands.pilot.resize_terminal(80, 24)
        await hands.press("e", "5")
        assert "75" in hands.within("#suds")
        await hands.press("enter")
        assert hands.lead.acts == [("rate", "75", None)]


async def test_the_pad_shows_what_enter_would_make_of_it() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("7")
        assert "= 70" in hands.within("#suds")
        await hands.press("5", "3")
        assert "75" in hands.within("#suds")
        assert "753" not in hands.within("#suds")


async def test_on_the_short_scale_one_digit_is_itself() -> None:
    async with console(in_exposure(scale="0-10")) as hands:
        await hands.press("7")
        assert "= 70" not in hands.within("#suds")
        await hands.press("enter", "1", "0", "enter")
        assert hands.lead.acts == [("rate", "7", None), ("rate", "10", None)]


async def test_enter_rates_before_it_begins_so_that_no_trial_begins_by_surprise() -> None:
    async with console(scenes()["pause"]) as hands:
        await hands.press("r", "6", "enter")
        assert hands.did() == ["arm_trial", "rate"]
        await hands.press("enter")
        assert hands.did()[-1] == "begin_trial"


async def test_a_rating_due_is_asked_quietly_and_may_be_left_out_with_a_reason() -> None:
    async with console(in_exposure(due=RatingDue(-10.0, 50.0, 60.0))) as hands:
        assert "ask now" in hands.within("#suds")
        assert hands.app.screen is hands.live
        await hands.press("o")
        assert "Why?" in hands.within("#asking")
        answers = {each.text: each.key for each in WhyNoAnswer().answers(hands.lead.now())}
        await hands.press(answers["declined"])
        assert hands.lead.acts == [("skip_rating", "declined")]


async def test_the_last_saved_rating_can_be_corrected_by_its_place_in_the_record() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("a", "5", "5", "enter")
        seq = hands.lead.ratings[-1].saved_as
        assert hands.lead.acts == [("correct", seq, 55)]


async def test_an_event_happens_by_two_keys_and_digits_still_rate() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press("e")
        assert "gust" in hands.within("#events")
        await hands.press("g")
        assert hands.lead.acts == [("trigger", "gust")]
        assert "Which event" not in hands.text()


async def test_a_value_set_apart_moves_by_one_declared_step_with_up_as_the_harder_side() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("g", "r")
        assert "rail: 86 cm applied." in hands.within("#asking")
        await hands.press("up")
        assert hands.lead.acts == [("set_value", "rail", 77.0)]
        await hands.press("down")
        assert hands.lead.acts[-1] == ("set_value", "rail", 86.0)
        await hands.press("enter")
        assert hands.lead.acts[-1] == ("follow_level", "rail")


async def test_a_held_key_moves_a_value_to_its_harder_side_once() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("g", "h")
        for n in range(5):
            await hands.key("up", 50.0 + 0.05 * n)
        assert hands.did() == ["set_value"]


async def test_the_ceiling_is_set_by_two_keys() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("m", "down")
        assert "Ceiling 6 instead of 7?" in hands.within("#asking")
        await hands.press("enter")
        assert hands.lead.acts == [("set_ceiling", 6)]


async def test_a_note_takes_letters_and_digits_and_a_refused_one_is_not_lost() -> None:
    async with console(in_exposure()) as hands:
        hands.lead.refuse = "The record is not writable."
        await hands.press("n", *"Up 75", "enter")
        assert hands.lead.acts == [("note", "Up 75")]
        await hands.press("n")
        assert "Up 75" in hands.within("#writing")
        hands.lead.refuse = ""
        await hands.press("enter")
        assert hands.lead.notes[-1].note.text == "Up 75"
        await hands.press("7", "enter")
        assert hands.did()[-1] == "rate"


async def test_a_note_that_is_left_is_kept_for_later() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press("n", *"half")
        await hands.key("escape", 50.0)
        await hands.press("n")
        assert "half" in hands.within("#writing")


async def test_raising_from_inside_a_note_is_not_possible() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("n", "up", "space")
        assert hands.did() == []


async def test_the_session_ends_by_two_keys_and_its_report_is_at_hand() -> None:
    async with console(scenes()["stopped"]) as hands:
        await hands.press("x")
        assert "End the session with P-0417?" in hands.within("#asking")
        await hands.press("enter")
        told = hands.text()
        assert "The session has ended" in told
        assert "Highest rating" in told
        assert "75" in told
        await hands.press("r")
        assert ("report", "s1") in hands.lead.acts
        await hands.press("enter")
        assert "PATIENTS" in hands.text()


async def test_a_session_does_not_end_during_exposure() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("x")
        assert "stop it first" in hands.within("#message")


async def test_leaving_says_what_becomes_of_the_patient_and_staying_is_the_first_way() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("ctrl+q")
        assert "goes to the safe place" in " ".join(hands.text().split())
        await hands.press("enter")
        assert hands.live
        await hands.press("ctrl+q", "down")
        hands.send("enter")
        await hands.ended()
        assert hands.lead.stops == 1
        assert hands.app.return_value == 0


async def test_a_simulated_session_is_not_said_to_be_there_for_the_next_console(
    monkeypatch,
) -> None:
    lead = in_exposure()
    now = lead.now
    monkeypatch.setattr(lead, "now", lambda: replace(now(), simulated=True))
    async with console(lead) as hands:
        await hands.press("ctrl+q")
        told = " ".join(hands.text().split())
        assert "cannot be continued" in told and "next console" not in told


async def test_the_palette_finds_acts_events_patients_and_scenarios() -> None:
    async with console(in_exposure()) as hands:
        found = {choice.title for choice in hands.live.choices()}
        assert {"Raise  (↑)", "Event: gust", "Setting: rail"} <= found
        choice = next(c for c in hands.live.choices() if c.title == "Event: voices below")
        choice.run()
        await hands.settle()
        assert hands.lead.acts == [("trigger", "voices")]
    async with console(in_exposure()) as hands:
        for title, quality in (
            ("Picture: fewer points", "lowered"),
            ("Picture: all points", "full"),
        ):
            await hands.settle()
            next(c for c in hands.live.choices() if c.title == title).run()
            await hands.settle()
            assert hands.lead.acts[-1] == ("set_quality", quality)
    async with console(in_exposure()) as hands:
        for title, volume_db in (
            ("Volume: softer", -3),
            ("Volume: softer", -6),
            ("Volume: louder", -3),
        ):
            await hands.settle()
            next(c for c in hands.live.choices() if c.title == title).run()
            await hands.settle()
            assert hands.lead.acts[-1] == ("set_volume", volume_db)
        assert "−3 dB" in hands.text()
        # At its loudest nothing louder is offered, and no tone in the scene.
        hands.lead.volume_db = 0
        await hands.settle()
        offered = {c.title for c in hands.live.choices()}
        assert "Volume: softer" in offered
        assert not offered & {"Volume: louder", "Calibration tone: play it"}
    async with console(StagedLead()) as hands:
        screen = hands.app.screen
        found = {choice.title for choice in screen.choices()}  # type: ignore[attr-defined]
        assert {"Patient: P-0502", "Scenario: The lift", "Add a patient"} <= found


async def test_help_lists_every_key_and_the_session_goes_on_meanwhile() -> None:
    async with console(in_exposure(), (120, 60)) as hands:
        await hands.press("f1")
        told = hands.text()
        for sentence in ("One level up", "safe place, at once", "Stop, at once"):
            assert sentence in told
        await hands.press("f1")
        assert hands.live


MOUSE = (
    ("Roof, low rail", ("raise_level",)),
    ("Second floor, closed", ("lower_level", 2)),
    ("pause", ("pause",)),
    ("gust", ("trigger", "gust")),
)


@pytest.mark.parametrize(("text", "act"), MOUSE)
async def test_the_mouse_does_what_the_keys_do(text: str, act: tuple[object, ...]) -> None:
    async with console(in_exposure()) as hands:
        await hands.click_text(text)
        assert hands.lead.acts == [act]


async def test_a_rating_can_be_given_by_mouse_alone() -> None:
    async with console(in_exposure()) as hands:
        region = hands.region("#suds")
        row = next(y for y, line in enumerate(hands.lines()) if "●" in line[region.x :] and y > 8)
        await hands.click(region.x + 1 + (region.width - 3) // 2, row)
        assert "50" in hands.within("#suds").splitlines()[-1]
        await hands.click_text("⏎ rate")
        assert hands.lead.acts == [("rate", "50", None)]


async def test_a_question_is_answered_by_mouse() -> None:
    async with console(scenes()["pause"]) as hands:
        await hands.click_text("resume")
        await hands.click_text("Third" if "Third" in hands.text() else "Second floor")
        await hands.click_text(" begin  ")
        assert hands.lead.acts[-2:] == [("arm_trial", 2), ("begin_trial",)]


async def test_a_pseudonym_with_brackets_is_only_text_everywhere() -> None:
    lead = StagedLead()
    lead.cards = [replace(lead.cards[0], pseudonym="[b]P[/nope] [$x")]
    async with console(lead) as hands:
        assert "[b]P[/nope] [$x" in hands.within("#patients")
        await hands.press("ctrl+p")
        await hands.until(lambda: "Patient: [b]P[/nope] [$x" in hands.text())
        await hands.press(*"nope")
        await hands.until(lambda: "Patient: [b]P[/nope] [$x" in hands.text())
        await hands.key("escape", 50.0)
        await hands.press("enter", "enter", "x")
        assert "[b]P[/nope] [$x" in hands.within("#asking")
        assert "[b]P[/nope] [$x" in hands.within("#facts")


async def test_a_size_that_was_told_wrongly_is_put_right_by_looking_at_the_terminal() -> None:
    async with console(in_exposure(), (20, 6)) as hands:
        assert "Needs 60x20" in hands.text()
        hands.app._driver.terminal_size = lambda: (80, 24)
        await hands.until(lambda: "APPLIED LEVEL" in hands.text())
        assert hands.app.size == (80, 24)
