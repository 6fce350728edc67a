"""Owns what the command palette offers on every screen: language, colours, bell, motion, leaving.

It knows nothing of a session, and names no patient: it is offered where it is asked who sits here
too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from controller.language import Language, _, language
from controller.ui.keys import row
from controller.ui.screens.base import Choice, PalierScreen
from controller.ui.screens.live import LiveScreen
from controller.ui.themes import THEMES

NAMES: dict[Language, str] = {"fr": "Français", "en": "English"}
"""Each in its own language: whoever needs it can read it."""


def comfort_choices(screen: PalierScreen) -> Iterator[Choice]:
    """All that can be chosen for comfort on this screen."""
    app = screen.palier
    for spoken, name in NAMES.items():
        if spoken != language():
            told = _("This console speaks it at once; what is written stays as it is.")
            yield Choice(f"{name}  ({row('language').name()})", told, partial(app.speak, spoken))
    for theme, words in THEMES:
        if theme.name != app.theme:
            told = _("Colours of this console; they are kept.")
            title = _("Colours: {name}").format(name=_(words))
            yield Choice(title, told, partial(app.wear, theme.name))
    kept = app.comforts.kept
    if kept.bell:
        yield Choice(_("Bell: off"), _("Nothing rings."), partial(app.keep, bell=False))
    else:
        told = _("It rings once when a rating falls due and when the link is lost.")
        yield Choice(_("Bell: on"), told, partial(app.keep, bell=True))
    if kept.motion:
        told = _("Everything is there at once.")
        yield Choice(_("Motion: off"), told, partial(app.keep, motion=False))
    else:
        told = _("Scrolling and opening glide.")
        yield Choice(_("Motion: on"), told, partial(app.keep, motion=True))
    if not screen.GUARDS:
        told = _("Every act with its key, and the file of other keys.")
        yield Choice(_("Keys"), told, partial(app.act, "keys"))
    if isinstance(screen, LiveScreen):
        return  # these are among the keys that it offers itself
    for act, title in (
        ("help", _("Help")),
        ("lock", _("Lock the console, or let somebody else lead")),
        ("quit", _("Leave the console")),
    ):
        if not (act == "lock" and screen.GUARDS):
            yield Choice(title, row(act).name(), partial(app.act, act))
