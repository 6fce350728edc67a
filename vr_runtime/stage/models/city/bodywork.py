"""Owns the shapes of cars as faces, without paint; knows neither roads nor who drives.

A car looks along y, its middle at the origin, its wheels on z = 0; metres. The shell is a row of
cross-sections with the wheel arches cut into its flanks; the cabin stands on it. What is given is
shared by all cars of a shape: nobody may write into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from vr_runtime.stage.models.mesh import Array, floats
from vr_runtime.stage.models.shapes import lattice

HALF_W = 0.88
WHEEL_M = 0.33
_ARCH_M, _SILL_M, _TRIM_M = 0.385, 0.24, 0.37
_FRAME = 0.87
"""A window's share of the panel it is set into, along each side."""
Line = tuple[tuple[float, float], ...]
"""Heights along the car: (y, z), from the tail to the nose."""


@dataclass(frozen=True)
class Kind:
    """One shape of car."""

    axles: tuple[float, float]
    top: Line
    """The upper edge of the shell, below the windows."""
    roof: Line
    """From the foot of the rear window over the roof to the foot of the windscreen."""
    posts: tuple[float, ...]
    """Where the side windows are parted."""
    half_roof: float = 0.65
    blind: bool = False
    """Whether it has no windows behind the first post."""

    @property
    def ends(self) -> tuple[float, float]:
        """Tail and nose."""
        return self.top[0][0], self.top[-1][0]


HATCHBACK = Kind(
    (-1.24, 1.26),
    (
        (-2.0, 0.74),
        (-1.9, 0.93),
        (-0.6, 0.95),
        (0.9, 0.93),
        (1.55, 0.85),
        (1.94, 0.74),
        (2.02, 0.64),
    ),
    ((-1.93, 0.94), (-1.62, 1.36), (-1.15, 1.46), (-0.2, 1.48), (0.18, 1.43), (1.02, 0.93)),
    (-1.28, -0.30),
)
SALOON = Kind(
    (-1.36, 1.36),
    (
        (-2.26, 0.76),
        (-2.14, 0.95),
        (-1.4, 0.97),
        (0.9, 0.93),
        (1.7, 0.84),
        (2.14, 0.74),
        (2.22, 0.63),
    ),
    ((-1.74, 0.97), (-1.08, 1.36), (-0.7, 1.42), (-0.1, 1.43), (0.22, 1.38), (1.08, 0.93)),
    (-1.04, -0.28),
)
ESTATE = Kind(
    (-1.36, 1.36),
    (
        (-2.28, 0.74),
        (-2.2, 0.94),
        (-0.8, 0.96),
        (0.9, 0.93),
        (1.7, 0.84),
        (2.12, 0.74),
        (2.2, 0.63),
    ),
    ((-2.22, 0.95), (-1.98, 1.36), (-1.7, 1.45), (-0.1, 1.47), (0.22, 1.42), (1.08, 0.93)),
    (-1.24, -0.28),
)
TALL = Kind(
    (-1.32, 1.34),
    (
        (-2.16, 0.84),
        (-2.06, 1.03),
        (-0.8, 1.06),
        (0.9, 1.03),
        (1.6, 0.96),
        (2.0, 0.84),
        (2.1, 0.72),
    ),
    ((-2.1, 1.04), (-1.86, 1.52), (-1.5, 1.62), (-0.1, 1.64), (0.2, 1.58), (1.02, 1.03)),
    (-1.2, -0.28),
    half_roof=0.69,
)
SMALL = Kind(
    (-1.04, 1.06),
    (
        (-1.64, 0.76),
        (-1.56, 0.94),
        (-0.5, 0.96),
        (0.75, 0.94),
        (1.3, 0.86),
        (1.62, 0.74),
        (1.70, 0.64),
    ),
    ((-1.58, 0.95), (-1.34, 1.40), (-0.95, 1.49), (-0.1, 1.50), (0.2, 1.45), (0.88, 0.94)),
    (-0.98, -0.24),
)
VAN = Kind(
    (-1.40, 1.46),
    (
        (-2.35, 0.9),
        (-2.33, 1.06),
        (0.4, 1.06),
        (1.25, 1.04),
        (1.8, 0.95),
        (2.22, 0.80),
        (2.3, 0.68),
    ),
    ((-2.34, 1.06), (-2.30, 1.78), (-2.1, 1.88), (0.5, 1.90), (0.78, 1.82), (1.4, 1.04)),
    (0.05,),
    half_roof=0.76,
    blind=True,
)


@dataclass(frozen=True)
class Grade:
    """How much of a car is made out from so far."""

    arch: tuple[float, ...]
    """Cross-sections around a wheel, as shares of the arch's radius."""
    flank: int
    """Faces from the sill to the middle of the top."""
    sides: int
    """Corners of a wheel."""
    small: bool
    """Whether it has spokes, frames of windows, mirrors, plates."""


NEAR = Grade((-1.0, -0.85, -0.4, 0.4, 0.85, 1.0), 6, 12, True)
ACROSS = Grade((-1.0, -0.65, 0.0, 0.65, 1.0), 4, 8, True)
FAR = Grade((0.0,), 3, 6, False)


def _height(line: Line, y: Array | float) -> Array:
    return floats(np.interp(y, [p[0] for p in line], [p[1] for p in line]))


@cache
def shell(kind: Kind, grade: Grade) -> tuple[Array, Array, Array]:
    """The painted shell: its faces, their normals, and which of them are trim (K, bool)."""
    tail, nose = kind.ends
    around = [axle + _ARCH_M * part for axle in kind.axles for part in grade.arch]
    fixed = [tail, tail + 0.06, nose - 0.08, nose]
    between = [tail + 0.22, 0.0, nose - 0.26] if grade.small else []
    y = floats(sorted([*fixed, *between, *around]))
    part = (2.0 * y - nose - tail) / (nose - tail)
    half = HALF_W * (1.0 - 0.20 * np.abs(part) ** 7)
    top = _height(kind.top, y)
    low = _SILL_M + 0.08 * np.abs(part) ** 9
    if grade.small:
        for axle in kind.axles:
            arch = WHEEL_M + np.sqrt(np.maximum(_ARCH_M**2 - (y - axle) ** 2, 0.0))
            low = np.where(np.abs(y - axle) < _ARCH_M * 0.995, arch, low)
    trim, waist = np.maximum(_TRIM_M, low + 0.01), np.maximum(0.64, low + 0.02)
    right = {
        6: [(0.96, low), (0.99, trim), (1.0, waist), (0.975, top - 0.07), (0.93, top - 0.01)],
        4: [(0.96, low), (0.99, trim), (1.0, waist), (0.94, top - 0.02)],
        3: [(0.97, low), (0.99, trim), (0.95, top - 0.03)],
    }[grade.flank]
    right += [(0.80, top + 0.005)]
    if grade.flank == 6:
        right += [(0.35, top + 0.025)]
    profile = [*right, *((-x, z) for x, z in reversed(right))]
    rings = [np.stack([-x * half, y, z + 0.0 * y], -1) for x, z in profile]
    body, normals = lattice(floats(np.stack(rings, axis=1)))
    column = np.arange(len(body)) % (len(profile) - 1)
    return body, normals, (column == 0) | (column == len(profile) - 2)


@cache
def ends(kind: Kind, grade: Grade) -> tuple[Array, Array]:
    """What closes the shell behind and in front: painted faces, and faces of trim."""
    painted: list[Array] = []
    trim: list[Array] = []
    for y, z, flip in ((*kind.top[0], True), (*kind.top[-1], False)):
        half = HALF_W * 0.80
        rows = [(0.96, _SILL_M + 0.08), (0.99, _TRIM_M), (0.94, z - 0.02), (0.80, z + 0.005)]
        if grade.flank == 3:
            rows = [(0.97, _SILL_M + 0.08), (0.99, _TRIM_M), (0.95, z - 0.03), (0.80, z + 0.005)]
        for k, ((a, low), (b, high)) in enumerate(pairwise(rows)):
            a, b = a * half, b * half
            face = floats([(a, y, low), (-a, y, low), (-b, y, high), (b, y, high)])
            (trim if k == 0 else painted).append(face[::-1] if flip else face)
    return floats(painted), floats(trim)


@cache
def cabin(kind: Kind, grade: Grade) -> tuple[Array, Array, Array, Array]:
    """Roof and its normals, other painted faces, and glass."""
    (rear_y, rear_z), *roof, (front_y, front_z) = kind.roof
    half, foot = kind.half_roof, 0.81
    across = floats([-1.0, -0.9, -0.45, 0.45, 0.9, 1.0] if grade.small else [-1.0, 0.0, 1.0])
    bulge = floats(
        [-0.05, -0.015, 0.012, 0.012, -0.015, -0.05] if grade.small else [-0.05, 0, -0.05]
    )
    if not grade.small:
        roof = [roof[0], roof[len(roof) // 2], roof[-1]]
    # the rim is straight from post to post, as the windows below it are
    rim_y = [roof[0][0], *kind.posts, roof[-1][0]]
    rim_z = [float(_height(kind.roof, y)) - 0.05 for y in rim_y]
    rings = []
    for k, (y, z) in enumerate(roof):
        high = z + bulge if k not in (0, len(roof) - 1) else np.full(len(across), z - 0.05)
        high[[0, -1]] = np.interp(y, rim_y, rim_z)
        rings.append(np.stack([across * half, np.full(len(across), y), high], -1))
    top, normals = lattice(floats(rings))
    painted: list[Array] = []
    glass: list[Array] = []
    for low_y, low_z, (y, z), sign in (
        (front_y, front_z, roof[-1], -1.0),
        (rear_y, rear_z, roof[0], 1.0),
    ):
        a, b = foot * sign, half * sign
        screen = floats(
            [(-a, low_y, low_z), (a, low_y, low_z), (b, y, z - 0.05), (-b, y, z - 0.05)]
        )
        _glaze(screen, painted, glass, solid=kind.blind and sign > 0, framed=grade.small)
    edges = [rear_y, roof[0][0], *kind.posts, front_y]
    for k, (a, b) in enumerate(pairwise(edges)):
        tops = [float(np.clip(y, rim_y[0], rim_y[-1])) for y in (a, b)]
        high = np.interp(tops, rim_y, rim_z)
        panel = floats(
            [
                (foot, a, _height(kind.top, a)),
                (foot, b, _height(kind.top, b)),
                (half, tops[1], high[1]),
                (half, tops[0], high[0]),
            ]
        )
        solid = k == 0 or (kind.blind and b <= kind.posts[0])
        _glaze(panel, painted, glass, solid=solid, framed=grade.small)
        mirrored = (panel * floats([-1.0, 1.0, 1.0]))[::-1]
        _glaze(mirrored, painted, glass, solid=solid, framed=grade.small)
    return top, normals, floats(painted), floats(glass)


def _glaze(
    panel: Array, painted: list[Array], glass: list[Array], *, solid: bool, framed: bool
) -> None:
    """Take a panel apart into a window and the paint around it."""
    if solid:
        painted.append(panel)
        return
    if not framed:
        glass.append(panel)
        return
    middle = panel.mean(axis=0)
    pane = middle + (panel - middle) * np.float32(_FRAME)
    glass.append(pane)
    for k in range(4):
        n = (k + 1) % 4
        painted.append(np.stack([panel[k], panel[n], pane[n], pane[k]]))


@cache
def ring(x: float, y: float, inner: float, outer: float, sides: int) -> Array:
    """An upright ring around the hub at `y`, seen from the side on which `x` lies."""
    turn = (np.arange(sides + 1) + 0.5) * 2 * np.pi / sides
    way = np.stack([np.zeros(sides + 1), np.cos(turn), np.sin(turn)], -1)
    hub = np.asarray([x, y, WHEEL_M])
    a, b = hub + inner * way, hub + outer * way
    quads = floats(np.stack([a[:-1], b[:-1], b[1:], a[1:]], axis=1))
    return quads if x > 0 else quads[:, ::-1]


@cache
def arch(side: float, y: float, sides: int) -> Array:
    """The inside of a wheel arch around and behind the wheel at `y`, on the right for 1."""
    radius = _ARCH_M + 0.02
    back = ring(0.62 * side, y, 0.0, radius, sides)
    turn = np.linspace(0.0, np.pi, 1 + sides // 2)
    way = np.stack([np.zeros(len(turn)), np.cos(turn), np.sin(turn)], -1) * radius
    inner, outer = (np.add(way, (x * side, y, WHEEL_M)) for x in (0.62, 0.85))
    quads = floats(np.stack([inner[:-1], outer[:-1], outer[1:], inner[1:]], axis=1))
    return np.concatenate([back, quads if side > 0 else quads[:, ::-1]])


@cache
def driver(kind: Kind) -> Array:
    """Whoever drives, as a dark shape in the windscreen and in the front window of either side.

    It lies just before the glass: what is drawn of a window is all reflection.
    """
    (rear_y, rear_z), (front_y, front_z) = kind.roof[-2], kind.roof[-1]
    foot, half, rim_z = 0.81, kind.half_roof, rear_z - 0.05
    low = max(front_z, float(_height(kind.top, 0.2))) + 0.06
    head_z = low + 0.18
    turn = np.linspace(0.0, 2 * np.pi, 7)
    ring = [(0.10 * np.cos(t), head_z + 0.12 * np.sin(t)) for t in turn]
    pieces = [[(0.0, head_z), a, b, (0.0, head_z)] for a, b in pairwise(ring)]
    pieces.append([(-0.2, low), (0.2, low), (0.12, head_z - 0.09), (-0.12, head_z - 0.09)])
    faces: list[list[tuple[float, float, float]]] = []
    for piece in pieces:
        up = [((z - front_z) / (rim_z - front_z), u, z) for u, z in piece]
        ahead = [(-0.36 - u, front_y + (rear_y - front_y) * t + 0.015, z) for t, u, z in up]
        faces.append([(x, y, z + 0.008) for x, y, z in ahead])
        right = [(foot + (half - foot) * t + 0.008, 0.10 + u, z) for t, u, z in up]
        faces.append(right)
        faces.append([(-x, y, z) for x, y, z in right][::-1])
    return floats(faces)


@cache
def seams(kind: Kind) -> Array:
    """The joints around the doors, as dark lines on either flank."""
    faces = []
    edges = [kind.posts[-1] + 0.03, kind.roof[-1][0] - 0.14, *kind.posts[:-1]]
    for y in edges:
        if any(abs(y - axle) < _ARCH_M + 0.03 for axle in kind.axles):
            continue
        top = float(_height(kind.top, y)) - 0.05
        line = [(0.876, 0.40), (0.889, 0.64), (0.872, top)]
        for (a, low), (b, high) in pairwise(line):
            faces.append([(a, y, low), (a, y + 0.014, low), (b, y + 0.014, high), (b, y, high)])
    front, back = kind.axles[1] - _ARCH_M - 0.1, kind.axles[0] + _ARCH_M + 0.1
    faces.append(
        [(0.878, back, 0.40), (0.878, front, 0.40), (0.879, front, 0.414), (0.879, back, 0.414)]
    )
    handle = kind.posts[-1] + 0.16
    faces.append(
        [
            (0.894, handle, 0.79),
            (0.894, handle + 0.16, 0.79),
            (0.892, handle + 0.16, 0.82),
            (0.892, handle, 0.82),
        ]
    )
    right = floats(faces)
    return np.concatenate([right, (right * floats([-1.0, 1.0, 1.0]))[:, ::-1]])


def plate(x0: float, x1: float, y: float, low: float, high: float) -> Array:
    """An upright face across the car, seen from behind where y < 0, else from the front."""
    face = floats([(x0, y, low), (x1, y, low), (x1, y, high), (x0, y, high)])
    return face[None] if y < 0 else face[None, ::-1]
