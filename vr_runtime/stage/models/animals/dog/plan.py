"""Owns the skeletons of dogs: joints at rest, bones and their parents, proportions of each kind.

Knows neither skin nor renderer. Lengths are parts of the height at the withers. The dog looks along
y and stands on z = 0; x is to its right. Proportions follow drawings of breeds of three sizes: a
shepherd, a retriever and a terrier.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Place = tuple[float, float, float]
BONES = (
    "pelvis",
    "loin",
    "chest",
    "neck",
    "throat",
    "head",
    "jaw",
    "ear_r",
    "ear_l",
    "tail_1",
    "tail_2",
    "tail_3",
    "tail_4",
    "tail_5",
    "arm_r",
    "forearm_r",
    "wrist_r",
    "toes_r",
    "arm_l",
    "forearm_l",
    "wrist_l",
    "toes_l",
    "thigh_r",
    "shank_r",
    "hock_r",
    "sole_r",
    "thigh_l",
    "shank_l",
    "hock_l",
    "sole_l",
    "leash",
    "lids",
)
"""Every bone by its number; the last two are what is drawn from the collar, and the eyelids."""
NUMBER = {name: number for number, name in enumerate(BONES)}
LEGS = ("fr", "fl", "hr", "hl")
"""Fore right, fore left, hind right, hind left."""
FORE_BONES = ("arm", "forearm", "wrist", "toes")
HIND_BONES = ("thigh", "shank", "hock", "sole")
TAIL = 5
COATS = ("black_tan", "golden", "patched")
Ears = Literal["upright", "hanging", "folded"]


@dataclass(frozen=True)
class Leg:
    """A leg at rest: of a foreleg shoulder, elbow, wrist and toes; of a hind leg hip, stifle, hock
    and toes.
    """

    joints: tuple[Place, Place, Place, Place]
    fore: bool

    @property
    def lengths(self) -> tuple[float, float, float]:
        """Of its three bones."""
        a, b, c, d = self.joints
        return math.dist(a, b), math.dist(b, c), math.dist(c, d)

    @property
    def rest(self) -> Place:
        """Where the paw stands."""
        x, y, _z = self.joints[3]
        return (x, y, 0.0)

    @property
    def reach(self) -> float:
        """How far from its first joint the paw can be at most."""
        return sum(self.lengths)


@dataclass(frozen=True)
class Hound:
    """What a kind of dog is built like."""

    ears: Ears
    head_size: float
    muzzle: float
    """Length of the muzzle, 1 for a shepherd's."""
    girth: float
    """How stout the trunk is."""
    limb: float
    """How stout the legs are."""
    long: float
    """Length of the trunk, 1 for a shepherd's."""
    tail: float
    """How long the tail is, in withers' heights."""
    legs: tuple[Leg, ...]
    """As in `LEGS`."""
    pelvis: Place
    loin: Place
    chest: Place
    neck: Place
    throat: Place
    head: Place
    tail_root: Place
    carried: float
    """How high the tail is carried in rest, radians above level; below 0 it hangs."""

    @property
    def jaw(self) -> Place:
        """The hinge of the jaw."""
        return self.on_head((0.0, 0.055, -0.055))

    @property
    def eye(self) -> Place:
        """The middle of the right eye."""
        return self.on_head((0.047, 0.128, 0.018))

    @property
    def nose(self) -> Place:
        """The tip of the nose."""
        return self.on_head((0.0, 0.160 + 0.190 * self.muzzle, -0.012))

    def on_head(self, own: Place) -> Place:
        """A place told from the head's joint, in sizes of the head."""
        x, y, z = self.head
        k = self.head_size
        return (x + k * own[0], y + k * own[1], z + k * own[2])

    def tail_joint(self, number: int) -> Place:
        """Where a bone of the tail begins, 0 to 5; it lies level in the plan."""
        x, y, z = self.tail_root
        return (x, y - self.tail * number / TAIL, z)


def _both(joints: tuple[Place, Place, Place, Place], *, fore: bool) -> tuple[Leg, Leg]:
    left = tuple((-x, y, z) for x, y, z in joints)
    return Leg(joints, fore), Leg(left, fore)  # type: ignore[arg-type]


def _hound(
    *,
    ears: Ears,
    head: float,
    muzzle: float,
    girth: float,
    limb: float,
    long: float,
    tail: float,
    carried: float,
    leggy: float,
) -> Hound:
    """A dog of these proportions; `leggy` moves elbow and stifle up or down."""
    k, wide = long, 0.5 + 0.5 * girth
    up = leggy
    fore = (
        (0.095 * wide, 0.385 * k, 0.655),
        (0.105 * wide, 0.255 * k, 0.495 * up),
        (0.098 * wide, 0.275 * k, 0.195 * up),
        (0.098 * wide, 0.315 * k, 0.045),
    )
    hind = (
        (0.088 * wide, -0.375 * k, 0.735),
        (0.112 * wide, -0.255 * k, 0.475 * up),
        (0.100 * wide, -0.505 * k, 0.275 * up),
        (0.100 * wide, -0.475 * k, 0.045),
    )
    return Hound(
        ears=ears,
        head_size=head,
        muzzle=muzzle,
        girth=girth,
        limb=limb,
        long=long,
        tail=tail,
        legs=(*_both(fore, fore=True), *_both(hind, fore=False)),
        pelvis=(0.0, -0.34 * k, 0.83),
        loin=(0.0, -0.12 * k, 0.815),
        chest=(0.0, 0.10 * k, 0.80),
        neck=(0.0, 0.36 * k, 0.86),
        throat=(0.0, 0.36 * k + 0.11, 0.995),
        head=(0.0, 0.36 * k + 0.195, 1.125),
        tail_root=(0.0, -0.475 * k, 0.835),
        carried=carried,
    )


LARGE = _hound(
    ears="upright",
    head=1.13,
    muzzle=0.84,
    girth=1.0,
    limb=1.22,
    long=1.0,
    tail=0.60,
    carried=-0.95,
    leggy=1.0,
)
"""A shepherd: upright ears, long muzzle, a low hanging tail."""
MEDIUM = _hound(
    ears="hanging",
    head=1.20,
    muzzle=0.62,
    girth=1.07,
    limb=1.34,
    long=1.0,
    tail=0.62,
    carried=-0.55,
    leggy=0.97,
)
"""A retriever: hanging ears, broad head."""
SMALL = _hound(
    ears="folded",
    head=1.36,
    muzzle=0.62,
    girth=1.10,
    limb=1.30,
    long=0.98,
    tail=0.42,
    carried=0.75,
    leggy=0.95,
)
"""A terrier: short legs, a large head, tipped ears, the tail carried high."""
HOUNDS = {"large_dog": LARGE, "medium_dog": MEDIUM, "small_dog": SMALL}
