"""Owns the state of a whole stage as facts and as digests, tick by tick; judges neither.

A fact is a number with a name, as `("thing 3", "z")`; a digest is over all that a stage shows and
plays. Neither holds an address or a Python hash: two processes get the same ones.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping

from vr_runtime.stage.heard import Heard, Wanted
from vr_runtime.stage.placed import Placed
from vr_runtime.stage.world import World

Facts = dict[str, float]
MANY = 400
"""More things than this are digested less often, so that measuring them takes no minutes."""


class Trace:
    """What one stage has shown since it was begun."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.playing: dict[Heard, bool] = {}
        """What of each sound was last asked for; kept here, since a null stage plays none."""
        self.digests: list[str] = []
        self.most_things = self.most_sounds = 0

    def take(self) -> None:
        """A tick passed."""
        world = self.world
        for heard in world.heard:
            for wanted in heard.wanted:
                self.playing[heard] = wanted is Wanted.PLAY
            heard.wanted.clear()
        for gone in [h for h in self.playing if h.removed]:
            del self.playing[gone]
        self.most_things = max(self.most_things, len(world.placed))
        self.most_sounds = max(self.most_sounds, len(world.heard))
        every = 1 + len(world.placed) // MANY
        self.digests.append("" if len(self.digests) % every else self._digest())

    def _digest(self) -> str:
        told = hashlib.blake2b(digest_size=8)
        for line in self._lines():
            told.update(line.encode())
        return told.hexdigest()

    def _lines(self) -> Iterator[str]:
        world = self.world
        places = {id(placed): k for k, placed in enumerate(world.placed)}
        for k, placed in enumerate(world.placed):
            parent = places.get(id(placed.parent), -1)
            yield f"{k}:{parent}:{placed.owner}:{placed.made_of}"
            yield f"{placed.pose}:{sorted(placed.values.items())}"
        for heard in world.heard:
            parent = places.get(id(heard.parent), -1)
            wanted = self.playing.get(heard, False)
            yield f"{parent}:{heard.owner}:{heard.made_of}:{heard.loop}:{heard.bed}"
            yield f"{heard.at}:{heard.volume}:{heard.rate}:{wanted}"
        yield repr(sorted(self._around().items()))
        yield repr([(v.at, v.heading, v.speed) for v in world.vehicles])
        yield repr((world.marked, None if world.caption is None else world.caption.name))

    def _around(self) -> Facts:
        world, sky = self.world, self.world.sky
        foot = world.standing.footing
        x, y, z = foot.at
        return {
            "wind": world.wind_strength,
            "clouds": sky.clouded,
            "daylight": sky.daylight,
            "rain": sky.raining,
            "lightning": sky.lightning,
            "dark": world.darkness.brightness(1.0),
            "faded": world.fading.share(1.0),
            "feet x": x,
            "feet y": y,
            "feet z": z,
            "ahead": foot.heading,
            "down": foot.looking_down,
        }

    def facts(self) -> Facts:
        """All that is shown and played now, as numbers."""
        found = self._around()
        for k, placed in enumerate(self.world.placed):
            found.update(_of_thing(f"thing {k}", placed))
        for k, heard in enumerate(self.world.heard):
            # what is heard once is over by itself: the stage does not know when
            on = 1.0 if heard.loop and self.playing.get(heard, False) else 0.0
            found[f"sound {k} on"] = on
            found[f"sound {k} is"] = _as_number(heard.made_of) * on
            found[f"sound {k} volume"] = heard.volume * on
            found[f"sound {k} rate"] = heard.rate * on
        return found

    def loops_on(self) -> set[Heard]:
        """Sounds that go on by themselves and can be heard now."""
        return {h for h, on in self.playing.items() if on and h.loop and h.volume > 0.0}


def _of_thing(name: str, placed: Placed) -> Iterator[tuple[str, float]]:
    pose = placed.pose
    shown = 1.0 if pose.visible else 0.0
    yield f"{name} shown", shown
    yield f"{name} is", _as_number(placed.made_of) * shown
    for axis, at, scale in zip("xyz", pose.at, pose.scale, strict=True):
        yield f"{name} {axis}", at * shown
        yield f"{name} scale {axis}", scale * shown
    yield f"{name} heading", pose.heading * shown
    yield f"{name} pitch", pose.pitch * shown
    for value, now in placed.values.items():
        yield f"{name} {value}", now * shown


def _as_number(made_of: str) -> float:
    """Another number for another thing, the same in every process."""
    return float(zlib.crc32(made_of.encode()))


class Spread:
    """The range of each fact while nothing is led: what moves anyway is no difference."""

    def __init__(self) -> None:
        self._low: Facts = {}
        self._high: Facts = {}

    def take(self, facts: Mapping[str, float]) -> None:
        """One moment."""
        for name, value in facts.items():
            self._low[name] = min(value, self._low.get(name, value))
            self._high[name] = max(value, self._high.get(name, value))

    def differs(self, other: Spread) -> list[str]:
        """The facts whose ranges do not meet, or that only one of both has."""
        names = self._low.keys() | other._low.keys()
        return sorted(name for name in names if self._apart(other, name))

    def has(self, name: str) -> bool:
        """Whether it knows this fact."""
        return name in self._low

    def at_rest(self) -> Spread:
        """The same without what moves by itself."""
        still = Spread()
        still.take({n: low for n, low in self._low.items() if low == self._high[n]})
        return still

    def _apart(self, other: Spread, name: str) -> bool:
        if name not in self._low or name not in other._low:
            return True
        if self._low[name] == other._low[name] and self._high[name] == other._high[name]:
            return False
        gap = max(self._low[name] - other._high[name], other._low[name] - self._high[name])
        return gap > 1e-9
