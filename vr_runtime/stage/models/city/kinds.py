"""Owns the kinds of cars by their measures, as data; knows neither faces nor paint.

A car looks along y, its middle at the origin, its wheels on z = 0; metres.
"""

from __future__ import annotations

from dataclasses import dataclass

HALF_W = 0.88
WHEEL_M = 0.33
Line = tuple[tuple[float, float], ...]
"""Heights along the car: (y, z), from the tail to the nose."""
Span = tuple[float, float]


@dataclass(frozen=True)
class Kind:
    """One shape of car."""

    axles: Span
    belt: Line
    """The upper edge of the flank, below the windows."""
    ridge: Line
    """The line over the middle: boot, rear window, roof, windscreen, bonnet."""
    windows: tuple[Span, ...]
    """Panes of one side, from behind; what lies between them are posts."""
    front: Span
    """Upper and lower edge of the windscreen, by y."""
    rear: Span | None
    """Lower and upper edge of the rear window, by y; none where the tail is a wall."""
    half_roof: float = 0.63
    lean: float = 0.0
    """How far the rear edge of the last window leans forward over its height, in metres."""
    rails: bool = False
    """Whether it carries rails along its roof."""

    @property
    def ends(self) -> Span:
        """Tail and nose."""
        return self.belt[0][0], self.belt[-1][0]

    @property
    def waist(self) -> tuple[Span, float]:
        """Where its doors begin and end, by y, and where one of them meets the other."""
        back = self.windows[-2][0] if len(self.windows) > 1 else self.windows[-1][0]
        return (back - 0.04, self.front[1] - 0.17), self.windows[-1][0] - 0.04


HATCHBACK = Kind(
    axles=(-1.24, 1.26),
    belt=(
        (-2.0, 0.88),
        (-1.93, 0.965),
        (-1.5, 0.985),
        (-0.2, 0.955),
        (0.95, 0.925),
        (1.5, 0.87),
        (1.86, 0.79),
        (1.97, 0.75),
        (2.02, 0.71),
    ),
    ridge=(
        (-2.0, 0.90),
        (-1.965, 0.97),
        (-1.93, 1.02),
        (-1.70, 1.33),
        (-1.60, 1.415),
        (-1.2, 1.465),
        (-0.5, 1.49),
        (0.0, 1.465),
        (0.28, 1.405),
        (1.02, 0.985),
        (1.10, 0.96),
        (1.5, 0.915),
        (1.86, 0.825),
        (1.97, 0.775),
        (2.02, 0.73),
    ),
    windows=((-1.30, -0.36), (-0.27, 0.80)),
    front=(0.28, 1.02),
    rear=(-1.93, -1.67),
    lean=0.16,
)
SALOON = Kind(
    axles=(-1.36, 1.36),
    belt=(
        (-2.26, 0.88),
        (-2.18, 0.965),
        (-1.5, 0.99),
        (-0.2, 0.955),
        (0.95, 0.925),
        (1.65, 0.865),
        (2.05, 0.79),
        (2.17, 0.75),
        (2.22, 0.71),
    ),
    ridge=(
        (-2.26, 0.90),
        (-2.23, 0.98),
        (-2.17, 1.02),
        (-1.78, 1.045),
        (-1.70, 1.065),
        (-1.08, 1.345),
        (-0.80, 1.41),
        (-0.3, 1.44),
        (0.04, 1.43),
        (0.30, 1.375),
        (1.08, 0.985),
        (1.16, 0.96),
        (1.65, 0.91),
        (2.05, 0.825),
        (2.17, 0.775),
        (2.22, 0.73),
    ),
    windows=((-1.16, -0.36), (-0.27, 0.86)),
    front=(0.30, 1.08),
    rear=(-1.70, -1.08),
    half_roof=0.61,
    lean=0.18,
)
ESTATE = Kind(
    axles=(-1.36, 1.36),
    belt=(
        (-2.28, 0.88),
        (-2.21, 0.965),
        (-1.5, 0.985),
        (-0.2, 0.955),
        (0.95, 0.925),
        (1.65, 0.865),
        (2.03, 0.79),
        (2.15, 0.75),
        (2.2, 0.71),
    ),
    ridge=(
        (-2.28, 0.90),
        (-2.25, 0.98),
        (-2.22, 1.03),
        (-2.02, 1.34),
        (-1.92, 1.415),
        (-1.5, 1.46),
        (-0.5, 1.485),
        (0.04, 1.46),
        (0.30, 1.395),
        (1.08, 0.985),
        (1.16, 0.96),
        (1.65, 0.91),
        (2.03, 0.825),
        (2.15, 0.775),
        (2.2, 0.73),
    ),
    windows=((-1.88, -1.18), (-1.10, -0.36), (-0.27, 0.86)),
    front=(0.30, 1.08),
    rear=(-2.22, -2.0),
    lean=0.12,
    rails=True,
)
TALL = Kind(
    axles=(-1.32, 1.34),
    belt=(
        (-2.16, 0.96),
        (-2.1, 1.05),
        (-1.4, 1.08),
        (-0.2, 1.05),
        (0.95, 1.02),
        (1.6, 0.97),
        (1.92, 0.90),
        (2.04, 0.85),
        (2.1, 0.79),
    ),
    ridge=(
        (-2.16, 0.98),
        (-2.13, 1.06),
        (-2.1, 1.12),
        (-1.90, 1.48),
        (-1.80, 1.56),
        (-1.4, 1.605),
        (-0.4, 1.64),
        (0.0, 1.615),
        (0.26, 1.55),
        (1.02, 1.085),
        (1.10, 1.06),
        (1.6, 1.02),
        (1.92, 0.945),
        (2.04, 0.88),
        (2.1, 0.81),
    ),
    windows=((-1.78, -1.16), (-1.08, -0.36), (-0.27, 0.80)),
    front=(0.26, 1.02),
    rear=(-2.1, -1.87),
    half_roof=0.66,
    lean=0.12,
    rails=True,
)
SMALL = Kind(
    axles=(-1.04, 1.06),
    belt=(
        (-1.64, 0.88),
        (-1.58, 0.965),
        (-1.2, 0.985),
        (-0.2, 0.965),
        (0.80, 0.94),
        (1.25, 0.88),
        (1.55, 0.80),
        (1.65, 0.76),
        (1.7, 0.71),
    ),
    ridge=(
        (-1.64, 0.90),
        (-1.61, 0.98),
        (-1.58, 1.04),
        (-1.42, 1.36),
        (-1.34, 1.43),
        (-1.0, 1.48),
        (-0.4, 1.505),
        (0.0, 1.485),
        (0.26, 1.42),
        (0.88, 1.0),
        (0.95, 0.975),
        (1.25, 0.925),
        (1.55, 0.835),
        (1.65, 0.785),
        (1.7, 0.73),
    ),
    windows=((-1.12, -0.36), (-0.27, 0.68)),
    front=(0.26, 0.88),
    rear=(-1.58, -1.40),
    lean=0.14,
)
VAN = Kind(
    axles=(-1.40, 1.46),
    belt=(
        (-2.35, 1.02),
        (-2.3, 1.04),
        (-0.2, 1.05),
        (1.25, 1.03),
        (1.8, 0.97),
        (2.12, 0.90),
        (2.24, 0.85),
        (2.3, 0.79),
    ),
    ridge=(
        (-2.35, 1.84),
        (-2.25, 1.88),
        (-1.2, 1.90),
        (0.2, 1.90),
        (0.52, 1.87),
        (0.76, 1.79),
        (1.42, 1.09),
        (1.50, 1.065),
        (1.8, 1.02),
        (2.12, 0.945),
        (2.24, 0.88),
        (2.3, 0.81),
    ),
    windows=((0.12, 1.16),),
    front=(0.76, 1.42),
    rear=None,
    half_roof=0.74,
)
