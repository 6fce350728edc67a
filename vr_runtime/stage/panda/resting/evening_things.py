"""Owns the things in the evening room, from bookcase to curtains; knows neither walls nor chair."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.resting.evening_plan import (
    BOOKCASE,
    BOOKS,
    CREAM,
    EAST,
    LAMP,
    NORTH,
    OAK,
    RUG,
    RUST,
    SHELF,
    TABLE,
    WALNUT,
    WEST,
    WINDOW_Y,
)
from vr_runtime.stage.panda.resting.furnisher import Furnisher, lattice, sheet


def shelf(room: Furnisher) -> None:
    """Add a low bookcase along the east wall, with books, and a bowl on it."""
    (x0, y0, _), (x1, y1, top) = SHELF
    boards = [((x0, y0, z), (x1, y1, z + 0.028)) for z in (0.05, 0.48, top - 0.03)] + [
        ((x0, y, 0.0), (x1, y + 0.028, top)) for y in (y0, (y0 + y1) / 2, y1 - 0.028)
    ]
    for board in boards:
        room.block(board, "wood", WALNUT)
    room.block(((x1 - 0.02, y0, 0.0), (x1, y1, top)), "wood", WALNUT, 0.3)
    random = np.random.default_rng(12)
    middle = (y0 + y1) / 2
    for low in (0.078, 0.508):
        for start, end in ((y0 + 0.04, middle - 0.03), (middle + 0.04, y1 - 0.04)):
            for at, thick, tall, deep, tint in _volumes(start, end, 0.33, random):
                volume = ((x1 - 0.03 - deep, at, low), (x1 - 0.03, at + thick, low + tall))
                room.block(volume, "fabric", tint, 0.2)
    turn = np.asarray([(0.0, 0.045), (0.01, 0.07), (0.05, 0.125), (0.085, 0.145)])
    path = np.stack([np.full(4, x0 + 0.17), np.full(4, 0.95), top + turn[:, 0]], axis=1)
    bowl, normals = tube(path, turn[:, 1], 26)
    room.add(bowl, "plaster", (0.62, 0.66, 0.66), normals)
    inside, normals = ball((x0 + 0.17, 0.95, top + 0.075), (0.125, 0.125, 0.02), 22, 4)
    room.add(inside, "plaster", (0.50, 0.54, 0.54), normals)
    for level, tint in enumerate((RUST, CREAM, (0.33, 0.40, 0.38))):
        z = top + 0.034 * level
        book = ((x0 + 0.06, -0.45, z), (x0 + 0.23, -0.20 - 0.02 * level, z + 0.032))
        room.block(book, "fabric", tint)


def _volumes(
    start: float, end: float, tallest: float, random: np.random.Generator
) -> Iterator[tuple[float, float, float, float, tuple[float, float, float]]]:
    """Books side by side: place, thickness, height, depth and colour of each; metres."""
    at = start
    while at < end - 0.05:
        thick = random.uniform(0.018, 0.042)
        tall, deep = tallest * random.uniform(0.68, 0.98), random.uniform(0.15, 0.21)
        yield at, thick, tall, deep, BOOKS[random.integers(len(BOOKS))]
        at += thick + (random.uniform(0.08, 0.2) if random.random() < 0.06 else 0.002)


def bookcase(room: Furnisher) -> None:
    """Add a tall bookcase on the wall ahead, with a few things between the books."""
    (x0, y0, _), (x1, y1, top) = BOOKCASE
    floors = np.linspace(0.08, top - 0.03, 6)
    for x in (x0, x1 - 0.028):
        room.block(((x, y0, 0.0), (x + 0.028, y1, top)), "wood", WALNUT)
    for z in floors:
        room.block(((x0, y0, z), (x1, y1, z + 0.026)), "wood", WALNUT)
    room.add(sheet((x0, y1 - 0.02, 0), (x1 - x0, 0, 0), (0, 0, top), 0.12), "wood", WALNUT)
    random = np.random.default_rng(31)
    for number, low in enumerate(floors[:-1] + 0.026):
        start, end = x0 + 0.04, x1 - 0.05
        if number in (1, 3):
            end -= 0.30
        for at, thick, tall, deep, tint in _volumes(start, end, 0.29, random):
            volume = ((at, y1 - 0.03 - deep, low), (at + thick, y1 - 0.03, low + tall))
            room.block(volume, "fabric", tint, 0.2)
        if number == 3:
            profile = np.asarray([(0.0, 0.04), (0.03, 0.065), (0.10, 0.075), (0.17, 0.03)])
            ring = [np.full(4, x1 - 0.17), np.full(4, y1 - 0.15), low + profile[:, 0]]
            vase, normals = tube(np.stack(ring, axis=1), profile[:, 1], 20)
            room.add(vase, "plaster", (0.55, 0.60, 0.60), normals)
        if number == 1:
            box = ((x1 - 0.28, y1 - 0.22, low), (x1 - 0.08, y1 - 0.05, low + 0.12))
            room.block(box, "wood", OAK)


def lamp(room: Furnisher) -> None:
    """Add a standing lamp beside the chair, lit."""
    x, y = LAMP
    foot, normals = ball((x, y, 0.0), (0.16, 0.16, 0.03), 22, 4)
    room.add(foot, "plain", (0.42, 0.36, 0.29), normals)
    pole, around = tube([(x, y, 0.0), (x, y, 0.8), (x, y, 1.40)], 0.012, 10)
    room.add(pole, "plain", (0.42, 0.36, 0.29), around)
    shade, _ = tube([(x, y, z) for z in np.linspace(1.36, 1.66, 9)], np.linspace(0.23, 0.16, 9), 28)
    glow = np.clip(1.0 - 1.0 * np.abs(shade[..., 2] - 1.50), 0.0, 1.0)[..., None]
    room.mesh.add(shade, picture="fabric", colour=np.asarray((1.0, 0.93, 0.78)) * glow)
    bulb, up = ball((x, y, 1.655), (0.155, 0.155, 0.004), 26, 2)
    room.mesh.add(bulb, picture="plain", colour=np.asarray((1.0, 0.95, 0.82)), normals=up)


def table(room: Furnisher) -> None:
    """Add a round side table with a cup and a book that lies open-side down."""
    x, y = TABLE
    top, up = ball((x, y, 0.535), (0.24, 0.24, 0.016), 30, 4)
    room.add(top, "wood", WALNUT, up)
    for turn in (0.5, 2.6, 4.7):
        dx, dy = 0.15 * np.cos(turn), 0.15 * np.sin(turn)
        leg, normals = tube([(x + 1.2 * dx, y + 1.2 * dy, 0.0), (x + dx, y + dy, 0.53)], 0.014, 8)
        room.add(leg, "plain", WALNUT, normals)
    profile = np.asarray([(0.0, 0.028), (0.006, 0.034), (0.05, 0.040), (0.085, 0.041)])
    path = np.stack([np.full(4, x - 0.07), np.full(4, y - 0.08), 0.549 + profile[:, 0]], axis=1)
    cup, normals = tube(path, profile[:, 1], 20)
    room.add(cup, "plaster", CREAM, normals)
    tea, normals = ball((x - 0.07, y - 0.08, 0.625), (0.036, 0.036, 0.003), 16, 2)
    room.add(tea, "plain", (0.44, 0.27, 0.17), normals)
    room.block(((x - 0.02, y + 0.02, 0.549), (x + 0.13, y + 0.13, 0.575)), "fabric", BOOKS[1])


def rug(room: Furnisher) -> None:
    """Add a round rug with two quiet bands."""
    x, y = RUG
    turn = np.linspace(0.0, 2 * np.pi, 49)
    for inner, outer, z, tint in (
        (0.0, 1.55, 0.010, (0.62, 0.40, 0.31)),
        (1.28, 1.40, 0.013, (0.80, 0.68, 0.52)),
        (0.62, 0.70, 0.013, (0.80, 0.68, 0.52)),
    ):
        rings = np.linspace(inner, outer, 2 + int((outer - inner) / 0.12))[:, None]
        grid = np.stack(
            [x + rings * np.sin(turn), y + rings * np.cos(turn), np.full((len(rings), 49), z)],
            axis=-1,
        )
        n = np.zeros_like(grid)
        n[..., 2] = 1.0
        faces = lattice(grid)
        room.add(faces, "fabric", tint, lattice(n))


def pictures(room: Furnisher) -> None:
    """Add a lake in the evening over the chair, and two leaves in frames on the east wall."""
    x0, x1, z0, z1, y = 0.18, 1.12, 1.28, 1.90, NORTH - 0.03
    frame = ((x0 - 0.035, y, z0 - 0.035), (x1 + 0.035, NORTH, z1 + 0.035))
    room.block(frame, "wood", WALNUT)
    canvas = sheet((x0, y - 0.002, z0), (x1 - x0, 0, 0), (0, 0, z1 - z0), 0.02)
    u, v = (canvas[..., 0] - x0) / (x1 - x0), (canvas[..., 2] - z0) / (z1 - z0)
    sky = np.clip((v - 0.42) / 0.58, 0.0, 1.0)[..., None]
    colour = np.asarray((0.90, 0.74, 0.56)) * (1 - sky) + np.asarray((0.52, 0.57, 0.62)) * sky
    water = np.clip((0.40 - v) * 30.0, 0.0, 1.0)[..., None]
    colour = colour * (1 - water) + np.asarray((0.60, 0.58, 0.54)) * water
    for height, turn, tint in ((0.56, 0.7, (0.50, 0.50, 0.50)), (0.47, 2.9, (0.36, 0.39, 0.36))):
        ridge = height + 0.05 * np.sin(u * 6.0 + turn) + 0.02 * np.sin(u * 15.0 + turn)
        hill = (np.clip((ridge - v) * 26.0, 0.0, 1.0) * np.clip((v - 0.40) * 30.0, 0, 1))[..., None]
        colour = colour * (1 - hill) + np.asarray(tint) * hill
    room.add(canvas, "plain", (1.0, 1.0, 1.0))
    lit = room.light.paint(canvas, np.broadcast_to(np.asarray((0.0, -1.0, 0.0)), canvas.shape))
    room.mesh.add(canvas - (0.0, 0.002, 0.0), picture="plain", colour=colour * lit[..., None])
    for south in (-0.55, 0.35):
        x = EAST - 0.024
        room.block(((x, south, 1.26), (EAST, south + 0.46, 1.86)), "wood", OAK)
        paper = sheet((x - 0.002, south + 0.43, 1.29), (0, -0.40, 0), (0, 0, 0.54), 0.02)
        across = (paper[..., 1] - south - 0.23) / 0.11
        high = (paper[..., 2] - 1.56) / 0.21
        leaf = np.clip((1.0 - np.abs(across) / np.maximum(0.05, 1.0 - high**2)) * 5.0, 0.0, 1.0)
        leaf = (leaf * (np.abs(high) < 1.0) * (np.abs(across) > 0.02 + 0.02 * high))[..., None]
        lit = room.light.paint(paper, np.broadcast_to(np.asarray((-1.0, 0.0, 0.0)), paper.shape))
        tint = np.asarray(CREAM) * (1 - leaf) + np.asarray((0.42, 0.48, 0.36)) * leaf
        room.mesh.add(paper, picture="plain", colour=tint * lit[..., None])


def curtains(room: Furnisher) -> None:
    """Add heavy curtains, drawn aside."""
    for y0, y1 in (
        (WINDOW_Y[0] - 0.42, WINDOW_Y[0] + 0.04),
        (WINDOW_Y[1] - 0.04, WINDOW_Y[1] + 0.42),
    ):
        v, u = np.meshgrid(np.linspace(0.03, 2.28, 12), np.linspace(0, 1, 45), indexing="ij")
        fold = np.sin(u * 2 * np.pi * (y1 - y0) / 0.115)
        grid = np.stack([WEST + 0.09 + 0.032 * fold, y0 + (y1 - y0) * u, v], axis=-1)
        n = np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0))
        n /= np.linalg.norm(n, axis=-1, keepdims=True)
        deep = lattice(np.broadcast_to((0.80 + 0.20 * fold)[..., None], grid.shape))
        corners, normals = lattice(grid), lattice(n)
        grey = np.clip(room.light.paint(corners, normals) * 1.05, 0.0, 1.0)[..., None]
        room.mesh.add(
            corners, picture="fabric", colour=np.asarray(RUST) * grey * deep, normals=normals
        )
    ends = (WINDOW_Y[0] - 0.5, WINDOW_Y[1] + 0.5)
    rod, normals = tube([(WEST + 0.09, y, 2.30) for y in ends], 0.014, 10)
    room.add(rod, "plain", (0.40, 0.33, 0.26), normals)
