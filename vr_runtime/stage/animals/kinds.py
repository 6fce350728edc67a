"""Owns which animals there are, and what each can do; knows neither world nor renderer.

Speeds are of the animals themselves: a house spider runs about half a metre a second (Bartos and
others; Guinness lists 0.53 m/s for the giant house spider), a bird spider half as fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vr_runtime.stage.models.animals.insect.plan import BEE, HORNET, WASP, Build
from vr_runtime.stage.models.animals.spider.plan import BIRD, HOUSE, Skeleton


@dataclass(frozen=True)
class Kind:
    """A kind of animal."""

    model: str
    """Of the catalogue; one metre large, its value "realism" shows its grades."""
    skeleton: Skeleton
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
    spins: bool = False
    """Whether it can hang on a thread."""
    flies: float = 0.0
    """Metres a second through the air at its own pace; 0 for what has no wings."""


def _insect(name: str, build: Build, size: float) -> Kind:
    """Lengths of workers: see `models.animals.insect.plan`. Around food they go 0.3 to 0.6 m/s."""
    return Kind(
        f"animals/{name}",
        build.skeleton,
        size,
        (0.006, 0.12),
        1.6 * size,
        4.0 * size,
        260.0,
        ("groom", "feed"),
        flies=0.45,
    )


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "house_spider": Kind(
            "animals/house_spider",
            HOUSE,
            0.07,
            (0.01, 0.25),
            0.06,
            0.34,
            240.0,
            ("rear", "tap", "groom"),
            spins=True,
        ),
        "wasp": _insect("wasp", WASP, 0.014),
        "bee": _insect("bee", BEE, 0.014),
        "hornet": _insect("hornet", HORNET, 0.024),
        "bird_spider": Kind(
            "animals/bird_spider",
            BIRD,
            0.15,
            (0.03, 0.35),
            0.05,
            0.26,
            150.0,
            ("rear", "tap", "groom"),
        ),
    }
)
"""Every kind by the name that `Stage.animal` takes."""
