"""Before exposure: screening, consent, today and the preflight, by one hand on the keyboard."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pytest
from consoles import Hands, console
from preparing import SCREENING, answers, asking
from staged_before import WHEN, PreparingLead, in_session, patient_cards
from textual.widgets import Input

from controller.language import Language, use
from controller.session.before.entries import (
    PreflightChecked,
    ScreeningAnswered,
    TodayAnswer,
    TodayAsked,
)
from controller.session.before.leading import answered
from controller.session.before.screened import Screened
from controller.session.before.words import CHECKS, TODAY
from controller.session.now import Consented
from controller.ui.app import PalierApp
from controller.ui.bindings import KeysFile
from controller.ui.consent_choices import consent_choices
from controller.ui.screens.ask_through import AskThroughScreen
from controller.ui.screens.before import BeforeScreen
from controller.ui.screens.consent import ConsentScreen
from controller.ui.screens.forms import FormsScreen
from controller.ui.screens.live import LiveScreen
from controller.ui.screens.preflight import PreflightScreen
from controller.ui.screens.set_patient import SetPatientScreen
from vr_runtime.wire.acts import PatientLeft, SafePlace
from vr_runtime.wire.happenings import Applied

LANGUAGES: tuple[Language, ...] = ("en", "fr")
ALL_NO = ("n",) * len(SCREENING.items)


async def at_a_pace(hands: Hands, *keys: str) -> None:
    """Keys as far apart as somebody presses who reads each question aloud."""
    at_a_pace.now_s = max(at_a_pace.now_s, monotonic())
    for key in keys:
        at_a_pace.now_s += 1.5
        await hands.key(key, at_a_pace.now_s, key if len(key) == 1 else None)


at_a_pace.now_s = monotonic()


def fresh() -> PreparingLead:
    return PreparingLead(cards=patient_cards(prepared=False))


async def to_scenario(hands: Hands) -> None:
    """Enter on the patient, Enter on the scenario."""
    await hands.press("enter", "enter")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_enter_on_a_scenario_goes_through_what_is_missing_and_then_opens(
    language: Language,
) -> None:
    async with console(fresh(), (80, 24), language) as hands:
        await to_scenario(hands)
        assert isinstance(hands.app.screen, BeforeScreen)
        assert "open_session" not in hands.did()
        await hands.press("enter")
        assert isinstance(hands.app.screen, AskThroughScreen)
        await at_a_pace(hands, *ALL_NO, "enter")
        assert isinstance(hands.app.screen, BeforeScreen)
        # The next row that waits is highlighted by itself: the consent to exposure.
        await hands.press("enter", "enter")
        assert isinstance(hands.app.screen, ConsentScreen)
        await hands.press(*"v2", "enter", "enter")
        assert isinstance(hands.app.screen, ConsentScreen), "Enter saves no consent"
        assert "v2" in hands.within("#say") and "F9" in hands.within("#say")
        await hands.press("f9")
        assert isinstance(hands.app.screen, BeforeScreen)
        assert "open_session" not in hands.did()
        await hands.press("enter")
        assert "open_session" in hands.did()
        assert isinstance(hands.app.screen, LiveScreen)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_no_shows_every_question_and_takes_one_key_for_each(language: Language) -> None:
    async with console(fresh(), (120, 40), language) as hands:
        await hands.press("b", "enter")
        for item in SCREENING.items:
            shown = " ".join(hands.within("#words").split())
            assert " ".join(item.of(language).split()) in shown, item.id
            await at_a_pace(hands, "n")
        await hands.press("enter")
        (given,) = (act[2] for act in hands.lead.acts if act[0] == "answer_screening")
        assert [one.yes for one in given] == [False] * len(SCREENING.items)  # type: ignore[attr-defined]


@pytest.mark.parametrize("yes", ["y", "o"])
async def test_a_yes_waits_for_who_cleared_it_or_why_it_is_overridden(yes: str) -> None:
    async with console(fresh(), (120, 40)) as hands:
        await hands.press("b", "enter", yes)
        assert SCREENING.items[0].note.en in " ".join(hands.within("#words").split())
        await hands.press("enter")
        assert isinstance(hands.app.screen, AskThroughScreen), "it is not saved like this"
        await hands.press("c", *"DrX", "enter")
        await at_a_pace(hands, "y")
        await hands.press("g", *"short", "enter")
        await at_a_pace(hands, "y", "w", *ALL_NO[3:], "enter")
        (given,) = (act[2] for act in hands.lead.acts if act[0] == "answer_screening")
        dealt = [(one.dealt, one.why) for one in given][:4]  # type: ignore[attr-defined]
        assert dealt == [("cleared", "DrX"), ("overridden", "short"), ("open", ""), (None, "")]
        assert isinstance(hands.app.screen, BeforeScreen)
        assert "▲" in hands.within("#rows")


async def test_in_questions_and_forms_a_sign_tells_which_row_is_chosen_and_hides_nothing() -> None:
    async with console(fresh(), (80, 24), "fr") as hands:
        await hands.press("b", "enter", "down")
        rows = [line.strip() for line in hands.within("#rows").splitlines() if "–" in line]
        assert [line[0] for line in rows[:3]] == ["○", "▸", "○"] and "○" in rows[1]
        head = " ".join(hands.within("#where").split())
        assert head.endswith(SCREENING.about.fr), "the whole sentence, however many rows it takes"
        await hands.press("escape")
        hands.app.push_screen(ConsentScreen("p1", "session"))
        await hands.settle()
        await hands.press("tab", "tab", "down")
        chosen = [line.strip() for line in hands.within("#by").splitlines() if "▸" in line]
        assert chosen == ["▸ par le patient, dit devant témoin"]


async def test_leaving_a_question_out_saves_nothing_and_goes_to_it() -> None:
    async with console(fresh(), (120, 40)) as hands:
        await hands.press("b", "enter")
        await at_a_pace(hands, *ALL_NO[1:], "enter")
        assert "answer_screening" not in hands.did()
        assert "no answer yet" in hands.within("#say")


async def test_the_settings_of_a_patient_are_saved_as_they_were_changed() -> None:
    async with console(fresh(), (80, 24)) as hands:
        await hands.press("b")
        await hands.press("down", "down", "down", "enter")
        assert isinstance(hands.app.screen, SetPatientScreen)
        await hands.press("down", "down", "tab", "down", "enter")
        changes = [act[2] for act in hands.lead.acts if act[0] == "set_patient"]
        (only,) = changes
        part = only["takes_part"]  # type: ignore[index]
        assert (part.language, part.hand, part.posture) == ("en", "left", None)
        assert isinstance(hands.app.screen, BeforeScreen)


async def test_a_consent_can_be_taken_back_by_two_keys() -> None:
    lead = PreparingLead(cards=patient_cards(prepared=True))
    async with console(lead, (80, 24)) as hands:
        await hands.press("b", "down", "enter")
        assert isinstance(hands.app.screen, ConsentScreen)
        await hands.press("t")
        assert ("withdraw", "p1", "session", "patient") in hands.lead.acts
        await hands.press("escape")
        assert "not noted" in hands.within("#rows")


async def test_a_version_is_offered_from_the_same_consent_by_the_same_and_is_looked_at() -> None:
    lead = PreparingLead(cards=patient_cards(prepared=True))
    first = lead.cards[0]
    given = (
        Consented("session", "v1", "patient", "2026-11-01T09:00:00Z"),
        Consented("pose", "p3", "patient", "2026-11-03T09:00:00Z"),
    )
    minors = (Consented("session", "g7", "guardian", "2026-11-02T09:00:00Z"),)
    lead.cards[:] = [
        replace(first, consents=()),
        replace(first, id="p8", pseudonym="P-0888", consents=minors),
        replace(first, id="p9", pseudonym="P-0999", consents=given),
    ]
    async with console(lead, (80, 24)) as hands:
        hands.app.push_screen(ConsentScreen(first.id, "session"))
        await hands.settle()
        line = hands.app.screen.query_one("#version", Input)
        assert line.value == "v1"
        await hands.press("down")
        assert line.value == "p3"
        await hands.press("up", "f9")
        assert "consent" not in hands.did(), "nobody has looked at the version"
        assert line.has_focus and line.value == "v1"
        await hands.press("tab", "down", "down")
        assert line.value == "g7"
        await hands.press("f9")
        assert "consent" not in hands.did() and line.has_focus
        await hands.press("f9")
        assert ("consent", first.id, "session", "g7") in [act[:4] for act in lead.acts]


async def test_of_a_minor_by_the_screening_the_form_offers_the_guardian() -> None:
    said = answered(asking(), "p1", answers({"minor": ("cleared", "the family knows")}))
    assert isinstance(said, ScreeningAnswered)
    lead = PreparingLead(cards=patient_cards(prepared=True))
    lead.cards[:] = [replace(lead.cards[0], screened=Screened(WHEN, said))]
    async with console(lead, (80, 24)) as hands:
        assert "guardian's consent" in " ".join(hands.within("#chosen").split())
        await hands.press("b")
        assert "by a guardian: missing" in hands.within("#rows")
        shown = " ".join(hands.within("#words").split())
        assert "A minor by the screening" in shown and "the minor's own assent" in shown
        await hands.press("enter", "tab", *"g1", "enter", "enter")
        assert "g1 · by a guardian, signed" in hands.within("#say")
        await hands.press("f9")
        (given,) = (act for act in lead.acts if act[0] == "consent")
        assert given[4] == {"by": "guardian", "assent": True, "signed": True}
        assert "by a guardian: missing" not in hands.within("#rows")


async def test_in_a_session_the_palette_leads_to_the_consent_and_leading_out_acts_there() -> None:
    lead = in_session()
    async with console(lead, (120, 40)) as hands:
        found = [c for c in consent_choices(hands.app.screen) if "taken back" in c.title]
        found[0].run()
        await hands.settle()
        assert isinstance(hands.app.screen, ConsentScreen)
        assert not list(consent_choices(hands.app.screen))
        await hands.press("t")
        assert "withdraw" in hands.did()
        await hands.key("s", 1e9, "s")
        assert "safe_place" in hands.did()
        await hands.press("f12")
        assert lead.stops == 1
        assert isinstance(hands.app.screen, LiveScreen)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_begin_key_opens_the_checklist_before_the_first_trial(
    language: Language,
) -> None:
    lead = in_session()
    async with console(lead, (80, 24), language) as hands:
        await hands.press("c")
        assert isinstance(hands.app.screen, PreflightScreen)
        assert "arm_trial" not in hands.did()
        await hands.press("enter")
        await at_a_pace(hands, *("n",) * len(TODAY), "enter")
        assert isinstance(hands.app.screen, PreflightScreen)
        await hands.press(*("down", "enter") * 5)
        assert [act[1] for act in lead.acts if act[0] == "check"] == list(CHECKS)[:5]
        await hands.press("c")
        assert isinstance(hands.app.screen, PreflightScreen)
        lead.press_way_out()
        await hands.settle()
        await lead.pause()
        await hands.settle()
        await hands.press("l" if language == "fr" else "s")
        assert "safe_place" in hands.did()
        await hands.press("c")
        assert isinstance(hands.app.screen, LiveScreen)
        assert lead.acts[-1] == ("arm_trial", 0)
        await hands.press("enter")
        assert "begin_trial" in hands.did()


def rehearsed(back: bool = True) -> PreparingLead:
    """A session in which nothing is left but the first trial, and `back` to the safe place."""
    lead = in_session()
    said = tuple(TodayAnswer(item=item, yes=False) for item in TODAY)
    lead.so_far.said(TodayAsked(answers=said, tick=0))
    for check in list(CHECKS)[:5]:
        lead.so_far.said(PreflightChecked(check=check, done=True, tick=0))
    lead.so_far.on_news(Applied(act=PatientLeft(), by="patient"))
    if back:
        lead.so_far.on_news(Applied(act=SafePlace(), by="console"))
    return lead


async def test_enter_held_on_the_checklist_exposes_nobody() -> None:
    lead = rehearsed(back=False)
    async with console(lead, (80, 24)) as hands:
        await hands.press("c", *("down",) * 8)
        lead.so_far.on_news(Applied(act=SafePlace(), by="console"))
        await hands.settle()
        assert isinstance(hands.app.screen, PreflightScreen)
        hands.send(*("enter",) * 20)
        await hands.settle()
        assert "begin_trial" not in hands.did()


async def test_a_letter_that_follows_an_arrow_closely_is_about_the_row_it_leads_to() -> None:
    lead = in_session()
    async with console(lead, (80, 24)) as hands:
        await hands.press("c")
        hands.send("down", "down", "w")
        await hands.settle()
        await hands.press(*"nobody", "enter")
        assert [act[1:] for act in lead.acts if act[0] == "check"] == [("sound", "nobody")]


async def test_enter_held_ticks_one_check_alone() -> None:
    lead = in_session()
    async with console(lead, (80, 24)) as hands:
        await hands.press("c", "down")
        hands.send(*("enter",) * 20)
        await hands.settle()
        assert {act[1] for act in lead.acts if act[0] == "check"} == {"display"}


async def test_a_held_key_answers_one_question() -> None:
    async with console(fresh(), (80, 24)) as hands:
        await hands.press("b", "enter")
        hands.send(*("n",) * 20)
        await hands.settle()
        assert len(hands.lead.kept["p1"]) == 1


async def test_answers_that_are_not_saved_yet_outlast_a_stop() -> None:
    lead = in_session()
    async with console(lead, (80, 24)) as hands:
        await hands.press("c", "enter")
        await at_a_pace(hands, "n", "n", "f12")
        assert lead.stops == 1 and isinstance(hands.app.screen, LiveScreen)
        assert len(lead.kept["today"]) == 2


async def test_a_reason_stays_with_the_check_it_was_written_for() -> None:
    lead = in_session()
    async with console(lead, (120, 40)) as hands:
        await hands.press("c", *("down",) * 6, "w", *"asleep")
        lead.press_way_out()
        await hands.settle()
        await hands.press("enter")
        assert ("check", "way_out_patient", "asleep") in lead.acts
        assert "way_out_therapist" not in lead.so_far.checks


async def test_a_check_is_left_out_by_its_reason_and_shows_it() -> None:
    lead = in_session()
    async with console(lead, (120, 40)) as hands:
        await hands.press("c", "down", "down", "w", *"deaf", "enter")
        assert ("check", "sound", "deaf") in lead.acts
        assert "left out: deaf" in hands.text()
        await hands.press("down", "enter")
        assert ("check", "space", "") in lead.acts


async def test_a_way_out_cannot_be_ticked() -> None:
    lead = in_session()
    async with console(lead, (120, 40)) as hands:
        await hands.press("c", *("down",) * 6, "enter")
        assert ("check", "way_out_patient", "") in lead.acts
        assert "way_out_patient" not in lead.so_far.checks
        assert "counts once it was used" in hands.within("#say")


@pytest.mark.parametrize("keys", [("b",), ("b", "enter"), ("b", "enter", "y", "c")])
async def test_stop_works_on_every_screen_before_a_session(keys: tuple[str, ...]) -> None:
    async with console(fresh(), (80, 24)) as hands:
        await hands.press(*keys)
        await hands.press("f12")
        assert hands.lead.stops == 1


@pytest.mark.parametrize("keys", [("c",), ("c", "enter"), ("c", "down", "w")])
async def test_stop_works_on_every_screen_before_a_trial(keys: tuple[str, ...]) -> None:
    lead = in_session()
    async with console(lead, (80, 24)) as hands:
        await hands.press(*keys)
        await hands.press("f12")
        assert lead.stops == 1
        assert isinstance(hands.app.screen, LiveScreen)


async def test_once_a_trial_was_begun_the_begin_key_asks_nothing_more() -> None:
    lead = in_session()
    lead.trial = 1
    async with console(lead, (80, 24)) as hands:
        await hands.press("c")
        assert isinstance(hands.app.screen, LiveScreen)
        assert lead.acts[-1] == ("arm_trial", 0)


async def test_ready_and_known_a_session_begins_in_as_many_keys_as_before() -> None:
    lead = PreparingLead(cards=patient_cards(prepared=True))
    async with console(lead, (80, 24)) as hands:
        await to_scenario(hands)
        assert isinstance(hands.app.screen, LiveScreen)


async def test_the_safe_place_comes_before_every_letter_of_the_checklist() -> None:
    lead = in_session()
    use("en")
    app = PalierApp(lead, keys_file=KeysFile(bound={"en": {"safe_place": "w", "observers": "s"}}))
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot, lead)
        await hands.settle()
        await hands.press("c")
        assert isinstance(app.screen, PreflightScreen)
        await lead.pause()
        await hands.settle()
        await hands.press("w")
        assert hands.did()[-1] == "safe_place"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_foot_names_help_however_little_room_there_is(language: Language) -> None:
    async with console(fresh(), (60, 20), language) as hands:
        assert "F1" in hands.within("#hints"), "the start screen"
        await hands.press("b")
        assert "F1" in hands.within("#hints")


async def test_the_hand_is_left_or_right_in_french_too() -> None:
    lead = PreparingLead(cards=patient_cards(prepared=True))
    async with console(lead, (80, 24), "fr") as hands:
        await hands.press("b", "end", "up", "enter")
        told = hands.text()
        assert "main droite" in told and "main gauche" in told, told


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_baseline_is_asked_from_the_checklist_and_nothing_waits_for_it(
    language: Language,
) -> None:
    lead = rehearsed()
    title = {"en": "Baseline before exposure", "fr": "Mesures avant l'exposition"}[language]
    lead.so_far.today = None
    async with console(lead, (120, 40), language) as hands:
        await hands.press("c", *("down",) * (2 + len(CHECKS)))
        assert title in hands.text()
        counted = {"en": "questionnaires: 0 of", "fr": "questionnaires\u00a0: 0 sur"}
        assert counted[language] in hands.text()
        await hands.press("enter")
        assert isinstance(hands.app.screen, FormsScreen)
        await hands.press("escape")
        assert isinstance(hands.app.screen, PreflightScreen)
        lead.so_far.said(
            TodayAsked(answers=tuple(TodayAnswer(item=i, yes=False) for i in TODAY), tick=0)
        )
        await hands.settle()
        await hands.press("c")
        assert isinstance(hands.app.screen, LiveScreen), "it may be left"
