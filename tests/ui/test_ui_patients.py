"""Finding a patient among many, seeing the course, and not taking one for another."""

from __future__ import annotations

import re

import pytest
from consoles import console
from staged import StagedLead
from textual.widgets import Input

from controller.language import Language
from controller.session.check_digits import check_digits
from controller.session.now import Outcome, PatientCard
from controller.ui.screens.base import Ways
from controller.ui.screens.patients import PatientsScreen
from controller.ui.screens.start import StartScreen

SIZES = [(80, 24), (200, 60)]


def many() -> StagedLead:
    cards = [PatientCard(f"p{n}", f"P-{n:04}", 7, "0-100", 0, None) for n in range(1, 60)]
    return StagedLead(cards=cards)


@pytest.mark.parametrize("size", SIZES)
async def test_two_keys_and_a_part_of_the_name_find_one_among_many(size) -> None:
    async with console(many(), size) as hands:
        await hands.press("p", "f", *"0042")
        assert "P-0042" in hands.within("#found") and "P-0041" not in hands.within("#found")
        await hands.press("enter")
        assert isinstance(hands.app.screen, StartScreen)
        assert hands.app.screen.patient().pseudonym == "P-0042"


async def test_digits_of_another_patient_find_nobody_and_say_so() -> None:
    async with console(many(), (80, 24)) as hands:
        wrong = check_digits("P-0041")
        await hands.press("p", "f", *"P-0042", "space", *wrong)
        assert "0 OF 59" in hands.text() and "check digits have to fit" in hands.text()
        await hands.press("escape")
        assert "59 OF 59" in hands.text()


@pytest.mark.parametrize("cards", [0, 1], ids=["the first", "one more"])
async def test_a_patient_added_on_this_page_is_chosen_by_enter(cards: int) -> None:
    lead = StagedLead(cards=many().cards[:cards])
    async with console(lead, (80, 24)) as hands:
        await hands.press("p", "a", *"P-9042", "enter", "enter", "f", *"9042", "enter")
        assert isinstance(hands.app.screen, StartScreen)
        chosen = hands.app.screen.patient()
        assert chosen is not None and chosen.pseudonym == "P-9042"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("check digits", "Highest level", "80 → 70 → ○ → 45", "ask before the next")),
        ("fr", ("chiffres de contrôle", "Plus haut niveau", "80 → 70 → ○ → 45", "À revoir")),
    ],
)
async def test_the_course_is_seen_at_a_glance(language: Language, words) -> None:
    async with console(StagedLead(), (120, 40), language) as hands:
        await hands.press("p")
        told = hands.within("#course")
        assert all(word in told for word in words), told
        assert check_digits("P-0417") in hands.within("#found")


async def test_a_course_longer_than_the_screen_is_read_by_the_page_keys() -> None:
    async with console(StagedLead(), (80, 24)) as hands:
        await hands.press("p")
        assert "2026-02-02" not in hands.within("#course")
        await hands.press("pagedown")
        assert "2026-02-02" in hands.within("#course")


async def test_a_missing_peak_is_never_the_one_before() -> None:
    async with console(StagedLead(), (120, 40)) as hands:
        await hands.press("p")
        bars = next(line for line in hands.lines() if "▇" in line)
        assert "▇ ▆ ○ ▄" in bars


async def test_the_next_appointment_is_agreed_and_taken_back() -> None:
    lead = StagedLead()
    async with console(lead, (80, 24)) as hands:
        await hands.press("p", "t", *"2099-12-24", "space", *"14:30", "enter")
        assert "2099-12-24 14:30" in hands.within("#course")
        await hands.press("t", "enter")
        assert "none agreed on" in hands.within("#course")


async def test_a_wrong_day_is_told_and_what_was_typed_stays() -> None:
    lead = StagedLead()
    async with console(lead, (80, 24)) as hands:
        await hands.press("p", "t", *"tomorrow", "enter")
        assert "Write the day" in hands.text() and "tomorrow" in hands.text()
        assert lead.courses.agreed == []


@pytest.mark.parametrize(
    ("language", "shown", "allows"),
    [("en", "restricted", "Enter allows use again"), ("fr", "restreint", "Entrée permet")],
)
async def test_a_patient_is_locked_for_a_reason_and_allowed_again(
    language: Language, shown: str, allows: str
) -> None:
    lead = StagedLead()
    lead.courses.cards = lead.cards
    async with console(lead, (80, 24), language) as hands:
        await hands.press("p", "l", "enter")
        assert lead.cards[0].restricted is None, "never without a reason"
        await hands.press(*"claim", "enter")
        assert lead.cards[0].restricted == "claim"
        assert shown in hands.within("#found")
        await hands.press("l")
        assert "claim" in hands.text() and allows in hands.text()
        await hands.press("escape")
        assert lead.cards[0].restricted == "claim", "left as it was"
        await hands.press("l", "enter")
        assert lead.cards[0].restricted is None


async def test_a_lock_that_takes_its_time_leaves_the_next_line_and_the_next_screen_alone() -> None:
    lead = StagedLead()
    async with console(lead, (80, 24)) as hands:
        await hands.press("p", "l", *"claim")
        patients, done = hands.app.screen, Outcome(True, "")
        assert isinstance(patients, PatientsScreen)
        await hands.press("escape", "down", "t", *"2099")
        patients._saved(("p1", "lock"), done)
        assert patients.query_one("#line", Input).value == "2099", "it is of another patient"
        await hands.press("escape")
        hands.app.pop_screen()
        await hands.press("down")
        assert not patients.is_attached
        patients._saved(("p1", "lock"), done)


async def test_a_record_that_cannot_be_read_is_said_and_the_patient_can_be_chosen() -> None:
    lead = StagedLead()
    lead.courses.readable = False
    async with console(lead, (80, 24)) as hands:
        await hands.press("p")
        assert "cannot be read" in hands.text()
        await hands.press("down", "enter")
        assert hands.app.screen.patient().pseudonym == "P-0502"


async def test_stop_is_one_key_here_too() -> None:
    lead = StagedLead()
    async with console(lead, (80, 24)) as hands:
        await hands.press("p", "f", "f12")
        assert lead.stops == 1
        assert isinstance(hands.app.screen, PatientsScreen)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_long_reason_of_a_lock_takes_neither_enter_nor_escape_away(
    language: Language,
) -> None:
    why = "the patient asked for it by letter, until the complaint is settled " * 3
    locked = PatientCard("p1", "P-0001", 7, "0-100", 0, None, restricted=why[:200])
    async with console(StagedLead(cards=[locked]), (80, 24), language) as hands:
        await hands.press("p", "l")
        told = hands.within("#foot")
        keys = {"en": ("Enter allow use again", "Esc leave it"),
                "fr": ("Entrée permettre de nouveau", "Échap laisser")}[language]  # fmt: skip
        assert all(key in told for key in keys), told
        assert "the complaint is settled" in " ".join(hands.within("#course").split())
        await hands.press("escape")
        assert "Enter choose" in hands.text() or "Entrée choisir" in hands.text()


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", (("H sessions", "E hierarchy"), ("A add", "T appointment"))),
        ("fr", (("H séances", "E hiérarchie"), ("A ajouter", "T rendez-vous"))),
    ],
)
async def test_at_80_columns_the_keys_used_most_are_named_and_the_others_counted(
    language: Language, named: tuple[tuple[str, ...], ...]
) -> None:
    async with console(many(), (80, 24), language) as hands:
        for keys, then in zip(named, ("p", "escape"), strict=True):
            line = hands.lines()[-1]
            assert all(key in line for key in keys), line
            told = re.search(r" \+([1-9])", line)
            ways = hands.app.screen.query_one(Ways).ways
            left = len(ways) - sum(f"{way.key} {way.text}" in line for way in ways)
            assert left == (0 if told is None else int(told[1])), line
            await hands.press(then)
