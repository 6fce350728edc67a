"""What was pressed while the console stood still does nothing; a slow record holds up no act."""

from __future__ import annotations

import asyncio

import pytest
from consoles import console
from staged import StagedLead, in_exposure

from controller.session.now import LeftOpen, Outcome
from controller.ui.awake import SETTLE_S, Awake
from controller.ui.errands import Errand, Errands
from controller.ui.run import over_ssh
from controller.ui.widgets.stop_control import corner

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.mark.fault("F26")
async def test_keys_that_waited_in_the_terminal_while_the_console_slept_do_nothing() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        clock = Hand()
        hands.app._awake._now = clock
        hands.app._awake._last = clock.at
        clock.at += 60.0
        hands.send("up", "down", "e", "g")
        await hands.settle()
        assert hands.did() == []
        assert "stood still" in hands.within("#message")
        # Stop is stop, whenever it was pressed.
        await hands.press("f12")
        assert hands.lead.stops == 1


async def test_once_it_is_awake_keys_do_their_work_again() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        clock = Hand()
        hands.app._awake._now = clock
        hands.app._awake._last = clock.at
        clock.at += 60.0
        hands.app.look()
        clock.at += SETTLE_S + 0.1
        await hands.press("down")
        assert hands.did() == ["lower_level"]


@pytest.mark.fault("F22")
async def test_an_act_never_waits_behind_an_entry_that_the_record_does_not_take() -> None:
    told: list[Outcome] = []
    errands = Errands(told.append, Awake())
    saved: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    async def rate() -> Outcome:
        return await saved

    async def lower() -> Outcome:
        return Outcome(True, "lower")

    errands.send(Errand(rate, "record"))
    errands.send(Errand(lower, "scene"))
    async with asyncio.timeout(5):
        while not told:
            await asyncio.sleep(0)
    assert [one.text for one in told] == ["lower"]
    saved.set_result(Outcome(True, "saved"))
    await errands.finish()
    assert [one.text for one in told] == ["lower", "saved"]


OURS = LeftOpen("s1", "2026-03-02T10:00:00.000000Z", "P-0417", None, None)


@pytest.mark.parametrize("size", SIZES)
async def test_a_session_found_open_is_asked_about_and_continues_by_one_key(
    size: tuple[int, int],
) -> None:
    async with console(StagedLead(left=OURS), size) as hands:
        assert "Session open since" in hands.text() and "P-0417" in hands.text()
        assert "Continue this session" in hands.text()
        assert "F12" in hands.text()
        await hands.press("enter")
        assert ("continue_left", False) in hands.lead.acts
        assert hands.live


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_question_is_answered_by_the_mouse_too(size: tuple[int, int]) -> None:
    async with console(StagedLead(left=OURS), size) as hands:
        await hands.click_text("Close it as interrupted")
        assert ("close_left", False) in hands.lead.acts
        assert "PATIENTS" in hands.text()


async def test_a_session_led_by_another_is_left_alone_unless_control_is_taken_by_name() -> None:
    led = LeftOpen("s1", None, "", None, "room 2")
    async with console(StagedLead(left=led, in_control=False), (80, 24)) as hands:
        assert "room 2 leads it now." in hands.text()
        await hands.press("down", "enter")
        assert ("close_left", True) in hands.lead.acts
    async with console(StagedLead(left=led, in_control=False), (80, 24)) as hands:
        await hands.press("enter")
        assert hands.did() == ["leave_left"]
        assert "leads. K takes control" in hands.text()


async def test_stop_works_while_the_question_is_open() -> None:
    async with console(StagedLead(left=OURS), (80, 24)) as hands:
        await hands.press("escape", "escape")
        place = corner(hands.app.size)
        await hands.click(place.x + 1, place.y)
        assert hands.lead.stops == 2
        assert "continue_left" not in hands.did()


@pytest.mark.parametrize("size", SIZES)
async def test_control_lost_is_said_in_words_with_the_way_back(size: tuple[int, int]) -> None:
    async with console(in_exposure(in_control=False), size) as hands:
        assert "Control lost: room 1 leads now. K takes it back." in hands.within("#message")
        await hands.press("up")
        assert "raise_level" not in hands.did()
        await hands.press("k", "enter")
        assert "take_control" in hands.did()


@pytest.mark.parametrize("size", SIZES)
async def test_without_the_keyboard_it_is_said_until_it_is_back(size: tuple[int, int]) -> None:
    async with console(in_exposure(), size) as hands:
        hands.app.app_focus = False
        await hands.settle()
        assert "NO KEYBOARD" in hands.within("#facts")
        assert "keys do not reach this console" in hands.within("#message")
        hands.app.app_focus = True
        await hands.settle()
        assert "NO KEYBOARD" not in hands.text()
        await hands.show(in_exposure(focused=True))
        assert "the patient's window has it" in hands.within("#message")


async def test_a_tiny_terminal_still_says_what_is_wrong() -> None:
    async with console(in_exposure(age_s=2.0), (40, 12)) as hands:
        assert "STALE" in hands.text()
        assert "STOP" in hands.text()


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_TTY"])
def test_keys_over_ssh_are_warned_of_in_one_line(variable: str) -> None:
    assert "SSH" in over_ssh({variable: "10.0.0.2 5022 10.0.0.3 22"})
    assert len(over_ssh({variable: "x"})) <= 76
    assert over_ssh({}) == ""


async def test_what_had_broken_off_is_said_on_the_start_screen() -> None:
    lead = StagedLead(broken_off="A session with P-0417 had broken off; it is closed.")
    async with console(lead, (80, 24)) as hands:
        assert "had broken off" in hands.text()
