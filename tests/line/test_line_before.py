"""What is asked before exposure, line by line: screening, consent, today, checks, ways out."""

from __future__ import annotations

import pytest
from lines import Typing
from preparing import SCREENING
from staged import StagedLead
from staged_before import PreparingLead, in_session, patient_cards

from controller.language import Language, use
from controller.line.news import Watcher
from controller.protocol.reading import shipped
from controller.session.before.entries import ScreeningAnswer
from vr_runtime.wire.acts import Phase

BOTH: tuple[Language, ...] = ("en", "fr")
NO: dict[Language, str] = {"en": "no", "fr": "non"}
YES: dict[Language, str] = {"en": "yes", "fr": "oui"}


def fresh() -> PreparingLead:
    """A patient of whom nothing is there yet."""
    return PreparingLead(cards=patient_cards(prepared=False))


def screened(lead: PreparingLead) -> dict[str, ScreeningAnswer]:
    """The answers of the screening that was sent."""
    sent = [act for act in lead.acts if act[0] == "answer_screening"]
    assert len(sent) == 1, lead.acts
    return {one.item: one for one in sent[0][2]}  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", BOTH)
async def test_a_patient_is_prepared_by_lines_alone_and_each_missing_thing_is_named(
    language: Language,
) -> None:
    w = {"en": ("before", "screening", "consent 2026-11 signed"),
         "fr": ("avant", "dépistage", "consentement 2026-11 signé")}[language]  # fmt: skip
    lead = fresh()
    typing = Typing(lead, language)
    await typing.begin()
    assert len(await typing.type(w[0])) == 3, "how many, then a line each"
    await typing.type(w[1], *[NO[language]] * len(SCREENING.items), w[2])
    assert not any(one.yes for one in screened(lead).values())
    assert lead.acts[-1][:4] == ("consent", "p1", "session", "2026-11")
    assert len(await typing.type(w[0])) == 1


async def test_each_question_says_what_a_yes_leads_to_and_where_it_is_from() -> None:
    typing = Typing(fresh())
    await typing.begin()
    said = await typing.type("screening")
    assert f"of {len(SCREENING.items)}: {SCREENING.items[0].en}" in said[1]
    assert said[2].startswith("A yes:")
    assert said[-1].startswith("Source: ")


async def test_a_yes_is_cleared_gone_ahead_with_or_waits() -> None:
    lead = fresh()
    typing = Typing(lead)
    await typing.begin()
    await typing.type("screening", "yes", "cleared Dr Example, 3 March")
    await typing.type("yes", "despite agreed with the family", "yes", "wait")
    await typing.type(*["no"] * (len(SCREENING.items) - 3))
    dealt = [screened(lead)[one.id] for one in SCREENING.items[:3]]
    assert [(one.dealt, one.why) for one in dealt] == [
        ("cleared", "Dr Example, 3 March"),
        ("overridden", "agreed with the family"),
        ("open", ""),
    ]


async def test_a_clearance_without_words_asks_again_and_loses_nothing() -> None:
    lead = fresh()
    typing = Typing(lead)
    await typing.begin()
    said = await typing.type("screening", "no", "yes", "cleared")
    assert any(line.startswith("Say why") for line in said)
    await typing.type("cleared by her doctor", *["no"] * (len(SCREENING.items) - 2))
    assert screened(lead)[SCREENING.items[1].id].why == "by her doctor"


async def test_a_stop_in_the_middle_of_a_question_is_first_and_the_answers_stay() -> None:
    lead = in_session()
    typing = Typing(lead)
    await typing.begin()
    await typing.type("screening", "no", "no", "yes", "!")
    assert lead.acts == [("stop",)]
    said = await typing.type("screening")
    assert said[1].startswith("2 answers stand already")
    assert "Question 3 of" in said[2]
    said = await typing.type("screening anew")
    assert "Question 1 of" in said[1]


async def test_a_number_in_the_middle_of_a_question_stays_a_rating() -> None:
    lead = in_session()
    typing = Typing(lead)
    await typing.begin()
    await typing.type("today", "no", "1", "no", "no", "yes", "2", "why usual dose", "no", "no")
    assert [act[0] for act in lead.acts] == ["rate", "rate", "answer_today"]
    given = {item: (yes, why) for item, yes, why in lead.acts[-1][1]}  # type: ignore[attr-defined]
    assert given["medication"] == (True, "usual dose")
    assert sum(yes for yes, _why in given.values()) == 1


async def test_a_session_is_not_opened_and_what_is_missing_is_said_line_by_line() -> None:
    lead = fresh()
    typing = Typing(lead)
    await typing.begin()
    said = await typing.type("open 1 1")
    assert lead.acts == []
    assert any("Consent to exposure is not noted. Type: consent" in line for line in said)
    assert any("The screening was not answered. Type: screening" in line for line in said)


async def test_a_consent_says_how_it_was_given_and_a_guardians_that_the_minor_agrees() -> None:
    lead = fresh()
    typing = Typing(lead)
    await typing.begin()
    assert (await typing.type("consent 2026-11"))[0].startswith("Type: consent")
    assert (await typing.type("consent 2026-11 signed soon"))[0].startswith("Type: consent")
    assert lead.acts == []
    await typing.type("consent pose version B 2 verbal by guardian with assent")
    await typing.type("withdraw pose by guardian")
    how = {"by": "guardian", "assent": True, "signed": False}
    assert lead.acts == [
        ("consent", "p1", "pose", "version B 2", how),
        ("withdraw", "p1", "pose", "guardian"),
    ]


@pytest.mark.parametrize("language", BOTH)
async def test_a_minor_by_the_screening_waits_for_guardian_and_assent_and_is_told_what_to_type(
    language: Language,
) -> None:
    w = {"en": ("before", "screening", "consent 2026-11 signed by guardian with assent",
                "cleared the family knows", "consent 2026-11 signed"),
         "fr": ("avant", "dépistage", "consentement 2026-11 signé par représentant avec accord",
                "accord la famille le sait", "consentement 2026-11 signé")}[language]  # fmt: skip
    lead = fresh()
    typing = Typing(lead, language)
    await typing.begin()
    minor = [
        part
        for one in SCREENING.items
        for part in ((YES[language], w[3]) if one.id == "minor" else (NO[language],))
    ]
    await typing.type(w[1], *minor, w[4])
    said = await typing.type(w[0])
    assert len(said) == 2 and w[4] in said[1].replace("VERSION", "2026-11")
    assert {"en": "assent", "fr": "accord du mineur"}[language] in said[1]
    await typing.type(w[2])
    assert len(await typing.type(w[0])) == 1


async def test_checks_are_numbered_and_done_or_left_out_by_name_or_number() -> None:
    lead = in_session()
    typing = Typing(lead)
    await typing.begin()
    said = await typing.type("checks")
    assert [line[:2] for line in said[1:]] == [f"{n}." for n in range(1, 8)]
    assert all("to be checked" in line for line in said[1:])
    assert (await typing.type("check 1"))[0].startswith("Type: check")
    assert (await typing.type("leave out sound"))[0].startswith("Type: leave out")
    await typing.type("check 1 done", "leave out sound no loudspeaker here")
    assert lead.acts == [("check", "display", ""), ("check", "sound", "no loudspeaker here")]
    said = await typing.type("checks")
    assert said[1].endswith(": done.")
    assert said[2].endswith(": left out: no loudspeaker here.")


async def test_a_way_out_counts_by_the_runtimes_news_alone_and_that_is_told() -> None:
    lead = in_session()
    typing = Typing(lead)
    await typing.begin()
    assert "counts once" in " ".join(await typing.type("check 6 done"))
    said = await typing.type("safe place")
    assert any("Way out: therapist: rehearsed" in line for line in said)
    lead.press_way_out()
    await typing.pass_s(1.0)
    assert any("Way out: patient: rehearsed" in line for line in typing.said())
    said = await typing.type("checks")
    assert all(line.endswith("rehearsed, as the patient's side told.") for line in said[-2:])


async def test_nothing_is_asked_outside_a_session_or_after_the_first_trial_began() -> None:
    lead = fresh()
    typing = Typing(lead)
    await typing.begin()
    assert await typing.type("today") == ["No session is open."]
    lead = in_session()
    lead.trial = 1
    typing = Typing(lead)
    await typing.begin()
    assert "first trial has begun" in (await typing.type("check 1 done"))[0]
    assert lead.acts == []


@pytest.mark.parametrize("language", BOTH)
async def test_the_protocols_own_stop_sign_stands_with_its_check_and_in_the_help(
    language: Language,
) -> None:
    sign = next(one for one in shipped().protocol.stop.signs if one.id == "patient-stop")
    checks, help_ = {"en": ("checks", "help"), "fr": ("vérifications", "aide")}[language]
    typing = Typing(in_session(), language)
    await typing.begin()
    assert sum(sign.of(language) in said for said in await typing.type(checks)) == 1
    assert sum(sign.of(language) in said for said in await typing.type(help_)) == 1


def test_safe_place_and_stop_sign_are_told_in_a_line_each_as_a_session_opens() -> None:
    use("en")
    news = Watcher(StagedLead().now(), lambda: "Stop at once: a raised hand.")
    told = news.look(StagedLead(open=True, phase=Phase.READY).now(), 0.0)
    first = next(at for at, said in enumerate(told) if "The session is open" in said)
    assert told[first + 1].endswith("Safe place: meadow.")
    assert told[first + 2].endswith("Stop at once: a raised hand.")
