"""Owns what guides and the practice room say to the patient, in both languages; draws nothing."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.api.manifest import Words
from vr_runtime.language import Language
from vr_runtime.wire.state import GuideState

GUIDE: Mapping[tuple[str, str], tuple[Words, Words]] = {
    ("breathing", "begin"): (
        Words(fr="Respirez avec la forme", en="Breathe with the shape"),
        Words(fr="sans forcer", en="without effort"),
    ),
    ("breathing", "in"): (Words(fr="Inspirez", en="Breathe in"), Words(fr=" ", en=" ")),
    ("breathing", "out"): (Words(fr="Expirez", en="Breathe out"), Words(fr=" ", en=" ")),
    ("muscles", "begin"): (
        Words(fr="Un groupe de muscles", en="One group of muscles"),
        Words(fr="sans forcer", en="without effort"),
    ),
    ("muscles", "tense"): (
        Words(fr="Contractez", en="Tense"),
        Words(fr="continuez à respirer", en="keep breathing"),
    ),
    ("muscles", "release"): (
        Words(fr="Relâchez", en="Let go"),
        Words(fr="laissez se détendre", en="and let it rest"),
    ),
    ("tension", "begin"): (
        Words(fr="Tension appliquée", en="Applied tension"),
        Words(fr="En position assise, les pieds au sol", en="Seated, feet on the floor"),
    ),
    ("tension", "tense"): (
        Words(fr="Contractez bras, tronc, jambes", en="Tense arms, trunk, legs"),
        Words(fr="continuez à respirer", en="keep breathing"),
    ),
    ("tension", "release"): (
        Words(fr="Relâchez, comme avant", en="Let go, as before"),
        Words(fr="sans vous détendre davantage", en="and no further: not relaxed"),
    ),
}
"""What stands below the shape in each step: large, and smaller under it."""

LOOK = (
    Words(fr="Regardez chaque lanterne", en="Look at each lantern"),
    Words(fr="elle s'éclaire quand vous la regardez", en="it lights up when you look at it"),
)
MOVE = (
    Words(fr="Tournez-vous", en="Turn around"),
    Words(
        fr="deux lanternes sont derrière vous, à gauche et à droite",
        en="two lanterns hang behind you, left and right",
    ),
)
RATE = (
    Words(fr="Dites votre malaise", en="Tell your distress"),
    Words(fr="comme vous le ferez pendant la séance", en="as you will do it during the session"),
)
LEAVE = (
    Words(fr="Sortez une fois", en="Leave once"),
    Words(
        fr="la commande de sortie vous mène à votre lieu sûr",
        en="the way out leads to your safe place",
    ),
)
LEAVE_ALOUD = (
    Words(fr="Demandez une fois à sortir", en="Ask once to leave"),
    Words(
        fr="votre thérapeute vous mène à votre lieu sûr",
        en="your therapist leads you to your safe place",
    ),
)
"""For who can use no hand, and cannot leave by themselves."""
DONE_ALOUD = (
    Words(fr="Tout est essayé", en="All is tried"),
    Words(fr="demandez à sortir à tout moment", en="ask to leave at any moment"),
)
DONE = (
    Words(fr="Tout est essayé", en="All is tried"),
    Words(fr="la sortie reste toujours à vous", en="the way out is always yours"),
)


def said(guide: GuideState, language: Language) -> tuple[str, str]:
    """What to write below the shape now."""
    text, below = GUIDE[guide.guide, guide.step]
    large, small = text.get(language), below.get(language).strip()
    if guide.guide == "tension" and guide.rounds is not None and guide.round:
        count = f"{guide.round} / {guide.rounds}"
        small = f"{small}  ·  {count}"
    return large, small
