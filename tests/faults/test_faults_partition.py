"""The cable between console and patient is cut and mended: a network of its own, real processes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from apart import Cable
from bounds import kept_meanwhile
from core import core
from runtime_process import RuntimeProcess

from vr_runtime.wire.acts import Phase
from vr_runtime.wire.version import TICKS_PER_SECOND

GRACE_S = 1.0
SOON_S = 1.5
"""Hold within so long of the cut, the safe place within so long of the grace after it."""

Measured = Callable[[str, object], None]


@pytest.mark.fault("F6")
async def test_a_cut_cable_leads_to_hold_and_the_safe_place_and_mended_all_news_is_there(
    elsewhere: RuntimeProcess, cable: Cable, record_property: Measured
) -> None:
    async with core(elsewhere, grace_s=GRACE_S) as lead:
        await lead.lead_into(2)
        now, cut_at = lead.conductor.now, 0

        async def noticed(number: int) -> float:
            """By the console's own clock: seconds without a word when it says so."""
            nonlocal cut_at
            if number:
                cable.plug()
                await lead.until(lambda: lead.phase is Phase.SAFE_PLACE, "the safe place")
                await lead.until(lambda: now().link.in_control, "control")
                await lead.begin(2)
            cut_at = lead.tick_now()
            cable.unplug()
            await lead.until(lambda: now().link.state in ("stale", "lost"), "it to notice")
            return now().link.age_s

        noticed_s = await kept_meanwhile(noticed, SOON_S, each_s=5.0)
        await lead.until(lambda: lead.conductor.now().link.state == "lost", "the loss")
        asked = await lead.conductor.raise_level()
        assert not asked.ok and asked.code == "", "what is not answered is not called done"
        cable.plug()
        healed_s = await lead.until(
            lambda: lead.conductor.now().link.state == "live", "the console to hear again"
        )
        await lead.until(lambda: lead.phase is Phase.SAFE_PLACE, "the snapshot")
        hold = (await lead.changed_to(Phase.HOLD, "console_lost") - cut_at) / TICKS_PER_SECOND
        safe = (await lead.changed_to(Phase.SAFE_PLACE, "grace_over") - cut_at) / TICKS_PER_SECOND
        numbers = [news.number for news in lead.news()]
    assert hold <= SOON_S
    assert safe <= GRACE_S + SOON_S
    assert numbers == list(range(numbers[0], numbers[-1] + 1)), "all news, once, in order"
    record_property(
        "measured",
        f"{noticed_s:.2f} s, {hold:.2f} s, {safe:.2f} s ({GRACE_S:g} s), {healed_s:.2f} s",
    )
