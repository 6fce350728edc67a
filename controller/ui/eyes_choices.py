"""Owns what the command palette offers about the patient's own view; knows not how it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from controller.session.now import Now
from controller.ui import possible
from controller.ui.asking import Act
from controller.ui.eyes_offers import offers
from controller.ui.screens.base import Choice

Send = Callable[[Act], None]


def eyes_choices(now: Now, send: Send) -> Iterator[Choice]:
    """What can be shown, taken away and set for the patient of the open session."""
    for title, told, act in offers(now):
        yield Choice(title, possible.why_not("dial", now) or told, partial(send, act))
