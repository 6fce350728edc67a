"""Owns telling the runtime what of its earlier starts it need not keep any longer."""

from __future__ import annotations

from contextlib import suppress

from controller.session.ports import LinkPort, NoAnswer
from controller.session.sitting import Sitting
from vr_runtime.wire.messages import Forget


async def let_forget(link: LinkPort, sitting: Sitting) -> None:
    """Tell it once it is true: all that this session has taken down so far is durable here.

    Without an answer the runtime keeps it, for 30 days at most; nothing is lost by that.
    """
    recorded = dict(sitting.recorded)
    with suppress(NoAnswer, OSError):
        await sitting.settle()
        for boot, until in recorded.items():
            await link.ask(Forget(boot=boot, until=until), None)
