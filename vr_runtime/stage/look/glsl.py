"""Owns how the programs of the shader family are put together; knows neither scenes nor textures.

One family, cut to each kind by `#define`s: what a kind does not need is not compiled. The texts
lie in `look.chunks`. The programs read only plain uniforms set at the root by `lighting` and on the
node by `dress`. Colours leave them encoded for a display (gamma 2, a close and cheap relative of
sRGB).
"""

from __future__ import annotations

from dataclasses import dataclass

from vr_runtime.stage.look.chunks import (
    around,
    baked,
    boned,
    clear,
    coat,
    flowing,
    grated,
    limbs,
    rain,
    sky,
    soft,
    solid,
    vertex,
    walk,
)
from vr_runtime.stage.look.chunks.light import LIGHT
from vr_runtime.stage.look.layers import FACADES, PANES, SHOPS, layer

_VERSION = "#version 150\n"
MOST_LAMPS = 8
"""Lamps that one picture may have."""
Texts = tuple[str, str]
"""Vertex and fragment program."""


@dataclass(frozen=True)
class Grade:
    """What all programs of this process have in common; chosen once, before the first is made."""

    film: bool = True
    """Tones by the film's own curve, else by a cheaper one that comes close to it."""
    cast: bool = False
    """What moves casts a shadow by the sun."""
    soft: bool = False
    """Edges of leaves end within a pixel, by the samples it is joined of."""


def _head(grade: Grade, *kinds: str) -> str:
    defines = [f"LAMPS {MOST_LAMPS}", *kinds]
    defines += ["FILM"] * grade.film + ["CAST"] * grade.cast + ["SOFT"] * grade.soft
    windows = {
        "PLAIN": "plain",
        "LOCK": "lock",
        "TURF": "turf",
        "FIRST_PANE": PANES[0],
        "FIRST_SHOP": SHOPS[0],
        "FIRST_FACADE": FACADES[0],
        "LAST_FACADE": FACADES[-1],
    }
    defines += [f"{name} {float(layer(picture))}" for name, picture in windows.items()]
    return _VERSION + "".join(f"#define {each}\n" for each in defines)


def surface(grade: Grade, *kinds: str) -> Texts:
    """An opaque surface, cut by `kinds`.

    Kinds: LAYERED, FOLIAGE, CLOTH, SWAY, TRAFFIC, WALKING, SKINNED, LIMBED, BONED, MOVER, BAKED,
    DIMMED, COAT, FALLING, OWN.
    """
    head = _head(grade, *kinds)
    steps = walk.VERTEX if "WALKING" in kinds else ""
    steps += limbs.VERTEX if "LIMBED" in kinds else ""
    steps += boned.VERTEX if "BONED" in kinds else ""
    lit = head + LIGHT + baked.FRAGMENT + coat.FRAGMENT + solid.FRAGMENT
    return head + steps + vertex.VERTEX, lit


def glass(grade: Grade) -> Texts:
    """A pane of glass."""
    head = _head(grade)
    return head + vertex.VERTEX, head + LIGHT + clear.GLASS


def water(grade: Grade) -> Texts:
    """Open water; its faces are level."""
    head = _head(grade, "LAYERED")
    return head + vertex.VERTEX, head + LIGHT + clear.WATER


def stream(grade: Grade) -> Texts:
    """A river that runs along x, white where it breaks; its faces are level."""
    head = _head(grade, "LAYERED")
    return head + vertex.VERTEX, head + LIGHT + flowing.FRAGMENT


def grating(grade: Grade) -> Texts:
    """Bars of steel with nothing between; its faces are level, their pictures are not looked up."""
    head = _head(grade, "LAYERED")
    return head + vertex.VERTEX, head + LIGHT + grated.FRAGMENT


def shade(grade: Grade) -> Texts:
    """The soft shadow below what travels or stands."""
    head = _head(grade, "LAYERED", "TRAFFIC")
    return head + vertex.VERTEX, head + soft.SHADE


def limbed_shade(grade: Grade) -> Texts:
    """The soft shadow of an animal with limbs on what it stands on."""
    head = _head(grade, "LAYERED", "LIMBED")
    return head + limbs.VERTEX + vertex.VERTEX, head + limbs.SHADE


def boned_shade(grade: Grade) -> Texts:
    """The soft shadow of a body with bones on the ground."""
    head = _head(grade, "LAYERED", "BONED", "THROWN")
    return head + boned.VERTEX + vertex.VERTEX, head + limbs.SHADE


def glow(grade: Grade) -> Texts:
    """The glow of lamps by night; its faces turn to the eye."""
    head = _head(grade)
    return head + soft.GLOW_VERTEX, head + soft.GLOW


def dome(grade: Grade) -> Texts:
    """The sky around everything."""
    head = _head(grade)
    return head + sky.VERTEX, head + LIGHT + sky.FRAGMENT


def panorama(grade: Grade) -> Texts:
    """A picture all around, one of the tiles it was cut into."""
    head = _head(grade)
    return head + around.VERTEX, head + around.FRAGMENT


def film_around(grade: Grade) -> Texts:
    """A film all around."""
    head = _head(grade, "FILM_AROUND")
    return head + around.VERTEX, head + around.FRAGMENT


def streaks(grade: Grade) -> Texts:
    """Falling rain."""
    head = _head(grade)
    return head + rain.VERTEX, head + LIGHT + rain.FRAGMENT


def depth(kind: str = "") -> Texts:
    """What the sun sees of what moves: nothing but how far it is.

    `kind` says how it bends: "skinned", "boned", or not at all.
    """
    head = _VERSION + f"#define LOCK {float(layer('lock'))}\n"
    head += f"#define {kind.upper()}\n" if kind else ""
    head += boned.VERTEX if kind == "boned" else ""
    return head + soft.DEPTH_VERTEX, _VERSION + soft.DEPTH


def in_the_family(grade: Grade, vertex_text: str, fragment_text: str) -> Texts:
    """A program of one place's own that calls the functions of `chunks.light`."""
    head = _head(grade)
    return head + vertex_text, head + LIGHT + fragment_text
