"""Owns a resting place in a scene: which it is, and what of it a scenario may change; no renderer.

The places themselves are the engine's own, and stand ready with no scenario at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from vr_runtime.flash.governor import Governor
from vr_runtime.stage.checked import known, number
from vr_runtime.stage.lamp import luminance_of_share
from vr_runtime.stage.placed import Placed, Pose
from vr_runtime.wire.acts import Refuge

LAMP, WAVES = "lamp", "waves"
PLACES: Mapping[Refuge, Mapping[str, float]] = MappingProxyType(
    {"meadow": {}, "shore": {WAVES: 0.0}, "room": {LAMP: 1.0}}
)
"""Each place with what may be set of it, and as it is where nobody sets anything."""
CHANGE_PER_S: Mapping[str, float] = MappingProxyType({LAMP: 0.2, WAVES: 0.1})
"""A sea rises slowly, and a lamp is turned down over seconds."""
AS_IT_IS = Pose()


class Resting(Placed):
    """A resting place in the world: always around the origin, always seen."""

    __slots__ = ("_wanted", "refuge")

    def __init__(self, name: Refuge, *, owner: str, forget: Callable[[Placed], None]) -> None:
        """Raises `ScenarioError` for a name that no resting place has."""
        known("resting", name, PLACES)
        usual = PLACES[name]
        super().__init__(
            at=(0.0, 0.0, 0.0),
            heading=0.0,
            parent=None,
            parameters=frozenset(usual),
            owner=owner,
            forget=forget,
            is_place=True,
        )
        self.refuge = name
        """The safe place that it is, too."""
        self.made_of = f"resting place {name}"
        self.values.update(usual)
        self._wanted = dict(usual)

    def set(self, name: str, value: float) -> None:
        """Ask for one of its values, 0 to 1; it comes by itself. Raises `ScenarioError`."""
        known("value", name, self._wanted)
        self._wanted[name] = number(name, value, 0.0, 1.0)

    def change(self, dt: float, governor: Governor, *, seen: bool) -> None:
        """Let what was asked for come nearer for `dt` seconds; unseen, at once."""
        for name, wanted in self._wanted.items():
            if not seen:
                governor.forget(name)
                self.values[name] = wanted
                continue
            now, most = self.values[name], CHANGE_PER_S[name] * dt
            step = min(most, max(-most, wanted - now))
            if step and name == LAMP:
                step *= governor.part(name, luminance_of_share(now), luminance_of_share(now + step))
            self.values[name] = now + step

    @property
    def stirred(self) -> bool:
        """Never: it is where it is."""
        return False

    def drawn(self, between: float) -> Pose:
        """As it is drawn."""
        return AS_IT_IS
