"""In a session the console is locked by a veil: names are hidden, and nothing that eases is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from consoles import Hands, console
from staged import StagedLead, in_exposure, scenes
from staged_desk import ADA, BEA, BRUNO, CLEO, StagedDesk

from controller.language import LANGUAGES, Language, _
from controller.session.documents import Note
from controller.session.now import Outcome, TimedNote
from controller.ui.app import LOCK_AFTER_S
from controller.ui.keys import row
from controller.ui.screens.enter import LETS_GO_S, EnterScreen
from controller.ui.screens.finished import FinishedScreen
from controller.ui.screens.live import LiveScreen
from controller.ui.screens.veil import VeilScreen
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.state import Observers

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]


class Hours:
    """A clock that goes on when told."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@asynccontextmanager
async def veiled(
    lead: StagedLead | None = None,
    size: tuple[int, int] = (80, 24),
    language: Language = "en",
    desk: StagedDesk | None = None,
) -> AsyncIterator[tuple[Hands, StagedDesk, Hours]]:
    """A session that Ada leads, locked by the key."""
    desk, clock = desk or StagedDesk(present=ADA), Hours()
    async with console(lead or in_exposure(), size, language, desk=desk, clock=clock) as hands:
        await hands.press("ctrl+l")
        assert isinstance(hands.app.screen, VeilScreen)
        yield hands, desk, clock


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_the_veil_hides_who_it_is_about_and_keeps_stop_phase_and_level(
    size: tuple[int, int], language: Language
) -> None:
    lead = in_exposure()
    lead.notes = (TimedNote(3.0, Note(tick=90, text="Looks at the rail."), 5),)
    lead.observers = Observers(allowed=True, present=("Dr Vine",))
    async with veiled(lead, size, language) as (hands, desk, _clock):
        seen = hands.text()
        manifest = lead.now().manifest
        assert manifest is not None
        hidden = ["P-0417", "rail", "Vine", manifest.title.get(language)]
        hidden += [level.get(language) for level in manifest.levels]
        assert [word for word in hidden if word in seen] == []
        assert hands.region("#stop").width >= 13 and "F12" in seen
        assert _("EXPOSURE").lower() in seen.lower() or size[0] >= 110
        assert _("APPLIED LEVEL") in seen and "Ada" in seen
        pictures = lead.mirrored[-1][0] if lead.mirrored else 0.0
        assert pictures == 0.0, "none of the patient's view are asked for"
        assert desk.present is None


@pytest.mark.parametrize("act", ["lower", "hold", "pause", "safe_place"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_eases_acts_on_the_veil_by_its_usual_key(language: Language, act: str) -> None:
    async with veiled(language=language) as (hands, _desk, _clock):
        await hands.press(row(act).letter())
        assert hands.did() == [{"lower": "lower_level"}.get(act, act)]
        assert isinstance(hands.app.screen, VeilScreen)


async def test_a_lock_in_a_session_waits_for_no_answer_and_what_was_not_sent_is_not_sent() -> None:
    answered = asyncio.Event()

    class Unheard(StagedLead):
        async def trigger(self, name: str) -> Outcome:
            await answered.wait()
            return await super().trigger(name)

    lead = in_exposure(level=2.0, asked=2)
    lead.__class__ = Unheard
    desk = StagedDesk(present=ADA)
    async with console(lead, (120, 40), desk=desk) as hands:
        assert isinstance(hands.app.screen, LiveScreen)
        hands.app.screen.action_event("gust")
        hands.send("up", "ctrl+l")
        await hands.until(lambda: isinstance(hands.app.screen, VeilScreen))
        assert desk.present is None and hands.app.errands.acting
        answered.set()
        await hands.until(lambda: not hands.app.errands.acting)
        assert hands.did() == ["trigger"]


async def test_nothing_else_acts_on_the_veil() -> None:
    async with veiled(in_exposure(level=2.0, asked=2)) as (hands, _desk, _clock):
        await hands.press("up", "e", "n", "7", "x", "m", "r", "g", "d", "k", "w", "q", "i")
        assert hands.did() == []
        await hands.press("ctrl+p")
        await hands.press(*"event")
        assert "P-0417" not in hands.text() and "Event:" not in hands.text()


@pytest.mark.parametrize("keys", [("f12",), ("escape", "escape")])
async def test_stop_stops_and_lifts_no_veil(keys: tuple[str, ...]) -> None:
    async with veiled() as (hands, _desk, _clock):
        hands.send(*keys)
        await hands.settle()
        assert hands.lead.stops == 1
        assert isinstance(hands.app.screen, VeilScreen)
        assert "STOPPED" in hands.text()
        assert "P-0417" not in hands.text()


async def test_stop_and_lower_act_while_the_passphrase_is_typed() -> None:
    async with veiled() as (hands, _desk, _clock):
        await hands.press("enter", *"sp")
        assert hands.did() == [], "letters belong to the passphrase"
        await hands.press("down")
        assert hands.did() == ["lower_level"]
        await hands.press("escape")
        await hands.key("s", 1e9, "s")
        assert hands.did()[-1] == "safe_place"


async def test_a_passphrase_that_is_left_lets_the_letters_lead_out_again() -> None:
    async with veiled() as (hands, _desk, clock):
        await hands.press("enter", *"half")
        clock.now_s += LETS_GO_S
        await hands.settle()
        await hands.press("p")
        assert hands.did() == ["pause"]


async def test_whoever_sat_here_goes_on_where_they_were() -> None:
    async with veiled() as (hands, desk, _clock):
        await hands.press("enter", *"wrong", "enter")
        assert isinstance(hands.app.screen, VeilScreen)
        assert "Not the passphrase" in hands.text()
        await hands.press(*"secret", "space", *"Ada", "enter")
        assert hands.live
        assert desk.present == ADA
        await hands.press("e")
        assert "Which event?" in hands.text()


async def test_without_a_passphrase_one_key_lifts_it() -> None:
    desk = StagedDesk(present=CLEO)
    async with veiled(desk=desk) as (hands, _desk, _clock):
        await hands.press("enter")
        assert hands.live and desk.present == CLEO


async def test_another_operator_goes_on_with_the_session_and_a_trainee_does_not() -> None:
    async with veiled(size=(120, 40)) as (hands, desk, _clock):
        await hands.press("a")
        assert isinstance(hands.app.screen, EnterScreen)
        assert BEA.name in hands.text() and BRUNO.name not in hands.text()
        await hands.press("escape")
        assert isinstance(hands.app.screen, VeilScreen)
        await hands.press("a", "b", "enter", *"secret", "space", *"Bea", "enter")
        assert hands.live and desk.present == BEA
        await hands.press("down")
        assert hands.did() == ["lower_level"]


async def test_the_choice_of_another_operator_goes_by_itself_and_lowers_meanwhile() -> None:
    async with veiled(size=(120, 40)) as (hands, _desk, clock):
        await hands.press("a")
        assert "lower" in hands.within("#hints")
        await hands.press("down", "space")
        assert hands.did() == ["lower_level", "hold"]
        assert isinstance(hands.app.screen, EnterScreen)
        await hands.press("b", "enter", *"half")
        await hands.key("down", 1e9)
        assert hands.did() == ["lower_level", "hold", "lower_level"]
        clock.now_s += LETS_GO_S
        await hands.settle()
        assert isinstance(hands.app.screen, VeilScreen)
        await hands.key("p", 2e9, "p")
        assert hands.did()[-1] == "pause"


async def test_it_comes_by_itself_and_the_session_runs_on() -> None:
    desk, clock = StagedDesk(present=ADA), Hours()
    async with console(in_exposure(), (80, 24), desk=desk, clock=clock) as hands:
        await hands.press("n", *"half")
        clock.now_s = LOCK_AFTER_S
        await hands.settle()
        assert isinstance(hands.app.screen, VeilScreen)
        hands.lead.level = hands.lead.asked = 3
        await hands.settle()
        assert "half" not in hands.text()
        hands.lead.phase = Phase.HOLD
        await hands.settle()
        assert hands.app.screen.query_one("#chip").has_class("-hold")
        await hands.press("enter", *"secret", "space", *"Ada", "enter")
        assert hands.live and "half" in hands.text(), "what was being written is still there"


async def test_old_news_are_said_on_the_veil() -> None:
    async with veiled(scenes()["stale"]) as (hands, _desk, _clock):
        assert "LAST KNOWN LEVEL" in hands.text() and "STALE" in hands.text()
        await hands.press("down")
        assert hands.did() == ["lower_level"], "easing is not withheld because news is old"


async def test_a_session_that_ends_under_the_veil_shows_nothing_before_somebody_enters() -> None:
    async with veiled() as (hands, _desk, _clock):
        hands.lead.open, hands.lead.phase = False, Phase.IDLE
        await hands.settle()
        await hands.settle()
        assert isinstance(hands.app.screen, EnterScreen)
        assert "P-0417" not in hands.text()
        await hands.press("enter", *"secret", "space", *"Ada", "enter")
        assert isinstance(hands.app.screen, FinishedScreen)


async def test_the_language_and_the_colours_change_on_the_veil() -> None:
    async with veiled() as (hands, _desk, _clock):
        await hands.press("f6", "f2")
        await hands.settle()
        assert "NIVEAU APPLIQUÉ" in hands.text()
        await hands.press("l")
        assert hands.did() == ["safe_place"]
        assert not isinstance(hands.app.screen, LiveScreen)


async def test_every_key_of_the_veil_can_be_clicked() -> None:
    async with veiled(size=(120, 40)) as (hands, _desk, _clock):
        await hands.click_text("lower")
        assert hands.did() == ["lower_level"]
        await hands.click_text("another")
        assert isinstance(hands.app.screen, EnterScreen)
