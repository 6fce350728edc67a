"""Owns the small things that a cabin in use bears: emergency lamp, warnings, scratches, a hatch.

Knows neither its walls nor its doors.
"""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.lift.fitted import HUE, Fitted
from vr_runtime.stage.models.lift.plan import FRONT_Y, Cabin
from vr_runtime.stage.models.mesh import Array, faces
from vr_runtime.stage.panda.resting.furnisher import sheet

LAMP_M = (0.160, 0.030)
"""How broad and how high the emergency lamp is."""
YELLOW, INK = (0.93, 0.74, 0.16), (0.12, 0.12, 0.13)
SIGN_Z, SIGN_M, SIGN_X = 1.53, 0.072, 0.095
"""The warning on each leaf: its height, its size, how far it is from the middle."""
SCRATCH_M = 0.0009


def emergency_lamp(room: Fitted, size: Cabin) -> None:
    """A long lamp above the buttons; by its light alone its lens is the brightest there is."""
    x, (_, y, z) = -size.wide / 2, size.emergency_lamp
    wide, high = LAMP_M[0] / 2, LAMP_M[1] / 2
    frame = (
        (x, y - wide - 0.006, z - high - 0.006),
        (x + 0.018, y + wide + 0.006, z + high + 0.006),
    )
    room.block(frame, "plain", (0.55, 0.56, 0.57), 0.05)
    lens = sheet((x + 0.0186, y - wide, z - high), (0, 2 * wide, 0), (0, 0, 2 * high), 0.012)
    off = np.hypot((lens[..., 1] - y) / wide, (lens[..., 2] - z) / high * 0.55)
    bright = np.clip(1.06 - 0.22 * off**2, 0.0, 1.0)[..., None]
    room.shine(lens, (0.83, 0.85, 0.85), bright * np.sqrt(HUE))


def warning(room: Fitted, side: float, y: float) -> None:
    """A triangle of warning on a leaf's inside. The leaf faces along y."""
    x, half, high = side * SIGN_X, SIGN_M / 2, 0.87 * SIGN_M
    for out, inset, colour in ((0.0008, 0.0, INK), (0.0013, 0.0055, YELLOW)):
        low, top = SIGN_Z + 0.6 * inset, SIGN_Z + high - 1.15 * inset
        left, right = x - half + inset, x + half - inset
        flat = [(right, y + out, low), (left, y + out, low), (x, y + out, top), (x, y + out, top)]
        room.add(faces([flat]), "plain", colour)
    for z0, z1, wide in ((0.019, 0.041, 0.0034), (0.0085, 0.0145, 0.0034)):
        a, b = x - wide, x + wide
        foot, top = SIGN_Z + z0, SIGN_Z + z1
        bar = [(b, y + 0.0018, foot), (a, y + 0.0018, foot), (a, y + 0.0018, top)]
        room.add(faces([[*bar, (b, y + 0.0018, top)]]), "plain", INK)


def scratched(face: Array, along: int, seed: int, count: int) -> tuple[Array, Array]:
    """Scratches on a flat upright wall, seen from where its faces are; and how bright each is.

    Args:
        face: the wall's faces.
        along: 0 where it runs along x, 1 where along y.
        seed: of the chance that strews them.
        count: how many.
    """
    chance = np.random.default_rng(seed)
    flat = face.reshape(-1, 3)
    low, high = flat.min(axis=0), flat.max(axis=0)
    first = face[0]
    normal = np.cross(first[1] - first[0], first[3] - first[0])
    normal /= np.linalg.norm(normal)
    right = (first[1] - first[0]) / np.linalg.norm(first[1] - first[0])
    found = []
    for _each in range(count):
        long = chance.uniform(0.02, 0.16)
        turn = chance.normal(0.0, 0.45) if chance.random() < 0.75 else chance.uniform(-1.4, 1.4)
        middle = low + (high - low) * chance.random(3)
        middle[2] = np.clip(chance.normal(1.15, 0.35), low[2] + 0.08, high[2] - 0.08)
        middle[along] = np.clip(middle[along], low[along] + 0.08, high[along] - 0.08)
        way = np.cos(turn) * right + np.sin(turn) * np.asarray((0.0, 0.0, 1.0))
        across = np.cross(normal, way) * SCRATCH_M / 2
        a, b = middle - way * long / 2, middle + way * long / 2
        found.append([a - across, b - across, b + across, a + across])
    marks = np.asarray(found).reshape(-1, 4, 3) + normal * 0.0006
    tone = np.where(chance.random(count) < 0.65, 1.16, 0.80)
    return marks.astype(np.float32), tone[:, None, None].astype(np.float32)


def hatch(room: Fitted, size: Cabin) -> None:
    """The joints of a hatch in the ceiling, and its two locks."""
    high, y = size.high - 0.0025, FRONT_Y[1] + size.deep * 0.5
    half_x, half_y = 0.10 * size.wide, 0.16 * size.deep
    joint = (0.30, 0.30, 0.31)
    for x0, x1, y0, y1 in (
        (-half_x, half_x, y - half_y, y - half_y + 0.004),
        (-half_x, half_x, y + half_y - 0.004, y + half_y),
        (-half_x, -half_x + 0.004, y - half_y, y + half_y),
        (half_x - 0.004, half_x, y - half_y, y + half_y),
        (-half_x + 0.02, -half_x + 0.035, y - 0.008, y + 0.008),
        (half_x - 0.035, half_x - 0.02, y - 0.008, y + 0.008),
    ):
        flat = [(x0, y1, high), (x1, y1, high), (x1, y0, high), (x0, y0, high)]
        room.add(faces([flat]), "plain", joint)
