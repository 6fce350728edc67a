"""Owns watching a scenario: each save is examined and shown, and the last good one stays otherwise.

It runs none of an author's code and draws nothing: both have processes of their own, which may hang
or end without ending the watch.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vr_runtime.authoring.watching.saves import Saves
from vr_runtime.authoring.watching.shown import ENDS, Answer, Process
from vr_runtime.authoring.watching.versions import Version, Versions
from vr_runtime.authoring.watching.words import (
    Closed,
    Failed,
    Show,
    Shown,
    Tell,
    Unable,
    Where,
)
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.source import main_file
from vr_runtime.language import _, figure

FAILED, ENDED = "PS180", "PS181"
AT_A_LINE = re.compile(r"(?P<file>[^:/]+\.py):(?P<line>\d+): (?P<told>.*)", re.DOTALL)
"""How the engine says where an author's code failed."""
MOST_ENDS = 3
"""A process that ends so often without ever showing anything is not started again."""

MOST_FAILURES = 3
"""A version that was shown and fails so often is left for the one before it."""


class CannotShow(Exception):
    """Nothing can be shown here; the message says why."""


@dataclass(frozen=True)
class Told:
    """Something to say at the terminal."""

    lines: tuple[str, ...]
    wrong: bool


class Watcher:
    """One scenario, watched until its window is closed."""

    def __init__(
        self,
        versions: Versions,
        saves: Saves,
        start: Callable[[], Process],
        tell: Callable[[Told], None],
    ) -> None:
        self._versions = versions
        self._saves = saves
        self._start = start
        self._tell = tell
        self._where = Where()
        self._good: list[Version] = []
        """Those that were shown, the last one last; two at most are kept."""
        self._shown: Version | None = None
        """What the process was told to show."""
        self._stands = False
        """Whether it has come before the author's eyes."""
        self._failures = 0
        self._wrong: tuple[str, ...] = ()
        self._saved_s = time.monotonic()
        self._ends = 0
        self.closed = False
        self._take()
        self._process = start()
        self._show(self._shown)

    # -- what is saved

    def _take(self) -> None:
        """Examine what is saved now; show it if it is in order, else say what is wrong."""
        self._saved_s = time.monotonic()
        version = self._versions.take()
        if version.good:
            self._wrong = ()
            self._shown, self._stands, self._failures = version, False, 0
        else:
            self._say_wrong(tuple(str(each) for each in version.report.diagnostics))
        kept = {each.number for each in self._good}
        self._versions.forget(but=kept | ({self._shown.number} if self._shown else set()))

    def round(self) -> None:
        """Wait a moment for a save, and do what is to be done.

        Raises:
            CannotShow: the process that shows cannot.
        """
        if self._saves.wait():
            before = self._shown
            self._take()
            if self._shown is not before:
                self._show(self._shown)
            else:
                self._process.ask(Tell(lines=self._wrong))
        for answer in self._process.answers():
            self._hear(answer)
        wrong = None if self.closed else self._process.wrong()
        if wrong is not None:
            self._begin_again(wrong)

    def _show(self, version: Version | None, where: Where | None = None) -> None:
        self._process.ask(Tell(lines=self._wrong))
        if version is not None:
            self._process.ask(
                Show(
                    number=version.number,
                    path=str(version.path),
                    report=version.report,
                    where=where,
                )
            )

    # -- what is shown

    def _hear(self, answer: Answer) -> None:
        if isinstance(answer, Where):
            self._where = answer
        elif isinstance(answer, Closed):
            self.closed = True
        elif isinstance(answer, Unable):
            raise CannotShow(answer.why)
        elif isinstance(answer, Shown):
            self._is_shown(answer.number)
        elif isinstance(answer, Failed):
            self._has_failed(answer.number, FAILED, answer.text)

    def _is_shown(self, number: int) -> None:
        version = self._shown
        if version is None or version.number != number:
            return
        self._ends, self._stands = 0, True
        if version not in self._good:
            self._good = [*self._good, version][-2:]
            told = _("{file}: shown, {seconds} s after it was saved.")
            seconds = figure(time.monotonic() - self._saved_s, 1)
            line = told.format(file=self._versions.given, seconds=seconds)
            self._tell(Told((line,), wrong=False))

    def _has_failed(self, number: int, code: str, text: str) -> None:
        if self._shown is not None and self._shown.number == number:
            self._say_wrong((str(self._diagnostic(code, text)),))
            self._fall_back(self._shown)
            self._show(self._shown)

    def _fall_back(self, failed: Version) -> None:
        """What is shown after this version has failed.

        One that stood before its author's eyes is built anew, as after an event that failed; the
        one before it comes back where it never came so far, or fails again and again.
        """
        if self._stands and self._failures < MOST_FAILURES:
            self._failures += 1
        else:
            self._good = [each for each in self._good if each.number != failed.number]
            self._shown = self._good[-1] if self._good else None
            self._failures = 0
        self._stands = False

    def _begin_again(self, wrong: str) -> None:
        """The process is not well: another one shows what was good, where its author was."""
        self._process.end(at_once=True)
        self._ends += 1
        if self._ends >= MOST_ENDS:
            raise CannotShow(_("The process that shows the scenario ended again and again."))
        told = _(ENDS[wrong])
        if self._shown is not None:
            self._say_wrong((str(self._diagnostic(ENDED, told)),))
            self._fall_back(self._shown)
        self._process = self._start()
        self._show(self._shown, self._where)

    # -- what is said

    def _diagnostic(self, code: str, text: str) -> Diagnostic:
        main = main_file(Path(self._versions.given))
        place = AT_A_LINE.fullmatch(text)
        path, line, told = str(main), 1, text
        if place is not None:
            path, told = str(main.parent / place["file"]), place["told"]
            line = max(1, int(place["line"]))
        hint = _("the last scene that worked is shown until the next save")
        return Diagnostic(path=path, line=line, column=1, code=code, message=told, hint=hint)

    def _say_wrong(self, lines: tuple[str, ...]) -> None:
        self._wrong = lines
        self._tell(Told(lines, wrong=True))

    def end(self) -> None:
        """End the process that shows."""
        self._process.end()
