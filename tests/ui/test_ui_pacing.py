"""Time and breaks on the live screen: said calmly, one key begins a break, nothing resumes."""

from __future__ import annotations

from typing import cast

import pytest
from consoles import console
from loopback import paired
from staged import StagedLead

from controller.language import LANGUAGES, Language
from controller.session.pacing.run import PaceRules
from vr_runtime.wire.acts import Phase

WORDS: dict[Language, tuple[str, str]] = {
    "en": ("break due", "break 9:"),
    "fr": ("repos à prévoir", "repos 9:"),
}


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_break_that_is_due_is_told_and_b_begins_one_that_counts_down(
    language: Language, size: tuple[int, int]
) -> None:
    due, counted = WORDS[language]
    async with paired() as pair:
        await pair.open()
        sitting = pair.conductor._sitting
        assert sitting is not None
        sitting.pace_by(PaceRules(limit_s=3000.0, every_s=3.0, lasts_s=600.0))
        await pair.begin(1)
        pair.conductor._notices._now = lambda: 1e12  # Alarms are long past.
        still = pair.link._now()
        pair.link._now = lambda: still  # However slow the machine is, its news are not old.
        async with console(cast(StagedLead, pair.conductor), size, language) as hands:
            await pair.pass_s(1.0)
            await hands.settle()
            assert due in hands.within("#facts")
            assert pair.conductor.now().state.phase is Phase.EXPOSURE, "it is for the therapist"
            pair.record.blocked = True
            hands.send("b")
            await pair.pass_s(1.4)
            assert not hands.app.errands.acting, "no act waits for the record"
            pair.record.let_through()
            await hands.settle()
            assert pair.conductor.now().state.phase is Phase.PAUSE
            assert counted in hands.within("#facts")
            await hands.press("b")
            await pair.pass_s(1.0)
            assert pair.conductor.now().state.phase is Phase.PAUSE
