"""Owns which question an act of the table of keys opens; it draws and sends nothing."""

from __future__ import annotations

from controller.session.now import Now
from controller.ui.asking import Asking
from controller.ui.asking_adverse import WhatBefell
from controller.ui.asking_bat import bat_question
from controller.ui.asking_level import EndSession, NewCeiling, TakeControl
from controller.ui.asking_reason import Amend, WhyNoAnswer
from controller.ui.asking_scene import PickEvent, PickTask, PickValue
from controller.ui.asking_sickness import HowSick
from controller.ui.asking_watch import LetWatch


def question(act: str, now: Now) -> Asking | None:
    """The question that an act opens; None where it opens none."""
    if act == "amend":
        saved = [r for r in now.ratings if r.saved_as is not None and r.rating.suds is not None]
        return Amend(saved[-1]) if saved else None
    if act == "ceiling":
        return NewCeiling(now.state.ceiling if now.state is not None else 0)
    simple: dict[str, Asking] = {
        "event": PickEvent(),
        "task": PickTask(),
        "value": PickValue(),
        "no_answer": WhyNoAnswer(),
        "adverse": WhatBefell(),
        "sickness": HowSick(),
        "end": EndSession(),
        "control": TakeControl(),
        "observers": LetWatch(),
        "bat": bat_question(now),
    }
    return simple.get(act)
