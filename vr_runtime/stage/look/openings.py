"""Owns the pictures of windows, shopfronts and whole facades; knows neither shaders nor geometry.

Windows are seen from outside by day: dark rooms, curtains and blinds behind glass that mirrors the
sky. The gloss part of a picture is 1 where there is glass.
"""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.look.noise import clouded
from vr_runtime.stage.look.pictures import SIZE, STUFFS, Colour, Picture

_FRAMES: tuple[Colour, ...] = ((0.88, 0.87, 0.84), (0.90, 0.90, 0.89), (0.30, 0.31, 0.33))


def _fill(
    picture: Picture, u: tuple[float, float], v: tuple[float, float], colour: Colour, gloss: float
) -> None:
    """A rectangle; u from the left and v from below, 0 to 1."""
    left, right = (round(x * SIZE) for x in u)
    low, high = (round(x * SIZE) for x in v)
    picture[low:high, left:right, :3] = colour
    picture[low:high, left:right, 3] = gloss


def pane(number: int) -> Picture:
    """One window, filling the picture."""
    random = np.random.default_rng(500 + number)
    picture = np.zeros((SIZE, SIZE, 4), dtype=np.float32)
    up = np.linspace(0.0, 1.0, SIZE, dtype=np.float32)[:, None, None]
    room = np.asarray((0.21, 0.225, 0.24), dtype=np.float32) * random.uniform(0.7, 1.35)
    picture[..., :3] = room * (0.65 + 0.6 * up)
    picture[..., 3] = 1.0
    if number in (4, 7, 9):  # the sky, broken by old glass, stands in the upper part
        bright = np.clip(1.6 * (up - 0.35) + 0.12 * np.sin(9.0 * up), 0.0, 1.0)
        picture[..., :3] += bright * np.asarray((0.20, 0.26, 0.33), dtype=np.float32)
    dressed = number % 4
    cloth = np.asarray((0.80, 0.78, 0.72), dtype=np.float32) * random.uniform(0.75, 1.0)
    if dressed in (1, 3):  # curtains drawn aside, with folds
        folds = 0.82 + 0.14 * np.sin(np.arange(SIZE) / SIZE * 2 * np.pi * 17.0)
        share = random.uniform(0.16, 0.34)
        for side in (np.arange(SIZE) < share * SIZE, np.arange(SIZE) > (1 - share) * SIZE):
            picture[:, side, :3] = cloth * folds[side, None]
    if dressed in (2, 3):  # a blind let down some of the way
        low = 1.0 - random.uniform(0.22, 0.7)
        rows = np.arange(SIZE) > low * SIZE
        slats = 0.9 + 0.06 * np.sign(np.sin(np.arange(SIZE) / SIZE * 2 * np.pi * 22.0))
        picture[rows, :, :3] = (cloth * 0.95) * slats[rows, None, None]
    frame = _FRAMES[number % len(_FRAMES)]
    w = 0.055
    for u in ((0.0, w), (1 - w, 1.0)):
        _fill(picture, u, (0.0, 1.0), frame, 0.0)
    for v in ((0.0, w * 0.9), (1 - w * 0.9, 1.0)):
        _fill(picture, (0.0, 1.0), v, frame, 0.0)
    _fill(picture, (0.5 - w * 0.55, 0.5 + w * 0.55), (0.0, 1.0), frame, 0.0)
    if number in (0, 3, 5):  # a crossbar
        _fill(picture, (0.0, 1.0), (0.66, 0.695), frame, 0.0)
    if number == 8:  # one leaf stands open: no glass there, its frame seen from the side
        _fill(picture, (0.06, 0.46), (0.05, 0.95), (0.10, 0.10, 0.105), 0.0)
        _fill(picture, (0.06, 0.14), (0.05, 0.95), frame, 0.0)
    # the reveal shades the top of the pane
    picture[..., :3] *= 1.0 - 0.45 * np.clip((up - 0.80) / 0.2, 0.0, 1.0)
    return np.clip(picture, 0.0, 1.0)


def shop(number: int) -> Picture:
    """One shopfront of about 5 by 3.4 m, filling the picture."""
    random = np.random.default_rng(700 + number)
    fronts: tuple[Colour, ...] = (
        (0.25, 0.34, 0.31),
        (0.45, 0.26, 0.23),
        (0.26, 0.30, 0.38),
        (0.72, 0.68, 0.60),
        (0.42, 0.36, 0.30),
        (0.60, 0.61, 0.60),
    )
    front = fronts[number]
    picture = np.zeros((SIZE, SIZE, 4), dtype=np.float32)
    picture[..., :3] = front
    # a room with lamps: lighter towards its ceiling, warmer in one shop than in the next
    warm = float(random.uniform(0.75, 1.0))
    for k in range(12):
        low, lit = 0.14 + 0.62 * k / 12, 0.24 + 0.022 * k
        band: Colour = (lit, lit * (0.6 + 0.4 * warm), lit * warm * 0.9)
        _fill(picture, (0.03, 0.97), (low, low + 0.62 / 12), band, 1.0)
    for _ in range(26):  # goods in the window, warmly lit
        x, y = random.uniform(0.05, 0.9), random.uniform(0.14, 0.5)
        lit = random.uniform(0.35, 0.8)
        hue: Colour = (
            lit,
            lit * float(random.uniform(0.55, 1.0)),
            lit * float(random.uniform(0.35, 0.9)),
        )
        width, height = random.uniform(0.02, 0.06), random.uniform(0.03, 0.14)
        _fill(picture, (x, min(0.96, x + width)), (y, min(0.72, y + height)), hue, 1.0)
    _fill(picture, (0.05, 0.95), (0.70, 0.735), (0.86, 0.78, 0.60), 1.0)  # lamps
    door = 0.12 if number % 2 else 0.66
    for x in (0.03, door, door + 0.2, 0.955):
        _fill(picture, (x, x + 0.018), (0.02, 0.76), front, 0.0)
    _fill(picture, (door + 0.018, door + 0.2), (0.03, 0.70), (0.27, 0.27, 0.27), 1.0)
    _fill(picture, (0.02, 0.98), (0.80, 0.96), tuple(0.8 * c for c in front), 0.05)  # type: ignore[arg-type]
    x = 0.22
    ink: Colour = (0.90, 0.86, 0.74) if number not in (3, 5) else (0.22, 0.20, 0.18)
    while x < 0.74:  # a sign whose letters are too far to read
        width = random.uniform(0.016, 0.034)
        _fill(picture, (x, x + width), (0.845, 0.845 + random.uniform(0.05, 0.075)), ink, 0.0)
        x += width + random.uniform(0.010, 0.024)
    picture[: round(0.03 * SIZE), :, :3] *= 0.6
    return np.clip(picture, 0.0, 1.0)


def _wall(name: str, repeats: int) -> Picture:
    """The picture of a wall `repeats` times along each side, for use from afar."""
    whole = STUFFS[name]()
    small = whole.reshape(SIZE // repeats, repeats, SIZE // repeats, repeats, 4).mean(axis=(1, 3))
    return np.tile(small, (repeats, repeats, 1)).astype(np.float32)


def facade(style: str) -> Picture:
    """Four by four windows with their wall, for buildings too far for windows of geometry.

    Raises:
        KeyError: no facade has this style.
    """
    walls = {
        "stone": ("stone", 4, (0.40, 0.66), 0.16),
        "brick": ("brick", 4, (0.42, 0.52), 0.22),
        "plaster": ("plaster", 4, (0.40, 0.50), 0.24),
        "ribbon": ("concrete", 4, (0.94, 0.48), 0.30),
        "curtain": ("steel", 4, (0.95, 0.80), 0.10),
        "concrete": ("concrete", 4, (0.62, 0.54), 0.22),
        "deco": ("stone", 4, (0.32, 0.60), 0.20),
        "loft": ("brick", 4, (0.76, 0.60), 0.20),
        "loggia": ("plaster", 4, (0.90, 0.58), 0.34),
        "panel": ("concrete", 4, (0.50, 0.44), 0.34),
    }
    stuff, repeats, (width, height), foot = walls[style]
    picture = _wall(stuff, repeats)
    picture[..., 3] = 0.0
    seed = sum(map(ord, style))
    random = np.random.default_rng(seed)
    cell = SIZE // 4
    w, h, low = round(width * cell), round(height * cell), round(foot * cell)
    for row in range(4):
        for column in range(4):
            x = column * cell + (cell - w) // 2
            y = row * cell + low
            # what juts out above casts a shade; the sill catches light
            picture[y - 2 : y, max(0, x - 2) : x + w + 2, :3] *= 1.12
            window = pane(int(random.integers(12)))
            rows = (np.arange(h) * SIZE // h)[:, None]
            columns = (np.arange(w) * SIZE // w)[None, :]
            part = window[rows, columns].copy()
            if style == "curtain":  # one skin of glass: rooms behind it are barely told apart
                part[..., :3] = 0.25 * part[..., :3] + 0.75 * np.asarray((0.30, 0.36, 0.42))
            part[-max(2, h // 7) :, :, :3] *= 0.45 if style != "curtain" else 0.8
            part[:, : max(1, w // 12), :3] *= 0.6
            picture[y : y + h, x : x + w] = part
            if style == "loggia":  # a pale parapet below, its shade on the glass behind
                picture[y - round(0.3 * cell) : y, x - 2 : x + w + 2, :3] = (0.86, 0.84, 0.80)
                picture[y : y + h // 3, x : x + w, :3] *= 0.6
            if style == "panel":
                tone = 0.72 + 0.2 * float(random.random())
                picture[y - round(0.26 * cell) : y - 2, x : x + w, :3] = (
                    0.74 * tone,
                    0.80 * tone,
                    0.84 * tone,
                )
            if style == "deco":  # pillars run up between the windows
                edge = column * cell
                picture[row * cell : (row + 1) * cell, edge : edge + 5, :3] *= 1.14
                picture[row * cell : (row + 1) * cell, edge + 5 : edge + 7, :3] *= 0.7
            if style == "loft":  # small panes behind bars of steel
                picture[y : y + h, x : x + w : max(2, w // 4), :3] = (0.20, 0.21, 0.22)
                picture[y : y + h : max(2, h // 3), x : x + w, :3] = (0.20, 0.21, 0.22)
        if style == "curtain":  # the edge of each floor, an even band around the tower
            picture[row * cell : row * cell + low, :, :3] = (0.50, 0.53, 0.56)
            picture[row * cell : row * cell + low, :, 3] = 0.1
        if style in ("stone", "concrete"):  # a string course at each floor
            y = row * cell
            picture[y : y + 3, :, :3] *= 1.10
            picture[(y - 2) % SIZE, :, :3] *= 0.72
    stain = 1.0 + 0.03 * clouded(SIZE, 1.6, seed, stretch=0.2)
    picture[..., :3] *= stain[..., None]
    return np.clip(picture, 0.0, 1.0)
