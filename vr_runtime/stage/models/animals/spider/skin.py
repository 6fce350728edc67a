"""Owns what a spider of one grade of realism wears: finenesses and colours, as data.

Knows no geometry. Grade 1 is plainly a toy, grade 5 the animal as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from vr_runtime.stage.models.mesh import Colour


@dataclass(frozen=True)
class Skin:
    """How one grade of one kind looks. Colours as displayed, 0 to 1."""

    head: Colour
    belly: Colour
    leg: Colour
    ring: Colour
    """Of the bands around a leg's joints."""
    pale: Colour
    """Of the pattern on the trunk."""
    hair: Colour
    tip: Colour
    """Of the hair's ends."""
    sides: int = 10
    """Corners around a leg."""
    steps: int = 5
    """Rings along one bone."""
    around: int = 28
    """Corners around the trunk."""
    patterned: float = 0.0
    """How plain (0) or how marked (1) it is."""
    bristles: int = 0
    """Hairs on the eight legs; on the trunk half as many more."""
    long: float = 0.030
    """Of a hair, in spans."""
    gloss: float = 0.05
    eyes: int = 2
    """0 none, 2 buttons of a toy, 8 as they are."""
    jointed: bool = True
    """Whether knees and heels are thicker than what lies between."""
    toy: bool = False
    """A round ball with soft, even legs."""
    jaws: bool = True


_WOOD: Colour = (0.45, 0.31, 0.20)
_REAL = {
    "house_spider": Skin(
        head=(0.40, 0.285, 0.175),
        belly=(0.335, 0.25, 0.17),
        leg=(0.43, 0.30, 0.185),
        ring=(0.235, 0.155, 0.095),
        pale=(0.61, 0.49, 0.345),
        hair=(0.20, 0.14, 0.09),
        tip=(0.42, 0.32, 0.22),
        long=0.026,
        gloss=0.09,
        eyes=8,
    ),
    "bird_spider": Skin(
        head=(0.30, 0.215, 0.155),
        belly=(0.185, 0.135, 0.105),
        leg=(0.195, 0.145, 0.115),
        ring=(0.50, 0.335, 0.215),
        pale=(0.44, 0.33, 0.235),
        hair=(0.155, 0.105, 0.075),
        tip=(0.52, 0.39, 0.275),
        long=0.045,
        gloss=0.05,
        eyes=8,
    ),
}


def _toy(colour: Colour) -> Skin:
    return Skin(
        head=colour,
        belly=colour,
        leg=(colour[0] * 0.72, colour[1] * 0.72, colour[2] * 0.72),
        ring=colour,
        pale=colour,
        hair=colour,
        tip=colour,
        jointed=False,
        toy=True,
        jaws=False,
        gloss=0.0,
    )


def skins(kind: str) -> tuple[Skin, ...]:
    """The five grades of a kind, from the toy to the animal."""
    real = _REAL[kind]
    carved = replace(
        real, head=_WOOD, belly=_WOOD, leg=(0.37, 0.25, 0.16), jaws=False, eyes=2, gloss=0.16
    )
    plain = replace(real, eyes=8, gloss=0.06, jaws=False)
    many = 5200 if kind == "house_spider" else 8200
    return (
        _toy((0.42, 0.55, 0.60)),
        carved,
        plain,
        replace(real, patterned=0.75, bristles=1300, sides=12, steps=6, around=34, long=0.020),
        replace(real, patterned=1.0, bristles=many, sides=12, steps=7, around=40),
    )


def seen_from_afar(skin: Skin) -> Skin:
    """The same for where many are seen, or from afar: a tenth of the hair, coarser."""
    return replace(
        skin,
        sides=5,
        steps=2,
        around=14,
        bristles=skin.bristles // 14,
        long=skin.long * 1.25,
    )
