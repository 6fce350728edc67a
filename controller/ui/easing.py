"""Owns that what makes it easier for the patient, and the page for a faint, act on other pages too.

It asks for nothing and raises nothing; which keys these are is the table's (`keys`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events

from controller.language import _
from controller.session.now import Now, Outcome
from controller.ui import possible
from controller.ui.errands import Errand
from controller.ui.keys import EASES, act_for, named
from controller.ui.lettering import decimal
from controller.ui.widgets.phase_bar import GLYPHS, WORDS, warnings

if TYPE_CHECKING:
    from controller.ui.ports import Lead
    from controller.ui.screens.base import PalierScreen


def over_scene(now: Now) -> bool:
    """Whether the patient is in the scene while another page lies over it."""
    return now.session is not None and possible.phase_of(now) in possible.IN_SCENE


def eased(screen: PalierScreen, event: events.Key) -> bool:
    """Do what eases where its key was pressed over a scene; False where it is another key."""
    act, now = act_for(event.key, event.character), screen.palier.lead.now()
    if act not in EASES or not over_scene(now):
        return False
    event.stop()
    event.prevent_default()
    if (refused := possible.why_not(act, now)) is not None:
        screen.say(refused, "refused")
        return True
    screen.palier.errands.send(Errand(call_of(act, screen.palier.lead), "scene", eases=True))
    return True


def leave(screen: PalierScreen) -> None:
    """To the safe place from a page on which letters are typed; says why not where it cannot."""
    refused = possible.why_not("safe_place", screen.palier.lead.now())
    if refused is not None:
        screen.say(refused, "refused")
    else:
        call = call_of("safe_place", screen.palier.lead)
        screen.palier.errands.send(Errand(call, "scene", eases=True))


def call_of(act: str, lead: Lead) -> Callable[[], Awaitable[Outcome]]:
    """What is asked of the lead by one of `EASES`."""
    return {
        "lower": lead.lower_level,
        "hold": lead.hold,
        "pause": lead.pause,
        "safe_place": lead.safe_place,
    }[act]


def fainted(screen: PalierScreen, event: events.Key) -> bool:
    """Put the steps for a faint over this page; False for another key, or one that is written."""
    if event.is_printable or act_for(event.key, event.character) != "faint":
        return False
    # That page is one of those that ask here.
    from controller.ui.screens.faint import FaintScreen

    if isinstance(screen, FaintScreen):
        return False
    event.stop()
    refused = possible.why_not("faint", screen.palier.lead.now())
    if refused is not None:
        screen.say(refused, "refused")
    else:
        screen.palier.put_over(FaintScreen())
    return True


def applied(now: Now, has_keyboard: bool) -> str:
    """Phase, applied level with its age, and what is wrong, in one line; never what was asked."""
    phase = possible.phase_of(now)
    told = [f"{GLYPHS[phase]} {_(WORDS[phase])}{'?' if possible.is_stale(now) else ''}"]
    if now.state is not None and over_scene(now):
        text = (
            _("last known level {level}, {age} s old")
            if possible.is_stale(now)
            else _("applied level {level}, seen {age} s ago")
        )
        told.append(text.format(level=now.state.reached, age=decimal(now.link.age_s)))
    told += [f"▲ {wrong}" for wrong in warnings(now, has_keyboard)]
    return " · ".join(told)


def ways_out() -> str:
    """The keys that ease, as people call them."""
    return " ".join(map(named, EASES))
