"""Owns what is laid on the garden table: cake, fruit, jam, lemonade in its carafe, plates."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.garden.laid import Laid, Rgb
from vr_runtime.stage.models.garden.plan import (
    BOARD,
    BOARD_M,
    BOARD_WIDE_M,
    BOWL,
    CAKE,
    CAKE_M,
    CARAFE,
    FOOT_M,
    JAM,
    MELON,
    PLATE,
    PLATE_M,
    STAND_M,
    TOP_Z,
    Place,
)
from vr_runtime.stage.models.mesh import floats
from vr_runtime.stage.models.shapes import ball

CHINA: Rgb = (0.76, 0.755, 0.73)
SPONGE: Rgb = (0.93, 0.78, 0.50)
CREAM: Rgb = (0.90, 0.86, 0.76)
JELLY: Rgb = (0.58, 0.09, 0.10)
SILVER: Rgb = (0.80, 0.80, 0.80)
WOOD: Rgb = (1.0, 0.90, 0.78)
ABOVE = 0.0012
"""Of shadows over the cloth."""
_LAYERS = ((0.0, 0.36, SPONGE), (0.36, 0.44, JELLY), (0.44, 0.52, CREAM), (0.52, 0.84, SPONGE),
           (0.84, 1.0, CREAM))  # fmt: skip


def food(laid: Laid) -> None:
    """Add all of it."""
    _plate(laid, (*PLATE, TOP_Z + FOOT_M), 0.125)
    _foot(laid, (*PLATE, TOP_Z), FOOT_M, 0.052, CHINA)
    _board(laid)
    z = TOP_Z + FOOT_M + PLATE_M
    _slice(laid, (PLATE[0] - 0.015, PLATE[1] + 0.050, z), -125.0, 46.0, 0.115)
    _slice(laid, (PLATE[0] + 0.003, PLATE[1] - 0.022, z), 40.0, 42.0, 0.110)
    _crumbs(laid)
    _cake(laid)
    _bowl(laid)
    _carafe(laid)
    _jam(laid)
    _melon(laid)
    _setting(laid)


def _plate(laid: Laid, at: Place, wide: float) -> None:
    profile = [(0.55 * wide, 0.0), (0.62 * wide, 0.002), (0.98 * wide, 0.013), (wide, 0.0155)]
    inner = [(0.97 * wide, 0.0160), (0.66 * wide, 0.0075), (0.0, 0.0070)]
    laid.round(at, [*profile, *inner], CHINA, around=56)
    # a blue line inside its rim
    ring = [(0.935 * wide, 0.01512), (0.905 * wide, 0.01415)]
    laid.round((at[0], at[1], at[2] + 0.0004), ring, (0.33, 0.45, 0.62), around=56)
    high = 0.03 + at[2] - TOP_Z
    laid.shade((at[0], at[1], TOP_Z + ABOVE), (0.95 * wide, 0.95 * wide), high=high, dark=0.40)


def _foot(
    laid: Laid, at: Place, high: float, wide: float, colour: Rgb, stuff: str = "plain"
) -> None:
    """What carries a plate or a board: broad below, slender, and broader again at its top."""
    profile = [(0.0, 0.0), (wide, 0.0), (0.97 * wide, 0.006), (0.45 * wide, 0.018)]
    profile += [(0.24 * wide, 0.045), (0.21 * wide, 0.55 * high), (0.30 * wide, 0.60 * high)]
    profile += [(0.21 * wide, 0.66 * high), (0.26 * wide, 0.90 * high), (0.75 * wide, high)]
    laid.round(at, profile, colour, picture=stuff, around=36)


def _board(laid: Laid) -> None:
    """A round board of wood on its foot: a glass or a guest's cup stands on it, near the eyes."""
    x, y = BOARD
    _foot(laid, (x, y, TOP_Z), BOARD_M - 0.014, 0.058, WOOD, "wood")
    under, top = BOARD_M - 0.014, BOARD_M
    edge = [(0.03, under), (BOARD_WIDE_M - 0.006, under), (BOARD_WIDE_M, under + 0.005)]
    edge += [(BOARD_WIDE_M, top - 0.004), (BOARD_WIDE_M - 0.004, top), (0.0, top)]
    laid.round((x, y, TOP_Z), edge, (0.70, 0.55, 0.39), around=56)
    groove = [(BOARD_WIDE_M - 0.011, top + 0.0004), (BOARD_WIDE_M - 0.0135, top + 0.0004)]
    laid.round((x, y, TOP_Z), groove, (0.50, 0.37, 0.25), around=56)
    laid.shade((x, y, TOP_Z + ABOVE), (BOARD_WIDE_M, BOARD_WIDE_M), high=BOARD_M, dark=0.42)


def _slice(laid: Laid, tip: Place, turn: float, opens: float, long: float) -> None:
    """A slice of layer cake: tip, where it points from, how wide it opens; degrees, metres."""
    x, y, z = tip
    angles = np.radians(turn + np.linspace(-0.5, 0.5, 9) * opens)
    rim = np.stack([x + long * np.cos(angles), y + long * np.sin(angles)], axis=-1)
    for low, high, colour in _LAYERS:
        a, b = z + low * CAKE_M, z + high * CAKE_M
        # the two cut faces show the layers
        for edge, flip in ((rim[0], False), (rim[-1], True)):
            steps = np.linspace(0.0, 1.0, 9)
            line = np.asarray((x, y)) + steps[:, None] * (edge - np.asarray((x, y)))
            faces = _wall(line if not flip else line[::-1], a, b)
            tone = 1.0 + 0.06 * np.sin(97.0 * faces[..., :1] + 71.0 * faces[..., 2:3])
            laid.add(faces, np.clip(np.asarray(colour) * tone, 0, 1), picture="plaster", dim=0.95)
        outer = CREAM if low > 0.0 else (0.90, 0.84, 0.70)
        laid.add(_wall(rim, a, b), outer, picture="plaster", dim=0.95)
    top = z + CAKE_M
    fan = [
        [(x, y, top), (*rim[k], top), (*rim[k + 1], top), (x, y, top)] for k in range(len(rim) - 1)
    ]
    laid.add(floats(fan), CREAM, picture="plaster")
    # jelly has run over the cream, with berries on it
    middle = np.radians(turn)
    for share, across, size in ((0.86, 0.0, 0.016), (0.62, 0.20, 0.0125), (0.58, -0.22, 0.013)):
        a = middle + across * np.radians(opens)
        at = (x + share * long * np.cos(a), y + share * long * np.sin(a), top + 0.45 * size)
        _strawberry(laid, at, size)
    glaze = np.linspace(0.0, 2 * np.pi, 25)
    ring = 0.30 * long * (1.0 + 0.18 * np.sin(3 * glaze + turn))
    cx, cy = x + 0.66 * long * np.cos(middle), y + 0.66 * long * np.sin(middle)
    edge = np.stack(
        [cx + 0.8 * ring * np.cos(glaze), cy + 0.8 * ring * np.sin(glaze), 0 * ring + top + 0.001],
        axis=-1,
    )
    heart = np.broadcast_to(np.asarray((cx, cy, top + 0.002)), edge[1:].shape)
    spots = np.stack([heart, edge[:-1], edge[1:], heart], axis=1)
    laid.add(floats(spots), JELLY)


def _wall(line: np.ndarray, low: float, high: float) -> np.ndarray:
    a, b = line[:-1], line[1:]
    down, up = np.full((len(a), 1), low), np.full((len(a), 1), high)
    corners = [np.hstack(each) for each in ((a, down), (b, down), (b, up), (a, up))]
    return floats(np.stack(corners, axis=1))


def _strawberry(laid: Laid, at: Place, size: float) -> None:
    faces, normals = ball(at, (0.86 * size, 0.86 * size, size), 16, 12)
    spots = np.sin(faces[..., 0] * 5.2 / size * 0.8) * np.sin(faces[..., 1] * 5.2 / size * 0.8)
    spots = np.clip(spots * np.sin(faces[..., 2] * 4.4 / size) - 0.55, 0.0, 1.0)[..., None]
    red = np.asarray((0.70, 0.13, 0.11)) * (1.0 - spots) + np.asarray((0.95, 0.72, 0.35)) * spots
    laid.add(faces, np.clip(red, 0, 1), normals=normals)


def _crumbs(laid: Laid) -> None:
    """Crumbs on the plate and on the cloth, and a drop of jam: what wasps come for."""
    random = np.random.default_rng(41)
    for _ in range(46):
        x = PLATE[0] + float(random.normal(0.0, 0.07))
        y = PLATE[1] + float(random.normal(-0.02, 0.06))
        on_plate = np.hypot(x - PLATE[0], y - PLATE[1]) < 0.08
        size = float(random.uniform(0.0010, 0.0028))
        z = TOP_Z + (FOOT_M + 0.0075 if on_plate else 0.0) + 0.5 * size
        laid.ball((x, y, z), (size, 0.8 * size, 0.7 * size), SPONGE, fine=6)
    for x, y, r in ((PLATE[0] - 0.155, 0.70, 0.013), (PLATE[0] - 0.132, 0.690, 0.006)):
        laid.ball((x, y, TOP_Z), (r, 0.9 * r, 0.0022), (0.62, 0.07, 0.09), fine=18)


def _cake(laid: Laid) -> None:
    """The cake from which the slices come, on a stand of china."""
    x, y = CAKE
    foot = [(0.0, 0.0), (0.065, 0.0), (0.062, 0.008), (0.018, 0.022), (0.016, STAND_M - 0.014)]
    dish = [(0.030, STAND_M - 0.010), (0.155, STAND_M - 0.006), (0.158, STAND_M), (0.0, STAND_M)]
    laid.round((x, y, TOP_Z), [*foot, *dish], CHINA, around=56)
    laid.shade((x, y, TOP_Z + ABOVE), (0.15, 0.15), high=0.10, dark=0.42)
    z = TOP_Z + STAND_M
    for k in range(5):
        # a gap is left where two slices were cut
        _slice(laid, (x, y, z), 20.0 + 52.0 * k, 51.0, 0.115)


def _bowl(laid: Laid) -> None:
    """Grapes, peaches, plums and an apple in a bowl of blue china."""
    x, y = BOWL
    random = np.random.default_rng(42)
    blue: Rgb = (0.36, 0.50, 0.64)
    outer = [(0.0, 0.0), (0.055, 0.001), (0.06, 0.008), (0.115, 0.040), (0.145, 0.080)]
    laid.round((x, y, TOP_Z), [*outer, (0.138, 0.081), (0.108, 0.045), (0.0, 0.018)], blue)
    laid.shade((x, y, TOP_Z + ABOVE), (0.13, 0.13), high=0.12, dark=0.45)
    for dx, dy, dz, r, colour in (
        (-0.062, 0.015, 0.075, 0.040, (0.95, 0.66, 0.38)),
        (0.030, 0.060, 0.075, 0.041, (0.94, 0.62, 0.36)),
        (0.050, -0.035, 0.070, 0.037, (0.72, 0.22, 0.18)),
        (-0.015, -0.060, 0.070, 0.027, (0.36, 0.20, 0.36)),
        (-0.075, -0.050, 0.068, 0.026, (0.40, 0.20, 0.34)),
        (-0.010, 0.010, 0.112, 0.037, (0.78, 0.72, 0.28)),
    ):
        at = (x + dx, y + dy, TOP_Z + dz)
        faces, normals = ball(at, (r, r, 0.93 * r), 24, 18)
        blush = 0.5 + 0.5 * np.sin(2.5 * np.arctan2(faces[..., 1] - at[1], faces[..., 0] - at[0]))
        low = np.clip((at[2] - faces[..., 2]) / r, 0, 1)
        tone = (1.0 - 0.22 * blush * (1 - low))[..., None]
        tint = np.concatenate([0.6 + 0.4 * tone, tone, tone], axis=-1)
        laid.add(faces, np.clip(np.asarray(colour) * tint, 0, 1), normals=normals)
        stem = [(at[0], at[1], at[2] + 0.82 * r), (at[0] + 0.004, at[1], at[2] + 1.22 * r)]
        laid.rod(stem, 0.0016, (0.34, 0.24, 0.13), sides=6)
    for _ in range(34):
        dx, dy, dz = (float(c) for c in random.normal(0.0, 1.0, 3) * (0.030, 0.024, 0.016))
        grape = (x + 0.085 + dx, y + 0.03 + dy, TOP_Z + 0.100 + dz)
        tone = float(random.uniform(0.85, 1.12))
        green = np.clip(np.asarray((0.56, 0.66, 0.26)) * tone, 0, 1)
        laid.ball(grape, 0.0125, green, fine=12)


def _carafe(laid: Laid) -> None:
    """Lemonade with slices of lemon, in a carafe."""
    at = (*CARAFE, TOP_Z)
    body = [(0.050, 0.003), (0.058, 0.010), (0.064, 0.07), (0.060, 0.13), (0.036, 0.185),
            (0.030, 0.215), (0.040, 0.245)]  # fmt: skip
    laid.blown(at, body, own=1.0)
    laid.blown(at, [(0.030, 0.001), (0.048, 0.001), (0.054, 0.006)], own=0.35)
    laid.blown(at, [(0.0395, 0.243), (0.0415, 0.2455), (0.0395, 0.2475)], own=0.35)
    drink = [(0.0, 0.008), (0.052, 0.009), (0.060, 0.07), (0.057, 0.128), (0.0, 0.129)]
    laid.blown(at, drink, milky=True, colour=(1.0, 0.95, 0.62))
    for k, (turn, z) in enumerate(((0.4, 0.115), (2.4, 0.09), (4.3, 0.06))):
        place = (at[0] + 0.030 * np.cos(turn), at[1] + 0.030 * np.sin(turn), at[2] + z)
        lemon(laid, place, 0.024, tilt=0.5 + 0.5 * k, turn=turn)
    laid.shade((at[0], at[1], TOP_Z + ABOVE), (0.06, 0.06), high=0.22, dark=0.26)


def lemon(laid: Laid, at: Place, radius: float, *, tilt: float, turn: float) -> None:
    """A slice of lemon: peel, pith, eight segments; seen from both sides."""
    steps = np.linspace(0.0, 2 * np.pi, 33)
    bands: tuple[tuple[float, float, Rgb], ...] = (
        (0.0, 0.10, (0.97, 0.95, 0.80)),
        (0.10, 0.84, (0.96, 0.86, 0.36)),
        (0.84, 0.93, (0.98, 0.96, 0.84)),
        (0.93, 1.0, (0.95, 0.80, 0.16)),
    )
    ways = np.stack([np.cos(steps), np.sin(steps), 0 * steps], axis=-1)
    c, s = np.cos(tilt), np.sin(tilt)
    lean = np.asarray(((1, 0, 0), (0, c, -s), (0, s, c)))
    about = np.asarray(
        ((np.cos(turn), -np.sin(turn), 0), (np.sin(turn), np.cos(turn), 0), (0, 0, 1))
    )
    turned = about @ lean
    for side in (1.0, -1.0):
        lift = turned @ np.asarray((0.0, 0.0, 0.0018 * side))
        for low, high, colour in bands:
            rings = np.stack([low * radius * ways, high * radius * ways]) @ turned.T
            rings = rings + np.asarray(at) + lift
            faces = np.stack([rings[0, :-1], rings[1, :-1], rings[1, 1:], rings[0, 1:]], axis=1)
            faces = faces if side > 0 else faces[:, ::-1]
            tone = np.ones((len(faces), 1, 3))
            if 0.05 < low < 0.5:
                gap = np.arange(len(faces)) % 4 == 0
                tone[gap] = (1.02, 1.08, 1.9)
            laid.add(floats(faces), np.clip(np.asarray(colour) * tone, 0, 1), dim=0.95)
    edge = np.stack([radius * ways + (0, 0, -0.0018), radius * ways + (0, 0, 0.0018)]) @ turned.T
    edge = edge + np.asarray(at)
    rim = np.stack([edge[0, :-1], edge[0, 1:], edge[1, 1:], edge[1, :-1]], axis=1)
    laid.add(floats(rim), (0.94, 0.78, 0.14), dim=0.9)


def _jam(laid: Laid) -> None:
    """A jar of strawberry jam with a spoon in it."""
    at = (*JAM, TOP_Z)
    wall = [(0.030, 0.002), (0.036, 0.008), (0.037, 0.06), (0.031, 0.072), (0.031, 0.085)]
    laid.blown(at, wall, own=1.0)
    laid.blown(at, [(0.0305, 0.083), (0.032, 0.0855), (0.030, 0.087)], own=0.35)
    jam = [(0.0, 0.004), (0.031, 0.005), (0.0345, 0.012), (0.0350, 0.052), (0.0, 0.050)]
    laid.round(at, jam, (0.60, 0.07, 0.09))
    laid.shade((at[0], at[1], TOP_Z + ABOVE), (0.038, 0.038), high=0.08, dark=0.42)
    x, y, z = at
    handle = [(x - 0.010, y, z + 0.045), (x + 0.020, y + 0.012, z + 0.085),
              (x + 0.062, y + 0.030, z + 0.150)]  # fmt: skip
    laid.rod(handle, [0.0032, 0.0026, 0.0042], SILVER, picture="steel", sides=8)


def _melon(laid: Laid) -> None:
    """Three slices of watermelon on a plate."""
    at = (*MELON, TOP_Z)
    _plate(laid, at, 0.115)
    for k in range(3):
        _melon_slice(laid, (at[0] - 0.035 + 0.036 * k, at[1] + 0.004 * k, at[2] + 0.012), 8.0 * k)


def _melon_slice(laid: Laid, at: Place, lean: float) -> None:
    """Half a disc that lies on its rind, cut faces at both sides."""
    steps = np.linspace(np.pi, 2 * np.pi, 29)
    bands: tuple[tuple[float, float, Rgb], ...] = (
        (0.0, 0.78, (0.90, 0.26, 0.24)),
        (0.78, 0.88, (0.93, 0.58, 0.50)),
        (0.88, 0.95, (0.90, 0.94, 0.78)),
        (0.95, 1.0, (0.24, 0.45, 0.20)),
    )
    radius, half, a = 0.078, 0.010, np.radians(20.0 + lean)
    # across y, its cut edge up; it leans a little
    ways = np.stack([0 * steps, np.cos(steps), 1.0 + np.sin(steps)], axis=-1)
    tilted = np.asarray(((np.cos(a), 0, np.sin(a)), (0, 1, 0), (-np.sin(a), 0, np.cos(a))))
    middle = np.asarray((0.0, 0.0, 1.0))
    for side in (1.0, -1.0):
        off = np.asarray((side * half, 0.0, 0.0))
        for low, high, colour in bands:
            inner = radius * (middle + low * (ways - middle)) + off
            outer = radius * (middle + high * (ways - middle)) + off
            ring = np.stack([inner, outer]) @ tilted.T + np.asarray(at)
            faces = np.stack([ring[0, :-1], ring[1, :-1], ring[1, 1:], ring[0, 1:]], axis=1)
            laid.add(floats(faces if side > 0 else faces[:, ::-1]), colour, dim=0.92)
        for k in range(9):
            t = np.pi * (1.14 + 0.09 * k)
            seed = radius * np.asarray((0.0, 0.55 * np.cos(t), 1 + 0.55 * np.sin(t)))
            px, py, pz = (float(c) for c in (seed + off * 1.02) @ tilted.T + np.asarray(at))
            laid.ball((px, py, pz), (0.0012, 0.0026, 0.0036), (0.12, 0.08, 0.07), fine=7)
    left, right = (radius * np.asarray(each) for each in ((0.0, -1.0, 1.0), (0.0, 1.0, 1.0)))
    off = np.asarray((half, 0.0, 0.0))
    top = np.stack([left + off, right + off, right - off, left - off]) @ tilted.T
    laid.add(floats([top + np.asarray(at)]), bands[0][2])
    both = np.stack([radius * ways - (half, 0, 0), radius * ways + (half, 0, 0)]) @ tilted.T
    both = both + np.asarray(at)
    rind = np.stack([both[0, :-1], both[0, 1:], both[1, 1:], both[1, :-1]], axis=1)
    laid.add(floats(rind), (0.22, 0.42, 0.18), dim=0.8)


def _setting(laid: Laid) -> None:
    """A fork on a folded napkin beside the plate, and a small plate for a guest."""
    x, y = PLATE
    for k in range(4):
        line = [(x + 0.165 + 0.004 * k, y + 0.005, TOP_Z + 0.004),
                (x + 0.165 + 0.004 * k, y + 0.045, TOP_Z + 0.003)]  # fmt: skip
        laid.rod(line, 0.0013, SILVER, picture="steel", sides=6)
    neck = [(x + 0.171, y + 0.006, TOP_Z + 0.004), (x + 0.171, y - 0.03, TOP_Z + 0.004),
            (x + 0.171, y - 0.13, TOP_Z + 0.004)]  # fmt: skip
    laid.rod(neck, [0.007, 0.0028, 0.0046], SILVER, picture="steel", sides=10)
    for k in range(3):
        low = (x + 0.145, y - 0.145 + 0.002 * k, TOP_Z + 0.0012 * k)
        high = (x + 0.205, y + 0.070 - 0.002 * k, TOP_Z + 0.0012 * k + 0.0010)
        laid.solid.box(low, high, picture="fabric", colour=(0.84, 0.80, 0.70))
    _plate(laid, (-0.56, 0.82, TOP_Z), 0.092)
