"""Owns a resting place as a scene shows it: the engine's own place once more, with what may change.

No face of it is copied: the safe place and the scene share all of them, and each has its own light.
"""

from __future__ import annotations

from panda3d.core import LVecBase3f, NodePath

from vr_runtime.stage.look.lighting import CLEAR_DAY, Weather
from vr_runtime.stage.look.sea import rise
from vr_runtime.stage.panda.evening_room import LAMP as SHADE
from vr_runtime.stage.panda.evening_room import lit_by, named, shade_of
from vr_runtime.stage.panda.rooms import SafePlaces
from vr_runtime.stage.resting import LAMP, WAVES, Resting


class RestingScene:
    """The resting place of one scene, or none."""

    def __init__(self, places: SafePlaces) -> None:
        self._places = places
        self._place: Resting | None = None
        self._holder = NodePath("nowhere")
        self._shade = NodePath("no lamp")
        self._told: dict[str, float] | None = None

    def hang(self, place: Resting, holder: NodePath) -> None:
        """Let the place be seen below `holder`, which stands at the world's origin."""
        self._place, self._told = place, None
        whole = self._places.room(place.refuge).place
        holder.setState(whole.getState())
        self._holder, self._shade = holder, NodePath("no lamp")
        for part in whole.getChildren():
            # of its own, so that the scene may change what the safe place keeps
            own = holder.attachNewNode(part.getName())
            part.instanceTo(own)
            if part.getName() == named(SHADE):
                self._shade = own

    def gone(self, thing: object) -> None:
        """Something is taken out; its holder goes with it."""
        if thing is self._place:
            self._place = None

    def follow(self) -> None:
        """Before a picture: be as the scenario asks for."""
        if self._place is None:
            return
        values = self._place.values
        if values == self._told:
            return
        self._told = dict(values)
        rise(self._holder, values.get(WAVES, 0.0))
        # stronger than what the shade itself says
        tint = LVecBase3f(*shade_of(values.get(LAMP, 1.0)))
        self._shade.setShaderInput("tint", tint, 1)

    @property
    def weather(self) -> Weather:
        """The light of the scene: the place's own, else a clear day."""
        if self._place is None:
            return CLEAR_DAY
        lamp = self._place.values.get(LAMP)
        return self._places.room(self._place.refuge).weather if lamp is None else lit_by(lamp)
