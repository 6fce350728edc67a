"""Owns what the command palette offers for the patient's ears: volume and calibration tone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from controller.language import _
from controller.session.comforts import beside, decibels
from controller.session.now import Outcome
from controller.ui.ports import Lead
from controller.ui.screens.base import Choice
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.hearing import QUIETEST_DB
from vr_runtime.wire.state import State

Send = Callable[[Callable[[Lead], Awaitable[Outcome]]], object]
TONE_IN = (Phase.READY, Phase.PAUSE, Phase.STOPPED)


def hearing(state: State, send: Send) -> Iterator[Choice]:
    """Softer, louder, and the tone where the patient is in the neutral room."""
    volume_db = state.display.volume_db
    told = _("Now {db} dB; 0 is as loud as the clinic has set headphones and machine.")
    told = told.format(db=decibels(volume_db))
    for steps, title in ((-1, _("Volume: softer")), (1, _("Volume: louder"))):
        wanted = beside(volume_db, steps)
        if QUIETEST_DB <= wanted <= 0:
            yield Choice(title, told, partial(send, partial(_set_volume, wanted)))
    if state.display.tone:
        title, told = _("Calibration tone: end it"), _("It also ends by itself.")
        yield Choice(title, told, partial(send, lambda lead: lead.stop_tone()))
    elif state.phase in TONE_IN:
        told = _("Measure it at the ear: how loud it is there is the clinic's to set.")
        title = _("Calibration tone: play it")
        yield Choice(title, told, partial(send, lambda lead: lead.play_tone()))


def _set_volume(volume_db: int, lead: Lead) -> Awaitable[Outcome]:
    return lead.set_volume(volume_db)
