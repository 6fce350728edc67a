"""Who sits at the console: the first run, coming, locking, and somebody else going on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from consoles import Hands, console
from staged import StagedLead, in_exposure
from staged_desk import ADA, BEA, BRUNO, CLEO, StagedDesk

from controller.session.now import LeftOpen, Outcome
from controller.ui.app import LOCK_AFTER_S
from controller.ui.screens import base
from controller.ui.screens.enter import EnterScreen
from controller.ui.screens.past import PastScreen
from controller.ui.screens.start import StartScreen
from controller.ui.screens.veil import VeilScreen
from scenarios.api.manifest import Words

SIZES = [(60, 20), (80, 24), (200, 60)]


class Hours:
    """A clock that goes on when told."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@asynccontextmanager
async def at_desk(
    desk: StagedDesk, lead: StagedLead | None = None, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Hands, Hours]]:
    clock = Hours()
    async with console(lead or StagedLead(), size, desk=desk, clock=clock) as hands:
        yield hands, clock


def left() -> LeftOpen:
    words = Words(fr="La terrasse", en="The terrace")
    return LeftOpen("s1", "2026-03-02T10:00:00Z", "P-0417", words, None)


# -- the first run


async def test_the_first_start_asks_for_a_name_and_a_passphrase_twice() -> None:
    desk = StagedDesk(who=())
    async with at_desk(desk) as (hands, _clock):
        await hands.press("enter")
        assert "Give a name" in hands.text()
        await hands.press(*"Dr B", "enter", *"short", "enter")
        assert "At least six." in hands.text()
        await hands.press(*"er", "enter", *"shorten", "enter")
        assert "not the same" in hands.text()
        assert desk.asked == []
        await hands.press(*"shorter", "enter")
        assert desk.asked == [("begin", "Dr B", "shorter")]
        assert "Welcome, Dr B." in hands.text()
        assert "PATIENTS" in hands.text()
        assert "shorter" not in hands.text()


async def test_a_passphrase_typed_right_behind_enter_never_stands_where_it_can_be_read() -> None:
    async with at_desk(StagedDesk(who=())) as (hands, _clock):
        hands.send(*"Dr B", "enter", *"secret")
        await hands.settle()
        assert "Dr B" in hands.within("#operator")
        assert "secret" not in hands.text()
        assert "••••••" in hands.within("#secret")


async def test_a_passphrase_typed_right_behind_tab_never_stands_where_it_can_be_read() -> None:
    async with at_desk(StagedDesk(who=())) as (hands, _clock):
        hands.send(*"Dr B", "tab", *"secret", "shift+tab", *"Eve")
        await hands.settle()
        assert "Eve" in hands.within("#operator")
        assert "secret" not in hands.text()
        assert "••••••" in hands.within("#secret")


async def test_doing_without_a_passphrase_is_chosen_expressly_and_says_what_it_means() -> None:
    desk = StagedDesk(who=())
    async with at_desk(desk) as (hands, _clock):
        said = " ".join(hands.text().split())
        assert "No passphrase: whoever can use this account of the computer" in said
        assert "can open the record" in said
        await hands.press(*"Dr B", "enter", "enter", "enter")
        assert desk.asked == [], "three times Enter is no choice"
        await hands.press("enter", "down", "enter")
        assert desk.asked == [("begin", "Dr B", None)]
        assert "PATIENTS" in hands.text()


async def test_a_passphrase_that_was_typed_is_not_dropped_by_a_name_refused() -> None:
    class Strict(StagedDesk):
        async def begin(self, name: str, passphrase: str | None) -> Outcome:
            return Outcome(False, "Give another name.")

    async with at_desk(Strict(who=())) as (hands, _clock):
        await hands.press(*"Dr B", "enter", *"secret", "enter", *"secret", "enter")
        assert "Give another name." in hands.text()
        assert "Dr B" in hands.within("#operator")


# -- coming


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_about_patients_is_visible_before_somebody_has_entered(
    size: tuple[int, int],
) -> None:
    desk = StagedDesk()
    lead = StagedLead(left=left())
    async with at_desk(desk, lead, size) as (hands, _clock):
        await hands.press("f1", "f1", "ctrl+p")
        await hands.key("escape", 10.0)
        await hands.press("a", "h", "k", "tab", "ctrl+q")
        await hands.key("escape", 20.0)
        await hands.press("ctrl+l")
        assert isinstance(hands.app.screen, EnterScreen)
        for screen in hands.app.screen_stack:
            for node in screen.walk_children():
                assert "P-0417" not in str(node.render())
        assert "session is open" in hands.text()
        assert hands.did() == []


async def test_a_name_is_chosen_by_arrows_and_entered_with_its_passphrase() -> None:
    desk = StagedDesk()
    async with at_desk(desk) as (hands, _clock):
        await hands.press("down", "enter", *"secret Bea")
        assert "secret Bea" not in hands.text()
        await hands.press("enter")
        assert desk.asked == [("enter", BEA.operator, "secret Bea")]
        assert "Bea leads" in hands.text()
        assert "P-0417" in hands.within("#patients")


async def test_a_name_is_chosen_by_its_first_letters() -> None:
    desk = StagedDesk()
    async with at_desk(desk) as (hands, _clock):
        await hands.press("b", "r", "enter", *"secret Bruno", "enter")
        assert desk.asked == [("enter", BRUNO.operator, "secret Bruno")]


async def test_the_same_letter_once_more_goes_on_to_the_next_name() -> None:
    desk = StagedDesk()
    async with at_desk(desk) as (hands, _clock):
        await hands.press("b", "b", "enter", *"secret Bruno", "enter")
        assert desk.present == BRUNO


async def test_arrows_choose_another_name_while_the_passphrase_is_asked() -> None:
    desk = StagedDesk()
    async with at_desk(desk) as (hands, _clock):
        await hands.press("enter", *"secret", "down", *"secret Bea", "enter")
        assert desk.asked == [("enter", BEA.operator, "secret Bea")]


async def test_somebody_without_a_passphrase_enters_by_enter_alone() -> None:
    desk = StagedDesk()
    async with at_desk(desk) as (hands, _clock):
        await hands.press("c")
        assert "Enter goes on" in hands.text()
        await hands.press("enter")
        assert desk.asked == [("enter", CLEO.operator, "")]


async def test_a_wrong_passphrase_is_said_and_leaves_the_question() -> None:
    desk = StagedDesk(who=(ADA,))
    async with at_desk(desk) as (hands, _clock):
        await hands.press(*"secret Bea", "enter")
        assert "Not the passphrase of Ada." in hands.text()
        desk.rests = 65.0
        hands.app.look()
        await hands.settle()
        assert "The next try is possible in 65 s." in hands.text()
        await hands.press(*"secret Ada", "enter")
        assert "P-0417" in hands.text()


async def test_what_the_runtime_or_record_say_meanwhile_is_not_said_over_the_question() -> None:
    async with at_desk(StagedDesk(present=ADA)) as (hands, _clock):
        await hands.press("ctrl+l")
        hands.app._outcome(Outcome(True, "Patient P-0417 was added."))
        await hands.settle()
        assert "P-0417" not in hands.text()


# -- locking


async def test_one_key_locks_and_the_same_operator_goes_on_where_they_were() -> None:
    desk = StagedDesk(present=ADA)
    async with at_desk(desk) as (hands, _clock):
        await hands.press("h", "ctrl+l")
        assert "Locked" in hands.text()
        assert "P-0417" not in hands.text()
        assert desk.present is None
        await hands.press(*"secret Ada", "enter")
        assert isinstance(hands.app.screen, PastScreen)


async def test_another_operator_goes_on_from_the_start() -> None:
    desk = StagedDesk(present=ADA)
    async with at_desk(desk) as (hands, _clock):
        await hands.press("a", *"P-09", "ctrl+l", "down", *"secret Bea", "enter")
        assert isinstance(hands.app.screen, StartScreen)
        assert "Bea leads" in hands.text()
        await hands.press("a")
        assert "P-09" not in hands.within("#pseudonym")


async def test_the_console_locks_by_itself_after_ten_minutes_without_a_key() -> None:
    desk = StagedDesk(present=ADA)
    async with at_desk(desk) as (hands, clock):
        clock.now_s = LOCK_AFTER_S - 1
        await hands.press("down")
        clock.now_s += LOCK_AFTER_S - 1
        hands.app.look()
        assert desk.present == ADA
        clock.now_s += 1
        await hands.settle()
        assert desk.present is None
        assert "P-0417" not in hands.text()


async def test_a_console_whose_machine_slept_is_locked_before_anything_is_seen() -> None:
    desk = StagedDesk(present=ADA)
    async with at_desk(desk) as (hands, clock):
        await hands.press("f1")
        clock.now_s = 8 * 3600.0
        hands.app.look()
        await hands.settle()
        assert isinstance(hands.app.screen, EnterScreen)


async def test_a_session_found_open_is_asked_about_and_not_locked_away() -> None:
    desk = StagedDesk(present=ADA)
    async with at_desk(desk, StagedLead(left=left())) as (hands, clock):
        clock.now_s = 8 * 3600.0
        await hands.press("ctrl+l")
        assert desk.present == ADA
        assert "Continue this session" in hands.text()


async def test_a_session_found_open_is_asked_about_once_somebody_has_entered() -> None:
    async with at_desk(StagedDesk(who=(ADA,)), StagedLead(left=left())) as (hands, _clock):
        assert "Continue" not in hands.text()
        await hands.press(*"secret Ada", "enter")
        assert "Continue this session" in hands.text()


async def test_a_session_that_is_only_watched_is_not_shown_on_a_locked_console() -> None:
    async with at_desk(StagedDesk(present=ADA)) as (hands, _clock):
        await hands.press("ctrl+l")
        watched = in_exposure()
        watched.observing = True
        await hands.show(watched)
        assert isinstance(hands.app.screen, EnterScreen)
        await hands.press(*"secret Ada", "enter")
        assert hands.live


async def test_a_lock_waits_for_the_opening_of_a_session_says_so_and_comes_as_a_veil() -> None:
    answered = asyncio.Event()

    class Slow(StagedLead):
        async def open_session(
            self, patient_id: str, scenario_id: str, *, seed: int | None = None
        ) -> Outcome:
            await answered.wait()
            return await super().open_session(patient_id, scenario_id, seed=seed)

    desk = StagedDesk(present=ADA)
    async with at_desk(desk, Slow()) as (hands, clock):
        await hands.press("enter")
        hands.send("enter")
        await hands.until(lambda: hands.app.errands.acting)
        clock.now_s = 8 * 3600.0
        hands.send("ctrl+l")
        await hands.until(lambda: "locks once it is" in hands.text())
        assert desk.present == ADA
        answered.set()
        await hands.settle()
        await hands.until(lambda: isinstance(hands.app.screen, VeilScreen))
        assert desk.present is None


async def test_a_session_that_is_led_from_here_is_shown_whatever_was_asked() -> None:
    async with at_desk(StagedDesk(present=ADA)) as (hands, _clock):
        await hands.press("ctrl+l", "f1")
        await hands.show(in_exposure())
        assert hands.live
        await hands.press("down")
        assert hands.did() == ["lower_level"]


@pytest.mark.parametrize("key", ["enter", "h", "a"])
async def test_a_key_that_comes_to_a_screen_after_the_lock_acts_for_nobody(key: str) -> None:
    desk = StagedDesk(present=ADA)
    async with at_desk(desk) as (hands, _clock):
        await hands.press("enter")
        hands.send(key, "ctrl+l")
        await hands.settle()
        assert isinstance(hands.app.screen, EnterScreen)
        assert hands.did() == []


def test_no_screen_puts_another_over_the_question_who_sits_here() -> None:
    for module in Path(base.__file__).parent.glob("*.py"):
        assert "push_screen" not in module.read_text(encoding="utf-8"), module.name


# -- what is seen


async def test_a_trainee_reads_that_only_simulated_patients_are_led() -> None:
    told = "A trainee leads simulated patients only."
    lead = StagedLead(barred=told)
    async with at_desk(StagedDesk(present=BRUNO), lead, (120, 40)) as (hands, _clock):
        assert told in hands.within("#chosen")


async def test_looking_at_past_sessions_stands_in_the_access_log() -> None:
    desk = StagedDesk(present=ADA)
    async with at_desk(desk) as (hands, _clock):
        assert desk.listed == 0
        await hands.press("h")
        assert desk.listed == 1
