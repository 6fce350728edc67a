"""Owns a card that stands on the table, with a wasp drawn on it as in a children's book."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.garden.laid import Laid, Rgb
from vr_runtime.stage.models.mesh import floats

WIDE_M, HIGH_M = 0.21, 0.15
_LEAN = np.radians(14.0)


def build() -> NodePath:
    """The card as a node to be written: it faces -y, its foot at the origin."""
    root = NodePath("card")
    laid = Laid()
    _blot(laid, (0.0, 0.0), (WIDE_M / 2, HIGH_M / 2), (0.985, 0.98, 0.955), 0, square=True)
    _blot(
        laid,
        (0.0, 0.0),
        (WIDE_M / 2 - 0.008, HIGH_M / 2 - 0.008),
        (0.80, 0.90, 0.93),
        1,
        square=True,
    )
    _blot(laid, (0.0, -0.058), (WIDE_M / 2 - 0.008, 0.009), (0.66, 0.78, 0.48), 2, square=True)
    black: Rgb = (0.16, 0.15, 0.16)
    for lean in (0.6, -0.25):
        _blot(
            laid, (-0.002 - 0.012 * lean, 0.036), (0.013, 0.030), (0.97, 0.98, 0.99), 3, turn=lean
        )
    _blot(laid, (-0.022, -0.002), (0.050, 0.029), (0.97, 0.80, 0.20), 4)
    for k, x in enumerate((-0.050, -0.026, -0.002)):
        tall = 0.029 * float(np.sqrt(1 - ((x + 0.022) / 0.050) ** 2))
        _blot(laid, (x, -0.002), (0.0052, tall), black, 5 + k)
    _blot(laid, (0.045, 0.003), (0.024, 0.023), (0.97, 0.80, 0.20), 8)
    for x in (0.040, 0.056):
        _blot(laid, (x, 0.009), (0.0055, 0.0075), (1.0, 1.0, 1.0), 9)
        _blot(laid, (x + 0.001, 0.008), (0.0028, 0.0040), black, 10)
    _blot(laid, (0.049, -0.008), (0.008, 0.0016), (0.62, 0.20, 0.18), 9)
    for x in (0.040, 0.056):
        _blot(laid, (x, 0.033), (0.0014, 0.011), black, 7, turn=-0.3)
        _blot(laid, (x + 0.004, 0.044), (0.0036, 0.0036), black, 8)
    for x in (-0.035, -0.015, 0.005):
        _blot(laid, (x, -0.038), (0.0014, 0.010), black, 3, turn=0.3)
    # the strut behind it
    laid.solid.box((-0.010, 0.012, 0.0), (0.010, 0.062, 0.010), colour=(0.90, 0.88, 0.84))
    laid.shade((0.0, 0.02, 0.0012), (0.10, 0.03), dark=0.4)
    laid.nodes(root, moves=True)
    return root


def _blot(
    laid: Laid,
    at: tuple[float, float],
    half: tuple[float, float],
    colour: Rgb,
    above: int,
    *,
    square: bool = False,
    turn: float = 0.0,
) -> None:
    """An ellipse, or with `square` a rectangle, of paint on the card's face and its back."""
    if square:
        outline = np.asarray([(-1, -1), (1, -1), (1, 1), (-1, 1)], dtype=float)
    else:
        t = np.linspace(0.0, 2 * np.pi, 32, endpoint=False)
        outline = np.stack([np.cos(t), np.sin(t)], axis=-1)
    flat = outline * np.asarray(half)
    c, s = np.cos(turn), np.sin(turn)
    flat = np.stack([c * flat[:, 0] - s * flat[:, 1], s * flat[:, 0] + c * flat[:, 1]], axis=-1)
    flat = flat + np.asarray(at) + (0.0, HIGH_M / 2)
    off = -0.00025 * above
    points = np.stack(
        [flat[:, 0], flat[:, 1] * np.sin(_LEAN) + off, flat[:, 1] * np.cos(_LEAN)], axis=-1
    )
    middle = points.mean(axis=0)
    after = np.roll(points, -1, axis=0)
    faces = np.stack([np.broadcast_to(middle, points.shape), points, after, after], axis=1)
    laid.add(floats(faces), colour, dim=0.95)
    if above == 0:
        laid.add(floats(faces[:, ::-1] + (0.0, 0.0006, 0.0)), colour, dim=0.7)
