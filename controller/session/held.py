"""Owns telling the runtime what of its earlier starts it need not keep any longer.

Only who is in control is believed; until then it waits here.
"""

from __future__ import annotations

from contextlib import suppress

from controller.session.ports import LinkPort, NoAnswer
from controller.session.sitting import Sitting
from vr_runtime.wire.messages import Forget, Refused


class Held:
    """Sessions whose earlier starts of the runtime may be forgotten there."""

    def __init__(self, link: LinkPort) -> None:
        self._link = link
        self._waiting: list[Sitting] = []

    def remember(self, sitting: Sitting) -> None:
        """The next `let_forget` is about this session too."""
        if sitting not in self._waiting:
            self._waiting.append(sitting)

    async def let_forget(self) -> None:
        """Tell it once it is true: all that these have taken down so far is durable here.

        Refused for want of control it is told when control is there again. Without an answer the
        runtime keeps it, for 30 days at most; nothing is lost by that.
        """
        waiting, self._waiting = self._waiting, []
        for sitting in waiting:
            recorded = dict(sitting.recorded)
            with suppress(NoAnswer, OSError):
                await sitting.settle()
                for boot, until in recorded.items():
                    answer = await self._link.ask(Forget(boot=boot, until=until), None)
                    if isinstance(answer, Refused):
                        self.remember(sitting)
                        break
