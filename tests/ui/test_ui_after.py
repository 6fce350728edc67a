"""After the exposure: every part by keys, nothing enforced, nothing called done that is not."""

from __future__ import annotations

import pytest
from consoles import Hands, console
from staged import in_exposure
from staged_stopped import stopped

from controller.language import LANGUAGES, Language
from controller.session.after.entries import NoteDrafted, NoteValidated, Released
from controller.ui.screens.after import AfterScreen
from controller.ui.screens.finished import FinishedScreen
from controller.ui.screens.release import ReleaseScreen


def kept(hands: Hands, kind: type) -> list[object]:
    """What of one kind went to the record."""
    return [d for _s, d in hands.lead.record.kept() if isinstance(d, kind)]


async def to_part(hands: Hands, number: int) -> None:
    """Open a part of the page, counted from 0."""
    await hands.press("f5", *("down",) * number, "enter")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_two_keys_lead_there_and_the_end_can_be_had_without(language: Language) -> None:
    async with console(stopped(), (80, 24), language) as hands:
        await hands.press("x", "a")
        assert isinstance(hands.app.screen, AfterScreen)
        await hands.press("x", "enter")
        assert "close_session" in hands.did()
        assert isinstance(hands.app.screen, FinishedScreen)


async def test_in_the_scene_it_is_refused_and_says_what_to_do() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press("f5")
        assert "leave the scene first" in hands.within("#message")


async def test_digits_rate_distress_and_enter_records_the_recovery() -> None:
    async with console(stopped(), (80, 24)) as hands:
        await hands.press("f5", "2")
        await hands.deliberately("enter", "enter")
        assert ("rate", "2", "recovery") in hands.lead.acts
        assert "recovery_ended" in hands.lead.kinds()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_release_is_saved_only_when_every_point_is_decided(language: Language) -> None:
    async with console(stopped(), (80, 24), language) as hands:
        points = len(hands.lead.after.protocol.after.items)
        await to_part(hands, 4)
        assert isinstance(hands.app.screen, ReleaseScreen)
        await hands.deliberately(*("enter",) * (points - 1), "down", "enter")
        assert kept(hands, Released) == []
        await hands.press("up", "o", *"walks")
        await hands.deliberately("enter", "enter")
        (said,) = kept(hands, Released)
        assert isinstance(said, Released)
        assert [item.reason for item in said.items] == [""] * (points - 1) + ["walks"]


async def test_homework_is_kept_over_a_stop_and_saved_by_its_last_field() -> None:
    async with console(stopped(), (80, 24)) as hands:
        await to_part(hands, 3)
        await hands.press(*"bridge", "f12")
        await to_part(hands, 3)
        await hands.press("enter", *"daily", "enter", "enter")
        assert hands.lead._staged.after.homework.what == "bridge"


async def test_a_note_is_a_draft_until_its_author_validates_it() -> None:
    async with console(stopped(), (80, 24)) as hands:
        await to_part(hands, 5)
        await hands.press(*"Well.", "f12")
        assert [d.text for d in kept(hands, NoteDrafted)] == ["Well."]  # type: ignore[attr-defined]
        assert kept(hands, NoteValidated) == []
        await to_part(hands, 5)
        await hands.press("f9", "escape", "f9", "enter")
        assert [d.text for d in kept(hands, NoteValidated)] == ["Well."]  # type: ignore[attr-defined]


async def test_the_debrief_saves_what_was_learned_and_what_became_of_the_fear() -> None:
    async with console(stopped(), (80, 24)) as hands:
        await to_part(hands, 2)
        await hands.press(*"calm", "enter", *"fall", "enter", "1", "enter", "0", "enter")
        await hands.press(*"20", "enter", *"70", "enter")
        await hands.until(lambda: {"debriefed", "expectancy"} <= set(hands.lead.kinds()))
        await hands.settle()
        assert "calm" in hands.text()


async def test_the_end_says_what_is_not_done_and_the_copy_is_one_key() -> None:
    async with console(stopped(), (120, 40)) as hands:
        await hands.press("f5", "x")
        assert "Not done, and recorded so: recovery" in hands.text()
        await hands.press("enter", "c")
        assert "/reports/s1-patient.html" in hands.text()


async def test_a_held_enter_asks_whether_to_end_and_ends_nothing() -> None:
    async with console(stopped(), (80, 24)) as hands:
        await hands.press("f5", *("down",) * 6, "enter", "enter", "enter")
        assert "close_session" not in hands.did()
        await hands.deliberately("enter")
        assert "close_session" in hands.did()


async def test_a_reason_goes_to_the_point_it_was_asked_for_whatever_is_clicked() -> None:
    async with console(stopped(), (120, 40)) as hands:
        await to_part(hands, 4)
        first, second, *_rest = hands.lead.after.protocol.after.items
        await hands.press("o", *"walks")
        await hands.click_text(second.of("en")[:20])
        await hands.press("enter")
        typed = hands.lead.after.typed()
        assert typed == {f"release.{first.id}": "-walks"}


async def test_what_is_typed_into_a_note_whose_session_is_gone_goes_nowhere_else() -> None:
    async with console(stopped(), (80, 24)) as hands:
        await to_part(hands, 5)
        await hands.press(*"Well")
        hands.lead.open = False
        hands.send("x")
        await hands.settle()
        assert hands.lead.after.typed() == {}
        hands.lead.open = True
        assert hands.lead.after.typed() == {"note": "Well"}
