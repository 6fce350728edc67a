"""Owns what a facade wears: shutters, bays, boxes of flowers, blinds; knows no whole wall.

Windows are given as left, right, sill and lintel, (floors, columns) each, in the wall's plane.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np

from vr_runtime.stage.look.layers import PANES, layer
from vr_runtime.stage.models.mesh import Colour, Mesh, Wear

from city.wall import Wall, flat, level, paint, upright

Windows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
_WHOLE = [[0, 0], [1, 0], [1, 1], [0, 1]]
_SHUTTERS: tuple[Colour, ...] = (
    (0.44, 0.54, 0.52),
    (0.54, 0.62, 0.66),
    (0.50, 0.36, 0.30),
    (0.86, 0.85, 0.80),
    (0.42, 0.48, 0.38),
)
_CLOTHS: tuple[Colour, ...] = ((0.80, 0.76, 0.66), (0.62, 0.42, 0.34), (0.55, 0.58, 0.60))
_PANELS: tuple[Colour, ...] = ((0.52, 0.60, 0.66), (0.72, 0.56, 0.42), (0.62, 0.66, 0.56))
_FLOWERS: tuple[Colour, ...] = ((0.95, 0.55, 0.55), (0.9, 0.95, 0.8), (1.0, 0.85, 0.9))
_IRON: Colour = (0.30, 0.30, 0.31)


def _each(windows: Windows) -> list[tuple[float, float, float, float]]:
    spread = np.broadcast_arrays(*windows)
    return list(zip(*(part.ravel().tolist() for part in spread), strict=True))


def _block(
    mesh: Mesh,
    wall: Wall,
    u: tuple[float, float],
    w: tuple[float, float],
    o: float,
    wear: Wear,
    *,
    back: float = 0.0,
) -> None:
    """A box on the wall: front, sides, top and underside."""
    (a, b), (low, high) = u, w
    mesh.add(wall.place(flat(a, b, low, high, o)), **wear)
    mesh.add(wall.place(upright(b, low, high, back, o)), **wear)
    mesh.add(wall.place(upright(a, low, high, o, back)), **wear)
    mesh.add(wall.place(level(a, b, high, o, back)), **wear)
    mesh.add(wall.place(level(a, b, low, back, o)), **wear, open_to_sky=0.5)


def shutters(mesh: Mesh, wall: Wall, windows: Windows, chance: Random) -> None:
    """A leaf to either side of each window; a few are closed."""
    wear: Wear = {"picture": "wood", "colour": chance.choice(_SHUTTERS)}
    for a, b, low, high in _each(windows):
        half = (b - a) / 2
        if chance.random() < 0.12:
            mesh.add(wall.place(flat(a, b, low, high, -0.03)), **wear)
            continue
        for left in (a - half, b):
            _block(mesh, wall, (left + 0.03, left + half - 0.03), (low, high), 0.05, wear)


def blinds(mesh: Mesh, wall: Wall, windows: Windows, depth: float, chance: Random) -> None:
    """Outer blinds before some windows, let down as far as each room has them."""
    colour = chance.choice(((0.90, 0.89, 0.86), (0.74, 0.75, 0.76), (0.84, 0.78, 0.66)))
    rows = []
    for a, b, low, high in _each(windows):
        if chance.random() < 0.34:
            rows.append((a, b, high - (high - low) * chance.choice((0.3, 0.5, 0.75, 1.0)), high))
    if rows:
        a, b, low, high = np.asarray(rows).T
        mesh.add(wall.place(flat(a, b, low, high, 0.06 - depth)), picture="fabric", colour=colour)


def boxes(mesh: Mesh, wall: Wall, windows: Windows, chance: Random) -> None:
    """Boxes of flowers below some windows."""
    for a, b, low, _ in _each(windows):
        if chance.random() < 0.30:
            box: Wear = {"picture": "plain", "colour": (0.50, 0.36, 0.28)}
            _block(mesh, wall, (a, b), (low - 0.02, low + 0.16), 0.28, box)
            green: Wear = {"picture": "hedge", "colour": chance.choice(_FLOWERS)}
            _block(mesh, wall, (a + 0.03, b - 0.03), (low + 0.16, low + 0.40), 0.30, green)


def awnings(mesh: Mesh, wall: Wall, windows: Windows, chance: Random) -> None:
    """Cloth above the windows of the two lowest floors."""
    cloth: Wear = {"picture": "fabric", "colour": chance.choice(_CLOTHS)}
    lowest = sorted({row[2] for row in _each(windows)})[:2]
    for a, b, low, high in _each(windows):
        if low in lowest and chance.random() < 0.8:
            drop = high - 0.55
            slope = [
                [
                    (a - 0.1, drop, 0.75),
                    (b + 0.1, drop, 0.75),
                    (b + 0.1, high, 0.02),
                    (a - 0.1, high, 0.02),
                ]
            ]
            mesh.add(wall.place(slope), **cloth)
            mesh.add(wall.place(np.asarray(slope)[:, ::-1]), **cloth, open_to_sky=0.4)


def fins(mesh: Mesh, wall: Wall, windows: Windows, start: float, eaves: float) -> None:
    """Slender blades between the windows, from the first floor to the roof."""
    wear: Wear = {"picture": "steel", "colour": (0.78, 0.76, 0.70)}
    for u in np.unique(np.round(windows[0], 3))[1:]:
        _block(mesh, wall, (float(u) - 0.14, float(u) - 0.06), (start, eaves), 0.34, wear)


def pilasters(
    mesh: Mesh, wall: Wall, windows: Windows, start: float, eaves: float, tint: Colour
) -> None:
    """Flat pillars between every second pair of windows."""
    wear: Wear = {"picture": "plaster", "colour": paint(tint, 1.04)}
    left, right = np.unique(np.round(windows[0], 3)), np.unique(np.round(windows[1], 3))
    for k in range(1, len(left), 2):
        middle = float(left[k] + right[k - 1]) / 2
        _block(mesh, wall, (middle - 0.2, middle + 0.2), (start, eaves - 0.75), 0.11, wear)


def panels(mesh: Mesh, wall: Wall, windows: Windows, chance: Random) -> None:
    """Coloured panels below the windows."""
    colour = chance.choice(_PANELS)
    u0, u1, low, _ = np.broadcast_arrays(*windows)
    face = flat(u0, u1, low - 0.85, low - 0.02, 0.02)
    mesh.add(wall.place(face), picture="plain", colour=colour)


def coolers(mesh: Mesh, wall: Wall, windows: Windows, chance: Random) -> None:
    """The outer parts of cooling machines beside a few windows."""
    for a, _, low, _ in _each(windows):
        if chance.random() < 0.07:
            wear: Wear = {"picture": "steel", "colour": (0.92, 0.92, 0.90)}
            _block(mesh, wall, (a, a + 0.8), (low - 0.72, low - 0.14), 0.36, wear)


def iron(mesh: Mesh, wall: Wall, windows: Windows) -> None:
    """A low grille of iron before each window."""
    u0, u1, low, _ = (np.ravel(part) for part in np.broadcast_arrays(*windows))
    wear: Wear = {"picture": "plain", "colour": _IRON}
    for bottom, top in ((0.10, 0.14), (0.40, 0.44), (0.70, 0.75)):
        mesh.add(wall.place(flat(u0, u1, low + bottom, low + top, 0.06)), **wear)
    for part in (0.2, 0.4, 0.6, 0.8):
        u = u0 + (u1 - u0) * part
        mesh.add(wall.place(flat(u - 0.015, u + 0.015, low + 0.1, low + 0.72, 0.06)), **wear)


def bands(mesh: Mesh, wall: Wall, windows: Windows) -> None:
    """Dark bars of steel that part wide windows into small panes."""
    u0, u1, low, high = (np.ravel(part) for part in np.broadcast_arrays(*windows))
    wear: Wear = {"picture": "plain", "colour": (0.22, 0.23, 0.24)}
    for part in (0.25, 0.5, 0.75):
        u = u0 + (u1 - u0) * part
        mesh.add(wall.place(flat(u - 0.035, u + 0.035, low, high, -0.14)), **wear)
    for part in (0.36, 0.7):
        w = low + (high - low) * part
        mesh.add(wall.place(flat(u0, u1, w - 0.03, w + 0.03, -0.14)), **wear)


def loggias(mesh: Mesh, wall: Wall, bases: np.ndarray, chance: Random, tint: Colour) -> None:
    """Balconies along the whole wall behind parapets, parted from flat to flat."""
    slab: Wear = {"picture": "concrete", "colour": (0.90, 0.88, 0.84)}
    front: Wear = {"picture": "plaster", "colour": paint(tint, chance.choice((0.82, 1.0, 1.05)))}
    out, ends = 1.25, (0.15, wall.length - 0.15)
    for base in bases.tolist():
        _block(mesh, wall, ends, (base - 0.12, base + 0.06), out, slab)
        face = flat(*ends, base + 0.06, base + 0.98, out - 0.03)
        mesh.add(wall.place(face), **front)
        mesh.add(wall.place(flat(*ends, base + 0.06, base + 0.98, out - 0.13)[:, ::-1]), **front)
        mesh.add(wall.place(level(*ends, base + 0.98, out - 0.03, out - 0.13)), **front)
    count = max(2, round(wall.length / 6.0))
    for k in range(count + 1):
        u = ends[0] + (ends[1] - ends[0] - 0.14) * k / count
        for base in bases.tolist():
            _block(mesh, wall, (u, u + 0.14), (base + 0.06, base + 2.7), out - 0.25, slab)


def bays(
    mesh: Mesh,
    wall: Wall,
    bases: np.ndarray,
    centres: np.ndarray,
    half: float,
    tint: Colour,
    chance: Random,
) -> None:
    """Bays that stand out over all floors but the first and the last, with windows all round."""
    if len(bases) < 3:
        return
    body: Wear = {"picture": "plaster", "colour": paint(tint, 1.03)}
    out, slant, wide = 0.75, 0.42, half + 0.42
    first = chance.randrange(2)
    low, high = float(bases[1]) - 0.25, float(bases[-1]) + 2.75
    for middle in centres[first::3].tolist():
        a, b = middle - wide, middle + wide
        if a < 0.3 or b > wall.length - 0.3:
            continue
        foot = [(a, 0.0), (a + slant, out), (b - slant, out), (b, 0.0)]
        for (p, op), (q, oq) in pairwise(foot):
            mesh.add(
                wall.place([[(p, low, op), (q, low, oq), (q, high, oq), (p, high, op)]]), **body
            )
            for base in bases[1:].tolist():

                def at(
                    part: float, w: float, ends: tuple[float, ...] = (p, q, op, oq)
                ) -> tuple[float, float, float]:
                    start, end, near, far = ends
                    return start + (end - start) * part, w, near + (far - near) * part + 0.025

                pane = [
                    [
                        at(0.12, base + 0.8),
                        at(0.88, base + 0.8),
                        at(0.88, base + 2.4),
                        at(0.12, base + 2.4),
                    ]
                ]
                mesh.add(wall.place(pane), layers=[layer(chance.choice(PANES))], uv=[_WHOLE])
        for w, turned in ((high, False), (low, True)):
            lid = [[(a, w, 0.0), (a + slant, w, out), (b - slant, w, out), (b, w, 0.0)]]
            shape = np.asarray(lid, dtype=float)
            mesh.add(wall.place(shape[:, ::-1] if turned else shape), **body)
