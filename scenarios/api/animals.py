"""Owns what a scenario may have an animal do, as a protocol; knows no renderer and no single kind.

Metres, degrees, seconds. An animal walks on surfaces: `up` says which way is off the one it is on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from scenarios.api.played import Steps
from scenarios.api.stage import Node, Vec

UP: Vec = (0.0, 0.0, 1.0)


@dataclass(frozen=True)
class Solid:
    """An upright box on which an animal finds hold, from its lowest to its highest corner.

    It is not seen: it says where a table, a wall or a floor is that is there already.

    Example:
        >>> top = Solid((-0.6, 0.6, 0.72), (0.6, 1.4, 0.75))
        >>> leg = Solid((-0.6, 0.6, 0.0), (-0.54, 0.66, 0.72))
        >>> top.high[2]
        0.75
    """

    low: Vec
    high: Vec


class Animal(Node, Protocol):
    """An animal that stands, walks, runs, turns and climbs with planted feet; some kinds fly.

    What it does is played in events and tasks with `yield from`; one thing at a time. It lives a
    little by itself while it stands: `set("life", 0.0)` keeps it quite still. `set("dark", 1.0)` is
    the darkest of its kind. What a dog shows is set the same way, from 0 to 1: `"sit"`, `"lie"`,
    `"sleep"`, `"play"`, `"tense"`, `"wag"`, `"pant"`; it gets up by itself before it walks.

    Example:
        >>> top = Solid((-0.6, 0.6, 0.72), (0.6, 1.4, 0.75))
        >>> spider: Animal = stage.animal("house_spider", at=(0.0, 1.0, 0.75), ground=(top,))
        >>> spider.realism, spider.size = 3, 0.05
        >>> spider.set("life", 0.4)
        >>> dog: Animal = stage.animal("large_dog", coat="golden", at=(0.0, 4.0, 0.0))
        >>> dog.set("sit", 1.0)
        >>> dog.gaze_at((0.0, 0.0, 1.6))
        >>> dog.leash_to((1.0, 4.0, 0.9))
        >>> spider.up
        (0.0, 0.0, 1.0)
        >>> steps = spider.walk_to((0.2, 1.0, 0.75), speed=0.05)
        >>> wasp: Animal = stage.animal("wasp", at=(0.1, 1.0, 0.75), ground=(top,))
        >>> wasp.aloft
        False
        >>> for steps in (
        ...     wasp.fly_to((0.3, 0.9, 0.95), speed=0.4),
        ...     wasp.circle((0.0, 1.0, 1.0), radius=0.2, seconds=6.0),
        ...     wasp.land_on((0.0, 0.9, 0.75)),
        ...     wasp.act("feed", seconds=4.0),
        ...     spider.run_to((0.0, 0.6, 0.70), up=(0.0, -1.0, 0.0)),
        ...     spider.look_at((0.0, 0.0, 1.2)),
        ...     spider.stay(2.0),
        ...     spider.act("rear", seconds=1.5),
        ...     spider.hang_to((0.0, 0.5, 0.4), speed=0.1),
        ... ):
        ...     next(steps)
    """

    realism: int
    """Of a spider from 1, plainly a toy, to 5, the animal as it is; may change at any moment."""
    size: float
    """In metres: of a spider from forefoot to hind foot while it rests, of an insect its body, of a
    dog its height at the withers."""

    coat: str
    """Of a dog `"black_tan"`, `"golden"` or `"patched"`; may change at any moment."""

    @property
    def up(self) -> Vec:
        """Off the surface it is on, of length 1."""
        ...

    def walk_to(self, target: Vec, *, up: Vec = UP, speed: float | None = None) -> Steps:
        """Walk there, over one edge at most: first turn, then go, as its feet carry it.

        Args:
            target: where, in metres, in the space of its parent; on a surface.
            up: off the surface there: `(0, 0, 1)` on a table, `(-1, 0, 0)` on what faces -x.
            speed: metres a second; its kind's own pace if left out.

        Raises:
            ScenarioError: `up` has no direction or is against the surface it is on now.
        """
        ...

    def run_to(self, target: Vec, *, up: Vec = UP, speed: float | None = None) -> Steps:
        """As `walk_to`, at its kind's own run."""
        ...

    def look_at(self, place: Vec) -> Steps:
        """Turn on the spot to face a place."""
        ...

    def stay(self, seconds: float) -> Steps:
        """Stand for so long, with what little life it has."""
        ...

    def act(self, name: str, *, seconds: float = 2.0) -> Steps:
        """Do what its kind can: a spider can `"rear"` up, `"tap"` with a leg, `"groom"`; an
        insect can `"feed"` and `"groom"`.

        A dog can `"bark"`, `"sniff"`, `"shake"` itself, and `"bow"` as one that wants to play.

        Raises:
            ScenarioError: its kind cannot do this; the message gives the nearest it can.
        """
        ...

    def gaze_at(self, place: Vec | None) -> None:
        """Have a dog turn its head there from now on; None for nothing in particular.

        Raises:
            ScenarioError: its kind does not turn its head.
        """
        ...

    def leash_to(self, place: Vec | None) -> None:
        """Have a dog held by a leash from its collar to a place; None sets it free.

        It is what is seen of a leash: how far the dog goes is told by the walks.

        Raises:
            ScenarioError: its kind wears no collar.
        """
        ...

    def hang_to(self, target: Vec, *, speed: float = 0.15) -> Steps:
        """Move through the air on a thread from above; whatever it does next ends that.

        The first call fixes the thread where it is then; give a place straight below.

        Raises:
            ScenarioError: its kind spins no thread.
        """
        ...

    @property
    def aloft(self) -> bool:
        """Whether it is in the air by its wings; let its buzz be heard only then."""
        ...

    def fly_to(self, target: Vec, *, speed: float | None = None) -> Steps:
        """Fly there, weaving a little, and hover there until it is told something else.

        It flies around nothing: where its `ground` is in the way it gives up after some seconds.

        Args:
            target: where, in metres, in the space of its parent; in the air.
            speed: metres a second, at most 3; its kind's own pace if left out.

        Raises:
            ScenarioError: its kind has no wings.
        """
        ...

    def land_on(self, target: Vec, *, up: Vec = UP, speed: float | None = None) -> Steps:
        """Fly there, turn to the surface, fold the wings and stand on it; `up` as in `walk_to`.

        Raises:
            ScenarioError: its kind has no wings, or `up` has no direction.
        """
        ...

    def circle(
        self, middle: Vec, *, radius: float, seconds: float, speed: float | None = None
    ) -> Steps:
        """Fly around a place for so long, a little higher and lower as it goes.

        Args:
            middle: of the circle, in metres.
            radius: of the circle, 0.02 to 20 m.
            seconds: how long, 0.1 to 600.
            speed: as in `fly_to`.

        Raises:
            ScenarioError: its kind has no wings.
        """
        ...
