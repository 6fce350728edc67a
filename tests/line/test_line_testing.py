"""A behavioural approach test led line by line, over the real core."""

from __future__ import annotations

from typing import cast

import pytest
from lines import Typing
from loopback import Pair, paired
from staged import StagedLead
from testing_yard import BAT, TestedYard

from controller.language import LANGUAGES, Language
from controller.session.bat.entries import BatEnded
from vr_runtime.wire.acts import Phase

SAID = {
    "en": ("bat", "yes", "bat offer", "bat go", "bat done", "bat no", "bat end"),
    "fr": ("bat", "oui", "bat proposer", "bat aller", "bat fait", "bat non", "bat fin"),
}


async def told(typing: Typing, pair: Pair, *lines: str) -> list[str]:
    """What is said of these lines, once the runtime has answered each."""
    heard: list[str] = []
    for line in lines:
        heard += await typing.type(line)
        await pair.pass_s(0.4)
        heard += await typing.settled()
    return heard


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_begun_led_and_ended_by_words(language: Language) -> None:
    bat, yes, offer, go, done, no, end = SAID[language]
    async with paired(yard=TestedYard) as pair:
        await pair.open()
        still = pair.link._now()
        pair.link._now = lambda: still  # However slow the machine is, its news are not old.
        typing = Typing(cast(StagedLead, pair.conductor), language)
        await typing.begin()
        heard = await told(typing, pair, bat)
        assert any(BAT.instruction[language] in line for line in heard)
        assert pair.conductor.now().bat is None
        await told(typing, pair, yes, offer, go)
        assert pair.conductor.now().state.phase is Phase.READY, "a begin is confirmed"
        await told(typing, pair, yes)
        await pair.pass_s(3.0)
        assert pair.conductor.now().state.phase is Phase.EXPOSURE
        locked = await told(typing, pair, "raise" if language == "en" else "monter")
        assert any("BAT" in line and "bat" in line for line in locked), "it is locked here too"
        await told(typing, pair, done, offer, no, end)
    (over,) = (d for _, d in pair.record.entries if isinstance(d, BatEnded))
    assert (over.how, over.score) == ("refused", 1)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_break_is_begun_by_a_word_and_counted_in_the_status(language: Language) -> None:
    word, status, counted = {
        "en": ("break", "status", "Break: 9:"),
        "fr": ("repos", "état", "Repos : encore 9:"),
    }[language]
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        still = pair.link._now()
        pair.link._now = lambda: still  # However slow the machine is, its news are not old.
        typing = Typing(cast(StagedLead, pair.conductor), language)
        await typing.begin()
        await told(typing, pair, word)
        assert pair.conductor.now().state.phase is Phase.PAUSE
        heard = await told(typing, pair, status)
        assert any(counted in line.replace("\u00a0", " ") for line in heard), heard
