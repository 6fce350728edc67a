"""Owns how the tables of standings read on a page; knows nothing of what the standings do.

`python -m controller.session.drawn --lang fr|en` prints them as Markdown, for the console's guide.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum

from controller.language import _, mark, use
from controller.session.standings import (
    CONTROL,
    LINK,
    SESSION,
    Heard,
    I,
    Leading,
    Linked,
    Rows,
    S,
    Sat,
    Step,
    Told,
)

WORDS: Mapping[StrEnum, str] = {
    Linked.CONNECTING: mark("connecting"),
    Linked.LIVE: mark("live"),
    Linked.STALE: mark("stale"),
    Linked.LOST: mark("lost"),
    Linked.REFUSED: mark("refused"),
    Heard.NEWS: mark("news of the runtime"),
    Heard.SILENT: mark("no news for 1 s"),
    Heard.LONG_SILENT: mark("no news for 3 s, or for 1 s without a connection"),
    Heard.TURNED_AWAY: mark("the runtime refuses this console's key"),
    Heard.SHUT_OUT: mark("the runtime says that it hears this console no more"),
    Leading.SEEKING: mark("asks for control"),
    Leading.IN_CONTROL: mark("in control"),
    Leading.SEEKING_AGAIN: mark("asks for control again"),
    Leading.CONTROL_LOST: mark("does not lead"),
    Told.GIVEN: mark("the runtime gives control"),
    Told.HELD_BY_OTHER: mark("the runtime refuses control: another leads, or led last"),
    Told.TAKEN: mark("another takes control, or it is given back"),
    Told.NOT_IN_CONTROL: mark("a command is refused for want of control"),
    Told.STARTED_AGAIN: mark("the runtime was started again"),
    Sat.NONE: mark("no session open"),
    Sat.OPENING: mark("opening"),
    Sat.OPEN: mark("open"),
    Sat.SEALING: mark("sealing"),
    Step.ASKED: mark("the therapist opens a session"),
    Step.GIVEN_UP: mark("the runtime refuses it, or does not answer"),
    Step.BEGUN: mark("the runtime has opened it"),
    Step.TAKEN_UP: mark("the therapist goes on with one that was left open"),
    Step.ENDED: mark("it ends, or is broken off"),
    Step.SEALED: mark("its end is in the record"),
}


def table(rows: Rows[S, I], heading: str) -> str:
    """One table as Markdown, in the language spoken now."""
    every = frozenset(type(rows[0][2]))
    lines = [f"| {_('what comes')} | {heading} | {_('leads to')} |", "|---|---|---|"]
    for before, what, after in rows:
        where = ", ".join(_(WORDS[each]) for each in type(after) if each in before)
        where = _("any") if before == every else where
        lines.append(f"| {_(WORDS[what])} | {where} | {_(WORDS[after])} |")
    return "\n".join(lines)


def page() -> str:
    """The three tables, one below the other."""
    return "\n\n".join(
        (
            table(LINK, _("while the link is")),
            table(CONTROL, _("while the console")),
            table(SESSION, _("while the session is")),
        )
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m controller.session.drawn")
    parser.add_argument("--lang", choices=("fr", "en"), default="en")
    use(parser.parse_args(arguments).lang)
    print(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
