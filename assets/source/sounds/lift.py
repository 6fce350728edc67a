"""Owns what is heard in and of a lift: motor, air, doors, bell, alarm, relays, a jolt, a cable."""

from __future__ import annotations

import math

import numpy as np

from sounds.making import RATE, band, drift, echo, hill, noise, placed


def _box(wave: np.ndarray, seed: int) -> np.ndarray:
    """The wave within a small box of metal: a few early echoes and a short tail."""
    out = wave.copy()
    for ms, gain in ((4.1, 0.34), (6.7, -0.26), (9.3, 0.20), (13.9, 0.13)):
        shift = round(ms * RATE / 1000)
        out[shift:] += gain * wave[:-shift]
    return echo(out, seed, 0.28)[: len(wave)]


def motor() -> np.ndarray:
    """A cabin that travels: the motor far away, rollers on their rails, joints that pass; a loop."""
    seconds = 12.0
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    out = np.zeros(count)
    # whole turns in the loop, so that its end meets its beginning
    for hertz, loud in ((48, 0.8), (96, 1.0), (144, 0.42), (192, 0.30), (288, 0.20), (432, 0.10), (576, 0.05)):
        beat = 1.0 + 0.14 * np.sin(2 * np.pi * t * (2 + hertz // 96) / seconds + hertz)
        out += loud * beat * np.sin(2 * np.pi * hertz * t + 0.9 * hertz)
    roll = noise(seconds, 1010, band(110, 700, -0.7)) * (0.75 + 0.5 * drift(seconds, 1011, 1.2))
    whir = noise(seconds, 1012, band(1100, 2400, -0.4)) * (0.6 + 0.4 * np.sin(2 * np.pi * 6 * t / seconds))
    n = round(0.09 * RATE)
    s = np.arange(n) / RATE
    for k in range(8):
        knock = np.sin(2 * np.pi * 130 * s) * np.exp(-s * 60) + 0.4 * noise(0.09, 1020 + k, band(300, 1400)) * np.exp(-s * 70)
        out += placed(count, knock * np.minimum(1, s / 0.004), 0.5 + 1.5 * k, 1.1)
    return out + 1.1 * roll + 0.14 * whir


def ventilation() -> np.ndarray:
    """A fan in a ceiling: even air through a grille, and the fan's own low note; a loop."""
    seconds = 10.0
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    air = noise(seconds, 1030, band(180, 2600, -0.55)) * (0.92 + 0.16 * drift(seconds, 1031, 0.5))
    out = air.copy()
    for hertz, loud in ((87, 0.30), (174, 0.42), (261, 0.16), (348, 0.10)):
        out += loud * (1 + 0.08 * np.sin(2 * np.pi * 3 * t / seconds)) * np.sin(2 * np.pi * hertz * t + hertz)
    return out


def doors() -> np.ndarray:
    """Both leaves slide on their track: a motor that starts, rollers, rubber that meets rubber."""
    seconds = 3.2
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    speed = np.clip(np.minimum(t / 0.5, (2.7 - t) / 0.6), 0.0, 1.0)
    turn = np.cumsum(95 + 120 * speed) / RATE
    whine = speed * (np.sin(2 * np.pi * turn) + 0.5 * np.sin(4 * np.pi * turn) + 0.22 * np.sin(10 * np.pi * turn))
    rollers = noise(seconds, 1040, band(220, 1900, -0.6)) * speed * (0.8 + 0.2 * np.sin(2 * np.pi * 11 * t))
    hiss = noise(seconds, 1041, band(2200, 5200, -0.6)) * speed
    out = 0.5 * whine + 1.0 * rollers + 0.12 * hiss
    n = round(0.2 * RATE)
    s = np.arange(n) / RATE
    thud = (np.sin(2 * np.pi * 84 * s) + 0.5 * np.sin(2 * np.pi * 190 * s)) * np.exp(-s * 34) * np.minimum(1, s / 0.006)
    soft = noise(0.2, 1042, band(150, 900, -0.4)) * np.exp(-s * 40) * np.minimum(1, s / 0.006)
    out += placed(count, thud + 0.7 * soft, 2.66, 1.9)
    return _box(out, 1043) * np.minimum(1, (seconds - t) / 0.2)


def ding() -> np.ndarray:
    """A gong for one floor: one struck bar, soft."""
    seconds = 2.6
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    ring = sum(
        a * np.sin(2 * np.pi * f * t) * np.exp(-t * d)
        for f, a, d in ((660, 1.0, 2.4), (662.5, 0.5, 2.2), (1322, 0.30, 4.6), (2640, 0.12, 8.0), (3560, 0.06, 12.0))
    )
    knock = noise(seconds, 1050, band(500, 3000)) * np.exp(-t * 90)
    return (ring + 0.15 * knock) * np.minimum(1, t / 0.012) * np.minimum(1, (seconds - t) / 0.5)


def alarm() -> np.ndarray:
    """The bell of the alarm, somewhere in the building: a clapper on a bowl, heard through walls."""
    seconds = 4.0
    count = round(seconds * RATE)
    random = np.random.default_rng(1060)
    out = np.zeros(count)
    n = round(0.5 * RATE)
    s = np.arange(n) / RATE
    at = 0.05
    while at < 3.3:
        tone = sum(
            a * np.sin(2 * np.pi * f * s) * np.exp(-s * d)
            for f, a, d in ((1180, 1.0, 12), (1873, 0.6, 14), (2960, 0.4, 20), (4210, 0.18, 28))
        )
        out += placed(count, tone * np.minimum(1, s / 0.003), at, random.uniform(0.85, 1.0))
        at += 0.072
    t = np.arange(count) / RATE
    ends = np.minimum(1, t / 0.25) * np.clip((seconds - t) / 0.6, 0, 1)
    return echo(out, 1061, 0.6)[:count] * ends


def relay() -> np.ndarray:
    """A contactor drops out above: a dry clunk, and the frame of the cabin that answers."""
    seconds = 0.9
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    out = np.zeros(count)
    for at, loud in ((0.03, 1.0), (0.11, 0.45)):
        n = round(0.4 * RATE)
        s = np.arange(n) / RATE
        clunk = sum(
            a * np.sin(2 * np.pi * f * s) * np.exp(-s * d)
            for f, a, d in ((118, 1.0, 22), (243, 0.6, 34), (610, 0.28, 60), (1420, 0.16, 110))
        )
        dry = noise(0.4, 1070 + round(100 * at), band(600, 4200, -0.4)) * np.exp(-s * 95)
        out += placed(count, (clunk + 0.5 * dry) * np.minimum(1, s / 0.003), at, loud)
    return _box(out, 1071) * np.minimum(1, (seconds - t) / 0.25)


def jolt() -> np.ndarray:
    """The cabin gives a jerk: ropes that grunt, guide shoes that slip, panels that rattle briefly."""
    seconds = 2.4
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    random = np.random.default_rng(1080)
    out = np.zeros(count)
    n = round(0.5 * RATE)
    s = np.arange(n) / RATE
    thump = (np.sin(2 * np.pi * 58 * s) + 0.6 * np.sin(2 * np.pi * 121 * s)) * np.exp(-s * 13) * np.minimum(1, s / 0.008)
    out += placed(count, thump, 0.18, 1.5) + placed(count, thump, 0.52, 0.6)
    at = 0.05
    while at < 1.1:
        part = (at - 0.05) / 1.05
        m = round(0.03 * RATE)
        r = np.arange(m) / RATE
        grunt = sum(a * np.sin(2 * np.pi * f * r) * np.exp(-r * d) for f, a, d in ((176, 1.0, 110), (341, 0.7, 150), (720, 0.35, 240)))
        out += placed(count, grunt, at, 0.8 * math.sin(math.pi * part) ** 0.6)
        at += 1 / (34 + 40 * part + random.normal() * 3)
    for k in range(9):
        m = round(0.12 * RATE)
        r = np.arange(m) / RATE
        rattle = noise(0.12, 1090 + k, band(900, 3800, -0.3)) * np.exp(-r * 65) * np.minimum(1, r / 0.002)
        out += placed(count, rattle, 0.22 + 0.045 * k + random.uniform(0, 0.012), 0.55 * 0.78**k)
    return _box(out, 1081) * np.minimum(1, (seconds - t) / 0.6)


def intercom() -> np.ndarray:
    """The line is open: two short tones through a small loudspeaker, and its hiss."""
    seconds = 1.5
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    tones = np.zeros(count)
    for at, f in ((0.10, 830.0), (0.46, 1046.0)):
        n = round(0.28 * RATE)
        s = np.arange(n) / RATE
        tone = (np.sin(2 * np.pi * f * s) + 0.25 * np.sin(6 * np.pi * f * s)) * hill(n, 0.4, 0.3)
        tones += placed(count, tone, at, 0.8)
    hiss = noise(seconds, 1100, band(700, 3000, -0.2)) * np.clip((t - 0.05) / 0.1, 0, 1)
    return (tones + 0.05 * hiss) * np.minimum(1, (seconds - t) / 0.3)


def cable() -> np.ndarray:
    """A rope that sings in the wind, high above: a bowed tone that wanders, with its octaves."""
    seconds = 5.0
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    bend = 1.0 + 0.012 * np.sin(2 * np.pi * 0.7 * t) + 0.006 * np.sin(2 * np.pi * 1.9 * t + 1.0)
    turn = np.cumsum(233.0 * bend) / RATE
    out = sum(
        a * np.sin(2 * np.pi * k * turn + k) * (0.7 + 0.3 * np.sin(2 * np.pi * (0.5 + 0.23 * k) * t + k))
        for k, a in ((1, 0.8), (2, 1.0), (3, 0.45), (5, 0.16), (7, 0.07))
    )
    air = noise(seconds, 1110, band(300, 2200, -0.6))
    return (out + 0.5 * air) * hill(count, 0.45, 0.8)


def squeegee() -> np.ndarray:
    """Rubber drawn over wet glass, twice, and a cloth."""
    seconds = 3.4
    count = round(seconds * RATE)
    out = np.zeros(count)
    for at, long, seed in ((0.1, 1.1, 1120), (1.5, 1.2, 1121)):
        n = round(long * RATE)
        s = np.arange(n) / RATE
        turn = np.cumsum(640 + 260 * s / long + 25 * np.sin(2 * np.pi * 5 * s)) / RATE
        squeak = np.sin(2 * np.pi * turn) + 0.4 * np.sin(4 * np.pi * turn) + 0.15 * np.sin(6 * np.pi * turn)
        wet = noise(long, seed, band(900, 5000, -0.5))
        out += placed(count, (0.55 * squeak * hill(n, 0.7, 1.2) + 0.7 * wet) * hill(n, 0.5, 0.4), at, 1.0)
    return out
