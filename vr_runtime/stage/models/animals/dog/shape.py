"""Owns the body of a dog as distances: flesh laid around its skeleton, each piece on its bone.

Knows neither colour nor renderer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vr_runtime.stage.models.animals.dog.nets import Wide
from vr_runtime.stage.models.animals.dog.plan import (
    FORE_BONES,
    HIND_BONES,
    LEGS,
    NUMBER,
    TAIL,
    Hound,
    Place,
)


@dataclass(frozen=True)
class Piece:
    """A tapered round piece from `a` to `b`, flattened by `squash` across, on one bone."""

    bone: int
    a: Place
    b: Place
    ra: float
    rb: float
    blend: float = 0.05
    """How softly it goes over into what was laid before."""
    squash: Place = (1.0, 1.0, 1.0)

    def distance(self, p: Wide) -> Wide:
        """From places (N, 3), about, below 0 within."""
        k = np.asarray(self.squash)
        a, b = np.asarray(self.a) / k, np.asarray(self.b) / k
        q = p / k - a
        way = b - a
        long = max(float(way @ way), 1e-9)
        t = np.clip((q @ way) / long, 0.0, 1.0)
        off = np.linalg.norm(q - t[:, None] * way, axis=1)
        return np.asarray((off - (self.ra + (self.rb - self.ra) * t)) * float(min(k)))


def _smooth(a: Wide, b: Wide, k: float) -> Wide:
    h = np.maximum(k - np.abs(a - b), 0.0) / k
    return np.asarray(np.minimum(a, b) - h * h * k * 0.25)


class Flesh:
    """All pieces of one body."""

    def __init__(self, pieces: list[Piece], fuller: float = 0.0) -> None:
        self.pieces = pieces
        self.fuller = fuller

    def __call__(self, p: Wide) -> Wide:
        """Signed distances for places (N, 3)."""
        out = np.full(len(p), 1e3)
        # only what is near can matter
        for piece in self.pieces:
            low = np.minimum(piece.a, piece.b) - (max(piece.ra, piece.rb) + 0.16) * max(
                piece.squash
            )
            high = np.maximum(piece.a, piece.b) + (max(piece.ra, piece.rb) + 0.16) * max(
                piece.squash
            )
            near = np.flatnonzero(((p > low) & (p < high)).all(axis=1))
            if len(near):
                out[near] = _smooth(out[near], piece.distance(p[near]), piece.blend)
        return np.asarray(np.minimum(out, 1.0) - self.fuller)

    def on_grid(self, lines: tuple[Wide, Wide, Wide]) -> Wide:
        """Signed distances where the lines of a grid cross; each piece only where it can matter."""
        out = np.full(tuple(len(line) for line in lines), 1e3)
        for piece in self.pieces:
            reach = (max(piece.ra, piece.rb) + 0.12) * max(piece.squash)
            cut = []
            for axis, line in enumerate(lines):
                low = min(piece.a[axis], piece.b[axis]) - reach
                high = max(piece.a[axis], piece.b[axis]) + reach
                cut.append(slice(*np.searchsorted(line, (low, high))))
            here = tuple(cut)
            mesh = np.meshgrid(
                *(line[part] for line, part in zip(lines, cut, strict=True)), indexing="ij"
            )
            places = np.stack(mesh, axis=-1)
            if places.size:
                d = piece.distance(places.reshape(-1, 3)).reshape(places.shape[:3])
                out[here] = _smooth(out[here], d, piece.blend)
        return np.asarray(np.minimum(out, 1.0) - self.fuller)

    def bones(self, p: Wide, soft: float = 0.022) -> tuple[Wide, Wide]:
        """For each place the numbers of its three nearest bones, and their shares (N, 3)."""
        most = max(piece.bone for piece in self.pieces) + 1
        near = np.full((len(p), most), 1e3)
        for piece in self.pieces:
            near[:, piece.bone] = np.minimum(near[:, piece.bone], piece.distance(p))
        first = near.min(axis=1, keepdims=True)
        share = np.exp(-(near - first) / soft)
        order = np.argsort(-share, axis=1)[:, :3]
        kept = np.take_along_axis(share, order, axis=1)
        kept[kept < 0.02] = 0.0
        return order.astype(float), kept / kept.sum(axis=1, keepdims=True)


def mirrored(piece: Piece, bone: int) -> Piece:
    """The same on the left."""
    (ax, ay, az), (bx, by, bz) = piece.a, piece.b
    return Piece(bone, (-ax, ay, az), (-bx, by, bz), piece.ra, piece.rb, piece.blend, piece.squash)


def flesh(hound: Hound) -> list[Piece]:
    """The body without lower jaw, ears and eyes."""
    return [*_trunk(hound), *_neck(hound), *_head(hound), *_legs(hound), *_tail(hound)]


def _trunk(h: Hound) -> list[Piece]:
    g, k = h.girth, h.long
    pelvis, loin, chest = NUMBER["pelvis"], NUMBER["loin"], NUMBER["chest"]
    narrow = (0.70, 1.0, 1.0)
    return [
        # the rib cage: deep between the forelegs, rising to the loin (tuck-up)
        Piece(
            chest, (0, 0.27 * k, 0.665), (0, 0.08 * k, 0.668), 0.190 * g, 0.198 * g, 0.05, narrow
        ),
        Piece(
            loin, (0, 0.06 * k, 0.670), (0, -0.10 * k, 0.712), 0.194 * g, 0.160 * g, 0.06, narrow
        ),
        Piece(
            loin,
            (0, -0.08 * k, 0.715),
            (0, -0.24 * k, 0.755),
            0.155 * g,
            0.128 * g,
            0.06,
            (0.82, 1, 1),
        ),
        Piece(
            pelvis,
            (0, -0.26 * k, 0.765),
            (0, -0.41 * k, 0.760),
            0.126 * g,
            0.104 * g,
            0.06,
            (0.92, 1, 1),
        ),
        # the back line and withers
        Piece(chest, (0, 0.27 * k, 0.865), (0, 0.06 * k, 0.845), 0.085, 0.075, 0.09, (0.62, 1, 1)),
        # along the loin it falls a little towards the croup
        Piece(loin, (0, 0.08 * k, 0.838), (0, -0.30 * k, 0.812), 0.076, 0.070, 0.09, (0.80, 1, 1)),
        # the breast before the shoulders
        Piece(
            chest,
            (0, 0.38 * k, 0.70),
            (0, 0.30 * k, 0.58),
            0.105 * g,
            0.098 * g,
            0.07,
            (0.86, 1, 1),
        ),
        # shoulder blades, and the muscle over them
        Piece(
            chest,
            (0.085 * g, 0.23 * k, 0.84),
            (0.100 * g, 0.365 * k, 0.675),
            0.060,
            0.075,
            0.06,
            (0.62, 1, 1),
        ),
        Piece(
            chest,
            (-0.085 * g, 0.23 * k, 0.84),
            (-0.100 * g, 0.365 * k, 0.675),
            0.060,
            0.075,
            0.06,
            (0.62, 1, 1),
        ),
    ]


def _neck(h: Hound) -> list[Piece]:
    x, y, z = h.neck
    a, b = h.throat, h.head
    return [
        Piece(
            NUMBER["chest"],
            (x, y - 0.14, z - 0.05),
            (x, y - 0.01, z - 0.04),
            0.142,
            0.140,
            0.07,
            (0.74, 1, 1),
        ),
        Piece(
            NUMBER["neck"],
            (x, y - 0.02, z - 0.045),
            (a[0], a[1] - 0.01, a[2] - 0.02),
            0.138,
            0.108,
            0.07,
            (0.80, 1, 1),
        ),
        Piece(
            NUMBER["throat"],
            (a[0], a[1] - 0.005, a[2] - 0.02),
            (b[0], b[1] + 0.005, b[2] - 0.025),
            0.108,
            0.090,
            0.06,
            (0.86, 1, 1),
        ),
    ]


def _head(h: Hound) -> list[Piece]:
    head, k, m = NUMBER["head"], h.head_size, h.muzzle
    at = h.on_head
    tip = 0.150 + 0.170 * m
    full = 1.0 if h.ears == "upright" else 1.14
    pieces = [
        # the skull, a little furrowed; the cheeks; the brow over each eye
        Piece(
            head,
            at((0, 0.035, 0.016)),
            at((0, 0.102, 0.022)),
            0.080 * k * full,
            0.066 * k * full,
            0.04,
            (0.92, 1, 0.9),
        ),
        Piece(
            head,
            at((0.044, 0.060, -0.025)),
            at((0.036, 0.125, -0.030)),
            0.040 * k,
            0.030 * k,
            0.035,
        ),
        Piece(
            head,
            at((-0.044, 0.060, -0.025)),
            at((-0.036, 0.125, -0.030)),
            0.040 * k,
            0.030 * k,
            0.035,
        ),
        Piece(
            head, at((0.030, 0.112, 0.044)), at((0.036, 0.132, 0.034)), 0.020 * k, 0.014 * k, 0.022
        ),
        Piece(
            head,
            at((-0.030, 0.112, 0.044)),
            at((-0.036, 0.132, 0.034)),
            0.020 * k,
            0.014 * k,
            0.022,
        ),
        # the bridge of the muzzle and its sides, which hang over the lower jaw as lips
        Piece(
            head,
            at((0, 0.130, -0.004)),
            at((0, tip, -0.016)),
            0.041 * k * full,
            0.0305 * k * full,
            0.035,
            (0.92, 1, 0.85),
        ),
        Piece(
            head,
            at((0.018, 0.145, -0.036)),
            at((0.0125, tip - 0.008, -0.034)),
            0.0325 * k * full,
            0.0255 * k * full,
            0.020,
            (0.82, 1, 1),
        ),
        Piece(
            head,
            at((-0.018, 0.145, -0.036)),
            at((-0.0125, tip - 0.008, -0.034)),
            0.0325 * k * full,
            0.0255 * k * full,
            0.020,
            (0.82, 1, 1),
        ),
        # where the nose sits
        Piece(
            head,
            at((0, tip - 0.004, -0.014)),
            at((0, tip + 0.010, -0.014)),
            0.021 * k * full,
            0.017 * k * full,
            0.012,
            (1, 1, 0.9),
        ),
    ]
    if h.ears != "upright":
        # a high forehead with a clear stop before it
        for side in (1.0, -1.0):
            brow = at((0.020 * side, 0.082, 0.044)), at((0.022 * side, 0.110, 0.040))
            pieces.append(Piece(head, *brow, 0.046 * k, 0.036 * k, 0.030))
    return pieces


def _legs(h: Hound) -> list[Piece]:
    out = []
    for name, leg in zip(LEGS, h.legs, strict=True):
        side = "r" if name.endswith("r") else "l"
        names = [NUMBER[f"{bone}_{side}"] for bone in (FORE_BONES if leg.fore else HIND_BONES)]
        out += (_fore if leg.fore else _hind)(h, leg.joints, names)
    return out


def _between(a: Place, b: Place, t: float, by: Place = (0.0, 0.0, 0.0)) -> Place:
    return tuple(p + (q - p) * t + d for p, q, d in zip(a, b, by, strict=True))  # type: ignore[return-value]


def _fore(h: Hound, joints: tuple[Place, ...], bones: list[int]) -> list[Piece]:
    a, b, c, d = joints
    k, g = h.limb, h.girth
    upper, fore, wrist, toes = bones
    return [
        Piece(
            upper,
            _between(a, b, 0.0),
            _between(a, b, 0.85, (0, 0.005, 0.02)),
            0.078 * k,
            0.060 * k,
            0.06,
            (0.66, 1, 1),
        ),
        Piece(
            upper,
            _between(a, b, 0.85, (0, -0.04, 0.09)),
            _between(a, b, 1.0, (0, -0.010, 0.01)),
            0.058 * k,
            0.036 * k,
            0.05,
            (0.70, 1, 1),
        ),
        Piece(
            fore, b, _between(b, c, 0.40, (0, 0.006, 0)), 0.044 * k, 0.036 * k, 0.035, (0.84, 1, 1)
        ),
        Piece(
            fore, _between(b, c, 0.38, (0, 0.006, 0)), c, 0.036 * k, 0.0255 * k, 0.02, (0.92, 1, 1)
        ),
        Piece(wrist, _between(c, d, -0.08), _between(c, d, 0.20), 0.0285 * k, 0.0265 * k, 0.014),
        Piece(wrist, _between(c, d, 0.15), _between(c, d, 0.85), 0.0245 * k, 0.0260 * k, 0.014),
        *_paw(toes, d, 0.0275 * k, 0.034 * g),
    ]


def _hind(h: Hound, joints: tuple[Place, ...], bones: list[int]) -> list[Piece]:
    a, b, c, d = joints
    k, g = h.limb, h.girth
    thigh, shank, hock, sole = bones
    return [
        # the broad thigh, and the breech behind it
        Piece(
            thigh,
            _between(a, b, -0.05),
            _between(a, b, 0.82),
            0.112 * k,
            0.074 * k,
            0.06,
            (0.60, 1, 1),
        ),
        Piece(
            thigh,
            _between(a, b, 0.08, (0, -0.075, -0.02)),
            _between(a, b, 0.78, (0, -0.080, 0.0)),
            0.075 * k,
            0.058 * k,
            0.06,
            (0.66, 1, 1),
        ),
        Piece(
            shank,
            _between(b, c, 0.0, (0, 0.0, 0.0)),
            _between(b, c, 0.48, (0, 0.008, 0.0)),
            0.062 * k,
            0.041 * k,
            0.045,
            (0.72, 1, 1),
        ),
        Piece(
            shank,
            _between(b, c, 0.44, (0, 0.006, 0.0)),
            _between(b, c, 0.95),
            0.041 * k,
            0.026 * k,
            0.025,
            (0.80, 1, 1),
        ),
        # the tendon down to the point of the hock
        Piece(
            shank,
            _between(b, c, 0.45, (0, -0.030, 0.02)),
            _between(c, c, 0, (0, -0.022, 0.008)),
            0.020 * k,
            0.015 * k,
            0.03,
            (0.8, 1, 1),
        ),
        Piece(
            hock,
            _between(c, d, -0.06, (0, -0.012, 0.004)),
            _between(c, d, 0.20),
            0.027 * k,
            0.0245 * k,
            0.016,
            (0.86, 1, 1),
        ),
        Piece(
            hock,
            _between(c, d, 0.15),
            _between(c, d, 0.90),
            0.0235 * k,
            0.0245 * k,
            0.014,
            (0.92, 1, 1),
        ),
        *_paw(sole, d, 0.0265 * k, 0.032 * g),
    ]


def _paw(bone: int, d: Place, thick: float, wide: float) -> list[Piece]:
    x, y, _ = d
    low = thick * 0.92
    made = [
        Piece(
            bone,
            (x, y - 0.004, low + 0.010),
            (x, y + 0.022, low + 0.006),
            thick,
            thick * 0.95,
            0.016,
        )
    ]
    # four toes, arched, the middle ones longer
    for part, far in ((-1.0, 0.036), (-0.36, 0.052), (0.36, 0.052), (1.0, 0.036)):
        side = part * wide * 0.62
        made.append(
            Piece(
                bone,
                (x + side * 0.8, y + 0.014, low + 0.008),
                (x + side, y + far, thick * 0.62),
                thick * 0.58,
                thick * 0.54,
                0.007,
            )
        )
    return made


def _tail(h: Hound) -> list[Piece]:
    out = []
    for n in range(TAIL):
        ra = 0.046 * (1.0 - 0.14 * n)
        rb = 0.046 * (1.0 - 0.14 * (n + 1))
        out.append(
            Piece(NUMBER[f"tail_{n + 1}"], h.tail_joint(n), h.tail_joint(n + 1), ra, rb, 0.03)
        )
    x, y, z = h.tail_root
    root = Piece(
        NUMBER["pelvis"], (x, y + 0.08, z - 0.03), (x, y + 0.01, z - 0.005), 0.065, 0.043, 0.05
    )
    return [root, *out]


def jaw(h: Hound) -> list[Piece]:
    """The lower jaw, which lies between the lips while the mouth is shut."""
    k, m, at = h.head_size, h.muzzle, h.on_head
    tip = 0.135 + 0.165 * m
    full = 1.0 if h.ears == "upright" else 1.10
    bone = NUMBER["jaw"]
    return [
        Piece(
            bone,
            at((0.024, 0.070, -0.058)),
            at((0.009, tip, -0.060)),
            0.021 * k * full,
            0.0110 * k * full,
            0.03,
        ),
        Piece(
            bone,
            at((-0.024, 0.070, -0.058)),
            at((-0.009, tip, -0.060)),
            0.021 * k * full,
            0.0110 * k * full,
            0.03,
        ),
        Piece(
            bone,
            at((0, 0.075, -0.062)),
            at((0, tip, -0.0615)),
            0.030 * k,
            0.015 * k * full,
            0.02,
            (1, 1, 0.55),
        ),
    ]
