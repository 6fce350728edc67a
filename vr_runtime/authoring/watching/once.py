"""Owns one scenario shown in a window of its own process, until its author closes it.

It runs none of an author's code: what hangs there is ended there, and said.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from vr_runtime.authoring.watching.shown import ENDS, Process
from vr_runtime.authoring.watching.watcher import CannotShow
from vr_runtime.authoring.watching.words import Closed, Failed, Show, Tell, Unable, Where
from vr_runtime.examination.report import Report
from vr_runtime.language import _
from vr_runtime.loader import Found

LOOK_S = 0.05


def shown(
    found: Found,
    process: Process,
    where: Where,
    events: Sequence[str],
    tell: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> bool:
    """Show it there until the window is closed; whether all went well. What did not is told once.

    Code that fails leaves its window open, with what failed over the picture; one whose code does
    not come back cannot be left open, and is ended.

    Raises:
        CannotShow: no window can be opened; the message says why.
    """
    report = Report(manifest=found.manifest, source=str(found.path))
    path = str(found.path.absolute())
    process.ask(Show(number=1, path=path, report=report, where=where, events=tuple(events)))
    well = True
    try:
        wrong = None
        while True:
            for answer in process.answers():
                if isinstance(answer, Unable):
                    raise CannotShow(answer.why)
                if isinstance(answer, Closed):
                    return well
                if isinstance(answer, Failed) and well:
                    well = False
                    tell(answer.text)
                    process.ask(Tell(lines=(answer.text,)))
            if wrong is not None:
                tell(_(ENDS[wrong]))
                return False
            # What it said last is heard before its end is told.
            wrong = process.wrong()
            sleep(LOOK_S)
    finally:
        process.end()
