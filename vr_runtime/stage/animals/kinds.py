"""Owns which animals there are, and what each can do; knows neither world nor renderer.

Speeds and sizes are of the animals themselves: a house spider runs about half a metre a second
(Bartos and others; Guinness lists 0.53 m/s for the giant house spider), a bird spider half as fast;
dogs walk at 0.8 to 1.3 m/s, trot beyond that, and are led here no faster than they play. The size
of a dog is its height at the withers: small to about 35 cm, large from about 60 cm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vr_runtime.stage.models.animals.dog.plan import LARGE, MEDIUM, SMALL, Hound
from vr_runtime.stage.models.animals.insect.plan import BEE, HORNET, WASP, Build
from vr_runtime.stage.models.animals.spider.plan import BIRD, HOUSE, Skeleton


@dataclass(frozen=True)
class Kind:
    """A kind of animal."""

    model: str
    """Of the catalogue; one metre large."""
    size: float
    """In metres, where nobody says another."""
    sizes: tuple[float, float]
    """The smallest and the largest that may be asked for."""
    walks: float
    """Metres a second at its own pace."""
    runs: float
    turns: float
    """Degrees a second on the spot."""
    acts: tuple[str, ...]
    fastest: float
    """The most metres a second that may be asked for."""
    gathers_s: float
    """Seconds from standing to its speed, and back."""


@dataclass(frozen=True)
class SpiderKind(Kind):
    """A kind of spider; its model's value "realism" shows its grades."""

    skeleton: Skeleton
    spins: bool = False
    """Whether it can hang on a thread."""
    flies: float = 0.0
    """Metres a second through the air at its own pace; 0 for what has no wings."""


def _insect(name: str, build: Build, size: float) -> SpiderKind:
    """Lengths of workers: see `models.animals.insect.plan`. Around food they go 0.3 to 0.6 m/s."""
    return SpiderKind(
        f"animals/{name}",
        size,
        (0.006, 0.12),
        1.6 * size,
        4.0 * size,
        260.0,
        ("groom", "feed"),
        1.0,
        0.25,
        build.skeleton,
        flies=0.45,
    )


@dataclass(frozen=True)
class DogKind(Kind):
    """A kind of dog; its model's value "coat" shows its coats."""

    hound: Hound
    coat: str
    """What it wears where nobody says another."""


_DOG_ACTS = ("bark", "sniff", "shake", "bow")
KINDS: Mapping[str, SpiderKind | DogKind] = MappingProxyType(
    {
        "house_spider": SpiderKind(
            "animals/house_spider",
            0.07,
            (0.01, 0.25),
            0.06,
            0.34,
            240.0,
            ("rear", "tap", "groom"),
            1.0,
            0.25,
            HOUSE,
            spins=True,
        ),
        "wasp": _insect("wasp", WASP, 0.014),
        "bee": _insect("bee", BEE, 0.014),
        "hornet": _insect("hornet", HORNET, 0.024),
        "bird_spider": SpiderKind(
            "animals/bird_spider",
            0.15,
            (0.03, 0.35),
            0.05,
            0.26,
            150.0,
            ("rear", "tap", "groom"),
            1.0,
            0.25,
            BIRD,
        ),
        "small_dog": DogKind(
            "animals/small_dog",
            0.30,
            (0.20, 0.40),
            0.75,
            2.2,
            220.0,
            _DOG_ACTS,
            4.0,
            0.45,
            SMALL,
            "patched",
        ),
        "medium_dog": DogKind(
            "animals/medium_dog",
            0.50,
            (0.38, 0.60),
            0.95,
            3.0,
            170.0,
            _DOG_ACTS,
            5.0,
            0.55,
            MEDIUM,
            "golden",
        ),
        "large_dog": DogKind(
            "animals/large_dog",
            0.65,
            (0.55, 0.85),
            1.10,
            3.6,
            140.0,
            _DOG_ACTS,
            6.0,
            0.65,
            LARGE,
            "black_tan",
        ),
    }
)
"""Every kind by the name that `Stage.animal` takes."""
