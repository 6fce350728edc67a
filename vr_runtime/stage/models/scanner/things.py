"""Owns what stands about in the scanner's room: a chair, a cabinet with coils, a stand, a plant."""

from __future__ import annotations

import itertools

import numpy as np

from vr_runtime.stage.models.kitchen.things import wheel
from vr_runtime.stage.models.scanner.plan import DARK, EAST, LINEN, NORTH, OAK, PAD, SHELL, WEST
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.resting.furnisher import Furnisher


def things(room: Furnisher) -> None:
    """Add all of it."""
    _cabinet(room)
    _chair(room, 1.95, 0.55)
    _stand(room)
    _plant(room)
    _clock(room)


def _cabinet(room: Furnisher) -> None:
    """A low cabinet along the west wall; on it folded linen and two coils that are not in use."""
    x0, x1, y0, y1 = WEST + 0.02, WEST + 0.50, 0.35, 2.75
    room.block(((x0, y0, 0.08), (x1, y1, 0.86)), "plain", (0.60, 0.70, 0.70), 0.16)
    room.block(((x0, y0 - 0.01, 0.86), (x1 + 0.015, y1 + 0.01, 0.895)), "wood", OAK, 0.12)
    room.block(((x0, y0 + 0.02, 0.0), (x1 - 0.06, y1 - 0.02, 0.08)), "plain", DARK, 0.3)
    fronts = 4
    long = (y1 - y0) / fronts
    for k in range(fronts):
        a, b = y0 + k * long + 0.004, y0 + (k + 1) * long - 0.004
        room.block(((x1, a, 0.10), (x1 + 0.016, b, 0.845)), "plain", (0.66, 0.76, 0.755), 0.14)
        line = [(x1 + 0.034, (a + b) / 2 - 0.08, 0.77), (x1 + 0.034, (a + b) / 2 + 0.08, 0.77)]
        grip, normals = tube(line, 0.006, 8)
        room.add(grip, "steel", (0.7, 0.7, 0.7), normals)
    for k in range(5):
        z = 0.895 + 0.045 * k
        tone = np.asarray(LINEN) * (1.0 - 0.03 * (k % 2))
        fold = ((x0 + 0.06, y0 + 0.15, z), (x0 + 0.40, y0 + 0.62, z + 0.042))
        room.block(fold, "fabric", tuple(tone), 0.1)
    for y in (1.55, 2.15):
        for a in np.linspace(0.15, np.pi - 0.15, 7):
            r = 0.16
            x, z = x0 + 0.24 + r * np.cos(a), 0.895 + r * np.sin(a)
            bar, normals = tube([(x, y - 0.15, z), (x, y + 0.15, z)], 0.016, 10)
            room.add(bar, "plain", SHELL, normals)
        for end in (-0.15, 0.15):
            arc = [
                (x0 + 0.24 + 0.16 * np.cos(a), y + end, 0.895 + 0.16 * np.sin(a))
                for a in np.linspace(0.0, np.pi, 16)
            ]
            hoop, normals = tube(arc, 0.020, 10, beside=(0.0, 1.0, 0.0))
            room.add(hoop, "plain", (0.55, 0.66, 0.70), normals)


def _chair(room: Furnisher, x: float, y: float) -> None:
    """A plain chair of the ward, its back to the east wall."""
    seat = ((x - 0.23, y - 0.24, 0.44), (x + 0.23, y + 0.24, 0.49))
    room.block(seat, "fabric", PAD, 0.1)
    room.block(((x + 0.19, y - 0.23, 0.58), (x + 0.23, y + 0.23, 0.92)), "fabric", PAD, 0.1)
    for dx, top in ((-0.20, 0.44), (0.21, 0.92)):
        for dy in (-0.21, 0.21):
            leg, normals = tube([(x + dx, y + dy, 0.0), (x + dx, y + dy, top)], 0.013, 8)
            room.add(leg, "steel", (0.80, 0.80, 0.80), normals)


def _stand(room: Furnisher) -> None:
    """A stand for a drip, with nothing on it, in the far corner."""
    x, y = -2.1, 3.35
    pole, normals = tube([(x, y, 0.06), (x, y, 1.95)], 0.012, 10)
    room.add(pole, "steel", (0.85, 0.86, 0.86), normals)
    for a in np.linspace(0.0, 2 * np.pi, 6)[:-1]:
        foot = [(x, y, 0.07), (x + 0.26 * np.cos(a), y + 0.26 * np.sin(a), 0.04)]
        leg, normals = tube(foot, 0.013, 8)
        room.add(leg, "steel", (0.70, 0.71, 0.72), normals)
    for side in (-1.0, 1.0):
        hook = [(x, y, 1.93), (x + side * 0.09, y, 1.95), (x + side * 0.11, y, 1.99)]
        bend, normals = tube(hook, 0.006, 8)
        room.add(bend, "steel", (0.85, 0.86, 0.86), normals)


def _plant(room: Furnisher) -> None:
    """A plant beside the window: something that grows."""
    x, y = 1.85, NORTH - 0.40
    faces, normals = wheel(
        (x, y, 0.0),
        [(0.13, 0.0), (0.17, 0.30), (0.185, 0.31), (0.15, 0.31), (0.14, 0.27), (0.0, 0.27)],
        28,
    )
    room.add(faces, "plain", (0.74, 0.62, 0.52), normals)
    chance = np.random.default_rng(2120)
    for _ in range(26):
        a, reach, tall = (
            chance.uniform(0, 2 * np.pi),
            chance.uniform(0.16, 0.44),
            chance.uniform(0.5, 1.05),
        )
        way = np.asarray((np.cos(a), np.sin(a), 0.0))
        across = np.asarray((-np.sin(a), np.cos(a), 0.0))
        rows = []
        for t in np.linspace(0.0, 1.0, 7):
            middle = np.asarray((x, y, 0.27)) + way * reach * t**1.4
            middle = middle + np.asarray((0.0, 0.0, tall * (t - 0.42 * t**2.6)))
            half = 0.040 * np.sin(np.pi * min(0.98, 0.12 + 0.86 * t)) + 0.004
            rows.append([middle - across * half, middle, middle + across * half])
        grid = np.asarray(rows, dtype=np.float32)
        quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
        leaf = quads.reshape(-1, 4, 3)
        tone = np.asarray((0.30, 0.46, 0.26)) * chance.uniform(0.8, 1.2)
        room.add(leaf, "plain", tone)
        room.add(leaf[:, ::-1].copy(), "plain", tone * 0.8)


def _clock(room: Furnisher) -> None:
    """A clock on the north wall above the window, and a loudspeaker beside it."""
    y = NORTH - 0.03
    turn = np.linspace(0.0, 2 * np.pi, 33)
    rim, normals = tube(
        [(0.15 * np.cos(a), y, 2.25 + 0.15 * np.sin(a)) for a in turn],
        0.012,
        8,
        beside=(0.0, 1.0, 0.0),
    )
    room.add(rim, "plain", DARK, normals)
    fan = [
        [
            (0.0, y, 2.25),
            (0.15 * np.cos(b), y, 2.25 + 0.15 * np.sin(b)),
            (0.15 * np.cos(a), y, 2.25 + 0.15 * np.sin(a)),
            (0.0, y, 2.25),
        ]
        for a, b in itertools.pairwise(turn)
    ]
    face = np.asarray(fan, dtype=np.float32)
    room.add(face[:, ::-1].copy(), "plain", (0.96, 0.96, 0.94))
    for a, long in ((np.radians(60), 0.075), (np.radians(-35), 0.115)):
        hand = [(0.0, y - 0.004, 2.25), (long * np.cos(a), y - 0.004, 2.25 + long * np.sin(a))]
        line, normals = tube(hand, 0.004, 6)
        room.add(line, "plain", DARK, normals)
    room.block(((1.55, y - 0.06, 2.12), (1.75, y + 0.03, 2.38)), "plain", (0.80, 0.80, 0.79), 0.2)
    speaker, normals = ball((1.65, y - 0.065, 2.25), (0.075, 0.012, 0.075), 20, 8)
    room.add(speaker, "plain", (0.30, 0.31, 0.32), normals)
    lens, normals = ball((EAST - 0.16, NORTH - 0.16, 2.36), (0.06, 0.06, 0.06), 16, 10)
    room.add(lens, "plain", (0.22, 0.23, 0.25), normals)
