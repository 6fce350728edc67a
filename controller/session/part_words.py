"""Owns the words for how a patient takes part, for whoever reads them; knows no record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from controller.language import _, mark
from controller.session.taking_part import TakingPart

TAKES_PART: Mapping[str, Mapping[str | bool, str]] = {
    "language": {
        "fr": mark("French to read and hear"),
        "en": mark("English to read and hear"),
        "usual": mark("the language of all patients to read and hear"),
    },
    "hand": {"right": mark("right-handed"), "left": mark("left-handed")},
    "one_hand": {True: mark("one hand alone"), False: mark("both hands")},
    "posture": {"standing": mark("standing"), "seated": mark("seated")},
    "captions": {True: mark("with captions"), False: mark("without captions")},
    "gaze": {True: mark("answers by looking"), False: mark("answers by hand")},
    "way_out_always": {
        True: mark("the way out always in view"),
        False: mark("the way out named for some seconds"),
    },
    "guide_sound": {
        True: mark("a breath is heard with the breathing guide"),
        False: mark("the breathing guide is silent"),
    },
}
"""By setting and value; the countdown, a number of seconds, is not among them."""


def told(part: TakingPart) -> Iterator[str]:
    """What was set, each in a few words; nothing of what was not."""
    for name, words in TAKES_PART.items():
        value = getattr(part, name)
        if value is not None:
            yield _(words[value])
    if part.countdown_s is not None:
        yield _("countdown of {n} s").format(n=part.countdown_s)
