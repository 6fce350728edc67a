"""Owns what is heard in a bedroom at night: the house, a switch, wood, cloth, a storm outside."""

from __future__ import annotations

import numpy as np

from sounds.making import RATE, band, drift, echo, hill, noise, placed


def house() -> np.ndarray:
    """A house that is lived in: a refrigerator beyond the wall, warm pipes; a seamless loop."""
    seconds = 12.0
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    out = np.zeros(count)
    # whole turns in the loop, so that its end meets its beginning
    for hertz, loud in ((50, 1.0), (100, 0.8), (150, 0.28), (200, 0.20), (250, 0.08)):
        beat = 1.0 + 0.12 * np.sin(2 * np.pi * t * (1 + hertz // 100) / seconds)
        out += loud * beat * np.sin(2 * np.pi * hertz * t + 0.3 * hertz)
    air = noise(seconds, 1510, band(70, 420, -1.0)) * (0.8 + 0.4 * drift(seconds, 1511, 0.3))
    return out + 0.9 * air


def rolling() -> np.ndarray:
    """A storm beyond the hills: low thunder that swells and sinks all the time, stereo."""
    seconds = 26.0
    sides = []
    for ear in range(2):
        deep = noise(seconds, 1520 + ear, band(28, 110, -0.6))
        rough = noise(seconds, 1530 + ear, band(110, 320, -1.0))
        swell = drift(seconds, 1540, 0.35, -0.3) ** 2 + 0.25 * drift(seconds, 1541 + ear, 1.2, -0.3)
        sides.append((deep + 0.30 * rough) * (0.22 + swell))
    return np.stack(sides, axis=1)


def near() -> np.ndarray:
    """Thunder above the roofs: it swells within a blink, breaks, and rolls away for long."""
    seconds = 10.0
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    out = np.zeros(count)
    random = np.random.default_rng(1550)
    for k in range(16):
        at = 0.05 + 0.95 * random.random() ** 1.4
        long = random.uniform(0.10, 0.32)
        n = round(long * RATE)
        tear = noise(long, 1560 + k, band(180, 2200, -0.7)) * hill(n, 0.2, 1.2)
        out += placed(count, tear, at, random.uniform(0.25, 0.6))
    for k, (at, loud) in enumerate(((0.10, 1.2), (0.75, 1.0), (1.7, 0.75), (2.9, 0.60), (4.2, 0.40), (5.6, 0.26))):
        long = random.uniform(1.6, 2.6)
        n = round(long * RATE)
        roll = noise(long, 1590 + k, band(28, 170 - 14 * k, -0.5)) * hill(n, 0.16, 1.4)
        rough = noise(long, 1610 + k, band(120, 900 - 90 * k, -0.9)) * hill(n, 0.10, 2.0)
        out += placed(count, roll + 0.40 * rough, at, loud)
    return echo(out, 1630, 1.1)[:count] * np.minimum(1, t / 0.05) * np.minimum(1, (seconds - t) / 2.0)


def click() -> np.ndarray:
    """The switch of a lamp: a small dry knock, and the rocker that comes to rest."""
    seconds = 0.5
    count = round(seconds * RATE)
    out = np.zeros(count)
    for at, loud, pitch in ((0.04, 1.0, 1900.0), (0.075, 0.45, 1300.0)):
        n = round(0.05 * RATE)
        t = np.arange(n) / RATE
        knock = np.sin(2 * np.pi * pitch * t) * np.exp(-t * 210)
        dry = noise(0.05, 1640 + round(at * 1000), band(900, 5200, -0.3)) * np.exp(-t * 260)
        out += placed(count, knock + 0.7 * dry, at, loud)
    return out


def tap() -> np.ndarray:
    """Twigs on a pane: five soft knocks and a dry scratch, not even."""
    seconds = 2.6
    count = round(seconds * RATE)
    random = np.random.default_rng(1650)
    out = np.zeros(count)
    for k, at in enumerate((0.06, 0.31, 0.95, 1.13, 1.78)):
        n = round(0.16 * RATE)
        t = np.arange(n) / RATE
        glass = sum(
            a * np.sin(2 * np.pi * f * random.uniform(0.98, 1.02) * t) * np.exp(-t * d)
            for f, a, d in ((420, 1.0, 60.0), (1180, 0.55, 75.0), (2650, 0.25, 110.0))
        )
        twig = noise(0.16, 1660 + k, band(1200, 6000, -0.4)) * np.exp(-t * 190)
        out += placed(count, glass + 0.35 * twig, at, random.uniform(0.55, 1.0))
    long = 0.8
    n = round(long * RATE)
    scratch = noise(long, 1680, band(2200, 6500, -0.5)) * hill(n, 0.5, 1.0) * drift(long, 1681, 22.0, 0.0) ** 2
    return out + placed(count, scratch, 1.25, 0.25)


def shutter() -> np.ndarray:
    """A wooden shutter that the wind throws against the wall: a squeak, two knocks, a rattle."""
    seconds = 3.0
    count = round(seconds * RATE)
    out = np.zeros(count)
    long = 0.7
    n = round(long * RATE)
    t = np.arange(n) / RATE
    course = 2 * np.pi * np.cumsum(520 + 160 * np.sin(2 * np.pi * 1.1 * t) + 30 * drift(long, 1690, 9.0)) / RATE
    squeak = (np.sin(course) + 0.5 * np.sin(2.02 * course)) * hill(n, 0.6, 1.0)
    out += placed(count, squeak, 0.05, 0.16)
    for k, (at, loud) in enumerate(((0.80, 1.0), (1.28, 0.55), (1.62, 0.30))):
        m = round(0.5 * RATE)
        s = np.arange(m) / RATE
        board = sum(
            a * np.sin(2 * np.pi * f * s) * np.exp(-s * d)
            for f, a, d in ((92, 1.0, 14.0), (168, 0.7, 19.0), (310, 0.4, 26.0))
        )
        clap = noise(0.5, 1700 + k, band(250, 3200, -0.6)) * np.exp(-s * 42)
        rise = np.minimum(1, s / 0.012)
        out += placed(count, (board + 0.7 * clap) * rise, at, loud)
    rattle = noise(0.9, 1710, band(400, 2600, -0.4)) * drift(0.9, 1711, 26.0, 0.0) ** 3
    out += placed(count, rattle * hill(len(rattle), 0.3, 1.0), 1.0, 0.22)
    return echo(out, 1720, 0.35)[:count] * np.minimum(1, (seconds - np.arange(count) / RATE) / 0.4)


def curtain() -> np.ndarray:
    """A curtain that fills with air and falls back: a soft rush, rings that touch on the rod."""
    seconds = 3.2
    count = round(seconds * RATE)
    cloth = noise(seconds, 1730, band(240, 3200, -0.8)) * hill(count, 0.4, 1.1)
    cloth *= 0.6 + 0.4 * drift(seconds, 1731, 5.0, -0.2)
    out = cloth
    random = np.random.default_rng(1732)
    for at in (0.9, 1.06, 1.5, 1.92):
        n = round(0.2 * RATE)
        t = np.arange(n) / RATE
        ring = np.sin(2 * np.pi * random.uniform(2300, 2900) * t) * np.exp(-t * 45) * np.minimum(1, t / 0.004)
        out = out + placed(count, ring, at, 0.16)
    return out


def wardrobe() -> np.ndarray:
    """A door of a wardrobe that gives way by a hand's breadth: a slow creak in small steps."""
    seconds = 3.4
    count = round(seconds * RATE)
    random = np.random.default_rng(1740)
    out = np.zeros(count)
    at, pace = 0.15, 0.055
    while at < 2.7:
        n = round(0.07 * RATE)
        t = np.arange(n) / RATE
        pitch = 240 + 190 * np.sin(np.pi * at / 2.9) + random.uniform(-12, 12)
        step = sum(a * np.sin(2 * np.pi * k * pitch * t) for k, a in ((1, 1.0), (2, 0.7), (3, 0.45), (5, 0.25)))
        step = step * np.exp(-t * 75) + 0.25 * noise(0.07, 1741 + round(at * 500), band(500, 3600)) * np.exp(-t * 150)
        out += placed(count, step * np.minimum(1, t / 0.003), at, random.uniform(0.4, 1.0) * np.sin(np.pi * at / 2.8) ** 0.5)
        pace = 0.030 + 0.05 * random.random()
        at += pace
    return echo(out, 1760, 0.25)[:count] * np.minimum(1, (seconds - np.arange(count) / RATE) / 0.3)
