"""Owns what is heard in a scanner and below ground: sequences, pump, fan, table; drips, key, door.

The sequences are drawn after what scanners are heard to do: short magnetic pulls at an even rate,
each of which rings the tube. None is a copy of a recorded one.
"""

from __future__ import annotations

import numpy as np

from sounds.making import RATE, band, drift, echo, hill, noise, placed


def _ring(seconds: float, tones: tuple[tuple[float, float, float], ...]) -> np.ndarray:
    """A knock of tones, each with its hertz, loudness and decay per second."""
    t = np.arange(round(seconds * RATE)) / RATE
    rise = np.minimum(1, t / 0.003)
    return rise * sum(a * np.sin(2 * np.pi * f * t) * np.exp(-t * d) for f, a, d in tones)


def _knocks(seconds: float, times: list[tuple[float, float]], knock: np.ndarray) -> np.ndarray:
    count = round(seconds * RATE)
    out = np.zeros(count)
    for at, loud in times:
        out += placed(count, knock, at, loud)
    return out


def _tube(seconds: float, wave: np.ndarray, seed: int) -> np.ndarray:
    """The same within a tube: what rings lengthens, and a little air is heard."""
    count = round(seconds * RATE)
    random = np.random.default_rng(seed)
    tail = round(0.18 * RATE)
    response = random.normal(size=tail) * np.exp(-np.arange(tail) / (0.2 * tail)) * 0.03
    response[0] = 1.0
    # wrapped around, so that the loop stays seamless
    both = np.fft.irfft(np.fft.rfft(wave) * np.fft.rfft(response, count), count)
    return both / both.std() + 0.06 * noise(seconds, seed + 1, band(120, 900, -0.6))


def localiser() -> np.ndarray:
    """The pilot pictures: single clicks, two a second, in threes with a pause."""
    seconds = 12.0
    knock = _ring(0.09, ((520, 1.0, 70), (1040, 0.45, 95), (180, 0.6, 60)))
    times = [(group * 2.0 + k * 0.46, 1.0) for group in range(6) for k in range(3)]
    return _tube(seconds, _knocks(seconds, times, knock), 1200)


def spin_echo() -> np.ndarray:
    """Spin echo: slow heavy thumps in pairs, a second apart."""
    seconds = 12.0
    thump = _ring(0.16, ((118, 1.0, 26), (236, 0.55, 34), (354, 0.25, 46), (708, 0.08, 70)))
    times = [(k + part, loud) for k in range(12) for part, loud in ((0.0, 1.0), (0.27, 0.7))]
    return _tube(seconds, _knocks(seconds, times, thump), 1210)


def gradient_echo() -> np.ndarray:
    """Gradient echo: an even buzz of 24 pulls a second, whose tone steps up each two seconds."""
    seconds = 12.0
    count = round(seconds * RATE)
    out = np.zeros(count)
    for k in range(round(seconds * 24)):
        at = k / 24
        tone = (392.0, 440.0)[int(at / 2.0) % 2]
        pull = _ring(0.040, ((tone, 1.0, 45), (2 * tone, 0.5, 60), (3 * tone, 0.22, 80)))
        out += placed(count, pull, at)
    return _tube(seconds, out, 1220)


def echo_planar() -> np.ndarray:
    """Echo planar: a hard fast drone, twelve bursts a second of a high humming tone."""
    seconds = 12.0
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    hum = sum(a * np.sin(2 * np.pi * f * t) for f, a in ((600, 1.0), (1200, 0.42), (1800, 0.2), (300, 0.3)))
    # 12 Hz and all tones make whole turns in the loop
    beat = 0.35 + 0.65 * np.clip(np.sin(2 * np.pi * 12 * t) * 3.0, -0.2, 1.0).clip(0)
    slice_knock = _ring(0.07, ((150, 1.0, 50), (300, 0.5, 60)))
    knocks = _knocks(seconds, [(k * 0.5, 0.9) for k in range(24)], slice_knock)
    return _tube(seconds, hum * beat + knocks, 1230)


def pump() -> np.ndarray:
    """The cold head of the magnet: a breathy chirp once a second, a room's hum behind it."""
    seconds = 12.0
    count = round(seconds * RATE)
    out = 0.35 * noise(seconds, 1240, band(60, 420, -0.7))
    for k in range(12):
        for at, low, high, loud in ((0.0, 700, 2100, 1.0), (0.42, 480, 1500, 0.75)):
            n = round(0.24 * RATE)
            puff = noise(0.24, 1242 + k, band(low, high, -0.2)) * hill(n, 0.3, 1.0)
            t = np.arange(n) / RATE
            chirp = np.sin(2 * np.pi * (0.6 * low * t + 420 * t * t)) * hill(n, 0.35, 1.2)
            out += placed(count, 0.5 * puff + 0.7 * chirp, k + at, loud)
    return out


def air() -> np.ndarray:
    """The fan that blows into the tube: an even stream of air close to the face."""
    seconds = 12.0
    stream = noise(seconds, 1260, band(160, 2600, -0.75)) * (0.9 + 0.2 * drift(seconds, 1261, 0.5))
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    blades = np.sin(2 * np.pi * 87 * t) + 0.4 * np.sin(2 * np.pi * 174 * t)
    return stream + 0.12 * blades


def fan_stops() -> np.ndarray:
    """The fan runs down: its stream and its tone sink, a flap falls shut."""
    seconds = 3.2
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    left = np.maximum(0.0, 1.0 - t / 2.4)
    turn = 2 * np.pi * np.cumsum(20 + 70 * left) / RATE
    out = (0.8 * noise(seconds, 1262, band(160, 1800, -0.7)) + 0.5 * np.sin(turn)) * left**1.4
    flap = _ring(0.25, ((210, 1.0, 38), (420, 0.4, 60)))
    return (out + placed(count, flap, 2.55, 0.9)) * np.minimum(1, (seconds - t) / 0.3)


def table() -> np.ndarray:
    """The table runs: a motor that starts softly, hums and comes to rest, and a soft stop."""
    seconds = 4.2
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    speed = np.clip(np.minimum(t / 0.8, (3.5 - t) / 0.8), 0.0, 1.0)
    turn = 2 * np.pi * np.cumsum(40 + 90 * speed) / RATE
    hum = (np.sin(turn) + 0.5 * np.sin(2 * turn + 0.4) + 0.3 * np.sin(5 * turn)) * speed
    roll = 0.6 * noise(seconds, 1270, band(200, 1400, -0.6)) * speed
    stop = _ring(0.2, ((95, 1.0, 40), (190, 0.4, 55)))
    return (hum + roll + placed(count, stop, 3.55, 0.8)) * np.minimum(1, (seconds - t) / 0.3)


def intercom() -> np.ndarray:
    """The intercom is switched on: a soft click, and the small room behind the microphone."""
    seconds = 1.2
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    click = _ring(0.05, ((1400, 0.7, 110), (620, 1.0, 90)))
    hiss = 0.10 * noise(seconds, 1280, band(500, 3200, -0.3)) * hill(count, 0.35, 0.5)
    tone = 0.5 * np.sin(2 * np.pi * 660 * t) * np.exp(-8 * np.maximum(0, t - 0.12)) * (t > 0.12)
    tone *= np.minimum(1, np.maximum(0, t - 0.12) / 0.02)
    return (placed(count, click, 0.03) + hiss + tone) * np.minimum(1, (seconds - t) / 0.2)


def latch() -> np.ndarray:
    """The front of a head coil slides on its rails and snaps in, softly."""
    seconds = 2.2
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    slide = noise(seconds, 1290, band(400, 2600, -0.5)) * np.clip(np.minimum(t / 0.3, (1.5 - t) / 0.3), 0, 1)
    snap = _ring(0.12, ((320, 1.0, 55), (860, 0.5, 80), (1900, 0.2, 120)))
    return (0.5 * slide + placed(count, snap, 1.62, 1.6)) * np.minimum(1, (seconds - t) / 0.2)


def cellar() -> np.ndarray:
    """Still air below ground: a low room, and pipes in which something runs far away."""
    seconds = 14.0
    low = noise(seconds, 1300, band(35, 160, -0.6)) * (0.7 + 0.6 * drift(seconds, 1301, 0.2))
    pipes = noise(seconds, 1302, band(500, 1600, -0.4)) * drift(seconds, 1303, 0.6) ** 2
    return low + 0.16 * pipes


def drip() -> np.ndarray:
    """Water drips into a shallow pool in a vault: six drops, each with its echo."""
    seconds = 6.0
    count = round(seconds * RATE)
    random = np.random.default_rng(1310)
    out = np.zeros(count)
    at = 0.1
    for _ in range(6):
        n = round(0.12 * RATE)
        t = np.arange(n) / RATE
        high = random.uniform(900, 1250)
        turn = 2 * np.pi * np.cumsum(high * (1 + 2.2 * t)) / RATE
        out += placed(count, np.sin(turn) * np.exp(-t * 38) * np.minimum(1, t / 0.004), at, random.uniform(0.6, 1))
        at += random.uniform(0.75, 0.98)
    t = np.arange(count) / RATE
    return echo(out, 1311, 1.4)[:count] * np.minimum(1, (seconds - t) / 0.4)


def key() -> np.ndarray:
    """A key is put into an old lock and turned once: a rattle, then the bolt."""
    seconds = 2.0
    count = round(seconds * RATE)
    random = np.random.default_rng(1320)
    out = np.zeros(count)
    for k in range(7):
        tick = _ring(0.05, ((random.uniform(1900, 2900), 0.6, 110), (random.uniform(700, 1100), 1.0, 90)))
        out += placed(count, tick, 0.08 + 0.075 * k + random.uniform(0, 0.03), random.uniform(0.3, 0.7))
    bolt = _ring(0.3, ((240, 1.0, 34), (610, 0.6, 50), (1450, 0.3, 80)))
    out += placed(count, bolt, 1.12, 1.5)
    t = np.arange(count) / RATE
    return echo(out, 1321, 0.5)[:count] * np.minimum(1, (seconds - t) / 0.3)


def door() -> np.ndarray:
    """A heavy wooden door swings shut: the hinge groans, then it falls into its frame."""
    seconds = 3.4
    count = round(seconds * RATE)
    random = np.random.default_rng(1330)
    out = np.zeros(count)
    at = 0.1
    while at < 1.9:
        part = (at - 0.1) / 1.8
        groan = _ring(0.06, ((260 + 60 * part, 1.0, 90), (540 + 120 * part, 0.7, 120), (1150, 0.3, 200)))
        out += placed(count, groan, at, 0.45 * np.sin(np.pi * part) * random.uniform(0.6, 1))
        at += 1 / (30 + 34 * np.sin(np.pi * part) + random.normal() * 4)
    thud = _ring(0.6, ((62, 1.0, 11), (104, 0.8, 15), (190, 0.4, 24))) + 0.3 * noise(0.6, 1331, band(150, 1400, -0.6)) * np.exp(-np.arange(round(0.6 * RATE)) / (0.08 * RATE))
    out += placed(count, thud, 2.15, 1.7)
    t = np.arange(count) / RATE
    return echo(out, 1332, 0.9)[:count] * np.minimum(1, (seconds - t) / 0.4)


def steps_above() -> np.ndarray:
    """Somebody walks over the floor above: dull steps that come, and go on."""
    seconds = 6.0
    count = round(seconds * RATE)
    random = np.random.default_rng(1340)
    out = np.zeros(count)
    for k in range(10):
        n = round(0.3 * RATE)
        t = np.arange(n) / RATE
        step = np.sin(2 * np.pi * (72 + 5 * (k % 2)) * t) * np.exp(-t * 24) * np.minimum(1, t / 0.006)
        boards = 0.25 * noise(0.3, 1341 + k, band(90, 420, -0.6)) * np.exp(-t * 28) * np.minimum(1, t / 0.006)
        out += placed(count, step + boards, 0.1 + 0.54 * k, hill(11, 0.5, 0.4)[k + 0] * 0.6 + 0.4 * random.uniform(0.7, 1))
    t = np.arange(count) / RATE
    return echo(out, 1352, 0.6)[:count] * np.minimum(1, (seconds - t) / 0.4)
