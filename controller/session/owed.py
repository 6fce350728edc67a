"""Owns what an earlier console still owed its record: the entries that follow from news it holds.

A console writes down the news of a stop, and then that the stop ended a BAT. Where it was lost
between the two, whoever takes the session up writes the second, by the moment and cause of the
news, and says so. It commands nothing and guesses nothing where no news tells.
"""

from __future__ import annotations

from collections.abc import Callable

from controller.language import _
from controller.session.bat.entries import BatBegun, BatEnded, BatStep
from controller.session.bat.run import BatRun
from controller.session.document import Document
from controller.session.documents import FromRuntime
from controller.session.pacing.entries import Paced
from controller.session.pacing.run import PaceRun
from vr_runtime.wire.happenings import PhaseChanged


class Owed:
    """What is missing after each entry that is read again."""

    def __init__(self) -> None:
        self.bat: tuple[BatStep | BatEnded, ...] = ()
        self.paced: tuple[Paced, ...] = ()

    def after(
        self, said: Document, bat: BatRun, pace: PaceRun, at_s: Callable[[int], float]
    ) -> None:
        """The next entry was read, and `bat` and `pace` know it already."""
        match said:
            case FromRuntime(happened=happened):
                what, tick = happened.what, happened.tick
                # The first that is missing: what follows it was told of a test that was over.
                self.bat = self.bat or bat.befell(what, tick)
                if isinstance(what, PhaseChanged) and not self.paced:
                    self.paced = pace.ended(what.after, at_s(tick), tick)
            case BatBegun() | BatStep() | BatEnded():
                self.bat = ()
            case Paced(what="break_begun" | "break_ended"):
                self.paced = ()

    def told(self) -> str:
        """One sentence on what is written down now; empty where nothing was missing."""
        found = [_("what became of the BAT")] if self.bat else []
        found += [_("the end of the break")] if self.paced else []
        if not found:
            return ""
        text = _("Written down now, since the earlier console could not: {what}.")
        return text.format(what=", ".join(found))
