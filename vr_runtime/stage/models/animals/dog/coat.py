"""Owns the coats of dogs: what colour and how long the hair is at each place; knows no geometry.

Colours as displayed, 0 to 1; places in the plan's lengths.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vr_runtime.stage.models.animals.dog.nets import Wide
from vr_runtime.stage.models.animals.dog.plan import Hound

_SKIN = np.asarray((0.115, 0.095, 0.090))


@dataclass(frozen=True)
class Coat:
    """How a coat is made."""

    long: bool = False
    """Long hair with feathers at belly, legs and tail."""
    iris: tuple[float, float, float] = (0.44, 0.26, 0.12)
    collar: tuple[float, float, float] = (0.55, 0.12, 0.10)


COATS = {
    "black_tan": Coat(collar=(0.24, 0.17, 0.11)),
    "golden": Coat(long=True, collar=(0.11, 0.18, 0.30)),
    "patched": Coat(iris=(0.40, 0.23, 0.10), collar=(0.44, 0.11, 0.09)),
}


def _soft(low: float, high: float, value: Wide) -> Wide:
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def _waves(p: Wide, seed: float, per: float) -> Wide:
    """A smooth uneven course over places, about -1 to 1, by which edges of markings are ragged."""
    x, y, z = p[:, 0] * per, p[:, 1] * per, p[:, 2] * per
    return np.asarray(
        0.5 * np.sin(2.1 * x + 3.7 * y + 1.3 * z + seed)
        + 0.3 * np.sin(5.3 * y - 4.1 * z + 2.7 * x + 2.0 * seed)
        + 0.2 * np.sin(9.7 * z + 8.3 * y - 7.1 * x + 3.0 * seed)
    )


def colours(coat: str, hound: Hound, p: Wide, n: Wide, bones: Wide) -> Wide:
    """What colour the hair is at places (N, 3) with normals; `bones` are their first bones."""
    hp = (p - np.asarray(hound.head)) / hound.head_size
    on_head = (bones >= 5) & (bones <= 8)
    paint = {"black_tan": _black_tan, "golden": _golden, "patched": _patched}[coat]
    out = paint(hound, p, n, hp, on_head, bones)
    # uneven by a little everywhere, as hair is
    out = out * (1.0 + 0.05 * _waves(p, 1.0, 60.0) + 0.05 * _waves(p, 4.0, 17.0))[:, None]
    return np.asarray(np.clip(out, 0.0, 1.0))


def bare(hound: Hound, p: Wide, n: Wide, on_head: Wide) -> Wide:
    """How bare the skin is, 0 to 1: rims of the eyes, lips, pads."""
    hp = (p - np.asarray(hound.head)) / hound.head_size
    eye = (np.asarray(hound.eye) - np.asarray(hound.head)) / hound.head_size
    from_eye = np.linalg.norm(
        (np.abs(hp) * (1, 0, 0) + hp * (0, 1, 1) - eye) * (0.8, 0.9, 1.25), axis=1
    )
    rim = 1.0 - _soft(0.019, 0.026, from_eye)
    lip = (
        _soft(-0.046, -0.056, hp[:, 2]) * _soft(0.10, 0.13, hp[:, 1]) * _soft(-0.15, -0.5, n[:, 2])
    )
    end = 0.150 + 0.170 * hound.muzzle
    tip = _soft(end - 0.004, end + 0.006, hp[:, 1]) * _soft(-0.045, -0.030, hp[:, 2])
    pads = _soft(0.020, 0.008, p[:, 2])
    on = np.where(on_head > 0, np.maximum(np.maximum(rim, lip), tip), 0.0)
    return np.asarray(np.maximum(on, pads))


def _mix(a: Wide, b: object, part: Wide) -> Wide:
    share = np.clip(part, 0.0, 1.0)[:, None]
    return np.asarray(a * (1.0 - share) + np.asarray(b) * share)


def _even(count: int, colour: tuple[float, float, float]) -> Wide:
    return np.broadcast_to(np.asarray(colour), (count, 3)).astype(float)


def _black_tan(h: Hound, p: Wide, n: Wide, hp: Wide, on_head: Wide, bones: Wide) -> Wide:
    """A dark saddle, back and tail; legs, belly, breast, cheeks tan; a dark muzzle."""
    tan, deep, black = (0.62, 0.43, 0.255), (0.50, 0.32, 0.175), (0.185, 0.158, 0.140)
    out = _even(len(p), tan)
    out = _mix(out, deep, _soft(0.3, -0.6, _waves(p, 2.0, 9.0)) * 0.6)
    out = _mix(out, (0.76, 0.62, 0.44), _soft(-0.3, -0.9, n[:, 2]) * _soft(0.4, 0.6, p[:, 2]) * 0.8)
    edge = 0.026 * _waves(p, 0.0, 7.0) + 0.022 * _waves(p, 5.0, 31.0)
    legs = bones >= 14
    line = 0.70 + 0.10 * _soft(0.15, 0.45, p[:, 1]) + edge
    saddle = _soft(-0.035, 0.035, p[:, 2] - line) * ~on_head
    saddle = np.where(legs, saddle * _soft(0.66, 0.74, p[:, 2]), saddle)
    out = _mix(out, black, saddle)
    tail = (bones >= 9) & (bones <= 13)
    out = _mix(out, black, tail * _soft(-0.3, 0.3, n[:, 2] + 2.0 * edge))
    # the head: mask, dark forehead and ears, tan cheeks and brows
    mask = _soft(0.150, 0.200, hp[:, 1] + 0.25 * edge) * on_head
    crown = _soft(0.020, 0.060, hp[:, 2] + 0.3 * edge) * _soft(0.13, 0.10, hp[:, 1]) * on_head
    between = _soft(0.028, 0.012, np.abs(hp[:, 0])) * _soft(0.07, 0.12, hp[:, 1]) * on_head
    brow = (
        np.exp(-(((np.abs(hp[:, 0]) - 0.030) / 0.012) ** 2 + ((hp[:, 1] - 0.128) / 0.016) ** 2))
        * on_head
    )
    out = _mix(out, (0.30, 0.225, 0.165), 0.85 * crown)
    out = _mix(out, black, 0.8 * np.maximum(mask, between * _soft(-0.02, 0.0, hp[:, 2])))
    out = _mix(out, tan, 0.8 * brow)
    ears = (bones == 7) | (bones == 8)
    return _mix(out, black, 0.9 * ears)


def _golden(h: Hound, p: Wide, n: Wide, hp: Wide, on_head: Wide, bones: Wide) -> Wide:
    """One colour, paler below and in the feathers, deeper on ears and back."""
    out = _even(len(p), (0.800, 0.600, 0.350))
    out = _mix(out, (0.905, 0.780, 0.580), _soft(0.2, -0.7, n[:, 2]) * 0.75)
    out = _mix(out, (0.905, 0.780, 0.580), _soft(0.3, 0.8, -n[:, 1]) * (bones >= 14) * 0.8)
    out = _mix(out, (0.715, 0.490, 0.255), _soft(0.2, 0.9, n[:, 2]) * 0.55 * ~on_head)
    out = _mix(out, (0.690, 0.460, 0.240), 0.85 * ((bones == 7) | (bones == 8)))
    out = _mix(out, (0.875, 0.735, 0.520), 0.6 * on_head * _soft(0.12, 0.2, hp[:, 1]))
    return _mix(out, (0.87, 0.73, 0.52), 0.5 * _soft(0.25, 0.05, p[:, 2]))


def _patched(h: Hound, p: Wide, n: Wide, hp: Wide, on_head: Wide, bones: Wide) -> Wide:
    """White, with brown ears and cheeks, a blaze between, a patch on the back and at the tail."""
    white, brown = (0.900, 0.880, 0.840), (0.430, 0.250, 0.140)
    out = _even(len(p), white)
    out = _mix(out, (0.80, 0.76, 0.71), 0.5 * _soft(0.2, 0.03, p[:, 2]))
    edge = _waves(p, 3.0, 11.0)
    blaze = _soft(
        0.014, 0.022, np.abs(hp[:, 0]) + 0.004 * edge + 0.06 * np.maximum(0.0, 0.10 - hp[:, 1])
    )
    cheek = blaze * _soft(0.19, 0.165, hp[:, 1] + 0.008 * edge) * on_head
    cheek = cheek * _soft(-0.095, -0.07, hp[:, 2] + 0.006 * edge)
    out = _mix(out, brown, cheek)
    k = h.long
    for y, z, far, side in (
        (-0.05, 0.84, 0.17, 0.06),
        (-0.44, 0.80, 0.13, 0.0),
        (0.24, 0.80, 0.10, -0.12),
    ):
        off = np.sqrt(
            ((p[:, 1] - y * k) / 1.15) ** 2 + (p[:, 2] - z) ** 2 + (0.45 * (p[:, 0] - side)) ** 2
        )
        out = _mix(
            out,
            brown,
            _soft(far + 0.02, far - 0.02, off + 0.030 * edge) * (~on_head & (bones < 14)),
        )
    out = _mix(out, brown, (bones == 9) | (bones == 10))
    ears = (bones == 7) | (bones == 8)
    return _mix(out, (0.36, 0.20, 0.11), 0.95 * ears)


def lengths(coat: str, hound: Hound, p: Wide, n: Wide, bones: Wide) -> Wide:
    """How long the hair is there."""
    hp = (p - np.asarray(hound.head)) / hound.head_size
    on_head = (bones >= 5) & (bones <= 8)
    legs, tail = bones >= 14, (bones >= 9) & (bones <= 13)
    ears = (bones == 7) | (bones == 8)
    if COATS[coat].long:
        out = np.full(len(p), 0.060)
        out = np.where(~legs & ~on_head, out + 0.055 * _soft(0.1, -0.8, n[:, 2]), out)
        out += 0.035 * _soft(0.25, 0.40, p[:, 1]) * _soft(0.75, 0.6, p[:, 2]) * ~on_head
        out = np.where(
            legs, 0.020 + 0.070 * _soft(0.25, 0.85, -n[:, 1]) * _soft(0.10, 0.3, p[:, 2]), out
        )
        out = np.where(legs & (p[:, 2] > 0.5), 0.055, out)
        out = np.where(tail, 0.075 + 0.085 * _soft(0.3, -0.7, n[:, 2]), out)
        out = np.where(on_head, 0.022, out)
        out = np.where(ears, 0.045, out)
    else:
        # a shepherd's coat stands off, is thickest about the neck and behind the thighs
        shaggy = 1.0 if hound.ears == "upright" else 0.52
        out = np.full(len(p), 0.046 * shaggy)
        out += 0.020 * shaggy * _soft(0.2, 0.4, p[:, 1]) * ~on_head
        ruff = on_head & (hp[:, 1] < 0.075) & (hp[:, 2] < 0.03)
        out = np.where(legs, 0.019, out)
        breech = legs & (p[:, 1] < -0.38) & (p[:, 2] > 0.45)
        out = np.where(breech, 0.062 * shaggy, out)
        out = np.where(tail, (0.062 + 0.055 * _soft(0.3, -0.7, n[:, 2])) * shaggy, out)
        out = np.where(on_head, 0.022, out)
        out = np.where(ruff, 0.050 * shaggy, out)
        out = np.where(ears, 0.017, out)
    short = np.where(on_head, _soft(0.20, 0.10, hp[:, 1]), 1.0)
    out = out * (0.45 + 0.55 * short)
    return np.asarray(np.where(p[:, 2] < 0.06, 0.010, out))


def flow(hound: Hound, p: Wide, n: Wide, bones: Wide) -> Wide:
    """Which way the hair lies, a direction along the skin."""
    hp = (p - np.asarray(hound.head)) / hound.head_size
    way = np.broadcast_to(np.asarray((0.0, -1.0, -0.40)), p.shape).copy()
    way[:, 2] -= 0.9 * (1.0 - np.abs(n[:, 2])) * _soft(0.8, 0.6, p[:, 2])
    neck = (bones >= 3) & (bones <= 4)
    way[neck] = (0.0, -0.75, -0.85)
    legs = bones >= 14
    way[legs] = (0.0, -0.28, -1.0)
    tail = (bones >= 9) & (bones <= 13)
    way[tail] = (0.0, -1.0, -0.15)
    head = bones == 5
    way[head] = np.stack([0.5 * hp[:, 0], -0.15 - 0.0 * hp[:, 1], 0.25 * hp[:, 2]], axis=-1)[head]
    # in the breast hair falls straight down
    front = ~legs & (n[:, 1] > 0.4) & (p[:, 2] < 0.9)
    way[front] = (0.0, 0.1, -1.0)
    way = way - n * (way * n).sum(axis=1, keepdims=True)
    return np.asarray(way / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-6))


def skin() -> Wide:
    """Of bare skin."""
    return _SKIN
