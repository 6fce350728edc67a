"""Going through a past session: all that happened, compared, and set right by later words."""

from __future__ import annotations

import asyncio

import pytest
from consoles import Hands, console
from staged import StagedLead
from staged_desk import ADA, StagedDesk
from staged_reviews import AtOnce, Shelf
from textual import events

from controller.language import Language, use
from controller.session.clinical import AdverseEvent
from controller.session.documents import Correction, Document
from controller.session.rectifying import Rectification
from controller.session.reviewed import KINDS, Reviewed, Told
from controller.ui.retold_rows import cells, row
from controller.ui.screens.past import PastScreen
from controller.ui.screens.review import ReviewScreen

SIZES = [(80, 24), (120, 40), (200, 60)]


async def go_to(hands: Hands, words: str) -> Told:
    """Walk down to the first row that says this."""
    screen = hands.app.screen
    assert isinstance(screen, ReviewScreen)
    for _step in range(len(screen._rows)):
        told = screen._at()
        if told is not None and words in told.text:
            return told
        await hands.press("down")
    raise AssertionError(f"no row says {words!r}")


def a_second_fright(lead: StagedLead) -> None:
    """Another panic in the newest session, a minute after the first."""
    told = lead.shelf.kept["s0"]
    first = next(one for one in told if isinstance(one.data, AdverseEvent))
    assert isinstance(first.data, AdverseEvent)
    again = first.data.model_copy(update={"at_s": 705.0, "description": "On the stairs again."})
    told.append(first.model_copy(update={"seq": told[-1].seq + 1, "data": again}))


async def only(hands: Hands, words: str) -> None:
    """The rows of one kind alone."""
    for _kind in KINDS:
        await hands.press("f")
        if words in hands.text():
            return
    raise AssertionError(words)


class Gate:
    """Holds back what the shelf is asked to keep until it is opened."""

    def __init__(self, lead: StagedLead) -> None:
        self.open, self.asked = asyncio.Event(), 0
        self._append = lead.shelf.append
        lead.shelf.append = self  # type: ignore[method-assign,assignment]

    async def __call__(self, session: str, said: Document) -> int:
        self.asked += 1
        await self.open.wait()
        return await self._append(session, said)


def later(lead: StagedLead) -> object:
    """What the newest entry of the newest session says."""
    return lead.shelf.kept["s0"][-1].data


@pytest.mark.parametrize("size", SIZES)
async def test_enter_on_a_past_session_shows_all_that_happened_in_order(size) -> None:
    async with console(StagedLead(), size) as hands:
        await hands.press("h", "enter")
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen)
        times = [one.at_s for one in screen._rows if one.at_s is not None]
        assert times == sorted(times) and len(times) > 30
        told = "\n".join(one.text for one in screen._rows)
        for words in (
            "Trial 1 begins, towards level 3.",
            "distress 70",
            "distress missing",
            "Stop: by the therapist",
            "Safe place: the patient left the scene",
            "Hands gripping the chair",
            "refused: Raise",
            "panic, moderate",
            "Follow-up: phone on Thursday",
        ):
            assert words in told, words
        assert "LYNX-07" in hands.text() and "F kind" in hands.text()


async def test_the_page_keys_reach_the_last_row() -> None:
    async with console(StagedLead(), (80, 24)) as hands:
        await hands.press("h", "enter")
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen)
        assert "14:40" not in hands.text()
        await hands.press(*["pagedown"] * 12)
        assert "14:40" in hands.text() and screen._at() == screen._rows[-1]


async def test_level_and_distress_are_drawn_by_shape_and_never_carried_on() -> None:
    rated = row(Told(60.0, ("rating",), "x", level=4.0, suds=70), 80).plain
    assert "4 ████···◉··" in rated
    later_on = row(Told(61.0, ("event",), "x", level=4.0), 80).plain
    assert "◉" not in later_on and "████······" in later_on
    assert "○" in row(Told(62.0, ("rating",), "x", level=4.0, missing=True), 80).plain
    assert [cells(columns) for columns in (80, 120, 200)] == [10, 20, 30]


async def test_one_key_shows_one_kind_after_the_other_and_then_all_again() -> None:
    async with console(StagedLead(), (120, 40)) as hands:
        await hands.press("h", "enter")
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen)
        every = screen._rows
        there = [kind for kind in KINDS if any(kind in one.kinds for one in every)]
        for kind in there:
            await hands.press("f")
            assert screen._rows == tuple(one for one in every if kind in one.kinds)
            assert KINDS[kind] in hands.text()
        await hands.press("f")
        assert screen._rows == every


async def test_a_correction_stands_below_what_it_corrects_and_both_are_read() -> None:
    async with console(StagedLead(), (120, 40)) as hands:
        await hands.press("h", "enter")
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen)
        at = next(n for n, one in enumerate(screen._rows) if "distress 60" in one.text)
        first, below = screen._rows[at : at + 2]
        assert "first written: 45" in first.text
        assert below.later and "45 → 60" in below.text and "heard wrongly" in below.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Compared with: session 1", "Fall of peak: 0", "Session 2: 9 April")),
        ("fr", ("Comparée à : séance 1", "Baisse du pic : 0", "Séance 2 : 9 avril")),
    ],
)
async def test_c_compares_at_equal_level_in_the_words_of_the_report(
    language: Language, words: tuple[str, ...]
) -> None:
    async with console(StagedLead(), (120, 40), language) as hands:
        await hands.press("h", "enter", "c")
        told = hands.within("#comparison").replace("\u00a0", " ")
        assert all(word in told for word in words), told
        await hands.press("escape")
        assert "Trial 1" in hands.text() or "essai 1" in hands.text()


async def test_the_first_session_says_why_nothing_is_compared() -> None:
    async with console(StagedLead(), (80, 24)) as hands:
        await hands.press("h", "down", "enter", "c")
        assert "it is the first session of this patient" in hands.text()


async def test_a_rating_is_corrected_by_a_new_entry_with_its_reason() -> None:
    lead = StagedLead()
    async with console(lead, (80, 24)) as hands:
        await hands.press("h", "enter")
        told = await go_to(hands, "distress 70")
        before = list(lead.shelf.kept["s0"])
        await hands.press("a", *"65", "enter", *"seen", "space", *"on", "space", *"film", "enter")
        said = later(lead)
        assert isinstance(said, Correction)
        assert (said.corrects, said.suds, said.text) == (told.entry, 65, "seen on film")
        assert lead.shelf.kept["s0"][:-1] == before
        assert "Saved as entry" in hands.text()
        assert "70 → 65" in hands.text() and "Bea" in hands.text(), hands.text()


async def test_a_wrong_figure_is_told_and_nothing_that_was_typed_is_lost() -> None:
    lead = StagedLead()
    async with console(lead, (80, 24)) as hands:
        await hands.press("h", "enter")
        await go_to(hands, "distress 70")
        before = len(lead.shelf.kept["s0"])
        await hands.press("a", *"165", "enter", *"typed", "enter")
        assert len(lead.shelf.kept["s0"]) == before
        assert "0 to 100" in hands.text() and "165" in hands.within("#word")
        await hands.press("backspace", "enter")
        assert "typed" in hands.within("#word")
        await hands.press("escape")
        assert "Nothing was entered." in hands.text()


async def test_a_note_reads_otherwise_from_now_on_and_its_first_words_stay() -> None:
    lead = StagedLead()
    async with console(lead, (120, 40)) as hands:
        await hands.press("h", "enter")
        await go_to(hands, "Hands gripping the chair")
        await hands.press("a")
        assert "Hands gripping" in hands.within("#word")
        await hands.press(*"!", "enter")
        told = " ".join(hands.within("#retold").split())
        assert told.count("look at the street.!") == 2 and "look at the street. →" in told


async def test_the_follow_up_of_an_adverse_event_is_a_later_word_on_it() -> None:
    lead = StagedLead()
    async with console(lead, (120, 40)) as hands:
        await hands.press("h", "enter")
        told = await go_to(hands, "panic, moderate")
        await hands.press("u", *"slept", "space", *"well", "enter")
        assert "R recovered" in hands.text()
        await hands.press("r")
        said = later(lead)
        assert isinstance(said, Rectification) and said.of == told.entry
        assert said.why == "slept well" and said.stands is not None
        assert said.stands.outcome == "recovered" and said.was.outcome == "unknown"  # type: ignore[union-attr]
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen)
        at = next(n for n, one in enumerate(screen._rows) if one.entry == told.entry)
        now, below = screen._rows[at : at + 2]
        assert "recovered" in now.text and "slept well" in below.text
        assert "before: " in below.text and "phone on Thursday" in below.text
        assert "slept well" in hands.text(), "what was just said is seen"


async def test_what_is_not_over_is_looked_at_again_on_a_day() -> None:
    lead = StagedLead()
    async with console(lead, (120, 40)) as hands:
        await hands.press("h", "enter")
        await go_to(hands, "panic, moderate")
        await hands.press("u", *"tired", "enter", "n", *"Friday", "enter")
        said = later(lead)
        assert isinstance(said, Rectification) and said.stands is not None
        assert said.stands.follow_up == "Friday"  # type: ignore[union-attr]


async def test_what_was_noted_by_mistake_stays_and_says_why() -> None:
    lead = StagedLead()
    async with console(lead, (120, 40)) as hands:
        await hands.press("h", "enter")
        await go_to(hands, "panic, moderate")
        await hands.press("a", *"another", "space", *"patient", "enter")
        said = later(lead)
        assert isinstance(said, Rectification) and said.stands is None
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen)
        told = next(one for one in screen._rows if "panic, moderate" in one.text)
        assert "noted by mistake" in told.text and "another patient" in hands.text()
        await hands.press("a")
        assert "Choose distress, a note" in hands.text()


async def test_what_is_no_entry_of_this_kind_is_refused_in_one_sentence() -> None:
    async with console(StagedLead(), (120, 40)) as hands:
        await hands.press("h", "enter")
        await go_to(hands, "Trial 1 begins")
        await hands.press("a")
        assert "Choose distress, a note" in hands.text()
        await hands.press("u")
        assert "Choose the row of an adverse event first." in hands.text()


async def test_restricted_data_say_so_and_nothing_of_them_is_shown() -> None:
    lead = StagedLead()
    lead.shelf.restricted = "asked for"
    async with console(lead, (80, 24)) as hands:
        await hands.press("h", "enter")
        assert "are restricted" in hands.text() and "0 OF 0 ROWS" in hands.text()
        assert "distress 70" not in hands.text()
        await hands.press("a", "c")
        assert "are restricted" in hands.within("#comparison")


async def test_a_record_that_cannot_be_read_is_said_and_escape_leads_back() -> None:
    lead = StagedLead()
    lead.shelf = Shelf(fails=True)
    async with console(lead, (80, 24)) as hands:
        await hands.press("h", "enter")
        assert "cannot be read" in hands.text()
        await hands.press("escape")
        assert isinstance(hands.app.screen, PastScreen)


async def test_that_a_session_was_looked_at_is_noted() -> None:
    lead = StagedLead()
    async with console(lead, (80, 24)) as hands:
        await hands.press("h")
        assert lead.shelf.looked == []
        await hands.press("enter")
        assert set(lead.shelf.looked) == {"s0"}


async def test_stop_is_one_key_while_a_word_is_typed() -> None:
    lead = StagedLead()
    async with console(lead, (80, 24)) as hands:
        await hands.press("h", "enter")
        await go_to(hands, "distress 70")
        await hands.press("a", *"6", "f12")
        assert lead.stops == 1


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_row_is_read_whole_in_the_smallest_terminal(language: Language) -> None:
    use(language)
    async with console(StagedLead(), (80, 24), language) as hands:
        await hands.press("h", "enter")
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen)
        for told in screen._rows:
            drawn = row(told, 77).plain
            assert "…" not in drawn
            assert all(len(line) <= 77 for line in drawn.splitlines()), drawn
            assert "".join(told.text.split()) in "".join(drawn.split())


@pytest.mark.parametrize("letter", ["a", "u"])
async def test_a_letter_right_after_an_arrow_is_about_the_row_it_leads_to_and_names_it(
    letter: str,
) -> None:
    lead = StagedLead()
    a_second_fright(lead)
    async with console(lead, (80, 24)) as hands:
        await hands.press("h", "enter")
        await only(hands, "adverse events and fears")
        await go_to(hands, "panic, moderate")
        hands.send("down", letter)
        await hands.settle()
        assert hands.within("#about").strip().startswith("11:45 adverse event: panic")
        await hands.press("x", "enter", *(("r",) if letter == "u" else ()))
        said = later(lead)
        assert isinstance(said, Rectification) and isinstance(said.was, AdverseEvent)
        assert said.was.description == "On the stairs again."
        assert "✓ 11:45 adverse event" in hands.text() and "Saved as entry" in hands.text()


@pytest.mark.parametrize("size", SIZES)
async def test_enter_right_after_an_arrow_opens_and_logs_the_session_it_leads_to(size) -> None:
    lead = StagedLead()
    async with console(lead, size) as hands:
        await hands.press("h")
        hands.send("down", "enter")
        await hands.settle()
        assert set(lead.shelf.looked) == {"s9"}
        await hands.press("escape")
        hands.send("up", "r")
        await hands.settle()
        assert ("report", "s0") in lead.acts and ("report", "s9") not in lead.acts


async def test_whoever_has_gone_to_another_row_stays_there_when_the_saved_word_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lead = StagedLead()
    async with console(lead, (120, 40)) as hands:
        await hands.press("h", "enter")
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen)
        await go_to(hands, "distress 70")
        read, at_once = asyncio.Event(), AtOnce.read

        async def slowly(self: AtOnce, session: str) -> Reviewed | None:
            await read.wait()
            return await at_once(self, session)

        monkeypatch.setattr(AtOnce, "read", slowly)
        await hands.press("a", *"65", "enter", *"film", "enter", "down", "down")
        gone_to = screen._at()
        read.set()
        await hands.settle()
        assert any("70 → 65" in one.text for one in screen._rows), "the rows are the new ones"
        assert screen._at() == gone_to


async def test_a_doubled_enter_saves_one_word_and_escape_does_not_say_that_none_was() -> None:
    lead = StagedLead()
    async with console(lead, (120, 40)) as hands:
        await hands.press("h", "enter")
        await go_to(hands, "Hands gripping the chair")
        gate = Gate(lead)
        await hands.press("a")
        hands.send("!", "enter", "enter")
        await hands.until(lambda: "Saving…" in hands.text())
        hands.send("escape")
        await hands.until(lambda: "It is being saved" in hands.text())
        assert isinstance(hands.app.screen, ReviewScreen)
        gate.open.set()
        await hands.settle()
        assert gate.asked == 1
        assert "look at the street. →" in " ".join(hands.within("#retold").split())


async def test_a_second_escape_goes_back_while_the_record_keeps_one_waiting() -> None:
    lead = StagedLead()
    async with console(lead, (120, 40)) as hands:
        await hands.press("h", "enter")
        await go_to(hands, "Hands gripping the chair")
        gate = Gate(lead)
        await hands.press("a")
        hands.send("!", "enter")
        await hands.until(lambda: "Saving…" in hands.text())
        for at_s in (1000.0, 1001.0):
            key = events.Key("escape", None)
            key.time = at_s
            hands.app.post_message(key)
        await hands.until(lambda: isinstance(hands.app.screen, PastScreen))
        assert lead.stops == 0
        gate.open.set()
        await hands.settle()
        assert "Saved as entry" in hands.text()


async def test_the_letter_of_an_outcome_that_is_held_says_it_once_and_writes_no_report() -> None:
    lead = StagedLead()
    async with console(lead, (120, 40)) as hands:
        await hands.press("h", "enter")
        await go_to(hands, "panic, moderate")
        before = len(lead.shelf.kept["s0"])
        await hands.press("u", *"slept", "enter")
        hands.send(*("r",) * 6)
        await hands.settle()
        hands.send(*("r",) * 6)
        await hands.settle()
        assert len(lead.shelf.kept["s0"]) == before + 1
        assert not [act for act in lead.acts if act[0] == "report"]
        await hands.deliberately("r")
        assert [act for act in lead.acts if act[0] == "report"] == [("report", "s0")]


async def test_nothing_is_read_for_nobody_and_all_of_it_for_who_comes_then() -> None:
    desk, lead = StagedDesk(present=ADA), StagedLead()
    async with console(lead, (120, 40), desk=desk) as hands:
        await hands.press("h", "enter")
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen) and screen._rows
        seen = len(lead.shelf.looked)
        await hands.press("ctrl+l", "f6")
        assert len(lead.shelf.looked) == seen, "nobody looked at it"
        assert screen._rows == ()
        await hands.press("enter") if desk.present else None
        await hands.press(*"secret Ada", "enter")
        assert hands.app.screen is screen and len(lead.shelf.looked) == seen + 1
        assert "niveau" in hands.text() and len(screen._rows) > 30


async def test_a_click_on_the_page_keys_goes_through_all_pages_and_round() -> None:
    async with console(StagedLead(), (120, 40)) as hands:
        await hands.press("h", "enter")
        screen = hands.app.screen
        assert isinstance(screen, ReviewScreen)
        first = screen._at()
        for _page in range(12):
            await hands.click_text("Page keys")
            if screen._at() == screen._rows[-1]:
                break
        assert screen._at() == screen._rows[-1]
        await hands.click_text("Page keys")
        assert screen._at() == first
