"""Stop is first: on every screen, at every size, in every phase, and nothing is asked before."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from consoles import Hands, console
from hypothesis import given
from hypothesis import strategies as st
from staged import StagedLead, in_exposure, scenes
from staged_desk import ADA, BRUNO, StagedDesk

from controller.language import LANGUAGES, Language, _, use
from controller.session.now import Outcome
from controller.session.operators import Person
from controller.ui.asking_reason import WhyStopped
from controller.ui.bigtext import big
from controller.ui.stop_keys import PAIR_S, Meaning, PacedKey, StopKeys
from controller.ui.widgets.stop_control import corner
from vr_runtime.wire.acts import Phase

SIZES = ((80, 24), (120, 40), (200, 60), (60, 20), (59, 19), (20, 5), (13, 1))


def seen(hands: Hands) -> bool:
    """Whether the word stands in the corner, whole."""
    place = corner(hands.app.size)
    lines = hands.lines()[place.y : place.bottom]
    told = "\n".join(line[place.x : place.right] for line in lines)
    return "STOP" in told or big("STOP")[1] in told


@pytest.mark.parametrize("size", SIZES)
async def test_stop_is_seen_and_live_at_this_size_in_every_phase(size: tuple[int, int]) -> None:
    async with console(in_exposure(), size) as hands:
        for name, lead in scenes().items():
            await hands.show(lead)
            assert seen(hands), name
            await hands.press("f12")
            assert lead.stops == 1, name


async def test_stop_is_seen_after_the_terminal_is_made_smaller_and_larger() -> None:
    async with console(in_exposure(), (200, 60)) as hands:
        for size in ((20, 5), (80, 24), (1, 1), (60, 20), (120, 40)):
            await hands.pilot.resize_terminal(*size)
            await hands.settle()
            assert seen(hands) or size == (1, 1)
        await hands.press("f12")
        assert hands.lead.stops == 1


WAYS = {
    "start": (),
    "adding a patient": ("a",),
    "past sessions": ("h",),
    "a past session": ("h", "enter"),
    "a later word": ("h", "enter", "down", "a"),
    "help": ("f1",),
    "leaving": ("ctrl+q",),
    "the palette": ("ctrl+p",),
    "typing in the palette": ("ctrl+p", "r"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("keys", [("f12",), ("escape", "escape")])
async def test_both_stops_work_without_a_session_on(way: str, keys: tuple[str, ...]) -> None:
    async with console(StagedLead()) as hands:
        await hands.press(*WAYS[way])
        assert seen(hands)
        hands.send(*keys)
        await hands.settle()
        assert hands.lead.stops == 1


LIVE = {
    "live": (),
    "writing a note": ("n", "x"),
    "choosing an event": ("e",),
    "help": ("f1",),
    "leaving": ("ctrl+q",),
    "the palette": ("ctrl+p",),
    "help over the palette": ("ctrl+p", "f1"),
}


@pytest.mark.parametrize("way", LIVE)
@pytest.mark.parametrize("keys", [("f12",), ("escape", "escape")])
async def test_both_stops_work_in_a_session_and_lead_back_to_it(
    way: str, keys: tuple[str, ...]
) -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press(*LIVE[way])
        assert seen(hands)
        hands.send(*keys)
        await hands.settle()
        assert hands.lead.stops == 1
        assert "STOPPED" in hands.within("#chip")
        assert "It has stopped. Why?" in hands.within("#asking")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_why_it_was_stopped_is_asked_in_whole_words(
    size: tuple[int, int], language: Language
) -> None:
    async with console(in_exposure(), size, language) as hands:
        await hands.press("f12")
        asked = hands.within("#asking")
        use(language)
        missing = [word for word in WhyStopped().words if _(word) not in asked]
        assert not missing and "…" not in asked, asked


@pytest.mark.parametrize("keys", [("f12",), ("escape", "escape")])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
@pytest.mark.parametrize("who", [(), (ADA,), (ADA, BRUNO)])
async def test_the_screens_that_ask_who_leads_have_stop_too(
    who: tuple[Person, ...], size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async with console(StagedLead(), size, desk=StagedDesk(who=who)) as hands:
        assert seen(hands)
        hands.send("s", *keys)
        await hands.settle()
        assert hands.lead.stops == 1
        assert "P-0417" not in hands.text()


async def test_a_locked_console_stops_and_says_so() -> None:
    async with console(StagedLead(), desk=StagedDesk(present=ADA)) as hands:
        await hands.press("ctrl+l", "f12")
        assert hands.lead.stops == 1
        assert "Stopped: neutral view" in hands.text()
        await hands.click(hands.app.size.width - 2, 1)
        assert hands.lead.stops == 2


async def test_a_click_in_the_corner_stops_whatever_lies_there() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("ctrl+p")
        await hands.click(hands.app.size.width - 2, 1)
        assert hands.lead.stops == 1


async def test_a_click_beside_the_corner_does_not_stop() -> None:
    async with console(in_exposure()) as hands:
        place = corner(hands.app.size)
        await hands.click(place.x - 1, 1)
        await hands.click(place.x + 3, place.bottom)
        assert hands.lead.stops == 0


async def test_the_first_escape_does_its_usual_work() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("f1")
        await hands.key("escape", 100.0)
        assert "EXPOSURE" in hands.text() or hands.live
        assert hands.lead.stops == 0


@pytest.mark.parametrize(("gap", "stops"), [(0.59, 1), (0.61, 0)])
async def test_a_pair_of_escapes_is_measured_by_the_time_of_the_keys(
    gap: float, stops: int
) -> None:
    async with console(in_exposure()) as hands:
        await hands.key("escape", 100.0)
        await hands.key("escape", 100.0 + gap)
        assert hands.lead.stops == stops


@dataclass
class Stuck(StagedLead):
    """A lead whose raises are never answered."""

    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def raise_level(self) -> Outcome:
        self.acts.append(("raise_level",))
        await self.let_go.wait()
        return Outcome(False, "too late")


async def test_stop_does_not_wait_for_an_act_without_answer_and_drops_what_would_follow() -> None:
    lead = Stuck(open=True, phase=in_exposure().phase, level=3.0, asked=3)
    async with console(lead) as hands:
        hands.send("up")
        await hands.until(lambda: "raise_level" in hands.did())
        hands.send("p", "7", "enter", "f12")
        await hands.until(lambda: lead.stops == 1)
        lead.let_go.set()
        await hands.settle()
        assert "pause" not in hands.did()
        assert ("rate", "7", None) in lead.acts


async def test_keys_pressed_just_before_a_stop_do_not_act_on_the_scene_after_it() -> None:
    async with console(in_exposure()) as hands:
        hands.send("up", "e", "g", "7", "enter", "f12")
        await hands.settle()
        after = hands.did()[hands.did().index("stop") :]
        assert set(after) <= {"stop", "rate"}
        assert ("rate", "7", None) in hands.lead.acts


async def test_a_fault_below_the_console_is_said_and_stop_still_works() -> None:
    class Broken(StagedLead):
        async def hold(self) -> Outcome:
            raise RuntimeError("secret detail")

    lead = Broken(open=True, phase=in_exposure().phase, level=3.0, asked=3)
    async with console(lead) as hands:
        await hands.press("space")
        told = hands.within("#message")
        assert "RuntimeError" in told
        assert "secret" not in told
        await hands.press("f12")
        assert lead.stops == 1


async def test_an_unconfirmed_stop_is_shown_as_sent_and_not_as_done() -> None:
    async with console(in_exposure(stop_asked=True)) as hands:
        assert "STOP SENT" in hands.within("#stop")
        assert "EXPOSURE" not in hands.within("#stop")
        assert "not confirmed" in hands.within("#message")


@pytest.mark.parametrize("phase", [Phase.EXPOSURE, Phase.HOLD, Phase.PAUSE, Phase.READY])
async def test_nothing_new_is_begun_while_a_stop_is_not_confirmed(phase: Phase) -> None:
    async with console(in_exposure(phase=phase, stop_asked=True)) as hands:
        for key in ("up", "e", "r", "c"):
            await hands.press(key)
            assert hands.did() == [], key
        await hands.press("r")
        assert "not confirmed" in hands.within("#message")


async def test_the_question_after_a_stop_may_be_answered_or_left() -> None:
    async with console(in_exposure()) as hands:
        await hands.press("f12")
        answers = {each.text: each.key for each in WhyStopped().answers(hands.lead.now())}
        await hands.press(answers["distress"])
        assert ("note", "Reason for the stop: distress.") in hands.lead.acts
        assert "Why?" not in hands.text()
    async with console(in_exposure()) as hands:
        await hands.press("f12")
        await hands.press("7", "enter")
        assert ("rate", "7", None) in hands.lead.acts
        assert "Why?" in hands.within("#asking")
        await hands.press("r")
        assert "Begin at level 4?" in hands.within("#asking")


async def test_a_stop_by_the_patient_asks_why_as_well() -> None:
    async with console(in_exposure()) as hands:
        lead = scenes()["stopped"]
        lead.cause = "patient_stopped"
        await hands.show(lead)
        assert "It has stopped. Why?" in hands.within("#asking")


@given(st.lists(st.tuples(st.sampled_from(["escape", "a", "up", "7"]), st.floats(0.01, 2.0))))
def test_two_escapes_stop_exactly_when_near_and_nothing_else_but_f12_does(
    keys: list[tuple[str, float]],
) -> None:
    stop_keys, now, before = StopKeys(), 0.0, None
    for key, gap in keys:
        now += gap
        found = stop_keys.meaning(key, key if len(key) == 1 else None, now)
        expected = key == "escape" and before is not None and now - before <= PAIR_S
        assert (found is Meaning.STOP) == expected
        if key == "escape":
            before = None if expected else now
    assert stop_keys.meaning("f12", None, now) is Meaning.STOP


def test_an_arrow_torn_by_a_slow_line_neither_acts_nor_counts_as_an_escape() -> None:
    stop_keys = StopKeys()
    assert stop_keys.meaning("escape", "\x1b", 1.0) is Meaning.OTHER
    assert stop_keys.meaning("left_square_bracket", "[", 1.02) is Meaning.TORN
    assert stop_keys.meaning("A", "A", 1.04) is Meaning.TORN
    assert stop_keys.meaning("escape", "\x1b", 1.3) is Meaning.OTHER
    assert stop_keys.meaning("a", "a", 1.5) is Meaning.OTHER


@given(delay_s=st.floats(0.25, 0.66), each_s=st.floats(0.01, 0.15))
def test_a_key_that_is_held_answers_one_question_however_long(
    delay_s: float, each_s: float
) -> None:
    paced = PacedKey()
    times = [100.0, *(100.0 + delay_s + n * each_s for n in range(200))]
    assert [paced.is_repeat("n", at) for at in times].count(False) == 1


@given(every_s=st.floats(0.21, 3.0))
def test_who_answers_fast_is_never_shut_out_and_slower_than_reading_always_heard(
    every_s: float,
) -> None:
    paced = PacedKey()
    meant = [n * every_s for n in range(40) if not paced.is_repeat("n", n * every_s)]
    waits = [later - sooner for sooner, later in pairwise(meant)]
    assert max(waits) < 2 * PacedKey.QUIET_S or len(meant) == 40
    assert len(meant) == 40 or every_s < PacedKey.QUIET_S + 1e-6, "sums of times are not exact"
