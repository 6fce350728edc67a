"""Owns the looks of the console and their order, a calm night and a bright day first; no screen.

Roles are named, not hues. Pairs keep apart in the common colour blindnesses (blue against amber,
never red against green), solid red belongs to the stop control alone, and nothing is told by colour
only. Contrast on the background: text 7:1 or more, quiet text 4.5:1 or more.
"""

from __future__ import annotations

from textual.theme import Theme

from controller.language import _, mark
from controller.ui.themes_clear import BLUE_AMBER, CONTRAST_DARK, CONTRAST_LIGHT

NIGHT = Theme(
    name="palier-night",
    dark=True,
    primary="#6cb6ff",
    secondary="#5ccfb0",
    accent="#6cb6ff",
    warning="#f2b861",
    error="#f2b861",
    success="#5ccfb0",
    background="#0e1318",
    surface="#141b22",
    panel="#1a232c",
    foreground="#d9dfe5",
    variables={
        "quiet": "#84919e",
        "rule": "#2b3641",
        "tread": "#26313b",
        "level": "#6cb6ff",
        "level-fill": "#1c3c5c",
        "suds": "#f2b861",
        "suds-ground": "#1c3c5c",
        "safe": "#5ccfb0",
        "hold": "#bda8f7",
        "alert": "#f2b861",
        "chip-exposure": "#1d5a96",
        "chip-hold": "#5a45a0",
        "chip-pause": "#46525e",
        "chip-safe": "#0f6b58",
        "chip-stopped": "#d9dfe5",
        "chip-text": "#ffffff",
        "chip-stopped-text": "#0e1318",
        "stop": "#c2361d",
        "stop-text": "#ffffff",
        "band-hold": "#221d38",
        "band-pause": "#20282f",
        "band-safe": "#0f2b29",
        "band-stopped": "#2a2f35",
        "row-applied": "#17385a",
        "footer-background": "#141b22",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#1d5a96",
    },
)
DAY = Theme(
    name="palier-day",
    dark=False,
    primary="#003f86",
    secondary="#005243",
    accent="#003f86",
    warning="#7c3a00",
    error="#7c3a00",
    success="#005243",
    background="#ffffff",
    surface="#f4f6f8",
    panel="#e9edf1",
    foreground="#000000",
    variables={
        "quiet": "#404a54",
        "rule": "#8c98a4",
        "tread": "#d5dce3",
        "level": "#00417f",
        "level-fill": "#a9cbee",
        "suds": "#7c3a00",
        "suds-ground": "#a9cbee",
        "safe": "#005243",
        "hold": "#46259a",
        "alert": "#7c3a00",
        "chip-exposure": "#00417f",
        "chip-hold": "#46259a",
        "chip-pause": "#3c4650",
        "chip-safe": "#005243",
        "chip-stopped": "#000000",
        "chip-text": "#ffffff",
        "chip-stopped-text": "#ffffff",
        "stop": "#a81200",
        "stop-text": "#ffffff",
        "band-hold": "#e6dffa",
        "band-pause": "#e1e5e9",
        "band-safe": "#d3efe6",
        "band-stopped": "#d8dbdf",
        "row-applied": "#cfe3f7",
        "footer-background": "#f4f6f8",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#00417f",
    },
)


THEMES: tuple[tuple[Theme, str], ...] = (
    (NIGHT, mark("night")),
    (DAY, mark("day")),
    (CONTRAST_DARK, mark("high contrast, dark")),
    (CONTRAST_LIGHT, mark("high contrast, light")),
    (BLUE_AMBER, mark("blue and amber, for colour blindness")),
)
"""All of them with their names, marked for translation, in the order of the key."""


def called(theme: str) -> str:
    """The name of a theme in the language that is spoken; its own where it is not ours."""
    return next((_(words) for one, words in THEMES if one.name == theme), theme)


def after(theme: str) -> str:
    """The theme that the key leads to; the first where `theme` is not ours."""
    names = [one.name for one, _words in THEMES]
    return names[(names.index(theme) + 1) % len(names)] if theme in names else names[0]


def fallback_variables() -> dict[str, str]:
    """The roles' colours while a theme is active that does not know them."""
    return dict(NIGHT.variables)
