"""The therapist gives and ends the patient's consent; who only watches leads nothing."""

from __future__ import annotations

import pytest
from consoles import console
from staged import StagedLead, in_exposure

from controller.ui.screens.start import StartScreen
from vr_runtime.wire.state import Observers


def only_watching() -> StagedLead:
    return in_exposure(observing=True, may_stop=False, in_control=False)


def supervising() -> StagedLead:
    return in_exposure(observing=True, in_control=False)


@pytest.mark.parametrize(("key", "mirror"), [("enter", False), ("v", True)])
async def test_consent_is_asked_for_and_given_by_one_key(key: str, mirror: bool) -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press("w")
        assert "consent to observers" in hands.within("#asking")
        assert hands.did() == []
        await hands.press(key)
        assert hands.lead.acts == [("set_observers", True, mirror)]


async def test_consent_is_withdrawn_by_one_key_without_a_question() -> None:
    async with console(in_exposure(observers=Observers(allowed=True))) as hands:
        await hands.press("w")
        assert hands.lead.acts == [("set_observers", False, False)]


async def test_withdrawal_is_possible_while_news_is_old() -> None:
    async with console(in_exposure(observers=Observers(allowed=True), age_s=2.0)) as hands:
        await hands.press("w")
        assert hands.lead.acts == [("set_observers", False, False)]


async def test_nobody_is_asked_about_once_the_record_says_that_it_was_taken_back() -> None:
    async with console(in_exposure(unwatched="P-0417 took it back.")) as hands:
        await hands.press("w")
        assert "P-0417 took it back." in hands.within("#message")
        assert hands.did() == [] and hands.lead.acts == []
    watched = in_exposure(unwatched="P-0417 took it back.", observers=Observers(allowed=True))
    async with console(watched) as hands:
        await hands.press("w")
        assert hands.lead.acts == [("set_observers", False, False)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_who_watches_is_named_as_long_as_they_do(size: tuple[int, int]) -> None:
    watched = Observers(allowed=True, present=("Dr Roy",))
    async with console(in_exposure(observers=watched), size) as hands:
        assert "WATCHED BY Dr Roy" in hands.within("#facts")
        await hands.show(in_exposure(observers=Observers(allowed=True)))
        assert "WATCHED" not in hands.within("#facts")


@pytest.mark.parametrize("key", ["up", "down", "space", "s", "p", "r", "e", "g", "m", "n", "w"])
async def test_a_console_that_only_watches_refuses_each_key_with_its_reason(key: str) -> None:
    async with console(only_watching(), (80, 24)) as hands:
        assert "OBSERVING" in hands.within("#facts")
        await hands.press(key)
        assert hands.did() == []
        assert "only watch" in hands.within("#message")


@pytest.mark.parametrize("key", ["up", "down", "space", "s", "p", "r", "e", "g", "m", "n", "w"])
async def test_a_supervisors_console_refuses_each_key_and_says_that_stop_works(key: str) -> None:
    async with console(supervising(), (80, 24)) as hands:
        assert "OBSERVING, MAY STOP" in hands.within("#facts")
        assert "watches and may stop" in hands.within("#message")
        await hands.press(key)
        assert hands.did() == []
        assert "may watch and stop" in hands.within("#message")


@pytest.mark.parametrize(
    ("size", "words"),
    [((80, 24), "ARRÊT POSSIBLE"), ((120, 40), "OBSERVATION, ARRÊT POSSIBLE")],
)
async def test_a_supervisors_console_says_so_in_french_too(
    size: tuple[int, int], words: str
) -> None:
    async with console(supervising(), size, "fr") as hands:
        assert words in hands.within("#facts")
        assert "peut arrêter" in hands.within("#message")


async def test_a_supervisor_stops_by_the_same_keys_and_sees_whether_it_was_taken() -> None:
    async with console(supervising(), (80, 24)) as hands:
        await hands.press("f12")
        assert hands.lead.stops == 1
        assert "Why?" not in hands.text(), "the reason belongs to who keeps the record"
    sent = supervising()
    sent.stop_asked = True
    async with console(sent, (80, 24)) as hands:
        assert "STOP SENT" in hands.within("#stop")
        assert "not confirmed" in hands.within("#message")


async def test_before_consent_a_supervisors_console_says_what_it_waits_for_and_may_do() -> None:
    async with console(StagedLead(observing=True, in_control=False), (120, 40)) as hands:
        assert "may watch and stop" in hands.text()
        assert "once the patient has consented" in hands.text()


async def test_before_consent_a_console_that_only_watches_says_what_it_waits_for() -> None:
    lead = StagedLead(observing=True, may_stop=False, in_control=False)
    async with console(lead, (120, 40)) as hands:
        assert "once the patient has consented" in hands.text()


async def test_nothing_of_a_session_that_was_watched_stays_after_it() -> None:
    async with console(only_watching(), (120, 40)) as hands:
        assert "P-0417" in hands.text()
        hands.lead.open = False
        await hands.settle()
        assert "PATIENTS" in hands.text()
        assert "finished" not in hands.text().lower()


@pytest.mark.parametrize("key", ["a", "p", "b", "e", "h"])
async def test_between_sessions_who_only_watches_sees_no_patients_of_this_machine(key: str) -> None:
    async with console(StagedLead(observing=True, in_control=False), (120, 40)) as hands:
        assert "This key watches: no patients are listed" in hands.text()
        assert "P-0417" not in hands.text()
        await hands.press(key)
        assert isinstance(hands.app.screen, StartScreen) and "P-0417" not in hands.text()
