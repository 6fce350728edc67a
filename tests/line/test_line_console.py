"""A session led line by line: what each line does, in which order, and what is said of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from lines import Typing, unreadable
from staged import StagedLead, in_exposure

from controller.language import Language
from controller.line.news import Watcher
from controller.session.now import LeftOpen, Notice, Outcome, RatingDue
from vr_runtime.wire.acts import Phase

BOTH: tuple[Language, ...] = ("en", "fr")
WORDS = {
    "en": {
        "open": "open P-0417 builtin.heights",
        "begin": "begin 2",
        "yes": "yes",
        "raise": "raise",
        "lower": "lower",
        "hold": "hold",
        "resume": "resume",
        "event": "event voices",
        "note": "note looks down",
        "why": "why distress",
        "end": "end",
        "report": "report",
    },
    "fr": {
        "open": "ouvrir P-0417 builtin.heights",
        "begin": "commencer 2",
        "yes": "oui",
        "raise": "monter",
        "lower": "baisser",
        "hold": "maintien",
        "resume": "reprendre",
        "event": "événement voix en bas",
        "note": "remarque regarde en bas",
        "why": "raison détresse",
        "end": "terminer",
        "report": "rapport",
    },
}


def did(lead: StagedLead) -> list[object]:
    return [act[0] for act in lead.acts]


@pytest.mark.parametrize("language", BOTH)
async def test_a_whole_session_is_led_by_lines_alone(language: Language) -> None:
    lead, w = StagedLead(), WORDS[language]
    typing = Typing(lead, language)
    await typing.begin()
    await typing.type(w["open"], w["begin"], w["yes"], w["raise"], "40", w["event"], w["lower"])
    await typing.type(w["hold"], w["resume"], w["yes"], w["note"], "!", w["why"])
    await typing.type(w["end"], w["yes"], w["report"])
    assert did(lead) == [
        "open_session", "arm_trial", "begin_trial", "raise_level", "rate", "trigger",
        "lower_level", "hold", "resume", "note", "stop", "note", "close_session", "report",
    ]  # fmt: skip
    assert unreadable("".join(typing.out.lines)) == []


async def test_a_raise_is_one_level_for_one_line_and_a_pasted_block_raises_once() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    typing.send("raise", "raise", "r", "up")
    said = await typing.settled()
    assert did(lead) == ["raise_level"]
    assert len([line for line in said if "too soon" in line]) == 3
    assert any("one level for one line" in line for line in await typing.type("raise 9"))
    assert did(lead) == ["raise_level"]
    lead.raise_in_s = 0.7
    assert "still under way" in (await typing.type("raise"))[0]
    lead.raise_in_s = 0.0
    await typing.type("raise")
    assert did(lead) == ["raise_level", "raise_level"]


class Slow(StagedLead):
    """Answers a raise when it is let."""

    def __init__(self, **told: object) -> None:
        super().__init__(**told)  # type: ignore[arg-type]
        self.let = asyncio.Event()

    async def raise_level(self) -> Outcome:
        self.acts.append(("raise_level",))
        await self.let.wait()
        return Outcome(True, "Raised.")


async def turns() -> None:
    """Let the loop turn a few times, without waiting for answers."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_raise_that_comes_in_one_piece_with_a_stop_is_not_sent_and_that_is_said() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    typing.send("raise", "!")
    said = await typing.settled()
    assert did(lead) == ["stop"]
    assert any(line.endswith("went first: raise.") for line in said)


async def test_a_stop_overtakes_what_is_under_way_and_what_was_typed_before_it_does_not_act() -> (
    None
):
    lead = Slow(open=True, phase=Phase.EXPOSURE, level=2.0, asked=2)
    typing = Typing(lead)
    await typing.begin()
    typing.send("raise")
    await turns()
    typing.send("event voices", "note still here", "wait 60", "!")
    await turns()
    assert did(lead)[:2] == ["raise_level", "stop"], "sent while the raise was not answered"
    lead.let.set()
    said = await typing.settled()
    assert did(lead) == ["raise_level", "stop", "note"], "what only writes down still does"
    assert "Not carried out, since what you typed after it went first: event voices, wait 60." in (
        said
    )


async def test_a_number_behind_a_list_that_a_stop_took_away_is_no_rating() -> None:
    lead = Slow(open=True, phase=Phase.EXPOSURE, level=2.0, asked=2)
    typing = Typing(lead)
    await typing.begin()
    typing.send("raise")
    await turns()
    typing.send("event", "4", "50", "!")
    lead.let.set()
    said = await typing.settled()
    assert did(lead) == ["raise_level", "stop", "rate"] and lead.acts[-1] == ("rate", "50", None)
    assert any(line.endswith("went first: event, 4.") for line in said)
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    await typing.type("event", "!", "4")
    assert did(lead) == ["stop"]


async def test_what_eases_waits_for_nothing_either() -> None:
    lead = Slow(open=True, phase=Phase.EXPOSURE, level=2.0, asked=2)
    typing = Typing(lead)
    await typing.begin()
    typing.send("raise")
    await turns()
    typing.send("event voices", "safe")
    await turns()
    assert did(lead) == ["raise_level", "safe_place"]
    lead.let.set()
    await typing.settled()
    assert did(lead) == ["raise_level", "safe_place"]


async def test_a_stop_is_taken_in_the_middle_of_a_question() -> None:
    lead = StagedLead(open=True, phase=Phase.READY)
    typing = Typing(lead)
    await typing.begin()
    said = await typing.type("begin 3")
    assert said == [
        "Begin at level 3? Fourth floor, balcony, high rail Type yes to do it; "
        "anything else leaves it."
    ]
    await typing.type("!")
    assert did(lead) == ["arm_trial", "stop"]
    assert "Nothing is to be confirmed" in (await typing.type("yes"))[0]
    assert did(lead) == ["arm_trial", "stop"]


async def test_a_trial_needs_a_level_and_a_second_different_word() -> None:
    lead = StagedLead(open=True, phase=Phase.READY, ceiling=4)
    typing = Typing(lead)
    await typing.begin()
    assert "Name the level" in (await typing.type("begin"))[0]
    assert "ceiling changes it" in (await typing.type("begin 5"))[0]
    await typing.type("begin 4", "begin 4", "oui")
    assert did(lead) == ["arm_trial", "arm_trial"], "the same word again begins nothing"
    await typing.type("yes")
    assert did(lead)[-1] == "begin_trial"


async def test_coming_back_is_offered_at_the_level_below() -> None:
    lead = StagedLead(open=True, phase=Phase.PAUSE, come_back=3, trial=1)
    typing = Typing(lead)
    await typing.begin()
    await typing.type("resume", "yes")
    assert lead.acts == [("arm_trial", 3), ("begin_trial",)]


async def test_a_number_is_a_rating_unless_a_list_was_just_asked_for() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    said = await typing.type("event")
    assert said[0].startswith("Which event? Answer by number")
    assert said[1].startswith("1. gust") and "from level 6 on" in said[3]
    await typing.type("4")
    assert lead.acts == [("trigger", "voices")]
    await typing.type("4")
    assert lead.acts[-1] == ("rate", "4", None)


async def test_a_list_that_was_forgotten_takes_no_rating_for_an_answer() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    await typing.type("event")
    await typing.pass_s(46)
    assert "not asked any more" in typing.said()[-1]
    assert "type 4 again if it is a rating" in (await typing.type("4"))[0]
    assert lead.acts == []
    await typing.type("4")
    assert lead.acts == [("rate", "4", None)]


async def test_any_other_line_leaves_a_list() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    await typing.type("event", "status", "3")
    assert lead.acts == [("rate", "3", None)]
    await typing.type("event", "99")
    assert lead.acts == [("rate", "3", None)], "a number that is not in the list is nothing"


async def test_t_is_the_highest_rating_and_never_the_beginning_of_a_name() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    await typing.type("event", "t")
    assert lead.acts == []


async def test_what_befell_the_patient_is_written_down_in_one_line_or_by_numbers() -> None:
    lead = in_exposure()
    typing = Typing(lead, "fr")
    await typing.begin()
    await typing.type("indésirable panique modérée")
    assert lead.acts == [("befell", "panic", "moderate")]
    lead.acts.clear()
    typing = Typing(lead, "en")
    await typing.begin()
    await typing.type("adverse", "3", "2")
    assert lead.acts == [("befell", "faint", "moderate")]
    lead.acts.clear()
    await typing.type("adverse fall", "severe")
    assert lead.acts == [("befell", "fall", "severe")]


async def test_a_rating_is_corrected_and_one_that_is_not_given_has_its_reason() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    await typing.type("correct 40")
    assert lead.acts == [("correct", lead.ratings[-1].saved_as, 40)]
    assert "No rating is due" in (await typing.type("no answer silent"))[0]
    lead.due = RatingDue(-1.0, 50.0, 60.0)
    await typing.type("no answer", "2", "no answer she cries")
    assert lead.acts[1:] == [("skip_rating", "silent"), ("skip_rating", "she cries")]


async def test_settings_are_set_by_value_by_side_and_given_back() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    rows = await typing.type("values")
    assert rows[0] == "Settings as they are applied:" and "rail: 86 cm; set apart" in rows[2]
    await typing.type("set rail 100 cm", "set wind easier", "set 4 at the edge", "follow rail")
    sent = [act for act in lead.acts if act[0] in ("set_value", "follow_level")]
    assert sent[0] == ("set_value", "rail", 100.0)
    assert [act[1] for act in sent] == ["rail", "wind", "place", "rail"]
    assert sent[2] == ("set_value", "place", 1.0) and sent[3][0] == "follow_level"
    assert "from 0 m/s to 8 m/s" in (await typing.type("set wind gale"))[0]
    assert "Type: set NAME VALUE" in (await typing.type("set"))[0]


async def test_what_is_not_possible_now_is_refused_in_words_and_not_by_keys() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    lead.in_control = False
    assert await typing.type("raise") == ["Another console leads; control takes control."]
    lead.in_control, lead.disabled, lead.phase = True, "it broke", Phase.STOPPED
    assert "end ends the session" in (await typing.type("begin 1"))[-1]
    assert did(lead) == []


async def test_a_patient_is_added_with_what_is_known_and_wrong_words_add_nobody() -> None:
    lead = StagedLead(usual_scale="0-10")
    typing = Typing(lead)
    await typing.begin()
    await typing.type("add P-9 ceiling 8", "add P 10, scale 0-100, place shore at dusk")
    assert lead.acts[0] == ("add_patient", "P-9", 8, "0-10")
    assert "nothing was added" in typing.out.lines[-1]
    await typing.type("add P-11, scale 0-100, place shore", "add")
    assert lead.acts[1:] == [("add_patient", "P-11", 5, "0-100")]


async def test_lists_tell_patients_scenarios_and_sessions_and_take_their_numbers() -> None:
    lead = StagedLead()
    typing = Typing(lead)
    await typing.begin()
    assert (await typing.type("patients"))[1].startswith("1. P-0417; ceiling 7; scale 0-100")
    assert (await typing.type("scenarios"))[2] == "2. The lift, builtin.lift"
    words = await typing.type("scenarios 1")
    assert "Void under the feet from level 7 on." in words and len(words) > 12
    assert "interrupted" in (await typing.type("sessions"))[2]
    await typing.type("report 2", "open 2 1")
    assert lead.acts == [("report", "s9"), ("open_session", "p2", "builtin.heights")]


async def test_the_status_tells_what_is_applied_with_its_age_and_calls_old_news_old() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    (told,) = await typing.type("")
    assert told.startswith("Exposure: the patient is in the scene. Level 5 is applied, as of 0.2")
    assert "Distress 65, 0:48 ago." in told and "The next rating is due in 1:12." in told
    assert "P-0417, session time 12:31, 32:29 left. The link is live." in told
    lead.age_s = 3.4
    assert (await typing.type("status"))[-1].startswith("Last known: Exposure")
    assert "STALE: the runtime has not been heard for 3.4 seconds." in typing.out.lines[-1]


async def test_news_comes_by_itself_once_with_its_time_and_routine_once_a_second() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    await typing.pass_s(3)
    typing.said()
    lead.due = RatingDue(-0.1, 60.0, 60.0)
    lead.level, lead.asked = 6.0, 6
    lead.notice = Notice("A gust came.", "info", 752.0, 2)
    await typing.pass_s(0.2)
    assert len(typing.said()) == 1, "routine news: one a second"
    await typing.pass_s(5)
    rest = typing.said()
    assert len(rest) == 2
    told = [line for line in typing.out.lines if line.startswith("12:31 ")]
    assert "12:31 Level 6 is reached: Roof, low rail" in told
    assert "12:31 A rating is due: how high is it now, on 0 to 100?" in told
    await typing.pass_s(20)
    assert typing.said() == [], "nothing is told again without a change"


async def test_what_matters_is_told_at_once() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    await typing.pass_s(3)
    typing.said()
    lead.phase, lead.level, lead.asked = Phase.SAFE_PLACE, 0.0, 0
    lead.notice = Notice("The patient left for the safe place.", "alarm", 751.0, 9)
    lead.sound = "none"
    await typing.pass_s(0.2)
    assert typing.said() == [
        "12:31 Safe place: the patient is there, at level 0.",
        "12:31 The patient left for the safe place.",
        "12:31 No sound device works: the patient hears nothing.",
    ]


async def test_an_answer_is_not_told_once_more_as_news() -> None:
    class Says(StagedLead):
        async def note(self, text: str) -> Outcome:
            self.notice = Notice("The note is saved.", "done", self.at_s, 5)
            return Outcome(True, "The note is saved.")

    lead = Says(open=True, phase=Phase.READY)
    typing = Typing(lead)
    await typing.begin()
    await typing.type("note hello")
    await typing.pass_s(3)
    assert typing.out.lines.count("The note is saved.") == 1
    assert not [line for line in typing.out.lines if line.endswith(" The note is saved.")]


async def test_a_session_that_was_found_open_is_asked_about_and_no_other_line_answers() -> None:
    left = LeftOpen("s0", "2026-03-02T10:00:00+00:00", "P-0417", None, None)
    lead = StagedLead(left=left, phase=Phase.SAFE_PLACE)
    typing = Typing(lead)
    said = await typing.begin()
    assert "1. Continue this session" in said and "2. Close it as interrupted" in said
    assert "The patient is in the safe place." in said
    await typing.type("status", "patients", "yes")
    await typing.pass_s(100)
    assert lead.acts == []
    await typing.type("continue")
    assert lead.acts == [("continue_left", False)]


async def test_leaving_with_a_session_open_is_confirmed_and_says_what_becomes_of_it() -> None:
    typing = Typing(in_exposure())
    await typing.begin()
    (told,) = await typing.type("quit")
    assert "holds after 1 second and goes to the safe place" in told
    assert not typing.console.ended.is_set()
    await typing.type("note goes on", "no")
    assert not typing.console.ended.is_set()
    await typing.type("quit", "yes")
    assert typing.console.ended.is_set()


@pytest.mark.parametrize(
    ("language", "open_it", "undo"),
    [
        ("en", "open P-0417 builtin.heights", ("wrong patient", "yes")),
        ("fr", "ouvrir P-0417 builtin.heights", ("mauvais patient", "oui")),
    ],
)
async def test_the_wrong_patient_is_undone_after_a_second_word(
    language: Language, open_it: str, undo: tuple[str, str]
) -> None:
    lead = StagedLead()
    typing = Typing(lead, language)
    await typing.begin()
    await typing.type(open_it, undo[0])
    assert did(lead) == ["open_session"]
    await typing.type(undo[1])
    assert did(lead)[-1] == "undo_patient"


async def test_the_end_of_lines_works_off_what_was_typed_and_raises_nothing() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    typing.send("40", "note last one")
    typing.console.hear_end()
    await typing.settled()
    assert did(lead) == ["rate", "note"]
    assert typing.console.ended.is_set()
    assert "goes to the safe place" in typing.out.lines[-1]


async def test_waiting_ends_when_nothing_is_under_way_and_a_stop_ends_it() -> None:
    lead = in_exposure()
    lead.raise_in_s = 1.0
    typing = Typing(lead)
    await typing.begin()
    await typing.type("wait")
    typing.send("raise")
    await typing.pass_s(2)
    assert did(lead) == []
    lead.raise_in_s = 0.0
    await typing.pass_s(0.5)
    await typing.settled()
    assert did(lead) == ["raise_level"]
    await typing.type("wait 1:30")
    assert not typing.console.idle
    typing.send("!")
    await typing.settled()
    assert typing.console.idle and did(lead)[-1] == "stop"


async def test_another_language_is_spoken_from_the_next_sentence_on() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    said = await typing.type("language fr", "monter", "e 4")
    assert said[0].startswith("La console parle français")
    assert did(lead) == ["raise_level", "trigger"]
    assert (await typing.type("language en"))[0].startswith("English is spoken now")


async def test_help_names_every_command_and_tells_each_in_one_sentence() -> None:
    typing = Typing(StagedLead())
    await typing.begin()
    words = await typing.type("help")
    assert words[0].startswith("! at the beginning of a line stops at once")
    assert any(line.startswith("Levels: begin, yes, no, raise") for line in words)
    (told,) = await typing.type("help raise")
    assert told == "raise: One level up; one line, one level. Also: up, r."
    assert len(await typing.type("help all")) > 45


async def test_an_act_that_fails_below_leaves_the_console_standing() -> None:
    class Broken(StagedLead):
        async def hold(self) -> Outcome:
            raise ValueError("P-0417 cries")

    lead = Broken(open=True, phase=Phase.EXPOSURE, level=2.0, asked=2)
    typing = Typing(lead)
    await typing.begin()
    said = await typing.type("hold")
    assert "failed inside the console (ValueError)" in said[0] and "cries" not in said[0]
    await typing.type("!")
    assert lead.stops == 1


async def test_a_command_whose_own_code_fails_is_one_sentence() -> None:
    def broken(seat: object, rest: str) -> None:
        raise KeyError("secret")

    lead = in_exposure()
    typing = Typing(lead, handlers={"note": broken})
    await typing.begin()
    assert "failed inside the console (KeyError)" in (await typing.type("note x"))[0]


async def test_nothing_is_raised_when_news_is_old() -> None:
    lead = in_exposure()
    lead.age_s = 2.0
    typing = Typing(lead)
    await typing.begin()
    await typing.type("raise", "event voices", "set rail 60", "begin 3", "resume")
    assert did(lead) == []
    await typing.type("lower", "hold", "safe")
    assert did(lead) == ["lower_level", "hold", "safe_place"]


async def test_a_record_in_trouble_keeps_no_later_line_waiting_for_long() -> None:
    class Stuck(StagedLead):
        async def note(self, text: str) -> Outcome:
            self.acts.append(("note", text))
            await asyncio.Event().wait()
            return Outcome(True, "")

    lead = Stuck(open=True, phase=Phase.EXPOSURE, level=2.0, asked=2)
    typing = Typing(lead)
    await typing.begin()
    typing.send("note one", "raise")
    await typing.pass_s(1.5)
    assert did(lead) == ["note"]
    await typing.pass_s(1.0)
    await typing.settled()
    assert did(lead) == ["note", "raise_level"]


async def test_how_the_patient_takes_part_is_set_from_a_list() -> None:
    lead = in_exposure()
    lead.pose_kept = True
    typing = Typing(lead)
    await typing.begin()
    said = await typing.type("patient")
    rows = [line for line in said if line[0].isdigit()]
    assert any("Patient: left-handed" in row for row in rows)
    await typing.type("patient Patient: left-handed", "patient")
    assert lead.acts[0][0] == "set_patient" and lead.sight.patient.hand == "left"
    rows = [line for line in typing.out.lines if "Patient: pose not kept" in line]
    await typing.type(rows[-1].split(".")[0])
    assert lead.acts[-1] == ("end_pose",)


async def test_observers_are_let_in_by_a_second_word_and_out_by_one() -> None:
    lead = StagedLead(open=True, phase=Phase.READY)
    typing = Typing(lead)
    await typing.begin()
    await typing.type("observers", "yes", "observers", "observers view", "yes")
    assert [act for act in lead.acts if act[0] == "set_observers"] == [
        ("set_observers", True, False),
        ("set_observers", False, False),
        ("set_observers", True, True),
    ]


def test_the_ceiling_of_a_session_is_told_once_the_runtime_tells_of_that_session() -> None:
    before = StagedLead().now()
    opened = StagedLead(open=True, phase=Phase.READY, ceiling=4).now()
    news = Watcher(before)
    assert not any("ceiling" in told for told in news.look(replace(opened, state=before.state), 0))
    told = [said for said in news.look(opened, 1) if "ceiling" in said]
    assert len(told) == 1 and "ceiling 4." in told[0], "never that of the state before it"
