"""Owns the walls of houses: with real windows near by, with a picture of windows from afar.

Knows nothing of where houses stand. A wall is worked out in its own plane: u to the right as seen
from the street, w up, o out of the wall towards the street; metres.
"""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.look.layers import FACADE_CELL_M, METRES, PANES, SHOPS, layer
from vr_runtime.stage.models.mesh import Array, Colour, Mesh, Wear, floats, normals_of

from city import dressing
from city.families import Family, family_of
from city.plan import FLOOR_M, GROUND_FLOOR_M, Style
from city.wall import Wall, flat, ledge, level, paint, upright

_STUFF: dict[Style, str] = {
    "stone": "stone",
    "brick": "brick",
    "plaster": "plaster",
    "ribbon": "concrete",
    "curtain": "steel",
    "concrete": "concrete",
}
FAR: dict[Style, tuple[str, ...]] = {
    "stone": ("facade_stone", "facade_deco"),
    "brick": ("facade_brick", "facade_loft"),
    "plaster": ("facade_plaster", "facade_deco"),
    "ribbon": ("facade_ribbon", "facade_loggia"),
    "curtain": ("facade_curtain",),
    "concrete": ("facade_concrete", "facade_panel"),
}
"""The pictures of windows by which each style may be shown from afar."""
_STRIPE_M = 0.32
"""From one stripe of a balcony's railing to the next, in metres."""
_SHEET_M = 0.012
"""How thick its bars are, in metres."""


_Row = NDArray[np.floating[Any]]
_Windows = tuple[_Row, _Row, _Row, _Row]
"""Left, right, sill and lintel of all windows of a wall, to be broadcast together."""


def near_wall(
    mesh: Mesh,
    wall: Wall,
    style: Style,
    tint: Colour,
    floors: int,
    *,
    shops: bool,
    seed: int,
    trimmed: bool = True,
    family: Family | None = None,
) -> None:
    """A wall with windows of geometry, from the pavement to the eaves; near by they are trimmed."""
    chance = Random(seed)
    cut = family_of(style, seed) if family is None else family
    stuff = _STUFF[style]
    metres = METRES[stuff]
    count = max(1, int((wall.length - 0.6) / cut.spacing))
    spacing = wall.length / count
    centres = (np.arange(count) + 0.5) * spacing
    half = min(cut.width, spacing - 0.12) / 2
    first = 1 if shops else 0
    bases = np.asarray(
        [GROUND_FLOOR_M + (k - 1) * FLOOR_M if k else 0.6 for k in range(first, floors)]
    )
    sills, lintels = bases + cut.low, bases + cut.low + cut.height
    eaves = GROUND_FLOOR_M + (floors - 1) * FLOOR_M
    start = GROUND_FLOOR_M - 0.35 if shops else 0.0

    def wallpaper(local: Array, open_to_sky: ArrayLike = 1.0) -> None:
        mesh.add(
            wall.place(local),
            picture=stuff,
            colour=tint,
            uv=local[..., :2] / metres,
            open_to_sky=open_to_sky,
        )

    # the bands between the rows of windows, and the piers between the windows of a row
    edges = np.concatenate([[start], np.stack([sills, lintels], -1).ravel(), [eaves]])
    wallpaper(flat(0.0, wall.length, edges[0::2], edges[1::2], 0.0))
    left = np.concatenate([[0.0], centres + half])
    right = np.concatenate([centres - half, [wall.length]])
    wallpaper(flat(left[None], right[None], sills[:, None], lintels[:, None], 0.0))

    cl, ch = sills[:, None], lintels[:, None]
    u0, u1 = centres[None] - half, centres[None] + half
    dim = np.tile(np.asarray([0.75, 0.35, 0.35, 0.75]), (u0.size * len(bases), 1))
    wallpaper(upright(u0, cl, ch, -cut.depth, 0.0), open_to_sky=dim)
    dim = np.tile(np.asarray([0.35, 0.75, 0.75, 0.35]), (u0.size * len(bases), 1))
    wallpaper(upright(u1, cl, ch, 0.0, -cut.depth), open_to_sky=dim)
    wallpaper(level(u0, u1, ch, -cut.depth, 0.0), open_to_sky=0.25)
    panes = flat(u0, u1, cl, ch, -cut.depth)
    drawn = _told_apart([layer(chance.choice(PANES)) for _ in range(len(panes))])
    whole = np.tile([[0, 0], [1, 0], [1, 1], [0, 1]], (len(panes), 1, 1))
    mesh.add(
        wall.place(panes),
        layers=drawn,
        uv=whole,
        colour=(1.0, 1.0, 1.0),
        open_to_sky=np.tile([0.9, 0.9, 0.55, 0.55], (len(panes), 1)),
    )
    pale = paint(tint, 1.05)
    if style in ("stone", "plaster", "brick"):
        out = 0.09
        sill: Wear = {"picture": "plaster", "colour": (0.86, 0.84, 0.80)}
        wide0, wide1 = u0 - 0.08, u1 + 0.08
        mesh.add(wall.place(flat(wide0, wide1, cl - 0.1, cl, out)), **sill)
        flat_sill = level(wide0, wide1, cl, out, -cut.depth)
        mesh.add(wall.place(flat_sill), **sill, normals=wall.bevel(flat_sill))
    else:
        flat_sill = level(u0, u1, cl, 0.0, -cut.depth)
        normals = wall.bevel(flat_sill)
        mesh.add(wall.place(flat_sill), picture=stuff, colour=tint, normals=normals)
    if style in ("stone", "plaster", "brick"):
        ledge(mesh, wall, eaves - 0.40, 0.30, 0.34, pale)
        if trimmed:
            _relief(mesh, wall, style, pale, (u0, u1, cl, ch), eaves)
    if style == "stone":
        ledge(mesh, wall, bases[::2], 0.14, 0.10, pale)
        for k in (0, len(bases) - 2) if "iron" in cut.wears else (0,):
            if 0 <= k < len(bases):
                balcony(mesh, wall, 0.25, wall.length - 0.25, float(bases[k]) + 0.12, 0.7)
    elif style == "plaster":
        ledge(mesh, wall, bases[1:2] - 0.05, 0.2, 0.14, pale)
        for k in range(0 if "bays" in cut.wears else len(bases)):
            for c in centres[k % 2 :: 3]:
                if chance.random() < 0.45:
                    low = float(bases[k]) + 0.10
                    rail = paint(tint, 0.80)
                    balcony(mesh, wall, c - 0.85, c + 0.85, low, 0.7, colour=rail)
    elif style == "brick":
        ledge(mesh, wall, bases[1::2] - 0.05, 0.16, 0.08, paint(pale, 0.92))
    elif style == "concrete":
        ledge(mesh, wall, bases[1:], 0.22, 0.05, paint(tint, 0.93))
    _dress(mesh, wall, cut, (u0, u1, cl, ch), bases, tint, chance, eaves)
    if shops:
        _shops(mesh, wall, chance, pale)


def _dress(
    mesh: Mesh,
    wall: Wall,
    family: Family,
    windows: _Windows,
    bases: _Row,
    tint: Colour,
    chance: Random,
    eaves: float,
) -> None:
    """What the family wears before its windows."""
    wears, start = family.wears, GROUND_FLOOR_M
    if "shutters" in wears:
        dressing.shutters(mesh, wall, windows, chance)
    if "blinds" in wears:
        dressing.blinds(mesh, wall, windows, family.depth, chance)
    if "boxes" in wears:
        dressing.boxes(mesh, wall, windows, chance)
    if "awnings" in wears:
        dressing.awnings(mesh, wall, windows, chance)
    if "fins" in wears:
        dressing.fins(mesh, wall, windows, start, eaves)
    if "pilasters" in wears:
        dressing.pilasters(mesh, wall, windows, start, eaves, tint)
    if "panels" in wears:
        dressing.panels(mesh, wall, windows, chance)
    if "coolers" in wears:
        dressing.coolers(mesh, wall, windows, chance)
    if "iron" in wears:
        dressing.iron(mesh, wall, windows)
    if "bands" in wears:
        dressing.bands(mesh, wall, windows)
    if "loggias" in wears:
        dressing.loggias(mesh, wall, bases, chance, tint)
    if "bays" in wears:
        left, right = windows[0], windows[1]
        middles = np.unique(np.round((left + right) / 2, 3))
        half = float((right - left).max()) / 2
        dressing.bays(mesh, wall, bases, middles, half, tint, chance)


def balcony(
    mesh: Mesh,
    wall: Wall,
    u0: float,
    u1: float,
    w: float,
    out: float,
    *,
    rail: float = 0.95,
    colour: Colour = (0.56, 0.55, 0.53),
) -> None:
    """A narrow balcony behind a railing of bars in `colour`, its floor at `w`.

    Single bars would be thinner than what a picture shows from across a street: each stripe that
    is drawn stands for a few of them.
    """
    slab: Wear = {"picture": "concrete", "colour": (0.92, 0.90, 0.86)}
    mesh.add(wall.place(level(u0, u1, w, out, 0.0)), **slab, open_to_sky=0.6)
    mesh.add(wall.place(flat(u0, u1, w - 0.16, w, out)), **slab)
    mesh.add(wall.place(level(u0, u1, w - 0.16, 0.0, out)), **slab, open_to_sky=0.3)
    mesh.add(wall.place(upright(u1, w - 0.16, w, 0.0, out)), **slab)
    mesh.add(wall.place(upright(u0, w - 0.16, w, out, 0.0)), **slab)
    panel: Wear = {"picture": "plain", "colour": colour}
    stripes = u0 + _STRIPE_M * np.arange(int((u1 - u0) / _STRIPE_M))
    bars = flat(stripes, stripes + 0.45 * _STRIPE_M, w + 0.08, w + rail - 0.06, out - 0.03)
    low = flat(u0, u1, w, w + 0.08, out - 0.03)
    ends = upright(np.asarray([u0, u1]), w, w + rail - 0.06, out - 0.03, 0.0)
    for face in (bars, low, ends):
        # a sheet has two sides: both in one plane would shade each other while light is baked
        apart = 0.5 * _SHEET_M * normals_of(floats(face))
        mesh.add(wall.place(face + apart), **panel)
        mesh.add(wall.place((face - apart)[:, ::-1]), **panel, open_to_sky=0.55)
    bar: Wear = {"picture": "plain", "colour": paint(colour, 0.7)}
    mesh.add(wall.place(flat(u0, u1, w + rail - 0.06, w + rail, out)), **bar)
    top = level(u0, u1, w + rail, out, out - 0.06)
    mesh.add(wall.place(top), **bar, normals=wall.bevel(top))
    for u in (u0, u1):
        for o0, o1 in ((out, 0.0), (0.0, out)):
            mesh.add(wall.place(upright(u, w + rail - 0.06, w + rail, o0, o1)), **bar)


def _relief(
    mesh: Mesh, wall: Wall, style: Style, pale: Colour, windows: _Windows, eaves: float
) -> None:
    """String courses, corner strips and window surrounds of older houses."""
    ledge(mesh, wall, eaves - 0.72, 0.26, 0.16, paint(pale, 0.96))
    u0, u1, low, high = windows
    trim: Wear = {"picture": "plaster", "colour": pale}
    if style == "brick":
        mesh.add(wall.place(flat(u0 - 0.12, u1 + 0.12, high, high + 0.24, 0.03)), **trim)
        return
    start, wide = GROUND_FLOOR_M - 0.2, 0.55
    strips = flat([0.0, wall.length - wide], [wide, wall.length], start, eaves - 0.72, 0.06)
    mesh.add(wall.place(strips), **trim)
    mesh.add(wall.place(upright(wide, start, eaves - 0.72, 0.0, 0.06)), **trim)
    mesh.add(wall.place(upright(wall.length - wide, start, eaves - 0.72, 0.06, 0.0)), **trim)
    band = 0.15
    for a, b in ((u0 - band, u0), (u1, u1 + band)):
        mesh.add(wall.place(flat(a, b, low, high, 0.05)), **trim)
    mesh.add(wall.place(flat(u0 - band, u1 + band, high, high + 0.2, 0.07)), **trim)
    under = level(u0 - band, u1 + band, high, 0.0, 0.07)
    mesh.add(wall.place(under), **trim, open_to_sky=0.6, normals=wall.bevel(under, up=-1.0))


def _told_apart(layers: list[int]) -> Array:
    """Numbers of pictures whose fractions tell windows of one picture apart: by night some of them
    are lit (`look.chunks.solid`)."""
    return floats(np.asarray(layers) + 0.8 * (np.arange(len(layers)) * 0.6180340 % 1.0) - 0.4)


def _shops(mesh: Mesh, wall: Wall, chance: Random, pale: Colour) -> None:
    """The ground floor: shopfronts between pillars, some with awnings."""
    count = max(1, round(wall.length / 5.2))
    wide = wall.length / count
    top = GROUND_FLOOR_M - 0.75
    pillar = 0.28
    u = np.arange(count) * wide
    front = flat(u + pillar, u + wide - pillar, 0.0, top, -0.35)
    drawn = _told_apart([layer(chance.choice(SHOPS)) for _ in range(count)])
    whole = np.tile([[0, 0], [1, 0], [1, 1], [0, 1]], (count, 1, 1))
    shade = np.tile([0.8, 0.8, 0.5, 0.5], (count, 1))
    mesh.add(wall.place(front), layers=drawn, uv=whole, open_to_sky=shade)
    stone: Wear = {"picture": "stone", "colour": paint(pale, 0.9)}
    edges = np.concatenate([[0.0], u[1:] - pillar, [wall.length - pillar]])
    ends = np.concatenate([[pillar], u[1:] + pillar, [wall.length]])
    mesh.add(wall.place(flat(edges, ends, 0.0, top, 0.0)), **stone)
    mesh.add(wall.place(upright(ends[:-1], 0.0, top, -0.35, 0.0)), **stone, open_to_sky=0.5)
    mesh.add(wall.place(upright(edges[1:], 0.0, top, 0.0, -0.35)), **stone, open_to_sky=0.5)
    ledge(mesh, wall, top, 0.45, 0.16, paint(pale, 0.96))
    # the upper corners are rounded off: an arcade rather than a row of boxes
    a, b = u + pillar, u + wide - pillar
    arch = ((0.0, 0.0), (0.0, 1.0), (0.28, 0.36), (1.0, 0.0))
    for foot, sign in ((a, 1.0), (b, -1.0)):
        turned = arch if sign > 0 else (arch[0], arch[3], arch[2], arch[1])
        points = [
            np.stack([foot + sign * p, np.full(count, top - 0.9 * q), np.full(count, -0.04)], -1)
            for p, q in turned
        ]
        mesh.add(wall.place(np.stack(points, axis=1)), **stone)
    cloths: tuple[Colour, ...] = (
        (0.58, 0.37, 0.32),
        (0.36, 0.44, 0.40),
        (0.74, 0.64, 0.45),
        (0.38, 0.42, 0.50),
        (0.85, 0.81, 0.72),
    )
    for k in range(count):
        if chance.random() < 0.45:
            a, b = u[k] + pillar, u[k] + wide - pillar
            colour = chance.choice(cloths)
            out, drop = 1.35, 0.75
            slope = [[(a, top - drop, out), (b, top - drop, out), (b, top, 0.02), (a, top, 0.02)]]
            sheet: Wear = {"picture": "fabric", "colour": colour}
            mesh.add(wall.place(slope), **sheet)
            mesh.add(wall.place(np.asarray(slope)[:, ::-1]), **sheet, open_to_sky=0.35)
            mesh.add(wall.place(flat(a, b, top - drop - 0.22, top - drop, out)), **sheet)


def far_wall(mesh: Mesh, wall: Wall, style: Style, tint: Colour, low: float, high: float) -> None:
    """A wall that shows a picture of windows, whole windows only; from `low` to `high` metres."""
    columns = max(1, round(wall.length / FACADE_CELL_M))
    rows = max(1, round((high - low) / FLOOR_M))
    chosen = int(abs(wall.x) * 7 + abs(wall.y) * 3)
    shift = chosen % 4
    pictures = FAR[style]
    a, b = shift / 4, (shift + columns) / 4
    uv = [[[a, 0.0], [b, 0.0], [b, rows / 4], [a, rows / 4]]]
    mesh.add(
        wall.place(flat(0.0, wall.length, low, high, 0.0)),
        picture=pictures[chosen // 4 % len(pictures)],
        colour=tint,
        uv=uv,
    )


def blind_wall(mesh: Mesh, wall: Wall, tint: Colour, low: float, high: float) -> None:
    """A wall without windows, where a house rises above its neighbour."""
    mesh.add(
        wall.place(flat(0.0, wall.length, low, high, 0.0)),
        picture="plaster",
        colour=paint(tint, 0.88),
    )
