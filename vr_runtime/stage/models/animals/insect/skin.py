"""Owns the five grades of each kind of insect as data: colours, gloss, hair, fineness."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vr_runtime.stage.models.mesh import Colour


@dataclass(frozen=True)
class Skin:
    """How one grade looks."""

    dark: Colour
    """Of bands and thorax."""
    light: Colour
    """Of bands and face."""
    leg: Colour
    thigh: Colour
    eye: Colour
    thorax: Colour
    marked: float
    """How much of bands and spots is seen, 0 to 1."""
    gloss: float
    hairs: int
    """On the trunk."""
    hair: Colour = (0.80, 0.66, 0.42)
    swollen: float = 1.0
    """How many times thicker than life a toy is."""
    sides: int = 26
    steps: int = 44
    leg_sides: int = 8
    veins: bool = True
    wing: Colour = (0.80, 0.66, 0.44)


_BLACK: Colour = (0.105, 0.095, 0.085)
_LIFE = {
    "wasp": Skin(
        _BLACK, (0.965, 0.790, 0.120), (0.925, 0.700, 0.130), (0.16, 0.13, 0.09),
        (0.12, 0.085, 0.065), _BLACK, 1.0, 0.26, 700,
    ),
    "hornet": Skin(
        (0.36, 0.135, 0.070), (0.955, 0.740, 0.180), (0.50, 0.220, 0.100), (0.40, 0.165, 0.080),
        (0.20, 0.090, 0.055), (0.30, 0.115, 0.065), 1.0, 0.22, 900, wing=(0.76, 0.56, 0.32),
    ),
    "bee": Skin(
        (0.155, 0.110, 0.075), (0.690, 0.455, 0.165), (0.180, 0.135, 0.100), (0.16, 0.12, 0.09),
        (0.080, 0.060, 0.050), (0.330, 0.235, 0.130), 1.0, 0.10, 2600, wing=(0.78, 0.72, 0.60),
    ),
}  # fmt: skip


def skins(kind: str) -> tuple[Skin, ...]:
    """From a toy of felt to the animal as it is."""
    life = _LIFE[kind]
    wood: Colour = (0.66, 0.46, 0.29)
    burnt: Colour = (0.30, 0.19, 0.12)
    clay: Colour = (0.47, 0.38, 0.27)
    felt = replace(
        life, dark=(0.23, 0.21, 0.21), light=(0.95, 0.80, 0.32), leg=(0.26, 0.24, 0.24),
        thigh=(0.26, 0.24, 0.24), eye=(0.96, 0.96, 0.94), thorax=(0.28, 0.26, 0.26), gloss=0.0,
        hairs=0, swollen=1.6, veins=False, wing=(0.93, 0.94, 0.96),
    )  # fmt: skip
    carved = replace(
        life, dark=burnt, light=wood, leg=wood, thigh=wood, eye=burnt, thorax=wood, marked=0.75,
        gloss=0.05, hairs=0, swollen=1.12, veins=False, wing=(0.80, 0.68, 0.50),
    )  # fmt: skip
    shape = replace(
        life, dark=clay, light=clay, leg=clay, thigh=clay, eye=(0.33, 0.27, 0.20), thorax=clay,
        marked=0.0, gloss=0.05, hairs=0, veins=False,
    )  # fmt: skip
    drawn = replace(life, hairs=0, gloss=0.6 * life.gloss, veins=False)
    return felt, carved, shape, drawn, life


def seen_from_afar(skin: Skin) -> Skin:
    """The same with a tenth of the corners."""
    return replace(skin, hairs=skin.hairs // 8, sides=12, steps=22, leg_sides=4, veins=False)
