"""After the exposure line by line: each part is kept, none enforced, none called done too soon."""

from __future__ import annotations

from typing import Any

import pytest
from lines import Typing, unreadable
from staged import StagedLead, in_exposure
from staged_stopped import stopped

from controller.language import Language
from controller.session.after.entries import (
    Debriefed,
    HomeworkGiven,
    NoteDrafted,
    NoteValidated,
    RecoveryEnded,
    Released,
)
from controller.session.clinical import Expectancy
from controller.session.now import Outcome

BOTH: tuple[Language, ...] = ("en", "fr")


def kept(lead: StagedLead, kind: type) -> list[Any]:
    """What of one kind went to the record."""
    return [d for _s, d in lead.record.kept() if isinstance(d, kind)]


async def typing_on(lead: StagedLead, language: Language = "en") -> Typing:
    typing = Typing(lead, language)
    await typing.begin()
    return typing


@pytest.mark.parametrize("language", BOTH)
async def test_every_part_is_done_by_lines_alone_and_the_copy_follows_the_end(
    language: Language,
) -> None:
    w = {"en": ("recovery", "yes", "debrief it held", "homework bridge; daily; Friday", "release",
                "draft Calm at the end.", "validate", "after", "end", "copy", "done, "),
         "fr": ("récupération", "oui", "bilan ça tenait", "exercices pont ; chaque jour ; vendredi",
                "départ", "brouillon Calme à la fin.", "valider", "après", "terminer", "copie",
                "fait, "),
         }[language]  # fmt: skip
    lead = stopped()
    typing = await typing_on(lead, language)
    await typing.type(w[0], "20", w[1], w[2], w[3], w[4])
    points = len(lead.after.protocol.after.items)
    await typing.type(*[w[1]] * points)
    assert kept(lead, Released) == [], "nothing is saved before it is said to"
    await typing.type(w[1], w[5], w[6], w[1])
    assert ("rate", "20", "recovery") in lead.acts
    for kind in (RecoveryEnded, Debriefed, HomeworkGiven, Released, NoteValidated):
        assert len(kept(lead, kind)) == 1, kind
    (given,) = kept(lead, HomeworkGiven)
    assert (given.often, given.until) == {
        "en": ("daily", "Friday"), "fr": ("chaque jour", "vendredi")}[language]  # fmt: skip
    said = await typing.type(w[7])
    assert len([line for line in said if f": {w[10]}" in line.replace("\u00a0", " ")]) == 5, said
    said = await typing.type(w[8], w[1], w[9])
    assert any("/reports/s1-patient.html" in line for line in said)
    assert unreadable("".join(typing.out.lines)) == []


async def test_the_parts_say_what_is_not_done_and_what_to_type_and_the_end_can_be_had() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    said = await typing.type("after")
    assert [line[:2] for line in said[:6]] == [f"{n}." for n in range(1, 7)]
    assert all("not done. Type: " in line for line in said[:6]), said
    await typing.type("end", "yes")
    assert lead.acts[-1] == ("close_session",)


async def test_in_the_scene_it_is_refused_and_says_what_to_do() -> None:
    lead = in_exposure()
    typing = await typing_on(lead)
    for line in ("after", "recovery", "debrief x", "homework x", "release", "draft x", "validate"):
        assert "leave the scene first" in (await typing.type(line))[0], line
    assert lead.acts == []


async def test_recovery_tells_its_figures_anew_after_each_rating_until_yes_records_it() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    said = await typing.type("recovery")
    assert any("baseline" in line for line in said)
    said = await typing.type("7")
    assert any("baseline" in line for line in said), "told anew"
    assert kept(lead, RecoveryEnded) == []
    await typing.type("no")
    assert kept(lead, RecoveryEnded) == []
    await typing.type("recovery", "yes")
    assert [one.how for one in kept(lead, RecoveryEnded)] == ["left"]


async def test_a_release_needs_every_point_and_a_reason_and_goes_on_after_a_stop() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    points = len(lead.after.protocol.after.items)
    said = await typing.type("release", "yes", "leave out")
    assert any(line.startswith("Say why") for line in said)
    await typing.type("leave out walks home", "!")
    assert lead.stops == 1
    said = await typing.type("release")
    assert any(line.startswith(f"Point 3 of {points}:") for line in said), said
    said = await typing.type("back")
    assert said[0].startswith("Point 2 of")
    await typing.type("leave out takes the bus", *["yes"] * (points - 2))
    assert kept(lead, Released) == []
    await typing.type("yes")
    (one,) = kept(lead, Released)
    reasons = [item.reason for item in one.items]
    assert reasons == ["", "takes the bus", *[""] * (points - 2)]


async def test_a_note_is_a_draft_line_by_line_until_its_author_validates_it() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    assert "No note" in (await typing.type("validate"))[0]
    await typing.type("draft Calm.", "draft Slept well.")
    assert [one.text for one in kept(lead, NoteDrafted)] == ["Calm.", "Calm.\nSlept well."]
    said = await typing.type("draft")
    assert said[:3] == [
        "Calm.",
        "Slept well.",
        "Draft: it is nobody's statement before it is validated.",
    ]
    await typing.type("validate", "no")
    assert kept(lead, NoteValidated) == []
    await typing.type("validate", "yes")
    assert [one.text for one in kept(lead, NoteValidated)] == ["Calm.\nSlept well."]
    said = await typing.type("draft Eats.", "draft")
    assert any("validate again to correct it" in line for line in said)
    await typing.type("validate", "yes")
    assert kept(lead, NoteValidated)[-1].corrects is not None


async def test_a_line_of_the_note_that_the_record_did_not_take_is_not_lost() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    draft = lead.after.draft_note

    async def fails(text: str) -> Outcome:
        raise OSError("The disk is full.")

    lead.after.draft_note = fails  # type: ignore[method-assign]
    assert "The disk is full." in await typing.type("draft Calm.")
    lead.after.draft_note = draft  # type: ignore[method-assign]
    await typing.type("draft " + "x" * 12000)
    assert "Calm." in await typing.type("draft")
    await typing.type("draft Slept well.")
    assert [one.text for one in kept(lead, NoteDrafted)] == ["Calm.\nSlept well."]


async def test_a_fear_is_told_of_by_yes_or_no_and_by_numbers_that_rate_nothing() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    await typing.type("tested the rail breaks", "2", "no", "120", "20", "leave out")
    (one,) = kept(lead, Expectancy)
    assert (one.feared, one.about, one.occurred) == ("the rail breaks", "event", False)
    assert (one.likelihood_after, one.surprise) == (20, None)
    assert "rate" not in [act[0] for act in lead.acts]


async def test_once_a_fear_is_told_of_the_last_number_is_not_asked_for_any_more() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    await typing.type("tested the rail breaks", "2", "no", "20", "30")
    assert [one.surprise for one in kept(lead, Expectancy)] == [30]
    said = await typing.type("40")
    assert "type 40 again if it is a rating" in said[0]
    assert "debrief.surprise" not in lead.after.typed(), "nothing is asked any more"
    await typing.type("40")
    assert lead.acts[-1][0] == "rate" and len(kept(lead, Expectancy)) == 1


@pytest.mark.parametrize("asks", ["form csq-vr", "form nosuch", "recovery", "tested I fall"])
async def test_numbers_pasted_behind_a_refused_question_are_named_and_rate_nothing(
    asks: str,
) -> None:
    lead = stopped() if asks == "form nosuch" else in_exposure()
    typing = await typing_on(lead)
    typing.send(asks, "1", "3", "40", "note calm", "50")
    said = await typing.settled()
    assert "rate" not in [act[0] for act in lead.acts], said
    for number in ("1", "3", "40", "50"):
        assert any(f"takes {number} now" in line for line in said), said
    await typing.type("60")
    assert lead.acts[-1][:2] == ("rate", "60"), "what is typed later is a rating"


async def test_numbers_pasted_where_yes_or_no_is_asked_or_too_many_of_them_rate_nothing() -> None:
    for lines in (
        ("tested I fall", "1", "60", "40"),
        ("form csq-vr", *"111111", "2", "3"),
    ):
        lead = stopped()
        typing = await typing_on(lead)
        typing.send(*lines)
        said = await typing.settled()
        assert "rate" not in [act[0] for act in lead.acts], said
        assert all(any(f"{n} " in line for line in said) for n in lines[-2:]), said


async def test_a_rating_pasted_behind_a_questionnaire_that_is_saved_is_a_rating() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    typing.send("form csq-vr", *"111111", "yes", "40")
    await typing.settled()
    assert lead.acts[-1][:2] == ("rate", "40")


async def test_a_yes_behind_a_refused_question_confirms_nothing_that_was_asked_before() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    await typing.type("begin 2")
    typing.send("form nosuch", "1", "yes")
    said = await typing.settled()
    assert said[-1] == "Nothing is to be confirmed now." and ("begin_trial",) not in lead.acts


async def test_what_is_half_told_of_a_fear_stays_over_a_stop_and_goes_on() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    await typing.type("tested I faint", "1", "!")
    assert lead.after.typed()["debrief.feared"] == "I faint"
    await typing.type("tested", "yes", "5", "60")
    (one,) = kept(lead, Expectancy)
    assert (one.about, one.occurred, one.surprise) == ("own_reaction", True, 60)
    assert "debrief.feared" not in lead.after.typed()


async def test_words_that_were_not_saved_stay_to_be_kept_with_the_seal() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    said = await typing.type("homework " + "x" * 500)
    assert "at most" in said[0]
    assert lead.after.typed()["homework.what"] == "x" * 500


async def test_the_copy_is_of_the_session_that_ended_here_and_of_no_other() -> None:
    typing = await typing_on(StagedLead())
    assert "No session has ended" in (await typing.type("copy"))[0]
    typing = await typing_on(stopped())
    assert "once the session has ended" in (await typing.type("copy"))[0]
    watched = in_exposure(observing=True, in_control=False)
    typing = await typing_on(watched)
    watched.open = False
    await typing.pass_s(0.5)
    told = await typing.type("copy")
    assert any("This key may watch" in line or "No session has ended" in line for line in told)
    assert watched.acts == [] and not any("copy is at" in line for line in told), told


@pytest.mark.parametrize("language", BOTH)
async def test_another_fear_is_not_begun_over_one_that_is_half_told_before_it_is_let_go(
    language: Language,
) -> None:
    tested, no, yes = {"en": ("tested", "no", "yes"), "fr": ("testé", "non", "oui")}[language]
    lead = stopped()
    typing = await typing_on(lead, language)
    await typing.type(f"{tested} the rail breaks", "2", no)
    (told,) = [line for line in await typing.type(f"{tested} I faint") if "I faint" in line]
    assert "the rail breaks" in told and tested in told and yes in told
    await typing.type(tested, "20", "30")
    (one,) = kept(lead, Expectancy)
    assert (one.feared, one.likelihood_after, one.surprise) == ("the rail breaks", 20, 30)
    await typing.type(f"{tested} the rail breaks", "2", no)
    await typing.type(f"{tested} I faint", yes, "1", yes, "60", "40")
    assert kept(lead, Expectancy)[-1].feared == "I faint", "let go by a word of its own"
