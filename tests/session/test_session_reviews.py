"""A past session read again: what is told of it, what it is compared with, and later words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from recording import corrected_in_may
from staged_reviews import Shelf, reviews_of, two_sessions, with_a_fright

from controller.language import use
from controller.session.after.entries import (
    Debriefed,
    NoteDrafted,
    NoteValidated,
    Released,
    ReleaseItem,
)
from controller.session.document import Document
from controller.session.documents import Correction, SessionClosed
from controller.session.reviewed import NotReviewed, Reviewed, Told
from controller.session.reviews import Reviews


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


async def seen(shelf: Shelf, session: str = "s0", palier: str = "0.1.0") -> Reviewed:
    found = await reviews_of(shelf, palier).read(session)
    assert isinstance(found, Reviewed)
    return found


def entry(told: Reviewed, words: str) -> int:
    found = next(one.entry for one in told.rows if words in one.text)
    assert found is not None
    return found


def with_words(told: Reviewed, words: str) -> list[Told]:
    return [one for one in told.rows if words in one.text]


async def test_only_a_rating_bears_distress_and_no_other_row_carries_it_on() -> None:
    told = await seen(two_sessions())
    assert all(one.suds is None for one in told.rows if one.kinds[0] != "rating")
    assert [one.suds for one in told.rows if one.kinds[0] == "rating"].count(None) == 1


async def test_a_stop_says_by_whom_it_came() -> None:
    told = await seen(two_sessions())
    assert with_words(told, "Stop: by the therapist")
    assert with_words(told, "Safe place: the patient left the scene")


async def test_a_later_word_of_another_day_stands_below_with_its_hand_and_its_day() -> None:
    told = await seen(Shelf({"s-2026-0309": corrected_in_may().entries}), "s-2026-0309")
    at = next(n for n, one in enumerate(told.rows) if "distress 65" in one.text)
    assert "first written: 70" in told.rows[at].text
    below = told.rows[at + 1]
    assert below.later and "Bea" in below.text and "12 May 2026" in below.text
    assert "70 → 65" in below.text and "seen on film" in below.text


async def test_equal_sessions_are_compared_and_others_say_why_not() -> None:
    told = await seen(two_sessions())
    assert told.compared.why_not == ""
    assert any("Compared with: session 1" in beside for _figures, beside in told.compared.rows)
    other = two_sessions()
    other.kept["s0"] = with_a_fright("s0", 4, display="offscreen").entries
    told = await seen(other)
    assert {beside for _figures, beside in told.compared.rows} == {"not compared: another display"}


async def test_the_first_session_and_an_open_one_are_compared_with_nothing() -> None:
    assert "first session" in (await seen(two_sessions(), "s9")).compared.why_not
    shelf = two_sessions()
    shelf.kept["s0"] = [e for e in shelf.kept["s0"] if not isinstance(e.data, SessionClosed)]
    told = await seen(shelf)
    assert "still open" in told.compared.why_not and not told.closed
    assert any("still open" in remark for remark in told.remarks)


def said_after(*said: tuple[Document, str]) -> Shelf:
    """The quarter of an hour, and what was said after it with the hand that wrote it."""
    shelf = two_sessions()
    told = shelf.kept["s0"]
    at = next(n for n, one in enumerate(told) if isinstance(one.data, SessionClosed))
    shift = [one.model_copy(update={"seq": one.seq + len(said)}) for one in told[at:]]
    del told[at:]
    for words, by in said:
        update = {
            "seq": told[-1].seq + 1,
            "kind": words.model_dump()["kind"],
            "data": words,
            "operator": by,
        }
        told.append(told[-1].model_copy(update=update))
    told.extend(shift)
    return shelf


async def test_a_note_that_was_validated_again_is_read_with_its_first_words_and_both_hands() -> (
    None
):
    tick = 26_000
    number = next(e.seq for e in two_sessions().kept["s0"] if isinstance(e.data, SessionClosed))
    told = await seen(
        said_after(
            (NoteValidated(text="All went well.", tick=tick), "op-1"),
            (Debriefed(learned="It holds.", tick=tick), "op-1"),
            (NoteValidated(text="All but one.", corrects=number, tick=tick), "op-2"),
            (NoteValidated(text="All but two.", corrects=number + 2, tick=tick), "op-1"),
        )
    )
    at = next(n for n, one in enumerate(told.rows) if "All went well." in one.text)
    first, second, third, other = told.rows[at : at + 4]
    assert first.text == "Note, validated: All went well. (Ada)" and not first.later
    assert second.later and second.text.startswith("Note, corrected and validated; Bea; ")
    assert second.text.endswith(": All but one.")
    assert third.later and "Ada" in third.text and "All but two." in third.text
    assert other.text == "Learned, in the patient's words: It holds. (Ada)"
    assert all("correction" in one.kinds for one in (first, second, third))
    assert "correction" not in other.kinds


async def test_what_was_said_anew_after_the_exposure_stands_below_what_was_said_first() -> None:
    tick = 26_000

    def released(**driving: object) -> Released:
        points = (
            ReleaseItem(id="symptoms", text="Free of symptoms.", confirmed=True),
            ReleaseItem.model_validate({"id": "driving", "text": "Does not drive."} | driving),
        )
        return Released(items=points, tick=tick)

    told = await seen(
        said_after(
            (Debriefed(learned="Nothing.", tick=tick), "op-1"),
            (released(confirmed=True), "op-1"),
            (Debriefed(learned="It passes.", tick=tick), "op-2"),
            (released(confirmed=False, reason="came by car"), "op-2"),
        )
    )
    at = next(n for n, one in enumerate(told.rows) if "Nothing." in one.text)
    words = [(one.later, one.text) for one in told.rows[at : at + 5]]
    assert [later for later, _text in words] == [False, True, False, False, True]
    assert "Bea" in words[1][1] and words[1][1].endswith(": It passes.")
    assert words[2][1] == "Release: Free of symptoms. ✓ (Ada)"
    assert "Free of symptoms. ✓" in words[4][1] and "came by car" in words[4][1]


async def test_a_draft_is_read_wherever_its_words_went_no_further() -> None:
    tick = 26_000
    told = await seen(
        said_after(
            (NoteDrafted(text="He was", tick=tick), "op-1"),
            (NoteDrafted(text="He was afraid.", tick=tick), "op-1"),
            (NoteDrafted(text="She was afraid.", tick=tick), "op-1"),
            (NoteValidated(text="She was afraid. She stayed.", tick=tick), "op-1"),
        )
    )
    assert [one.text for one in with_words(told, "was")][-2:] == [
        "Note: a draft, not validated: He was afraid. (Ada)",
        "Note, validated: She was afraid. She stayed. (Ada)",
    ]
    assert len(with_words(told, "a draft")) == 1


@pytest.mark.parametrize("how", ["an entry cannot be read", "it has no opening"])
async def test_an_earlier_session_that_cannot_be_read_hides_no_later_one(how: str) -> None:
    shelf = two_sessions()
    if how == "it has no opening":
        shelf.without_opening = "s9"
    else:
        shelf.damaged = "s9"
    told = await seen(shelf)
    assert told.compared.why_not == "Not compared: the session of 9 March 2026 cannot be read."
    assert with_words(told, "distress 70") and told.closed


async def test_a_later_session_that_cannot_be_read_keeps_no_earlier_one_from_its_comparison() -> (
    None
):
    shelf = two_sessions()
    shelf.kept["s8"] = with_a_fright("s8", 5).entries
    shelf.damaged = "s8"
    told = await seen(shelf)
    assert any("Compared with: session 1" in beside for _figures, beside in told.compared.rows)


async def test_a_session_that_was_broken_off_says_so_and_shows_what_there_is() -> None:
    shelf = two_sessions()
    shelf.kept["s0"] = [
        e.model_copy(update={"data": e.data.model_copy(update={"how": "interrupted"})})
        if isinstance(e.data, SessionClosed)
        else e
        for e in shelf.kept["s0"]
    ]
    told = await seen(shelf)
    assert any("broken off" in remark for remark in told.remarks) and len(told.rows) > 30


async def test_a_record_of_an_earlier_version_says_so_and_shows_what_there_is() -> None:
    told = await seen(two_sessions(), palier="9.0.0")
    assert any("Written by Palier 0.1.0" in remark for remark in told.remarks)
    assert len(told.rows) > 30
    assert not (await seen(two_sessions())).remarks


async def test_restricted_data_are_named_and_neither_shown_nor_added_to() -> None:
    shelf = two_sessions()
    number = entry(await seen(shelf), "distress 70")
    shelf.restricted = "asked for"
    told = await seen(shelf)
    assert told.rows == () and told.compared.rows == () and not told.closed
    before = len(shelf.kept["s0"])
    outcome = await reviews_of(shelf).correct("s0", number, "65", "seen on film")
    assert not outcome.ok and "restricted" in outcome.text and len(shelf.kept["s0"]) == before


async def test_a_word_is_said_to_be_saved_only_once_the_record_holds_it() -> None:
    shelf = two_sessions()
    number = entry(await seen(shelf), "distress 70")
    go = asyncio.Event()
    append = shelf.append

    async def slowly(session: str, said: Correction) -> int:
        await go.wait()
        return await append(session, said)

    shelf.append = slowly  # type: ignore[method-assign,assignment]
    saying = asyncio.ensure_future(reviews_of(shelf).correct("s0", number, "65", "film"))
    while not saying.done() and not go.is_set():
        await asyncio.sleep(0)
        assert not saying.done()
        go.set()
    outcome = await saying
    assert outcome.ok and "Saved as entry" in outcome.text


WRONG: dict[str, Callable[[Reviews, int, int], object]] = {
    "no figure": lambda by, rating, event: by.correct("s0", rating, "much", "film"),
    "too high": lambda by, rating, event: by.correct("s0", rating, "101", "film"),
    "other digits": lambda by, rating, event: by.correct("s0", rating, "٦٥", "film"),
    "no reason": lambda by, rating, event: by.correct("s0", rating, "65", "  "),
    "too long": lambda by, rating, event: by.correct("s0", rating, "65", "x" * 401),
    "no such entry": lambda by, rating, event: by.correct("s0", 9999, "65", "film"),
    "mistake unsaid": lambda by, rating, event: by.mistaken("s0", event, ""),
    "a rating is no mistake": lambda by, rating, event: by.mistaken("s0", rating, "film"),
    "nothing found": lambda by, rating, event: by.follow_up("s0", event, "", "unknown", ""),
    "of a rating": lambda by, rating, event: by.follow_up("s0", rating, "well", "unknown", ""),
    "again too long": lambda by, rating, event: by.follow_up(
        "s0", event, "well", "recovering", "x" * 201
    ),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_cannot_be_said_is_one_sentence_and_enters_nothing(name: str) -> None:
    shelf = two_sessions()
    told = await seen(shelf)
    before = list(shelf.kept["s0"])
    rating, event = entry(told, "distress 70"), entry(told, "panic, moderate")
    outcome = await WRONG[name](reviews_of(shelf), rating, event)  # type: ignore[misc]
    assert not outcome.ok and outcome.text.endswith((".", "`"))
    assert shelf.kept["s0"] == before


async def test_who_may_not_lead_enters_nothing() -> None:
    shelf = two_sessions()
    number = entry(await seen(shelf), "distress 70")
    by = reviews_of(shelf)
    by._barred = lambda: "A trainee may not."
    outcome = await by.correct("s0", number, "65", "film")
    assert not outcome.ok and outcome.text == "A trainee may not."


async def test_without_a_record_nothing_is_read_and_nothing_fails() -> None:
    by = Reviews(two_sessions(), lambda: "", lambda ok, text, tone: None)  # type: ignore[arg-type,return-value]
    assert "look again later" in str(await by.read("s0"))
    assert "look again later" in str(await reviews_of(Shelf(fails=True)).read("s0"))
    assert issubclass(NotReviewed, Exception)


async def test_a_session_with_an_entry_that_cannot_be_read_says_which_and_what_to_do() -> None:
    shelf = two_sessions()
    shelf.damaged = "s0"
    told = await reviews_of(shelf, "0.1.0").read("s0")
    assert isinstance(told, str) and "Entry 7" in told and "palier verify" in told
